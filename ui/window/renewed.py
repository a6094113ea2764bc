"""An update while the program is open: the banner that says so, because what is loaded later no longer fits what runs."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app import paths
from ui.kit import theme, widgets
from ui.kit.palette import shade

WORDS = "年报助手刚刚更新或卸载过：请先保存，关闭年报助手再打开。在这以前，导出、导入等可能不成。"
_EVERY = 10_000  # ms


class RenewedBanner(QFrame):
    """Hidden until the files of the program are others than those it was started from; a program run from its sources never asks."""

    def __init__(self, mark: Callable[[], object] = paths.build_mark) -> None:
        super().__init__()
        self._mark, self._first = mark, mark()
        self.setObjectName("renewed")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.STEP * 2, theme.STEP // 2, theme.STEP * 2, theme.STEP // 2)
        self.words = widgets.Elided(WORDS, theme.POINT_SIZE, theme.INK)
        row.addWidget(self.words, 1)
        self.setStyleSheet(
            shade("#renewed { background: @error_soft; border-bottom: 1px solid @error_edge; }")
        )
        self.setAccessibleName(WORDS)
        self.hide()
        self.timer = QTimer(self)
        self.timer.setInterval(_EVERY)
        self.timer.timeout.connect(self.look)
        if self._first is not None:
            self.timer.start()

    def look(self) -> None:
        if self._mark() != self._first:
            self.timer.stop()
            self.show()
