"""A workbook → its bytes, the parts of a font in the order in which Excel itself writes them, formulas with their values."""

import contextlib
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

_ORDER = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
_A4 = 9  # of Excel's sizes of paper

_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)(?:<v></v>|<v ?/>)')

Values = Mapping[str, Mapping[str, str]]  # sheet → place → what its formula comes to


def saved(book: Workbook, values: Values | None = None) -> bytes:
    """openpyxl begins with the name, which strict readers (the Open XML SDK) take for an error.

    It writes no value beside a formula either: previews, phones and pandas would show a blank total.
    """
    Font.__elements__ = tuple(_ORDER.split())
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive).save()
    return _with_values(stream.getvalue(), book, values) if values else stream.getvalue()


def lay_on_a4(sheet: Any, is_landscape: bool = True) -> None:
    """Printed as wide as a page, and as long as it is."""
    sheet.page_setup.paperSize = _A4
    if is_landscape:
        sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


class LongSheet(WriteOnlyWorksheet):  # type: ignore[misc,unused-ignore]
    """A sheet of any length beside others: its rows go to the disk as they are appended, and are not held in memory."""

    row_dimensions: Any
    column_dimensions: Any
    page_setup: Any
    sheet_properties: Any
    _writer: Any

    def __init__(self, book: Any, title: str) -> None:
        super().__init__(book, title)
        book._add_sheet(self)

    def append(self, row: Any) -> None:
        super().append(row)
        self.row_dimensions.clear()  # the height of a row that is written is no longer needed

    def drop(self) -> None:
        """The book is not wanted after all: what lies on the disk goes."""
        with contextlib.suppress(Exception):  # half a row was being written, or it has gone already
            if not self.closed:
                self.close()
            self._writer.cleanup()


_IS_LONG = "_Workbook__write_only"  # openpyxl's own word, for the whole book


class _Writer(ExcelWriter):  # type: ignore[misc,unused-ignore]
    """openpyxl knows books that are all long sheets, or none."""

    def write_worksheet(self, sheet: Any) -> None:
        setattr(self.workbook, _IS_LONG, isinstance(sheet, LongSheet))
        super().write_worksheet(sheet)
        setattr(self.workbook, _IS_LONG, False)


def _with_values(data: bytes, book: Workbook, values: Values) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(made, "w") as target:
        sheets = {f"xl/worksheets/sheet{n}.xml": sheet.title for n, sheet in enumerate(book.worksheets, 1)}
        for part in source.infolist():
            content = source.read(part)
            if known := values.get(sheets.get(part.filename, "")):
                content = _valued(content, known)
            target.writestr(part, content)
    return made.getvalue()


def _valued(sheet: bytes, known: Mapping[str, str]) -> bytes:
    """The sheet's XML with each of these values in its formula's cell."""
    missing = dict(known)

    def with_value(found: re.Match[bytes]) -> bytes:
        value = missing.pop(found[2].decode(), "")
        return found[1] + b"<v>" + value.encode() + b"</v>"

    made = _FORMULA.sub(with_value, sheet)
    assert not missing, missing
    return made
