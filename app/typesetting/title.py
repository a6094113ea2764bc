"""Titles and units in balanced lines that end at the end of a word (GB/T 9704 7.3.1: 词意完整，排列对称，长短适宜)."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from app.typesetting.breaking import Kind, Unit, break_lines, forbidden

# Titles name places and offices, so their words are known by their endings; no dictionary is needed.
_ENDINGS = (
    *("省", "自治区", "市", "州", "盟", "地区", "县", "区", "旗", "镇", "乡", "苏木", "街道"),
    *("人民政府", "办事处", "管理委员会", "管委会", "委员会", "办公室", "局", "厅", "中心"),
    *("年", "年度", "政府信息公开", "政务公开", "工作", "关于", "、"),
)
_AND = ("和", "及", "暨")  # words only after an ending: 和静县 and 民和县 have a name that holds one
_PLACE = frozenset("省市州盟县区旗镇乡")  # 新乡市, 广州市: no word ends before another of them
# Compounds that hold one of those endings inside: no line ends within them.
_WHOLE = (
    *("年度报告", "工作年度", "自治区", "自治州", "自治县", "自治旗", "民族乡", "人民政府", "政府信息公开"),
    *("办事处", "工作委员会", "管理委员会", "街道办事处", "市场", "区域", "市中区", "市辖区", "景德镇"),
    *("和布克赛尔", "和静", "和硕", "和田", "和龙", "和政", "和平", "和顺", "和县", "和林格尔"),
)
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|"
    "赫哲|门巴|珞巴|基诺|各"
)
# 拉祜族佤族布朗族傣族自治县, 蒙古自治州, 瑶族乡: the peoples of a place and what it is
_PEOPLED = re.compile(
    rf"(?:(?:{_PEOPLES})族)+(?:自治[区州县旗]|[乡镇])"
    r"|(?:蒙古|哈萨克|柯尔克孜|维吾尔|锡伯|塔吉克|鄂伦春)(?:民族)?(?:自治[区州县旗]|[乡镇])"
)
_MOST_LINES = 6  # a longer title is no title: it is broken like text
_MOST_UNITS = 150
# what a line end costs beside unevenness, which costs less than 1
_AT_WORD, _INSIDE_NAME, _INSIDE_WORD, _INSIDE_KNOWN = 0.0, 5.0, 10.0, 100.0
_WITHIN_NAME = 1.0
_NEVER = 1e9
_LISTS = "、"

# (number of lines, units in them) → (least cost, where the last of these lines begins)
_Best = dict[tuple[int, int], tuple[float, int]]


def balanced(units: Sequence[Unit], room: float, spacing: float) -> list[list[Unit]]:
    """Lines of a title: its own line breaks are kept, what is wider than the page is broken into even lines."""
    lines: list[list[Unit]] = []
    for part in _split(units):
        natural = break_lines(part, room, 0.0, spacing)
        if 1 < len(natural) <= _MOST_LINES and len(part) <= _MOST_UNITS:
            lines += _whole_words(part, room + spacing, len(natural)) or natural
        else:
            lines += natural
    return lines


def _split(units: Sequence[Unit]) -> list[list[Unit]]:
    parts: list[list[Unit]] = [[]]
    for unit in units:
        if unit.kind is Kind.BREAK:
            parts.append([])
        else:
            parts[-1].append(unit)
    return parts


def _whole_words(units: Sequence[Unit], room: float, count: int) -> list[list[Unit]]:
    """Even lines, as few as there must be or one more where a word would be torn; [] when they do not fit."""
    cost, lines = _even(units, room, count)
    if cost >= _INSIDE_NAME and count < _MOST_LINES:
        other, more = _even(units, room, count + 1)
        return more if other < min(cost, _NEVER) else lines
    return lines


def _even(units: Sequence[Unit], room: float, count: int) -> tuple[float, list[list[Unit]]]:
    """(cost, lines): `count` lines with the least unevenness and the fewest broken words; [] when they do not fit."""
    ends = [0.0, *accumulate(unit.width + unit.gap for unit in units)]
    mean = ends[-1] / count
    penalties = _penalties("".join(unit.text for unit in units), units)
    best: _Best = {(0, 0): (0.0, 0)}
    for line in range(1, count + 1):
        for end in range(line, len(units) + 1):
            choices = [
                (best[line - 1, start][0] + ((width - mean) / mean) ** 2 + penalties[end], start)
                for start, width in _lines_up_to(end, line, ends, room + units[end - 1].gap)
                if (line - 1, start) in best
            ]
            if choices:
                best[line, end] = min(choices)
    cost, _ = best.get((count, len(units)), (_NEVER, 0))
    return (cost, _cut(units, count, best)) if cost < _NEVER else (_NEVER, [])


def _lines_up_to(end: int, line: int, ends: Sequence[float], room: float) -> Iterator[tuple[int, float]]:
    """(start, width) of the lines that end before the unit `end` and fit; at least one unit is left for each line above."""
    for start in range(end - 1, line - 2, -1):
        width = ends[end] - ends[start]
        if width > room:
            return
        yield start, width


def _cut(units: Sequence[Unit], count: int, best: _Best) -> list[list[Unit]]:
    lines: list[list[Unit]] = []
    end = len(units)
    for line in range(count, 0, -1):
        start = best[line, end][1]
        line_end = end - 1 if units[end - 1].kind is Kind.SPACE else end
        lines.insert(0, list(units[start:line_end]))
        end = start
    return lines


def _penalties(text: str, units: Sequence[Unit]) -> list[float]:
    """What a line end before each unit costs (the last entry: after them all, nothing)."""
    known, peopled = _known(text)
    # of several names one is parted only where lines would be too uneven otherwise
    at_word = _WITHIN_NAME if _LISTS in text or any(unit.kind is Kind.SPACE for unit in units) else _AT_WORD
    costs, place = [_NEVER], 0
    for unit, after in pairwise(units):
        place += len(unit.text)
        if forbidden(unit.text, after.text) or after.kind is Kind.SPACE:
            cost = _NEVER
        elif unit.kind is Kind.SPACE or unit.text == _LISTS:
            cost = 0.0
        elif place in known:
            cost = _INSIDE_KNOWN
        elif place in peopled:
            cost = _INSIDE_NAME
        else:
            cost = at_word if _ends_word(text, place) else _INSIDE_WORD
        costs.append(cost)
    return [*costs, 0.0]


def _known(text: str) -> tuple[set[int], set[int]]:
    """(places inside words that are always whole, places before the peoples of a name: 贡山 and 独龙族怒族自治县)."""
    inside: set[int] = set()
    before: set[int] = set()
    for word in _WHOLE:
        at = text.find(word)
        while at >= 0:
            inside |= set(range(at + 1, at + len(word)))
            at = text.find(word, at + 1)
    for found in _PEOPLED.finditer(text):
        inside |= set(range(found.start() + 1, found.end()))
        before.add(found.start())
    return inside, before


def _ends_word(text: str, place: int) -> bool:
    before, after = text[:place], text[place : place + 1]
    if before.endswith(_AND):
        return before[:-1].endswith(_ENDINGS)
    if not before.endswith(_ENDINGS):
        return False
    begins = text.startswith(_WHOLE, place)  # 济宁市 and 市中区
    if before[-1] in _PLACE:
        named = not before[:-1].endswith(_ENDINGS) or before.endswith(("自治区", "地区"))
        return named and (
            begins or after not in _PLACE
        )  # 安顺市镇宁: a 镇 without a name of its own begins one
    return True
