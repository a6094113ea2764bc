"""The web page and the workbook."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook

from app.documents.blocks import PictureBlock
from app.exporting import exporter
from app.exporting.docx.writer import docx_bytes
from app.exporting.html_writer import html_bytes
from app.exporting.list_workbook import workbook_bytes
from app.exporting.meta import Meta
from app.exporting.text_writer import text_bytes
from app.exporting.xlsx_writer import xlsx_bytes
from app.form.catalog import form
from app.form.model import CellRef
from app.importing.importer import import_file
from app.report.model import Agency, Report
from tests.exporting.reports import blocks_of, full_report, meta_of

REPORT = full_report("2021", 2024)
MARKED = replace(meta_of(REPORT), mark="送审稿")


def page(report=REPORT) -> html.HtmlElement:
    return html.document_fromstring(html_bytes(blocks_of(report), meta_of(report)))


def test_the_page_fetches_nothing_and_runs_nothing():
    tree = page()
    assert not tree.xpath("//script|//link|//iframe|//@onclick|//@href")
    assert tree.get("lang") == "zh-CN"


def test_the_page_has_real_spans_and_zeros():
    ref = next(iter(REPORT.values))
    tables = page(REPORT.with_values({ref: 0})).xpath("//table")
    assert len(tables) == 3
    assert tables[1].xpath(".//th[@rowspan='22']")
    assert tables[0].xpath(".//td/text()")[0] == "0"


def test_the_page_has_the_faces_of_headings_within_a_paragraph_and_upright_labels():
    report = REPORT.with_narrative("overview", "（一）主动公开。全年公开<237>条。")
    tree = page(report)
    [lead] = tree.xpath("//p/span[@class='lead']/text()")
    assert lead == "（一）主动公开。"
    assert "（一）主动公开。全年公开<237>条。" in tree.text_content()
    assert tree.xpath("//th[@class='upright']/text()") == ["三、本年度办理结果"]


def test_markup_in_a_text_stays_text():
    report = REPORT.with_narrative("other", "<script>alert(1)</script>&nbsp;")
    assert "<script>alert(1)</script>&nbsp;" in page(report).text_content()


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


@pytest.mark.parametrize("suffix", exporter.suffixes())
def test_a_name_with_what_no_xml_holds_is_written_without_it(suffix: str) -> None:
    """Half a surrogate pair and control characters come with text pasted from old programs."""
    report = Report("2021", 2022, Agency("某\ud83d县\x00\x1b\x0b某镇人民政府"))
    assert exporter.export_bytes(report, form("2021"), [Path(f"x{suffix}")], draft=True)[0]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"\x89PNG\r\n", "data:image/png;base64,"),
        (b"GIF89a", "data:image/gif;base64,"),
        (b"\x01\x00\x00\x00 EMF", "（图片“图&lt;1&gt;.emf”无法显示）图题"),
    ],
)
def test_a_picture_that_no_browser_shows_is_named_and_keeps_its_caption(data, shown):
    page = html_bytes([PictureBlock("图<1>.emf", data, "图题")], Meta("题", "甲镇", 2024)).decode("utf-8")
    assert shown in page
    assert "图题" in page
    assert page.count("image/png") == (data[1:4] == b"PNG")


def test_a_damaged_picture_keeps_its_caption_in_word():
    made = docx_bytes([PictureBlock("图.png", b"rubbish", "图题")], Meta("题", "甲镇", 2024))
    texts = [one.text for one in Document(BytesIO(made)).paragraphs]
    assert "（图片“图.png”无法显示）图题" in texts


def test_fonts_of_a_workbook_are_written_in_the_order_of_the_schema():
    from zipfile import ZipFile

    made = workbook_bytes("清单", [("一", [("项目", 10)], [["甲"]])])
    styles = ZipFile(BytesIO(made)).read("xl/styles.xml").decode()
    fonts = styles[styles.index("<fonts") : styles.index("</fonts>")]
    assert all(one.index("<sz") < one.index("<name") for one in fonts.split("</font>")[:-1])


@pytest.mark.parametrize(("meta", "told"), [(meta_of(REPORT, True), "【草稿】"), (MARKED, "【送审稿】")])
def test_a_mark_is_told_where_no_watermark_can_be(meta, told):
    blocks = blocks_of(REPORT)
    assert told in html_bytes(blocks, meta).decode("utf-8")
    assert text_bytes(blocks, meta).decode("utf-8-sig").startswith(told)
    book = load_workbook(BytesIO(xlsx_bytes(blocks, meta, REPORT, form(REPORT.form))))
    assert all(f"{told}\n" in sheet["A1"].value for sheet in book)
    for bare in (html_bytes(blocks, meta_of(REPORT)), text_bytes(blocks, meta_of(REPORT))):
        assert "【" not in bare.decode("utf-8")


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
