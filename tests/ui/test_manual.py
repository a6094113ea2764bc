"""The manual inside the program: it opens with and without a report, is searched, and names what is really there."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from tests.ui.conftest import CTRL
from ui.actions import COMMANDS
from ui.manual import Manual, chapters


@pytest.fixture
def manual(office):
    clerk = office()
    clerk.press(Qt.Key.Key_F1, CTRL)
    return clerk.window.findChild(Manual)


def test_it_opens_without_a_report_and_is_searched(manual):
    assert manual.isVisible()
    assert manual.list.count() == len(chapters()) > 8
    manual.search.setText("粘贴")
    assert 0 < manual.list.count() < len(chapters())
    assert manual.text.extraSelections()
    manual.search.setText("没有这样的词")
    assert manual.list.count() == 0
    assert manual.nothing.isVisible()
    assert not manual.text.toPlainText()
    manual.show_chapter("检查")
    assert manual.text.toPlainText().startswith("检查")


def test_every_key_that_it_names_is_a_key_of_the_window():
    known = {key for command in COMMANDS for key in command.keys}
    of_tables = {"Ctrl+V", "Ctrl+D", "Ctrl+R", "Ctrl+."}  # keys of the table and of findings
    text = "".join(one.text for one in chapters())
    named = set(re.findall(r"(?:Ctrl|Shift|Alt)\+(?:F\d+|[A-Z.])|\bF\d+\b", text))
    assert named - known - of_tables == set()
    assert all(not QKeySequence(key).isEmpty() for key in named)
