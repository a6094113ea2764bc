"""Tables: how wide each column and how high each row is, where a page may end, and what one page's rows of it look like."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from app.chinese import ordinal
from app.documents.blocks import Cell, CellRole, TableBlock
from app.typesetting.columns import Columns, is_number, measure
from app.typesetting.fonts import Faces
from app.typesetting.lines import Line, cell_lines
from app.typesetting.page_style import Align, PageStyle

BASELINE = 0.8  # of a line's pitch from its top: what LibreOffice does with exact line heights
_SPLIT = 1 / 3  # of a page: a row of text that is higher may be split
EXTRA = 0.5  # points a row is higher than its lines (LibreOffice)
_ROUNDING = 0.1  # points by which a label may be wider than its room: Word counts columns in twips
_FIRST = 4  # rows of values under the headings before a page may end: a lone first row looks lost
_LEAST, _LEAST_UPRIGHT = 2, 3  # rows of a merged label on each page, so that it has room there
_PAIRS = re.compile(r"(?:[一-鿿]{2}){2,3}")  # headings of two or three words: 商业企业, 社会公益组织
_HEADINGS = (CellRole.BAND, CellRole.COLUMN, CellRole.CORNER)


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
    split: Mapping[int, int] = field(
        default_factory=dict
    )  # rows that may go on on another page → their lines

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
    split = _split_rows(block, cells, heights, page)
    heights = tuple(height if row in split else min(height, most) for row, height in enumerate(heights))
    keeps = _keeps(block, cells, heights, page)
    return SetTable(block, page, faces, edges, cells, heights, keeps, header_rows, split)


def _split_rows(
    block: TableBlock, cells: Sequence[SetCell], heights: Sequence[float], page: PageStyle
) -> dict[int, int]:
    """Rows of text so high that they may end one page and go on on the next, and how many lines they have."""
    lines: dict[int, int] = {}
    fixed = set(range(block.rows if block.keep_whole else block.header_rows))
    for made in cells:
        lines[made.cell.row] = max(lines.get(made.cell.row, 0), len(made.lines))
        if made.cell.row_span > 1 or made.turned:
            fixed |= set(range(made.cell.row, made.cell.row + made.cell.row_span))
    return {
        row: lines[row]
        for row, height in enumerate(heights)
        if height > page.height * _SPLIT and row not in fixed and row in lines
    }


def line_heights(table: SetTable, row: int) -> list[float]:
    """Of a row that may be split: the first line has the room above it, the last what is left."""
    pitch, count = table.page.table.pitch, table.split[row]
    above = table.page.table.margin + EXTRA / 2
    found = [pitch] * count
    found[0] += above
    found[-1] += table.heights[row] - count * pitch - above
    return found


def _set_cell(cell: Cell, edges: Sequence[float], columns: Columns, page: PageStyle, faces: Faces) -> SetCell:
    left, right = edges[cell.column], edges[cell.column + cell.column_span]
    room = right - left - 2 * page.table.padding
    text = cell.text
    if is_number(cell):
        return _set_number(cell, left, right, columns, page, faces)
    room += _ROUNDING
    bold = page.table.bold_rows and is_main(cell)
    align = SetCell(cell, (), 1.0, left, right - left, text).align
    lines = cell_lines(text, room, align, page, faces, bold, cell.runs)
    if cell.runs:
        return SetCell(cell, lines, 1.0, left, right - left, text, bold=bold)
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
        lines = cell_lines(cell.text, page.height / 2 / size, Align.LEFT, page, faces, marked=cell.runs)
        if len(lines) == 1:
            return SetCell(cell, lines, size, left, right - left, cell.text, turned=True)
    room = right - left - 2 * page.table.padding
    lines = cell_lines(cell.text, room / size, Align.CENTER, page, faces, marked=cell.runs)
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


def needed_height(made: SetCell, page: PageStyle) -> float:
    if made.turned:
        return turned_length(made) + 2 * page.table.margin + 2 * page.table.padding + EXTRA
    return _high(len(made.lines), page)


def turned_length(made: SetCell) -> float:
    """How long a number is that runs downwards."""
    return max((line.width for line in made.lines), default=0.0) * made.size


def _high(lines: float, page: PageStyle) -> float:
    return lines * page.table.pitch + 2 * page.table.margin + EXTRA


def least_heights(block: TableBlock, page: PageStyle) -> list[float]:
    """How high each row is at least, whatever stands in it."""
    wanted = block.lines if len(block.lines) == block.rows else (1,) * block.rows
    return [max(page.table.row_height, _high(lines, page)) for lines in wanted]


def _heights(cells: Sequence[SetCell], block: TableBlock, page: PageStyle) -> tuple[float, ...]:
    """Each row as high as its highest cell; a merged cell that needs more stretches its last row (as LibreOffice does)."""
    heights = least_heights(block, page)
    for made in cells:
        if made.cell.row_span == 1:
            heights[made.cell.row] = max(heights[made.cell.row], needed_height(made, page))
    for made in cells:
        row, span = made.cell.row, made.cell.row_span
        if span > 1:
            missing = needed_height(made, page) - sum(heights[row : row + span])
            heights[row + span - 1] += max(0.0, missing)
    return tuple(heights)


def _keeps(
    block: TableBlock, cells: Sequence[SetCell], heights: Sequence[float], page: PageStyle
) -> tuple[bool, ...]:
    """Also where a merged row label would not fit into what a page's end leaves of it, on either side."""
    keeps = keeps_with_next(block, _first_rows(block, heights, page))
    for made in cells:
        first, last = made.cell.row, made.cell.row + made.cell.row_span - 1
        needed = min(needed_height(made, page), page.height / 3)
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
