"""A report's own year, days, table cells and last year told or held right: nothing is said; one of them moved: exactly its check."""

from random import Random

import pytest

from app.chinese import DIGITS
from app.form.catalog import form
from app.report.model import Report
from tests.checks.reports import consistent, findings, good

EDITION = form("2021")
# check, wording with the report's own facts, what is moved in it
WORDINGS = [
    ("D-01", "截至{year}年12月31日，我镇共设政务公开专栏21个。", {"year": -1}),
    ("D-01", "截至{year}年底，我镇建成政务公开专区3个。", {"year": -1}),
    ("D-01", "{year}年，镇政府组织政务公开业务培训2次。", {"year": -1}),
    ("D-01", "{year}年，我镇共召开政务公开推进会3次。", {"year": -2}),
    ("D-01", "{year}年度，我镇主动公开政府信息工作有序开展。", {"year": -1}),
    ("D-01", "{words}年，我镇共召开政务公开部署会2次。", {"words": -1}),
    ("D-01", "{year}年，镇政府对政策文件进行了全面清理。", {"year": 1}),
    ("S-06", "本报告于{next}年1月20日在县政府网站公布。", {"next": -1}),
    ("S-06", "本年度报告已于{next}年1月15日在县人民政府门户网站公开。", {"next": -1}),
    ("S-06", "我镇于{next}年1月15日公布了{year}年度政府信息公开工作年度报告。", {"next": -1}),
    ("D-12", "{year}年{month}月10日，我镇召开政务公开推进会。", {"month": 13}),
    ("D-12", "{month}月{day}日，我镇开展政务公开专题培训。", {"day": 40}),
    ("D-04", "{own}高度重视政务公开，主要领导专题研究。", {"own": "我局"}),
    ("D-12", "群众对政务公开的满意率为{share}%。", {"share": 40}),
]


def told(wording: str, report: Report, random: Random, **moved) -> str:
    """The wording with the report's facts, those that are named moved."""
    year = report.year + moved.get("year", 0)
    words = "".join(
        "二〇" if at == 0 else DIGITS[int(char)]
        for at, char in enumerate(str(report.year + moved.get("words", 0))[1:])
    )
    return wording.format(
        year=year,
        words=words,
        next=report.year + 1 + moved.get("next", 0),
        month=random.randint(1, 12) if "month" not in moved else moved["month"] + random.randint(0, 9),
        day=random.randint(1, 28) + moved.get("day", 0),
        own=moved.get("own", "我镇"),
        share=random.randint(80, 100) + moved.get("share", 0),
    )


def new(report: Report, text: str) -> set[str]:
    """What is said of a report with a sentence more."""
    longer = report.with_narrative("overview", f"{report.narrative('overview')}\n{text}")
    before = {(one.rule, one.message) for one in findings(report)}
    return {one.rule for one in findings(longer) if (one.rule, one.message) not in before}


@pytest.mark.parametrize(("check", "wording", "moved"), WORDINGS)
def test_a_right_fact_is_silent_and_a_moved_one_raises_its_check(check, wording, moved):
    for seed in range(3):
        report = good(year=2023 + seed)
        right = told(wording, report, Random(seed))
        assert new(report, right) == set(), right
        wrong = told(wording, report, Random(seed), **moved)
        assert new(report, wrong) == {check}, wrong


@pytest.mark.parametrize("seed", range(6))
def test_a_moved_cell_is_named_by_a_check_of_tables(seed):
    """Every part of a sum moved alone: a check of its own table or of two tables speaks, and none of texts."""
    random = Random(seed)
    report, _ = consistent(EDITION, random)
    before = {(one.rule, one.message) for one in findings(report)}
    refs = [
        ref
        for ref in EDITION.cells
        if any(ref in each.cells for each in EDITION.equations if not each.needs_prior)
    ]
    for ref in random.sample(refs, 8):
        moved = report.with_values({ref: report.values[ref] + 5000})
        rules = {one.rule for one in findings(moved) if (one.rule, one.message) not in before}
        assert rules, ref
        assert {rule[0] for rule in rules} <= set("TX"), (ref, rules)


@pytest.mark.parametrize("seed", range(6))
def test_what_last_year_carried_out_is_this_years_carried_in(seed):
    """With last year's report beside it nothing is said of Y; its numbers moved, Y-01 or Y-02 speak."""
    report, prior = consistent(EDITION, Random(seed))
    assert not {one.rule for one in findings(report, prior) if one.rule in ("Y-01", "Y-02")}
    ref = next(ref for ref in EDITION.cells if ref.row == "carried_out" and ref.column == "natural_person")
    moved = prior.with_values({ref: prior.values[ref] + 7})
    assert "Y-01" in {one.rule for one in findings(report, moved)}
