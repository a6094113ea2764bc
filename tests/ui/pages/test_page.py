"""What every page has stands at one place, and a wide table is told whole."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from app.form.model import Severity
from ui.kit import theme
from ui.tables.wrapping import MORE


@pytest.fixture
def clerk(office, draft):
    made = office(draft())
    made.window.resize(1366, 738)
    return made


def test_the_title_stands_at_the_same_place_on_every_page(clerk):
    places = {}
    for key in clerk.window.navigation.keys[1:]:
        title = clerk.go(key).title
        clerk.window.repaint()
        middle = title.rect().center()
        places[key] = title.mapTo(clerk.window, QPoint(0, middle.y())).toTuple()
    assert len(set(places.values())) == 1, places


@pytest.mark.parametrize("tab", ["checks", ""])
def test_no_heading_of_the_big_table_is_shortened_and_it_is_as_wide_as_its_page(clerk, tab):
    page = clerk.go("requests")
    clerk.window.panel.open(tab) if tab else clerk.window.panel.fold()
    (view,) = page.panel.views
    clerk.until(lambda: view.verticalScrollBar().maximum() == 0)
    for header in (view.rows, view.columns):
        for place in header.places:
            if not header.is_upright(place):
                box, pad = header.rect_of(place), 6 if header is view.rows else 3
                lines = header.lines_of(
                    place.heading.label, box.width() - 2 * pad, box.height() - 2, header is view.columns
                )
                assert not any(MORE in line for line in lines), place.heading.label
    assert view.rows.thickness + view.columns.length() >= page.panel.width() - view.cells.columnCount()


def test_what_is_only_said_comes_after_what_asks(clerk):
    page = clerk.go("proactive")
    found, here = page.told()
    asked = [one.severity is Severity.INFO for one in found[here:]]
    assert any(asked), "the draft has something that is only said"
    assert asked == sorted(asked)


@pytest.mark.parametrize("width", [860, 1100, 1180, 1212, 1240, 1280, 1319, 1366])
def test_the_title_stands_in_one_line_in_a_window_of_any_width(clerk, width, monkeypatch):
    clerk.window.resize(width, 738)
    page = clerk.go("requests")
    faces = [theme.font(size, bold=True) for size in (theme.LARGE, theme.LARGE_COMPACT)]
    page.title._faces = faces  # as on a screen of 1366, whatever the screen here is
    page.title._fit()
    QTest.qWait(1)
    title = page.title
    assert title.height() <= 36
    assert title.fontMetrics().horizontalAdvance(title.text()) <= title.contentsRect().width()
    (view,) = page.panel.views
    if width >= 1100:  # no number of the table is out of sight
        assert view.rows.thickness + view.columns.length() <= view.width()
