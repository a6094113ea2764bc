"""Numbers of 件 in the text against the tables: what was received, done, refused, appealed, issued (N-01 … N-13).

A number is compared only where its sentence leaves one reading: not where it is of another year, a channel, a part, the whole county.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.claims import REQUESTS, Claim, against, claims, group, is_own, row, total
from app.checks.language.numerals import number, plain
from app.checks.language.reading import renumbered, shown, text_sections
from app.checks.language.scope import Place, place
from app.checks.language.vocabulary import (
    DONE,
    FILLER,
    ON_REQUEST,
    QUANTITY,
    QUANTITY_2,
    REQUEST,
    Vocabulary,
    vocabulary,
)
from app.checks.rule import ERROR, WARNING, rule
from app.form.model import CellRef, Severity, Value
from app.report.model import INTRODUCTION

# 通过网络收到, 其中, 当面申请: a part of the requests only
_PART = re.compile(r"其中|通过|网|信函|邮|当面|现场|窗口|渠道|线上|线下|平台|电话|传真|分别|另")
# words by which a request comes: 新收, 收到并受理, 受理
_VERB = r"(?:新收到?|新增|(?:收到|接到|接收)(?:和|并|、|及)?(?:受理)?|受理)"
# 共收到政府信息公开申请11件, 收到11件政府信息公开申请
_RECEIVED = re.compile(
    rf"(?P<verb>{_VERB}){FILLER}(?:{REQUEST}|{ON_REQUEST}){FILLER}{QUANTITY}"
    rf"|(?P<verb2>{_VERB}){FILLER}{QUANTITY_2}{FILLER}{REQUEST}"
)
# 2024年，我镇政府信息公开申请量为10件: nothing but the year and the agency before it
_OPENER = r"(?:20\d\d年度?|全年|本年度?|今年|我[镇乡局委办县区]|本机关|本单位|全[镇乡]|[一-龥]{2,6}[镇乡局]|街道|共|累计|的|，)*"
# 政府信息公开申请量为10件
_AMOUNT = re.compile(rf"{REQUEST}(?:总?量|总?数量?)?(?:共计?|合计|总计|一共|共有|为|计|是|：)+\s*{QUANTITY}")
# 政府信息公开申请0起, 申请量为零
_NONE = re.compile(
    rf"{REQUEST}(?:总?量|总?数量?)?(?:均|共|合计|为|计)*\s*(?:零|0\s*(?:件|起|条|宗|份|次))(?=[，。；\n]|$)|无人(?:提出|提交)?(?:{REQUEST}|申请公开)"
)
_BARE = re.compile(  # 收到申请9件: of what, only the paragraph tells
    rf"(?P<verb>{_VERB}){FILLER}申请{FILLER}{QUANTITY}"
    rf"|(?P<verb2>{_VERB}){FILLER}{QUANTITY_2}(?:的|有效|书面|群众|公众|依法|提出)*申请(?![人表书])"
)
# 收到低保申请9件: applications that ask for something else than information
_OTHER_APPLICATIONS = re.compile(
    r"许可|审批|救助|补[贴助]|低保|住房|危房|宅基地|用地|登记|办证|证[照明书]|鉴定|认定|评定|资金|项目|就业|培训|入[党团]|调解|仲裁|执行"
)
_LONGEST_HEADING = 40
# what came, and what was done with it
_CAME, _WAS_DONE = re.compile(r"收到|接到|接收|新收"), re.compile(r"办结|办理|答复|处理|受理|结转")
# 依申请公开9件, said of requests
_OPENED = re.compile(rf"依申请公开(?:政府信息)?(?:共计?|合计|为|：|:|\s)*{QUANTITY}")
# 依申请公开245条 of the documents made (公文公开属性认定)
_NOT_OPENED = re.compile(
    r"办结|办理|收到|受理|接收|答复|属性|认定|制作|制发|公文|文件|目录|清单|总数|事项|不予|标准"
)
# 办结政府信息公开申请9件, 答复9件
_DONE = re.compile(
    rf"{DONE}{FILLER}(?:{REQUEST}|{ON_REQUEST}|依申请|申请)?{FILLER}{QUANTITY}"
    rf"|{DONE}(?:申请人|群众|公众)?{FILLER}{QUANTITY_2}(?:的)?(?:{REQUEST}|申请)"
)
# 办理政府信息公开申请9件, not 继续办理, 未办理
_HANDLED = re.compile(rf"(?<!继续)(?<!未)办理{FILLER}{REQUEST}{FILLER}{QUANTITY}")
# 结转下年继续办理: not done this year
_NOT_HANDLED = re.compile(r"结转|下一?年|继续|延期|逾期")
# words by which a paragraph or heading is of requests: （二）依申请公开
_ABOUT_REQUESTS = re.compile(rf"{REQUEST}|依申请")
# 办结建议提案3件, 答复留言35件: business that is no request
_OTHER_BUSINESS = re.compile(
    r"提案|建议|信件|留言|热线|工单|复议|诉讼|举报|信访|来信|来电|咨询|问题|事项|诉求|投诉"
)
# 延期答复1件, 口头答复3件: a part of the answers
_NOT_ALL = re.compile(
    r"延期|延长|逾期|未|不予|口头|当场|书面|其中|网上|通过|公开$|提前|另|分别|同意|部分|无法"
    r"|转下|下一?年|次年|转[至到入]|结转|指导|协助|配合|会同|代为|参与"
)
# 受理医保业务1200件: what the number before was of
_HANDLED_BEFORE = re.compile(
    r"(?:受理|收到|接收|接到|办理|处理|承办|接待|收集|征集|梳理|答复|办结|回复)(?:了|各类|有关|相关)*(?P<what>[^，。；、：\d]{0,24}?)\s*\d[\d,]*\s*余?多?(?:件|条|宗|起|份|项|个|次|人次)"
)
# nothing but a request: 群众书面申请, 有效申请
_REQUEST_ONLY = re.compile(
    rf"(?:{FILLER}|新|并|网上|网络|信函|当面|现场)*(?:{REQUEST}|{ON_REQUEST}|申请)?{FILLER}"
)
# 上年结转政府信息公开申请2件
_CARRIED_IN = re.compile(
    rf"上(?:一)?年度?(?:末)?(?:的)?(?:结转|转结|转入){FILLER}(?:{REQUEST}|申请)?{FILLER}{QUANTITY}"
)
# 结转至次年, 2026年, 下一年度
_NEXT_YEAR = r"(?:下一?年度?|次年|20\d\d年|明年)"
# 结转下年度继续办理4件, 4件结转至2026年
_CARRIED_OUT = re.compile(
    rf"(?:结转|转结|顺延|延至|转入)(?:至|到|入)?{_NEXT_YEAR}?(?:度)?(?:继续)?(?:办理|答复)?{FILLER}(?:{REQUEST}|申请)?{FILLER}{QUANTITY}"
    rf"|{QUANTITY_2}(?:{REQUEST}|申请)?(?:已)?(?:结转|转结|顺延)(?:至|到){_NEXT_YEAR}"
)
# 上年结转资金: no requests
_MONEY = re.compile(r"资金|预算|万元|项目")
# a sentence on answers: 答复申请14件，其中予以公开……
_RESULTS = re.compile(r"申请|答复|办结|办理结果")
# 制发公文120件，其中主动公开80件、不予公开20件: the attribute of documents, no answer
_ATTRIBUTES = re.compile(r"属性|公文|制发|制作|主动公开[^，。；、]{0,6}\d|文件\d|总数")
# 未收到, 没有受理, 无…… but not 无法, 无关, 无障碍
_NIL_VERB = r"(?:未(?:曾)?(?:收到|接到|受理|接收)|没有(?:收到|接到|受理)|无(?!法|论|关|效|需|故|偿|障|线))"
# 未收到政府信息公开申请, 无依申请公开情况; not 无政府信息公开申请引发的投诉
_NIL = re.compile(
    rf"{_NIL_VERB}(?:到|过|任何|公民|群众|新|的|各类|相关|有关)*(?:{REQUEST}|{ON_REQUEST})(?:的)?(?:情况|情形|事项|件)*"
    r"(?!被|而|引|方面|收费|相关|的|行政|、|和|及|补正|答复|超|投诉|处理费|逾期|或|结转|不予|申请)"
)
# 未收到申请。: of what, only the paragraph tells
_BARE_NIL = re.compile(
    r"(?:未(?:曾)?|没有)(?:收到|接到|受理)(?:到|过|任何|公民|群众|新|的)*申请(?=[。；，,;\n]|$)"
)
# 积极受理和回复政府信息公开申请, 均在法定期限内答复: it presumes that there was a request
_PRESUMING = re.compile(
    rf"积极受理(?:和|、|并|及)?(?:及时)?(?:回复|答复|办理)?(?:群众|公众)?{REQUEST}"
    r"|(?:均全部|全部均|均|全部)(?:已)?(?:在|按|按照|于)?(?:法定|规定|法律规定)?(?:的)?(?:期限|时限|时间)?内?(?:依法|按时|按期|及时)?(?:予以|进行|作出|给予)?"
    rf"(?:了)?(?:答复|办结)|{REQUEST}(?:按时|按期)?(?:办结|答复)率(?:为|达到?)?\s*100"
)
# 确保……均在期限内答复, 将, 要求: an intention, no statement
_INTENDED = re.compile(r"确保|将|要求|应|力争|做到|保证|下一步|坚持|严格|如|凡|规定|对于|机制|流程|切实")
# 未收取信息处理费; 收取信息处理费200元, 0.02万元
_FEE = re.compile(
    r"(?P<nil>(?:未|没有|无)(?:收取|产生|发生)?(?:任何|过|政府信息公开|依申请公开|相关|有关|的)*(?:信息)?处理费)"
    r"|(?:收取|收到|收|缴纳)(?:了|政府信息公开|依申请公开|的)*(?:信息)?处理费(?:用)?(?:共计?|合计|总计|为|金额|共|：)*\s*(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>万)?元"
)


# -- requests ---------------------------------------------------------------------------------------------------------------


@rule("N-01", ERROR)
def received(context: CheckContext) -> Iterator[Finding]:
    """总体情况中收到政府信息公开申请的件数应与表三“本年新收政府信息公开申请数量”一致（可含上年结转）。"""
    new, both = total(context, row("received")), total(context, row("received") + row("carried_in"))
    done = total(context, row("processed"))
    for one in _told_as_received(context, (new, both)):
        if (one[2].start, one[2].end) in _claims_none(one[1]) and new:
            continue  # N-06 says it
        more = (done,) if "受理" in one[2].key else ()
        yield from against(context, "N-01", one, row("received"), (both, *more))
    for one in claims(context, _OPENED):
        if not _NOT_OPENED.search(one[2].place.sentence):
            opened = (
                both,
                done,
                total(context, row("granted")),
                total(context, row("granted") + row("partial")),
            )
            yield from against(context, "N-01", one, row("received"), opened)


def _told_as_received(
    context: CheckContext, totals: tuple[Value | None, ...]
) -> list[tuple[str, str, Claim]]:
    """What the text tells as received; nothing where it tells channel by channel and the sum is right."""
    found = [one for one in claims(context, _RECEIVED) if not _PART.search(one[2].place.clause)]
    found += [one for one in claims(context, _BARE) if _is_of_requests(*one)]
    if len(found) > 1 and sum(one[2].value for one in found) in totals:
        return []
    amounts = [one for one in claims(context, _AMOUNT) if re.fullmatch(_OPENER, one[2].place.clause)]
    return found + amounts


def _is_of_requests(key: str, text: str, claim: Claim) -> bool:
    """Whether 申请 alone means requests for information: in section 三, or where the paragraph or its heading says so."""
    sentence = claim.place.sentence
    if _ABOUT_REQUESTS.search(text[claim.start : claim.end]) or _PART.search(claim.place.clause):
        return False  # said in full elsewhere, or a part only
    if _OTHER_BUSINESS.search(sentence) or _OTHER_APPLICATIONS.search(sentence):
        return False
    return key == REQUESTS or bool(_ABOUT_REQUESTS.search(_paragraph(text, claim.start)))


@lru_cache(maxsize=256)
def _paragraph(text: str, start: int) -> str:
    """The paragraph around a place up to it, with the heading in the line before it."""
    begin = text.rfind("\n", 0, start) + 1
    before = text[:begin].rstrip().rsplit("\n", 1)[-1]
    return (before if len(before) <= _LONGEST_HEADING else "") + text[begin:start]


@rule("N-02", ERROR, WARNING)
def done(context: CheckContext) -> Iterator[Finding]:
    """总体情况中办结、答复政府信息公开申请的件数应与表三“本年度办理结果”总计一致。"""
    everything = total(context, row("processed"))
    carried = total(context, row("carried_in")) or 0
    set_aside = [total(context, group(context, key)) or 0 for key in ("other", "declined")]
    accepted = () if everything is None else (
        everything - carried, everything - set_aside[0], everything - sum(set_aside)
    )  # fmt: skip
    found = [one for one in claims(context, _DONE) if _is_answer(one[1], one[2])]
    if len(found) > 1 and sum(one[2].value for one in found) == everything:
        return
    for one in found:
        yield from against(context, "N-02", one, row("processed"), accepted, severity=_how_sure(one))
    new, both = total(context, row("received")), total(context, row("received") + row("carried_in"))
    for one in claims(context, _HANDLED):  # 办理 says neither that they came nor that they were done
        if _is_answer(one[1], one[2]) and not _NOT_HANDLED.search(one[2].place.clause):
            yield from against(context, "N-02", one, row("processed"), (*accepted, new, both))


def _is_answer(text: str, claim: Claim) -> bool:
    """Whether a sentence that says 办结 means requests for information, and all of them."""
    where, paragraph = claim.place, _paragraph(text, claim.start)
    said = where.clause + text[claim.start : claim.end]
    if _ABOUT_REQUESTS.search(said):  # 办结政府信息公开申请9件, whatever stands before
        return not _OTHER_BUSINESS.search(where.before) and not _NOT_ALL.search(where.clause)
    about = _ABOUT_REQUESTS.search(where.sentence) or _ABOUT_REQUESTS.search(paragraph)
    if not about or _OTHER_BUSINESS.search(where.before) or _is_of_other_matters(paragraph):
        return False
    return not _NOT_ALL.search(where.clause)


def _how_sure(one: tuple[str, str, Claim]) -> Severity:
    """An error where the sentence or the number before names the requests, or 三 is their section; by the heading alone a warning."""
    key, text, claim = one
    named = "申请" in claim.place.sentence or "申请" in _told_before(_paragraph(text, claim.start))
    return ERROR if named or key == REQUESTS else WARNING


def _told_before(before: str) -> str:
    """What the last number was of; "" when there is none."""
    told = list(_HANDLED_BEFORE.finditer(before))
    return told[-1]["what"] if told else ""


def _is_of_other_matters(before: str) -> bool:
    """Whether the last number told was of something else: 受理宅基地申请35件，办结35件."""
    what = _told_before(before)
    return not _ABOUT_REQUESTS.search(what) and not _REQUEST_ONLY.fullmatch(what)


@rule("N-03", ERROR)
def carried(context: CheckContext) -> Iterator[Finding]:
    """总体情况中上年结转、结转下年度继续办理的件数应与表三一致。"""
    for pattern, key in ((_CARRIED_IN, "carried_in"), (_CARRIED_OUT, "carried_out")):
        for one in claims(context, pattern):
            if not _MONEY.search(one[2].place.sentence) and not one[2].place.clause.endswith(
                ("上年", "上年度")
            ):
                yield from against(context, "N-03", one, row(key))


@rule("N-04", ERROR)
def applicants(context: CheckContext) -> Iterator[Finding]:
    """总体情况中各类申请人的申请件数应与表三相应列一致。"""
    words = vocabulary(context.form.id)
    for one in claims(context, words.applicants):
        claim = one[2]
        if not _ABOUT_REQUESTS.search(claim.place.sentence) or words.results.search(claim.place.before):
            continue
        columns = words.columns[claim.key]
        others = [total(context, _of_applicants(columns, "received", "carried_in"))]
        if not _says_received(claim.place):
            others.append(total(context, _of_applicants(columns, "processed")))
        cells = _of_applicants(columns, "received")
        yield from against(context, "N-04", one, cells, others, name=claim.key)


def _of_applicants(columns: tuple[str, ...], *rows: str) -> tuple[CellRef, ...]:
    return tuple(CellRef(REQUESTS, row, column) for row in rows for column in columns)


def _says_received(where: Place) -> bool:
    """收到申请4件，其中自然人3件: the parts are of what came, not of what was done."""
    came, done = (list(pattern.finditer(where.before)) for pattern in (_CAME, _WAS_DONE))
    return bool(came) and not done


@rule("N-05", ERROR)
def results(context: CheckContext) -> Iterator[Finding]:
    """总体情况中各类办理结果的件数应与表三相应行的总计一致。"""
    words = vocabulary(context.form.id)
    for one in claims(context, words.result_numbers, words.public_answers):
        claim = one[2]
        sentence = words.results.sub("", claim.place.sentence)  # 需要另行制作 is no 制作
        if not _RESULTS.search(sentence) or _ATTRIBUTES.search(sentence) or _by_applicant(words, claim):
            continue
        both = group(context, "granted") + group(context, "partial")
        key = words.rows.get(claim.key, "granted")
        cells, also = group(context, key), [total(context, both)] if claim.key not in words.rows else []
        if key == "partial" and words.is_joined(claim.place.clause):
            cells = both
        if _OTHER_BUSINESS.search(words.results.sub("", claim.place.before)):
            continue
        yield from against(context, "N-05", one, cells, also, name=claim.key)


def _by_applicant(words: Vocabulary, claim: Claim) -> bool:
    return bool(words.applicants.search(claim.place.before)) and "结果" not in claim.place.before


@rule("N-06", ERROR)
def nothing_received(context: CheckContext) -> Iterator[Finding]:
    """总体情况写明未收到政府信息公开申请的，表三“本年新收政府信息公开申请数量”应为0。"""
    new = total(context, row("received"))
    if not new:
        return
    for key, text in text_sections(context):
        bare = [span for span in _spans(_BARE_NIL, text) if _ABOUT_REQUESTS.search(_paragraph(text, span[0]))]
        told = _claims_none(text) if key != INTRODUCTION else ()
        for start, end in sorted({*_spans(_NIL, text), *bare, *told}):
            where = place(text, start)
            if key == INTRODUCTION or not is_own(context, where) or _PART.search(where.clause):
                continue
            section = context.form.section_of(row("received")[0])
            name = vocabulary(context.form.id).names[REQUESTS, "received"]
            message = f"“{text[start:end]}”与{section.table_name}“{name}”总计{shown(new)}不一致"
            values = (("left", "0"), ("right", shown(new)))
            quote = text[start:end]
            yield Finding("N-06", ERROR, message, key, row("received"), quote, start, end, values)


@lru_cache(maxsize=256)
def _claims_none(text: str) -> tuple[tuple[int, int], ...]:
    """收到政府信息公开申请0件, 申请量为零: the number 0 told of all requests."""
    zero = [
        one.span()
        for pattern in (_RECEIVED, _AMOUNT)
        for one in pattern.finditer(text)
        if (one["n"] or one.groupdict().get("n2")) in ("0", "零")
    ]
    none = [span for span in _spans(_NONE, text) if re.fullmatch(_OPENER, place(text, span[0]).clause)]
    inside = [one for one in none if not any(a <= one[0] and one[1] <= b for a, b in zero)]
    return (*zero, *inside)


@lru_cache(maxsize=256)
def _spans(pattern: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    return tuple(one.span() for one in pattern.finditer(text))


@rule("N-13", WARNING)
def answers_without_requests(context: CheckContext) -> Iterator[Finding]:
    """未收到政府信息公开申请的，不应出现受理、答复申请的表述。"""
    if total(context, row("received") + row("carried_in")) != 0:
        return
    for key, text in text_sections(context):
        for start, end in _spans(_PRESUMING, text):
            where = place(text, start)
            said = where.before + text[start:end]
            about = _ABOUT_REQUESTS.search(said) or (
                "申请" in said and _ABOUT_REQUESTS.search(_paragraph(text, start))
            )
            if not about or not is_own(context, where) or _OTHER_BUSINESS.search(where.before):
                continue
            if key == INTRODUCTION or _INTENDED.search(where.clause) or key == context.form.sections[-2].key:
                continue
            quote = text[start:end]
            table = context.form.section_of(row("received")[0]).table_name
            message = f"“{quote}”与{table}不一致：本年未收到政府信息公开申请"
            cells = row("received") + row("carried_in")
            yield Finding("N-13", WARNING, message, key, cells, quote, start, end)


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


@lru_cache(maxsize=256)
def _fees(text: str) -> tuple[tuple[Decimal, int, int], ...]:
    """(元, start, end) of every statement on the fee; 未收取 is 0."""
    found: list[tuple[Decimal, int, int]] = []
    for one in _FEE.finditer(text):
        value = number("0" if one["nil"] else one["n"]) * (10_000 if one["scale"] else 1)
        found.append((value, *one.span()))
    return tuple(found)
