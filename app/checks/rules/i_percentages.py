"""Shares, growth and rates told in one sentence with the numbers of which they are (I-03, I-04)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import COUNTED, Quantity, plain, quantities_in
from app.checks.language.reading import in_text, in_texts
from app.checks.language.scope import sentences
from app.checks.quantities.agreement import row, told, total
from app.checks.quantities.figures import (
    BRACKET,
    CHANGE,
    NEW,
    OLD,
    RATE,
    RISE,
    SHARE,
    Figure,
    digits,
    makes,
    of_role,
    percent,
    steps,
    wholes,
)
from app.checks.quantities.grammar import NUMBER
from app.checks.quantities.lists import LONGEST
from app.checks.rule import WARNING, rule, text_rule
from app.patterns import Words, lazily

Span = tuple[int, int]
Told = tuple[str, Span]  # what is said, where
_FEW = 3  # shares that agree on a whole
_NEAR = 30  # characters between two numbers that belong together
_LESS = ("减少", "少", "下降")
_ALONE = ("", "比", "约", "为", "比约", "比为")  # behind 占: it does not say of what

# 占办结数的60%: of the requests
_OF_REQUESTS = lazily(r"(?:全部|所有|已)?(?:办结|办理|答复|收到|受理|申请)")
# 按期办结率: of what was done in time
_IN_TIME = Words("按时|按期|及时")
# 收到40件, 登记52件: the whole of a rate of I-04
_RECEIVED = Words("收到|接到|接收|登记|受理")
# 收到40件，已办结30件: the second number is of what was done
_WORD_OF_DONE = Words("办结|答复|回复|办复|办理")
_REST = Words("其余|其他|其它|剩余|余下")
# 年均增长约15%: over several years
_AVERAGE = Words("年均|平均|复合")
# 网站占比75%: the name of a part
_PART = lazily(r"([一-龥]{2,8}?)(?:信息|类)?")


@text_rule("I-03", WARNING)
def percentages_are_right(context: CheckContext) -> Iterator[Finding]:
    """文中占比、增幅应与所列数字相符。"""
    yield from in_texts(context, "I-03", WARNING, _wrong_percentages)


@lru_cache(maxsize=128)
def _wrong_percentages(text: str) -> tuple[Told, ...]:
    """Each place once, whichever way found it."""
    found: list[Told] = []
    for message, span in (
        *_shares(text),
        *_shares_of_a_number(text),
        *_shares_of_all(text),
        *_points(text),
        *_growths(text),
        *_changes(text),
        *_named_shares(text),
        *_shares_in_brackets(text),
        *_rates_of(text, "I-03"),
    ):
        if not any(start < span[1] and span[0] < end for _, (start, end) in found):
            found.append((message, span))
    return tuple(found)


def _shares(text: str) -> Iterator[Told]:
    """Shares that no pair of the numbers before them in the paragraph makes, where only one pair is possible."""
    shares = [one for one in of_role(text, SHARE) if not one.whole and one.of != BRACKET][:LONGEST]
    for one in shares:
        right = _right_share(text, one, [each for each in shares if each is not one])
        if right:
            yield f"占比计算有误，应为{right}%", one.span


def _right_share(text: str, one: Figure, others: list[Figure]) -> str:
    """The percentage that should stand there; "" where it is right, or where it is not known of what it is."""
    begin = text.rfind("\n", 0, one.start) + 1
    counted = [q for q in quantities_in(text, begin, one.start) if q.unit in COUNTED]
    before = [q for q in counted if q.end <= one.start][-LONGEST:]
    if len(before) < 2 or any(q.about for q in before) or text[one.number - 1] in "约近超":
        return ""
    if any(makes(part.value, whole.value, one.shown) for part in before for whole in before):
        return ""
    sentence = max(text.rfind("。", begin, one.start) + 1, begin)
    near = [q for q in before if q.end > sentence]
    between = any(q.end <= each.start < one.start for q in near[:1] for each in others)
    whole = _whole_of_others(near, others) or (None if between else _whole_of_pair(near))
    if whole:
        return percent(near[-1].value, whole, one.shown)
    listed = before[-len(near) - 1 :] if text.startswith("其中", sentence) else near
    return _right_by_list(text, listed, one, others, sentence)


def _whole_of_pair(near: list[Quantity]) -> Decimal | None:
    """The total where a sentence has but two numbers, the part behind it: 公开40条，其中动态10条，占35%."""
    if len(near) != 2 or near[0].unit != near[1].unit:
        return None
    whole, part = near[0].value, near[1].value
    return whole if 0 < part <= whole else None


def _whole_of_others(near: list[Quantity], others: list[Figure]) -> Decimal | None:
    """The total of which at least three other parts of the list are the shares told: 80条，其中……占67.5%."""
    whole = near[0] if len(near) >= _FEW else None
    if whole is None or near[-1].value > whole.value or near[-1].unit != whole.unit:
        return None
    agreeing = sum(any(makes(part.value, whole.value, each.shown) for part in near[1:]) for each in others)
    return whole.value if agreeing >= _FEW else None


def _right_by_list(text: str, near: list[Quantity], one: Figure, others: list[Figure], sentence: int) -> str:
    """公开400条，其中网站260条，占65%；公众号140条，占45%: of the whole of which another part has its share."""
    part = _right_before(text, one.start)
    is_of_all = one.of in _ALONE or one.of.startswith(("总", "全部", "全年"))
    if len(near) < _FEW or part is None or not is_of_all:
        return ""
    whole = near[0]
    is_one_list = "中" not in text[whole.end : one.start].replace("其中", "")
    if not is_one_list or part.value > whole.value or any(q.unit != whole.unit for q in (part, *near)):
        return ""
    earlier = [each for each in others if sentence <= each.start < one.start]
    told_ = [(_right_before(text, each.start), each) for each in earlier]
    fits = [q is not None and makes(q.value, whole.value, each.shown) for q, each in told_]
    right = percent(part.value, whole.value, one.shown) if fits and all(fits) else ""
    # 1.3% for 1.2%, so that all together are 100%
    return right if right and abs(Decimal(right) - one.value) > _last_place(one.shown) else ""


def _last_place(shown: str) -> Decimal:
    return Decimal(1).scaleb(-len(shown.partition(".")[2]))


def _shares_of_a_number(text: str) -> Iterator[Told]:
    """A part with its share of a whole that is told beside it: 150条，占全年公开总数600条的30%."""
    for share in of_role(text, SHARE):
        part = _right_before(text, share.start) if share.whole else None
        if part is None or part.about or share.whole_unit != part.unit:
            continue
        whole = digits(share.whole)
        if part.value <= whole and not makes(part.value, whole, share.shown):
            right = percent(part.value, whole, share.shown)
            yield f"占比计算有误，应为{right}%", (part.start, share.end)


def _right_before(text: str, start: int, between: str = r"[，,（(]?约?") -> Quantity | None:
    """The number with nothing but a mark between it and a place."""
    for one in reversed(quantities_in(text, max(0, start - _NEAR), start)):
        if one.end <= start:
            return one if re.fullmatch(between, text[one.end : start]) else None
    return None


def _shares_of_all(text: str) -> Iterator[Told]:
    """Shares of which the last is the rest: together they are all; 工作动态类占52%，通知公告类占30%，其余占28%."""
    told_alone = [one for one in of_role(text, SHARE) if one.of in _ALONE and not one.whole]
    for start, end in sentences(text) if len(told_alone) >= _FEW else ():
        shares = [one for one in told_alone if start <= one.start < end][:LONGEST]
        if len(shares) < _FEW or not _REST.stand_in(shares[-1].name) or "其中" in text[start:end]:
            continue
        added = sum((one.value for one in shares), Decimal(0))
        if abs(added - 100) > 1:
            message = f"各项占比之和为{plain(added)}%，不是100%"
            yield message, (shares[0].start - len(shares[0].name), shares[-1].end)


def _points(text: str) -> Iterator[Told]:
    for one in steps(text):
        change = abs(Decimal(one.new) - Decimal(one.old))
        if change != Decimal(one.by):
            yield f"增减数计算有误，{one.old}%到{one.new}%相差{plain(change)}个百分点", one.span


def _growths(text: str) -> Iterator[Told]:
    """What was before, what it is now, by how much it grew: any two make the third."""
    bases = of_role(text, OLD)[:LONGEST]
    for index, base in enumerate(bases):
        stop = next(end for start, end in sentences(text) if start <= base.start < end)
        if index + 1 < len(bases):
            stop = min(stop, bases[index + 1].start)
        at = text.find("；", base.end, stop)  # behind it something else is told
        yield from _growth(text, base, at if at >= 0 else stop)


def _growth(text: str, base: Figure, stop: int) -> Iterator[Told]:
    old = base.value
    more, to, rise = (_first(text, role, base.end, stop) for role in (CHANGE, NEW, RISE))
    by = more.value if more and more.unit == base.unit else None
    now = _right_before(text, base.start, r"\s*[，,（(]?\s*(?:同比|同)?")
    new = now.value if now and now.unit == base.unit and not now.about else None
    if to and to.unit == base.unit:
        new = to.value
    change = abs(new - old) if new is not None else None
    if by is not None and change is not None and by != change and more:
        yield f"增减数计算有误，{old}到{new}相差{change}", (base.start, more.end)
        return
    difference = by if by is not None else change
    if rise and _AVERAGE.stand_in(text, base.start, rise.end):
        return
    if rise and old and difference is not None and not makes(difference, old, rise.shown):
        yield f"增减幅度计算有误，应为{percent(difference, old, rise.shown)}%", (base.start, rise.end)


def _first(text: str, role: str, start: int, stop: int) -> Figure | None:
    return next((one for one in of_role(text, role) if start <= one.start and one.end <= stop), None)


def _changes(text: str) -> Iterator[Told]:
    """180条，比上年减少20条，下降15%: what is now, by how much it changed; what was before is their difference."""
    for one in of_role(text, CHANGE)[:LONGEST]:
        now = _right_before(text, one.start, r"[，,（(]?") if one.of else None
        rise = _first(text, RISE, one.end, one.end + _NEAR)
        if now is None or rise is None or rise.start > one.end + len("，同比"):
            continue
        by = one.value
        old = now.value + (by if one.way in _LESS else -by)
        if now.unit == one.unit and old > 0 and not makes(by, old, rise.shown):
            right = percent(by, old, rise.shown)
            say = (
                f"增减幅度计算有误：上年为{plain(old)}{one.unit}，{one.way}{plain(by)}{one.unit}应为{right}%"
            )
            yield say, (now.start, rise.end)


def _named_shares(text: str) -> Iterator[Told]:
    """网站80条，公众号40条，共120条，网站占比75%: a part that is named, of any total in its sentence."""
    for one in of_role(text, SHARE)[:LONGEST]:
        named = _PART.fullmatch(one.name) if one.of.startswith("比") else None
        begin = one.start - len(one.name)
        if named and (not begin or text[begin - 1] in "，,；;、"):
            right = _right_named_share(text, one, named[1])
            if right:
                yield f"占比计算有误，应为{right}%", (begin, one.end)


def _right_named_share(text: str, one: Figure, name: str) -> str:
    """The percentage that should stand there; "" where it is right, or where it is not known of what it is."""
    begin = one.start - len(one.name)
    start = next(start for start, end in sentences(text) if start <= begin < end)
    counted = [q for q in quantities_in(text, start, begin) if q.unit in COUNTED]
    since = [start, *(q.end for q in counted)]
    parts = [q for q, at in zip(counted, since, strict=False) if name in text[at : q.start]]
    if len(parts) != 1 or len(counted) < 2 or any(q.about or q.unit != parts[0].unit for q in counted):
        return ""
    part, values = parts[0].value, [q.value for q in counted]
    is_right = any(makes(part, whole, one.shown) for whole in (*values, sum(values, Decimal(0))))
    return "" if is_right or part == max(values) else percent(part, max(values), one.shown)


def _shares_in_brackets(text: str) -> Iterator[Told]:
    """予以公开4件（40%），部分公开1件（12.5%）: shares of one sentence are of one total."""
    shares = list(_parts_in_brackets(text))
    for start, end in sentences(text) if len(shares) > 1 else ():
        least, most = Decimal(0), Decimal(10**9)
        for part, share in shares:
            if not start <= part.start < end:
                continue
            low, high = wholes(part.value, share.shown)
            if max(low, least) > min(high, most):
                yield f"占比计算有误，{share.shown}%与前文占比不是同一总数的比例", (part.start, share.end + 1)
                break
            least, most = max(low, least), min(high, most)


def _parts_in_brackets(text: str) -> Iterator[tuple[Quantity, Figure]]:
    for share in of_role(text, SHARE):
        part = _right_before(text, share.start, r"\s*[（(]?") if _is_in_brackets(text, share) else None
        if part and part.unit in COUNTED and not part.about and part.value and share.value:
            yield part, share


def _is_in_brackets(text: str, one: Figure) -> bool:
    """（40%）, （占50%）."""
    opens = one.of == BRACKET or (one.of in ("", "比") and text[max(one.start - 1, 0)] in "（(")
    return opens and not one.whole and text[one.end : one.end + 1] in ("）", ")")


@rule("I-03", WARNING, further=True)
def shares_of_requests_are_right(context: CheckContext) -> Iterator[Finding]:
    """文中占比应与所列数字相符：办理结果占申请件数的比例。"""
    all_of_them = [total(context, row(key)) for key in ("processed", "received")]
    all_of_them.append(total(context, row("received") + row("carried_in")))
    for key, text, one in told(context, "requests"):
        share = _of_requests(text, one.end) if one.says == NUMBER and not one.about else None
        if share is None or None in all_of_them:
            continue
        if not any(makes(one.value, Decimal(whole or 0), share.shown) for whole in all_of_them):
            done = all_of_them[0]
            message = (
                f"占比计算有误，占办理结果总数的应为{percent(one.value, Decimal(done), share.shown)}%"
                if done
                else "占比计算有误"
            )
            yield in_text("I-03", WARNING, message, key, text, (one.start, share.end))


def _of_requests(text: str, end: int) -> Figure | None:
    """予以公开4件，占办结数的60%: the share right behind a number of requests."""
    if text[end : end + 1] not in tuple("，,（("):
        return None
    shares = (one for one in of_role(text, SHARE) if one.start == end + 1 and not one.whole)
    return next((one for one in shares if _OF_REQUESTS.match(one.of)), None)


@text_rule("I-04", WARNING)
def rates_are_right(context: CheckContext) -> Iterator[Finding]:
    """办结率为已办结件数占收到件数的比例。"""
    yield from in_texts(context, "I-04", WARNING, lambda text: _rates_of(text, "I-04"))


def _rates_of(text: str, check_id: str) -> list[Told]:
    return [(message, span) for rule_id, message, span in _rates(text) if rule_id == check_id]


@lru_cache(maxsize=128)
def _rates(text: str) -> tuple[tuple[str, str, Span], ...]:
    """Rates told right behind the whole and the part of which they are, and nothing else: (check, what is said, where)."""
    found = []
    last = 0
    for one in of_role(text, RATE)[:LONGEST]:
        wrong = _wrong_rate(text, one, last)
        last = one.end
        if wrong:
            found.append((wrong[0], f"{one.name}率应为{wrong[1]}%", one.span))
    return tuple(found)


def _with_carried(text: str, before: list[Quantity]) -> list[Quantity]:
    """收到8件、上年结转1件，已办结8件: the whole is both; 连同上年结转共9件 tells it."""
    if len(before) != 3 or not _CARRIED_IN.search(text, before[0].end, before[1].start):
        return before
    first, carried, done = before
    if first.unit != carried.unit or first.about or carried.about:
        return before
    if _TOGETHER.stand_in(text, first.end, carried.start):
        return [carried, done]
    return [first._replace(value=first.value + carried.value), done]


# 均为100%, 分别为
_EACH = Words("均|都|分别|各")
_TOGETHER = Words("共|合计|总计")
# 上年结转1件
_CARRIED_IN = lazily(r"上一?年度?(?:结转|转入)")


def _is_of_part(text: str, whole: Quantity, part: Quantity, rate: Figure) -> bool:
    """43条，其中公文2条，公开率100%: of the 公文; 制发2件、废止1件，均已公开，公开率100%: of both."""
    is_of_both = not _WORD_OF_DONE.stand_in(rate.name) and _EACH.stand_in(text, part.end, rate.start)
    return "其中" in text[whole.end : part.start] or is_of_both


def _wrong_rate(text: str, one: Figure, last: int) -> tuple[str, str] | None:
    """The check and the rate that should stand there; None where it is right, or where it is not known of what it is."""
    start = next((s for s, e in sentences(text) if s <= one.start < e), 0)
    before = _with_carried(text, list(quantities_in(text, max(start, last), one.start)))
    if len(before) != 2 or before[0].unit != before[1].unit or any(q.about for q in before):
        return None
    whole, part = before
    if _EACH.stand_in(text, one.start, one.end):
        return None  # 许可公示120条，处罚公示12条，公示率均为100%: of each, not of one in the other
    if one.way and not _IN_TIME.stand_in(text[whole.end : part.end]):
        return None  # 按期办结率 is of those done
    is_of_done = _WORD_OF_DONE.stand_in(one.name)
    if one.value == 100 and _is_of_part(text, whole, part, one):
        return None
    between = text[whole.end : part.start] if is_of_done else text[whole.end : one.start]
    if not (_WORD_OF_DONE.stand_in(between) if is_of_done else set(one.name) <= set(between)):
        return None
    if not 0 < part.value <= whole.value or makes(part.value, whole.value, one.shown):
        return None
    is_of_received = is_of_done or _RECEIVED.stand_in(text, max(start, last), whole.start)
    return "I-04" if is_of_received else "I-03", percent(part.value, whole.value, one.shown)
