"""Numbers with their units in running text: Arabic and Chinese numerals, 万 and 亿, 余 and 约."""

import re
from bisect import bisect_left
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from app.chinese import from_chinese, nfkc
from app.patterns import lazily

# 人次 before 人 before 次: the longest unit wins
UNITS = (
    "人次|[（(]人[）)]次|场次|件次|条次|工作日|万元|亿元|公里|小时|分钟|平方米|个百分点|个月|个工作日|个方面|"
    "[条件篇项起宗份个期场次人名家户部则封处批块台字天日月年元分页张本册版亩类种位%％]"
)
COUNTED = frozenset(
    [
        "条",
        "件",
        "篇",
        "项",
        "起",
        "宗",
        "份",
        "个",
        "期",
        "场",
        "次",
        "则",
        "部",
        "封",
        "册",
        "张",
        "处",
        "块",
        "场次",
        "件次",
        "条次",
    ]
)
# 200余, 100以上, 超过100: that or more; 近100, 约100 may be less
_LEAST = frozenset({"余", "多", "以上", "有余", "超", "超过", "逾", "不少于", "至少", "突破"})

_CHINESE_UNITS = "[件条篇起宗份项]"
# 近300余条, 1.2万人次, 三件, 12条以上: a number with its unit and what makes it inexact; 一件事, 三条主线 are none
_QUANTITY = lazily(
    r"(?=[近约大将超逾不至突达\d一二两三四五六七八九十百千零])"  # so that other characters are passed over at once
    r"(?:(?P<before>近|约|大约|将近|超过?|逾|不少于|至少|突破|不足|达到?近)\s{0,4})?"
    rf"(?:(?<![\d.〔\[A-Za-z])(?P<n>\d+(?:,\d{{3}})*(?:\.\d+)?)\s{{0,4}}(?P<scale>万|亿)?\s{{0,4}}(?P<more>余|多|来|几)?\s{{0,4}}(?P<unit>{UNITS})"
    rf"|(?<![第每这那哪任统同唯万千百十不几数无])(?P<word>[一二两三四五六七八九十百千零]{{1,7}})(?P<word_more>余|多|几)?"
    rf"(?P<word_unit>{_CHINESE_UNITS})(?!事|龙|主线|次|件|条|项))"
    r"(?P<after>以上|左右|上下|有余|多(?!次|样|种|项|元|渠|层|方|形))?"
)
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


class Quantity(NamedTuple):
    """A number with its unit; `about` when the text itself says that it is not exact (余, 约, 近 …)."""

    value: Decimal
    unit: str
    about: bool
    start: int  # of the number
    end: int  # behind the unit
    at_least: bool = False  # about, and not less


@lru_cache(maxsize=256)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a known unit, in order; numbers without one (years of a document, ordinals) are none."""
    return tuple(one for found in _QUANTITY.finditer(text) if (one := _quantity(found)) is not None)


@lru_cache(maxsize=256)
def _starts(text: str) -> tuple[int, ...]:
    return tuple(one.start for one in quantities(text))


def quantities_in(text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Those whose number begins in text[start:end]."""
    starts = _starts(text)
    return quantities(text)[bisect_left(starts, start) : bisect_left(starts, end)]


def _quantity(found: re.Match[str]) -> Quantity | None:
    signs = [sign for sign in found.group("before", "more", "word_more", "after") if sign]
    about, least = bool(signs), bool(signs) and all(sign in _LEAST for sign in signs)
    if found["n"]:
        value = number(found["n"]) * (_SCALES[scale] if (scale := found["scale"]) else 1)
        return Quantity(value, found["unit"], about, found.start("n"), found.end("unit"), least)
    try:
        value = number(found["word"])
    except ValueError:
        return None
    return Quantity(value, found["word_unit"], about, found.start("word"), found.end("word_unit"), least)


def number(text: str) -> Decimal:
    """3,050 → 3050, 二十三 → 23, 两 → 2; ValueError for anything else."""
    if text.isascii() and text.isdigit():
        return Decimal(text)
    plain = nfkc(text).replace(",", "")
    if plain[:1].isdigit():
        return Decimal(plain)
    return Decimal(_in_words(text.replace("两", "二"))) if text != "零" else Decimal(0)


def _in_words(text: str) -> int:
    """一百二十 → 120, 三千零五 → 3005; ValueError for anything else."""
    value, rest = 0, text
    for sign, scale in (("千", 1000), ("百", 100)):
        head, found, tail = rest.partition(sign)
        if found:
            if len(head) != 1:
                raise ValueError(text)
            value += from_chinese(head) * scale
            rest = tail.removeprefix("零")
            if not rest:
                return value
    return value + from_chinese(rest)


def plain(value: Decimal) -> str:
    """A number as it is written in a message: 212, 28.8."""
    return f"{value.normalize():f}"
