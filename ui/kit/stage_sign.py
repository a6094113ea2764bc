"""The sign of a stage as a widget: beside the title of a card."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.kit import symbols
from ui.kit.stage import Stage


class StageSign(QWidget):
    """An open ring until it is done, then the disc with a tick, as in the list of parts."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage.EMPTY
        self.setFixedSize(symbols.SIZE, symbols.SIZE)

    def show_stage(self, stage: Stage) -> None:
        self.stage = stage
        self.setToolTip(stage.value)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        symbols.draw_stage(painter, QRectF(self.rect()), self.stage)
        painter.end()
