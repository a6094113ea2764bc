"""Numbers in a text that agrees with the tables by construction, and one of them moved."""

import re
from random import Random

import pytest

from app.checks.language.vocabulary import vocabulary
from app.form.catalog import form
from tests.checks.numbers import case, document, numbers
from tests.checks.reports import cell, consistent


def sentence(values) -> str:
    """What a clerk writes who reads the numbers off the tables."""

    def group(key: str) -> int:
        return sum(
            values[cell(leaf.key, "total")] for leaf in form("2021").tables["requests"].row(key).leaves()
        )

    words = vocabulary("2021")
    people, enterprise = values[cell("received")], values[cell("received", "enterprise")]
    results = "，".join(f"{name}{group(key)}件" for name, key in words.rows.items())
    suits = values[case("direct_total")] + values[case("after_total")]
    return (
        f"2025年共收到政府信息公开申请{values[cell('received', 'total')]}件，其中自然人{people}件，商业企业{enterprise}件。"
        f"上年结转政府信息公开申请{values[cell('carried_in', 'total')]}件，办结政府信息公开申请{values[cell('processed', 'total')]}件，"
        f"结转下年度继续办理{values[cell('carried_out', 'total')]}件。从申请办理结果看，{results}。"
        f"因政府信息公开被申请行政复议{values[case('recon_total')]}件，被提起行政诉讼{suits}件。"
        f"制发行政规范性文件{values[document('issued')]}件，废止行政规范性文件{values[document('repealed')]}件，"
        f"现行有效行政规范性文件{values[document('in_force')]}件。"
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_consistent_text_raises_nothing(seed):
    report, _ = consistent(form("2021"), Random(seed))
    report = report.with_narrative("overview", sentence(report.values))
    assert numbers(report) == []


@pytest.mark.parametrize(
    ("moved", "rules"),
    [
        (cell("received", "total"), {"N-01"}),
        (cell("received"), {"N-04"}),
        (cell("carried_in", "total"), {"N-03"}),
        (cell("carried_out", "total"), {"N-03"}),
        (cell("processed", "total"), {"N-02"}),
        (cell("granted", "total"), {"N-05"}),
        (cell("denied_query", "total"), {"N-05"}),
        (case("recon_total"), {"N-07"}),
        (case("direct_total"), {"N-08"}),
        (document("issued"), {"N-10"}),
        (document("repealed"), {"N-10"}),
        (document("in_force"), {"N-10"}),
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_one_number_moved_raises_what_names_it(moved, rules, seed):
    report, _ = consistent(form("2021"), Random(seed))
    report = report.with_narrative("overview", sentence(report.values))
    changed = report.with_values({moved: report[moved] + 1000})
    found = numbers(changed)
    assert {one.rule for one in found} == rules
    assert all(moved in one.cells for one in found)


@pytest.mark.parametrize("seed", range(6))
def test_any_number_of_the_text_that_moves_raises_exactly_what_names_it(seed):
    report, _ = consistent(form("2021"), Random(seed))
    text = sentence(report.values)
    for figure in re.finditer(r"\d+(?=件)", text):
        moved = f"{int(figure[0]) + 7}"
        changed = text[: figure.start()] + moved + text[figure.end() :]
        found = numbers(report.with_narrative("overview", changed))
        assert found, changed[figure.start() - 20 : figure.end() + 5]
        for one in found:
            assert one.start <= figure.start() < one.end, one.message
            assert dict(one.values)["left"] == moved
