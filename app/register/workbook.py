"""申请登记 ↔ a workbook: written with our heading row and the choices beside it, read tolerantly, every bad row named."""

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.errors import UserError
from app.exporting.ooxml import clean
from app.exporting.workbook_file import saved
from app.importing.readers.package import Package
from app.importing.readers.sheets import Sheet
from app.importing.readers.xlsx_reader import sheets_of
from app.register import tally
from app.register.rows import COLUMNS, RegisterRead, field_of, line_of, unread_words
from app.report.model import Application, Report

_MOST_LINES = 5000
_HEADS_WITHIN = 20  # rows above the headings: a title, a date
_SPARE = 200  # empty rows that the lists for choosing reach to
_LINE = Side(style="thin", color="B8BEC6")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


# -- writing ---------------------------------------------------------------------------------------------------------------


def workbook_bytes(report: Report) -> bytes:
    """One sheet to fill and to send, one with what may be chosen."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "申请登记"
    book.properties.creator = clean(report.agency.name)
    book.properties.title = f"{report.year}年政府信息公开申请登记"
    people, outcomes = tally.applicants(report.form), tally.results(report.form)
    for column, (_, heading, width, _) in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, column, heading)
        cell.font, cell.fill = Font(name="宋体", bold=True), PatternFill("solid", fgColor="EEF1F5")
        cell.alignment = Alignment(horizontal="center")
        cell.border = _BORDER
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(report.register, 2):
        values = (
            one.number,
            one.received_on,
            tally.label_of(people, one.applicant),
            "是" if one.is_carried_in else "",
            tally.label_of(outcomes, one.result) or tally.OPEN,
            one.answered_on,
            one.note,
        )
        _write_line(sheet, row, values)
    sheet.freeze_panes = "A2"
    _add_choices(book, sheet, [one.label for one in people], [one.label for one in outcomes])
    return saved(book)


def _write_line(sheet: Worksheet, row: int, values: Sequence[str | date | None]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        cell.border = _BORDER
        if isinstance(value, date):
            cell.value, cell.number_format = value, "yyyy-m-d"
        elif value:
            cell.value = clean(value)
            cell.data_type = "s"  # a number that starts with = or 0 is still a text
            cell.number_format = "@"


def _add_choices(book: Workbook, sheet: Worksheet, people: list[str], outcomes: list[str]) -> None:
    """The sheet of choices, and lists in the cells that take from it."""
    help_ = book.create_sheet("填写说明")
    help_.append(["申请人", "办理结果", "说明"])
    notes = [
        "日期写成 3-5 或 2025-3-5。",
        "上年结转的写“是”。",
        "没有办完的，办理结果写“未办结”。",
        f"{tally.PRIVACY}。",
    ]
    for number in range(max(len(people), len(outcomes) + 1, len(notes))):
        row = [one[number] if number < len(one) else "" for one in (people, [*outcomes, tally.OPEN], notes)]
        help_.append(row)
    for letter, width in (("A", 18), ("B", 60), ("C", 48)):
        help_.column_dimensions[letter].width = width
    last = sheet.max_row + _SPARE
    for letter, source in (
        ("C", f"填写说明!$A$2:$A${len(people) + 1}"),
        ("E", f"填写说明!$B$2:$B${len(outcomes) + 2}"),
        ("D", '"是,否"'),
    ):
        rule = DataValidation(
            type="list", formula1=source if source[0] == '"' else f"={source}", allow_blank=True
        )
        rule.showErrorMessage = False  # it helps, it does not forbid
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{last}")


# -- reading ---------------------------------------------------------------------------------------------------------------


def read(data: bytes, report: Report) -> RegisterRead:
    """The lines of a workbook, ours or another with such headings. UserError when no sheet has them."""
    if not data.startswith(b"PK"):
        raise UserError("这不是 .xlsx 文件", "请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入")
    for sheet in sheets_of(Package(data)):
        heads = _heads(sheet)
        if heads is not None:
            return _read_sheet(sheet, *heads, report)
    raise UserError(
        "表格里没有找到“收到日期”“办理结果”这些列名", "请先导出一份登记表，照它的第一行写列名，再导入"
    )


def _heads(sheet: Sheet) -> tuple[int, dict[int, str], list[str]] | None:
    """The row of headings, the field of each column, and the headings that mean nothing here."""
    rows = sorted({row for row, _ in sheet.texts})[:_HEADS_WITHIN]
    for row in rows:
        fields: dict[int, str] = {}
        others = []
        for (line, column), text in sorted(sheet.texts.items()):
            if line != row:
                continue
            name = field_of(text, set(fields.values()))
            if name:
                fields[column] = name
            else:
                others.append(" ".join(text.split()))
        if "received_on" in fields.values() and len(fields) >= 2:
            return row, fields, others
    return None


def _read_sheet(
    sheet: Sheet, head: int, fields: dict[int, str], others: list[str], report: Report
) -> RegisterRead:
    lines: list[Application] = []
    problems: list[str] = []
    if others:
        problems.append(f"没有读这几列：{'、'.join(others)}")
    rows: dict[int, dict[str, str]] = {}
    for (row, column), text in sorted(sheet.texts.items()):
        if row > head and column in fields:
            rows.setdefault(row, {})[fields[column]] = " ".join(text.split())
    for row, texts in rows.items():
        if set(texts) <= {"number"}:  # numbered rows that nobody filled
            continue
        if len(lines) >= _MOST_LINES:
            problems.append(f"只读了前{_MOST_LINES}行，第{row + 1}行起没有读")
            break
        one, unread = line_of(texts, report)
        lines.append(one)
        problems += unread_words(row + 1, unread)
    return RegisterRead(tuple(lines), tuple(problems))
