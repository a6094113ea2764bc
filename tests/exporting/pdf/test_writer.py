"""The PDF: everything in it can be searched and copied in order, every font is in it, and it says what it is."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from app.documents.blocks import Block, Paragraph, PictureBlock, Style, TableBlock
from app.documents.compose import compose
from app.exporting.drawing import characters
from app.exporting.meta import Meta
from app.exporting.pdf.writer import pages_to_pdf, pdf_bytes
from app.form.catalog import form
from app.importing.importer import import_file
from app.report.model import Agency, Report
from app.typesetting.fonts import Faces
from app.typesetting.page_style import PageStyle, page_style, page_style_keys
from app.typesetting.typeset import typeset
from tests.exporting.reports import blocks_of, full_report
from tests.places import TESTS
from tests.typesetting.test_paging import BAD_BLOCKS

SEEDS = sorted((TESTS / "samples").glob("00*.txt"))
META = Meta("甲乙镇人民政府2025年政府信息公开工作年度报告", "甲乙镇人民政府", 2025)


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces.bundled()


@pytest.fixture(scope="module")
def full(faces: Faces) -> bytes:
    return pdf_bytes(blocks_of(full_report("2021", 2025)), META, faces=faces)


def page_texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def plain(text: str) -> str:
    """Without white space; pdfium marks a word cut at a line's end with U+FFFE."""
    return re.sub(r"[\s\ufffe]+", "", text)


def in_order(wanted: list[str], text: str) -> str:
    """The first of `wanted` that does not follow those before it, "" when all do."""
    place = 0
    for one in wanted:
        place = text.find(plain(one), place)
        if place < 0:
            return one
        place += len(plain(one))
    return ""


def without_page_numbers(texts: list[str], style: PageStyle) -> str:
    """The pages' texts as one, without the number at the foot in the form that the page style declares."""
    shown = [plain(style.page_number.text.format(number=number)) for number in range(1, len(texts) + 1)]
    return "".join(plain(text).removesuffix(one) for text, one in zip(texts, shown, strict=True))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("key", page_style_keys())
def test_every_paragraph_of_a_seed_is_found_in_order(path: Path, key: str, faces: Faces) -> None:
    report, style = import_file(path).report, page_style(key)
    blocks = compose(report, form(report.form))
    texts = page_texts(pdf_bytes(blocks, META, style, faces))
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph) and block.text]
    assert in_order(paragraphs, without_page_numbers(texts, style)) == ""


def test_every_number_of_the_tables_is_found_row_by_row(full: bytes) -> None:
    blocks = blocks_of(full_report("2021", 2025))
    cells = [cell for b in blocks if isinstance(b, TableBlock) for cell in b.cells if cell.ref]
    assert in_order([cell.text for cell in cells], without_page_numbers(page_texts(full), page_style())) == ""


def test_every_font_is_embedded_as_a_subset_that_can_be_searched(full: bytes) -> None:
    with pikepdf.open(io.BytesIO(full)) as pdf:
        fonts = {str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()}
        assert len(fonts) >= 4
        assert all(re.match(r"/[A-Z]{6}\+", name) for name in fonts)
        assert len({name.split("+")[1] for name in fonts}) == len(fonts)  # no face is in it twice
        for name, font in fonts.items():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor, name
            assert "/ToUnicode" in font, name


def test_rare_characters_of_names_can_be_copied(faces: Faces) -> None:
    text = "联系人：㛃𬭎䶮𫖮鿍"
    assert text in page_texts(pdf_bytes([Paragraph(text, Style.BODY)], META, faces=faces))[0]


def test_a_character_without_a_face_is_a_box_and_can_be_copied(faces: Faces) -> None:
    texts = page_texts(pdf_bytes([Paragraph("公开😀了", Style.BODY)], META, faces=faces))
    assert texts[0].startswith("公开😀了")


def test_title_agency_language_and_faces_are_told_and_no_person(full: bytes) -> None:
    with pikepdf.open(io.BytesIO(full)) as pdf:
        assert pdf.Root.Lang == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        info = pdf.docinfo
        assert str(info["/Title"]) == META.title
        assert str(info["/Author"]) == META.agency
        assert "Fandol 仿宋（随程序）" in str(info["/Keywords"])
        assert "Liberation Serif" in str(info["/Keywords"])
        assert "/CreationDate" not in info


