"""Unsaved work is written beside the typing: never late, never over what was saved, never told of another report."""

import time

import pytest

from app import paths, session
from app.storage import recovery


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
    monkeypatch.setattr("ui.controller.WRITING_LOOK", 0.05)
    return written


def changed(clerk) -> None:
    """A change, and its write under way."""
    ref = clerk.document.form.cells[0]
    clerk.document.set_values({ref: 5}, "填写")
    clerk.controller._keep_aside()
    assert clerk.controller._writing is not None


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
    kept = session._on_disk(clerk.document)
    clerk.controller.save(tmp_path / "报告.gknb")
    clerk.until(lambda: clerk.controller._writing is None)
    assert kept.recovery is None
    assert kept.kept is None
    assert recovery_files() == []
    assert not clerk.document.is_modified


def test_a_write_under_way_leaves_nothing_behind_after_the_changes_were_given_up(office, draft, slow_disk):
    clerk = office(draft())
    changed(clerk)
    kept = session._on_disk(clerk.document)
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
    assert session._on_disk(clerk.document).kept.report[ref] == 6


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
    clerk.until(lambda: clerk.controller._writing is None)
    clerk.qtbot.wait(100)
    assert last in slow_disk
    assert len(told) == slow_disk.count(this)  # its own pages keep it when they are shown


def test_a_write_that_fails_is_told_and_the_next_change_is_written(office, draft, monkeypatch):
    clerk = office(draft())
    write = session.autosave

    def full(_document):
        raise OSError("磁盘满了")

    monkeypatch.setattr(session, "autosave", full)
    changed(clerk)
    clerk.until(lambda: "自动保存没有成功" in clerk.status)
    monkeypatch.setattr(session, "autosave", write)
    told = []
    clerk.controller.autosaved.connect(told.append)
    clerk.document.set_values({clerk.document.form.cells[0]: 7}, "填写")
    clerk.until(lambda: bool(told))
