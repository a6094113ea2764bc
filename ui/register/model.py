"""申请登记 as Qt sees it: one row a line, one empty row to go on with, drafts of what could not be read. It holds no value of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.errors import UserError
from app.register import tally
from app.register.working_days import WORKING_DAYS
from app.report.model import Application
from app.session.document import ReportFrozen
from ui.kit import theme
from ui.kit.qt_gaps import Index
from ui.kit.typed_fields import today
from ui.state.controller import Controller

_NOWHERE = QModelIndex()
_TIME_LEFT = f"{WORKING_DAYS}个工作日到"  # what is said of a line whose time is not up
_YES = ("1", "是", "y", "Y", "√", "有", "结转")
_NO = ("", "0", "否", "n", "N", "无", "-")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a line: its heading, and what is told of it where it is typed."""

    field: str
    heading: str
    hint: str


COLUMNS = (
    Column("number", "登记号", "登记号：自己编的号，新的一行自动接着编"),
    Column("received_on", "收到日期", "收到日期：写成 3.5 或 {year}-3-5"),
    Column("applicant", "申请人", "申请人：输入序号或文字，从列表里选"),
    Column("result", "办理结果", "办理结果：输入序号（如 31）或文字；没有办完的空着"),
    Column("answered_on", "答复日期", "答复日期：写成 3.5 或 {year}-3-5"),
    Column("is_carried_in", "上年结转", "上年结转：按空格键改为“是”或空"),
    Column("note", "备注", f"备注：{tally.PRIVACY}"),
)
NUMBER, RECEIVED, APPLICANT, RESULT, ANSWERED, CARRIED, NOTE = range(len(COLUMNS))


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    reason: str
    line: Application | None  # the line as it stood then; when it changes otherwise, the draft is past


