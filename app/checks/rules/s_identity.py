"""Year, period, names and signature: who reports on which year, and when it was issued (S-06 … S-10)."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import SIGNATURE, TITLE, in_text, rewrite, squeezed, text_sections
from app.checks.rule import ERROR, WARNING, rule
from app.checks.rules.s_structure import title_unit
from app.checks.settings import CheckSettings
from app.patterns import lazily
from app.report.model import INTRODUCTION, AgencyKind, SignaturePlace

Span = tuple[int, int]

# 2024年 anywhere
_YEAR = lazily(r"(20\d\d)\s*年")
# 2024年 at the beginning of a sentence
_SENTENCE_YEAR = lazily(r"(?:^|(?<=[。；;！？）)\n]))[^\S\n]*((20\d\d)\s*年度?)", re.M)
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
    rf"(20\d\d)\s*年?\s*{_DAY}\s*(?:起|开始|始)?\s*[，,]?\s*(?:至|到|—+|-+|－|~|～|–)\s*(?:(20\d\d)\s*年?\s*)?{_DAY}"
)
# 据统计, 数据期限: a span of dates is of figures
_ABOUT_FIGURES = lazily(r"统计|数据|期限|时限")
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

_PLACE_END = "县区市旗州盟"
# 桓仁满族自治县古城镇 → 古城镇, 甲市丙街道办事处 → 丙街道
_OWN_CORE = lazily(
    rf"([^{_PLACE_END}]{{1,8}}(?:镇|乡|苏木|街道)|[^{_PLACE_END}]{{1,6}}(?:[^{_PLACE_END}族]{{1,4}}族){{1,4}}乡)(?:办事处)?$"
)
# 现公布丙镇2025年……; 请与丙镇党政办联系; 2025年，丙镇人民政府……: places where a text names itself
_OTHER_UNIT = (
    lazily(r"(?:公布|发布)([一-龥]{1,30}?(?:镇|乡|街道))(?:人民政府|办事处)?\s*20\d\d\s*年"),
    lazily(r"请(?:与|向|联系)([一-龥]{1,30}?(?:镇|乡|街道))[一-龥]{0,12}(?:联系|咨询|反映|[（(])"),
    lazily(r"20\d\d\s*年度?[，,]?([一-龥]{1,14}?(?:镇|乡|街道))(?:人民政府|党委)"),
)
# 青岩镇人民政府高度重视: a unit with which a clause begins, so not 与青岩镇人民政府
_ACTING = lazily(
    r"(?:^|(?<=[，。；：、！\n年）)]))(?P<name>[一-龥]{1,6}(?:镇|乡|街道))(?=(?:人民)?政府|党委|办事处)", re.M
)
# 各乡镇, 全镇, 小城镇: no name of a town
_NO_NAME = lazily(r"^(?:各|全|我|本|该|所|下|辖|乡|村|城|集|小城|街|新型|特色|重点|中心)*(?:镇|乡|街道)$")
# 我单位, 本单位
_SELF = lazily(r"(?:我|本)单位")
# 桓仁县政府门户网站: the name of a site
_SITE = ("政府门户网站", "政府网", "门户网站")
# 桓仁满族自治县: 桓仁 and 县 make the short form
_AUTONOMOUS = lazily(r"(?:^|(?<=[省市州]))([一-龥]{2,4}?)((?:[一-龥]{1,4}族)+自治)(县|旗)")

# 2026年1月20日
_FULL_DATE = lazily(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
# 于2024年1月15日之前公布了2024年度政府信息公开工作年度报告
_GOVERNMENT_DEADLINE = (3, 31)  # 条例第四十九条: of the county's own report


# -- year and period ------------------------------------------------------------------------------------------------------


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
    for other, span in _announced_years(introduction):
        if other != year:
            right = introduction[slice(*span)].replace(str(other), str(year))
            repair = rewrite(INTRODUCTION, introduction, [(*span, right)], safe=False)
            message = f"报告年份前后不一致：标题为{year}年，引言为{other}年"
            yield in_text("S-06", ERROR, message, INTRODUCTION, introduction, span, repair)
    yield from _sections_of_another_year(context)
    for key, text in text_sections(context):
        for on, span in _own_day(text):
            if on <= year:
                message = f"{year}年的年度报告不可能在{on}年公布：请核对“{text[slice(*span)]}”中的年份"
                yield in_text("S-06", WARNING, message, key, text, span)
        for told, published, span in _published(text):
            message = f"{told}年的年度报告不可能在{published}年公布：请核对“{text[slice(*span)]}”中的年份"
            yield in_text("S-06", WARNING, message, key, text, span)


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
    for pattern in _PUBLISHED:
        for one in pattern.finditer(text):
            is_new = all(one.end() <= start or end <= one.start() for _, _, (start, end) in found)
            if is_new and int(one["on"]) <= int(one["of"]):
                found.append((int(one["of"]), int(one["on"]), one.span()))
    return tuple(found)


# 本报告已于2024年1月20日在……网站公布
_OWN_DAY = lazily(
    r"本(?:年度)?(?:报告|年报)(?:已|将)?[于在](?P<on>20\d\d)年\d{1,2}月(?:\d{1,2}日)?[^，。；\d《]{0,24}(?:公布|公开|发布|上网|刊登)",
    needs="月&报告|年报",
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
    if not is_stated:
        yield Finding("S-07", WARNING, "未注明数据统计期限", INTRODUCTION)


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
        if not (is_of_work or _ABOUT_FIGURES.search(before)) or _COMPARED.search(before):
            continue
        first, month, day, last, last_month, last_day = one.groups()
        dates = (first, month, day or 1, last or first, last_month, last_day or 31)
        named = bool(_OF_THE_REPORT.search(before))
        found.append((tuple(int(part) for part in dates), one.span(), named))
    return tuple(found)


# -- names ----------------------------------------------------------------------------------------------------------------


def core(name: str) -> str:
    """古城镇 of 桓仁满族自治县古城镇人民政府; "" for what is no town, township or subdistrict."""
    found = _OWN_CORE.search(squeezed(name).removesuffix("人民政府"))
    return found[1] if found else ""


@rule("S-08", ERROR, WARNING)
def one_name_everywhere(context: CheckContext) -> Iterator[Finding]:
    """标题和落款使用单位全称，文中使用规范的全称或简称，前后一致。"""
    agency = context.report.agency
    own = core(agency.name)
    if context.outline is not None:
        yield from _title_name(context, own)
    if own:
        for key, text in text_sections(context):
            for other, span in _units(text):
                if not _is_same(other, own) and not _is_short(other, own):
                    message = f"单位名称不一致：“{agency.name}”与“{other}”"
                    yield in_text("S-08", ERROR, message, key, text, span)
        yield from _misspelt_names(context, own)
    if agency.kind is AgencyKind.TOWNSHIP:
        yield from _unit_words(context, own)
    yield from _short_county(context)


def _is_same(other: str, own: str) -> bool:
    return other.endswith(own) or own.endswith(other)


def _is_short(other: str, own: str) -> bool:
    """青山乡 for 青山布依族苗族乡."""
    stems = (own[:end] for end in range(2, len(own) - 2))
    return own.endswith("族乡") and any(other.endswith(f"{stem}乡") and "族" not in stem for stem in stems)


def _misspelt_names(context: CheckContext, own: str) -> Iterator[Finding]:
    """青岩镇人民政府, 示列县青山镇 in the report of 示例县青山镇: one character is another."""
    county = squeezed(context.report.agency.name).partition(own)[0]
    for key, text in text_sections(context):
        named = [span for _, span in _units(text)]  # told as another unit already
        for wrong, right, span in _almost(text, own, county):
            if span in named:
                continue
            message = f"“{wrong}”与本单位名称“{right}”差一个字，请核对"
            repair = rewrite(key, text, [(*span, right)], safe=False)
            yield in_text("S-08", WARNING, message, key, text, span, repair)


@lru_cache(maxsize=64)
def _almost(text: str, own: str, county: str) -> tuple[tuple[str, str, Span], ...]:
    """Names that are the unit's or its county's but for one character."""
    found = [*_misnamed(text, own, county), *_misnamed_kind(text, own)] if len(own) >= 3 else []
    if len(county) >= 3 and county[-1] in _PLACE_END:
        for at in (one.start() for one in re.finditer(re.escape(own), text)):
            name = text[max(at - len(county), 0) : at]
            if _differs_by_one(name, county) and name[-1] == county[-1]:
                found.append((name, county, (at - len(county), at)))
    return tuple(found)


def _misnamed(text: str, own: str, county: str) -> Iterator[tuple[str, str, Span]]:
    """青岩镇人民政府, 青山街道办事处 where a clause begins with them."""
    for one in _ACTING.finditer(text):
        name = one["name"].removeprefix(county)
        if name != own and (_differs_by_one(name, own) or _is_other_kind(name, own)):
            yield name, own, (one.end("name") - len(name), one.end("name"))


def _misnamed_kind(text: str, own: str) -> Iterator[tuple[str, str, Span]]:
    """青山真人民政府: the last character of the own name is another that is no kind of place."""
    for one in re.finditer("人民政府", text):
        name = text[max(one.start() - len(own), 0) : one.start()]
        if name[:-1] == own[:-1] and name[-1:] not in (own[-1], *_PLACE_END, *"省乡镇街道"):
            yield name, own, (one.start() - len(own), one.start())


def _is_other_kind(name: str, own: str) -> bool:
    """青山街道 in the report of 青山镇."""
    ends = "镇", "乡", "街道"
    stems = [unit.removesuffix(next((end for end in ends if unit.endswith(end)), "")) for unit in (name, own)]
    return stems[0] == stems[1] and len(stems[0]) >= 2


def _differs_by_one(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _title_name(context: CheckContext, own: str) -> Iterator[Finding]:
    """The unit of the title is the full name: the county before, 人民政府 behind."""
    unit, name = title_unit(context), context.report.agency.name
    if not unit or not own or context.report.agency.kind is not AgencyKind.TOWNSHIP:
        return
    other = core(unit)
    if other and not _is_same(other, own) and not _is_short(other, own):
        message = f"单位名称不一致：“{unit}”与“{name}”"
        yield Finding("S-08", ERROR, message, TITLE, quote=unit)
    elif not unit.endswith("人民政府") or not re.search(f"[省{_PLACE_END}]", unit.removesuffix("人民政府")):
        full = "应使用全称（冠以县（市、区）名称，以“人民政府”结尾）"
        message = (
            f"单位名称不一致：“{unit}”与“{name}”，标题{full}" if unit != name else f"标题中的“{unit}”{full}"
        )
        yield Finding("S-08", WARNING, message, TITLE, quote=unit)


@lru_cache(maxsize=64)
def _units(text: str) -> tuple[tuple[str, Span], ...]:
    """Names of towns that the text gives as its own unit: in the announcement, the contact, before 人民政府."""
    found = []
    for pattern in _OTHER_UNIT:
        for one in pattern.finditer(text):
            name = core(one[1])
            if name and not _NO_NAME.match(name):
                found.append((name, (one.end(1) - len(name), one.end(1))))
    return tuple(found)


def _unit_words(context: CheckContext, own: str) -> Iterator[Finding]:
    """A people's government calls itself 我镇, not 我单位."""
    found = [(key, text, one) for key, text in text_sections(context) for one in _self_words(text)]
    if found:
        key, text, (start, end) = found[0]
        we = f"我{own[-1]}" if own.endswith(("镇", "乡")) else "我镇"
        message = f"单位名称不一致：“{text[start:end]}”共{len(found)}处，人民政府宜称“{we}”或者“{own}”"
        yield in_text("S-08", WARNING, message, key, text, (start, end))


