"""How often more, by how much more, which share: told beside the two numbers that make it, or shares in a row.

Must not compare: the rules do.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.checks.language.numerals import Quantity, number, quantities
from app.checks.quantities.told import MARKS, told
from app.patterns import lazily

PERCENT, TIMES, SHARE = "percent", "times", "share"
_NEAR = 24  # characters between two numbers that are compared
# without one of these nothing is told of two numbers
_WORTH = ("倍", "番", "%", "％", "成", "半", "分之")
# 2023年的, which may stand before either number
_YEAR = lazily(r"20\d\d年度?的?")

# 增长25%， , 增长一倍， : before 由240条增加到320条
_BEFORE = lazily(
    r"(?:(?:增长|增加|上升|提高|提升|下降|减少)了?(?P<percent>\d+(?:\.\d+)?)[%％][，,]|(?:增长|增加|提高|上升)了?(?P<twice>一倍)[^。；\d\n]{0,8})$"
)
# ，翻了一番; ，是上年的3倍: behind them; 近一番, 3倍多 are about right anyhow
_BEHIND = lazily(
    r"[，,](?P<near>[^，。；\d\n]{0,8}?)"
    r"(?:(?P<twice>翻了?一番|翻番|(?:增长|增加)了?一倍|翻倍)|(?P<four>翻了?两番)|(?:是|为|达到?)[^，。；\d\n]{0,8}?的?(?P<times>\d+(?:\.\d+)?|[两三四五六七八九十])倍)(?!多|以上)"
)
_ABOUT = ("近", "约", "超", "多", "余", "逾", "将", "几乎")
# 的3倍
_TIMES = lazily(r"的(\d+(?:\.\d+)?)倍")
# 信息的二成, 的一半, 的四分之一
_SHARE = lazily(
    r"[^，。；、\d\n]{0,4}的(?P<more>约|近|超过?)?"
    r"(?:(?P<tenths>[一二三四五六七八九])成(?P<half>半|[一二三四五六七八九])?|(?P<most>一半|半数)|(?P<of>[二三四五六七八九十])分之(?P<over>[一二三四五六七八九]))(?P<over_it>以上|多|左右)?"
)


class Change(NamedTuple):
    """Two numbers, and what is said of them: by how many per cent, how many times, which share."""

    says: str
    value: Decimal
    written: str  # the percentage as it stands there
    first: Quantity  # what was; of a share the part
    second: Quantity  # what became of it; of a share the whole
    start: int
    end: int


@lru_cache(maxsize=128)
def changes(text: str) -> tuple[Change, ...]:
    """What is said of two numbers that stand beside each other."""
    return tuple(_changes(text)) if any(word in text for word in _WORTH) else ()


def _changes(text: str) -> Iterator[Change]:
    numbers = told(text)
    for one, following in pairwise(numbers):
        if one.unit != following.unit or following.start - one.end > _NEAR:
            continue
        gap = text[one.end : following.start]
        if gap[:2] in ("，是", ",是") and MARKS.isdisjoint(gap[1:]):
            yield from _times(text, one, following)
        elif gap[:1] in tuple("，,（(") and gap[1:2] == "占" and MARKS.isdisjoint(gap[1:]):
            yield from _share(text, one, following)
        elif any(to in gap for to in "到至为"):
            yield from _risen(text, one, following, gap)


def _times(text: str, new: Quantity, old: Quantity) -> Iterator[Change]:
    """5.2万次，是上年2.6万次的3倍."""
    said = _TIMES.match(text, old.end)
    if said:
        yield Change(TIMES, Decimal(said[1]), "", old, new, new.start, said.end())


def _share(text: str, part: Quantity, whole: Quantity) -> Iterator[Change]:
    """45条，占全部300条信息的二成."""
    one = _SHARE.match(text, whole.end)
    if one is None or one["more"] or one["over_it"]:
        return
    if one["most"]:
        value = Decimal(50)
    elif one["of"]:
        value = number(one["over"]) * 100 / number(one["of"])
    else:
        half = one["half"] or ""
        value = number(one["tenths"]) * 10 + (
            Decimal(5) if half == "半" else number(half) if half else Decimal(0)
        )
    yield Change(SHARE, value, "0.1", part, whole, part.start, one.end())


def _risen(text: str, old: Quantity, new: Quantity, gap: str) -> Iterator[Change]:
    """由240条增加到320条 with what is said of it before and behind."""
    begin = _from(text, old.start)
    if begin < 0 or not MARKS.isdisjoint(_YEAR.sub("", gap)):
        return
    before = _BEFORE.search(text[max(begin - _NEAR, 0) : begin])
    if before:
        start = begin - len(before[0])
        says, value = (PERCENT, Decimal(before["percent"])) if before["percent"] else (TIMES, Decimal(2))
        yield Change(says, value, before["percent"] or "", old, new, start, new.end)
    behind = _BEHIND.match(text, new.end)
    if behind and not any(word in behind["near"] for word in _ABOUT):
        value = Decimal(2) if behind["twice"] else Decimal(4) if behind["four"] else number(behind["times"])
        yield Change(TIMES, value, "", old, new, begin, behind.end())


def _from(text: str, start: int) -> int:
    """Where the 由 or 从 of a number stands, -1 where none does."""
    least = max(start - 18, 0)
    words = text[least:start]
    at = max(words.rfind("由"), words.rfind("从"))
    between = _YEAR.sub("", words[at + 1 :])
    is_near = at >= 0 and len(between) <= 8 and MARKS.isdisjoint(between)
    return least + at if is_near else -1


# -- shares in a row --------------------------------------------------------------------------------------------------------------


class Shares(NamedTuple):
    """Percentages told in a row as shares."""

    added: Decimal
    start: int
    end: int


def shares(text: str) -> Iterator[Shares]:
    """占比分别为45%、35%、30%; 从发布渠道看，网站占60%，公众号占30%，公开栏占15%."""
    run: list[Quantity] = []
    for one in (*(each for each in quantities(text) if each.unit in "%％"), None):
        if one and run and _goes_on(text, run, one):
            run.append(one)
            continue
        begin = _head(text, run) if len(run) > 1 else -1
        if begin >= 0:
            yield Shares(sum((each.value for each in run), Decimal(0)), begin, run[-1].end)
        run = [one] if one else []


def _goes_on(text: str, run: list[Quantity], one: Quantity) -> bool:
    """Whether a percentage belongs to the row: alone, or named as the first of it is."""
    gap = text[run[-1].end : min(one.start, run[-1].end + _NEAR)]
    if gap in ("、", "，", "和", "及"):
        return True
    name = gap[1:].removesuffix("为").removesuffix("比")
    is_named = name.endswith("占") and MARKS.isdisjoint(name) and "其中" not in name
    return is_named and gap[0] in "，,、" and one.start - run[-1].end < _NEAR


def _head(text: str, run: list[Quantity]) -> int:
    """Where the words stand that make shares of one whole of them, -1 where none do."""
    least = max(run[0].start - _NEAR, 0)
    words = text[least : run[0].start]
    bare = words.removesuffix("为").removesuffix("是").removesuffix("分别")
    of = next((one for one in ("占比", "比例", "占") if bare.endswith(one)), "")
    if not of:
        return -1
    is_row = all(b.start - a.end == 1 for a, b in pairwise(run))
    if is_row:
        return least + len(bare) - len(of)
    if text.startswith(_REST, run[-2].end + 1):
        return -1  # they have to make 100 %, which is held elsewhere
    name = _clause(bare)
    opens = text[: least + len(bare) - len(name)].rstrip("，,：:")[-2:]
    return least + len(bare) - len(name) if opens.endswith(_DIVIDED) else -1


_REST = ("其余", "其他", "其它", "剩余")
# 从发布渠道看，按内容分：what follows are parts of one whole
_DIVIDED = ("看", "分", "划分", "分类", "统计")


def _clause(words: str) -> str:
    return words[max(words.rfind(mark) for mark in MARKS) + 1 :]
