"""What one click would write is looked at in the cells first: zeros, no applications, fill, blocks of other shapes, both sides of a sum."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from app.documents.layout import printed_table
from app.exporting.html_writer import table_html
from app.form.catalog import form
from app.form.model import CellRef
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from ui.tables.clipboard import put, rows_of

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FORM = form("2021")
REQUESTS = FORM.section("requests")
INPUTS = [ref for ref in REQUESTS.cells if ref not in FORM.totals]


def started(**values: int) -> ReportDocument:
    """表三 with some cells named row__column."""
    document = ReportDocument(blank_report("测试县测试镇人民政府", 2025))
    if values:
        document.set_values({CellRef("requests", *key.split("__")): n for key, n in values.items()}, "x")
    return document


def carried(number: int) -> dict[str, int]:
    """上年结转 filled for every kind of applicant."""
    return {
        f"carried_in__{ref.column}": number * (ref.column == "research")
        for ref in INPUTS
        if ref.row == "carried_in"
    }


def test_zeros_are_shown_before_they_are_written(clerk):
    it = clerk()
    it.type("5\n")
    before = it.document.report
    it.panel.tools.zeros.click()
    assert it.document.report is before
    assert it.shown("requests.granted.research") == "0"
    assert it.shown("requests.received.natural_person") == "5"
    assert it.panel.paste_bar.sentence.text() == "将把143个空格填为0，已填的1格不动。"
    said = it.panel.views[0].cells.spoken(CellRef.parse("requests.granted.research"))
    assert said.endswith("：将填为0")
    it.press(Key.Key_Escape)
    assert it.document.report is before
    assert it.shown("requests.granted.research") == ""
    assert it.view.hasFocus()


def test_what_is_typed_meanwhile_withdraws_the_proposal(clerk):
    it = clerk()
    it.panel.tools.zeros.click()
    it.document.set_values({INPUTS[3]: 7}, "填写")
    assert it.panel.paste_bar.isHidden()
    assert it.shown(str(INPUTS[9])) == ""
    assert len(it.document.report.values) == 1


def test_no_applications_and_nothing_carried_fills_the_table(clerk):
    it = clerk(document=started(**carried(0)))
    it.panel.tools.none_came.trigger()
    assert it.panel.paste_bar.sentence.text() == "本年没有收到申请，也没有上年结转：138个空格填0。"
    it.say_yes()
    assert all(it.document.report[ref] == 0 for ref in REQUESTS.cells)
    assert it.document.undo_name == "本年没有收到申请"
    it.document.undo()
    assert it.value("requests.received.research") is None


def test_what_was_carried_in_still_wants_its_result(clerk):
    it = clerk(document=started(**carried(1)))
    it.panel.tools.none_came.trigger()
    assert "上年结转有1件，它们的办理结果请照实填写" in it.panel.paste_bar.sentence.text()
    it.say_yes()
    assert it.value("requests.received.total") == 0
    assert it.value("requests.granted.research") is None


def test_what_nobody_knows_of_last_year_is_asked(clerk):
    it = clerk()
    it.panel.tools.none_came.trigger()
    assert it.panel.paste_bar.yes.text() == "上年没有结转，填0（144格）"


def test_what_came_in_is_never_overwritten(clerk):
    it = clerk(document=started(received__research=2))
    it.panel.tools.none_came.trigger()
    assert "已经填了数，没有改动" in it.panel.paste_bar.sentence.text()
    assert not it.panel.paste_bar.yes.isVisible()
    it.say_yes()
    assert it.panel.paste_bar.isVisible()
    it.press(Key.Key_Escape)
    assert it.panel.paste_bar.isHidden()
    assert it.value("requests.received.research") == 2


def test_only_table_three_and_four_have_their_own_words(clerk):
    desks = [clerk(key) for key in ("proactive", "requests", "review")]
    assert [it.panel.tools.zeros.text() for it in desks] == ["全部填0", "全部填0", "没有复议诉讼"]
    assert [it.panel.tools.none_came.isVisible() for it in desks] == [False, True, False]


# -- fill ------------------------------------------------------------------------------------------------------------------


def test_ctrl_d_fills_the_selection_down_and_skips_totals(clerk):
    it = clerk(document=started(received__natural_person=3, received__enterprise=4))
    it.go("requests.received.natural_person")
    for _ in range(2):
        it.press(Key.Key_Down, SHIFT)
    it.press(Key.Key_Right, SHIFT)
    it.press(Key.Key_D, CTRL)
    assert [it.value(f"requests.{row}.natural_person") for row in ("carried_in", "granted")] == [3, 3]
    assert [it.value(f"requests.{row}.enterprise") for row in ("carried_in", "granted")] == [4, 4]
    assert it.document.undo_name == "向下填充表三"
    assert it.messages[-1] == "向下填充4格，可以撤销"


def test_ctrl_r_on_one_cell_takes_its_left_neighbour(clerk):
    it = clerk(document=started(received__natural_person=3))
    it.go("requests.received.enterprise")
    it.press(Key.Key_R, CTRL)
    assert it.value("requests.received.enterprise") == 3


def test_there_is_nothing_above_the_first_line(clerk):
    it = clerk()
    it.go("requests.received.enterprise")
    it.press(Key.Key_D, CTRL)
    assert it.messages[-1] == "上面没有可以填充的格"
    assert not it.document.undo_name


# -- the clipboard ---------------------------------------------------------------------------------------------------------


def markup(values: dict[CellRef, int]) -> QMimeData:
    """The official table as Word hands it over: merged cells in the markup, lost in the text."""
    laid = printed_table(REQUESTS, lambda ref: str(values[ref]))
    made = QMimeData()
    made.setHtml(f"<html><body>{''.join(table_html(laid))}</body></html>")
    made.setText("\n".join(cell.text for cell in laid.cells))
    return made


def test_a_table_with_merged_cells_is_pasted_by_its_markup(clerk):
    source = ReportDocument(blank_report("测试县测试镇人民政府", 2025))
    source.set_values({ref: n % 5 for n, ref in enumerate(INPUTS)}, "x")
    it = clerk()
    it.go("requests.granted.research")
    put(markup(dict(source.report.values)))
    it.press(Key.Key_V, CTRL)
    assert it.document.report.values == source.report.values


def test_a_block_of_another_shape_than_the_selection_is_shown_first(clerk):
    it = clerk(document=started(received__natural_person=9))
    it.go("requests.received.natural_person")
    it.press(Key.Key_Down, SHIFT)
    it.press(Key.Key_Down, SHIFT)
    it.paste("1\t2\r\n3\t4")
    assert it.value("requests.received.natural_person") == 9
    assert it.shown("requests.received.natural_person") == "9→1"
    assert "选中的是3行1列，从左上一格起填" in it.panel.paste_bar.sentence.text()
    it.say_yes()
    assert it.value("requests.carried_in.enterprise") == 4


def test_what_cannot_be_read_is_shown_where_it_would_stand(clerk):
    it = clerk()
    it.paste("1\t约5")
    assert it.shown("requests.received.enterprise") == "约5"
    assert not it.document.report.values
    it.press(Key.Key_Escape)
    assert it.shown("requests.received.enterprise") == ""


def test_copied_cells_are_a_table_for_word_and_text_for_excel(clerk):
    it = clerk(document=started(received__natural_person=3))
    it.go("requests.received.natural_person")
    it.press(Key.Key_Right, SHIFT)
    it.press(Key.Key_C, CTRL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "3\t"
    assert "<td>3</td><td></td>" in mime.html()


@pytest.mark.parametrize("section", ["proactive", "requests", "review"])
def test_the_whole_table_with_its_headings_is_copied_and_read_back(clerk, section):
    it = clerk(section)
    it.fill_zeros()
    it.view.acts.copy_whole()
    rows = rows_of(QGuiApplication.clipboard().mimeData())
    other = clerk(section)
    put(_again(rows))
    other.press(Key.Key_V, CTRL)
    assert other.document.report.values == it.document.report.values


def _again(rows: list[list[str]]) -> QMimeData:
    made = QMimeData()
    made.setText("\n".join("\t".join(row) for row in rows))
    return made


# -- the sides of an equation ----------------------------------------------------------------------------------------------


def test_both_sides_of_a_broken_equation_are_framed(clerk):
    report = replace(started().report, values=dict.fromkeys(FORM.cells, 0))
    report = report.with_values(
        {CellRef.parse(f"requests.received.{column}"): 3 for column in ("natural_person", "total")}
    )
    it = clerk(document=ReportDocument(report), told=True)
    it.go("requests.carried_out.natural_person")
    left, right = it.view.painter.sides
    assert {ref.row for ref in left} == {"received", "carried_in"}
    assert {ref.row for ref in right} == {"processed", "carried_out"}
    it.go("requests.granted.research")
    assert it.view.painter.sides == (frozenset(), frozenset())
    line = it.strip.line(0)
    line.button.setFocus(Qt.FocusReason.TabFocusReason)
    assert it.panel.views[0].painter.sides == (left, right)


def test_the_change_since_last_year_is_told_in_words(clerk):
    document = started(received__natural_person=12)
    prior = replace(blank_report("测试县测试镇人民政府", 2024), values={INPUTS[0]: 17, INPUTS[1]: 0})
    document.prior = prior
    it = clerk(document=document)
    cells = it.view.cells
    assert cells.beside_last_year(INPUTS[0]) == "上年：17，减少5"
    assert cells.beside_last_year(INPUTS[1]) == "上年：0"
    assert cells.beside_last_year(INPUTS[2]) == ""
