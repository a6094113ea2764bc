"""The accessible PDF: every mark on a page is tagged or passed over, and the tags read as the blocks do."""

import ctypes
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.documents.blocks import Block, Cell, CellRole, Paragraph, PictureBlock, Style, TableBlock
from app.documents.compose import compose
from app.exporting.meta import Meta
from app.exporting.pdf.tags import headers
from app.exporting.pdf.writer import pdf_bytes
from app.form.catalog import form
from app.importing.importer import import_file
from app.typesetting.fonts import Faces
from app.typesetting.page_style import page_style, page_style_keys
from tests.exporting.pdf.test_archive import failures, full_blocks
from tests.exporting.pdf.test_writer import page_texts
from tests.exporting.reports import blocks_of, full_report
from tests.places import TESTS
from tests.typesetting.test_paging import BAD_BLOCKS, picture

SEEDS = sorted((TESTS / "samples").glob("00*.txt"))
META = Meta("甲乙镇人民政府2025年政府信息公开工作年度报告", "甲乙镇人民政府", 2025)
PROFILES = (page_validation.ValidationProfile.PDF_A_2A, page_validation.ValidationProfile.PDF_UA_1)
FEES = ["行政事业性收费", "第二十条第（八）项", "本年收费金额（单位：万元）"]


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces.bundled()


@pytest.fixture(scope="module")
def full(faces: Faces) -> bytes:
    return accessible(blocks_of(full_report("2021", 2025)), faces)


def accessible(blocks: list[Block] | tuple[Block, ...], faces: Faces, **other: Any) -> bytes:
    return pdf_bytes(blocks, META, faces=faces, accessible=True, **other)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# ---- reading tags back ------------------------------------------------------------------------------------------


