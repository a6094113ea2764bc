"""A sheet with round corners on the ground of the window: a card, a strip."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from ui.kit import theme


class Sheet(QFrame):
    """Painted, not styled: a style sheet would keep the palettes of what lies in it and bring them back after a change of colours."""

    def __init__(self, ground: QColor = theme.PAPER, edge: QColor = theme.HAIRLINE, radius: int = 10) -> None:
        super().__init__()
        self._ground, self._edge, self._radius = ground, edge, radius

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._edge, 1))
        painter.setBrush(self._ground)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius
        )
        painter.end()
