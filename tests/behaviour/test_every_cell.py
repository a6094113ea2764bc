"""Every cell of every table, in every format that is written, holds what is printed there and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from lxml import etree, html
from openpyxl import load_workbook

from app.documents.blocks import Cell, CellRole, TableBlock
from app.exporting.docx.writer import docx_bytes
from app.exporting.html_writer import html_bytes
from app.exporting.meta import Meta
from app.exporting.text_writer import text_bytes
from app.exporting.xlsx_writer import xlsx_bytes
from app.form.catalog import form
from app.report.model import Report
from app.typesetting.fonts import Faces
from app.typesetting.page_style import page_style
from app.typesetting.pages import Part
from app.typesetting.tables import least_heights, set_table
from app.typesetting.typeset import typeset
from tests.exporting.reports import blocks_of, full_report, meta_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Printed = dict[tuple[int, int], tuple[str, int, int]]  # place → text without line breaks, rows, columns


def _with_blanks(report: Report) -> Report:
    """Every fifth cell blank, every seventh a zero, the others as they were: each with a number of its own."""
    changed: dict[object, object] = {}
    for index, ref in enumerate(report.values):
        if index % 5 == 0:
            changed[ref] = None
        elif index % 7 == 0:
            changed[ref] = 0
    return report.with_values(changed)


REPORTS = [_with_blanks(full_report("2019", 2020)), _with_blanks(full_report("2021", 2024))]


@pytest.fixture(params=REPORTS, ids=["2019", "2021"])
def report(request: pytest.FixtureRequest) -> Report:
    return request.param


def tables_of(report: Report) -> list[TableBlock]:
    return [block for block in blocks_of(report) if isinstance(block, TableBlock)]


def printed(cells: Iterator[Cell] | tuple[Cell, ...]) -> Printed:
    return {
        (one.row, one.column): (one.text.replace("\n", ""), one.row_span, one.column_span) for one in cells
    }


def test_in_word(report: Report):
    found = []
    for table in Document(BytesIO(docx_bytes(blocks_of(report), meta_of(report)))).element.iter(f"{W}tbl"):
        widths = [int(one.get(f"{W}w")) for one in table.iter(f"{W}gridCol")]
        cells: Printed = {}
        open_at: dict[int, tuple[int, int]] = {}  # column → place of the merged cell that goes on
        for row, line in enumerate(table.iter(f"{W}tr")):
            column = 0
            for cell in line.iter(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                across = int(span.get(f"{W}val")) if span is not None else 1
                text = "".join(one.text or "" for one in cell.iter(f"{W}t"))
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                assert int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) == sum(widths[column : column + across])
                place = open_at.get(column, (row, column))
                goes_on = merge is not None and merge.get(f"{W}val") is None
                if goes_on or _begins_again(cells, place, row, text, cell):
                    assert text == ("" if goes_on else cells[place][0])
                    cells[place] = (cells[place][0], row - place[0] + 1, across)
                else:
                    open_at[column] = (row, column)
                    cells[row, column] = (text, 1, across)
                column += across
            assert column == len(widths)
        found.append(cells)
    assert found == [printed(table.cells) for table in tables_of(report)]


def _begins_again(cells: Printed, place: tuple[int, int], row: int, text: str, cell: etree._Element) -> bool:
    """Whether a merged label is told once more because a page begins with its row: the same words right below."""
    words, rows, _ = cells.get(place, ("", 0, 0))
    return cell.find(f"{W}tcPr/{W}vMerge") is not None and place[0] + rows == row and words == text


def _own_cells(made: etree._Element) -> Iterator[etree._Element]:
    """The cells of a table in Word with the words of each label once."""
    told: dict[int, str] = {}  # column → the merged label that stands there
    for line in made.iter(f"{W}tr"):
        column = 0
        for cell in line.iter(f"{W}tc"):
            span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
            words = "".join(_lines_of(cell))
            if merge is None:
                told.pop(column, None)
                yield cell
            elif words and told.get(column) != words:
                told[column] = words
                yield cell
            column += int(span.get(f"{W}val")) if span is not None else 1


def test_labels_are_parted_in_word_where_the_pages_part_them(report: Report):
    tables = Document(BytesIO(docx_bytes(blocks_of(report), meta_of(report)))).element.iter(f"{W}tbl")
    style, faces = page_style(), Faces.bundled()
    parted = 0
    for made, table in zip(tables, tables_of(report), strict=True):
        lines = ["\n".join(_lines_of(cell)) for cell in _own_cells(made) if _lines_of(cell) != [""]]
        measured = sorted(
            set_table(table, style, faces).cells, key=lambda one: (one.cell.row, one.cell.column)
        )
        assert lines == [one.text for one in measured if one.text]
        parted += sum(one.text != one.cell.text for one in measured)
    assert parted > 0


def test_rows_in_word_are_as_high_and_stay_together_as_on_the_pages(report: Report):
    tables = Document(BytesIO(docx_bytes(blocks_of(report), meta_of(report)))).element.iter(f"{W}tbl")
    style, faces = page_style(), Faces.bundled()
    for made, table in zip(tables, tables_of(report), strict=True):
        rows = list(made.iter(f"{W}tr"))
        heights = [int(row.find(f"{W}trPr/{W}trHeight").get(f"{W}val")) / 20 for row in rows]
        assert heights == pytest.approx(least_heights(table, style.for_table(table)), abs=0.03)
        rules = {one.get(f"{W}hRule") for one in made.iter(f"{W}trHeight")}
        assert rules == {"atLeast"}  # an exact height would cut off what needs more
        keeps = [{cell.find(f".//{W}keepNext") is not None for cell in row.iter(f"{W}tc")} for row in rows]
        assert keeps == [{keep} for keep in set_table(table, style, faces).keeps]


def test_labels_stand_upright_in_word_as_on_the_pages(report: Report):
    tables = Document(BytesIO(docx_bytes(blocks_of(report), meta_of(report)))).element.iter(f"{W}tbl")
    for made, table in zip(tables, tables_of(report), strict=True):
        upright = {
            "".join(_lines_of(cell))
            for cell in made.iter(f"{W}tc")
            if cell.find(f"{W}tcPr/{W}textDirection") is not None
        }
        assert upright - {""} == {cell.text for cell in table.cells if cell.upright}


def test_a_row_to_write_in_is_as_high_in_word():
    table = TableBlock((Cell(0, 0, "甲"), Cell(1, 0, "乙")), 2, 1, widths=(100.0,), lines=(1, 5))
    made = Document(BytesIO(docx_bytes([table], Meta("题", "甲镇", 2024)))).element
    heights = [int(one.get(f"{W}val")) / 20 for one in made.iter(f"{W}trHeight")]
    assert heights == pytest.approx(least_heights(table, page_style()), abs=0.03)
    assert heights[1] > 3 * heights[0]


def _lines_of(cell: etree._Element) -> list[str]:
    text = "".join(one.text or "" if one.tag == f"{W}t" else "\n" for one in cell.iter(f"{W}t", f"{W}br"))
    return text.split("\n")


def test_in_a_web_page(report: Report):
    tree = html.document_fromstring(html_bytes(blocks_of(report), meta_of(report)))
    found = []
    for table in tree.iter("table"):
        cells: Printed = {}
        taken: set[tuple[int, int]] = set()
        for row, line in enumerate(table.iter("tr")):
            column = 0
            for cell in line:
                while (row, column) in taken:
                    column += 1
                down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
                cells[row, column] = (cell.text_content(), down, across)
                taken |= {(row + i, column + j) for i in range(down) for j in range(across)}
        found.append(cells)
    assert found == [printed(table.cells) for table in tables_of(report)]


def test_the_columns_of_a_web_page_are_as_wide_as_printed(report: Report):
    tree = html.document_fromstring(html_bytes(blocks_of(report), meta_of(report)))
    for made, table in zip(tree.iter("table"), tables_of(report), strict=True):
        shares = [float(one.get("style").removeprefix("width:").rstrip("%")) for one in made.iter("col")]
        whole = sum(table.widths)
        assert shares == pytest.approx([100 * width / whole for width in table.widths], abs=0.06)


def test_in_a_workbook(report: Report):
    made = xlsx_bytes(blocks_of(report), meta_of(report), report, form(report.form))
    book = load_workbook(BytesIO(made))
    for sheet, table in zip(book, tables_of(report), strict=True):
        spans = {(one.min_row, one.min_col): one.size for one in sheet.merged_cells.ranges}
        for cell in table.cells:
            place = cell.row + 2, cell.column + 1
            size = spans.pop(place, {"rows": 1, "columns": 1})
            assert (size["rows"], size["columns"]) == (cell.row_span, cell.column_span)
            shown = sheet.cell(*place).value
            if cell.ref is None:
                assert (shown or "").replace("\n", "") == cell.text.replace("\n", "")
            elif isinstance(shown, str):
                assert _worked_out(shown, sheet) == report[cell.ref]
            else:
                assert shown == (None if report[cell.ref] is None else float(report[cell.ref]))
        assert list(spans) == [(1, 1)]  # the heading
        assert sheet.freeze_panes == (f"A{table.header_rows + 2}" if table.header_rows else None)


def _worked_out(formula: str, sheet: object) -> float:
    """What a spreadsheet program makes of =D5+E5."""
    parts = [sheet[place].value or 0 for place in formula.removeprefix("=").split("+")]
    return sum(_worked_out(one, sheet) if isinstance(one, str) else one for one in parts)


def test_a_total_of_right_parts_is_their_formula_and_comes_to_its_value():
    edition = form("2021")
    report = replace(full_report("2021", 2024), values=dict.fromkeys(edition.cells, 0))
    ref, [*equations] = next(iter(edition.totals.items()))
    report = report.with_values({equations[0].parts[0]: 7, ref: 7})
    made = load_workbook(BytesIO(xlsx_bytes(blocks_of(report), meta_of(report), report, edition)))
    (table,) = [one for one in tables_of(report) if any(cell.ref == ref for cell in one.cells)]
    (cell,) = [cell for cell in table.cells if cell.ref == ref]
    sheet = made.worksheets[tables_of(report).index(table)]
    shown = sheet.cell(cell.row + 2, cell.column + 1).value
    assert str(shown).startswith("=")
    assert _worked_out(shown, sheet) == 7


def test_in_plain_text(report: Report):
    lines = text_bytes(blocks_of(report), meta_of(report)).decode("utf-8-sig").split("\r\n")
    rows = [line.split("\t") for line in lines if "\t" in line]
    expected = []
    for table in tables_of(report):
        grid = [[""] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            grid[cell.row][cell.column] = cell.text.replace("\n", " ")
        expected += grid
    assert rows == expected


def test_on_the_pages(report: Report):
    """Each cell once, in full, within its borders; what is repeated on a later page does not count."""
    pages = typeset(blocks_of(report), page_style(), Faces.bundled())
    for table in tables_of(report):
        found: dict[tuple[int, int], str] = {}
        for page in pages:
            for piece in page.pieces:
                if piece.block == table and piece.part is not Part.ARTIFACT:
                    assert (piece.cell.row, piece.cell.column) not in found
                    text = "".join(one.text for one in piece.texts)
                    found[piece.cell.row, piece.cell.column] = text.replace(" ", "")
                    assert (piece.part is Part.CELL) == (piece.cell.role is CellRole.VALUE)
                    for one in piece.texts:
                        assert piece.x <= one.x
                        assert one.x + one.width <= piece.x + piece.width
                        assert piece.top < one.y < piece.top + piece.height
        expected = {(one.row, one.column): "".join(one.text.split()) for one in table.cells}
        assert found == expected
