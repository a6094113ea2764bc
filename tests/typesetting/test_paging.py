"""Pages: 22 lines, nothing outside the type area, no heading or line left alone, tables that go on with their headings."""

import io
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from PIL import Image

from app.documents.blocks import Block, Cell, CellRole, Paragraph, PictureBlock, Style, TableBlock
from app.documents.compose import compose
from app.form.catalog import form
from app.report.model import Agency, Report, Signature
from app.typesetting.fonts import Faces
from app.typesetting.page_style import MM, PageStyle, page_style, page_style_keys
from app.typesetting.pages import Page, Part, Source, find_spot
from app.typesetting.paging import RowBox, paginate, table_stretches
from app.typesetting.tables import SetTable, keeps_with_next, set_table
from app.typesetting.typeset import typeset

UPRIGHT_WORDS = 9  # characters of the label beside the long group of rows


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces.bundled()


@pytest.fixture(scope="module", params=page_style_keys())
def style(request: pytest.FixtureRequest) -> PageStyle:
    return page_style(request.param)


def body(text: str, count: int = 1) -> list[Paragraph]:
    return [Paragraph(text, Style.BODY, section="overview", index=n) for n in range(count)]


def report(paragraphs: int = 12, biggest: int = 300) -> Report:
    chance = random.Random(paragraphs)
    edition = form("2021")
    values = {ref: chance.choice([0, 0, 1, 3, biggest]) for ref in edition.cells}
    values |= {ref: Decimal("134.2") for ref in edition.cells if ref.column == "amount"}
    text = "\n".join(
        "我镇坚持以公开为常态、不公开为例外，全年公开信息1200条。" * n for n in range(1, paragraphs + 1)
    )
    return Report(
        "2021",
        2025,
        Agency("威海市文登区侯家镇人民政府"),
        values,
        {"introduction": text, "overview": "（一）主动公开\n" + text, "problems": text, "other": "无。"},
        Signature(issued_on=date(2026, 1, 9)),
    )


def pages_of(made: Report, style: PageStyle, faces: Faces) -> list[Page]:
    return typeset(compose(made, form(made.form)), style, faces)


def lines_on(page: Page) -> list[tuple[float, str, Source]]:
    """(top, text, source) of each line of text that is no table's."""
    return [
        (piece.top, "".join(t.text for t in piece.texts), piece.source)
        for piece in page.pieces
        if piece.part not in (Part.ARTIFACT, Part.CELL, Part.HEADER_CELL, Part.PICTURE)
    ]


def assert_inside(pages: Sequence[Page], style: PageStyle) -> None:
    """Every text, rule and picture but the page number stands in the type area; that one stands on the paper."""
    left, top = style.left_mm * MM - 0.3, style.top_mm * MM - 0.3
    right, bottom = left + style.width + 0.6, top + style.height + 0.6
    for page in pages:
        for piece in page.pieces:
            low = page.height if piece.source.section == "page_number" else bottom
            for text in piece.texts:
                assert left <= text.x, text
                assert text.x + text.width <= right, text
                assert top <= text.y - 0.6 * text.size, text
                assert text.y + 0.1 * text.size <= low, text
            for rule in piece.rules:
                assert left <= rule.x1 <= rule.x2 <= right, rule
                assert top <= rule.y1 <= rule.y2 <= bottom, rule
            if piece.picture:
                assert left <= piece.x
                assert piece.x + piece.width <= right
                assert top <= piece.top
                assert piece.top + piece.height <= bottom


def test_a_page_holds_22_lines_at_28_95_points(faces: Faces) -> None:
    (first, second) = typeset(body("国" * 20, 23), page_style(), faces)
    tops = [top for top, _, _ in lines_on(first)]
    assert len(tops) == 22
    assert len(lines_on(second)) == 1
    assert tops[1] - tops[0] == pytest.approx(28.95)
    baseline = first.pieces[0].texts[0].y
    assert baseline == pytest.approx(37 * MM + 0.8 * 28.95)


