"""A table that goes on over pages: its parts on one grid, cut rows and merged headings put together again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.documents.blocks import Cell, TableBlock
from app.importing.readers.page_table import clustered

_ORDINAL = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+[、.．，,是]|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[、.．]|[①-⑳])"
)


@dataclass
class PageTable:
    page: int
    top: float
    edges: list[float]  # borders of the columns
    block: TableBlock


def is_rest(table: PageTable, item: PageTable) -> bool:
    """Whether a table at the top of the next page goes on with this one: as wide, with nothing in between."""
    apart = max(abs(item.edges[0] - table.edges[0]), abs(item.edges[-1] - table.edges[-1]))
    return item.page == table.page + 1 and apart < 4


def joined(table: PageTable, rest: PageTable) -> PageTable:
    edges = clustered([*table.edges, *rest.edges])
    upper = _on(table, edges)
    lower = _without_heading(upper, _on(rest, edges))
    rows = max(cell.row + cell.row_span for cell in upper)
    lower = [replace(cell, row=cell.row + rows) for cell in lower]
    cells = _one_row(upper, lower, rows) if _is_cut_row(upper, lower, rows) else _knit(upper, lower, rows)
    total = max(cell.row + cell.row_span for cell in cells)
    place = f"{table.block.place.split('至')[0]}至第{rest.page}页"
    return PageTable(
        rest.page, table.top, edges, TableBlock(tuple(cells), total, len(edges) - 1, place=place)
    )


def _on(table: PageTable, edges: Sequence[float]) -> list[Cell]:
    """The cells of a table on the grid of these borders."""
    places = [min(range(len(edges)), key=lambda i: abs(edges[i] - x)) for x in table.edges]
    return [
        replace(cell, column=start, column_span=places[cell.column + cell.column_span] - start)
        for cell in table.block.cells
        if (start := places[cell.column]) < places[cell.column + cell.column_span]
    ]


def _without_heading(upper: Sequence[Cell], lower: list[Cell]) -> list[Cell]:
    """The lower part without rows that repeat the first ones of the upper part."""
    repeated = 0
    for rows in range(1, 6):
        above = [cell for cell in upper if cell.row < rows]
        below = [cell for cell in lower if cell.row < rows]
        if any(cell.row + cell.row_span > rows for cell in (*above, *below)):
            continue
        if [_plain(cell) for cell in above] != [_plain(cell) for cell in below]:
            break
        repeated = rows
    return [replace(cell, row=cell.row - repeated) for cell in lower if cell.row >= repeated]


def _plain(cell: Cell) -> tuple[int, int, int, int, str]:
    return cell.row, cell.column, cell.row_span, cell.column_span, re.sub(r"\s+", "", cell.text)


def _knit(upper: list[Cell], lower: list[Cell], border: int) -> list[Cell]:
    """Merged headings that a page break cut in two become one cell again."""
    cells = list(upper)
    for cell in lower:
        index = _cut_off(cells, cell, lower, border) if cell.row == border else None
        if index is None:
            cells.append(cell)
        else:
            above = cells[index]
            text = above.text + cell.text
            cells[index] = replace(above, text=text, row_span=above.row_span + cell.row_span)
    return cells


def _cut_off(cells: Sequence[Cell], cell: Cell, lower: Sequence[Cell], border: int) -> int | None:
    """Which cell above the page break this one goes on: in the same columns, with a label of its own to its right."""
    label_beside = any(
        other.row == border and other.column > cell.column and _is_label(other.text) for other in lower
    )
    if not label_beside or (cell.text and (_ORDINAL.match(cell.text) or not _is_label(cell.text))):
        return None
    for index, above in enumerate(cells):
        if (
            above.row + above.row_span == border
            and (above.column, above.column_span) == (cell.column, cell.column_span)
            and _is_label(above.text)
            and (not cell.text or (_ORDINAL.match(above.text) and cell.row_span > 1))
        ):
            return index
    return None


def _is_label(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text) or _ORDINAL.fullmatch(text))


def _above(upper: Sequence[Cell], cell: Cell, border: int) -> int | None:
    """Which cell ends at the page break above this one, just as wide."""
    for index, one in enumerate(upper):
        if one.row + one.row_span == border and (one.column, one.column_span) == (
            cell.column,
            cell.column_span,
        ):
            return index
    return None


def _is_cut_row(upper: Sequence[Cell], lower: Sequence[Cell], border: int) -> bool:
    """Whether the page break went through a row: what stands below begins nothing, and stands under its like.

    Each label of 表三 begins with its ordinal; a number can only go on under a number.
    """
    last = [one for one in upper if one.row + one.row_span == border]
    labels = [one for one in last if _is_label(one.text)]
    leaf = max(labels, key=lambda one: one.column, default=None)
    rest = [one for one in lower if one.row == border and one.text.strip()]
    for cell in rest:
        index = _above(upper, cell, border)
        if index is None or _ORDINAL.match(cell.text) or _is_label(cell.text) != _is_label(upper[index].text):
            return False
        if not upper[index].text.strip() or (_is_label(cell.text) and leaf and not _ORDINAL.match(leaf.text)):
            return False
    return bool(rest)


def _one_row(upper: Sequence[Cell], lower: Sequence[Cell], border: int) -> list[Cell]:
    """The two parts of a cut row as one; what follows it moves up by a row."""
    cells = list(upper)
    for cell in lower:
        index = _above(upper, cell, border) if cell.row == border else None
        if index is not None:
            above = cells[index]
            text = "\n".join(part for part in (above.text, cell.text) if part.strip())
            cells[index] = replace(above, text=text, row_span=above.row_span + cell.row_span - 1)
        elif cell.row > border or cell.text.strip():
            cells.append(replace(cell, row=cell.row - 1 if cell.row > border else cell.row))
    return cells
