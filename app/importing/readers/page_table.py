"""Ruled tables on a drawn page: lines → a grid → merged cells, and which glyph lies in which cell."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_NEAR = 3.0  # points that belong together: double borders, and borders drawn cell by cell
_COVERED = 0.6  # part of a cell's side that must be drawn
_NARROW = 48.0  # points: narrower than any table, as wide as the strokes of 田 in the largest type
_MAX_LINES = 1500  # on one page, after joining
_MAX_PLACES = 20_000


class Glyph(NamedTuple):
    """One character; points from the upper left corner of the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str


class Rule(NamedTuple):
    """A thin line, horizontal or vertical, from (x0, top) to (x1, bottom)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Area(NamedTuple):
    """One printed cell: grid place, spans and its glyphs."""

    row: int
    column: int
    down: int
    across: int
    glyphs: list[Glyph]


@dataclass
class RuledTable:
    """A table with its borders in points; `areas` cover its grid."""

    xs: list[float]
    ys: list[float]
    areas: list[Area] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]


class _Line(NamedTuple):
    """A line along one axis: where it lies across, where it begins and ends."""

    at: float
    start: float
    end: float


def ruled_tables(rules: Sequence[Rule], glyphs: Iterable[Glyph]) -> tuple[list[RuledTable], list[Glyph]]:
    """→ (the tables of a page from top to bottom, the glyphs that lie in none)."""
    across = _joined(
        [_Line((r.top + r.bottom) / 2, r.x0, r.x1) for r in rules if r.x1 - r.x0 >= r.bottom - r.top]
    )
    down = _joined(
        [_Line((r.x0 + r.x1) / 2, r.top, r.bottom) for r in rules if r.x1 - r.x0 < r.bottom - r.top]
    )
    left = list(glyphs)
    if len(across) > _MAX_LINES or len(down) > _MAX_LINES:
        return [], left
    tables: list[RuledTable] = []
    for horizontal, vertical in _connected(across, down):
        table = _table(horizontal, vertical)
        if table is not None:
            left = _fill(table, left)
            tables.append(table)
    return sorted(tables, key=lambda one: one.top), left


def without_crossed_out(glyphs: Iterable[Glyph], rules: Sequence[Rule]) -> list[Glyph]:
    """The glyphs that no horizontal line runs through the middle of.

    A line no longer than one Chinese character may be a stroke of it: 一, 二 and 日 in type that is drawn as outlines.
    """
    lines: dict[int, list[Rule]] = {}
    for rule in rules:
        if rule.x1 - rule.x0 >= rule.bottom - rule.top:
            lines.setdefault(round(rule.top / 10), []).append(rule)
    return [glyph for glyph in glyphs if not _is_crossed_out(glyph, lines)]


def _is_crossed_out(glyph: Glyph, lines: dict[int, list[Rule]]) -> bool:
    height = glyph.bottom - glyph.top
    low, high = glyph.top + 0.35 * height, glyph.top + 0.75 * height
    least = 0.0 if glyph.text.isascii() else 1.5 * (glyph.x1 - glyph.x0)
    return any(
        low < (rule.top + rule.bottom) / 2 < high
        and rule.x1 - rule.x0 >= least
        and min(rule.x1, glyph.x1) - max(rule.x0, glyph.x0) > 0.7 * (glyph.x1 - glyph.x0)
        for place in range(round(glyph.top / 10), round(glyph.bottom / 10) + 1)
        for rule in lines.get(place, ())
    )


def _joined(lines: list[_Line]) -> list[_Line]:
    """Pieces of one line as one line."""
    found: list[_Line] = []
    for line in sorted(lines):
        for index in range(len(found) - 1, -1, -1):
            other = found[index]
            if line.at - other.at > 1.5:
                found.append(line)
                break
            if line.start <= other.end + _NEAR and other.start <= line.end + _NEAR:
                start, end = min(line.start, other.start), max(line.end, other.end)
                found[index] = _Line(other.at, start, end)
                break
            if len(found) - index > 200:
                found.append(line)
                break
        else:
            found.append(line)
    return found


def _connected(across: list[_Line], down: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Lines that meet, directly or through others, with at least two of each direction."""
    groups = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while groups[index] != index:
            groups[index] = groups[groups[index]]
            index = groups[index]
        return index

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if v.start - _NEAR <= h.at <= v.end + _NEAR and h.start - _NEAR <= v.at <= h.end + _NEAR:
                groups[root(i)] = root(len(across) + j)
    found: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for i, h in enumerate(across):
        found.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        found.setdefault(root(len(across) + j), ([], []))[1].append(v)
    return [one for one in found.values() if len(one[0]) >= 2 and one[1]]


