"""Rules between the tables (X-01 … X-06)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.form.model import CellRef, Severity, Value
from app.report.model import Report
from tests.checks.reports import cell, findings, good, named, with_text

Values = dict[CellRef, Value]


def review(**cases: int) -> Values:
    return {CellRef("review", "cases", key): value for key, value in cases.items()}


def applications(n: int, row: str = "granted") -> Values:
    rows = ("received", row, "processed")
    return {cell(one, column): n for one in rows for column in ("natural_person", "total")}


SUIT = {"direct_upheld": 1, "direct_total": 1}


def test_disputes_without_applications():
    report, prior = good(values=review(recon_upheld=1, recon_total=1)), good(year=2024)
    (found,) = findings(report, prior)
    assert (found.rule, found.severity) == ("X-01", Severity.WARNING)
    assert "无申请" in found.message
    assert "有复议诉讼1件，请核实（或为主动公开、投诉引发）" in found.message


@pytest.mark.parametrize(
    ("values", "last"),
    [(applications(10) | review(**SUIT), {}), (review(**SUIT), applications(3)), ({}, {})],
    ids=["applications this year", "applications last year", "no disputes"],
)
def test_disputes_that_have_applications(values, last):
    assert named("X-01", good(values=values), good(year=2024, values=last)) == []


def test_disputes_are_not_judged_without_last_year():
    assert findings(good(values=review(**SUIT))) == ()


@pytest.mark.parametrize(
    ("year", "row", "told"),
    [
        (2025, "denied_third_party", True),
        (2025, "granted", False),
        (2025, "denied_query", False),
        (2023, "denied_third_party", False),
    ],
)
def test_a_refusal_goes_to_reconsideration_first(year, row, told):
    values = applications(2, row) | review(**SUIT)
    found = named("X-02", good(values=values, year=year), good(year=year - 1))
    assert [one.message for one in found] == (
        ["不予公开案件应复议前置，“未经复议直接起诉”1件请核实"] if told else []
    )


def test_last_years_other_answers_may_have_led_to_the_suit():
    report = good(values=applications(2, "denied_third_party") | review(**SUIT))
    assert named("X-02", report, good(year=2024, values=applications(1, "granted"))) == []


@pytest.mark.parametrize(
    ("decided", "last", "told"), [(0, 0, True), (1, 0, True), (1, 1, False), (0, 2, False)]
)
def test_suits_after_reconsideration(decided, last, told):
    values = applications(5) | review(
        recon_upheld=decided, recon_total=decided, after_upheld=2, after_total=2
    )
    prior = good(year=2024, values=applications(5) | review(recon_upheld=last, recon_total=last))
    found = named("X-03", good(values=values), prior)
    total = decided + last
    assert [one.message for one in found] == (
        [f"复议后起诉件数（2）大于本年和上年复议审结件数（{total}），请核实"] if told else []
    )


# -- 信息处理费 --------------------------------------------------------------------------------------------------------------


def charged(fee: str, collected: str, values: Values) -> Report:
    text = "2025年，收取信息处理费。"
    values = values | {CellRef("art20_8", "fees", "amount"): Decimal(collected)}
    return replace(with_text("other", text, values=values), processing_fee=Decimal(fee))


@pytest.mark.parametrize(
    ("fee", "collected", "values", "expected"),
    [
        ("0", "0", {}, []),
        ("400", "0.04", applications(12), []),
        ("400", "0.04", {}, [("X-04", Severity.ERROR)]),
        ("400", "0.03", applications(12), [("X-05", Severity.WARNING)]),
        ("380", "0.038", applications(12), [("X-06", Severity.INFO)]),
        ("400", "134.2", applications(12), []),
    ],
)
def test_the_processing_fee(fee, collected, values, expected):
    found = findings(charged(fee, collected, values))
    assert [(one.rule, one.severity) for one in found] == expected


def test_the_processing_fee_in_words():
    first, second = findings(charged("400", "0.03", {}))
    assert first.message == "无申请却有信息处理费收入（400元）"
    assert second.message == "行政事业性收费金额（0.03万元）小于信息处理费（400元），请核实"


def test_other_fees_need_no_processing_fee():
    """The error found in other tools: 行政事业性收费 > 0 is not 信息处理费 > 0."""
    assert findings(good(values={CellRef("art20_8", "fees", "amount"): Decimal("5949.088667")})) == ()
