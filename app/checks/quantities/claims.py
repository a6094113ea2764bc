"""Totals and growth in other dress than a list of parts: half-years, marks, Chinese numerals, percentages first, doubling.

Must not make a finding of its own: it says what does not agree, and where.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from app.checks.language.numerals import number, plain
from app.checks.quantities.figures import digits, makes, percent
from app.patterns import lazily

Span = tuple[int, int]
Fault = tuple[str, str, Span]  # check, what is said, where

_N = r"\d[\d,]*(?:\.\d+)?"
_NUMERAL = r"[一二两三四五六七八九十百]{1,5}|\d{1,5}"
_UNIT = r"场次|人次|条|件|篇|项|期|份|次|场|个|人"
_DASH = r"(?:月份?)?(?:至|到|—+|-+|–|－|～|~)"
_FIRST_HALF = rf"(?:[上前]半年|1{_DASH}6月份?)"
_SECOND_HALF = rf"(?:[下后]半年|7{_DASH}12月份?)"
# 推送98篇，上半年41篇，下半年57篇; 1至6月58条，7至12月66条，全年累计124条
_HALVES = lazily(
    rf"{_FIRST_HALF}(?P<what>[^，。；、\d\n]{{0,10}})(?P<a>{_N})(?P<u1>{_UNIT})[，,、；]{_SECOND_HALF}(?:(?P=what)|)(?P<b>{_N})(?P<u2>{_UNIT})"
    rf"(?:[，,](?:全年|年度|总)?(?:共计?|合计|总计|累计)[^，。；\d\n]{{0,8}}(?P<n>{_N})(?P<unit>{_UNIT}))?",
    needs="上半年|前半年|1&下半年|后半年|7",
)
# 推送98篇， : the total before them
_HEAD = lazily(
    rf"(?P<head>[^，。；、\d\n]{{0,12}})(?P<n>{_N})(?P<unit>{_UNIT})[，,：:（(](?:其中)?[：:，,]?$"
)
_LONGEST_HEAD = 30
# 较上年增加20条: no whole of what follows
_COMPARED = lazily(r"增|减|较|比|去年|上年|超")
_GRADE = r"(?:优秀|良好|较好|好|一般|较差|差|不?合格|基本合格|优|良|中|(?:基本|不|非常|比较)?满意)"
# 22个单位，好7个、较好12个、一般4个
_MARKED = lazily(
    rf"(?P<n>\d+)(?P<unit>个|名|人|家|户)[^，。；、：\d\n]{{0,10}}[，,：:（(](?:[^，。；、\d\n]{{0,10}}(?:为|是|中|：|评定|评为))?"
    rf"(?P<list>(?:(?:等次|等级|评定|评为|其中|为|的)*{_GRADE}(?:等次|等级|单位|格次|为|的)*\d+(?P=unit)[、，,和]?){{3,5}})",
    needs="好|优|合格|满意|一般|差|良|中",
)
# 好7个, 较好12个
_EACH = lazily(rf"({_GRADE})\D*?(\d+)")
# 七场，其中集镇三场、村组五场; 五个便民服务点分布为：集镇2个、……
_WORDED = lazily(
    rf"(?<![第\d一二两三四五六七八九十百])(?P<n>{_NUMERAL})(?P<unit>场|期|次|个|种|处|块|类|家|名|部|台)(?P<what>[^，。；、：:\d\n]{{0,10}})"
    rf"[，,：:]?(?P<way>其中|分布为|分布情况为|分别为|分别是)[：:，,]?"
    rf"(?P<list>(?:[^，。；、：:\d\n一二三四五六七八九十]{{1,10}}(?:{_NUMERAL})(?P=unit)[、，,和]?){{2,8}})(?=[。；，,、\n]|$)",
    needs="其中|分布|分别",
)
# 合计2.1万次，分别为9000次、7000次、6000次
_TOLD_APART = lazily(
    rf"(?:合计|共计?|总计)(?P<n>{_N})(?P<scale>万|亿)?(?P<unit>{_UNIT})[，,]?分别[为是](?P<list>(?:{_N}[万亿]?(?:{_UNIT})?[、，,和]?){{2,8}})(?=[。；，,\n]|$)",
    needs="分别",
)
_SCALED = lazily(rf"({_N})([万亿]?)")
# 180人，其中外村群众195人
_PEOPLE = lazily(
    r"(?P<n>\d+)(?P<unit>人次|人|名|户|家)[，,（(]其中[^，。；、\d\n]{0,12}(?P<part>\d+)(?P=unit)(?!次)",
    needs="其中",
)
# 占全部300条信息的二成, 占总数500条的三成五
_TENTHS = lazily(
    rf"(?P<part>{_N})(?P<unit>{_UNIT})[，,（(]占[^，。；、\d\n]{{0,8}}?(?P<whole>{_N})(?P=unit)[^，。；、\d\n]{{0,4}}的(?P<more>约|近|超过?)?"
    r"(?:(?P<tenths>[一二三四五六七八九])成(?P<half>半|[一二三四五六七八九])?|(?P<most>一半|半数)|(?P<of>[二三四五六七八九十])分之(?P<over>[一二三四五六七八九]))(?P<over_it>以上|多|左右)?",
    needs="占&成|半|分之",
)
# 增长25%，由240条增加到320条; 增长了50%，从200条上升至280条
_RISEN = lazily(
    rf"(?P<way>增长|增加|上升|提高|提升|下降|减少)了?(?P<said>\d+(?:\.\d+)?)[%％][，,][由从][^，。；、\d\n]{{0,8}}(?:20\d\d年度?的?)?(?P<old>{_N})(?P<scale>[万亿]?)(?P<unit>{_UNIT})"
    rf"[^，。；、\d\n]{{0,6}}[到至为](?:20\d\d年度?的?)?[^，。；、\d\n]{{0,6}}(?P<new>{_N})(?P=scale)(?P=unit)",
    needs="%|％&由|从",
)
# 由2万次增至3万次，翻了一番; 由4个增加到10个，是上年的3倍
_DOUBLED = lazily(
    rf"[由从][^，。；、\d\n]{{0,8}}?(?:20\d\d年度?的?)?(?P<old>{_N})(?P<a>[万亿]?)(?P<unit>{_UNIT})[^，。；、\d\n]{{0,6}}[到至为](?:20\d\d年度?的?)?[^，。；、\d\n]{{0,6}}"
    rf"(?P<new>{_N})(?P<b>[万亿]?)(?P=unit)[，,](?P<near>[^，。；\d\n]{{0,8}}?)"
    rf"(?:(?P<twice>翻了?一番|翻番|增长了?一倍|增加了?一倍|翻倍)|(?P<four>翻了?两番)|(?:是|为|达到?)[^，。；\d\n]{{0,8}}?的?(?P<times>\d+(?:\.\d+)?|[两三四五六七八九十])倍)(?!多|以上)",
    needs="番|倍",
)
_ABOUT = lazily(r"近|约|超|多|余|逾|将|差不多|几乎|接近")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}


def claims(text: str) -> Iterator[Fault]:
    """Everything of a text that does not agree with itself."""
    for of in (_halves, _marks, _worded, _told_apart, _people, _tenths, _risen, _doubled):
        yield from of(text)


def _apart(added: Decimal, total: Decimal, unit: str) -> str:
    return (
        f"分项之和（{plain(added)}{unit}）与总数（{plain(total)}{unit}）不符，差{plain(abs(added - total))}"
    )


def _halves(text: str) -> Iterator[Fault]:
    for one in _HALVES.finditer(text):
        head = _HEAD.search(text, max(one.start() - _LONGEST_HEAD, 0), one.start())
        is_compared = head is not None and _COMPARED.search(head["head"]) is not None
        if one["u1"] != one["u2"] or is_compared:
            continue
        added = digits(one["a"]) + digits(one["b"])
        wrong = [total for total in _totals(one["u1"], head, one) if total != added]
        if wrong:
            begin = head.start("n") if head else one.start()
            yield "I-01", _apart(added, wrong[-1], one["u1"]), (begin, one.end())


def _totals(unit: str, *told: re.Match[str] | None) -> list[Decimal]:
    return [digits(each["n"]) for each in told if each and each["unit"] == unit]


def _marks(text: str) -> Iterator[Fault]:
    for one in _MARKED.finditer(text):
        told: dict[str, int] = {}
        for grade, count in _EACH.findall(one["list"]):
            told.setdefault(grade, int(count))  # 较差1个，较差的1个村已整改: told again
        added = Decimal(sum(told.values()))
        goes_on = text.startswith("等", one.end()) or text[one.end() : one.end() + 2] in ("其余", "其他")
        if "评" not in one[0] and added != int(one["n"]) and not goes_on:
            yield "I-01", _apart(added, Decimal(one["n"]), one["unit"]), one.span()


def _worded(text: str) -> Iterator[Fault]:
    for one in _WORDED.finditer(text):
        parts = [number(each) for each in re.findall(rf"({_NUMERAL}){one['unit']}", one["list"])]
        total, added = number(one["n"]), sum(parts, Decimal(0))
        is_wrong = added > total if one["way"] == "其中" else added != total
        in_figures = one["n"].isdigit() and one["way"] != "分布为"
        if is_wrong and not in_figures and "等" not in one["list"]:
            yield "I-01", _apart(added, total, one["unit"]), one.span()


def _told_apart(text: str) -> Iterator[Fault]:
    for one in _TOLD_APART.finditer(text):
        if not one["scale"]:
            continue  # I-01 reads these as any list
        total = digits(one["n"]) * _SCALES[one["scale"]]
        parts = [digits(n) * _SCALES[scale] for n, scale in _SCALED.findall(one["list"])]
        step = Decimal(_SCALES[one["scale"]]).scaleb(-len(one["n"].partition(".")[2]))
        added = sum(parts, Decimal(0))
        if abs(added - total) > step / 2:
            yield "I-01", _apart(added, total, one["unit"]), one.span()


def _people(text: str) -> Iterator[Fault]:
    for one in _PEOPLE.finditer(text):
        if int(one["part"]) > int(one["n"]):
            message = f"分项（{one['part']}{one['unit']}）大于总数（{one['n']}{one['unit']}）"
            yield "I-01", message, one.span()


def _tenths(text: str) -> Iterator[Fault]:
    for one in _TENTHS.finditer(text):
        whole = digits(one["whole"])
        if not whole or one["more"] or one["over_it"]:
            continue
        exact, said = digits(one["part"]) * 100 / whole, _said(one)
        if abs(exact - said) > Decimal("2.5"):
            yield "I-03", f"占比计算有误，应为{percent(digits(one['part']), whole, '0.1')}%", one.span()


def _said(one: re.Match[str]) -> Decimal:
    """三成五 → 35, 一半 → 50, 四分之一 → 25."""
    if one["most"]:
        return Decimal(50)
    if one["of"]:
        return number(one["over"]) * 100 / number(one["of"])
    half = one["half"] or ""
    return number(one["tenths"]) * 10 + (Decimal(5) if half == "半" else number(half) if half else 0)


def _risen(text: str) -> Iterator[Fault]:
    for one in _RISEN.finditer(text):
        old, new = digits(one["old"]), digits(one["new"])
        if old and not makes(abs(new - old), old, one["said"]):
            yield "I-03", f"增减幅度计算有误，应为{percent(abs(new - old), old, one['said'])}%", one.span()


def _doubled(text: str) -> Iterator[Fault]:
    for one in _DOUBLED.finditer(text):
        old, new = digits(one["old"]) * _SCALES[one["a"]], digits(one["new"]) * _SCALES[one["b"]]
        said = Decimal(2) if one["twice"] else Decimal(4) if one["four"] else number(one["times"])
        if old and not _ABOUT.search(one["near"]) and abs(new / old - said) > max(said / 20, Decimal("0.05")):
            times = plain(round(new / old, 2))
            yield "I-03", f"{one['new']}{one['b']}是{one['old']}{one['a']}的{times}倍", one.span()
