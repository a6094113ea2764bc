"""Requests told in the text against 表三: what was received, done, carried over (N-01, N-02, N-06, N-13).

A number is compared only where its statement leaves one reading: not where it is of another year, a channel, a part, the whole county.
"""

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding, is_told
from app.checks.language.reading import shown, text_sections
from app.checks.language.scope import place
from app.checks.language.vocabulary import vocabulary, words_of
from app.checks.quantities.agreement import (
    ASKED,
    OTHER_BUSINESS,
    REQUESTS,
    UNITS,
    Told,
    against,
    group,
    is_of_another_body,
    is_own,
    is_plain,
    row,
    strange,
    sure,
    told,
    total,
)
from app.checks.quantities.grammar import ALL, HEADING, NONE, NUMBER, SAID, Statement
from app.checks.rule import ERROR, WARNING, rule
from app.form.model import CellRef, Value
from app.patterns import Words, lazily

Span = tuple[int, int]

# words by which a number is not of all that came: a part, an answer, an applicant, another matter
NOT_CAME = frozenset(
    [
        "part",
        "among",
        "bodies",
        "applicant",
        "result",
        "public",
        "outcome",
        "done",
        "handled",
        "carried_in",
        "carried_out",
        "carried",
        "rate",
        "fee",
        "other",
        "shared",
        "nil",
    ]
)
# words by which a number is not of all that was done
_NOT_DONE = (NOT_CAME - {"done", "handled"}) | {"written"}
# 按时答复5件，延期答复2件，当场答复1件: how all were answered
_BY_TIME = lazily(r"(?:延期|延长|当场)[^，。；、\d\n]{0,10}[1-9]\d*件", needs="延期|延长|当场")
# nothing more than this beside 政府信息公开申请: 全年政府信息公开申请共10件
_PLAIN = ASKED | frozenset(["filler", "period", "own", "amount", "soft", "people", "all"])
# 申请共10件, 申请量为10件: it sums up
_SUMMING = Words("达|共|合计|总|为|计|是|：|:|一共|累计")
_ONLY_SUMMED = frozenset(["filler", "all", "soft", "period"])
# 当面申请2件、网络申请4件，合计6件: of the channels before it
_BY_CHANNELS = lazily(
    r"(?:(?:当面|现场|窗口|网络|网上|信函|邮寄|电子邮件|传真|线上|线下)(?:提交|提出|递交)?(?:的)?(?:政府信息公开)?申请\d+件[、，]){2,}$"
)
# 依申请公开245条 of the documents made (公文公开属性认定)
_NOT_OPENED = Words(
    "办结|办理|收到|受理|接收|答复|属性|认定|制作|制发|公文|文件|目录|清单|总数|事项|不予|标准"
)
# 确保……均在期限内答复, 将, 要求: an intention, no statement
_INTENDED = lazily(
    r"确保|将|要求|应(?!办的)|力争|做到|保证|下一步|坚持|严格|如|凡|(?<!按)(?<!按照)规定(?!期限|时限|时间)|对于|机制|流程|切实|进一步|必"
)
# 结转1件, 尚有1件, 1件正在办理: not all was done
LEFT_OVER = Words("结转|转下|转入|尚|正在|顺延|延期|除|其余|剩余|余下|撤")
# 无结转: nothing is left over by these words
_NONE_CARRIED = lazily(r"无结转")
# 无结转, 上年结转: nothing is left over by these
CARRIED_IN = lazily(r"无结转|上一?年度?结转")
# 积极受理和回复政府信息公开申请: it presumes that there was a request
_PRESUMING = lazily(
    r"积极受理(?:和|、|并|及)?(?:及时)?(?:回复|答复|办理)?(?:群众|公众)?(?:政府|政务)?信息公开申请"
    r"|对申请人的(?:答复|回复)均[^，。；\n]{0,16}(?:完成|作出)|(?:依法|依规|按时|及时)+答复申请人(?=[，,])"
    r"|收到的(?:每一?件|所有|全部)(?:政府信息公开|信息公开)?申请[^，。；\n]{0,12}(?:答复|回复|办结)"
    r"|对收到的(?:政府信息公开)?申请[^，。；\n]{0,12}(?:答复|办结)|申请人对(?:答复|办理)(?:结果)?(?:均|都)?[^，。；\n]{0,4}满意",
    needs="积极受理|收到的|申请人对|对申请人的|答复申请人",
)


