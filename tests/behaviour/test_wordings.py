"""A report's own numbers told in a hundred wordings (wordings.tsv): nothing is said; with one number moved, exactly its check."""

import csv
from pathlib import Path
from random import Random

import pytest

from app.form.catalog import form
from app.report.model import Report
from tests.behaviour.test_phrasing import group, raised
from tests.checks.numbers import case, document
from tests.checks.reports import cell, consistent

EDITION = form("2021")
with Path(__file__).with_name("wordings.tsv").open(encoding="utf-8") as file:
    WORDINGS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
LEGAL = ("enterprise", "research", "public_welfare", "legal_service", "other_entity")
# quantity → the cells of which it is the sum
QUANTITIES = {
    **{key: [cell(key, "total")] for key in ("received", "processed", "carried_in", "carried_out")},
    **{
        key: group(key)
        for key in ("granted", "partial", "denied", "unable", "declined", "other", "denied_internal")
    },
    "granted_partial": group("granted") + group("partial"),
    "natural": [cell("received")],
    "enterprise": [cell("received", "enterprise")],
    "legal": [cell("received", column) for column in LEGAL],
    "recon": [case("recon_total")],
    "suits": [case("direct_total"), case("after_total")],
    "direct": [case("direct_total")],
    "after": [case("after_total")],
    "all_cases": [case("recon_total"), case("direct_total"), case("after_total")],
    **{key: [document(key)] for key in ("issued", "repealed", "in_force")},
    "licensing": [next(ref for ref in EDITION.cells if ref.row == "licensing")],
    "penalty": [next(ref for ref in EDITION.cells if ref.row == "penalty")],
    "enforcement": [next(ref for ref in EDITION.cells if ref.row == "enforcement")],
}  # fmt: skip
# quantity → the check that names it
CHECKS = {row["quantity"]: row["check"] for row in WORDINGS}
PARAGRAPHS = Path(__file__).with_name("paragraphs.txt").read_text("utf-8").splitlines()
UNASKED = {"T3-06", "T3-07"}  # of the numbers alone: not contradictions


def told(report: Report, row: dict[str, str], random: Random, moved: int = 0) -> str:
    """The sentence of a wording with the report's number in it."""
    parts = dict(zip("abcde", random.sample(range(2, 90), 5), strict=True))
    if row["quantity"] == "whole":
        return row["wording"].format(sum(parts.values()) + moved, **parts)
    return row["wording"].format(sum(report.values[ref] for ref in QUANTITIES[row["quantity"]]) + moved)


def ids(row: dict[str, str]) -> str:
    return f"{row['check']}-{row['wording']}"


def test_there_are_a_hundred():
    assert len({row["wording"] for row in WORDINGS}) == len(WORDINGS) > 100


@pytest.mark.parametrize("row", WORDINGS, ids=ids)
def test_a_right_number_is_silent_and_a_moved_one_raises_its_check(row):
    for seed in range(6):
        random = Random(seed)
        report, _ = consistent(EDITION, random)
        right = told(report, row, Random(seed))
        assert raised(report, right) - UNASKED == set(), right
        names_some = (
            row["quantity"] == "whole" and "其中" in row["wording"]
        )  # of a much larger total it names a few
        wrong = told(
            report, row, Random(seed), random.choice([5, 8, 11] if names_some else [1000, 2000, 7000])
        )
        assert raised(report, wrong) - UNASKED == {row["check"]}, wrong


@pytest.mark.parametrize("seed", range(40))
def test_many_of_them_in_one_text(seed):
    """A dozen wordings in one section, in any order: silent, and one moved is found alone."""
    random = Random(1000 + seed)
    report, _ = consistent(EDITION, random)
    rows = _one_of_each([row for row in WORDINGS if row["quantity"] != "whole"], random)
    lines = [told(report, row, random) for row in rows]
    assert raised(report, "\n".join(lines)) - UNASKED == set(), lines
    at = random.randrange(len(rows))
    lines[at] = told(report, rows[at], random, 3000)
    assert raised(report, "\n".join(lines)) - UNASKED == {rows[at]["check"]}, lines[at]


def _one_of_each(rows: list[dict[str, str]], random: Random) -> list[dict[str, str]]:
    """One wording for each quantity, so that no number is told twice; in any order."""
    chosen = {row["quantity"]: row for row in random.sample(rows, len(rows))}
    return random.sample(list(chosen.values()), len(chosen))


def filled(report: Report, paragraph: str, moved: str = "", by: int = 0) -> str:
    """A paragraph with the report's numbers in it, one of them moved."""
    slots = {
        name: sum(report.values[ref] for ref in cells) + (by if name == moved else 0)
        for name, cells in QUANTITIES.items()
    }
    return paragraph.replace("\\n", "\n").format(**slots)


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_a_paragraph_of_many_numbers(paragraph):
    """Each of its numbers moved alone is named by its check, and I-01 where the parts no longer make the total."""
    named = [name for name in QUANTITIES if f"{{{name}}}" in paragraph]
    for seed in range(5):
        report, _ = consistent(EDITION, Random(seed))
        right = filled(report, paragraph)
        assert raised(report, right) - UNASKED == set(), right
        for name in named:
            wrong = filled(report, paragraph, name, 4000)
            assert raised(report, wrong) - UNASKED - {"I-01"} == {CHECKS[name]}, wrong
