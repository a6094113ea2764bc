"""Names and signature: who reports, and when it was issued (S-08 … S-10)."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.pairs import places
from app.checks.language.reading import SIGNATURE, TITLE, in_text, rewrite, squeezed, text_sections
from app.checks.rule import ERROR, WARNING, rule
from app.checks.rules.s_structure import title_unit
from app.checks.rules.s_years import told_year
from app.checks.settings import CheckSettings
from app.patterns import lazily
from app.report.model import AgencyKind, SignaturePlace

Span = tuple[int, int]

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
    r"(?:^|(?<=[，。；：、！\n年）)]))(?P<name>[一-龥]{1,6}(?:镇|乡|街道)(?=(?:人民)?政府|党委|办事处))",
    re.M,
    needs="镇政府|镇人民政府|镇党委|镇办事处|乡政府|乡人民政府|乡党委|乡办事处|街道政府|街道人民政府|街道党委|街道办事处",
)
# 某县桃源镇, 桃源镇: no 依托镇, 紧扣镇
_TOWN = (
    r"(?P<name>(?:[一-龥]{1,4}[县市区旗])?"
    r"(?:(?![由与和及同经对向从在各把将被等是过用绕托我本全照扣合据赴到])[一-龥]){2,3}?(?:镇|乡|街道))"
)
_OFFICE = r"(?:人民政府|政府|党委[、和]?政府|党委|党工委|办事处)"
_ACTS = "全年|共收到|共公开|主动公开|累计"
# 桃源镇党委、政府高度重视, 桃源镇全年主动公开……: another town that acts in this report
_ACTOR = lazily(
    rf"(?:^|(?<=[。；\n])|(?<=年[，,])){_TOWN}"
    rf"(?={_ACTS}|{_OFFICE}(?:{_ACTS}|高度重视|认真|严格|坚持|始终|成立|召开|深入|扎实|积极))",
    re.M,
)
_LONGEST_TOWN = 10
_FAR = 14  # characters behind a town that are looked at
_BEHIND_TOWN = (
    "人民政府",
    "政府",
    "党委",
    "党工委",
    "办事处",
    "全年",
    "共收到",
    "共公开",
    "主动公开",
    "累计",
)
# 由桃源镇党政办公室负责
_IN_CHARGE = lazily(
    rf"(?<=由){_TOWN}(?=人民政府|党政|综合办|办事处)",
    needs="党政|综合办|人民政府|办事处",
)
# 各乡镇, 全镇, 小城镇, 在镇党委领导下, 县委和镇党委: no name of a town
_NO_NAME = lazily(
    r"^(?:各|全|我|本|该|所|下|辖|乡|村|城|集|小城|街|新型|特色|重点|中心|在|由|经|按)*(?:镇|乡|街道)$|[委府][和与及](?:镇|乡|街道)$"
)
# 我单位, 本单位
_SELF = lazily(r"(?:我|本)单位", needs="我单位|本单位")
# 桓仁县政府门户网站: the name of a site
_SITE = ("政府门户网站", "政府网", "门户网站")
# 桓仁满族自治县: 桓仁 and 县 make the short form
_AUTONOMOUS = lazily(r"(?:^|(?<=[省市州]))([一-龥]{2,4}?)((?:[一-龥]{1,4}族)+自治)(县|旗)", needs="族")

# 2026年1月20日
_FULL_DATE = lazily(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_GOVERNMENT_DEADLINE = (3, 31)  # 条例第四十九条: of the county's own report


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
        for other, places in _other_names(context, own).items():
            count = f"，共{len(places)}处" if len(places) > 1 else ""
            signed = "，落款同后者" if core(_signed_by(context)) == other else ""
            message = f"单位名称不一致：“{agency.name}”与“{other}”{count}{signed}"
            yield in_text("S-08", ERROR, message, *places[0])
        yield from _misspelt_names(context, own)
        yield from _acting_elsewhere(context, own)
    if agency.kind is AgencyKind.TOWNSHIP:
        yield from _unit_words(context, own)
    yield from _short_county(context)


def _other_names(context: CheckContext, own: str) -> dict[str, list[tuple[str, str, Span]]]:
    """Another unit's name → (section, text, place) wherever a text gives it as its own."""
    found: dict[str, list[tuple[str, str, Span]]] = {}
    for key, text in text_sections(context):
        for other, span in _units(text):
            if not _is_same(other, own) and not _is_short(other, own):
                found.setdefault(other, []).append((key, text, span))
    return found


