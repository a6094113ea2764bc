"""Words of two characters with one that sounds or looks like the right one, between known words: 予以达复, 紧密配和 (D-09).

Two characters may as well be the end of a word and the beginning of the next, so a wrong form is one only where both its neighbours
are words that are known, marks or particles. `templates/wording/alike/pairs.txt` holds each word with the characters that may stand wrongly
in the place of its first and of its second: those that make no word and stood nowhere in a year of newspapers.
"""

from operator import add

# what may stand on either side: particles and auxiliaries
_PARTICLES = frozenset("的和与及或是了在等较更不很有对把将以并各已均为由被让使向从按因其也还都要能可会应该")
_FIRST, _LAST = "一", "龥"


class Pairs:
    """The words by their first and by their second character."""

    def __init__(self, lines: str) -> None:
        rows = [line.split(" ") for line in lines.splitlines() if not line.startswith("#")]
        self.rows = rows
        self._words = {row[0] for row in rows}
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        self._by_second: dict[str, list[tuple[str, str]]] = {}
        self._behind: dict[str, str] = {}  # a first character → all that may stand wrongly behind it
        self._before: dict[str, str] = {}  # a second character → all that may stand wrongly before it
        for word, first, second in rows:
            self._by_first.setdefault(word[0], []).append((word, second))
            self._by_second.setdefault(word[1], []).append((word, first))
            self._behind[word[0]] = self._behind.get(word[0], "") + second
            self._before[word[1]] = self._before.get(word[1], "") + first

    def find(self, line: str, there: set[str] | None = None) -> list[tuple[str, int]]:
        """(the right word, where the wrong one stands); `there`: the pairs of characters that the line has, where they are known."""
        found = []
        for pair in (set(map(add, line, line[1:])) if there is None else there) - self._words:
            right = self._right(pair)
            at = line.find(pair) if right else -1
            while at >= 0:
                if self._is_a_word(line, at):
                    found.append((right, at))
                at = line.find(pair, at + 1)
        return found

    def _right(self, pair: str) -> str:
        """The word that is meant by two characters; "" for what is no form of any."""
        first, second = pair[0], pair[1]
        if second in self._behind.get(first, ""):
            return next(word for word, wrong in self._by_first[first] if second in wrong)
        if first in self._before.get(second, ""):
            return next(word for word, wrong in self._by_second[second] if first in wrong)
        return ""

    def _is_a_word(self, line: str, at: int) -> bool:
        """Whether line[at:at+2] stands between words, and neither of its characters makes a word with its neighbour."""
        before, behind = line[max(at - 2, 0) : at], line[at + 2 : at + 4]
        if before[-1:] + line[at] in self._words or line[at + 1] + behind[:1] in self._words:
            return False
        return self._is_border(before[-1:], before) and self._is_border(behind[:1], behind)

    def _is_border(self, char: str, word: str) -> bool:
        return not char or char in _PARTICLES or not _FIRST <= char <= _LAST or word in self._words