def test_a_whole_report_stands_inside_the_type_area(style: PageStyle, faces: Faces) -> None:
    for paragraphs in range(1, 16, 3):
        assert_inside(pages_of(report(paragraphs), style, faces), style)


def test_no_heading_is_the_last_line_of_a_page_and_no_line_is_left_alone(
    style: PageStyle, faces: Faces
) -> None:
    for paragraphs in range(1, 16):
        for page, following in zip(
            pages := pages_of(report(paragraphs), style, faces), pages[1:], strict=False
        ):
            pieces = [piece for piece in page.pieces if piece.source.section != "page_number"]
            assert pieces[-1].part not in (Part.TITLE, Part.HEADING1, Part.HEADING2, Part.HEADING3)
            here, there = lines_on(page), lines_on(following)
            if pieces[-1].part is Part.TEXT and there and there[0][2] == here[-1][2]:
                assert [line[2] for line in here].count(here[-1][2]) >= 2
                rest = [line for later in pages[pages.index(following) :] for line in lines_on(later)]
                assert [line[2] for line in rest].count(there[0][2]) >= 2


def test_the_signature_takes_text_with_it_to_the_last_page(style: PageStyle, faces: Faces) -> None:
    for paragraphs in range(1, 16):
        last = pages_of(report(paragraphs), style, faces)[-1]
        sections = [source.section for _, _, source in lines_on(last)]
        assert sections[-2:] == ["signature", "signature"]
        assert sections[-3] == "other"


def test_unit_and_date_have_one_axis_and_the_date_ends_four_characters_from_the_margin(faces: Faces) -> None:
    page = page_style()
    for unit in (
        "侯家镇人民政府",
        "威海市文登区侯家镇人民政府",
        "新疆维吾尔自治区伊犁哈萨克自治州特克斯县侯家镇政府",
    ):
        made = replace(report(1), agency=Agency(unit))
        signed, day = [p for p in pages_of(made, page, faces)[-1].pieces if p.source.section == "signature"]
        assert signed.x + signed.width / 2 == pytest.approx(day.x + day.width / 2)
        edge = page.left_mm * MM + page.width
        if len(unit) < 15:
            assert edge - day.x - day.width == pytest.approx(4 * 15.75, abs=0.3)
        assert signed.x + signed.width <= edge - (0 if len(unit) < 15 else 2 * 15.75) + 0.3


# ---- tables -----------------------------------------------------------------------------------------------------


def cells_on(page: Page, section: str) -> list[str]:
    parts = (Part.CELL, Part.HEADER_CELL, Part.ARTIFACT)
    pieces = [piece for piece in page.pieces if piece.part in parts and piece.source.section == section]
    return ["".join(text.text for text in piece.texts) for piece in pieces]


def test_a_table_goes_on_under_its_column_headings_and_with_its_row_labels(
    style: PageStyle, faces: Faces
) -> None:
    section = next(s for s in form("2021").sections if s.key == "requests")
    column = section.tables[0].leaf_columns[1].label
    label = next(row.label for row in section.tables[0].rows if row.children)
    child = next(row.children[0].label for row in section.tables[0].rows if row.children)
    seen = 0
    for paragraphs in range(1, 24):
        pages = pages_of(report(paragraphs), style, faces)
        parts = [found for page in pages if (found := cells_on(page, "requests"))]
        last = section.tables[0].leaf_rows[-1].label
        assert last in parts[-1]
        assert parts[-1].count(column) == 1
        assert len([text for text in parts[-1] if text and text.isdigit()]) >= 14  # never the last row alone
        if len(parts) == 2 and len(parts[1]) > 60:
            seen += 1
            assert [label in part for part in parts] == [child in parts[0], True]
    assert seen


