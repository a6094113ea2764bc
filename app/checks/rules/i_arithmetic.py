"""The text against itself: parts and totals, percentages, the same quantity twice (I-01 … I-04, I-07)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import accumulate, combinations, islice, pairwise, takewhile
from typing import NamedTuple

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import COUNTED, Quantity, between, plain, quantities
from app.checks.language.reading import in_text, shown, text_sections
from app.checks.language.scope import place, sentences
from app.checks.language.vocabulary import vocabulary
from app.checks.quantities.agreement import results_besides, row, total
from app.checks.rule import ERROR, WARNING, rule, text_rule
from app.form.model import Severity
from app.report.model import INTRODUCTION

# what opens a list of parts: 从内容分类看, 按渠道分, 具体为 promise all of them, 其中, 包括 may name some
_LIST = re.compile(
    r"(?P<whole>从[^，。；、]{1,8}(?:分类)?(?:来)?看|按[^，。；、]{1,10}(?:分类|划分|统计|来分|分为|区分)|具体为|分别是：|具体是)"
    r"|(?P<part>其中|包括|包含)"
)
# 解读30条等, 主要有……, 例如: only some parts are named
_OPEN_END = re.compile(r"等(?:信息|内容|方面|情况|类)?[）)。；]*\s*$|主要|重点(?!领域)|例如|比如|之一")
# 阅读28万次, 较上年增加3条, 培训2次: numbers that are no part of what is counted
_NO_PART = re.compile(
    r"阅读|浏览|访问|点击|播放|粉丝|关注|增长|增加|减少|下降|同比|较|比|去年|上年|占|平均|每|累计|培训|参加|召开|举办|开展|结转|顺延|复议|诉讼"
)
# 较上年增长3条: no total of what follows; 行政诉讼9件，其中…… is one
_NO_TOTAL = re.compile(_NO_PART.pattern.removesuffix("|复议|诉讼"))
# ；行政诉讼9件: cases of another kind, with a list of their own
_OTHER_CASES = re.compile(r"；[^；，,。]*(?:复议|诉讼)[^；，,。]*$")
# 通过网站80条，微信公众号30条: by channel one item may be counted twice
_CHANNEL = re.compile(r"通过|渠道|平台|微信|网站|公众号|微博|抖音|公开栏|公示栏|客户端|新媒体|媒体|报")
# （网络8件，信函2件）: it divides the part before it
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_SMALL = 2  # a difference that is a slip rather than a list that names only some
_MANY = 5  # parts that look like a whole list
_FEW = 3
_LONGEST = 40  # parts of a list, lists of a section: no report has more


Span = tuple[int, int]
Told = tuple[str, Span]  # what is said, where


class Sum(NamedTuple):
    """A total with the parts that a text lists under it."""

    total: Quantity
    parts: tuple[Quantity, ...]
    mixed: tuple[Quantity, ...]  # the same with parts in other units of counting
    start: int
    end: int
    whole: bool  # the words promise the whole: 从内容分类看
    open_end: bool  # 等, 主要: only some are listed
    channels: bool  # by channel, where one item may be counted twice


# -- sums ---------------------------------------------------------------------------------------------------------------------


@rule("I-01", ERROR, WARNING)
@rule("I-07", WARNING)
def parts_make_the_total(context: CheckContext) -> Iterator[Finding]:
    """文中分项之和应与总数一致，合计与分项使用同一计量单位。"""
    for key, text in text_sections(context):
        if key != INTRODUCTION:
            for one, found in _sum_findings(key, text):
                yield replace(found, message=found.message + _left_out(context, text, one))


@lru_cache(maxsize=128)
def _sum_findings(key: str, text: str) -> tuple[tuple[Sum, Finding], ...]:
    found = [(one, said) for one in _sums(text) if (said := _judged(key, text, one)) is not None]
    units = [said for _, said in found if said.rule == "I-07"]  # once a sentence: an inner list repeats it
    again = {id(b) for a, b in pairwise(units) if b.start < a.end}
    return tuple((one, said) for one, said in found if id(said) not in again)


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
    if target in _reachable(one.parts):
        return None
    if target in _reachable(one.mixed):
        units = "、".join(dict.fromkeys(part.unit for part in one.mixed if part.unit != one.total.unit))
        message = f"合计与分项计量单位不一致：合计用“{one.total.unit}”，分项有“{units}”"
        return in_text("I-07", WARNING, message, key, text, span)
    severity = _how_wrong(one)
    if severity is None:
        return None
    added = sum((part.value for part in one.parts), Decimal(0))
    first = _first_scope(text, one)
    more = ""
    if first is not None and first != added and abs(first - target) < abs(added - target):
        more = f"；计全句为{plain(added)}，也不符。请核对总数和各分项"
        added = first
    scope = "只计到第一个分号为" if more else ""
    difference = plain(abs(added - target))
    message = f"分项之和（{scope}{plain(added)}）与总数（{plain(target)}）不符，差{difference}{more}"
    values = (("left", plain(target)), ("right", plain(added)))
    quote = text[span[0] : span[1]]
    # no repair: whether the total or a part is wrong only the clerk knows; N-01 … N-11 know what a table says
    return Finding("I-01", severity, message, key, quote=quote, start=span[0], end=span[1], values=values)


def _how_wrong(one: Sum) -> Severity | None:
    """None where the list may name only some of the parts, or may be of something else."""
    if len(one.parts) < 2 or any(part.about for part in one.parts) or one.total.about:
        return None
    difference = sum(part.value for part in one.parts) - one.total.value
    if difference > 0:  # more than all
        if one.open_end or one.channels or len(one.parts) < _FEW:
            return WARNING
        return ERROR
    if one.open_end:
        return None
    if one.whole:
        return ERROR if len(one.parts) >= _FEW else WARNING
    near = -difference <= max(Decimal(_SMALL), one.total.value / 20)
    return WARNING if len(one.parts) >= _MANY or (len(one.parts) >= _FEW and near) else None


def _first_scope(text: str, one: Sum) -> Decimal | None:
    """The sum up to the first ；, None when there is none."""
    stop = text.find("；", one.parts[0].end, one.end)
    inside = [part.value for part in one.parts if part.end <= stop]
    return sum(inside, Decimal(0)) if stop >= 0 and len(inside) > 1 else None


def _reachable(parts: tuple[Quantity, ...]) -> set[Decimal]:
    """The sums of the first parts, with and without lists that only divide the part before them."""
    sums: set[Decimal] = set()
    states: dict[int, set[Decimal]] = {0: {Decimal(0)}}
    for at in range(len(parts)):
        for before in states.pop(at, set()):
            value = before + parts[at].value
            sums.add(value)
            for after in _behind(parts, at):
                states.setdefault(after, set()).add(value)
    return sums


def _behind(parts: tuple[Quantity, ...], at: int) -> Iterator[int]:
    """Where the list may go on after a part: right behind it, or behind the list that divides it."""
    yield at + 1
    added = Decimal(0)
    for end in range(at + 1, len(parts)):
        added += parts[end].value
        if added == parts[at].value and end > at + 1:
            yield end + 1
        if added > parts[at].value:
            return


@lru_cache(maxsize=128)
def _sums(text: str) -> tuple[Sum, ...]:
    marks = islice(_LIST.finditer(text), _LONGEST)
    return tuple(one for mark in marks if (one := _sum_at(text, mark)) is not None)


def _sum_at(text: str, mark: re.Match[str]) -> Sum | None:
    """The list that a mark opens, with the nearest total before it that is big enough for its first part."""
    span = _reach(text, mark)
    if span is None:
        return None
    start, end = span
    earlier = [one for one in _counted(text, start, mark.start()) if one.end <= mark.start()][-_LONGEST:]
    before = [one for one in earlier if not _NO_TOTAL.search(place(text, one.start).clause)]
    if not before:
        return None
    total = before[-1]
    inside = _in_brackets(text, mark.end(), end)
    after = [one for one in _counted(text, mark.end(), end) if (one.start, one.end) not in inside]
    after = _until_new_list(text, total, after[:_LONGEST])
    if not after or len({part.unit for part in after} | {total.unit}) > 4:
        return None
    parts = tuple(one for one in after if one.unit == total.unit)
    if _is_of_an_earlier_total(before, parts, total.unit) or _is_of_several(earlier, parts, total):
        return None
    stop = after[-1].end
    channels = len(_CHANNEL.findall(text[mark.end() : stop])) >= 2
    open_end = _OPEN_END.search(text[mark.start() : end][: stop - mark.start() + 6]) is not None
    return Sum(total, parts, tuple(after), total.start, stop, bool(mark["whole"]), open_end, channels)


def _reach(text: str, mark: re.Match[str]) -> Span | None:
    """The part of the text in which the total and the parts of a list are looked for."""
    spans = sentences(text)
    index = next((i for i, (start, end) in enumerate(spans) if start <= mark.start() < end), None)
    if index is None:
        return None
    start, end = spans[index]
    opens = not text[start : mark.start()].strip()
    if opens and index and text[spans[index - 1][1] - 1] != "\n":
        start = spans[index - 1][0]  # 公开信息212条。其中…
    bracket = text.rfind("（", start, mark.start())
    if bracket > text.rfind("）", start, mark.start()):  # a list inside brackets ends with them
        close = text.find("）", mark.end(), end)
        end = close if close >= 0 else end
    return start, end


def _counted(text: str, start: int, end: int) -> list[Quantity]:
    """The quantities of things counted that begin in text[start:end]."""
    return [one for one in between(quantities(text), start, end) if one.unit in COUNTED]


def _is_of_an_earlier_total(before: list[Quantity], parts: tuple[Quantity, ...], unit: str) -> bool:
    added = sum(part.value for part in parts)
    return any(one.value == added for one in before if one.unit == unit)


def _is_of_several(earlier: list[Quantity], parts: tuple[Quantity, ...], total: Quantity) -> bool:
    """收到9件，上年结转1件，其中网络5件，信函5件: the list divides both."""
    added = sum(part.value for part in parts)
    both = [one.value for one in earlier if one.unit == total.unit and one.end >= total.end]
    return len(both) > 1 and any(added == value for value in accumulate(both))


def _is_aside(text: str, one: Quantity) -> bool:
    """总阅读量 28.8 万次, 较上年增长3条: no total of what follows, and no part."""
    return _NO_PART.search(place(text, one.start).clause) is not None


def _begins_other_cases(text: str, one: Quantity) -> bool:
    return _OTHER_CASES.search(place(text, one.start).before) is not None


def _in_brackets(text: str, start: int, end: int) -> set[tuple[int, int]]:
    """The quantities inside brackets of text[start:end]: they divide or explain a part."""
    return {
        (one.start, one.end)
        for bracket in _BRACKETS.finditer(text, start, end)
        for one in between(quantities(text), bracket.start() + 1, bracket.end())
    }


def _until_new_list(text: str, total: Quantity, found: list[Quantity]) -> list[Quantity]:
    """The parts of one list: it ends where a part is bigger than the total, and before ；行政诉讼9件."""
    own = takewhile(lambda one: one.value <= total.value and not _begins_other_cases(text, one), found)
    return [one for one in own if not _is_aside(text, one)]


# -- percentages ----------------------------------------------------------------------------------------------------------------

# 占比30%, 占总数的26%
_SHARE = re.compile(
    r"占(?:比|总数|全部|总量|信息总数|[^，。；、\d]{0,10})(?:的|为|约)?\s*(?P<p>\d+(?:\.\d+)?)\s*[%％]"
)
# 办结率100%, 按期答复率为98%; 满意率 is caught too, to end what stands before another rate
_RATE = re.compile(
    r"(?:办结|答复|回复|办复|按时办结|按期答复|满意)率(?:均?为|达到?|：|是|\s)*(?P<p>\d+(?:\.\d+)?)\s*[%％]"
)
# 由100条增加到150条，同比增长40%
_GROWTH = re.compile(
    r"(?:从|由)[^，。；]{0,14}?(?P<old>\d+)\s*(?P<unit>条|件|篇|次|期)[^，。；]{0,8}?(?P<verb>增加|增长|提高|上升|减少|下降)(?:到|至|为)[^，。；]{0,8}?"
    r"(?P<new>\d+)\s*(?P=unit)[，,][^，。；\d]{0,6}(?:增长|增幅|上升|提高|下降|降幅|减少)[^，。；\d]{0,4}(?P<p>\d+(?:\.\d+)?)\s*[%％]"
)

# 收到40件，已办结30件: the second number is of what was done
_WORD_OF_DONE = re.compile(r"办结|答复|回复|办复|办理")


@text_rule("I-03", WARNING)
def percentages_are_right(context: CheckContext) -> Iterator[Finding]:
    """文中占比、增幅应与所列数字相符。"""
    for key, text in text_sections(context):
        for message, span in (*_shares(text), *_growths(text)):
            yield in_text("I-03", WARNING, message, key, text, span)


@lru_cache(maxsize=128)
def _shares(text: str) -> tuple[Told, ...]:
    """Shares that no pair of the numbers before them in the paragraph makes, where only one pair is possible."""
    shares = list(islice(_SHARE.finditer(text), _LONGEST))
    return tuple(
        (f"占比计算有误，应为{right}%", one.span())
        for one in shares
        if (right := _right_share(text, one, [each for each in shares if each is not one]))
    )


def _right_share(text: str, one: re.Match[str], others: list[re.Match[str]]) -> str:
    """The percentage that should stand there; "" where it is right, or where it is not known of what it is."""
    begin = text.rfind("\n", 0, one.start()) + 1
    counted = [q for q in quantities(text) if q.unit in COUNTED]
    before = [q for q in counted if begin <= q.start and q.end <= one.start()][-_LONGEST:]
    if len(before) < 2 or any(q.about for q in before) or text[one.start("p") - 1] in "约近超":
        return ""
    if any(_makes(part.value, whole.value, one["p"]) for part in before for whole in before):
        return ""
    sentence = max(text.rfind("。", begin, one.start()) + 1, begin)
    near = [q for q in before if q.end > sentence]
    between = any(q.end <= each.start() < one.start() for q in near[:1] for each in others)
    whole = _whole_of_others(near, others) or (None if between else _whole_of_pair(near))
    return _percent(near[-1].value, whole, one["p"]) if whole else ""


def _whole_of_pair(near: list[Quantity]) -> Decimal | None:
    """The total where a sentence has but two numbers, the part behind it: 公开40条，其中动态10条，占35%."""
    if len(near) != 2 or near[0].unit != near[1].unit:
        return None
    whole, part = near[0].value, near[1].value
    return whole if 0 < part <= whole else None


def _whole_of_others(near: list[Quantity], others: list[re.Match[str]]) -> Decimal | None:
    """The total of which at least three other parts of the list are the shares told: 80条，其中……占67.5%."""
    whole = near[0] if len(near) >= _FEW else None
    if whole is None or near[-1].value > whole.value or near[-1].unit != whole.unit:
        return None
    agreeing = sum(any(_makes(part.value, whole.value, each["p"]) for part in near[1:]) for each in others)
    return whole.value if agreeing >= _FEW else None


@lru_cache(maxsize=128)
def _growths(text: str) -> tuple[Told, ...]:
    found = []
    for one in _GROWTH.finditer(text):
        old, new = Decimal(one["old"]), Decimal(one["new"])
        if old and not _makes(abs(new - old), old, one["p"]):
            right = _percent(abs(new - old), old, one["p"])
            found.append((f"增减幅度计算有误，应为{right}%", one.span()))
    return tuple(found)


def _makes(part: Decimal, whole: Decimal, shown: str) -> bool:
    """Whether part/whole is the percentage shown, rounded or cut to its decimals."""
    if not whole:
        return False
    places = Decimal(1).scaleb(-len(shown.partition(".")[2]))
    exact = part * 100 / whole
    return Decimal(shown) in (
        exact.quantize(places, ROUND_HALF_UP),
        exact.quantize(places, ROUND_DOWN),
    )


def _percent(part: Decimal, whole: Decimal, shown: str) -> str:
    places = Decimal(1).scaleb(-len(shown.partition(".")[2]))
    return f"{(part * 100 / whole).quantize(places, ROUND_HALF_UP):f}"


@text_rule("I-04", WARNING)
def rates_are_right(context: CheckContext) -> Iterator[Finding]:
    """办结率为已办结件数占收到件数的比例。"""
    for key, text in text_sections(context):
        for message, span in _rates(text):
            yield in_text("I-04", WARNING, message, key, text, span)


@lru_cache(maxsize=128)
def _rates(text: str) -> tuple[Told, ...]:
    """Rates told right behind what was received and what was done, and nothing else."""
    return tuple(
        (f"办结率应为{right}%", one.span())
        for one in _RATE.finditer(text)
        if not one[0].startswith("满意") and (right := _right_rate(text, one))
    )


def _right_rate(text: str, one: re.Match[str]) -> str:
    """The rate that should stand there; "" where it is right, or where it is not known of what it is."""
    start = next((s for s, e in sentences(text) if s <= one.start() < e), 0)
    last = max((rate.end() for rate in _RATE.finditer(text, start, one.start())), default=start)
    before = [q for q in quantities(text) if last <= q.start and q.end <= one.start()]
    if len(before) != 2 or before[0].unit != before[1].unit or any(q.about for q in before):
        return ""
    received, done = before
    if not _WORD_OF_DONE.search(text[received.end : done.start]):
        return ""
    is_wrong = 0 < done.value <= received.value and not _makes(done.value, received.value, one["p"])
    return _percent(done.value, received.value, one["p"]) if is_wrong else ""
