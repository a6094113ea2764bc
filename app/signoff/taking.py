"""Which proposals of an edited copy the report still can take, and the report with some taken, also when it moved on meanwhile."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from app.errors import UserError
from app.form.catalog import form as form_of
from app.form.model import CellRef, Value
from app.importing.source import Comment
from app.report import bindings
from app.report.model import Report
from app.report.totals import with_totals

Line = tuple[str | None, str | None]  # a paragraph of the report, of the copy


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that the edited copy has otherwise. `old` or `new` is "" where a paragraph comes or goes."""

    number: int  # in the list, from 1
    place: str  # in printed words
    old: str
    new: str
    section: str = ""  # of a text
    at: int = -1  # of a text: its line in the section's two texts laid over each other
    cell: CellRef | None = None
    value: Value | None = None  # of a cell: what it becomes
    doubt: str = ""  # why it is not sure what the copy says
    why_not: str = ""  # why the program cannot take it; "" where it can
    comments: tuple[Comment, ...] = ()
    by: str = ""  # who made it and when, where the copy has revisions: 张局长，2026年1月9日

    @property
    def can_be_taken(self) -> bool:
        return not self.why_not


@dataclass(frozen=True)
class EditedCopy:
    """What an edited copy says otherwise; `remarks` are the comments beside what was not changed."""

    report: Report
    proposals: tuple[Proposal, ...]
    remarks: tuple[Comment, ...]
    notes: tuple[str, ...]  # what could not be compared, for people
    lines: Mapping[str, tuple[Line, ...]]  # section → both texts laid over each other

    def taken(self, wanted: Collection[int]) -> Report:
        """The report as it was when the copy was read, with the proposals of these numbers taken."""
        return taken(self, self.report, wanted)

    @property
    def all_numbers(self) -> frozenset[int]:
        """Those that can be taken."""
        return frozenset(one.number for one in self.proposals if one.can_be_taken)


class State(Enum):
    """How a proposal stands to the report as it is now."""

    OPEN = "待定"  # the report still says what it said when the copy was read
    TAKEN = "已采用"  # it says what the copy says
    MOVED = "报告已改"  # it says a third thing
    REFUSED = "不能采用"


def states(copy: EditedCopy, report: Report) -> Mapping[int, State]:
    """Of every proposal by its number: told from the report alone, so that undo is seen too."""
    placed = {section: Placed.of(lines, report.paragraphs(section)) for section, lines in copy.lines.items()}
    return {one.number: _state(one, copy, report, placed) for one in copy.proposals}


def taken(copy: EditedCopy, report: Report, wanted: Collection[int]) -> Report:
    """The report with the proposals of these numbers taken; totals follow. UserError for one that cannot be taken."""
    chosen = _open_ones(copy, report, wanted)
    values = {one.cell: one.value for one in chosen if one.cell is not None}
    made = with_totals(report, report.with_values(values), form_of(report.form), values)
    for section in dict.fromkeys(one.section for one in chosen if one.section):
        at = {one.at for one in chosen if one.section == section}
        placed = Placed.of(copy.lines[section], report.paragraphs(section))
        made = bindings.with_text(made, section, "\n".join(placed.with_taken(at)))
    return made


def _open_ones(copy: EditedCopy, report: Report, wanted: Collection[int]) -> list[Proposal]:
    """Those of the wanted ones that are not taken yet. UserError for one that cannot be."""
    chosen = [one for one in copy.proposals if one.number in wanted]
    if unknown := set(wanted) - {one.number for one in chosen}:
        raise UserError(f"没有第{min(unknown)}条改动", f"这份改稿共有{len(copy.proposals)}条")
    now = states(copy, report)
    for one in chosen:
        if now[one.number] is State.REFUSED:
            raise UserError(f"第{one.number}条不能由程序采用：{one.why_not}", "请自己核对、修改")
        if now[one.number] is State.MOVED:
            raise UserError(f"第{one.number}条对应的地方，读改稿以后又改过", "请自己核对、修改")
    return [one for one in chosen if now[one.number] is State.OPEN]