# -- requests ---------------------------------------------------------------------------------------------------------------


@rule("N-01", ERROR, WARNING)
def received(context: CheckContext) -> Iterator[Finding]:
    """总体情况中收到政府信息公开申请的件数应与表三“本年新收政府信息公开申请数量”一致（可含上年结转）。"""
    new, both = total(context, row("received")), total(context, row("received") + row("carried_in"))
    found = [one for one in told(context, REQUESTS) if counts_all_received(context, one[2])]
    if len(found) > 1 and sum(one[2].value for one in found) in (new, both):
        return  # told channel by channel
    for one in found:
        if _is_one_way(one[2], both):
            continue
        if one[2].value or not new:  # else N-06 says it
            accepted = (() if _is_new(one[2]) else (both,)) + _accepted(context, one[2])
            severity = sure(context, one)
            yield from against(context, "N-01", one, row("received"), accepted, severity=severity)


# 依申请公开件数由上年的5件上升到12件: the second number is this year's
_BECAME = lazily(
    r"申请(?:公开)?(?:件|案件)?(?:的)?(?:受理|收到|办理)?(?:数量?|总?量|件数|总数)?[由从](?:上一?年度?|去年|20\d\d年度?)的?\d+件(?:上升|增加|增长|提高|下降|减少|回落|降|增|升)(?:到|至|为)"
    r"(?:今年|本年度?|(?P<year>20\d\d)年度?)?的?(?P<n>\d+)件",
    needs="由|从&件上升|件增|件提高|件下降|件减少|件回落|件降|件升",
)


@rule("N-01", WARNING, further=True)
def received_after_last_years(context: CheckContext) -> Iterator[Finding]:
    """写明申请件数由上年的多少变为本年的多少的，本年的件数应与表三一致。"""
    new, done = total(context, row("received")), total(context, row("processed"))
    both = total(context, row("received") + row("carried_in"))
    if new is None:
        return
    for key, text in text_sections(context):
        for one in _BECAME.finditer(text) if key in body(context) else ():
            told_ = Decimal(one["n"])
            where = place(text, one.start())
            is_other = OTHER_BUSINESS.search(where.sentence) or where.wider
            years = {where.year, int(one["year"] or 0)} - {0, context.report.year}  # of others
            if told_ in (new, both, done) or is_other or years:
                continue
            section = context.form.section_of(row("received")[0])
            name = vocabulary(context.form.id).names[REQUESTS, "received"]
            message = f"“{one[0]}”与{section.table_name}“{name}”总计{shown(new)}不一致"
            values = (("left", one["n"]), ("right", shown(new)))
            yield Finding("N-01", WARNING, message, key, row("received"), one[0], *one.span(), values)


def _is_one_way(one: Statement, everything: Value | None) -> bool:
    """书面申请2件 beside 网上申请6件: one way of several while it is no more than there were."""
    return "written" in one.kinds and everything is not None and one.value <= everything


def _is_new(one: Statement) -> bool:
    """新收9件: what was carried over from last year is not among them."""
    return any("新" in word.text for word in (*one.left, *one.right) if word.kind == "came")


def _accepted(context: CheckContext, one: Statement) -> tuple[Value | None, ...]:
    """What else a number may count by its verb: 受理 what was done, 依申请公开9件 what was granted, too."""
    done = total(context, row("processed"))
    came = one.first("came")
    if came:
        return (done,) if "受理" in came.text else ()
    return (done, *_opened(context)) if "on_request" in one.kinds else ()


