"""县级汇总 as a workbook: the units, the official tables as formulas over every unit's numbers, findings, what was left out."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.county.rollup import Rollup
from app.county.units import Sum, Unit
from app.documents.blocks import Cell
from app.documents.compose import printed_date, upright_labels
from app.documents.layout import printed_table
from app.exporting.ooxml import clean
from app.exporting.sheet_rows import fit_row
from app.exporting.workbook_file import LongSheet, lay_on_a4, saved
from app.exporting.xlsx_writer import fill_table, number_format
from app.form.model import Severity, Value
from app.report.fingerprint import short
from app.signoff.check_sheet import SEVERITIES

NUMBERS = "各单位数字"
_LINE = Side(style="thin", color="BFC5CC")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="EEF1F5")
_MISSING = PatternFill("solid", fgColor="FFF2B8")
_FIRST_UNIT = 7  # column of the first unit's numbers, from 1
_FIRST_ROW = 3
_STEP = 2000  # rows after which it is told how far one is
MOST_COLUMNS = 1000  # units whose numbers stand side by side; Excel has room for 16,000 and no patience
MOST_FINDINGS = 20_000  # rows of the sheet of findings
_UNITS = (
    *(("序号", 6), ("单位", 26), ("状态", 8), ("版本", 6), ("定稿日期", 15), ("指纹", 21), ("逾期", 6)),
    *(
        ("错误", 6),
        ("警告", 6),
        ("提示", 6),
        ("空白", 6),
        ("结转不符", 9),
        ("计入汇总", 9),
        ("备注", 34),
        ("文件", 26),
    ),
)
_LEFT_OUT = (("文件", 50), ("单位", 34), ("原因", 60))
_FINDINGS = (
    ("单位", 22),
    ("部分", 20),
    ("位置", 24),
    ("级别", 7),
    ("编号", 8),
    ("问题", 56),
    ("出错说明", 30),
)


def book_bytes(rollup: Rollup, step: Callable[[str], object] = lambda _words: None) -> bytes:
    """The workbook; blanks stay empty cells, and a sum to which one is missing is marked. What `step` raises ends it."""
    title = f"{rollup.year}年政府信息公开工作年度报告汇总"
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = clean(title)
    book.properties.creator = ""
    try:
        _fill(book, rollup, title, step)
        return saved(book)
    except BaseException:
        for sheet in book.worksheets:
            if isinstance(sheet, LongSheet):
                sheet.drop()
        raise


def _fill(book: Workbook, rollup: Rollup, title: str, step: Callable[[str], object]) -> None:
    units = itertools.starmap(_unit_row, enumerate(rollup.units, 1))
    _list(LongSheet(book, "各单位"), title, _UNITS, _told(units, step))
    _official(book, rollup, title)
    _numbers(LongSheet(book, NUMBERS), rollup, title)
    _list(LongSheet(book, "问题"), f"{title}：检查结果", _FINDINGS, _told(_findings(rollup), step))
    heads = (("单位", 34), ("结转", 90))
    carried = _told(_carried(rollup), step)
    _list(LongSheet(book, "结转不符"), f"{title}：上年结转与上年的报告不符", heads, carried)
    _list(LongSheet(book, "没有计入"), f"{title}：没有计入的文件", _LEFT_OUT, _left_out(rollup))


def _told(rows: Iterable[Sequence[Any]], step: Callable[[str], object]) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(rows):
        if number % _STEP == 0:
            step(f"正在写汇总表，已写{number}行……" if number else "正在写汇总表……")
        yield row


def _carried(rollup: Rollup) -> Iterator[list[str]]:
    for unit in rollup.units:
        if unit.carried:
            yield from ([unit.name, row[-1]] for row in unit.rows if row[-1])


def _left_out(rollup: Rollup) -> Iterator[list[str]]:
    yield from ([one.file, one.name, one.excluded] for one in rollup.units if one.known and one.excluded)
    yield from ([name, "", why] for name, why in rollup.bad)


def _unit_row(number: int, unit: Unit) -> list[Any]:
    frozen, is_there = unit.frozen, unit.known is not None
    return [
        number,
        unit.name,
        unit.state,
        unit.version if is_there else "",
        printed_date(frozen.frozen_on) if frozen else "",
        short(frozen.fingerprint) if frozen else "",
        "逾期" if unit.is_overdue else "",
        *(unit.number_of(one) if is_there else "" for one in SEVERITIES),
        unit.blanks if is_there else "",
        unit.carried if is_there else "",
        "是" if unit.is_counted else f"否：{unit.excluded}" if unit.excluded else "否",
        "；".join(unit.notes),
        unit.file,
    ]


def _findings(rollup: Rollup) -> Iterator[list[str]]:
    found = _finding_rows(rollup)
    yield from islice(found, MOST_FINDINGS)
    if next(found, None):
        words = f"问题太多，只列出前{MOST_FINDINGS}条，其余请打开各单位的报告查看"
        yield ["", "", "", "", "", words, ""]


def _finding_rows(rollup: Rollup) -> Iterator[list[str]]:
    for unit in rollup.units:
        yield from ([unit.name, *row[:-1]] for row in unit.rows if row[2] != SEVERITIES[Severity.INFO])


# -- tables --------------------------------------------------------------------------------------------------------------------


def _official(book: Workbook, rollup: Rollup, title: str) -> None:
    """The printed tables; each value is the sum that stands on the sheet of numbers."""
    rows = {one.ref: _FIRST_ROW + index for index, one in enumerate(rollup.sums)}
    sums = {one.ref: one for one in rollup.sums}
    for section in rollup.form.sections:
        if not section.tables:
            continue
        sheet = book.create_sheet(section.table_name)
        table = upright_labels(printed_table(section, lambda _ref: ""))
        fill_table(sheet, table, f"{title}\n{section.title}")
        for cell in table.cells:
            if cell.ref is not None:
                _sum_cell(sheet, cell, rollup, rows[cell.ref], sums[cell.ref].is_whole)
        if any(not sums[ref].is_whole for ref in section.cells):
            note = sheet.cell(table.rows + 3, 1)
            note.value = f"黄底的格有单位没有填，合计不完整，没填的单位见“{NUMBERS}”。"
            note.font = Font(name="宋体", size=10)


def _sum_cell(sheet: Worksheet, cell: Cell, rollup: Rollup, row: int, is_whole: bool) -> None:
    assert cell.ref is not None
    shown = sheet.cell(cell.row + 2, cell.column + 1)
    shown.value = f"=IF('{NUMBERS}'!D{row}=\"\",\"\",'{NUMBERS}'!D{row})"
    shown.number_format = number_format(cell.ref, rollup.form)
    if not is_whole:
        shown.fill = _MISSING


def _numbers(sheet: LongSheet, rollup: Rollup, title: str) -> None:
    """A row for each cell, a column for each unit; the sums are formulas over the units' columns."""
    units = [unit.name for unit in rollup.counted]
    if len(units) > MOST_COLUMNS:
        _sums_alone(sheet, rollup, title)
        return
    heads = [("表", 7), ("行", 50), ("列", 30), ("合计", 12), ("没填的单位数", 9), ("没填的单位", 30)]
    sheet.freeze_panes = f"{get_column_letter(_FIRST_UNIT)}{_FIRST_ROW}"
    _heads(sheet, f"{title}：各单位数字", [*heads, *((name, 14) for name in units)])
    first, last = (get_column_letter(_FIRST_UNIT + n) for n in (0, max(len(units) - 1, 0)))
    widths = [width for _, width in heads]
    for row, one in enumerate(rollup.sums, _FIRST_ROW):
        labels = _labels(rollup, one)
        area = f"{first}{row}:{last}{row}"
        looks = number_format(one.ref, rollup.form)
        total = _cell(sheet, f'=IF(COUNT({area})=0,"",SUM({area}))', is_formula=True)
        total.number_format = looks
        blanks = _cell(sheet, f"=COUNTBLANK({area})", is_formula=True)
        beside = _cell(sheet, "、".join(rollup.without_value(one)))
        fit_row(sheet, row, labels, widths)
        values = (_unit_value(sheet, value, looks) for value in one.values)
        sheet.append([*(_cell(sheet, text) for text in labels), total, blanks, beside, *values])


