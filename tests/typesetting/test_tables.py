"""The look of the official tables: bands shaded, main rows bold, 表二 airy; the same in PDF and Word."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.documents.blocks import CellRole, TableBlock
from app.documents.compose import official_table
from app.errors import UserError
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.exporting.pdf.writer import pages_to_pdf
from app.form.catalog import form
from app.paths import templates
from app.report.model import Report
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import Align, PageStyle, load_page_style, page_style, page_style_keys
from app.typesetting.tables import is_main, set_table, table_pieces
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
