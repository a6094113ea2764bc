"""Counts that a text claims of names, and the names themselves: 四张清单，即……; “……”“……”五个专栏; ……的三级审核.

Must not compare: the rules do.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.checks.quantities.told import MARKS, Worded, worded

_LISTS = frozenset("，。；、：\n“”")
_STRICT = _LISTS | frozenset("《》（）0123456789")
_LONGEST = 120  # characters of a list of names


class Names(NamedTuple):
    """A count with the names told as its things: at least and at most so many, since A和B may be one name."""

    said: int
    written: str  # 四张
    least: int
    most: int
    words: str
    start: int
    end: int


@lru_cache(maxsize=128)
def names(text: str) -> tuple[Names, ...]:
    """The counts of a text beside which the names stand."""
    return tuple(one for each in worded(text) if each.value > 1 for one in _of(text, each))


def _of(text: str, one: Worded) -> Iterator[Names]:
    following = text[one.end : one.end + 8]
    if one.unit in _QUOTED_UNITS and text[one.start - 1 : one.start] == "”":
        yield from _quoted(text, one, following)
    if one.unit in _SYSTEM_UNITS and _names_systems(following):
        yield from _before(text, one, one.start, _SETTING_UP, (3, 10), _STRICT)
    if one.unit in _STEP_UNITS and following.startswith(_STEPS_ARE):
        at = one.start - (text[one.start - 1 : one.start] == "“")
        if text[at - 1 : at] == "的":
            steps = _before(text, one, at - 1, _CARRYING_OUT, (2, 10), _LISTS)
            yield from (each for each in steps if _are_steps(each.words))
    if one.unit == "审" and text[one.start - 1 : one.start] == "“" and following.startswith("”"):
        steps = _before(text, one, one.start - 1, _CARRYING_OUT, (2, 8), _LISTS)
        yield from (each for each in steps if all(item.endswith("审") for item in each.words.split("、")))
    if one.unit == "个" and following.startswith(_BODIES):
        yield from _bodies(text, one)
    if one.unit in _CLAIMED_UNITS:
        yield from _behind(text, one)


# -- “……”“……”五个专栏 ------------------------------------------------------------------------------------------------------------

_QUOTED_UNITS = frozenset("个大项类")
_QUOTED_ARE = (
    *("专栏", "栏目", "专题", "板块", "专区", "模块", "子栏", "栏", "频道"),
    *("制度", "机制", "清单", "平台", "公众号", "账号"),
)
_BETWEEN = tuple("、和及与")


def _quoted(text: str, one: Worded, following: str) -> Iterator[Names]:
    if not following.startswith(_QUOTED_ARE):
        return
    at, count = one.start, 0
    while count < 10:
        end = at - (count > 0 and text[at - 1 : at] in _BETWEEN)
        opens = text.rfind("“", max(end - 16, 0), end) if text[end - 1 : end] == "”" else -1
        if opens < 0 or not 2 <= end - opens - 2 <= 14 or not _LISTS.isdisjoint(text[opens + 1 : end - 1]):
            break
        at, count = opens, count + 1
    if count > 1 and text[max(at - 1, 0) : at] not in tuple("”》、和及与等"):
        yield Names(one.value, one.written + one.unit, count, count, text[at : one.start], at, one.end + 2)


# -- 建立……四项制度, 实行……的三级审核 ---------------------------------------------------------------------------------------------

_SYSTEM_UNITS, _SYSTEMS = frozenset("项大个种"), ("制度", "机制")
_SETTING_UP = ("建立", "健全", "完善", "制定", "落实", "执行", "形成", "构建")
_STEP_UNITS = frozenset("级道步重轮层")
_STEPS_ARE = ("审核", "审查", "把关", "审批", "审签", "审校", "程序", "流程")
_CARRYING_OUT = ("实行", "落实", "执行", "坚持", "严格", "按照", "履行")
_CHECKING = frozenset("审签核校批")


def _names_systems(words: str) -> bool:
    return words.removeprefix("工作").removeprefix("管理").startswith(_SYSTEMS)


def _are_steps(words: str) -> bool:
    return all(not _CHECKING.isdisjoint(item) for item in words.split("、"))


def _before(
    text: str, one: Worded, end: int, verbs: tuple[str, ...], lengths: tuple[int, int], marks: frozenset[str]
) -> Iterator[Names]:
    """Names before their count, behind a verb: 建立学习培训、督查通报、考核评议四项制度."""
    least = max(end - _LONGEST, 0)
    ends = marks - {"、"}
    begin = next((at + 1 for at in range(end - 1, least - 1, -1) if text[at] in ends), least)
    items = text[begin:end].split("、")
    at = max((items[0].rfind(verb) + len(verb) for verb in verbs if verb in items[0]), default=0)
    items[0] = items[0][at:].removeprefix("并落实").removeprefix("了")
    if at and len(items) > 1 and all(lengths[0] <= len(item) <= lengths[1] for item in items):
        yield from _counted(one, items, begin + at, one.end)


def _counted(one: Worded, items: list[str], start: int, end: int) -> Iterator[Names]:
    """A、B和C may be three or two; with 等 only some are named."""
    words = "、".join(items)
    if "等" not in words:
        joined = sum(words.count(sign) for sign in "和及与")
        yield Names(one.value, one.written + one.unit, len(items), len(items) + joined, words, start, end)


# -- 民政所、司法所、财政所3个站所 -----------------------------------------------------------------------------------------------

_BODIES = ("科室", "站所", "部门", "单位", "办公室", "中心", "村", "社区", "局", "所", "站")


def _bodies(text: str, one: Worded) -> Iterator[Names]:
    """Bodies named right before their number, all of one kind: 民政所、司法所、财政所4个站所."""
    end = one.start - text[: one.start].endswith("共")
    least = max(end - _LONGEST, 0)
    begin = next((at + 1 for at in range(end - 1, least - 1, -1) if text[at] in _STRICT - {"、"}), least)
    words = text[begin:end]
    if words.startswith("个"):  # 3个科室和民政所、……
        words = words[max(words.rfind(sign, 0, words.find("、")) for sign in "和及与") + 1 :]
    items = words.split("、")
    kind = words[-1:]
    if len(items) > 1 and all(item.endswith(kind) and 2 <= len(item) <= 16 for item in items):
        yield from _counted(one, items, end - len(words), one.end)


# -- “四张清单”，即…… ---------------------------------------------------------------------------------------------------------------

_CLAIMED_UNITS = frozenset(("个", "项", "张", "种", "大", "类", "条", "方面", "本", "份"))
_THAT_IS = ("即", "分别是", "分别为")


def _behind(text: str, one: Worded) -> Iterator[Names]:
    """“四张清单”，即责任清单、任务清单、问题清单."""
    words = text[one.end : one.end + 13]
    way = next((way for way in _THAT_IS if way in words), "")
    at = words.find(way) if way else -1
    if at < 0 or not _is_name(words[:at]):
        return
    start = one.end + at + len(way)
    start += text[start : start + 1] in tuple("：:")
    end = next((to for to in range(start, min(start + 81, len(text))) if text[to] in "，。；\n（("), start)
    items = [item for item in text[start:end].split("、") if item]
    is_list = end - start >= 5 and text[end] not in "（(" and len(items) > 1
    if is_list and max(map(len, items)) <= 14:
        yield from _counted(one, items, one.start, end)


def _is_name(words: str) -> bool:
    """清单”，: what is counted."""
    bare = words[:-1] if words.endswith(tuple("，,：:")) else words
    bare = bare[:-1] if bare.endswith(tuple("”）")) else bare
    return len(bare) <= 8 and MARKS.isdisjoint(bare) and not any(one.isdigit() for one in bare)
