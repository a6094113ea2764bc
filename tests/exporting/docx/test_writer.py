"""The Word file: valid, complete, with the official merges, and the same for the same report."""

import struct
import time
import unicodedata
import zlib
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from app.documents.blocks import Paragraph, PictureBlock, Style
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.report.model import Picture
from app.typesetting.breaking import forbidden
from app.typesetting.fonts import Faces
from app.typesetting.lines import paragraph_lines
from app.typesetting.page_style import page_style, page_style_keys
from app.typesetting.typeset import typeset
from tests.exporting.reports import blocks_of, full_report, meta_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REPORT = full_report("2021", 2024)


def png(width: int, height: int) -> bytes:
    """A real picture, all white."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def written(report=REPORT, draft=False, style=None):
    return docx_bytes(blocks_of(report), meta_of(report, draft), style)


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(data)).read(name))


@pytest.mark.slow
@pytest.mark.parametrize(("edition", "year"), [("2019", 2020), ("2021", 2024)])
@pytest.mark.parametrize("style", page_style_keys())
@pytest.mark.parametrize("draft", [False, True])
def test_the_validator_finds_nothing(tmp_path, edition, year, style, draft):
    from openxml_audit import OpenXmlValidator

    path = tmp_path / "报告.docx"
    path.write_bytes(written(full_report(edition, year), draft, page_style(style)))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(error) for error in result.errors]


def test_the_same_report_gives_the_same_bytes_on_any_day(monkeypatch):
    one = written()
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert written() == one
    with ZipFile(BytesIO(one)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_all_sections_stand_in_order():
    texts = [paragraph.text for paragraph in Document(BytesIO(written())).paragraphs]
    headings = [text for text in texts if text[:2] in ("一、", "二、", "三、", "四、", "五、", "六、")]
    assert [text[0] for text in headings] == list("一二三四五六")
    assert texts[0].replace("\n", "") == "测试县甲乙镇人民政府2024年政府信息公开工作年度报告"
    assert texts[-2:] == ["测试县甲乙镇人民政府", "2025年1月9日"]


@pytest.mark.parametrize(("table", "rows", "columns"), [(0, 14, 4), (1, 28, 10), (2, 4, 15)])
def test_the_tables_have_the_official_grid(table, rows, columns):
    found = Document(BytesIO(written())).tables[table]
    assert (len(found.rows), len(found.columns)) == (rows, columns)


def test_the_merges_are_those_of_the_official_template():
    """Row by row: the spans of the blank template of the 2021 edition, 表二 to 表四."""
    tables = part(written(), "word/document.xml").iter(f"{W}tbl")
    spans = [
        [[int(cell.find(f"{W}tcPr/{W}gridSpan").get(f"{W}val")) if cell.find(f"{W}tcPr/{W}gridSpan") is not None else 1
          for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in tables
    ]  # fmt: skip
    assert spans[0] == [
        [4],
        [1] * 4,
        [1] * 4,
        [1] * 4,
        [4],
        [1, 3],
        [1, 3],
        [4],
        [1, 3],
        [1, 3],
        [1, 3],
        [4],
        [1, 3],
        [1, 3],
    ]
    assert spans[1][:5] == [[3, 7], [3, 1, 5, 1], [3] + [1] * 7, [3] + [1] * 7, [3] + [1] * 7]
    assert spans[1][5] == [1, 2] + [1] * 7
    assert spans[1][7] == [1] * 10
    assert spans[2] == [[5, 10], [1] * 5 + [5, 5], [1] * 15, [1] * 15]


def test_header_rows_repeat_and_rows_do_not_split():
    tables = list(part(written(), "word/document.xml").iter(f"{W}tbl"))
    repeated = [len(list(table.iter(f"{W}tblHeader"))) for table in tables]
    assert repeated == [0, 3, 3]
    for table in tables:
        assert len(list(table.iter(f"{W}cantSplit"))) == len(list(table.iter(f"{W}tr")))


def test_a_zero_is_printed_and_a_blank_is_not():
    ref = next(iter(REPORT.values))
    zero = Document(BytesIO(written(REPORT.with_values({ref: 0})))).tables[0].cell(2, 1).text
    blank = Document(BytesIO(written(REPORT.with_values({ref: None})))).tables[0].cell(2, 1).text
    assert (zero, blank) == ("0", "")


def test_properties_name_the_agency_and_no_person():
    properties = Document(BytesIO(written())).core_properties
    assert properties.author == properties.last_modified_by == REPORT.agency.name
    assert properties.title.startswith(REPORT.agency.name)
    assert properties.language == "zh-CN"


def test_a_draft_says_so():
    """Across every page, and without a line that would move the text."""
    draft, plain = (Document(BytesIO(written(draft=is_draft))) for is_draft in (True, False))
    section = draft.sections[0]
    for header in (section.header, section.even_page_header):
        assert 'string="草稿"' in header._element.xml
    assert "textpath" not in plain.sections[0].header._element.xml
    assert [one.text for one in draft.paragraphs] == [one.text for one in plain.paragraphs]


def test_page_numbers_stand_at_the_outer_corners():
    data = written()
    names = [name for name in ZipFile(BytesIO(data)).namelist() if "footer" in name and name.endswith(".xml")]
    sides = sorted(part(data, name).find(f".//{W}jc").get(f"{W}val") for name in names)
    assert sides == ["left", "right"]
    assert all("PAGE" in part(data, name).findtext(f".//{W}instrText") for name in names)
    assert part(data, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None


def test_no_style_refers_to_a_theme_font():
    assert b"Theme=" not in ZipFile(BytesIO(written())).read("word/styles.xml")


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_damaged_picture_is_named_and_harms_nothing(data):
    report = replace(REPORT, pictures=(Picture("图1.png", "overview", "统计图", data=data),))
    texts = [paragraph.text for paragraph in Document(BytesIO(written(report))).paragraphs]
    assert len(texts) >= 15


def test_a_large_picture_fits_the_type_area():
    report = replace(REPORT, pictures=(Picture("图1.png", "overview", "统计图", data=png(6000, 400)),))
    shapes = Document(BytesIO(written(report))).inline_shapes
    assert shapes[0].width.mm <= 156.01


@pytest.mark.parametrize(
    "text", ["a\x00b\x0bc", "\ud83d", "𬭎䶮㛃", "\u202eabc", "😀" * 50, "字" * 5000, "<&>\"'"]
)
def test_odd_text_is_no_obstacle(text):
    document = Document(BytesIO(docx_bytes([Paragraph(text, Style.BODY)], meta_of(REPORT))))
    assert len(document.paragraphs) == 1


def paragraphs_of(data: bytes) -> list[etree._Element]:
    return list(part(data, "word/document.xml").iter(f"{W}p"))


def test_a_long_title_has_the_line_ends_of_the_pdf():
    name = "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇人民政府"
    report = replace(REPORT, agency=replace(REPORT.agency, name=name))
    [title] = [
        block for block in blocks_of(report) if isinstance(block, Paragraph) and block.style is Style.TITLE
    ]
    wanted = [line.text for line in paragraph_lines(title, page_style(), Faces.bundled())]
    shown = Document(BytesIO(written(report))).paragraphs[0].text.split("\n")
    assert shown == wanted
    assert len(shown) == 3
    assert "".join(shown).startswith(name)


def test_text_before_the_signature_and_empty_lines_stay_with_it():
    data = written()
    styles = {one.get(f"{W}styleId"): one for one in part(data, "word/styles.xml").iter(f"{W}style")}
    assert styles["ReportBlank"].find(f"{W}pPr/{W}keepNext") is not None
    shown = paragraphs_of(data)
    first_blank = next(n for n in range(len(shown) - 1, 0, -1) if style_name(shown[n]) != "ReportBlank")
    while style_name(shown[first_blank]) in ("ReportDate", "ReportSignature", "ReportBlank"):
        first_blank -= 1
    assert shown[first_blank].find(f"{W}pPr/{W}keepNext") is not None


def style_name(shown: etree._Element) -> str:
    return shown.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def test_space_around_tables_is_told_to_the_paragraphs_beside_them():
    style = page_style()
    body = part(written(), "word/document.xml").find(f"{W}body")
    tables = [one for one in body if one.tag == f"{W}tbl"]
    assert len(tables) == 3
    for table in tables:
        above = table.getprevious().find(f"{W}pPr/{W}spacing")
        below = table.getnext().find(f"{W}pPr/{W}spacing")
        assert above.get(f"{W}after") == str(round(style.spaces.above_table * 20))
        assert below.get(f"{W}before") == str(round(style.spaces.below_table * 20))


def test_a_picture_is_as_large_as_in_the_pdf():
    pictures = tuple(Picture(f"{n}.png", "overview", "图", data=png(300, 900)) for n in range(3))
    report = replace(REPORT, pictures=pictures)
    shown = Document(BytesIO(written(report))).inline_shapes
    pages = typeset(blocks_of(report), page_style(), Faces.bundled())
    placed = [piece for page in pages for piece in page.pieces if piece.picture]
    assert len(shown) == len(placed) == 3
    for one, piece in zip(shown, placed, strict=True):
        assert (one.width.pt, one.height.pt) == pytest.approx((piece.width, piece.height), abs=0.1)


@pytest.mark.parametrize(("style", "kind"), [("gb9704", "lines"), ("template2021", None)])
def test_a_grid_is_told_only_where_its_lines_fill_the_page(style, kind):
    """LibreOffice sets nothing below the last whole line of a grid: two lines less than the PDF on a page of template2021."""
    body = part(written(style=page_style(style)), "word/document.xml").find(f"{W}body")
    [grid] = body.findall(f"{W}sectPr/{W}docGrid")
    assert grid.get(f"{W}type") == kind


def test_a_damaged_picture_keeps_its_caption_in_word():
    made = docx_bytes([PictureBlock("图.png", b"rubbish", "图题")], Meta("题", "甲镇", 2024))
    texts = [one.text for one in Document(BytesIO(made)).paragraphs]
    assert "（图片“图.png”无法显示）图题" in texts


def with_pictures(*captions: str):
    made = tuple(
        Picture(f"照片{n}.png", "overview", text, 0, png(3000, 400)) for n, text in enumerate(captions)
    )
    return Document(BytesIO(written(replace(REPORT, pictures=made))))


def test_pictures_are_said_in_chinese_and_stand_inside_the_type_area():
    """LibreOffice keeps 3.2 mm beside a picture that says nothing of its distances."""
    document = with_pictures("图1　政务公开专区", "")
    inlines = [one for one in document.element.body.iter() if one.tag.endswith("}inline")]
    assert [one.docPr.get("descr") for one in inlines] == ["图1　政务公开专区", "图片：照片1"]
    assert all(one.docPr.get("name").startswith("图片 ") for one in inlines)
    assert len({one.docPr.get("id") for one in inlines}) == 2
    for one in inlines:
        assert [one.get(side) for side in ("distT", "distB", "distL", "distR")] == ["0"] * 4
        assert one.extent.cx <= 156 * 36000


def test_a_picture_put_in_by_hand_has_a_style_that_does_not_cut_it_off():
    document = with_pictures("图1　政务公开专区")
    style = document.styles["年报图片"]
    assert style.paragraph_format.line_spacing_rule.name == "SINGLE"
    assert style.paragraph_format.alignment.name == "CENTER"
    (shown,) = [one for one in document.paragraphs if one._p.xpath(".//w:drawing")]
    assert shown.style.name == "年报图片"
    assert shown.paragraph_format.line_spacing is None


def test_tables_have_a_style_with_borders():
    document = Document(BytesIO(written()))
    assert {table.style.name for table in document.tables} == {"年报表格"}
    properties = document.styles["年报表格"].element.find(f"{W}tblPr")
    sides = {side.tag.removeprefix(W) for side in properties.find(f"{W}tblBorders")}
    assert sides == {"top", "left", "bottom", "right", "insideH", "insideV"}


@pytest.mark.parametrize("unit", ["沙镇人民政府", "威海市文登区侯家镇人民政府"])
def test_a_unit_is_centred_over_the_date_whatever_it_is_called(unit):
    """The place hangs on the date alone, so a name changed in Word stays centred."""
    blocks = [
        Paragraph("无。", Style.BODY),
        Paragraph(unit, Style.SIGNATURE, section="signature"),
        Paragraph("2026年1月9日", Style.DATE, section="signature"),
    ]
    document = Document(BytesIO(docx_bytes(blocks, meta_of(REPORT))))
    signed = document.paragraphs[-2]
    assert signed.alignment.name == "CENTER"
    date = paragraph_lines(blocks[-1], page_style(), Faces.bundled())[0]
    middle = (page_style().width + signed.paragraph_format.left_indent.pt) / 2
    assert middle == pytest.approx(date.x + date.width / 2, abs=0.5)


def test_word_is_told_which_marks_begin_and_end_no_line():
    """The typesetter's own; Word by itself would tear a dash of two."""
    told = part(written(), "word/settings.xml")
    before, after = (told.find(f"{W}{name}") for name in ("noLineBreaksBefore", "noLineBreaksAfter"))
    assert before.get(f"{W}lang") == after.get(f"{W}lang") == "zh-CN"
    signs = [chr(code) for code in range(0x20, 0xFFFF) if not unicodedata.combining(chr(code))]
    assert set(before.get(f"{W}val")) == {sign for sign in signs if forbidden("国", sign)}
    assert set(after.get(f"{W}val")) == {sign for sign in signs if forbidden(sign, "国")}
