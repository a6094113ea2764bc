"""One input for each kind of text that a clerk has, written by somebody who did not know the reader; truth.json says what is right."""

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from app.checks import CheckContext, check
from app.errors import UserError
from app.form.catalog import form
from app.importing.importer import import_file
from app.importing.result import ImportResult
from tests.places import TESTS

FOLDER = TESTS / "importing" / "kinds"
TRUTH: dict[str, dict[str, Any]] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
PAPERS = [name for name, one in TRUTH.items() if one["want"] == "nothing"]
REPORTS = [name for name in TRUTH if name not in PAPERS]


def told(name: str, what: str) -> list[str]:
    found: list[str] = TRUTH[name].get(what, [])
    return found


def cells(name: str) -> dict[str, Decimal]:
    """What the input prints: every number that is not 0, and which cells say 0 ("all": all others of the form)."""
    truth = TRUTH[name]
    zeros = truth.get("zeros", [])
    if zeros == "all":
        zeros = map(str, form(truth["form"]).cells)
    return dict.fromkeys(zeros, Decimal(0)) | {key: Decimal(one) for key, one in truth["cells"].items()}


@cache
def read(name: str) -> ImportResult:
    return import_file(FOLDER / name)


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_is_read_or_told(name):
    result, right = read(name), cells(name)
    certain = {str(ref): value for ref, value in result.certain.values.items()}
    assert {key: value for key, value in certain.items() if right.get(key) != value} == {}
    if TRUTH[name]["want"] == "read":
        free = (*told(name, "told_ok"), *told(name, "told"))
        assert [key for key in right if key not in certain and not key.startswith(free)] == []


@pytest.mark.parametrize("name", REPORTS)
def test_who_and_when(name):
    result = read(name)
    assert result.report.year == TRUTH[name]["year"]
    assert result.report.agency.name in (TRUTH[name]["agency"], *told(name, "agency_also"))


@pytest.mark.parametrize("name", list(TRUTH))
def test_every_text_stands_where_it_belongs(name):
    result = read_or_refused(name)
    if isinstance(result, str):
        return
    texts = {section: flat(text) for section, text in result.report.narratives.items()}
    for words, places in told(name, "sections"):
        at = {section for section, text in texts.items() if flat(words) in text}
        assert at & set(places), (words, at)
    for words in told(name, "nowhere"):
        assert not any(flat(words) in text for text in texts.values()), words
    for words in told(name, "not_intro"):
        assert flat(words) not in texts.get("introduction", "")
    for words in told(name, "unused"):
        assert flat(words) in flat("".join(result.unused))


def read_or_refused(name: str) -> ImportResult | str:
    """The reading, or the words with which the file is refused."""
    try:
        return read(name)
    except UserError as error:
        return str(error)


@pytest.mark.parametrize("name", [name for name in TRUTH if told(name, "warn_any")])
def test_what_is_odd_is_said(name):
    result = read_or_refused(name)
    words = flat(result if isinstance(result, str) else "".join(result.warnings))
    assert any(flat(one) in words for one in told(name, "warn_any")), words


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_is_taken_of_another_paper(name):
    result = read_or_refused(name)
    assert isinstance(result, str) or (not result.certain.values and not result.unsure)


@pytest.mark.parametrize("name", [name for name in TRUTH if told(name, "no_check_ids")])
def test_no_check_is_misled(name):
    report = read(name).report
    found = {one.rule for one in check(CheckContext(report, form(report.form)))}
    assert found.isdisjoint(told(name, "no_check_ids"))