@lru_cache(maxsize=64)
def _self_words(text: str) -> tuple[Span, ...]:
    return tuple(one.span() for one in _SELF.finditer(text))


def _short_county(context: CheckContext) -> Iterator[Finding]:
    """桓仁县 for 桓仁满族自治县."""
    name = context.report.agency.name
    found = _AUTONOMOUS.search(name) if "自治" in name else None
    if not found:
        return
    short = found[1] + found[3]
    for key, text in text_sections(context):
        at = text.find(short)
        if at >= 0 and not text.startswith(_SITE, at + len(short)):
            message = f"单位名称不一致：“{found[0]}”与“{short}”"
            yield in_text("S-08", WARNING, message, key, text, (at, at + len(short)))
            return


# -- signature -------------------------------------------------------------------------------------------------------------


@rule("S-08", ERROR, further=True)
@rule("S-09", ERROR, WARNING)
def signature_is_complete(context: CheckContext) -> Iterator[Finding]:
    """落款署单位全称，成文日期用阿拉伯数字将年、月、日标全，月、日不编虚位（GB/T 9704—2012）。"""
    report, outline = context.report, context.outline
    if outline is None:
        if report.signature.place is SignaturePlace.NONE:
            return
        unit, dated = report.signature.agency or report.agency.name, report.signature.issued_on is not None
    else:
        unit, dated = outline.signature.strip(), bool(outline.date.strip())
    lacks = "和".join(
        word for word, there in (("落款单位", bool(unit.strip())), ("成文日期", dated)) if not there
    )
    if lacks and context.settings.signature_required:
        # an old file often is the page of a website, which prints none; one's own report is printed and sealed
        severity = ERROR if outline is None else WARNING
        yield Finding("S-09", severity, f"缺少{lacks}", SIGNATURE)
    if unit:
        yield from _signing_unit(context, squeezed(unit))
    if outline is not None and dated:
        yield from _date_as_printed(outline.date.strip())


