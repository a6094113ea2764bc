"""Parts and totals told in one sentence, titles and their number, what cannot be more than all (I-01, I-07)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import Quantity, number, plain, quantities_in
from app.checks.language.reading import in_text, in_texts, shown, text_sections
from app.checks.language.scope import place
from app.checks.language.vocabulary import vocabulary
from app.checks.quantities.agreement import results_besides, row, total
from app.checks.quantities.lists import Sum, sums
from app.checks.rule import ERROR, WARNING, rule, text_rule
from app.form.model import Severity
from app.patterns import Words, lazily
from app.report.model import INTRODUCTION

_FEW, _MANY = 3, 5  # parts that look like a whole list
_SMALL = 2  # a difference that is a slip rather than a list that names only some
# 501条，包含行政许可类79条……等；: a list that divides the part before it
_DIVIDED = lazily(r"[，,（(]?(?:其中)?(?:主要)?(?:包含|包括|含有?|涵盖|涉及)")
# 其中4条在两个平台同步发布，只计1次, 2件政策同时采用两种形式: the parts may be more than all
_TWICE = Words(
    "去重|重复|重叠|交叉|同步发布|同步推送|只计|计为|同一|多渠道|同时采用|同时使用|同时以|同时通过|两种形式|两种方式|多种形式|多种方式"
)
_NEARBY = 200  # characters in which a list before or behind is looked for
_NEAR, _ENOUGH, _MOST = Decimal("0.05"), Decimal("0.8"), Decimal("0.5")  # of the total

Span = tuple[int, int]


# -- sums ---------------------------------------------------------------------------------------------------------------------


@rule("I-01", ERROR, WARNING)
@rule("I-07", WARNING)
def parts_make_the_total(context: CheckContext) -> Iterator[Finding]:
    """文中分项之和应与总数一致，合计与分项使用同一计量单位。"""
    for key, text in text_sections(context):
        if key != INTRODUCTION:
            for one, found in sum_findings(key, text):
                yield replace(found, message=found.message + _left_out(context, text, one))


@lru_cache(maxsize=128)
def sum_findings(key: str, text: str) -> tuple[tuple[Sum, Finding], ...]:
    """The lists of a text that do not make their total, with what is said of each."""
    found = [
        (one, said)
        for one in sums(text)
        if not _is_of_the_whole(text, one) and (said := _judged(key, text, one)) is not None
    ]
    units = [said for _, said in found if said.rule == "I-07"]  # once a sentence: an inner list repeats it
    again = {id(b) for a, b in pairwise(units) if b.start < a.end}
    return tuple((one, said) for one, said in found if id(said) not in again)


def _is_of_the_whole(text: str, one: Sum) -> bool:
    """公开1469条。其中，网站公开1165条；微信公开304条。其中主要包括……: the second list is of all again, not of the last part."""
    if not one.parts or "。" not in text[one.total.end : one.parts[0].start]:
        return False
    begin = text.rfind("\n", max(one.total.start - _NEARBY, 0), one.total.start) + 1
    begin = max(begin, one.total.start - _NEARBY)
    told = [each.value for each in quantities_in(text, begin, one.total.end) if each.unit == one.total.unit]
    return any(told[at] == sum(told[at + 1 :], Decimal(0)) for at in range(len(told) - 2))


def _left_out(context: CheckContext, text: str, one: Sum) -> str:
    """The results of 表三 that a list of all that was done does not name: 未写不予处理2件; "" where more than one choice fits."""
    said = vocabulary(context.form.id).results.findall(text, one.total.end, one.end)
    if not said or one.total.value != total(context, row("processed")):
        return ""
    lacks = one.total.value - sum((part.value for part in one.parts), Decimal(0))
    unnamed = [(name, count) for name, count in results_besides(context, said).items() if count]
    choices = [each for size in range(1, len(unnamed) + 1) for each in combinations(unnamed, size)]
    fits = [each for each in choices if sum(count for _, count in each) == lacks]
    if len(fits) != 1:
        return ""
    return f"：未写{'、'.join(f'{name}{shown(count)}{one.total.unit}' for name, count in fits[0])}"


def _judged(key: str, text: str, one: Sum) -> Finding | None:
    """I-01 when no reading makes the sum, I-07 when only parts in other units do."""
    target = one.total.value
    span = one.total.start, one.end
    is_more = any(part.value > target for part in one.parts)  # no list that ended before it
    if not is_more and target in _reachable(text, one.parts):
        return None
    if not is_more and target > 1 and target in _reachable(text, one.mixed):
        units = "、".join(dict.fromkeys(part.unit for part in one.mixed if part.unit != one.total.unit))
        message = f"合计与分项计量单位不一致：合计用“{one.total.unit}”，分项有“{units}”"
        return in_text("I-07", WARNING, message, key, text, span)
    severity = _how_wrong(one, place(text, one.total.start).sentence)
    if severity is None or _goes_on(text, one) or _is_in_two_ways(text, one):
        return None
    added = sum((part.value for part in one.parts), Decimal(0))
    first = _first_scope(text, one)
    more = ""
    if first is not None and first != added and abs(first - target) < abs(added - target):
        more = f"；计全句为{plain(added)}，也不符。请核对总数和各分项"
        added = first
    scope = "只计到第一个分号为" if more else ""
    difference = plain(abs(added - target))
    message = f"分项之和（{scope}{plain(added)}）与总数（{plain(target)}）不符，差{difference}{more}（总数：“{_clause(text, one)}”）"
    values = (("left", plain(target)), ("right", plain(added)))
    quote = text[span[0] : span[1]]
    # no repair: whether the total or a part is wrong only the clerk knows; N-01 … N-11 know what a table says
    return Finding("I-01", severity, message, key, quote=quote, start=span[0], end=span[1], values=values)


def _clause(text: str, one: Sum) -> str:
    """The words of the total: 全年公开信息326条."""
    return text[
        max(one.total.start - len(place(text, one.total.start).clause), one.total.start - 16) : one.total.end
    ].strip()


def _is_in_two_ways(text: str, one: Sum) -> bool:
    """其中原创180条，涉及民生120条: two ways to divide one total; 上半年135条、前三季度203条 hold each other."""
    if sum(part.value for part in one.parts) < one.total.value:
        return False
    clauses = [text[text.rfind("，", 0, part.start) + 1 : part.start] for part in one.parts]
    are_about = ["涉及" in clause for clause in clauses]
    years = any("半年" in clause for clause in clauses) and any("季度" in clause for clause in clauses)
    return years or (any(are_about) and not are_about[0])


def _goes_on(text: str, one: Sum) -> bool:
    """Whether what is told next is just what is lacking: ……公开105条。通过公示栏公开71条。"""
    start = one.end + 1 if text[one.end : one.end + 1] in ("。", "；") else one.end
    stop = text.find("。", start, start + _NEARBY)
    behind = quantities_in(text, start, stop if stop > 0 else min(start + _NEARBY, len(text)))[:1]
    lacks = {one.total.value - value for value, is_all in _sums(text, one.parts) if is_all}
    return any(part.unit == one.total.unit and part.value in lacks for part in behind)


def _how_wrong(one: Sum, sentence: str) -> Severity | None:
    """None where the list may name only some of the parts, or may be of something else."""
    if one.total.about or not one.parts or any(part.about and not part.at_least for part in one.parts):
        return None
    difference = sum(part.value for part in one.parts) - one.total.value
    if difference > 0 and _TWICE.stand_in(sentence):
        return None
    if difference > 0:  # more than all, and 80余条 is not less than 80
        is_weak = (
            one.open_end
            or one.channels
            or len(one.parts) < _FEW
            or any(part.about for part in one.parts)
            or "解读" in sentence  # one document may be explained in several forms
        )
        return WARNING if is_weak or one.promise == "all" else ERROR
    if one.open_end or len(one.parts) < 2 or any(part.about for part in one.parts):
        return None
    return _how_short(one, -difference)


def _how_short(one: Sum, lacks: Decimal) -> Severity | None:
    """Less than all is wrong where the words promise the whole; behind 其中 where it looks like a slip."""
    total, count = one.total.value, len(one.parts)
    if one.promise == "whole":
        return ERROR if count >= _FEW else WARNING
    if one.promise == "all":
        return WARNING
    if count >= _MANY and (
        total - lacks >= total * _MOST or _is_mistyped(plain(total), plain(total - lacks))
    ):
        return WARNING
    is_near = lacks <= max(Decimal(_SMALL), total * _NEAR)
    if count >= _FEW:
        return WARNING if is_near else None
    return WARNING if is_near and total - lacks >= total * _ENOUGH else None


def _is_mistyped(a: str, b: str) -> bool:
    """7215 for 215, 251 for 215: one digit too many, too few or another, or two that changed places."""
    head = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest, other = a[head:], b[head:]
    ways = (rest[1:], other), (rest, other[1:]), (rest[1:], other[1:]), (rest[1::-1] + rest[2:], other)
    return any(one == another for one, another in ways)


def _first_scope(text: str, one: Sum) -> Decimal | None:
    """The sum up to the first ；, None when there is none."""
    stop = text.find("；", one.parts[0].end, one.end)
    inside = [part.value for part in one.parts if part.end <= stop]
    return sum(inside, Decimal(0)) if stop >= 0 and len(inside) > 1 else None


def _reachable(text: str, parts: tuple[Quantity, ...]) -> set[Decimal]:
    """The sums of the first parts, with and without lists that only divide the part before them."""
    return {value for value, _ in _sums(text, parts)}


def _sums(text: str, parts: tuple[Quantity, ...]) -> set[tuple[Decimal, bool]]:
    """(sum, whether it is of all parts) as the lists among the parts can be read."""
    found: set[tuple[Decimal, bool]] = set()
    states: dict[int, set[Decimal]] = {0: {Decimal(0)}}
    for at in range(len(parts)):
        for before in states.pop(at, set()):
            value = before + parts[at].value
            behind = set(_behind(text, parts, at))
            found.add((value, len(parts) in behind))
            for after in behind:
                states.setdefault(after, set()).add(value)
    return found


def _behind(text: str, parts: tuple[Quantity, ...], at: int) -> Iterator[int]:
    """Where the list may go on after a part: right behind it, or behind the list that divides it."""
    yield at + 1
    if at + 1 < len(parts) and _DIVIDED.match(text, parts[at].end):
        stop = text.find("；", parts[at].end, parts[-1].end)
        yield (
            next((n for n in range(at + 1, len(parts)) if parts[n].start > stop), len(parts))
            if stop > 0
            else len(parts)
        )
    added = Decimal(0)
    for end in range(at + 1, len(parts)):
        added += parts[end].value
        if added == parts[at].value and end > at + 1:
            yield end + 1
        if added > parts[at].value:
            return


# -- titles -----------------------------------------------------------------------------------------------------------------------

_NUMERAL = r"\d{1,2}|[一二两三四五六七八九十]"
_COUNTS = frozenset("一二两三四五六七八九十123456789")
_TITLES = r"(?:《[^》\n]{2,60}》(?:（[^）\n]{0,30}）)?[、，]?(?:和|及|与|以及)?)"
# one of them, not 《……》 in brackets behind another
_TITLE = lazily(r"《[^》\n]*》(?:（[^）\n]*）)?")
# 新制发的2件行政规范性文件为《……》《……》
_TITLES_BEHIND = lazily(
    rf"(?<![\d第.])(?P<n>{_NUMERAL})(?P<unit>件|份|项|部|个)[^，。；：、《》\d\n]{{0,16}}?[，：]?(?P<way>分别[为是]|为|是|即|：|包括)(?P<list>{_TITLES}{{1,9}})(?=[。；，\n]|$)",
)
# 印发《……》《……》2项制度
_TITLES_BEFORE = lazily(
    rf"(?P<list>{_TITLES}{{2,9}})(?P<open>等)?(?P<n>{_NUMERAL})(?P<unit>件|份|项|部|个)[^，。；、\d\n]{{0,8}}?(?:制度|文件|办法|规定|机制|方案)(?=[，。；、\n]|$)"
)


@text_rule("I-01", WARNING, further=True)
def titles_are_as_many_as_told(context: CheckContext) -> Iterator[Finding]:
    """所称文件、制度的件数应与所列名称一致。"""
    yield from in_texts(context, "I-01", WARNING, _miscounted_titles)


def _may_count(text: str) -> tuple[bool, bool]:
    """Whether 为《, or 》2 and 》等2, stands in a text: hardly one has them, and no pattern is compiled for the rest."""
    behind = before = False
    at = text.find("《")
    while at >= 0:
        behind = behind or text[at - 1 : at] in _WAYS
        end = text.find("》", at)
        next_ = text[end + 2 : end + 3] if text[end + 1 : end + 2] == "等" else text[end + 1 : end + 2]
        before = before or next_ in _COUNTS
        at = text.find("《", max(end, at + 1))
    return behind, before


_WAYS = frozenset("为是即：括")


@lru_cache(maxsize=128)
def _miscounted_titles(text: str) -> tuple[tuple[str, Span], ...]:
    found = []
    behind, before = _may_count(text)
    told = _TITLES_BEHIND.finditer(text) if behind else ()
    for one in (*told, *(_TITLES_BEFORE.finditer(text) if before else ())):
        said, listed = number(one["n"]), len(_TITLE.findall(one["list"]))
        names = one.groupdict()
        is_open = names.get("way") == "包括" or names.get("open") is not None
        if listed > said or (listed < said and not is_open):
            found.append(
                (f"所称{one['n']}{one['unit']}，所列名称{listed}个，请核对件数或者补写名称", one.span())
            )
    return tuple(found)


# -- one of two cannot be more ---------------------------------------------------------------------------------------------------

_REST = r"[^，。；、\d\n]"
# 发放问卷200份，收回216份; 应到58人，实到62人; 征集意见28条，采纳30条; 抽查18处，合格20处; 发现问题8个，整改11个
_PAIRS = (
    lazily(
        rf"(?:发放|发出|下发|投放){_REST}{{0,10}}(?:问卷|调查表|意见表|测评表|评议表)(?P<n>\d+)(?P<u>份|张|套)[，,](?P<mid>共|已|实际)?(?:收回|回收){_REST}{{0,10}}?(?P<m>\d+)(?P=u)",
        needs="收回|回收",
    ),
    lazily(r"应到(?P<n>\d+)(?P<u>人|名)[，,](?P<mid>)实到(?P<m>\d+)(?P=u)", needs="实到"),
    lazily(
        rf"(?:收到|征集|收集|征求)到?{_REST}{{0,8}}(?:意见|建议)(?P<n>\d+)(?P<u>条|个|件)[，,](?P<mid>经[^，。；\d]{{1,4}})?(?:予以|已|吸收)*(?:采纳|吸收){_REST}{{0,4}}?(?P<m>\d+)(?P=u)",
        needs="采纳|吸收",
    ),
    lazily(
        rf"(?:抽查|检查|抽检){_REST}{{0,12}}?(?P<n>\d+)(?P<u>处|个|家)[，,](?P<mid>)(?:其中)?(?:合格|达标){_REST}{{0,4}}?(?P<m>\d+)(?P=u)",
        needs="合格|达标&抽查|检查|抽检",
    ),
    lazily(
        r"发现问题(?P<n>\d+)(?P<u>个|处|条|项)[，,](?P<mid>[^。；\d\n]{0,16}?)整改[^，。；、\d\n]{0,4}(?P<m>\d+)(?P=u)",
        needs="发现问题&整改",
    ),
)
_MORE = Words("连同|上年|遗留|累计|另")


@text_rule("I-01", WARNING, further=True)
def no_part_is_more_than_all(context: CheckContext) -> Iterator[Finding]:
    """收回、采纳、合格、整改的数量不大于发放、征集、抽查、发现的数量。"""
    for key, text in text_sections(context):
        for message, span in _more_than_all(text) if key != INTRODUCTION else ():
            yield in_text("I-01", WARNING, message, key, text, span)


@lru_cache(maxsize=64)
def _more_than_all(text: str) -> tuple[tuple[str, Span], ...]:
    return tuple(
        (f"前后数量不符：{one['m']}{one['u']}大于{one['n']}{one['u']}", one.span())
        for pattern in _PAIRS
        for one in pattern.finditer(text)
        if int(one["m"]) > int(one["n"]) and not _MORE.stand_in(one["mid"] or "")
    )
