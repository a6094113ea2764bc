"""An .xlsx workbook → blocks; .xls and .et (binary Excel 97–2003) where xlrd is installed.

The sheets' XML is read directly: openpyxl knows merged cells only when it loads everything, ten times slower and unbounded.
"""

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from app.documents.blocks import Block
from app.errors import REINSTALL, UserError
from app.importing.readers.formulas import column_of, work_out
from app.importing.readers.package import Package, damaged, parse_xml
from app.importing.readers.sheets import Sheet, sheets_blocks
from app.importing.source import MAX_AREA

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", _MAIN[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATION[1:-3].encode()),
)
# Places of a worksheet: a cell (B5), a merged area (B5:D6)
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_DATE_FORMATS = {*range(14, 18), 22, *range(27, 32), *range(50, 59)}  # ECMA-376 18.8.30
# Number formats: yyyy"年"m"月" is a date by the letters that it does not quote ("…"), colour or escape ([红色], \-)
_DATE_CODE = re.compile(r"[yd年日]", re.IGNORECASE)
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_UNIT_SHOWN = re.compile(r'"(万元|元)"$')  # at the end of a format: the number is shown with it
_MAX_SHEETS = 60
_SAVE_AS = "请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入"

_Element = etree._Element


def read_xlsx(data: bytes) -> tuple[Block, ...]:
    """Blocks of all visible sheets; a formula whose result is not in the file is worked out if it is a sum, else stands as written."""
    return sheets_blocks(list(_Workbook(Package(data)).sheets()))


def sheets_of(package: Package, with_hidden: bool = False) -> Iterator[Sheet]:
    """The visible sheets, or all, as they stand, for who knows what he looks for."""
    return _Workbook(package).sheets(with_hidden)