def _table(heights: Sequence[float], faces: Faces, header_rows: int = 1) -> SetTable:
    """A table of one column whose rows are so high."""
    rows = len(heights)
    cells = tuple(Cell(row, 0, str(row), role=CellRole.VALUE) for row in range(rows))
    made = set_table(TableBlock(cells, rows, 1, header_rows), page_style(), faces)
    return replace(made, heights=tuple(heights), header_rows=header_rows)


def _rows(table: SetTable, keep: Sequence[int] = ()) -> list[RowBox]:
    return [RowBox(height, table, row, row in keep) for row, height in enumerate(table.heights)]


def _on_pages(boxes: Sequence[RowBox]) -> list[list[int]]:
    """The rows of each page; none stands over another or below the type area."""
    pages = paginate(boxes, page_style())
    for page in pages:
        filled = 0.0
        for top, box in page:
            assert top == pytest.approx(filled)
            filled += box.height
        assert filled <= page_style().height + 0.1
    return [[box.row for _, box in page if isinstance(box, RowBox)] for page in pages]


def test_rows_that_belong_together_leave_room_for_the_headings_that_come_again(faces: Faces) -> None:
    """Rows 2 to 4 fit on a page by themselves, but not under the repeated heading: they are parted, not pushed out."""
    height = page_style().height
    table = _table([100, height - 150, height / 2, height / 4, height / 4 - 20], faces)
    assert _on_pages(_rows(table, keep=(2, 3))) == [[0, 1], [0, 2], [0, 3, 4]]


def test_rows_that_fit_under_the_repeated_headings_stay_together(faces: Faces) -> None:
    height = page_style().height
    table = _table([100, height - 150, height / 2, height / 4, height / 4 - 101], faces)
    assert _on_pages(_rows(table, keep=(2, 3))) == [[0, 1], [0, 2, 3, 4]]


def test_all_heading_rows_come_again_and_none_before_the_table_goes_on(faces: Faces) -> None:
    table = _table([30, 30, 300, 300, 300], faces, header_rows=2)
    assert _on_pages(_rows(table)) == [[0, 1, 2], [0, 1, 3], [0, 1, 4]]
    pushed = [*_rows(_table([500], faces, 0)), *_rows(table, keep=(0, 1))]
    assert _on_pages(pushed) == [[0], [0, 1, 2], [0, 1, 3], [0, 1, 4]]


def test_the_first_row_of_values_on_a_new_page_has_the_headings_over_it(faces: Faces) -> None:
    height = page_style().height
    assert _on_pages(_rows(_table([100, height - 110], faces))) == [[0, 1]]
    assert _on_pages(_rows(_table([400, height - 400 - 0.3], faces))) == [
        [0],
        [0, 1],
    ]  # Word's rows are higher


def test_two_tables_without_anything_between_them_keep_their_own_rows(faces: Faces) -> None:
    pages = paginate([*_rows(_table([30, 30], faces)), *_rows(_table([40, 40, 40], faces))], page_style())
    stretches = [[box.row for _, box in one if isinstance(box, RowBox)] for one in table_stretches(pages[0])]
    assert stretches == [[0, 1], [0, 1, 2]]


def test_a_band_is_never_the_last_row_of_a_page() -> None:
    band = Cell(3, 0, "第二十条第（五）项", role=CellRole.BAND)
    keeps = keeps_with_next(TableBlock((band,), 9, 2), first=1)
    assert [row for row, keep in enumerate(keeps) if keep] == [3, 7]  # and the row before the last


def test_a_number_wider_than_the_table_goes_on_in_another_line_rather_than_in_type_that_cannot_be_read(
    faces: Faces,
) -> None:
    number = "1234567890" * 10
    narrow = TableBlock((Cell(0, 0, number, role=CellRole.VALUE), Cell(0, 1, "甲", role=CellRole.ROW)), 1, 2)
    (page,) = typeset([narrow], page_style(), faces)
    cell = page.pieces[0]
    assert "".join(text.text for text in cell.texts) == number
    for text in cell.texts:
        assert text.size == 8
        assert cell.x <= text.x < text.x + text.width <= cell.x + cell.width


