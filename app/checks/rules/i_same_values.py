"""The same quantity, and what is counted by channel: one value wherever it stands (I-02)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import COUNTED, quantities
from app.checks.language.reading import in_text, text_sections
from app.checks.language.scope import Place, place
from app.checks.quantities.agreement import is_own
from app.checks.rule import WARNING, text_rule
from app.patterns import Words, lazily
from app.register import counts
from app.report.model import INTRODUCTION

# -- the same quantity twice ------------------------------------------------------------------------------------------------------

# 全年主动公开政府信息212条, not 依申请公开……, nor 212条以上
_TOTAL = lazily(
    r"(?=[主公])(?<!申请)(?<!主动)(?:主动)?公开(?:各类)?(?:政府|政务)?信息(?:总数|数量)?(?:共计?|合计|总计|为|达|：|\s)*(?P<n>\d+)\s*(?P<more>余|多)?\s*(?P<unit>条)(?!以上|左右)"
)
# 转载中央、省等信息45条
_RELAYED = lazily(
    r"(?P<what>转载)(?:中央|国家|省)[^。；，\d]{0,20}?等?\s*(?P<n>\d+)\s*(?P<more>余|多)?\s*(?P<unit>条|篇)",
    needs="转载",
)
# 办事指南信息28条
_GUIDES = lazily(
    r"(?P<what>办事指南)(?:信息|类信息)?(?:共计?|：|\s)*(?P<n>\d+)\s*(?P<more>余|多)?\s*(?P<unit>条|项|份)",
    needs="办事指南&条|项|份",
)
# 通过微信公开……15条, 重点领域公开……: of a part, which may have another value
_LIMITED = Words(
    "通过|网站|微信|公众号|微博|抖音|平台|栏|其中|新媒体|重点领域|财政|村|站|等渠道|客户端|类|方面|领域"
)


_WHOLE = lazily(  # words before the total that do not narrow it
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
        limited = pattern is _TOTAL and (
            _LIMITED.stand_in(where.before) or not _WHOLE.fullmatch(where.clause)
        )
        if not one["more"] and not limited:
            found.append(
                (one["n"], one["unit"], one.span(), (where.year, where.other_time or bool(where.wider)))
            )
    return tuple(found)


# 全年, 2024年, 我镇, 共: words that do not make it another quantity
_BESIDES = lazily(
    r"20\d\d\s*年度?|全年度?|本年度?|今年(?:以来)?|年内|截至(?:年底|目前|12月31日)|目前|当前|现有|共有|共设有?|现|底|12月31日|截至|共计?|合计|累计|总共|一共|已|我(?:街道|[镇乡局委办县区])|本(?:机关|单位)"
    r"|达到?|为|年[末底]|全[镇乡]|本次|此次|通过|主动|各类|的|了|\s"
)
# what was done: 发布信息200条 is a quantity, 粉丝200人 is counted at a day
_DID = Words(
    "公开|发布|开展|组织|召开|举办|推送|制作|编发|转载|更新|编制|发放|刊发|解读|回复|清理|聘请|聘任|选聘|现有|共有|设有|建有|粉丝|关注用户|关注人数|用户数"
)
# held against the tables already, or against itself above
_ELSEWHERE = lazily(
    r"申请|复议|诉讼|规范性|行政[许处强]|结转|办结|答复|^公开(?:政府|政务)?信息(?:总数|数量)?$"
)
# 12月开展……, 图文、视频: of a time, of several
_ODD = lazily(r"[\d、]")
_PEOPLE = frozenset("人名家户")  # 聘请监督员8名, 粉丝1860人
_SHORTEST = 5  # characters by which a quantity is known: 发布信息 alone may be of anything


@text_rule("I-02", WARNING, further=True)
def what_was_done_is_told_once(context: CheckContext) -> Iterator[Finding]:
    """同一数据在文中各处应当一致：同一件事在两处写到，数量相同。"""
    first: dict[tuple[str, str], int] = {}
    for key, text in text_sections(context):
        if key in (INTRODUCTION, context.form.sections[-2].key):
            continue
        for what, unit, value, span, where in _deeds(text):
            if not is_own(context, where):
                continue
            before = first.setdefault((what, unit), value)
            if before != value:
                message = f"“{what}”前后数据不一致：{before}{unit}、{value}{unit}"
                yield in_text("I-02", WARNING, message, key, text, span)


@lru_cache(maxsize=64)
def _deeds(text: str) -> tuple[tuple[str, str, int, tuple[int, int], Place], ...]:
    """(what was done, unit, how many, span, surroundings) of every number that is told of a whole, in its own words."""
    found = []
    at = 0  # behind the last number
    for one in quantities(text):
        if one.unit not in COUNTED and one.unit not in _PEOPLE:  # 12月开展……: a time
            continue
        begin = max(at, one.start - _LONGEST_CLAUSE)
        at = one.end
        if one.about or not _DID.stand_in(text, begin, one.start):
            continue
        where = place(text, one.start)
        what = _BESIDES.sub("", text[max(begin, one.start - len(where.clause)) : one.start])
        if len(what) < _SHORTEST or _ODD.search(what) or not _DID.stand_in(what) or _ELSEWHERE.search(what):
            continue
        before = where.before[: len(where.before) - len(where.clause)]
        is_named = "其中" not in before and any(way in what for way in _NAMED_WAYS)
        if is_named or not _LIMITED.stand_in(_SUBJECT.sub("", before)):
            found.append((what, one.unit, int(one.value), (one.start - len(where.clause), one.end), where))
    return tuple(found)


# 微信公众号发布信息68条 names its channel itself
_NAMED_WAYS = ("公众号", "网站", "抖音", "微博")
# 培训方面，: of what the sentence is, no part
_SUBJECT = lazily(r"^[一-龥]{2,6}方面[，：]")
_LONGEST_CLAUSE = 60


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


# -- told both ways ---------------------------------------------------------------------------------------------------------------

_BLAME = ("追究", "追责", "问责")
_AROUND = 30  # characters before and behind the word
# 未发生责任追究情形
_NONE = lazily(
    r"(?:未|没有|没|无|不存在)[^，。；\d\n]{0,24}(?:责任追究|追责|问责|追究)", needs="追究|追责|问责"
)
# 对1名工作人员予以责任追究; 追究责任1人次; 给予1名工作人员责任追究
_SOME = lazily(
    r"(?:对[^，。；\n]{0,16}?[1-9]\d*[名人位个][^，。；\d\n]{0,8}?(?:予以|进行|实施|启动|给予)了?(?:责任追究|追责|问责)"
    r"|给予[1-9]\d*[名人][^，。；\d\n]{0,6}责任追究|追究[1-9]\d*人(?:的)?责任|(?:追究责任|责任追究|追责|问责)了?[1-9]\d*[名人次])"
)
_RULES = Words("制度|机制|每|案例|培训|考核|规定|如|将")


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
    return is_own(context, where) and not _RULES.stand_in(where.clause + one[0])


def _blamed(text: str) -> list[re.Match[str]]:
    """Where somebody was held responsible; looked for only where a number stands nearby."""
    for word in _BLAME:
        at = text.find(word)
        while at >= 0:
            if any(char.isdigit() for char in text[max(0, at - _AROUND) : at + _AROUND]):
                return list(_SOME.finditer(text))
            at = text.find(word, at + 1)
    return []
