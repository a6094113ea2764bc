"""The keyboard is where it was after a menu, a question or a button that goes: what is typed next lands where one works."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import CTRL

Key = Qt.Key


def open_and_escape(clerk, button) -> None:
    """Click a button that opens a menu, and close that with Esc."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    clerk.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None, timeout=5000)
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup, Key.Key_Escape)
    clerk.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None, timeout=5000)


@pytest.mark.parametrize("name", ["insert_button", "tidy_button"])
def test_a_menu_over_the_text_that_is_closed_again(office, draft, name):
    clerk = office(draft())
    page = clerk.go("overview")
    clerk.focus(page.editor.edit)
    open_and_escape(clerk, getattr(page.editor.tools, name))
    assert page.editor.edit.hasFocus()


def test_a_menu_over_a_table_that_is_closed_again(office, draft):
    clerk = office(draft())
    page = clerk.go("requests")
    clerk.focus(page.first_focus())
    open_and_escape(clerk, page.panel.tools.more)
    assert page.first_focus().hasFocus()


@pytest.mark.parametrize("by_keyboard", [True, False])
def test_confirm_all_goes_and_the_text_has_the_keyboard(office, draft, by_keyboard):
    clerk = office(draft())
    page = clerk.go("overview")
    clerk.focus(page.editor.edit)
    button = page.editor.confirm_all_button
    if by_keyboard:
        clerk.focus(button)
        clerk.press(Key.Key_Return)
    else:
        clerk.click(button)
    assert not button.isVisible()
    assert page.editor.edit.hasFocus()


def test_next_place_pressed_with_the_mouse_is_typed_over(office, draft):
    clerk = office(draft())
    page = clerk.go("overview")
    clerk.click(page.editor.next_button)
    assert page.editor.edit.hasFocus()
    assert page.editor.edit.textCursor().hasSelection()


def test_a_signature_taken_back_leaves_the_keyboard_on_the_page(office, draft):
    clerk = office(draft())
    page = clerk.go("sign_off")
    assert page.next_button.hasFocus()
    from app.signoff import signing

    document = clerk.document
    document.change("登记", signing.signed(document.report, "draft", "王小兰", signing.date(2026, 1, 9)))
    drop = page._hands["draft"][2]
    clerk.focus(drop)
    clerk.press(Key.Key_Return)
    assert not drop.isVisible()
    assert page.next_button.hasFocus()


def test_a_repair_that_settles_the_last_finding_leaves_the_keyboard_in_the_list(office, draft):
    clerk = office(draft())
    page = clerk.go("review_all")
    button = page.repair_all_button
    clerk.focus(button)
    clerk.answer("改这")
    clerk.press(Key.Key_Return)
    clerk.until(lambda: clerk.document.undo_name == "全部修复")
    assert QApplication.focusWidget() in (page.panel, button)


def test_ctrl_and_a_point_in_a_table_offers_what_can_be_done_about_the_cell(office, draft):
    clerk = office(draft())
    page = clerk.go("requests")
    clerk.focus(page.first_focus())
    clerk.press(Key.Key_Period, CTRL)
    clerk.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None, timeout=5000)
    popup = QApplication.activePopupWidget()
    words = [one.text() for one in popup.actions()]
    assert "跳到这一处" in words
    assert any(one.startswith("修复：") for one in words)
    QTest.keyClick(popup, Key.Key_Escape)
    assert page.first_focus().hasFocus()


def test_the_last_finding_of_a_text_is_repaired_and_the_text_has_the_keyboard(office, draft):
    document = draft()
    document.set_processing_fee(Decimal(0))
    clerk = office(document)
    page = clerk.go("other")
    clerk.window.panel.open("checks")
    findings = clerk.window.panel.checks.list
    (finding,) = page.editor.own_findings
    clerk.until(lambda: findings.choose(finding))
    clerk.focus(findings)
    findings.repair_wanted.emit(finding)
    clerk.until(lambda: not findings.isVisible())
    assert page.editor.edit.hasFocus()


def test_alt_and_a_letter_that_belongs_to_nothing_writes_nothing(office, draft):
    clerk = office(draft())
    page = clerk.go("overview")
    before = clerk.document.report
    clerk.focus(page.editor.edit)
    QTest.keyClick(page.editor.edit, "j", Qt.KeyboardModifier.AltModifier)
    page = clerk.go("agency")
    field = page.fields["office"]
    clerk.focus(field)
    QTest.keyClick(field, "j", Qt.KeyboardModifier.AltModifier)
    assert clerk.document.report is before
