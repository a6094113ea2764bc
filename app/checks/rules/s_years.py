"""Year and period: of which year title, introduction and texts tell (S-06, S-07)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import TITLE, in_text, rewrite, text_sections
from app.checks.rule import ERROR, WARNING, rule
from app.patterns import Words, lazily
from app.report.model import INTRODUCTION

Span = tuple[int, int]

# 2024年 anywhere
_YEAR = lazily(r"(20\d\d)\s*年")
# 2024年 at the beginning of a sentence
_SENTENCE_YEAR = lazily(r"(?=[\s2])(?:^|(?<=[。；;！？）)\n]))[^\S\n]*((20\d\d)\s*年度?)", re.M)
# 《……2024年……》, 〔2021〕: years of documents
_QUOTED = lazily(r"《[^》]{0,200}》|〔[^〕]{0,200}〕")
# 现公布甲县乙镇人民政府2024年政府信息公开工作年度报告
_REPORT_YEAR = lazily(
    r"(?:公布|发布|编制|形成|起草|撰写|现将)[^。；;《》]{0,40}?((20\d\d)\s*年度?)"
    r"[^。；;《》]{0,20}?信息公开(?:工作)?(?:年度报告|年报)"
)
# 2024年度报告已于2024年1月15日公布, 于2024年1月15日之前公布2024年年报: a report of a year that has not ended
_PUBLISHED = (
    lazily(
        r"(?P<on>20\d\d)\s*年\s*\d{1,2}\s*月\s*(?:\d{1,2}\s*日)?(?:之?前|底前?)?[^，。；\n]{0,16}?(?:公布|公开|发布|报送|编制)"
        r"[^，。；\n\d]{0,12}(?P<of>20\d\d)\s*年度?[^，。；\n\d]{0,16}(?:年度报告|年报)",
        needs="月&度报告|年报",
    ),
    lazily(
        r"(?P<of>20\d\d)年?度?(?:政府信息公开|政务公开)?(?:工作)?(?:年度)?(?:报告|年报)[^。；\d]{0,12}[于在](?P<on>20\d\d)年\d{1,2}月[^。；]{0,16}(?:公布|公开|发布|编制|完成|上报)",
        needs="月&报告|年报",
    ),
    lazily(
        r"(?P<on>20\d\d)年\d{1,2}月[^。；\d《]{0,4}(?:\d{1,2}日)?[^。；\d《]{0,14}(?:公布|发布|编制|公开)[^。；\d]{0,8}(?P<of>20\d\d)年?度?(?:政府信息公开|政务公开)?(?:工作)?(?:年度)?(?:报告|年报)",
        needs="月&报告|年报",
    ),
)
# 1月1日, 12月
_DAY = r"(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?"
# 2024年1月1日起至2024年12月31日, also without 年 or 日, with 到, —, ～
_PERIOD = lazily(
    rf"(20\d\d)\s*年?\s*{_DAY}\s*(?:起|开始|始)?\s*[，,]?\s*(?:至|到|—+|-+|－|~|～|–)\s*(?:(20\d\d)\s*年?\s*)?{_DAY}",
    needs="月",
)
# 据统计, 数据期限: a span of dates is of figures
_ABOUT_FIGURES = Words("统计|数据|期限|时限")
# （涵盖2024年1月1日至12月31日）期间的政府信息公开工作情况: the period of the report, if not in these words
_OF_THE_WORK = lazily(
    r"(?:期间)?(?:的|，)?[一-龥]{0,12}(?:政府信息|政务)公开(?:工作)?(?:的)?(?:总体|基本|有关)?情况"
)
# 本报告所列数据的统计期限: of the report's own
_OF_THE_REPORT = lazily(
    r"统计(?:期限|时限|周期|时间|起止)|数据(?:统计)?(?:期限|时限)|(?:报告|所列|列示).{0,8}数据"
)
# 与去年1月1日至6月30日相比
_COMPARED = lazily(r"(?:较|比|同比|对比|与|上年|去年)[^，,。；;]{0,6}$", needs="较|比|与|上年|去年")


@rule("S-06", ERROR, WARNING)
def one_year_everywhere(context: CheckContext) -> Iterator[Finding]:
    """年度报告的标题、引言、统计期限和正文报告的是同一年度。"""
    year = context.report.year
    if context.outline is not None:
        found = _YEAR.search(context.outline.title)
        if found and int(found[1]) != year:
            message = f"报告年份前后不一致：标题为{found[1]}年，正文为{year}年"
            yield Finding("S-06", ERROR, message, TITLE, quote=context.outline.title)
    introduction = context.report.narratives.get(INTRODUCTION, "")
    if (other := told_year(context)) is not None:
        yield _all_of_another_year(context, other)
        return
    for other, span in _announced_years(introduction):
        if other != year:
            right = introduction[slice(*span)].replace(str(other), str(year))
            repair = rewrite(INTRODUCTION, introduction, [(*span, right)], safe=False)
            message = f"报告年份前后不一致：标题为{year}年，引言为{other}年"
            yield in_text("S-06", ERROR, message, INTRODUCTION, introduction, span, repair)
    yield from _sections_of_another_year(context)
    yield from _published_too_early(context)


def _published_too_early(context: CheckContext) -> Iterator[Finding]:
    """A report that says of itself, or of another, that it came out before its year had ended."""
    year = context.report.year
    for key, text in text_sections(context):
        for on, span in _own_day(text):
            if on <= year:
                message = f"{year}年的年度报告不可能在{on}年公布：请核对“{text[slice(*span)]}”中的年份"
                yield in_text("S-06", WARNING, message, key, text, span)
        for told, published, span in _published(text):
            message = f"{told}年的年度报告不可能在{published}年公布：请核对“{text[slice(*span)]}”中的年份"
            yield in_text("S-06", WARNING, message, key, text, span)


def told_year(context: CheckContext) -> int | None:
    """The other year of which period and texts of an old file tell as one: its title alone is wrong. Else None.

    Of one's own report the year was chosen: last year's words in it are named one by one, each with its repair.
    """
    year = context.report.year
    if context.outline is None:
        return None
    periods = [dates for key, text in text_sections(context) for dates, _, named in _periods(text) if named]
    others = {dates[0] for dates in periods if dates == (dates[0], 1, 1, dates[0], 12, 31)}
    if len(others) != 1 or year in others or len(set(periods)) > 1:
        return None
    texts = [context.report.narratives.get(one.key, "") for one in context.form.sections if not one.tables]
    years = [leading[0][0] for leading, _ in map(_sentence_years, texts) if leading]
    return others.pop() if years and set(years) == others else None


def _all_of_another_year(context: CheckContext, other: int) -> Finding:
    """One finding for the year that everything but the title tells of, at the period."""
    year = context.report.year
    sections = [one for one in context.form.sections if not one.tables]
    texts = {one.name: context.report.narratives.get(one.key, "") for one in sections}
    named = [f"“{name}”" for name, text in texts.items() if other in _sentence_years(text)[1]]
    places = "、".join(["统计期限", *named])
    message = f"报告年份前后不一致：标题为{year}年，{places}为{other}年，请核对是标题还是正文的年份有误"
    key, text, span = next(
        (key, text, span)
        for key, text in text_sections(context)
        for _, span, is_named in _periods(text)
        if is_named
    )
    return in_text("S-06", ERROR, message, key, text, span)


def _sections_of_another_year(context: CheckContext) -> Iterator[Finding]:
    """Texts that begin with an earlier year and do not name the report's own."""
    year = context.report.year
    for section in context.form.sections:
        text = context.report.narratives.get(section.key, "")
        if not text or section.tables:
            continue
        leading, all_years = _sentence_years(text)
        old = next(((other, span) for other, span in leading if other < year), None)
        if old is not None and year not in all_years:
            message = f"报告年份前后不一致：标题为{year}年，“{section.name}”为{old[0]}年"
            yield in_text("S-06", WARNING, message, section.key, text, old[1])


