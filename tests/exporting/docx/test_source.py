"""A user's .docx as the source of styles: its look and its page win, nothing of its text or its people comes along."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.errors import UserError
from app.exporting.docx.writer import docx_bytes
from app.exporting.ooxml import element, within
from app.importing.importer import import_bytes
from app.paths import root
from app.report.model import Picture
from app.session import session
from tests.exporting.docx.test_writer import png
from tests.exporting.reports import blocks_of, full_report, meta_of

REPORT = full_report("2021", 2024)
OWN = docx_bytes(blocks_of(REPORT), meta_of(REPORT))
OLD_TEXT = "去年的文字"


def changed(change: Callable, data: bytes | None = None) -> bytes:
    """Word's usual template (or a given document) with one change."""
    document = Document(BytesIO(data) if data else None)
    change(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def written(source: bytes, report=REPORT):
    return docx_bytes(blocks_of(report), meta_of(report), source=source)


def made(source: bytes, report=REPORT):
    return Document(BytesIO(written(source, report)))


def style_of(document, text: str):
    return next(paragraph.style for paragraph in document.paragraphs if paragraph.text.startswith(text))


def as_from_the_county(document) -> None:
    document.styles["Heading 1"].font.size = Pt(20)
    document.styles["Normal"].font.size = Pt(15)
    document.sections[0].header.paragraphs[0].text = "甲县政务公开"
    document.sections[0].left_margin = Mm(40)
    document.add_paragraph(OLD_TEXT)
    document.add_picture(BytesIO(png(90, 90)))
    document.add_section(WD_SECTION.NEW_PAGE)
    landscape = document.sections[1]
    landscape.orientation, landscape.page_width = WD_ORIENT.LANDSCAPE, Mm(400)
    document.core_properties.last_modified_by = "张三"
    document.core_properties.keywords = OLD_TEXT
    settings = document.settings.element
    settings.append(element("documentProtection", edit="readOnly", enforcement=1))


def test_its_styles_page_and_headers_win():
    document = made(changed(as_from_the_county))
    [section] = document.sections
    assert section.header.paragraphs[0].text == "甲县政务公开"
    assert (round(section.left_margin.mm), section.orientation) == (40, WD_ORIENT.PORTRAIT)
    assert style_of(document, "一、").font.size == Pt(20)
    assert style_of(document, "根据").name == "Normal"
    assert style_of(document, "测试县甲乙镇人民政府\n2024年").name == "Title"
    assert style_of(document, "2025年1月9日").name == "年报成文日期"


def test_nothing_else_of_it_comes_along():
    data = written(changed(as_from_the_county))
    with ZipFile(BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
        names = archive.namelist()
    assert not any("media" in name or "customXml" in name or "thumbnail" in name for name in names)
    assert not any(word in everything for word in (OLD_TEXT, "张三", "documentProtection"))


def test_the_report_is_whole():
    result = import_bytes(written(changed(as_from_the_county)), "报告.docx")
    assert dict(result.report.values) == dict(REPORT.values)
    assert dict(result.report.narratives) == dict(REPORT.narratives)


@pytest.mark.slow
def test_the_validator_finds_nothing(tmp_path):
    from openxml_audit import OpenXmlValidator

    report = replace(REPORT, pictures=(Picture("图.png", "overview", "统计图", data=png(300, 200)),))
    for number, source in enumerate([OWN, changed(as_from_the_county)]):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(written(source, report))
        result = OpenXmlValidator().validate(str(path))
        assert result.is_valid, [str(error) for error in result.errors]


def test_styles_of_ours_changed_in_word_are_kept():
    def change(document):
        document.styles["年报正文"].font.size = Pt(15)

    document = made(changed(change, OWN))
    assert style_of(document, "根据").font.size == Pt(15)
    assert [p.text for p in document.paragraphs] == [p.text for p in Document(BytesIO(OWN)).paragraphs]


def test_a_body_style_that_nobody_has_set_up_gives_way_to_ours():
    assert style_of(made(changed(lambda document: None)), "根据").name == "年报正文"


def test_a_style_called_正文_is_the_body():
    def change(document):
        document.styles.add_style("正文", WD_STYLE_TYPE.PARAGRAPH)

    assert style_of(made(changed(change)), "根据").name == "正文"


def test_the_indent_of_its_body_does_not_reach_our_table_cells():
    def change(document):
        document.styles["Normal"].paragraph_format.first_line_indent = Pt(30)

    cell = made(changed(change)).tables[0].cell(0, 0).paragraphs[0]
    assert (cell.style.name, cell.style.base_style.name) == ("年报表二文字", "年报基准")
    assert cell.style.base_style.base_style is None


def test_headings_that_count_by_themselves_do_not_count_twice():
    def change(document):
        numbers = within(element("numPr"), element("numId", val=1))
        document.styles["Heading 1"].element.get_or_add_pPr().append(numbers)

    document = made(changed(change))
    [heading] = [one for one in document.paragraphs if one.text.startswith("一、")]
    assert heading._p.pPr.numPr.numId.val == 0


def test_tables_fill_its_type_area():
    def change(document):
        document.sections[0].left_margin = document.sections[0].right_margin = Mm(50)

    document = made(changed(change))
    section = document.sections[0]
    wanted = (section.page_width - section.left_margin - section.right_margin) / 635  # EMU in a twip
    found = document.tables[0]._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))
    assert abs(int(found) - wanted) < 5


