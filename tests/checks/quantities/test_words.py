"""The words of the grammar: each form adds its own, and what is longer goes before what it begins with."""

import re
from re import _parser

import pytest

from app.checks.quantities.words import pattern_of
from app.form.catalog import all_forms


def kinds(text: str, form_id: str = "2021") -> list[str | None]:
    return [one.lastgroup for one in pattern_of(form_id).finditer(text)]


@pytest.mark.parametrize("form_id", [one.id for one in all_forms()])
def test_every_form_has_its_words(form_id):
    assert kinds("自然人", form_id) == ["applicant"]
    assert kinds("行政规范性文件", form_id) == ["document"] or form_id == "2019"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("结转下年度继续办理", ["carried_out"]),
        ("上年结转", ["carried_in"]),
        ("政府信息公开申请", ["request"]),
        ("部分公开", ["result"]),
        ("办理结果", ["done"]),
        ("公民、法人和其他组织", ["people"]),
        ("当面、信函、网络等各种形式的", ["every_way"]),
        ("网络", ["part"]),
    ],
)
def test_the_longest_word_is_taken(text, expected):
    assert kinds(text) == expected


def first_characters(items) -> tuple[set[str], bool]:
    """The characters with which what some items of a parsed pattern match may begin; whether it may be empty."""
    found: set[str] = set()
    for op, value in items:
        name = str(op)
        if name in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        if name == "LITERAL":
            return found | {chr(value)}, False
        if name == "IN":
            return found | {_of_class(str(kind), one) for kind, one in value}, False
        each = value[1] if name == "BRANCH" else [value[-1]]
        ways = [first_characters(one) for one in each]
        found = found.union(*(chars for chars, _ in ways))
        may_lack = name.endswith("REPEAT") and value[0] == 0
        if not may_lack and not any(is_empty for _, is_empty in ways):
            return found, False
    return found, True


def _of_class(kind: str, one) -> str:
    assert kind in ("LITERAL", "CATEGORY"), kind
    return chr(one) if kind == "LITERAL" else "0"  # digits


@pytest.mark.parametrize("form_id", [one.id for one in all_forms()])
def test_every_word_begins_with_one_of_the_characters_that_are_looked_for(form_id):
    looked_for, words = re.fullmatch(
        r"\(\?=(\[.*?[^\\]\])\)\(\?:(.*)\)", pattern_of(form_id).pattern, re.S
    ).groups()
    begins, is_empty = first_characters(_parser.parse(words))
    assert not is_empty
    assert "".join(sorted(one for one in begins if not re.match(looked_for, one))) == ""
