"""The edge by which the panel is drawn wider or narrower."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit import theme, widgets


class Grip(QWidget):
    """`drawn` tells the width to which it is drawn; `width` asks for the one that there is."""

    drawn = Signal(int)

    def __init__(self, width: Callable[[], int]) -> None:
        super().__init__()
        self._width_now = width
        self._from: tuple[int, int] | None = None
        self.setFixedWidth(theme.STEP // 2)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAutoFillBackground(True)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        edge = widgets.line()
        edge.setFixedSize(1, 16777215)
        edge.setMinimumHeight(0)
        box.addWidget(edge)
        box.addStretch(1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = round(event.globalPosition().x()), self._width_now()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            start, width = self._from
            self.drawn.emit(width + start - round(event.globalPosition().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