def test_headings_higher_than_half_a_page_do_not_come_again(faces: Faces) -> None:
    cells = (Cell(0, 0, "国\n" * 40), *(Cell(row, 0, "3", role=CellRole.VALUE) for row in range(1, 30)))
    table = TableBlock(cells, 30, 1, header_rows=1)
    assert set_table(table, page_style(), faces).header_rows == 0
    rows = sorted(
        piece.cell.row
        for page in typeset([table], page_style(), faces)
        for piece in page.pieces
        if piece.cell
    )
    assert rows == list(range(30))


def test_a_merged_cell_that_needs_more_makes_its_last_row_higher(faces: Faces) -> None:
    label = Cell(0, 0, "国\n" * 7 + "国", row_span=2, role=CellRole.CORNER)
    values = [Cell(row, 1, str(row), role=CellRole.VALUE) for row in range(3)]
    first, second, third = set_table(
        TableBlock((label, *values, Cell(2, 0, "")), 3, 2), page_style(), faces
    ).heights
    assert first == third
    assert first + second >= 8 * page_style().table.pitch


def test_the_lines_of_a_cell_stand_one_below_the_other_in_its_middle(faces: Faces) -> None:
    texts = ("甲\n乙\n丙", "丁\n" * 7 + "丁")
    table = TableBlock(tuple(Cell(0, n, text, role=CellRole.CORNER) for n, text in enumerate(texts)), 1, 2)
    (page,) = typeset([table], page_style(), faces)
    pitch = page_style().table.pitch
    for piece in page.pieces[:2]:
        lines = [text.y for text in piece.texts]
        assert [after - before for before, after in pairwise(lines)] == pytest.approx(
            [pitch] * (len(lines) - 1)
        )
        middle = (lines[0] + lines[-1]) / 2 - 0.3 * pitch
        assert middle == pytest.approx(piece.top + piece.height / 2)


def test_a_merged_label_has_room_for_all_its_lines_on_either_page(faces: Faces) -> None:
    label = Cell(0, 0, "国\n" * 6 + "国", row_span=20, role=CellRole.ROW)
    values = [Cell(row, 1, str(row), role=CellRole.VALUE) for row in range(22)]
    table = TableBlock((label, *values, Cell(20, 0, ""), Cell(21, 0, "")), 22, 2)
    made = set_table(table, page_style(), faces)
    needed = 7 * page_style().table.pitch
    ends = [row for row in range(19) if not made.keeps[row]]
    assert ends == list(range(ends[0], ends[-1] + 1))
    assert sum(made.heights[: ends[0] + 1]) >= needed > sum(made.heights[: ends[0] - 1])
    assert sum(made.heights[ends[-1] + 1 : 20]) >= needed > sum(made.heights[ends[-1] + 3 : 20])


@pytest.mark.parametrize("rows", [40, 90])
def test_what_comes_again_on_the_next_page_is_marked_as_repeated(faces: Faces, rows: int) -> None:
    """Headings and the merged label that goes on: read aloud and counted once."""
    head = (Cell(0, 0, "项目", role=CellRole.COLUMN), Cell(0, 1, "数量", role=CellRole.COLUMN))
    label = Cell(1, 0, "办理结果", row_span=rows - 1, role=CellRole.ROW)
    values = [Cell(row, 1, str(row), role=CellRole.VALUE) for row in range(1, rows)]
    pages = typeset([TableBlock((*head, label, *values), rows, 2, 1)], page_style(), faces)
    assert len(pages) > 1
    shown = [[piece for piece in page.pieces if piece.cell] for page in pages]
    assert all(piece.part is not Part.ARTIFACT for piece in shown[0])
    for later in shown[1:]:
        repeated = {piece.cell.text for piece in later if piece.part is Part.ARTIFACT}
        assert repeated == {"项目", "数量", "办理结果"}
    numbers = [piece.cell.text for page in shown for piece in page if piece.part is Part.CELL]
    assert numbers == [str(row) for row in range(1, rows)]


