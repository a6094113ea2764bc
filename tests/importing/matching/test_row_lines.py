"""Lines of numbers → rows of the form: by their places below one another and by the sums, in one way or not at all."""

import pytest

from app.form.catalog import form
from app.importing.matching.row_lines import line_of, rows_of

TABLE = form("2021").tables["requests"]
REVIEW = form("2021").tables["review"]
COUNT = len(TABLE.leaf_rows)
ZEROS = " 0 0 0 0 0 0 0"


def rows(lines: list[str]):
    return rows_of([line_of(at, line) for at, line in enumerate(lines)], TABLE)


@pytest.mark.parametrize(
    ("text", "names", "numbers"),
    [
        ("（一）予以公开 1 0 0", "(一)予以公开", ("1", "0", "0")),
        ("信息88 0 0", "信息", ("88", "0", "0")),
        ("果 6 4", "果", ("6", "4")),
        ("１２ ３", "", ("12", "3")),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政法规禁止公开", ()),
        ("1.5 2", "1.5", ("2",)),
    ],
)
def test_numbers_are_what_ends_a_line(text, names, numbers):
    line = line_of(0, text)
    assert (line.names, line.numbers) == (names, numbers)


def test_a_line_with_every_number_is_a_row():
    found = rows([f"标签{ZEROS}"] * COUNT)
    assert found is not None
    assert [(row.first, row.last) for row in found] == [(at, at) for at in range(COUNT)]


def test_a_row_too_many_or_too_few_is_no_table():
    assert rows([ZEROS] * (COUNT - 1)) is None
    assert rows([ZEROS] * (COUNT + 1)) is None


def test_numbers_broken_by_a_narrow_cell_are_one_row_with_those_beside_their_middle():
    """The last two digits stand above and below the line of the others."""
    broken = [" " * 28 + "140", "    9   9   9   0   0   0", " " * 28 + "27"]
    found = rows([*broken, *["    0   0   0   0   0   0   0"] * (COUNT - 1)])
    assert found is not None
    assert found[0].cells == ("9", "9", "9", "0", "0", "0", "140\n27")
    assert (found[0].first, found[0].last, found[0].adds_up) == (0, 2, False)
    assert all(row.adds_up for row in found[1:])


def test_the_sums_tell_where_a_broken_row_ends():
    """10 below 5 is the end of 510 in the first row, and not the begin of 102 in the second."""
    plain = ["    0   0   0   0   0   0   0"] * (COUNT - 2)
    lines = [
        "    500 10  0   0   0   0   5",
        "                            10",
        "    1   1   0   0   0   0   2",
    ]
    found = rows([*lines, *plain])
    assert found is not None
    assert [row.cells[6] for row in found[:2]] == ["5\n10", "2"]


def test_two_divisions_as_good_as_one_another_are_none():
    """3 below 1 and above 2, with sums that are wrong either way."""
    lines = ["    9   0   0   0   0   0   1", " " * 28 + "3", "    9   0   0   0   0   0   2"]
    assert rows([*lines, *["    0   0   0   0   0   0   0"] * (COUNT - 2)]) is None


def test_a_stray_number_makes_a_row_that_does_not_add_up():
    """0 above it is no beginning of a number, so it is taken for that of the next one: 50, where the sum is 0."""
    lines = ["    0   0   0   0   0   0   0", " " * 28 + "5"]
    found = rows([*lines, *["    0   0   0   0   0   0   0"] * (COUNT - 1)])
    assert found is not None
    assert [(row.cells[6], row.adds_up) for row in found[:3]] == [("0", True), ("5\n0", False), ("0", True)]


def test_numbers_that_stand_over_two_columns_are_none():
    wide = "    0   0   0   0   0  00000000"
    assert rows([wide, *["    0   0   0   0   0   0   0"] * (COUNT - 1)]) is None


def test_a_table_of_one_row_may_stand_in_several_lines():
    """15 numbers of 表四, of which two are broken."""
    lines = [
        "   1   0   0   0   1   0   0   0   0   0   0   0   0   123 123",
        "                                                       4   4",
    ]
    found = rows_of([line_of(at, line) for at, line in enumerate(lines)], REVIEW)
    assert found is not None
    assert found[0].cells[-2:] == ("123\n4", "123\n4")
    assert found[0].adds_up
