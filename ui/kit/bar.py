"""A bar that is filled as far as something is done."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit import theme

_HEIGHT = 6


class Bar(QWidget):
    """A part of 1 in the accent, the rest as a groove; all of it in green."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        if share != self.share:
            self.share = share
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(theme.PRESSED)
        painter.drawRoundedRect(box, _HEIGHT / 2, _HEIGHT / 2)
        if self.share > 0:
            painter.setBrush(theme.DONE if self.share >= 1 else theme.ACCENT)
            box.setWidth(max(float(_HEIGHT), box.width() * self.share))
            painter.drawRoundedRect(box, _HEIGHT / 2, _HEIGHT / 2)
        painter.end()
