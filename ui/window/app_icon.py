"""The sign of the program in title bars and task bars: a printed page with its red head, and a tick."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

_SIZES = (16, 20, 24, 32, 48, 64, 128, 256)
_PAGE, _EDGE, _HEAD, _LINE, _TICK = (
    QColor(name) for name in ("white", "slategray", "firebrick", "silver", "seagreen")
)


def icon() -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_drawn(size))
    return made


def _drawn(size: int) -> QPixmap:
    """Drawn in 16 units a side: edges fall on whole pixels at every size that is a multiple of it."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 16, size / 16)
    painter.setPen(QPen(_EDGE, 1 if size < 48 else 0.5))
    painter.setBrush(_PAGE)
    painter.drawRoundedRect(QRectF(2.5, 0.5, 11, 15), 1, 1)
    painter.fillRect(QRectF(4, 3, 8, 2), _HEAD)
    for top in (7, 9):
        painter.fillRect(QRectF(4, top, 8, 1), _LINE)
    tick = QPen(_TICK, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(tick)
    painter.drawPolyline(QPolygonF([QPointF(7, 12), QPointF(9, 14), QPointF(14.5, 8.5)]))
    painter.end()
    return picture
