"""Set words of office Chinese with one character that sounds or looks like the right one: 高度重示, 知请权, 建全机制 (D-09).

Where a table names each wrong form, this names the right ones: `templates/wording/alike/` holds words of three or four characters that
stand together in every report, the characters that sound alike and those that look alike. A text is wrong where it has such a word
but for one character, and that one is alike. What is right all the same is written behind the word: 群众办事!群众办实.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from app.checks.language.pairs import Pairs, places, twos
from app.checks.language.slips import Slips, spared
from app.checks.language.tokens import with_index
from app.checks.language.whole_words import WholeWords, whole_words

_FILES = "words.txt", "sounds.txt", "shapes.txt", "pairs.txt", "terms.txt"
_SHORT = 3
_BETWEEN = "\n"  # no character of a word
_ENDS = "|"  # behind it the characters with which a word ends or begins
_MOST = 10_000  # pairs of characters that are remembered: a year of reports has fewer
# what is a word of its own: 知情权和 is no 知情权利, 申请仍在办理 no 申请人在办理
_PARTICLES = frozenset("和与的地得及或是了在等有为以把被由从向而且仍也都均已还将再又才就并各应可能要需")
# what may stand beside a word of three characters whose first or last is wrong: 重要形式 is no 重要性
_EDGE = frozenset("的和与及或是了在等较更不很有对把将以并、，。；：！？（）()“”《》,;: \t\n")


class Misheard(NamedTuple):
    """A word with a wrong character where it stands in a line."""

    wrong: str
    right: str
    start: int
    end: int
    is_sure: bool = True  # False: of two characters, which may yet be something else


class _Meant(NamedTuple):
    """Which of two characters, 0 or 1, is wrong, what it should be, and what stands before and behind the two in longer words."""

    side: int
    right: str
    before: str
    behind: str


class _Doubt(NamedTuple):
    """What two characters side by side may be of: words with one that is wrong, a word of two, a term with a slip."""

    meant: tuple["_Meant", ...]
    is_pair: bool
    is_slip: bool


class Alike:
    """The words, and which characters may stand wrongly beside another."""

    def __init__(
        self,
        words: str,
        sounds: str,
        shapes: str,
        pairs: str = "",
        terms: str = "",
        *,
        whole: WholeWords | None = None,
    ) -> None:
        self.whole = whole or WholeWords("")  # what a wrong form may only cut through
        self.pairs = Pairs(pairs, self.whole.are_beside)
        # each with what is right beside it
        known, beside = with_index(words)
        self.words = spared(known)
        self.neighbours = Neighbours(beside or Neighbours.index(self.words))
        fixed, index = with_index(terms)
        self.slips = Slips(self.words | spared(fixed), index, self.pairs, self.whole)
        groups = [*sounds.split(), *shapes.split()]
        self._doubts = _Doubts(self.neighbours, groups, self.pairs, self.slips, self.whole.are_beside)

    @cached_property
    def _halves(self) -> set[str]:
        """The halves of the words of four characters."""
        return {half for word in self.words if len(word) > _SHORT for half in (word[:2], word[2:])}

    def find(self, line: str, there: Set[str] | None = None) -> list[Misheard]:
        """Every word in the line that is right but for one character; of those that meet the longest. `there`: its `twos`, where known."""
        found: list[Misheard] = []
        there = twos(line) if there is None else there
        for one in sorted(self._all(line, there), key=_by_length):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
        return sorted(found, key=lambda one: one.start)

    def _all(self, line: str, there: Set[str]) -> Iterator[Misheard]:
        """A wrong character stands beside a right one of its word: only where two such stand is looked."""
        known = self._doubts
        doubts = [(two, doubt) for two in filter(known.__getitem__, there) if (doubt := known[two])]
        yield from self._of_words(line, doubts)
        for right, at in self.pairs.find(line, [two for two, doubt in doubts if doubt.is_pair]):
            wrong, is_first = (at + 1, False) if line[at] == right[0] else (at, True)
            if not self._is_of_a_word(line, wrong, is_first):
                yield Misheard(line[at : at + 2], right, at, at + 2, is_sure=False)
        for start, end, term in self.slips.find(line, [two for two, doubt in doubts if doubt.is_slip]):
            yield Misheard(line[start:end], term, start, end, is_sure=False)

    def _of_words(self, line: str, doubts: list[tuple[str, _Doubt]]) -> Iterator[Misheard]:
        """Words of three and four characters with a wrong one: most have only the two of a doubt, and are not looked for."""
        found: set[tuple[int, str]] = set()
        for two, doubt in doubts:
            for at in places(line, two) if doubt.meant else ():
                before, behind = line[at - 1 : at] or _BETWEEN, line[at + 2 : at + 3] or _BETWEEN
                found.update(
                    (at + one.side, one.right)
                    for one in doubt.meant
                    if before in one.before or behind in one.behind
                )
        for at, right in found:
            yield from self._with(line, at, right)

    def stands(self, word: str, at: int) -> bool:
        """Whether a character stands beside its neighbours in a word as it does in reports: 实时 of 组织实时."""
        are_beside = self.whole.are_beside
        return (at > 0 and are_beside(word[at - 1 : at + 1])) or are_beside(word[at : at + 2])

    def _is_of_a_word(self, line: str, at: int, is_first: bool) -> bool:
        """Whether a character makes a known word with its neighbour outside: 形式 of 各类形式."""
        two = line[at - 1 : at + 1] if is_first else line[at : at + 2]
        return self.pairs.has(two) or two in self._halves

    def _with(self, line: str, at: int, right: str) -> Iterator[Misheard]:
        """The words with `right` at a place of the line, where what stands there is neither a word nor spared."""
        for length in (_SHORT + 1, _SHORT):
            for start in range(max(at - length + 1, 0), at + 1):
                word = line[start:at] + right + line[at + 1 : start + length]
                spared = self.words.get(word)
                stands = line[start : start + length]
                if spared is None or stands in self.words or stands in spared:
                    continue
                if self.stands(stands, at - start):
                    continue
                if start < at < start + length - 1 or self._is_no_other_word(line, at, start == at, length):
                    yield Misheard(stands, word, start, start + length)

    def _is_no_other_word(self, line: str, at: int, is_first: bool, length: int) -> bool:
        """Whether a character that is wrong at the edge of a word belongs to no other: 知情权和表达权, 聚焦主题高质量推进."""
        if line[at] in _PARTICLES or (length == _SHORT and not _is_edge(line, at, is_first)):
            return False
        return not self._is_of_a_word(line, at, is_first)


class Neighbours:
    """Which characters stand side by side in the words, as the end of words.txt tells.

    公+布|开示-不|务: what stands behind 公, then what stands before it; behind | what ends a word with it, or begins one.
    """

    def __init__(self, index: Mapping[str, str]) -> None:
        self._index = index
        self._sides: dict[str, tuple[str, str]] = {}  # of the characters that were asked for

    @staticmethod
    def index(words: Iterable[str]) -> dict[str, str]:
        """The index as it must stand in the file."""
        sides: defaultdict[str, list[set[str]]] = defaultdict(lambda: [set(), set(), set(), set()])
        for word in words:
            for at in range(len(word) - 1):
                sides[word[at]][at == len(word) - 2].add(word[at + 1])
                sides[word[at + 1]][2 + (at == 0)].add(word[at])
        found = {}
        for char in sorted(sides):
            inside, ends, within, begins = sides[char]
            behind, before = (
                f"{''.join(sorted(one - edge))}|{''.join(sorted(edge))}"
                for one, edge in ((inside, ends), (within, begins))
            )
            found[char] = f"{behind}-{before}"
        return found

    def of(self, char: str) -> tuple[str, str]:
        """What stands behind a character, and what stands before it."""
        if char not in self._sides:
            behind, _, before = self._index.get(char, "").partition("-")
            self._sides[char] = behind, before
        return self._sides[char]


class _Doubts(dict[str, "_Doubt | None"]):
    """Two characters → what they may be of, None for nothing; judged when they first stand in a text.

    Two that stand in a word are judged only as its first or last: 权力 of 权力清单 in 合法权力.
    """

    def __init__(
        self,
        neighbours: Neighbours,
        groups: list[str],
        pairs: Pairs,
        slips: Slips,
        are_beside: Callable[[str], bool],
    ) -> None:
        self._neighbours, self._like, self._pairs, self._slips = neighbours, _like(groups), pairs, slips
        self._are_beside = are_beside

    def __missing__(self, two: str) -> _Doubt | None:
        if len(self) >= _MOST:
            self.clear()
        meant = () if self._are_beside(two) else self._meant(two)  # what stands so in reports is no mistake
        doubt = _Doubt(tuple(meant), bool(self._pairs.right(two)), self._slips.may_be(two))
        self[two] = doubt if any(doubt) else None
        return self[two]

    def _meant(self, two: str) -> Iterator[_Meant]:
        first, second = two[0], two[1]
        of = self._neighbours.of
        behind, before = of(first)[0], of(second)[1]
        if second in behind:
            behind, before = behind.partition(_ENDS)[2], before.partition(_ENDS)[2]
        for right in self._taken_for(second, behind):
            yield _Meant(1, right, of(first)[1], of(right)[0])
        for right in self._taken_for(first, before):
            yield _Meant(0, right, of(right)[1], of(second)[0])

    def _taken_for(self, char: str, others: str) -> list[str]:
        like = self._like.get(char, "")
        return [right for right in others if right in like and right != char]


def _by_length(one: Misheard) -> tuple[int, int, bool, str]:
    """The longest first, then in their order; what is sure before what is not."""
    return one.start - one.end, one.start, not one.is_sure, one.right


def _like(groups: list[str]) -> dict[str, str]:
    """A character → all that sound or look like it."""
    found: dict[str, str] = {}
    for group in groups:
        for char in group:
            found[char] = found[char] + group if char in found else group
    return found


def _is_edge(line: str, missed: int, is_first: bool) -> bool:
    """Whether a character that is wrong at the edge of a short word has no neighbour to which it may belong."""
    beside = line[missed - 1 : missed] if is_first and missed else line[missed + 1 : missed + 2]
    return not beside or beside in _EDGE or beside.isdigit() or (is_first and not missed)


@lru_cache(maxsize=4)
def alike(folder: Path) -> Alike:
    """The words of a folder, read once."""
    words, sounds, shapes, pairs, terms = ((folder / name).read_bytes().decode() for name in _FILES)
    return Alike(words, sounds, shapes, pairs, terms, whole=whole_words(folder / "whole.txt"))
