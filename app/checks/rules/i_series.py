"""Sums and claims that no list of parts tells: quarters and batches, money, shares, so many times, four things of which three are named."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import plain
from app.checks.language.reading import in_text, text_sections
from app.checks.rule import WARNING, text_rule
from app.patterns import lazily
from app.report.model import INTRODUCTION

Span = tuple[int, int]
Fault = tuple[str, str, Span]  # check, what is said, where

_NUMERALS = "一二三四五六七八九十"
_NUMBER = r"(\d+(?:\.\d+)?)"
# 一季度40条, 第二批15条
_PART = lazily(
    r"第?(?P<at>[一二三四五六])(?P<of>季度|批|轮)[^，。；、\d\n]{0,8}(?P<n>\d+)(?P<unit>[条件场次期篇人])",
    needs="季度|批|轮",
)
# ，全年共计210条
_BEHIND = lazily(
    r"[，,](?:全年|总)?(?:共计?|合计|总计|累计)[^，。；\d\n]{0,8}(?P<n>\d+)(?P<unit>[条件场次期篇人])"
)
# 开放日活动6场，
_BEFORE = lazily(r"(?P<n>\d+)(?P<unit>[条件场次期篇人])[，,：:（(](?:其中|分别为)?[：:]?$")
# 投入资金6.8万元，其中……
_MONEY = lazily(
    rf"{_NUMBER}(?P<unit>万元|亿元|元)[，,]?其中(?P<list>[^。；\n]{{4,120}})",
    needs="元&其中",
)
_AMOUNT = lazily(rf"{_NUMBER}(?P<unit>万元|亿元|元)")
# 占比分别为45%、35%、30%
_SHARES = lazily(
    rf"(?:占比|占|比例)(?:分别)?[为是]?((?:{_NUMBER}[%％][、，和及])+{_NUMBER}[%％])", needs="%|％"
)
_SHARE = lazily(rf"{_NUMBER}[%％]")
# 增长一倍，由60条增至90条
_DOUBLED = lazily(
    rf"(?:增长|增加|提高|上升)了?一倍[^。；\d\n]{{0,8}}{_NUMBER}[^。；\d\n]{{1,4}}(?:增|升|提高|上升)[加长]?[至到为]+{_NUMBER}",
    needs="一倍",
)
# 5.2万次，是上年2.6万次的3倍
_TIMES = lazily(
    rf"{_NUMBER}(?P<a>[万亿]?)[条件次人]*[，,]是[^，。；\d\n]{{0,8}}{_NUMBER}(?P<b>[万亿]?)[条件次人]*的{_NUMBER}倍",
    needs="倍&，是|,是",
)
# “四张清单”，即责任清单、任务清单、问题清单
_CLAIMED = lazily(
    r"(?P<n>[两三四五六七八九十]|(?<![\d.])[2-9])(?:个|项|张|种|大|类|条|方面|本|份)[^，。；：、\d\n]{0,8}?[”）]?[，,：:]?(?:即|分别[是为])[：:]?(?P<list>[^，。；\n（(]{5,80})(?=[。；，\n])",
    needs="即|分别是|分别为",
)
_AND = lazily(r"[和及与]")


@text_rule("I-01", WARNING, further=True)
@text_rule("I-03", WARNING, further=True)
@text_rule("I-09", WARNING, further=True)
def series_make_what_they_say(context: CheckContext) -> Iterator[Finding]:
    """文中分项之和应与总数一致，所称数目与所列一致。"""
    for key, text in text_sections(context):
        if key != INTRODUCTION:
            for rule_id, message, span in _faults(text):
                yield in_text(rule_id, WARNING, message, key, text, span)


@lru_cache(maxsize=128)
def _faults(text: str) -> tuple[Fault, ...]:
    return (*_series(text), *_money(text), *_shares(text), *_times(text), *_claims(text))


def _series(text: str) -> Iterator[Fault]:
    """Quarters of a year and batches, counted from the first, with their total right before or right behind them."""
    run: list[re.Match[str]] = []
    for one in (*_PART.finditer(text), None):
        if one and run and one["of"] == run[-1]["of"] and _NUMERALS.index(one["at"]) == len(run):
            run.append(one)
            continue
        if len(run) >= (4 if run and run[0]["of"] == "季度" else 2):
            yield from _total_of(text, run)
        run = [one] if one and one["at"] == "一" else []


def _total_of(text: str, run: list[re.Match[str]]) -> Iterator[Fault]:
    unit = run[0]["unit"]
    total = _BEHIND.match(text, run[-1].end()) or _BEFORE.search(
        text, max(run[0].start() - 24, 0), run[0].start()
    )
    if total is None or {one["unit"] for one in run} != {total["unit"]}:
        return
    added = sum(int(one["n"]) for one in run)
    if added != int(total["n"]):
        message = (
            f"分项之和（{added}{unit}）与总数（{total['n']}{unit}）不符，差{abs(added - int(total['n']))}"
        )
        yield "I-01", message, (min(total.start(), run[0].start()), max(total.end(), run[-1].end()))


def _money(text: str) -> Iterator[Fault]:
    """投入资金6.8万元，其中3.2万元、4.1万元: more than all."""
    for one in _MONEY.finditer(text):
        parts = [Decimal(part[1]) for part in _AMOUNT.finditer(one["list"]) if part["unit"] == one["unit"]]
        is_flat = "包" not in one["list"] and "其中" not in one["list"] and "上年" not in one["list"]
        if is_flat and sum(parts) > Decimal(one[1]):
            message = (
                f"分项之和（{plain(sum(parts, Decimal(0)))}{one['unit']}）大于总数（{one[1]}{one['unit']}）"
            )
            yield "I-01", message, one.span()


def _shares(text: str) -> Iterator[Fault]:
    for one in _SHARES.finditer(text):
        added = sum(Decimal(share[1]) for share in _SHARE.finditer(one[1]))
        if added > Decimal("100.5"):
            yield "I-03", f"各项占比之和为{plain(Decimal(added))}%，超过100%", one.span()


def _times(text: str) -> Iterator[Fault]:
    for one in _DOUBLED.finditer(text):
        old, new = Decimal(one[1]), Decimal(one[2])
        if old and not Decimal("1.9") <= new / old <= Decimal("2.1"):
            percent = round((new - old) * 100 / old)
            yield "I-03", f"由{one[1]}增至{one[2]}，增长{percent}%，不是一倍", one.span()
    scale = {"": 1, "万": 10_000, "亿": 100_000_000}
    for one in _TIMES.finditer(text):
        new, old, said = Decimal(one[1]) * scale[one["a"]], Decimal(one[3]) * scale[one["b"]], Decimal(one[5])
        if old and abs(new / old - said) > Decimal("0.1"):
            yield (
                "I-03",
                f"{one[1]}{one['a']}是{one[3]}{one['b']}的{plain(round(new / old, 1))}倍",
                one.span(),
            )


def _claims(text: str) -> Iterator[Fault]:
    """四张清单，即……: another number of things is named."""
    for one in _CLAIMED.finditer(text):
        words = one["list"]
        items = [item for item in words.split("、") if item]
        said = int(one["n"]) if one["n"].isdigit() else _NUMERALS.index(one["n"].replace("两", "二")) + 1
        least, most = len(items), len(items) + len(_AND.findall(words))
        is_list = least >= 2 and "等" not in words and max(map(len, items)) <= 14
        if is_list and not least <= said <= most:
            count = str(least) if least == most else f"{least}至{most}"
            yield "I-09", f"所称“{one['n']}”，所列{count}项：“{words[:30]}”", one.span()
