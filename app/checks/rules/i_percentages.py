"""Shares, growth and rates told in one sentence with the numbers of which they are (I-03, I-04)."""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import islice

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import COUNTED, Quantity, plain, quantities, quantities_in
from app.checks.language.reading import in_text, text_sections
from app.checks.language.scope import sentences
from app.checks.quantities.agreement import row, told, total
from app.checks.quantities.grammar import NUMBER
from app.checks.quantities.lists import LONGEST
from app.checks.rule import WARNING, rule, text_rule
from app.patterns import lazily

Span = tuple[int, int]
Told = tuple[str, Span]  # what is said, where
_FEW = 3  # shares that agree on a whole

# 占比30%, 占总数的26%
_SHARE = lazily(
    r"占(?:比|总数|全部|总量|信息总数|[^，。；、\d]{0,10})(?:的|为|约)?\s*(?P<p>\d+(?:\.\d+)?)\s*[%％]",
    needs="占",
)
# 办结率100%, 按期答复率为98%, 回收率达97.6%
_RATE = lazily(
    r"(?P<when>按时|按期|及时)?(?P<name>[一-龥]{2}?)率(?:均?为|仅为?|达到?|约|：|是|\s)*(?P<p>\d+(?:\.\d+)?)\s*[%％]",
    needs="率",
)
_COUNT = r"(?P<{}>\d[\d,]*)\s*(?P<{}>条|件|篇|次|期|份|项|场|个)"
# 比上年的290条, 由100条: what it was before
_BASE = lazily(
    r"(?:比|较|由|从)(?:(?:去年|上一?年度?|20\d\d年度?)(?:同期|全年)?的?[^，。；、\d增减多少升降提]{0,6}?|[^，。；、\d]{0,14}?(?=\d[\d,]*\s*[条件篇次期份项场个][^，。；]{0,8}?(?:到|至|为)))"
    + _COUNT.format("old", "unit")
)
# 增加36条; 增加到150条, 增至150条; 增长12.4%
_MORE = lazily(r"(?:增加|减少|增长|下降|多|少)了?\s*" + _COUNT.format("more", "unit2"))
_TO = lazily(
    r"(?:增加|增长|增|提高|提升|上升|减少|下降|降|减)(?:到|至|为)(?:20\d\d年度?的?)?[^，。；\d]{0,8}?"
    + _COUNT.format("new", "unit3")
)
_RISE = lazily(r"(?:增长|增幅|增加|上升|提高|下降|降幅|减少)[^，。；\d]{0,4}(?P<p>\d+(?:\.\d+)?)\s*[%％]")
# 网站占比75%
_NAMED_SHARE = lazily(
    r"(?:^|(?<=[，,；;、]))(?P<name>[一-龥]{2,8}?)(?:信息|类)?占比(?:为|达到?)?\s*(?P<p>\d+(?:\.\d+)?)\s*[%％]",
    needs="占比",
)
# 4件（40%）, 4件（占50%）
_IN_BRACKETS = lazily(r"\s*[（(](?:占比?)?\s*(?P<p>\d+(?:\.\d+)?)\s*[%％][）)]")
# some share in brackets
_CLOSING = lazily(r"[%％][）)]", needs="%|％")
# 予以公开4件，占办结数的60%
_OF_REQUESTS = lazily(
    r"[，,（(]占(?:全部|所有|已)?(?:办结|办理|答复|收到|受理|申请)[^，。；\d]{0,8}?(?P<p>\d+(?:\.\d+)?)\s*[%％]",
    needs="占",
)

# 按期办结率: of what was done in time
_IN_TIME = lazily(r"按时|按期|及时")
# 收到40件, 登记52件: the whole of a rate of I-04
_RECEIVED = lazily(r"收到|接到|接收|登记|受理")
# 收到40件，已办结30件: the second number is of what was done
_WORD_OF_DONE = lazily(r"办结|答复|回复|办复|办理")


@text_rule("I-03", WARNING)
def percentages_are_right(context: CheckContext) -> Iterator[Finding]:
    """文中占比、增幅应与所列数字相符。"""
    for key, text in text_sections(context):
        for message, span in _wrong_percentages(text):
            yield in_text("I-03", WARNING, message, key, text, span)