def _signed_by(context: CheckContext) -> str:
    """The unit of the 落款, without spaces."""
    report, outline = context.report, context.outline
    if outline is None:
        return squeezed(report.signature.agency or report.agency.name)
    return squeezed(outline.signature)


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


def _acting_elsewhere(context: CheckContext, own: str) -> Iterator[Finding]:
    """桃源镇全年主动公开信息90条 in the report of 青山镇: copied from another unit's report, perhaps."""
    county = squeezed(context.report.agency.name).partition(own)[0]
    told: set[str] = set()
    for key, text in text_sections(context) if own.endswith(("镇", "乡", "街道")) else ():
        known = [span for _, span in _units(text)] + [span for _, _, span in _almost(text, own, county)]
        for other, span in _actors(text):
            is_own = _is_same(other, own) or _is_short(other, own)
            if not is_own and other not in told and span not in known:
                told.add(other)
                message = f"文中写的是“{other}”，本单位是“{own}”，请核对是不是照抄了其他单位的内容"
                yield in_text("S-08", WARNING, message, key, text, span)


def _names_who(text: str) -> bool:
    """Whether 由 may stand before the name of a town."""
    behind = (text[at + 1 : at + 1 + _LONGEST_TOWN] for at in places(text, "由"))
    return any("镇" in words or "乡" in words or "街道" in words for words in behind)


def _at_towns(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What a pattern finds around 镇, 乡 and 街道 where an office or an act is right behind: at few places of a text."""
    end = 0
    for at in _town_ends(text):
        for one in pattern.finditer(text, max(at - _LONGEST_TOWN - 2, end), at + _FAR):
            yield one
            end = one.end()


@lru_cache(maxsize=64)
def _town_ends(text: str) -> tuple[int, ...]:
    ends = (at + len(kind) for kind in ("镇", "乡", "街道") for at in places(text, kind))
    return tuple(sorted(end for end in ends if text.startswith(_BEHIND_TOWN, end)))


@lru_cache(maxsize=64)
def _actors(text: str) -> tuple[tuple[str, Span], ...]:
    """Names of towns that do something in the text."""
    found = []
    for one in (*_at_towns(_ACTOR, text), *(_IN_CHARGE.finditer(text) if _names_who(text) else ())):
        name = core(one["name"])
        if name and not _NO_NAME.match(name) and not name.endswith("乡镇"):
            found.append((name, (one.end("name") - len(name), one.end("name"))))
    return tuple(found)


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
    for one in _at_towns(_ACTING, text):
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
            if name and not _NO_NAME.search(name):
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
        yield Finding(
            "S-09", severity, f"缺少{lacks}（落款写单位全称，日期用阿拉伯数字写全年、月、日）", SIGNATURE
        )
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
        if core(unit) in _other_names(context, core(full)):
            return  # the texts say it, and the 落款 with them: the title is another's
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
    if told_year(context) == issued.year - 1:
        return  # S-06 says it
    if issued < date(year + 1, 1, 1):
        message = f"成文日期为{_words(issued)}，早于{year + 1}年1月1日，本年度数据尚未截止"
        yield Finding("S-10", ERROR, message, SIGNATURE)
    elif issued > deadline:
        message = f"未在{_words(deadline)}前编制发布，成文日期为{_words(issued)}（期限可在设置中改）"
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
