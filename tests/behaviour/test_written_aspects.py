"""“Is this aspect written?” has one answer: what S-11 says, what is offered, and where the text says it."""

import re

import pytest

from app.form.catalog import form
from app.report.aspects import treated
from app.texts import paragraphs
from tests.behaviour.written_aspects import ALL, WRITTEN
from tests.checks.reports import named, with_text

FORM = form("2021")
ASPECTS = FORM.section("overview").aspects
LABELS = {one.key: one.label for one in ASPECTS}
CASES = pytest.mark.parametrize(("text", "written"), WRITTEN.values(), ids=WRITTEN)


@CASES
def test_what_is_written(text, written):
    assert set(treated(text, ASPECTS)) == set(written)


@CASES
def test_what_is_not_written_is_offered(text, written):
    assert [one.key for one in paragraphs.missing(FORM, "overview", text)] == [
        key for key in ALL if key not in written
    ]


@CASES
def test_the_check_names_what_is_not_written_and_nothing_else(text, written):
    """As 未涵盖 where not even a word of it stands there, else as 未单列."""
    if not text:
        return  # an empty section is another check's
    found = named("S-11", with_text("overview", text))
    said = "".join(one.message.removeprefix("总体情况应按" + "、".join(LABELS.values())) for one in found)
    told = re.search(r"未涵盖(?P<a>[^，]*)|：(?P<b>[^；]*)未单列", said)
    names = (told["a"] or told["b"]).split("、") if told else []
    lacking = {LABELS[key] for key in ALL if key not in written}
    if told and told["a"]:
        assert set(names) <= lacking
    else:
        assert set(names) == lacking
    assert bool(names) is bool(lacking)


@CASES
def test_the_place_is_where_the_part_begins(text, written):
    for at in treated(text, ASPECTS).values():
        assert at == 0 or text[at - 1] in "\n。"
        assert text[at] not in " \u3000\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("总的情况。\n（一）主动公开。5条。\n（五）监督保障。培训1次。", 2),
        ("一是主动公开。5条。二是监督保障。培训1次。", 1),  # no paragraph begins with what follows
        ("（一）主动公开。5条。\n　　监督保障方面，培训1次。", 1),
        ("（一）主动公开。5条。", 1),
    ],
)
def test_a_paragraph_is_put_before_the_first_that_begins_with_what_follows(text, line):
    report = with_text("overview", text)
    one = paragraphs.template(FORM, "overview", "management")
    made, _, _ = paragraphs.inserted(report, FORM, one, paragraphs.Suggestion("（三）政府信息管理。", ()))
    assert made.paragraphs("overview")[line] == "（三）政府信息管理。"
    assert "".join(made.paragraphs("overview")).replace("（三）政府信息管理。", "") == text.replace("\n", "")
