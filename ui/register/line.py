"""Beside 表三: whether it says what 申请登记 counts, and which applications make up the cell under the cursor."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.form.model import CellRef
from app.register import tally
from app.report.entry import show_value
from app.report.model import Application, Report
from ui.kit import theme, widgets
from ui.state.controller import Controller

_MOST_NAMED = 4
_AFTER = 80  # ms after a cell changed


class RegisterLine(QWidget):
    """Hidden while nothing is registered. Never a finding: the table may know more than the register."""

    lines_wanted = Signal(tuple)  # numbers of lines to be shown in the register
    counted_wanted = Signal()

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self._document = controller.document
        self._report: Report | None = None
        self._tally = tally.Tally()
        self._differences: dict[CellRef, tally.Difference] = {}
        self._current: CellRef | None = None
        self.is_read_only = False
        self.text = widgets.note()
        self.show_button = widgets.link("看登记", self._show)
        self.fill_button = widgets.link("按登记填…", self.counted_wanted.emit)
        self.fill_button.is_passed_by = True
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP, 0, theme.STEP, 0)
        column.setSpacing(0)
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        row.addWidget(self.show_button)
        row.addWidget(self.fill_button)
        row.addStretch(1)
        column.addLayout(row)
        self._later = QTimer(self)  # typing in the table never waits for it
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER)
        self._later.timeout.connect(self._compare)

    def follow(self, ref: CellRef) -> None:
        """The cell under the cursor."""
        self._current = ref
        if self.isVisible():
            self._say()

    def set_read_only(self, is_read_only: bool) -> None:
        self.is_read_only = is_read_only
        self._show_fill_button()

    def refresh(self) -> None:
        report = self._controller.document.report
        has_lines = bool(report.register)
        self.setVisible(has_lines)
        if not has_lines or report is self._report:
            return
        old = self._report
        if old is None or old.register is not report.register or old.year != report.year:
            self._tally = tally.tally(report)
            self._compare()
        else:
            self._later.start()

    def _compare(self) -> None:
        """Hold the table against the register and say what comes of it."""
        if not self._controller.has_document or self._controller.document is not self._document:
            return
        self._report = self._controller.document.report
        found = tally.differences_of(self._report, self._tally)
        self._differences = {one.ref: one for one in found}
        self._say()

    @property
    def lines_here(self) -> tuple[int, ...]:
        return self._tally.lines.get(self._current, ()) if self._current else ()

    def _say(self) -> None:
        count = len(self._differences)
        self._show_fill_button()
        here = self.lines_here
        self.show_button.setText(f"看这{len(here)}件" if here else "看登记")
        words = f"申请登记与本表有{count}处不同" if count else "申请登记与本表一致"
        one = self._differences.get(self._current) if self._current else None
        if one is not None:
            stands = show_value(one.stands) or "空白"
            words += f"　本格填的是{stands}，登记有{one.counted}件"
        if here:
            words += f"　本格登记：{self._named(here)}"
        if left := len(self._tally.left_out):
            words += f"　另有{left}件没有计入"
        self.text.setText(words)

    def _show_fill_button(self) -> None:
        self.fill_button.setVisible(bool(self._differences) and not self.is_read_only)

    def _named(self, numbers: tuple[int, ...]) -> str:
        lines = self._controller.document.report.register
        named = "、".join(_name(lines[number], number) for number in numbers[:_MOST_NAMED])
        return named + (f"等{len(numbers)}件" if len(numbers) > _MOST_NAMED else "")

    def _show(self) -> None:
        self.lines_wanted.emit(self.lines_here)


def _name(one: Application, number: int) -> str:
    """2025-003（3月5日收）."""
    day = f"（{one.received_on.month}月{one.received_on.day}日收）" if one.received_on else ""
    return (one.number or f"第{number + 1}行") + day
