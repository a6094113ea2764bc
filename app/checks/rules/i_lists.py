"""What is counted off in words: 一是, 二是; problems and their measures; what is told or listed twice (I-05, I-06)."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text, in_texts, text_sections
from app.checks.language.word_lists import Topic, word_lists
from app.checks.rule import WARNING, text_rule
from app.chinese import to_chinese
from app.patterns import Words, lazily
from app.report.model import INTRODUCTION

Span = tuple[int, int]

_NUMERALS = "一二三四五六七八九十"
# 一是, 第一， at the beginning of a clause; 一是非 is none; a character that is neither 第 nor 其 is a numeral there
_MARK = lazily(
    r"(?=[第其一二三四五六七八九十])(?:^|(?<=[。；;：:，,、！）)\n“ \t\u3000])|(?<=包括)|(?<=包含))"
    r"(?:(?P<is>[^第其])是(?!非|否)|第(?P<th>[一二三四五六七八九十])[，、,]"
    r"|(?P<must>[^第其])要(?!求|点|素|件|事|闻)|其(?P<of>[一二三四五六七八九十])[，,、])",
    re.M,
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
# ①学习②培训
_CIRCLES = lazily(f"[{_CIRCLED}]", needs="|".join(_CIRCLED))
# the same, and （一）, 1.: all ways in which a text counts off
_ITEM = lazily(
    r"(?=[ \t\u3000第一二三四五六七八九十（(\d])(?:^|(?<=[。；;：:，,、！）)\n]))[ \t\u3000]*"
    r"(?:(?P<is>[一二三四五六七八九十])是|第(?P<th>[一二三四五六七八九十])[，、,]|[（(](?P<br>[一二三四五六七八九十])[）)]|(?P<no>\d)[.．、](?!\d))",
    re.M,
)
# 首先，……。再次，……
_FIRST_THIRD = lazily(r"首先[，,]?[^\n]*?(?<=[。；，])(?P<third>再次|最后)[，,]", needs="首先")
# 1.更新栏目；2.规范文本, （1）……；（2）……: items counted in figures; 1.5万 is none
_FIGURES = lazily(
    r"(?=[ \t\u3000（(1-9])(?:^|(?<=[。；;：:，,\n]))[ \t\u3000]*(?:(?P<no>[1-9]\d?)[.．、](?!\d)|[（(](?P<in>[1-9]\d?)[）)])",
    re.M,
)
# one line
_PARAGRAPH = lazily(r"[^\n]+")
# 下一步, 改进措施, 2026年我们将: here the measures begin
_IMPROVING = lazily(
    r"改进情况|改进措施|整改措施|下一步|下步|今后|20\d\d年(?:度)?[，,]?.{0,16}(?:将|要)|我们将|对(?:上述|以上)?(?:存在的)?问题[，,]"
)
# 存在力度不够大、人员不足、能力不强等问题: problems not counted off
_RUN_ON = lazily(
    r"存在(?:对|着|有)?(?P<list>[^。；：]{6,90}?)等(?:方面的?|一些|主要)?(?:问题|不足|短板)", needs="存在"
)
# 不够, 不足, 滞后: the word by which a clause is a problem
_LACK = Words("不够|不足|不强|不高|不全|不到位|不及时|缺乏|滞后|单一|薄弱|欠缺|有待|偏少|较弱")


class Item(NamedTuple):
    """One counted-off item: its number, its words, where they stand."""

    number: int
    text: str
    start: int


# -- ordinals -----------------------------------------------------------------------------------------------------------------


@text_rule("I-05", WARNING)
def ordinals_are_continuous(context: CheckContext) -> Iterator[Finding]:
    """“一是、二是、三是”“第一、第二、第三”，序号依次排列，不得缺漏或者重复。"""
    yield from in_texts(context, "I-05", WARNING, _ordinal_faults)


@lru_cache(maxsize=128)
def _ordinal_faults(text: str) -> tuple[tuple[str, Span], ...]:
    """The first gap or repetition of each style."""
    marks = list(_MARK.finditer(text))
    both = (_first_fault(marks, style, words) for style, words in _STYLES)
    others = (
        _first_alone_twice(text, marks),
        _fault_in_figures(text),
        _second_left_out(text),
        _first_left_out(text, marks),
    )
    return tuple(fault for fault in (*both, *others) if fault is not None)


_STYLES = (("is", "{}是"), ("th", "第{}"), ("must", "{}要"), ("of", "其{}"))
# any other way in which the first of a list may be told
_SOME_FIRST = lazily(r"[一1①][是要、.．）)]|首先|第一|其一|一方面|[(（][一1]")


def _first_left_out(text: str, marks: list[re.Match[str]]) -> tuple[str, Span] | None:
    """二是强化审核，三是……，四是……, and nothing before them that could be the first."""
    numbers = [_NUMERALS.index(one["is"]) + 1 for one in marks if one["is"]]
    if numbers[:2] != [2, 3]:
        return None
    first = next(one for one in marks if one["is"])
    begin = text.rfind("\n", 0, first.start()) + 1
    line_before = text.rfind("\n", 0, max(begin - 1, 0)) + 1
    if _SOME_FIRST.search(text, begin, first.start()) or _SOME_FIRST.match(text, line_before):
        return None
    return "序号不连续：缺“一是”", (first.start("is"), first.end("is") + 1)


def _second_left_out(text: str) -> tuple[str, Span] | None:
    """首先，……；再次，……: 其次 is lost."""
    for line in _PARAGRAPH.finditer(text) if "首先" in text else ():
        found = _FIRST_THIRD.search(text, *line.span())
        if found and "其次" not in found[0] and "然后" not in found[0]:
            return "序号不连续：“首先”之后缺“其次”", found.span("third")
    return None


def _first_alone_twice(text: str, marks: list[re.Match[str]]) -> tuple[str, Span] | None:
    """一是抓学习；一是抓落实。 with no second: the second was meant."""
    marks = [one for one in marks if one["is"]]
    for last, one, following in zip(marks, marks[1:], [*marks[2:], None], strict=False):
        is_twice = one["is"] == last["is"] == "一" and _is_in_one_sentence(text, last.end(), one.start())
        if is_twice and (following is None or following["is"] != "二"):
            return "序号重复：“一是”", (one.start("is"), one.end("is") + 1)
    return None


def _is_in_one_sentence(text: str, start: int, end: int) -> bool:
    between = text[start:end]
    return between[-1:] in "；，;," and not set(between) & set("。：:\n")


# a list that has a beginning has one of these
_FIRST_FIGURE = Words("1.|1．|1、|（1|(1|①")


def _fault_in_figures(text: str) -> tuple[str, Span] | None:
    """1.……；3.……, （1）……；（3）…… in one paragraph."""
    if not _FIRST_FIGURE.stand_in(text):
        return None
    lines = (line.span() for line in _PARAGRAPH.finditer(text))
    faults = (
        fault
        for span in lines
        if _FIRST_FIGURE.stand_in(text, *span)
        for fault in _faults_of_line(text, span)
    )
    return next((fault for fault in faults if fault), None)


def _faults_of_line(text: str, span: Span) -> Iterator[tuple[str, Span] | None]:
    marks = list(_FIGURES.finditer(text, *span))
    for style, words in (("no", "{}."), ("in", "（{}）")):
        yield _first_gap([(int(one[style]), one.span(style)) for one in marks if one[style]], words)
    circles = _CIRCLES.finditer(text, *span) if _CIRCLED[0] in text else ()
    yield _first_gap([(_CIRCLED.index(one[0]) + 1, one.span()) for one in circles], "第{}项")


def _first_gap(items: list[tuple[int, Span]], words: str) -> tuple[str, Span] | None:
    """Where figures do not follow each other; none where the list has no beginning."""
    if not items or items[0][0] != 1:
        return None
    for (last, _), (number, span) in pairwise(items):
        if number not in (1, last + 1):
            return _gap(words, last, number, str), span
    return None


def _first_fault(marks: list[re.Match[str]], style: str, words: str) -> tuple[str, Span] | None:
    """The first gap or repetition; a list within an item starts a level of its own."""
    open_lists: list[int] = []  # the last number of each list that goes on, the inmost behind
    for one in marks:
        if not one[style]:
            continue
        number = _NUMERALS.index(one[style]) + 1
        if number == 1:
            open_lists.append(1)
            continue
        if not open_lists:  # the list has no beginning
            return None
        if number - 1 not in open_lists:
            span = one.start(style) - (style in ("th", "of")), one.end(style) + (style in ("is", "must"))
            return _gap(words, open_lists[-1], number), span
        while open_lists[-1] != number - 1:
            open_lists.pop()
        open_lists[-1] = number
    return None


def _gap(words: str, last: int, number: int, written: Callable[[int], str] = to_chinese) -> str:
    if number <= last:
        return f"序号重复：“{words.format(written(number))}”"
    return f"序号不连续：缺“{words.format(written(last + 1))}”"


# 从公开内容、公开方式、公开时效、公开队伍三个方面
_NAMED = lazily(
    r"(?:从|围绕|聚焦|抓住|抓好|紧扣|在)(?P<list>(?:[^，。；：、\n“”\d]{1,12}、){1,8}[^，。；：、\n“”\d]{1,12}?)(?P<n>[两二三四五六七八九])(?:个|大|项)?(?:方面|环节|领域|维度|层面|阶段|板块)",
)
# 从申请到答复; 等: not all are named
_OPEN_LIST = Words("等|以及|至|到|出发|方面")
# 公开内容和方式: may be one or two
_JOINED = lazily("[和及与]")


@text_rule("I-09", WARNING, further=True)
def named_aspects_are_as_many_as_told(context: CheckContext) -> Iterator[Finding]:
    """“从……三个方面”的数目应与所列各项一致。"""
    for key, text in text_sections(context):
        for message, span in _named(text) if key != INTRODUCTION else ():
            yield in_text("I-09", WARNING, message, key, text, span)


_SCOPES = ("个方面", "个环节", "个维度", "个层面", "大领域", "两方面", "三方面")
_OPENERS = ("从", "围绕", "聚焦", "抓", "紧扣", "在")
_LONGEST = 90  # characters of such a list


def _may_name(text: str) -> bool:
    """Whether a list with an opener stands right before such a word; hardly a text has one, and no pattern is compiled for it."""
    for word in _SCOPES:
        at = text.find(word)
        while at >= 0:
            clause = text[max(0, at - _LONGEST) : at]
            clause = clause[max(clause.rfind(mark) for mark in "，。；：\n") + 1 :]
            if "、" in clause and "等" not in clause and any(one in clause for one in _OPENERS):
                return True
            at = text.find(word, at + 1)
    return False


@lru_cache(maxsize=128)
def _named(text: str) -> tuple[tuple[str, Span], ...]:
    found = []
    for one in _NAMED.finditer(text) if _may_name(text) else ():
        least = one["list"].count("、") + 1
        most = least + len(_JOINED.findall(one["list"]))
        said = _NUMERALS.index(one["n"].replace("两", "二")) + 1
        if not _OPEN_LIST.stand_in(one["list"]) and not least <= said <= most:
            count = str(least) if least == most else f"{least}至{most}"
            found.append((f"所称“{one['n']}”，所列{count}项：“{one['list'][:30]}”", one.span()))
    return tuple(found)


# -- problems and measures --------------------------------------------------------------------------------------------------------


@text_rule("I-06", WARNING)
def every_problem_has_a_measure(context: CheckContext) -> Iterator[Finding]:
    """逐条提出改进措施，问题与措施相互对应。"""
    section = context.form.sections[-2]
    text = context.report.narratives.get(section.key, "")
    topics = word_lists(context.settings.word_list).topics
    for message, span in _unanswered(text, topics):
        yield in_text("I-06", WARNING, message, section.key, text, span)


@lru_cache(maxsize=64)
def _unanswered(text: str, topics: tuple[Topic, ...]) -> tuple[tuple[str, Span], ...]:
    split = next(
        (one.start() for one in _IMPROVING.finditer(text) if _LACK.stand_in(text[: one.start()])), -1
    )
    if split < 0:
        return ()
    problems, measures = counted_items(text[:split]), counted_items(text[split:])
    listed = bool(problems)
    if not listed:
        problems = _run_on(text[:split])
    if not problems or not measures:
        return ()
    found = [
        (
            f"第{number}个问题（{topic.name}）未见对应改进措施",
            (problem.start, problem.start + len(problem.text)),
        )
        for number, problem in enumerate(problems, 1)
        for topic in topics
        if topic.problem.search(problem.text)
        and not topic.answer.search(text[split:])
        and not _names_the_same(problem.text, text[split:])
    ]
    if not found and not listed and len(measures) < len(problems):
        start, end = problems[0].start, problems[-1].start + len(problems[-1].text)
        found = [(f"问题{len(problems)}项、改进措施{len(measures)}项，请逐条对应", (start, end))]
    return tuple(dict.fromkeys(found))[:3]


_SAME_THING = 5  # characters in a row: 村级公开栏
# what both parts of 五 name anyhow
_ANYHOW = Words("信息公开|政务公开|公开工作|公开内容|政策解读|工作人员|信息发布|业务能力")


def _names_the_same(problem: str, measures: str) -> bool:
    """村级公开栏张贴不规范，有的超期未换 is answered by 统一村级公开栏的更换周期."""
    pieces = (problem[at : at + _SAME_THING] for at in range(len(problem) - _SAME_THING + 1))
    return any(one in measures and not _ANYHOW.stand_in(one) and one.isalpha() for one in pieces)


@lru_cache(maxsize=128)
def _split_items(text: str) -> tuple[Item, ...]:
    styles: dict[str, list[re.Match[str]]] = {}
    for one in _ITEM.finditer(text):
        styles.setdefault(one.lastgroup or "", []).append(one)
    marks = max(styles.values(), key=len, default=[])
    found = []
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        start = mark.end()
        words = text[start:end].rstrip("。；;，\n ")
        found.append(Item(index + 1, words, start))
    return tuple(found)


def counted_items(text: str) -> list[Item]:
    """What a text counts off, each item up to the next; none where there is but one."""
    found = _split_items(text)
    return list(found) if len(found) >= 2 else []


def _run_on(text: str) -> list[Item]:
    """力度不够大、人员不足、能力不强等问题: every piece says what is lacking."""
    found = _RUN_ON.search(text)
    if found is None:
        return []
    items: list[Item] = []
    at = found.start("list")
    for piece in re.split(r"[、，,]", found["list"]):
        items.append(Item(len(items) + 1, piece, at))
        at += len(piece) + 1
    return items if len(items) >= 2 and all(_LACK.stand_in(one.text) for one in items) else []
