"""Every repair that is offered, on reports made wrong on purpose: no right number is rewritten, nothing new is found there."""

import re
from dataclasses import replace
from random import Random

import pytest

from app.checks import Finding, Repair
from app.checks.repairs import repaired
from app.form.catalog import form
from app.report.model import Report
from tests.behaviour.test_phrasing import KINDS, PHRASES, PROMISES
from tests.checks.reports import cell, consistent, findings

EDITION = form("2021")
REQUESTS = EDITION.tables["requests"]
RESULTS = {
    "予以公开": "granted", "部分公开": "partial", "不予公开": "denied", "无法提供": "unable", "不予处理": "declined",
    "其他处理": "other",
}  # fmt: skip
FIGURE = re.compile(r"\d+")
TOTALS = [ref for ref in EDITION.totals if ref.table in ("requests", "review")]


def result(report: Report, key: str) -> int:
    return sum(report.values[cell(leaf.key, "total")] for leaf in REQUESTS.row(key).leaves())


def told(report: Report, random: Random) -> list[str]:
    """Sentences that tell the report's own numbers, the last two as lists."""
    lines = [
        random.choice(ways).format(sum(report.values[ref] for ref in cells)) for _, cells, ways in PHRASES
    ]
    done = result(report, "processed")
    parts = "、".join(f"{words}{result(report, key)}件" for words, key in RESULTS.items())
    lines.append(
        f"{random.choice(['全年办结政府信息公开申请', '共答复政府信息公开申请'])}{done}件，其中{parts}"
    )
    counts = [random.randint(1, 40) for _ in range(random.randint(3, 6))]
    listed = "，".join(f"{kind}{count}条" for kind, count in zip(KINDS, counts, strict=False))
    lines.append(f"主动公开信息{sum(counts)}条，{random.choice(PROMISES)}：{listed}")
    return lines


def spoilt(lines: list[str], random: Random) -> list[str]:
    """One or two numbers of the sentences moved, or a result left out of its list."""
    lines = list(lines)
    for _ in range(random.randint(1, 2)):
        at = random.randrange(len(lines))
        if at == len(lines) - 2 and random.random() < 0.6:
            lines[at] = re.sub(rf"、?{random.choice(list(RESULTS))}\d+件", "", lines[at]).replace(
                "其中、", "其中"
            )
            continue
        figures = list(FIGURE.finditer(lines[at]))
        one = random.choice(figures)
        moved = max(0, int(one[0]) + random.choice([-2, -1, 1, 3, 10]))
        lines[at] = lines[at][: one.start()] + str(moved) + lines[at][one.end() :]
    return lines


def numbers(line: str) -> list[str]:
    return FIGURE.findall(line)


def places(found: tuple[Finding, ...], text: str) -> set[tuple[str, str, int]]:
    """(check, section, sentence) of every finding."""
    return {
        (one.rule, one.section, text.count("。", 0, max(one.start, 0)) if one.section == "overview" else -1)
        for one in found
    }


def changed_although_right(true: list[str], before: list[str], after: list[str]) -> list[str]:
    """Sentences in which a number that was right is right no more; a list that lacks a part is compared by words."""
    wrong = []
    for right, was, now in zip(true, before, after, strict=True):
        known = dict(re.findall(r"([^\d，、。：]+)(\d+)", right))
        had, has = (dict(re.findall(r"([^\d，、。：]+)(\d+)", line)) for line in (was, now))
        if any(had.get(words) == figure != has.get(words) for words, figure in known.items()):
            wrong.append(f"{was} → {now}")
    return wrong


def made(report: Report, repair: Repair) -> Report:
    after = repaired(report, [repair])
    assert after.made == 1
    return after.report


@pytest.mark.parametrize("seed", range(150))
def test_no_repair_makes_a_right_number_wrong(seed):
    random = Random(seed)
    truth, _ = consistent(EDITION, random)
    true = told(truth, random)
    lines = spoilt(true, random)
    report = truth.with_narrative("overview", "。".join(lines) + "。")
    if seed % 3 == 0:  # a table that contradicts itself corrects no text
        ref = random.choice(TOTALS)
        report = replace(report, values={**report.values, ref: report.values[ref] + random.choice([1, 7])})
    text = report.narrative("overview")
    before = findings(report)
    for one in before:
        if one.repair is None:
            continue
        after = made(report, one.repair)
        for ref, value in one.repair.values:
            assert report.values[ref] != truth.values[ref] or value == truth.values[ref], one.message
        now = after.narrative("overview").rstrip("。").split("。")
        assert changed_although_right(true, lines, now) == [], one.message
        new = places(findings(after), after.narrative("overview")) - places(before, text)
        touched = {text.count("。", 0, edit.start) for edit in one.repair.edits}
        assert not [place for place in new if place[2] in touched], (one.message, new)


def test_a_total_that_its_table_confirms_is_not_rewritten():
    truth = next(
        report for seed in range(99) if result(report := consistent(EDITION, Random(seed))[0], "declined")
    )
    declined = result(truth, "declined")
    named = [(words, result(truth, key)) for words, key in RESULTS.items() if key != "declined"]
    listed = "、".join(f"{words}{count}件" for words, count in named)
    text = f"依申请公开方面，全年办结申请{result(truth, 'processed')}件，分别是：{listed}。"
    found = [one for one in findings(truth.with_narrative("overview", text)) if one.rule[0] in "NI"]
    assert [(one.rule, one.repair) for one in found] == [("I-01", None)]
    assert found[0].message.endswith(f"：未写不予处理{declined}件")


INPUTS = [
    ref
    for table in ("requests", "review")
    for ref in EDITION.tables[table].cells
    if ref not in EDITION.totals
]


@pytest.mark.parametrize("seed", range(60))
def test_one_wrong_cell_is_repaired_itself_or_not_at_all(seed):
    """A total that its text and its column confirm is not made to fit a part that was mistyped."""
    random = Random(seed)
    truth, _ = consistent(EDITION, random)
    truth = truth.with_narrative("overview", "。".join(told(truth, random)) + "。")
    known = findings(truth)
    ref = random.choice(INPUTS if seed % 3 else TOTALS)
    moved = truth.with_values({ref: truth.values[ref] + random.choice([1, 2, 9])})
    for one in set(findings(moved)) - set(known):
        for place, value in one.repair.values if one.repair else ():
            assert (place, value) == (ref, truth.values[ref]), one.message


@pytest.mark.parametrize("seed", range(20))
def test_a_blank_is_not_filled_with_a_zero_that_the_text_contradicts(seed):
    random = Random(seed)
    truth, _ = consistent(EDITION, random)
    truth = truth.with_narrative("overview", "。".join(told(truth, random)) + "。")
    row = random.choice(["received", "carried_out", "granted", "partial"])
    gone = {cell(row, column.key): None for column in REQUESTS.leaf_columns}
    blank = truth.with_values(gone)
    offered = [change for one in findings(blank) if one.repair for change in one.repair.values]
    assert [change for change in offered if truth.values[change[0]] != change[1]] == []