def clustered(values: Iterable[float], near: float = _NEAR) -> list[float]:
    """Sorted values, those closer together than `near` as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > near:
            found.append(value)
    return found


def _table(across: list[_Line], down: list[_Line]) -> RuledTable | None:
    """The grid of these lines; None when they only frame or underline something."""
    xs, ys = _grid_lines(down, across), _grid_lines(across, down)
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 2 or rows < 1 or rows * columns > _MAX_PLACES or xs[-1] - xs[0] < _NARROW:
        return None
    right = [[_is_drawn(down, xs[c + 1], ys[r], ys[r + 1]) for c in range(columns)] for r in range(rows)]
    below = [[_is_drawn(across, ys[r + 1], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows)]
    spans = _spans(rows, columns, right, below)
    if len(spans) < 2:
        return None
    return _squeezed(RuledTable(xs, ys, [Area(*span, []) for span in spans]))


def _grid_lines(lines: list[_Line], crossing: list[_Line]) -> list[float]:
    """Where the grid has its lines of one direction: where some are drawn, and where those that cross them end."""
    ends = (end for line in crossing for end in (line.start, line.end))
    return clustered([*(line.at for line in lines), *ends])


def _is_drawn(lines: list[_Line], at: float, start: float, end: float) -> bool:
    """Whether lines near `at` cover most of the way from start to end."""
    length = sum(
        max(0.0, min(line.end, end) - max(line.start, start)) for line in lines if abs(line.at - at) <= _NEAR
    )
    return length >= _COVERED * (end - start)


def _spans(
    rows: int, columns: int, right: list[list[bool]], below: list[list[bool]]
) -> list[tuple[int, int, int, int]]:
    """(row, column, down, across) of the cells: places without a border between them are one cell."""
    found: list[tuple[int, int, int, int]] = []
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            across = _across(column, right[row], taken[row])
            down = 1
            while row + down < rows and _goes_down(row + down, column, across, right, below, taken):
                down += 1
            for i in range(row, row + down):
                taken[i][column : column + across] = [True] * across
            found.append((row, column, down, across))
    return found


def _across(column: int, right: list[bool], taken: list[bool]) -> int:
    """How many places a cell is wide: up to a border at a place's right, or to a place that another cell has."""
    end = column + 1
    while end < len(taken) and not right[end - 1] and not taken[end]:
        end += 1
    return end - column


def _goes_down(
    row: int,
    column: int,
    across: int,
    right: list[list[bool]],
    below: list[list[bool]],
    taken: list[list[bool]],
) -> bool:
    """Whether the whole width of a cell goes on in this row: no border above it, none within it."""
    places = range(column, column + across)
    return not any(below[row - 1][c] or taken[row][c] for c in places) and not any(
        right[row][c] for c in places[:-1]
    )


def _squeezed(table: RuledTable) -> RuledTable:
    """Without grid lines at which no cell begins."""
    rows = sorted({area.row for area in table.areas})
    columns = sorted({area.column for area in table.areas})
    xs, ys = [*(table.xs[c] for c in columns), table.xs[-1]], [*(table.ys[r] for r in rows), table.ys[-1]]
    areas = []
    for area in table.areas:
        row, column = rows.index(area.row), columns.index(area.column)
        down = sum(area.row <= one < area.row + area.down for one in rows)
        across = sum(area.column <= one < area.column + area.across for one in columns)
        areas.append(Area(row, column, down, across, area.glyphs))
    return RuledTable(xs, ys, areas)


def _fill(table: RuledTable, glyphs: list[Glyph]) -> list[Glyph]:
    """Put each glyph into the cell that its middle lies in; → the others."""
    at = {
        (row, column): area
        for area in table.areas
        for row in range(area.row, area.row + area.down)
        for column in range(area.column, area.column + area.across)
    }
    left: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        area = at.get((bisect_right(table.ys, y) - 1, bisect_right(table.xs, x) - 1))
        if area is None:
            left.append(glyph)
        else:
            area.glyphs.append(glyph)
    return left
