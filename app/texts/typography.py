"""Chinese typography: full-width punctuation, no spaces between characters, no empty lines, 一是二是 in order."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.report.edits import Edit

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FULL = f"{_HAN}，。；：！？、（）《》〈〉“”‘’【】〔〕—…"
_ASIDE = re.compile(
    r"https?://[!-~]+|www\.[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=[A-Za-z0-9])\.(?=[A-Za-z0-9])", re.A
)
_MARKS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_MARK = re.compile(r"[,;:!?]")
_STOP = re.compile(rf"(?<=[{_HAN}）”》])\.(?=$|[{_FULL}\s])", re.M)
_PAIR = re.compile(r"\(([^()（）\n]{0,60})\)")
_QUOTES = re.compile(r'"([^"\n]{1,60})"')
_SPACE = re.compile(rf"(?<=[{_FULL}])[ \u3000\u00a0]+(?=[{_FULL}])|^[ \u3000\u00a0]+|[ \u3000\u00a0]+$", re.M)
_EMPTY = re.compile(r"\n(?:[ \u3000\u00a0]*\n)+|\A(?:[ \u3000\u00a0]*\n)+|(?:\n[ \u3000\u00a0]*)+\Z")
_ORDINAL = re.compile(
    r"(?:^|(?<=[。；;：:！，,）)\n]))[ \u3000]*(?P<n>[一二三四五六七八九]?十?[一二三四五六七八九]?)是(?![否非])",
    re.M,
)
_NUMERALS = [*"一二三四五六七八九十", *(f"十{one}" for one in "一二三四五六七八九"), "二十"]


@dataclass(frozen=True, slots=True)
class Helper:
    """One thing that can be put right in a text."""

    key: str
    name: str
    hint: str
    find: Callable[[str], list[Edit]]


def full_width(text: str) -> list[Edit]:
    """Half-width marks beside Chinese characters become full-width ones; numbers, addresses and times are left alone."""
    aside = [one.span() for one in _ASIDE.finditer(text)]
    found = [
        *_marks(text),
        *(Edit(*one.span(), "。") for one in _STOP.finditer(text)),
        *_pairs(text, _PAIR, "（", "）"),
        *_pairs(text, _QUOTES, "“", "”"),
    ]
    return sorted(one for one in found if not any(a <= one.start and one.end <= b for a, b in aside))


def _marks(text: str) -> Iterator[Edit]:
    for one in _MARK.finditer(text):
        before, after = text[: one.start()][-1:], text[one.end() :][:1]
        if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
            continue  # 1,234 and 10:30
        if _is_full(before) or _is_full(after) or (before.isalnum() and after in ("", "\n")):
            yield Edit(*one.span(), _MARKS[one[0]])


def _pairs(text: str, pattern: re.Pattern[str], opening: str, closing: str) -> Iterator[Edit]:
    """Both marks of a pair, where Chinese stands in it or beside it."""
    for one in pattern.finditer(text):
        around = text[: one.start()][-1:] + text[one.end() :][:1]
        if any(map(_is_full, one[1])) or any(map(_is_full, around)):
            yield Edit(one.start(), one.start() + 1, opening)
            yield Edit(one.end() - 1, one.end(), closing)


def _is_full(char: str) -> bool:
    return bool(char) and re.match(f"[{_FULL}]", char) is not None


def no_spaces(text: str) -> list[Edit]:
    """Spaces between Chinese characters and marks go, and those at either end of a paragraph: the indent is set, not typed."""
    return [Edit(*one.span(), "") for one in _SPACE.finditer(text)]


def no_empty_lines(text: str) -> list[Edit]:
    """Empty lines between paragraphs, before the first and after the last."""
    if not text.strip():
        return [Edit(0, len(text), "")] if text else []
    return [
        Edit(*one.span(), "\n" if one.start() > 0 and one.end() < len(text) else "")
        for one in _EMPTY.finditer(text)
    ]


def in_order(text: str) -> list[Edit]:
    """一是…三是… becomes 一是…二是…: each 一是 begins anew, what follows counts on. A lone 二是 is left alone."""
    return [
        Edit(*one.span("n"), _NUMERALS[number - 1])
        for one, number in _counted(text)
        if one["n"] != _NUMERALS[number - 1]
    ]


def _counted(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Every item from a 一是 on, and the number that it should have."""
    number = last = 0
    for one in _ORDINAL.finditer(text):
        if one["n"] not in _NUMERALS:
            continue
        if one["n"] == "一":
            is_same_paragraph = "\n" not in text[last : one.start()]
            is_slip = number == 1 and is_same_paragraph and _again(text, one.end())
            number = 2 if is_slip else 1
        elif number:
            number += 1
        if number > len(_NUMERALS):
            return
        if number:
            yield one, number
        last = one.end()


def _again(text: str, place: int) -> bool:
    """Whether a 一是 that follows a 一是 in one paragraph is a slip: 三是 comes next."""
    following = _ORDINAL.search(text, place)
    return following is not None and following["n"] == "三"


HELPERS = (
    Helper("full_width", "标点改为全角", "汉字旁边的半角逗号、冒号、括号、引号等改为全角", full_width),
    Helper("no_spaces", "去掉多余空格", "去掉汉字之间和段首段尾的空格，首行缩进由版式自动完成", no_spaces),
    Helper("no_empty_lines", "去掉空行", "去掉段落之间的空行", no_empty_lines),
    Helper("in_order", "一是二是重新编号", "一是、二是、三是按先后顺序重新编号", in_order),
)
