"""What one page's rows of a table look like: cells, labels that go on, shades and rules."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from app.documents.blocks import Cell, CellRole, Run
from app.typesetting.breaking import glyphs
from app.typesetting.page_style import PageStyle
from app.typesetting.pages import Part, Piece, Rule, Shade, Source, Text
from app.typesetting.tables import (
    BASELINE,
    EXTRA,
    SetCell,
    SetTable,
    line_heights,
    needed_height,
    turned_length,
)

_LIFTED = frozenset(
    "、，。"
)  # marks that stand in the upper right of their square when characters run downwards


@lru_cache(maxsize=64)
def table_pieces(
    table: SetTable,
    rows: tuple[int, ...],
    x: float,
    top: float,
    parts: tuple[tuple[int, int, int], ...] = (),
) -> tuple[Piece, ...]:
    """The cells and rules of these rows, one below the other from `top`; labels that go on are repeated.

    `rows` increase; there is a leap in them where the header rows come again. `parts` are (row, first line, end) of those
    that are split.
    """
    lines = {row: (first, end) for row, first, end in parts}
    heights = {row: _part_height(table, row, lines.get(row)) for row in rows}
    tops = dict(zip(rows, accumulate(heights.values(), initial=top), strict=False))
    pieces, boxes, shades = [], [], []
    for made in table.cells:
        if stretch := _stretch(made.cell, rows):
            first, last = stretch
            height = tops[last] + heights[last] - tops[first]
            left, right = x + made.left, x + made.left + made.width
            boxes.append((left, tops[first], right, tops[first] + height))
            if table.page.table.band and made.cell.role is CellRole.BAND:
                shades.append(Shade(left, tops[first], made.width, height, table.page.table.band))
            repeated = first != made.cell.row or _comes_again(made.cell.row, table, rows, lines)
            if made.cell.row in table.split:
                shown = lines.get(made.cell.row, (0, len(made.lines)))
                pieces.append(_split_piece(made, table, left, tops[first], height, shown))
            else:
                pieces.append(_cell_piece(made, table, left, tops[first], height, repeated))
    pieces.sort(key=lambda piece: (piece.top, piece.x))
    return (*pieces, _rules(boxes, table.page.table.rule, table.block.section, tuple(shades)))


def _part_height(table: SetTable, row: int, lines: tuple[int, int] | None) -> float:
    return sum(line_heights(table, row)[slice(*lines)]) if lines else table.heights[row]


def _split_piece(
    made: SetCell, table: SetTable, left: float, top: float, height: float, shown: tuple[int, int]
) -> Piece:
    """Some lines of a cell from its top; read aloud as a part of the cell with which it began."""
    cell, style = made.cell, table.page.table
    y = top + BASELINE * style.pitch + (style.margin + EXTRA / 2 if shown[0] == 0 else 0.0)
    texts = []
    for line in made.lines[slice(*shown)]:
        texts += [text._replace(x=left + style.padding + text.x, y=y) for text in line.texts]
        y += style.pitch
    part = Part.CELL if cell.role is CellRole.VALUE else Part.HEADER_CELL
    source = Source(table.block.section, -1, cell.ref)
    place = (left, top, made.width, height)
    return Piece(*place, part, source, tuple(texts), block=table.block, cell=cell, goes_on=shown[0] > 0)


def _comes_again(
    row: int, table: SetTable, rows: Sequence[int], lines: Mapping[int, tuple[int, int]]
) -> bool:
    """Whether a header row stands here only because the table goes on."""
    after = [other for other in rows if other >= table.header_rows]
    if row >= table.header_rows or not after:
        return False
    return after[0] > table.header_rows or lines.get(after[0], (0, 0))[0] > 0


def _stretch(cell: Cell, rows: Sequence[int]) -> tuple[int, int] | None:
    """The first and last row of the cell on this page; None when none of its rows is here."""
    if cell.row_span == 1:
        return (cell.row, cell.row) if cell.row in rows else None
    here = [row for row in rows if cell.row <= row < cell.row + cell.row_span]
    return (here[0], here[-1]) if here else None


def _cell_piece(
    made: SetCell, table: SetTable, left: float, top: float, height: float, repeated: bool
) -> Piece:
    cell, page = made.cell, table.page
    if cell.upright and _upright_columns(made, height, page) * page.table.pitch <= made.width:
        texts = _upright_texts(made, table, left, top, height)
    elif made.turned:
        texts = _turned_texts(made, page, left, top, height)
    else:
        texts = _level_texts(made, page, left, top, height)
    part = Part.CELL if cell.role is CellRole.VALUE else Part.HEADER_CELL
    if repeated:
        part = Part.ARTIFACT
    source = Source(table.block.section, -1, cell.ref)
    return Piece(left, top, made.width, height, part, source, texts, block=table.block, cell=cell)


def _level_texts(made: SetCell, page: PageStyle, left: float, top: float, height: float) -> tuple[Text, ...]:
    """The lines in the middle of the cell's height, smaller where it is too low for them."""
    style = page.table
    shrink = min(1.0, height / max(needed_height(made, page), 1.0))
    size, pitch = made.size * shrink, style.pitch * shrink
    y = top + (height - pitch * len(made.lines)) / 2 + BASELINE * pitch
    room = made.width - 2 * style.padding
    found = []
    for line in made.lines:
        begin = left + style.padding + (room * (1 - shrink) / 2 if shrink < 1 else 0.0)
        for text in line.texts:
            found.append(
                text._replace(x=begin + text.x * size, y=y, width=text.width * size, size=text.size * size)
            )
        y += pitch
    return tuple(found)


