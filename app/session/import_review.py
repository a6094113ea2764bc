"""The review of an import: the old report as it was read, each doubtful cell waiting to be confirmed or corrected beside its source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from app.checks import Finding, Severity
from app.form.model import Axis, CellRef, Equation, Relation, Section, Value
from app.report.entry import show_value
from app.session.document import ReportDocument

if TYPE_CHECKING:
    from app.importing.result import ImportResult, Spot

_OF_TABLES = ("T2-", "T3-", "T4-")  # what the old tables contradict in themselves is said, never repaired


class ReviewState(StrEnum):
    """How a cell stands in the review."""

    READ = "read"
    CORRECTED = "corrected"  # typed, or confirmed, by the clerk
    DOUBTFUL = "doubtful"
    MISSING = "missing"


class ImportReview(ReportDocument):
    """An undoable document of its own. A doubtful cell is blank until it is confirmed or typed; nothing is computed.

    `outcome` is the import with what the clerk settled: certain where he confirmed, doubtful where he did not.
    """

    def __init__(self, found: "ImportResult") -> None:
        super().__init__(found.certain)
        self.found = found
        self._doubts = {one.cell: one for one in found.unsure}

    # -- what there is -------------------------------------------------------------------------------------------------

    @property
    def totals(self) -> Mapping[CellRef, tuple[Equation, ...]]:
        """None: a wrong total of the old report stays as it is printed, and a total may be typed."""
        return {}

    @property
    def suggestions(self) -> Mapping[CellRef, Value]:
        """What was read doubtfully and is not settled yet."""
        values = self.report.values
        return {ref: value for ref, value in self._proposed.items() if ref not in values}

    @property
    def proved(self) -> Mapping[CellRef, Value]:
        """Those of the suggestions whose sums are right along their row and down their column, not all of them zeros.

        A table of one row has no sums down: there the number's own sum must be right and every other of the table too.
        """
        values = {**self.report.values, **self.suggestions}
        axes: dict[CellRef, set[Axis]] = {}
        failed: set[CellRef] = set()
        filled: set[CellRef] = set()
        for one in self._sums(values):
            left, right = (sum(values[ref] for ref in side) for side in one.sides)
            failed.update(self._held_with(one) if left != right else ())
            filled.update(one.cells if left else ())
            for ref in one.cells:
                axes.setdefault(ref, set()).add(one.check.axis)
        told = {ref for ref, found in axes.items() if len(found) == self._axes(ref)} & filled - failed
        return {ref: value for ref, value in self.suggestions.items() if ref in told}

    def _held_with(self, failed: Equation) -> Iterable[CellRef]:
        """What a sum that fails leaves in doubt."""
        first = failed.cells[0]
        return failed.cells if self._axes(first) > 1 else self.form.tables[first.table].cells

    def _axes(self, ref: CellRef) -> int:
        """How many sums a number of this table is in: along its row, and down its column where there are more rows."""
        return len(Axis) if len(self.form.tables[ref.table].leaf_rows) > 1 else 1

    def _sums(self, values: Mapping[CellRef, Value]) -> Iterator[Equation]:
        """The equations of this year alone of which every number is there."""
        for one in self.form.equations:
            is_sum = one.check.relation is Relation.EQUAL and not one.needs_prior
            if is_sum and all(ref in values for ref in one.cells):
                yield one

    @property
    def undecided(self) -> frozenset[CellRef]:
        """The doubtful cells not settled yet: something stands there."""
        return frozenset(self._doubts.keys() - self.report.values.keys())

    def twin(self) -> "ImportReview":
        """One with the same import, and what was settled so far."""
        made = ImportReview(self.found)
        made.change("", self.report)
        made._stand_as(self)
        return made

    @cached_property
    def _proposed(self) -> Mapping[CellRef, Value]:
        read = self.found.report.values
        return {ref: read[ref] for ref in self._doubts if ref in read}

    def state(self, ref: CellRef) -> ReviewState:
        value = self.report[ref]
        if value is None:
            return ReviewState.DOUBTFUL if ref in self._doubts else ReviewState.MISSING
        was_read = ref not in self._doubts and value == self.found.report[ref]
        return ReviewState.READ if was_read else ReviewState.CORRECTED

    def count(self, cells: Iterable[CellRef]) -> dict[ReviewState, int]:
        """How many of the cells stand in each state."""
        number = dict.fromkeys(ReviewState, 0)
        for ref in cells:
            number[self.state(ref)] += 1
        return number

    @property
    def open_doubts(self) -> list[CellRef]:
        """The doubtful cells not settled yet, in printed order."""
        return [ref for ref in self.form.cells if self.state(ref) is ReviewState.DOUBTFUL]

    @property
    def open_cells(self) -> list[CellRef]:
        """What is still to be looked at: doubts first; else the blanks of tables of which something was read."""
        blanks = [
            ref for section in self.form.sections if self._was_read(section) for ref in self._missing(section)
        ]
        return self.open_doubts or blanks

    def _was_read(self, section: Section) -> bool:
        return any(ref in self.report.values for ref in section.cells)

    def _missing(self, section: Section) -> list[CellRef]:
        return [ref for ref in section.cells if self.state(ref) is ReviewState.MISSING]

    def spot(self, ref: CellRef) -> "Spot | None":
        """Where the cell stands in the source."""
        return self.found.trace(ref).spot

    @cached_property
    def _by_spot(self) -> dict[tuple[int, int, int], CellRef]:
        traced = ((ref, self.spot(ref)) for ref in self.form.cells)
        return {(spot.block, spot.row, spot.column): ref for ref, spot in traced if spot is not None}

    def cell_at(self, block: int, row: int, column: int) -> CellRef | None:
        """The cell of the form that a place of the source became."""
        return self._by_spot.get((block, row, column))

    def words(self, ref: CellRef) -> str:
        """One sentence on a cell: what the source says, where, and why it is doubtful or missing."""
        trace = self.found.trace(ref)
        where = f"{trace.spot.place}：" if trace.spot and trace.spot.place else ""
        read = trace.spot.clause if trace.spot and trace.spot.clause else trace.text
        said = f"原文“{read}”" if read else ""
        proposed = self.suggestions.get(ref)
        offered = f"读作{show_value(proposed)}，对的话按回车确认" if proposed is not None else ""
        state = self.state(ref)
        if state is ReviewState.CORRECTED:
            offered = f"已按{show_value(self.report[ref])}确认"
        reason = "" if state is ReviewState.READ else trace.reason
        return where + "，".join(part for part in (said, reason, offered) if part)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The doubts, then what the old tables contradict in themselves; nothing is offered as a repair."""
        if self._findings is None:
            checked = (one for one in super().all_findings if one.rule.startswith(_OF_TABLES))
            told = [
                replace(one, repair=None)
                for one in checked
                if one.rule not in {s.blank_rule.id for s in self.form.sections if s.blank_rule}
            ]
            self._findings = (*self._doubtful(), *told)
        return self._findings

    def _doubtful(self) -> Iterator[Finding]:
        for ref in self.open_doubts:
            section = self.form.section_of(ref)
            proposed = self.suggestions.get(ref)
            read = f"，读作{show_value(proposed)}" if proposed is not None else ""
            words = f"存疑“{self.form.label(ref)}”：{self.found.trace(ref).reason}{read}"
            yield Finding("", Severity.WARNING, words, section.key, (ref,))

    # -- changes -------------------------------------------------------------------------------------------------------

    def set_values(self, changes: Mapping[CellRef, Value | None], name: str) -> None:
        """As typed: the totals beside them do not follow."""
        if unknown := changes.keys() - self.form.cell_set:
            raise KeyError(unknown.pop())
        self.change(name, self.report.with_values(changes))

    def fill_blanks(self, cells: Iterable[CellRef], name: str = "全部填0") -> None:
        """The clerk has seen that these blanks of the source are zeros; a doubtful cell is no blank: something stands there."""
        zeros = {ref: 0 for ref in cells if ref not in self.report.values and ref not in self._doubts}
        self.set_values(zeros, name)

    def confirm_suggestion(self, ref: CellRef) -> bool:
        """What was read doubtfully is right; whether there was anything to confirm."""
        value = self.suggestions.get(ref)
        if value is not None:
            self.set_values({ref: value}, f"确认“{self.form.label(ref)}”")
        return value is not None

    # -- the end -------------------------------------------------------------------------------------------------------

    @property
    def outcome(self) -> "ImportResult":
        """The import with what was settled; what was not is as doubtful or missing as before."""
        values = self.report.values
        return replace(
            self.found,
            report=self.report.with_values(self.suggestions),
            unsure=tuple(one for one in self.found.unsure if one.cell not in values),
            missing=tuple(ref for ref in self.form.cells if ref not in values and ref not in self._doubts),
        )