class _Workbook:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = "xl/workbook.xml"
        if self.main not in package:
            binary = "xl/workbook.bin" in package
            raise UserError("这是 .xlsb 格式的表格文件", _SAVE_AS) if binary else damaged()
        self.strings = self._strings()
        formats = self._formats()
        self.dates = {style for style, (number, code) in formats.items() if _is_date(number, code)}
        self.units = {
            style: unit[1] for style, (_, code) in formats.items() if (unit := _UNIT_SHOWN.search(code))
        }

    def sheets(self, with_hidden: bool = False) -> Iterator[Sheet]:
        root = self._xml(self.main)
        targets = self._targets()
        since_1904 = any(one.get("date1904") in ("1", "true") for one in root.iter(_MAIN + "workbookPr"))
        base = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 (a date, not a moment)
        for one in list(root.iter(_MAIN + "sheet"))[:_MAX_SHEETS]:
            target = targets.get(one.get(_RELATION, ""), "")
            if target in self.package and (with_hidden or one.get("state", "visible") == "visible"):
                yield self._sheet(one.get("name", ""), self._xml(target), base)

    def _xml(self, name: str) -> _Element:
        data = self.package.read(name)
        if b"purl.oclc.org" in data[:4000]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return parse_xml(data)

    def _targets(self) -> dict[str, str]:
        path = "xl/_rels/workbook.xml.rels"
        relations = parse_xml(self.package.read(path)) if path in self.package else ()
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip("/")
            for one in relations
        }

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.package:
            return []
        return [_rich(one) for one in self._xml("xl/sharedStrings.xml").iterchildren(_MAIN + "si")]

    def _formats(self) -> dict[str, tuple[int, str]]:
        """(number, code where the file has its own) of the number format of each cell style, by the style's index."""
        if "xl/styles.xml" not in self.package:
            return {}
        root = self._xml("xl/styles.xml")
        own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(_MAIN + "numFmt")}
        styles = [one.get("numFmtId", "0") for one in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")]
        return {str(index): (_integer(number), own.get(number, "")) for index, number in enumerate(styles)}

    def _sheet(self, name: str, root: _Element, base: datetime) -> Sheet:
        sheet = Sheet(name)
        for line, row in enumerate(root.iter(_MAIN + "row")):
            number = (_integer(row.get("r")) or line + 1) - 1
            for place, cell in enumerate(row.iterchildren(_MAIN + "c")):
                found = _CELL.fullmatch(cell.get("r", ""))
                column = column_of(found[1]) if found else place
                text = self._text(cell, base)
                if text.strip():
                    sheet.texts[number, column] = text
            if len(sheet.texts) > MAX_AREA:
                raise UserError("表格太大，不像是一份年度报告", "请只导入年度报告本身")
        work_out(sheet.texts)
        for one in root.iter(_MAIN + "mergeCell"):
            area = _AREA.fullmatch(one.get("ref", ""))
            if area:
                top, left = int(area[2]) - 1, column_of(area[1])
                sheet.merged.append((top, left, int(area[4]) - top, column_of(area[3]) - left + 1))
        return sheet

    def _text(self, cell: _Element, base: datetime) -> str:
        """What the cell shows; errors and formulas without a result as they are written."""
        kind = cell.get("t", "n")
        value = cell.findtext(_MAIN + "v")
        if kind == "inlineStr":
            found = cell.find(_MAIN + "is")
            return _rich(found) if found is not None else ""
        if not value:  # openpyxl writes an empty element
            formula = cell.findtext(_MAIN + "f")
            return f"={formula}" if formula else ""
        if kind == "s":
            index = _integer(value)
            return self.strings[index] if index < len(self.strings) else ""
        if kind != "n":
            return value
        style = cell.get("s", "0")
        return number_text(value, base if style in self.dates else None) + self.units.get(style, "")


def _is_date(number: int, code: str) -> bool:
    """Whether a number format shows a date: its letters, without what it quotes, or one of the built-in ones."""
    if code:
        return bool(_DATE_CODE.search(_NOT_CODE.sub("", code)))
    return number in _DATE_FORMATS


def number_text(value: str, base: datetime | None = None) -> str:
    """A number as a person would write it: 12 and not 12.0, 134.2 and not 134.19999999999999; a date where `base` is given."""
    try:
        number = float(value)
        if base is not None and 1 <= number < 200_000:
            day = base + timedelta(days=number)
            return f"{day.year}年{day.month}月{day.day}日"
        if number == int(number) and abs(number) < 1e15:
            return str(int(number))
    except (ValueError, OverflowError):
        return value
    return repr(float(f"{number:.15g}"))


def _rich(element: _Element) -> str:
    """The text of a string without its phonetic guides."""
    return "".join(
        one.text or ""
        for one in element.iter(_MAIN + "t")
        if (parent := one.getparent()) is None or parent.tag != _MAIN + "rPh"
    )


def _integer(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


# -- .xls -----------------------------------------------------------------------------------------------------------------


def read_xls(data: bytes) -> tuple[Block, ...]:
    """Blocks of all visible sheets of a binary workbook."""
    return sheets_blocks(sheets_of_xls(data))


def sheets_of_xls(data: bytes, with_hidden: bool = False) -> list[Sheet]:
    """The visible sheets of a binary workbook, or all, as they stand."""
    try:
        import xlrd  # type: ignore[import-untyped]
    except ImportError as error:
        raise UserError("程序安装不完整：没有读取 .xls、.et 的组件", REINSTALL) from error
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=_Nowhere(), ragged_rows=True
        )
        wanted = [one for one in book.sheets()[:_MAX_SHEETS] if with_hidden or not one.visibility]
        return [_xls_sheet(xlrd, book, one) for one in wanted]
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise UserError("文件有密码保护", "请先用 WPS 或 Excel 去掉密码再导入") from error
        raise _damaged_xls() from error
    except UserError:
        raise
    except (
        Exception
    ) as error:  # xlrd raises struct.error, AssertionError, IndexError and more on broken files
        raise _damaged_xls() from error


class _Nowhere:
    """xlrd writes its warnings here."""

    def write(self, text: str) -> None: ...

    def flush(self) -> None: ...


def _damaged_xls() -> UserError:
    return UserError("表格文件已损坏，或者版本太旧", _SAVE_AS)


def _xls_sheet(xlrd: Any, book: Any, one: Any) -> Sheet:
    sheet = Sheet(one.name)
    base = datetime(1904, 1, 1) if book.datemode else datetime(1899, 12, 30)  # noqa: DTZ001 (a date, not a moment)
    if one.nrows > MAX_AREA:
        raise UserError("表格太大，不像是一份年度报告", "请只导入年度报告本身")
    for row in range(one.nrows):
        for column, cell in enumerate(one.row(row)):
            if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                sheet.texts[row, column] = number_text(
                    repr(cell.value), base if cell.ctype == xlrd.XL_CELL_DATE else None
                )
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                sheet.texts[row, column] = xlrd.error_text_from_code.get(cell.value, "#错误")
            elif cell.ctype == xlrd.XL_CELL_TEXT:
                sheet.texts[row, column] = cell.value
    sheet.merged = [(top, left, bottom - top, right - left) for top, bottom, left, right in one.merged_cells]
    return sheet
