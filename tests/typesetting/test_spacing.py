"""White space around tables and figures: there between blocks, not at a page's top, the same for Word."""

import io
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from PIL import Image

from app.documents.blocks import (
    Block,
    Cell,
    CellRole,
    ChartBlock,
    Paragraph,
    PictureBlock,
    Style,
    TableBlock,
)
from app.exporting.docx.writer import docx_bytes
from app.exporting.meta import Meta
from app.typesetting.fonts import Faces
from app.typesetting.page_style import MM, PageStyle, page_style, page_style_keys
from app.typesetting.pages import Page, Part, Piece
from app.typesetting.spacing import gap_between
from app.typesetting.tables import set_table
from app.typesetting.typeset import in_order, typeset

TEXT = Paragraph("全年公开信息1200条。", Style.BODY)
TABLE = TableBlock((Cell(0, 0, "合计", role=CellRole.ROW), Cell(0, 1, "3")), 1, 2)


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces.bundled()


@pytest.fixture(scope="module", params=page_style_keys())
def style(request: pytest.FixtureRequest) -> PageStyle:
    return page_style(request.param)


def picture(width: int, height: int) -> PictureBlock:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "PNG", dpi=(72, 72))
    return PictureBlock("图.png", out.getvalue(), "图1")


def pieces(pages: list[Page]) -> list[tuple[int, Piece]]:
    return [(page.number, piece) for page in pages for piece in page.pieces[:-1]]


def test_a_table_stands_off_the_text_above_and_below(style, faces):
    [page] = typeset([TEXT, TABLE, TEXT], style, faces)
    above, *cells, _, below = page.pieces[:-1]
    assert cells[0].top - (above.top + above.height) == pytest.approx(style.spaces.above_table)
    assert below.top - (cells[0].top + cells[0].height) == pytest.approx(style.spaces.below_table)
    assert style.spaces.above_table > 0


def test_a_figure_stands_off_the_text(style, faces):
    [page] = typeset([TEXT, picture(90, 60), TEXT], style, faces)
    above, shown, caption, below = page.pieces[:-1]
    assert shown.top - (above.top + above.height) == pytest.approx(style.spaces.above_figure)
    assert below.top - (caption.top + caption.height) == pytest.approx(style.spaces.below_figure)


def test_no_page_begins_with_white_space(style, faces):
    for count in range(12, 60):
        pages = typeset([*[TEXT] * count, TABLE, TEXT, picture(90, 60), *[TEXT] * 3], style, faces)
        for page in pages:
            assert page.pieces[0].top == pytest.approx(style.top_mm * MM)


def test_an_empty_line_is_space_enough(style):
    blank = Paragraph("", Style.BLANK)
    for one, other in ((blank, TABLE), (TABLE, blank), (None, TABLE), (TABLE, None), (TEXT, TEXT)):
        assert gap_between(one, other, style) == 0


