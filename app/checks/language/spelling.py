"""Misspellings and confused words by tables (templates/wording/*.tsv): a wrong word, its neighbours, what is said of it (D-09).

A table is a text of columns parted by tabs, which a clerk opens in a spreadsheet: 错 对 等级 前 后 理由 应报 不报. A text is looked
through once however long the tables are: only where it has two characters that mark a wrong word is that word looked at.
"""

from collections.abc import Iterable, Iterator, Set
from functools import cached_property, lru_cache
from typing import NamedTuple

from app.checks.language.pairs import twos
from app.form.model import Severity
from app.patterns import lazily

WRONG, RIGHT, GRADE, BEFORE, AFTER, REASON = "错", "对", "等级", "前", "后", "理由"
_COLUMNS = (WRONG, RIGHT, GRADE, BEFORE, AFTER, REASON)
CERTAIN, DOUBTFUL, HINT, UNUSED = "必错", "疑似", "提示", "不用"
_GRADES = {CERTAIN: Severity.WARNING, DOUBTFUL: Severity.WARNING, HINT: Severity.INFO}
_KNOWN_GRADES = frozenset((*_GRADES, UNUSED))
_NEAR = 12  # characters within which a word of the same clause counts as near
_FAR = 30  # and within which one of the same sentence does
# ，。；: no neighbour stands beyond them
_CLAUSE_END = lazily(r"[，。；：！？\n,;]")
_NOWHERE = 1_000
# 。！？: nothing that a sentence says is beyond them
_SENTENCE_END = lazily(r"[。！？\n]")
_ANY, _NOT, _NEARBY, _DIGIT = "/", "!", "…", "#"


class Entry(NamedTuple):
    """A line of a table as it is written."""

    wrong: str
    right: str
    grade: str
    before: str
    after: str
    reason: str

    @property
    def severity(self) -> Severity:
        return _GRADES[self.grade]

    @property
    def is_certain(self) -> bool:
        return self.grade == CERTAIN

    @property
    def message(self) -> str:
        if not self.right:
            return f"“{self.wrong}”：{self.reason or '请核对用词'}"
        if self.is_certain:
            return f"“{self.wrong}”应为“{self.right}”"
        word = "疑应为" if self.grade == DOUBTFUL else "宜为"
        return f"“{self.wrong}”{word}“{self.right}”" + (f"：{self.reason}" if self.reason else "")

    def fits(self, line: str, start: int) -> bool:
        """Whether what stands before and behind it there makes it wrong."""
        end = start + len(self.wrong)
        return _fits(self.before, line[max(start - _FAR, 0) : start], False) and _fits(
            self.after, line[end : end + _FAR], True
        )


class Spelt(NamedTuple):
    """An entry where it stands in a line."""

    entry: Entry
    start: int
    end: int


