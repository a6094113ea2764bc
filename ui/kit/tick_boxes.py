"""Boxes to tick that can be seen on a dark ground too: Fusion draws their frame darker than the window, whatever it is."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleOption, QWidget

from ui.kit import theme
from ui.kit.qt_gaps import fields

_BOXES = (QStyle.PrimitiveElement.PE_IndicatorCheckBox, QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck)
_kept: list["_Ticks"] = []


def show_ticks(widget: QWidget) -> None:
    """Give a check box, or a list with boxes, boxes of ours."""
    if not _kept:
        made = _Ticks()
        made.setParent(QApplication.instance())
        _kept.append(made)
    widget.setStyle(_kept[0])


class _Ticks(QProxyStyle):
    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element not in _BOXES:
            super().drawPrimitive(element, option, painter, widget)
            return
        rect, state = fields(option).rect, fields(option).state
        is_on = bool(state & QStyle.StateFlag.State_Enabled)
        size = min(rect.width(), rect.height()) - 1
        box = QRectF(rect.left() + 0.5, rect.center().y() - size / 2 + 0.5, size, size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.FAINT if is_on else theme.RULE, 1))
        painter.setBrush(theme.PAPER if is_on else theme.COMPUTED)
        painter.drawRoundedRect(box, 2, 2)
        if state & QStyle.StateFlag.State_On:
            cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            painter.setPen(QPen(theme.INK if is_on else theme.FAINT, 1.8, Qt.PenStyle.SolidLine, cap, join))
            painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x * size, y * size) for x, y in _TICK]))
        painter.restore()


_TICK = ((0.22, 0.52), (0.42, 0.74), (0.8, 0.26))
