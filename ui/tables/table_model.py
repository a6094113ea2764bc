"""One table of the form as Qt sees it: values, grounds, marks, words. It holds no value of its own, only drafts."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from app.form.model import CellRef, FormDefinition, Section, Severity, TableSpec, Value
from app.report.entry import parse_entry, show_value
from app.report.totals import running_sum
from app.session.document import ReportDocument
from app.session.rollover import LastYear
from ui.kit import theme
from ui.kit.palette import following
from ui.kit.qt_gaps import Index
from ui.state.controller import Controller
from ui.tables.marks import Mark

Place = tuple[int, int]  # row, column

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_GROUND = int(Qt.ItemDataRole.BackgroundRole)
_INK = int(Qt.ItemDataRole.ForegroundRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TYPED = _SHOWN | Qt.ItemFlag.ItemIsEditable
_NOWHERE = QModelIndex()

# How a cell looks is one small number, `kind + 4 * severity`, so that a refresh compares and a paint looks up.
PLAIN, BLANK, TOTAL, RUNNING = range(4)
_RANK = {Severity.INFO: 1, Severity.WARNING: 2, Severity.ERROR: 3}
DRAFT = 16  # a text that could not be read: as an error
PROPOSED, CHANGED = 20, 21  # what would be written: into a blank, over a value
SEVERITIES = (None, Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.ERROR, None)


def _brush(colour: QColor) -> QBrush:
    return following(QBrush(colour))


GROUNDS = [_brush(c) for c in (theme.PAPER, theme.BLANK, theme.COMPUTED, theme.COMPUTED)] * 2
GROUNDS += [_brush(theme.WARNING_SOFT)] * 4 + [_brush(theme.ERROR_SOFT)] * 4
INKS = [_brush(c) for c in (theme.INK, theme.INK, theme.INK, theme.FAINT)] * 3
INKS += [_brush(c) for c in (theme.ERROR, theme.ERROR, theme.ERROR, theme.FAINT)]
GROUNDS += [_brush(theme.ERROR_SOFT)] * 4 + [_brush(theme.ACCENT_SOFT), _brush(theme.PENDING)]
INKS += [_brush(theme.ERROR)] * 4 + [_brush(theme.ACCENT), _brush(theme.INK)]


class Draft(NamedTuple):
    """What was typed and could not be understood: it stays on the screen until it is mended or taken back."""

    text: str
    reason: str
    value: Value | None  # what the report held then; when that changes, the draft is past


class Shown(NamedTuple):
    text: str
    look: int


class TableModel(QAbstractTableModel):
    """Rows × columns of leaves of one TableSpec."""

    def __init__(
        self, controller: Controller, section: Section, table: TableSpec, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.controller = controller
        self.document: ReportDocument = controller.document  # a late commit must not reach the next one
        self.section = section
        self.table = table
        self.refs = [[CellRef(table.key, r.key, c.key) for c in table.leaf_columns] for r in table.leaf_rows]
        self.places = {ref: (r, c) for r, line in enumerate(self.refs) for c, ref in enumerate(line)}
        self.form: FormDefinition = self.document.form
        self.computed = frozenset(place for ref, place in self.places.items() if ref in self.document.totals)
        self.marks: dict[CellRef, Mark] = {}
        self._values: Mapping[CellRef, Value] = {}
        self._begun: set[int] = set()  # rows of which something is filled
        self.drafts: dict[CellRef, Draft] = {}
        self.proposed: Mapping[CellRef, Shown] = {}
        self.is_read_only = False  # after 定稿: the cells can be read and not changed
        self.last_year = LastYear(self.form)
        bold, light = theme.font(theme.GRID, bold=True), theme.font(theme.GRID)
        bold.setBold(True)
        light.setItalic(True)
        self.fonts: list[QFont | None] = [*[None, None, bold, light] * 4, None, None, None, None, bold, bold]
        self.shown: dict[Place, Shown] = {}
        self._kinds = [
            [(r, c) in self.computed for c in range(self.columnCount())] for r in range(self.rowCount())
        ]
        self.refresh({}, self.last_year)

    # -- what Qt asks --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.refs)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.refs[0])

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_fixed = self._kinds[index.row()][index.column()] or self.is_read_only
        return _SHOWN if is_fixed else _TYPED

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        place = index.row(), index.column()
        if role == _DISPLAY:
            return self.shown[place].text
        if role == _GROUND:
            return GROUNDS[self.shown[place].look]
        if role == _INK:
            return INKS[self.shown[place].look]
        if role == _FONT:
            return self.fonts[self.shown[place].look]
        if role == _ALIGN:
            return _RIGHT
        if role == _EDIT:
            return self.entry_text(self.refs[place[0]][place[1]])
        if role == _TIP:
            return self.explanation(self.refs[place[0]][place[1]])
        if role == _SPOKEN:
            return self.spoken(self.refs[place[0]][place[1]])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if role not in (_DISPLAY, _SPOKEN):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return _joined(self.table.path(self.refs[0][section])[1])
        return _joined(self.table.path(self.refs[section][0])[0])

    def setData(self, index: Index, value: object, role: int = _EDIT) -> bool:
        if role != _EDIT or not index.isValid() or (index.row(), index.column()) in self.computed:
            return False
        if self.is_read_only:
            return False
        return not self.enter(self.ref(index.row(), index.column()), str(value))

    # -- cells ---------------------------------------------------------------------------------------------------------

    def ref(self, row: int, column: int) -> CellRef:
        return self.refs[row][column]

    def place(self, ref: CellRef) -> Place:
        return self.places[ref]

    def index_of(self, ref: CellRef) -> QModelIndex:
        return self.index(*self.places[ref])

    @property
    def inputs(self) -> list[CellRef]:
        """The cells that the clerk fills, in printed order."""
        return [ref for ref, place in self.places.items() if place not in self.computed]

    def is_computed(self, ref: CellRef) -> bool:
        return self.places[ref] in self.computed

    def severity(self, ref: CellRef) -> Severity | None:
        """The worst that is said of a cell; a text that could not be read is an error."""
        return SEVERITIES[self.shown[self.places[ref]].look // 4]

    def entry_text(self, ref: CellRef) -> str:
        """What the editor opens with and what is copied: the value or the draft, never a running sum."""
        draft = self.drafts.get(ref)
        return draft.text if draft else show_value(self.document.report[ref])

    def enter(self, ref: CellRef, text: str) -> str:
        """Take a typed text: "" when it was understood, else the reason; the text is then kept as a draft."""
        entry = parse_entry(text, self.table.kind(ref))
        if entry.reason:
            self.set_drafts({ref: (text, entry.reason)})
            return entry.reason
        had_draft = self.drafts.pop(ref, None)
        if entry.value != self.document.report[ref]:
            self.document.set_values({ref: entry.value}, f"填写{self.name}")
        elif had_draft:
            self.refresh(self.marks, self.last_year)
        return ""

    def set_drafts(self, texts: dict[CellRef, tuple[str, str]]) -> None:
        """Keep texts that could not be read in sight, each with its reason."""
        values = self.document.report.values
        for ref, (text, reason) in texts.items():
            self.drafts[ref] = Draft(text, reason, values.get(ref))
        self.refresh(self.marks, self.last_year)
        self.controller.entries_changed.emit()

    @property
    def standing_drafts(self) -> dict[CellRef, Draft]:
        """The drafts whose cells the report has not changed meanwhile."""
        values = self.document.report.values
        return {ref: draft for ref, draft in self.drafts.items() if values.get(ref) == draft.value}

    def drop_drafts(self, refs: list[CellRef]) -> None:
        gone = [ref for ref in refs if self.drafts.pop(ref, None)]
        if gone:
            self.refresh(self.marks, self.last_year)
            self.controller.entries_changed.emit()

    @property
    def name(self) -> str:
        """How the table is called in undo: 表三."""
        return self.section.table_name or self.section.name

    # -- refreshing ----------------------------------------------------------------------------------------------------

    def refresh(self, marks: dict[CellRef, Mark], last_year: LastYear) -> None:
        """Look at every cell, compute those that may look different, tell Qt of those that do."""
        values = self.document.report.values
        self.last_year = last_year
        self.drafts = self.standing_drafts
        old_values, self._values = self._values, values
        old_marks, self.marks = self.marks, marks
        begun = {
            place[0] for ref, place in self.places.items() if ref in values and place not in self.computed
        }
        turned, self._begun = begun ^ self._begun, begun
        changed = []
        for ref, place in self.places.items():
            value = values.get(ref)
            before = self.shown.get(place)
            if (
                before is not None
                and value == old_values.get(ref)
                and (
                    value is not None or place not in self.computed
                )  # a running sum may change with its parts
                and place[0] not in turned
                and marks.get(ref) is old_marks.get(ref)
                and not self._was_draft(ref, before)
            ):
                continue
            shown = self._show(ref, place, value)
            if shown != before:
                self.shown[place] = shown
                changed.append(place)
        self._tell(changed)

    def set_proposed(self, proposed: Mapping[CellRef, Shown]) -> None:
        """Show these in place of what is, until others or none are given."""
        touched = [*self.proposed, *(ref for ref in proposed if ref not in self.proposed)]
        self.proposed = proposed
        values = self.document.report.values
        changed = []
        for ref in touched:
            place = self.places[ref]
            shown = self._show(ref, place, values.get(ref))
            if shown != self.shown[place]:
                self.shown[place] = shown
                changed.append(place)
        self._tell(changed)

    def _was_draft(self, ref: CellRef, shown: Shown) -> bool:
        return ref in self.drafts or shown.look == DRAFT

    def _tell(self, changed: list[Place]) -> None:
        if len(changed) > 12:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        for row, column in changed:
            index = self.index(row, column)
            self.dataChanged.emit(index, index)

    def _show(self, ref: CellRef, place: Place, value: Value | None) -> Shown:
        if ref in self.proposed:
            return self.proposed[ref]
        draft = self.drafts.get(ref)
        if draft:
            return Shown(draft.text, DRAFT)
        mark = self.marks.get(ref)
        severity = 4 * _RANK[mark.severity] if mark else 0
        waiting = self.document.suggestions.get(ref) if value is None else None
        if waiting is not None:
            return Shown(f"{show_value(waiting)}？", severity + BLANK)
        if place not in self.computed:
            is_lacking = (
                value is None and place[0] in self._begun
            )  # beside what is filled; a row not begun is to come
            return Shown(show_value(value), severity + (BLANK if is_lacking else PLAIN))
        if value is not None:
            return Shown(show_value(value), severity + TOTAL)
        return Shown(show_value(self.running(ref)), severity + RUNNING)

    def running(self, ref: CellRef) -> Value | None:
        """What the filled parts of an incomplete total come to so far."""
        values = self.document.report.values
        sums = (running_sum(equation, values) for equation in self.document.totals[ref])
        return next((one for one in sums if one is not None), None)

    # -- words ---------------------------------------------------------------------------------------------------------

    def path(self, ref: CellRef) -> str:
        """The headings of a cell from the outermost in, rows then columns, as they are read aloud."""
        rows, columns = self.table.path(ref)
        title = [self.table.title] if self.table.title else []
        return "，".join(part for part in (*title, _joined(rows), _joined(columns)) if part)

    def problems(self, ref: CellRef) -> tuple[str, ...]:
        draft = self.drafts.get(ref)
        mark = self.marks.get(ref)
        said = [one for one in mark.messages if not draft or draft.reason not in one] if mark else []
        return (*([draft.reason] if draft else []), *said)

    def state(self, ref: CellRef) -> str:
        """自动合计 and whether it is complete; "" for a cell to be filled."""
        if not self.is_computed(ref):
            return ""
        return "自动合计" if ref in self.document.report.values else "自动合计：尚有空白，暂计"

    def explanation(self, ref: CellRef) -> str:
        """The tooltip: problems in words, what the cell is, who gave it, last year's value."""
        lines = [*self.problems(ref), self.state(ref), self.given_by(ref), self.beside_last_year(ref)]
        lines.append(self.last_year.hint(ref))
        return "\n".join(line for line in lines if line)

    def given_by(self, ref: CellRef) -> str:
        """收自：东村3（张三 0631-1234567），西村4; "" of a number that no 收数表 brought."""
        if not self.document.report.collected:
            return ""
        from app.collecting.proposals import givers

        found = givers(self.document.report, ref)
        words = (f"{one.unit}{show_value(one.cells[0][1])}{_in_brackets(one.contact)}" for one in found)
        return "收自：" + "，".join(words) if found else ""

    def beside_last_year(self, ref: CellRef) -> str:
        """上年：17，增加3; "" when last year's report says nothing comparable."""
        last, now = self.last_year.value(ref), self.document.report[ref]
        if last is None:
            return ""
        change = change_words(last, now)
        return f"上年：{show_value(last)}" + (f"，{change}" if change else "")

    def spoken(self, ref: CellRef) -> str:
        text = self.shown[self.places[ref]].text or "未填"
        state = self.state(ref)
        problems = "；".join(self.problems(ref))
        if ref in self.proposed:
            return f"{self.path(ref)}：将填为{text}"
        return (
            f"{self.path(ref)}：{text}"
            + (f"（{state}）" if state else "")
            + (f"。错误：{problems}" if problems else "")
        )


def _joined(labels: tuple[str, ...]) -> str:
    return " / ".join(label for label in labels if label)


def _in_brackets(words: str) -> str:
    return f"（{words}）" if words else ""


def change_words(last: Value | None, now: Value | None) -> str:
    """From last year's value to this year's: 增加3; "" where one of them says nothing."""
    if last is None or now is None:
        return ""
    if now == last:
        return "没有变化"
    return f"增加{show_value(now - last)}" if now > last else f"减少{show_value(last - now)}"
