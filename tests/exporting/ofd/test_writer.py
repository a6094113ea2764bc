"""The OFD: built as GB/T 33190 says, page by page the PDF, the same bytes each time, and read back whole by our own reader."""

import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from posixpath import dirname, join

import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from app.documents.blocks import Block, Paragraph, PictureBlock, Style
from app.documents.compose import compose
from app.exporting.meta import Meta
from app.exporting.ofd.writer import ofd_bytes, pages_to_ofd
from app.exporting.pdf.writer import pdf_bytes
from app.form.catalog import form
from app.importing.importer import import_bytes, import_file
from app.report.model import Report
from app.typesetting.fonts import Faces, Role
from app.typesetting.page_style import HeadStyle, page_style, page_style_keys
from app.typesetting.pages import Page, Part, Piece, Source, Text
from tests.exporting.reports import blocks_of, full_report, meta_of
from tests.places import TESTS
from tests.typesetting.test_paging import BAD_BLOCKS

SEEDS = sorted((TESTS / "samples").glob("00*.txt"))
META = Meta(
    "甲乙镇人民政府2025年政府信息公开工作年度报告", "甲乙镇人民政府", 2025, identity="nianbao-sha256:00"
)
DAY = date(2026, 1, 9)
SPACE = "{http://www.ofdspec.org/2016}"
HOSTILE = "联系人<b>&“甲”\"乙\"'丙'：㛃𬭎䶮𫖮 公开😀了\x01坏\ud83d字\ufffe。]]>"


@cache
def faces() -> Faces:
    return Faces.bundled()


def picture(kind: str, colour: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, kind)
    return stream.getvalue()


MIXED: tuple[Block, ...] = (
    Paragraph(HOSTILE, Style.TITLE),
    Paragraph("一、总体情况", Style.HEADING1),
    Paragraph(HOSTILE, Style.BODY),
    PictureBlock("甲", picture("PNG", "red"), caption="图1"),
    PictureBlock("乙", picture("JPEG", "blue"), caption="图2"),
    PictureBlock("甲", picture("PNG", "red"), caption="图3"),
    Paragraph("甲乙镇人民政府", Style.SIGNATURE),
    Paragraph("2026年1月9日", Style.DATE),
)


def written(blocks: tuple[Block, ...], meta: Meta = META, style: str = "gb9704") -> bytes:
    return ofd_bytes(blocks, meta, page_style(style), faces(), DAY)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def pages_of(parts: dict[str, bytes]) -> list[etree._Element]:
    return [etree.fromstring(parts[name]) for name in sorted(parts) if "/Pages/Page_" in name]


def boxes(page: etree._Element, kind: str) -> list[list[float]]:
    return [[float(one) for one in found.get("Boundary").split()] for found in page.iter(SPACE + kind)]


def texts(page: etree._Element) -> str:
    return "".join(code.text for code in page.iter(f"{SPACE}TextCode"))


FULL = written(blocks_of(full_report("2021", 2025)))
DRAFT = written(blocks_of(full_report("2021", 2025)), replace(META, draft=True))
DOCUMENTS = {
    "a full report": FULL,
    "a draft": DRAFT,
    "pictures and hostile text": written(MIXED, replace(META, title=HOSTILE, agency=HOSTILE)),
    "nothing": written(()),
    **{key: written(blocks_of(full_report("2019", 2020)), style=key) for key in page_style_keys()},
}
EACH = pytest.mark.parametrize("name", DOCUMENTS)


@EACH
def test_every_part_is_as_the_standard_has_it(name: str) -> None:
    schema = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("subset.xsd"))))
    parts = parts_of(DOCUMENTS[name])
    assert {"OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml"} <= set(parts)
    checked = [path for path in parts if path.endswith(".xml") and not path.endswith("Tag_0.xml")]
    for path in checked:
        assert schema.validate(etree.fromstring(parts[path])), (path, schema.error_log.last_error)
    assert len(checked) >= 4


