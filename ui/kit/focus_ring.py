"""The ring of the keyboard: drawn outside whatever has the focus, the same for every kind of control and on every ground."""

from typing import cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFocusFrame,
    QMenu,
    QMenuBar,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid

from ui.kit import palette, theme

GAP, WIDTH, WIDTH_CONTRAST = 1, 2, 3  # pixels between control and ring, and of the ring
_MARGINS = (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin)
_measures: list[QStyle] = []
_rings: list["FocusRing"] = []  # the one that there is


class FocusRing(QFocusFrame):
    """Qt keeps it around its widget, wherever that goes; it is a ring and no more: what is typed is not painted twice."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = ring_width()
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(theme.ACCENT, width))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        painter.end()


class _Measures(QProxyStyle):
    """How far outside the control the ring lies."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in _MARGINS:
            return GAP + ring_width()
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        """It lies over the window, not only over what holds the control: there its outer sides would be cut off."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returned)


def ring_width() -> int:
    return WIDTH_CONTRAST if palette.is_contrast() else WIDTH


def follow(app: QApplication) -> None:
    """From now on the ring stands around what has the keyboard."""
    measures = _Measures("Fusion")
    measures.setParent(app)
    _measures[:] = [measures]
    app.focusChanged.connect(_on_focus)


def _on_focus(_old: QWidget | None, new: QWidget | None) -> None:
    """`_old` may be on its way out, and is left alone."""
    ring = next(filter(isValid, _rings), None)
    if new is None or not _is_ringed(new):
        if ring is not None:
            ring.setWidget(cast(QWidget, None))  # Qt takes none; the stub does not say so
        return
    if ring is None:  # the page that it stood on is gone, and it with it
        ring = FocusRing()
        _rings[:] = [ring]
        ring.setStyle(_measures[0])
    ring.setWidget(new)


def _is_ringed(widget: QWidget) -> bool:
    """Menus light their entries, and a table frames its cell."""
    if isinstance(widget, QMenu | QMenuBar) or widget.windowType() is Qt.WindowType.Popup:
        return False
    return not (widget.isWindow() or getattr(widget, "frames_its_own_focus", False))
