"""The introduction: its list of parts, how the agency is reached (S-16, S-20)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import TITLE, in_text, squeezed
from app.checks.rule import ERROR, INFO, WARNING, rule, text_rule
from app.chinese import fold
from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition, Section
from app.patterns import Words, lazily
from app.report.contacts import doubts
from app.report.model import INTRODUCTION

CONTACT = "S-20"


# 本报告由总体情况、……六部分组成, 包括……六个部分; ……等方面内容, which may name only some
_LIST_OF_PARTS = lazily(
    r"(?:(?P<made>由)|包括|包含|分为|(?:全文|本报告|报告)(?:共|分)*(?P<before>[一二三四五六七八九十]{1,2})(?:个|大)*部分[：:])(?P<list>(?:(?!由|包括|包含|分为)[^。]){8,400}?)"
    r"(?P<and>(?:等|共)*)(?P<n>[一二三四五六七八九十]{1,2}|\d{1,2})?(?:个|大)*(?P<what>部分|(?:项|方面)(?:的)?内容|(?=。))"
)
# 本报告由七个部分组成, 本报告共分为五部分: a number without a list
_ONLY_A_NUMBER = lazily(
    r"本(?:年度)?(?:报告|年报)(?:共|由|主要|分|为|包括|包含|成|以下)*(?P<n>[一二三四五六七八九十]{1,2}|\d{1,2})(?:个|大)*部分",
    needs="部分",
)
# 概述, 基本概况; 依申请公开政府信息情况: sections as they were called before 2019
_ONCE_OVERVIEW = Words("概述|概况|基本情况")
_ONCE_REQUESTS = Words("依申请公开")
_RECEIVED = CellRef("requests", "received", "total")
_FEWEST = 3  # sections that a list must name to be one of parts; one less where it states a number
_SHORTEST_NAME = 3
# 主动公开政府信息工作情况 and 主动公开政府信息情况: words in which names of one part differ
_SMALL_WORDS = lazily(r"工作|主要|提起|[的被和及与或、，]")
_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九十")}


# 联系电话, 0123-4567890
_PHONE = lazily(r"(?:电话|热线)[^。；\n]{0,16}?\d{3}|0\d{2,3}\s*[-—－]\s*\d{7,8}|(?<!\d)\d{7,8}(?!\d)")
# 地址, 人民路1号
_ADDRESS = lazily(r"地址|地点|[路街巷道]\s*\d+\s*号")

# -- introduction ---------------------------------------------------------------------------------------------------------


class PartList(NamedTuple):
    """The list of parts in an introduction."""

    words: str  # without spaces
    stated: int  # the number that it states, 0 for none
    is_open: bool  # 等方面内容: it may name only some
    span: tuple[int, int]
    is_loose: bool = False  # 包括……等部分: the list may have been cut short


@rule("S-16", ERROR, WARNING)
def list_of_parts_fits(context: CheckContext) -> Iterator[Finding]:
    """引言所列各部分的数目、名称与正文一致（《条例》第五十条的表述可以使用）。"""
    text = context.report.narratives.get(INTRODUCTION, "")
    found = _list_of_parts(text, context.form.id)
    if found is None:
        yield from _number_alone(context, text)
        return
    message = _wrong_number(context, found.words, found.stated)
    if message and not found.is_open:
        severity = WARNING if found.is_loose else ERROR
        yield in_text("S-16", severity, message, INTRODUCTION, text, found.span)
    differ = _names_differ(context, found.words)
    if differ and not found.is_open:
        yield in_text("S-16", WARNING, differ, INTRODUCTION, text, found.span)


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
    lost = [section.name for section in sections if not _is_named(section, listed, context.form)]
    count = stated or len(sections) - len(lost)
    too_few = bool(lost) and _names(listed, context.form) < len(sections)
    if count == len(sections) and not too_few:
        return ""
    printed = len(context.outline.headings) if context.outline else len(sections)
    against = f"正文{printed}部分" if printed != count else f"格式规定的{len(sections)}部分"
    if count == len(sections):  # it says six and lists fewer
        count, against = len(sections) - len(lost), f"所称{stated or len(sections)}部分"
    return f"引言所列{count}部分与{against}不一致" + (f"，缺“{'”“'.join(lost)}”" if lost else "")


def _is_named(section: Section, listed: str, form: FormDefinition) -> bool:
    """Whether a list names a section, also in the words of the form before 2019."""
    return any(name in listed for name in (section.mark, *section.aliases)) or _is_named_as_once(
        section, listed, form
    )


def _is_named_as_once(section: Section, listed: str, form: FormDefinition) -> bool:
    """概述, 基本概况 and 依申请公开……情况, as the sections were called before 2019, and not as they are called now."""
    if section.mark in listed:
        return False
    if section is form.sections[0]:
        return _ONCE_OVERVIEW.stand_in(listed)
    return section is form.section_of(_RECEIVED) and _ONCE_REQUESTS.stand_in(listed)


@lru_cache(maxsize=64)
def _list_of_parts(text: str, form_id: str) -> PartList | None:
    """The list of parts in the introduction."""
    form = form_of(form_id)
    for found in _LIST_OF_PARTS.finditer(text):
        if not (found["what"] or found["before"]):
            continue  # a list that says nothing of parts
        listed, stated = squeezed(found["list"]), _number(found["n"] or found["before"] or "")
        names = sum(_is_named(section, listed, form) for section in form.sections)
        if names >= _FEWEST or (names >= _FEWEST - 1 and stated):
            is_open = "等" in found["and"] and not stated and found["what"] != "部分"
            is_loose = "等" in found["and"] and not stated and not found["made"]
            return PartList(listed, stated, is_open, found.span(), is_loose)
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
    other += [
        printed.get(section.key, section.name)
        for section in context.form.sections
        if section.name not in listed  # a heading that is no official one is S-02's
        and _is_named_otherwise(section, printed.get(section.key, section.name), listed, context.form)
    ]
    return f"引言所列名称与正文标题“{'”“'.join(other)}”不一致" if other else ""


def _is_named_otherwise(section: Section, name: str, listed: str, form: FormDefinition) -> bool:
    """Whether a list names a section in words that are neither its heading nor another accepted name of it."""
    if name in listed:
        return False
    if section.mark not in listed:
        return _is_named_as_once(section, listed, form)
    known = section.aliases if name == section.name else ()
    return not any(_gist(one) in _gist(listed) for one in (name, *known))


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
