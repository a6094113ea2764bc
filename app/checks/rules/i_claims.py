"""What a text claims beside the numbers and names themselves: totals, growth and shares, counts of names (I-01, I-03, I-09)."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding, is_told
from app.checks.language.numerals import Quantity, plain
from app.checks.language.reading import in_text, text_sections
from app.checks.language.scope import place
from app.checks.quantities.announced import Announced, announced
from app.checks.quantities.changes import PERCENT, SHARE, Change, changes, shares
from app.checks.quantities.claims import SCALES, Claim, claims
from app.checks.quantities.figures import SHARE as SHARE_OF_ALL
from app.checks.quantities.figures import makes, of_role, percent
from app.checks.quantities.names import Names, names
from app.checks.quantities.wholes import wholes
from app.checks.rule import WARNING, text_rule
from app.checks.rules.i_arithmetic import sum_findings
from app.report.model import INTRODUCTION

Fault = tuple[str, str, tuple[int, int]]  # check, what is said, where
_ROUNDED, _SOME, _FEW = (
    Decimal("2.5"),
    Decimal(20),
    Decimal("0.05"),
)  # 二成 is 17.5 to 22.5 %; 三倍 2.85 to 3.15

_ALL = 100
# 占年度任务的120%, 占上年的105%
_MAY_BE_MORE = ("任务", "计划", "目标", "指标", "上年", "去年", "同期", "上一年", "增", "升")
# 16 and 17 villages are a slip; 3 and 17 are some and all
_SLIP, _SLIP_OF = 2, 0.15


@text_rule("I-01", WARNING, further=True)
@text_rule("I-03", WARNING, further=True)
@text_rule("I-09", WARNING, says="“从以下几方面”的数目应与所列各项一致。")
def claims_agree_with_what_is_told(context: CheckContext) -> Iterator[Finding]:
    """文中总数、增幅、所称数目应与所列数字、名称一致。"""
    for key, text in text_sections(context):
        if key != INTRODUCTION:
            for rule_id, message, span in _faults(text):
                sums = sum_findings(key, text) if rule_id == "I-01" else ()
                if not is_told((one for _, one in sums), key, span):
                    yield in_text(rule_id, WARNING, message, key, text, span)


@text_rule("I-02", WARNING, further=True)
def there_are_so_many_of_them(context: CheckContext) -> Iterator[Finding]:
    """同一数据在文中各处应当一致：全镇的村、社区数前后相同。"""
    first: dict[str, int] = {}
    for key, text in text_sections(context):
        for one in wholes(text) if key != INTRODUCTION else ():
            if place(text, one.start).year not in (0, context.report.year):
                continue
            before = first.setdefault(one.thing, one.value)
            if 0 < abs(before - one.value) <= max(_SLIP, before * _SLIP_OF):
                message = f"“{one.thing}”的总数前后不一致：{before}个、{one.value}个"
                yield in_text("I-02", WARNING, message, key, text, (one.start, one.end))


@lru_cache(maxsize=128)
def _faults(text: str) -> tuple[Fault, ...]:
    totals = (_of_total(one) for one in claims(text))
    growth = (_of_change(text, one) for one in changes(text))
    return tuple(one for each in (*totals, *growth, _of_shares(text), _of_names(text)) for one in each)


def _of_total(one: Claim) -> Iterator[Fault]:
    wrong = one.added > one.total if one.is_part else abs(one.added - one.total) > one.slack
    if not wrong:
        return
    added, total = (
        f"{plain(value / SCALES[one.scale])}{one.scale}{one.unit}" for value in (one.added, one.total)
    )
    parts = "分项" if one.parts == 1 else "分项之和"
    way = "大于总数" if one.is_part else "与总数"
    apart = "" if one.is_part else f"不符，差{plain(abs(one.added - one.total))}"
    yield "I-01", f"{parts}（{added}）{way}（{total}）{apart}", (one.start, one.end)


def _of_change(text: str, one: Change) -> Iterator[Fault]:
    first, second, span = one.first.value, one.second.value, (one.start, one.end)
    if not first or not second:
        return
    if one.says == SHARE:
        if abs(first * 100 / second - one.value) > _ROUNDED:
            part, whole = _written(text, one.first), _written(text, one.second)
            right = percent(first, second, one.written)
            yield "I-03", f"占比计算有误，应为{right}%：{part}占{whole}", span
    elif one.says == PERCENT:
        if not makes(abs(second - first), first, one.written):
            right = percent(abs(second - first), first, one.written)
            yield "I-03", f"增减幅度计算有误，应为{right}%", span
    elif abs(second / first - one.value) > max(one.value / _SOME, _FEW):
        times = plain(round(second / first, 2))
        new, old = _written(text, one.second), _written(text, one.first)
        yield "I-03", f"倍数与所列数字不符：{new}是{old}的{times}倍，请核对", span


def _written(text: str, one: Quantity) -> str:
    return text[one.start : one.end].strip()


def _of_shares(text: str) -> Iterator[Fault]:
    for one in shares(text):
        if one.added > Decimal("100.5"):
            yield "I-03", f"各项占比之和为{plain(one.added)}%，超过100%", (one.start, one.end)
    for share in of_role(text, SHARE_OF_ALL):
        if share.value > _ALL and not any(word in share.of for word in _MAY_BE_MORE):
            yield "I-03", f"占比为{share.shown}%，超过100%", share.span


def _of_names(text: str) -> Iterator[Fault]:
    found: list[Announced | Names] = [*announced(text), *names(text)]
    for one in found:
        if not one.least <= one.said <= one.most:
            count = str(one.least) if one.least == one.most else f"{one.least}至{one.most}"
            listed = f"：“{one.words[:30]}”" if one.words else ""
            yield (
                "I-09",
                f"所称“{one.written}”，所列{count}项{listed}，请核对数目或者补写",
                (one.start, one.end),
            )
