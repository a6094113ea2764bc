"""Last year's number, this year's and by how much they differ, told in clauses of their own; doubled and halved (I-03)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import plain
from app.checks.language.reading import in_text, text_sections
from app.checks.quantities.figures import CHANGE, RISE, Figure, digits, makes, of_role, percent
from app.checks.rule import WARNING, text_rule
from app.patterns import Words, lazily
from app.report.model import INTRODUCTION

Span = tuple[int, int]
Fault = tuple[str, Span, tuple[int, ...]]  # what is said, where, the years that were named as last year

_N = r"\d[\d,]*(?:\.\d+)?"
_UNIT = "条|件|篇|次|期|份|项|场|个|处|人"
_LAST = r"上一?年度?|去年|20\d\d年度?"
_FAR = 60  # characters before a number that are looked at
# 185条，比上年增加25条，2023年为150条: last year's number behind the change
_OLD_BEHIND = lazily(
    rf"[，,；（(](?P<year>{_LAST})(?:同期)?(?P<what>[^，。；、\d\n]{{0,10}}?)(?P<old>{_N})(?P<unit>{_UNIT})(?!中|的)"
)
_NOW_BEFORE = lazily(rf"(?P<what>[^，。；、\d\n]{{0,14}}?)(?P<now>{_N})(?P<unit>{_UNIT})[，,（(]$")
# 2023年公开信息150条，2024年公开信息185条，增加……
_BOTH_BEFORE = lazily(
    rf"(?P<last>{_LAST})(?P<what>[^，。；、\d\n]{{0,14}}?)(?P<old>{_N})(?P<unit>{_UNIT})[，,；](?P<this>今年|本年度?|20\d\d年度?)"
    rf"(?P<same>[^，。；、\d\n]{{0,14}}?)(?P<now>{_N})(?P=unit)[，,](?:同比)?$"
)
# 全年公开信息209条，上年190条，同比下降……
_NOW_FIRST = lazily(
    rf"(?P<same>[^，。；、\d\n]{{0,14}}?)(?P<now>{_N})(?P<unit>{_UNIT})[，,；](?P<last>{_LAST})(?:同期)?(?P<this>)"
    rf"(?P<what>[^，。；、\d\n]{{0,14}}?)(?P<old>{_N})(?P=unit)[，,](?:同比)?$"
)
_RISES, _FALLS = Words("增|升|提高|多"), Words("减|降|少")
# 共公开信息为: words without which it is the same thing
_EMPTY = lazily("为|是|共|全年|了|的|总数")
_ABOUT = ("约", "近", "超", "逾")


@text_rule("I-03", WARNING, further=True)
def changes_between_years_are_right(context: CheckContext) -> Iterator[Finding]:
    """文中增减数、增减幅度应与所列上年数、本年数相符。"""
    for key, text in text_sections(context):
        for message, span, years in _faults(text) if key != INTRODUCTION else ():
            if all(year == context.report.year - 1 for year in years):
                yield in_text("I-03", WARNING, message, key, text, span)


@lru_cache(maxsize=64)
def _faults(text: str) -> tuple[Fault, ...]:
    return (*_old_behind(text), *_both_before(text), *_doubled(text), *_averages(text))


def _old_behind(text: str) -> Iterator[Fault]:
    for change in (*of_role(text, CHANGE), *of_role(text, RISE)):
        behind = _OLD_BEHIND.match(text, change.end)
        since = (change.of or _since(text, change.start)) if behind else ""
        start = change.start if change.of else change.start - len(since)
        before = _NOW_BEFORE.search(text[max(0, start - _FAR) : start]) if since else None
        if not behind or not before or not _are_of_one(before, behind, change):
            continue
        fault = _wrong_change(text, digits(behind["old"]), digits(before["now"]), change)
        if fault:
            years = (*_years(since), *_years(behind["year"]))
            yield fault, (start - len(before[0]), behind.end()), years


def _are_of_one(before: re.Match[str], behind: re.Match[str], change: Figure) -> bool:
    """Whether all three numbers are of one thing, and exact."""
    units = {before["unit"], behind["unit"], *((change.unit,) if change.role == CHANGE else ())}
    is_same = _EMPTY.sub("", behind["what"]) in before["what"]
    return len(units) == 1 and is_same and not before["what"].endswith(_ABOUT)


def _since(text: str, start: int) -> str:
    """同比, 比上年 right before a percentage's own words."""
    found = _COMPARED.search(text[max(0, start - _NEAR) : start])
    return found[0] if found else ""


_NEAR = 10  # characters of such words
# 同比, 比上年同期
_COMPARED = lazily(rf"(?:同比|(?:比|较)(?:{_LAST})(?:同期)?)$", needs="同比|比|较")


def _both_before(text: str) -> Iterator[Fault]:
    for change in (*of_role(text, CHANGE), *of_role(text, RISE)):
        begin = max(0, change.start - _FAR)
        told = _BOTH_BEFORE.search(text[begin : change.start]) or _NOW_FIRST.search(
            text[begin : change.start]
        )
        if not told or (change.role == CHANGE and change.unit != told["unit"]):
            continue
        what, same = _EMPTY.sub("", told["what"]), _EMPTY.sub("", told["same"])
        if not _is_the_same(what, same) or told["what"].endswith(_ABOUT) or told["same"].endswith(_ABOUT):
            continue
        last, this = _years(told["last"]), _years(told["this"])
        if last and this and this[0] != last[0] + 1:
            continue
        fault = _wrong_change(text, digits(told["old"]), digits(told["now"]), change)
        if fault:
            yield fault, (begin + told.start(), change.end), (*last, *(year - 1 for year in this))


