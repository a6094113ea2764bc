"""The look of the official tables: bands shaded, main rows bold, 表二 airy; the same in PDF and Word."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from app.documents.blocks import Cell, CellRole, TableBlock
from app.documents.compose import official_table
from app.errors import UserError
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.exporting.pdf.writer import pages_to_pdf
from app.form.catalog import form
from app.paths import templates
from app.report.model import Report
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import MM, Align, PageStyle, load_page_style, page_style, page_style_keys
from app.typesetting.table_pieces import table_pieces
from app.typesetting.tables import is_main, set_table
from app.typesetting.typeset import typeset

EDITION = form("2021")


@pytest.fixture(params=page_style_keys())
def style(request) -> PageStyle:
    return page_style(request.param)


def table(key: str) -> TableBlock:
    (section,) = (section for section in EDITION.sections if section.key == key)
    return official_table(section, Report("2021", 2024, values=dict.fromkeys(EDITION.cells, 7)))


STACKED = next(section.key for section in EDITION.sections if section.is_stacked)


def word_cells(block: TableBlock, style: PageStyle):
    made = Document(BytesIO(docx_bytes([block], Meta("年报", "甲镇人民政府", 2025), style)))
    return made.element.body.iter(qn("w:tc"))


def words(cell) -> str:
    return "".join(one.text for one in cell.iter(qn("w:t")))


def test_bands_are_shaded_and_begin_on_the_left(style: PageStyle) -> None:
    block = table(STACKED)
    bands = [cell.text for cell in block.cells if cell.role is CellRole.BAND]
    made = set_table(block, style, bundled_faces())
    rules = table_pieces(made, tuple(range(block.rows)), 0.0, 0.0)[-1]
    assert len(rules.shades) == len(bands) == 4
    assert {shade.colour for shade in rules.shades} == {style.table.band}
    assert all(shade.width == pytest.approx(style.width) for shade in rules.shades)
    for cell in made.cells:
        if cell.cell.role is CellRole.BAND:
            assert cell.align is Align.LEFT
            assert cell.lines[0].x == 0
    shaded = {
        words(cell): cell.find(f".//{qn('w:shd')}").get(qn("w:fill"))
        for cell in word_cells(block, style)
        if cell.find(f".//{qn('w:shd')}") is not None
    }
    assert shaded == dict.fromkeys(bands, style.table.band)


def test_the_two_styles_have_their_own_colour() -> None:
    assert page_style("template2021").table.band == "C6D9F1"
    grey = page_style("gb9704").table.band
    assert grey[:2] == grey[2:4] == grey[4:]


def test_headings_of_whole_rows_are_bold_and_left(style: PageStyle) -> None:
    block = table("requests")
    made = set_table(block, style, bundled_faces())
    main = [cell for cell in made.cells if is_main(cell.cell)]
    assert [cell.text[:2] for cell in main] == ["一、", "二、", "四、"]
    for cell in made.cells:
        assert all(text.bold == is_main(cell.cell) for line in cell.lines for text in line.texts)
    assert all(cell.align is Align.LEFT for cell in main)
    bold = [words(cell) for cell in word_cells(block, style) if cell.find(f".//{qn('w:b')}") is not None]
    assert bold == [cell.text for cell in main]


def test_the_table_under_bands_is_airy(style: PageStyle) -> None:
    made = set_table(table(STACKED), style, bundled_faces())
    assert {made_cell.size * made.page.table.size for made_cell in made.cells} == {12}
    assert all(22 <= height <= 24 for height in made.heights)
    assert set_table(table("requests"), style, bundled_faces()).page is style


def test_a_list_has_none_of_it(style: PageStyle) -> None:
    assert style.with_airy_tables.stacked is None
    assert style.with_airy_tables.for_table(table(STACKED)) is style.with_airy_tables


def test_the_pdf_draws_the_colour(style: PageStyle) -> None:
    faces = bundled_faces()
    block = table(STACKED)
    plain = replace(style, table=replace(style.table, band=""), stacked=replace(style.stacked, band=""))
    coloured, without = (
        pages_to_pdf(typeset([block], one, faces), Meta("年报", "甲镇", 2025), faces)
        for one in (style, plain)
    )
    assert area_of(coloured, style.table.band) > 0.02
    assert area_of(without, style.table.band) < 0.002


def area_of(pdf: bytes, colour: str) -> float:
    """How much of the first page has this colour."""
    import pypdfium2

    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    wanted = tuple(int(colour[at : at + 2], 16) for at in (0, 2, 4))
    counts = {found: count for count, found in picture.getcolors(1 << 24)}
    near = sum(
        count
        for found, count in counts.items()
        if max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= 1
    )
    return near / (picture.width * picture.height)


def test_a_colour_that_is_none_is_refused(tmp_path) -> None:
    text = (templates() / "page_styles" / "gb9704.toml").read_text("utf-8")
    path = tmp_path / "odd.toml"
    path.write_text(text.replace('band = "D9D9D9"', 'band = "grey"'), "utf-8")
    with pytest.raises(UserError, match="band = grey"):
        load_page_style(path)


def long_rows(characters: int) -> TableBlock:
    heads = [
        Cell(0, column, text, role=CellRole.COLUMN) for column, text in enumerate(("序号", "原文", "本稿"))
    ]
    cells = [
        Cell(row, column, text, role=CellRole.ROW)
        for row in (1, 2, 3)
        for column, text in enumerate((str(row), "国" * characters, "甲" * (characters // 2)))
    ]
    return TableBlock((*heads, *cells), 4, 3, 1, (10.0, 70.0, 70.0))


@pytest.mark.parametrize("characters", [10, 400, 2000, 6000])
def test_rows_of_long_text_go_on_on_the_next_page_in_type_of_their_size(
    style: PageStyle, characters: int
) -> None:
    made = style.with_airy_tables
    pages = typeset([long_rows(characters)], made, bundled_faces())
    shown = {"国": 0, "甲": 0}
    bottom = made.top_mm * MM + made.height
    for page in pages:
        for piece in page.pieces[:-1]:
            assert piece.top + piece.height <= bottom + 0.1
            for text in piece.texts:
                assert text.size == made.table.size
                assert piece.top < text.y < piece.top + piece.height
                for char in shown:
                    shown[char] += text.text.count(char)
    assert shown == {"国": 3 * characters, "甲": 3 * (characters // 2)}
    if characters < 2000:
        return
    filled = [max(piece.top + piece.height for piece in page.pieces[:-1]) for page in pages[:-1]]
    assert all(bottom - end < 3 * made.table.pitch for end in filled)


def test_word_may_split_the_same_rows() -> None:
    style = page_style().with_airy_tables
    made = Document(BytesIO(docx_bytes([long_rows(2000)], Meta("年报", "甲镇", 2025), style)))
    may = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None for row in made.tables[0].rows]
    assert may == [False, True, True, True]
    assert set_table(long_rows(40), style, bundled_faces()).split == {}


def test_a_row_that_goes_on_is_one_row_for_who_reads_aloud() -> None:
    faces, style = bundled_faces(), page_style().with_airy_tables
    pages = typeset([long_rows(2000)], style, faces)
    tree = pikepdf.open(BytesIO(pages_to_pdf(pages, Meta("年报", "甲镇", 2025), faces, accessible=True)))
    tables = [kid for kid in tree.Root.StructTreeRoot.K.K if kid.S == "/Table"]
    assert len(pages) > 2
    assert len(tables) == 1
    assert len(tables[0].K) == 4
