"""Two numbers of which one cannot be more than the other (I-01), and what is told to have been and not to have been (I-02)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text, text_sections
from app.checks.language.scope import place
from app.checks.quantities.agreement import is_own
from app.checks.rule import WARNING, text_rule
from app.patterns import lazily
from app.report.model import INTRODUCTION

Span = tuple[int, int]

_REST = r"[^，。；、\d\n]"
# 发放问卷200份，收回216份; 应到58人，实到62人; 征集意见28条，采纳30条; 抽查18处，合格20处; 发现问题8个，整改11个
_PAIRS = (
    lazily(
        rf"(?:发放|发出|下发|投放){_REST}{{0,10}}(?:问卷|调查表|意见表|测评表|评议表)(?P<n>\d+)(?P<u>份|张|套)[，,](?P<mid>共|已|实际)?(?:收回|回收){_REST}{{0,10}}?(?P<m>\d+)(?P=u)",
        needs="收回|回收",
    ),
    lazily(r"应到(?P<n>\d+)(?P<u>人|名)[，,](?P<mid>)实到(?P<m>\d+)(?P=u)", needs="实到"),
    lazily(
        rf"(?:收到|征集|收集|征求)到?{_REST}{{0,8}}(?:意见|建议)(?P<n>\d+)(?P<u>条|个|件)[，,](?P<mid>经[^，。；\d]{{1,4}})?(?:予以|已|吸收)*(?:采纳|采用|吸收){_REST}{{0,4}}?(?P<m>\d+)(?P=u)",
        needs="采纳|采用|吸收",
    ),
    lazily(
        rf"(?:抽查|检查|抽检){_REST}{{0,12}}?(?P<n>\d+)(?P<u>处|个|家)[，,](?P<mid>)(?:其中)?(?:合格|达标){_REST}{{0,4}}?(?P<m>\d+)(?P=u)",
        needs="，合格|，达标|,合格|,达标|其中合格|其中达标",
    ),
    lazily(
        r"发现问题(?=[1-9])(?P<n>\d+)(?P<u>个|处|条|项)[，,](?P<mid>[^。；\d\n]{0,16}?)整改[^，。；、\d\n]{0,4}(?P<m>\d+)(?P=u)",
        needs="发现问题1|发现问题2|发现问题3|发现问题4|发现问题5|发现问题6|发现问题7|发现问题8|发现问题9",
    ),
)
_MORE = lazily("连同|上年|遗留|累计|另")


@text_rule("I-01", WARNING, further=True)
def no_part_is_more_than_all(context: CheckContext) -> Iterator[Finding]:
    """收回、采纳、合格、整改的数量不大于发放、征集、抽查、发现的数量。"""
    for key, text in text_sections(context):
        for message, span in _more_than_all(text) if key != INTRODUCTION else ():
            yield in_text("I-01", WARNING, message, key, text, span)


@lru_cache(maxsize=64)
def _more_than_all(text: str) -> tuple[tuple[str, Span], ...]:
    return tuple(
        (f"前后数量不符：{one['m']}{one['u']}大于{one['n']}{one['u']}", one.span())
        for pattern in _PAIRS
        for one in pattern.finditer(text)
        if int(one["m"]) > int(one["n"]) and not _MORE.search(one["mid"] or "")
    )


# -- told both ways ---------------------------------------------------------------------------------------------------------------

_BLAME = ("追究", "追责", "问责")
_NEAR = 30  # characters around the word
# 未发生责任追究情形
_NONE = lazily(
    r"(?:未|没有|没|无|不存在)[^，。；\d\n]{0,24}(?:责任追究|追责|问责|追究)", needs="追究|追责|问责"
)
# 对1名工作人员予以责任追究; 追究责任1人次; 给予1名工作人员责任追究
_SOME = lazily(
    r"(?:对[^，。；\n]{0,16}?[1-9]\d*[名人位个][^，。；\d\n]{0,8}?(?:予以|进行|实施|启动|给予)了?(?:责任追究|追责|问责)"
    r"|给予[1-9]\d*[名人][^，。；\d\n]{0,6}责任追究|追究[1-9]\d*人(?:的)?责任|(?:追究责任|责任追究|追责|问责)了?[1-9]\d*[名人次])"
)
_RULES = lazily("制度|机制|每|案例|培训|考核|规定|如|将")


@text_rule("I-02", WARNING, further=True)
def blame_is_told_one_way(context: CheckContext) -> Iterator[Finding]:
    """责任追究的情况在文中前后应当一致。"""
    apart = (INTRODUCTION, context.form.sections[-2].key)
    texts = [(key, text) for key, text in text_sections(context) if key not in apart]
    some = [(key, text, one) for key, text in texts for one in _blamed(text) if _is_told(context, text, one)]
    if not some:
        return
    none = (one for _, text in texts for one in _NONE.finditer(text) if _is_told(context, text, one))
    denied = next(none, None)
    if denied:
        key, text, one = some[0]
        message = f"“{one[0]}”与“{denied[0]}”不一致"
        yield in_text("I-02", WARNING, message, key, text, one.span())


def _is_told(context: CheckContext, text: str, one: re.Match[str]) -> bool:
    where = place(text, one.start())
    return is_own(context, where) and not _RULES.search(where.clause + one[0])


def _blamed(text: str) -> list[re.Match[str]]:
    """Where somebody was held responsible; looked for only where a number stands nearby."""
    for word in _BLAME:
        at = text.find(word)
        while at >= 0:
            if any(char.isdigit() for char in text[max(0, at - _NEAR) : at + _NEAR]):
                return list(_SOME.finditer(text))
            at = text.find(word, at + 1)
    return []