class RegisterModel(QAbstractTableModel):
    """Rows are the lines of `Report.register`; the last one is empty and becomes a line by what is typed into it."""

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self.document = controller.document
        self.form_id = self.document.report.form
        self.applicants = tally.applicants(self.form_id)
        self.results = tally.results(self.form_id)
        self.drafts: dict[tuple[int, int], Draft] = {}
        self.is_read_only = False  # after 定稿: the lines can be read and not changed
        self._lines = self.document.report.register
        self._problems: dict[Application, tuple[str, ...]] = {}

    # -- what Qt asks --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines) + 1

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return shown if self.is_read_only else shown | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(row, column, is_shown=role == Qt.ItemDataRole.DisplayRole)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(self.problems(row)) or self.text(row, column, is_shown=True)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            problems = "；".join(self.problems(row))
            said = (
                f"第{row + 1}行，{COLUMNS[column].heading}：{self.text(row, column, is_shown=True) or '空'}"
            )
            return said + (f"。{problems}" if problems else "")
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.ERROR if (row, column) in self.drafts else self._ink(row, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Horizontal:
                return COLUMNS[section].heading
            return str(section + 1) if section < len(self._lines) else "＋"
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return self.hint(section)
        return None

    def setData(self, index: Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        return role == Qt.ItemDataRole.EditRole and not self.enter(index.row(), index.column(), str(value))

    def _ground(self, row: int, column: int) -> object:
        if (row, column) in self.drafts:
            return theme.ERROR_SOFT
        return theme.WARNING_SOFT if column == NUMBER and self.is_warned(row) else None

    def _ink(self, row: int, column: int) -> object:
        is_faint = row < len(self._lines) and column == RESULT and not self._lines[row].result
        return theme.FAINT if is_faint else None

    def hint(self, column: int) -> str:
        """How a field is typed."""
        return COLUMNS[column].hint.format(year=self.document.report.year)

    # -- lines ---------------------------------------------------------------------------------------------------------

    def line(self, row: int) -> Application | None:
        return self._lines[row] if row < len(self._lines) else None

    def text(self, row: int, column: int, is_shown: bool = False) -> str:
        """What a cell shows, or what its editor opens with: a code is shorter to type than its label."""
        draft = self.drafts.get((row, column))
        one = self.line(row)
        if draft is not None:
            return draft.text
        if one is None:
            return ""
        value = getattr(one, COLUMNS[column].field)
        if column in (RECEIVED, ANSWERED):
            return tally.date_words(value)
        if column == CARRIED:
            return "是" if value else ""
        if column in (APPLICANT, RESULT):
            return self._choice_text(self.choices(column), value, is_shown)
        return str(value)

    def _choice_text(self, choices: Sequence[tally.Choice], key: str, is_shown: bool) -> str:
        if not key:
            return tally.OPEN if is_shown and choices is self.results else ""
        label = tally.label_of(choices, key)
        return label if is_shown else next((one.words for one in choices if one.key == key), label)

    def choices(self, column: int) -> tuple[tally.Choice, ...]:
        return self.results if column == RESULT else self.applicants if column == APPLICANT else ()

    def problems(self, row: int) -> tuple[str, ...]:
        """What is said of a line; computed once for each state of it."""
        one = self.line(row)
        drafts = tuple(draft.reason for (line, _), draft in self.drafts.items() if line == row)
        if one is None:
            return drafts
        if one not in self._problems:
            year = self.document.report.year
            self._problems[one] = tally.problems(one, year, self.form_id, today())
        return (*drafts, *self._problems[one])

    def is_warned(self, row: int) -> bool:
        """Whether more is said of a line than when its time is up."""
        return any(
            not words.startswith(_TIME_LEFT) and "计入结转" not in words for words in self.problems(row)
        )

    # -- changes -------------------------------------------------------------------------------------------------------

    def reason(self, row: int, column: int, text: str) -> str:
        """Why a text cannot be taken, or ""."""
        try:
            self._reader(row, column)(text)
        except UserError as error:
            return str(error).rstrip("。")
        return ""

    def enter(self, row: int, column: int, text: str) -> str:
        """Take a typed text; what cannot be read stays as a draft, with its reason."""
        if self.is_read_only:
            return str(ReportFrozen())
        try:
            value = self._reader(row, column)(text)
        except UserError as error:
            self.drafts[row, column] = Draft(text, str(error).rstrip("。"), self.line(row))
            self._tell_row(row)
            self.controller.entries_changed.emit()
            return error.what
        had_draft = self.drafts.pop((row, column), None) is not None
        one = self.line(row)
        if one is None and not text.strip():
            self._tell_row(row)
            return ""
        field = COLUMNS[column].field
        old = one or Application(tally.next_number(self._lines) if column != NUMBER else "")
        made = replace(old, **{field: value})
        if column == RECEIVED and made.received_on is not None:
            made = replace(made, is_carried_in=made.received_on.year < self.document.report.year)
        self._put(row, one, made, f"登记第{row + 1}件")
        if had_draft:
            self.controller.entries_changed.emit()
        return ""

    def _put(self, row: int, old: Application | None, made: Application, name: str) -> None:
        for place, draft in self.drafts.items():  # the other drafts of this line stand
            if place[0] == row and draft.line == old:
                self.drafts[place] = replace(draft, line=made)
        lines = list(self._lines)
        lines[row : row + 1] = [made]
        self.document.put(name, register=tuple(lines))

    def toggle_carried(self, row: int) -> None:
        one = self.line(row)
        if one is not None and not self.is_read_only:
            made = replace(one, is_carried_in=not one.is_carried_in)
            self._put(row, one, made, f"登记第{row + 1}件")

    def remove(self, rows: Sequence[int]) -> int:
        """Take lines out of the register; how many."""
        gone = {row for row in rows if row < len(self._lines) and not self.is_read_only}
        if gone:
            kept = tuple(one for row, one in enumerate(self._lines) if row not in gone)
            first = min(gone)
            self.drafts = {place: draft for place, draft in self.drafts.items() if place[0] < first}
            self.document.put(f"删除{len(gone)}件申请登记", register=kept)
        return len(gone)

    def _reader(self, row: int, column: int) -> Callable[[str], Any]:
        one = self.line(row)
        year = self.document.report.year
        if column == RECEIVED:
            of = year - 1 if one is not None and one.is_carried_in else year
            return lambda text: tally.read_date(text, of)
        if column == ANSWERED:
            received = one.received_on if one is not None else None
            return lambda text: tally.read_date(text, year, received)
        if column in (APPLICANT, RESULT):
            choices = self.choices(column)
            return lambda text: tally.read_choice(text, choices, tally.OPEN)
        if column == CARRIED:
            return _yes
        return str.strip

    # -- refreshing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Follow the document: rows come and go at the end, so that an open editor is not torn away."""
        lines = self.document.report.register
        if lines is self._lines:
            return
        before, after = len(self._lines), len(lines)
        if after > before:
            self.beginInsertRows(_NOWHERE, before + 1, after)
            self._lines = lines
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(_NOWHERE, after + 1, before)
            self._lines = lines
            self.endRemoveRows()
        self._lines = lines
        self._problems = {one: said for one, said in self._problems.items() if one in lines}
        self.drafts = {
            (row, column): draft
            for (row, column), draft in self.drafts.items()
            if row <= after and self.line(row) == draft.line
        }
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def _tell_row(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))


def _yes(text: str) -> bool:
    plain = text.strip()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise UserError(f"“{plain}”看不懂", "请写“是”，不是的空着")
