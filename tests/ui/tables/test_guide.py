"""F1 at a table: the note on the line under the cursor, beside it, following it, remembered."""

from dataclasses import replace

from PySide6.QtCore import Qt

from app.form.catalog import form
from app.form.model import CellRef
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from ui.kit import theme

FORM = form("2021")
ROW = CellRef("requests", "denied_state_secret", "research")


def document() -> ReportDocument:
    report = blank_report("测试县测试镇人民政府", 2025).with_values({ROW: 3})
    prior = replace(blank_report("测试县测试镇人民政府", 2024), values={ROW: 5})
    made = ReportDocument(report, prior)
    made.mark_unsaved()
    return made


def test_f1_shows_the_rule_the_article_and_last_year(office):
    clerk = office(document())
    page = clerk.go("requests")
    page.show_cell(ROW)
    assert page.guide.view.isHidden()
    clerk.press(Qt.Key.Key_F1)
    table = FORM.tables["requests"]
    words = page.guide.view.words
    assert table.row(ROW.row).note in words
    assert table.column(ROW.column).note in words
    assert "上年：5，减少2" in words
    assert page.panel.note.isHidden()
    clerk.press(Qt.Key.Key_Down)
    clerk.until(lambda: table.row("denied_by_law").note in page.guide.view.words)
    clerk.press(Qt.Key.Key_F1)
    assert page.guide.view.isHidden()
    assert page.panel.note.isVisible() is not theme.is_compact()  # there the rows have its place


def test_it_is_still_there_on_the_next_table(office):
    clerk = office(document())
    clerk.go("requests")
    clerk.press(Qt.Key.Key_F1)
    page = clerk.go("proactive")
    assert page.guide.view.isVisible()
    clerk.press(Qt.Key.Key_F1)
    assert not clerk.go("review").guide.view.isVisible()


def test_it_makes_room_for_the_register(office):
    clerk = office(document())
    page = clerk.go("requests")
    clerk.press(Qt.Key.Key_F1)
    clerk.press(Qt.Key.Key_F7)
    assert not page.guide.view.isVisible()
    clerk.press(Qt.Key.Key_F1)
    assert not page.guide.view.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    assert not page.guide.view.isVisible(), "Esc stays in the register"
    clerk.press(Qt.Key.Key_F7)
    assert page.guide.view.isVisible()
    clerk.press(Qt.Key.Key_F1)
