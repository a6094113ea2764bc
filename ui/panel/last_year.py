"""上年: last year's text of this section with what differs marked, or last year's numbers of the line under the cursor."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ui.kit import theme, widgets
from ui.narrative.last_year import LastYearText
from ui.pages.page import Figure, Page, scrolling
from ui.panel.tab import Tab
from ui.state.controller import Controller

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class LastYearTab(Tab):
    """A text is compared by its own editor, and only while this tab is seen."""

    key, words = "last", "上年"
    hint = "上年报告的这一部分，不同的地方有记号（Shift+F9）"

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self.head = widgets.note()
        self.head.setContentsMargins(theme.STEP, 0, theme.STEP, 0)  # over the text, which has these margins
        self.column.addWidget(self.head)
        self._texts: dict[str, LastYearText] = {}  # by page: laid out once, not at each look
        self.figures, self._nothing = FiguresView(), QWidget()
        self.stack = QStackedWidget()
        for one in (self.figures, self._nothing):
            self.stack.addWidget(one)
        controller.document_replaced.connect(self._forget)
        self.column.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, theme.STEP // 2)
        foot.addStretch(1)
        foot.addWidget(widgets.link("换一份上年报告…", lambda: self.command.emit("prior")))
        self.column.addLayout(foot)

    def shut(self) -> None:
        """Of another tab's, the text is compared no more; a page that was left is compared again when it is shown."""
        if self.page is not None and self.page.isVisible() and self.controller.has_document:
            self.page.compare_with(None)
        super().shut()

    @property
    def text(self) -> LastYearText:
        """Last year's text beside the page that is shown."""
        key = self.page.key if self.page is not None else ""
        if key not in self._texts:
            self._texts[key] = LastYearText()
            self.stack.addWidget(self._texts[key])
        return self._texts[key]

    def _forget(self) -> None:
        self.stack.setCurrentWidget(self._nothing)
        for one in self._texts.values():
            self.stack.removeWidget(one)
            one.deleteLater()
        self._texts.clear()

    def refresh(self) -> None:
        page = self.page
        if page is None or not self.controller.has_document:
            return
        prior = self.controller.document.prior
        if prior is None:
            self._say("没有上年报告，不能对照。", self._nothing)
        elif page.compare_with(self.text):
            self._say(f"{prior.year}年年报　红底：今年没有　绿虚线：上年没有", self.text)
        else:
            self._show_figures(page, prior.year)

    def _show_figures(self, page: Page, year: int) -> None:
        name, figures = page.figures_here()
        if figures:
            self._say(f"{year}年年报　{name}", self.figures)
            self.figures.show_figures(figures)
        else:
            self._say(f"{year}年年报里没有可以对照的内容。", self._nothing)

    def _say(self, words: str, shown: QWidget) -> None:
        self.head.setText(words)
        self.stack.setCurrentWidget(shown)

    def first_focus(self) -> QWidget:
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, LastYearText) else self


class FiguresView(QWidget):
    """A line for each number: its name, last year's, this year's, the change."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Sequence[Figure] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._sheet = QWidget()
        self._grid = QGridLayout(self._sheet)
        self._grid.setContentsMargins(theme.STEP, theme.STEP, theme.STEP, theme.STEP)
        self._grid.setHorizontalSpacing(theme.STEP * 2)
        self._grid.setVerticalSpacing(theme.STEP // 2)
        self._grid.setColumnStretch(0, 1)
        area = scrolling(self._sheet)
        for one in (self._sheet, area.viewport()):
            widgets.on_desk(one)
        column.addWidget(area)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        if figures == self._shown:
            return
        self._shown = figures
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._add_row(0, ("", "上年", "本年", "变化"), is_head=True)
        for row, figure in enumerate(figures, 1):
            self._add_row(row, figure)
        self._grid.setRowStretch(len(figures) + 1, 1)

    def _add_row(self, row: int, words: Sequence[str], is_head: bool = False) -> None:
        for column, text in enumerate(words):
            made: QLabel = widgets.note(text) if is_head or column in (0, 3) else widgets.label(text)
            made.setWordWrap(column == 0 or len(text) > 8)
            self._grid.addWidget(made, row, column, _RIGHT if column else _LEFT)

    @property
    def rows(self) -> list[Figure]:
        return list(self._shown or ())
