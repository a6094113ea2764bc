"""The program's own small files: a plain file of a bounded size is read, all else is refused at once."""

import os
import sys

import pytest

from app import own_files


def test_a_plain_file_is_read_with_or_without_its_mark(tmp_path):
    for data in (b"a = 1\r\n", b"\xef\xbb\xbfa = 1"):
        (tmp_path / "a.toml").write_bytes(data)
        assert own_files.read_toml(tmp_path / "a.toml") == {"a": 1}
    (tmp_path / "a.json").write_bytes(b'{"a": [1]}')
    assert own_files.read_json(tmp_path / "a.json") == {"a": [1]}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有管道文件")
def test_what_would_never_end_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "circle").symlink_to("circle")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(40_000_000_000)
    for name in ("pipe", "zero", "circle", "huge", "gone", "."):
        with pytest.raises(OSError):
            own_files.read(tmp_path / name)


def test_what_is_nested_without_end_is_no_toml_and_no_json(tmp_path):
    (tmp_path / "deep").write_bytes(b"[" * 100_000)
    (tmp_path / "deep.toml").write_bytes(b"a = " + b"[" * 100_000)
    with pytest.raises(ValueError):
        own_files.read_json(tmp_path / "deep")
    with pytest.raises(ValueError):
        own_files.read_toml(tmp_path / "deep.toml")
