"""No repair of cells contradicts what the text, last year's report or another sum says."""

import pickle
from dataclasses import replace

import pytest

from app.checks import harmless
from app.report.model import Pending
from tests.checks.numbers import busy, case
from tests.checks.reports import cell, good, named


def test_a_total_that_the_text_confirms_is_not_made_to_fit():
    report = busy("全年发生政府信息公开行政复议2件。")
    (found,) = named("T4-02", report.with_values({case("recon_upheld"): 4}))
    assert found.repair is None
    (found,) = named("T4-02", busy("").with_values({case("recon_upheld"): 4}))
    assert found.repair is not None


def test_a_total_of_results_is_not_repaired_against_the_balance_of_its_column():
    report = busy("")
    wrong = report.with_values({cell("granted"): 7, cell("granted", "total"): 7})
    (found,) = named("T3-04", wrong)
    assert found.repair is None


def test_a_blank_row_of_which_the_text_tells_is_not_filled_with_zeros():
    report = good()
    gone = {ref: None for ref in report.values if ref.row == "received"}
    (found,) = named("T3-02", report.with_values(gone))
    assert found.repair is not None
    told = report.with_narrative("overview", report.narrative("overview") + "\n收到政府信息公开申请3件。")
    (found,) = named("T3-02", told.with_values(gone))
    assert found.repair is None


def test_words_as_last_year_left_them_hold_back_no_zero():
    report = good()
    text = report.narrative("overview") + "\n收到政府信息公开申请3件。"
    at = text.index("3件")
    report = report.with_narrative("overview", text, [Pending("overview", at, at + 1, "3")])
    (found,) = named(
        "T3-02", report.with_values({ref: None for ref in report.values if ref.row == "received"})
    )
    assert found.repair is not None


def test_what_last_year_carried_over_is_offered_but_not_made_with_the_rest():
    prior = good(year=2024, values={cell("carried_out"): 2, cell("carried_out", "total"): 2})
    (found,) = named("Y-01", good(), prior)  # the balance holds without it
    assert found.repair is not None
    assert not found.repair.is_safe
    balanced = good(
        values={cell(key, who): 2 for key in ("carried_out",) for who in ("natural_person", "total")}
    )
    (found,) = named("Y-01", balanced, prior)
    assert found.repair is not None
    assert found.repair.is_safe
    assert replace(found, repair=None).message.endswith("则各处相符，请先核对")


@pytest.fixture
def judged(monkeypatch):
    """How often the rules were run once more."""
    runs = []
    real = harmless._contradicted
    monkeypatch.setattr(harmless, "_contradicted", lambda *more: runs.append(1) or real(*more))
    return runs


def test_a_repair_is_judged_when_it_is_asked_for_and_only_once(judged):
    report = good()
    gone = {ref: None for ref in report.values if ref.row == "carried_in"}
    (found,) = named("T3-02", report.with_values(gone))
    assert not judged
    assert found.repair is not None
    assert len(judged) == 1
    assert found.repair is found.repair
    assert len(judged) == 1


def test_a_finding_not_asked_yet_is_as_any_other():
    wrong = busy("全年发生政府信息公开行政复议2件。").with_values({case("recon_upheld"): 4})
    one, other = (named("T4-02", wrong)[0] for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    plain = replace(other, section=other.section)
    assert plain.repair is None
    assert one == plain
    assert plain == one
    assert pickle.loads(pickle.dumps(one)) == plain
    assert one != named("T4-02", busy("").with_values({case("recon_upheld"): 4}))[0]  # it has a repair


def test_what_differs_anyhow_is_told_apart_without_judging(judged):
    report = good()
    blanks = [{ref: None for ref in report.values if ref.row == key} for key in ("carried_in", "carried_out")]
    one, other = (named("T3-02", report.with_values(gone))[0] for gone in blanks)
    assert one != other
    assert not judged
