"""Rows parted from their labels: certain only where labels and numbers tell one another's places."""

import json
from decimal import Decimal

import pytest

from app.documents.blocks import Paragraph, TableBlock
from app.form.catalog import form
from app.importing.importer import import_file, import_text
from app.importing.matching.cleaning import Piece
from app.importing.matching.labels import labels_of
from app.importing.matching.row_order import in_order
from tests.places import TESTS

PAGES = TESTS / "importing" / "pages"
EDITION = form("2021")
TABLE = EDITION.tables["requests"]
HEADING = EDITION.section("requests").title
ZEROS = "0 0 0 0 0 0 0"


@pytest.mark.parametrize("path", sorted(PAGES.glob("order_*.pdf")), ids=lambda path: path.stem)
def test_pages_drawn_in_any_order_are_read_by_where_things_stand(path):
    """A word processor's table without borders, cells drawn down the columns, numbers broken in narrow cells, narrow labels."""
    truth = {key: Decimal(value) for key, value in json.loads(path.with_suffix(".json").read_text()).items()}
    result = import_file(path)
    certain = {str(ref): value for ref, value in result.certain.values.items()}
    assert {key: value for key, value in certain.items() if truth[key] != value} == {}
    assert len(certain) >= 199
    assert {
        key: len(text) for key, text in result.report.narratives.items() if key in ("requests", "review")
    } == {}


def pieces(lines: list[str], page: str = "第1页") -> list[Piece]:
    return [Piece(at, Paragraph(line, place=page)) for at, line in enumerate([HEADING, *lines])]


def solved(lines: list[str], drawn: bool = False) -> TableBlock | None:
    found = in_order(pieces(lines), labels_of("2021"), drawn)
    if found is None:
        return None
    tables = [one.block for one in found if isinstance(one.block, TableBlock)]
    return tables[0] if tables else None


def parted(rows: range | list[int]) -> list[str]:
    """Each label in two lines, its numbers between them."""
    lines = []
    for row in rows:
        label = TABLE.leaf_rows[row].label
        lines += [label[:8], f"{row + 1} 0 0 0 0 0 {row + 1}", *([label[8:]] if label[8:] else [])]
    return lines


ALL = list(range(len(TABLE.leaf_rows)))


def test_rows_between_the_pieces_of_their_labels_are_a_table_with_whole_labels():
    table = solved(parted(ALL))
    assert table is not None
    assert [cell.text for cell in table.cells if cell.column == 0] == [row.label for row in TABLE.leaf_rows]
    assert [cell.text for cell in table.cells if cell.column == 1] == [str(row + 1) for row in ALL]


def test_labels_out_of_their_order_are_no_order():
    assert solved(parted([*ALL[:6], 8, 7, 6, *ALL[9:]])) is None


def test_numbers_that_moved_past_a_label_are_no_order():
    lines = parted(ALL)
    moved = lines.index("5 0 0 0 0 0 5")
    lines.insert(moved + 6, lines.pop(moved))
    assert solved(lines) is None


def test_a_lost_row_of_numbers_is_no_order():
    lines = parted(ALL)
    lines.remove("5 0 0 0 0 0 5")
    assert solved(lines) is None


def test_numbers_without_labels_are_no_order():
    assert solved([ZEROS] * len(ALL)) is None


def test_columns_in_another_order_are_no_order():
    assert solved(["总计 自然人 商业企业", *parted(ALL)]) is None
    assert solved(["自然人 商业企业 总计", *parted(ALL)]) is not None


def test_the_end_of_a_page_may_part_a_row_from_its_label_only_where_pages_are_drawn():
    lines = parted(ALL)
    at = lines.index("20 0 0 0 0 0 20")
    lines.insert(at - 1, lines.pop(at))
    first = pieces(lines)
    both = [
        *first[: at + 1],
        *(one._replace(block=Paragraph(one.block.text, place="第2页")) for one in first[at + 1 :]),
    ]  # type: ignore[union-attr]
    assert in_order(both, labels_of("2021"), drawn=True) is not None
    assert in_order(both, labels_of("2021"), drawn=False) is None
    assert in_order(first, labels_of("2021"), drawn=True) is None


def test_a_sentence_among_the_rows_stays():
    found = in_order(pieces([*parted(ALL), "注：以上数据截至12月31日。"]), labels_of("2021"), drawn=False)
    assert found is not None
    assert [one.block.text for one in found if isinstance(one.block, Paragraph)][1:] == [
        "注:以上数据截至12月31日。"
    ]


def test_a_row_whose_sum_fails_is_doubtful():
    lines = [
        line.replace("5 0 0 0 0 0 5", "5 0 0 0 0 0 6") if line.startswith("5 ") else line
        for line in parted(ALL)
    ]
    result = import_text("\n".join(["某镇2024年政府信息公开工作年度报告", HEADING, *lines]))
    row = TABLE.leaf_rows[4].key
    assert {one.cell.row for one in result.unsure} >= {row}
    assert not any(ref.row == row for ref in result.certain.values)
