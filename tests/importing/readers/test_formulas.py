"""Sums without saved results: worked out where every cell is filled, left as written where anything is open."""

import pytest

from app.importing.readers.formulas import column_of, work_out

CELLS = {
    (0, 0): "1",
    (0, 1): "2",
    (0, 2): "3.5",
    (1, 0): "4",
    (1, 1): "",
    (1, 2): "五",
    (2, 0): "=A1+A2",
    (2, 1): "=C3",
    (2, 2): "=B3",
}


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=A1+B1+C1", "6.5"),
        ("=SUM(A1:C1)", "6.5"),
        ("=sum($A$1, B1)", "3"),
        ("=A1+A3", "6"),  # a total of totals
        ("=A1+B2", "=A1+B2"),  # a blank is not a zero
        ("=A1+Z99", "=A1+Z99"),
        ("=A1+C2", "=A1+C2"),
        ("=B3", "=B3"),  # in a circle
        ("=A1*2", "=A1*2"),
        ("=A1+A1", "=A1+A1"),
        ("=SUM(A1:ZZZ9999999)", "=SUM(A1:ZZZ9999999)"),
        ("=SUM(" + ",".join(["A1:C1"] * 300) + ")", "=SUM(" + ",".join(["A1:C1"] * 300) + ")"),
        ("=IF(A1,1,2)", "=IF(A1,1,2)"),
    ],
)
def test_what_a_formula_shows(formula: str, shown: str) -> None:
    texts = {**CELLS, (9, 9): formula}
    work_out(texts)
    assert texts[9, 9] == shown


def test_letters_of_columns() -> None:
    assert [column_of(one) for one in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16383]


def test_sums_of_sums_do_not_take_for_ever() -> None:
    texts = {(row, column): f"=SUM(A{row + 2}:Z{row + 2})" for row in range(40) for column in range(26)}
    texts |= {(40, column): "1" for column in range(26)}
    work_out(texts)
    assert texts[39, 0] == "26"
