"""Where Enter and the arrows lead from one of several tables that stand one under the other on one grid. No Qt.

Column n of each table begins at the same place; its last column goes on to the edge of the page.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Entrance(NamedTuple):
    """A table by its number, and one of its columns."""

    table: int
    column: int


def below(counts: Sequence[int], at: Entrance, is_enter: bool) -> Entrance | None:
    """From the foot of a column to the head of another. `counts`: how many columns each table has.

    To the table below, where one begins in the same place. Enter goes on at the head of the next column where none does,
    so that each cell is come to once; else to what lies under it.
    """
    following = at.table + 1
    has_more = following < len(counts)
    if has_more and at.column < counts[following]:
        return Entrance(following, at.column)
    if is_enter and (heads := _tables_with(counts, at.column + 1)):
        return Entrance(heads[0], at.column + 1)
    return Entrance(following, counts[following] - 1) if has_more else None


def above(counts: Sequence[int], at: Entrance, is_enter: bool) -> Entrance | None:
    """The same way back: from the head of a column to the foot of another."""
    before = at.table - 1
    if before >= 0 and at.column < counts[before]:
        return Entrance(before, at.column)
    if is_enter and at.column > 0:
        return Entrance(_tables_with(counts, at.column - 1)[-1], at.column - 1)
    return Entrance(before, counts[before] - 1) if before >= 0 else None


def _tables_with(counts: Sequence[int], column: int) -> list[int]:
    """The first tables one under the other in which a column of that number begins."""
    found = [number for number, count in enumerate(counts) if column < count]
    return [number for place, number in enumerate(found) if number == found[0] + place]
