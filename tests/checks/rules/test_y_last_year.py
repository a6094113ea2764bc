"""Tables and name against last year's (Y-04, Y-05, Y-09)."""

import pytest

from app.form.model import CellRef, Severity, Value
from app.report.model import Agency
from tests.checks.reports import cell, findings, good, named

Values = dict[CellRef, Value]


def review(**cases: int) -> Values:
    return {CellRef("review", "cases", key): value for key, value in cases.items()}


def applications(n: int, row: str = "granted") -> Values:
    rows = ("received", row, "processed")
    return {cell(one, column): n for one in rows for column in ("natural_person", "total")}


SUIT = {"direct_upheld": 1, "direct_total": 1}


def test_pending_cases_come_back():
    prior = good(year=2024, values=applications(2) | review(after_pending=2, after_total=2))
    (found,) = named("Y-04", good(values=applications(2)), prior)
    assert found.message == "复议后起诉：上年有2件尚未审结，本年未见办理结果"
    assert found.severity is Severity.WARNING
    done = good(values=applications(2) | review(after_upheld=2, after_total=2))
    assert named("Y-04", done, prior) == []


@pytest.mark.parametrize(
    ("last", "value", "told"), [(20, 31, True), (20, 25, False), (0, 2, True), (3, 5, False)]
)
def test_applications_swing_once(last, value, told):
    found = findings(good(values=applications(value)), good(year=2024, values=applications(last)))
    assert [one.rule for one in found] == (["Y-05"] if told else [])


def test_swings_that_go_apart_are_both_told():
    """Three times as many came in, a third was answered: the second does not follow from the first."""
    now = good(values={cell("received", "total"): 60, cell("processed", "total"): 10})
    before = good(year=2024, values={cell("received", "total"): 20, cell("processed", "total"): 30})
    assert [one.cells[0].row for one in named("Y-05", now, before)] == ["received", "processed"]


@pytest.mark.parametrize(
    ("last", "value", "fragment"), [(20, 32, "较上年20变化+60%，请核实"), (0, 2, "上年为0，本年为2，请核实")]
)
def test_a_swing_in_words(last, value, fragment):
    (found,) = findings(good(values=applications(value)), good(year=2024, values=applications(last)))
    assert fragment in found.message


@pytest.mark.parametrize(
    ("before", "told"),
    [("甲县丙镇人民政府", True), ("乙镇人民政府", False), ("丁省甲县乙镇", False), ("", False)],
)
def test_the_agency_changed_its_name(before, told):
    found = findings(good(), good(year=2024, agency=Agency(name=before)))
    assert [(one.rule, one.severity) for one in found] == ([("Y-09", Severity.INFO)] if told else [])
