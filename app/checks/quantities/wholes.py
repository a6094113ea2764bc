"""How many there are of them in all: 全镇共有17个行政村, 辖16个村. Must not compare: the rules do."""

from functools import lru_cache
from typing import NamedTuple

from app.checks.quantities.told import MARKS, told

# what a town has a fixed number of; the longest that stands there
_THINGS = {
    **dict.fromkeys(("行政村", "建制村", "村民委员会", "村委会", "村"), "村"),
    **dict.fromkeys(("居民委员会", "居委会", "社区"), "社区"),
    "村民小组": "村民小组",
    "自然村": "自然村",
}
# 18个村（社区）, 18个村和社区: more than villages
_MORE = ("（", "(", "和社区", "及社区", "、社区", "和居", "（居", "居", "级", "民小组", "组")
_ALL = ("全镇", "全乡", "全街道", "下辖", "管辖", "所辖", "现辖", "共辖", "辖")
_OURS = (*_ALL, "我镇", "我乡", "我街道", "本镇", "本乡", "辖区", "辖区内", "镇域内")
_SURE = ("共计", "共有", "现有", "总共", "共")
# 在全镇3个村试点, 除青山村外，全镇16个村: some of them
_CHOSEN = ("在", "对", "从", "向", "选取", "选择", "抽取", "确定", "其中", "除", "有", "余", "另")
_BEFORE = 14  # characters before a number that make it one of all


class Whole(NamedTuple):
    """So many there are of a thing."""

    thing: str
    value: int
    start: int
    end: int


@lru_cache(maxsize=128)
def wholes(text: str) -> tuple[Whole, ...]:
    """The numbers of a text that are of all there are."""
    found: list[Whole] = []
    for one in told(text):
        name = (
            next((name for name in _THINGS if text.startswith(name, one.end)), "") if one.unit == "个" else ""
        )
        behind = one.end + len(name)
        if not name or one.about or text.startswith(_MORE, behind):
            continue
        goes_on = bool(found) and text[found[-1].end : one.start] in ("、", "，", "和", "及")
        begin = one.start if goes_on else _begin(text, one.start, behind)
        if begin >= 0:
            found.append(Whole(_THINGS[name], int(one.value), begin, behind))
    return tuple(found)


def _begin(text: str, number: int, behind: int) -> int:
    """Where 全镇共有 stands before a number, -1 where it is not of all."""
    least = max(number - _BEFORE, 0)
    words = text[least:number].removesuffix("的")
    sure = next((one for one in _SURE if words.endswith(one)), "")
    if not sure and words.endswith("有") and text[behind : behind + 1] in MARKS:
        sure = "有"
    words = words.removesuffix(sure)
    where = next((one for one in (_OURS if sure else _ALL) if words.endswith(one)), "")
    clause = words[max(words.rfind(mark) for mark in MARKS) + 1 :].removesuffix(where)
    if not where or any(one in clause for one in _CHOSEN) or "外" in text[max(least - 8, 0) : number]:
        return -1
    return least + len(words) - len(where)
