"""Words that must not be cut through: a wrong form that is only the end of one and the beginning of another is none, 办公室|公开 (D-09)."""

from functools import lru_cache
from pathlib import Path

from app.checks.language.tokens import with_index

_PAIR = 2  # characters of a wrong form of which neither can be its own word where a whole word has the other


class WholeWords:
    """The words of templates/wording/alike/whole.txt, and the characters that stand side by side in reports."""

    def __init__(self, text: str) -> None:
        words, self._behind = with_index(text)
        self.words = frozenset(words)
        self._longest = max(map(len, self.words), default=0)

    def cut(self, line: str, start: int, end: int, right: str) -> bool:
        """Whether line[start:end], which should be `right`, is but the end of a word and the beginning of the next.

        A form of two characters is where a whole word has one of them, or where both stand beside their neighbours as they do in
        reports, 计化 of 累计化解. A longer one can be so and yet be wrong elsewhere: then the whole word has its wrong character.
        """
        form = line[start:end]
        if len(form) > _PAIR and len(form) != len(right):
            return False
        across = [span for border in (start, end) for span in self.across(line, border)]
        if len(form) <= _PAIR:
            return bool(across) or self._is_of_neighbours(line, start, end)
        wrong = {start + at for at, (a, b) in enumerate(zip(form, right, strict=False)) if a != b}
        return any(not wrong.isdisjoint(range(*span)) for span in across)

    def across(self, line: str, border: int) -> list[tuple[int, int]]:
        """The whole words that begin before a place and end behind it."""
        begins = range(max(0, border - self._longest + 1), border)
        stops = range(border + 1, min(len(line), border + self._longest) + 1)
        return [(begin, stop) for begin in begins for stop in stops if line[begin:stop] in self.words]

    def are_beside(self, two: str) -> bool:
        """Whether two characters stand side by side in reports, within a word or where two meet."""
        return len(two) == _PAIR and two[1] in self._behind.get(two[0], "")

    def _is_of_neighbours(self, line: str, start: int, end: int) -> bool:
        outside = line[max(start - 1, 0) : start + 1], line[end - 1 : end + 1]
        return line[start : start + 1] != line[end - 1 : end] and all(map(self.are_beside, outside))


@lru_cache(maxsize=4)
def whole_words(file: Path) -> WholeWords:
    """The words of a file, read once."""
    return WholeWords(file.read_bytes().decode())
