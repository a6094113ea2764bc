"""A printed text of the table that heads nothing by itself: the corner, and the bands between the tables of 表二."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.tables.wrapping import wrap

PAD = 6


class PrintedLabel(QWidget):
    """Text centred on the ground of the headings, framed like them, broken by the same rules."""

    def __init__(self, text: str, parent: QWidget, ground: QColor = theme.HEADING) -> None:
        super().__init__(parent)
        self.text = text
        self._ground = ground
        self.setToolTip(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, self._ground)
        painter.setPen(theme.RULE)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setPen(theme.INK)
        metrics = painter.fontMetrics()
        box = rect.adjusted(PAD, 2, -PAD, -2)
        most = max(1, box.height() // metrics.lineSpacing())
        lines = wrap(self.text, box.width(), most, metrics.horizontalAdvance, even=True)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "\n".join(lines))
        painter.end()
