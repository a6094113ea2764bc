"""What is told or listed twice (I-08, I-02)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text, in_texts, squeezed, text_sections
from app.checks.language.scope import sentences
from app.checks.rule import INFO, WARNING, text_rule
from app.checks.rules.i_lists import counted_items
from app.patterns import Words, lazily
from app.report.model import INTRODUCTION

Span = tuple[int, int]

_SHORTEST_CLAUSE, _SHORTEST_SENTENCE = 15, 20
# what stands between two marks and is no short phrase
_CLAUSE = lazily(rf"[^，,。；;：:！!？?\n]{{{_SHORTEST_CLAUSE},}}")
# titles and quotations, which may well come twice
_QUOTED = lazily(r"《[^》]{0,300}》|“[^”]{0,300}”|[（(][^（）()]{0,300}[）)]", needs="《|“|（|(")
# set phrases that every report repeats: 以公开为常态、不公开为例外, 本报告所列数据的统计期限
_CUSTOMARY = Words("习近平|新时代中国特色|例外|党的二十|政府信息公开条例|知情权|无其他需要报告|统计期限|收取")


@text_rule("I-08", WARNING)
def no_clause_twice(context: CheckContext) -> Iterator[Finding]:
    """文字简明，同一语句不重复出现。"""
    first: set[str] = set()
    told: list[Finding] = []
    for key, text in text_sections(context):
        if key == INTRODUCTION:
            continue
        for words, span, least in _clauses(text):
            if words in first and _is_its_own(words, least):
                message = f"语句重复：“{text[span[0] : span[1]].strip()}”"
                told.append(in_text("I-08", WARNING, message, key, text, span))
            first.add(words)
    yield from told[:3]


@lru_cache(maxsize=128)
def _clauses(text: str) -> tuple[tuple[str, Span, int], ...]:
    """(words, span, how many characters of its own make it no set phrase) of clauses, and of sentences of short clauses."""
    found = []
    for one in _CLAUSE.finditer(text):
        words = squeezed(one[0])
        if len(words) >= _SHORTEST_CLAUSE:
            start = one.start() + len(one[0]) - len(one[0].lstrip())
            found.append((words, (start, one.end()), _SHORTEST_CLAUSE))
    for start, end in sentences(text):  # 健全机制，压实责任，落到实处。
        words = _without_lead(squeezed(text[start:end]))
        if len(words) >= _SHORTEST_SENTENCE and not _CLAUSE.search(words):
            start += len(text[start:end]) - len(text[start:end].lstrip())
            found.append((words, (start, end), _SHORTEST_SENTENCE))
    return tuple(found)


# 同时，……: what joins a sentence to the one before
_LEADS = "同时", "此外", "另外", "并且", "其次", "再次", "最后", "而且"


def _without_lead(words: str) -> str:
    """A sentence without what joins it to the one before: 同时，健全机制…… is 健全机制…… told again."""
    return words[2:].lstrip("，,") if words.startswith(_LEADS) else words


def _is_its_own(words: str, least: int) -> bool:
    """Whether it is no set phrase: long enough, what is quoted in it not counted, and nothing that every report repeats."""
    return len(_QUOTED.sub("", words)) >= least and not _CUSTOMARY.stand_in(words)


# 成立了政务公开工作领导小组
_FOUNDED = lazily(r"(?:成立|组建|设立)了?(?P<what>[^，,。；;：:（(\n]{0,24}?领导小组)", needs="领导小组")
_SAME_END = 10  # characters of the group's name: 政务公开工作领导小组, whoever's it is


@text_rule("I-08", INFO, further=True)
def no_group_founded_twice(context: CheckContext) -> Iterator[Finding]:
    """文字简明，同一件事不重复写。"""
    for key, text in text_sections(context):
        first: dict[str, int] = {}
        for one in _FOUNDED.finditer(text):
            name = squeezed(one["what"])[-_SAME_END:]
            if len(name) == _SAME_END and name in first and text.count("\n", first[name], one.start()):
                message = f"“成立……{name}”在两处写到，请合并"
                yield in_text("I-08", INFO, message, key, text, one.span())
                break
            first.setdefault(name, one.start())


# -- the same list twice -------------------------------------------------------------------------------------------------------

# 机构职能1条, 人事任免2条: a category with its number
_CATEGORY = lazily(r"(?P<name>[一-龥]{3,10}?)\s*\d+\s*(?:条|篇|件|项)(?=[，,、；;。]|$)", re.M)
# the category at the beginning of a counted-off item: 机构职能，……
_NAME = lazily(r"[一-龥]{3,10}(?=[，,（(；;。]|$)")
# 重点领域信息公开, 重点领域信息, 重点领域类: the endings in which names of one category differ
_ENDING = lazily(r"(?:信息)?(?:公开|类)?$")
# 从内容分类看，机构职能1条，人事任免1条……
_BY_CONTENT = lazily(
    r"(?:从|按)[^，。；]{0,4}内容[^，。；]{0,6}(?:分类)?[来上]?看[，,：:]?(?P<list>[^。\n]{20,400})",
    needs="内容",
)
_MOST_ALIKE = (
    3  # categories by which two lists of the same may differ; with more they are lists of different things
)


@text_rule("I-02", WARNING, further=True)
def one_list_of_categories(context: CheckContext) -> Iterator[Finding]:
    """同一内容在文中各处应当一致：列举的信息类别与按类别统计的名称一致。"""
    yield from in_texts(context, "I-02", WARNING, _differing_lists)


@lru_cache(maxsize=64)
def _differing_lists(text: str) -> tuple[tuple[str, Span], ...]:
    """一是机构职能；二是人事信息 … against 从内容分类看，机构职能1条，人事任免1条 …"""
    counted = _BY_CONTENT.search(text)
    if counted is None:
        return ()
    by_count = {_core(one["name"]): one["name"] for one in _CATEGORY.finditer(counted["list"])}
    for begin, end in _item_runs(text[: counted.start()]):
        listed = _listed(text[begin:end])
        new, gone = _lacking(by_count, listed), _lacking(listed, by_count)
        if _is_the_same_list(len(by_count), new, gone):
            message = (
                f"前后所列信息类别不一致：按类别统计的{_quoted(new)}，前文所列类别中没有；"
                f"前文所列的{_quoted(gone)}没有统计"
            )
            return ((message, (counted.start("list"), counted.end("list"))),)
    return ()


def _lacking(some: dict[str, str], others: dict[str, str]) -> list[str]:
    """The names of the categories that the others do not have."""
    return [name for core, name in some.items() if core not in others]


def _quoted(names: list[str]) -> str:
    return "".join(f"“{name}”" for name in names)


def _listed(text: str) -> dict[str, str]:
    """The categories that a paragraph counts off, by what is the core of their names."""
    names = [name[0] for one in counted_items(text) if (name := _NAME.match(one.text.strip()))]
    return {_core(name): name for name in names}


def _is_the_same_list(count: int, new: list[str], gone: list[str]) -> bool:
    """Whether two lists of categories are meant to be one, and differ in a few."""
    both = count - len(new)
    is_one = both > count // 2 and both >= 5
    return is_one and 0 < len(new) <= _MOST_ALIKE and 0 < len(gone) <= _MOST_ALIKE


def _core(name: str) -> str:
    """重点领域信息公开 and 重点领域信息 are one category."""
    return _ENDING.sub("", name)


def _item_runs(text: str) -> Iterator[Span]:
    """The paragraphs that count off at least five items."""
    at = 0
    for line in text.split("\n"):
        if len(counted_items(line)) >= 5:
            yield at, at + len(line)
        at += len(line) + 1
