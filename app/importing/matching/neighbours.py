"""What a file seems to be that is not the annual report: a work summary, a budget, a notice, the blank template."""

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from app.paths import resources
from app.report.outline import FoundHeading

# 政府信息公开工作年度报告, 政务公开年报: the words of the title
_TITLE = re.compile(r"公开.{0,12}(?:报告|年报)")
_OWN_TITLE = re.compile(r"政府信息公开.{0,12}(?:报告|年报)")
# （文字描述）, （文字描述，可附图表）: where the official template says that a text belongs
_PLACEHOLDER = re.compile(r"[（(]\s*文字描述[^（）()]{0,20}[）)]")
_ENOUGH_NAMES = 2  # names of sections that speak for the form
_LONGEST_TITLE = 80


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


def seems(title: str, first: str, headings: Collection[FoundHeading], tables: bool, template: bool) -> str:
    """One sentence where a file is not the report, "" where enough speaks for it.

    `first` is the first line, for a paper whose title is none of ours; `tables` is whether rows of the form's tables
    were found, `template` whether texts of the blank template stand in it.
    """
    if template and not tables:
        return "这份文件看起来是空白的格式样本，里面还没有内容"
    if tables:
        return ""
    called = (title or first).strip()[:_LONGEST_TITLE]
    kind = _named(called)
    named = {one.section for one in headings if one.section and not one.extra}
    if not kind and (_TITLE.search(called) or len(named) >= _ENOUGH_NAMES):
        return ""
    if kind and _OWN_TITLE.search(called) and len(named) >= _ENOUGH_NAMES:
        return ""  # an odd word in the title of a report that has the form's sections
    what = f"，像是{kind}" if kind else ""
    return f"这份文件看起来不是政府信息公开工作年度报告（没有三张表，标题是“{called}”{what}）"


def _named(title: str) -> str:
    """The kind of paper that a title names."""
    for one in _kinds():
        if any(word in title for word in one.words) and not any(word in title for word in one.without):
            return one.name
    return ""


def first_line(paragraphs: Sequence[str]) -> str:
    return next((one.strip() for one in paragraphs if one.strip()), "")
