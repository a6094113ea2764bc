"""One line of text that is shortened with … and never clipped: as a label, and as a button with a sign before it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygon, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from app.form.model import Severity
from ui import theme

_COLOURS = {Severity.ERROR: theme.ERROR, Severity.WARNING: theme.WARNING, Severity.INFO: theme.ACCENT}
_SIGN = 12
_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Line(QWidget):
    """A text in one line; the whole of it is in the tooltip when it had to be shortened."""

    def __init__(self, parent: QWidget | None = None, colour: QColor = theme.INK) -> None:
        super().__init__(parent)
        self._text = ""
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self._set_tip()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_tip()

    def _set_tip(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self._text) <= self.width()
        self.setToolTip("" if fits else self._text)

    def sizeHint(self) -> QSize:
        return QSize(100, self.fontMetrics().lineSpacing() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._colour)
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), _MIDDLE, shown)
        painter.end()


class LineButton(QAbstractButton):
    """A sentence to click: sign of its severity, text, underlined under the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.severity: Severity | None = None
        self.is_strong = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(100, self.fontMetrics().lineSpacing() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 4
        if self.severity is not None:
            paint_sign(painter, QRect(left, (self.height() - _SIGN) // 2, _SIGN, _SIGN), self.severity)
            left += _SIGN + 6
        font = self.font()
        font.setBold(self.is_strong)
        font.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.setPen(theme.INK if self.isEnabled() else theme.FAINT)
        box = self.rect().adjusted(left, 0, -4, 0)
        painter.drawText(
            box,
            _MIDDLE,
            painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width()),
        )
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)
        painter.end()


def paint_sign(painter: QPainter, box: QRect, severity: Severity) -> None:
    """✖ in a disc, ! in a triangle, a dot: told apart by shape, not by colour alone."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_COLOURS[severity])
    if severity is Severity.WARNING:
        top = box.center()
        top.setY(box.top())
        painter.drawPolygon(QPolygon([top, box.bottomRight(), box.bottomLeft()]))
        painter.setPen(QPen(theme.PAPER, 1.6))
        painter.drawLine(top.x(), box.top() + 4, top.x(), box.bottom() - 4)
        painter.drawPoint(top.x(), box.bottom() - 2)
    elif severity is Severity.ERROR:
        painter.drawEllipse(box)
        painter.setPen(QPen(theme.PAPER, 1.6))
        inner = box.adjusted(4, 4, -3, -3)
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.topRight(), inner.bottomLeft())
    else:
        painter.drawEllipse(box.adjusted(3, 3, -3, -3))
    painter.restore()
