"""The title in balanced lines that end at the end of a word (GB/T 9704 7.3.1: 词意完整，排列对称，长短适宜)."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from app.typesetting.breaking import Kind, Unit, break_lines, forbidden

# Titles name places and offices, so their words are known by their endings; no dictionary is needed.
_ENDINGS = (
    *("省", "自治区", "市", "州", "盟", "地区", "县", "区", "旗", "镇", "乡", "苏木", "街道"),
    *("人民政府", "办事处", "管理委员会", "管委会", "委员会", "办公室", "局", "厅", "中心"),
    *("年", "年度", "政府信息公开", "政务公开", "工作", "关于", "和", "及", "暨", "、"),
)
# Compounds that hold one of those endings inside: no line ends within them.
_WHOLE = (
    "年度报告",
    "工作年度",
    "自治区",
    "人民政府",
    "政府信息公开",
    "办事处",
    "工作委员会",
    "市场",
    "街道办事处",
    "区域",
)
_MOST_LINES = 6  # a longer title is no title: it is broken like text
_MOST_UNITS = 150
_INSIDE_WORD, _AT_WORD = 1.0, 0.0
_NEVER = 1e9

# (number of lines, units in them) → (least cost, where the last of these lines begins)
_Best = dict[tuple[int, int], tuple[float, int]]


def balanced(units: Sequence[Unit], room: float, spacing: float) -> list[list[Unit]]:
    """Lines of a title: its own line breaks are kept, what is wider than the page is broken into even lines."""
    lines: list[list[Unit]] = []
    for part in _split(units):
        natural = break_lines(part, room, 0.0, spacing)
        if 1 < len(natural) <= _MOST_LINES and len(part) <= _MOST_UNITS:
            lines += _even(part, room + spacing, len(natural)) or natural
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


def _even(units: Sequence[Unit], room: float, count: int) -> list[list[Unit]]:
    """`count` lines with the least unevenness and the fewest broken words; [] when they do not fit."""
    ends = [0.0, *accumulate(unit.width + unit.gap for unit in units)]
    mean = ends[-1] / count
    penalties = _penalties("".join(unit.text for unit in units), units)
    best: _Best = {(0, 0): (0.0, 0)}
    for line in range(1, count + 1):
        for end in range(line, len(units) + 1):
            choices = [
                (best[line - 1, start][0] + ((width - mean) / mean) ** 2 + penalties[end], start)
                for start, width in _lines_up_to(end, line, ends, room)
                if (line - 1, start) in best
            ]
            if choices:
                best[line, end] = min(choices)
    if (count, len(units)) not in best or best[count, len(units)][0] >= _NEVER:
        return []
    return _cut(units, count, best)


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
        lines.insert(0, list(units[start:end]))
        end = start
    return lines


def _penalties(text: str, units: Sequence[Unit]) -> list[float]:
    """What a line end before each unit costs (the last entry: after them all, nothing)."""
    inside: set[int] = set()
    for word in _WHOLE:
        at = text.find(word)
        while at >= 0:
            inside |= set(range(at + 1, at + len(word)))
            at = text.find(word, at + 1)
    costs, place = [_NEVER], 0
    for unit, after in pairwise(units):
        place += len(unit.text)
        at_word = place not in inside and text[:place].endswith(_ENDINGS)
        cost = _AT_WORD if at_word else _INSIDE_WORD
        costs.append(_NEVER if forbidden(unit.text, after.text) else cost)
    return [*costs, 0.0]