def _is_the_same(what: str, same: str) -> bool:
    return what == same or not same or not what


def _wrong_change(text: str, old: Decimal, now: Decimal, change: Figure) -> str:
    """What is wrong with a change between two numbers; "" where nothing is."""
    turned = _RISES if now < old else _FALLS
    if now != old and turned.stand_in(text, change.start, change.number):
        return f"增减写反：由{plain(old)}到{plain(now)}是{'减少' if now < old else '增加'}，请核对"
    if change.role == CHANGE and abs(now - old) != change.value:
        return f"增减数计算有误，{plain(old)}到{plain(now)}相差{plain(abs(now - old))}"
    if change.role == RISE and old and not makes(abs(now - old), old, change.shown):
        return f"增减幅度计算有误，应为{percent(abs(now - old), old, change.shown)}%"
    return ""


def _years(words: str) -> tuple[int, ...]:
    return tuple(int(year) for year in re.findall(r"20\d\d", words))


# -- doubled and halved -----------------------------------------------------------------------------------------------------------

_TWICE = r"翻了?一番|翻番|翻倍|增[长加]了?一倍"
_HALF = r"减半|(?:减少|下降|降低)了?一半"
_GREW = (
    rf"(?P<old>{_N})(?P<scale>[万亿]?)(?P<unit>{_UNIT})[^，。；、\d\n]{{0,6}}[到至为](?:20\d\d年度?的?)?"
    rf"[^，。；、\d\n]{{0,4}}(?P<now>{_N})(?P=scale)(?P=unit)"
)
# 翻了一番，由2023年的80件增至120件; 一倍 first is told by the series
_FIRST = lazily(
    rf"(?P<near>[^，。；、\d\n]{{0,2}})(?P<way>翻了?一番|翻番|翻倍|{_HALF})[，,（(][由从](?:20\d\d年度?的?)?[^，。；、\d\n]{{0,8}}{_GREW}",
    needs="翻|减半|一半",
)
# 180条，比上年的120条翻了一番
_THAN_LAST = lazily(
    rf"(?P<now>{_N})(?P<unit>{_UNIT})[，,]?[比较](?:{_LAST})(?:同期)?的?[^，。；、\d\n]{{0,6}}?(?P<old>{_N})(?P=unit)(?P<near>)(?P<way>{_TWICE}|{_HALF})(?!多|以上|左右)",
    needs="翻|一倍|减半|一半",
)
# 由12条减少到8条，减少一半
_HALVED = lazily(
    rf"[由从](?:20\d\d年度?的?)?[^，。；、\d\n]{{0,8}}?{_GREW}[，,](?P<near>)(?P<way>{_HALF})(?!多|以上|左右)",
    needs="减半|一半",
)
_NEARLY = Words("近|约|将|接近|几乎|超|过")


_WORDS = ("翻", "一倍", "减半", "一半")


def _doubled(text: str) -> Iterator[Fault]:
    if not any(word in text for word in _WORDS):
        return
    for pattern in (_FIRST, _THAN_LAST, _HALVED):
        for one in pattern.finditer(text):
            old, now = digits(one["old"]), digits(one["now"])
            said = Decimal("0.5") if "半" in one["way"] else Decimal(2)
            if not old or _NEARLY.stand_in(one["near"]) or abs(now / old - said) <= said / 20:
                continue
            share = plain(round(now / old, 2))
            start = one.start("way") if pattern is _FIRST else one.start()
            message = f"“{one['way']}”与所列数字不符：{one['now']}{one['unit']}是{one['old']}{one['unit']}的{share}倍"
            yield message, (start, one.end()), ()


# -- averages ---------------------------------------------------------------------------------------------------------------------

_DEED = r"(?:发布|公开|推送|更新|开展|受理)?(?:信息)?"
# 全年公开信息264条，月均发布22条
_MONTHLY = lazily(
    rf"(?P<what>[^，。；、：\d\n]{{0,20}})(?P<n>{_N})(?P<unit>{_UNIT})[，,](?:月均|平均每月|每月平均){_DEED}(?P<by>{_N})(?P=unit)",
    needs="月均|平均每月|每月平均",
)
_MONTHS = 12
# 2019年至2024年累计27件，年均4.5件
_YEARLY = lazily(
    rf"(?P<first>20\d\d)年?(?:至|到|—+|-|－|～|~)(?P<last>20\d\d)年[^。；\d\n]{{0,24}}?(?P<n>{_N})(?P<unit>{_UNIT})[，,]年均{_DEED}(?P<by>{_N})(?P=unit)",
    needs="年均",
)
# of some months, or of some things only
_NOT_ALL = Words("半年|季度|月|以来|其中|较|比|约|近")
_EACH_PLACE = Decimal("0.15")


def _averages(text: str) -> Iterator[Fault]:
    for one in _MONTHLY.finditer(text):
        start = max(text.rfind(mark, 0, one.start()) for mark in "。；\n") + 1
        if not _NOT_ALL.stand_in(text, start, one.start("n")):
            yield from _average(one, _MONTHS)
    for one in _YEARLY.finditer(text):
        years = int(one["last"]) - int(one["first"]) + 1
        if years > 1:
            yield from _average(one, years)


def _average(one: re.Match[str], count: int) -> Iterator[Fault]:
    exact, said = digits(one["n"]) / count, digits(one["by"])
    if abs(exact - said) >= (_EACH_PLACE if "." in one["by"] else 1):
        unit, each = one["unit"], "月" if count == _MONTHS else "年度"
        message = f"平均数计算有误：{one['n']}{unit}按{count}个{each}平均为{plain(round(exact, 1))}{unit}"
        yield message, one.span(), ()
