"""What stands in an open field: never lost in silence, whatever is done next."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.errors import UserError
from app.form.model import CellRef, Severity
from app.session import session
from app.session.any_report import read_any
from app.storage import files
from app.storage.container import Content
from tests.ui.conftest import CTRL
from ui.kit.stage import Stage
from ui.state.section_states import AGENCY, REVIEW, states

CELL = CellRef("requests", "received", "natural_person")


@pytest.fixture
def clerk(office, draft, tmp_path):
    """With a report on disk and nothing changed."""
    document = draft()
    path = tmp_path / "报告.gknb"
    files.save(path, Content(document.report, document.prior))
    made = office()
    made.window.open_path(path)
    return made


def type_in_cell(clerk, text: str) -> None:
    clerk.go("requests").show_cell(CELL)
    clerk.type(text)


def type_date(clerk, text: str):
    page = clerk.go(AGENCY)
    clerk.focus(page.date)
    page.date.selectAll()
    clerk.type(text)
    return page


def on_disk(clerk, path=None):
    return read_any(path or clerk.document.path).report


def test_an_open_editor_counts_as_a_change_and_is_saved(clerk):
    save = clerk.window.actions_["save"]
    assert not save.isEnabled()
    type_in_cell(clerk, "3")
    assert save.isEnabled()
    assert clerk.window.isWindowModified()
    clerk.press(Qt.Key.Key_S, CTRL)
    assert on_disk(clerk)[CELL] == 3
    assert not save.isEnabled()


@pytest.mark.parametrize("before", [None, 5])
def test_what_cannot_be_read_is_an_error_of_the_check_until_it_is_mended(clerk, before):
    clerk.document.fill_blanks(clerk.document.form.cells)
    clerk.document.set_values({CELL: before}, "填写")
    type_in_cell(clerk, "3.256\n")
    review = clerk.go(REVIEW)
    assert clerk.document.report[CELL] == before
    told = [one for one in clerk.document.findings if CELL in one.cells and "3.256" in one.message]
    assert [(one.rule, one.severity) for one in told] == [("T3-01", Severity.ERROR)]
    blank = [one for one in clerk.document.findings if one.rule == "T3-02"]
    assert CELL not in [ref for one in blank for ref in one.cells]
    state = states(clerk.document)["requests"]
    assert (state.stage, state.kind) == (Stage.PART, "错误")
    assert session.left_to_do(clerk.document).errors > 0
    with pytest.raises(UserError, match="写说明不能代替|没有存进报告"):
        clerk.document.explain(told[0], "这一格就是这样填的", date(2026, 1, 9))
    assert told[0] in review.panel._shown.findings
    clerk.controller.show_finding(told[0])
    assert clerk.page.key == "requests"
    clerk.type("3\n")
    assert clerk.document.report[CELL] == 3
    assert not any("3.256" in one.message for one in clerk.document.findings)


def test_nothing_is_frozen_over_what_cannot_be_read(clerk, monkeypatch):
    clerk.document.fill_blanks(clerk.document.form.cells)
    type_in_cell(clerk, "3.256\n")
    page = clerk.go("sign_off")
    assert page.next_button.text() == "去改正问题"
    said = clerk.answer("知道了")
    assert not page.sign_off_actions.freeze(lambda: None)
    assert "3.256" in said[0]
    assert clerk.page.key == "requests"


def test_what_is_taken_back_is_no_change(clerk):
    type_in_cell(clerk, "3")
    clerk.press(Qt.Key.Key_Escape)
    assert not clerk.window.actions_["save"].isEnabled()


@pytest.mark.parametrize("leave", ["close_report", "quit"])
def test_leaving_asks_about_an_open_editor(clerk, leave):
    path = clerk.document.path
    type_in_cell(clerk, "3")
    said = clerk.answer("保存")
    clerk.window.actions_[leave].trigger()
    assert "没有保存" in said[0]
    assert on_disk(clerk, path)[CELL] == 3


def test_the_date_and_the_fee_are_saved_without_enter(clerk):
    type_date(clerk, "2022-1-9")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert on_disk(clerk).signature.issued_on.isoformat() == "2022-01-09"
    page = clerk.go("other")
    clerk.focus(page.fee.field)
    page.fee.field.selectAll()
    clerk.type("380")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert on_disk(clerk).processing_fee == 380


def test_closing_after_a_typed_date_meets_no_missing_report(clerk):
    path = clerk.document.path
    type_date(clerk, "2022-1-9")
    clerk.answer("保存")
    clerk.press(Qt.Key.Key_W, CTRL)
    assert not clerk.controller.has_document
    assert on_disk(clerk, path).signature.issued_on.isoformat() == "2022-01-09"


def test_a_date_that_cannot_be_read_holds_up_closing(clerk):
    page = type_date(clerk, "xyz")
    said = clerk.answer("回去修改")
    clerk.press(Qt.Key.Key_W, CTRL)
    assert "成文日期" in said[0]
    assert "xyz" in said[0]
    assert clerk.controller.has_document
    assert page.date.text() == "xyz"
    assert clerk.window.focusWidget() is page.date
    clerk.answer("不要了")
    clerk.press(Qt.Key.Key_W, CTRL)
    assert not clerk.controller.has_document


def test_a_cell_that_cannot_be_read_is_named(clerk):
    clerk.document.set_values({CELL: 3}, "填写")
    type_in_cell(clerk, "5x")
    clerk.go("problems")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert "“5x”看不懂，没有存进去" in clerk.status
    assert clerk.window.isWindowModified()
    said = clerk.answer("回去修改")
    clerk.window.close()
    assert clerk.document.form.label(CELL) in said[0]
    assert clerk.window.isVisible()
    assert clerk.page.key == "requests"
    clerk.press(Qt.Key.Key_Delete)
    assert clerk.controller.unread() == []


def test_nothing_is_exported_while_a_cell_cannot_be_read(clerk):
    type_in_cell(clerk, "5x")
    page = clerk.go("export")
    said = clerk.answer("去修改")
    page.export()
    assert "“5x”看不懂，没有导出" in said[0]
    assert clerk.page.key == "requests"
    assert clerk.window.focusWidget() in clerk.page.panel.views


def test_steady_typing_is_kept_too(clerk):
    clerk.controller._autosaving._soon.setInterval(150)
    kept = []
    clerk.controller.autosaved.connect(kept.append)
    for number in range(8):
        clerk.document.set_narrative("problems", f"第{number}次")
        clerk.qtbot.wait(60)
    assert kept
