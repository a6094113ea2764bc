"""Copy, cut and paste between the tables and a spreadsheet: nothing dropped silently, nothing made a zero."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.documents.layout import printed_table
from app.form.catalog import form
from app.form.model import CellRef
from ui.tables.pasting import plan_paste, split_block

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
FORM = form("2021")
REQUESTS = FORM.section("requests")
NUMBERS = {ref: 10 * row + column for row, line in enumerate(FORM.tables["requests"].leaf_rows)
           for column, leaf in enumerate(FORM.tables["requests"].leaf_columns)
           for ref in [CellRef("requests", line.key, leaf.key)]}  # fmt: skip


def consistent() -> dict[CellRef, int]:
    """A filled table whose totals are right."""
    from app.session.document import ReportDocument
    from app.session.rollover import blank_report

    document = ReportDocument(blank_report("测试县测试镇人民政府", 2025))
    document.set_values({ref: n % 7 for ref, n in NUMBERS.items() if ref not in FORM.totals}, "x")
    return dict(document.report.values)


def block(values, rows=None) -> str:
    """The table as a spreadsheet copies it: numbers only."""
    table = FORM.tables["requests"]
    lines = [
        [str(values[CellRef("requests", r.key, c.key)]) for c in table.leaf_columns] for r in table.leaf_rows
    ]
    return "\r\n".join("\t".join(line) for line in lines[:rows]) + "\r\n"


def printed(values) -> str:
    """The official table, 28 × 10 with its headings, merged cells blank, as a spreadsheet copies it."""
    laid = printed_table(REQUESTS, lambda ref: str(values[ref]))
    grid = [[""] * laid.columns for _ in range(laid.rows)]
    for cell in laid.cells:
        grid[cell.row][cell.column] = cell.text
    return "\r\n".join("\t".join(line) for line in grid) + "\r\n"


def selection(key: str = "requests.received.natural_person") -> list[CellRef]:
    return [CellRef.parse(key)]


def test_a_small_block_goes_where_the_cursor_is(clerk):
    it = clerk()
    it.go("requests.granted.enterprise")
    it.paste("1\t2\r\n３\t1,234\r\n5件\t\r\n")
    assert it.value("requests.granted.enterprise") == 1
    assert it.value("requests.granted.research") == 2
    assert it.value("requests.partial.enterprise") == 3
    assert it.value("requests.partial.research") == 1234
    assert it.value("requests.denied_state_secret.enterprise") == 5
    assert it.value("requests.denied_state_secret.research") is None
    assert it.document.undo_name == "粘贴表三"
    assert "1格空着，未填" in it.messages[-1]
    it.document.undo()
    assert not it.document.report.values


def test_one_value_fills_the_selection(clerk):
    it = clerk()
    it.press(Key.Key_A, CTRL)
    it.paste("0")
    assert all(it.document.report[ref] == 0 for ref in REQUESTS.cells)


@pytest.mark.parametrize("start", ["requests.received.natural_person", "requests.granted.research"])
def test_the_whole_table_is_known_by_its_shape(clerk, start):
    values = consistent()
    it = clerk()
    it.go(start)
    it.paste(block(values))
    assert it.document.report.values == values
    assert it.panel.paste_bar.isHidden()


def test_the_printed_table_with_its_headings_is_known(clerk):
    values = consistent()
    it = clerk()
    it.go("requests.granted.research")
    it.paste(printed(values))
    assert it.document.report.values == values
    assert "表头和项目名称已略过" in it.messages[-1]


def test_pasted_totals_that_differ_are_told_and_not_taken(clerk):
    values = consistent()
    total = CellRef("requests", "granted", "total")
    it = clerk()
    it.paste(block(values | {total: 99}))
    assert it.document.report.values == values
    assert not it.panel.paste_bar.isHidden()
    assert "粘贴来的是99" in it.panel.paste_bar.sentence.text()
    assert f"算得{values[total]}）" in it.panel.paste_bar.sentence.text()


def test_a_block_that_is_too_large_is_asked_about_first(clerk):
    it = clerk()
    it.go("requests.carried_out.other_entity")
    it.paste("1\t2\t3\r\n4\t5\t6")
    assert not it.document.report.values
    assert "4格超出本表" in it.panel.paste_bar.sentence.text()
    assert it.view.hasFocus()
    it.say_yes()
    assert it.value("requests.carried_out.other_entity") == 1
    assert it.view.hasFocus()


def test_no_is_escape(clerk):
    it = clerk()
    it.go("requests.carried_out.other_entity")
    it.paste("1\r\n2")
    it.press(Key.Key_Escape)
    assert not it.document.report.values
    assert it.panel.paste_bar.isHidden()
    assert it.view.hasFocus()


def test_text_among_the_numbers_is_named_and_kept_in_sight(clerk):
    it = clerk()
    it.paste("1\r\n若干\r\n3")
    assert "“若干”" in it.panel.paste_bar.sentence.text()
    it.say_yes()
    assert it.value("requests.received.natural_person") == 1
    assert it.value("requests.carried_in.natural_person") is None
    assert it.shown("requests.carried_in.natural_person") == "若干"
    assert it.value("requests.granted.natural_person") == 3


def test_one_word_that_cannot_be_read_is_marked_as_if_it_were_typed(clerk):
    it = clerk()
    it.go("requests.granted.research")
    it.paste("一件")
    assert it.panel.paste_bar.isHidden()
    assert it.shown("requests.granted.research") == "一件"
    assert not it.document.report.values
    assert "1格读不懂，已标红待改" in it.messages[-1]
    assert it.view.hasFocus()
    it.press(Key.Key_F2)
    it.press(Key.Key_Escape)
    assert it.shown("requests.granted.research") == ""


def test_many_words_that_cannot_be_read_are_asked_about(clerk):
    it = clerk()
    it.paste("一件\r\n两件")
    assert it.panel.paste_bar.yes.text() == "标红2格"
    it.say_yes()
    assert it.shown("requests.received.natural_person") == "一件"
    assert not it.document.report.values


def test_copy_gives_what_a_spreadsheet_takes(clerk):
    it = clerk()
    it.type("1\t2\t")
    it.go("requests.received.natural_person")
    for _ in range(2):
        it.press(Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    it.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    it.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "1\t2\t\r\n\t\t"


def test_a_running_total_is_not_copied_as_if_it_were_one(clerk):
    it = clerk()
    it.type("1\t")
    it.go("requests.received.total")
    it.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == ""


def test_cut_and_delete_make_blanks(clerk):
    it = clerk()
    it.type("7\n8\n")
    it.go("requests.received.natural_person")
    it.press(Key.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "7"
    assert it.value("requests.received.natural_person") is None
    it.go("requests.carried_in.natural_person")
    it.press(Key.Key_Delete)
    assert not it.document.report.values
    assert it.document.undo_name == "清除表三"


def test_copied_is_pasted_again(clerk):
    values = consistent()
    it = clerk()
    it.paste(block(values))
    it.press(Key.Key_A, CTRL)
    it.press(Key.Key_C, CTRL)
    it.panel.clear_table()
    it.view.setFocus()
    it.press(Key.Key_V, CTRL)
    assert it.document.report.values == values


def test_rows_with_labels_find_their_place_wherever_the_cursor_is():
    text = "（三）不予公开\t1.属于国家秘密\t1\t2\t3\t4\t5\t6\t21\n\t2.其他法律行政法规禁止公开\t0\t0\t0\t0\t0\t0\t0"
    plan = plan_paste(text, REQUESTS, FORM, selection())
    assert plan.changes[CellRef("requests", "denied_state_secret", "natural_person")] == 1
    assert plan.changes[CellRef("requests", "denied_by_law", "other_entity")] == 0
    assert plan.totals[CellRef("requests", "denied_state_secret", "total")] == 21
    assert not plan.is_doubtful


def test_word_gives_merged_labels_once():
    text = "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n（七）总计\t1\t2\t3\t4\t5\t6\t21"
    plan = plan_paste(text, REQUESTS, FORM, selection("requests.granted.research"))
    assert [plan.changes[CellRef("requests", "received", c.key)] for c in FORM.tables["requests"].leaf_columns[:6]] == [
        1, 2, 3, 4, 5, 6]  # fmt: skip
    assert plan.totals[CellRef("requests", "processed", "natural_person")] == 1


def test_a_row_that_is_not_known_is_asked_about():
    text = "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n不认识的一行\t1\t2\t3\t4\t5\t6\t21"
    assert plan_paste(text, REQUESTS, FORM, selection()).outside == 8


def test_the_printed_table_two_is_known():
    section = FORM.section("proactive")
    cells = list(section.cells)
    laid = printed_table(section, lambda ref: str(cells.index(ref)))
    grid = [[""] * laid.columns for _ in range(laid.rows)]
    for cell in laid.cells:
        grid[cell.row][cell.column] = cell.text
    text = "\n".join("\t".join(line) for line in grid)
    plan = plan_paste(text, section, FORM, [cells[0]])
    assert list(plan.changes.values()) == list(range(10))
    assert not plan.is_doubtful


def test_a_mark_for_nothing_is_a_blank_and_is_told():
    plan = plan_paste("/\n—\n无\n0", REQUESTS, FORM, selection())
    assert list(plan.changes.values()) == [None, None, None, 0]
    assert "3格空着，未填（其中3格写的是" in plan.outcome(FORM, {})


def test_cells_with_line_breaks_are_one_cell():
    assert split_block('"a\nb"\t1\r\n2\t3\r\n') == [["a b", "1"], ["2", "3"]]


def test_the_end_of_line_of_the_last_row_is_no_row():
    assert split_block("1\r\n\r\n") == [["1"], [""]]
