"""The true pages of the PDF on screen: pdfium draws each page when it comes into view, or before in the thread that made it."""

import math
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from app.printing.pdf_pages import LOCK
from app.typesetting.pages import Spot
from ui.kit import palette, theme
from ui.kit.scroll_bars import calm

_GAP = theme.STEP * 2
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)
_POINT = 96 / 72  # logical pixels of a point at 100 %
_MOST_KEPT = 4  # drawn pages: two are seen, and the next one each way
_UNSEEN = 10_000  # ms after which the drawn pages of a view that is not seen are let go
_DUSK = QColor(0, 0, 0, 26)
_MARK = 24  # points: the mark beside the place that is edited
_Key = tuple[int, int]  # page, thousandths of its scale


class Opened:
    """A PDF that was opened, and the pages of it that are drawn already; may be made in any thread."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        with LOCK:
            self.pdf: Any = pypdfium2.PdfDocument(data)
            self.sizes: list[tuple[float, float]] = [
                self.pdf.get_page_size(number) for number in range(len(self.pdf))
            ]
        self.images: dict[_Key, QImage] = {}

    def image(self, number: int, scale: float) -> QImage:
        """A page at so many pixels a point."""
        key = (number, math.ceil(scale * 1000))
        if key not in self.images:
            if len(self.images) >= _MOST_KEPT:
                self.images.pop(next(iter(self.images)))
            with LOCK:
                bitmap = self.pdf[number].render(scale=scale, prefer_bgrx=True, rev_byteorder=False)
                self.images[key] = QImage(
                    bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
                ).copy()
        return self.images[key]

    def close(self) -> None:
        with LOCK:
            self.pdf.close()


class PageView(QAbstractScrollArea):
    """The pages one below the other; `zoom` None fits the width. `clicked`: page from 0, and points from its corner."""

    clicked = Signal(int, float, float)

    def __init__(self) -> None:
        super().__init__()
        calm(self)
        self.setAccessibleName("导出文件的预览")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.zoom: float | None = None
        self._opened: Opened | None = None
        self._scale_seen = self.scale  # with which the pages were laid last
        self.mark: Spot | None = None
        self._let_go = QTimer(self)
        self._let_go.setSingleShot(True)
        self._let_go.setInterval(_UNSEEN)
        self._let_go.timeout.connect(self._forget)

    def show_pdf(self, opened: Opened) -> None:
        """These pages, where the ones before them stood."""
        place = self.verticalScrollBar().value()
        self._close()
        self._opened = opened
        self._lay_out()
        self.verticalScrollBar().setValue(place)

    def clear(self) -> None:
        self._close()
        self.mark = None
        self._lay_out()

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        self._opened = None

    @property
    def _sizes(self) -> list[tuple[float, float]]:
        return self._opened.sizes if self._opened else []

    @property
    def pixels(self) -> float:
        """Device pixels of a point."""
        return self.scale * self.devicePixelRatioF()

    @property
    def in_view(self) -> list[int]:
        """The pages of which something is seen."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        return [n for n, rect in enumerate(self._rects()) if rect.bottom() >= top and rect.top() <= bottom]

    def show_spot(self, spot: Spot) -> None:
        """Mark a place, and bring it into view where it is not."""
        self.mark = spot
        rects = self._rects()
        if spot.page < len(rects):
            bar, height = self.verticalScrollBar(), self.viewport().height()
            y = rects[spot.page].top() + round(spot.top * self.scale)
            if not bar.value() + height // 12 <= y <= bar.value() + height * 3 // 4:
                bar.setValue(y - height // 4)
        self.viewport().update()

    @property
    def page_count(self) -> int:
        return len(self._sizes)

    @property
    def current_page(self) -> int:
        """The page in the middle of the view, from 1."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        tops = [rect.top() for rect in self._rects()]
        return max(1, sum(top <= middle for top in tops)) if tops else 0

    @property
    def scale(self) -> float:
        """Logical pixels of a point."""
        if self.zoom is not None:
            return self.zoom * _POINT
        widest = max((width for width, _ in self._sizes), default=595.0)
        return max(0.2, (self.viewport().width() - 2 * _GAP) / widest)

    def set_zoom(self, zoom: float | None) -> None:
        bar = self.verticalScrollBar()
        part = bar.value() / max(bar.maximum(), 1)
        self.zoom = zoom
        self._forget()
        self._lay_out()
        bar.setValue(round(part * bar.maximum()))

    def step_zoom(self, steps: int) -> None:
        now = self.scale / _POINT
        if steps > 0:
            wanted = next((one for one in _ZOOMS if one > now + 0.01), _ZOOMS[-1])
        else:
            wanted = next((one for one in reversed(_ZOOMS) if one < now - 0.01), _ZOOMS[0])
        self.set_zoom(wanted)

    def _forget(self) -> None:
        if self._opened is not None:
            self._opened.images.clear()

    # -- drawing -------------------------------------------------------------------------------------------------------

    def _rects(self) -> list[QRect]:
        """Each page in the coordinates of the whole roll."""
        scale, top, found = self.scale, _GAP, []
        across = max(
            self.viewport().width(), round(max((w for w, _ in self._sizes), default=0) * scale) + 2 * _GAP
        )
        for width, height in self._sizes:
            size = QSize(round(width * scale), round(height * scale))
            found.append(QRect(QPoint((across - size.width()) // 2, top), size))
            top += size.height() + _GAP
        return found

    def _lay_out(self) -> None:
        rects = self._rects()
        self._scale_seen = self.scale
        view = self.viewport().size()
        bottom = rects[-1].bottom() + _GAP if rects else 0
        right = max((rect.right() for rect in rects), default=0) + _GAP
        self.verticalScrollBar().setRange(0, max(0, bottom - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setRange(0, max(0, right - view.width()) if self.zoom is not None else 0)
        self.horizontalScrollBar().setPageStep(view.width())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider or narrower, the same place of the pages is seen."""
        bar, before = self.verticalScrollBar(), self._scale_seen
        self._forget()
        self._lay_out()
        bar.setValue(round(bar.value() * self._scale_seen / before))

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody looks at for a while is drawn again when it is seen: each page has a megabyte or two."""
        super().hideEvent(event)
        self._let_go.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._let_go.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.HEADING)
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for number, rect in enumerate(self._rects()):
            place = rect.translated(-offset)
            if place.intersects(self.viewport().rect()):
                if self._opened is not None:
                    self._draw_page(painter, place, self._opened, number)
                if self.mark is not None and self.mark.page == number:
                    self._draw_mark(painter, place)
                painter.setPen(QPen(theme.RULE))
                painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _draw_page(self, painter: QPainter, place: QRect, opened: Opened, number: int) -> None:
        """Pixel for pixel: an image that is fitted into a place one pixel smaller loses a row in the middle of a line."""
        ratio = self.devicePixelRatioF()
        image = opened.image(number, self.pixels)
        image.setDevicePixelRatio(ratio)
        seen = QRect(0, 0, round(place.width() * ratio), round(place.height() * ratio))
        painter.fillRect(place, Qt.GlobalColor.white)
        painter.drawImage(place.topLeft(), image, seen & image.rect())
        if palette.in_use() == palette.DARK:  # white paper among dark grounds dazzles
            painter.fillRect(place, _DUSK)

    def _draw_mark(self, painter: QPainter, page: QRect) -> None:
        if self.mark is not None:
            top = page.top() + round(self.mark.top * self.scale)
            painter.fillRect(QRect(page.left() + 4, top, 3, round(_MARK * self.scale)), theme.ACCENT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        place = event.position().toPoint() + offset
        for number, rect in enumerate(self._rects()):
            if rect.contains(place) and event.button() is Qt.MouseButton.LeftButton:
                at = place - rect.topLeft()
                self.clicked.emit(number, at.x() / self.scale, at.y() / self.scale)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)
