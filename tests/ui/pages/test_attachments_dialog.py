"""附件 in the window: added, named, moved, removed; one step of undo, nothing typed is given up by a slip."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.report.model import Attachment
from app.session.document import ReportDocument
from tests.exporting.reports import full_report
from tests.signoff.test_signing import final
from tests.ui.conftest import dialog_of
from ui.pages.attachments_dialog import AttachmentsDialog, edit_attachments

TWO = (Attachment("申请办理情况", "共3件。"), Attachment("主动公开目录"))


@pytest.fixture
def clerk(office):
    return office(ReportDocument(full_report("2021", 2024)))


@pytest.fixture
def dialog(clerk):
    made = AttachmentsDialog(TWO, clerk.window)
    made.clerk = clerk
    made.show()
    yield made
    made.done(0)
    made.deleteLater()


def names(dialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_they_are_listed_and_each_has_its_text(dialog):
    assert names(dialog) == ["1. 申请办理情况", "2. 主动公开目录"]
    assert (dialog.name.text(), dialog.text.toPlainText()) == ("申请办理情况", "共3件。")
    dialog.list.setCurrentRow(1)
    assert (dialog.name.text(), dialog.text.toPlainText()) == ("主动公开目录", "")


def test_one_is_added_and_named_moved_and_removed(dialog):
    dialog.add_button.click()
    QTest.keyClicks(dialog.name, "3")
    dialog.text.setPlainText("第一段。\n第二段。")
    assert names(dialog)[-1] == "3. 3"
    dialog.up_button.click()
    assert dialog.attachments == (TWO[0], Attachment("3", "第一段。\n第二段。"), TWO[1])
    dialog.list.setCurrentRow(2)
    dialog.remove_button.click()
    assert [one.name for one in dialog.attachments] == ["申请办理情况", "3"]


def test_a_text_without_a_name_is_not_dropped(dialog):
    dialog.add_button.click()
    dialog.text.setPlainText("写了内容。")
    told = dialog.clerk.answer("知道了")
    dialog.ok_button.click()
    assert "还没有名称" in told[0]
    assert dialog.isVisible()


def test_esc_asks_before_what_was_typed_is_gone(dialog):
    dialog.name.setText("改过的名称")
    dialog._take()
    told = dialog.clerk.answer("接着写")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert "不要了吗" in told[0]
    assert dialog.isVisible()


def test_it_is_one_step_of_undo(clerk):
    before = clerk.document.report

    def fill(dialog: AttachmentsDialog) -> None:
        dialog.add_button.click()
        dialog.name.setText("主动公开目录")
        dialog._take()
        dialog.ok_button.click()

    dialog_of(AttachmentsDialog, fill)
    edit_attachments(clerk.controller, clerk.window)
    assert clerk.document.report.attachments == (Attachment("主动公开目录"),)
    clerk.controller.undo()
    assert clerk.document.report == before


def test_a_frozen_report_is_left_alone(office):
    clerk = office(ReportDocument(final()))
    told = clerk.answer("知道了")
    edit_attachments(clerk.controller, clerk.window)
    assert "定稿" in told[0]
