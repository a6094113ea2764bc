"""Scroll bars: a thin rounded bar in the colour of an edge, without arrows and without a groove."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QProxyStyle,
    QScrollBar,
    QStyle,
    QStyleOption,
    QStyleOptionSlider,
    QWidget,
)

from ui.kit import theme

BREADTH = 12  # pixels that can be grasped; what is seen of them is less
_SEEN, _SEEN_HELD = 6, 8
_styles: list[QStyle] = []


class _NoArrows(QProxyStyle):
    """The bar itself has the whole length."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric == QStyle.PixelMetric.PM_ScrollBarExtent:
            return 0
        return super().pixelMetric(metric, option, widget)


class ScrollBar(QScrollBar):
    """Painted here, so that it follows a change of colours; a little broader while it is held or under the pointer."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        if not _styles:
            _styles.append(_NoArrows("Fusion"))
        self.setStyle(_styles[0])
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(BREADTH, BREADTH)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel is for the size of the type, which is the window's: an area hands every turn to its bar first."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().wheelEvent(event)

    def bar(self) -> QRectF:
        """Where the part is that can be dragged."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        slider = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)
        seen = _SEEN_HELD if self.isSliderDown() or self.underMouse() else _SEEN
        away = (BREADTH - seen) / 2
        if self.orientation() is Qt.Orientation.Vertical:
            return QRectF(slider).adjusted(away, 1, -away, -1)
        return QRectF(slider).adjusted(1, away, -1, -away)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() <= self.minimum():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.FAINT if self.isSliderDown() else theme.EDGE)
        bar = self.bar()
        radius = min(bar.width(), bar.height()) / 2
        painter.drawRoundedRect(bar, radius, radius)
        painter.end()


def calm(area: QAbstractScrollArea) -> None:
    """Give an area these bars; when they are shown stays as it was."""
    area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical))
    area.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal))
