"""Totals that follow their parts: what is the program's to compute, what stays as it came in, and what is blank."""

import pytest

from app.form.catalog import form
from app.report.model import Report
from app.report.totals import running_sum, with_blank_totals, with_totals
from tests.checks.reports import cell, good

FORM = form("2021")
PART, ROW, COLUMN = cell("granted"), cell("granted", "total"), cell("processed")
BOTH = cell("processed", "total")  # a total of totals: along its row and along its column


def changed(before: Report, values: dict, given=()) -> Report:
    """What a clerk gets who changes these cells; `given` are totals among them."""
    return with_totals(before, before.with_values(values), FORM, [*values, *given])


def test_a_part_changes_every_total_above_it_and_none_beside_it():
    before = good()
    after = changed(before, {PART: 7})
    assert {ref: after[ref] for ref in FORM.cells if after[ref] != before[ref]} == dict.fromkeys(
        (PART, ROW, COLUMN, BOTH), 7
    )


def test_a_blank_part_makes_every_total_above_it_blank():
    after = changed(good(), {PART: None})
    assert [after[ref] for ref in (PART, ROW, COLUMN, BOTH)] == [None] * 4
    assert changed(after, {PART: 2})[BOTH] == 2


def test_a_total_that_came_in_blank_is_computed_as_soon_as_a_part_is_touched():
    before = good().with_values({ROW: None, COLUMN: None, BOTH: None})
    after = changed(before, {PART: 3})
    assert [after[ref] for ref in (ROW, COLUMN, BOTH)] == [3, 3, 3]


def test_a_total_that_came_in_wrong_stays_wrong_beside_the_others():
    after = changed(good().with_values({ROW: 9}), {PART: 3})
    assert (after[ROW], after[COLUMN]) == (9, 3)


def test_a_total_is_the_programs_when_one_of_its_two_sums_agrees():
    before = good().with_values(
        {COLUMN: 4}
    )  # came in wrong: along its column the sum of all is 4, along its row 0
    after = changed(before, {PART: 3})
    assert (after[ROW], after[COLUMN]) == (3, 4)
    assert after[BOTH] in (3, 4)
    assert after[BOTH] != before[BOTH]


def test_a_total_that_is_typed_itself_is_left_as_typed():
    after = changed(good(), {PART: 3, ROW: 5})
    assert after[ROW] == 5
    assert after[COLUMN] == 3


def test_nothing_to_compute_is_the_same_report():
    before = good()
    after = before.with_values({cell("carried_out"): 1})
    assert with_totals(before, after, FORM, []) is after


def test_blank_totals_are_filled_up_to_the_total_of_totals():
    empty = good().with_values(dict.fromkeys(FORM.totals))
    assert with_blank_totals(empty, FORM, FORM.cells)[BOTH] == 0
    assert with_blank_totals(empty, FORM, FORM.cells).blanks(FORM) == []
    assert with_blank_totals(empty, FORM, [ROW])[BOTH] is None


def test_blank_totals_wait_for_every_part_and_leave_what_stands():
    report = good().with_values({ROW: None, COLUMN: 8, cell("granted", "enterprise"): None})
    after = with_blank_totals(report, FORM, FORM.cells)
    assert after[ROW] is None
    assert after[COLUMN] == 8


@pytest.mark.parametrize(
    ("values", "shown"), [({}, None), ({"natural_person": 2}, 2), ({"natural_person": 2, "enterprise": 0}, 2)]
)
def test_a_running_sum_shows_what_there_is_and_nothing_of_nothing(values, shown):
    equation = next(one for one in FORM.totals[ROW] if PART in one.parts)
    assert (
        running_sum(equation, {cell("granted", column): value for column, value in values.items()}) == shown
    )
    assert running_sum(equation, {PART: 0}) == 0