@lru_cache(maxsize=64)
def _published(text: str) -> tuple[tuple[int, int, Span], ...]:
    """(year of a report, year in which it is said to be published, place) where the report comes before its year has ended."""
    found: list[tuple[int, int, Span]] = []
    sentences = list(_dating(text))
    told = (one for pattern in _PUBLISHED for span in sentences for one in pattern.finditer(text, *span))
    for one in told if sentences else ():
        is_new = all(one.end() <= start or end <= one.start() for _, _, (start, end) in found)
        if is_new and int(one["on"]) <= int(one["of"]):
            found.append((int(one["of"]), int(one["on"]), one.span()))
    return tuple(found)


def _dating(text: str) -> Iterator[Span]:
    """Where a sentence, or half of one, tells a month, a report and two years: few do, so that the patterns are seldom made."""
    start = 0
    for sentence in text.replace("；", "。").split("。"):
        if "月" in sentence and "报" in sentence and sentence.count("20") > 1:
            yield start, start + len(sentence)
        start += len(sentence) + 1


# 本报告已于2024年1月20日在……网站公布
_OWN_DAY = lazily(
    r"本(?:年度)?(?:报告|年报)(?:已|将)?[于在](?P<on>20\d\d)年\d{1,2}月(?:\d{1,2}日)?[^，。；\d《]{0,24}(?:公布|公开|发布|上网|刊登)",
    needs="月&报告于|报告在|报告已|报告将|年报于|年报在|年报已|年报将",
)


