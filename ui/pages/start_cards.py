"""The parts of the start page: what a crash left as a strip, the report at hand, the four steps and the recent reports as cards."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit import theme, widgets
from ui.kit.bar import Bar
from ui.kit.sheet import Sheet
from ui.state.recent_reports import RecentReport

_STEPS = (
    ("导入去年的报告", "对照原文核对读到的数"),
    ("填表格、改文字", "沿用上年的地方标“待更新”"),
    ("检查", "一键修复，不改的写明理由"),
    ("送签、导出", "打印送签单，导出 Word 和 PDF"),
)


class Card(Sheet):
    """A sheet that stands out from the page; what belongs together is put into `column`."""

    def __init__(self) -> None:
        super().__init__()
        side = 16 if theme.is_compact() else 28
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(side, side * 3 // 4, side, side * 3 // 4)
        self.column.setSpacing(theme.STEP // 2 if theme.is_compact() else theme.STEP)


class Strip(Sheet):
    """A quiet line over everything else: words at the left, plain buttons at the right."""

    def __init__(self, ground: QColor, edge: QColor, strong: str, words: str, *buttons: QWidget) -> None:
        super().__init__(ground, edge, radius=8)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(theme.STEP)
        head = widgets.label(strong, bold=True)
        head.setWordWrap(False)
        row.addWidget(head)
        row.addWidget(widgets.Elided(words, theme.POINT_SIZE, theme.INK), 1)
        for button in buttons:
            row.addWidget(button)


class Notice(Sheet):
    """What has to be read before anything else: a line in bold, and sentences that wrap beneath it."""

    def __init__(self, strong: str, words: str) -> None:
        super().__init__(theme.WARNING_SOFT, theme.WARNING_EDGE, radius=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(widgets.label(strong, bold=True))
        column.addWidget(widgets.label(words))


class CurrentCard(Card):
    """The report at hand: how far it is, and the one way on. Beneath it the ways to another one."""

    def __init__(self, kind: str, title: str, lines: Sequence[str], share: float | None) -> None:
        super().__init__()
        self.column.addWidget(widgets.note(kind))
        self.column.addWidget(widgets.title(title))
        for line in lines:
            self.column.addWidget(widgets.note(line))
        if share is not None:
            bar = Bar()
            bar.set_share(share)
            self.column.addSpacing(4)
            self.column.addWidget(bar)
        self.column.addSpacing(4)

    def add_buttons(self, *buttons: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def add_others(self, words: str, *buttons: QWidget) -> None:
        """Something else than this."""
        self.column.addSpacing(theme.STEP)
        self.column.addWidget(widgets.line())
        self.column.addSpacing(theme.STEP // 2)
        self.column.addWidget(widgets.note(words))
        self.add_buttons(*buttons)


class StepsCard(Card):
    """What the afternoon will be, for the clerk who has never seen the program."""

    def __init__(self) -> None:
        super().__init__()
        self.column.addWidget(widgets.heading("从头到尾四步"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(theme.STEP if theme.is_compact() else 14)
        grid.setColumnStretch(1, 1)
        size = round(24 * theme.SCALE)
        for row, (title, words) in enumerate(_STEPS):
            number = widgets.label(str(row + 1), colour=theme.ACCENT_DEEP, bold=True)
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            number.setFixedSize(size, size)
            number.setObjectName("number")
            number.setStyleSheet(theme.NUMBER)
            grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignTop)
            column = QVBoxLayout()
            column.setSpacing(0)
            for line in (widgets.label(title, bold=True), widgets.note(words)):
                line.setWordWrap(False)  # so high at least, where the page is scrolled
                column.addWidget(line)
            grid.addLayout(column, row, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)


class RecentCard(Card):
    """A row for each report: what it is called, how far it is, when it was saved, in which folder."""

    def __init__(
        self, reports: Sequence[RecentReport], wanted: Callable[[Path], object], today: date
    ) -> None:
        super().__init__()
        self.column.setContentsMargins(8, 4, 16, 4)
        self.column.setSpacing(0)
        for number, report in enumerate(reports):
            if number:
                self.column.addWidget(widgets.line())
            self.column.addLayout(self._row(report, wanted, today))

    def _row(self, report: RecentReport, wanted: Callable[[Path], object], today: date) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        opener = widgets.link(report.title, lambda: wanted(report.path))
        opener.setToolTip(str(report.path))
        row.addWidget(opener)
        row.addStretch(1)
        for words, part in (
            (report.state, 5),
            (when_words(report.path, today), 2),
            (report.path.parent.name, 2),
        ):
            shown = widgets.Elided(words)
            shown.setToolTip(str(report.path) if part == 2 else words)
            row.addWidget(shown, part)
        return row


def when_words(path: Path, today: date) -> str:
    """When a file was saved: 今天 09:12, 昨天 17:40, 11月3日, 2024年11月3日; "" where it cannot be told."""
    try:
        saved = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    except OSError:
        return ""
    days = (today - saved.date()).days
    if days in (0, 1):
        return f"{('今天', '昨天')[days]} {saved:%H:%M}"
    year = "" if saved.year == today.year else f"{saved.year}年"
    return f"{year}{saved.month}月{saved.day}日"
