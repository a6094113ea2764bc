"""Equations that fail together: the one cell that settles them, the row that stands a column too far."""

import pytest

from app.form.catalog import form
from app.form.model import CellRef
from tests.checks.reports import cell, good, named, with_sums

COLUMNS = [column.key for column in form("2021").tables["requests"].leaf_columns]


def plain():
    """12 applications of two kinds of people, as many answers, one left over: every sum holds."""
    values = dict.fromkeys(form("2021").cells, 0)
    values |= {
        cell("received"): 8,
        cell("received", "enterprise"): 4,
        cell("granted"): 5,
        cell("denied_internal"): 2,
    }
    values |= {cell("granted", "enterprise"): 4, cell("carried_out"): 1}
    with_sums(form("2021"), values)
    return good(values=values)


def row(key: str, *figures: int) -> dict[CellRef, int]:
    return {cell(key, column): figure for column, figure in zip(COLUMNS, figures, strict=True)}


@pytest.mark.parametrize(
    ("moved", "rule"),
    [
        (cell("granted"), "T3-04"),  # by its column of results
        (cell("received", "enterprise"), "T3-05"),  # by the balance of its column
        (cell("carried_out"), "T3-05"),
    ],
)
def test_row_and_column_that_fail_by_the_same_name_the_cell_where_they_cross(moved, rule):
    report = plain()
    wrong = report.with_values({moved: report[moved] + 2})
    for one in (*named("T3-03", wrong), *named(rule, wrong)):
        place = form("2021").label(moved)
        assert one.message.endswith(f"；“{place}”由{wrong[moved]}改为{report[moved]}则各处相符，请先核对")
        assert one.repair is not None
        assert one.repair.values == ((moved, report[moved]),)
        assert not one.repair.is_safe


def test_of_several_cells_that_could_be_meant_none_is_named():
    report = plain()  # one mistyped, and the total of the other: either cell would settle the balance
    wrong = report.with_values({cell("received", "total"): 11, cell("carried_in"): 1})
    found = [*named("T3-03", wrong), *named("T3-05", wrong)]
    assert len(found) == 3
    for one in found:
        assert "则各处相符" not in one.message
        assert one.repair is None or not one.repair.is_safe


def test_a_row_that_stands_a_column_too_far_is_one_finding():
    report = plain()
    wrong = report.with_values(row("granted", 0, 5, 4, 0, 0, 0, 9))
    (found,) = named("T3-04", wrong)
    assert found.message.startswith("“（一）予以公开”一行各数疑似整体错到右边一列，左移一列则各列相符：")
    assert found.repair is not None
    assert wrong.with_values(dict(found.repair.values)) == report


def test_columns_of_which_one_lacks_what_another_has_are_one_finding():
    report = plain()
    changes = {
        cell("received"): 5,
        cell("received", "other_entity"): 3,
    }  # three of a person under other bodies
    (found,) = named("T3-05", report.with_values(changes))
    assert found.message.endswith("；差数相抵，疑有数字填错了列，请对照登记核对")
    assert {cell("received"), cell("received", "other_entity")} < set(found.cells)
    assert found.repair is None


def test_several_columns_that_last_years_report_contradicts_are_one_finding():
    carried = {cell("carried_out"): 2, cell("carried_out", "research"): 1, cell("carried_out", "total"): 3}
    (found,) = named("Y-01", good(), good(year=2024, values=carried))
    assert found.message.count("上年结转（0）") == 2
    assert found.repair is not None
    assert dict(found.repair.values) == {cell("carried_in"): 2, cell("carried_in", "research"): 1}
