"""A form is written, filled as people do and read again: every value is right or told, whatever was done to the file."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.collecting.layout import IDENTITY, chosen
from app.collecting.returned import is_form, read
from app.errors import UserError
from app.form.catalog import all_forms
from app.form.model import CellRef, ValueKind
from app.report.totals import part_sum
from tests.collecting.filling import FORM, PEOPLE, ROW, YEAR, all_inputs, filled, places

FILES = Path(__file__).parent / "files"
FEE = next(ref for ref in FORM.inputs if FORM.kind(ref) is ValueKind.MONEY)


@pytest.mark.parametrize("form", all_forms(), ids=lambda one: one.id)
def test_what_was_filled_is_what_is_read(form):
    values = {ref: n for n, ref in enumerate(form.inputs)}
    found = read(filled(values, form=form, year=form.first_year), "东村.xlsx")
    assert found.values == values
    assert (found.form, found.year, found.asked) == (form.id, form.first_year, form.inputs)
    assert (found.unit, found.contact) == ("东村村民委员会", "张三 0631-1234567")
    assert (found.unread, found.altered, found.blank) == ({}, (), ())


def test_a_blank_is_blank_and_a_zero_is_a_zero():
    found = read(filled({ROW[0]: 0}, names=["requests.received"]), "a.xlsx")
    assert found.values == {ROW[0]: 0}
    assert found.blank == tuple(ROW[1:])
    assert found.asked == tuple(ROW)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("１２", 12), ("3件", 3), (" 7 ", 7), ("1,234", 1234), (4.0, 4), ("5.0", 5), ("2+3", 5)],
)
def test_a_number_typed_as_a_text_is_that_number(text, value):
    assert read(filled({ROW[0]: text}), "a.xlsx").values == {ROW[0]: value}


@pytest.mark.parametrize("text", ["几件", "约3", "-1", "3.5", "无", "/", "见附件", "=A1&B1", 2.5, "3①"])
def test_what_is_no_number_is_told_and_never_a_zero(text):
    found = read(filled({ROW[0]: text, ROW[1]: 2}), "a.xlsx")
    assert found.values == {ROW[1]: 2}
    assert set(found.unread) == {ROW[0]}
    assert found.unread[ROW[0]].reason


@pytest.mark.parametrize(
    ("text", "value"),
    [(134.2, "134.2"), ("１３４．２０", "134.2"), ("25.1万元", "25.1"), ("251000元", "25.1")],
)
def test_an_amount_keeps_its_digits(text, value):
    assert read(filled({FEE: text}), "a.xlsx").values == {FEE: Decimal(value)}


def rows_sorted(book):
    """All the rows of values of 表三 the other way round, keys and labels with them, as after a sort of the list."""
    sheet = book["表三"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    numbers = [row[0].row for row in sheet if str(row[0].value).startswith("requests.")]
    lines = [[cell.value for cell in sheet[number]] for number in numbers]
    for number, line in zip(numbers, reversed(lines), strict=True):
        for column, value in enumerate(line, 1):
            sheet.cell(number, column).value = value


def identity_gone(book):
    del book[IDENTITY]


def row_and_column_put_in(book):
    for sheet in book.worksheets[:-1]:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_rows(3, 2)
        sheet.insert_cols(3)


def sheets_renamed(book):
    for number, sheet in enumerate(book.worksheets[:-1]):
        sheet.title = f"东村{number}"


def sums_left_out(book):
    for ref, cell in places(book).items():
        if ref in FORM.totals:
            cell.value = None


@pytest.mark.parametrize(
    "change", [rows_sorted, identity_gone, row_and_column_put_in, sheets_renamed, sums_left_out]
)
def test_what_was_moved_is_found_again(change):
    values = all_inputs()
    found = read(filled(values, change=change), "a.xlsx")
    assert found.values == values
    assert found.unread == {}
    assert found.unit == "东村村民委员会"


def only_what_shows_copied(book):
    """Hidden rows and the hidden column went; the hidden sheet is still there."""
    for sheet in book.worksheets[:-1]:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        for number in sorted(
            (n for n in range(1, sheet.max_row + 1) if sheet.row_dimensions[n].hidden), reverse=True
        ):
            sheet.delete_rows(number)
        sheet.delete_cols(1)


def test_a_sheet_without_its_keys_is_read_by_the_names_of_its_rows_and_told():
    values = all_inputs()
    found = read(filled(values, change=only_what_shows_copied), "a.xlsx")
    assert found.values == values
    assert found.unit == "东村村民委员会"
    assert [words for words in found.altered if "标识被删掉了" in words] == list(found.altered)


def test_without_its_keys_a_lost_row_makes_its_table_doubtful():
    def change(book):
        only_what_shows_copied(book)
        sheet = book["表三"]
        label = FORM.tables["requests"].row("denied_by_law").label
        sheet.delete_rows(next(row[0].row for row in sheet for cell in row if cell.value == label))

    found = read(filled(all_inputs(), change=change), "a.xlsx")
    requests = [ref for ref in FORM.inputs if ref.table == "requests"]
    assert not set(requests) & set(found.values)
    assert set(found.values) == set(FORM.inputs) - set(requests)


def test_without_any_of_its_marks_it_is_no_form_any_more():
    def change(book):
        only_what_shows_copied(book)
        identity_gone(book)

    data = filled(all_inputs(), change=change)
    assert not is_form(data)
    with pytest.raises(UserError, match="不是收数表"):
        read(data, "a.xlsx")


def test_a_sheet_that_was_thrown_away_is_told_and_its_cells_are_blank():
    def change(book):
        del book["表二"]

    found = read(filled(all_inputs(), change=change), "a.xlsx")
    gone = [ref for ref in FORM.inputs if ref in FORM.section("proactive").cells]
    assert found.blank == tuple(gone)
    assert "表二整张被删掉了，算没有填" in found.altered


def test_a_row_that_was_thrown_away_is_told():
    def change(book):
        sheet = book["表三"]
        row = places(book)[ROW[0]].row
        for cell in sheet[row]:
            if type(cell).__name__ != "MergedCell":
                cell.value = None

    found = read(filled(all_inputs(), change=change), "a.xlsx")
    assert found.blank == tuple(ROW)
    assert [words for words in found.altered if words.startswith(f"表三少了{len(ROW)}格")]


def test_another_name_before_a_row_makes_its_numbers_doubtful():
    def change(book):
        sheet = book["表三"]
        row = places(book)[ROW[0]].row
        next(cell for cell in sheet[row][1:] if cell.value).value = "一、本年来访人次"

    found = read(filled(all_inputs(), change=change), "a.xlsx")
    assert set(found.unread) == set(ROW)
    assert not set(ROW) & set(found.values)
    assert any("的行名“" in words and words.endswith("”被改了") for words in found.altered)


def test_another_name_over_a_column_makes_its_numbers_doubtful():
    column = FORM.tables["requests"].column(PEOPLE[0])

    def change(book):
        next(cell for row in book["表三"] for cell in row if cell.value == column.label).value = "群众"

    found = read(filled(all_inputs(), change=change), "a.xlsx")
    assert set(found.unread) == {
        ref for ref in FORM.inputs if ref.table == "requests" and ref.column == column.key
    }
    assert f"表三的列名“{column.label}”被改了" in found.altered


def test_a_row_that_stands_twice_with_other_numbers_is_doubtful():
    def change(book):
        sheet = book["表三"]
        row = places(book)[ROW[0]].row
        last = sheet.max_row + 1
        for column, cell in enumerate(list(sheet[row]), 1):
            sheet.cell(last, column).value = cell.value
        sheet.cell(last, places(book)[ROW[1]].column).value = 99

    found = read(filled(all_inputs(), change=change), "a.xlsx")
    assert set(found.unread) == {ROW[1]}
    assert found.values[ROW[0]] == all_inputs()[ROW[0]]


def test_a_sum_that_was_typed_over_is_told_and_the_parts_stand():
    total = CellRef("requests", ROW[0].row, "total")

    def change(book):
        places(book)[total].value = 999

    found = read(filled(all_inputs(), change=change), "a.xlsx")
    assert found.values == all_inputs()
    right = sum(all_inputs()[ref] for ref in ROW)
    (told,) = found.altered
    assert "999" in told
    assert str(right) in told


def test_a_sum_typed_over_with_what_it_is_is_nothing_to_tell():
    total = FORM.totals[CellRef("requests", ROW[0].row, "total")][0]

    def change(book):
        places(book)[total.total].value = part_sum(total, all_inputs())

    assert read(filled(all_inputs(), change=change), "a.xlsx").altered == ()


def test_a_sum_over_blanks_is_told():
    total = CellRef("requests", ROW[0].row, "total")

    def change(book):
        places(book)[total].value = 12

    found = read(filled({ROW[0]: 3}, change=change), "a.xlsx")
    assert found.values == {ROW[0]: 3}
    assert any("有的项没有填" in words for words in found.altered)


@pytest.mark.parametrize("name", ["libreoffice.xlsx"])
def test_a_form_saved_by_an_office_program_is_read_with_its_sums(name):
    """Filled, opened and saved by LibreOffice 7.4: formulas worked out, styles and strings its own."""
    found = read((FILES / name).read_bytes(), name)
    cells = chosen(FORM, ["表二", "requests.received", "requests.denied", "表四"])
    assert found.asked == tuple(ref for ref in FORM.inputs if ref in cells)
    assert found.values == {ref: n for n, ref in enumerate(found.asked, 1) if n % 10}
    assert found.altered == ()
    assert found.unit == "西村村民委员会"
    assert found.year == YEAR


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"PK\x03\x04" + bytes(50)])
def test_other_files_are_no_forms(data):
    assert not is_form(data)
    with pytest.raises(UserError):
        read(data, "a.xlsx")


def test_an_ordinary_workbook_is_no_form(tmp_path):
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    assert not is_form(path.read_bytes())
    with pytest.raises(UserError, match="不是收数表"):
        read(path.read_bytes(), "a.xlsx")


def test_a_mark_that_nobody_understands_is_refused():
    def change(book):
        for sheet in book.worksheets[:-1]:
            sheet["A1"].value = "gknb-collect;9;2021;2025"
        del book[IDENTITY]

    data = filled({}, change=change)
    assert is_form(data)
    with pytest.raises(UserError, match="标识看不懂"):
        read(data, "a.xlsx")


def test_a_form_saved_as_xls_or_et_is_read():
    """As WPS saves it: an OLE workbook; the hidden sheet is in it."""
    data = (FILES / "dongcun.xls").read_bytes()
    assert is_form(data)
    found = read(data, "东村.et")
    assert (found.unit, found.contact, found.altered) == ("东村村民委员会", "张三 0631-1234567", ())
    assert dict(found.values) == dict.fromkeys(ROW, 3)


@pytest.mark.parametrize("name", ["old_word", "old_sheet"])
def test_other_ole_files_are_no_forms(name):
    path = {"old_word": "rich_2021.doc", "old_sheet": "tables_2021.xls"}[name]
    assert not is_form((FILES.parents[1] / "importing" / "files" / path).read_bytes())
