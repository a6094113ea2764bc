"""Requests told in the text as carried over, from last year or to the next, against 表三 (N-03)."""

from collections.abc import Iterator

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import shown, text_sections
from app.checks.language.scope import place
from app.checks.language.vocabulary import vocabulary
from app.checks.quantities.agreement import (
    ASKED,
    OTHER_BUSINESS,
    REQUESTS,
    UNITS,
    against,
    is_own,
    is_plain,
    row,
    strange,
    told,
    total,
)
from app.checks.quantities.grammar import NONE, NUMBER, Statement, is_about_requests
from app.checks.quantities.words import NEXT_YEAR
from app.checks.rule import ERROR, WARNING, rule
from app.checks.rules.n_requests import CARRIED_IN, LEFT_OVER, body
from app.patterns import Words, lazily

# 上年结转资金: no requests
_MONEY = Words("资金|预算|万元|项目")
# 2件申请尚在办理期限内，结转2025年继续办理; 申请5件，顺延至下一年答复1件 has a number of its own
_GOES_ON = lazily(
    rf"[^，。；、\d\n]{{0,24}}[，,](?:已|将|依法|故|均)?(?:结转|转结|顺延|转入|延至)(?:至|到|入)?{NEXT_YEAR}(?![^，。；\d\n]{{0,12}}\d+[件条宗个])",
    needs="结转|转结|顺延|转入|延至",
)
_FAR = 80  # characters behind a number in which that is said
# 年底无未办结的政府信息公开申请
_NOTHING_LEFT = lazily(
    r"(?:无|没有|不存在|未出现)(?:任何|一件|一)?(?:(?:政府信息公开|信息公开)?申请(?:件)?)?(?:尚?未办(?:结|理完毕|完)的?(?=[^，。；]{0,8}申请)|在办(?=的?[^，。；]{0,6}申请)|积压(?=的?[^，。；]{0,6}申请)|(?<=无一)件?积压|跨年(?:度)?(?:办理|结转)?)"
    r"(?:的)?(?:(?:政府信息公开|信息公开)?申请(?:件)?)?",
    needs="积压|跨年|在办|未办",
)
# 尚有3件申请在办，将于2025年一季度办结
_STILL = lazily(
    rf"[^，。；、\d\n]{{0,12}}(?:在办|在办理(?:之?中)?|未办结|未到期)[^，。；\d\n]{{0,6}}[，,](?:将|预计|拟|计划)(?:于|在)?{NEXT_YEAR}[^。；\n]{{0,8}}(?:办结|答复|完成)",
    needs="在办|未办结|未到期",
)


@rule("N-03", WARNING, further=True)
def nothing_is_left(context: CheckContext) -> Iterator[Finding]:
    """写明没有未办结的申请的，表三“结转下年度继续办理”应为0。"""
    left = total(context, row("carried_out"))
    if not left:
        return
    for key, text in text_sections(context):
        for start, end in (
            [one.span() for one in _NOTHING_LEFT.finditer(text)] if key in body(context) else ()
        ):
            where = place(text, start)
            is_ours = "申请" in where.sentence and not OTHER_BUSINESS.search(where.sentence)
            if (
                is_own(context, where)
                and is_ours
                and not LEFT_OVER.stand_in(CARRIED_IN.sub("", where.before))
            ):
                table = context.form.section_of(row("received")[0]).table_name
                name = vocabulary(context.form.id).names[REQUESTS, "carried_out"]
                message = (
                    f"“{text[start:end]}”与{table}“{name}”总计{shown(left)}不一致：还有{shown(left)}件未办结"
                )
                values = (("left", "0"), ("right", shown(left)))
                yield Finding(
                    "N-03", WARNING, message, key, row("carried_out"), text[start:end], start, end, values
                )


# 其余2件正在办理, 3件尚在办理期限内, 1件待答复
_UNDONE = lazily(
    r"(?:[^，。；、\d\n]{0,8}申请)?(?:均|仍|尚|还|处于|因)*(?:正在(?:办理|处理|答复)|在(?:办理|答复|处理)(?:之?中|期限内|过程中|流程中)|在办|未(?:办结|答复|办理完毕|到期|到(?:法定)?(?:答复|办理)期限?)|待(?:答复|办理|办结))"
    r"(?:之?中|期限内)?(?=[，。；）\n]|$)",
    needs="正在|在办|在答复|在处理|未办|未答复|未到|待答复|待办",
)
# 年末未办结申请3件, 尚未答复的申请有3件; 上年末未办结申请1件 was carried in
_UNDONE_BEFORE = lazily(
    r"^(?:截至)?(?:20\d\d年)?(?:期末|年末|年底|12月31日|目前)?[，,]?(?:尚|仍)?未(?:办结|答复|办理完毕)的?(?:政府信息公开|信息公开)?申请(?:共|有|为|数)*$",
    needs="未办结|未答复|未办理完毕",
)
# 2件申请将于2025年答复, 1件申请跨年办理
_NEXT = lazily(
    rf"(?:[^，。；、\d\n]{{0,8}}申请)?(?:因[^，。；\d\n]{{2,16}})?[，,]?(?:(?:将|拟|预计|计划)(?:于|在)?{NEXT_YEAR}[^，。；\n]{{0,6}}(?:答复|办结)|跨年度?办理)",
    needs="将|拟|预计|计划|跨年",
)
_OPINION = lazily(r"正在征求[^，。；\d\n]{0,8}意见[，,](?:尚|暂|还)未", needs="正在征求")
# 截至本报告公布之日: not at the end of the year
_PUBLISHED = lazily("公布|发布|报告", needs="公布|发布|报告")
# 其余, 剩余: these are all that were left
_THE_REST = Words("未办结|未答复|其余|剩余|余下|尚有|仍有|只有|仅有")


