"""Word documents and web pages: every number in its cell, the article out of its page, runs told apart."""

import io
import re
import zipfile
from datetime import date

import pytest

from app.form.catalog import form
from app.form.model import CellRef
from app.importing.importer import import_bytes, import_file, import_text
from app.report.model import INTRODUCTION
from tests.importing.making import TEMPLATE, filled_template, html_table, numbers, page, rezipped
from tests.places import TESTS

SAMPLES = TESTS / "samples"
DOCUMENT = "word/document.xml"


def test_the_blank_template_has_headings_and_no_value() -> None:
    result = import_file(TEMPLATE)
    assert result.report.form == "2021"
    assert result.report.values == {}
    assert result.missing == form("2021").cells
    assert [one.text for one in result.outline.headings] == [one.title for one in form("2021").sections]
    assert all(one.complete for one in result.outline.tables)
    assert result.outline.has_balance_note


def test_every_number_of_the_filled_template_arrives_in_its_cell() -> None:
    values = numbers(form("2021"))
    result = import_bytes(filled_template(values), "2022年报.docx")
    assert dict(result.report.values) == values
    assert (result.unsure, result.missing) == ((), ())
    assert result.type == "docx"


def test_the_place_of_a_number_in_a_document_is_its_table_row_and_column() -> None:
    result = import_bytes(filled_template(numbers(form("2021"))), "x.docx")
    evidence = result.evidence[CellRef("requests", "received", "natural_person")]
    assert evidence.place == "表三 第4行 第4列"


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_number_of_a_web_page_arrives_in_its_cell(edition: str) -> None:
    values = {
        ref: (0 if str(ref).endswith("procurement.amount") else n)
        for ref, n in numbers(form(edition)).items()
    }
    result = import_bytes(
        page(values, form(edition), "某县某镇人民政府2022年政府信息公开工作年度报告").encode(), "a.htm"
    )
    assert dict(result.report.values) == values
    assert (result.report.form, result.type, result.missing) == (edition, "html", ())


def test_the_article_is_picked_out_of_the_portal() -> None:
    values = numbers(form("2021"))
    result = import_text(page(values, form("2021"), "某县某镇人民政府2022年政府信息公开工作年度报告"))
    assert result.outline.title == "某县某镇人民政府2022年政府信息公开工作年度报告"
    assert result.report.year == 2022
    assert result.report.agency.name == "某县某镇人民政府"
    assert result.report.signature.issued_on == date(2023, 1, 9)
    everything = "".join(result.report.narratives.values())
    assert "栏目" not in everything
    assert "版权" not in everything
    assert "附件下载" not in everything


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_a_page_is_read_in_every_encoding(encoding: str) -> None:
    text = page(numbers(form("2021")), form("2021"), "某镇2022年政府信息公开工作年度报告")
    if encoding == "gb18030":
        text = text.replace("<head>", "<head><meta charset=gb2312>")
    assert len(import_bytes(text.encode(encoding), "a.html").report.values) == 200


def test_a_page_inside_a_form_and_a_deleted_word() -> None:
    text = page(numbers(form("2021")), form("2021"), "某镇2022年政府信息公开工作年度报告")
    text = text.replace("<body>", "<body><form id='form1'>").replace("</body>", "</form></body>")
    result = import_text(text.replace("共有三个方面", "共有<del>两</del><ins>三</ins>个方面"))
    assert len(result.report.values) == 200
    assert "共有三个方面" in result.report.narrative("overview")


def test_blank_cells_of_a_page_are_missing() -> None:
    values = numbers(form("2021"))
    left = CellRef("requests", "granted", "research")
    del values[left]
    result = import_text(page(values, form("2021"), "某镇2022年政府信息公开工作年度报告"))
    assert result.missing == (left,)


def test_a_table_on_its_own_is_enough() -> None:
    section = form("2021").section("requests")
    values = numbers(form("2021"))
    result = import_text(html_table(values, section))
    assert dict(result.report.values) == {ref: values[ref] for ref in section.cells}