class Spelling:
    """All entries in force, by two characters that stand in the wrong word and not in the right one."""

    def __init__(self, entries: tuple[Entry, ...] = (), unused: frozenset[str] = frozenset()) -> None:
        self.entries = entries
        self.unused = unused  # wrong words that a county's table takes away

    @cached_property
    def _by_two(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(_mark(entry), []).append(entry)
        return found

    @cached_property
    def known(self) -> frozenset[str]:
        """Every wrong word of the tables, in force or taken away: whether it is wrong somewhere only they say."""
        return self.unused | {one.wrong for one in self.entries}

    def find(self, line: str, bare: str, there: Set[str] | None = None) -> tuple[Spelt, ...]:
        """Every entry that stands in the line; what is only doubtful is not looked for in the quotations that `bare` lacks."""
        found: list[Spelt] = []
        for two in (twos(line) if there is None else there) & self._by_two.keys():
            for entry in self._by_two[two]:
                if entry.wrong in line:
                    found += _places(entry, line if entry.is_certain else bare)
        return tuple(_outermost(found)) if len(found) > 1 else tuple(found)


def _mark(entry: Entry) -> str:
    """The two characters by which an entry is looked for: those that its right word lacks stand in few texts."""
    wrong, right = entry.wrong, entry.right
    for at in range(len(wrong) - 1):
        if wrong[at : at + 2] not in right:
            return wrong[at : at + 2]
    return wrong[:2]


def _places(entry: Entry, line: str) -> Iterator[Spelt]:
    at = line.find(entry.wrong)
    while at >= 0:
        if entry.fits(line, at):
            yield Spelt(entry, at, at + len(entry.wrong))
        at = line.find(entry.wrong, at + 1)


def _outermost(found: list[Spelt]) -> Iterator[Spelt]:
    """One thing is said of one place: the longer word speaks for those that it covers or meets."""
    end = -1
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


def _fits(condition: str, side: str, is_behind: bool) -> bool:
    """Whether one side of a word is as its column says: 甲/乙 must stand there, !甲/乙 must not, … within the clause, …… the sentence."""
    return all(_holds(one, side, is_behind) for one in _parts(condition)) if condition else True


class _Part(NamedTuple):
    is_wanted: bool
    nearness: int  # 1: …, within the clause; 2: ……, within the sentence
    words: tuple[str, ...]


@lru_cache(maxsize=2048)
def _parts(condition: str) -> tuple[_Part, ...]:
    """The parts of a condition, which blanks divide."""
    found = []
    for part in condition.split():
        is_wanted = not part.startswith(_NOT)
        rest = part.removeprefix(_NOT)
        words = tuple(one for one in rest.lstrip(_NEARBY).split(_ANY) if one)
        found.append(_Part(is_wanted, len(rest) - len(rest.lstrip(_NEARBY)), words))
    return tuple(found)


def _holds(part: _Part, side: str, is_behind: bool) -> bool:
    if part.nearness:
        near = side if part.nearness > 1 else side[:_NEAR] if is_behind else side[-_NEAR:]
        pieces = (_SENTENCE_END if part.nearness > 1 else _CLAUSE_END).split(near)
        clause = pieces[0 if is_behind else -1]
        return any(word in clause for word in part.words) is part.is_wanted
    stands = side.startswith if is_behind else side.endswith
    next_to = side[:1] if is_behind else side[-1:]
    there = stands(tuple(word for word in part.words if word != _DIGIT))
    return (there or (_DIGIT in part.words and next_to.isdigit())) is part.is_wanted


def read_table(text: str, *, is_neat: bool = False) -> tuple[Entry, ...]:
    """The lines of a table. ValueError names the first that cannot be used. `is_neat`: no cell has blanks around it."""
    columns = _FIRST
    found: list[Entry] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = line.split("\t", columns[-1]) if is_neat else _trimmed(line, columns[-1])
        if cells[0].startswith("#") or not line.strip():
            continue
        if cells[0] == WRONG:
            columns = _columns(_trimmed(line))
        else:
            found.append(_entry(cells, columns, number))
    return tuple(found)


def _trimmed(line: str, most: int = -1) -> list[str]:
    return [cell.strip() for cell in line.split("\t", most)]


def _columns(head: list[str]) -> tuple[int, ...]:
    """Where each column of an entry stands in a line, behind every line where the table has none; then how many are looked at."""
    places = [head.index(name) if name in head else _NOWHERE for name in _COLUMNS]
    found = (*places, max((place for place in places if place < _NOWHERE), default=0) + 1)
    return _FIRST if found == _FIRST else found


_FIRST = (*range(len(_COLUMNS)), len(_COLUMNS))  # as the program's own stand


def _entry(cells: list[str], columns: tuple[int, ...], number: int) -> Entry:
    if columns is not _FIRST or len(cells) < len(_COLUMNS):
        cells = [cells[at] if at < len(cells) else "" for at in columns[:-1]]
    wrong, right, grade, before, after, reason = cells[: len(_COLUMNS)]
    if len(wrong) < 2:
        raise ValueError(f"line {number}: “{wrong}”不足两个字")
    if grade and grade not in _KNOWN_GRADES:
        raise ValueError(f"line {number}: 等级“{grade}”不是必错、疑似、提示或者不用")
    if wrong == right:
        raise ValueError(f"line {number}: “{wrong}”的“错”和“对”相同")
    return Entry(wrong, right, grade or CERTAIN, before, after, reason)


def decoded(data: bytes) -> str:
    """The text of a table as editors and spreadsheets save it: UTF-8, UTF-16 with its mark, GB 18030."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def in_force(entries: Iterable[Entry]) -> Spelling:
    """What is in force of all tables in their order: a later line of a word takes the place of an earlier, 不用 takes it away."""
    last = {one.wrong: one for one in entries}
    unused = frozenset(one.wrong for one in last.values() if one.grade == UNUSED)
    return Spelling(tuple(one for one in last.values() if one.grade != UNUSED), unused)
