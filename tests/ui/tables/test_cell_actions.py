"""Copying: cells alone for Excel, with the names of rows and columns for Word, the whole table as it is printed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.form.catalog import form
from app.form.model import CellRef
from app.importing.readers.html_reader import read_html
from ui.tables.clipboard import rows_of

FORM = form("2021")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def copied():
    return QGuiApplication.clipboard().mimeData()


def test_chosen_cells_have_the_names_of_their_rows_and_columns(clerk):
    it = clerk()
    it.go("requests.received.natural_person")
    it.type("3\n")
    it.go("requests.received.natural_person")
    it.press(Key.Key_Right, SHIFT)
    it.view.acts.copy_labelled()
    rows = rows_of(copied())
    ref = CellRef.parse("requests.received.natural_person")
    down, across = FORM.tables["requests"].path(ref)
    assert rows[1] == [" · ".join(down), "3", ""]
    assert rows[0][1] == " · ".join(across)
    assert rows[0][2].endswith("商业企业")
    assert "连同行名、列名复制2格" in it.messages[-1]


@pytest.mark.parametrize("section", ["proactive", "requests", "review"])
def test_a_table_copied_as_a_whole_has_its_labels_in_word_and_is_bare_cells_here(clerk, section):
    it = clerk(section)
    it.fill_zeros()
    it.press(Key.Key_A, CTRL)
    it.press(Key.Key_C, CTRL)
    table = it.view.cells.table
    words = " ".join(cell.text for block in read_html(copied().html()).blocks for cell in block.cells)
    assert all(leaf.label in words for leaf in (*table.leaf_rows, *table.leaf_columns))
    count = len(table.leaf_columns)
    assert rows_of(copied()) == [["0"] * count for _ in table.leaf_rows]
    other = clerk(section)
    other.press(Key.Key_V, CTRL)
    refs = [ref for ref in other.view.cells.places if ref not in other.document.totals]
    assert all(other.document.report[ref] == 0 for ref in refs)


def test_the_menu_beside_the_title_copies_the_printed_table(clerk):
    it = clerk()
    it.panel.tools.copy.trigger()
    assert "商业企业" in copied().text()
    assert "rowspan" in copied().html()