def test_list_numbers_text_boxes_deletions_and_line_breaks_of_a_document() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    item = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
    names = [section.name for section in form("2021").sections]
    body = (
        "<w:p><w:r><w:t>某镇人民政府</w:t><w:br/><w:t>2022年政府信息公开工作年度报告</w:t></w:r></w:p>"
        + item.format(names[0])
        + "<w:p><w:r><w:t>全年</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>公开信息12条。</w:t></w:r></w:ins></w:p>"
        + "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
        + "".join(item.format(name) for name in names[1:])
        + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>没有格子的话。</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    numbering = (
        f"<w:numbering xmlns:w='{w}'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
        "<w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    document = f"<w:document xmlns:w='{w}'><w:body>{body}</w:body></w:document>"
    data = rezipped(
        TEMPLATE.read_bytes(), {DOCUMENT: document.encode(), "word/numbering.xml": numbering.encode()}
    )
    result = import_bytes(data, "x.docx")
    assert [one.text for one in result.outline.headings] == [
        section.title for section in form("2021").sections
    ]
    assert result.outline.title == "某镇人民政府2022年政府信息公开工作年度报告"
    assert result.report.paragraphs("overview") == ["全年公开信息12条。", "框里的话。"]
    assert result.report.narrative("other") == "没有格子的话。"


# -- a page whose tables lost their lines -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "sure", "received"),
    [
        (2022, {"art20_5.licensing.decisions": "5", "art20_8.fees.amount": "9116.36"}, 1),
        (2025, {"art20_6.penalty.decisions": "1", "art20_8.fees.amount": "4166.214619"}, 2),
    ],
)
def test_digits_that_ran_together_are_never_taken_in_silence(
    year: int, sure: dict[str, str], received: int
) -> None:
    result = import_file(SAMPLES / f"pingtan_czjrj_{year}_page.txt")
    doubtful = {one.cell for one in result.unsure}
    certain = {str(ref): str(value) for ref, value in result.report.values.items() if ref not in doubtful}
    for key, value in sure.items():
        assert certain[key] == value
    assert all(ref.split(".")[0] in ("art20_5", "art20_6", "art20_8") for ref in certain)
    proposed = result.report[CellRef("requests", "received", "natural_person")]
    assert proposed == received
    assert CellRef("requests", "received", "natural_person") in doubtful
    assert [one.text for one in result.outline.headings] == [one.title for one in form("2021").sections]
    assert result.report.narrative(INTRODUCTION).startswith("根据《中华人民共和国政府信息公开条例》")
    assert "第二十条第" not in result.report.narrative("proactive")
    assert result.report.agency.name == "平潭综合实验区财政金融局"
    assert result.report.signature.issued_on is not None


def test_digits_with_more_than_one_reading_are_left_blank() -> None:
    text = (SAMPLES / "pingtan_czjrj_2022_page.txt").read_text("utf-8").replace("文件808第", "文件77132470第")
    result = import_bytes(text.encode(), "x.txt")
    row = [one for one in result.unsure if one.cell.row == "normative_documents"]
    assert [(one.text, one.reason) for one in row] == [("77132470", "数字相连，无法确定分界")] * 3
    assert not any(one.cell in result.report.values for one in row)


@pytest.mark.parametrize(
    ("cell", "value", "doubtful"),
    [
        ("3<sup>1</sup>", 3, True),
        ("3<span style='vertical-align: super'>1</span>", 3, True),
        ("<s>5</s>6", 6, False),
        ("<span style='text-decoration: line-through'>5</span>6", 6, False),
        ("<span style='display:none'>5</span>6", 6, False),
        ("<b>5</b>6", 56, False),
        ("5<br>6", 56, True),
    ],
)
def test_marks_of_notes_and_what_is_crossed_out_in_a_page_are_no_digits(
    cell: str, value: int, doubtful: bool
) -> None:
    edition = form("2021")
    ref = CellRef("art20_1", "rules", "issued")
    whole = page(numbers(edition) | {ref: 77777}, edition, "某县某镇人民政府2022年政府信息公开工作年度报告")
    result = import_text(whole.replace("77777", cell))
    assert result.report[ref] == value
    assert [one.cell for one in result.unsure] == [ref] * doubtful


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "value", "doubtful"),
    [
        ("<w:vertAlign w:val='superscript'/>", 5, True),
        ("<w:strike/>", 6, False),
        ("<w:dstrike/>", 6, False),
        ("<w:vanish/>", 6, False),
        ("<w:strike w:val='0'/>", 56, False),
        ("<w:b/>", 56, False),
    ],
)
def test_marks_of_notes_and_what_is_crossed_out_in_word_are_no_digits(
    first: str, value: int, doubtful: bool
) -> None:
    ref = CellRef("art20_1", "rules", "issued")
    data = filled_template(numbers(form("2021")) | {ref: 77777})
    runs = f"<w:r><w:rPr>{first}</w:rPr><w:t>5</w:t></w:r><w:r><w:t>6</w:t></w:r>"
    if "Align" in first:
        runs = f"<w:r><w:t>5</w:t></w:r><w:r><w:rPr>{first}</w:rPr><w:t>6</w:t></w:r>"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = re.sub("<w:r>(?:(?!</?w:r>).)*>77777<.*?</w:r>", runs, package.read(DOCUMENT).decode(), count=1)
    assert runs in xml
    result = import_bytes(rezipped(data, {DOCUMENT: xml.encode()}), "x.docx")
    assert result.report[ref] == value
    assert [one.cell for one in result.unsure] == [ref] * doubtful


def test_menus_that_stand_in_the_same_element_as_the_report_are_left_out_and_listed() -> None:
    menu = "".join(f"<li><a href='/{i}'>栏目{i}名称</a></li>" for i in range(60))
    report = page(
        numbers(form("2021")), form("2021"), "某县某镇人民政府2022年政府信息公开工作年度报告", frame=False
    )
    flat = (
        report.replace("<body>", f"<body>{menu}")
        .replace("<div class='content'>", "")
        .replace("</div>", "<p>版权所有</p>")
    )
    result = import_bytes(flat.encode(), "年报.html")
    assert result.outline.title == "某县某镇人民政府2022年政府信息公开工作年度报告"
    assert not any("栏目" in text or "版权" in text for text in result.report.narratives.values())
    assert {"栏目0名称", "栏目59名称", "版权所有"} <= set(result.unused)
