"""The list numbers that word processors show before a paragraph without holding them as text: counted and written out."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

from app.chinese import to_chinese

_BEFORE_CIRCLED_ONE = 0x245F  # ① is the character after it
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list; `text` has %1 … %9 where the number of that level stands: %1、"""

    kind: str  # decimal, chinese, circle, lower, upper, roman, ROMAN, none
    text: str
    start: int = 1


class ListCounter:
    """Counts the lists of one document, paragraph after paragraph."""

    def __init__(self) -> None:
        self._counts: dict[object, dict[int, int]] = {}

    def next(self, key: object, levels: Mapping[int, ListLevel], level: int) -> str:
        """The number of the next paragraph of list `key` at this level (0 …); "" for bullets and unknown levels."""
        found = levels.get(level)
        if found is None:
            return ""
        counts = self._counts.setdefault(key, {})
        counts[level] = counts.get(level, found.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if found.kind == "none":
            return ""
        text = found.text
        for place in range(min(level + 1, 9)):
            at = levels.get(place, found)
            text = text.replace(f"%{place + 1}", write_number(counts.get(place, at.start), at.kind))
        return text


def write_number(number: int, kind: str) -> str:
    """一, ①, a, iv or 7; in figures where the list's own kind has no sign for it."""
    if kind == "chinese" and 0 <= number < 100:
        return to_chinese(number)
    if kind == "circle" and 1 <= number <= 20:
        return chr(_BEFORE_CIRCLED_ONE + number)
    if kind in ("lower", "upper") and 1 <= number <= 26:
        return (ascii_lowercase if kind == "lower" else ascii_uppercase)[number - 1]
    if kind in ("roman", "ROMAN") and 1 <= number < 40:
        return _roman(number) if kind == "roman" else _roman(number).upper()
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text
