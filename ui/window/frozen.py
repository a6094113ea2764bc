"""定稿 in the whole window: the banner that says so. That nothing can be typed any more is told to the pages by navigation."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.signoff import signing
from ui.kit import dialogs, theme, widgets
from ui.kit.palette import shade
from ui.kit.typed_fields import date_text
from ui.signoff.sign_off_actions import SignOffActions
from ui.state.controller import Controller


class FrozenBanner(QFrame):
    """One line over the pages while the report is 定稿; hidden otherwise. `revised`: the report can be written again."""

    revised = Signal()

    def __init__(self, controller: Controller, window: QWidget) -> None:
        super().__init__()
        self._controller, self._window = controller, window
        self.setObjectName("frozen")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.STEP * 2, theme.STEP // 2, theme.STEP * 2, theme.STEP // 2)
        row.setSpacing(theme.STEP * 2)
        self.words = widgets.Elided("", theme.POINT_SIZE, theme.INK)
        self.button = widgets.button("修改为新版本", self._revise)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()
        controller.changed.connect(self.refresh)
        controller.document_replaced.connect(lambda: QTimer.singleShot(0, self._tell_doubts))

    def _revise(self) -> None:
        """The button goes with the line: the keyboard belongs to the page again."""
        SignOffActions(self._controller, self._window).revise()
        if not self._controller.is_frozen:
            self.revised.emit()

    def refresh(self) -> None:
        report = self._controller.document.report if self._controller.has_document else None
        if (
            report is None
            or not report.is_frozen
            or report.sign_off is None
            or report.sign_off.frozen is None
        ):
            self.hide()
            return
        doubts = signing.doubts(report)
        on = date_text(report.sign_off.frozen.frozen_on)
        words = doubts[0] if doubts else f"已定稿 · 第{report.version}版 · {on}　内容不能再改"
        self.words.setText(words)
        kind = "error" if doubts else "done"
        self.setStyleSheet(
            shade(f"#frozen {{ background: @{kind}_soft; border-bottom: 1px solid @{kind}_edge; }}")
        )
        self.setAccessibleName(words)
        self.show()

    def _tell_doubts(self) -> None:
        """A frozen report that was altered behind the program's back says so when it is opened."""
        if not self._controller.has_document:
            return
        if doubts := signing.doubts(self._controller.document.report):
            words = "请换用定稿时的文件或上报包，或者与定稿证明上的指纹对照；不要把这份当作定稿使用。"
            dialogs.tell(self._window, f"{doubts[0]}。", words)
