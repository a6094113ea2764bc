"""Where each heading and value of a section's table is printed: spans on one grid, shared by screen, Word, PDF and HTML."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from app.documents.blocks import Cell, CellRole, TableBlock
from app.form.model import CellRef, Heading, Section, TableSpec


class HeadingPlace(NamedTuple):
    """A heading on the grid of its tree: `level` counts from the outside, `line` along the leaves."""

    heading: Heading
    line: int
    lines: int  # how many leaves it heads
    level: int
    levels: int  # how many levels it covers (a leaf reaches to the innermost one)


def places(headings: tuple[Heading, ...]) -> tuple[HeadingPlace, ...]:
    """Lay a heading tree on a grid of leaves × levels, as the official table merges it."""
    levels = max(heading.depth for heading in headings)
    found: list[HeadingPlace] = []

    def lay(heading: Heading, line: int, level: int) -> int:
        count = sum(1 for _ in heading.leaves())
        found.append(HeadingPlace(heading, line, count, level, 1 if heading.children else levels - level))
        for child in heading.children:
            line = lay(child, line, level + 1)
        return line if heading.children else line + 1

    line = 0
    for heading in headings:
        line = lay(heading, line, 0)
    return tuple(found)


def printed_table(section: Section, show: Callable[[CellRef], str]) -> TableBlock:
    """The official table of a section; `show` gives the text of one value ("" for a blank)."""
    cells = tuple(_stacked(section, show) if section.is_stacked else _single(section.tables[0], show))
    return TableBlock(
        cells=cells,
        rows=max(cell.row + cell.row_span for cell in cells),
        columns=max(cell.column + cell.column_span for cell in cells),
        header_rows=section.header_rows,
        widths=section.widths,
        section=section.key,
        keep_whole=section.keep_whole,
    )


def _stacked(section: Section, show: Callable[[CellRef], str]) -> Iterator[Cell]:
    """Band, heading row and value rows of each table; the last column takes what its table leaves of the grid."""
    width = len(section.widths)
    row = 0
    for table in section.tables:
        yield Cell(row, 0, table.title, 1, width, CellRole.BAND)
        row += 1
        columns = table.leaf_columns

        def span(index: int, count: int = len(columns)) -> int:
            return width - count if index == count - 1 else 1

        yield Cell(row, 0, table.corner, role=CellRole.CORNER)
        for index, column in enumerate(columns):
            yield Cell(row, 1 + index, column.label, 1, span(index), CellRole.COLUMN)
        row += 1
        for leaf in table.leaf_rows:
            yield Cell(row, 0, leaf.label, role=CellRole.ROW)
            for index, column in enumerate(columns):
                ref = CellRef(table.key, leaf.key, column.key)
                yield Cell(row, 1 + index, show(ref), 1, span(index), CellRole.VALUE, ref)
            row += 1


def _single(table: TableSpec, show: Callable[[CellRef], str]) -> Iterator[Cell]:
    """Merged column headings above, merged row headings to the left (none when the rows have no label)."""
    top = max(column.depth for column in table.columns)
    left = table.row_heading_levels
    if left:
        yield Cell(0, 0, table.corner, top, left, CellRole.CORNER)
    for place in places(table.columns):
        label = place.heading.label
        yield Cell(place.level, left + place.line, label, place.levels, place.lines, CellRole.COLUMN)
    if left:
        for place in places(table.rows):
            yield Cell(
                top + place.line, place.level, place.heading.label, place.lines, place.levels, CellRole.ROW
            )
    for line, row in enumerate(table.leaf_rows):
        for index, column in enumerate(table.leaf_columns):
            ref = CellRef(table.key, row.key, column.key)
            yield Cell(top + line, left + index, show(ref), role=CellRole.VALUE, ref=ref)
