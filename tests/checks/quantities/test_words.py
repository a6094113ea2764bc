"""The words of the grammar: each form adds its own, and what is longer goes before what it begins with."""

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
