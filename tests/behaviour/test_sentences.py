"""Sentences tried one at a time in a report that is otherwise in order: the innocent raise nothing, the guilty their check."""

import csv
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from app.checks import CheckContext, Finding, Severity, check
from app.form.catalog import form
from app.importing.importer import import_file
from tests.places import TESTS

CASES = TESTS / "checks" / "cases"
PAGES = {"busy": "page.html", "zero": "page_zero.html"}
PLACES = "TIABCDEPOS"
USUAL = {
    "T": "示例县青山镇人民政府2024年政府信息公开工作年度报告",
    "S": "示例县青山镇人民政府\\n2025年1月15日",
    "O": "2024年，本机关未收取信息处理费。",
    "P": (
        "一是政策解读形式较为单一，图解、视频类解读材料偏少，群众知晓度不高；二是部分栏目更新不够及时，个别信息发布存在滞后情况；"
        "三是工作人员业务能力有待提升。\\n针对上述问题，2025年将采取以下措施：一是丰富政策解读形式，增加图解、视频等解读材料，"
        "提高群众知晓度；二是完善栏目更新机制，明确责任人和更新时限，杜绝信息发布滞后；三是加强业务培训，组织专题学习，"
        "提升工作人员业务能力。"
    ),
}


def rows() -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for one in sorted(CASES.glob("*.tsv")):
        with one.open(encoding="utf-8") as file:
            found += csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return found


ROWS = rows()
assert len({(row["where"], row["page"], row["sentence"], row["id"]) for row in ROWS}) == len(ROWS)


def found(folder: Path, page: str, where: str = "", sentence: str = "") -> tuple[Finding, ...]:
    """What is said of a page with the sentence put in."""
    text = (CASES / PAGES[page]).read_text(encoding="utf-8")
    for place in PLACES:
        words = sentence if place == where else USUAL.get(place, "")
        text = text.replace(f"{{{place}}}", words.replace("\\n", "</p><p>"))
    file = folder / "report.html"
    file.write_text(text, encoding="utf-8")
    result = import_file(file)
    context = CheckContext(result.report, form(result.report.form), outline=result.outline)
    return check(context)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Page, place and sentence → what is found that is not found without it."""
    folder = tmp_path_factory.mktemp("sentences")
    base = cache(lambda page: {(one.rule, one.severity, one.message) for one in found(folder, page)})
    return lambda page, where, sentence: [
        one
        for one in found(folder, page, where, sentence)
        if (one.rule, one.severity, one.message) not in base(page)
    ]


def told_twice(findings: list[Finding]) -> list[tuple[str, str]]:
    """The pairs of one check that stand in the same words: what is wrong for one reason is told once.

    不予公开、无法提供各2件 is wrong twice, in two rows.
    """
    return [
        (a.message, b.message)
        for a, b in combinations(findings, 2)
        if (a.rule, a.section) == (b.rule, b.section)
        and a.start < b.end
        and b.start < a.end
        and not ("各" in a.quote and set(a.cells).isdisjoint(b.cells))
    ]


def wanted(state: str) -> list:
    """The rows as cases; an open one is expected to fail, and says so when it no longer does."""
    open_ = pytest.mark.xfail(strict=True, reason="mended: write held in its row")
    return [
        pytest.param(row, id=f"{row['id']}-{row['sentence'][:20]}", marks=open_ if state == "open" else ())
        for row in ROWS
        if row["state"] == state
    ]


@pytest.mark.parametrize("row", [*wanted("held"), *wanted("open")])
def test_a_sentence_is_judged_as_it_should_be(row, said):
    new = said(row["page"], row["where"], row["sentence"])
    if row["kind"] == "innocent":
        assert not new
    else:
        assert row["id"] in {one.rule for one in new}
        assert not told_twice(new)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["kind"] == "innocent"], ids=lambda row: row["sentence"]
)
def test_no_innocent_sentence_is_an_error(row, said):
    new = said(row["page"], row["where"], row["sentence"])
    assert not [one for one in new if one.severity is Severity.ERROR]
