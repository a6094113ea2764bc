"""Numbers that contradict each other or a table, kind by kind: the guilty raise their check, the innocent in the same words nothing."""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from app.checks import CheckContext
from app.checks.rule import rules
from app.form.catalog import form
from app.importing.importer import import_file
from tests.behaviour.test_sentences import CASES, PAGES, PLACES, USUAL, told_twice

# kind: which words contradict each other; check: that must speak, - none at all; where: A–E the five aspects of 一, O 六
# page: busy (8 requests, 1 carried in, 8 done, 1 carried out, documents 2, 1, 5), zero (none of these)
with Path(__file__).with_name("contradictions.tsv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
KINDS = tuple(dict.fromkeys(row["kind"] for row in ROWS))
# what is said of words alone is another's: thrice as fast
OF_NUMBERS = [one for one in rules() if {check_id[0] for check_id in one.ids} & set("NXI")]
ASPECTS = dict(zip("ABCDE", "一二三四五", strict=True))


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Page, place and sentence → what the checks say of the sentence."""
    file = tmp_path_factory.mktemp("page") / "report.html"

    @cache
    def imported(page):
        text = (CASES / PAGES[page]).read_text(encoding="utf-8")
        for place in PLACES:
            text = text.replace(f"{{{place}}}", USUAL.get(place, "").replace("\\n", "</p><p>"))
        file.write_text(text, encoding="utf-8")
        return import_file(file)

    def found(page, where="", sentence=""):
        read = imported(page)
        report = read.report
        if where in ASPECTS:
            lines = report.narrative("overview").split("\n")
            at = next(n for n, line in enumerate(lines) if line.startswith(f"（{ASPECTS[where]}）"))
            lines[at] += sentence
            report = report.with_narrative("overview", "\n".join(lines))
        elif where == "O":
            report = replace(report.with_narrative("other", sentence), processing_fee=None)
        context = CheckContext(report, form(report.form), outline=read.outline)
        return [each for one in OF_NUMBERS for each in one.run(context)]

    base = cache(lambda page: {(one.rule, one.severity, one.message) for one in found(page)})
    return lambda row: [
        one
        for one in found(row["page"], row["where"], row["sentence"].replace("\\n", "\n"))
        if (one.rule, one.severity, one.message) not in base(row["page"])
    ]


def test_every_kind_has_ten_guilty_and_fifteen_innocent():
    assert len({(row["where"], row["page"], row["sentence"]) for row in ROWS}) == len(ROWS)
    for kind in KINDS:
        innocent = [row for row in ROWS if row["kind"] == kind and row["check"] == "-"]
        guilty = [row for row in ROWS if row["kind"] == kind and row["check"] != "-"]
        assert len(guilty) >= 10, kind
        assert len(innocent) >= 15, kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_contradiction_is_named_and_what_agrees_is_not(kind, said):
    for row in ROWS:
        if row["kind"] == kind:
            new = said(row)
            if row["check"] == "-":
                assert not new, row["sentence"]
            else:
                assert row["check"] in {one.rule for one in new}, row["sentence"]
                assert not told_twice(new), row["sentence"]
