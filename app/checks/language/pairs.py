"""Words of two characters with one that sounds or looks like the right one, between known words: 予以达复, 紧密配和 (D-09).

Two characters may as well be the end of a word and the beginning of the next, so a wrong form is one only where both its neighbours
are words that are known, marks or particles. `templates/wording/alike/pairs.txt` holds each word with the characters that may stand wrongly
in the place of its first and of its second: those that make no word and stood nowhere in a year of newspapers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from operator import add, itemgetter

# what may stand on either side: particles and auxiliaries
_PARTICLES = frozenset("的和与及或是了在等较更不很有对把将以并各已均为由被让使向从按因其也还都要能可会应该")
_FIRST, _LAST = "一", "龥"
_BOUND = "|"  # behind it those that are wrong only between known words on both sides
_MARKS = "-|"  # of a row: nothing, and what is bound
_COLUMNS = 2, 1  # of a row, beside a right first character and beside a right second
_WORD = slice(2)  # of a row


class Pairs:
    """The words by their first and by their second character."""

    def __init__(self, lines: str, are_beside: Callable[[str], bool] = bool) -> None:
        self._are_beside = (
            are_beside  # whether two characters stand so in reports; where that is not known, whichever
        )
        rows = [line for line in lines.splitlines() if not line.startswith("#")]
        self.rows = rows  # as they are written: most are never looked at
        self._words = set(map(itemgetter(_WORD), rows))
        self._beginning, self._ending = _Wrongs(rows, 0), _Wrongs(rows, 1)

    def find(self, line: str, there: Iterable[str] | None = None) -> list[tuple[str, int]]:
        """(the right word, where the wrong one stands); `there`: those of the line's `twos` that may be wrong, where known."""
        found = []
        for pair in twos(line) if there is None else there:
            if right := self.right(pair):
                is_first = pair[0] != right[0]  # which of the two is wrong
                found += [
                    (right, at) for at in places(line, pair) if self._is_a_word(line, at, right, is_first)
                ]
        return found

    def has(self, two: str) -> bool:
        """Whether two characters are a known word."""
        return two in self._words

    def right(self, pair: str) -> str:
        """The word that is meant by two characters; "" for a word, and for what is no form of any."""
        if pair in self._words:
            return ""
        return self._beginning.meant(pair[0], pair[1]) or self._ending.meant(pair[1], pair[0])

    def _is_a_word(self, line: str, at: int, word: str, is_first: bool) -> bool:
        """Whether line[at:at+2], of which the first or the second is wrong, stands alone.

        On one side stands a word, a mark or a particle, on the other at least nothing that stands so in reports. The wrong character
        makes no word with its neighbour outside; the right one may where that belongs to another word: 工作|人圆.
        """
        before, behind = line[max(at - 2, 0) : at], line[at + 2 : at + 4]
        left, right = before[-1:] + line[at], line[at + 1] + behind[:1]
        if left in self._words and (is_first or before not in self._words):
            return False
        if right in self._words and (not is_first or behind not in self._words):
            return False
        begins, ends = self._is_border(before[-1:], before), self._is_border(behind[:1], behind)
        if (begins and ends) or not (begins or ends) or self._is_bound(line[at : at + 2], word, is_first):
            return begins and ends
        return (begins and not self._are_beside(right)) or (ends and not self._are_beside(left))

    def is_apart(self, line: str, at: int) -> bool:
        """Whether two characters stand between words, marks and particles, and make no word with what is outside."""
        outside = line[max(at - 1, 0) : at + 1], line[at + 1 : at + 3]
        return self._words.isdisjoint(outside) and self.begins(line, at) and self.ends(line, at + 2)

    def _is_bound(self, pair: str, word: str, is_first: bool) -> bool:
        """Whether a form is one only between known words on both sides: it stands in newspapers where two words meet."""
        side = self._ending if is_first else self._beginning
        free, _, _ = side.wrongs(word).partition(_BOUND)
        return pair[0 if is_first else 1] not in free

    def begins(self, line: str, at: int) -> bool:
        """Whether a word may begin there: behind a known word, a mark or a particle."""
        return self._is_border(line[at - 1 : at] if at else "", line[max(at - 2, 0) : at])

    def ends(self, line: str, at: int) -> bool:
        """Whether a word may end there: before a known word, a mark or a particle."""
        return self._is_border(line[at : at + 1], line[at : at + 2])

    def _is_border(self, char: str, word: str) -> bool:
        return not char or char in _PARTICLES or not _FIRST <= char <= _LAST or word in self._words


class _Wrongs:
    """What may stand wrongly beside a right first (or second) character; its rows are read when it is asked for."""

    def __init__(self, rows: Iterable[str], place: int) -> None:
        self._column, self._place = _COLUMNS[place], place
        self._rows: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            self._rows[row[place]].append(row)

    def wrongs(self, word: str) -> str:
        """What may stand wrongly in a word, as it is written in its row."""
        rows = (row for row in self._rows.get(word[self._place], ()) if row[_WORD] == word)
        return next((self._of(row) for row in rows), "")

    def meant(self, right: str, wrong: str) -> str:
        """The word that is meant where a wrong character stands beside a right one; "" for none."""
        for row in self._rows.get(right, ()):
            if wrong in row and wrong in self._of(row) and wrong not in _MARKS:
                return row[_WORD]
        return ""

    def _of(self, row: str) -> str:
        return row.split(" ")[self._column]


def twos(line: str) -> set[str]:
    """Every two characters that stand side by side in a line."""
    return set(map(add, line, line[1:]))


def places(line: str, piece: str) -> Iterator[int]:
    """Where a piece, most often two characters, begins in a line."""
    at = line.find(piece)
    while at >= 0:
        yield at
        at = line.find(piece, at + 1)
