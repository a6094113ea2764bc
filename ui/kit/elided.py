"""One line of text that is shortened with … and never clipped: as a label, and as a button with a sign before it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.checks.standing import Kind
from ui.kit import symbols, theme, widgets

_SIGN = symbols.SIZE
_LEAST = 7  # characters of a shortened sentence that still say something
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
        return QSize(100, self.fontMetrics().lineSpacing() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._colour)
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), _MIDDLE, shown)
        painter.end()


class LineButton(QAbstractButton):
    """A sentence to click, shortened in its middle since its end says by how much: sign of its kind, text, underlined under the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind: Kind | None = None
        self.is_strong = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not widgets.press_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(100, self.fontMetrics().lineSpacing() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 4
        if self.kind is not None:
            symbols.draw_kind(painter, QRectF(left, (self.height() - _SIGN) / 2, _SIGN, _SIGN), self.kind)
            left += _SIGN + 6
        font = self.font()
        font.setBold(self.is_strong)
        font.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.setPen(theme.INK if self.isEnabled() else theme.FAINT)
        box = self.rect().adjusted(left, 0, -4, 0)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, box.width())
        if shown == self.text() or len(shown) > _LEAST:  # else the sign alone says more
            painter.drawText(box, _MIDDLE, shown)
        painter.end()
