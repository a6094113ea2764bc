"""A printed text of the table that heads nothing by itself: the corner, and the bands between the tables of 表二."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.kit import theme
from ui.tables.wrapping import wrap

PAD = 6


class PrintedLabel(QWidget):
    """Text centred on the ground of the headings, framed like them, broken by the same rules."""

    def __init__(self, text: str, parent: QWidget, ground: QColor = theme.HEADING) -> None:
        super().__init__(parent)
        self.text = text
        self._ground = ground
        self._state: tuple[QSize, str] | None = None
        self._lines = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, self._ground)
        painter.setPen(theme.RULE)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setPen(theme.INK)
        box = rect.adjusted(PAD, 2, -PAD, -2)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._broken(box.size()))
        painter.end()

    def _broken(self, room: QSize) -> str:
        """The text broken for a room; kept until room or font change."""
        state = room, self.font().key()
        if state != self._state:
            metrics = self.fontMetrics()
            most = max(1, room.height() // metrics.lineSpacing())
            lines = wrap(self.text, room.width(), most, metrics.horizontalAdvance, even=True)
            self._state, self._lines = state, "\n".join(lines)
        return self._lines