def _wrong_percentages(text: str) -> Iterator[Told]:
    """Each place once, whichever way found it."""
    seen: list[Span] = []
    for message, span in (
        *_shares(text),
        *_shares_of_a_number(text),
        *_shares_of_all(text),
        *_points(text),
        *_growths(text),
        *_changes(text),
        *_named_shares(text),
        *_shares_in_brackets(text),
        *((message, span) for rule_id, message, span in _rates(text) if rule_id == "I-03"),
    ):
        if not any(start < span[1] and span[0] < end for start, end in seen):
            seen.append(span)
            yield message, span


@lru_cache(maxsize=128)
def _shares(text: str) -> tuple[Told, ...]:
    """Shares that no pair of the numbers before them in the paragraph makes, where only one pair is possible."""
    shares = list(islice(_SHARE.finditer(text), LONGEST))
    return tuple(
        (f"占比计算有误，应为{right}%", one.span())
        for one in shares
        if (right := _right_share(text, one, [each for each in shares if each is not one]))
    )


def _right_share(text: str, one: re.Match[str], others: list[re.Match[str]]) -> str:
    """The percentage that should stand there; "" where it is right, or where it is not known of what it is."""
    begin = text.rfind("\n", 0, one.start()) + 1
    counted = [q for q in quantities_in(text, begin, one.start()) if q.unit in COUNTED]
    before = [q for q in counted if q.end <= one.start()][-LONGEST:]
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


# 150条，占全年公开总数600条的30%
_SHARE_OF = lazily(
    r"[，,（(]?(?:约)?占[^，。；\d]{0,14}?(?P<whole>\d[\d,]*)\s*(?P<unit>[一-龥]{1,2}?)的(?:比例为|约)?\s*(?P<p>\d+(?:\.\d+)?)\s*[%％]",
    needs="占",
)


@lru_cache(maxsize=128)
def _shares_of_a_number(text: str) -> tuple[Told, ...]:
    """A part with its share of a whole that is told beside it."""
    found: list[Told] = []
    for part in islice(quantities(text), LONGEST * 4) if "占" in text else ():
        share = _SHARE_OF.match(text, part.end)
        if share is None or part.about or share["unit"] != part.unit:
            continue
        whole = _number(share["whole"])
        if part.value <= whole and not _makes(part.value, whole, share["p"]):
            right = _percent(part.value, whole, share["p"])
            found.append((f"占比计算有误，应为{right}%", (part.start, share.end())))
    return tuple(found)


# 工作动态类占52%，通知公告类占30%，其余占28%
_EACH_SHARE = lazily(
    r"(?P<name>[^，。；、\d%％]{0,16})占(?:比)?(?:约|为)?\s*(?P<p>\d+(?:\.\d+)?)\s*[%％]", needs="占"
)
_REST = lazily(r"其余|其他|其它|剩余|余下")


@lru_cache(maxsize=128)
def _shares_of_all(text: str) -> tuple[Told, ...]:
    """Shares of which the last is the rest: together they are all."""
    found: list[Told] = []
    for start, end in sentences(text) if "占" in text else ():
        shares = list(islice(_EACH_SHARE.finditer(text, start, end), LONGEST))
        if len(shares) < _FEW or not _REST.search(shares[-1]["name"]) or "其中" in text[start:end]:
            continue
        added = sum((Decimal(one["p"]) for one in shares), Decimal(0))
        if abs(added - 100) > 1:
            message = f"各项占比之和为{plain(added)}%，不是100%"
            found.append((message, (shares[0].start(), shares[-1].end())))
    return tuple(found)


# 由91.2%提升至95.6%，提高5.4个百分点
_POINTS = lazily(
    r"[由从][^，。；\d]{0,10}(?P<old>\d+(?:\.\d+)?)[%％][^，。；\d]{0,8}[到至为][^，。；\d]{0,6}(?P<new>\d+(?:\.\d+)?)[%％][，,]?"
    r"[^，。；\d]{0,8}(?P<by>\d+(?:\.\d+)?)个百分点",
    needs="个百分点",
)


@lru_cache(maxsize=128)
def _points(text: str) -> tuple[Told, ...]:
    found: list[Told] = []
    for one in _POINTS.finditer(text):
        change = abs(Decimal(one["new"]) - Decimal(one["old"]))
        if change != Decimal(one["by"]):
            found.append(
                (f"增减数计算有误，{one['old']}%到{one['new']}%相差{plain(change)}个百分点", one.span())
            )
    return tuple(found)