def test_a_picture_shrinks_rather_than_leave_the_rest_of_the_page_empty(style, faces):
    high = round(style.height * 0.6)
    lines = int(style.height * 0.5 / style.text(Style.BODY).pitch)
    heading = Paragraph("六、其他需要报告的事项", Style.HEADING1)
    blocks: list[Block] = [*[TEXT] * lines, heading, picture(high // 2, high)]
    shown = [(number, piece) for number, piece in pieces(typeset(blocks, style, faces)) if piece.picture]
    [(number, piece)] = shown
    assert number == 1
    assert 0.6 * high <= piece.height < high
    assert piece.width / piece.height == pytest.approx(0.5, abs=0.02)
    caption = typeset(blocks, style, faces)[0].pieces[-2]
    assert caption.top + caption.height <= style.top_mm * MM + style.height


def test_a_picture_does_not_shrink_to_a_stamp(style, faces):
    high = round(style.height * 0.6)
    lines = int(style.height * 0.75 / style.text(Style.BODY).pitch)
    shown = [
        (number, piece)
        for number, piece in pieces(typeset([*[TEXT] * lines, picture(high // 2, high)], style, faces))
        if piece.picture
    ]
    [(number, piece)] = shown
    assert number == 2
    assert piece.height == pytest.approx(high, abs=1)


def rows_of(count: int, text: str) -> TableBlock:
    cells = [Cell(0, 0, "序号", role=CellRole.COLUMN), Cell(0, 1, "问题", role=CellRole.COLUMN)]
    for row in range(1, count):
        cells += [Cell(row, 0, str(row), role=CellRole.ROW), Cell(row, 1, text, role=CellRole.ROW)]
    return TableBlock(tuple(cells), count, 2, 1, (10.0, 146.0))


def test_high_rows_are_not_held_together(style, faces):
    """Four low rows stay under the headings; of high ones only the first."""
    assert set_table(rows_of(9, "短"), style, faces).keeps[:5] == (True, True, True, True, False)
    assert set_table(rows_of(9, "很长的一段话。" * 60), style, faces).keeps[:3] == (True, False, False)


def test_a_row_to_write_in_has_room_for_its_lines(style, faces):
    made = set_table(replace(TABLE, lines=(4,)), style, faces)
    assert made.heights[0] >= 4 * style.table.pitch
    [page] = typeset([replace(TABLE, lines=(4,))], style, faces)
    cell = next(piece for piece in page.pieces if piece.part is Part.CELL)
    middle = cell.top + cell.height / 2
    assert abs(cell.texts[0].y - 0.3 * style.table.size - middle) < 2


def test_the_end_of_a_list_goes_with_the_box_to_sign(style, faces):
    sign = Paragraph("审核人：", Style.BODY)
    lines = int((style.height - 4.5 * style.table.row_height) / style.text(Style.BODY).pitch)
    for more in range(-6, 3):
        blocks = [*[TEXT] * (lines + more), replace(rows_of(4, "短"), keep_next=True), sign]
        numbers = {number: [] for number, _ in pieces(typeset(blocks, style, faces))}
        for number, piece in pieces(typeset(blocks, style, faces)):
            numbers[number].append(piece)
        last = numbers[max(numbers)]
        assert any(piece.part in (Part.CELL, Part.HEADER_CELL) for piece in last)


CHART = ChartBlock(caption="图2", labels=("政府网站", "新媒体"), series=(("2025年", (3, 8)),))
SIGNED = [
    *(Paragraph("", Style.BLANK, section="signature") for _ in range(2)),
    Paragraph("甲镇人民政府", Style.SIGNATURE, section="signature"),
    Paragraph("2026年1月9日", Style.DATE, section="signature"),
]


@pytest.mark.parametrize("end", ["text", "picture", "picture without caption", "chart"])
def test_the_signature_never_stands_on_a_page_alone(style: PageStyle, faces: Faces, end: str) -> None:
    """GB/T 9704 7.3.5.5; a figure is read with it as a text is."""
    bare = replace(picture(600, 400), caption="")
    last = {"text": [], "picture": [picture(600, 400)], "picture without caption": [bare], "chart": [CHART]}
    lines = round(style.height / style.pitch)
    ends = set()
    for count in range(1, lines + 1):
        above = [Paragraph("无。", Style.BODY, section="other") for _ in range(count)]
        pages = typeset([*above, *last[end], *SIGNED], style, faces)
        shown = [piece for piece in pages[-1].pieces[:-1] if piece.texts or piece.picture]
        assert any(piece.source.section != "signature" for piece in shown)
        assert_nothing_below(pages, style)
        ends.add(len(pages))
    assert ends == {1, 2}


@pytest.mark.parametrize("figure", [picture(600, 400), CHART, replace(picture(600, 400), caption="")])
def test_word_is_told_the_same(figure: PictureBlock) -> None:
    made = Document(BytesIO(docx_bytes([TEXT, figure, *SIGNED], Meta("年报", "甲镇人民政府", 2025))))
    paragraphs = made.paragraphs[1:-4]
    assert len(paragraphs) == (2 if figure.caption else 1)
    assert all(one.paragraph_format.keep_with_next for one in paragraphs)
    made = Document(BytesIO(docx_bytes([TEXT, figure, TEXT], Meta("年报", "甲镇人民政府", 2025))))
    assert not made.paragraphs[-2].paragraph_format.keep_with_next


def assert_nothing_below(pages: list[Page], style: PageStyle) -> None:
    bottom = style.top_mm * MM + style.height
    assert all(piece.top + piece.height <= bottom + 0.1 for _, piece in pieces(pages))


def section_text(style: PageStyle, lines: int) -> Paragraph:
    in_a_line = int(style.width / style.text(Style.BODY).character)
    return Paragraph("甲" * in_a_line * lines, Style.BODY, section="overview")


def figure(width: int, height: int, name: str = "图.png") -> PictureBlock:
    return replace(picture(width, height), name=name, section="overview")


def kinds(blocks: Sequence[Block]) -> str:
    return "".join("图" if isinstance(block, PictureBlock) else "文" for block in blocks)


def test_text_goes_first_where_a_figure_would_leave_a_third_of_a_page_empty(style, faces):
    room = style.height / style.text(Style.BODY).pitch
    before, after = section_text(style, int(room * 0.55)), section_text(style, int(room * 0.3))
    high = round(style.height * 0.9)
    blocks = [before, figure(high // 2, high), after]
    assert kinds(in_order(blocks, style, faces)) == "文文图"
    first, second, *_ = typeset(blocks, style, faces)
    assert not any(piece.picture for piece in first.pieces)
    assert any(piece.picture for piece in second.pieces)


def test_two_figures_let_the_text_after_both_go_first_and_keep_their_order(style, faces):
    room = style.height / style.text(Style.BODY).pitch
    high = round(style.height * 0.9)
    one, two = figure(high // 2, high, "一.png"), figure(high // 2, high, "二.png")
    found = in_order([section_text(style, int(room * 0.55)), one, two, section_text(style, 5)], style, faces)
    assert kinds(found) == "文文图图"
    assert [block.name for block in found if isinstance(block, PictureBlock)] == ["一.png", "二.png"]


@pytest.mark.parametrize("what", ["heading", "other section", "small gap"])
def test_a_figure_goes_below_no_heading_nor_out_of_its_section(style, faces, what):
    room = style.height / style.text(Style.BODY).pitch
    high = round(style.height * 0.9)
    after = {
        "heading": Paragraph("（二）依申请公开", Style.HEADING2, section="overview"),
        "other section": Paragraph("甲" * 50, Style.BODY, section="problems"),
        "small gap": section_text(style, 3),
    }[what]
    part = 0.75 if what == "small gap" else 0.55
    blocks = [section_text(style, int(room * part)), figure(high // 2, high), after]
    assert kinds(in_order(blocks, style, faces)) == "文图文"


def test_word_has_the_figures_where_the_pdf_has_them(style, faces):
    room = style.height / style.text(Style.BODY).pitch
    high = round(style.height * 0.9)
    blocks = [section_text(style, int(room * 0.55)), figure(high // 2, high), section_text(style, 5)]
    document = Document(BytesIO(docx_bytes(blocks, Meta("", "", 2025), style)))
    drawn = [
        bool(one._p.xpath(".//w:drawing"))
        for one in document.paragraphs
        if one.text or one._p.xpath(".//w:drawing")
    ]
    assert drawn[:3] == [False, False, True]
