"""Counts that a text announces, with the items that follow: 以下四个方面：一是……; 如下五类信息：……、……

Must not compare: the rules do.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.checks.quantities.told import MARKS, Worded, without_brackets, worded
from app.chinese import to_chinese

_BELOW = ("以下", "如下", "下列", "下面")
_ASPECTS = "方面"
# 四项措施，一是……: what is counted off without 以下
_COUNTED_OFF = ("方面", "工作", "举措", "措施", "重点", "环节", "机制", "任务", "办法", "问题", "不足")
_UNITS, _KINDS = frozenset("个大项条点类种件"), frozenset("类种项")
_NEAR = 40  # characters from the count to its first item
_LONGEST = 1_500  # characters of an item
_LONGEST_LIST = 200  # of a list of names
_MOST = 20
_BOUNDS = frozenset("。；;：:，,、！）)\n“ \t\u3000")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


class Announced(NamedTuple):
    """A count with at least and at most so many items behind it: A和B may be one."""

    said: int
    written: str  # 以下四个方面
    least: int
    most: int
    words: str  # of names in a row; "" of what is counted off
    start: int
    end: int


@lru_cache(maxsize=128)
def announced(text: str) -> tuple[Announced, ...]:
    """The counts of a text that items follow."""
    found = (_of(text, one) for one in worded(text) if 1 < one.value <= _MOST)
    return tuple(one for one in found if one is not None)


def _of(text: str, one: Worded) -> Announced | None:
    is_below = text[one.start - 2 : one.start] in _BELOW
    of_aspects = one.unit == _ASPECTS or text.startswith(_ASPECTS, one.end)
    begin = one.start - 2 * is_below
    noun = _noun(text, one.end)
    mark = text[one.end + len(noun) : one.end + len(noun) + 1]
    is_from = of_aspects and text[one.start - 1 : one.start] == "从" and mark in tuple("：:")
    counted_off = is_below or is_from or _is_counted_off(text, one, noun, mark)
    if counted_off and (count := _items(text, one.end)):
        known = next((word for word in _COUNTED_OFF if noun.startswith(word)), "")
        end = one.end + len(known)
        return Announced(one.value, text[begin:end], count, count, "", begin, end)
    is_list = mark in tuple("：:") and not noun.endswith(
        ("分别是", "分别为", "即")
    )  # those are read as names
    if is_list and (is_below or (one.unit in _KINDS and 0 < len(noun) <= 6)):
        return _names(text, one, begin, one.end + len(noun))
    return None


def _noun(text: str, start: int) -> str:
    """What is counted, up to the next mark."""
    end = next((at for at in range(start, min(start + 16, len(text))) if text[at] in MARKS), start + 16)
    return text[start:end]


def _is_counted_off(text: str, one: Worded, noun: str, mark: str) -> bool:
    """四项措施，一是……; 三个问题：一是……"""
    start = one.end + len(noun) + 1
    is_named = noun.startswith(_COUNTED_OFF) or mark in tuple("：:")
    return one.unit in _UNITS and is_named and mark in tuple("：:，,") and text.startswith("一是", start)


# -- 一是，二是 -----------------------------------------------------------------------------------------------------------------


class _Style(NamedTuple):
    """A way of counting off: how a number is written, what has to stand behind it."""

    words: str
    numbers: str  # "": 1, 2, 3
    behind: tuple[str, ...] = ()

    @property
    def is_of_headings(self) -> bool:
        """（一）, 1."""
        return self.words in ("（{}）", "({})", "{}")

    def mark(self, number: int) -> str:
        if self.numbers == _CIRCLED:
            return _CIRCLED[number - 1 : number]
        return self.words.format(to_chinese(number) if self.numbers else number)


_HAN = "一"
_STYLES = (
    _Style("{}是", _HAN),
    _Style("第{}", _HAN, ("，", "、", ",")),
    _Style("其{}", _HAN, ("，", "、", ",")),
    *(_Style(words, numbers) for words in ("（{}）", "({})") for numbers in (_HAN, "")),
    _Style("{}", "", (".", "．", "、")),
    _Style("", _CIRCLED),
)


def _items(text: str, start: int) -> int:
    """How many items follow each other from the first one that stands near."""
    firsts = [(_find(text, style, 1, start, start + _NEAR), style) for style in _STYLES]
    at, style = min((one for one in firsts if one[0] >= 0), default=(-1, _STYLES[0]), key=lambda one: one[0])
    stop = _last_place(text, style, at)
    count = 0
    while at >= 0 and count < _MOST:
        count += 1
        behind = at + 1
        at = _find(text, style, count + 1, behind, min(behind + _LONGEST, stop))
        if at >= 0 and any(_find(text, style, told, behind, at) >= 0 for told in range(1, count + 1)):
            break  # another list begins, or goes on
    return count if count > 1 else 0


def _last_place(text: str, style: _Style, first: int) -> int:
    """A list of （一） within a line ends with it: the next line may be headed （四）."""
    end = text.find("\n", first)
    is_within = text[text.rfind("\n", 0, max(first, 0)) + 1 : max(first, 0)].strip() != ""
    return end if style.is_of_headings and is_within and end >= 0 else len(text)


def _find(text: str, style: _Style, number: int, start: int, end: int) -> int:
    """Where the mark of a number stands at the head of a clause, -1 where it does not."""
    mark = style.mark(number)
    at = text.find(mark, start, end + len(mark)) if mark else -1
    while at >= 0:
        behind = text[at + len(mark) : at + len(mark) + 2]
        is_whole = not style.behind or (behind[:1] in style.behind and not behind[1:].isdigit())
        if is_whole and (at == start or text[at - 1] in _BOUNDS):
            return at
        at = text.find(mark, at + 1, end + len(mark))
    return -1


# -- names in a row -----------------------------------------------------------------------------------------------------------


def _names(text: str, one: Worded, begin: int, mark: int) -> Announced | None:
    """如下五类信息：机构职能、政策文件、财政信息。"""
    start = mark + 1
    end = next(
        (at for at in range(start, min(start + _LONGEST_LIST, len(text))) if text[at] in "。\n"), len(text)
    )
    words = without_brackets(text[start:end])
    if end - start >= _LONGEST_LIST or "等" in words:
        return None
    items = list(_split(words))
    if len(items) < 2 or not all(1 <= len(item) <= _longest(words) for item in items):
        return None
    joined = sum(item.count(sign) for item in items for sign in "和及与")
    return Announced(
        one.value, text[begin:mark], len(items), len(items) + joined, text[start:end], begin, end
    )


def _longest(words: str) -> int:
    return 40 if "；" in words else 16


def _split(words: str) -> Iterator[str]:
    """A、B、C; A；B；C; what stands behind a comma is no item, unless it is told as the others."""
    if "；" in words:
        yield from words.split("；")
        return
    listed, _, rest = words.partition("，")
    if "、" not in rest and "，" not in rest[:8] and (not rest or len(rest) > 8):
        yield from listed.split("、")