@EACH
def test_every_number_is_its_own_and_every_reference_finds_what_it_names(name: str) -> None:
    parts = parts_of(DOCUMENTS[name])
    roots = {path: etree.fromstring(data) for path, data in parts.items() if path.endswith(".xml")}
    ids = [one.get("ID") for root in roots.values() for one in root.iter() if one.get("ID")]
    assert [number for number, times in Counter(ids).items() if times > 1] == []
    most = roots["Doc_0/Document.xml"].find(f".//{SPACE}MaxUnitID")
    assert max(map(int, ids)) <= int(most.text)
    named = {
        one.get(key)
        for root in roots.values()
        for one in root.iter()
        for key in ("Font", "ResourceID", "DrawParam", "TemplateID", "PageID", "PageRef")
        if one.get(key)
    } | {one.text for root in roots.values() for one in root.iter(f"{SPACE}ObjectRef")}
    assert named <= set(ids)


@EACH
def test_every_file_that_is_named_is_in_the_package_and_no_other(name: str) -> None:
    parts = parts_of(DOCUMENTS[name])
    found = {"OFD.xml"}
    for path, data in parts.items():
        if path.endswith(".xml"):
            root = etree.fromstring(data)
            base = join(dirname(path), root.get("BaseLoc") or "")
            for one in root.iter():
                if one is not root and one.get("BaseLoc"):
                    found.add(join(base, one.get("BaseLoc")))
                if (
                    etree.QName(one).localname
                    in (
                        *("DocRoot", "PublicRes", "DocumentRes", "CustomTags"),
                        *("FontFile", "MediaFile", "FileLoc"),
                    )
                    and (one.text or "").strip()
                ):
                    found.add(join(base, one.text))
    assert found == set(parts)


@EACH
def test_everything_drawn_stands_on_its_page(name: str) -> None:
    drawn = 0
    for page in pages_of(parts_of(DOCUMENTS[name])):
        width, height = map(float, page.find(f".//{SPACE}PhysicalBox").text.split()[2:])
        for kind in ("TextObject", "PathObject", "ImageObject"):
            for x, y, wide, high in boxes(page, kind):
                drawn += 1
                assert x >= 0, kind
                assert y >= 0, kind
                assert x + wide <= width + 0.001, kind
                assert y + high <= height + 0.001, kind
    assert drawn > 0


@pytest.mark.parametrize("name", BAD_BLOCKS)
def test_whatever_is_written_stays_on_its_page_and_is_well_formed(name: str) -> None:
    for page in pages_of(parts_of(written(tuple(BAD_BLOCKS[name])))):
        width, height = map(float, page.find(f".//{SPACE}PhysicalBox").text.split()[2:])
        for x, y, wide, high in boxes(page, "TextObject"):
            assert 0 <= x <= x + wide <= width
            assert 0 <= y <= y + high <= height


@pytest.mark.parametrize("key", page_style_keys())
def test_the_pages_are_those_of_the_pdf_with_the_same_text_on_each(key: str) -> None:
    blocks = blocks_of(full_report("2021", 2025))
    pages = pages_of(parts_of(written(blocks, style=key)))
    with pypdfium2.PdfDocument(pdf_bytes(blocks, META, page_style(key), faces())) as pdf:
        assert len(pages) == len(pdf)
        for page, other in zip(pages, pdf, strict=True):
            said = other.get_textpage().get_text_range()
            assert Counter("".join(texts(page).split())) == Counter(
                "".join(said.replace("\ufffe", "").split())
            )


def test_the_same_report_and_day_give_the_same_bytes_and_another_text_another_number() -> None:
    blocks = blocks_of(full_report("2021", 2025))
    assert written(blocks) == FULL

    def number(data: bytes) -> str:
        return etree.fromstring(parts_of(data)["OFD.xml"]).findtext(f".//{SPACE}DocID")

    assert number(ofd_bytes(blocks, META, page_style(), faces(), date(2027, 2, 3))) == number(FULL)
    assert number(written((*blocks, Paragraph("又", Style.BODY)))) != number(FULL)
    assert number(DRAFT) != number(FULL)