def narrow(document) -> None:
    document.sections[0].left_margin = Mm(150)


NOT_WORD = ["", "文字".encode(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04", OWN[:2000]]


@pytest.mark.parametrize("data", [*NOT_WORD, changed(narrow)], ids=range(6))
def test_what_cannot_serve_is_refused_in_words(data):
    with pytest.raises(UserError, match="样式文件.*[\u4e00-\u9fff]"):
        written(data or b"")


def test_a_workbook_is_no_source_of_styles():
    from openpyxl import Workbook

    stream = BytesIO()
    Workbook().save(stream)
    with pytest.raises(UserError, match="样式文件打不开"):
        written(stream.getvalue())


def test_the_session_takes_it_from_a_file(tmp_path: Path):
    source, target = tmp_path / "样式.docx", tmp_path / "年报.docx"
    source.write_bytes(changed(as_from_the_county))
    document = session.new_blank("甲镇人民政府", 2025)
    session.export(document, [target, tmp_path / "年报.txt"], force=True, style=source)
    assert Document(target).sections[0].header.paragraphs[0].text == "甲县政务公开"
    with pytest.raises(UserError, match="只管 Word 文件"):
        session.export(document, [tmp_path / "另.pdf"], force=True, style=source)
    with pytest.raises(UserError, match="没有"):
        session.export(document, [target], force=True, style=tmp_path / "没有.docx")


MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
KINDS = {
    ".dotx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ".docm": b"application/vnd.ms-word.document.macroEnabled.main+xml",
    ".dotm": b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
}


def repacked(change: Callable[[str, bytes], bytes], added: dict[str, bytes] | None = None) -> bytes:
    """The county's document with the bytes of its parts changed."""
    stream = BytesIO()
    with ZipFile(BytesIO(changed(as_from_the_county))) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, data in (added or {}).items():
            target.writestr(name, data)
    return stream.getvalue()


def assert_serves(source: bytes) -> ZipFile:
    document = made(source)
    assert document.sections[0].header.paragraphs[0].text == "甲县政务公开"
    return ZipFile(BytesIO(written(source)))


@pytest.mark.parametrize("kind", KINDS)
def test_templates_and_files_with_macros_serve_without_their_macros(kind):
    def change(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            data = data.replace(MAIN, KINDS[kind]).replace(
                b"</Types>",
                b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            )
        if name == "word/_rels/document.xml.rels":
            macro = b'<Relationship Id="rId98" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
            data = data.replace(b"</Relationships>", macro + b'Target="vbaProject.bin"/></Relationships>')
        return data

    made_of_it = assert_serves(repacked(change, {"word/vbaProject.bin": b"Sub AutoOpen"}))
    assert "word/vbaProject.bin" not in made_of_it.namelist()
    assert MAIN in made_of_it.read("[Content_Types].xml")


@pytest.mark.parametrize("target", ["../NULL", "NULL", "/word/media/image7.png", "media/%E5%9B%BE.png"])
def test_what_refers_to_a_part_that_is_not_there_serves(target):
    """python-docx refuses such a file; Word, WPS and LibreOffice open it."""

    def change(name: str, data: bytes) -> bytes:
        if name != "word/_rels/document.xml.rels":
            return data
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        lost = f'<Relationship Id="rId99" Type="{kind}" Target="{target}"/></Relationships>'
        return data.replace(b"</Relationships>", lost.encode())

    assert_serves(repacked(change))


def test_a_header_that_is_not_there_is_none():
    def change(name: str, data: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            return re.sub(rb'Target="header[0-9]*.xml"', b'Target="nowhere.xml"', data)
        return data

    assert made(repacked(change)).sections[0].header.is_linked_to_previous


def test_strict_serves_with_its_measures():
    names = (
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/",
        ),
        (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/",
            "http://purl.oclc.org/ooxml/wordprocessingml/",
        ),
        ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/"),
    )

    def change(name: str, data: bytes) -> bytes:
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
            for usual, strict in names:
                data = data.replace(usual.encode(), strict.encode())
            data = re.sub(
                rb"(<w:pg(?:Sz|Mar)[^>]*>)",
                lambda found: re.sub(rb'="([0-9]+)"', lambda n: b'="%.1fpt"' % (int(n[1]) / 20), found[0]),
                data,
            )
        return data

    usual, strict = made(changed(as_from_the_county)), made(repacked(change))
    assert strict.sections[0].header.paragraphs[0].text == "甲县政务公开"
    for side in ("page_width", "left_margin", "top_margin"):
        assert abs(getattr(strict.sections[0], side) - getattr(usual.sections[0], side)) < 700
    assert [one.text for one in strict.paragraphs] == [one.text for one in usual.paragraphs]


@pytest.mark.parametrize(
    "name", ["tests/samples/blank_template_2021.docx", "tests/importing/files/rich_2021.docx"]
)
def test_a_report_of_another_program_can_be_the_source(name):
    texts = [paragraph.text for paragraph in made((root() / name).read_bytes()).paragraphs]
    assert [text[0] for text in texts if text[1:2] == "、"] == list("一二三四五六")
