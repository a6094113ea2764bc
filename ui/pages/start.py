"""开始: the ways into a report, what a crash left behind, and how far the open one is."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.session import clock
from app.signoff import signing
from ui.kit import theme, widgets
from ui.kit.typed_fields import today
from ui.pages.page import Page, scrolling
from ui.state.controller import Controller, RecentReport
from ui.state.section_states import START, progress, progress_words

_MOST_RECENT = 6
_STEPS = (
    ("读入去年的报告", "对照原文核对读到的数；结转数和文字带到今年。"),
    ("填表格、改文字", "数字边填边核对，沿用上年的地方标明“待更新”，改好或者确认。"),
    ("检查", "前后矛盾逐条列出：能改的一键修复，不改的写明理由。"),
    ("送签、定稿、导出", "打印送签单，登记签发，定稿以后导出 Word 和 PDF。"),
)


class StartPage(Page):
    """Works with and without an open report."""

    from_last_year = Signal()
    blank = Signal()
    open_other = Signal()
    example_wanted = Signal()
    close_wanted = Signal()
    file_wanted = Signal(object)  # Path
    recovery_wanted = Signal(object)
    discard_wanted = Signal(object)
    continue_wanted = Signal()

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller, START, "政府信息公开工作年度报告")
        content = QWidget()
        content.setMaximumWidth(760)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, theme.STEP, theme.STEP, theme.STEP)
        self._column.setSpacing(theme.STEP)
        self._clock = _part(self._column)
        self._recovery = _part(self._column)
        self._current = _part(self._column)
        self._add_ways()
        self._recent = _part(self._column)
        self._column.addStretch(1)
        self.body.addWidget(scrolling(content), 1)
        self.back_button.hide()
        self.next_button.hide()
        self.foot_note.setText("也可以把文件拖到这个窗口里。不联网，报告只保存在这台电脑上。")

    def _add_ways(self) -> None:
        self.from_button = widgets.primary("从去年的报告开始（推荐）", self.from_last_year.emit)
        self.blank_button = widgets.button("新建空白报告", self.blank.emit)
        self.open_button = widgets.button("打开…", self.open_other.emit)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        for button in (self.from_button, self.blank_button, self.open_button):
            row.addWidget(button)
        self.example_button = widgets.link("看看示例", self.example_wanted.emit)
        self.example_button.setToolTip("打开一份写完的报告看看，不影响您自己的报告")
        row.addWidget(self.example_button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(
            widgets.note(
                "读入去年的年报（Word、PDF、网页、Excel、文本都可以），结转数和文字自动带到今年，其余逐项填写。"
            )
        )

    # -- showing -------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._show_current()

    def say(self, words: str) -> None:
        """The line at the foot of this page is its own."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.look_around)  # files are looked at after the first paint

    def look_around(self) -> None:
        """Read what there is: a clock that is wrong, unsaved work, recent reports."""
        self._show_clock()
        self._show_recoveries()
        self._show_recent()

    def _show_clock(self) -> None:
        _clear(self._clock)
        if words := clock.doubt(today()):
            box = _Box("请先看一下电脑的日期")
            box.add(words)
            self._clock.addWidget(box)

    def _show_recoveries(self) -> None:
        items = self.controller.recoverable()
        _clear(self._recovery)
        if not items:
            return
        box = _Box("上次没有正常关闭，这些内容还没有保存：")
        for number, item in enumerate(items):
            where = f"比“{item.target}”里的新" if item.target else "从来没有保存过"
            words = f"{item.title}　{_when(item.saved)}，{where}"
            style = theme.BUTTON if number else theme.PRIMARY
            restore = widgets.button("恢复", partial(self.recovery_wanted.emit, item), style)
            drop = widgets.link("不要了", partial(self.discard_wanted.emit, item))
            restore.setAccessibleName(f"恢复{item.title}")
            drop.setAccessibleName(f"不要{item.title}")
            box.add(words, drop, restore)
            if number == 0:
                self._restore_button = restore
        self._recovery.addWidget(box)
        box.show()  # what is not yet visible takes no focus
        if self.window().focusWidget() is self.from_button:  # also while the window is not yet in front
            self._restore_button.setFocus()

    def _show_current(self) -> None:
        _clear(self._current)
        self.example_button.setVisible(True)
        if not self.controller.has_document:
            return
        document = self.controller.document
        is_example = self.controller.is_example
        self.example_button.setVisible(not is_example)
        is_looked_at = is_example or document.report.is_frozen
        box = _Box(f"{'正在看' if is_looked_at else '正在编写'}：{self.controller.title}")
        state = progress(document)
        if is_example:
            close = widgets.button("关闭示例", self.close_wanted.emit)
            box.add(progress_words(state), close, widgets.primary("继续看", self.continue_wanted.emit))
            box.add("可以随便看、随便改，不影响您自己的报告。")
            self._current.addWidget(box)
            return
        if document.report.is_frozen:
            words, on = signing.final_words(document.report), "继续看"
        else:
            words, on = progress_words(state), "继续编写"
        box.add(words, widgets.primary(on, self.continue_wanted.emit))
        deadline = document.check_settings.deadline(document.report.year)
        box.add(_deadline_words(deadline, today()))
        self._current.addWidget(box)
        self.from_button.setStyleSheet(theme.BUTTON)

    def _show_recent(self) -> None:
        _clear(self._recent)
        reports = self.controller.recent(_MOST_RECENT)
        if not reports:
            if not self.controller.has_document:
                self._recent.addWidget(_Steps())
            return
        self._recent.addSpacing(theme.STEP)
        self._recent.addWidget(widgets.heading("最近的报告"))
        for report in reports:
            self._recent.addWidget(self._recent_row(report))

    def _recent_row(self, report: RecentReport) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.STEP)
        opener = widgets.link(report.title, lambda: self.file_wanted.emit(report.path))
        opener.setToolTip(str(report.path))
        layout.addWidget(opener)
        layout.addWidget(widgets.Elided(report.state, theme.SMALL), 3)
        layout.addWidget(widgets.Elided(_short(report.path.parent), theme.SMALL), 2)
        return row

    def first_focus(self) -> QWidget:
        return self.from_button


