"""What last year's report left behind: years (D-01), and what no report may show: private numbers, foreign links (D-14, D-15)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text, rewrite, text_sections
from app.checks.language.scope import place, sentences, unquoted
from app.checks.rule import ERROR, INFO, WARNING, text_rule
from app.checks.rules.s_years import told_year
from app.form.model import Severity
from app.patterns import Words, lazily
from app.report.model import INTRODUCTION

Span = tuple[int, int]

# 2024年, 2024年度 as the time of a statement, not 2024年以来, 2024年3月, the end of 2021—2024年
_YEAR = lazily(r"(?<![\d—\-~至])(20\d\d)\s*年(?!以来|以后|以前|底|末|初|[\d\s]*月)度?")
# the digits of a year, to be written anew
_YEARS = lazily(r"20\d\d")
# what a statement begins behind: 。 or a heading like 主动公开情况
_BEGINS = lazily(r"(?:^|[。；;！!\n：:）)]|(?:数量|类别|情况|形式|工作|方面))\s*$")
# how the year's own work is told behind its year: 2024年，我镇……, 2024年共公开……
_OWN_WORK = lazily(
    r"\s*[，,]?\s*(?:(?:我|本|全)(?:镇|乡|街道|局|委|办|单位|机关|区|县)|[一-龥]{1,8}(?:镇|乡|街道|局)(?:人民政府)?|[镇乡](?:人民)?政府"
    r"|在?主动公开|共|累计|制作|公开|发布|收到|受理|办理|新增|开展|组织|坚持|未|没有|无)"
)
# 较2024年增长, 2024年印发的……, 2024年遗留问题: the old year is meant
_COMPARED = Words(
    "上年|去年|同期|相比|较上|较往|较前|较同|较以|较之|较年|较2|较1|以来|印发|出台|整改|试点|遗留|结转|转结|转入|对比|曾|此前"
)
# 2024年财政决算, 2024年度考核: matters of their own year
_OTHER_MATTER = Words("预算|决算|年度报告|年报|考核|评估|测评|评议|规划|审计|计划|工作要点|报告|排名|通报")
_NEAR = 14  # characters behind the year in which another matter is named
# 2024年政府信息公开工作年度报告 in the introduction
_OF_REPORT = lazily(r"(20\d\d)\s*年度?(?:政府信息公开|政务公开|政府信息公开工作)(?:工作)?(?:年度报告|年报)")
# 现公布……2024年……年度报告: S-06 judges these
_ANNOUNCED = Words("公布|发布|编制|形成|起草|撰写|现将")  # S-06 judges these
_BACK = 3  # older years are history, not slips

# 2025年将健全…… in 五: a plan, which is of the year after the report's; 将政务公开纳入考核 is none
_PLANNED = lazily(
    r"(?:^|(?<=[。；;：:！\n])|(?:问题|不足|短板)[，,])[ \t\u3000]*(?P<year>20\d\d)\s*年度?[，,]?[^。；;，,\n]{0,12}?将"
    r"(?:进一步|继续|重点|着力|健全|完善|加强"
    r"|强化|从|采取|按照"
    r"|坚持|围绕|持续|不断|大力|加大|努力|积极|做好|丰富|提升|推动|推进|通过|建立|深化|优化|规范|组织|开展|在)",
    re.M,
    needs="将",
)
# 上年报告提出2025年将……: told of an older plan
_PLANNED_BEFORE = Words("上年|去年|提出|曾|已")
# 针对2023年报告指出的问题
_ANSWERED = lazily(
    r"(?:针对|对照|对|就)\s*(?P<year>20\d\d)\s*年度?(?:政府信息公开|政务公开)?(?:工作)?(?:年度)?(?:报告|年报)",
    needs="对|就&报告|年报&20",
)
# 按照《2023年政务公开工作要点》: the plan of the work
_FOLLOWED = lazily(
    r"(?:按照|根据|对照|落实|依据|围绕)[^，。；《\n]{0,12}《[^》\n]{0,12}?(?P<year>20\d\d)年[^》\n]{0,14}(?:公开)?(?:工作要点|任务分解表|重点任务分解)[^》\n]{0,6}》",
    needs="工作要点|任务分解表|重点任务分解",
)
# 截至2023年底, 截至2023年12月31日
_UNTIL = lazily(
    r"截[至止]\s*(?P<year>20\d\d\s*年)(?:度)?(?:12\s*月(?:31\s*日|底|(?!\s*\d))|年?底|末)", needs="截"
)
# 2022年1月至12月, 2022年1月1日至12月31日: all of a year
_WHOLE_YEAR = lazily(
    r"(?P<year>20\d\d\s*年(?=[ \u3000]?1月))\s*1月(?:1日)?\s*[至到—－\-]+\s*(?:20\d\d年)?12月",
    needs="年1月|年 1月|年\u30001月",
)
# 二〇二三年
_YEAR_IN_WORDS = lazily(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)", needs="二〇|二零|二○")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
# 2025年，我镇共公开信息120条 in the report of 2024
_DONE_NEXT_YEAR = lazily(
    r"[，,]?(?:我[镇乡局委办县区]|本机关|全[镇乡]|[一-龥]{1,8}[镇乡]|[镇乡]政府)?(?:共|累计)?(?:通过[^，。；将拟要计\d]{2,14})?(?:共|累计)?(?:主动)?(?:公开|发布|收到|受理|办结|制发|答复)[^，。；将拟要计]{0,14}\d"
    r"|[，,]?(?:共|累计)(?:组织|开展|召开|举办)[^，。；将拟要计]{0,16}\d"
    r"|[，,]?[^，。；将拟要计]{0,24}(?:进行|开展|完成|组织|召开|举办|制定|建立)了"
)

# so many digits as the shortest of what follows: all the others are longer
_LONG_NUMBER = lazily(r"[0-9](?:\d{10}|[ \-—]\d{4}[ \-—]\d{4})")
# 手机号码: 13812345678
_MOBILE = lazily(r"(?<![\d\-])1[3-9]\d{9}(?!\d)")
# 公民身份号码: 18 characters with a date of birth inside
_ID = lazily(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])")
# 银联卡号: 62 and 14 to 17 more digits
_CARD = lazily(r"(?<!\d)62\d{14,17}(?!\d)", needs="62")
# 银行卡号6222……: named so, whatever its check digit
_NAMED_CARD = lazily(r"(?:银行)?(?:卡号|账号|帐号)[为是：:]*\s*(\d{16,19})(?!\d)", needs="卡号|账号|帐号")
# 身份证号110101……: named so, whatever its check digit
_NAMED_ID = lazily(r"身份证(?:号码?|号为)?[为是：:]*\s*([1-9]\d{16}[\dXx])(?![\dXx])", needs="身份证")
# 139-1234-5678, 139 1234 5678
_MOBILE_IN_PARTS = lazily(r"(?<![\d\-])1[3-9]\d([ \-—])\d{4}\1\d{4}(?![\d\-])", needs=" |-|—")
# zhangsan@qq.com: no office has such an address of its own
_PRIVATE_MAIL = lazily(
    r"[A-Za-z0-9_.\-]{2,40}@(?:qq|163|126|139|sina|sohu|gmail|hotmail|outlook|foxmail)\.(?:com|cn)", needs="@"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# zhangsan163.com: such an address without its @
_NO_AT = lazily(
    r"^(?!www\.)[a-z0-9_.-]{2,40}?(?:163|126|139|(?<![a-z])(?:qq|sina|sohu|gmail|hotmail|outlook|foxmail))\.(?:com|cn)$",
    needs="163|126|139|qq|sina|sohu|gmail|hotmail|outlook|foxmail",
)
# www.example.com, http://www.jiaxian.gov.cn, not the part of an address behind @
_DOMAIN = lazily(
    r"(?<![@A-Za-z0-9_.-])(?:https?://)?((?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|gov|top|vip|cc|info))(?![A-Za-z0-9_.-])",
    needs=".",
)
_OFFICIAL = (".gov.cn", ".gov", "gov.cn")


@text_rule("D-01", ERROR, WARNING)
def no_year_left_over(context: CheckContext) -> Iterator[Finding]:
    """年度报告报告的是本年度工作，不得遗留以前年度的表述。"""
    year = context.report.year
    if told_year(context) is not None:
        return  # S-06 says it
    introduction = context.report.narratives.get(INTRODUCTION, "")
    for other, span in _report_years(introduction):
        if other != year:
            message = f"引言中的“{introduction[span[0] : span[1]]}”应为{year}年"
            repair = rewrite(INTRODUCTION, introduction, [(*span, str(year))], safe=False)
            yield in_text("D-01", ERROR, message, INTRODUCTION, introduction, span, repair)
    for section in context.form.sections:
        text = context.report.narratives.get(section.key, "")
        if not text or (not section.tables and f"{year}" not in unquoted(text)):
            continue  # a section wholly of another year is S-06's
        for span in _left_over(text, year):
            if _is_marked(context, section.key, span):
                continue  # 待更新 says so already
            message = f"报告年份前后不一致：标题为{year}年，此处为“{text[span[0] : span[1]]}”"
            right = _YEARS.sub(str(year), text[slice(*span)])
            repair = rewrite(section.key, text, [(*span, right)], safe=False)
            yield in_text("D-01", WARNING, message, section.key, text, span, repair)


@text_rule("D-01", WARNING, further=True)
def plans_are_of_next_year(context: CheckContext) -> Iterator[Finding]:
    """改进措施是对下一年度的打算，针对的是上年度报告。"""
    year, section = context.report.year, context.form.sections[-2]
    text = context.report.narratives.get(section.key, "")
    year = told_year(context) or year  # S-06 says that the report is of that year
    for other, span, right, why in _wrong_plans(text, year):
        if not _is_marked(context, section.key, span):
            message = f"“{other}年”应为{right}年：{why}"
            repair = rewrite(section.key, text, [(*span, str(right))], safe=False)
            yield in_text("D-01", WARNING, message, section.key, text, span, repair)


@text_rule("D-01", WARNING, further=True)
def the_plan_followed_is_this_years(context: CheckContext) -> Iterator[Finding]:
    """年度报告报告的是本年度工作：落实的工作要点应当是本年度的。"""
    year = context.report.year
    for section in context.form.sections:
        text = context.report.narratives.get(section.key, "")
        for other, span in _followed(text) if "要点" in text or "分解" in text else ():
            is_told_too = f"{year}年" in place(text, span[0]).sentence
            if other == year - 1 and not is_told_too and not _is_marked(context, section.key, span):
                message = f"“{text[slice(*span)]}年”的工作要点是上一年度的，请核对是否应为{year}年"
                yield in_text("D-01", WARNING, message, section.key, text, span)


@lru_cache(maxsize=64)
def _followed(text: str) -> tuple[tuple[int, Span], ...]:
    return tuple((int(one["year"]), one.span("year")) for one in _FOLLOWED.finditer(text))


@lru_cache(maxsize=64)
def _wrong_plans(text: str, year: int) -> tuple[tuple[int, Span, int, str], ...]:
    """Years of 五 that stayed when the report became a year older, with the right ones."""
    bare = unquoted(text)
    found = []
    for one in _PLANNED.finditer(bare):
        if int(one["year"]) == year and not _PLANNED_BEFORE.stand_in(one[0]):
            found.append((year, one.span("year"), year + 1, f"打算是下一年的，本报告为{year}年"))
    for one in _ANSWERED.finditer(bare):
        other = int(one["year"])
        if year - _BACK <= other < year - 1:
            found.append((other, one.span("year"), year - 1, f"上年度报告为{year - 1}年"))
    return tuple(found)


def _is_marked(context: CheckContext, section: str, span: Span) -> bool:
    marks = [mark for mark in context.report.pending if mark.section == section]
    return any(mark.start < span[1] and span[0] < mark.end for mark in marks)


@lru_cache(maxsize=64)
def _report_years(text: str) -> tuple[tuple[int, Span], ...]:
    found = []
    bare = unquoted(text)
    for one in _OF_REPORT.finditer(bare):
        start = max(bare.rfind(mark, 0, one.start()) for mark in "。；\n") + 1
        if not _ANNOUNCED.stand_in(bare[start : one.start()]):
            found.append((int(one[1]), one.span(1)))
    return tuple(found)


def _years_of_own_work(sentence: str, year: int) -> Iterator[Span]:
    """Another year of which the sentence tells this agency's work: as its time, or as 截至……底."""
    old = range(year - _BACK, year)
    for one in _YEAR.finditer(sentence):
        begins = not sentence[: one.start()].strip() or _BEGINS.search(sentence[: one.start()])
        if not begins or _OTHER_MATTER.stand_in(sentence[one.end() : one.end() + _NEAR]):
            continue
        told = _OWN_WORK if int(one[1]) in old else _DONE_NEXT_YEAR if int(one[1]) == year + 1 else None
        if told is not None and told.match(sentence, one.end()):
            yield one.span()
    for pattern in (_UNTIL, _WHOLE_YEAR):
        yield from (one.span("year") for one in pattern.finditer(sentence) if int(one["year"][:4]) in old)


