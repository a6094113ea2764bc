"""One official table → WordprocessingML: real merged cells, repeated header rows, rows that do not split."""

from app.blocks import Cell, CellRole, TableBlock
from app.exporting.ooxml import Element, element, paragraph, runs, within
from app.typesetting.tables import keeps_with_next

TWIPS_PER_MM = 1440 / 25.4


def table_element(table: TableBlock, width_mm: float, cell_style: str, row_height: float) -> Element:
    """The table across `width_mm` (its widths are scaled to it), rows at least `row_height` points high."""
    scale = width_mm / sum(table.widths)
    twips = [round(width * scale * TWIPS_PER_MM) for width in table.widths]
    made = within(
        element("tbl"), _properties(sum(twips)), within(element("tblGrid"), *map(_grid_column, twips))
    )
    keeps = keeps_with_next(table)
    anchors = {(cell.row, cell.column): cell for cell in table.cells}
    covering = {
        (cell.row + below, cell.column): cell for cell in table.cells for below in range(1, cell.row_span)
    }
    for row in range(table.rows):
        line = within(element("tr"), _row_properties(row < table.header_rows, row_height))
        column = 0
        while column < table.columns:
            cell = anchors.get((row, column)) or covering[row, column]
            line.append(_cell(cell, row, twips[column : column + cell.column_span], cell_style, keeps[row]))
            column += cell.column_span
        made.append(line)
    return made


def _grid_column(width: int) -> Element:
    return element("gridCol", w=width)


def _properties(width: int) -> Element:
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=4, space=0, color="000000"))
    margins = within(
        element("tblCellMar"), element("left", w=40, type="dxa"), element("right", w=40, type="dxa")
    )
    return within(
        element("tblPr"),
        element("tblW", w=width, type="dxa"),
        element("jc", val="center"),
        borders,
        element("tblLayout", type="fixed"),
        margins,
    )


def _row_properties(header: bool, height: float) -> Element:
    made = within(
        element("trPr"), element("cantSplit"), element("trHeight", val=round(height * 20), hRule="atLeast")
    )
    if header:
        made.append(element("tblHeader"))
    made.append(element("jc", val="center"))
    return made


def _cell(cell: Cell, row: int, twips: list[int], style: str, keep: bool) -> Element:
    properties = within(element("tcPr"), element("tcW", w=sum(twips), type="dxa"))
    if cell.column_span > 1:
        properties.append(element("gridSpan", val=cell.column_span))
    first = row == cell.row
    if cell.row_span > 1:
        properties.append(element("vMerge", val="restart") if first else element("vMerge"))
    if cell.upright:
        properties.append(element("textDirection", val="tbRlV"))
    properties.append(element("vAlign", val="center"))
    settings = {}
    if keep:
        settings["keep"] = element("keepNext")
    if cell.role is CellRole.ROW and cell.column > 0:
        settings["aside"] = element("jc", val="left")
    words = runs(cell.text) if first else []
    return within(element("tc"), properties, paragraph(style, *words, **settings))