def test_title_agency_day_and_faces_are_told_and_no_person() -> None:
    info = etree.fromstring(parts_of(FULL)["OFD.xml"]).find(f".//{SPACE}DocInfo")
    told = {etree.QName(one).localname: one.text for one in info}
    assert (told["Title"], told["Author"]) == (META.title, META.agency)
    assert told["CreationDate"] == "2026-01-09"
    words = [one.text for one in info.iter(f"{SPACE}Keyword")]
    assert words[0] == META.identity
    assert "Fandol 仿宋（随程序）" in words[1]


def test_headings_are_an_outline_that_leads_to_their_pages() -> None:
    document = etree.fromstring(parts_of(FULL)["Doc_0/Document.xml"])
    top = document.find(f"{SPACE}Outlines")
    titles = [one.get("Title") for one in top]
    assert titles[1:] == [section.title for section in form("2021").sections]
    below = [[inner.get("Title") for inner in one.findall(f"{SPACE}OutlineElem")] for one in top]
    assert below[1] == ["（一）主动公开情况", "（二）依申请公开情况"]
    pages = [one.get("ID") for one in document.iter(f"{SPACE}Page")]
    leads = [pages.index(one.get("PageID")) for one in top.iter(f"{SPACE}Dest")]
    assert leads == sorted(leads)
    assert leads[-1] > 0


def tags_of(parts: dict[str, bytes]) -> dict[str, str]:
    """What each tag points at."""
    drawn = {
        one.get("ID"): one.findtext(f"{SPACE}TextCode")
        for page in pages_of(parts)
        for one in page.iter(f"{SPACE}TextObject")
    }
    return {
        etree.QName(tag).localname: "".join(drawn[ref.text] for ref in tag)
        for tag in etree.fromstring(parts["Doc_0/Tags/Tag_0.xml"])
    }


def test_the_parts_of_an_official_document_are_tagged() -> None:
    tags = tags_of(parts_of(DOCUMENTS["pictures and hostile text"]))
    assert tags["发文机关署名"] == "甲乙镇人民政府"
    assert tags["成文日期"] == "2026年1月9日"
    assert tags["标题"].startswith("联系人<b>&")
    assert "一、总体情况" in tags["正文"]
    style = replace(page_style(), head=HeadStyle("{unit}文件", "甲发〔{year}〕1号"))
    tags = tags_of(parts_of(ofd_bytes(MIXED, META, style, faces(), DAY)))
    assert tags["版头"] == "甲乙镇人民政府文件甲发〔2026〕1号"
    assert not set("0123456789") & set(tags["发文机关署名"])


def test_text_is_written_as_it_is_but_for_what_no_xml_holds() -> None:
    (page,) = pages_of(parts_of(written((Paragraph(HOSTILE, Style.BODY),))))
    assert texts(page).startswith("联系人<b>&“甲”\"乙\"'丙'：㛃𬭎䶮𫖮")
    assert "公开😀了坏字。]]>" in texts(page)


@pytest.mark.parametrize(
    ("meta", "words"), [(replace(META, draft=True), "草稿"), (replace(META, mark="送审稿"), "送审稿")]
)
def test_a_draft_is_marked_under_the_text_of_every_page_and_the_mark_is_not_read_as_text(meta, words) -> None:
    report = full_report("2021", 2025)
    data = written(blocks_of(report), meta)
    parts = parts_of(data)
    template = etree.fromstring(parts["Doc_0/Tpls/Tpl_0/Content.xml"])
    assert texts(template) == words
    number = etree.fromstring(parts["Doc_0/Document.xml"]).find(f".//{SPACE}TemplatePage").get("ID")
    for page in pages_of(parts):
        assert [one.get("TemplateID") for one in page.iter(f"{SPACE}Template")] == [number]
    assert without_blanks(import_bytes(data, "报告.ofd").report) == without_blanks(report)
    assert b"Template" not in parts_of(FULL)["Doc_0/Pages/Page_0/Content.xml"]


