"""What holds a table that no borders tell apart: a row that is not wholly read and right in its sums is doubtful as a whole.

Lines of a text get lost and change places. A number in the wrong cell then looks as good as one in the right cell, unless
its row, or the order of the labels and numbers around it, says that something is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.form.model import CellRef, TableSpec
from app.importing.matching.collected import Collected, holds, row_sums

BROKEN_ROW = "原文没有可靠的格线，本行有的格没有读到或合计不符，请核对各属哪一格"
OUT_OF_ORDER = "原文这张表的项目与数字没有一一对应，数字可能属于上一行或下一行，请核对"


class Seen(NamedTuple):
    """A row label, how many numbers came after it and how many should; numbers without a label have the row ""."""

    row: str
    found: int
    wanted: int
    apart: bool  # its numbers stand on other lines than its label


@dataclass
class Guard:
    """What the tables without borders gave, in the order in which they gave it."""

    whole: set[tuple[str, str]] = field(
        default_factory=set
    )  # rows that must be whole and right in their sums
    filled: set[tuple[str, str]] = field(default_factory=set)  # rows that must be whole
    order: dict[str, list[Seen]] = field(default_factory=dict)
    _strays: list[Seen] = field(default_factory=list)
    _last: str = ""  # the table read last, while no heading came after it

    def row(self, table: TableSpec, row: str, count: int, wanted: int, apart: bool) -> None:
        """A label with the numbers behind it, in a table without borders."""
        seen = self.order.setdefault(table.key, [])
        if self._last != table.key:
            seen.extend(self._strays)
        seen.append(Seen(row, count, wanted, apart))
        self._strays, self._last = [], table.key

    def numbers(self, count: int) -> None:
        """Numbers that no label stands before: of the table above, of the one below, or of both."""
        stray = Seen("", count, 0, True)
        if self._last:
            self.order[self._last].append(stray)
        self._strays.append(stray)

    def heading(self) -> None:
        """A heading parts the numbers after it from the rows before it."""
        self._last = ""
        self._strays = []


def hold(collected: Collected, guard: Guard) -> None:
    """Put in doubt what was read from such tables and does not hang together."""
    for table in collected.form.tables.values():
        for row in table.leaf_rows:
            if not _holds(collected, guard, table, row.key):
                _question(collected, table, row.key, BROKEN_ROW)
        for key in _displaced(table, guard.order.get(table.key, [])):
            _question(collected, table, key, OUT_OF_ORDER)


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
    if all(one.found == one.wanted for one in order) or _is_lost_label(table, order):
        return
    yield from (one.row for one in order if one.apart and one.row and one.found)


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
