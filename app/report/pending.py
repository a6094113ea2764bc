"""待更新: which years and numbers of a carried narrative still stand as last year left them."""

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeVar

from app.report.edits import common
from app.report.model import Binding, Pending

Mark = TypeVar("Mark", Pending, Binding)  # what stands at a place of a narrative and moves with it

# A number as people read one: 2020, 237, 28.8, 1,234, with full-width digits.
_ARABIC = r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?"
# A Chinese numeral is a figure only where a year or a unit follows: 二〇二三年, 三十七条, 两次; not in 一是, 三审三校, 二十大.
_CHINESE = (
    r"[〇零一二三四五六七八九]{4}(?=年)"
    r"|(?:[一二三四五六七八九十百千万亿]{2,}|[两二三四五六七八九十])(?=余?[年件条篇次期场份起宗名人万元])"
)
NUMBER = re.compile(f"{_ARABIC}|{_CHINESE}")
# What numbers a paragraph or an item, and what is an address rather than a figure: nothing of last year stands in it.
_NO_FIGURE = re.compile(
    r"(?:^|\n)\s*(?:[（(]?[0-9０-９]{1,2}[）)]|[0-9０-９]{1,2}(?:、|[.．](?![0-9０-９])))|[（(][0-9０-９]{1,2}[）)]"
    r"|https?://[\w./:-]+|[\w.-]+@[\w.-]+|(?<![0-9])[0-9]{3,4}[-—－](?:[0-9]{7,8}|1[0-9]{4})(?![0-9])"
    r"|邮(?:政)?编(?:码)?[：:]?\s*[0-9０-９]{6}|[0-9０-９]+(?=号(?!文))|[〔\[【（(][0-9]{4}[〕\]】）)]\s*[0-9]+\s*号"
    r"|第[0-9０-９一二三四五六七八九十百]+[条款项届次]"
    # An item in the middle of a line: 主要形式1.门户网站. A decimal has a digit behind the point.
    r"|[0-9０-９]{1,2}[.．](?=[\u4e00-\u9fff])"
    # Where somebody sits: 主楼6层, 3楼302室, 2号楼1单元, B座203. 新建公厕5座 stays a figure.
    r"|[0-9０-９]+(?=层(?![次级面])|楼(?!宇)|单元)|[0-9０-９]{3,4}\s*(?=房?室|房间)|[0-9０-９]+(?=[栋幢座][0-9０-９])"
    r"|[A-Za-z]座?[-—]?[0-9０-９]+|[0-9]+(?=[国省县]道)"
    # How to reach him: 电话：8731088, 13800138000, 电话：12345, 12345热线; and when: 8:30-11:30.
    r"|(?:电话|传真|手机|热线|QQ|微信号?)(?:号码?)?[为是：:\s]*[0-9０-９]{7,12}(?![0-9０-９件条次个])"
    r"|(?:电话|热线|拨打|致电)(?:号码?)?[为是：:\s]*1[0-9]{4}(?![0-9０-９余多]|\s*[件条次个通起宗项人])"
    r"|[（(]0[0-9]{2,3}[）)]\s*[0-9]{7,8}|(?<![0-9])1[3-9][0-9]{9}(?![0-9])"
    r"|(?<![0-9])1(?:2345|2[0-9]{3})(?=[^0-9]{0,6}(?:热线|平台))|[0-9０-９]{1,2}[：:][0-9０-９]{2}(?![0-9０-９])"
)
# The period of the figures is the same every year but for its years: 1月1日(起)至12月31日, 截至12月31日.
_FIRST_DAY = r"(?<![0-9０-９])[1１]\s*月\s*[1１]\s*日"
_LAST_DAY = r"[1１][2２]\s*月\s*[3３][1１]\s*日"
_OF_YEAR = r"\s*(?:(?:[0-9０-９]{4}\s*年|本年|当年|同年|年)\s*)?"
_EVERY_YEAR = re.compile(
    rf"({_FIRST_DAY})\s*(?:起|开始|零时)?\s*(?:至|到|[—\-－~～–]+){_OF_YEAR}({_LAST_DAY})|截[至止]到?{_OF_YEAR}({_LAST_DAY})"
)
_NEAR = 6  # characters beside a number that can make it a longer one: 123,
# What is kept or changed as a whole when two texts are compared: 237, spaces, gov, one character.
_PARTS = re.compile(r"[0-9０-９]+|\s+|[A-Za-z]+|.", re.S)


def marks_for(section: str, text: str) -> tuple[Pending, ...]:
    """Every year and number of a narrative carried from last year's report.

    Item numbers, addresses and the days on which every year begins and ends are none.
    """
    aside = [found.span() for found in _NO_FIGURE.finditer(text)]
    aside += [found.span(part) for found in _EVERY_YEAR.finditer(text) for part in (1, 2, 3)]
    return tuple(
        Pending(section, m.start(), m.end(), m.group())
        for m in NUMBER.finditer(text)
        if not any(start <= m.start() and m.end() <= end for start, end in aside)
    )


def moved(marks: Iterable[Mark], section: str, old: str, new: str) -> tuple[Mark, ...]:
    """The marks after one narrative changed from `old` to `new`: those whose text was touched are gone, the others move along.

    A number that was typed longer or shorter (202 of 2020, 1237 of 237) was touched.
    """
    others = [mark for mark in marks if mark.section != section]
    own = [mark for mark in marks if mark.section == section]
    kept = [mark for mark in own if mark.start < mark.end] if old == new else list(_carry(own, old, new))
    return tuple(others + kept)


def _carry(marks: list[Mark], old: str, new: str) -> Iterable[Mark]:
    stretches = list(_equal_stretches(old, new))
    for mark in marks:
        for start, end, shift in stretches:
            if start <= mark.start and mark.end <= end:
                is_near = mark.start - start <= _NEAR or end - mark.end <= _NEAR  # to what changed
                if not (is_near and touches_digit(new, mark.start + shift, mark.end + shift)):
                    yield mark if not shift else replace(mark, start=mark.start + shift, end=mark.end + shift)
                break


def touches_digit(text: str, start: int, end: int) -> bool:
    """Whether the number has become part of a longer one: 1237 or 237.5 or 1,237 of 237."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    # 1 or 1. before it (1|237, 1.|237); 5, .5 or ,237 behind it (237|5, 237|.5, 1|,237)
    if re.search(r"[0-9０-９][.．]?$", before) or re.match(
        r"[.．]?[0-9０-９]|[,，][0-9０-９]{3}(?![0-9０-９])", after
    ):
        return True
    # one to three digits and a comma before three digits: 1,|237
    return end - start == 3 and re.search(r"(?<![0-9０-９])[0-9０-９]{1,3}[,，]$", before) is not None


def _equal_stretches(old: str, new: str) -> Iterable[tuple[int, int, int]]:
    """(start, end, shift) of what stayed: the common beginning and end, and what difflib finds between."""
    head, tail = common(old, new)
    yield 0, head, 0
    yield len(old) - tail, len(old), len(new) - len(old)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if not middle_old or not middle_new:
        return
    words_old, words_new = _PARTS.findall(middle_old), _PARTS.findall(middle_new)
    places_old, places_new = _starts(words_old, head), _starts(words_new, head)
    for i, j, size in SequenceMatcher(None, words_old, words_new, autojunk=False).get_matching_blocks():
        if size:
            yield places_old[i], places_old[i + size], places_new[j] - places_old[i]


def _starts(words: list[str], start: int) -> list[int]:
    places = [start]
    for word in words:
        places.append(places[-1] + len(word))
    return places
