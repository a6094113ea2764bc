"""The numbers of a text that claims are made of: those of things in figures, and those in words or of one figure.

Must not know what is claimed of them.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.checks.language.numerals import Quantity, number, quantities
from app.patterns import lazily

# 1至6月58条: what stands between two numbers of things
_OF_TIME = frozenset(("年", "月", "日", "天", "小时", "分钟", "工作日", "个工作日", "个月"))
MARKS = frozenset("，,。；;、：:（(\n")

# 三场, 五个; 5项: a number in words, or one figure, with what is counted, also where it counts names; 第三项 is none
_IN_WORDS = lazily(
    r"(?=[一二两三四五六七八九十百2-9])(?P<n>[一二两三四五六七八九十百]{1,5}|(?<![\d.])[2-9])"
    r"(?P<of>方面|个|项|类|大|张|种|级|道|步|重|轮|层|审|场|期|次|处|块|家|名|部|台|条|件|点|本|份)"
)


class Worded(NamedTuple):
    """A number in words, or of one figure, with what it counts."""

    value: int
    unit: str
    start: int
    end: int
    written: str


@lru_cache(maxsize=128)
def worded(text: str) -> tuple[Worded, ...]:
    """Every number in words with what it counts, in order."""
    return tuple(_read(text))


def worded_in(text: str, start: int, end: int) -> tuple[Worded, ...]:
    """Those that begin in text[start:end]."""
    first, behind = (bisect_left(worded(text), at, key=lambda one: one.start) for at in (start, end))
    return worded(text)[first:behind]


def _read(text: str) -> Iterator[Worded]:
    for one in _IN_WORDS.finditer(text):
        if text[one.start() - 1 : one.start()] == "第":
            continue
        try:
            value = int(number(one["n"]))
        except ValueError:  # 三五家
            continue
        yield Worded(value, one["of"], one.start(), one.end(), one["n"])


@lru_cache(maxsize=128)
def told(text: str) -> tuple[Quantity, ...]:
    """Every number of things, none of time."""
    return tuple(one for one in quantities(text) if one.unit not in _OF_TIME)


def without_brackets(words: str) -> str:
    """15个村（社区） → 15个村; a bracket that is not closed stays."""
    before, opens, rest = words.partition("（")
    while opens and "）" in rest:
        before, opens, rest = (before + rest.partition("）")[2]).partition("（")
    return before + opens + rest
