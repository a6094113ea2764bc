"""Numbers of requests that contradict 表三 only together: of channels, parts of the year, all done, in time (N-01, N-02, N-13)."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding, is_told
from app.checks.language.numerals import plain
from app.checks.language.reading import shown, text_sections
from app.checks.language.scope import place, sentences
from app.checks.language.vocabulary import vocabulary
from app.checks.quantities.agreement import (
    ASKED,
    OTHER_BUSINESS,
    REQUESTS,
    UNITS,
    Told,
    group,
    is_own,
    row,
    told,
    total,
)
from app.checks.quantities.grammar import NUMBER, Statement, is_about_requests
from app.checks.rule import WARNING, rule
from app.checks.rules.n_carried import end_of_number
from app.checks.rules.n_requests import (
    LEFT_OVER,
    NOT_CAME,
    all_done,
    answers_without_requests,
    body,
    counts_all_received,
    received,
)
from app.checks.rules.n_requests import done as number_done
from app.form.model import CellRef, Value
from app.patterns import Words, lazily

Group = list[Told]

# -- by ways of asking --------------------------------------------------------------------------------------------------------

# 网上申请6件: the way; 通过, 渠道 stand beside it
_WAYS = frozenset(
    [
        "网站",
        "网络",
        "网上",
        "互联网",
        "网上平台",
        "网络平台",
        "线上平台",
        "政府网站",
        "平台",
        "信函",
        "邮寄",
        "邮政",
        "来函",
        "邮件",
        "电子邮件",
        "当面",
        "现场",
        "窗口",
        "线上",
        "线下",
        "电话",
        "传真",
        "书面",
        "纸质",
    ]
)
_BESIDE_WAYS = frozenset(["通过", "渠道"])
_OF_WAYS = frozenset(
    [
        "part",
        "written",
        "came",
        "apply",
        "request",
        "on_request",
        "filler",
        "soft",
        "period",
        "own",
        "all",
        "people",
        "among",
        "handled",
    ]
)
_OBJECTS = frozenset(["request", "on_request"])
# 共收到网上申请3件、书面申请2件: these are all
_ALL_WAYS = Words("共收|共受理|共接|总计|合计|共计")


@rule("N-01", WARNING, further=True)
def ways_of_asking_make_the_whole(context: CheckContext) -> Iterator[Finding]:
    """总体情况中按网上、信函、当面等渠道写的申请件数之和应与表三“本年新收政府信息公开申请数量”一致。"""
    new, done = total(context, row("received")), total(context, row("processed"))
    both = total(context, row("received") + row("carried_in"))
    if new is None or both is None:
        return
    for ways, totals in _ways(context):
        added = sum((one[2].value for one in ways), Decimal(0))
        if added in (new, both, done) or not _are_wrong(ways, added, new, both):
            continue
        key, text = ways[0][:2]
        if (totals and added <= both) or _total_is_told(context, key, totals, added):
            continue  # I-01 holds the list against its total
        start, end = ways[0][2].start, ways[-1][2].end
        name = vocabulary(context.form.id).names[REQUESTS, "received"]
        table = context.form.section_of(row("received")[0]).table_name
        sums = f"合计{plain(added)}件，" if len(ways) > 1 else ""
        message = f"“{text[start:end]}”{sums}与{table}“{name}”总计{shown(new)}不一致"
        values = (("left", plain(added)), ("right", shown(new)))
        yield Finding("N-01", WARNING, message, key, row("received"), text[start:end], start, end, values)


def _total_is_told(context: CheckContext, key: str, totals: list[Statement], added: Decimal) -> bool:
    """Whether the ways make a total of which N-01 says already that it is wrong."""
    spans = [(one.start, one.end) for one in totals if one.value == added]
    return any(is_told(received(context), key, span) for span in spans)


def _ways(context: CheckContext) -> Iterator[tuple[Group, list[Statement]]]:
    """The numbers of each sentence that tells ways of asking, and the totals that it tells."""
    for group_ in _by_sentence([one for one in told(context, REQUESTS) if one[2].says == NUMBER]):
        ways = [one for one in group_ if _is_of_a_way(one[2])]
        others = [one[2] for one in group_ if one not in ways]
        if ways:
            yield ways, [one for one in others if counts_all_received(context, one)]


def _by_sentence(found: list[Told]) -> Iterator[Group]:
    """What is told in one sentence."""
    groups: dict[tuple[str, int], Group] = {}
    for one in found:
        groups.setdefault((one[0], one[2].start - len(one[2].place.before)), []).append(one)
    yield from groups.values()


def _is_of_a_way(one: Statement) -> bool:
    """Whether a number is of the requests that came in one way."""
    if one.about or one.unit not in UNITS or not one.kinds <= _OF_WAYS:
        return False
    parts = {word.text for word in (*one.left, *one.right) if word.kind in ("part", "written")}
    return len(parts & _WAYS) == 1 and parts <= _WAYS | _BESIDE_WAYS


def _are_wrong(ways: Group, added: Decimal, new: Value, both: Value) -> bool:
    """More than there were; or less, where the words promise all."""
    last = ways[-1][2]
    if len(ways) == 1:
        return added > both and not _OBJECTS.isdisjoint(last.kinds)
    if added > both:
        return True
    promised = ways[0][2].place.clause + ways[0][1][ways[0][2].start : ways[0][2].number]
    return added < new and _ALL_WAYS.stand_in(promised) and "等" not in last.place.sentence


# -- by parts of the year -------------------------------------------------------------------------------------------------------

# 上半年收到申请5件，下半年收到4件
_IN_PART = lazily(
    r"(?P<at>上半年|下半年|[一二三四]季度)(?P<what>[^，。；、\d\n]{0,16}?)(?P<n>\d+)件(?!（|次)",
    needs="季度|半年",
)
_HALVES = ("上半年", "下半年")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
# 收到申请5件, no 答复
_IT_CAME = Words("收到|新收|受理|接到")
# 下半年收到申请4件, 下半年4件
_ITEM = lazily(r"(?:我[镇乡]|共|新)?(?:收到|新收|受理|接到)?(?:政府)?(?:信息公开)?(?:申请)?(?:共)?")
_LAST_YEAR = ("上年", "去年", "上一年")


@rule("N-01", WARNING, further=True)
def parts_of_the_year_make_the_whole(context: CheckContext) -> Iterator[Finding]:
    """总体情况中按半年、季度写的申请件数之和应与表三“本年新收政府信息公开申请数量”一致。"""
    new, both = total(context, row("received")), total(context, row("received") + row("carried_in"))
    if new is None:
        return
    for key, text in text_sections(context):
        for span, added in _by_parts_of_year(text) if key in body(context) else ():
            where = place(text, span[0])
            is_ours = not where.wider and where.year in (0, context.report.year)
            if added in (new, both) or not is_ours:
                continue
            name = vocabulary(context.form.id).names[REQUESTS, "received"]
            table = context.form.section_of(row("received")[0]).table_name
            quote = text[slice(*span)]
            message = f"“{quote}”合计{added}件，与{table}“{name}”总计{shown(new)}不一致"
            values = (("left", str(added)), ("right", shown(new)))
            yield Finding("N-01", WARNING, message, key, row("received"), quote, *span, values)


@lru_cache(maxsize=64)
def _by_parts_of_year(text: str) -> tuple[tuple[tuple[int, int], int], ...]:
    """Where a sentence tells what came in each half or quarter, and how much that makes."""
    items = list(_IN_PART.finditer(text))
    if len(items) < _ENOUGH:
        return ()
    return _summed(text, items, _is_whole_year)


def _summed(
    text: str, items: list[re.Match[str]], is_whole: Callable[[str, list[re.Match[str]]], bool]
) -> tuple[tuple[tuple[int, int], int], ...]:
    """(span, what its items make) of each sentence whose items are the whole."""
    by_sentence = ([one for one in items if start <= one.start() < end] for start, end in sentences(text))
    return tuple(
        ((found[0].start(), found[-1].end()), sum(int(one["n"]) for one in found))
        for found in by_sentence
        if is_whole(text, found)
    )


def _is_whole_year(text: str, items: list[re.Match[str]]) -> bool:
    if tuple(one["at"] for one in items) not in (_HALVES, _QUARTERS) or not _IT_CAME.stand_in(
        items[0]["what"]
    ):
        return False
    where = place(text, items[0].start())
    begin = text.rfind("\n", 0, items[0].start()) + 1
    is_of_requests = "申请" in items[0]["what"] or is_about_requests(text, begin, items[0].start())
    is_other = OTHER_BUSINESS.search(where.sentence) or any(one in where.before for one in _LAST_YEAR)
    return is_of_requests and not is_other and all(_ITEM.fullmatch(one["what"]) for one in items)


# -- everything done ------------------------------------------------------------------------------------------------------------

# 9件（含上年结转1件），已全部按时答复
_ALL_ANSWERED = lazily(
    r"(?:政府信息公开)?(?:申请)?(?:[（(][^（）()]{0,16}[）)])?[，,]?(?:目前|现|以上申请|上述申请|所有申请)?(?:均已|均|已全部|全部|都已|已均|已)"
    r"(?:按照?|依法|依规|在|于|按时|按期|及时|规定|法定|程序|时限|期限|\d\d个|工作日|年内|年度内|当年|内|予以|给予|作出|完成|进行|办理|处理|并|和|了)*"
    r"(?:办结|答复|回复|办复|(?<=办理)完[毕成]|(?<=处理)完[毕成])(?!的)",  # 已全部办结的有8件: of some
    needs="办结|答复|回复|办复|完",
)
_ALL = Words("均|全部|都已")
_FAR = 60  # characters behind a number in which that is said


@rule("N-02", WARNING, further=True)
def everything_done_leaves_nothing(context: CheckContext) -> Iterator[Finding]:
    """写明新收和上年结转的申请均已答复的，表三“结转下年度继续办理”应为0。"""
    left, done = total(context, row("carried_out")), total(context, row("processed"))
    new, carried = total(context, row("received")), total(context, row("carried_in"))
    if not left or done is None or new is None or carried is None or new + carried <= done:
        return
    came = ("", -1)  # the sentence in which 新收8件 was told last
    for key, text, one in told(context, REQUESTS):
        here = key, one.start - len(one.place.before)
        is_carried = here == came and "carried_in" in one.kinds and one.value == carried
        came = here if one.value == new else came
        end = _end_of_answers(text, one) if is_carried or one.value == new + carried else 0
        span = one.start, end
        if end and not is_told((*number_done(context), *all_done(context)), key, span):
            yield _nothing_left(context, key, text, span, left)


def _end_of_answers(text: str, one: Statement) -> int:
    """Behind ，均已答复, where that is said of a number of requests and nothing is left over; else 0."""
    if one.says != NUMBER or one.unit not in UNITS or one.about or one.said_kinds & _OF_SOME:
        return 0
    found = _answered(text, one)
    if not found or OTHER_BUSINESS.search(one.place.sentence):
        return 0
    behind = text[found.end() : one.start - len(one.place.before) + len(one.place.sentence)]
    return 0 if LEFT_OVER.stand_in(behind) else found.end()


def _answered(text: str, one: Statement) -> re.Match[str] | None:
    """，均已答复 right behind a number."""
    end = end_of_number(text, one)
    if not _ALL.stand_in(text, end, end + _FAR):
        return None
    found = _ALL_ANSWERED.match(text, end, end + _FAR)
    return found if found and _ALL.stand_in(found[0]) else None


_OF_SOME = NOT_CAME - {"done", "handled", "carried_in", "carried"}


def _nothing_left(context: CheckContext, key: str, text: str, span: tuple[int, int], left: Value) -> Finding:
    table = context.form.section_of(row("received")[0]).table_name
    name = vocabulary(context.form.id).names[REQUESTS, "carried_out"]
    quote = text[slice(*span)]
    message = f"“{quote}”与{table}“{name}”总计{shown(left)}不一致：还有{shown(left)}件未办结"
    values = (("left", "0"), ("right", shown(left)))
    return Finding("N-02", WARNING, message, key, row("carried_out"), quote, *span, values)


# -- in time and later ------------------------------------------------------------------------------------------------------------

# 20个工作日内答复6件, 延期答复3件, 当场答复1件
_BY_TIME = lazily(
    r"(?:(?P<later>延期|延长)|(?P<once>当场|当日)|工作日内|期限内|时限内|按时|按期|如期)[^，。；、\d\n]{0,10}?(?:答复|办结|期限)[^，。；、\d\n]{0,4}?(?P<n>\d+)件",
    needs="延期|延长|当场|当日|工作日内|期限内|时限内|按时|按期|如期",
)
_LATER, _IN_TIME = Words("延期|延长"), Words("工作日内|期限内|时限内|按时|按期|如期")
_ENOUGH = 2  # ways: in time and later
# 、当面1件: the list goes on
_GOES_ON = lazily(r"[，、](?:其余|剩余|另|尚)?[^，。；\d\n]{0,10}\d+件")
_SET_ASIDE = (("other",), ("declined",), ("other", "declined"))


@rule("N-02", WARNING, further=True)
def in_time_and_later_make_the_whole(context: CheckContext) -> Iterator[Finding]:
    """按时答复与延期答复的件数之和应与表三“本年度办理结果”总计一致。"""
    done = total(context, row("processed"))
    if done is None:
        return
    accepted = {done, *(done - (total(context, _set_aside(context, one)) or 0) for one in _SET_ASIDE)}
    for key, text in text_sections(context):
        for span, added in _by_time(text) if key in body(context) else ():
            where = place(text, span[0])
            begin = text.rfind("\n", 0, span[0]) + 1
            is_ours = "申请" in where.sentence or is_about_requests(text, begin, span[0])
            if added in accepted or not is_ours or not is_own(context, where):
                continue
            table = context.form.section_of(row("received")[0]).table_name
            quote = text[slice(*span)]
            message = f"“{quote}”合计{added}件，与{table}办理结果总计{shown(done)}不一致"
            values = (("left", str(added)), ("right", shown(done)))
            yield Finding("N-02", WARNING, message, key, row("processed"), quote, *span, values)


@lru_cache(maxsize=64)
def _by_time(text: str) -> tuple[tuple[tuple[int, int], int], ...]:
    """Where a sentence tells what was answered in time and what later, and how much that makes."""
    ways = list(_BY_TIME.finditer(text)) if _LATER.stand_in(text) and _IN_TIME.stand_in(text) else []
    if len(ways) < _ENOUGH:
        return ()
    return _summed(text, ways, _is_whole)


def _is_whole(text: str, ways: list[re.Match[str]]) -> bool:
    """Whether what was answered in time and what later are told once each, and nothing besides."""
    later = sum(one["later"] is not None for one in ways)
    once = sum(one["once"] is not None for one in ways)
    if later != 1 or len(ways) - later - once != 1:
        return False
    start, end = ways[0].start(), ways[-1].end()
    is_other = OTHER_BUSINESS.search(place(text, start).sentence) or "其中" in text[start:end]
    return not is_other and not _GOES_ON.match(text, end)


def _set_aside(context: CheckContext, keys: tuple[str, ...]) -> tuple[CellRef, ...]:
    return tuple(ref for key in keys for ref in group(context, key))


# -- none, and all answered -------------------------------------------------------------------------------------------------------


@rule("N-13", WARNING, further=True)
def none_came_and_all_were_answered(context: CheckContext) -> Iterator[Finding]:
    """写明申请0件的，不应又写均已答复。"""
    cells = row("received") + row("carried_in")
    if total(context, cells) != 0:
        return
    for key, text, one in told(context, REQUESTS):
        if one.says != NUMBER or one.value or not one.kinds & ASKED or one.said_kinds & _OF_SOME:
            continue
        found = _answered(text, one)
        if found is None:
            continue
        span = one.start, found.end()
        if is_told(answers_without_requests(context), key, found.span()):
            continue  # the same words by themselves
        table = context.form.section_of(cells[0]).table_name
        message = f"“{text[slice(*span)]}”与{table}不一致：本年未收到政府信息公开申请"
        yield Finding("N-13", WARNING, message, key, cells, text[slice(*span)], *span)
