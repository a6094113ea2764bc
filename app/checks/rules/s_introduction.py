"""The introduction: its list of parts, how the agency is reached (S-16, S-20)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import TITLE, in_text, squeezed
from app.checks.rule import ERROR, INFO, WARNING, rule, text_rule
from app.chinese import fold
from app.form.model import FormDefinition
from app.patterns import lazily
from app.report.contacts import doubts
from app.report.model import INTRODUCTION

CONTACT = "S-20"


# 本报告由总体情况、……六部分组成, 包括……六个部分
_LIST_OF_PARTS = lazily(
    r"(?:由|包括|包含|分为)(?P<list>(?:(?!由|包括|包含|分为)[^。]){8,400}?)"
    r"(?:等|共)*(?P<n>[一二三四五六七八九十]{1,2}|\d{1,2})?(?:个|大)*(?:部分|(?:项|方面)(?:的)?内容)"
)
# 本报告由七个部分组成, 本报告共分为五部分: a number without a list
_ONLY_A_NUMBER = lazily(
    r"本(?:年度)?(?:报告|年报)(?:共|由|主要|分|为|包括|包含|成|以下)*(?P<n>[一二三四五六七八九十]{1,2}|\d{1,2})(?:个|大)*部分"
)
_SHORTEST_NAME = 3
# 主动公开政府信息工作情况 and 主动公开政府信息情况: words in which names of one part differ
_SMALL_WORDS = lazily(r"工作|主要|提起|[的被和及与或、，]")
_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九十")}


# 联系电话, 0123-4567890
_PHONE = lazily(r"电话|热线|0\d{2,3}\s*[-—－]\s*\d{7,8}|(?<!\d)\d{7,8}(?!\d)")
# 地址, 人民路1号
_ADDRESS = lazily(r"地址|地点|[路街巷道]\s*\d+\s*号")

# -- introduction ---------------------------------------------------------------------------------------------------------


@rule("S-16", ERROR, WARNING)
def list_of_parts_fits(context: CheckContext) -> Iterator[Finding]:
    """引言所列各部分的数目、名称与正文一致（《条例》第五十条的表述可以使用）。"""
    text = context.report.narratives.get(INTRODUCTION, "")
    found = _list_of_parts(text, tuple(section.mark for section in context.form.sections))
    if found is None:
        yield from _number_alone(context, text)
        return
    listed, stated, span = found
    message = _wrong_number(context, listed, stated)
    if message:
        yield in_text("S-16", ERROR, message, INTRODUCTION, text, span)
    differ = _names_differ(context, listed)
    if differ:
        yield in_text("S-16", WARNING, differ, INTRODUCTION, text, span)


def _number_alone(context: CheckContext, text: str) -> Iterator[Finding]:
    """本报告由七个部分组成。"""
    found = _ONLY_A_NUMBER.search(text)
    if found is None or _number(found["n"]) == len(context.form.sections):
        return
    right = f"格式规定的{len(context.form.sections)}部分"
    message = f"引言所称{_number(found['n'])}部分与{right}不一致"
    yield in_text("S-16", ERROR, message, INTRODUCTION, text, found.span())


def _wrong_number(context: CheckContext, listed: str, stated: int) -> str:
    """What is wrong with how many parts the introduction says and lists; "" when nothing is."""
    sections = context.form.sections
    lost = [section.name for section in sections if section.mark not in listed]
    count = stated or len(sections) - len(lost)
    too_few = bool(lost) and _names(listed, context.form) < len(sections)
    if count == len(sections) and not too_few:
        return ""
    printed = len(context.outline.headings) if context.outline else len(sections)
    against = f"正文{printed}部分" if printed != count else f"格式规定的{len(sections)}部分"
    if count == len(sections):  # it says six and lists fewer
        count, against = len(sections) - len(lost), f"所称{stated or len(sections)}部分"
    return f"引言所列{count}部分与{against}不一致" + (f"，缺“{'”“'.join(lost)}”" if lost else "")


@lru_cache(maxsize=64)
def _list_of_parts(text: str, marks: tuple[str, ...]) -> tuple[str, int, tuple[int, int]] | None:
    """The list of parts in the introduction without spaces, the number it states (0: none), its place."""
    for found in _LIST_OF_PARTS.finditer(text):
        listed = squeezed(found["list"])
        if sum(mark in listed for mark in marks) >= 3:
            return listed, _number(found["n"] or ""), found.span()
    return None


def _number(n: str) -> int:
    """A small number in digits or words, 0 for none."""
    return int(n) if n.isdigit() else _DIGITS.get(n, 10 + _DIGITS.get(n[1:], 0) if n else 0)


def _names(listed: str, form: FormDefinition) -> int:
    """How many names the list may hold: the known ones, each once, and every piece that is none of them.

    A name may itself contain 、, so unknown pieces are rather counted too often than too seldom.
    """
    known = 0
    for section in form.sections:
        found = [name for name in (section.name, *section.aliases) if name in listed]
        for name in sorted(found, key=len, reverse=True):
            listed = listed.replace(name, "、")
        known += bool(found)
    return known + len([one for one in re.split(r"[、，,；;]", listed) if len(one) >= _SHORTEST_NAME])


def _names_differ(context: CheckContext, listed: str) -> str:
    """How the names of the list differ from the headings; "" where they do not, or only in an accepted wording."""
    other: list[str] = []
    printed: dict[str, str] = {}
    for heading in context.outline.headings if context.outline else ():
        name = fold(heading.text)
        if not heading.extra:
            printed[heading.section] = name
        elif name not in listed:
            other.append(name)
    for section in context.form.sections:
        name = printed.get(section.key, section.name)
        if name in listed or section.mark not in listed:
            continue
        known = section.aliases if name == section.name else ()
        if not any(_gist(one) in _gist(listed) for one in (name, *known)):
            other.append(name)
    return f"引言所列名称与正文标题“{'”“'.join(other)}”不一致" if other else ""


def _gist(name: str) -> str:
    """A name without the small words in which the wordings of one part differ."""
    return _SMALL_WORDS.sub("", name)


@rule(CONTACT, INFO)
def contact_is_given(context: CheckContext) -> Iterator[Finding]:
    """引言注明联系方式（地址、邮编、电话）。"""
    overview = context.form.sections[0].key
    told = [
        context.report.narratives.get(key, "") for key in (INTRODUCTION, overview)
    ]  # some begin 一 with it
    lacks = missing_contact("\n".join(told))
    if lacks:
        yield Finding(CONTACT, INFO, f"未提供联系方式（{'、'.join(lacks)}）", INTRODUCTION)


def missing_contact(text: str) -> list[str]:
    """What an introduction does not name of 地址 and 电话."""
    return [word for word, pattern in (("地址", _ADDRESS), ("电话", _PHONE)) if not pattern.search(text)]


@text_rule(CONTACT, WARNING, further=True)
def contact_can_be_used(context: CheckContext) -> Iterator[Finding]:
    """单位信息中的邮政编码、联系电话、电子邮箱写法完整。"""
    for words in doubts(context.report.agency).values():
        yield Finding(CONTACT, WARNING, words, TITLE)
