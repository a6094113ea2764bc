"""Plain lists → a workbook: one sheet a list, headings that stay in view, rows that wrap, ready to be printed on A4."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.exporting.ooxml import clean
from app.exporting.sheet_rows import fit_row
from app.exporting.workbook_file import lay_on_a4, saved

_LINE = Side(style="thin", color="000000")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="EEF1F5")
_LONGEST = 32_000  # characters a cell of Excel can hold, and a few less

Sheet = tuple[str, Sequence[tuple[str, int]], Sequence[Sequence[str]]]


def workbook_bytes(title: str, sheets: Sequence[Sheet], author: str = "") -> bytes:
    """A sheet for each (name, headings with widths in characters, rows of texts); `title` stands above each list."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = clean(title)
    book.properties.creator = clean(author)
    for name, heads, rows in sheets:
        _fill(book.create_sheet(name), title, heads, rows)
    return saved(book)


def _fill(
    sheet: Worksheet, title: str, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]
) -> None:
    _put(sheet, 1, 1, title)
    sheet["A1"].font = Font(name="宋体", size=12, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    sheet.row_dimensions[1].height = 36
    for column, (text, width) in enumerate(heads, 1):
        _put(sheet, 2, column, text, is_head=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    widths = [width for _, width in heads]
    for number, row in enumerate(rows, 3):
        for column, text in enumerate(row, 1):
            _put(sheet, number, column, text)
        fit_row(sheet, number, row, widths)
    fit_row(sheet, 2, [text for text, _ in heads], widths)
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "2:2"
    lay_on_a4(sheet)


def _put(sheet: Worksheet, row: int, column: int, text: str, is_head: bool = False) -> None:
    """A text as a text, whatever it begins with; a plain number as a number."""
    cell = sheet.cell(row, column)
    if text.isascii() and text.isdigit() and len(text) < 10:
        cell.value = int(text)
    else:
        cell.value = clean(text)[:_LONGEST]
        cell.data_type = "s"  # = and + begin no formula here
    cell.font = Font(name="宋体", size=10, bold=is_head)
    cell.alignment = Alignment(
        horizontal="center" if is_head else "left", vertical="center" if is_head else "top", wrap_text=True
    )
    if row > 1:
        cell.border = _BORDER
    if is_head:
        cell.fill = _HEAD
