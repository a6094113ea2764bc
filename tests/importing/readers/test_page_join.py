"""A row that a page break went through is one row again; a row that only begins the next page is not drawn to the last."""

import pytest

from app.documents.blocks import Cell, TableBlock
from app.importing.readers.page_join import PageTable, joined

EDGES = [0.0, 50.0, 150.0, 200.0, 250.0]
Row = list[str]


def part(page: int, rows: list[Row]) -> PageTable:
    cells = tuple(Cell(i, j, text) for i, row in enumerate(rows) for j, text in enumerate(row))
    return PageTable(page, 0.0, EDGES, TableBlock(cells, len(rows), 4, place=f"第{page}页"))


def grid(upper: list[Row], lower: list[Row]) -> list[Row]:
    block = joined(part(1, upper), part(2, lower)).block
    rows: list[Row] = [[""] * 4 for _ in range(block.rows)]
    for cell in block.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


@pytest.mark.parametrize(
    ("last", "first", "row"),
    [
        (["（五）", "3.要求提供公", "3", "4"], ["", "开出版物", "", ""], ["（五）", "3.要求提供公\n开出版物", "3", "4"]),
        (["（五", "3.要求", "3", "4"], ["）不", "提供", "", ""], ["（五\n）不", "3.要求\n提供", "3", "4"]),
        (["（五）", "3.要求", "31,78", "0"], ["", "提供", "3", ""], ["（五）", "3.要求\n提供", "31,78\n3", "0"]),
        (["12", "59", "3", "4"], ["", "1", "", ""], ["12", "59\n1", "3", "4"]),
    ],
)  # fmt: skip
def test_the_two_parts_of_a_row(last: Row, first: Row, row: Row) -> None:
    before, after = ["（五）", "2.重复申请", "1", "2"], ["（五）", "4.无正当理由", "5", "6"]
    assert grid([before, last], [first, after]) == [before, row, after]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (["", "行政处罚", "5", ""], ["", "行政强制", "", ""]),  # no ordinals tell where a label begins
        (["", "3.要求提供", "5", ""], ["", "4.无正当理由", "", ""]),
        (["", "规章", "", "本年"], ["1", "", "2", "3"]),
        (["", "3.要求提供", "", ""], ["", "公开出版物", "7", ""]),
    ],
)
def test_two_rows_stay_two(last: Row, first: Row) -> None:
    assert grid([last], [first]) == [last, first]
