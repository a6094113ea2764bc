"""What the words right before a number make of it: a share, a rate, growth, what was before, what it became."""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from app.patterns import Words, lazily

SHARE, RATE, RISE = "share", "rate", "rise"  # of a percentage
OLD, NEW, CHANGE = "old", "new", "change"  # of a number of things
PERCENT = "%"
BRACKET = "（"  # a share that no 占 tells: 4件（40%）
_MOST = 200  # figures of a text that are looked at
_FARTHEST = 40  # characters of a clause that are looked at before a number
_NAME = 16  # of what is named before 占

# without any of these no number has a role
_WORTH = Words("%|％|比|较|由|从|增|减|降|升")
# 30%, 1,200条: every number that may have a role
_FIGURE = lazily(
    r"(?=\d)(?<![\d.,])(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[%％]|条|件|篇|次|期|份|项|场|个(?!百分点))"
)
# the words of each role, up to the number
_BEFORE_PERCENT = {
    # 占比30%, 占总数的26%, 占全年公开总数600条的30%
    SHARE: r"占(?P<of>[^，。；、\d]{0,14}?)(?:(?P<whole>\d[\d,]*)\s*(?P<unit>[一-龥]{1,2}?)的(?:比例为|约)?)?",
    # 办结率100%, 按期答复率为98%, 回收率达97.6%
    RATE: r"(?P<when>按时|按期|及时)?(?P<name>[一-龥]{2}?)率(?:均?为|仅为?|达到?|约|：|是|\s)*",
    # 增长12.4%, 降幅为15%
    RISE: r"(?:增长|增幅|增加|上升|提高|下降|降幅|减少)[^，。；\d]{0,4}",
}
_BEFORE_COUNT = {
    # 增加到150条, 增至150条
    NEW: r"(?:增加|增长|增|提高|提升|上升|减少|下降|降|减)(?:到|至|为)(?:20\d\d年度?的?)?[^，。；\d]{0,8}?",
    # 增加36条; 比上年增加36条: what was before is not told
    CHANGE: r"(?P<since>同比|(?:比|较)(?:去年|上一?年度?|20\d\d年度?)(?:同期)?)?(?P<way>增加|减少|增长|下降|多|少)了?",
    # 比上年的290条; 由100条增加到150条
    OLD: r"(?:比|较|由|从)(?:(?P<last>去年|上一?年度?|20\d\d年度?)(?:同期|全年)?的?[^，。；、\d增减多少升降提]{0,6}?|[^，。；、\d]{0,14}?)",
}


def _one_of(roles: dict[str, str], needs: str) -> re.Pattern[str]:
    ways = "|".join(f"(?P<{role}>{words})" for role, words in roles.items())
    return lazily(rf"(?:{ways})\s*$", needs=needs)


# 占比…, 增加到…
_OF_PERCENT = _one_of(_BEFORE_PERCENT, "占|率|增|上升|提高|下降|降幅|减少")
_OF_COUNT = _one_of(_BEFORE_COUNT, "增|降|减|提高|提升|上升|多|少|比|较|由|从")
# （40%）: a share without 占
_OPENS = lazily(r"[（(]\s*$")
# 由100条增加到……: what it became is told behind it
_BECOMES = lazily(r"[^，。；]{0,8}?(?:到|至|为)")
# what is named before 占: 网站, 其余
_NAMED = lazily(rf"[^，,。；;、\d%％]{{0,{_NAME}}}$")


class Figure(NamedTuple):
    """A number with its role and the words that give it."""

    role: str
    shown: str  # as it is written: 12.50
    unit: str
    start: int  # of the words of its role
    number: int
    end: int
    of: str = ""  # of a share: what stands behind 占; of a change: 同比, 比上年
    name: str = ""  # of a share: what is named before 占; of a rate: 办结
    way: str = ""  # of a rate: 按期; of a change: 增加
    whole: str = ""  # of a share: the number told beside it, 600 of 占总数600条的30%
    whole_unit: str = ""

    @property
    def value(self) -> Decimal:
        return digits(self.shown)

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@lru_cache(maxsize=128)
def figures(text: str) -> tuple[Figure, ...]:
    """Every number of a text that has a role, in order."""
    if not _WORTH.stand_in(text):
        return ()
    return tuple(one for found in islice(_FIGURE.finditer(text), _MOST) if (one := _read(text, found)))