def _labels(rollup: Rollup, one: Sum) -> list[str]:
    section = rollup.form.section_of(one.ref)
    table = next(table for table in section.tables if table.key == one.ref.table)
    return [section.table_name, *(" · ".join(filter(None, labels)) for labels in table.path(one.ref))]


def _sums_alone(sheet: LongSheet, rollup: Rollup, title: str) -> None:
    """Of more units than a sheet has room for: the sums as numbers, and how many filled nothing."""
    heads = [("表", 7), ("行", 50), ("列", 30), ("合计", 12), ("没填的单位数", 9)]
    note = f"{title}（单位有{len(rollup.counted)}个，一张表放不下各单位的数字，只列合计）"
    _heads(sheet, note, heads)
    for one in rollup.sums:
        blanks = sum(value is None for value in one.values)
        cells = [_cell(sheet, "" if value is None else value) for value in (*_labels(rollup, one), one.total)]
        cells[-1].number_format = number_format(one.ref, rollup.form)
        sheet.append([*cells, _cell(sheet, blanks)])


def _unit_value(sheet: LongSheet, value: Value | None, looks: str) -> Any:
    """What a unit filled in, an empty marked cell where it filled nothing."""
    cell: Any = WriteOnlyCell(sheet)
    cell.value = value
    cell.number_format = looks
    cell.font, cell.alignment, cell.border = _FONT, _WRAPPED, _BORDER
    if value is None:
        cell.fill = _MISSING
    return cell