@rule("N-03", WARNING, further=True)
def what_is_not_done_is_carried_out(context: CheckContext) -> Iterator[Finding]:
    """写明尚未办结的申请件数应与表三“结转下年度继续办理”一致。"""
    left = total(context, row("carried_out"))
    if left is None:
        return
    of_requests = ("", -1)  # the sentence in which requests were told of last
    for key, text, one in told(context):
        here = key, one.start - len(one.place.before)
        of_requests = here if one.topic == REQUESTS else of_requests
        end = _end_of_undone(text, one) if here == of_requests else 0
        before = one.place.clause + text[one.start : one.number]
        if end and (one.value > left or (one.value < left and _THE_REST.stand_in(before))):
            table = context.form.section_of(row("received")[0]).table_name
            name = vocabulary(context.form.id).names[REQUESTS, "carried_out"]
            quote = text[one.start : end]
            message = f"“{quote}”与{table}“{name}”总计{shown(left)}不一致"
            values = (("left", shown(one.value)), ("right", shown(left)))
            yield Finding("N-03", WARNING, message, key, row("carried_out"), quote, one.start, end, values)


def _end_of_undone(text: str, one: Statement) -> int:
    """Behind 正在办理, where that is said of a number of requests; 0 where it is not, or is said by another rule."""
    if one.says != NUMBER or one.unit not in UNITS or one.about or "other" in one.kinds:
        return 0
    end = end_of_number(text, one)
    before = one.place.clause + text[one.start : one.number]
    if _UNDONE_BEFORE.search(before):
        stop = end
    else:
        ways = (pattern.match(text, end, end + _FAR) for pattern in (_UNDONE, _NEXT, _OPINION))
        stop = next((one.end() for one in ways if one), 0)
    if not stop or _way_carried(one) or _carried_behind(text, one):
        return 0
    is_aside = _PUBLISHED.search(one.place.before) or OTHER_BUSINESS.search(one.place.sentence)
    return 0 if is_aside else stop


@rule("N-03", ERROR, WARNING)
def carried(context: CheckContext) -> Iterator[Finding]:
    """总体情况中上年结转、结转下年度继续办理的件数应与表三一致。"""
    for one in told(context):
        statement = one[2]
        key = _way_carried(statement) or _carried_behind(one[1], statement)
        if (
            not key
            or statement.about
            or (statement.topic not in (REQUESTS, "") and _way_carried(statement))
            or _MONEY.stand_in(statement.place.sentence)
        ):
            continue
        if statement.says == NONE and (
            not is_plain(context, statement, {key, "carried"}) or not total(context, row(key))
        ):
            continue
        is_sure = statement.topic and statement.kinds & (ASKED | {"carried_in", "carried_out", "carried"})
        severity = ERROR if is_sure and not strange(context, statement) else WARNING
        yield from against(context, "N-03", one, row(key), severity=severity)


def _carried_behind(text: str, one: Statement) -> str:
    """另有2件申请因尚在办理期限内，结转2025年继续办理: the clause behind the number says that they went on."""
    if (
        one.says == NUMBER
        and one.unit in UNITS
        and _STILL.match(text, end := end_of_number(text, one), end + _FAR)
    ):
        begin = text.rfind("\n", 0, one.start) + 1
        is_ours = one.topic == REQUESTS or is_about_requests(text, begin, one.start)
        return "carried_out" if is_ours and "other" not in one.kinds else ""
    if one.says != NUMBER or not _GOES_ON.match(text, one.end, one.end + _FAR):
        return ""
    is_named = one.kinds & ASKED and not one.is_restricted and not one.kinds & {"came", "done", "other"}
    return "carried_out" if is_named or _is_only_counted(text, one) else ""


def end_of_number(text: str, one: Statement) -> int:
    """Behind the unit: the words behind it may belong to the statement, too."""
    return text.find(one.unit, one.number, one.end) + len(one.unit)


def _is_only_counted(text: str, one: Statement) -> bool:
    """另有2件, 其中1件 in the paragraph on requests."""
    begin = text.rfind("\n", 0, one.start) + 1
    is_bare = one.unit in UNITS and one.left_kinds <= {"among", "filler", "soft"}
    return is_bare and is_about_requests(text, begin, one.start)


def _are_both(one: Statement) -> bool:
    """新收和上年结转的申请共9件: of those that came and those carried in."""
    kinds = [word.kind for word in one.left]
    return "carried_in" in kinds and "came" in kinds[: kinds.index("carried_in")]


def _way_carried(one: Statement) -> str:
    """The row of 表三 for 上年结转2件, 结转下年度3件, 3件结转至次年; "" for anything else."""
    if one.says not in (NUMBER, NONE) or one.is_restricted:
        return ""
    left = [word.kind for word in one.left]
    ways = [kind for kind in left if kind in ("carried_in", "carried_out")]
    if not ways and not {"done", "came"} & set(left):
        ways = [word.kind for word in one.right if word.kind in ("carried_in", "carried_out")]
    after = set(left[left.index(ways[0]) + 1 :]) if ways and ways[0] in left else set()
    if (
        len(ways) != 1
        or _are_both(one)
        or after & {"came", "done", "handled", "part"}
        or one.kinds & {"other", "fee", "reviews", "lawsuit"}
    ):
        return ""
    return ways[0]
