"""Ordinals of sub-headings: continuous and of one style (S-17)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.finding import CheckContext, Finding, rule
from app.checks.language.reading import in_text, rewrite
from app.form.model import Severity

Fault = tuple[str, tuple[int, int], str]  # what is said, where, what should stand there

_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九十")}
_BRACKET = re.compile(
    r"(?:^|(?<=[。；;：:！\n]))[ \t\u3000]*(?P<open>[（(])(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<close>[）)])",
    re.M,
)
_LINE_NUMBER = re.compile(r"^[ \t\u3000]*(?P<n>\d{1,2})(?P<mark>[、.．])(?!\d)", re.M)


@rule("S-17")
def numbering_is_continuous(context: CheckContext) -> Iterator[Finding]:
    """结构层次序数依次用“一、”“（一）”“1.”“（1）”标注，序号连续、形式一致（GB/T 9704—2012）。"""
    first = context.form.sections[0].key
    for section in context.form.sections:
        text = context.report.narratives.get(section.key, "")
        if text:
            for message, span, right in _numbering(text, section.key == first):
                repair = rewrite(section.key, text, [(*span, right)]) if right else None
                yield in_text("S-17", Severity.WARNING, message, section.key, text, span, repair)


@lru_cache(maxsize=64)
def _numbering(text: str, has_items: bool) -> tuple[Fault, ...]:
    """What is wrong with the numbering of the first sub-level; `has_items`: the section consists of items （一）…（五）."""
    marks = [(one, *_level(one)) for one in _BRACKET.finditer(text)]
    found = list(_bracket_faults(marks))
    if has_items and not any(chinese for _, chinese, _ in marks):
        lines = list(_LINE_NUMBER.finditer(text))
        if len(lines) >= 2:
            one = lines[0]
            printed = text[one.start("n") : one.end("mark")]
            found.append((f"序号“{printed}”应为“（一）”", (one.start("n"), one.end("mark")), ""))
    return tuple(found)


def _level(mark: re.Match[str]) -> tuple[bool, int]:
    """(whether the ordinal is Chinese, its number)."""
    n = mark["n"]
    if n.isdigit():
        return False, int(n)
    if len(n) == 1:
        return True, _DIGITS[n]
    return True, 10 + _DIGITS.get(n[1:], 0)  # 十一 … 十九: more items than any section has


def _bracket_faults(
    marks: list[tuple[re.Match[str], bool, int]],
) -> Iterator[Fault]:
    wide = any(chinese and one["open"] == "（" and one["close"] == "）" for one, chinese, _ in marks)
    last, inner, narrow = 0, 0, False
    for one, chinese, number in marks:
        if not chinese:
            if number == last + 1 and number > 1 and inner != number - 1:  # （3） after （二）: a slip
                yield _should_be(one, _wide(number))
                last, inner = number, 0
            else:
                inner = number
            continue
        half = one["open"] == "(" or one["close"] == ")"
        if number not in (1, last + 1):
            yield _should_be(one, _wide(last + 1))
        elif half and wide and not narrow:
            narrow = True
            yield _should_be(one, _wide(number))
        last, inner = number, 0


def _should_be(mark: re.Match[str], right: str) -> Fault:
    span = mark.start("open"), mark.end("close")
    return f"序号“{mark[0].strip()}”应为“{right}”", span, right


def _wide(number: int) -> str:
    return (
        f"（{'零一二三四五六七八九十'[number]}）"
        if number <= 10
        else f"（十{'零一二三四五六七八九'[number - 10]}）"
    )