def _opened(context: CheckContext) -> tuple[Value | None, ...]:
    """What 依申请公开9件 may count as well: what was granted, wholly or in part."""
    return total(context, row("granted")), total(context, row("granted") + row("partial"))


def _counts_requests(one: Statement) -> bool:
    """依申请公开9件 is of requests, 依申请公开信息245条 of documents."""
    amount = one.first("amount")
    if amount and amount.text.startswith(("受理", "收到", "办理")):
        return True
    return one.unit != "条" and not _NOT_OPENED.stand_in(one.place.sentence)


# 办结8件，其中上年结转1件、本年新收7件: of what was done
_OF_DONE = lazily(
    r"(?:办结|答复|办复|办理|处理)[^，。；、\d\n]{0,10}\d+件[，,]?(?:其中|（)[^。；\n]{0,16}$",
    needs="其中|（&办结|答复|办复|办理|处理",
)
_REVIEWING = "复议机关"  # 复议机关受理1件: a case there


def _is_of_some(one: Statement) -> bool:
    """春节前收到的1件, 复议机关受理1件, 办结8件，其中……新收7件: not all that came here this year."""
    is_of_days = any(word.endswith(("前", "后")) for word in one.unknown)
    is_elsewhere = any(word.text == _REVIEWING for word in one.left)
    is_carried = any(word.kind.startswith("carried") for word in one.right)  # 8件新收申请及1件结转申请
    return is_of_days or is_elsewhere or is_carried or _OF_DONE.search(one.place.before) is not None


def counts_all_received(context: CheckContext, one: Statement) -> bool:
    """Whether a number is of all requests that came."""
    if one.says != NUMBER or one.about or one.unit not in UNITS or one.is_restricted:
        return False
    left = one.left_kinds
    said = one.said_kinds
    if said & NOT_CAME or _is_of_some(one) or is_of_another_body(context, one):
        return False
    if "came" in left:
        return True
    if said <= _ONLY_SUMMED and one.told != SAID:
        return _BY_CHANNELS.search(one.place.before) is not None
    words = "".join(word.text for word in one.left)
    if "on_request" in said and not _counts_requests(one):
        return False
    if "amount" in said or "on_request" in said:
        return said <= _PLAIN and one.told == SAID
    return one.told == SAID and said <= _PLAIN and _SUMMING.stand_in(words)


@rule("N-02", ERROR, WARNING)
def done(context: CheckContext) -> Iterator[Finding]:
    """总体情况中办结、答复政府信息公开申请的件数应与表三“本年度办理结果”总计一致。"""
    everything = total(context, row("processed"))
    carried = total(context, row("carried_in")) or 0
    set_aside = [total(context, group(context, key)) or 0 for key in ("other", "declined")]
    accepted = () if everything is None else (
        everything - carried, everything - set_aside[0], everything - sum(set_aside)
    )  # fmt: skip
    found = _wholes([one for one in told(context, REQUESTS) if _is_answer(context, one[2])])
    if len(found) > 1 and sum(one[2].value for one in found) == everything:
        return
    new, both = total(context, row("received")), total(context, row("received") + row("carried_in"))
    name = _name_of_results(context)
    for one in found:
        more = (
            () if "done" in one[2].kinds else (new, both)
        )  # 办理 says neither that they came nor that they were done
        yield from against(
            context,
            "N-02",
            one,
            row("processed"),
            (*accepted, *more),
            severity=sure(context, one),
            name=name,
        )


def _wholes(found: list[Told]) -> list[Told]:
    """办结8件，其中提前办结5件，按时办结3件: what stands behind 其中 divides the number before it."""
    whole: list[Told] = []
    last, is_part = None, False
    for one in found:
        between = one[1][last[2].end : one[2].start] if last and last[0] == one[0] else "。"
        is_part = not set(between) & set("。\n") and (is_part or "其中" in between)
        if not is_part:
            whole.append(one)
        last = one
    return whole


def _name_of_results(context: CheckContext) -> str:
    """本年度办理结果, over the row 总计."""
    return next(words_of(one.label) for one in context.form.tables[REQUESTS].rows if one.children)


