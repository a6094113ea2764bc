"""A pattern that waits for its first use finds what the compiled one finds, and costs nothing afterwards."""

import re
import sys
from re import _parser

import pytest

from app.checks.rule import rules
from app.patterns import Later, Needing, cheaply_spelt, lazily
from tests.places import TESTS

rules()  # imports the modules of all rules
CONSTANTS = [
    one
    for name, module in list(sys.modules.items())
    if name.startswith("app.")
    for value in vars(module).values()
    for one in (value if isinstance(value, tuple) else (value,))
    for one in (one if isinstance(one, tuple) else (one,))
]
WAITING = sorted({one.pattern: one for one in CONSTANTS if isinstance(one, Later)})
NEEDING = {one.pattern: one for one in CONSTANTS if isinstance(one, Needing)}


@pytest.mark.parametrize("pattern", WAITING)
def test_every_waiting_pattern_is_a_sound_one(pattern):
    re.compile(pattern)


def test_they_were_all_found():
    assert len(WAITING) > 100


def test_nothing_is_compiled_before_the_first_use():
    broken = lazily("(")
    with pytest.raises(re.error):
        broken.search("甲")


TEXT = "收到申请12件\n办结3件"


@pytest.mark.parametrize(
    "use",
    [
        lambda one: one.search(TEXT)[0],
        lambda one: one.search(TEXT, 6)[0],
        lambda one: one.match(TEXT),
        lambda one: one.match(TEXT, 4)[0],
        lambda one: one.fullmatch("3")[0],
        lambda one: [found.span() for found in one.finditer(TEXT)],
        lambda one: one.findall(TEXT),
        lambda one: one.sub("#", TEXT),
        lambda one: one.split(TEXT),
        lambda one: one.groups,
        lambda one: one.groupindex["n"],
        lambda one: one.pattern,
    ],
)
def test_each_use_is_that_of_the_compiled_pattern(use):
    pattern = r"(?P<n>\d+)(件)?"
    waiting, compiled = lazily(pattern), re.compile(pattern)
    assert use(waiting) == use(compiled)
    assert use(waiting) == use(compiled)  # the second use finds it compiled


def test_flags_are_kept():
    assert lazily("^办", re.M).search(TEXT) is not None
    assert lazily("^办").search(TEXT) is None


def test_after_the_first_use_the_methods_are_those_of_the_compiled_pattern():
    waiting = lazily(r"\d件")
    waiting.search(TEXT)
    assert isinstance(waiting.finditer.__self__, re.Pattern)


PROSE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((TESTS / "samples").glob("*.txt"))[:6])


@pytest.mark.parametrize("pattern", [one for one in WAITING if "一-龥" in one])
def test_the_cheap_spelling_of_a_pattern_finds_the_same(pattern):
    cheap = re.compile(cheaply_spelt(pattern), re.M)
    found = [one.span() for one in re.compile(pattern, re.M).finditer(PROSE)]
    assert [one.span() for one in cheap.finditer(PROSE)] == found


@pytest.mark.parametrize(
    ("pattern", "cheap"),
    [
        ("[一-龥]", r"[^\W\da-zA-Z_]"),
        ("[一-龥》]+条", r"(?:[^\W\da-zA-Z_]|[》])+条"),
        ("[^一-龥]", "[^一-龥]"),
        (r"[（(\[一-龥]", r"(?:[^\W\da-zA-Z_]|[（(\[])"),
        ("[，。]", "[，。]"),
    ],
)
def test_a_class_of_all_chinese_characters_is_spelt_cheaply(pattern, cheap):
    assert cheaply_spelt(pattern) == cheap


MOST = 100_000  # spellings of a piece of a pattern that are held against the words


def holds(items, words) -> bool:
    """Whether whatever these items of a parsed pattern match, or look at, has one of the words."""
    spelt = {""}  # all ways in which what stands before may be spelt
    for place, (op, value) in enumerate(items):
        name = str(op)
        is_before_all = place == 0 and name == "ASSERT" and value[0] < 0  # (?<=[，。]) as the first of all
        ways = _spellings(value[1]) if is_before_all else _ways(name, value)
        spelt = {before + way for before in spelt for way in ways} if ways else {""}
        if name == "MAX_REPEAT" and value[0] > 0 and not ways:
            spelt = _spellings(value[2]) or {""}  # the last of several
        if len(spelt) > MOST:
            spelt = ways
        is_ahead = name == "ASSERT" and value[0] > 0  # (?=《): what comes next
        seen = {one + way for one in spelt for way in _spellings(value[1])} if is_ahead else spelt
        if (seen and all(any(word in one for word in words) for one in seen)) or _holds_inside(
            name, value, words
        ):
            return True
    return False


