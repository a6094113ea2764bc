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
from app.checks.rules.n_requests import LEFT_OVER, body
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
            if is_own(context, where) and is_ours and not LEFT_OVER.stand_in(where.before):
                table = context.form.section_of(row("received")[0]).table_name
                name = vocabulary(context.form.id).names[REQUESTS, "carried_out"]
                message = (
                    f"“{text[start:end]}”与{table}“{name}”总计{shown(left)}不一致：还有{shown(left)}件未办结"
                )
                values = (("left", "0"), ("right", shown(left)))
                yield Finding(
                    "N-03", WARNING, message, key, row("carried_out"), text[start:end], start, end, values
                )


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
        and _STILL.match(text, end := _end_of_number(text, one), end + _FAR)
    ):
        begin = text.rfind("\n", 0, one.start) + 1
        is_ours = one.topic == REQUESTS or is_about_requests(text, begin, one.start)
        return "carried_out" if is_ours and "other" not in one.kinds else ""
    if one.says != NUMBER or not _GOES_ON.match(text, one.end, one.end + _FAR):
        return ""
    is_named = one.kinds & ASKED and not one.is_restricted and not one.kinds & {"came", "done", "other"}
    return "carried_out" if is_named or _is_only_counted(text, one) else ""


def _end_of_number(text: str, one: Statement) -> int:
    """Behind the unit: the words behind it may belong to the statement, too."""
    return text.find(one.unit, one.number, one.end) + len(one.unit)


def _is_only_counted(text: str, one: Statement) -> bool:
    """另有2件, 其中1件 in the paragraph on requests."""
    begin = text.rfind("\n", 0, one.start) + 1
    is_bare = one.unit in UNITS and one.left_kinds <= {"among", "filler", "soft"}
    return is_bare and is_about_requests(text, begin, one.start)


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
        or after & {"came", "done", "handled", "part"}
        or one.kinds & {"other", "fee", "reviews", "lawsuit"}
    ):
        return ""
    return ways[0]
