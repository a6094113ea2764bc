"""The cells of one import while they are being read: each ends as read, doubtful or missing, never as two of these."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.form.model import CellRef, Equation, FormDefinition, Heading, TableSpec, Value
from app.importing.matching.values import Reading, is_blank, read_value
from app.importing.result import Evidence, Spot, Unsure


@dataclass(eq=False)
class Run:
    """Digits that run together over these cells, and every way to read them; `solved` when they were divided."""

    refs: list[CellRef]
    readings: list[tuple[int, ...]]
    solved: bool = False
    how: str = ""  # what told them apart so far


class GroupRow(NamedTuple):
    """A row of numbers for a whole group of rows: 2019's single 其他处理 in a later year, or a subtotal."""

    table: TableSpec
    group: Heading
    columns: list[str]
    texts: list[tuple[str, Spot]]


@dataclass
class Collected:
    """What the tables of one file have given so far."""

    form: FormDefinition
    values: dict[CellRef, Value] = field(default_factory=dict)
    evidence: dict[CellRef, Evidence] = field(default_factory=dict)
    unsure: dict[CellRef, Unsure] = field(default_factory=dict)
    blanks: dict[CellRef, Evidence] = field(default_factory=dict)  # a place with nothing in it
    runs: list[Run] = field(default_factory=list)
    groups: list[GroupRow] = field(default_factory=list)
    twice: set[CellRef] = field(default_factory=set)  # cells that the source gives two texts for
    rows: dict[str, set[str]] = field(default_factory=dict)  # table → rows whose label was found
    columns: dict[str, set[str]] = field(
        default_factory=dict
    )  # table → columns that had a place in the source
    has_balance_note: bool = False  # the 勾稽 note was printed
    warnings: list[str] = field(default_factory=list)

    def saw(self, table: str, row: str, columns: Iterator[str] | list[str]) -> None:
        """The label of this row was found, and places for these columns."""
        self.rows.setdefault(table, set()).add(row)
        self.columns.setdefault(table, set()).update(columns)

    def take(self, ref: CellRef, text: str, place: Spot, unit: str = "") -> None:
        """Read one cell of the source."""
        if is_blank(text):
            self._was_blank(ref, "", place)
            return
        reading = read_value(text, self.form.kind(ref), unit)
        self.put(ref, reading, text, place)

    def put(self, ref: CellRef, reading: Reading, text: str, place: Spot) -> None:
        """Keep what one cell of the source says, unless the same cell was read before."""
        if reading.placeholder:
            self._was_blank(ref, text, place)
            return
        before = self.evidence.get(ref)
        if before is not None:
            if before.text.strip() != text.strip():
                reason = f"同一项出现两次，另一处（{place.place}）为“{text.strip()}”"
                self.unsure[ref] = Unsure(ref, before.text, reason)
                self.twice.add(ref)
            return
        self.evidence[ref] = Evidence(text.strip(), place)
        if reading.value is not None:
            self.values[ref] = reading.value
        if reading.reason:
            self.unsure[ref] = Unsure(ref, text.strip(), reading.reason)
        elif ref in self.blanks:
            self._twice(ref, self.blanks[ref].spot)

    def _was_blank(self, ref: CellRef, text: str, place: Spot) -> None:
        """A place for this cell with nothing in it: a number elsewhere may be that of another year."""
        if ref in self.evidence:
            self._twice(ref, place)
        self.blanks.setdefault(ref, Evidence(text.strip(), place))

    def _twice(self, ref: CellRef, blank: Spot) -> None:
        self.question(ref, f"同一项出现两次，另一处（{blank.place}）是空白")

    def doubt(self, refs: list[CellRef], text: str, place: Spot, reason: str) -> None:
        """These cells share a text that cannot be told apart."""
        for ref in refs:
            self.put(ref, Reading(None, reason), text, place)

    def settle_groups(self) -> list[str]:
        """Spread the rows given for a group whose own rows are not there; → the lines of the others, which are not used."""
        left = []
        for one in self.groups:
            rows = [leaf.key for leaf in one.group.leaves()]
            if self.rows.get(one.table.key, set()) & set(rows):
                left.append(" | ".join([one.group.label, *(text for text, _ in one.texts)]))
                continue
            for column, (text, spot) in zip(one.columns, one.texts, strict=True):
                refs = [CellRef(one.table.key, row, column) for row in rows]
                self._spread(refs, one.group.label, text, spot)
        return left

    def _spread(self, refs: list[CellRef], label: str, text: str, spot: Spot) -> None:
        """One number for several cells: only 0 can be divided."""
        reading = read_value(text, self.form.kind(refs[0]), "")
        if reading.value == 0:
            reading = Reading(0, f"原文只有“{label}”一行，是0，各小项只能是0，请核对")
        elif not is_blank(text) and not reading.placeholder:
            reading = Reading(None, f"原文只有“{label}”一行，没有分各小项")
        for ref in refs:
            if is_blank(text):
                self._was_blank(ref, "", spot)
            else:
                self.put(ref, reading, text, spot)

    def divide(self, run: Run, numbers: tuple[int, ...], how: str) -> None:
        """Propose the one reading of a run that is left; a cell that was read elsewhere too stays as it is."""
        run.solved, run.readings = True, [numbers]
        for ref, number in zip(run.refs, numbers, strict=True):
            if ref not in self.values and ref not in self.twice:
                self.values[ref] = number
                reason = f"数字相连，按{how}拆分，请核对"
                self.unsure[ref] = Unsure(ref, self.evidence[ref].text, reason)

    def propose_zero(self, ref: CellRef, why: str) -> None:
        """A blank that can only be 0: proposed as that, and doubtful."""
        blank = self.blanks[ref]
        self.evidence[ref] = blank
        self.values[ref] = 0
        was = f"写的是“{blank.text}”" if blank.text else "是空白"
        self.unsure[ref] = Unsure(ref, blank.text, f"原文{was}；按“{why}”只能是0，请核对")

    @property
    def placeholders(self) -> dict[str, list[str]]:
        """Marks written instead of numbers (“/”, “—”, 无) → the places where they stay blank."""
        found: dict[str, list[str]] = {}
        for ref, blank in self.blanks.items():
            if blank.text and ref not in self.evidence:
                found.setdefault(blank.text, []).append(blank.place)
        return found

    def question(self, ref: CellRef, reason: str) -> None:
        """A cell that was read is doubtful all the same."""
        if ref in self.values and ref not in self.unsure:
            self.unsure[ref] = Unsure(ref, self.evidence[ref].text, reason)

    def doubt_all(self, reason: str) -> None:
        """Whatever was read is doubtful."""
        for ref in self.values:
            if ref not in self.unsure:
                self.unsure[ref] = Unsure(ref, self.evidence[ref].text, reason)

    @property
    def missing(self) -> tuple[CellRef, ...]:
        return tuple(ref for ref in self.form.cells if ref not in self.values and ref not in self.unsure)

    def is_complete(self, table: TableSpec) -> bool:
        """Every row and column of the table had a place in the source."""
        return self.rows.get(table.key, set()) == {row.key for row in table.leaf_rows} and self.columns.get(
            table.key, set()
        ) == {column.key for column in table.leaf_columns}


def row_sums(table: TableSpec, row: str) -> list[Equation]:
    """The computed sums within one row."""
    return [one for one in table.equations if one.line == row and one.total is not None and _within(one, row)]


def _within(equation: Equation, row: str) -> bool:
    return all(ref.row == row for ref in equation.cells)


def holds(equation: Equation, values: dict[CellRef, Value]) -> bool:
    """Whether a computed sum is right in these values (all of its cells are there)."""
    total = equation.total
    return total is not None and values[total] == sum(values[ref] for ref in equation.parts)
