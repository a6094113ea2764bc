"""Tables: how wide each column and how high each row is, where a page may end, and what one page's rows of it look like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from app.chinese import ordinal
from app.documents.blocks import Cell, CellRole, TableBlock
from app.typesetting.breaking import glyphs
from app.typesetting.columns import Columns, is_number, measure
from app.typesetting.fonts import Faces
from app.typesetting.lines import Line, cell_lines
from app.typesetting.page_style import Align, PageStyle
from app.typesetting.pages import Part, Piece, Rule, Shade, Source, Text

BASELINE = 0.8  # of a line's pitch from its top: what LibreOffice does with exact line heights
_EXTRA = 0.5  # points a row is higher than its lines (LibreOffice)
_ROUNDING = 0.1  # points by which a label may be wider than its room: Word counts columns in twips
_FIRST = 4  # rows of values under the headings before a page may end: a lone first row looks lost
_LEAST, _LEAST_UPRIGHT = 2, 3  # rows of a merged label on each page, so that it has room there
_PAIRS = re.compile(r"(?:[一-鿿]{2}){2,3}")  # headings of two or three words: 商业企业, 社会公益组织
_HEADINGS = (CellRole.BAND, CellRole.COLUMN, CellRole.CORNER)
_LIFTED = frozenset(
    "、，。"
)  # marks that stand in the upper right of their square when characters run downwards


def keeps_with_next(table: TableBlock, first: int = _FIRST) -> list[bool]:
    """For each row, whether it must not be the last one on a page.

    These are headings and bands with the `first` rows under them, the rows of a whole table, the row before the last,
    and those where a merged label would have too few of its rows on either side. Word's keepNext from the same list
    breaks a table at the same row.
    """
    last = table.rows - 1
    under_headings = table.header_rows + first - 1
    keeps = [
        row < last and (table.keep_whole or row < under_headings or row == last - 1)
        for row in range(table.rows)
    ]
    for cell in table.cells:
        if cell.role in _HEADINGS and cell.row < last:
            keeps[cell.row] = True
        elif cell.role is CellRole.ROW and cell.row_span > 1:
            for row in _rows_held_together(cell):
                keeps[row] = True
    keeps[last] = table.keep_next
    return keeps


def _rows_held_together(label: Cell) -> list[int]:
    """The rows after which a page must not end, for it would leave a merged label too few rows above or below."""
    least = _LEAST_UPRIGHT if label.upright else _LEAST
    end = label.row + label.row_span - 1
    return [row for row in range(label.row, end) if row - label.row + 1 < least or end - row < least]


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell with its text broken for its width; `upright` when it is set downwards where there is room."""

    cell: Cell
    lines: tuple[Line, ...]
    size: float  # times the table's own
    left: float
    width: float
    text: str  # with the line break after an ordinal
    turned: bool = False  # a number that runs downwards
    bold: bool = False

    @property
    def align(self) -> Align:
        return Align.LEFT if begins_left(self.cell) else Align.CENTER


def begins_left(cell: Cell) -> bool:
    """Bands, and headings beside others or across all columns of headings, begin on the left; all else is centred."""
    beside = cell.role is CellRole.ROW and (cell.column > 0 or is_main(cell))
    return beside or cell.role is CellRole.BAND


def is_main(cell: Cell) -> bool:
    """一、本年新收政府信息公开申请数量: the heading of a row across all columns of headings."""
    return cell.role is CellRole.ROW and cell.column == 0 and cell.column_span > 1


@dataclass(frozen=True, eq=False)
class SetTable:
    """A table broken for the type area's width; `heights` and `keeps` row by row."""

    block: TableBlock
    page: PageStyle
    faces: Faces
    edges: tuple[float, ...]  # of the columns, from the type area's left
    cells: tuple[SetCell, ...]
    heights: tuple[float, ...]
    keeps: tuple[bool, ...]
    header_rows: int = field(default=0)

    @property
    def header_height(self) -> float:
        return sum(self.heights[: self.header_rows])


