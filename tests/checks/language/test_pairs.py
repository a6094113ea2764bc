"""Words of two characters, one of them wrong, between known words; what only meets at a border of words is spared."""

import pytest

from app.checks.language.alike import alike
from app.checks.language.pairs import Pairs
from app.paths import templates
from tests.checks.texts import said

PAIRS = alike(templates() / "wording" / "alike").pairs
ROWS = [row.split(" ") for row in PAIRS.rows]


def test_every_form_is_found_between_known_words_and_every_word_is_spared():
    count = 0
    for word, first, second in ROWS:
        assert PAIRS.find(f"，{word}。") == [], word
        forms = [char + word[1] for char in first if char not in "-|"] + [
            word[0] + char for char in second if char not in "-|"
        ]
        assert len(forms) == len(set(forms)), word
        for form in forms:
            assert [at for _, at in PAIRS.find(f"，{form}。")] == [1], (word, form)
            count += 1
    assert len(ROWS) > 1000
    assert count > 30_000


def test_no_form_is_itself_a_word():
    words = {row[0] for row in ROWS}
    assert len(words) == len(ROWS)
    assert not [word for word, first, second in ROWS for char in first if char + word[1] in words]
    assert not [word for word, first, second in ROWS for char in second if word[0] + char in words]


OWN = Pairs("答复 达 付\n管理 - -\n依法 - -\n手续 - -")


@pytest.mark.parametrize("text", ["依法达复。", "均已答付。", "达复", "“答付”"])
def test_a_form_stands_between_words_marks_and_particles(text):
    assert [right for right, _ in OWN.find(text)] == ["答复"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("依法培川工作", 1),
        ("张培川依法", 1),
        ("依法驯练赛", 1),
        ("张驯练赛", 0),
        ("依法配训赛", 0),
        ("依法配训。", 1),
    ],
)
def test_what_stands_nowhere_in_reports_needs_a_known_word_on_one_side_only(text, count):
    beside = Pairs("培训 |配 川\n训练 驯 -\n依法 - -", lambda two: two == "练习")
    assert len(beside.find(text)) == count


@pytest.mark.parametrize("text", ["1月-5月", "上月|本月"])
def test_the_marks_of_a_row_are_no_wrong_characters(text):
    assert Pairs("月底 - |氐\n本月 - -").find(text) == []


@pytest.mark.parametrize("text", ["抵达复兴路", "对答付费", "答复", "下达复函"])
def test_two_characters_of_two_words_are_no_form(text):
    assert OWN.find(text) == []


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("对申请人依法予以达复。", "达复", "答复"),
        ("定期巡查和更薪。", "更薪", "更新"),
    ],
)
def test_a_form_is_told_as_doubtful_with_a_repair_that_is_asked_for(text, wrong, right):
    (one,) = [each for each in said(text) if each.rule == "D-09"]
    assert (one.message, one.quote) == (f"“{wrong}”疑应为“{right}”", wrong)
    assert one.repair is not None
    assert (one.repair.edits[0].new, one.repair.is_safe) == (right, False)
