"""Rows of a sheet are as high as their text."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.exporting.list_workbook import workbook_bytes
from app.exporting.xlsx_writer import xlsx_bytes
from app.form.catalog import form
from tests.exporting.reports import blocks_of, full_report, meta_of

REPORT = full_report("2021", 2024)


def workbook(report=REPORT):
    return load_workbook(BytesIO(xlsx_bytes(blocks_of(report), meta_of(report), report, form(report.form))))


def test_every_row_of_a_sheet_is_as_high_as_its_text():
    """Excel fits no row with merged cells, and LibreOffice none at all."""
    sheet = workbook()["表三"]
    heights = {
        cell.value: sheet.row_dimensions[cell.row].height for row in sheet for cell in row if cell.value
    }
    long = next(label for label in heights if str(label).startswith("2.申请人逾期未按收费通知要求"))
    assert heights[long] > 2 * heights["1.属于国家秘密"] > 30
    assert sheet["A7"].alignment.textRotation == 255
    assert "（三）\n不予公开" in heights


def test_a_row_of_a_list_has_room_for_all_its_lines():
    made = workbook_bytes(
        "清单", [("一", [("项目", 10), ("内容", 20)], [["甲", "字" * 30], ["乙", "a\nb\nc"], ["丙", "短"]])]
    )
    sheet = load_workbook(BytesIO(made))["一"]
    first, second, third = (sheet.row_dimensions[row].height for row in (3, 4, 5))
    assert first > second > third
    assert second == pytest.approx(third + 27)