def test_a_picture_is_in_the_package_once_as_it_is_in_the_pdf() -> None:
    parts = parts_of(DOCUMENTS["pictures and hostile text"])
    images = {name: data for name, data in parts.items() if "Image_" in name}
    assert sorted(name.rpartition(".")[2] for name in images) == ["jpg", "png"]
    for data in images.values():
        Image.open(io.BytesIO(data)).verify()
    shown = [one for page in pages_of(parts) for one in page.iter(f"{SPACE}ImageObject")]
    assert len(shown) == 3
    for one in shown:
        _, _, wide, high = one.get("Boundary").split()
        assert one.get("CTM") == f"{wide} 0 0 {high} 0 0"


def test_bold_is_an_outline_as_wide_as_in_the_pdf_said_on_the_text_and_in_its_parameters() -> None:
    parts = parts_of(FULL)
    resources = etree.fromstring(parts["Doc_0/PublicRes.xml"])
    widths = {one.get("ID"): one.get("LineWidth") for one in resources.iter(f"{SPACE}DrawParam")}
    bold = [
        one
        for page in pages_of(parts)
        for one in page.iter(f"{SPACE}TextObject")
        if one.get("Stroke") == "true"
    ]
    assert len(bold) == 3
    for one in bold:
        assert widths[one.get("DrawParam")] == one.get("LineWidth")
        assert float(one.get("LineWidth")) == pytest.approx(float(one.get("Size")) / 36, rel=0.01)


def test_a_turned_number_runs_downwards_from_its_place() -> None:
    font, _ = faces().pick(Role.LATIN, "1")
    turned = Text(100, 200, 72, font, 12, 0, "123456789012", turned=True)
    piece = Piece(90, 200, 20, 80, Part.CELL, Source("a"), (turned,), block=Paragraph("1"))
    data = pages_to_ofd([Page(1, 595, 842, (piece,))], META, faces(), DAY)
    (one,) = pages_of(parts_of(data))[0].iter(f"{SPACE}TextObject")
    assert one.get("CTM") == "0 1 -1 0 0 0"
    x, y, wide, high = (float(side) for side in one.get("Boundary").split())
    code = one.find(f"{SPACE}TextCode")
    assert x - float(code.get("Y")) == pytest.approx(100 * 25.4 / 72, abs=0.002)
    assert y + float(code.get("X")) == pytest.approx(200 * 25.4 / 72, abs=0.002)
    assert wide < high


# -- read again --------------------------------------------------------------------------------------------------------


def without_blanks(report: Report) -> dict[str, str]:
    """The texts; two paragraphs of one line each on a page of tables are read as one, from a PDF, too."""
    return {section: "".join(text.split()) for section, text in report.narratives.items()}


@pytest.mark.parametrize(("edition", "year"), [("2019", 2020), ("2021", 2024)])
@pytest.mark.parametrize("key", page_style_keys())
def test_a_full_report_comes_back_whole(edition: str, year: int, key: str) -> None:
    report = full_report(edition, year)
    result = import_bytes(written(blocks_of(report), meta_of(report), key), "报告.ofd")
    assert (result.report.form, result.report.year) == (edition, year)
    assert dict(result.report.values) == dict(report.values)
    assert not result.missing
    assert not result.unsure
    assert without_blanks(result.report) == without_blanks(report)
    assert result.report.agency.name == report.agency.name
    assert result.report.signature.issued_on == report.signature.issued_on


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_cell_and_every_text_of_a_seed_comes_back(path: Path) -> None:
    """Spaces apart: one that would stand at the end of a line is not printed."""
    report = import_file(path).report
    result = import_bytes(written(compose(report, form(report.form))), "报告.ofd")
    certain = {cell: value for cell, value in result.certain.values.items() if value is not None}
    assert {cell: value for cell, value in report.values.items() if value is not None} == certain
    for section, text in report.narratives.items():
        assert result.report.narrative(section).replace(" ", "") == text.replace(" ", ""), section


def test_numbers_too_long_for_their_column_come_back_or_are_told() -> None:
    report = full_report("2021", 2024)
    values = {ref: 123_456_789_012 if at % 5 == 0 else at for at, ref in enumerate(report.values)}
    report = report.with_values(values)
    result = import_bytes(written(blocks_of(report)), "报告.ofd")
    doubtful = {one.cell for one in result.unsure}
    for ref in report.values:
        assert result.report[ref] == report[ref] or ref in doubtful or ref in result.missing
