"""Columns: numbers whole and of one size, labels give up width first."""

import pytest

from app.documents.blocks import Cell, CellRole, TableBlock
from app.documents.compose import official_table
from app.form.catalog import form
from app.report.model import Report
from app.typesetting.columns import is_number, measure
from app.typesetting.fonts import Faces, bundled_faces
from app.typesetting.lines import cell_lines
from app.typesetting.page_style import Align, PageStyle, page_style, page_style_keys
from app.typesetting.pages import Part
from app.typesetting.table_pieces import table_pieces
from app.typesetting.tables import SetTable, set_table

EDITION = form("2021")
TABLES = [section for section in EDITION.sections if section.tables]


@pytest.fixture(params=page_style_keys())
def style(request) -> PageStyle:
    return page_style(request.param)


def faces() -> Faces:
    return bundled_faces()


def table(key: str, number: int) -> TableBlock:
    (section,) = (section for section in TABLES if section.key == key)
    return official_table(section, Report("2021", 2024, values=dict.fromkeys(EDITION.cells, number)))


def numbers(made: SetTable):
    return [cell for cell in made.cells if is_number(cell.cell)]


@pytest.mark.parametrize("section", TABLES, ids=lambda section: section.key)
@pytest.mark.parametrize("digits", range(1, 13))
def test_all_numbers_of_a_table_are_whole_and_of_one_size(style: PageStyle, section, digits: int) -> None:
    made = set_table(table(section.key, int("8" * digits)), style, faces())
    assert len(numbers(made)) > 0
    assert {len(cell.lines) for cell in numbers(made)} == {1}
    (size,) = {cell.size * style.table.size for cell in numbers(made)}
    assert 8 <= size <= style.table.numbers
    for cell in numbers(made):
        length = cell.lines[0].width * cell.size
        room = made.heights[cell.cell.row] if cell.turned else cell.width
        assert length <= room - 2 * style.table.padding
    assert made.edges[-1] == pytest.approx(style.width)
    assert all(after > before for before, after in zip(made.edges, made.edges[1:], strict=False))


@pytest.mark.parametrize("digits", [1, 2, 3, 4])
def test_ordinary_numbers_have_the_size_of_the_page_style(style: PageStyle, digits: int) -> None:
    for section in TABLES:
        made = measure(table(section.key, int("8" * digits)), style, faces())
        assert made.numbers == style.table.numbers == 12


@pytest.mark.parametrize(("digits", "least"), [(5, 10.5), (6, 9.0), (7, 8.0)])
def test_long_numbers_of_the_applications_stay_readable(style: PageStyle, digits: int, least: float) -> None:
    assert measure(table("requests", int("8" * digits)), style, faces()).numbers >= least


@pytest.mark.parametrize("digits", [6, 7, 8, 12])
def test_numbers_are_turned_only_where_none_would_fit_at_a_size_that_can_be_read(
    style: PageStyle, digits: int
) -> None:
    """表四 has fifteen columns of 10 mm: seven figures of 8 pt are too long for each of them."""
    turned = {
        key: measure(table(key, int("8" * digits)), style, faces()).turned for key in ("requests", "review")
    }
    assert len(turned["review"]) == (0 if digits == 6 else 15)
    assert len(turned["requests"]) == (7 if digits == 12 else 0)


def test_one_long_number_alone_is_turned(style: PageStyle) -> None:
    cells = tuple(Cell(0, column, "8" * 12 if column == 3 else "8" * 6) for column in range(15))
    made = measure(TableBlock(cells, 1, 15), style, faces())
    assert made.turned == {3}


def test_a_turned_number_runs_down_the_middle_of_its_cell(style: PageStyle) -> None:
    made = set_table(table("review", 88888888), style, faces())
    rows = tuple(range(made.block.rows))
    values = [piece for piece in table_pieces(made, rows, 0.0, 0.0) if piece.part is Part.CELL]
    assert len(values) == 15
    for piece in values:
        (text,) = piece.texts
        assert text.turned
        assert text.size >= 8
        assert piece.top < text.y < text.y + text.width < piece.top + piece.height
        assert piece.x < text.x < text.x + text.size < piece.x + piece.width
        assert (text.y - piece.top) == pytest.approx(piece.top + piece.height - text.y - text.width)


def test_a_size_is_one_that_word_knows(style: PageStyle) -> None:
    for digits in range(1, 11):
        size = measure(table("requests", int("8" * digits)), style, faces()).numbers
        assert (2 * size).is_integer()


def test_a_label_on_one_line_stays_there(style: PageStyle) -> None:
    before, after = (set_table(table("requests", number), style, faces()) for number in (1, 88888))
    lines = [
        [len(cell.lines) for cell in made.cells if cell.cell.role is CellRole.ROW] for made in (before, after)
    ]
    assert all(now == 1 for once, now in zip(*lines, strict=True) if once == 1)


def test_labels_give_up_width_and_short_numbers_after_them(style: PageStyle) -> None:
    def made(first: str, *others: str) -> list[float]:
        values = [
            Cell(0, column, text, role=CellRole.VALUE) for column, text in enumerate((first, *others), 1)
        ]
        label = Cell(0, 0, "甲", role=CellRole.ROW)
        block = TableBlock((label, *values), 1, len(values) + 1, widths=(100.0, *(20.0 for _ in values)))
        return list(measure(block, style, faces()).widths)

    plain, long = made("1", "2"), made("1" * 20, "2")
    assert long[0] < plain[0]
    assert long[1] > plain[1]
    assert long[2] == plain[2]
    assert made("1" * 60, "2")[2] < plain[2]


@pytest.mark.parametrize(("label", "parts"), [("商业企业", "商业/企业"), ("社会公益组织", "社会/公益/组织")])
def test_a_heading_breaks_between_its_words(label: str, parts: str) -> None:
    style = page_style()
    cells = (Cell(0, 0, label, role=CellRole.COLUMN), Cell(0, 1, ""))
    width = 38 / style.width  # room for three characters
    made = set_table(TableBlock(cells, 1, 2, widths=(width, 1 - width)), style, faces()).cells[0]
    room = made.width - 2 * style.table.padding
    assert len(cell_lines(label, room, Align.CENTER, style, faces())[0].text) == 3
    assert "/".join(line.text for line in made.lines) == parts
    assert made.text == parts.replace("/", "\n")


@pytest.mark.parametrize(
    ("text", "role", "number"),
    [
        ("175869", CellRole.VALUE, True),
        ("-3.50", CellRole.VALUE, True),
        ("", CellRole.VALUE, False),
        ("共3件", CellRole.VALUE, False),
        ("2024", CellRole.ROW, False),
    ],
)
def test_what_is_a_number(text: str, role: CellRole, number: bool) -> None:
    assert is_number(Cell(0, 0, text, role=role)) is number
