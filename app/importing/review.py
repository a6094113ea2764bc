"""The clerk's review of an import: cells confirmed, corrected or declared 0 by him, with undo; what the file said never changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition, Value
from app.importing.result import CellState, ImportResult
from app.report import Report


class Counts(NamedTuple):
    """How many cells are in each state; those the clerk has settled count as read."""

    read: int
    doubtful: int
    missing: int


@dataclass(frozen=True, slots=True)
class _Step:
    """One act of the clerk: its name for undo, and everything decided before it."""

    name: str
    before: Mapping[CellRef, Value | None]


@dataclass
class Review:
    """An ImportResult and what the clerk decided about its cells; None as a decision means: blank in the source too, left blank."""

    found: ImportResult
    _decided: dict[CellRef, Value | None] = field(default_factory=dict)
    _done: list[_Step] = field(default_factory=list)

    @property
    def form(self) -> FormDefinition:
        """The form of the edition that was recognised."""
        return form_of(self.found.report.form)

    @property
    def decided(self) -> Mapping[CellRef, Value | None]:
        """The cells that the clerk settled himself."""
        return dict(self._decided)

    @property
    def report(self) -> Report:
        """What may be built on: the certain cells, and those that the clerk settled."""
        return self.found.certain.with_values(self._decided)

    def state(self, ref: CellRef) -> CellState:
        """READ as soon as the clerk has settled the cell."""
        return CellState.READ if ref in self._decided else self.found.trace(ref).state

    def counts(self, cells: Iterable[CellRef] | None = None) -> Counts:
        """Over these cells, or over the whole form."""
        states = [self.state(ref) for ref in (self.form.cells if cells is None else cells)]
        return Counts(*(states.count(one) for one in (CellState.READ, CellState.DOUBTFUL, CellState.MISSING)))

    def next_open(self, after: CellRef | None = None) -> CellRef | None:
        """The next cell to look at, doubts before missing ones, round and round; None when all are settled."""
        cells = list(self.form.cells)
        states = {ref: self.state(ref) for ref in cells}
        walk = [
            ref for state in (CellState.DOUBTFUL, CellState.MISSING) for ref in cells if states[ref] is state
        ]
        if after is None or not walk:
            return walk[0] if walk else None
        # the cell just left may have been settled: its place is that of what the file said about it
        order = {ref: number for number, ref in enumerate(cells)}
        rank = (self.found.trace(after).state is CellState.MISSING, order[after])
        later = (ref for ref in walk if (states[ref] is CellState.MISSING, order[ref]) > rank)
        return next(later, walk[0])

    def can_confirm(self, ref: CellRef) -> bool:
        """Only a doubtful cell with a proposed value: to confirm nothing would make a blank pass as read."""
        return self.state(ref) is CellState.DOUBTFUL and self.found.trace(ref).value is not None

    def confirm(self, ref: CellRef) -> bool:
        """The proposed value is right; False where there is none to confirm."""
        if not self.can_confirm(ref):
            return False
        self._settle("确认一格", {ref: self.found.trace(ref).value})
        return True

    def correct(self, ref: CellRef, value: Value | None) -> None:
        """The clerk typed what the old report says; None: it is blank there."""
        self._settle("更正一格", {ref: value})

    def blank_places(self, section: str) -> tuple[CellRef, ...]:
        """The open cells of a table whose place in the source is blank or a dash: never one that was not found, nor one with a number."""
        return tuple(
            ref
            for ref in self.form.section(section).cells
            if ref in self.found.blanks
            and self.state(ref) is not CellState.READ
            and self.found.trace(ref).value in (None, 0)
        )

    def blanks_are_zeros(self, section: str) -> tuple[CellRef, ...]:
        """“这张表的空白都是0”, said by the clerk after he has seen `blank_places`; one step to undo."""
        cells = self.blank_places(section)
        if cells:
            self._settle("空白都是0", dict.fromkeys(cells, 0))
        return cells

    @property
    def undo_name(self) -> str:
        """What `undo` would take back; "" when there is nothing."""
        return self._done[-1].name if self._done else ""

    def undo(self) -> bool:
        """Take the last act back."""
        if not self._done:
            return False
        self._decided = dict(self._done.pop().before)
        return True

    def _settle(self, name: str, cells: Mapping[CellRef, Value | None]) -> None:
        self._done.append(_Step(name, self._decided))
        self._decided = {**self._decided, **cells}
