"""问题信息 for a helper: what is in it, and what is not unless it was ticked."""

import io
import json
import zipfile

import pytest

from app import paths
from app.session import support
from app.storage import settings
from app.storage.container import Content, unpack
from tests.checks.reports import good


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_has_the_logs_the_versions_and_the_faces_and_nothing_of_the_clerks_files(tmp_path):
    settings.save(settings.load().with_recent(tmp_path / "秘密.gknb"))
    paths.log_file().write_text("ValueError: a bug\n", encoding="utf-8")
    paths.log_file().with_name("crash.log").write_text("Fatal Python error\n", encoding="utf-8")
    parts = opened(support.bundle("版本：1"))
    assert parts["版本.txt"].decode() == "版本：1\n"
    assert b"a bug" in parts["nianbao.log"]
    assert b"Fatal" in parts["crash.log"]
    assert "宋体" in parts["字体.txt"].decode() or parts["字体.txt"]
    assert isinstance(json.loads(parts["设置.json"]), dict)
    assert "秘密" not in b"".join(parts.values()).decode()
    assert not [name for name in parts if name.endswith(".gknb")]


def test_a_first_start_has_little_and_still_makes_it():
    assert {"版本.txt", "字体.txt"} <= opened(support.bundle("")).keys()


def test_settings_that_are_damaged_stop_nothing():
    paths.user_data().mkdir(parents=True)
    for data in (b"\xff", b"[]"):
        paths.settings_file().write_bytes(data)
        assert "设置.json" not in opened(support.bundle(""))


def test_the_report_is_in_it_when_it_is_wanted(tmp_path):
    path = tmp_path / "a.zip"
    support.write(path, "", Content(good()))
    assert unpack(opened(path.read_bytes())["报告.gknb"]).report == good()
