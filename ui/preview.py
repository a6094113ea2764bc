"""The true pages of the PDF on screen: pdfium draws each page when it comes into view."""

import math

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QVBoxLayout, QWidget

from app.pdf_pages import LOCK
from ui import theme, widgets
from ui.controller import Controller
from ui.jobs import Job

_GAP = theme.STEP * 2
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)
_POINT = 96 / 72  # logical pixels of a point at 100 %
_REBUILD_AFTER = 600  # ms after the last change
_MOST_KEPT = 8  # drawn pages


class PageView(QAbstractScrollArea):
    """The pages one below the other; `zoom` None fits the width."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("导出文件的预览")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.zoom: float | None = None
        self._pdf: object | None = None
        self._sizes: list[tuple[float, float]] = []
        self._images: dict[tuple[int, int], QImage] = {}

    def show_pdf(self, data: bytes) -> None:
        import pypdfium2

        place = self.verticalScrollBar().value()
        self.clear()
        with LOCK:
            pdf = pypdfium2.PdfDocument(data)
            self._sizes = [pdf.get_page_size(number) for number in range(len(pdf))]
        self._pdf = pdf
        self._lay_out()
        self.verticalScrollBar().setValue(place)

    def clear(self) -> None:
        if self._pdf is not None:
            with LOCK:
                self._pdf.close()
        self._pdf, self._sizes = None, []
        self._images.clear()
        self._lay_out()

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
        self._images.clear()
        self._lay_out()
        bar.setValue(round(part * bar.maximum()))

    def step_zoom(self, steps: int) -> None:
        now = self.scale / _POINT
        if steps > 0:
            wanted = next((one for one in _ZOOMS if one > now + 0.01), _ZOOMS[-1])
        else:
            wanted = next((one for one in reversed(_ZOOMS) if one < now - 0.01), _ZOOMS[0])
        self.set_zoom(wanted)

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
        self._images.clear()
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.HEADING)
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for number, rect in enumerate(self._rects()):
            place = rect.translated(-offset)
            if place.intersects(self.viewport().rect()):
                painter.drawImage(place, self._image(number))
                painter.setPen(QPen(theme.RULE))
                painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _image(self, number: int) -> QImage:
        ratio = self.devicePixelRatioF()
        key = (number, math.ceil(self.scale * ratio * 1000))
        if key not in self._images:
            if len(self._images) >= _MOST_KEPT:
                self._images.pop(next(iter(self._images)))
            with LOCK:
                bitmap = self._pdf[number].render(
                    scale=self.scale * ratio, prefer_bgrx=True, rev_byteorder=False
                )
                image = QImage(
                    bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
                ).copy()
            self._images[key] = image
        return self._images[key]

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)


class Preview(QWidget):
    """The pages with their number and zoom; rebuilt off the GUI thread when the report changed."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self._made_of: object = None
        self._job: Job | None = None
        self.view = PageView()
        self.view.verticalScrollBar().valueChanged.connect(self._show_number)
        self.label = widgets.note()
        self.label.setWordWrap(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.STEP // 2)
        layout.addLayout(self._bar())
        layout.addWidget(self.view, 1)
        controller.document_replaced.connect(self.view.clear)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.rebuild)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(theme.STEP // 2)
        bar.addWidget(widgets.label("预览", bold=True))
        bar.addWidget(self.label, 1)
        for words, hint, call in (
            ("缩小", "缩小页面", lambda: self.view.step_zoom(-1)),
            ("放大", "放大页面", lambda: self.view.step_zoom(1)),
            ("适合宽度", "整页宽度", lambda: self.view.set_zoom(None)),
        ):
            button = widgets.link(words, call)
            button.setToolTip(hint)
            bar.addWidget(button)
        return bar

    def refresh(self) -> None:
        if self._controller.has_document and self._made_of is not self._controller.document.report:
            self._later.start(_REBUILD_AFTER if self._made_of is not None else 0)

    def rebuild(self) -> None:
        """Make the PDF anew; the pages shown stay until it is there."""
        if not self.isVisible() or not self._controller.has_document:
            return
        if self._made_of is self._controller.document.report:
            return
        if self._job is not None:
            self._later.start(_REBUILD_AFTER)
            return
        self._coming = self._controller.document.report
        self.label.setText("正在排版……")
        self._job = Job(self._controller.pdf())
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._job.start()

    def _on_done(self, data: bytes) -> None:
        self._made_of = self._coming
        self.view.show_pdf(data)
        self._show_number()

    def _on_failed(self, error: Exception) -> None:
        self._made_of = self._coming
        self.view.clear()
        self.label.setText(
            f"现在不能预览：{error}" if type(error).__name__ == "UserError" else "现在不能预览"
        )

    def _on_finished(self) -> None:
        self._job = None
        self.refresh()

    def _show_number(self) -> None:
        if self.view.page_count:
            self.label.setText(f"第{self.view.current_page}页，共{self.view.page_count}页")
