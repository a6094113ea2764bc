"""预览: the printed pages at the place being typed, wide enough to be read, or over the whole page."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.kit import theme, widgets
from ui.pages.page import Page
from ui.panel.tab import Tab
from ui.printing.preview import Preview
from ui.state.controller import Controller


class PreviewTab(Tab):
    """Made at its first look; the pages are made anew only while it is seen."""

    key, words, keys = "preview", "预览", "F9"
    hint = "打印出来的页面，边写边变（F9）"
    wished, least = 440, 420  # with which the words of a page can be read

    def __init__(self, controller: Controller, enlarge: Callable[[], object]) -> None:
        super().__init__(controller)
        self._enlarge = enlarge
        self._preview: Preview | None = None

    @property
    def preview(self) -> Preview:
        if self._preview is None:
            self._preview = Preview(self.controller)
            self._preview.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.enlarge_button = widgets.link("放大", self._enlarge)
            self.enlarge_button.setToolTip("盖住整个页面来看；再按一次或按 Esc 回来")
            self._preview.bar.addWidget(self.enlarge_button)
            self.column.addWidget(self._preview, 1)
            self.column.setContentsMargins(theme.STEP, theme.STEP // 2, 0, 0)
        return self._preview

    def open(self, page: Page) -> None:
        self.page = page
        self.preview.show_section(page.key)
        self.refresh()

    def refresh(self) -> None:
        if self.page is not None and self.controller.has_document:
            self.preview.refresh()

    def show_whole(self, is_whole: bool) -> None:
        self.enlarge_button.setText("缩小" if is_whole else "放大")
        self.enlarge_button.setAccessibleName("把预览放回旁边" if is_whole else "放大预览")

    def first_focus(self) -> QWidget:
        return self.preview.view
