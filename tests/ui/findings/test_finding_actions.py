"""Findings at the window: explained with a written reason by keyboard alone, shown apart, taken back, undone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.session.document import ReportDocument
from tests.checks.reports import cell, good
from tests.ui.conftest import CTRL, dialog_of
from tests.ui.seen import state_words
from ui.findings.delegate import FINDING, FOLDED, PREVIEW, Link
from ui.findings.explain_dialog import ExplainDialog
from ui.kit.edits_dialog import EditsDialog
from ui.state.section_states import EXPORT, REVIEW

ALT = Qt.KeyboardModifier.AltModifier
REASON = "已与司法所核对，数字属实"


@pytest.fixture
def clerk(office):
    """A report whose equation of 表三 is broken in one column, and whose text calls the town 我局."""
    report = good(values={cell("received"): 1, cell("received", "total"): 1})
    text = report.narrative("overview") + "\n我局高度重视。"
    return office(ReportDocument(report.with_narrative("overview", text)))


def of_rule(clerk, rule):
    return next(one for one in clerk.document.all_findings if one.rule == rule)


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


def test_explaining_by_keys_settles_a_finding_everywhere(clerk):
    page = clerk.go(REVIEW)
    finding = of_rule(clerk, "T3-05")
    before = state_words(clerk.window.sections, "requests")
    page.panel.choose(finding)
    clerk.focus(page.panel)
    dialog_of(ExplainDialog, write_reason)
    clerk.press(Qt.Key.Key_Period, CTRL)
    choose(clerk, "写说明")
    clerk.until(lambda: bool(clerk.document.explained))
    assert clerk.document.explained[0].explanation.reason == REASON
    assert page.filters.button(6).text() == "已说明 1"
    clerk.until(lambda: state_words(clerk.window.sections, "requests") != before)
    assert state_words(clerk.window.sections, "requests") == "完成"
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.document.explained == ()
    assert page.filters.button(6).text() == "已说明 0"


def test_explained_findings_stand_apart_folded_and_can_be_taken_back(clerk):
    finding = of_rule(clerk, "T3-05")
    clerk.document.explain(finding, REASON, date(2026, 1, 9))
    panel = clerk.go(REVIEW).panel
    fold = panel.topLevelItem(panel.topLevelItemCount() - 1)
    assert (fold.text(0), fold.data(0, FOLDED)) == ("已说明　1", True)
    clerk.focus(panel)
    panel.setCurrentItem(fold)
    clerk.press(Qt.Key.Key_Return)
    panel.choose(finding)
    assert panel.current() == finding
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=panel.link(finding, Link.TAKE_BACK))
    assert clerk.document.explained == ()
    assert finding in clerk.document.findings


def test_the_filter_shows_only_what_is_explained(clerk):
    clerk.document.explain(of_rule(clerk, "T3-05"), REASON, date(2026, 1, 9))
    page = clerk.go(REVIEW)
    clerk.click(page.filters.button(6))
    words = [page.panel.topLevelItem(row).text(0) for row in range(page.panel.topLevelItemCount())]
    assert words[0] == "已说明　1"
    clerk.document.take_back(of_rule(clerk, "T3-05"))
    assert page.filters.button(0).isChecked()


def test_a_reason_given_before_can_be_rewritten(clerk):
    finding = of_rule(clerk, "T3-05")
    clerk.document.explain(finding, REASON, date(2026, 1, 9))

    def rewrite(dialog) -> None:
        assert dialog.reason == REASON
        clerk.click(dialog.offers[-1])
        dialog.accept()

    dialog_of(ExplainDialog, rewrite)
    clerk.go(REVIEW).panel._finding_actions.explain(finding)
    assert clerk.document.explained[0].explanation.reason == "经请示主管部门同意，按现有写法上报"


def test_in_the_text_the_finding_under_the_cursor_is_explained_by_keys(clerk):
    page = clerk.go("overview")
    finding = next(one for one in clerk.document.findings if one.quote.startswith("我局"))
    page.editor.show_place(finding.start, finding.start)
    dialog_of(ExplainDialog, write_reason)
    clerk.press(Qt.Key.Key_Return, ALT)
    choose(clerk, "写说明")
    clerk.until(lambda: bool(clerk.document.explained))
    assert clerk.document.report.narrative("overview").endswith("我局高度重视。")
    marked = [one.cursor.selectedText() for one in page.editor.edit.extraSelections()]
    assert not any("我局" in text for text in marked)


def test_f8_goes_to_the_very_characters(clerk):
    finding = next(one for one in clerk.document.findings if one.quote.startswith("我局"))
    clerk.controller.show_finding(finding)
    assert clerk.page.key == "overview"
    assert clerk.page.editor.edit.textCursor().selectedText() == finding.quote


def test_explained_errors_do_not_hold_back_the_export_page(clerk):
    page = clerk.go(EXPORT)
    for one in clerk.document.findings:
        clerk.document.explain(one, REASON, date(2026, 1, 9))
    page.refresh()
    assert all("错误" not in text for text in [state_words(clerk.window.sections, EXPORT)])
    assert state_words(clerk.window.sections, REVIEW) == "完成"


def test_the_check_sheet_is_written_from_the_review_page(clerk, tmp_path, monkeypatch):
    target = tmp_path / "核对表.docx"
    monkeypatch.setattr("ui.findings.check_sheet_dialog.file_to_write", lambda *_: target)
    clerk.click(clerk.go(REVIEW).sheet_button)
    clerk.until(lambda: "核对表已写到" in clerk.status)
    assert clerk.page.result_bar.words.text() == "核对表已写好：“核对表.docx”。"
    assert clerk.page.result_bar.open_button.isVisible()
    assert target.stat().st_size > 1000


def test_a_finding_of_a_table_is_explained_in_the_one_line(clerk):
    clerk.go("requests")
    clerk.window.panel.fold()
    line = clerk.window.panel.line.strip.line(0)
    clerk.until(lambda: line.explain.isVisible())
    dialog_of(ExplainDialog, write_reason)
    clerk.click(line.explain)
    assert [one.finding.rule for one in clerk.document.explained] == ["T3-05"]
    assert "T3-05" not in [one.rule for one in clerk.document.findings]


def test_a_repair_of_the_text_shows_before_and_after_and_is_one_step(clerk):
    clerk.document.set_narrative(
        "overview", clerk.document.report.narrative("overview") + "\n公开信息,共12条。"
    )
    page = clerk.go(REVIEW)
    finding = next(one for one in clerk.document.findings if one.repair and one.repair.edits)
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
    assert clerk.document.report.narrative("overview").endswith("公开信息，共12条。")
    clerk.document.undo()
    assert clerk.document.report.narrative("overview").endswith("公开信息,共12条。")


def test_the_keyboard_begins_on_a_finding_and_not_on_the_name_of_its_section(clerk):
    panel = clerk.go(REVIEW).panel
    assert panel.hasFocus()
    assert panel.current() == clerk.document.findings[0]
    clerk.press(Qt.Key.Key_Period, CTRL)
    menu = QApplication.activePopupWidget()
    assert any("说明" in action.text() for action in menu.actions())
    menu.close()


def test_zeros_for_blank_cells_are_looked_at_in_their_table_before_they_are_written(clerk):
    ref = cell("received", "enterprise")
    clerk.document.set_values({ref: None}, "清除")
    page = clerk.go(REVIEW)
    finding = next(one for one in clerk.document.findings if one.rule == "T3-02" and ref in one.cells)
    page.panel.choose(finding)
    clerk.focus(page.panel)
    clerk.press(Qt.Key.Key_Period, CTRL)
    choose(clerk, "填")
    clerk.until(lambda: clerk.page.key == "requests")
    bar = clerk.page.panel.paste_bar
    assert bar.isVisible()
    assert clerk.document.report[ref] is None
    assert "空着的是没有填，还是确实没有？" in bar.sentence.text()


def test_repairs_are_shown_before_all_are_made_and_numbers_are_not_ticked(clerk):
    year = clerk.document.report.year
    text = f"我镇主动公开信息20条,内容真实。\n{year}年,我镇做好工作。"
    clerk.document.set_narrative("problems", text)
    clerk.document.put("填写", values=dict(clerk.document.report.values) | {cell("received", "total"): 7})
    page = clerk.go(REVIEW)
    repairable = [one for one in clerk.document.findings if one.repair and one in page._repairable]
    seen: dict[str, bool] = {}

    def look(dialog: EditsDialog) -> None:
        for row in range(dialog.list.count()):
            item = dialog.list.item(row)
            seen[item.text()] = item.checkState() is Qt.CheckState.Checked
        clerk.click(dialog.ok_button)

    dialog_of(EditsDialog, look)
    clerk.click(page.repair_all_button)
    assert len(seen) == len(repairable)
    after = clerk.document.report.narrative("problems")
    assert "20条，内容真实" in after
    assert f"{year}年，我镇做好" in after
    assert clerk.document.undo_name == "全部修复"
    numbers = {words: ticked for words, ticked in seen.items() if "7　→　" in words}
    assert numbers
    assert not any(numbers.values())
    assert clerk.document.report[cell("received", "total")] == 7