_WAITING = Words("待|将|预计")  # 待办结, 将于2025年1月20日前答复


def _is_answer(context: CheckContext, one: Statement) -> bool:
    """Whether a number is of all requests that were done with."""
    if one.says != NUMBER or one.about or one.unit not in UNITS or one.is_restricted:
        return False
    is_waiting = any(word.kind == "unknown" and _WAITING.stand_in(word.text) for word in one.right)
    if is_waiting or _BY_TIME.search(one.place.sentence):
        return False
    left = one.left_kinds
    said = one.said_kinds if left & {"done", "handled"} else one.kinds
    if said & _NOT_DONE or "quoted" in left or is_of_another_body(context, one) or "came" in said - left:
        return False
    if "done" in said:
        return one.told == SAID or not OTHER_BUSINESS.search(one.place.before)
    return "handled" in said and bool(said & (ASKED - {"apply"})) and "came" not in said


@rule("N-02", WARNING, further=True)
def all_done(context: CheckContext) -> Iterator[Finding]:
    """写明申请均已办结的，表三“结转下年度继续办理”应为0。"""
    left = total(context, row("carried_out"))
    if not left:
        return
    for key, text, one in told(context, REQUESTS):
        ended = one.first("done")
        is_all = (one.says == ALL and one.kinds & ASKED) or _ends_with_all(context, text, one)
        if not is_all or "all" not in one.kinds or ended is None:
            continue
        if (
            (ended.text == "答复" and one.says == ALL)
            or one.kinds & (_NOT_DONE - {"carried_in"})
            or strange(context, one)
        ):
            continue
        # 9件申请已全部办结: N-02 tells of the number itself
        if _leaves_some(text, one) or is_told(done(context), key, (one.start, one.end)):
            continue
        table = context.form.section_of(row("received")[0]).table_name
        name = vocabulary(context.form.id).names[REQUESTS, "carried_out"]
        quote = text[one.start : one.end]
        message = f"“{quote}”与{table}“{name}”总计{shown(left)}不一致：还有{shown(left)}件未办结"
        values = (("left", "0"), ("right", shown(left)))
        yield Finding("N-02", WARNING, message, key, row("carried_out"), quote, one.start, one.end, values)


def _leaves_some(text: str, one: Statement) -> bool:
    """其余1件正在办理, 确保均已办结: something is left over, or it is meant to be done."""
    is_meant = _INTENDED.search(one.place.clause + text[one.start : one.end]) is not None
    return is_meant or LEFT_OVER.stand_in(_bare(one))


def _bare(one: Statement) -> str:
    """The sentence without what leaves nothing over: 无结转, and 上年结转的1件 where both are told in numbers."""
    return (CARRIED_IN if one.says == NUMBER else _NONE_CARRIED).sub("", one.place.sentence)


def _ends_with_all(context: CheckContext, text: str, one: Statement) -> bool:
    """收到的8件和上年结转的1件均已办结: nothing can be left over then."""
    if one.says != NUMBER or not {word.kind for word in one.right} >= {"all", "done"}:
        return False
    everything = total(context, row("received") + row("carried_in"))
    is_carried = "carried_in" in one.kinds and one.value == total(context, row("carried_in"))
    return one.value == everything or (is_carried and _WITH_THE_NEW.search(one.place.before) is not None)


# 新收的8件和上年结转的1件: both together
_WITH_THE_NEW = lazily(
    r"(?:新收|收到|受理)[^，。；]{0,8}\d+[件宗条][^，。；]{0,2}[和及与、]?$", needs="新收|收到|受理"
)


