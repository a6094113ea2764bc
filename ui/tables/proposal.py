"""What one click would write into a table, to be looked at before it is written: zeros, no applications, a paste, the register. No Qt."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from app.checks.finding import Repair
from app.form.model import CellRef, Section, Value
from app.report.model import Report
from app.session.document import ReportDocument

REQUESTS, REVIEW = "requests", "review"  # 表三, 表四: sections for which there is more than 全部填0
_RECEIVED, _CARRIED_IN = "received", "carried_in"


@dataclass(frozen=True)
class Proposal:
    """`after` is the report as it would be; nothing of it is taken once the report is no longer `before`."""

    name: str  # of the step of undo
    sentence: str
    yes: str
    done: str  # said after it
    before: Report
    after: Report
    drafts: Mapping[CellRef, tuple[str, str]] = field(default_factory=dict)  # texts that would stand unread
    no: str = "不填"
    then: Callable[[], object] | None = None  # called when it is written
    given: frozenset[CellRef] = (
        frozenset()
    )  # whatever was typed there unread goes, also where the value stays

    def changes(self, cells: Iterable[CellRef]) -> dict[CellRef, tuple[Value | None, Value | None]]:
        """Of these cells those that would change: (now, then)."""
        pairs = ((ref, (self.before[ref], self.after[ref])) for ref in cells)
        return {ref: pair for ref, pair in pairs if pair[0] != pair[1]}


@dataclass(frozen=True)
class Refused:
    """Why there is nothing to propose."""

    sentence: str


def zeros(
    document: ReportDocument, section: Section, unread: set[CellRef], name: str = "全部填0"
) -> Proposal | Refused:
    """全部填0: only what is blank and holds no unread text."""
    blanks = _blanks(document, section, unread)
    if not blanks:
        return Refused("没有要填0的空格")  # as where every cell is read, but in doubt
    filled = sum(ref in document.report.values for ref in _inputs(document, section))
    kept = f"，已填的{filled}格不动" if filled else ""
    unclear = f"；{len(unread)}格读不懂的没有动" if unread else ""
    return Proposal(
        name,
        f"将把{len(blanks)}个空格填为0{kept}。",
        f"填0（{len(blanks)}格）",
        f"已把{len(blanks)}个空格填为0，可以撤销{unclear}",
        document.report,
        _after(document, lambda copy: copy.fill_blanks(blanks)),
    )


def no_applications(document: ReportDocument, section: Section, unread: set[CellRef]) -> Proposal | Refused:
    """本年没有收到申请: what came in last year and was not answered still counts, so it is asked for where nothing tells it."""
    name = "本年没有收到申请"
    values = document.report.values
    received, carried = (_row(document, section, key) for key in (_RECEIVED, _CARRIED_IN))
    if any(values.get(ref) for ref in received):
        return Refused(f"“{_label(section, _RECEIVED)}”已经填了数，没有改动；如果填错了，请先改正")
    carried_sum = sum(int(values.get(ref, 0)) for ref in carried)
    blanks = _blanks(document, section, unread)
    if carried_sum:
        blanks = [ref for ref in blanks if ref in {*received, *carried}]
    if not blanks:
        return Refused("没有要填0的空格")
    sentence, yes = _no_applications_words(
        len(blanks), carried_sum, is_told=all(ref in values for ref in carried)
    )
    odd = sum(bool(values.get(ref)) for ref in _inputs(document, section)) if not carried_sum else 0
    sentence += f"已填的{odd}格不是0，没有动，请核对。" if odd else ""
    done = f"已把{len(blanks)}个空格填为0，可以撤销"
    after = _after(document, lambda copy: copy.fill_blanks(blanks))
    return Proposal(name, sentence, yes, done, document.report, after)


def _no_applications_words(blanks: int, carried: int, is_told: bool) -> tuple[str, str]:
    """The question and its yes; `is_told`: whether 上年结转 is filled, be it with 0."""
    yes = f"填0（{blanks}格）"
    if carried:
        return f"本年新收填0。上年结转有{carried}件，它们的办理结果请照实填写。", yes
    if is_told:
        return f"本年没有收到申请，也没有上年结转：{blanks}个空格填0。", yes
    return f"上年结转还没有填。如果上年也没有结转，{blanks}个空格都填0。", f"上年没有结转，{yes}"


def filling(document: ReportDocument, repair: Repair, unread: set[CellRef]) -> Proposal | Refused:
    """What a finding offers for blank cells; where an unread text stands it is left."""
    values = {
        ref: value
        for ref, value in repair.values
        if ref not in unread and ref not in document.undecided and value != document.report[ref]
    }
    if not values:
        return Refused("没有要填的空格")
    filled = [ref for ref in values if ref not in document.totals]
    more = "，合计按各项之和填" if len(filled) < len(values) else ""
    return from_values(
        document,
        values,
        repair.text,
        f"将把{len(filled)}个空格填为0{more}。空着的是没有填，还是确实没有？请看过再填。"
        if filled
        else "合计按各项之和填。",
        f"填写（{len(filled) or len(values)}格）",
        f"已填{len(filled) or len(values)}格，可以撤销",
    )


def from_values(
    document: ReportDocument,
    values: Mapping[CellRef, Value | None],
    name: str,
    sentence: str,
    yes: str,
    done: str,
) -> Proposal:
    """Any cells with their new values; the totals follow."""
    after = _after(document, lambda copy: copy.set_values(values, name))
    return Proposal(name, sentence, yes, done, document.report, after, given=frozenset(values))


def _after(document: ReportDocument, act: Callable[[ReportDocument], None]) -> Report:
    copy = document.twin()
    act(copy)
    return copy.report


def _inputs(document: ReportDocument, section: Section) -> list[CellRef]:
    return list(document.form.inputs_of(section)) if document.totals else list(section.cells)


def _blanks(document: ReportDocument, section: Section, unread: set[CellRef]) -> list[CellRef]:
    values = document.report.values
    undecided = document.undecided
    return [
        ref
        for ref in _inputs(document, section)
        if ref not in values and ref not in unread and ref not in undecided
    ]


def _row(document: ReportDocument, section: Section, key: str) -> list[CellRef]:
    return [ref for ref in _inputs(document, section) if ref.row == key]


def _label(section: Section, key: str) -> str:
    return section.tables[0].row(key).label
