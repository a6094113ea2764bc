"""Fixed terms with a character lost, doubled or exchanged: found wherever they stand alone, and nothing found that is right."""

import pytest

from app.checks.language.alike import alike
from app.checks.language.pairs import Pairs, twos
from app.checks.language.slips import Slips, spared
from app.checks.language.whole_words import WholeWords
from app.paths import templates
from tests.checks.texts import said

FOLDER = templates() / "wording" / "alike"
SLIPS = alike(FOLDER).slips
LINES = (FOLDER / "terms.txt").read_text(encoding="utf-8").splitlines()
TOKENS = [token for line in LINES if line[:1] != "#" for token in line.split()]
TERMS = spared(token for token in TOKENS if "+" not in token)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.wrong, one.right) for one in alike(FOLDER).find(text)]


def test_many_terms_are_known_none_twice_and_each_is_right():
    assert len(TERMS) > 2000
    assert len(TERMS) == sum("+" not in token for token in TOKENS)
    assert [term for term in TERMS if found(f"，{term}。")] == []


def test_what_is_spared_behind_a_term_is_spared():
    spares = [(one, term) for term, others in TERMS.items() for one in others]
    assert len(spares) > 100
    assert [
        (one, term)
        for one, term in spares
        if (0, len(one), term) in SLIPS.find(one, filter(SLIPS.may_be, twos(one)))
    ] == []


WORDS = ["门户网站", "信息发布审核机制!信发布审核机制", "工作制度", "办理"]
PAIRS = Pairs("\n".join(f"{word} - -" for word in ("办理", "清单", "事项", "政务", "召开", "开展", "开门")))
INDEX = Slips(spared(WORDS), {}, PAIRS, WholeWords("")).index()
OWN = Slips(spared(WORDS), INDEX, PAIRS, WholeWords(""))


def own(text: str) -> list[str]:
    return [right for _, _, right in OWN.find(text, filter(OWN.may_be, twos(text)))]


def test_the_index_knows_each_term_alone_whatever_their_order():
    others = Slips(spared(reversed(WORDS)), {}, PAIRS, WholeWords("")).index()
    assert {char: set(behind) for char, behind in others.items()} == {
        char: set(behind) for char, behind in INDEX.items()
    }
    assert "信" not in INDEX.get("站", "")  # 门户网站, 信息发布审核机制


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("在门网站公布", "门户网站"),
        ("在门网户站公布", "门户网站"),
        ("在门户户网站公布", "门户网站"),
        ("建立信息发审核机制。", "信息发布审核机制"),
        ("均已理办。", "办理"),
        ("召开开政务公开会", "召开"),
    ],
)
def test_one_character_lost_exchanged_or_doubled_is_a_slip(text, right):
    assert own(text) == [right]


@pytest.mark.parametrize(
    "text", ["门户网站", "信发布审核机制", "召开开展", "认认真真", "受理办件", "开门网站"]
)
def test_what_is_spared_or_is_of_two_words_is_none(text):
    assert own(text) == []


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("我镇建立信息发审核机制。", "信息发审核", "信息发布审核"),
        ("接受群众和社监督。", "社监督", "社会监督"),
        ("组织开展专题训培。", "训培", "培训"),
    ],
)
def test_a_slip_is_told_as_doubtful_with_a_repair_that_is_asked_for(text, wrong, right):
    (one,) = [each for each in said(text) if each.rule == "D-09"]
    assert one.message == f"“{one.quote}”疑应为“{one.repair.edits[0].new}”"
    assert wrong in one.quote
    assert right in one.repair.edits[0].new
    assert not one.repair.is_safe


SAYINGS = Slips(
    spared(["强化责任", "明确任务", "提升效能"]),
    Slips(spared(["强化责任", "明确任务", "提升效能"]), {}, Pairs("责任 - -"), WholeWords("")).index(),
    Pairs("\n".join(f"{word} - -" for word in ("责任", "任务", "效能", "服务", "公开", "意识", "不断"))),
    WholeWords("增强"),
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("不断强责任意识", 1),
        ("强责任", 1),
        ("强责任、明任务。", 0),
        ("做到“强责任”", 0),
        ("一是强责任。", 0),
        ("强责任优服务", 0),
        ("以公开提效能、公开优服务为导向", 0),
        ("不断提效能、公开目录", 1),
        ("增强责任", 0),  # 增强 is a whole word
    ],
)
def test_a_saying_of_three_characters_has_lost_none(text, count):
    assert len(list(SAYINGS.find(text, filter(SAYINGS.may_be, sorted(twos(text)))))) == count
