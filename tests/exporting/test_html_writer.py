"""The web page: real spans, nothing fetched, nothing run."""

from dataclasses import replace

import pytest
from lxml import html

from app.documents.blocks import Paragraph, PictureBlock, Style
from app.exporting.html_writer import fragment, html_bytes
from app.exporting.meta import Meta
from app.report.model import Attachment
from tests.exporting.reports import blocks_of, full_report, meta_of

REPORT = full_report("2021", 2024)


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


def test_line_breaks_and_spaces_of_a_text_are_kept_in_the_page():
    blocks = [Paragraph("某镇人民政府\n2024年年度报告", Style.TITLE), Paragraph("见 GB 18030 一 节\x07")]
    made = html_bytes(blocks, Meta("题", "甲镇", 2024)).decode("utf-8")
    assert ">某镇人民政府<br>2024年年度报告</h1>" in made
    assert ">见 GB 18030 一 节</p>" in made


def stripped() -> html.HtmlElement:
    """As an editor of a portal leaves it: without style sheets, classes and what is not of the text."""
    tree = html.fragment_fromstring(fragment(blocks_of(REPORT)))
    for one in tree.iter():
        one.attrib.pop("class", None)
    return tree


def test_without_style_sheet_and_classes_tables_keep_their_borders_and_alignment():
    tree = stripped()
    assert not tree.xpath("//style")
    tables = tree.xpath(".//table")
    assert len(tables) == 3
    assert all(table.get("border") == "1" for table in tables)
    cells = tree.xpath(".//td|.//th")
    assert len(cells) > 250
    assert all("border:1px solid" in cell.get("style") for cell in cells)
    assert all(cell.get("align") in ("left", "center") for cell in cells)
    bands = [cell for cell in cells if cell.get("bgcolor")]
    assert [cell.get("align") for cell in bands] == ["left"] * 4
    main = [cell.text for cell in cells if "font-weight:bold" in cell.get("style")]
    assert [text[:2] for text in main] == ["一、", "二、", "四、"]


def test_without_style_sheet_and_classes_paragraphs_keep_their_place():
    tree = stripped()
    assert "text-align:center" in tree.xpath(".//h1/@style")[0]
    assert all("text-indent:2em" in style for style in tree.xpath(".//h2/@style"))
    *_, signed, day = tree.xpath(".//p")
    assert "text-align:right" in signed.get("style")
    assert "text-align:right" in day.get("style")


def test_the_fragment_says_what_the_page_says():
    whole = " ".join(page().find("body").text_content().split())
    assert " ".join(stripped().text_content().split()) == whole


def test_a_long_name_of_an_attachment_goes_on_under_its_first_character():
    report = replace(REPORT, attachments=(Attachment("甲" * 60), Attachment("乙" * 60)))
    shown = [one for one in page(report).xpath("//p") if one.text_content().endswith(("甲" * 60, "乙" * 60))]
    wanted = ";margin-left:6.5em;text-indent:-4.5em;text-align:left"  # 附件：1. is four and a half wide
    assert [one.get("style").endswith(wanted) for one in shown] == [True, True]
