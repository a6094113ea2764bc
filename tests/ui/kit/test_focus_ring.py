"""The ring stands outside what has the keyboard: in every palette, in lists and previews too, and nowhere else."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from ui.kit import appearance, palette, theme, widgets
from ui.kit.focus_ring import GAP, FocusRing, ring_width


@pytest.fixture
def window(qtbot, qapp):
    made = widgets.on_paper(QWidget())
    column = QVBoxLayout(made)
    column.setContentsMargins(20, 20, 20, 20)
    for button in (widgets.button("一"), widgets.primary("二"), widgets.link("三")):
        column.addWidget(button)
    column.addWidget(widgets.Field("栏"))
    qtbot.addWidget(made)
    made.resize(300, 240)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def rings(window: QWidget) -> list[FocusRing]:
    return [one for one in window.findChildren(FocusRing) if one.isVisible()]


def focus(qtbot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    QApplication.processEvents()


def test_it_stands_outside_every_kind_of_control(window, qtbot):
    stops = widgets.tab_stops(window)
    assert len(stops) == 4
    for stop in stops:
        focus(qtbot, stop)
        (ring,) = rings(window)
        image = window.grab().toImage()
        corner = stop.mapTo(window, QPoint(stop.width() // 2, 0))
        assert ring.widget() is stop
        assert image.pixelColor(corner.x(), corner.y() - GAP - 1) == theme.ACCENT
        assert (
            image.pixelColor(corner.x(), corner.y() - 1) == theme.PAPER
        )  # the gap, on the filled button too


def test_what_is_typed_under_it_is_not_painted_twice(window, qtbot):
    focus(qtbot, window.findChild(widgets.Field))
    (ring,) = rings(window)
    assert not ring.mask().contains(ring.rect().center())


def test_it_follows_and_goes(window, qtbot):
    button = window.findChildren(widgets.PushButton)[0]
    focus(qtbot, button)
    (ring,) = rings(window)
    window.layout().setContentsMargins(60, 60, 20, 20)
    QApplication.processEvents()
    assert ring.geometry().contains(button.geometry())
    button.hide()
    QApplication.processEvents()
    assert not any(one.widget() is button for one in rings(window))


def test_what_is_scrolled_away_has_no_ring(window, qtbot):
    area = QScrollArea()
    inside = QWidget()
    inside.setMinimumSize(200, 900)
    button = widgets.button("远", None)
    button.setParent(inside)
    button.move(10, 10)
    area.setWidget(inside)
    window.layout().addWidget(area)
    area.show()
    QApplication.processEvents()
    focus(qtbot, button)
    (ring,) = rings(window)
    assert not ring.visibleRegion().isEmpty()
    area.verticalScrollBar().setValue(400)
    QApplication.processEvents()
    assert ring.visibleRegion().isEmpty()


def test_it_outlives_the_page_on_which_it_stood(window, qtbot):
    page = QWidget(window)
    button = widgets.button("走")
    button.setParent(page)
    page.show()
    focus(qtbot, button)
    page.deleteLater()
    QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    focus(qtbot, window.findChild(widgets.Field))
    assert len(rings(window)) == 1


def test_high_contrast_draws_it_broader(window, qtbot):
    button = window.findChildren(widgets.PushButton)[0]
    focus(qtbot, button)
    before = ring_width()
    appearance.choose(palette.CONTRAST)
    assert ring_width() == before + 1
    appearance.choose(palette.LIGHT)


def test_a_table_frames_its_cell_instead(office, draft):
    clerk = office(draft())
    clerk.focus(clerk.go("requests").first_focus())
    assert rings(clerk.window) == []
    clerk.focus(clerk.go("review_all").panel if hasattr(clerk.page, "panel") else clerk.page.first_focus())
    assert len(rings(clerk.window)) == 1
