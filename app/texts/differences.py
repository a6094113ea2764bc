"""What differs between last year's text and this year's, word by word, paragraph against paragraph."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

_WORDS = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z]+|\s+|.", re.S)
_JOINED = re.compile(r"[0-9.,]{2}|[A-Za-z]{2}|\s{2}")  # two characters between which no word ends
_SHORTEST = 2  # equal characters between two changes that are no island of their own
_ALIKE = 0.3  # paragraphs less alike than this are not the same one
_LONGEST = 3_000  # characters of a paragraph that is compared word by word


Span = tuple[int, int]  # [start, end)
_NO_LINE = (0, "")


class Compared(NamedTuple):
    """What is only in the old text, and what is only in the new one."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]


def compare(old: str, new: str) -> Compared:
    """The differences of two texts. A paragraph that is nowhere in the other is different as a whole."""
    before, after = _lines(old), _lines(new)
    gone: list[Span] = []
    come: list[Span] = []
    for i, j in pairs_of(tuple(text for _, text in before), tuple(text for _, text in after)):
        old_at, old_text = before[i] if i is not None else _NO_LINE
        new_at, new_text = after[j] if j is not None else _NO_LINE
        if old_text != new_text:
            found = _of_paragraphs(old_text, new_text)
            gone += ((old_at + a, old_at + b) for a, b in found.old)
            come += ((new_at + a, new_at + b) for a, b in found.new)
    return Compared(tuple(sorted(gone)), tuple(sorted(come)))


def partner(old: str, new: str, place: int) -> tuple[int, int] | None:
    """Where in the old text the paragraph stands that belongs to the one at a character of the new text."""
    before, after = _lines(old), _lines(new)
    at = new.count("\n", 0, place)
    for i, j in pairs_of(tuple(text for _, text in before), tuple(text for _, text in after)):
        if j == at and i is not None:
            return before[i][0], before[i][0] + len(before[i][1])
    return None


def _lines(text: str) -> list[tuple[int, str]]:
    """(where it begins, paragraph)."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found


@lru_cache(maxsize=32)
def pairs_of(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[int | None, int | None], ...]:
    """Which paragraph belongs to which: equal ones first, between them those that are most alike, in order."""
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    masked_old, masked_new = ([_masked(one) for one in side] for side in (old, new))
    for a, b, size in SequenceMatcher(None, masked_old, masked_new, autojunk=False).get_matching_blocks():
        found += _between(old, new, range(i, a), range(j, b))
        found += [(a + n, b + n) for n in range(size)]
        i, j = a + size, b + size
    return tuple(found)


def in_order(pairs: Iterable[tuple[int, int]], old: int, new: int) -> Iterator[tuple[int | None, int | None]]:
    """Both lists as one: `pairs` belong together, and everything else stands alone where it stands in its own list."""
    a = b = 0
    for i, j in [*pairs, (old, new)]:
        yield from ((n, None) for n in range(a, i))
        yield from ((None, n) for n in range(b, j))
        if i < old:
            yield i, j
        a, b = i + 1, j + 1


def _masked(text: str) -> str:
    return re.sub(r"[0-9]+", "0", text.strip())


def _between(
    old: Sequence[str], new: Sequence[str], left: range, right: range
) -> Iterator[tuple[int | None, int | None]]:
    """The best partner after the last one for each new paragraph, if any is alike enough."""
    at = left.start
    taken: set[int] = set()
    for j in right:
        likeness = [(_likeness(old[i], new[j]), -i) for i in range(at, left.stop)]
        best = max(likeness, default=(0.0, 0))
        if best[0] >= _ALIKE:
            at = -best[1] + 1
            taken.add(-best[1])
            yield -best[1], j
        else:
            yield None, j
    yield from ((i, None) for i in left if i not in taken)


@lru_cache(maxsize=512)
def _likeness(old: str, new: str) -> float:
    """How much of the pairs of characters they share: quick, and good enough to find a partner."""
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (_masked(old), _masked(new)))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def stretches(old: str, new: str) -> Iterator[tuple[str, str]]:
    """One paragraph that became another: (sign, text), " " in both, "-" only in the old one, "+" only in the new one.

    All texts but those of "+" are the old paragraph, all but those of "-" the new one, to the character.
    """
    head = _alike_from_start(old, new)
    tail = _alike_from_start(old[head:][::-1], new[head:][::-1])
    first, second = (text[head : len(text) - tail] for text in (old, new))
    found = _of_paragraphs(first, second)
    yield from _signed(" ", old[:head])
    yield from _laid_over(first, second, found)
    yield from _signed(" ", old[len(old) - tail :])


def _signed(sign: str, text: str) -> Iterator[tuple[str, str]]:
    if text:
        yield sign, text


def _alike_from_start(old: str, new: str) -> int:
    """How many characters both begin with, no word or number cut: a long paragraph is compared where it differs."""
    pairs = enumerate(zip(old, new, strict=False))
    end = next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))
    while end and _is_within_word(old, end) | _is_within_word(new, end):
        end -= 1
    return end


def _is_within_word(text: str, at: int) -> bool:
    return _JOINED.fullmatch(text[at - 1 : at + 1]) is not None


def _laid_over(old: str, new: str, found: Compared) -> Iterator[tuple[str, str]]:
    gone, come = dict(found.old), dict(found.new)
    a = b = 0
    while a < len(old) or b < len(new):
        if a in gone:
            yield "-", old[a : gone[a]]
            a = gone[a]
        elif b in come:
            yield "+", new[b : come[b]]
            b = come[b]
        else:
            next_gone = min((start for start in gone if start > a), default=len(old))
            next_come = min((start for start in come if start > b), default=len(new))
            size = min(next_gone - a, next_come - b)
            yield " ", old[a : a + size]
            a, b = a + size, b + size


@lru_cache(maxsize=128)
def _of_paragraphs(old: str, new: str) -> Compared:
    if not old or not new or len(old) + len(new) > 2 * _LONGEST:
        return Compared(_whole(old), _whole(new))
    words_old, words_new = _WORDS.findall(old), _WORDS.findall(new)
    starts_old, starts_new = _starts(words_old), _starts(words_new)
    gone: list[Span] = []
    come: list[Span] = []
    for kind, a, b, c, d in SequenceMatcher(None, words_old, words_new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone.append((starts_old[a], starts_old[b]))
            come.append((starts_new[c], starts_new[d]))
    return Compared(*_without_islands(gone, come))


def _whole(text: str) -> tuple[Span, ...]:
    return ((0, len(text)),) if text else ()


def _starts(words: Sequence[str]) -> list[int]:
    found = [0]
    for word in words:
        found.append(found[-1] + len(word))
    return found


def _without_islands(
    gone: list[tuple[int, int]], come: list[tuple[int, int]]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Changes with hardly an equal character between them are one: words differ, not single characters."""
    old: list[Span] = []
    new: list[Span] = []
    for one, other in zip(gone, come, strict=True):
        if old and (one[0] - old[-1][1] < _SHORTEST and other[0] - new[-1][1] < _SHORTEST):
            old[-1], new[-1] = (old[-1][0], one[1]), (new[-1][0], other[1])
        else:
            old.append(one)
            new.append(other)
    return tuple(one for one in old if one[0] < one[1]), tuple(one for one in new if one[0] < one[1])
