"""Forms that came back → one list of proposals for a report: cell, old, new, from whom; nothing is put in unasked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.collecting.returned import Returned
from app.form.catalog import form as form_of
from app.form.model import CellRef, Value
from app.report.entry import canonical_money, show_value
from app.report.model import Contribution, Report
from app.report.totals import with_totals


class State(StrEnum):
    """How a proposal stands. Only `READY` goes in without a further word."""

    READY = "ready"  # everybody's number is there, and the cell is blank
    SAME = "same"  # the cell already holds it
    CONFLICT = "conflict"  # the cell holds another number
    INCOMPLETE = "incomplete"  # somebody left it blank, or wrote what is no number
    DISPUTED = "disputed"  # one unit sent two different numbers
    EMPTY = "empty"  # nobody filled it


TITLES = {
    State.READY: "可以填入",
    State.CONFLICT: "报告里已经是别的数",
    State.DISPUTED: "同一个单位报了不同的数",
    State.INCOMPLETE: "有单位没有填清，合计不完整，不填入",
    State.SAME: "报告里已经是这个数",
}


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit gave for one cell; without a value `lack` says why."""

    unit: str
    value: Value | None
    lack: str = ""
    is_disputed: bool = False
    contact: str = ""

    @property
    def words(self) -> str:
        """东村 3; 西村 未填."""
        return f"{self.unit}{show_value(self.value)}" if self.value is not None else f"{self.unit}{self.lack}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One cell: what the report holds, what the units' numbers come to (of those that are there), and each unit's."""

    ref: CellRef
    old: Value | None
    new: Value | None
    parts: tuple[Part, ...]
    state: State

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.value is None)


@dataclass(frozen=True)
class Collected:
    """All of it. `left_out` are forms that are not counted, (file, why); `notes` what the clerk must know of the others."""

    units: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    used: tuple[Returned, ...] = ()

    def of(self, *states: State) -> tuple[Proposal, ...]:
        return tuple(one for one in self.proposals if one.state in states)

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left to ask anybody."""
        return (
            not self.left_out
            and not self.notes
            and all(one.state in (State.READY, State.SAME) for one in self.proposals)
        )


def collect(report: Report, forms: Sequence[Returned]) -> Collected:
    """Add up what the units gave, cell by cell, and hold it against the report. The report is not changed."""
    used = [one for one in forms if not _why_not(report, one)]
    left_out = [(one.file, why) for one in forms if (why := _why_not(report, one))]
    units: dict[str, list[Returned]] = {}
    for one in used:
        units.setdefault("".join(one.name.split()), []).append(one)
    form = form_of(report.form)
    asked = set().union(*(one.asked for one in used))
    proposals = tuple(
        _proposal(report, ref, tuple(_parts(ref, units.values()))) for ref in form.inputs if ref in asked
    )
    names = tuple(forms[0].name for forms in units.values())
    return Collected(names, proposals, tuple(left_out), tuple(_notes(units.values())), tuple(used))


def apply(report: Report, proposals: Iterable[Proposal]) -> Report:
    """A report with these numbers put in, whatever was in their cells, and who gave them; the totals brought along: one step."""
    taken = [one for one in proposals if one.new is not None]
    changes = {one.ref: one.new for one in taken}
    made = with_totals(report, report.with_values(changes), form_of(report.form), changes)
    return replace(made, collected=_kept(report.collected, taken))


def givers(report: Report, ref: CellRef) -> tuple[Contribution, ...]:
    """The units whose numbers were put into a cell, as long as it still holds their sum; each with this cell alone."""
    found = tuple(
        replace(one, cells=tuple(pair for pair in one.cells if pair[0] == ref))
        for one in report.collected
        if ref in dict(one.cells)
    )
    return found if report[ref] == _sum([one.cells[0][1] for one in found]) else ()


def _kept(before: Iterable[Contribution], taken: Sequence[Proposal]) -> tuple[Contribution, ...]:
    """What each unit gave: of cells that are put in now only what was given for them now."""
    now = {one.ref for one in taken}
    units = {
        one.unit: (one.contact, {ref: value for ref, value in one.cells if ref not in now}) for one in before
    }
    for one in taken:
        for part in one.parts:
            if part.value is not None:
                contact, cells = units.get(part.unit, ("", {}))
                units[part.unit] = part.contact or contact, {**cells, one.ref: part.value}
    return tuple(
        Contribution(unit, contact, tuple(cells.items())) for unit, (contact, cells) in units.items() if cells
    )


# -- one by one ------------------------------------------------------------------------------------------------------------


def _why_not(report: Report, one: Returned) -> str:
    if one.year != report.year:
        return f"是{one.year}年的收数表，报告是{report.year}年的"
    if one.form != report.form:
        return f"是{one.form}年版格式的收数表，报告用的是{report.form}年版"
    return ""


def _notes(units: Iterable[Sequence[Returned]]) -> Iterator[str]:
    for forms in units:
        for one in forms:
            yield from _notes_of(one)
        if len(forms) > 1:
            files = "、".join(f"“{one.file}”" for one in forms)
            same = all((one.values, one.unread) == (forms[0].values, forms[0].unread) for one in forms)
            how = "内容相同，只算一份" if same else "各格合在一起算，不重复相加"
            yield f"{forms[0].name}报了{len(forms)}份（{files}），{how}"


def _notes_of(one: Returned) -> Iterator[str]:
    if not one.unit:
        yield f"“{one.file}”没有写填报单位，按文件名算作“{one.name}”"
    for words in one.altered:
        yield f"{one.name}：{words}"


def _parts(ref: CellRef, units: Iterable[Sequence[Returned]]) -> Iterator[Part]:
    """What each unit that was asked for a cell gave."""
    for forms in units:
        asked = [one for one in forms if ref in one.asked]
        if asked:
            yield _part(ref, asked)


def _part(ref: CellRef, asked: Sequence[Returned]) -> Part:
    """Of several forms of one unit the one that fills the cell, or a dispute."""
    name = asked[0].name
    values = {one.values[ref] for one in asked if ref in one.values}
    unread = next((one.unread[ref] for one in asked if ref in one.unread), None)
    if len(values) + bool(unread) > 1:
        told = [*map(show_value, sorted(values)), *([f"“{unread.text}”"] if unread else ())]
        return Part(name, None, f"报了{len(told)}个数：{'、'.join(told)}", is_disputed=True)
    if values:
        giver = next(one for one in asked if ref in one.values)
        return Part(name, values.pop(), contact=giver.contact)
    if unread:
        return Part(name, None, f"填的是“{unread.text}”（{unread.reason}）")
    return Part(name, None, "未填")


def _proposal(report: Report, ref: CellRef, parts: tuple[Part, ...]) -> Proposal:
    known = [part.value for part in parts if part.value is not None]
    new = _sum(known)
    return Proposal(ref, report[ref], new, parts, _state(report[ref], new, parts))


def _state(old: Value | None, new: Value | None, parts: Sequence[Part]) -> State:
    if any(part.is_disputed for part in parts):
        return State.DISPUTED
    if new is None and all(part.lack == "未填" for part in parts):
        return State.EMPTY
    if any(part.value is None for part in parts):
        return State.INCOMPLETE
    if old is None:
        return State.READY
    return State.SAME if old == new else State.CONFLICT


def _sum(known: Sequence[Value]) -> Value | None:
    if not known:
        return None
    if any(isinstance(one, Decimal) for one in known):
        return canonical_money(sum(map(Decimal, known), Decimal(0)))
    return sum(known)
