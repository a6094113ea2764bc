"""开始: the ways into a report, what a crash left behind, and how far the open one is."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.session import clock
from app.signoff import signing
from ui.kit import theme, widgets
from ui.kit.typed_fields import today
from ui.pages.page import Page, scrolling
from ui.pages.start_cards import CurrentCard, Notice, RecentCard, StepsCard, Strip
from ui.state.controller import Controller
from ui.state.section_states import START, first_waiting, progress, progress_words

_MOST_RECENT = 6
_WIDEST = 920  # logical pixels that a line of cards takes


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
        self.title.hide()  # the card says what is at hand
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        self._column = QVBoxLayout(content)
        gap = theme.STEP if theme.is_compact() else theme.STEP * 2
        self._column.setContentsMargins(0, gap, theme.STEP, theme.STEP)
        self._column.setSpacing(gap)
        self._clock = _part(self._column)
        self._recovery = _part(self._column)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(gap)
        self._column.addLayout(self._cards)
        self._recent = _part(self._column)
        self._column.addStretch(1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(content, 1000)  # all the width up to its widest, in the middle
        row.addStretch(1)
        area = scrolling(middle)
        for ground in (self, middle, area.viewport()):
            widgets.on_desk(ground)
        self.body.addWidget(area, 1)
        self.back_button.hide()
        self.next_button.hide()
        super().say("也可以把文件拖到这个窗口里。不联网，报告只保存在这台电脑上。")
        self._shown: object = None
        self._recent_shown: object = None
        self._show_current()

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
            notice = Notice("请先看一下电脑的日期", words)
            self._clock.addWidget(notice)
            notice.show()

    def _show_recoveries(self) -> None:
        items = self.controller.recoverable()
        if not items and not self._recovery.count():
            return
        _clear(self._recovery)
        for number, item in enumerate(items):
            where = "比上次保存的新" if item.target else "从来没有保存过"
            words = f"{item.title}，{_when(item.saved)}自动存下，{where}"
            restore = widgets.button("恢复", partial(self.recovery_wanted.emit, item))
            drop = widgets.link("不要了", partial(self.discard_wanted.emit, item))
            restore.setAccessibleName(f"恢复{item.title}")
            drop.setAccessibleName(f"不要{item.title}")
            strip = Strip(theme.WARNING_SOFT, theme.WARNING_EDGE, "上次没有正常关闭", words, drop, restore)
            self._recovery.addWidget(strip)
            strip.show()  # what is not yet visible takes no focus
            if (
                number == 0 and self.window().focusWidget() is self.first_focus()
            ):  # also while not yet in front
                restore.setFocus()

    def _show_current(self) -> None:
        """The report at hand and the way on, else the ways to begin; one of them is the obvious one."""
        has_report = self.controller.has_document
        shown = self._report_shown() if has_report else bool(self.controller.settings.recent)
        if shown == self._shown:
            return  # what has the keyboard stays
        self._shown = shown
        _clear(self._cards)
        style = theme.BUTTON if has_report else theme.PRIMARY
        self.from_button = widgets.button("从去年的报告开始…", self.from_last_year.emit, style)
        self.blank_button = widgets.button("新建空白报告…", self.blank.emit)
        self.open_button = widgets.button("打开…", self.open_other.emit)
        self.example_button = widgets.link("看看示例", self.example_wanted.emit)
        self.example_button.setToolTip("打开一份写完的报告看看，不影响您自己的报告")
        self.continue_button: QPushButton | None = None
        card = self._report_card() if has_report else _beginning_card()
        others = [self.blank_button, self.open_button]
        if not self.controller.is_example:
            others.append(self.example_button)
        if has_report:
            card.add_others("或者开始另一份", self.from_button, *others)
        else:
            card.add_buttons(self.from_button)
            card.add_others("或者", *others)
        self._cards.addWidget(card, 3)
        card.show()  # what is not yet visible is passed by Tab
        if not has_report and not self.controller.settings.recent:
            self._cards.addWidget(StepsCard(), 2)

    def _report_shown(self) -> tuple[object, ...]:
        """All that the card of the report depends on."""
        controller, document = self.controller, self.controller.document
        return (
            controller.title,
            controller.is_example,
            progress(document),
            signing.final_words(document.report),
        )

    def _report_card(self) -> CurrentCard:
        document = self.controller.document
        is_example = self.controller.is_example
        is_looked_at = is_example or document.report.is_frozen
        shown = progress(document)
        deadline = _deadline_words(document.check_settings.deadline(document.report.year), today())
        if is_example:
            lines = [progress_words(shown), "可以随便看、随便改，不影响您自己的报告。"]
        elif document.report.is_frozen:
            lines = [signing.final_words(document.report), deadline]
        else:
            lines = [progress_words(shown), deadline]
        kind = "正在看" if is_looked_at else "正在编写"
        card = CurrentCard(kind, self.controller.title, lines, None if is_looked_at else shown.done)
        next_place = first_waiting(document)
        where = next_place.short_title if next_place else "导出"
        words = "继续看" if is_looked_at else f"继续：{where} ›"
        self.continue_button = widgets.primary(words, self.continue_wanted.emit)
        close = [widgets.button("关闭示例", self.close_wanted.emit)] if is_example else []
        card.add_buttons(self.continue_button, *close)
        return card

    def _show_recent(self) -> None:
        reports, day = self.controller.recent(_MOST_RECENT), today()
        shown = day, *((one, _written(one.path)) for one in reports)
        if shown == self._recent_shown:
            return
        self._recent_shown = shown
        _clear(self._recent)
        if reports:
            self._recent.addWidget(widgets.heading("最近的报告"))
            self._recent.addWidget(RecentCard(reports, self.file_wanted.emit, day))

    def first_focus(self) -> QWidget:
        return self.continue_button or self.from_button


def _beginning_card() -> CurrentCard:
    words = "导入去年的年报（Word、PDF、网页、Excel、文本都可以），结转数和文字自动带到今年，其余逐项填写。"
    return CurrentCard("政府信息公开工作年度报告", "从去年的报告开始", [words], None)


def _part(column: QVBoxLayout) -> QVBoxLayout:
    part = QVBoxLayout()
    part.setSpacing(theme.STEP // 2)
    column.addLayout(part)
    return part


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


def _clear(part: QBoxLayout) -> None:
    while (item := part.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _when(moment: object) -> str:
    return f"{moment:%m}月{moment:%d}日 {moment:%H:%M}"


def _deadline_words(deadline: date, today: date) -> str:
    left = (deadline - today).days
    day = f"{deadline.year}年{deadline.month}月{deadline.day}日"
    if left < -60:  # an old report: nobody waits for it any more
        return f"公布期限：{day}"
    if left > 0:
        return f"公布期限：{day}，还有{left}天"
    return f"公布期限：{day}，就是今天" if left == 0 else f"公布期限：{day}，已过{-left}天"