def marked_texts(pdf: bytes) -> list[dict[int, str]]:
    """Page by page the text of each mark, as pdfium reads it; -1: what has none."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_texts_of(page) for page in document]


def _texts_of(page: pypdfium2.PdfPage) -> dict[int, str]:
    found: dict[int, str] = {}
    texts = page.get_textpage()
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
        length = pdfium.FPDFTextObj_GetText(thing.raw, texts.raw, None, 0)
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFTextObj_GetText(
            thing.raw, texts.raw, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length
        )
        mark = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
        found[mark] = found.get(mark, "") + buffer.raw.decode("utf-16-le").rstrip("\0")
    return found


def tag_of(element: Any) -> str:
    return str(element.S).removeprefix("/")


class Tree:
    """The structure tree as a reader walks it."""

    def __init__(self, pdf: bytes) -> None:
        self._texts = marked_texts(pdf)
        self._document = pikepdf.open(io.BytesIO(pdf))
        self.root = self._document.Root.StructTreeRoot
        self._numbers = {page.obj.objgen: number for number, page in enumerate(self._document.pages)}

    def text(self, element: Any) -> str:
        if "/MCID" in element:
            return self._texts[self._numbers[element.Pg.objgen]].get(int(element.MCID), "")
        return "".join(self.text(kid) for kid in element.get("/K", []))

    def kids(self, element: Any) -> list[Any]:
        return [kid for kid in element.get("/K", []) if "/S" in kid]

    @property
    def top(self) -> list[Any]:
        return self.kids(self.root.K)

    def tagged(self, tag: str) -> list[Any]:
        return [element for element in self.walk(self.root.K) if tag_of(element) == tag]

    def walk(self, element: Any) -> Iterator[Any]:
        yield element
        for kid in self.kids(element):
            yield from self.walk(kid)


# ---- the profiles -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("key", page_style_keys())
def test_a_full_report_is_pdf_a_2a_and_pdf_ua_1(key: str, draft: bool, faces: Faces) -> None:
    pdf = pdf_bytes(full_blocks(), replace(META, draft=draft), page_style(key), faces, accessible=True)
    assert [failures(pdf, profile) for profile in PROFILES] == [[], []]


@pytest.mark.slow
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("key", page_style_keys())
def test_every_seed_is_pdf_a_2a_and_pdf_ua_1(path: Path, key: str, faces: Faces) -> None:
    report = import_file(path).report
    pdf = accessible(compose(report, form(report.form)), faces, style=page_style(key))
    assert [failures(pdf, profile) for profile in PROFILES] == [[], []]


def test_the_pages_look_as_those_without_tags(full: bytes, faces: Faces) -> None:
    plain = pdf_bytes(blocks_of(full_report("2021", 2025)), META, faces=faces)
    assert page_texts(plain) == page_texts(full)
    with pypdfium2.PdfDocument(plain) as one, pypdfium2.PdfDocument(full) as other:
        for number in range(len(one)):
            assert one[number].render().to_pil().tobytes() == other[number].render().to_pil().tobytes()


def test_the_same_report_gives_the_same_bytes(full: bytes, faces: Faces) -> None:
    assert accessible(blocks_of(full_report("2021", 2025)), faces) == full


def test_without_tags_there_is_no_structure(faces: Faces) -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes([Paragraph("正文")], META, faces=faces))) as document:
        assert "/StructTreeRoot" not in document.Root
        assert "/MarkInfo" not in document.Root


# ---- what the tags say ------------------------------------------------------------------------------------------


def test_headings_and_paragraphs_are_read_in_the_order_of_the_blocks(full: bytes) -> None:
    tree = Tree(full)
    tags = {
        Style.TITLE: "H1",
        Style.HEADING1: "H2",
        Style.HEADING2: "H3",
        Style.HEADING3: "H4",
    }
    blocks = [block for block in blocks_of(full_report("2021", 2025)) if getattr(block, "text", "x").strip()]
    assert len(tree.top) == len(blocks)
    for block, element in zip(blocks, tree.top, strict=True):
        if isinstance(block, TableBlock):
            assert tag_of(element) == "Table"
        elif isinstance(block, Paragraph):
            assert tag_of(element) == tags.get(block.style, "P")
            assert squeezed(tree.text(element)) == squeezed(block.text)


def test_every_cell_of_a_table_is_read_with_its_span(full: bytes) -> None:
    tree = Tree(full)
    tables = [block for block in blocks_of(full_report("2021", 2025)) if isinstance(block, TableBlock)]
    elements = tree.tagged("Table")
    assert len(elements) == len(tables) == 3
    for table, element in zip(tables, elements, strict=True):
        assert len(tree.kids(element)) == table.rows
        for number, row in enumerate(tree.kids(element)):
            cells = sorted((c for c in table.cells if c.row == number), key=lambda c: c.column)
            for cell, made in zip(cells, tree.kids(row), strict=True):
                assert squeezed(tree.text(made)) == squeezed(cell.text)
                assert tag_of(made) == ("TD" if cell.role is CellRole.VALUE else "TH")
                assert int(made.A.get("/RowSpan", 1)) == cell.row_span
                assert int(made.A.get("/ColSpan", 1)) == cell.column_span


def test_every_number_names_its_headings(full: bytes) -> None:
    tree = Tree(full)
    names = list(tree.root.IDTree.Names)
    by_name = {str(key): element for key, element in zip(names[::2], names[1::2], strict=True)}
    assert list(by_name) == sorted(by_name)
    for element in tree.tagged("TD"):
        heads = [by_name[str(name)] for name in element.A.Headers]
        assert heads
        assert {str(head.A.Scope) for head in heads} <= {"/Row", "/Column"}
    (fees,) = (
        element for element in tree.tagged("TD") if "行政事业性收费" in heads_of(tree, by_name, element)
    )
    assert heads_of(tree, by_name, fees) == FEES


def heads_of(tree: Tree, by_name: dict[str, Any], element: Any) -> list[str]:
    return [squeezed(tree.text(by_name[str(name)])) for name in element.A.Headers]


def test_a_number_under_several_bands_belongs_to_the_nearest() -> None:
    def band(row: int) -> list[Cell]:
        return [
            Cell(row, 0, f"带{row}", 1, 2, CellRole.BAND),
            Cell(row + 1, 0, "内容", role=CellRole.CORNER),
            Cell(row + 1, 1, f"列{row}", role=CellRole.COLUMN),
            Cell(row + 2, 0, f"行{row}", role=CellRole.ROW),
            Cell(row + 2, 1, "0"),
        ]

    table = TableBlock((*band(0), *band(3)), 6, 2)
    assert [cell.text for cell in headers(table)[2, 1]] == ["行0", "带0", "列0"]
    assert [cell.text for cell in headers(table)[5, 1]] == ["行3", "带3", "列3"]


def test_what_is_no_content_is_passed_over(faces: Faces) -> None:
    blocks = blocks_of(full_report("2021", 2025))
    pdf = pdf_bytes(blocks, replace(META, draft=True), faces=faces, accessible=True)
    passed = [texts.get(-1, "") for texts in marked_texts(pdf)]
    assert all("草稿" in text for text in passed)
    assert all(f"—{number}—" in squeezed(text) for number, text in enumerate(passed, 1))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("BDC", "BMC"):
                    depth += 1
                elif str(operator) == "EMC":
                    depth -= 1
                elif str(operator) in ("Tj", "TJ", "S", "f", "Do"):
                    assert depth == 1, (operands, operator)
            assert depth == 0


def test_a_mark_leads_back_to_its_element(full: bytes) -> None:
    tree = Tree(full)
    numbers = list(tree.root.ParentTree.Nums)
    parents = {int(key): list(owners) for key, owners in zip(numbers[::2], numbers[1::2], strict=True)}
    with pikepdf.open(io.BytesIO(full)) as document:
        assert [page.obj.StructParents for page in document.pages] == sorted(parents)
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "zh-CN"
        assert document.Root.ViewerPreferences.DisplayDocTitle
    for number, texts in enumerate(marked_texts(full)):
        assert set(texts) - {-1} == set(range(len(parents[number])))


def test_a_picture_is_told_by_its_caption(faces: Faces) -> None:
    (picture,) = (block for block in BAD_BLOCKS["huge picture"] if isinstance(block, PictureBlock))
    blocks = [replace(picture, caption="图1  公开栏"), replace(picture, caption=""), Paragraph("正文")]
    tree = Tree(accessible(blocks, faces))
    assert [tag_of(element) for element in tree.top] == ["Figure", "Figure", "P"]
    assert [str(element.Alt) for element in tree.top[:2]] == ["图1  公开栏", "图片：大"]
    (caption,) = tree.kids(tree.top[0])
    assert tag_of(caption) == "Caption"
    assert squeezed(tree.text(caption)) == "图1公开栏"
    left, bottom, right, top = map(float, tree.top[0].A.BBox)
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


def test_a_picture_that_cannot_be_shown_is_a_paragraph(faces: Faces) -> None:
    tree = Tree(accessible([PictureBlock("坏.png", b"no picture", "图1")], faces))
    assert [tag_of(element) for element in tree.top] == ["P"]


def test_no_level_of_headings_is_left_out(faces: Faces) -> None:
    styles = [Style.HEADING2, Style.HEADING3, Style.BODY, Style.TITLE, Style.HEADING3, Style.HEADING1]
    tree = Tree(accessible([Paragraph("（一）标题", style) for style in styles], faces))
    assert [tag_of(element) for element in tree.top] == ["H1", "H2", "P", "H1", "H2", "H2"]


def test_two_equal_tables_are_two(faces: Faces) -> None:
    table = TableBlock((Cell(0, 0, "甲", role=CellRole.COLUMN), Cell(1, 0, "1")), 2, 1)
    tree = Tree(accessible([table, Paragraph("又"), replace(table)], faces))
    assert [tag_of(element) for element in tree.top] == ["Table", "P", "Table"]
    assert [tree.text(element) for element in tree.top] == ["甲1", "又", "甲1"]
    assert len(tree.root.IDTree.Names) == 4


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD_BLOCKS)
def test_whatever_is_written_is_tagged(name: str, faces: Faces) -> None:
    pdf = accessible(BAD_BLOCKS[name], faces)
    assert [failures(pdf, profile) for profile in PROFILES] == [[], []]


def test_a_caption_with_half_a_surrogate_pair_is_written_without_it(faces: Faces) -> None:
    pdf = accessible([PictureBlock("图.png", picture("PNG", (30, 20)), "图\ud800\x001")], faces)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        alts = [
            str(one["/Alt"])
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]
    assert alts == ["图1"]