def _signing_unit(context: CheckContext, unit: str) -> Iterator[Finding]:
    full = squeezed(context.report.agency.name)
    title = squeezed(title_unit(context))
    if not full or unit == full or (title and title in unit):
        return
    if core(unit) and core(full) and core(unit) != core(full) and not _is_short(core(unit), core(full)):
        message = f"单位名称不一致：“{full}”与“{unit}”"
        yield Finding("S-08", ERROR, message, SIGNATURE, quote=unit)
    elif not unit.endswith(full):
        message = f"落款单位应使用全称“{full}”，现为“{unit}”"
        yield Finding("S-09", WARNING, message, SIGNATURE, quote=unit)


def _date_as_printed(text: str) -> Iterator[Finding]:
    found = _FULL_DATE.fullmatch(squeezed(text).strip("（）()"))
    if found is None:
        message = f"成文日期“{text}”应用阿拉伯数字写全年、月、日"
    elif found[2].startswith("0") or found[3].startswith("0"):
        message = f"成文日期“{text}”应为“{found[1]}年{int(found[2])}月{int(found[3])}日”"
    else:
        return
    yield Finding("S-09", WARNING, message, SIGNATURE, quote=text)


@rule("S-10", ERROR, WARNING)
def issued_in_time(context: CheckContext) -> Iterator[Finding]:
    """《条例》第四十九条：县级以上人民政府部门在每年1月31日前，县级以上地方人民政府在每年3月31日前公布上一年度报告。"""
    issued, year = _issued_on(context), context.report.year
    if issued is None:
        return
    deadline = _deadline(context)
    if issued < date(year + 1, 1, 1):
        message = f"成文日期为{_words(issued)}，早于{year + 1}年1月1日，本年度数据尚未截止"
        yield Finding("S-10", ERROR, message, SIGNATURE)
    elif issued > deadline:
        message = f"未在{_words(deadline)}前编制发布，成文日期为{_words(issued)}"
        yield Finding("S-10", WARNING, message, SIGNATURE)


def _issued_on(context: CheckContext) -> date | None:
    if context.report.signature.issued_on is not None or context.outline is None:
        return context.report.signature.issued_on
    found = _FULL_DATE.search(squeezed(context.outline.date))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _deadline(context: CheckContext) -> date:
    """The county's setting; for a county's own report 31 March where nobody set another day."""
    settings, year = context.settings, context.report.year
    untouched = settings.deadline(year) == CheckSettings().deadline(year)
    if context.report.agency.kind is AgencyKind.GOVERNMENT and untouched:
        return date(year + 1, *_GOVERNMENT_DEADLINE)
    return settings.deadline(year)


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
