"""The county's workbook: every formula adds the numbers of every unit, and every printed cell shows the sum of its own row."""

import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.county import workbook
from app.county.rollup import Request, Rollup, roll_up
from app.documents.layout import printed_table
from app.storage import files
from app.storage.container import Content
from tests.county.test_rollup import RECEIVED, report

NAMES = ("甲镇人民政府", "乙镇人民政府", "丙镇人民政府")


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Rollup:
    folder: Path = tmp_path_factory.mktemp("county")
    for number, name in enumerate(NAMES):
        files.save(folder / f"{number}.gknb", Content(report(name, None if number == 1 else number + 1)))
    return roll_up([folder], Request(date(2026, 1, 20)))


@pytest.fixture(scope="module")
def book(found):
    return openpyxl.load_workbook(io.BytesIO(workbook.book_bytes(found)))


def rows_by_place(sheet) -> dict[tuple[str, str, str], int]:
    return {
        tuple(cell.value or "" for cell in row[:3]): number
        for number, row in enumerate(sheet.iter_rows(min_row=3), 3)
    }


def place_of(found: Rollup, ref) -> tuple[str, str, str]:
    section = found.form.section_of(ref)
    table = next(one for one in section.tables if one.key == ref.table)
    rows, columns = (" · ".join(filter(None, labels)) for labels in table.path(ref))
    return section.table_name, rows, columns


def test_each_row_adds_and_counts_the_blanks_of_all_its_units(found, book):
    sheet = book[workbook.NUMBERS]
    for number, one in enumerate(found.sums, 3):
        assert [sheet.cell(number, 7 + unit).value for unit in range(3)] == list(one.values)
        area = f"G{number}:I{number}"
        assert sheet.cell(number, 4).value == f'=IF(COUNT({area})=0,"",SUM({area}))'
        assert sheet.cell(number, 5).value == f"=COUNTBLANK({area})"
    row = rows_by_place(sheet)[place_of(found, RECEIVED)]
    told = {sheet.cell(2, column).value: sheet.cell(row, column).value for column in (7, 8, 9)}
    assert told == dict(zip(NAMES, (1, None, 3), strict=True))
    assert sheet.cell(row, 6).value == NAMES[1]


def test_each_printed_cell_shows_the_sum_of_its_own_row(found, book):
    rows = rows_by_place(book[workbook.NUMBERS])
    shown = 0
    for section in found.form.sections:
        if not section.tables:
            continue
        sheet = book[section.table_name]
        for cell in printed_table(section, lambda _ref: "").cells:
            if cell.ref is None:
                continue
            formula = sheet.cell(cell.row + 2, cell.column + 1).value
            (row,) = set(re.findall(r"!D([0-9]+)", formula))
            assert int(row) == rows[place_of(found, cell.ref)]
            shown += 1
    assert shown == len(found.form.cells)
