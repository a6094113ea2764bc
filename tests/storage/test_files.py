"""Saving: the whole file or none of it, verified, and a sentence for whatever stands in the way."""

import errno
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app import paths
from app.errors import UserError
from app.storage import files
from app.storage.container import Content
from app.storage.files import ChangedOnDisk, read, save, write_bytes
from tests.storage.random_reports import full_report

ON_UNIX = pytest.mark.skipif(sys.platform == "win32", reason="no such names there")

OLD, NEW = Content(full_report(2023)), Content(full_report(2024), full_report(2023))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "报告.gknb"
    save(path, OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_what_is_saved_is_read_and_nothing_else_is_left(path):
    mark = save(path, NEW, read(path).digest)
    assert read(path) == files.Opened(NEW, mark)
    assert names(path.parent) == ["报告.gknb"]


def test_a_name_of_255_bytes_can_be_saved(tmp_path):
    path = tmp_path / ("政" * 83 + ".gknb")
    save(path, NEW)
    assert read(path).content == NEW


def test_a_file_changed_meanwhile_is_refused_unless_forced(path):
    mark = read(path).digest
    save(path, NEW)
    with pytest.raises(ChangedOnDisk, match="改过"):
        save(path, OLD, mark)
    assert read(path).content == NEW
    save(path, OLD, mark, force=True)
    assert read(path).content == OLD


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "正被别的程序"),
        (errno.EIO, "没有写好"),
        (errno.EINVAL, "文件名"),
    ],
)
@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
def test_what_the_disk_refuses_is_said_and_the_old_file_stays(path, monkeypatch, code, said, call):
    def refuse(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(call, refuse)
    with pytest.raises(UserError, match=said):
        save(path, NEW)
    assert read(path).content == OLD
    assert names(path.parent) == ["报告.gknb"]


def test_a_disk_that_writes_something_else_is_found_out(path, monkeypatch):
    right = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: right(self)[:-1])
    with pytest.raises(UserError, match="没有写好"):
        save(path, NEW)
    monkeypatch.undo()
    assert read(path).content == OLD


def test_a_report_that_could_not_be_read_again_is_a_bug_and_not_written(path):
    """Two pictures of one name: told by verifying, before the good copy is replaced."""
    twice = replace(NEW.report, pictures=NEW.report.pictures * 2)
    with pytest.raises(RuntimeError), pytest.warns(UserWarning, match="Duplicate name"):
        save(path, Content(twice))
    assert read(path).content == OLD
    assert names(path.parent) == ["报告.gknb"]