class _Steps(QWidget):
    """What the afternoon will be, for the clerk who has never seen the program."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.STEP * 3, 0, 0)
        grid.setHorizontalSpacing(theme.STEP * 2)
        grid.setVerticalSpacing(theme.STEP if theme.is_compact() else theme.STEP * 2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(widgets.heading("从头到尾四步"), 0, 0, 1, 2)
        for row, (title, words) in enumerate(_STEPS, 1):
            number = widgets.label(str(row), theme.LARGE, theme.ACCENT, bold=True)
            number.setWordWrap(False)
            grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignTop)
            column = QVBoxLayout()
            column.setSpacing(theme.STEP // 4)
            for line in (widgets.label(title, bold=True), widgets.note(words)):
                line.setWordWrap(False)  # so high at least, where the page is scrolled
                column.addWidget(line)
            grid.addLayout(column, row, 1)


class _Box(QFrame):
    """A quiet frame around what belongs together."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setStyleSheet(theme.CARD)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(
            theme.STEP * 2, theme.STEP * 3 // 2, theme.STEP * 2, theme.STEP * 3 // 2
        )
        self._layout.setSpacing(theme.STEP)
        self._layout.addWidget(widgets.label(title, bold=True))

    def add(self, words: str, *buttons: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        row.addWidget(widgets.label(words), 1)
        for button in buttons:
            row.addWidget(button)
        self._layout.addLayout(row)


def _part(column: QVBoxLayout) -> QVBoxLayout:
    part = QVBoxLayout()
    part.setSpacing(theme.STEP // 2)
    column.addLayout(part)
    return part


def _clear(part: QVBoxLayout) -> None:
    while (item := part.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _when(moment: object) -> str:
    return f"{moment:%m}月{moment:%d}日 {moment:%H:%M}"


def _short(folder: Path) -> str:
    """A folder from the user's own on."""
    try:
        inside = folder.relative_to(Path.home())
        return str(inside) if inside.parts else "用户文件夹"
    except ValueError:
        return str(folder)


def _deadline_words(deadline: date, today: date) -> str:
    left = (deadline - today).days
    day = f"{deadline.year}年{deadline.month}月{deadline.day}日"
    if left < -60:  # an old report: nobody waits for it any more
        return f"公布期限：{day}"
    if left > 0:
        return f"公布期限：{day}，还有{left}天"
    return f"公布期限：{day}，就是今天" if left == 0 else f"公布期限：{day}，已过{-left}天"
