"""What goes wrong around an open report: two windows, a folder that cannot be written, a file gone, a full disk, a clock set back."""

import errno
import json
import os
import sys
from dataclasses import asdict, replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from app import paths
from app.session.any_report import read_any
from app.storage import files
from app.storage.backups import backups_of
from app.storage.container import Content
from app.storage.lock import lock_file, myself
from tests.ui.conftest import CTRL


@pytest.fixture
def saved(tmp_path, draft):
    document = draft()
    path = tmp_path / "报告" / "张家产镇2021年.gknb"
    path.parent.mkdir()
    files.save(path, Content(document.report, document.prior))
    return path


@pytest.fixture
def clerk(office, saved):
    made = office()
    made.window.open_path(saved)
    made.document.set_narrative("problems", "没有保存的话")
    return made


def on_disk(path) -> str:
    return read_any(path).report.narrative("problems")


def test_a_report_that_another_window_has_open_is_told_and_not_opened_unasked(office, saved):
    other = replace(myself(), pid=os.getppid(), started="")  # a program that runs
    lock_file(saved).write_text(json.dumps(asdict(other)), encoding="utf-8")
    clerk = office()
    said = clerk.answer("取消")
    clerk.window.open_path(saved)
    assert "正在这台电脑的另一个窗口" in said[0]
    assert "打开着" in said[0]
    assert not clerk.controller.has_document
    clerk.answer("仍然打开")
    clerk.window.open_path(saved)
    assert clerk.controller.has_document


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root 和 Windows 写得进任何文件夹")
def test_a_folder_that_cannot_be_written(clerk, saved):
    saved.parent.chmod(0o500)
    said = clerk.answer("知道了")
    clerk.press(Qt.Key.Key_S, CTRL)
    saved.parent.chmod(0o700)
    assert "没有保存" in said[0] or "不能写" in said[0]
    assert clerk.window.isWindowModified()


@pytest.mark.parametrize(
    "fault",
    [PermissionError(errno.EACCES, "no"), OSError(errno.ENOSPC, "full"), OSError(errno.EROFS, "read-only")],
    ids=["not allowed", "full", "read-only"],
)
def test_a_disk_that_refuses_is_told_and_the_work_stays(clerk, saved, monkeypatch, fault):
    before = saved.read_bytes()

    def refuse(*_args, **_more):
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr("app.storage.files.os.replace", refuse)
        said = clerk.answer("知道了")
        clerk.press(Qt.Key.Key_S, CTRL)
    assert "没有保存" in said[0] or "写不进去" in said[0], said
    assert "Traceback" not in "".join(said)
    assert saved.read_bytes() == before
    assert clerk.window.isWindowModified()
    clerk.press(Qt.Key.Key_S, CTRL)  # the disk is there again
    assert on_disk(saved) == "没有保存的话"
    assert not clerk.window.isWindowModified()


@pytest.mark.parametrize("renamed", [True, False])
def test_a_file_that_was_renamed_or_deleted_is_told_at_the_next_save(clerk, saved, renamed):
    """It was written anew without a word: two reports lay there, and the clerk went on in the wrong one."""
    saved.rename(saved.with_name("改了名.gknb")) if renamed else saved.unlink()
    said = clerk.answer("取消")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert "不在原来的位置了" in said[0]
    assert not saved.exists()
    assert clerk.window.isWindowModified()
    clerk.answer("在原处再保存一份")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert on_disk(saved) == "没有保存的话"
    assert not clerk.window.isWindowModified()


def test_a_folder_that_is_gone_is_told_and_the_work_stays(clerk, saved):
    for one in saved.parent.iterdir():
        one.unlink()
    saved.parent.rmdir()
    said = clerk.answer("知道了")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert said, "told in a sentence"
    assert clerk.document.report.narrative("problems") == "没有保存的话"
    assert clerk.window.isWindowModified()
    clerk.controller.keep_work()
    assert [one for one in paths.recovery().glob("*.gknb") if on_disk(one) == "没有保存的话"]


def test_a_stick_that_was_drawn_offers_another_place_at_once(clerk, saved, tmp_path, monkeypatch):
    for one in saved.parent.iterdir():
        one.unlink()
    saved.parent.rmdir()
    monkeypatch.setattr("ui.kit.dialogs.file_to_save", lambda *_args: tmp_path / "另存.gknb")
    said = clerk.answer("另存为")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert "找不到文件夹" in said[0]
    assert on_disk(tmp_path / "另存.gknb") == "没有保存的话"
    assert not clerk.window.isWindowModified()


def test_a_clock_that_is_set_back_loses_no_version_and_no_work(clerk, saved, monkeypatch):
    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=400)

    clerk.press(Qt.Key.Key_S, CTRL)
    monkeypatch.setattr("app.storage.backups.datetime", Earlier)
    monkeypatch.setattr("app.storage.recovery.datetime", Earlier)
    clerk.document.set_narrative("problems", "后来的话")
    assert clerk.controller.keep_work()
    clerk.press(Qt.Key.Key_S, CTRL)
    kept = [files.read(one.path).content.report.narrative("problems") for one in backups_of(saved)]
    assert kept[:2] == ["后来的话", "没有保存的话"], "the newest save first, whatever the clock says"
    assert on_disk(saved) == "后来的话"
