"""Changes of a text as a list: what stands where, and what shall stand there; shown before they are made."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

_AROUND = 8  # characters shown on either side


class Edit(NamedTuple):
    """text[start:end] becomes `text`."""

    start: int
    end: int
    text: str


def common(old: str, new: str) -> tuple[int, int]:
    """How many characters at the beginning, and at the end beyond that, are the same: quick for long texts."""
    limit = min(len(old), len(new))
    head = _same(limit, lambda n: old[:n] == new[:n])
    rest = limit - head
    tail = _same(rest, lambda n: old[len(old) - n :] == new[len(new) - n :])
    return head, tail


def _same(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest n ≤ limit for which it holds; it holds for all below."""
    if holds(limit):
        return limit
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with all of them made; they do not overlap."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def shown(text: str, edit: Edit) -> tuple[str, str]:
    """(before, after) of one, with a few characters around it."""
    left = text[max(text.rfind("\n", 0, edit.start) + 1, edit.start - _AROUND) : edit.start]
    stop = text.find("\n", edit.end)
    right = text[edit.end : min(len(text) if stop < 0 else stop, edit.end + _AROUND)]
    before, after = (visible(one) for one in (text[edit.start : edit.end], edit.text))
    return f"{left}{before}{right}", f"{left}{after}{right}"


def visible(text: str) -> str:
    """Spaces and ends of lines so that they can be seen."""
    return text.replace("\n", "↵").translate(dict.fromkeys(map(ord, " \u3000\u00a0\t"), "␣"))


def joined(edits: Sequence[Edit], more: Sequence[Edit]) -> list[Edit]:
    """Both, in order; of two that overlap the first list's stays."""
    kept = [one for one in more if not any(_overlap(one, other) for other in edits)]
    return sorted([*edits, *kept])


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end