def test_a_file_held_for_a_moment_is_replaced_after_it(path, monkeypatch):
    """Windows: a virus scanner has it open."""
    move, held = Path.replace, [PermissionError(errno.EACCES, "held")] * 11
    waits = []

    def replace(self, target):
        if held:
            raise held.pop()
        return move(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(files.sys, "platform", "win32")
    monkeypatch.setattr(files.time, "sleep", waits.append)
    save(path, NEW)
    monkeypatch.undo()
    assert read(path).content == NEW
    assert len(waits) == 11
    assert 2 < sum(waits) < 10


@pytest.mark.parametrize(("times", "waits"), [(0, 0), (8, 8), (11, 11)])
def test_a_file_that_a_virus_scanner_has_to_itself_is_read_after_it(path, monkeypatch, times, waits):
    """Also before each save: what lies there is compared with what was opened."""
    right, refusals, waited = Path.open, [PermissionError(errno.EACCES, "held")] * times, []

    def open_it(self, mode="r", *rest, **more):
        if refusals and mode == "rb" and self.suffix == ".gknb":
            raise refusals.pop()
        return right(self, mode, *rest, **more)

    expected = read(path).digest
    monkeypatch.setattr(Path, "open", open_it)
    monkeypatch.setattr(files, "_is_held", lambda path: True)
    monkeypatch.setattr(files.time, "sleep", waited.append)
    save(path, NEW, expected)
    monkeypatch.undo()
    assert read(path).content == NEW
    assert len(waited) == waits
    assert sum(waited) < 5


@pytest.mark.parametrize(("is_held", "waits"), [(False, 0), (True, 11)])
def test_what_may_not_be_read_is_told_and_only_what_is_held_is_waited_for(path, monkeypatch, is_held, waits):
    def refuse(self, *_, **__):
        raise PermissionError(errno.EACCES, "refused")

    waited = []
    monkeypatch.setattr(files, "_is_held", lambda path: is_held)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(files.time, "sleep", waited.append)
    with pytest.raises(UserError, match="没有权限读取“报告.gknb”"):
        read(path)
    assert len(waited) == waits


@pytest.mark.parametrize("name", ["NUL.gknb", "con", "a:b.gknb", "报告.gknb.", "报告.gknb "])
def test_a_name_that_windows_would_not_keep_is_refused_there(tmp_path, monkeypatch, name):
    monkeypatch.setattr(files.sys, "platform", "win32")
    with pytest.raises(UserError, match="没有保存。请换一个文件名"):
        save(tmp_path / name, NEW)
    with pytest.raises(UserError, match="不能打开"):
        read(tmp_path / name)
    assert names(tmp_path) == []


def test_a_name_too_long_for_windows_is_not_called_a_lost_folder(path, monkeypatch):
    """There it is "not found", as is a file in a folder that is not there."""

    def refuse(self, *_, **__):
        raise FileNotFoundError(errno.ENOENT, "too long")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match="文件名太长"):
        save(path, NEW)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("没有/报告.gknb", "找不到文件夹"),
        ("文件.txt/报告.gknb", "找不到文件夹"),
        ("夹", "是文件夹"),
        ("长" * 200, "太长"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(tmp_path, place, said):
    (tmp_path / "夹").mkdir()
    (tmp_path / "文件.txt").write_text("x")
    with pytest.raises(UserError, match=said):
        save(tmp_path / place, NEW)
    assert names(tmp_path) == ["夹", "文件.txt"]


def test_a_folder_is_called_a_folder_on_windows_too(tmp_path, monkeypatch):
    """There nothing but PermissionError is said, as of a file that another program holds."""
    folder = tmp_path / "夹.gknb"
    folder.mkdir()
    waits = []

    def replace(self, target):
        raise PermissionError(errno.EACCES, "Access is denied", str(self), 5, str(target))

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(files.sys, "platform", "win32")
    monkeypatch.setattr(files.time, "sleep", waits.append)
    with pytest.raises(UserError, match="“夹.gknb”是文件夹，不能保存成文件"):
        save(folder, NEW)
    assert waits == []
    assert names(tmp_path) == ["夹.gknb"]


def test_a_read_only_file_is_respected(path, monkeypatch):
    """os.replace alone would not mind; root, who runs these tests, may write everything."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(UserError, match="只读"):
        save(path, NEW)


@pytest.mark.skipif(sys.platform == "win32", reason="no links and modes there")
def test_links_and_permissions_survive(path):
    link = path.with_name("链接.gknb")
    link.symlink_to(path)
    path.chmod(0o640)
    save(link, NEW)
    assert link.is_symlink()
    assert read(path).content == NEW
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("没有.gknb", "找不到文件"),
        (".", "文件夹"),
        ("坏\0名", "读不出"),
        pytest.param("/", "“/”是文件夹", marks=ON_UNIX),
        pytest.param("/dev/zero", "设备", marks=ON_UNIX),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, name, said):
    with pytest.raises(UserError, match=said):
        files.read_bytes(tmp_path / name)


def test_a_file_far_too_big_is_not_even_read(tmp_path):
    big = tmp_path / "大.gknb"
    with big.open("wb") as file:
        file.truncate(files.MOST_BYTES + 1)
    with pytest.raises(UserError, match="不像是一份年报"):
        read(big)
    with big.open("rb") as endless, pytest.raises(UserError, match="不像是一份年报"):
        files.read_stream(endless, "标准输入")


def test_pictures_too_big_to_be_opened_again_are_not_saved(path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    before = path.read_bytes()
    with pytest.raises(UserError, match="图片太大"):
        files.save(path, Content(full_report(2023)))
    assert path.read_bytes() == before


def test_only_own_temporary_files_of_yesterday_are_swept_of_every_format(path):
    old = [".~报告.gknb.0123456789ab", ".~年报.pdf.0123456789ab", ".~年报.docx.0123456789ab.old"]
    keep = [".~lock.报告.gknb#", "~$年报.docx", "报告.gknb.0123456789ab", ".~别的.0123456789AB"]
    for name in [*keep, *old, ".~报告.gknb.ba9876543210"]:
        path.with_name(name).write_bytes(b"")
    for name in [*keep, *old]:
        os.utime(path.with_name(name), (time.time() - 90_000,) * 2)
    files.sweep(path.parent)
    assert names(path.parent) == sorted([*keep, ".~报告.gknb.ba9876543210", "报告.gknb"])


SAVE_FOREVER = """
import pathlib, sys
from app.storage.container import Content
from app.storage.files import save
from tests.storage.random_reports import full_report
path = pathlib.Path(sys.argv[1])
for year in range(2000, 9000):
    save(path, Content(full_report(year)))
    print(year, flush=True)
"""


@pytest.mark.slow
def test_a_killed_save_loses_and_spoils_nothing(tmp_path):
    """kill -9 at random moments of a save loop: what was acknowledged is there, and whole."""
    path = tmp_path / "报告.gknb"
    for number in range(6):
        call = [sys.executable, "-c", SAVE_FOREVER, str(path)]
        process = subprocess.Popen(call, stdout=subprocess.PIPE, cwd=paths.root())
        assert process.stdout is not None
        said = [process.stdout.readline()]
        time.sleep(0.003 + number * 0.0037)
        process.kill()
        said += process.communicate()[0].splitlines()
        whole = [int(line) for line in said if len(line.strip()) == 4]
        assert read(path).content.report.year >= whole[-1]


def test_plain_bytes_are_replaced_as_a_whole_too(tmp_path):
    path = tmp_path / "x.pdf"
    write_bytes(path, b"1")
    write_bytes(path, b"22")
    assert path.read_bytes() == b"22"
    assert names(tmp_path) == ["x.pdf"]


def test_an_emoji_in_two_halves_is_refused_in_words(tmp_path):
    path = tmp_path / "报告.gknb"
    save(path, Content(full_report()))
    for content in (
        Content(full_report().with_narrative("other", "好\ud83d\ude00")),
        Content(full_report(), full_report().with_narrative("other", "\ud83d\ude00")),
    ):
        with pytest.raises(UserError, match="表情符号"):
            save(path, content)
        assert read(path).content == Content(full_report())
