"""The same quantity, and what is counted by channel: one value wherever it stands (I-02)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text, text_sections
from app.checks.language.scope import place
from app.checks.rule import WARNING, text_rule
from app.register import counts
from app.report.model import INTRODUCTION

# -- the same quantity twice ------------------------------------------------------------------------------------------------------

# 全年主动公开政府信息212条, not 依申请公开……, nor 212条以上
_TOTAL = re.compile(
    r"(?<!申请)(?<!主动)(?:主动)?公开(?:各类)?(?:政府|政务)?信息(?:总数|数量)?(?:共计?|合计|总计|为|达|：|\s)*(?P<n>\d+)\s*(?P<more>余|多)?\s*(?P<unit>条)(?!以上|左右)"
)
# 转载中央、省等信息45条
_RELAYED = re.compile(
    r"(?P<what>转载)(?:中央|国家|省)[^。；，\d]{0,20}?等?\s*(?P<n>\d+)\s*(?P<more>余|多)?\s*(?P<unit>条|篇)"
)
# 办事指南信息28条
_GUIDES = re.compile(
    r"(?P<what>办事指南)(?:信息|类信息)?(?:共计?|：|\s)*(?P<n>\d+)\s*(?P<more>余|多)?\s*(?P<unit>条|项|份)"
)
# 通过微信公开……15条, 重点领域公开……: of a part, which may have another value
_LIMITED = re.compile(
    r"通过|网站|微信|公众号|微博|抖音|平台|栏|其中|新媒体|重点领域|财政|村|站|渠道|客户端|类|方面|领域"
)


_WHOLE = re.compile(  # words before the total that do not narrow it
    r"(?:\s|20\d\d\s*年度?|本年度?|全年|今年|一年来|我[镇乡局委办]|本[镇乡局机关单位]{1,2}|我?街道|[一-龥]{2,8}(?:镇|乡|街道|局)(?:人民政府)?"
    r"|共计?|累计|总共|已|新增|制作|截至\s*12月31日)*"
)


@text_rule("I-02", WARNING)
def one_quantity_has_one_value(context: CheckContext) -> Iterator[Finding]:
    """同一数据在文中各处应当一致。"""
    for pattern, name in ((_TOTAL, "公开政府信息"), (_RELAYED, "转载"), (_GUIDES, "办事指南")):
        yield from _differing(context, pattern, name)


def _differing(context: CheckContext, pattern: re.Pattern[str], name: str) -> Iterator[Finding]:
    """The first place where a subject has another value than before."""
    told: dict[str, str] = {}
    for key, text in text_sections(context):
        for value, unit, span, (year, other) in _told(pattern, text) if key != INTRODUCTION else ():
            if other or year not in (0, context.report.year):
                continue
            first = told.setdefault(unit, value)
            if first != value:
                message = f"“{name}”前后数据不一致：{first}{unit}、{value}{unit}"
                yield in_text("I-02", WARNING, message, key, text, span)
                return


@lru_cache(maxsize=256)
def _told(
    pattern: re.Pattern[str], text: str
) -> tuple[tuple[str, str, tuple[int, int], tuple[int, bool]], ...]:
    """(value, unit, span, (year, told of another time or territory)) of one subject; parts and channels left out."""
    found = []
    for one in pattern.finditer(text):
        where = place(text, one.start())
        limited = pattern is _TOTAL and (_LIMITED.search(where.before) or not _WHOLE.fullmatch(where.clause))
        if not one["more"] and not limited:
            found.append(
                (one["n"], one["unit"], one.span(), (where.year, where.other_time or bool(where.wider)))
            )
    return tuple(found)


@text_rule("I-02", WARNING, further=True)
def counts_agree_with_text(context: CheckContext) -> Iterator[Finding]:
    """同一数据在报告中前后应当一致：文字中的各渠道、各栏目数量与数量表一致。"""
    text = context.report.narrative(counts.SECTION)
    for one in counts.parted(context.report):
        yield Finding(
            "I-02",
            WARNING,
            f"总体情况写“{one.name}{one.written}{counts.UNIT}”，数量表里是{one.counted}{counts.UNIT}",
            counts.SECTION,
            quote=text[one.start : one.end],
            start=one.start,
            end=one.end,
            values=(("left", str(one.written)), ("right", str(one.counted))),
        )