@lru_cache(maxsize=64)
def _own_day(text: str) -> tuple[tuple[int, Span], ...]:
    """The years in which the report says of itself that it is published."""
    return tuple((int(one["on"]), one.span()) for one in _OWN_DAY.finditer(text))


@lru_cache(maxsize=64)
def _announced_years(text: str) -> tuple[tuple[int, Span], ...]:
    return tuple((int(one[2]), one.span(1)) for one in _REPORT_YEAR.finditer(text))


@lru_cache(maxsize=64)
def _sentence_years(text: str) -> tuple[tuple[tuple[int, Span], ...], frozenset[int]]:
    """Years with which sentences begin, with their places, and all years of the text outside 《》 and 〔〕."""
    plain = _QUOTED.sub(lambda one: "《" * len(one[0]), text)
    leading = tuple((int(one[2]), one.span(1)) for one in _SENTENCE_YEAR.finditer(plain))
    return leading, frozenset(int(one[1]) for one in _YEAR.finditer(plain))


@rule("S-07", ERROR, WARNING)
def period_is_the_year(context: CheckContext) -> Iterator[Finding]:
    """本报告所列数据的统计期限为本年1月1日至12月31日。"""
    year = context.report.year
    if told_year(context) is not None:
        return  # S-06 says it
    may_state = {INTRODUCTION, context.form.sections[0].key, context.form.sections[-1].key}
    is_stated = False
    for key, text in text_sections(context):
        for dates, span, is_named in _periods(text):
            if is_stated and not is_named:
                continue  # some other figures: 据统计，1月1日至6月30日接待群众……
            is_stated = is_stated or is_named or key in may_state
            if (is_named or key in may_state) and dates != (year, 1, 1, year, 12, 31):
                message = (
                    f"统计期限应为{year}年1月1日至{year}年12月31日，现为“{text[span[0] : span[1]].strip()}”"
                )
                right = [(*span, f"{year}年1月1日起至{year}年12月31日")]
                repair = rewrite(key, text, right, safe=False)
                yield in_text("S-07", ERROR, message, key, text, span, repair)
    yield from _cut_off_early(context)
    if not is_stated:
        message = f"未注明数据统计期限，请写“本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日”"
        yield Finding("S-07", WARNING, message, INTRODUCTION)


# 数据统计截至2024年11月30日
_UNTIL_DAY = lazily(
    r"(?:统计|数据)[^。；，\n\d]{0,8}截[至止](?:到|于)?\s*(20\d\d)年(\d{1,2})月(\d{1,2})日", needs="截"
)


def _cut_off_early(context: CheckContext) -> Iterator[Finding]:
    """Figures that end before the year does."""
    end = (context.report.year, 12, 31)
    text = context.report.narratives.get(INTRODUCTION, "")
    for one in _UNTIL_DAY.finditer(text):
        if (int(one[1]), int(one[2]), int(one[3])) != end:
            message = f"统计期限应至{end[0]}年12月31日，此处为“{one[0]}”"
            yield in_text("S-07", WARNING, message, INTRODUCTION, text, one.span())


@lru_cache(maxsize=64)
def _periods(text: str) -> tuple[tuple[tuple[int, ...], Span, bool], ...]:
    """Periods of figures as (year, month, day, year, month, day) with their places, and whether they are named as the report's.

    A span of dates about something else, or one that is compared with, is none.
    """
    found: list[tuple[tuple[int, ...], Span, bool]] = []
    for one in _PERIOD.finditer(text):
        start = max(text.rfind("。", 0, one.start()), text.rfind("\n", 0, one.start())) + 1
        before = text[start : one.start()]
        is_of_work = "涵盖" in before and _OF_THE_WORK.match(text, one.end())
        if not (is_of_work or _ABOUT_FIGURES.stand_in(before)) or _COMPARED.search(before):
            continue
        first, month, day, last, last_month, last_day = one.groups()
        dates = (first, month, day or 1, last or first, last_month, last_day or 31)
        named = bool(_OF_THE_REPORT.search(before))
        found.append((tuple(int(part) for part in dates), one.span(), named))
    return tuple(found)
