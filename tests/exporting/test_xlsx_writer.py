"""The workbook: a sheet a table, formulas where they agree, blanks empty."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from app.documents.blocks import TableBlock
from app.exporting.xlsx_writer import xlsx_bytes
from app.form.catalog import form
from app.form.model import CellRef, ValueKind
from app.importing.importer import import_file
from tests.exporting.reports import blocks_of, full_report, meta_of

REPORT = full_report("2021", 2024)


def workbook(report=REPORT):
    return load_workbook(BytesIO(xlsx_bytes(blocks_of(report), meta_of(report), report, form(report.form))))


def test_each_table_is_a_sheet_with_its_merges():
    book = workbook()
    assert book.sheetnames == ["表二", "表三", "表四"]
    assert any(str(merged) == "A7:A28" for merged in book["表三"].merged_cells.ranges), (
        "三、本年度办理结果 spans 22 rows"
    )


def test_a_right_total_is_a_formula_and_a_wrong_one_stays_a_number():
    sheet = workbook(sums_right())["表三"]
    assert sheet["J5"].value == "=D5+E5+F5+G5+H5+I5"
    wrong = sums_right().with_values({CellRef("requests", "received", "total"): 1})
    assert workbook(wrong)["表三"]["J5"].value == 1


def sums_right():
    from app.session.document import ReportDocument
    from app.session.rollover import blank_report

    document = ReportDocument(blank_report("甲镇人民政府", 2024))
    document.fill_blanks(ref for ref in document.form.cells if ref not in document.form.totals)
    return document.report


def test_a_blank_cell_is_empty_in_the_workbook():
    ref = CellRef("requests", "received", "natural_person")
    assert workbook(REPORT.with_values({ref: None}))["表三"]["D5"].value is None


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-乙", "@丙"])
def test_a_name_is_never_a_formula(name):
    report = replace(REPORT, agency=replace(REPORT.agency, name=name))
    assert workbook(report)["表二"]["A1"].data_type == "s"


def test_the_purchases_of_2019_carry_their_unit_and_come_back(tmp_path):
    """Their heading names none; a bare number would be asked about when it is read again."""
    ref = CellRef("art20_9", "procurement", "amount")
    report = full_report("2019", 2020).with_values({ref: Decimal("134.2")})
    data = xlsx_bytes(blocks_of(report), meta_of(report), report, form("2019"))
    sheet = load_workbook(BytesIO(data))["表二"]
    [shown] = [cell for row in sheet for cell in row if cell.number_format == 'General"万元"']
    assert float(shown.value) == 134.2
    path = tmp_path / "年报.xlsx"
    path.write_bytes(data)
    read = import_file(path)
    assert read.report[ref] == Decimal("134.2")
    assert ref not in {one.cell for one in read.unsure}


@pytest.mark.parametrize(("edition", "year"), [("2019", 2020), ("2021", 2024)])
def test_an_amount_is_shown_with_its_decimals_and_a_count_without(edition, year):
    """A format of whole numbers would show 134.2万元 as 134万元."""
    report = full_report(edition, year)
    book = workbook(report)
    shown = {}
    for sheet, table in zip(
        book, [one for one in blocks_of(report) if isinstance(one, TableBlock)], strict=True
    ):
        for cell in table.cells:
            if cell.ref is not None:
                shown[cell.ref] = sheet.cell(cell.row + 2, cell.column + 1).number_format
    assert shown.keys() == report.values.keys()
    for ref, number_format in shown.items():
        is_money = form(edition).kind(ref) is ValueKind.MONEY
        assert number_format.partition('"')[0] == ("General" if is_money else "0"), ref


def test_every_formula_carries_its_value():
    """Previews, phones and pandas do not calculate: they would show a blank total."""
    report = totalled(88888)
    data = xlsx_bytes(blocks_of(report), meta_of(report), report, form(report.form))
    formulas, values = (load_workbook(BytesIO(data), data_only=only) for only in (False, True))
    found = 0
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            sheet = form(report.form).section(block.section).table_name
            for cell in block.cells:
                place = get_column_letter(cell.column + 1) + str(cell.row + 2)
                if cell.ref is not None:
                    assert values[sheet][place].value == report[cell.ref], cell.ref
                    found += str(formulas[sheet][place].value).startswith("=")
    assert found == len(form(report.form).totals)


def test_a_column_is_wide_enough_for_its_longest_number():
    report = totalled(88888888)
    book = workbook(report)
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=5):
            for cell in row:
                if isinstance(cell.value, int):
                    assert sheet.column_dimensions[cell.column_letter].width > len(str(cell.value)), cell


def totalled(number):
    from app.session.document import ReportDocument
    from app.session.rollover import blank_report

    document = ReportDocument(blank_report("甲镇人民政府", 2024))
    inputs = [ref for ref in document.form.cells if ref not in document.form.totals]
    document.set_values(dict.fromkeys(inputs, number), "填写")
    return document.report


def test_the_look_of_the_official_tables_and_headings_on_each_printed_page():
    book = load_workbook(BytesIO(xlsx_bytes(blocks_of(REPORT), meta_of(REPORT), REPORT, form(REPORT.form))))
    bands = [
        cell
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if str(cell.value or "").startswith("第二十条")
    ]
    assert len(bands) == 4
    assert {cell.fill.start_color.rgb for cell in bands} == {"FFD9D9D9"}
    assert {cell.alignment.horizontal for cell in bands} == {"left"}
    sheet = book.worksheets[1]
    bold = [
        cell.value[:2] for row in sheet.iter_rows(min_row=2) for cell in row if cell.value and cell.font.bold
    ]
    assert bold == ["一、", "二、", "四、"]
    assert sheet.print_title_rows == "$2:$4"