def _ways(name: str, value) -> set[str]:
    """How a single item may be spelt, where these are few."""
    if name == "LITERAL":
        return {chr(value)}
    if name in ("ASSERT", "ASSERT_NOT"):
        return {""}  # takes no place
    if name == "IN" and all(str(op) in ("LITERAL", "RANGE") for op, _ in value):
        spans = [(one, one) if str(op) == "LITERAL" else one for op, one in value]
        return {chr(char) for first, last in spans for char in range(first, min(last, first + 40) + 1)}
    if name == "SUBPATTERN":
        return _spellings(value[-1])
    if name == "MAX_REPEAT" and value[:2] == (0, 1):
        return (found := _spellings(value[2])) and found | {""}
    if name == "BRANCH":
        each = [_spellings(one) for one in value[1]]
        return set().union(*each) if all(each) else set()
    return set()


def _spellings(items) -> set[str]:
    found = {""}
    for op, value in items:
        ways = _ways(str(op), value)
        if not ways or len(found) * len(ways) > MOST:
            return set()
        found = {before + way for before in found for way in ways}
    return found


def _holds_inside(name: str, value, words) -> bool:
    if name == "BRANCH":
        return all(holds(each, words) for each in value[1])
    if name == "SUBPATTERN":
        return holds(value[-1], words)
    if name == "ASSERT":
        return holds(value[1], words)
    return name in ("MAX_REPEAT", "MIN_REPEAT") and value[0] > 0 and holds(value[2], words)


@pytest.mark.parametrize("pattern", NEEDING)
def test_what_a_pattern_needs_is_in_all_that_it_finds(pattern):
    one = NEEDING[pattern]
    assert all(holds(_parser.parse(pattern), words) for words in one.needs)


@pytest.mark.parametrize(
    ("pattern", "words", "is_held"),
    [
        ("[一二]、", "一、|二、", True),
        ("[一二三]、", "一、|二、", False),
        ("(?:省|市)(?:人民)?政府", "政府", True),
        ("(?:省|市)政府", "省政|市政", True),
        ("(?:省|市)?政府", "省政|市政", False),
        ("(?:省|[市县])(?:级|政)", "省级|省政|市级|市政|县级|县政", True),
        (r"\d条", "条", True),
        (r"\d条", "1条", False),
        ("[0-9]条", "|".join(f"{n}条" for n in range(10)), True),
        ("[^省]级", "级", True),
        ("[^省]级", "市级", False),
    ],
)
def test_the_needs_of_a_pattern_are_understood(pattern, words, is_held):
    assert holds(_parser.parse(pattern), words.split("|")) is is_held


def test_several_patterns_need_a_word():
    assert len(NEEDING) > 20


def test_a_pattern_that_needs_a_word_is_not_tried_without_it():
    broken = lazily("占(", needs="占")
    assert broken.search("共12件") is None
    assert broken.match("共12件", 1, 3) is None
    assert list(broken.finditer("共12件")) == []
    assert broken.sub("", "共12件") == "共12件"
    assert broken.fullmatch("共12件") is None
    assert lazily("占(比", needs="占&比|率").search("占12%") is None
    with pytest.raises(re.error):
        broken.search("占12%")


def test_at_one_place_of_a_long_text_its_words_are_not_looked_for():
    """Looked for from every number on, a text of a thousand numbers took the square of its length."""
    with pytest.raises(re.error):
        lazily("占(", needs="占").match("共" * 5_000, 3)


def test_a_pattern_of_words_needs_one_of_them():
    one = lazily("增长|下降")
    assert one.needs == (("增长", "下降"),)
    assert one.search("同比增长")[0] == "增长"
    assert one.findall("增长、下降") == ["增长", "下降"]
    assert isinstance(lazily("增长|下降."), Later)


def test_a_pattern_that_needs_a_word_finds_where_it_is():
    one = lazily(r"占(\d+)", needs="占|共")
    assert one.search("共1件，占12%")[1] == "12"
    assert one.match("占3", 0)[1] == "3"
    assert [found[1] for found in one.finditer("占1占2占3", 2, 4)] == ["2"]
    assert lazily(r"(?<=占)\d+", needs="占").search("占12", 1, 3)[0] == "12"


def test_only_the_piece_that_is_looked_through_is_looked_at_for_the_word():
    one = lazily("占(", needs="占")
    assert one.search("占" * 5000 + "共" * 100, 5050, 5060) is None
