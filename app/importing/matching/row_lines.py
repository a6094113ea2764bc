"""Lines of numbers → the rows of a table: several lines may be one row, whose numbers were broken by narrow cells."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.chinese import half_widths, nfkc
from app.form.model import CellRef, TableSpec
from app.importing.matching.digit_runs import sums_of

# 规章 3 0 12; 信息88 0 0; 12: the numbers at the end of a line, the first of them perhaps touching its label
_NUMBERS = re.compile(r"(?:^|(?<=[^0-9０-９.,，]))(?:[0-9０-９]+\s+)*[0-9０-９]+\s*$")
_NUMBER = re.compile("[0-9０-９]+")
_BROKEN_ZERO = re.compile(r"0\n")  # no number: none begins with 0 and goes on
_MOST_LINES = 6  # of one row
_Span = tuple[int, int]
Sums = Sequence[tuple[int, tuple[int, ...]]]


class Line(NamedTuple):
    """One line of a text that stands under a table's heading."""

    at: int  # its position among the pieces
    names: str  # what stands before its numbers
    numbers: tuple[str, ...]
    spans: tuple[_Span, ...]  # from where to where each number stands, in half characters


class Row(NamedTuple):
    """The numbers of a row, each with the lines that it is broken over; first and last of its lines."""

    cells: tuple[str, ...]
    first: int
    last: int
    adds_up: bool


def line_of(at: int, text: str) -> Line:
    """The names and numbers of one line of text."""
    found = _NUMBERS.search(text)
    if found is None:
        return Line(at, nfkc(text).strip(), (), ())
    places = list(_NUMBER.finditer(text, found.start()))
    spans: list[tuple[int, int]] = []
    behind = width = 0
    for one in places:
        start = width + half_widths(text[behind : one.start()])
        behind, width = one.end(), start + half_widths(one[0])
        spans.append((start, width))
    names = nfkc(text[: found.start()]).strip()
    return Line(at, names, tuple(nfkc(one[0]) for one in places), tuple(spans))


def rows_of(lines: Sequence[Line], table: TableSpec) -> list[Row] | None:
    """As many rows as the form has, in one way only; None where the lines do not divide so."""
    numbered = [line for line in lines if line.numbers]
    cells = _in_columns(numbered, len(table.leaf_columns))
    if cells is None:
        return None
    sums = sums_of(table, [CellRef(table.key, table.leaf_rows[0].key, one.key) for one in table.leaf_columns])
    division = _Division(cells, len(table.leaf_columns), sums)
    ends = division.into(len(table.leaf_rows))
    return [
        Row(texts, numbered[start].at, numbered[end - 1].at, division.adds_up(texts))
        for start, end in pairwise([0, *ends])
        if (texts := division.texts(start, end))
    ] or None


def _in_columns(lines: Sequence[Line], width: int) -> list[dict[int, str]] | None:
    """Column → number for each line: one after the other where every line has them all, else by what is below what."""
    if all(len(line.numbers) == width for line in lines):
        return [dict(enumerate(line.numbers)) for line in lines]
    columns = _columns(lines)
    is_clear = all(len({columns[span] for span in line.spans}) == len(line.spans) for line in lines)
    if len(set(columns.values())) != width or not is_clear:
        return None
    return [dict(zip(map(columns.__getitem__, line.spans), line.numbers, strict=True)) for line in lines]


def _columns(lines: Sequence[Line]) -> dict[_Span, int]:
    """Where a number stands → its column: numbers above one another are of one column."""
    found: dict[_Span, int] = {}
    edge, column = -1, -1
    for span in sorted({span for line in lines for span in line.spans}):
        column += span[0] >= edge
        edge = max(edge, span[1])
        found[span] = column
    return found


class _Division:
    """Lines divided into rows, each with a number in every column."""

    def __init__(self, cells: Sequence[Mapping[int, str]], width: int, sums: Sums) -> None:
        self.cells, self.width, self.sums = cells, width, sums
        self._best: dict[tuple[int, int], _Best | None] = {}

    def texts(self, start: int, end: int) -> tuple[str, ...]:
        """The numbers of these lines as one row, one broken over several with its line ends."""
        parts = self.cells[start:end]
        return tuple("\n".join(one[column] for one in parts if column in one) for column in range(self.width))

    def adds_up(self, texts: Sequence[str]) -> bool:
        numbers = [int(text.replace("\n", "")) for text in texts]
        return all(numbers[total] == sum(numbers[one] for one in parts) for total, parts in self.sums)

    def into(self, count: int) -> list[int]:
        """The line behind each row: most rows add up. Nothing where there is no such division, or two as good.

        By dynamic programming: the best division of the lines from here on into so many rows.
        """
        lines = len(self.cells)
        if not count <= lines <= count * _MOST_LINES:
            return []
        for left in range(count + 1):
            for start in range(lines + 1):
                self._best[start, left] = self._divided(start, left)
        found, ends = self._best[0, count], [0]
        if found is None or found.ways > 1:
            return []
        for left in range(count, 0, -1):
            step = self._best[ends[-1], left]
            ends += [step.end] if step else []
        return ends[1:]

    def _divided(self, start: int, left: int) -> "_Best | None":
        if not left:
            return _Best(0, 1, start) if start == len(self.cells) else None
        found: _Best | None = None
        for end in range(start + 1, min(start + _MOST_LINES, len(self.cells)) + 1):
            rest = self._best[end, left - 1]
            texts = self.texts(start, end) if rest is not None else ()
            if rest is not None and all(texts) and not any(map(_BROKEN_ZERO.match, texts)):
                found = _better(found, _Best(rest.wrong + (not self.adds_up(texts)), rest.ways, end))
        return found


class _Best(NamedTuple):
    wrong: int  # rows that do not add up
    ways: int  # divisions as good as this one
    end: int  # of the first row


def _better(one: _Best | None, other: _Best) -> _Best:
    if one is None or other.wrong < one.wrong:
        return other
    return one._replace(ways=one.ways + other.ways) if other.wrong == one.wrong else one
