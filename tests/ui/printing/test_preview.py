"""The preview beside the form: it follows what is typed, a click leads to the place, and it is remembered."""

import pytest
from PySide6.QtCore import Qt

from app.form.model import CellRef
from app.typesetting.pages import Source

CELL = CellRef("requests", "received", "natural_person")


@pytest.fixture
def beside(office, draft):
    """The window with the preview open beside 问题."""
    clerk = office(draft())
    clerk.go("problems")
    clerk.press(Qt.Key.Key_F9)
    preview = clerk.window.panel.preview.preview
    clerk.until(lambda: preview._made_of is clerk.document.report)
    return clerk, preview


def test_it_follows_what_is_typed(beside):
    clerk, preview = beside
    clerk.go("requests")
    clerk.document.set_values({CELL: 7}, "填写")
    clerk.until(lambda: preview._made_of is clerk.document.report)
    assert preview.view.mark == preview._made.spot(Source("requests", cell=CELL))
    assert preview.view.mark.page in preview.view.in_view


def test_wider_or_narrower_the_same_place_of_the_pages_is_seen(beside):
    clerk, preview = beside
    view = preview.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    place = view.verticalScrollBar().value() / view.scale
    width = view.width()
    clerk.window.panel.enlarge()
    clerk.until(lambda: view.width() > width + 100)
    assert view.verticalScrollBar().value() / view.scale == pytest.approx(place, abs=30)


def test_a_click_on_a_page_leads_to_the_cell_and_to_the_paragraph(beside):
    clerk, preview = beside
    for source in (Source("requests", cell=CELL), Source("problems", 1)):
        page, top = preview._made.spot(source)
        places = preview._made.places_of(page)
        x = next(one[0] for one in places if one[1] == top and one[5] == source.paragraph)
        if source.cell:
            x = next(one[0] for one in places if one[6] == tuple(CELL))
        preview.view.clicked.emit(page, x + 1, top + 1)
        assert clerk.page.key == source.section
    text = clerk.document.report.narrative("problems")
    assert clerk.page.editor.edit.textCursor().position() == text.index("\n") + 1


def test_it_is_not_there_where_a_page_has_its_own(beside):
    clerk, preview = beside
    assert preview.isVisible()
    clerk.go("export")
    assert not preview.isVisible()
    clerk.go("problems")
    assert preview.isVisible()


def test_unseen_it_makes_nothing(beside):
    clerk, preview = beside
    made_of = preview._made_of
    clerk.window.panel.open("checks")
    clerk.document.set_narrative("problems", "改过的话。")
    clerk.qtbot.wait(300)
    assert preview._made_of is made_of
    clerk.press(Qt.Key.Key_F9)
    clerk.until(lambda: preview._made_of is clerk.document.report)


def test_another_report_shows_its_own_pages(beside, draft):
    clerk, preview = beside
    clerk.controller.open(draft())
    clerk.go("problems")
    clerk.until(lambda: preview._made_of is clerk.document.report)
    assert preview.view.page_count > 3


@pytest.mark.parametrize("width", [283, 300, 317, 351])
def test_a_page_is_shown_pixel_for_pixel(beside, width):
    _, preview = beside
    view = preview.view
    view.zoom = width / 595 * 72 / 96
    view._forget()
    view._lay_out()
    view.verticalScrollBar().setValue(0)
    shown = view.viewport().grab().toImage()
    place, image = view._rects()[0], view._opened.image(0, view.pixels)
    across = place.left() + place.width() // 2 - view.horizontalScrollBar().value()
    rows = range(min(place.height(), view.viewport().height() - place.top()) - 1)
    for row in rows:
        assert shown.pixelColor(across, place.top() + row) == image.pixelColor(place.width() // 2, row), row


def test_drawn_pages_are_let_go_a_while_after_nobody_sees_them(beside):
    clerk, preview = beside
    view = preview.view
    clerk.until(lambda: bool(view._opened.images))
    view._let_go.setInterval(30)
    clerk.window.panel.fold()
    clerk.until(lambda: not view._opened.images)
    clerk.window.panel.toggle()
    clerk.until(lambda: bool(view._opened.images))