@lru_cache(maxsize=64)
def set_table(block: TableBlock, page: PageStyle, faces: Faces) -> SetTable:
    """Measure a table. Its columns fill the type area; all of its numbers are of one size."""
    page = page.for_table(block)
    columns = measure(block, page, faces)
    edges = tuple(accumulate(columns.widths, initial=0.0))
    cells = tuple(_set_cell(cell, edges, columns, page, faces) for cell in block.cells)
    heights = _heights(cells, block, page)
    header_rows = block.header_rows if sum(heights[: block.header_rows]) <= page.height / 2 else 0
    most = page.height - sum(heights[:header_rows])  # what a row that goes on may take
    heights = tuple(min(height, most) for height in heights)
    keeps = _keeps(block, cells, heights, page)
    return SetTable(block, page, faces, edges, cells, heights, keeps, header_rows)


def _set_cell(cell: Cell, edges: Sequence[float], columns: Columns, page: PageStyle, faces: Faces) -> SetCell:
    left, right = edges[cell.column], edges[cell.column + cell.column_span]
    room = right - left - 2 * page.table.padding
    text = cell.text
    if is_number(cell):
        return _set_number(cell, left, right, columns, page, faces)
    room += _ROUNDING
    bold = page.table.bold_rows and is_main(cell)
    align = SetCell(cell, (), 1.0, left, right - left, text).align
    lines = cell_lines(text, room, align, page, faces, bold)
    if cell.role is CellRole.ROW and len(lines) == 2:
        text, lines = _after_ordinal(text, room, align, page, faces) or (text, lines)
    elif cell.role is CellRole.COLUMN and len(lines) > 1:
        text, lines = _in_pairs(text, room, align, page, faces) or (text, lines)
    return SetCell(cell, lines, 1.0, left, right - left, text, bold=bold)


def _set_number(
    cell: Cell, left: float, right: float, columns: Columns, page: PageStyle, faces: Faces
) -> SetCell:
    """A number in the one size of all of them; downwards in a column too narrow for it."""
    size = columns.numbers / page.table.size
    if cell.column in columns.turned and cell.column_span == 1:
        lines = cell_lines(cell.text, page.height / 2 / size, Align.LEFT, page, faces)
        if len(lines) == 1:
            return SetCell(cell, lines, size, left, right - left, cell.text, turned=True)
    room = right - left - 2 * page.table.padding
    lines = cell_lines(cell.text, room / size, Align.CENTER, page, faces)
    return SetCell(cell, lines, size, left, right - left, cell.text)


def _after_ordinal(
    text: str, room: float, align: Align, page: PageStyle, faces: Faces
) -> tuple[str, tuple[Line, ...]] | None:
    """（三） over 不予公开 rather than a word torn in two; None when that is no two lines."""
    if not (opening := ordinal(text)).endswith("）"):
        return None
    parted = f"{opening}\n{text.removeprefix(opening)}"
    lines = cell_lines(parted, room, align, page, faces)
    return (parted, lines) if len(lines) == 2 else None


def _in_pairs(
    text: str, room: float, align: Align, page: PageStyle, faces: Faces
) -> tuple[str, tuple[Line, ...]] | None:
    """商业 over 企业 rather than 商业企 over 业; None where the words of a heading are whole already or not of two."""
    fitting = len(cell_lines(text, room, align, page, faces)[0].text)
    even = fitting - fitting % 2
    if not even or even == fitting or not _PAIRS.fullmatch(text):
        return None
    parted = "\n".join(text[begin : begin + even] for begin in range(0, len(text), even))
    return parted, cell_lines(parted, room, align, page, faces)


def _needed(made: SetCell, page: PageStyle) -> float:
    if made.turned:
        return turned_length(made) + 2 * page.table.margin + 2 * page.table.padding + _EXTRA
    return _high(len(made.lines), page)


def turned_length(made: SetCell) -> float:
    """How long a number is that runs downwards."""
    return max((line.width for line in made.lines), default=0.0) * made.size


def _high(lines: float, page: PageStyle) -> float:
    return lines * page.table.pitch + 2 * page.table.margin + _EXTRA


