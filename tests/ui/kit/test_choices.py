"""Fields in which one chooses: an edge that is seen, and the same on every ground."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.kit import theme
from ui.kit.choices import Combo, Spin


def made(kind, qtbot):
    field = kind()
    if kind is Combo:
        field.addItems(["甲", "乙"])
    field.setFixedWidth(120)
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    field.clearFocus()
    return field


def edge(field) -> str:
    image = field.grab().toImage()
    return image.pixelColor(image.width() // 2, 0).name()


@pytest.mark.parametrize("kind", [Combo, Spin])
def test_the_edge_is_that_of_a_field_and_tells_whether_it_can_be_used(kind, qtbot):
    field = made(kind, qtbot)
    assert edge(field) == theme.EDGE.name()
    field.setEnabled(False)
    assert edge(field) == theme.UNUSED_EDGE.name()


@pytest.mark.parametrize("kind", [Combo, Spin])
def test_the_keys_choose(kind, qtbot):
    field = made(kind, qtbot)
    key = Qt.Key.Key_Down if kind is Combo else Qt.Key.Key_Up
    QTest.keyClick(field, key)
    assert (field.currentText() if kind is Combo else field.text()) == ("乙" if kind is Combo else "1")


@pytest.mark.parametrize("is_focused", [False, True])
@pytest.mark.parametrize("kind", [Combo, Spin])
def test_the_wheel_chooses_nothing_and_is_left_to_the_page(kind, is_focused, qtbot):
    field = made(kind, qtbot)
    if is_focused:
        field.setFocus()
    shown = field.currentIndex() if kind is Combo else field.value()
    middle = QPointF(field.rect().center())
    for way in (-120, 120):
        turn = QWheelEvent(
            middle,
            field.mapToGlobal(middle),
            QPoint(),
            QPoint(0, way),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, turn)
        assert (field.currentIndex() if kind is Combo else field.value()) == shown
        assert not turn.isAccepted()
    assert field.focusPolicy() == Qt.FocusPolicy.StrongFocus  # nor does it take the keys
