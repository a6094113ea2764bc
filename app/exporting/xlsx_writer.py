"""The official tables → a workbook: one sheet a table, merged as printed, totals as formulas where they agree."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.blocks import Block, Cell, CellRole, TableBlock
from app.documents.compose import MONEY_UNIT, has_unit
from app.exporting.meta import Meta
from app.exporting.ooxml import clean
from app.exporting.sheet_rows import set_heights
from app.exporting.workbook_file import lay_on_a4, saved
from app.form.model import CellRef, FormDefinition, Value, ValueKind
from app.report.model import Report
from app.report.totals import part_sum
from app.typesetting.columns import is_number
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import MM, page_style
from app.typesetting.tables import begins_left, is_main, set_table

_LINE = Side(style="thin", color="000000")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_COMPUTED = PatternFill("solid", fgColor="F3F4F6")
_UPRIGHT = 255  # Excel's word for characters one below the other
_MILLIMETRE = 0.55  # Excel's width unit is a character of about 1.8 mm


def xlsx_bytes(blocks: Iterable[Block], meta: Meta, report: Report, form: FormDefinition) -> bytes:
    """A workbook with a sheet for each official table. A blank cell stays empty; a wrong total stays the number it is."""
    book = Workbook()
    book.remove(book.worksheets[0])
    title = clean(meta.title)
    mark = f"【{clean(meta.watermark)}】" if meta.watermark else ""
    book.properties.title = title
    book.properties.creator = clean(meta.agency)
    values: dict[str, dict[str, str]] = {}
    for block in blocks:
        if isinstance(block, TableBlock) and block.section:
            section = form.section(block.section)
            sheet = book.create_sheet(section.table_name)
            fill_table(sheet, block, f"{title}{mark}\n{section.title}")
            values[sheet.title] = _formulas(sheet, block, report, form)
    return saved(book, values)


def fill_table(sheet: Worksheet, table: TableBlock, heading: str) -> None:
    """The printed table under a heading, its values still empty; rows and labels as the pages have them."""
    measured = set_table(table, page_style().with_airy_tables, bundled_faces())
    sheet.append([heading])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=table.columns)
    sheet["A1"].data_type = "s"  # a name that starts with = is still a name
    sheet["A1"].font = Font(name="宋体", size=12, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 36
    for index, (left, right) in enumerate(pairwise(measured.edges), 1):
        width = (right - left) / MM * _MILLIMETRE
        sheet.column_dimensions[get_column_letter(index)].width = max(
            width, 6, _digits(table, index - 1) + 1.5
        )
    for made in measured.cells:
        _put(sheet, made.cell, made.text, measured.page.table.band)
    set_heights(sheet, 2, measured.heights)
    if table.header_rows:
        sheet.freeze_panes = f"A{table.header_rows + 2}"
        sheet.print_title_rows = f"2:{table.header_rows + 1}"
    lay_on_a4(sheet, is_landscape=False)
    sheet.print_options.horizontalCentered = True


def _digits(table: TableBlock, column: int) -> int:
    """How long the longest number of a column is: Excel shows ### where it finds no room."""
    return max(
        (
            len(cell.text)
            for cell in table.cells
            if cell.column == column and cell.column_span == 1 and is_number(cell)
        ),
        default=0,
    )


def _put(sheet: Worksheet, cell: Cell, text: str, band: str) -> None:
    row, column = cell.row + 2, cell.column + 1
    if cell.row_span > 1 or cell.column_span > 1:
        last_row, last_column = row + cell.row_span - 1, column + cell.column_span - 1
        for r in range(row, last_row + 1):
            for c in range(column, last_column + 1):
                sheet.cell(r, c).border = _BORDER
        sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)
    place: Any = sheet.cell(row, column)
    place.border = _BORDER
    place.font = Font(name="宋体", size=10, bold=is_main(cell))
    if band and cell.role is CellRole.BAND:
        place.fill = PatternFill("solid", start_color=f"FF{band}")
    aside = "left" if begins_left(cell) else "center"
    place.alignment = Alignment(
        horizontal=aside, vertical="center", wrap_text=True, text_rotation=_UPRIGHT if cell.upright else 0
    )
    if cell.role is not CellRole.VALUE:
        place.value = text


def _formulas(sheet: Worksheet, table: TableBlock, report: Report, form: FormDefinition) -> dict[str, str]:
    """Numbers as numbers; a total that equals its parts becomes their sum. The value of each formula by its place."""
    values: dict[str, str] = {}
    places = {
        c.ref: f"{get_column_letter(c.column + 1)}{c.row + 2}" for c in table.cells if c.ref is not None
    }
    for ref, place in places.items():
        sheet[place].number_format = number_format(ref, form)
        value = report[ref]
        if value is None:
            continue
        formula = _formula(ref, value, places, report, form)
        sheet[place] = formula or value
        if formula:
            values[place] = format(value, "f") if isinstance(value, Decimal) else str(value)
        if ref in form.totals:
            sheet[place].fill = _COMPUTED
    return values


def number_format(ref: CellRef, form: FormDefinition) -> str:
    """How a value is shown: an amount under a heading without a unit with its own, as in print (采购总金额 of 2019)."""
    if form.kind(ref) is not ValueKind.MONEY:
        return "0"
    return "General" if has_unit(form.tables[ref.table], ref) else f'General"{MONEY_UNIT}"'


def _formula(
    ref: CellRef, value: Value, places: dict[CellRef, str], report: Report, form: FormDefinition
) -> str | Decimal | None:
    for equation in form.totals.get(ref, ()):
        if part_sum(equation, report.values) == value:
            return "=" + "+".join(places[part] for part in equation.parts)
    return None