@lru_cache(maxsize=256)
def _left_over(text: str, year: int) -> tuple[Span, ...]:
    """Years before the report's with which a statement on the year's own work begins, its own year nowhere in the sentence."""
    bare = _YEAR_IN_WORDS.sub(lambda one: "2" + one[0][1:].translate(_DIGITS), unquoted(text))
    found = []
    for start, end in sentences(bare):
        sentence = bare[start:end]
        if f"{year}年" in sentence or f"{year} 年" in sentence or _COMPARED.stand_in(sentence):
            continue
        found += [(start + a, start + b) for a, b in _years_of_own_work(sentence, year)]
    return tuple(found)


# 家住李家村3组12号: where somebody lives
_HOME = lazily(
    r"(?:家住|居住在|现住|住址(?:为|是|：)?)[一-龥]{2,14}\d+[组号弄栋幢](?:\d+[号室单元])*", needs="住"
)
# what may stand there for a private number
_INSTEAD = {"出现手机号码": "请删去或者改用单位电话", "出现个人电子邮箱": "请删去或者改用单位邮箱"}


@text_rule("D-14", ERROR, WARNING)
def no_private_data(context: CheckContext) -> Iterator[Finding]:
    """《条例》第十五条：涉及个人隐私的政府信息，行政机关不得公开。"""
    for key, text in text_sections(context):
        for severity, words, span in (*_private(text), *(_mails(text) if key != INTRODUCTION else ())):
            yield in_text("D-14", severity, f"{words}，{_INSTEAD.get(words, '请删去')}", key, text, span)


