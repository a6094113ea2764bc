"""A table that goes on over pages: its parts on one grid, cut rows and merged headings put together again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.documents.blocks import Cell, TableBlock
from app.importing.readers.page_table import clustered

# How the official labels and headings begin: 一、 第二是 （三） 4. ⑤
ORDINAL = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+[、.．，,是]|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[、.．]|[①-⑳])"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")  # a label, not a number: 规章


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
        above, below = _top(upper, rows), _top(lower, rows)
        if _is_cut_after(rows, above) or _is_cut_after(rows, below):
            continue  # a merged heading is compared with all of its rows
        if list(map(_plain, above)) != list(map(_plain, below)):
            break
        repeated = rows
    return [replace(cell, row=cell.row - repeated) for cell in lower if cell.row >= repeated]


def _top(cells: Sequence[Cell], rows: int) -> list[Cell]:
    return [cell for cell in cells if cell.row < rows]


def _is_cut_after(rows: int, cells: Sequence[Cell]) -> bool:
    """Whether one of these cells goes on below the first `rows` rows."""
    return any(cell.row + cell.row_span > rows for cell in cells)


def _plain(cell: Cell) -> tuple[int, int, int, int, str]:
    return cell.row, cell.column, cell.row_span, cell.column_span, "".join(cell.text.split())


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
    if not _has_label_beside(cell, lower, border) or not _may_go_on(cell.text):
        return None
    for index, above in enumerate(cells):
        if _ends_above(above, cell, border) and _is_label(above.text) and _is_rest(cell, above):
            return index
    return None


def _has_label_beside(cell: Cell, lower: Sequence[Cell], border: int) -> bool:
    return any(
        other.row == border and other.column > cell.column and _is_label(other.text) for other in lower
    )


def _may_go_on(text: str) -> bool:
    """Nothing at all, or the end of a label: neither a number nor （二）, which begins a label of its own."""
    return not text or (_is_label(text) and not ORDINAL.match(text))


def _is_rest(cell: Cell, above: Cell) -> bool:
    """A cell without text fills up the one above it; one with text only a numbered heading of several rows."""
    return not cell.text or (ORDINAL.match(above.text) is not None and cell.row_span > 1)


def _is_label(text: str) -> bool:
    return bool(_CHINESE.search(text) or ORDINAL.fullmatch(text))


def _above(upper: Sequence[Cell], cell: Cell, border: int) -> int | None:
    """Which cell ends at the page break above this one, just as wide."""
    for index, one in enumerate(upper):
        if _ends_above(one, cell, border):
            return index
    return None


def _ends_above(one: Cell, cell: Cell, border: int) -> bool:
    is_as_wide = (one.column, one.column_span) == (cell.column, cell.column_span)
    return one.row + one.row_span == border and is_as_wide


def _is_cut_row(upper: Sequence[Cell], lower: Sequence[Cell], border: int) -> bool:
    """Whether the page break went through a row: what stands below begins nothing, and stands under its like.

    Each label of 表三 begins with its ordinal; a number can only go on under a number.
    """
    last = [one for one in upper if one.row + one.row_span == border]
    labels = [one for one in last if _is_label(one.text)]
    leaf = max(labels, key=lambda one: one.column, default=None)
    labels_are_numbered = leaf is None or ORDINAL.match(leaf.text) is not None
    rest = [one for one in lower if one.row == border and one.text.strip()]
    for cell in rest:
        index = _above(upper, cell, border)
        if index is None or not _is_end_of(cell.text, upper[index].text, labels_are_numbered):
            return False
    return bool(rest)


def _is_end_of(text: str, above: str, labels_are_numbered: bool) -> bool:
    """Whether a text below a page break may be the end of the text above it."""
    if not above.strip() or ORDINAL.match(text) or _is_label(text) != _is_label(above):
        return False
    return labels_are_numbered or not _is_label(text)


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
