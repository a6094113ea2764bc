"""Tables as word processors write them row by row — nested, with cell borders in twips — → blocks on one grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.documents.blocks import Block, Cell, Paragraph, PictureBlock, TableBlock
from app.errors import UserError
from app.importing.source import MAX_AREA

MAX_DEPTH = 8
_TOLERANCES = (
    90,
    20,
    0,
)  # twips that borders of one column lie apart: rows dragged by hand differ by a millimetre


@dataclass(slots=True)
class RawCell:
    """One cell of one row between two borders; `continues` the merged cell above it or the one to its left."""

    left: int
    right: int
    blocks: list[Block] = field(default_factory=list)
    continues_above: bool = False
    continues_left: bool = False


@dataclass(slots=True)
class _Open:
    """A table being read: finished rows, finished cells of the row, the cell being filled."""

    rows: list[list[RawCell]] = field(default_factory=list)
    row: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)


class TableStack:
    """Collects blocks at a depth (0: outside of tables) and closes tables when the text leaves them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[_Open] = []
        self._tables = 0
        self._cells = 0

    def add(self, depth: int, *blocks: Block) -> None:
        """Blocks of the cell being filled at this depth, or outside of tables."""
        self._go_to(depth)
        self._content().extend(blocks)

    def end_cell(self, depth: int) -> None:
        self._go_to(max(depth, 1))
        table = self._open[-1]
        table.row.append(table.cell)
        table.cell = []

    def end_row(self, depth: int, cells: Sequence[RawCell]) -> None:
        """The row's cells by their borders; contents without a cell, and cells without borders, are kept."""
        self._go_to(max(depth, 1))
        table = self._open[-1]
        row = [replace(cell) for cell in cells]
        for index, blocks in enumerate(table.row):
            if index == len(row):
                edge = row[-1].right if row else 0
                row.append(RawCell(edge, edge + 1000))
            row[index].blocks = blocks
        if table.cell and row:
            row[-1].blocks = [*row[-1].blocks, *table.cell]
        table.row, table.cell = [], []
        self._cells += len(row)
        if self._cells > MAX_AREA:
            raise _too_large()
        if row:
            table.rows.append(row)

    def finish(self) -> tuple[Block, ...]:
        """Everything read, tables closed."""
        self._go_to(0)
        return tuple(self.blocks)

    def _content(self) -> list[Block]:
        return self._open[-1].cell if self._open else self.blocks

    def _go_to(self, depth: int) -> None:
        depth = min(depth, MAX_DEPTH)
        while len(self._open) < depth:
            self._open.append(_Open())
        while len(self._open) > depth:
            table = self._open.pop()
            rest = [block for cell in [*table.row, table.cell] for block in cell]
            is_real = bool(table.rows) and not _is_frame(table.rows)
            self._tables += is_real
            self._content().extend(
                _table(table.rows, f"表格{self._tables}") if is_real else _contents(table.rows)
            )
            self._content().extend(rest)


def _is_frame(rows: Sequence[Sequence[RawCell]]) -> bool:
    """A table that only lays out text: one column, or other tables inside."""
    return max(map(len, rows)) == 1 or any(
        isinstance(block, TableBlock) for row in rows for cell in row for block in cell.blocks
    )


def _contents(rows: Sequence[Sequence[RawCell]]) -> Iterator[Block]:
    return (block for row in rows for cell in row for block in cell.blocks)


def _table(rows: Sequence[Sequence[RawCell]], place: str) -> Iterator[Block]:
    """One grid for all rows; a cell that continues another only makes it larger."""
    grid, width = _on_grid(rows)
    cells: list[Cell] = []
    above: dict[
        int, int
    ] = {}  # grid column → index in `cells` of the cell that reaches down to the row before
    area = 0
    for line, row in enumerate(grid):
        reached: dict[int, int] = {}
        for raw, column, span in row:
            area += span
            if area > MAX_AREA:
                raise _too_large()
            text = cell_text(raw.blocks)
            index = above.get(column)
            if raw.continues_above and index is not None and cells[index].column_span == span and not text:
                cells[index] = replace(cells[index], row_span=line - cells[index].row + 1)
            else:
                index = len(cells)
                cells.append(Cell(line, column, text, 1, span, picture=_has_picture(raw.blocks)))
            reached[column] = index
        above = reached
    yield TableBlock(tuple(cells), len(grid), width, place=place)
    yield from (block for block in _contents(rows) if isinstance(block, PictureBlock))


def _too_large() -> UserError:
    return UserError("表格太大，不像是一份年度报告", "请只导入年度报告本身")


def cell_text(blocks: Sequence[Block]) -> str:
    """The paragraphs of a cell, one a line."""
    return "\n".join(block.text.strip() for block in blocks if isinstance(block, Paragraph)).strip()


def _has_picture(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, PictureBlock) for block in blocks)


_Placed = tuple[RawCell, int, int]  # cell, column, span


def _on_grid(rows: Sequence[Sequence[RawCell]]) -> tuple[list[list[_Placed]], int]:
    """Each row's cells with (column, span): borders closer together than a tolerance are one border."""
    merged = [_joined(row) for row in rows]
    edges = sorted({edge for row in merged for cell in row for edge in (cell.left, cell.right)})
    for tolerance in _TOLERANCES:
        lines = _grid_lines(edges, tolerance)
        placed = [_on_lines(row, lines) for row in merged]
        if all(map(_fits, placed)):
            return list(map(_with_width, placed)), lines[edges[-1]]
    return list(map(_side_by_side, merged)), max(map(len, merged))


def _grid_lines(edges: Sequence[int], tolerance: int) -> dict[int, int]:
    """Border → number of its grid line; borders that lie apart by no more than the tolerance share one."""
    lines: dict[int, int] = {}
    start, count = edges[0], 0
    for edge in edges:
        if edge - start > tolerance:
            start, count = edge, count + 1
        lines[edge] = count
    return lines


def _on_lines(row: Sequence[RawCell], lines: dict[int, int]) -> list[_Placed]:
    return [(cell, lines[cell.left], lines[cell.right] - lines[cell.left]) for cell in row]


def _with_width(row: Sequence[_Placed]) -> list[_Placed]:
    """Without the empty cells that lie between two borders that are now one."""
    return [one for one in row if one[2] > 0]


def _side_by_side(row: Sequence[RawCell]) -> list[_Placed]:
    """For borders of which nothing can be made: one column a cell."""
    return [(cell, index, 1) for index, cell in enumerate(row)]


def _fits(row: Sequence[_Placed]) -> bool:
    """No cell with text vanishes and none lies over its neighbour."""
    return all(span > 0 or not cell.blocks for cell, _, span in row) and all(
        column + span <= after for (_, column, span), (_, after, _) in pairwise(row)
    )


def _joined(row: Sequence[RawCell]) -> list[RawCell]:
    """Horizontally merged cells as one."""
    found: list[RawCell] = []
    for cell in row:
        if cell.continues_left and found:
            found[-1] = replace(found[-1], right=cell.right, blocks=[*found[-1].blocks, *cell.blocks])
        else:
            found.append(cell)
    return found