@rule("N-06", ERROR, WARNING)
def nothing_received(context: CheckContext) -> Iterator[Finding]:
    """总体情况写明未收到政府信息公开申请的，表三“本年新收政府信息公开申请数量”应为0。"""
    all_of_them = total(context, row("received"))
    if not all_of_them:
        return
    of_bodies = total(context, _of_bodies(context))
    bodies = f"{context.form.tables[REQUESTS].column('legal_entity').label}各栏合计"
    section = context.form.section_of(row("received")[0])
    name = vocabulary(context.form.id).names[REQUESTS, "received"]
    for key, text, one in told(context, REQUESTS):
        new, whose = (of_bodies, bodies) if "bodies" in one.kinds else (all_of_them, "总计")
        is_zero = one.says == NONE and one.kinds & ASKED and is_plain(context, one, _beside_nil(one))
        is_figure = (
            one.says == NUMBER
            and not one.value
            and (one.kinds <= _PLAIN or counts_all_received(context, one))
            and "written" not in one.kinds
        )
        if not new or not (is_zero or is_figure):
            continue
        quote = text[one.start : one.end]
        message = f"“{quote}”与{section.table_name}“{name}”{whose}{shown(new)}不一致"
        values = (("left", "0"), ("right", shown(new)))
        yield Finding("N-06", ERROR, message, key, row("received"), quote, one.start, one.end, values)


def _of_bodies(context: CheckContext) -> tuple[CellRef, ...]:
    """What came from others than natural persons."""
    leaves = context.form.tables[REQUESTS].column("legal_entity").leaves()
    return tuple(CellRef(REQUESTS, "received", leaf.key) for leaf in leaves)


def _beside_nil(one: Statement) -> Set[str]:
    """未办理申请, 零受理、零答复: what may stand beside the requests of which there were none."""
    return ASKED | {"handled", "bodies"} | ({"done"} if one.kinds >= {"zero", "came"} else set())


@rule("N-13", WARNING)
def answers_without_requests(context: CheckContext) -> Iterator[Finding]:
    """未收到政府信息公开申请的，不应出现受理、答复申请的表述。"""
    cells = row("received") + row("carried_in")
    if total(context, cells) != 0:
        return
    table = context.form.section_of(cells[0]).table_name
    for key, text, (start, end) in (*_presumed(context), *_presuming(context)):
        quote = text[start:end]
        message = f"“{quote}”与{table}不一致：本年未收到政府信息公开申请"
        yield Finding("N-13", WARNING, message, key, cells, quote, start, end)


_NEAR = 60  # characters before a statement
# 上一年度曾收到申请2件，均已办结: of that year
_LAST_YEARS = lazily(r"(?:上一?年度?|去年|往年)(?!度?(?:未办结)?(?:结转|转结|转入))")


def _presumed(context: CheckContext) -> Iterator[tuple[str, str, Span]]:
    """均在法定期限内答复, 办结率100%, said of requests."""
    for key, text, one in told(context, REQUESTS):
        is_said = (
            one.kinds & ASKED or one.told != HEADING or "申请" in one.place.before + text[one.start : one.end]
        )
        if _has_condition(one) or one.says != ALL or not is_said or one.kinds & {"other", "applicant", "nil"}:
            continue
        if _LAST_YEARS.search(one.place.before[-_NEAR:]):
            continue
        if not (one.kinds & {"done", "rate"}) or OTHER_BUSINESS.search(one.place.before):
            continue
        if not _INTENDED.search(one.place.clause + text[one.start : one.end]):
            yield key, text, (one.start, one.end)


def _has_condition(one: Statement) -> bool:
    """如收到申请，均在20个工作日内答复: there need be none."""
    return any(word in one.place.before for word in ("如", "若", "凡", "一旦"))


def _presuming(context: CheckContext) -> Iterator[tuple[str, str, Span]]:
    for key, text in text_sections(context):
        for span in _spans(_PRESUMING, text) if key in body(context) else ():
            where = place(text, span[0])
            if is_own(context, where) and not _INTENDED.search(where.clause):
                yield key, text, span


def body(context: CheckContext) -> set[str]:
    """The sections that tell of the year: not the introduction, not the plans."""
    keys = {section.key for section in context.form.sections}
    return keys - {context.form.sections[-2].key}


@lru_cache(maxsize=256)
def _spans(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    return tuple(one.span() for one in pattern.finditer(text))