def test_a_cell_of_nothing_but_line_breaks_is_set(faces: Faces) -> None:
    assert typeset([TableBlock((Cell(0, 0, "\n\n", role=CellRole.VALUE),), 1, 1)], page_style(), faces)


@pytest.mark.parametrize(("upright", "ends"), [(False, [2, 3, 4, 6]), (True, [3, 6])])
def test_a_merged_label_has_two_rows_on_either_page_an_upright_one_three(
    upright: bool, ends: list[int]
) -> None:
    """After which of the label's rows, 1 to 6, a page may end."""
    label = Cell(1, 0, "办理结果", row_span=6, role=CellRole.ROW, upright=upright)
    keeps = keeps_with_next(TableBlock((label,), 9, 2), first=1)
    assert [row for row in range(1, 7) if not keeps[row]] == ends


def test_the_review_table_is_never_broken_and_every_value_is_set_once(style: PageStyle, faces: Faces) -> None:
    for paragraphs in range(1, 24, 2):
        made = report(paragraphs)
        pages = pages_of(made, style, faces)
        assert sum(bool(cells_on(page, "review")) for page in pages) == 1
        cells = [piece.source.cell for page in pages for piece in page.pieces if piece.part is Part.CELL]
        assert sorted(cells) == sorted(form("2021").cells)


def test_numbers_stand_in_the_middle_of_their_cells_and_big_ones_on_one_line(
    style: PageStyle, faces: Faces
) -> None:
    for biggest in (3, 99_999, 9_999_999):
        for page in pages_of(report(1, biggest), style, faces):
            for piece in page.pieces:
                if piece.part is Part.CELL:
                    (text,) = piece.texts
                    assert text.x + text.width / 2 == pytest.approx(piece.x + piece.width / 2, abs=0.05)
                    assert text.x >= piece.x
                    assert text.text.replace(".", "").isdigit()


def test_the_label_of_the_long_group_stands_upright(faces: Faces) -> None:
    pages = pages_of(report(1), page_style(), faces)
    upright = [
        piece
        for page in pages
        for piece in page.pieces
        if piece.part is Part.HEADER_CELL and len({round(text.y) for text in piece.texts}) == UPRIGHT_WORDS
    ]
    assert len(upright) == 1


# ---- bad input --------------------------------------------------------------------------------------------------