def of_role(text: str, role: str) -> list[Figure]:
    return [one for one in figures(text) if one.role == role]


class Step(NamedTuple):
    """由91.2%提升至95.6%，提高5.4个百分点: two percentages and how far they are apart."""

    old: str
    new: str
    by: str
    span: tuple[int, int]


# 由91.2%提升至95.6%，提高5.4个百分点
_STEP = lazily(
    r"[由从][^，。；\d]{0,10}(?P<old>\d+(?:\.\d+)?)[%％][^，。；\d]{0,8}[到至为][^，。；\d]{0,6}(?P<new>\d+(?:\.\d+)?)[%％][，,]?"
    r"[^，。；\d]{0,8}(?P<by>\d+(?:\.\d+)?)个百分点",
    needs="个百分点",
)


def steps(text: str) -> Iterator[Step]:
    for one in _STEP.finditer(text):
        yield Step(one["old"], one["new"], one["by"], one.span())


def _read(text: str, found: re.Match[str]) -> Figure | None:
    number, end = found.start("n"), found.end()
    least = max(0, number - _FARTHEST)
    # no word of a role stands beyond the end of a clause
    least = max(least, *(text.rfind(mark, least, number) + 1 for mark in "，。；"))
    before = text[least:number]
    if found["unit"] in "%％":
        return _percentage(found["n"], before, least, end)
    words = _OF_COUNT.search(before)
    if words is None:
        return None
    role = next(role for role in _BEFORE_COUNT if words[role] is not None)
    if role == OLD and not words["last"] and not _BECOMES.match(text, end):
        return None
    start = least + words.start()
    return Figure(
        role, found["n"], found["unit"], start, number, end, of=words["since"] or "", way=words["way"] or ""
    )


def _percentage(shown: str, before: str, least: int, end: int) -> Figure | None:
    number = least + len(before)
    words = _OF_PERCENT.search(before)
    if words is None:
        opens = _OPENS.search(before)
        return (
            Figure(SHARE, shown, PERCENT, least + opens.start(), number, end, of=BRACKET) if opens else None
        )
    start = least + words.start()
    role = next(role for role in _BEFORE_PERCENT if words[role] is not None)
    if role != SHARE:
        return Figure(
            role, shown, PERCENT, start, number, end, name=words["name"] or "", way=words["when"] or ""
        )
    named = _NAMED.search(before[: words.start()])
    return Figure(
        role,
        shown,
        PERCENT,
        start,
        number,
        end,
        of=words["of"],
        name=named[0] if named else "",
        whole=words["whole"] or "",
        whole_unit=words["unit"] or "",
    )


def digits(text: str) -> Decimal:
    """1,200 → 1200."""
    return Decimal(text.replace(",", ""))


def makes(part: Decimal, whole: Decimal, shown: str) -> bool:
    """Whether part/whole is the percentage shown, rounded or cut to its decimals."""
    if not whole:
        return False
    exact = part * 100 / whole
    return Decimal(shown) in (
        exact.quantize(_step(shown), ROUND_HALF_UP),
        exact.quantize(_step(shown), ROUND_DOWN),
    )


def percent(part: Decimal, whole: Decimal, shown: str) -> str:
    """The percentage with as many decimals as the one shown."""
    return f"{(part * 100 / whole).quantize(_step(shown), ROUND_HALF_UP):f}"


def wholes(part: Decimal, shown: str) -> tuple[Decimal, Decimal]:
    """The least and the greatest total of which a part is the share shown, rounded or cut."""
    low = max(Decimal(shown) - _step(shown) / 2, _step(shown) / 10)
    return part * 100 / (Decimal(shown) + _step(shown)), part * 100 / low


def _step(shown: str) -> Decimal:
    return Decimal(1).scaleb(-len(shown.partition(".")[2]))