# -- lists ---------------------------------------------------------------------------------------------------------------------


def _list(
    sheet: LongSheet, title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]
) -> None:
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    _heads(sheet, title, heads)
    widths = [width for _, width in heads]
    number = _FIRST_ROW
    for number, row in enumerate(rows, _FIRST_ROW + 1):
        fit_row(sheet, number - 1, [str(value) for value in row], widths)
        sheet.append([_cell(sheet, value) for value in row])
    if number == _FIRST_ROW:
        sheet.append([_cell(sheet, "没有")])


def _heads(sheet: LongSheet, title: str, heads: Sequence[tuple[str, int]]) -> None:
    """The first two rows; what holds for the whole sheet must be said before."""
    for column, (_, width) in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.print_title_rows = "2:2"
    lay_on_a4(sheet)
    head = _cell(sheet, title)
    head.font, head.border = Font(name="宋体", size=12, bold=True), Border()
    head.alignment = Alignment(horizontal="left", vertical="center")
    sheet.append([head])
    fit_row(sheet, 2, [text for text, _ in heads], [width for _, width in heads])
    sheet.append([_head(sheet, text) for text, _ in heads])


def _head(sheet: LongSheet, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.fill = _HEAD
    cell.font = Font(name="宋体", size=10, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


_FONT, _WRAPPED = Font(name="宋体", size=10), Alignment(vertical="top", wrap_text=True)


def _cell(sheet: LongSheet, value: Any, is_formula: bool = False) -> Any:
    """Numbers as numbers, texts as texts, whatever they begin with."""
    cell: Any = WriteOnlyCell(sheet, value if is_formula or isinstance(value, int | Decimal) else None)
    if isinstance(value, str) and not is_formula:
        cell.value = clean(value)[:32_000]
        cell.data_type = "s"
    cell.font, cell.alignment, cell.border = _FONT, _WRAPPED, _BORDER
    return cell
