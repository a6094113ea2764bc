"""Set words with one character that sounds or looks like the right one: found wherever it stands, and nothing found that is right."""

import os
from pathlib import Path

import pytest

from app.checks.language.alike import _PARTICLES, Alike, alike
from app.checks.language.spelling import decoded
from app.checks.language.tokens import with_index
from app.paths import templates
from tests.checks.language.test_spelling import TRUE, real_texts
from tests.checks.texts import said
from tests.indexes import indexes

FOLDER = templates() / "wording" / "alike"
WORDS = alike(FOLDER)
GROUPS = [
    *(FOLDER / "sounds.txt").read_text(encoding="utf-8").split(),
    *(FOLDER / "shapes.txt").read_text(encoding="utf-8").split(),
]
# written wrongly in real texts: 公开时效 and 法制 are no mistakes, and none of them
REALLY_WRONG = TRUE | {"不子公开"}


def found(text: str) -> list[tuple[str, str]]:
    return [(one.wrong, one.right) for one in WORDS.find(text)]


def wrong_forms(word: str):
    """(form, place) for each form of a word with one character that is alike: the first two of each group."""
    for at, char in enumerate(word):
        for group in GROUPS:
            others = [one for one in group if one != char][:2] if char in group else []
            for other in others:
                form = word[:at] + other + word[at + 1 :]
                if at in (0, len(word) - 1) and other in _PARTICLES:
                    continue  # 知情权和: it may be no part of the word at all
                if WORDS.stands(form, at):
                    continue  # 合法权力: its characters stand side by side in reports
                if form not in WORDS.words and form not in WORDS.words[word]:
                    yield form, at + 1


def test_more_than_a_thousand_words_are_known_and_none_twice():
    text = (FOLDER / "words.txt").read_text(encoding="utf-8")
    tokens = [token.partition("!")[0] for token in with_index(text)[0]]
    assert len(tokens) == len(set(tokens)) == len(WORDS.words) > 1500
    assert {len(word) for word in tokens} == {3, 4}


@pytest.mark.parametrize(("name", "index"), indexes().items())
def test_the_index_of_a_file_is_what_its_words_say(name, index):
    told = with_index((FOLDER / name).read_text(encoding="utf-8"))[1]
    assert told == index, "run: python -m tests.indexes"


def test_a_word_is_spared_and_each_of_its_wrong_forms_is_found():
    count = 0
    for word in WORDS.words:
        assert found(f"，{word}。") == [], word
        for form, place in wrong_forms(word):
            hits = [one for one in WORDS.find(f"，{form}。") if one.start <= place < one.end]
            assert len(hits) == 1, (form, hits)
            count += 1
    assert count > 20_000


def test_what_is_spared_behind_a_word_is_spared():
    for word, spared in WORDS.words.items():
        for one in spared:
            assert len(one) == len(word), word
            assert (one, word) not in found(f"，{one}。"), word


def test_real_texts_raise_nothing_but_what_is_true():
    others = os.environ.get("NIANBAO_REAL_TEXTS", "")
    paths = [*real_texts(), *(Path(others).rglob("*.txt") if others else ())]
    wrong = {
        (one.wrong, one.right)
        for path in paths
        if path.parent != FOLDER and path.parent.name != "wording"  # the lists themselves name what is wrong
        for line in decoded(path.read_bytes()).split("\n")
        for one in WORDS.find(line)
    }
    assert {one for one, _ in wrong} <= REALLY_WRONG, wrong


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("我镇高度重示政务公开。", "高度重示", "高度重视"),
        ("切实保障群众的知请权。", "知请权", "知情权"),
        ("强化领导，建全机制。", "建全机制", "健全机制"),
        ("保证内容准确形、及时性。", "准确形", "准确性"),
        ("对照要点逐项落时。", "逐项落时", "逐项落实"),
    ],
)
def test_a_wrong_character_is_told_once_with_a_repair_that_is_asked_for(text, wrong, right):
    (one,) = [each for each in said(text) if each.rule == "D-09"]
    assert (one.message, one.quote) == (f"“{wrong}”应为“{right}”", wrong)
    assert one.repair is not None
    assert (one.repair.edits[0].new, one.repair.is_safe) == (right, False)


@pytest.mark.parametrize(
    "text",
    [
        "保障群众的知情权和监督权。",
        "聚焦主题高质量推进解读。",
        "事项即时公开。",
        "以多种重要形式公开。",
        "公开信息公示栏。",
        "便民服务为群众办实事。",
        "经销商的主动行为。",
    ],
)
def test_the_next_word_is_not_taken_for_a_wrong_character(text):
    assert [one for one in said(text) if one.rule == "D-09"] == []


def test_a_line_that_ends_with_a_break_or_a_blank_in_a_word_is_no_trouble():
    for text in ("公开信息\n", "公开\n息。", "信息公 开", "\u3000息公开"):
        assert found(text) == [], text


def test_a_word_of_three_characters_needs_an_edge_where_its_first_or_last_is_wrong():
    own = Alike("准确性", "性形行", "")
    assert [one.right for one in own.find("保证准确形，")] == ["准确性"]
    assert list(own.find("准确形成结论")) == []


def test_a_county_takes_a_word_away(monkeypatch, tmp_path):
    folder = tmp_path / "wording"
    folder.mkdir()
    (folder / "own.tsv").write_text("错\t对\t等级\n高度重示\t高度重视\t不用\n", encoding="utf-8")
    assert [one.message for one in said("我镇高度重示公开。") if one.rule == "D-09"]
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path))
    assert [one.message for one in said("我镇高度重示公开。") if one.rule == "D-09"] == []
