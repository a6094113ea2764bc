"""Where a wrong form only cuts through whole words, nothing is wrong."""

import pytest

from app.checks.language.whole_words import WholeWords, whole_words
from app.paths import templates

WORDS = WholeWords("# 注\n办公室 形式 关切 责任人\n累+计积 化+解 实+时\n")


@pytest.mark.parametrize(
    ("line", "form", "right", "is_cut"),
    [
        ("办公室公开", "公室公开", "公示公开", True),
        ("在公室公开", "公室公开", "公示公开", False),
        ("各类形式", "类形", "类型", True),
        ("各类形多样", "类形", "类型", False),
        ("回应关切时", "切时", "切实", True),
        ("责任人落实", "责任人落", "责任仍落", False),  # 责任人 is inside, and crosses nothing
        ("责任人员", "人员们", "人员", False),
        ("办公室公式栏", "室公式栏", "室公示栏", False),  # 办公室 crosses, the wrong character is elsewhere
        ("", "", "", False),
        ("累计化解", "计化", "计划", True),  # both ends stand beside their neighbours
        ("累计化肥", "计化", "计划", False),
        ("预计化解", "计化", "计划", False),
        ("累计计解", "计计", "计划", False),  # a character twice is none of two words
    ],
)
def test_a_form_is_cut_out_of_a_whole_word(line, form, right, is_cut):
    start = max(line.find(form), 0)
    assert WORDS.cut(line, start, start + len(form), right) is is_cut


def test_characters_stand_side_by_side_where_the_list_says_so():
    assert WORDS.are_beside("累积")
    assert not WORDS.are_beside("积累")
    assert not WORDS.are_beside("累")
    assert not WORDS.are_beside("办公")  # of a whole word, which stands for itself


def test_every_whole_word_is_one_and_stands_once():
    file = templates() / "wording" / "alike" / "whole.txt"
    lines = [one for one in file.read_text(encoding="utf-8").splitlines() if one[:1] != "#"]
    tokens = [word for line in lines for word in line.split()]
    listed = [word for word in tokens if "+" not in word]
    assert len(listed) == len(set(listed)) == len(whole_words(file).words) > 200
    assert {len(word) for word in listed} <= {2, 3, 4, 5}
    firsts = [token[0] for token in tokens if "+" in token]
    assert len(firsts) == len(set(firsts)) > 600
    assert all(token[1] == "+" and token[2:] for token in tokens if "+" in token)