@lru_cache(maxsize=256)
def _private(text: str) -> tuple[tuple[Severity, str, Span], ...]:
    if not _LONG_NUMBER.search(text):
        return ()
    found: list[tuple[Severity, str, Span]] = []
    for one in _ID.finditer(text):
        if _is_id(one[0]):
            found.append((ERROR, "出现公民身份号码", one.span()))
    named = {one[2] for one in found}
    found.extend(
        (WARNING, "出现公民身份号码", one.span(1))
        for one in _NAMED_ID.finditer(text)
        if one.span(1) not in named
    )
    found.extend((ERROR, "出现银行卡号", one.span()) for one in _CARD.finditer(text) if _is_card(one[0]))
    cards = {span for _, _, span in found}
    found.extend(
        (WARNING, "出现银行卡号", one.span(1))
        for one in _NAMED_CARD.finditer(text)
        if one.span(1) not in cards
    )
    for pattern in (_MOBILE, _MOBILE_IN_PARTS):
        found.extend((WARNING, "出现手机号码", one.span()) for one in pattern.finditer(text))
    return tuple(found)


@lru_cache(maxsize=256)
def _mails(text: str) -> tuple[tuple[Severity, str, Span], ...]:
    """Addresses of private providers, and where somebody lives; in the introduction one may be the office's own."""
    homes = ((WARNING, "出现个人住址", one.span()) for one in _HOME.finditer(text))
    return (*homes, *((WARNING, "出现个人电子邮箱", one.span()) for one in _PRIVATE_MAIL.finditer(text)))


def _is_id(number: str) -> bool:
    """The check digit of GB 11643."""
    added = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return number[-1].upper() == "10X98765432"[added % 11]


def _is_card(number: str) -> bool:
    """The check digit of bank cards (Luhn)."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


@text_rule("D-15", INFO)
def links_are_official(context: CheckContext) -> Iterator[Finding]:
    """不得有错链和无关外链。"""
    for key, text in text_sections(context):
        for span in _foreign(text):
            site = text[slice(*span)]
            lacks = "缺少“@”，请核对电子邮箱" if _NO_AT.match(site.lower()) else "不是政府网站域名，请核实"
            message = f"“{site}”{lacks}"
            yield in_text("D-15", INFO, message, key, text, span)


@lru_cache(maxsize=256)
def _foreign(text: str) -> tuple[Span, ...]:
    return tuple(one.span(1) for one in _DOMAIN.finditer(text) if not one[1].lower().endswith(_OFFICIAL))
