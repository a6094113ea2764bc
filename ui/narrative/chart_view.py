"""A 统计图 as it will be drawn in the documents, small."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.documents.blocks import ChartBlock
from app.report.model import Chart
from app.typesetting.charts import Drawing, draw_chart
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import page_style
from ui.kit import theme


class ChartView(QWidget):
    """Empty while there is nothing to draw."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("统计图预览")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._chart: Chart | None = None
        self._drawing: Drawing | None = None

    def show_chart(self, chart: Chart | None) -> None:
        if chart == self._chart:
            return
        self._chart = chart
        self._drawing = None
        if chart is not None:
            style = page_style()
            block = ChartBlock(caption=chart.title, labels=chart.labels, series=chart.series)
            self._drawing = draw_chart(block, style.width, style.height, style, bundled_faces())
        self.setAccessibleDescription(chart.title if chart else "没有可以画的数字")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 170)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.PAPER)
        if self._drawing is None:
            painter.setPen(theme.FAINT)
            painter.drawText(self.rect(), 0x84, "填了数字，这里就有统计图")  # centred both ways
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing = self._drawing
        scale = min(self.width() / drawing.width, self.height() / drawing.height)
        painter.translate(
            (self.width() - drawing.width * scale) / 2, (self.height() - drawing.height * scale) / 2
        )
        painter.scale(scale, scale)
        for x, y, width, height, grey in drawing.fills:
            painter.setOpacity(1 - grey)
            painter.fillRect(QRectF(x, y, width, height), theme.INK)
        painter.setOpacity(1)
        for rule in drawing.rules:
            painter.setPen(QPen(theme.INK, rule.width))
            painter.drawLine(QLineF(rule.x1, rule.y1, rule.x2, rule.y2))
        painter.setPen(theme.INK)
        font = theme.font()
        for text in drawing.texts:
            font.setPixelSize(max(1, round(text.size)))
            painter.setFont(font)
            painter.drawText(QPointF(text.x, text.y), text.text)
