"""The preview as a panel of the window: at the right or below, floating or hidden, as the clerk last had it."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow

from ui.kit import theme, widgets
from ui.kit.qt_gaps import show_own_title
from ui.pages.page import Page
from ui.printing.preview import Preview
from ui.state.controller import Controller
from ui.state.section_states import EXPORT, START

_WIDTH, _NARROWEST = 460, 420  # logical pixels with which the words of a page can be read
_TIGHTEST_FORM = 620  # logical pixels without which the list of sections and a page cannot be worked in
_FORM = 1000  # logical pixels that the list of sections and a whole 表三 want beside it
_ALONE = (START, EXPORT)  # nothing to print there, or a preview of its own


class PreviewDock(QDockWidget):
    """Shown on every page that is printed, when the clerk wants it."""

    def __init__(self, controller: Controller, window: QMainWindow) -> None:
        super().__init__("预览", window)
        self.setObjectName("preview")
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea | Qt.DockWidgetArea.BottomDockWidgetArea)
        self._controller = controller
        self._window = window
        self._page: Page | None = None
        self.preview = Preview(controller)
        self.preview.column.setContentsMargins(theme.STEP, theme.STEP // 2, theme.STEP // 2, 0)
        widgets.on_paper(self.preview)
        for words, hint, call in (
            ("浮动", "放到单独的窗口里，或放回来", lambda: self.setFloating(not self.isFloating())),
            ("隐藏", "隐藏预览（F9）", self.toggle),
        ):
            button = widgets.link(words, call)
            button.setToolTip(hint)
            button.setAccessibleName(f"{words}预览")
            self.preview.bar.addWidget(button)
        self.setTitleBarWidget(widgets.on_paper(widgets.line()))
        self.setWidget(self.preview)
        self.preview.setMinimumSize(_NARROWEST, 160)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
        self.topLevelChanged.connect(self._on_floating)
        controller.changed.connect(self.preview.refresh)

    @property
    def is_wanted(self) -> bool:
        return bool(self._controller.preference("preview", False))

    def toggle(self) -> None:
        """F9: there or not there; remembered."""
        is_shown = self.isVisible()
        self._controller.set_preference("preview", not is_shown)
        if self._page is not None:
            self.follow(self._page)
            if is_shown:
                self._page.first_focus().setFocus()
            elif self._page.key in _ALONE:
                self._controller.message.emit("填写各部分时，预览显示在旁边")

    def follow(self, page: Page) -> None:
        """Another page of the form is shown."""
        self._page = page
        is_wanted = self._controller.has_document and page.key not in _ALONE and self.is_wanted
        if is_wanted and not self.isFloating() and not self._has_room:
            self.setFloating(True)  # beside it nobody could fill in the form
        self.setVisible(is_wanted)
        if self.isVisible():
            self.preview.show_section(page.key)

    @property
    def _has_room(self) -> bool:
        """Whether the form keeps room to work in, at the size of the type that the clerk chose."""
        return self._window.width() >= _NARROWEST + round(_TIGHTEST_FORM * theme.SCALE)

    def _on_floating(self, is_floating: bool) -> None:
        if is_floating:
            show_own_title(self)
            self.resize(max(self.width(), 520), max(self.height(), 640))
        else:
            self.setTitleBarWidget(widgets.on_paper(widgets.line()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.preview.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous():
            self._controller.set_preference("preview", False)
        super().closeEvent(event)

    # -- remembered ----------------------------------------------------------------------------------------------------

    def restore(self) -> None:
        """Where it was; below the form in a window that is higher than wide."""
        kept = self._controller.preference("docks", "")
        if isinstance(kept, str) and kept:
            self._window.restoreState(QByteArray.fromBase64(kept.encode("ascii", "ignore")))
        elif self._window.height() > self._window.width():
            self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        else:
            room = self._window.width() - round(_FORM * theme.SCALE)
            width = max(_NARROWEST, min(_WIDTH, room))
            self._window.resizeDocks([self], [width], Qt.Orientation.Horizontal)

    def keep(self) -> None:
        self._controller.set_preference("docks", bytes(self._window.saveState().toBase64().data()).decode())
