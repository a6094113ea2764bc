"""Set words of office Chinese with one character that sounds or looks like the right one: 高度重示, 知请权, 建全机制 (D-09).

Where a table names each wrong form, this names the right ones: `templates/wording/alike/` holds words of three or four characters that
stand together in every report, the characters that sound alike and those that look alike. A text is wrong where it has such a word
but for one character, and that one is alike. What is right all the same is written behind the word: 群众办事!群众办实.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, count
from operator import add
from pathlib import Path
from typing import NamedTuple

from app.checks.language.pairs import Pairs

_FILES = "words.txt", "sounds.txt", "shapes.txt", "pairs.txt"
_SHORT = 3
# what may stand beside a word of three characters whose first or last is wrong: 重要形式 is no 重要性
_EDGE = frozenset("的和与及或是了在等较更不很有对把将以并、，。；：！？（）()“”《》,;: \t\n")


class Misheard(NamedTuple):
    """A word with a wrong character where it stands in a line."""

    wrong: str
    right: str
    start: int
    end: int
    is_sure: bool = True  # False: of two characters, which may yet be something else


class Alike:
    """The words, by what is left of them when their first, second, third or last character is taken out."""

    def __init__(self, words: str, sounds: str, shapes: str, pairs: str = "") -> None:
        self.pairs = Pairs(pairs)
        self.words: dict[str, tuple[str, ...]]  # each with what is right beside it
        self._groups = "\n".join(["", *sounds.split(), *shapes.split(), ""])
        self._of: dict[
            str, str
        ] = {}  # character → all that sound or look like it, found when it is first asked for
        tokens = list(_tokens(words))
        spared = dict(_spared(token) for token in tokens if "!" in token)
        self.words = dict.fromkeys((token for token in tokens if "!" not in token), ()) | spared
        self._long = _gaps([word for word in self.words if len(word) > _SHORT], _SHORT + 1)
        self._short = _gaps([word for word in self.words if len(word) == _SHORT], _SHORT)
        long = [word for word in self.words if len(word) > _SHORT]
        self._heads, self._tails = _halves(long, 0), _halves(long, 2)

    def find(self, line: str) -> list[Misheard]:
        """Every word in the line that is right but for one character; of those that meet the longest."""
        found: list[Misheard] = []
        for one in sorted(self._all(line), key=lambda one: (one.start - one.end, one.start)):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
        return sorted(found, key=lambda one: one.start)

    def _all(self, line: str) -> Iterator[Misheard]:
        """One character is wrong, so two beside each other are right in all but one case: only where such two stand is looked."""
        two = list(map(add, line, line[1:]))
        for left, rights, where in self._misfits(line, two):
            yield from self._wrong(line, left, rights, where)
        for right, at in self.pairs.find(line, set(two)):
            yield Misheard(line[at : at + 2], right, at, at + 2, is_sure=False)

    def _misfits(self, line: str, two: list[str]) -> list[tuple[str, str, tuple[int, int]]]:
        """What is left of a word, what may stand in its gap, and which character of it stands there in the line, that is none of these."""
        looked = list(self._half_right(line, two))
        known = self._short
        looked += [(known, 2, at) for at in compress(count(), map(known[2].__contains__, two))]
        looked += [(known, 0, at) for at in compress(count(-1), map(known[0].__contains__, two)) if at >= 0]
        gap = map(add, line, line[2:])
        looked += [(known, 1, at) for at in compress(count(), map(known[1].__contains__, gap))]
        found = []
        for gaps, missed, start in looked:
            word = line[start : start + len(gaps)]
            left = word[:missed] + word[missed + 1 :]
            rights = gaps[missed].get(left)
            if rights is not None and word[missed : missed + 1] not in rights:
                found.append((left, rights, (start + missed, missed)))
        return found

    def _half_right(self, line: str, two: list[str]) -> Iterator[tuple[tuple[dict[str, str], ...], int, int]]:
        """Where three characters of a word of four may stand: the words, the place of the one that may be wrong, the beginning."""
        starts = range(len(line) - _SHORT)
        for at in compress(starts, map(self._heads.__contains__, two)):
            third, fourth = self._heads[two[at]]
            if line[at + 3] in fourth:
                yield self._long, 2, at
            if line[at + 2] in third:
                yield self._long, 3, at
        for at in compress(starts, map(self._tails.__contains__, two[2:])):
            first, second = self._tails[two[at + 2]]
            if line[at + 1] in second:
                yield self._long, 0, at
            if line[at] in first:
                yield self._long, 1, at

    def _wrong(self, line: str, left: str, rights: str, where: tuple[int, int]) -> Iterator[Misheard]:
        """What the character at a place should be, if it is like one of those that are right there."""
        place, missed = where
        char, start = line[place], place - missed
        if len(left) + 1 == _SHORT and missed != 1 and not _is_edge(line, place, missed == 0):
            return
        for right in rights:
            stands, word = (left[:missed] + one + left[missed:] for one in (char, right))
            if self._are_alike(char, right) and stands not in self.words[word]:
                yield Misheard(stands, word, start, start + len(word))
                return

    def _are_alike(self, one: str, other: str) -> bool:
        known = self._of.get(one)
        if known is None:
            known = self._of[one] = "".join(_groups_of(one, self._groups))
        return other in known


def _gaps(words: list[str], length: int) -> tuple[dict[str, str], ...]:
    """For each place of a character: what is left of the words without it → the characters that may stand in the gap."""
    found = []
    for missed in range(length):
        lefts = [word[:missed] + word[missed + 1 :] for word in words]
        rights = [word[missed] for word in words]
        known = dict(zip(lefts, rights, strict=True))
        for left, right in zip(lefts, rights, strict=True):
            if right not in known[left]:
                known[left] += right
        found.append(known)
    return tuple(found)


def _halves(words: list[str], begin: int) -> dict[str, tuple[str, str]]:
    """The two characters of words of four that begin at a place → all that stand in the other two places."""
    found: dict[str, tuple[str, str]] = {}
    for word in words:
        half, one, other = word[begin : begin + 2], word[2 - begin], word[3 - begin]
        known = found.get(half, ("", ""))
        found[half] = (known[0] + one, known[1] + other)
    return found


def _spared(token: str) -> tuple[str, tuple[str, ...]]:
    """群众办事!群众办实: a word with what is right beside it."""
    word, _, spared = token.partition("!")
    return word, tuple(spared.split("/"))


def _groups_of(char: str, groups: str) -> Iterator[str]:
    """The lines that hold a character."""
    at = -1 if char.isspace() else groups.find(char)
    while at >= 0:
        end = groups.index("\n", at)
        yield groups[groups.rindex("\n", 0, at) : end]
        at = groups.find(char, end)


def _is_edge(line: str, missed: int, is_first: bool) -> bool:
    """Whether a character that is wrong at the edge of a short word has no neighbour to which it may belong."""
    beside = line[missed - 1 : missed] if is_first and missed else line[missed + 1 : missed + 2]
    return not beside or beside in _EDGE or beside.isdigit() or (is_first and not missed)


def _tokens(words: str) -> Iterator[str]:
    for line in words.splitlines():
        if not line.startswith("#"):
            yield from line.split()


@lru_cache(maxsize=4)
def alike(folder: Path) -> Alike:
    """The words of a folder, read once."""
    return Alike(*((folder / name).read_text(encoding="utf-8") for name in _FILES))
