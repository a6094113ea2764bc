"""Findings at the window: explained with a written reason by keyboard alone, shown apart, taken back, undone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.document import ReportDocument
from tests.checks.reports import cell, good
from tests.ui.conftest import CTRL
from ui.explain_dialog import ExplainDialog
from ui.findings_delegate import FINDING, FOLDED, PREVIEW, Link
from ui.section_states import EXPORT, REVIEW

ALT = Qt.KeyboardModifier.AltModifier
REASON = "已与司法所核对，数字属实"


@pytest.fixture
def desk(office):
    """A report whose equation of 表三 is broken in one column, and whose text calls the town 我局."""
    report = good(values={cell("received"): 1, cell("received", "total"): 1})
    text = report.narrative("overview") + "\n我局高度重视。"
    return office(ReportDocument(report.with_narrative("overview", text)))


def of_rule(clerk, rule):
    return next(one for one in clerk.document.all_findings if one.rule == rule)


def in_dialog(clerk, act) -> None:
    """Do something in the next question that opens."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ExplainDialog) and dialog.isActiveWindow():
            act(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def write_reason(dialog) -> None:
    assert not dialog.ok_button.isEnabled()
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.edit.insertPlainText(REASON)
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)


def choose(clerk, words: str) -> None:
    """Take the entry of that name in the menu that is open, by keys."""
    menu: QMenu = QApplication.activePopupWidget()
    wanted = next(action for action in menu.actions() if words in action.text())
    menu.setActiveAction(wanted)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_explaining_by_keys_settles_a_finding_everywhere(desk):
    page = desk.go(REVIEW)
    finding = of_rule(desk, "T3-05")
    before = desk.window.sections.state_words("requests")
    page.panel.choose(finding)
    page.panel.setFocus()
    in_dialog(desk, write_reason)
    desk.press(Qt.Key.Key_Period, CTRL)
    choose(desk, "说明")
    desk.until(lambda: bool(desk.document.explained))
    assert desk.document.explained[0].explanation.reason == REASON
    assert page.filters.button(4).text() == "已说明 1"
    desk.until(lambda: desk.window.sections.state_words("requests") != before)
    assert desk.window.sections.state_words("requests") == "完成"
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.document.explained == ()
    assert page.filters.button(4).text() == "已说明 0"


def test_explained_findings_stand_apart_folded_and_can_be_taken_back(desk):
    finding = of_rule(desk, "T3-05")
    desk.document.explain(finding, REASON, date(2026, 1, 9))
    panel = desk.go(REVIEW).panel
    fold = panel.topLevelItem(panel.topLevelItemCount() - 1)
    assert (fold.text(0), fold.data(0, FOLDED)) == ("已说明　1", True)
    panel.setFocus()
    panel.setCurrentItem(fold)
    desk.press(Qt.Key.Key_Return)
    panel.choose(finding)
    assert panel.current() == finding
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=panel.link(finding, Link.TAKE_BACK))
    assert desk.document.explained == ()
    assert finding in desk.document.findings


def test_the_filter_shows_only_what_is_explained(desk):
    desk.document.explain(of_rule(desk, "T3-05"), REASON, date(2026, 1, 9))
    page = desk.go(REVIEW)
    desk.click(page.filters.button(4))
    words = [page.panel.topLevelItem(row).text(0) for row in range(page.panel.topLevelItemCount())]
    assert words[0] == "已说明　1"
    desk.document.take_back(of_rule(desk, "T3-05"))
    assert page.filters.button(0).isChecked()


def test_a_reason_given_before_can_be_rewritten(desk):
    finding = of_rule(desk, "T3-05")
    desk.document.explain(finding, REASON, date(2026, 1, 9))

    def rewrite(dialog) -> None:
        assert dialog.reason == REASON
        desk.click(dialog.offers[-1])
        dialog.accept()

    in_dialog(desk, rewrite)
    desk.go(REVIEW).panel._settling.explain(finding)
    assert desk.document.explained[0].explanation.reason == "经请示主管部门同意，按现有写法上报"


def test_in_the_text_the_finding_under_the_cursor_is_explained_by_keys(desk):
    page = desk.go("overview")
    finding = next(one for one in desk.document.findings if one.quote.startswith("我局"))
    page.editor.show_place(finding.start, finding.start)
    in_dialog(desk, write_reason)
    desk.press(Qt.Key.Key_Return, ALT)
    choose(desk, "说明")
    desk.until(lambda: bool(desk.document.explained))
    assert desk.document.report.narrative("overview").endswith("我局高度重视。")
    marked = [one.cursor.selectedText() for one in page.editor.edit.extraSelections()]
    assert not any("我局" in text for text in marked)


def test_f8_goes_to_the_very_characters(desk):
    finding = next(one for one in desk.document.findings if one.quote.startswith("我局"))
    desk.controller.show_finding(finding)
    assert desk.page.key == "overview"
    assert desk.page.editor.edit.textCursor().selectedText() == finding.quote


def test_explained_errors_do_not_hold_back_the_export_page(desk):
    page = desk.go(EXPORT)
    for one in desk.document.findings:
        desk.document.explain(one, REASON, date(2026, 1, 9))
    page.refresh()
    assert all("错误" not in text for text in [desk.window.sections.state_words(EXPORT)])
    assert desk.window.sections.state_words(REVIEW) in ("完成", "问题 0")


def test_the_check_sheet_is_written_from_the_review_page(desk, tmp_path, monkeypatch):
    target = tmp_path / "核对表.docx"
    monkeypatch.setattr("ui.check_sheet_dialog.file_to_write", lambda *_: target)
    desk.click(desk.go(REVIEW).sheet_button)
    desk.until(lambda: "核对表已写到" in desk.status)
    assert target.stat().st_size > 1000


def test_a_finding_of_a_table_is_explained_under_the_table(desk):
    line = desk.go("requests").panel.strip.line(0)
    assert line.explain.isVisible()
    in_dialog(desk, write_reason)
    desk.click(line.explain)
    assert [one.finding.rule for one in desk.document.explained] == ["T3-05"]
    assert "T3-05" not in [one.rule for one in desk.document.findings]


def test_a_repair_of_the_text_shows_before_and_after_and_is_one_step(desk):
    desk.document.set_narrative(
        "overview", desk.document.report.narrative("overview") + "\n公开信息,共12条。"
    )
    page = desk.go(REVIEW)
    finding = next(one for one in desk.document.findings if one.repair and one.repair.edits)
    row = next(
        page.panel.topLevelItem(n)
        for n in range(page.panel.topLevelItemCount())
        if page.panel.topLevelItem(n).data(0, FINDING) == finding
    )
    before, _, after = row.data(0, PREVIEW).partition("　→　")
    assert ("公开信息,共12条" in before, "公开信息，共12条" in after) == (True, True)
    QTest.mouseClick(
        page.panel.viewport(), Qt.MouseButton.LeftButton, pos=page.panel.link(finding, Link.REPAIR)
    )
    assert desk.document.report.narrative("overview").endswith("公开信息，共12条。")
    desk.document.undo()
    assert desk.document.report.narrative("overview").endswith("公开信息,共12条。")


def test_the_keyboard_begins_on_a_finding_and_not_on_the_name_of_its_section(desk):
    panel = desk.go(REVIEW).panel
    assert panel.hasFocus()
    assert panel.current() == desk.document.findings[0]
    desk.press(Qt.Key.Key_Period, CTRL)
    menu = QApplication.activePopupWidget()
    assert any("说明" in action.text() for action in menu.actions())
    menu.close()