def picture(kind: str, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


PNG = picture("PNG", (300, 200))
BAD_BLOCKS: dict[str, list[Block]] = {
    "nothing": [],
    "title of 60 characters": [Paragraph("威海市文登区侯家镇人民政府办公室" * 4, Style.TITLE)],
    "title of 5,000 characters": [Paragraph("国" * 5000, Style.TITLE)],
    "5,000 characters without a mark": body("国" * 5000),
    "5,000 marks": body("。" * 5000),
    "address longer than a line": body("见http://www.wendeng.gov.cn/" + "a1b2/" * 60 + "。"),
    "emoji and rare characters": body("公开😀👨‍👩‍👧𬭎㛃𠮷🏳️‍🌈" * 60),
    "lone surrogates and controls": body("国\ud800\udfff\x00\x07\x1b\u202e府" * 60),
    "right-to-left": body("سجل المعلومات الحكومية المفتوحة שלום עולם " * 30),
    "combining": body("e\u0301\u0302" * 400 + "か\u3099" * 200),
    "500 paragraphs": body("我镇全年公开信息12条。", 500),
    "500 headings": [Paragraph(f"（一）标题{n}", Style.HEADING2) for n in range(500)],
    "100 blank lines and a signature": [
        *[Paragraph("", Style.BLANK)] * 100,
        Paragraph("侯家镇", Style.SIGNATURE, section="signature"),
        Paragraph("2026年1月9日", Style.DATE, section="signature"),
    ],
    "long signature": [
        Paragraph("侯家镇人民政府" * 12, Style.SIGNATURE, section="signature"),
        Paragraph("2026年1月9日" * 9, Style.DATE, section="signature"),
    ],
    "huge picture": [PictureBlock("大.png", picture("PNG", (6000, 4000)), "图1 " + "长" * 90)],
    "high picture": [PictureBlock("高.png", picture("JPEG", (20, 3000)), "图2")],
    "corrupt picture": [PictureBlock("坏.png", PNG[:60], "图3"), PictureBlock("无.png", b"x" * 999)],
    "no picture": [PictureBlock("缺.png", b"", "图4")],
    "table of long texts": [
        TableBlock(
            tuple(Cell(r, c, "国ab" * 40 * (r + c), role=CellRole.ROW) for r in range(9) for c in range(9)),
            9,
            9,
        )
    ],
    "table with one endless cell": [
        TableBlock((Cell(0, 0, "国" * 9000), Cell(1, 0, "府", upright=True)), 2, 1, 1)
    ],
    "empty table": [TableBlock((), 0, 0)],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD_BLOCKS)
def test_whatever_is_written_stands_inside_the_type_area(name: str, style: PageStyle, faces: Faces) -> None:
    pages = typeset(BAD_BLOCKS[name], style, faces)
    assert pages
    assert_inside(pages, style)


def test_pictures_keep_their_shape_and_their_caption(faces: Faces) -> None:
    (page,) = typeset([PictureBlock("图.png", picture("PNG", (6000, 4000)), "图1")], page_style(), faces)
    shown, caption = page.pieces[0], page.pieces[1]
    assert shown.width / shown.height == pytest.approx(1.5, abs=0.01)
    assert caption.top >= shown.top + shown.height
    assert shown.picture
    assert len(shown.picture.data) < 200_000


# ---- from the page to the report and back -----------------------------------------------------------------------


def test_a_point_on_the_page_tells_its_paragraph_or_cell_and_the_other_way_round(faces: Faces) -> None:
    pages = pages_of(report(6), page_style(), faces)
    wanted = [Source("overview", 3), Source("review", -1, form("2021").cells[-1]), Source("problems")]
    for source in wanted:
        spot = find_spot(pages, source)
        assert spot
        piece = next(p for p in pages[spot.page].pieces if p.source == source)
        assert pages[spot.page].source_at(piece.x + 1, piece.top + 1) == source
    assert find_spot(pages, Source("nowhere")) is None
    assert pages[0].source_at(0, 0) == Source("title")
    assert find_spot(pages, Source("overview", 99)) == find_spot(pages, Source("overview"))


def test_the_page_number_stands_at_the_outer_corner(faces: Faces) -> None:
    odd, even = typeset(body("国" * 20, 30), page_style(), faces)
    for page, text in ((odd, "— 1 —"), (even, "— 2 —")):
        assert "".join(t.text for t in page.pieces[-1].texts) == text
        assert 70 <= page.height - page.pieces[-1].texts[0].y <= 76
    right = page_style().left_mm * MM + page_style().width
    assert odd.pieces[-1].x + odd.pieces[-1].width == pytest.approx(right - 14, abs=0.1)
    assert even.pieces[-1].x == pytest.approx(page_style().left_mm * MM + 14)


def test_a_unit_of_two_lines_stands_centred_over_its_date(style: PageStyle, faces: Faces) -> None:
    unit = "新疆维吾尔自治区塔城地区和布克赛尔蒙古自治县和布克赛尔镇人民政府和布克赛尔镇人民政府"
    blocks = [Paragraph(unit, Style.SIGNATURE), Paragraph("2026年1月9日", Style.DATE)]
    (page,) = typeset(blocks, style, faces)
    lines = [piece.texts for piece in page.pieces if piece.texts and piece.part is not Part.ARTIFACT][:3]
    middles = [(line[0].x + line[-1].x + line[-1].width) / 2 for line in lines]
    assert len(middles) == 3
    assert middles == pytest.approx([middles[0]] * 3, abs=0.5)