def _turned_texts(made: SetCell, page: PageStyle, left: float, top: float, height: float) -> tuple[Text, ...]:
    """The number in the middle of its column, its first figure at the top."""
    size = made.size * page.table.size
    x = left + (made.width + page.table.pitch * made.size) / 2 - BASELINE * page.table.pitch * made.size
    y = top + (height - turned_length(made)) / 2
    return tuple(
        [
            text._replace(x=x, y=y + text.x * made.size, width=text.width * made.size, size=size, turned=True)
            for line in made.lines
            for text in line.texts
        ]
    )


def _upright_pitch(page: PageStyle) -> float:
    return page.table.size * 1.2


def _upright_columns(made: SetCell, height: float, page: PageStyle) -> int:
    """How many columns of characters a label set downwards needs, being so high."""
    in_column = max(1, int((height - EXTRA) / _upright_pitch(page)))
    return -(-len(made.cell.text) // in_column)


def _upright_texts(
    made: SetCell, table: SetTable, left: float, top: float, height: float
) -> tuple[Text, ...]:
    """Characters one below the other in the middle of a narrow column; what is too long goes on to the left of it."""
    page = table.page
    pitch, size = _upright_pitch(page), page.table.size
    drawn = glyphs(table.faces, page.table.role)
    columns = _upright_columns(made, height, page)
    in_column = -(-len(made.cell.text) // columns)
    first = top + (height - pitch * in_column) / 2 + BASELINE * pitch
    middle = left + made.width / 2 + page.table.pitch * (columns - 1) / 2
    found = []
    marks = [run.mark for run in made.cell.runs or (Run(made.cell.text),) for _ in run.text]
    for number, (char, mark) in enumerate(zip(made.cell.text, marks, strict=True)):
        column, place = divmod(number, in_column)
        font, width, _ = drawn[char]
        lift = 0.5 * size if char in _LIFTED else 0.0
        x, y = middle - column * page.table.pitch, first + place * pitch
        x += lift - width * size / 2
        found.append(Text(x, y - lift, width * size, font, size, 0.0, char, mark=mark))
    return tuple(found)


def _rules(
    boxes: Sequence[tuple[float, float, float, float]],
    width: float,
    section: str,
    shades: tuple[Shade, ...],
) -> Piece:
    """Every edge drawn once, edges in one line joined."""
    across: dict[float, list[tuple[float, float]]] = {}
    down: dict[float, list[tuple[float, float]]] = {}
    for left, top, right, bottom in boxes:
        for y in (top, bottom):
            across.setdefault(round(y, 2), []).append((left, right))
        for x in (left, right):
            down.setdefault(round(x, 2), []).append((top, bottom))
    half = width / 2
    rules = [Rule(a - half, y, b + half, y, width) for y, spans in across.items() for a, b in _joined(spans)]
    rules += [Rule(x, a - half, x, b + half, width) for x, spans in down.items() for a, b in _joined(spans)]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    left, top = min(lefts), min(tops)
    place = left, top, max(rights) - left, max(bottoms) - top
    return Piece(*place, Part.ARTIFACT, Source(section), rules=tuple(rules), shades=shades)


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1] + 0.05:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found
