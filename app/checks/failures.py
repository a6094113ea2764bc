"""Equations that do not hold: the one cell that would settle several of them, the row whose figures stand a column too far."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.form.model import CellRef, Equation, EquationTerm, FormDefinition, Relation, Value

Values = Mapping[CellRef, Value]


class Failure(NamedTuple):
    """An equation that does not hold as printed."""

    equation: Equation
    left: list[Value]  # one sum for each term
    right: list[Value]

    @property
    def gap(self) -> Value:
        """left − right"""
        return sum(self.left) - sum(self.right)


class Suspect(NamedTuple):
    """A cell with the number by which more than one failing equation would hold."""

    ref: CellRef
    value: Value


def suspects(failures: Sequence[Failure], values: Values, form: FormDefinition) -> dict[int, Suspect | None]:
    """Place in `failures` → the cell that it suspects together with another; None where several cells could be meant.

    Row and column that fail by the same number cross in one cell: that cell is wrong, and the total, which follows from it, is not.
    """
    wanted: dict[Suspect, list[int]] = {}
    for at, one in enumerate(failures):
        for suspect in _settling(one, values, form):
            wanted.setdefault(suspect, []).append(at)
    shared = {suspect: places for suspect, places in wanted.items() if len(places) > 1}
    best = {at: _best(at, shared) for places in shared.values() for at in places}
    sure = {suspect for suspect, places in shared.items() if all(best[at] == [suspect] for at in places)}
    return {at: some[0] if some[0] in sure else None for at, some in best.items()}


def _best(at: int, shared: Mapping[Suspect, list[int]]) -> list[Suspect]:
    """What would settle the failure together with most others."""
    own = [suspect for suspect, places in shared.items() if at in places]
    most = max(len(shared[suspect]) for suspect in own)
    return [suspect for suspect in own if len(shared[suspect]) == most]


def _settling(one: Failure, values: Values, form: FormDefinition) -> list[Suspect]:
    """Every typed cell of the equation, with the number by which it would hold."""
    if one.equation.check.relation is not Relation.EQUAL:
        return []
    wanted = [(ref, -one.gap) for ref in _cells(one.equation.left)]
    wanted += [(ref, one.gap) for ref in _cells(one.equation.right)]
    return [
        Suspect(ref, values[ref] + by)
        for ref, by in wanted
        if ref not in form.totals and values[ref] + by >= 0
    ]


def _cells(terms: Sequence[EquationTerm]) -> list[CellRef]:
    return [ref for term in terms if not term.prior for ref in term.cells]


class Shift(NamedTuple):
    """A row of which every figure stands one column too far, and what should stand there."""

    row: str
    to_the_right: bool
    values: tuple[tuple[CellRef, Value], ...]


def shift(failures: Sequence[Failure], values: Values, form: FormDefinition) -> Shift | None:
    """The one row by whose return all of these columns would hold; None where there is none, or more than one."""
    first = failures[0].equation
    table = form.tables[first.table]
    columns = [
        leaf.key for leaf in table.leaf_columns if (first.check.axis, leaf.key) not in table.line_parts
    ]
    gaps = dict.fromkeys(columns, 0) | {one.equation.line: one.gap for one in failures}
    rows = [(ref.row, 1) for ref in _cells(first.left)] + [(ref.row, -1) for ref in _cells(first.right)]
    found = [
        one
        for row, sign in rows
        for one in _moved([CellRef(table.key, row, column) for column in columns], values)
        if all(gaps[ref.column] + sign * (value - values.get(ref, 0)) == 0 for ref, value in one.values)
    ]
    return found[0] if len(found) == 1 else None


def _moved(cells: list[CellRef], values: Values) -> list[Shift]:
    """The figures of a row one column back, either way, where nothing is lost at the edge."""
    figures = [values.get(ref, 0) for ref in cells]
    ways = [(True, [*figures[1:], 0])] * (figures[0] == 0) + [(False, [0, *figures[:-1]])] * (
        figures[-1] == 0
    )
    return [Shift(cells[0].row, way, tuple(zip(cells, back, strict=True))) for way, back in ways]
