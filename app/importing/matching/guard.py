"""What holds a table that no borders tell apart: a row that is not wholly read and right in its sums is doubtful as a whole.

Lines of a text get lost and change places. A number in the wrong cell then looks as good as one in the right cell, unless
its row, or the order of the labels and numbers around it, says that something is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from app.form.model import Axis, CellRef, FormDefinition, TableSpec
from app.importing.matching.collected import Collected, holds, row_sums

BROKEN_ROW = "原文没有可靠的格线，本行有的格没有读到或合计不符，请核对各属哪一格"
OUT_OF_ORDER = "原文这张表的项目与数字没有一一对应，数字可能属于上一行或下一行，请核对"


SWAPPED = "原文没有格线，表头各列的先后又与规定的不同，请核对各属哪一列"
OTHER_ORDINAL = "原文的序号“{}”与规定的不同，请核对是不是这一项"
BROKEN_COLUMN = "原文没有格线，本列的勾稽关系又不成立，请核对各属哪一行"


class Seen(NamedTuple):
    """A row label, how many numbers came after it and how many should; numbers without a label have the row ""."""

    row: str
    found: int
    wanted: int
    apart: bool  # its numbers stand on other lines than its label


@dataclass
class Guard:
    """What the tables without borders gave, in the order in which they gave it."""

    form: FormDefinition
    whole: set[tuple[str, str]] = field(
        default_factory=set
    )  # rows that must be whole and right in their sums
    filled: set[tuple[str, str]] = field(default_factory=set)  # rows that must be whole
    doubted: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # rows → why they are doubtful in any case
    order: dict[str, list[Seen]] = field(default_factory=dict)
    _strays: list[Seen] = field(default_factory=list)
    _last: str = ""  # the table read last, while no heading came after it
    _above: tuple[str, str] = (
        "",
        "",
    )  # the row read last with its numbers on lines of their own

    def row(self, table: TableSpec, row: str, count: int, wanted: int, apart: bool) -> None:
        """A label with the numbers behind it, in a table without borders."""
        seen = self.order.setdefault(table.key, [])
        if self._last != table.key:
            seen.extend(self._strays)
        seen.append(Seen(row, count, wanted, apart))
        self._strays, self._last = [], table.key
        self._after(self._above, (table.key, row))
        self._above = (table.key, row) if apart else ("", "")

    def _after(self, above: tuple[str, str], this: tuple[str, str]) -> None:
        """Rows between these two were lost, perhaps with numbers of the first; or the second is not in its place."""
        if above in self._rows and self._rows[this] != self._rows[above] + 1:
            self.doubted[above] = OUT_OF_ORDER
            if self._rows[this] < self._rows[above]:
                self.doubted[this] = OUT_OF_ORDER

    @cached_property
    def _rows(self) -> dict[tuple[str, str], int]:
        """Every row of the form, in its order."""
        tables = self.form.tables.values()
        rows = [(table.key, row.key) for table in tables for row in table.leaf_rows]
        return {row: at for at, row in enumerate(rows)}

    def numbers(self, count: int) -> None:
        """Numbers that no label stands before: of the table above, of the one below, or of both."""
        stray = Seen("", count, 0, True)
        if self._last:
            self.order[self._last].append(stray)
        self._strays.append(stray)

    def heading(self) -> None:
        """A heading parts the numbers after it from the rows before it; rows lost with the heading before it stay lost."""
        self._last = ""
        self._strays = []


def hold(collected: Collected, guard: Guard) -> None:
    """Put in doubt what was read from such tables and does not hang together."""
    for table in collected.form.tables.values():
        order = guard.order.get(table.key, [])
        for row in table.leaf_rows:
            if why := guard.doubted.get((table.key, row.key)):
                _question(collected, table, row.key, why)
            if not _holds(collected, guard, table, row.key):
                _question(collected, table, row.key, BROKEN_ROW)
        for key in (*_displaced(table, order), *_beside_torn(collected.form, guard, table)):
            _question(collected, table, key, OUT_OF_ORDER)
        _hold_columns(collected, table, {one.row for one in order if one.apart})


def _refs(table: TableSpec, row: str) -> list[CellRef]:
    return [CellRef(table.key, row, column.key) for column in table.leaf_columns]


def _question(collected: Collected, table: TableSpec, row: str, reason: str) -> None:
    for ref in _refs(table, row):
        collected.question(ref, reason)


def _holds(collected: Collected, guard: Guard, table: TableSpec, row: str) -> bool:
    at = table.key, row
    if at not in guard.whole and at not in guard.filled:
        return True
    is_whole = all(ref in collected.values and ref not in collected.unsure for ref in _refs(table, row))
    return is_whole and (at not in guard.whole or _adds_up(collected, table, row))


def _adds_up(collected: Collected, table: TableSpec, row: str) -> bool:
    """Whether the sums of a row of which every cell was read are right."""
    return all(holds(one, collected.values) for one in row_sums(table, row))


# -- labels and numbers that changed places -------------------------------------------------------------------------------


def _displaced(table: TableSpec, order: list[Seen]) -> Iterator[str]:
    """The rows whose numbers may be those of another row, since labels and numbers do not answer one another."""
    apart = [one.row for one in order if one.apart and one.row and one.found]
    if not apart or _is_lost_label(table, order):
        return
    if any(one.found != one.wanted for one in order):
        yield from (one.row for one in order if one.row)
        return
    keys = [row.key for row in table.leaf_rows]
    found = {one.row for one in order}
    for key in (
        apart
    ):  # where the next label is missing, the numbers may be the first of one row and the last of the other
        following = keys[keys.index(key) + 1 :][:1]
        if not found.issuperset(following):
            yield key


def _beside_torn(form: FormDefinition, guard: Guard, table: TableSpec) -> Iterator[str]:
    """The rows with their numbers on other lines, where another table of the section has too many numbers or too few."""
    section = next(one for one in form.sections if table in one.tables)
    others = (one for other in section.tables if other is not table for one in guard.order.get(other.key, []))
    if any(one.found != one.wanted for one in others):
        yield from (one.row for one in guard.order.get(table.key, []) if one.row and one.apart)


def _hold_columns(collected: Collected, table: TableSpec, apart: set[str]) -> None:
    """A sum down a column that fails, with every number there: each number on a line of its own may be another column's."""
    values = {ref: value for ref, value in collected.values.items() if ref.table == table.key}
    for one in table.equations:
        known = one.check.axis is Axis.ROW and not one.needs_prior and all(ref in values for ref in one.cells)
        if known and sum(values[ref] for ref in one.sides[0]) != sum(values[ref] for ref in one.sides[1]):
            for ref in one.cells:
                if ref.row in apart and values[ref]:
                    _question(collected, table, ref.row, BROKEN_COLUMN)


def _is_lost_label(table: TableSpec, order: list[Seen]) -> bool:
    """Whether only labels were lost: all numbers are there, and each label that is left stands before its own."""
    width = len(table.leaf_columns)
    keys = [row.key for row in table.leaf_rows]
    before = 0
    for one in order:
        if one.row and before != width * keys.index(one.row):
            return False
        before += one.found
    return before == width * len(keys)