@lru_cache(maxsize=128)
def _growths(text: str) -> tuple[Told, ...]:
    """What was before, what it is now, by how much it grew: any two make the third."""
    bases = list(islice(_BASE.finditer(text), LONGEST))
    found: list[Told] = []
    for index, base in enumerate(bases):
        stop = next(end for start, end in sentences(text) if start <= base.start() < end)
        if index + 1 < len(bases):
            stop = min(stop, bases[index + 1].start())
        found += _growth(text, base, _cut(text, base.end(), stop))
    return tuple(found)


# 年均增长约15%: over several years
_AVERAGE = lazily(r"年均|平均|复合", needs="年均|平均|复合")


def _cut(text: str, start: int, stop: int) -> int:
    """Up to ； at most: behind it something else is told."""
    at = text.find("；", start, stop)
    return at if at >= 0 else stop


def _growth(text: str, base: re.Match[str], stop: int) -> Iterator[Told]:
    old = _number(base["old"])
    more, to, rise = (pattern.search(text, base.end(), stop) for pattern in (_MORE, _TO, _RISE))
    by = _number(more["more"]) if more and more["unit2"] == base["unit"] else None
    new = _number(to["new"]) if to and to["unit3"] == base["unit"] else _just_before(text, base)
    change = abs(new - old) if new is not None else None
    if by is not None and change is not None and by != change and more:
        yield f"增减数计算有误，{old}到{new}相差{change}", (base.start(), more.end())
        return
    difference = by if by is not None else change
    if rise and _AVERAGE.search(text, base.start(), rise.end()):
        return
    if rise and old and difference is not None and not _makes(difference, old, rise["p"]):
        yield f"增减幅度计算有误，应为{_percent(difference, old, rise['p'])}%", (base.start(), rise.end())


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _just_before(text: str, base: re.Match[str]) -> Decimal | None:
    """公开信息326条，比上年的290条……: the number right before it."""
    for one in reversed(quantities_in(text, 0, base.start())):
        if one.end <= base.start():
            is_near = re.fullmatch(r"\s*[，,（(]?\s*(?:同比|同)?", text[one.end : base.start()])
            return one.value if is_near and one.unit == base["unit"] and not one.about else None
    return None


# 180条，比上年减少20条，下降15%: what is now, by how much it changed; what was before is their difference
_CHANGED = lazily(
    r"(?<!\d)(?<!\d,)"
    + _COUNT.format("new", "unit")
    + r"[，,（(]?(?:同比|(?:比|较)(?:去年|上一?年度?|20\d\d年度?)(?:同期)?)(?P<way>增加|减少|多|少)了?\s*"
    + _COUNT.format("by", "unit2")
    + r"[，,、]?(?:同比|增幅|降幅|约|增长|下降|上升|达|为)*\s*(?P<p>\d+(?:\.\d+)?)\s*[%％]",
    needs="%|％",
)


@lru_cache(maxsize=128)
def _changes(text: str) -> tuple[Told, ...]:
    found: list[Told] = []
    for one in islice(_CHANGED.finditer(text), LONGEST):
        by = _number(one["by"])
        old = _number(one["new"]) + (by if one["way"] in ("减少", "少") else -by)
        if one["unit"] == one["unit2"] and old > 0 and not _makes(by, old, one["p"]):
            right, unit = _percent(by, old, one["p"]), one["unit"]
            say = f"增减幅度计算有误：上年为{plain(old)}{unit}，{one['way']}{plain(by)}{unit}应为{right}%"
            found.append((say, one.span()))
    return tuple(found)


@lru_cache(maxsize=128)
def _named_shares(text: str) -> tuple[Told, ...]:
    """网站80条，公众号40条，共120条，网站占比75%: a part that is named, of any total in its sentence."""
    shares = islice(_NAMED_SHARE.finditer(text), LONGEST) if "占比" in text else ()
    return tuple(
        (f"占比计算有误，应为{right}%", one.span())
        for one in shares
        if (right := _right_named_share(text, one))
    )


def _right_named_share(text: str, one: re.Match[str]) -> str:
    """The percentage that should stand there; "" where it is right, or where it is not known of what it is."""
    start = next(start for start, end in sentences(text) if start <= one.start() < end)
    counted = [q for q in quantities_in(text, start, one.start()) if q.unit in COUNTED]
    since = [start, *(q.end for q in counted)]
    parts = [q for q, at in zip(counted, since, strict=False) if one["name"] in text[at : q.start]]
    if len(parts) != 1 or len(counted) < 2 or any(q.about or q.unit != parts[0].unit for q in counted):
        return ""
    part, values = parts[0].value, [q.value for q in counted]
    is_right = any(_makes(part, whole, one["p"]) for whole in (*values, sum(values, Decimal(0))))
    return "" if is_right or part == max(values) else _percent(part, max(values), one["p"])


