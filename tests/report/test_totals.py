"""Totals that follow their parts: what is the program's to compute, what stays as it came in, and what is blank."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.catalog import form
from app.report.model import Report
from app.report.totals import part_sum, running_sum, with_blank_totals, with_totals
from app.session.document import ReportDocument
from app.session.rollover import blank_report
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


INPUTS = [ref for ref in FORM.cells if ref not in FORM.totals]


@pytest.fixture
def document() -> ReportDocument:
    return ReportDocument(blank_report("测试县测试镇人民政府", 2025))


def test_a_total_appears_when_its_last_part_is_typed(document):
    applicants = [c.key for c in FORM.tables["requests"].leaf_columns[:-1]]
    for column in applicants[:-1]:
        document.set_values({cell("received", column): 2}, "输入")
    total = cell("received", "total")
    assert document.report[total] is None
    equation = FORM.totals[total][0]
    assert running_sum(equation, document.report.values) == 10
    document.set_values({cell("received", applicants[-1]): 3}, "输入")
    assert document.report[total] == 13


def test_filling_with_zeros_never_sets_a_total_beside_its_parts(document):
    """An imported report may lack a total of parts that it has."""
    row = [ref for ref in FORM.cells if ref.table == "requests" and ref.row == "received"]
    part, total = cell("received"), cell("received", "total")
    document = ReportDocument(document.report.with_values({part: 3}))
    document.fill_blanks([total])
    assert document.report[total] is None  # the other parts are not known
    document.fill_blanks(row)
    assert (document.report[total], document.report[row[1]]) == (3, 0)
    document = ReportDocument(document.report.with_values({total: None}))
    document.fill_blanks([total])
    assert document.report[total] == 3
    document = ReportDocument(blank_report("测试镇人民政府", 2025).with_values({part: 3}))
    document.fill_blanks(FORM.cells)
    assert not document.report.blanks(FORM)
    assert document.report[total] == 3


def test_a_total_goes_when_a_part_is_blanked(document):
    document.fill_blanks(INPUTS)
    assert document.report[cell("received", "total")] == 0
    document.set_values({cell("received"): None}, "清除")
    assert document.report[cell("received", "total")] is None


def test_the_total_of_totals_follows(document):
    document.fill_blanks(INPUTS)
    document.set_values({cell("granted"): 4, cell("denied_query", "research"): 3}, "输入")
    assert document.report[cell("processed")] == 4
    assert document.report[cell("processed", "total")] == 7
    assert set(document.report.values) == set(FORM.cells)


def test_a_total_that_came_in_wrong_stays_wrong(document):
    values = dict.fromkeys(FORM.cells, 0) | {cell("received", "total"): 9}
    wrong = ReportDocument(replace(document.report, values=values))
    wrong.set_values({cell("received"): 1}, "输入")
    assert wrong.report[cell("received", "total")] == 9


@given(st.lists(st.tuples(st.sampled_from(INPUTS), st.none() | st.integers(0, 99)), max_size=40))
def test_totals_are_always_the_sum_or_blank(changes):
    document = ReportDocument(blank_report("甲镇人民政府", 2025))
    for ref, value in changes:
        document.set_values({ref: value}, "输入")
    for total, equations in FORM.totals.items():
        for equation in equations:
            whole = part_sum(equation, document.report.values)
            if whole is not None:
                assert document.report[total] == whole
