"""Enter at the foot of a column goes where the eye goes, Shift+Enter the same way back; no cell is left out or come to twice."""

import pytest
from PySide6.QtCore import Qt

from app.session.document import ReportDocument
from app.session.rollover import blank_report
from ui.tables.lanes import Entrance, above, below

DOWN, UP = 1, -1


@pytest.mark.parametrize(
    ("counts", "at", "is_enter", "to"),
    [
        ((3, 1, 1), (0, 0), True, (1, 0)),  # to the block below
        ((3, 1, 1), (2, 0), True, (0, 1)),  # under the last: to the head of the next column
        ((3, 1, 1), (0, 1), True, (0, 2)),  # nothing begins below: to the next column
        ((3, 1, 1), (0, 2), True, (1, 0)),  # and there is none: to what lies below
        ((3, 1, 1), (0, 1), False, (1, 0)),  # an arrow goes straight down
        ((3, 3, 2), (0, 2), True, (1, 2)),
        ((3, 3, 2), (1, 2), True, (2, 1)),
        ((3, 3, 2), (2, 0), True, (0, 1)),
        ((1,), (0, 0), True, None),
    ],
)
def test_the_way_down(counts, at, is_enter, to):
    assert below(counts, Entrance(*at), is_enter) == to


@pytest.mark.parametrize(
    ("counts", "at", "is_enter", "to"),
    [
        ((3, 1, 1), (1, 0), True, (0, 0)),
        ((3, 1, 1), (0, 1), True, (2, 0)),
        ((3, 1, 1), (0, 2), True, (0, 1)),
        ((3, 1, 1), (0, 0), True, None),
        ((3, 1, 1), (0, 1), False, None),
        ((2, 3), (1, 2), True, (1, 1)),
        ((2, 3), (1, 2), False, (0, 1)),
    ],
)
def test_the_way_back(counts, at, is_enter, to):
    assert above(counts, Entrance(*at), is_enter) == to


def walked(it, first: str, key, modifier, most: int = 300) -> list[str]:
    """Every cell that is come to by one key, until it stays or goes round."""
    it.go(first)
    found = [str(it.at)]
    while len(found) < most:
        it.press(key, modifier)
        if str(it.at) in found:
            return found
        found.append(str(it.at))
    raise AssertionError("no end")


SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("section", ["proactive", "requests", "review"])
def test_enter_comes_to_every_cell_once_and_shift_enter_the_same_way_back(clerk, edition, section):
    year = 2020 if edition == "2019" else 2025
    document = ReportDocument(blank_report("测试县测试镇人民政府", year))
    assert document.form.id == edition
    it = clerk(section, document)
    inputs = [str(ref) for view in it.panel.views for ref in view.cells.inputs]
    way = walked(it, inputs[0], Qt.Key.Key_Return, NONE)
    assert sorted(way) == sorted(inputs)
    assert walked(it, way[-1], Qt.Key.Key_Return, SHIFT) == way[::-1]


def test_the_first_block_of_table_two_is_followed_by_the_next_and_the_columns_come_after(clerk):
    it = clerk("proactive")
    it.go("art20_1.rules.issued")
    it.type("1\n2\n3\n")
    assert it.value("art20_5.licensing.decisions") == 3
    assert it.at.table == "art20_6"
    it.type("4\n5\n6\n")
    assert str(it.at) == "art20_1.rules.repealed"
    it.type("7\n8\n9\n")
    assert it.value("art20_1.rules.in_force") == 9
    it.press(Qt.Key.Key_Return, SHIFT)
    it.press(Qt.Key.Key_Return, SHIFT)
    assert str(it.at) == "art20_1.normative_documents.repealed"


def test_who_fills_line_by_line_goes_on_in_the_next_block(clerk):
    it = clerk("proactive")
    it.go("art20_1.normative_documents.issued")
    it.type("1\t2\t3\n")
    assert it.at.table == "art20_5"


def test_an_arrow_goes_straight_down_and_up(clerk):
    it = clerk("proactive")
    it.go("art20_1.normative_documents.in_force")
    it.press(Qt.Key.Key_Down)
    assert it.at.table == "art20_5"
    it.press(Qt.Key.Key_Up)
    assert str(it.at) == "art20_1.normative_documents.issued"


def test_table_three_goes_on_at_the_head_of_the_next_column(clerk):
    it = clerk("requests")
    it.go("requests.carried_out.natural_person")
    it.type("1\n")
    assert str(it.at) == "requests.received.enterprise"
