"""申请登记 at the page of 表三: opens the sheet over the table, keeps the line about it, proposes what is counted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.form.model import CellRef, Section, Value
from app.register import tally
from ui.kit import dialogs
from ui.register.line import RegisterLine
from ui.register.model import COLUMNS
from ui.state.controller import Controller
from ui.tables.proposal import Proposal, from_values
from ui.tables.table_panel import TablePanel

if TYPE_CHECKING:
    from ui.register.sheet import RegisterSheet

_LOOK, _COUNT = 0, 1  # answers
_MOST_TOLD = 6  # lines named in the question; the rest are counted


class RegisterActions(QObject):
    """Belongs to one page; the sheet is built when it is first wanted. `shown` tells whether it stands over the table."""

    shown = Signal(bool)

    def __init__(
        self, controller: Controller, section: Section, panel: TablePanel, body: QVBoxLayout
    ) -> None:
        super().__init__(panel)
        self._controller = controller
        self._section = section
        self._panel = panel
        self._body = body
        self.sheet: RegisterSheet | None = None
        self.is_read_only = False
        self.line = RegisterLine(controller)
        self.line.lines_wanted.connect(self.open)
        self.line.counted_wanted.connect(self.propose)
        panel.current.connect(self.line.follow)
        self.line.setParent(panel)  # until the panel beside takes it
        self.line.hide()

    @property
    def open_sheet(self) -> "RegisterSheet | None":
        """The sheet while it stands over the table."""
        return None if self.sheet is None or self.sheet.isHidden() else self.sheet

    @property
    def is_open(self) -> bool:
        return self.open_sheet is not None

    def set_read_only(self, is_read_only: bool) -> None:
        self.is_read_only = is_read_only
        self.line.set_read_only(is_read_only)
        if self.sheet is not None:
            self.sheet.set_read_only(is_read_only)

    def open(self, rows: tuple[int, ...] = ()) -> None:
        """The lines in place of the table; the keyboard goes to these, or to the empty line."""
        if self.sheet is None:
            from ui.register.sheet import RegisterSheet

            self.sheet = RegisterSheet(self._controller, self._section.key, self._section.table_name)
            self.sheet.closed.connect(self.close)
            self.sheet.counted_wanted.connect(self.propose)
            self.sheet.message.connect(self._controller.message)
            self.sheet.set_read_only(self.is_read_only)
            self._body.addWidget(self.sheet, 1)
        self._panel.take_over()
        self._panel.hide()
        self._panel.tools.hide()
        self.shown.emit(True)
        self.sheet.show()
        self.sheet.show_lines(rows)
        self.sheet.view.setFocus()

    def close(self) -> None:
        """Back to the table."""
        if self.sheet is None or self.sheet.isHidden():
            return
        self.sheet.take_over()
        self.sheet.hide()
        self._panel.show()
        self._panel.tools.show()
        self.shown.emit(False)
        self.refresh()
        self._panel.first_focus().setFocus()

    def refresh(self) -> None:
        if (sheet := self.open_sheet) is not None:
            sheet.refresh()

    def refresh_line(self) -> None:
        """It is seen beside the table."""
        self.line.refresh()

    def show_cell(self, _ref: CellRef) -> None:
        self.close()

    def propose(self) -> None:
        """What the register counts, shown in the cells of the table before it is written."""
        if not self._may_count():
            return
        self.close()
        document = self._controller.document
        changes = tally.changes(document.report)
        if not changes:
            self._controller.message.emit("申请登记与本表一致，没有要改的")
            return
        self._panel.proposal_view.ask(self._proposal(changes))

    def _may_count(self) -> bool:
        """Lines that are not finished or cannot be read are told by number before anything is counted."""
        if self.sheet is not None:
            self.sheet.take_over()
        told = self._faults()
        if not told:
            return True
        words = [f"第{row + 1}行：{'；'.join(said)}。" for row, said in sorted(told.items())]
        if len(words) > _MOST_TOLD:
            words[_MOST_TOLD:] = [f"还有{len(words) - _MOST_TOLD}行。"]
        answer = dialogs.ask(
            self._panel.window(),
            f"申请登记有{len(told)}行没有写完或要改。",
            "\n".join(words),
            ["先看登记", "照样填入", "取消"],
        )
        if answer == _LOOK:
            self.open((min(told),))
        return answer == _COUNT

    def _faults(self) -> dict[int, list[str]]:
        """Number of a line → what is wrong with it."""
        report = self._controller.document.report
        told: dict[int, list[str]] = {}
        for (row, column), draft in self.sheet.lines.drafts.items() if self.sheet is not None else ():
            told.setdefault(row, []).append(f"{COLUMNS[column].heading}“{draft.text}”看不懂，没有收下")
        for row, one in enumerate(report.register):
            if said := tally.faults(one, report.year, report.form):
                told.setdefault(row, []).extend(said)
        return told

    def _proposal(self, changes: dict[CellRef, Value | None]) -> Proposal:
        document = self._controller.document
        report = document.report
        found = tally.tally(report)
        inputs = [ref for ref in changes if ref not in document.totals]
        over = sum(report[ref] is not None for ref in inputs)
        words = f"登记了{len(report.register)}件：将填写{len(inputs)}格，没有登记的填0，合计随着算"
        words += f"，其中{over}格改动已填的数（黄底）。" if over else "。"
        if found.left_out:
            named = "、".join(str(number + 1) for number in found.left_out[:8])
            words += f"第{named}行没有计入，请先看登记。"
        name = f"按登记填写{self._section.table_name}"
        done = f"已按申请登记填写{len(inputs)}格，可以撤销"
        return from_values(document, changes, name, words, f"填入{len(inputs)}格", done)
