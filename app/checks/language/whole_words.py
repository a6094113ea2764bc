"""Whole words of office Chinese: a wrong form that only cuts through one of them is none, 办公室|公开 (D-09)."""

from functools import lru_cache
from pathlib import Path

_PAIR = 2  # characters of a wrong form of which neither can be its own word where a whole word has the other


class WholeWords:
    """The words of templates/wording/alike/whole.txt."""

    def __init__(self, text: str) -> None:
        lines = (line for line in text.splitlines() if not line.startswith("#"))
        self.words = frozenset(word for line in lines for word in line.split())
        self._longest = max(map(len, self.words), default=0)

    def cut(self, line: str, start: int, end: int, right: str) -> bool:
        """Whether line[start:end], which should be `right`, is the end of a whole word, or the beginning of one.

        A form of more than two characters can be so and yet be wrong elsewhere: then the whole word has its wrong character.
        """
        form = line[start:end]
        if len(form) > _PAIR and len(form) != len(right):
            return False
        wrong = {start + at for at, (a, b) in enumerate(zip(form, right, strict=False)) if a != b}
        across = (span for border in (start, end) for span in self.across(line, border))
        return any(len(form) <= _PAIR or not wrong.isdisjoint(range(*span)) for span in across)

    def across(self, line: str, border: int) -> list[tuple[int, int]]:
        """The whole words that begin before a place and end behind it."""
        begins = range(max(0, border - self._longest + 1), border)
        stops = range(border + 1, min(len(line), border + self._longest) + 1)
        return [(begin, stop) for begin in begins for stop in stops if line[begin:stop] in self.words]


@lru_cache(maxsize=4)
def whole_words(file: Path) -> WholeWords:
    """The words of a file, read once."""
    return WholeWords(file.read_text(encoding="utf-8"))
