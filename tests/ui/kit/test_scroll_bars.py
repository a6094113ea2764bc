"""Scroll bars: thin, of their whole length, seen on every ground, and dragged like any other."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QTableView, QWidget

from tests.ui.conftest import Office
from ui.kit import theme
from ui.kit.scroll_bars import BREADTH, ScrollBar, calm


@pytest.fixture
def area(qtbot):
    made = QPlainTextEdit("\n".join(["一行"] * 100))
    calm(made)
    made.resize(200, 200)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_bar_is_thin_and_moves_over_the_whole_length(area):
    bar = area.verticalScrollBar()
    assert bar.width() == BREADTH
    assert bar.bar().top() <= 2
    bar.setValue(bar.maximum())
    assert bar.bar().bottom() >= bar.height() - 2


def test_it_is_painted_in_the_colour_of_an_edge(area):
    bar = area.verticalScrollBar()
    image = area.grab().toImage()
    middle = bar.mapTo(area, bar.bar().center().toPoint())
    assert image.pixelColor(middle).name() == theme.EDGE.name()


def test_it_is_dragged_and_clicked(area):
    bar = area.verticalScrollBar()
    start = bar.bar().center().toPoint()
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(bar, start + QPoint(0, 60))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=start + QPoint(0, 60))
    dragged = bar.value()
    assert 0 < dragged < bar.maximum()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(BREADTH // 2, bar.height() - 2))
    assert bar.value() > dragged


def test_every_area_of_the_window_has_it(office, draft):
    clerk: Office = office(draft())
    for key in clerk.window.navigation.keys:
        clerk.go(key)
    areas = [one for kind in (QScrollArea, QTableView) for one in clerk.window.findChildren(kind)]
    assert areas
    bars = [one.verticalScrollBar() for one in areas if isinstance(one.parentWidget(), QWidget)]
    assert [type(bar).__name__ for bar in bars if not isinstance(bar, ScrollBar)] == []
