"""Typing into the official tables as a clerk does: digits, Enter, Tab, arrows, full-width digits, mistakes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.ui.seen import bubble_text

Key = Qt.Key


def test_enter_goes_down_and_the_cursor_begins_at_the_first_blank(clerk):
    it = clerk()
    it.type("12\n3\n")
    assert it.value("requests.received.natural_person") == 12
    assert it.value("requests.carried_in.natural_person") == 3
    assert str(it.at) == "requests.granted.natural_person"


def test_tab_goes_right_and_skips_the_computed_total(clerk):
    it = clerk()
    it.type("1\t2\t3\t4\t5\t6\t7")
    it.press(Key.Key_Return)
    assert [it.value(f"requests.received.{c.key}") for c in it.view.cells.table.leaf_columns[:6]] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    assert it.value("requests.received.total") == 21
    assert it.value("requests.carried_in.natural_person") == 7


def test_enter_at_the_foot_of_a_column_goes_to_the_head_of_the_next_and_skips_totals(clerk):
    it = clerk()
    it.go("requests.other_rest.natural_person")
    it.type("1\n")
    assert str(it.at) == "requests.carried_out.natural_person"
    it.type("2\n")
    assert str(it.at) == "requests.received.enterprise"


@pytest.mark.parametrize(
    ("start", "keys", "to"),
    [
        ("received.natural_person", "1\t2\t3\n", "carried_in.natural_person"),
        ("received.enterprise", "1\t2\t3\n", "carried_in.enterprise"),
        ("received.natural_person", "1\t2\n3\t4\n", "granted.natural_person"),  # line after line
        ("received.research", "1\t2\t3\t4\t5\t6\n", "granted.natural_person"),  # it went over the edge
        ("other_rest.natural_person", "1\t2\n", "carried_out.natural_person"),  # over the line of totals
    ],
)
def test_enter_after_tabs_goes_to_where_the_next_line_begins_as_in_excel(clerk, start, keys, to):
    it = clerk()
    it.go(f"requests.{start}")
    it.type(keys)
    assert str(it.at) == f"requests.{to}"


def test_a_cell_gone_to_otherwise_knows_of_no_tabs(clerk):
    it = clerk()
    it.type("1\t2\t3")
    it.press(Key.Key_Down)
    it.type("4\n")
    assert str(it.at) == "requests.granted.research"


def test_in_a_table_of_one_line_enter_goes_right_after_tabs_too(clerk):
    it = clerk("review")
    it.type("1\t2\n")
    assert it.view.currentIndex().column() == 2


def test_shift_enter_and_shift_tab_go_back(clerk):
    it = clerk()
    it.go("requests.granted.research")
    it.type("5")
    it.press(Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert str(it.at) == "requests.carried_in.research"
    it.type("6")
    it.press(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert str(it.at) == "requests.carried_in.enterprise"
    assert (it.value("requests.granted.research"), it.value("requests.carried_in.research")) == (5, 6)


@pytest.mark.parametrize(
    ("key", "to"),
    [
        (Key.Key_Left, "requests.granted.natural_person"),
        (Key.Key_Right, "requests.granted.research"),
        (Key.Key_Up, "requests.carried_in.enterprise"),
        (Key.Key_Down, "requests.partial.enterprise"),
    ],
)
def test_an_arrow_takes_what_is_typed(clerk, key, to):
    it = clerk()
    it.go("requests.granted.enterprise")
    it.type("8")
    it.press(key)
    assert it.value("requests.granted.enterprise") == 8
    assert str(it.at) == to


def test_in_an_editor_opened_by_f2_left_and_right_move_in_the_text(clerk):
    it = clerk()
    it.type("120")
    it.press(Key.Key_Up)
    it.press(Key.Key_F2)
    it.press(Key.Key_End)
    it.press(Key.Key_Left)
    it.type("5\n")
    assert it.value("requests.received.natural_person") == 1250


def test_arrows_step_over_totals_and_stop_at_the_edge(clerk):
    it = clerk()
    it.go("requests.other_rest.other_entity")
    it.press(Key.Key_Down)
    assert str(it.at) == "requests.carried_out.other_entity"
    it.press(Key.Key_Right)
    assert str(it.at) == "requests.carried_out.other_entity"


@pytest.mark.parametrize(
    ("start", "key", "to"),
    [
        ("received.natural_person", Key.Key_Down, "granted.natural_person"),  # the end of what is filled
        ("granted.natural_person", Key.Key_Down, "other_rest.natural_person"),  # the next number
        ("other_rest.natural_person", Key.Key_Down, "carried_out.natural_person"),  # the edge
        ("carried_out.natural_person", Key.Key_Up, "other_rest.natural_person"),
        ("other_rest.natural_person", Key.Key_Right, "other_rest.other_entity"),
        ("carried_out.other_entity", Key.Key_Down, "carried_out.other_entity"),
    ],
)
def test_ctrl_and_an_arrow_goes_to_the_end_of_the_numbers_as_in_excel(clerk, start, key, to):
    it = clerk()
    it.type("1\n2\n3\n")
    it.go("requests.other_rest.natural_person")
    it.type("4\n")
    it.go(f"requests.{start}")
    it.press(key, Qt.KeyboardModifier.ControlModifier)
    assert str(it.at) == f"requests.{to}"


def test_tab_at_the_last_cell_leaves_the_table(clerk):
    it = clerk()
    it.go("requests.carried_out.other_entity")
    it.type("1\t")
    assert it.value("requests.carried_out.other_entity") == 1
    assert not any(view.hasFocus() for view in it.panel.views)


def test_full_width_digits_are_understood(clerk):
    it = clerk()
    it.type("１２\n")
    assert it.value("requests.received.natural_person") == 12


def test_full_width_digits_from_an_input_method_open_the_editor(clerk):
    it = clerk()
    event = QInputMethodEvent("", [])
    event.setCommitString("３６")
    QApplication.sendEvent(QApplication.focusWidget(), event)
    assert it.editor.text() == "36"
    it.press(Key.Key_Return)
    assert it.value("requests.received.natural_person") == 36


@pytest.mark.parametrize(("text", "value"), [("1,234", 1234), ("3件", 3), ("12+7", 19), ("0", 0), ("007", 7)])
def test_what_people_type(clerk, text, value):
    it = clerk()
    it.type(f"{text}\n")
    assert it.value("requests.received.natural_person") == value


def test_a_blank_is_not_a_zero(clerk):
    it = clerk()
    it.type("5\n")
    it.go("requests.received.natural_person")
    it.press(Key.Key_F2)
    it.press(Key.Key_Delete)
    it.type("\n")
    assert it.value("requests.received.natural_person") is None
    assert it.shown("requests.received.natural_person") == ""


def test_a_mistake_stays_in_the_editor_with_the_reason(clerk):
    it = clerk()
    it.type("1x\n")
    assert it.editor is not None
    assert it.editor.text() == "1x"
    assert "不是整数" in bubble_text(it.editor)
    assert "不是整数" in it.messages[-1]
    assert str(it.at) == "requests.received.natural_person"
    it.type("14\n")  # the text was selected: typing replaces it
    assert it.value("requests.received.natural_person") == 14


def test_a_mistake_is_not_lost_when_the_mouse_goes_elsewhere(clerk):
    it = clerk()
    it.type("1x")
    it.go("requests.granted.research")
    assert it.shown("requests.received.natural_person") == "1x"
    assert it.value("requests.received.natural_person") is None
    cells = it.view.cells
    ref = cells.ref(0, 0)
    assert "不是整数" in cells.explanation(ref)
    it.go("requests.received.natural_person")
    it.press(Key.Key_F2)
    assert it.editor.text() == "1x"
    it.press(Key.Key_Escape)
    assert it.shown("requests.received.natural_person") == ""


def test_escape_takes_back_what_was_typed(clerk):
    it = clerk()
    it.type("5\n")
    it.go("requests.received.natural_person")
    it.type("77")
    it.press(Key.Key_Escape)
    assert it.value("requests.received.natural_person") == 5


def test_totals_are_shown_as_they_grow(clerk):
    it = clerk()
    it.type("1\t2\t")
    assert it.value("requests.received.total") is None
    assert it.shown("requests.received.total") == "3"
    ref = it.view.cells.ref(0, 6)
    assert "尚有空白，暂计" in it.view.cells.explanation(ref)
    it.type("0\t0\t0\t0\t")
    assert it.value("requests.received.total") == 3
    assert it.view.cells.explanation(ref) == "自动合计"


def test_a_total_cannot_be_typed_over(clerk):
    it = clerk()
    it.go("requests.received.total")
    it.type("9\n")
    assert it.value("requests.received.total") is None
    assert it.messages[-1] == "合计由软件计算，不用填写"
    it.go("requests.received.total")
    it.press(Key.Key_Delete)
    assert it.messages[-1] == "合计由软件计算，不能清除"


def test_table_two_is_one_flow(clerk):
    it = clerk("proactive")
    it.type("0\t0\t0\t1\t0\t5\t")
    assert str(it.at) == "art20_5.licensing.decisions"
    it.type("7\n8\n9\n12.5")
    it.press(Key.Key_Return)
    report = it.document.report
    assert [str(report[ref]) for ref in it.panel.section.cells] == [
        "0",
        "0",
        "0",
        "1",
        "0",
        "5",
        "7",
        "8",
        "9",
        "12.5",
    ]


def test_arrows_cross_from_one_small_table_to_the_next(clerk):
    it = clerk("proactive")
    it.go("art20_1.normative_documents.issued")
    it.press(Key.Key_Down)
    assert str(it.at) == "art20_5.licensing.decisions"
    it.press(Key.Key_Up)
    assert it.at.table == "art20_1"


def test_table_four_is_typed_in_one_row(clerk):
    it = clerk("review")
    it.type("1\t0\t0\t0\t2\t0\t0\t0\t0\t0\t0\t3\t")
    assert it.value("review.cases.recon_total") == 1
    assert it.value("review.cases.direct_total") == 2
    assert it.value("review.cases.after_total") == 3


def test_undo_takes_back_one_cell_and_the_screen_follows(clerk):
    it = clerk()
    it.type("1\n2\n")
    it.document.undo()
    assert it.shown("requests.carried_in.natural_person") == ""
    assert it.shown("requests.received.natural_person") == "1"
    it.document.redo()
    assert it.shown("requests.carried_in.natural_person") == "2"
    assert it.document.undo_name == "填写表三"