@lru_cache(maxsize=128)
def _shares_in_brackets(text: str) -> tuple[Told, ...]:
    """予以公开4件（40%），部分公开1件（12.5%）: shares of one sentence are of one total."""
    found: list[Told] = []
    for start, end in sentences(text) if _CLOSING.search(text) else ():
        least, most = Decimal(0), Decimal(10**9)
        for part in quantities_in(text, start, end)[:LONGEST]:
            share = _IN_BRACKETS.match(text, part.end, end)
            if (
                share is None
                or part.unit not in COUNTED
                or part.about
                or not part.value
                or not Decimal(share["p"])
            ):
                continue
            low, high = _wholes(part.value, share["p"])
            if max(low, least) > min(high, most):
                found.append(
                    (f"占比计算有误，{share['p']}%与前文占比不是同一总数的比例", (part.start, share.end()))
                )
                break
            least, most = max(low, least), min(high, most)
    return tuple(found)


def _wholes(part: Decimal, shown: str) -> tuple[Decimal, Decimal]:
    """The least and the greatest total of which a part is the share shown, rounded or cut."""
    step = Decimal(1).scaleb(-len(shown.partition(".")[2]))
    low = max(Decimal(shown) - step / 2, step / 10)
    return part * 100 / (Decimal(shown) + step), part * 100 / low


@rule("I-03", WARNING, further=True)
def shares_of_requests_are_right(context: CheckContext) -> Iterator[Finding]:
    """文中占比应与所列数字相符：办理结果占申请件数的比例。"""
    wholes = [total(context, row(key)) for key in ("processed", "received")]
    wholes.append(total(context, row("received") + row("carried_in")))
    for key, text, one in told(context, "requests"):
        share = _OF_REQUESTS.match(text, one.end)
        if share is None or one.says != NUMBER or one.about or None in wholes:
            continue
        if not any(_makes(one.value, Decimal(whole or 0), share["p"]) for whole in wholes):
            message = (
                f"占比计算有误，占办理结果总数的应为{_percent(one.value, Decimal(wholes[0]), share['p'])}%"
                if wholes[0]
                else "占比计算有误"
            )
            yield in_text("I-03", WARNING, message, key, text, (one.start, share.end()))


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
        for rule_id, message, span in _rates(text):
            if rule_id == "I-04":
                yield in_text("I-04", WARNING, message, key, text, span)


@lru_cache(maxsize=128)
def _rates(text: str) -> tuple[tuple[str, str, Span], ...]:
    """Rates told right behind the whole and the part of which they are, and nothing else: (check, what is said, where)."""
    found = []
    last = 0
    for one in islice(_RATE.finditer(text), LONGEST):
        wrong = _wrong_rate(text, one, last)
        last = one.end()
        if wrong:
            found.append((wrong[0], f"{one['name']}率应为{wrong[1]}%", one.span()))
    return tuple(found)


def _wrong_rate(text: str, one: re.Match[str], last: int) -> tuple[str, str] | None:
    """The check and the rate that should stand there; None where it is right, or where it is not known of what it is."""
    start = next((s for s, e in sentences(text) if s <= one.start() < e), 0)
    before = list(quantities_in(text, max(start, last), one.start()))
    if len(before) != 2 or before[0].unit != before[1].unit or any(q.about for q in before):
        return None
    whole, part = before
    if one["when"] and not _IN_TIME.search(text[whole.end : part.end]):
        return None  # 按期办结率 is of those done
    if Decimal(one["p"]) == 100 and "其中" in text[whole.end : part.start]:
        return None  # 43条，其中公文2条，公开率100%: of the 公文
    is_of_done = _WORD_OF_DONE.search(one["name"]) is not None
    between = text[whole.end : part.start] if is_of_done else text[whole.end : one.start()]
    if not (_WORD_OF_DONE.search(between) if is_of_done else set(one["name"]) <= set(between)):
        return None
    if not 0 < part.value <= whole.value or _makes(part.value, whole.value, one["p"]):
        return None
    is_of_received = is_of_done or _RECEIVED.search(text, max(start, last), whole.start)
    return "I-04" if is_of_received else "I-03", _percent(part.value, whole.value, one["p"])
