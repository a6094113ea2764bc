"""Lists of a text: a total with the parts that are told under it, before it or in brackets behind it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, islice
from typing import NamedTuple

from app.checks.language.numerals import COUNTED, Quantity, quantities, quantities_in
from app.checks.language.scope import place, sentences
from app.patterns import Words, lazily

# what opens a list of parts: 从内容分类看, 分别为, 120条：政策30条 promise all of them, 其中, 包括 may name some
_LIST = lazily(
    r"(?=[从按具分其包主])(?:(?P<whole>从[^，。；、]{1,8}(?:分类)?(?:来)?看|按[^，。；、]{1,10}(?:分类|划分|统计|来分|分为|区分|分(?=[，：:]))|具体为|具体是|分别[为是]|分为)"
    r"|(?P<part>其中)|(?P<all>(?:主要)?(?:包括|包含)))"
)
# 120条：政策类30条; 120条（网站80条、公众号30条）
_DIRECT = lazily(
    r"\s*(?:(?P<colon>[：:])|(?P<bracket>[（(](?!含|其中|包括|不含|较|比|同比|占|约)))(?=[^。；\n]{2,12}?\d)"
)
# 合计120条, 共120条, behind the parts
_SUM = lazily(
    r"(?<=[，,、；;])[ \u3000\xa0\n]?(?:(?:以上|上述)?[两二三四五六七八九](?:"
    r"个?(?:渠道|平台|账号|媒体|栏目|载体)|种(?:方式|渠道|途径)|项|类|者|种|级))?"
    r"(?P<sum>合计|共计|总计|总共|共(?!有|同|享|开展|召开|举办|组织))[^，。；、\d\n]{0,10}?(?=\d)",
    needs="合计|共计|总计|总共|，共|,共|、共|；共|;共| 共|\u3000共|\xa0共|\n共"
    "|项共|类共|者共|种共|级共|渠道共|平台共|账号共|媒体共|栏目共|载体共|方式共|途径共",
)
# 解读30条等, 主要有……, 例如: only some parts are named
_OPEN_END = lazily(r"等(?:信息|内容|方面|情况|类)?[）)。；]*\s*$|主要|重点(?!领域)|例如|比如|之一")
# 阅读28万次, 较上年增加3条: numbers that are no part of what is counted
_NO_PART = lazily(
    r"阅读|浏览|访问|点击|播放|粉丝|关注(?!热点|问题|领域|事项)|增长|增加|减少|下降|同比|较|比|去年|上年|占|平均|每|累计|培训|参加|召开|举办|开展|结转|顺延|复议|诉讼",
    needs="阅读|浏览|访问|点击|播放|粉丝|关注|增长|增加|减少|下降|同比|较|比|去年|上年|占|平均|每|累计|培训|参加|召开|举办|开展|结转|顺延|复议|诉讼",
)
# 培训计划1条, 行政复议信息2条: what is published may be about any of these
_TOLD_OF = frozenset(["培训", "参加", "召开", "举办", "开展", "复议", "诉讼"])
_PUBLISHED = frozenset("条篇")
# 结转下年度继续办理1件: what is not done yet
_CARRIED = lazily(
    r"(?:结转|转结|顺延|转入|延至)(?:至|到|入)?(?:下|次|明|20\d\d)|继续办理",
    needs="结转|转结|顺延|转入|延至|继续办理",
)
# 77条等；: so a list ends before the sentence does
_CLOSED = lazily(r"等[^，。；、\d\n]{0,8}[；;]")
# 较上年增长3条: no total of what follows; 行政诉讼9件，其中……, 召开会议6次，其中…… are some
_NO_TOTAL = Words(
    "阅读|浏览|访问|点击|播放|粉丝|关注|增长|增加|减少|下降|同比|较|比|去年|上年|占|平均|每|结转|顺延"
)
_COMPARED = ("增", "减", "同比", "较上", "比上", "较去", "比去")
# ；行政诉讼9件: cases of another kind, with a list of their own
_OTHER_CASES = lazily(r"；[^；，,。]*(?:复议|诉讼)[^；，,。]*$", needs="；&复议|诉讼")
# 公众号公开120条, 举办3次: a new thing that was done, no part however big
_DONE = Words(
    "公开|发布|推送|转载|刊登|编发|编制|收到|接到|办理|办结|开展|举办|召开|共|合计|累计|制作|更新|发放|接待|其他|制发|现行有效"
)
# 通过网站80条，微信公众号30条: by channel one item may be counted twice
_CHANNEL = lazily(r"通过|渠道|平台|微信|网站|公众号|微博|抖音|公开栏|公示栏|客户端|新媒体|媒体|报")
# 同一信息多渠道发布: so is it said
_COUNTED_TWICE = Words("同一|重复|去重|多渠道|不重复|季度|半年|月")
# 16个村（社区）各1处: so many in each
_EACH = lazily(r"(?P<each>[各每])[^，。；、\d\n]{0,6}$", needs="各|每")
_PLACES = frozenset(["个", "家", "户"])
# 收到8件: that it came, not what became of it
_CAME = Words("收到|接到|新收|受理")
# the end of what stands in brackets
_CLOSE = lazily(r"[）)]")
# （网络8件，信函2件）: it divides the part before it
_BRACKETS = lazily(r"[（(][^（）()]*[）)]")
_NEAR = 12  # characters before a number that name it
LONGEST = 40  # parts of a list, lists of a section: no report has more

Span = tuple[int, int]


class Sum(NamedTuple):
    """A total with the parts that a text lists under it."""

    total: Quantity
    parts: tuple[Quantity, ...]
    mixed: tuple[Quantity, ...]  # the same with parts in other units of counting
    start: int
    end: int
    promise: str  # "whole": 从内容分类看, 分别为; "all": 包括, ：, （）, 合计; "": 其中
    open_end: bool  # 等, 主要: only some are listed
    channels: bool  # by channel, where one item may be counted twice


@lru_cache(maxsize=128)
def sums(text: str) -> tuple[Sum, ...]:
    """The lists of a text, in order."""
    marked = (_at_mark(text, mark) for mark in islice(_LIST.finditer(text), LONGEST))
    lists = (*marked, *_direct(text), *_summed(text), *_of_these(text))
    found = [one for one in lists if one is not None]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _at_mark(text: str, mark: re.Match[str]) -> Sum | None:
    """The list that a mark opens, with the nearest total before it."""
    span = _reach(text, mark)
    if span is None:
        return None
    start, end = span
    earlier = [one for one in _counted(text, start, mark.start()) if one.end <= mark.start()][-LONGEST:]
    before = [one for one in earlier if not _NO_TOTAL.stand_in(place(text, one.start).clause)]
    if not before:
        return None
    if "结果" in mark[0] and _CAME.stand_in(place(text, before[-1].start).clause):
        return None  # 收到8件，从办理结果看……: of those that were done
    promise = (
        "whole"
        if mark["whole"]
        else "all"
        if mark["all"] and "其中" not in text[before[-1].end : mark.start()]
        else ""
    )
    return _listed(text, before[-1], earlier, (mark.start(), mark.end(), end), promise)


def _without_compared(text: str, earlier: list[Quantity]) -> list[Quantity]:
    """较上年增加20条: no number that a list divides."""
    return [one for one in earlier if not any(word in place(text, one.start).clause for word in _COMPARED)]


def _listed(
    text: str, total: Quantity, earlier: list[Quantity], span: tuple[int, int, int], promise: str
) -> Sum | None:
    begin, start, end = span
    inside = _in_brackets(text, start, end)
    told = [one for one in _counted(text, start, end) if (one.start, one.end) not in inside]
    after = _with_each(text, (start, end), told[:LONGEST])
    carried = [one for one in after[:LONGEST] if one.unit == total.unit and _is_carried(text, one)]
    smaller = [one for one in earlier if one.unit == total.unit and one.value > total.value]
    totals = _without_compared(text, earlier)
    is_sure = _is_only_total(text[begin:start], totals, total)
    after = _until_new_list(text, total, after[:LONGEST], bool(smaller), is_sure)
    if not after or len({part.unit for part in after} | {total.unit}) > 4:
        return None
    parts = tuple(one for one in after if one.unit == total.unit)
    if _is_of_an_earlier_total(earlier, parts, total.unit) or _is_of_several(totals, parts, carried, total):
        return None
    stop = after[-1].end
    channels = len(_CHANNEL.findall(text[start:stop])) >= 2
    open_end = (
        text.startswith("等", stop) or _OPEN_END.search(text[begin:end][: stop - begin + 6]) is not None
    )
    return Sum(total, parts, tuple(after), total.start, stop, promise, open_end, channels)


def _with_each(text: str, span: Span, found: list[Quantity]) -> list[Quantity]:
    """其中镇机关2处，16个村各1处: 16 of them; nothing where 各村各1处 does not say how many villages."""
    start, end = span
    if "各" not in text[start:end]:
        return found
    parts: list[Quantity] = []
    for one in found:
        words = _EACH.search(text[max(start, one.start - _NEAR) : one.start])
        last = parts[-1] if parts else None
        if words is None or words["each"] == "每":
            parts.append(one)
        elif last and last.unit in _PLACES and not set(text[last.end : one.start]) & set("，。；、"):
            parts[-1] = one._replace(value=last.value * one.value, start=last.start)
        else:
            return []
    return parts


def _of_these(text: str) -> Iterator[Sum | None]:
    """8件申请中，涉及征地5件、涉及宅基地4件: parts of one kind, some or all, never more than all."""
    at = text.find(_OF_THEM)
    while at >= 0:
        end = next((end for start, end in sentences(text) if start <= at < end), len(text))
        yield _parts_of_these(text, at, end)
        at = text.find(_OF_THEM, end)


def _parts_of_these(text: str, at: int, end: int) -> Sum | None:
    total = next(iter(_counted(text, max(0, at - _NEAR), at)[-1:]), None)
    is_flat = not any(word in text[at:end] for word in _OTHER_LISTS)
    if total is None or not is_flat or not text[total.end : at].isalpha():
        return None
    parts = _of_one_kind(text, at + len(_OF_THEM), _counted(text, at, end)[:LONGEST])
    if len(parts) < 2 or {one.unit for one in parts} != {total.unit}:
        return None
    return Sum(total, tuple(parts), tuple(parts), total.start, parts[-1].end, "", True, False)


_OF_THEM = "中，"
_OTHER_LISTS = ("其中", "包括", "延期", "延长")  # what divides a part; what N-02 holds together


def _of_one_kind(text: str, start: int, found: list[Quantity]) -> list[Quantity]:
    """The first parts that 、 divides, or that begin with the same two characters."""
    parts: list[Quantity] = []
    head = text[start : start + 2]
    for one in found:
        words = text[start : one.start]
        goes_on = words[:1] == "、" or words[1:3] == head
        if (parts and not goes_on) or len(words) > LONGEST:
            break
        parts.append(one)
        start = one.end
    return parts


def _direct(text: str) -> Iterator[Sum | None]:
    """公开信息120条：政策30条，动态90条; 公开信息120条（网站80条、公众号40条）."""
    for total in islice((one for one in quantities(text) if one.unit in COUNTED), LONGEST * 4):
        mark = _DIRECT.match(text, total.end)
        if mark is None or _NO_TOTAL.stand_in(place(text, total.start).clause):
            continue
        end = _end_of_list(text, mark)
        if end and not _LIST.match(text, mark.end()) and len(_counted(text, mark.end(), end)) > 1:
            yield _listed(text, total, [total], (mark.start(), mark.end(), end), "all")


def _end_of_list(text: str, mark: re.Match[str]) -> int:
    """The end of the sentence or of the brackets that a mark opens, 0 where they are not closed."""
    end = next((end for start, end in sentences(text) if start <= mark.start() < end), len(text))
    if not mark["bracket"]:
        return end
    close = _CLOSE.search(text, mark.end(), end)
    return close.start() if close else 0


def _summed(text: str) -> Iterator[Sum | None]:
    """网站80条，公众号50条，合计120条: the total behind its parts."""
    for mark in islice(_SUM.finditer(text), LONGEST):
        start = next((start for start, end in sentences(text) if start <= mark.start() < end), 0)
        total = next(iter(_counted(text, mark.end(), mark.end() + 1)), None)
        parts = _just_before(text, start, mark.start())
        if total and len(parts) > 1 and {one.unit for one in parts} == {total.unit}:
            since = max(0, parts[0].start - _NEAR)
            channels = len(_CHANNEL.findall(text[since : mark.start()])) >= 2
            is_each = any(_EACH.search(text[max(since, one.start - _NEAR) : one.start]) for one in parts)
            if not is_each and not _COUNTED_TWICE.stand_in(text, since, mark.start()):
                yield Sum(
                    total, tuple(parts), tuple(parts), parts[0].start, total.end, "all", False, channels
                )


def _just_before(text: str, start: int, end: int) -> list[Quantity]:
    """The quantities that follow each other up to a place, one in each piece between marks."""
    found: list[Quantity] = []
    stop = end
    for one in reversed(_counted(text, start, end)[-LONGEST:]):
        between = text[one.end : stop]
        is_next = re.fullmatch(r"[，,、；;][^，,、；;\d]{0,16}" if found else r"\s*[，,、；;]\s*", between)
        if not is_next:
            break
        found.insert(0, one)
        stop = one.start
    return found


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
    return [one for one in quantities_in(text, start, end) if one.unit in COUNTED]


def _is_of_an_earlier_total(earlier: list[Quantity], parts: tuple[Quantity, ...], unit: str) -> bool:
    added = sum(part.value for part in parts)
    return any(one.value == added for one in earlier if one.unit == unit)


def _is_of_several(
    earlier: list[Quantity], parts: tuple[Quantity, ...], carried: list[Quantity], total: Quantity
) -> bool:
    """收到9件，上年结转1件，其中网络5件，信函5件: the list divides both; 予以公开8件，结转下年度2件 all that was there."""
    both = [one.value for one in earlier if one.unit == total.unit and one.end >= total.end]
    made = {sum(part.value for part in (*parts, *rest)) for rest in ((), carried[:1])}
    return (len(both) > 1 or bool(carried)) and any(value in made for value in accumulate(both))


def _is_carried(text: str, one: Quantity) -> bool:
    """结转下年度继续办理1件."""
    return _CARRIED.search(place(text, one.start).clause) is not None


def _is_aside(text: str, one: Quantity, total: Quantity) -> bool:
    """总阅读量 28.8 万次, 较上年增长3条: no part; 培训4次，其中镇级培训2次 is one."""
    found = _NO_PART.search(place(text, one.start).clause)
    if found is None or (found[0] in _TOLD_OF and one.unit in _PUBLISHED):
        return False
    return found[0] not in text[max(0, total.start - _NEAR) : total.start]


def _begins_other_cases(text: str, one: Quantity) -> bool:
    return _OTHER_CASES.search(place(text, one.start).before) is not None


def _in_brackets(text: str, start: int, end: int) -> set[tuple[int, int]]:
    """The quantities inside brackets of text[start:end]: they divide or explain a part."""
    return {
        (one.start, one.end)
        for bracket in _BRACKETS.finditer(text, start, end)
        for one in quantities_in(text, *bracket.span())
    }


def _is_only_total(mark: str, earlier: list[Quantity], total: Quantity) -> bool:
    """公开信息120条，其中……: what follows can be a part of nothing else."""
    return mark == "其中" and earlier == [total] and total.value > 1


def _until_new_list(
    text: str, total: Quantity, found: list[Quantity], of_a_part: bool, is_sure: bool
) -> list[Quantity]:
    """The parts of one list: it ends where something bigger than the total is told as done, and before ；行政诉讼9件.

    `is_sure`: 其中 stands before, so that at least the first is a part.
    """
    own: list[Quantity] = []
    for one in found:
        if _begins_other_cases(text, one) or (own and _CLOSED.match(text, own[-1].end)):
            break
        clause = place(text, one.start).clause
        is_first = is_sure and not own and one.unit == total.unit
        if (
            one.value > total.value
            and not is_first
            and (of_a_part or one.unit != total.unit or _DONE.stand_in(clause))
        ):
            break
        own.append(one)
    return [one for one in own if not _is_aside(text, one, total)]