def least_heights(block: TableBlock, page: PageStyle) -> list[float]:
    """How high each row is at least, whatever stands in it."""
    wanted = block.lines if len(block.lines) == block.rows else (1,) * block.rows
    return [max(page.table.row_height, _high(lines, page)) for lines in wanted]


def _heights(cells: Sequence[SetCell], block: TableBlock, page: PageStyle) -> tuple[float, ...]:
    """Each row as high as its highest cell; a merged cell that needs more stretches its last row (as LibreOffice does)."""
    heights = least_heights(block, page)
    for made in cells:
        if made.cell.row_span == 1:
            heights[made.cell.row] = max(heights[made.cell.row], _needed(made, page))
    for made in cells:
        row, span = made.cell.row, made.cell.row_span
        if span > 1:
            missing = _needed(made, page) - sum(heights[row : row + span])
            heights[row + span - 1] += max(0.0, missing)
    return tuple(heights)


def _keeps(
    block: TableBlock, cells: Sequence[SetCell], heights: Sequence[float], page: PageStyle
) -> tuple[bool, ...]:
    """Also where a merged row label would not fit into what a page's end leaves of it, on either side."""
    keeps = keeps_with_next(block, _first_rows(block, heights, page))
    for made in cells:
        first, last = made.cell.row, made.cell.row + made.cell.row_span - 1
        needed = min(_needed(made, page), page.height / 3)
        for row in range(first, last):
            above, below = sum(heights[first : row + 1]), sum(heights[row + 1 : last + 1])
            if above < needed or below < needed:
                keeps[row] = True
    return tuple(keeps)


def _first_rows(block: TableBlock, heights: Sequence[float], page: PageStyle) -> int:
    """How many rows stand under the headings before a page may end: fewer where they are high or a merged label begins."""
    begins = {cell.row for cell in block.cells if cell.role is CellRole.ROW and cell.row_span > 1}
    for rows in range(2, _FIRST):
        if block.header_rows and block.header_rows + rows in begins:
            return rows
    for rows in range(_FIRST, 1, -1):
        if sum(heights[: block.header_rows + rows]) <= page.height / 3:
            return rows
    return 1


# ---- one page's part of a table ---------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def table_pieces(table: SetTable, rows: tuple[int, ...], x: float, top: float) -> tuple[Piece, ...]:
    """The cells and rules of these rows, one below the other from `top`; labels that go on are repeated.

    `rows` increase; there is a leap in them where the header rows come again.
    """
    tops = dict(zip(rows, accumulate((table.heights[row] for row in rows), initial=top), strict=False))
    pieces, boxes, shades = [], [], []
    for made in table.cells:
        if stretch := _stretch(made.cell, rows):
            first, last = stretch
            height = tops[last] + table.heights[last] - tops[first]
            left, right = x + made.left, x + made.left + made.width
            boxes.append((left, tops[first], right, tops[first] + height))
            if table.page.table.band and made.cell.role is CellRole.BAND:
                shades.append(Shade(left, tops[first], made.width, height, table.page.table.band))
            repeated = first != made.cell.row or _comes_again(made.cell.row, table, rows)
            pieces.append(_cell_piece(made, table, left, tops[first], height, repeated))
    pieces.sort(key=lambda piece: (piece.top, piece.x))
    return (*pieces, _rules(boxes, table.page.table.rule, table.block.section, tuple(shades)))


def _comes_again(row: int, table: SetTable, rows: Sequence[int]) -> bool:
    """Whether a header row stands here only because the table goes on."""
    after = [other for other in rows if other >= table.header_rows]
    return row < table.header_rows and bool(after) and after[0] > table.header_rows


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
    shrink = min(1.0, height / max(_needed(made, page), 1.0))
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
    in_column = max(1, int((height - _EXTRA) / _upright_pitch(page)))
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
    for number, char in enumerate(made.cell.text):
        column, place = divmod(number, in_column)
        font, width, _ = drawn[char]
        lift = 0.5 * size if char in _LIFTED else 0.0
        x, y = middle - column * page.table.pitch, first + place * pitch
        found.append(Text(x - width * size / 2 + lift, y - lift, width * size, font, size, 0.0, char))
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
