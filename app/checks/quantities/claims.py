"""What a text claims of numbers that stand beside each other, where no list is opened: totals with what should make them.

Half-years, quarters and batches, marks, money, people, numbers in words. Must not compare: the rules do.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from app.checks.language.numerals import Quantity, quantities_in
from app.checks.quantities.figures import digits
from app.checks.quantities.told import MARKS, Worded, told, without_brackets, worded, worded_in
from app.patterns import lazily

SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_BREAKS = frozenset("，。；、\n")
_NEAR = 24  # characters between two numbers that belong together
_MOST = 8  # parts that are looked at


class Claim(NamedTuple):
    """A total with the sum of what is told as its parts."""

    total: Decimal
    added: Decimal
    unit: str
    start: int
    end: int
    is_part: bool = False  # 其中: less than all may be told
    scale: str = ""  # 万, in which the total is written
    slack: Decimal = Decimal(0)  # by which a rounded total may part from them
    parts: int = 2


@lru_cache(maxsize=128)
def claims(text: str) -> tuple[Claim, ...]:
    """The totals of a text with what is told beside them."""
    numbers = told(text)
    found: list[Claim] = []
    for at, (one, following) in enumerate(pairwise(numbers)):
        gap = text[one.end : min(following.start, one.end + _NEAR)]
        if following.unit == one.unit and following.start - one.end <= _NEAR and gap:
            found += _of_pair(text, at, gap)
    if "分别" in text:
        found += _rounded(text)
    if any(way in text for way in ("其中", *_WAYS)):
        found += _in_words(text)
    if any(first in text for first in ("一季度", "一批", "一轮")):
        found += _counted_off(text)
    return tuple(found)


def _of_pair(text: str, at: int, gap: str) -> Iterable[Claim]:
    """What a number and the next of its unit claim, told by the words between them."""
    opens = gap[0] in "，,（("
    if gap.startswith("其中", 1 if opens else 0):
        return _some_of_them(text, at, gap, opens)
    if gap[0] in "，,、；" and _is_second_half(gap[1:]):
        return _halves(text, at, gap)
    return _marked(text, at, gap) if _grade(gap) else ()


# -- 其中 -------------------------------------------------------------------------------------------------------------------------

_PEOPLE = frozenset(("人次", "人", "名", "户", "家"))


def _some_of_them(text: str, at: int, gap: str, opens: bool) -> Iterator[Claim]:
    """180人，其中外村群众195人; things are read as any list."""
    one, part = told(text)[at : at + 2]
    if one.unit in _PEOPLE:
        if opens and _BREAKS.isdisjoint(gap[1:]):
            yield Claim(one.value, part.value, one.unit, one.start, part.end, is_part=True, parts=1)
    elif one.unit.endswith("元"):
        yield from _money(text, at, one.end + gap.index("其中") + 2)


def _money(text: str, at: int, start: int) -> Iterator[Claim]:
    """投入资金6.8万元，其中……3.2万元，……4.1万元."""
    one, end = told(text)[at], _end(text, start, "。；\n")
    if any(word in text[start:end] for word in ("包", "其中", "上年")):
        return
    following = islice(told(text), at + 1, at + 1 + _MOST)
    parts = [each.value for each in following if each.start < end and each.unit == one.unit]
    scale = next((each for each in "万亿" if each in text[one.start : one.end]), "")
    added = sum(parts, Decimal(0))
    yield Claim(one.value, added, one.unit, one.start, end, is_part=True, scale=scale, parts=len(parts))


def _end(text: str, start: int, marks: str, most: int = 120) -> int:
    """Where the first of the marks stands behind a place, or so far as is looked."""
    stop = min(start + most, len(text))
    return next((at for at in range(start, stop) if text[at] in marks), stop)


# -- a total right before or right behind its parts -----------------------------------------------------------------------

# 较上年增加20条: no whole of what follows
_COMPARED = ("增", "减", "较", "比", "去年", "上年", "超")
_TOGETHER = ("共", "合计", "总计", "累计")


def _with_totals(text: str, span: tuple[int, int], begin: int, parts: list[Quantity]) -> Iterator[Claim]:
    """The parts numbers[span], whose words begin at `begin`, with each total told beside them."""
    numbers, unit = told(text), parts[0].unit
    first, last = span
    totals = []
    if first and _opens(text[numbers[first - 1].end : begin]):
        words = text[max(numbers[first - 1].start - 12, 0) : numbers[first - 1].start]
        if not any(one in _last_clause(words) for one in _COMPARED):
            totals.append(numbers[first - 1])
    if last + 1 < len(numbers) and _is_sum(text[numbers[last].end : numbers[last + 1].start]):
        totals.append(numbers[last + 1])
    added = sum((one.value for one in parts), Decimal(0))
    for total in totals:
        if total.unit == unit:
            start, end = min(total.start, begin), max(total.end, parts[-1].end)
            yield Claim(total.value, added, unit, start, end, parts=len(parts))


def _opens(gap: str) -> bool:
    """，其中： between a total and its parts."""
    return gap[:1] in tuple("，,：:（(") and gap.strip("，,：:（(") in ("", "其中", "分别为", "分别是")


def _is_sum(gap: str) -> bool:
    """，全年累计推送"""
    words = gap[1:].removeprefix("全年").removeprefix("年度").removeprefix("总")
    return (
        gap[:1] in tuple("，,")
        and len(words) <= 12
        and words.startswith(_TOGETHER)
        and MARKS.isdisjoint(words)
    )


def _last_clause(words: str) -> str:
    return words[max(words.rfind(mark) for mark in MARKS) + 1 :]


# -- half-years -----------------------------------------------------------------------------------------------------------------

# 上半年, 1—6月份推送, right before a number
_FIRST_HALF = lazily(
    r"(?:上半年|前半年|1(?:月份?)?(?:至|到|—+|-+|–|－|～|~)6月份?)(?P<what>[^，。；、\d\n]{0,10})$"
)
# 下半年, 7至12月份推送
_SECOND_HALF = lazily(
    r"(?:下半年|后半年|7(?:月份?)?(?:至|到|—+|-+|–|－|～|~)12月份?)(?P<what>[^，。；、\d\n]{0,10})$"
)


def _is_second_half(words: str) -> bool:
    return words.startswith(("下半年", "后半年")) or (words[:1] == "7" and "12月" in words)


def _halves(text: str, at: int, gap: str) -> Iterable[Claim]:
    """推送98篇，上半年41篇，下半年57篇; 1至6月58条，7至12月66条，全年累计124条."""
    numbers = told(text)
    least = max(numbers[at].start - _NEAR, 0)
    first = _FIRST_HALF.search(text[least : numbers[at].start])
    second = _SECOND_HALF.match(gap[1:])
    if first is None or second is None or second["what"] not in ("", first["what"]):
        return ()
    found = _with_totals(text, (at, at + 1), least + first.start(), list(numbers[at : at + 2]))
    return [one for one in found if one.added != one.total][-1:]


# -- quarters and batches -----------------------------------------------------------------------------------------------------

_PERIODS = ("季度", "批", "轮")
_ORDER = "一二三四五六"


class _Part(NamedTuple):
    """Of which quarter or batch a number is."""

    order: int  # 0: of the first
    of: str  # 季度
    at: int  # of the number
    begin: int  # of its words


def _counted_off(text: str) -> Iterator[Claim]:
    """一季度40条, 第二批15条: counted from the first, with their total right before or right behind them."""
    for run in _runs(text):
        parts = [told(text)[each.at] for each in run]
        is_whole = len(run) >= (4 if run[0].of == "季度" else 2)
        if is_whole and len({part.unit for part in parts}) == 1:
            yield from islice(_with_totals(text, (run[0].at, run[-1].at), run[0].begin, parts), 1)


def _runs(text: str) -> Iterator[list[_Part]]:
    run: list[_Part] = []
    for one in _parts_of_a_year(text):
        if run and one.of == run[-1].of and one.order == len(run):
            run.append(one)
            continue
        if run:
            yield run
        run = [one] if one.order == 0 else []
    if run:
        yield run


def _parts_of_a_year(text: str) -> Iterator[_Part]:
    """第二批推送15条 → 1, 批, and where 第 stands."""
    last = 0
    for index, one in enumerate(told(text)):
        least = max(last, one.start - 14)
        words = text[least : one.start]
        last = one.end
        for of in _PERIODS:
            at = words.rfind(of)
            if at > 0 and words[at - 1] in _ORDER and MARKS.isdisjoint(words[at:]):
                begin = at - 2 if words[at - 2 : at - 1] == "第" else at - 1
                yield _Part(_ORDER.index(words[at - 1]), of, index, least + begin)
                break


# -- marks --------------------------------------------------------------------------------------------------------------------

_MARKED_THINGS = frozenset("个名人家户")
_GRADES = (
    *("非常满意", "比较满意", "基本满意", "基本合格", "不满意", "不合格"),
    *("满意", "合格", "优秀", "良好", "较好", "一般", "较差", "好", "差", "优", "良", "中"),
)
# 优秀等次的, 评定为优秀
_BEHIND_GRADE = ("等次", "等级", "单位", "格次", "为", "的")
_BEFORE_GRADE = ("等次", "等级", "评定", "评为", "其中", "为", "的")


def _grade(words: str) -> str:
    """较好等次 → 较好."""
    bare = _without_ends(words)
    return next((one for one in _GRADES if bare.endswith(one)), "")


def _without_ends(words: str, ends: tuple[str, ...] = _BEHIND_GRADE) -> str:
    while end := next((one for one in ends if words.endswith(one)), ""):
        words = words.removesuffix(end)
    return words


def _before_grade(words: str) -> str:
    """What stands before a grade, without the words that introduce one."""
    return _without_ends(_without_ends(words).removesuffix(_grade(words)), _BEFORE_GRADE)


def _marked(text: str, at: int, gap: str) -> Iterator[Claim]:
    """22个单位，好7个、较好12个、一般4个."""
    numbers = told(text)[at : at + 7]
    total, parts = numbers[0], list(numbers[1:2])
    is_a_part = _grade(text[max(total.start - 6, 0) : total.start])
    if total.unit not in _MARKED_THINGS or is_a_part or not _heads_grades(_before_grade(gap)):
        return
    grades = {_grade(gap): parts[0].value}
    for last, one in pairwise(numbers[1:]):
        words = text[last.end : min(one.start, last.end + _NEAR)]
        if one.unit != total.unit or not _grade(words) or _before_grade(words).strip("、，,和"):
            break
        grades.setdefault(_grade(words), one.value)  # 较差1个，较差的1个村已整改: told again
        parts.append(one)
    end = parts[-1].end
    goes_on = text.startswith(("等", "其余", "其他"), end)
    if len(parts) >= 3 and not goes_on:
        added = sum(grades.values(), Decimal(0))
        some = "评" in text[total.start : end]  # 评为优秀3个、良好5个……: the others got none
        yield Claim(total.value, added, total.unit, total.start, end, some, parts=len(parts))


def _heads_grades(words: str) -> bool:
    """单位，考核结果为: what stands between a total and its first grade."""
    words = without_brackets(words)
    at = next((at for at, one in enumerate(words) if one in "，,：:（("), -1)
    rest = words[at + 1 :]
    return 0 <= at <= 10 and MARKS.isdisjoint(words[:at]) and (not rest or rest.endswith(("是", "中", "：")))


# -- numbers in words -----------------------------------------------------------------------------------------------------------

_LISTED = ("分别为", "分别是")  # of numbers in figures they are read as any list
_PLACED = ("分布为", "分布情况为", "分布在", "分别设在", "分别设于", "分别位于")
_WAYS = (*_PLACED, *_LISTED)
_THINGS = frozenset("场期次个种处块类家名部台")


def _in_words(text: str) -> Iterator[Claim]:
    """七场，其中集镇三场、村组五场; 五个便民服务点分布为：集镇2个、……"""
    totals: list[Quantity | Worded] = [
        *worded(text),
        *(told(text) if any(way in text for way in _PLACED) else ()),
    ]
    for one in totals:
        in_figures = text[one.end - len(one.unit) - 1].isdigit()
        way, start = _way(text, one.end) if one.unit in _THINGS else ("", 0)
        if way and (not in_figures or way in _PLACED):
            parts = _named_parts(text, start, one.unit)
            if len(parts) >= 2 and "等" not in text[start : parts[-1][1]]:
                added = sum((value for value, _ in parts), Decimal(0))
                end = parts[-1][1]
                yield Claim(
                    Decimal(one.value), added, one.unit, one.start, end, way == "其中", parts=len(parts)
                )


def _way(text: str, end: int) -> tuple[str, int]:
    """The word that opens the parts of a number, and where they begin."""
    words = text[end : end + 18]
    for way in ("其中", *_WAYS):
        at = words.find(way)
        if at >= 0:
            before = words[:at].rstrip("，,：:")
            start = end + at + len(way)
            is_near = len(before) <= 10 and MARKS.isdisjoint(before)
            return (way, start + (text[start : start + 1] in tuple("：:，,"))) if is_near else ("", 0)
    return "", 0


def _named_parts(text: str, start: int, unit: str) -> list[tuple[Decimal, int]]:
    """(value, end) of 集镇三场、村组五场 in a row from a place on, none where they do not end as a list does."""
    end = _end(text, start, "。；\n")
    both: list[Quantity | Worded] = [*worded_in(text, start, end), *quantities_in(text, start, end)]
    numbers = {one.start: one for one in both}
    parts: list[tuple[Decimal, int]] = []
    at = start
    for place in sorted(numbers)[: 2 * _MOST]:
        one = numbers[place]
        words = text[at:place]
        name = words[1:] if parts and words[:1] in tuple("、，,和") else words
        if one.unit != unit or not 1 <= len(name) <= 10 or not MARKS.isdisjoint(name):
            break
        parts.append((Decimal(one.value), one.end))
        at = one.end
    is_list = text[at : at + 1] in ("", *"。；，,、\n")
    return parts[:_MOST] if is_list else []


# 分别为9000次、7000次、6000次
_APART = lazily(
    r"[，,]?分别[为是](?P<list>(?:\d[\d,]*(?:\.\d+)?[万亿]?(?:场次|人次|条|件|篇|项|期|份|次|场|个|人)?[、，,和]?){2,8})(?=[。；，,\n]|$)"
)
_SCALED = lazily(r"(\d[\d,]*(?:\.\d+)?)(万|亿)?")


def _rounded(text: str) -> Iterator[Claim]:
    """合计2.1万次，分别为9000次、7000次、6000次; without 万 they are read as any list."""
    for one in told(text):
        scale = next((each for each in "万亿" if each in text[one.start : one.end]), "")
        is_total = scale and text[max(one.start - 2, 0) : one.start].endswith(("合计", "共计", "共", "总计"))
        if not is_total or not text.startswith("分别", one.end + (text[one.end : one.end + 1] in "，,")):
            continue
        listed = _APART.match(text, one.end)
        if listed:
            parts = [digits(n) * SCALES[scaled] for n, scaled in _SCALED.findall(listed["list"])]
            decimals = len(text[one.start : one.end].partition(".")[2].partition(scale)[0])
            half = Decimal(SCALES[scale]).scaleb(-decimals) / 2
            added = sum(parts, Decimal(0))
            yield Claim(
                one.value, added, one.unit, one.start, listed.end(), slack=half, scale=scale, parts=len(parts)
            )
