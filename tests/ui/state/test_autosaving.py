"""Unsaved work is written beside the typing: never late, never over what was saved, never told of another report."""

import errno
import time
from types import SimpleNamespace

import pytest

from app import paths
from app.errors import UserError
from app.session import session
from app.session.any_report import read_any
from app.storage import files, recovery


@pytest.fixture
def slow_disk(monkeypatch):
    """Every write of unsaved work takes a good while, longer than one look at it; gives the documents written."""
    write, keep, written = session.autosave, recovery.keep, []

    def slow(*what):
        time.sleep(0.5)
        return keep(*what)

    def noted(document):
        was_written = write(document)
        written.extend([document] * was_written)
        return was_written

    monkeypatch.setattr(recovery, "keep", slow)
    monkeypatch.setattr(session, "autosave", noted)
    monkeypatch.setattr("ui.state.autosaving.WRITING_LOOK", 0.05)
    return written


def changed(clerk) -> None:
    """A change, and its write under way."""
    ref = clerk.document.form.cells[0]
    clerk.document.set_values({ref: 5}, "填写")
    clerk.controller._autosaving.write()
    assert clerk.controller._autosaving.is_writing


def recovery_files():
    folder = paths.recovery()
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def test_what_is_typed_is_kept_by_itself_and_told(office, draft):
    clerk = office(draft())
    told = []
    clerk.controller.autosaved.connect(told.append)
    changed(clerk)
    clerk.until(lambda: bool(told))
    assert session.autosave(clerk.document) is False  # the very state lies there already


def test_a_write_under_way_leaves_nothing_behind_after_saving(office, draft, tmp_path, slow_disk):
    clerk = office(draft())
    changed(clerk)
    kept = clerk.document.file
    clerk.controller.save(tmp_path / "报告.gknb")
    clerk.until(lambda: not clerk.controller._autosaving.is_writing)
    assert kept.recovery is None
    assert kept.kept is None
    assert recovery_files() == []
    assert not clerk.document.is_modified


def test_a_write_under_way_leaves_nothing_behind_after_the_changes_were_given_up(office, draft, slow_disk):
    clerk = office(draft())
    changed(clerk)
    kept = clerk.document.file
    clerk.controller.close()
    clerk.qtbot.wait(700)  # longer than the write
    assert kept.recovery is None
    assert recovery_files() == []


def test_a_crash_while_writing_still_keeps_the_newest_state(office, draft, slow_disk):
    """What the crash handler calls waits for the older write and keeps what was typed since."""
    clerk = office(draft())
    changed(clerk)
    ref = clerk.document.form.cells[0]
    clerk.document.set_values({ref: 6}, "填写")
    clerk.controller.keep_work()
    assert clerk.document.file.kept.report[ref] == 6


def test_the_next_report_is_not_told_to_be_kept_by_the_write_of_the_last(office, draft, slow_disk):
    clerk = office(draft())
    told = []
    clerk.controller.autosaved.connect(told.append)
    clerk.qtbot.wait(10)
    told.clear()
    slow_disk.clear()
    changed(clerk)
    last, this = clerk.document, draft()
    clerk.controller.open(this)
    clerk.until(lambda: not clerk.controller._autosaving.is_writing)
    clerk.qtbot.wait(100)
    assert last in slow_disk
    assert len(told) == slow_disk.count(this)  # its own pages keep it when they are shown


@pytest.fixture
def full_disk(monkeypatch):
    """Nothing can be written to the disk until `room()` is called; `full_disk.refused` are the files that were tried."""
    refused = []

    def refuse(temporary, _data, _target):
        refused.append(temporary)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(files, "_write_through", refuse)
        full.setattr("ui.state.autosaving.AGAIN_AFTER", 100)
        yield SimpleNamespace(refused=refused, room=full.undo)


def test_a_write_that_fails_is_told_and_tried_again_by_itself(office, draft, full_disk):
    clerk = office(draft())
    told = []
    clerk.controller.autosaved.connect(told.append)
    changed(clerk)
    clerk.until(lambda: clerk.window.saved_label.text().endswith("自动保存没有成功，正在重试"))
    said = f"自动保存没有成功：磁盘已满，“{clerk.controller.title}”没有保存。请腾出空间，或另存到别的磁盘。"
    assert clerk.status == said
    clerk.until(lambda: len(full_disk.refused) > 2)  # nothing was typed since
    assert told == []
    full_disk.room()
    clerk.until(lambda: bool(told))
    assert "已自动保存" in clerk.window.saved_label.text()
    (kept,) = paths.recovery().glob("*.gknb")
    assert read_any(kept).report == clerk.document.report


def test_a_failure_is_said_once_and_its_sign_goes_with_saving(office, draft, full_disk, tmp_path):
    clerk = office(draft())
    said = []
    clerk.controller.message.connect(said.append)
    clerk.controller.autosave_refused.connect(said.append)
    changed(clerk)
    clerk.until(lambda: len(full_disk.refused) > 2)
    clerk.window.message("别的话")
    clerk.until(lambda: len(full_disk.refused) > 4)
    assert clerk.status == "别的话"
    full_disk.room()
    clerk.controller.save(tmp_path / "报告.gknb")
    assert clerk.window.saved_label.text() == "已保存"
    tried = len(full_disk.refused)
    clerk.qtbot.wait(300)
    assert len(full_disk.refused) == tried


def test_what_cannot_be_saved_is_kept_aside_all_the_same(office, draft, monkeypatch, tmp_path):
    clerk = office(draft())
    clerk.document.set_values({clerk.document.form.cells[0]: 5}, "填写")

    def refuse(*_):
        raise UserError("“报告.gknb”写不进去", "请另存到别的文件夹")

    monkeypatch.setattr(session, "save", refuse)
    with pytest.raises(UserError):
        clerk.controller.save(tmp_path / "报告.gknb")
    clerk.until(lambda: bool(recovery_files()))
