"""The fee told in section 六 against what was filled in, and against itself (N-12)."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import number, plain
from app.checks.language.reading import renumbered, text_sections
from app.checks.language.scope import place
from app.checks.quantities.agreement import is_own
from app.checks.rule import ERROR, WARNING, rule
from app.patterns import Words, lazily

# 未收取信息处理费; 收取信息处理费200元, 0.02万元
_FEE = lazily(
    r"(?P<nil>(?:未|没有|无)(?:收取|产生|发生)?(?:任何|过|政府信息公开|依申请公开|相关|有关|的)*(?:信息)?处理费)"
    r"|(?:(?:收取|收到|收|缴纳)(?:了|政府信息公开|依申请公开|的)*(?:信息)?处理费(?:用)?|处理费收入)(?:共计?|合计|总计|为|金额|共|：)*\s*(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>万)?元",
    needs="处理费",
)


@rule("N-12", ERROR)
def processing_fee(context: CheckContext) -> Iterator[Finding]:
    """第六部分报告的信息处理费应与填写的收取金额一致。"""
    fee = context.report.processing_fee
    if fee is None or not fee.is_finite():
        return
    for key, text in text_sections(context):
        for found in _fees(text):
            value, start, end = found
            if not is_own(context, place(text, start)) or value == fee:
                continue
            quote = text[start:end]
            stated = "未收取" if value == 0 else f"{plain(value)}元"
            message = f"“{quote}”与填写的信息处理费不一致：文中为{stated}，填写为{plain(fee)}元"
            values = (("left", plain(value)), ("right", plain(fee)))
            repair = renumbered(key, text, (start, end), value, fee)
            yield Finding("N-12", ERROR, message, key, (), quote, start, end, values, repair)


# 其余申请未收取, 上年未收取: of some only
_FEE_OF_SOME = Words("其余|其他|其它|余下|上年|去年|个人|免|减|部分")


@rule("N-12", WARNING, further=True)
def fee_is_either_taken_or_not(context: CheckContext) -> Iterator[Finding]:
    """同一部分不应既写收取了信息处理费，又写未收取。"""
    for key, text in text_sections(context):
        own = _of_all(context, text)
        taken = next((one for one in own if one[0]), None)
        nil = next((one for one in own if not one[0]), None)
        if taken and nil:
            quote = text[nil[1] : nil[2]]
            message = f"“{quote}”与“{text[taken[1] : taken[2]]}”不一致"
            yield Finding("N-12", WARNING, message, key, (), quote, nil[1], nil[2])


def fee_taken(context: CheckContext) -> Decimal | None:
    """The fee that section 六 says was taken this year; None where it says nothing, or more than one thing."""
    text = context.report.narrative(context.form.sections[-1].key)
    own = {one[0] for one in _of_all(context, text)}
    return own.pop() if len(own) == 1 else None


def _of_all(context: CheckContext, text: str) -> list[tuple[Decimal, int, int]]:
    """The statements on the fee of this year as a whole."""
    return [
        one
        for one in _fees(text)
        if is_own(context, where := place(text, one[1])) and not _FEE_OF_SOME.stand_in(where.sentence)
    ]


@lru_cache(maxsize=256)
def _fees(text: str) -> tuple[tuple[Decimal, int, int], ...]:
    """(元, start, end) of every statement on the fee; 未收取 is 0."""
    found: list[tuple[Decimal, int, int]] = []
    for one in _FEE.finditer(text):
        value = number("0" if one["nil"] else one["n"]) * (10_000 if one["scale"] else 1)
        found.append((value, *one.span()))
    return tuple(found)