def test_headings_are_bookmarks_of_their_level(full: bytes) -> None:
    edition = form("2021")
    with pypdfium2.PdfDocument(full) as pdf:
        found = [(mark.level, mark.get_title()) for mark in pdf.get_toc()]
    assert [title for level, title in found[1:] if level == 0] == [
        section.title for section in edition.sections
    ]
    assert found[0][1].endswith(edition.title)
    assert (1, "（一）主动公开情况") in found
    assert (1, "（二）依申请公开情况") in found  # a run-in heading without its full stop


def test_the_same_report_gives_the_same_bytes(full: bytes, faces: Faces) -> None:
    assert pdf_bytes(blocks_of(full_report("2021", 2025)), META, faces=faces) == full
    assert pdf_bytes(blocks_of(full_report("2021", 2025)), META, faces=Faces.bundled()) == full


def test_a_draft_says_so_on_every_page(full: bytes, faces: Faces) -> None:
    draft = pdf_bytes(blocks_of(full_report("2021", 2025)), replace(META, draft=True), faces=faces)
    assert [("草" in text and "稿" in text) for text in page_texts(draft)] == [True] * len(page_texts(full))
    assert not any("草" in text for text in page_texts(full))


def test_blank_cells_print_as_nothing(faces: Faces) -> None:
    report = Report("2021", 2025, Agency("甲乙镇人民政府"))
    (first, *_) = page_texts(pdf_bytes(compose(report, form("2021")), META, faces=faces))
    assert "0" not in plain(first).replace("2025", "")


@pytest.mark.parametrize("name", BAD_BLOCKS)
def test_whatever_is_written_becomes_a_pdf(name: str, faces: Faces) -> None:
    blocks: list[Block] = BAD_BLOCKS[name]
    meta = Meta("标题\ud800\x00", "单位\udfff", 2025, draft=True)
    texts = page_texts(pdf_bytes(blocks, meta, faces=faces))
    assert texts


def test_a_heading_with_odd_characters_is_a_bookmark(faces: Faces) -> None:
    blocks = [Paragraph("（一）\ud800公\x00开😀𬭎", Style.HEADING2)]
    with pypdfium2.PdfDocument(pdf_bytes(blocks, META, faces=faces)) as pdf:
        assert [mark.get_title() for mark in pdf.get_toc()] == ["（一）公开😀𬭎"]


def test_a_pdf_has_a_page_for_each_that_was_set(faces: Faces) -> None:
    pages = typeset(blocks_of(full_report("2021", 2025)), page_style(), faces)
    assert len(pages) == len(page_texts(pages_to_pdf(pages, META, faces)))


def test_it_is_printed_in_its_size_and_on_both_sides():
    """Fitted to the paper, the type area would not be 156 mm wide; the page numbers stand at the outer corners."""
    data = pdf_bytes([Paragraph("甲", Style.BODY)], Meta("年报", "甲镇人民政府", 2025))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


def test_a_file_holds_no_more_than_it_shows(full: bytes, faces: Faces) -> None:
    """Each glyph that is drawn, once, and no hints for the bundled faces; what is no stream is packed in one."""
    drawn = characters(typeset(blocks_of(full_report("2021", 2025)), page_style(), faces))
    with pikepdf.open(io.BytesIO(full)) as pdf:
        held = {}
        for font in pdf.pages[0].Resources.Font.values():
            file = TTFont(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))
            held[str(font.BaseFont).split("+")[1]] = file
    assert {name: file["maxp"].numGlyphs for name, file in held.items() if name == "FandolFang-Regular"} == {
        "FandolFang-Regular": len(drawn["FandolFang-Regular"]) + 1
    }
    assert not any("fpgm" in file for file in held.values())
    assert full.count(b" 0 obj\n") == full.count(b"endstream") + 2  # the catalog and the properties
    assert len(full) < 140_000


@pytest.mark.parametrize("accessible", [False, True])
def test_a_picture_is_drawn(faces: Faces, accessible: bool) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (300, 200), (200, 30, 30)).save(stream, "PNG")
    blocks = [PictureBlock("红.png", stream.getvalue(), "图1　红"), Paragraph("甲", Style.BODY)]
    data = pdf_bytes(blocks, META, faces=faces, accessible=accessible)
    with pypdfium2.PdfDocument(data) as pdf:
        shown = pdf[0].render(scale=1).to_pil().convert("RGB")
    red, green, blue = shown.getpixel((shown.width // 2, 180))
    assert red > 190
    assert max(green, blue) < 60
    with pikepdf.open(io.BytesIO(data)) as file:
        assert len(file.pages[0].Resources.XObject) == 1