def place_of(copy: EditedCopy, report: Report, one: Proposal) -> tuple[int, int]:
    """[start, end) of a proposal's paragraph in its section as it is now; where it would stand, or stood, when there is none."""
    placed = Placed.of(copy.lines[one.section], report.paragraphs(one.section))
    at = placed.before(one.at)
    start = sum(len(text) + 1 for text in placed.texts[:at])
    length = len(placed.texts[at]) if placed.found[one.at] is not None else 0
    whole = sum(len(text) + 1 for text in placed.texts) - 1
    return min(start, max(0, whole)), min(start + length, max(0, whole))


def _state(one: Proposal, copy: EditedCopy, report: Report, placed: Mapping[str, "Placed"]) -> State:
    if one.why_not:
        return State.REFUSED
    if one.cell is None:
        return placed[one.section].state(one.at)
    if report[one.cell] == one.value:
        return State.TAKEN
    return State.OPEN if report[one.cell] == copy.report[one.cell] else State.MOVED


@dataclass(frozen=True)
class Placed:
    """Both texts of a section laid over each other, and in `found` which paragraph of the present text each line is."""

    lines: tuple[Line, ...]
    texts: tuple[str, ...]
    found: tuple[int | None, ...]

    @classmethod
    def of(cls, lines: Sequence[Line], texts: Sequence[str]) -> "Placed":
        """The most lines in their order that still stand, as they were or as the copy has them."""
        return cls(tuple(lines), tuple(texts), tuple(_found(lines, texts)))

    def state(self, at: int) -> State:
        old, new = self.lines[at]
        here = self.found[at]
        if here is not None:
            return State.TAKEN if _plain(self.texts[here]) == _plain(new) else State.OPEN
        if not self._is_whole_around(at):
            return State.MOVED
        return State.OPEN if old is None else State.TAKEN if new is None else State.MOVED

    def _is_whole_around(self, at: int) -> bool:
        """Whether nothing unknown stands between the lines before and after: what is absent is only not there."""
        before = next((n for n in reversed(self.found[:at]) if n is not None), -1)
        after = next((n for n in self.found[at + 1 :] if n is not None), len(self.texts))
        return after == before + 1

    def before(self, at: int) -> int:
        """The paragraph of the present text that a line is, or before which it would stand."""
        here = self.found[at]
        if here is not None:
            return here
        return next((n for n in reversed(self.found[:at]) if n is not None), -1) + 1

    def with_taken(self, taken: Collection[int]) -> Iterator[str]:
        """The paragraphs of the present text with these lines as the copy has them."""
        instead = {self.found[at]: self.lines[at][1] for at in taken if self.found[at] is not None}
        put_in: dict[int, list[str]] = {}
        for at in sorted(taken):
            if self.found[at] is None and (new := self.lines[at][1]) is not None:
                put_in.setdefault(self.before(at), []).append(new)
        for number in range(len(self.texts) + 1):
            yield from put_in.get(number, [])
            if number < len(self.texts):
                text = instead.get(number, self.texts[number])
                if text is not None:
                    yield text


def _found(lines: Sequence[Line], texts: Sequence[str]) -> Iterator[int | None]:
    """The longest common sequence of lines and paragraphs."""
    says = [{_plain(side) for side in line if side is not None} for line in lines]
    plain = [_plain(text) for text in texts]
    most = _lengths(says, plain)
    j = 0
    for i, said in enumerate(says):
        while j < len(plain) and most[i][j] == most[i][j + 1] and most[i][j] > most[i + 1][j]:
            j += 1
        is_here = j < len(plain) and plain[j] in said and most[i][j] == most[i + 1][j + 1] + 1
        yield j if is_here else None
        j += is_here


def _lengths(says: Sequence[Collection[str]], plain: Sequence[str]) -> list[list[int]]:
    """How many of the lines from i on stand among the paragraphs from j on."""
    most = [[0] * (len(plain) + 1) for _ in range(len(says) + 1)]
    for i in reversed(range(len(says))):
        for j in reversed(range(len(plain))):
            both = most[i + 1][j + 1] + 1 if plain[j] in says[i] else 0
            most[i][j] = max(both, most[i + 1][j], most[i][j + 1])
    return most


def _plain(text: str | None) -> str:
    return (text or "").strip()
