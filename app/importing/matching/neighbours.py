"""What a file seems to be that is not the annual report: a work summary, a budget, a notice, the blank template."""

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from app.documents.blocks import TableBlock
from app.importing.matching.labels import Labels
from app.importing.matching.values import looks_like_value
from app.paths import resources
from app.report.outline import FoundHeading

# 政府信息公开工作年度报告, 政务公开年报: the words of the title
_TITLE = re.compile(r"公开.{0,12}(?:报告|年报)")
_OWN_TITLE = re.compile(r"政府信息公开.{0,12}(?:报告|年报)")
# （文字描述）, （文字描述，可附图表）: where the official template says that a text belongs
_PLACEHOLDER = re.compile(r"[（(]\s*文字描述[^（）()]{0,20}[）)]")
_ENOUGH_NAMES = 2  # names of sections that speak for the form
_LONGEST_TITLE = 80
_FIRST_WORDS = 600  # characters in which a text says what it is
# what a report's first section is about: both
_ITS_PARTS = (re.compile("主动公开"), re.compile("依申请公开|政府信息公开申请"))
_MOST_WORDS = 5000  # characters of a text in which they are looked for
_ORDINAL = re.compile("[一二三四五六七八九十]+[、.．]")  # 一、总体情况


class _Kind(NamedTuple):
    name: str
    words: tuple[str, ...]
    without: tuple[str, ...]


@cache
def _kinds() -> tuple[_Kind, ...]:
    data = tomllib.loads((resources() / "importing" / "neighbours.toml").read_text(encoding="utf-8"))
    return tuple(_Kind(one["name"], tuple(one["title"]), tuple(one.get("not", ()))) for one in data["kind"])


def is_placeholder_text(text: str) -> bool:
    """Whether a paragraph is what the blank template prints where a text belongs."""
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


def seems(
    title: str, text: Sequence[str], headings: Collection[FoundHeading], tables: bool, template: bool
) -> str:
    """One sentence where a file is not the report, "" where enough speaks for it.

    `text` are its paragraphs: the first names a paper whose title is none of ours; `tables` is whether rows of the form's tables
    were found, `template` whether texts of the blank template stand in it.
    """
    if template and not tables:
        return "这份文件看起来是空白的格式样本，里面还没有内容"
    if tables:
        return ""
    first = next((one.strip() for one in text if one.strip()), "")
    called = (title or ("" if _is_no_title(first) else first))[:_LONGEST_TITLE].strip()
    kind = _named(called)
    named = {one.section for one in headings if one.section and not one.extra}
    if not title and _tells_in_headings(headings):
        return ""
    if _speaks_for_it(called, kind, len(named), "".join(text)[:_MOST_WORDS]):
        return ""
    what = f"，像是{kind}" if kind else ""
    headed = f"标题是“{called}”" if called else "也没有标题"
    return f"这份文件看起来不是政府信息公开工作年度报告（没有三张表，{headed}{what}）"


def _speaks_for_it(title: str, kind: str, named: int, words: str) -> bool:
    """Whether title, names of sections or what it says are those of the report; `kind` is another paper, by a word of the title."""
    if kind:
        return bool(_OWN_TITLE.search(title)) and named >= _ENOUGH_NAMES  # an odd word in the title
    if _TITLE.search(title) or named >= _ENOUGH_NAMES:
        return True
    tells_its_parts = not title and all(part.search(words) for part in _ITS_PARTS)
    # the beginning of a report that lost its title
    return named > 0 and (tells_its_parts or bool(_OWN_TITLE.search(words[:_FIRST_WORDS])))


def _tells_in_headings(headings: Collection[FoundHeading]) -> bool:
    """一、政府信息公开工作总体情况"""
    return any("信息公开" in one.text for one in headings if one.section and not one.extra)


def _is_no_title(line: str) -> bool:
    """一、总体情况, or a whole sentence."""
    return "。" in line or len(line) > _LONGEST_TITLE or _ORDINAL.match(line) is not None


def is_foreign(block: TableBlock, labels: Labels) -> bool:
    """Whether a table has labels of its own and none of the form but 总计 or 其他, which name a row and a column of any table."""
    texts = {text for cell in block.cells if (text := cell.text.strip()) and not looks_like_value(text)}
    common = {text for text in texts if labels.is_column(text) and labels.row(text) is not None}
    return len(texts - common) > 1 and not any(labels.knows(text) for text in texts - common)


def _named(title: str) -> str:
    """The kind of paper that a title names."""
    for one in _kinds():
        if any(word in title for word in one.words) and not any(word in title for word in one.without):
            return one.name
    return ""
