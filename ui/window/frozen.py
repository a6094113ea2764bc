"""定稿 in the whole window: the banner that says so, and pages on which nothing can be typed any more."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from app.report.fingerprint import short
from app.signoff import signing
from ui.kit import dialogs, theme, widgets
from ui.kit.palette import shade
from ui.pages.page import Page
from ui.signoff.sign_off_actions import SignOffActions
from ui.state.controller import Controller
from ui.state.section_states import EXPORT, REVIEW, SIGN_OFF, START
from ui.window.navigation import Navigation

_FREE = (START, REVIEW, SIGN_OFF, EXPORT)  # pages on which the report itself is not written
STAYS = "stays_when_frozen"  # property of a button that changes nothing in the report


class FrozenBanner(QFrame):
    """One line over the pages while the report is 定稿; hidden otherwise."""

    def __init__(self, controller: Controller, window: QWidget) -> None:
        super().__init__()
        self._controller, self._window = controller, window
        self.setObjectName("frozen")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.STEP * 2, theme.STEP // 2, theme.STEP * 2, theme.STEP // 2)
        row.setSpacing(theme.STEP * 2)
        self.words = widgets.Elided("", theme.POINT_SIZE, theme.INK)
        self.button = widgets.button("修改为新版本", SignOffActions(controller, window).revise)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()
        self._lock = PageLock()
        controller.document_replaced.connect(self._lock.forget)
        controller.document_replaced.connect(lambda: QTimer.singleShot(0, self._tell_doubts))

    def watch(self, navigation: Navigation) -> None:
        """From now on every page that is shown follows; after the pages' own refresh."""
        self._navigation = navigation
        self._controller.changed.connect(self.refresh)
        navigation.shown.connect(lambda _page: self.refresh())

    def refresh(self) -> None:
        self._show()
        self._lock.apply(self._navigation.page, self._controller.is_frozen)

    def _show(self) -> None:
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
        digits = short(report.sign_off.frozen.fingerprint)
        words = doubts[0] if doubts else f"已定稿 · 第{report.version}版 · 指纹 {digits} …　内容不能再改"
        self.words.setText(words)
        ground, edge = map(shade, ("#fdecea", "#e3b4b0") if doubts else ("#eaf3ec", "#bcd6c1"))
        self.setStyleSheet(f"#frozen {{ background: {ground}; border-bottom: 1px solid {edge}; }}")
        self.setAccessibleName(words)
        self.show()

    def _tell_doubts(self) -> None:
        """A frozen report that was altered behind the program's back says so when it is opened."""
        if not self._controller.has_document:
            return
        if doubts := signing.doubts(self._controller.document.report):
            words = "请换用定稿时的文件或上报包，或者与定稿证明上的指纹对照；不要把这份当作定稿使用。"
            dialogs.tell(self._window, f"{doubts[0]}。", words)


class PageLock:
    """Makes what stands on a page read-only, and gives it back as it was."""

    def __init__(self) -> None:
        self._undo: dict[int, list[Callable[[], object]]] = {}

    def apply(self, page: Page, is_frozen: bool) -> None:
        """After every refresh of the page, which sets the states of its own widgets."""
        for restore in self._undo.pop(id(page), []):
            restore()
        if is_frozen and page.key not in _FREE:
            self._undo[id(page)] = [
                undo for one in page.findChildren(QWidget) if (undo := _locked(one, page))
            ]

    def forget(self) -> None:
        """The pages are gone."""
        self._undo.clear()


def _locked(one: QWidget, page: Page) -> Callable[[], object] | None:
    if isinstance(one, QLineEdit | QTextEdit | QPlainTextEdit):
        if one.isReadOnly() or isinstance(one.parentWidget(), QComboBox | QAbstractSpinBox):
            return None
        one.setReadOnly(True)
        return lambda: one.setReadOnly(False)
    if isinstance(one, QAbstractItemView):
        triggers = one.editTriggers()
        if triggers == QAbstractItemView.EditTrigger.NoEditTriggers:
            return None
        one.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        return lambda: one.setEditTriggers(triggers)
    is_step = one in (page.back_button, page.next_button) or bool(one.property(STAYS))
    changes = isinstance(one, QComboBox | QAbstractSpinBox | QCheckBox | QAbstractButton) and not is_step
    if changes and one.isEnabled():
        one.setEnabled(False)
        return lambda: one.setEnabled(True)
    return None
