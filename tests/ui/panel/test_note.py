"""F1: the note on the place under the cursor, beside it, following it, remembered."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.form.catalog import form
from app.form.model import CellRef
from app.session.document import ReportDocument
from app.session.rollover import blank_report

FORM = form("2021")
ROW = CellRef("requests", "denied_state_secret", "research")


@pytest.fixture
def clerk(office):
    report = blank_report("测试县测试镇人民政府", 2025).with_values({ROW: 3})
    prior = replace(blank_report("测试县测试镇人民政府", 2024), values={ROW: 5})
    made = ReportDocument(report, prior)
    made.mark_unsaved()
    return office(made)


def test_f1_shows_the_rule_the_article_and_last_year(clerk):
    page, note = clerk.go("requests"), clerk.window.panel.note.view
    page.show_cell(ROW)
    assert not note.isVisible()
    clerk.press(Qt.Key.Key_F1)
    table = FORM.tables["requests"]
    assert table.row(ROW.row).note in note.words
    assert table.column(ROW.column).note in note.words
    assert "上年：5，减少2" in note.words
    clerk.press(Qt.Key.Key_Down)
    clerk.until(lambda: table.row("denied_by_law").note in note.words)


def test_it_is_still_there_on_every_page_until_something_else_is_wanted(clerk):
    note, panel = clerk.window.panel.note.view, clerk.window.panel
    clerk.go("requests")
    clerk.press(Qt.Key.Key_F1)
    for key in ("proactive", "problems", "agency"):
        clerk.go(key)
        assert note.isVisible(), key
    panel.open("checks")
    for key in ("review", "problems"):
        clerk.go(key)
        assert not note.isVisible(), key


def test_where_nothing_stands_beside_it_is_a_question(clerk):
    clerk.go("export")
    said = clerk.answer("知道了")
    clerk.press(Qt.Key.Key_F1)
    assert said[0] == "导出"
