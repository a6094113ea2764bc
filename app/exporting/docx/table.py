"""One official table → WordprocessingML: real merged cells, repeated header rows, rows that do not split."""

from dataclasses import replace
from itertools import pairwise

from app.documents.blocks import CellRole, Run, TableBlock
from app.exporting.docx.revisions import Revisions
from app.exporting.docx.styles import borders, margins
from app.exporting.ooxml import Element, element, paragraph, runs, within
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import Align, PageStyle
from app.typesetting.tables import SetCell, SetTable, least_heights, set_table

TWIPS_PER_MM = 1440 / 25.4
TWIPS = 20  # in a point


def table_element(
    table: TableBlock,
    width_mm: float,
    table_style: str,
    cell_style: str,
    page: PageStyle,
    starts: frozenset[int] = frozenset(),
    revisions: Revisions | None = None,
) -> Element:
    """The table across `width_mm` (its widths are scaled to it), set as the page style has it.

    It is measured as for the PDF, so that both break it at the same row and its labels at the same character. `starts`
    are the rows with which a page begins: merged labels begin again there.
    """
    measured = set_table(table, _as_wide(page, width_mm), bundled_faces())
    page = measured.page
    twips = _twips(measured, width_mm)
    revisions = revisions or Revisions()
    made = within(
        element("tbl"),
        _properties(sum(twips), table_style, page),
        within(element("tblGrid"), *map(_grid_column, twips)),
    )
    heights = _row_heights(measured, page)
    places = {
        (made.cell.row + below, made.cell.column): made
        for made in measured.cells
        for below in range(made.cell.row_span)
    }
    for row in range(table.rows):
        splits = row in measured.split
        properties = _row_properties(row < table.header_rows, splits, *heights[row])
        revisions.row(table.mark, properties)
        line = within(element("tr"), properties)
        column = 0
        while column < table.columns:
            one = places[row, column]
            begins = row == one.cell.row or row in starts
            width = sum(twips[column : column + one.cell.column_span])
            words = _words(one, page, revisions) if begins else []
            line.append(_cell(one, begins, width, words, cell_style, measured.keeps[row], splits, page))
            column += one.cell.column_span
        made.append(line)
    return made


def _grid_column(width: int) -> Element:
    return element("gridCol", w=width)


def _as_wide(page: PageStyle, width_mm: float) -> PageStyle:
    """The page style on paper with this type area: numbers must fit where the clerk's own Word file has another one."""
    if abs(width_mm - page.width_mm) < 0.1:
        return page
    return replace(page, right_mm=page.page_width_mm - page.left_mm - width_mm)


def _twips(measured: SetTable, width_mm: float) -> list[int]:
    """The columns as the PDF has them: numbers that fit there fit here."""
    scale = width_mm * TWIPS_PER_MM / measured.edges[-1]
    return [round((right - left) * scale) for left, right in pairwise(measured.edges)]


def _words(made: SetCell, page: PageStyle, revisions: Revisions) -> list[Element]:
    """The text of a cell; a number has the PDF's size, a label the PDF's break after its ordinal."""
    half_points = 0 if made.size == 1.0 else int(made.size * page.table.size * 2 + 1e-6)
    found: list[Element] = []
    for run in made.cell.runs or (Run(made.text),):
        found += revisions.of(run.mark, runs(run.text, half_points=half_points, bold=made.bold))
    return found


def _properties(width: int, style_id: str, page: PageStyle) -> Element:
    """The table style has all of it; said here again for programs that take no borders from one."""
    return within(
        element("tblPr"),
        element("tblStyle", val=style_id),
        element("tblW", w=width, type="dxa"),
        element("jc", val="center"),
        borders(page.table),
        element("tblLayout", type="fixed"),
        margins(page.table),
    )


def _row_heights(measured: SetTable, page: PageStyle) -> list[tuple[float, str]]:
    """(points, rule) of each row: one with numbers set downwards is as high as they are long, whatever the program thinks."""
    least = least_heights(measured.block, page)
    turned = {made.cell.row for made in measured.cells if made.turned}
    return [
        (measured.heights[row], "exact") if row in turned else (height, "atLeast")
        for row, height in enumerate(least)
    ]


def _row_properties(header: bool, splits: bool, height: float, rule: str) -> Element:
    made = element("trPr")
    if not splits:
        made.append(element("cantSplit"))
    made.append(element("trHeight", val=round(height * TWIPS), hRule=rule))
    if header:
        made.append(element("tblHeader"))
    made.append(element("jc", val="center"))
    return made


def _cell(
    made: SetCell,
    begins: bool,
    width: int,
    words: list[Element],
    style: str,
    keep: bool,
    splits: bool,
    page: PageStyle,
) -> Element:
    cell = made.cell
    properties = within(element("tcPr"), element("tcW", w=width, type="dxa"))
    if cell.column_span > 1:
        properties.append(element("gridSpan", val=cell.column_span))
    if cell.row_span > 1:
        properties.append(element("vMerge", val="restart") if begins else element("vMerge"))
    if cell.role is CellRole.BAND and page.table.band:
        properties.append(element("shd", val="clear", color="auto", fill=page.table.band))
    if cell.upright:
        properties.append(element("textDirection", val="tbRlV"))
    elif made.turned:
        properties.append(element("textDirection", val="tbRl"))
    properties.append(element("vAlign", val="top" if splits else "center"))
    settings = {}
    if keep:
        settings["keep"] = element("keepNext")
    if made.align is Align.LEFT:
        settings["aside"] = element("jc", val="left")
    return within(element("tc"), properties, paragraph(style, *words, **settings))
