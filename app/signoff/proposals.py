"""领导改稿读回: a copy of this report that came back edited, as a list of proposals; those that are wanted are taken, no other."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.documents.compose import compose, printed_date
from app.errors import UserError
from app.exporting.meta import Meta
from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition, Value
from app.importing.result import CellState, ImportResult, Trace
from app.importing.source import Comment
from app.report import bindings
from app.report.comparing import BLANK, cell_place
from app.report.entry import show_value
from app.report.model import INTRODUCTION, Report
from app.report.totals import with_totals
from app.session.document import ReportDocument
from app.texts.differences import in_order, pairs_of

STEP = "采用改稿"
_MOST_NAMED = 3


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

    @property
    def can_be_taken(self) -> bool:
        return not self.why_not


_Line = tuple[str | None, str | None]  # a paragraph of the report, of the copy


@dataclass(frozen=True)
class EditedCopy:
    """What an edited copy says otherwise; `remarks` are the comments beside what was not changed."""

    report: Report
    proposals: tuple[Proposal, ...]
    remarks: tuple[Comment, ...]
    notes: tuple[str, ...]  # what could not be compared, for people
    lines: Mapping[str, tuple[_Line, ...]]  # section → both texts laid over each other

    def taken(self, wanted: Collection[int]) -> Report:
        """The report with the proposals of these numbers taken; totals follow. UserError for one that cannot be taken."""
        chosen = [one for one in self.proposals if one.number in wanted]
        if unknown := set(wanted) - {one.number for one in chosen}:
            raise UserError(f"没有第{min(unknown)}条改动", f"这份改稿共有{len(self.proposals)}条")
        if refused := next((one for one in chosen if one.why_not), None):
            raise UserError(f"第{refused.number}条不能由程序采用：{refused.why_not}", "请自己核对、修改")
        values = {one.cell: one.value for one in chosen if one.cell is not None}
        made = with_totals(self.report, self.report.with_values(values), form_of(self.report.form), values)
        for section in dict.fromkeys(one.section for one in chosen if one.section):
            at = {one.at for one in chosen if one.section == section}
            made = bindings.with_text(made, section, self._text(section, at))
        return made

    def _text(self, section: str, taken: Collection[int]) -> str:
        lines = (new if at in taken else old for at, (old, new) in enumerate(self.lines[section]))
        return "\n".join(line for line in lines if line is not None)

    @property
    def all_numbers(self) -> frozenset[int]:
        """Those that can be taken."""
        return frozenset(one.number for one in self.proposals if one.can_be_taken)


def take(document: ReportDocument, copy: EditedCopy, wanted: Collection[int]) -> int:
    """Take proposals as one step of undo; how many. UserError when the report is another one by now."""
    if document.report != copy.report:
        raise UserError("读改稿以后，报告又改过", "请重新读一次改稿")
    document.change(STEP, copy.taken(wanted))
    return len(set(wanted))


def is_copy_of(report: Report, imported: ImportResult) -> bool:
    """Whether a file can be an edited copy: the same form and year."""
    return (imported.report.form, imported.report.year) == (report.form, report.year)


def edited_copy(report: Report, imported: ImportResult) -> EditedCopy:
    """What the copy has otherwise. UserError when it is another report."""
    if not is_copy_of(report, imported):
        other = imported.report
        raise UserError(
            f"文件是{other.year}年的报告（{other.form}年版格式），不是这份报告的改稿",
            "请选由这份报告导出、改过的文件",
        )
    form = form_of(report.form)
    itself = _itself(report, form)
    lines = {
        one: _lines(report, imported.report, one) for one in (INTRODUCTION, *(s.key for s in form.sections))
    }
    unchanged = {
        (section, old, new) for section in lines for old, new in _lines(report, itself.report, section)
    }
    found = [
        *_texts(form, lines, unchanged),
        *_cells(report, form, imported, itself),
        *_names(report, imported, itself),
    ]
    numbered = tuple(replace(one, number=number) for number, one in enumerate(found, 1))
    beside = tuple(replace(one, comments=tuple(_beside(one, imported))) for one in numbered)
    taken = {comment for one in beside for comment in one.comments}
    remarks = tuple(one for one in imported.comments if one not in taken)
    return EditedCopy(report, beside, remarks, tuple(_notes(report, form, imported)), lines)


def _itself(report: Report, form: FormDefinition) -> ImportResult:
    """The report written and read again: what that makes of it is nobody's change."""
    from app.exporting.docx.writer import docx_bytes
    from app.importing.importer import import_bytes

    meta = Meta("", report.agency.name, report.year)
    return import_bytes(docx_bytes(compose(report, form), meta), "报告.docx")


def words_of(one: Proposal) -> Iterator[str]:
    """A proposal in lines: where, what becomes of what, then what is to be known of it."""
    yield f"{one.number}. {one.place}：{_shown(one.old)} → {_shown(one.new)}"
    yield from (
        f"   {told}" for told in (one.doubt, one.why_not and f"不能由程序采用：{one.why_not}") if told
    )
    yield from (f"   {comment_words(comment)}" for comment in one.comments)


def comment_words(one: Comment) -> str:
    """批注（张局长）“12条”：与表三不一致."""
    quote = f"“{one.quote}”" if one.quote else ""
    return f"批注（{one.author}）{quote}：{one.text}"


def _shown(text: str) -> str:
    return " ".join(text.split()) or "（没有）"


def as_json(copy: EditedCopy) -> dict[str, Any]:
    """For `nianbao compare --json`, beside what differs."""
    return {
        "proposals": [
            {
                "number": one.number,
                "place": one.place,
                "cell": str(one.cell) if one.cell else None,
                "old": one.old,
                "new": one.new,
                "doubt": one.doubt,
                "refused": one.why_not,
                "comments": list(map(_comment_json, one.comments)),
            }
            for one in copy.proposals
        ],
        "remarks": list(map(_comment_json, copy.remarks)),
        "notes": list(copy.notes),
    }


def _comment_json(one: Comment) -> dict[str, str]:
    return {"author": one.author, "text": one.text, "quote": one.quote, "paragraph": one.paragraph}


# -- texts ---------------------------------------------------------------------------------------------------------------------


def _lines(report: Report, other: Report, section: str) -> tuple[_Line, ...]:
    old, new = report.paragraphs(section), other.paragraphs(section)
    pairs = pairs_of(tuple(one.strip() for one in old), tuple(one.strip() for one in new))
    both = [(i, j) for i, j in pairs if i is not None and j is not None]
    return tuple(
        (old[i] if i is not None else None, new[j] if j is not None else None)
        for i, j in in_order(both, len(old), len(new))
    )


def _texts(
    form: FormDefinition,
    lines: Mapping[str, tuple[_Line, ...]],
    unchanged: Collection[tuple[str, str | None, str | None]],
) -> Iterator[Proposal]:
    for section, both in lines.items():
        title = "引言" if section == INTRODUCTION else form.section(section).title
        number = 0
        for at, (old, new) in enumerate(both):
            number += old is not None
            before, after = (old or "").strip(), (new or "").strip()
            if before != after and (section, old, new) not in unchanged:
                place = f"{title} · 第{number}段" + ("之后" if old is None else "")
                yield Proposal(0, place, before, after, section, at)


# -- tables --------------------------------------------------------------------------------------------------------------------


def _cells(
    report: Report, form: FormDefinition, imported: ImportResult, itself: ImportResult
) -> Iterator[Proposal]:
    found = list(_changed_cells(report, form, imported, itself))
    values = {
        one.cell: one.value for one in found if one.cell and one.can_be_taken and one.cell not in form.totals
    }
    sums = with_totals(report, report.with_values(values), form, values)
    for one in found:
        if one.cell not in form.totals:
            yield one
        elif one.value != sums[one.cell]:
            reason = f"合计由程序算出，采用上面的改动以后是{show_value(sums[one.cell]) or BLANK}"
            yield replace(one, why_not=one.why_not or reason)


def _changed_cells(
    report: Report, form: FormDefinition, imported: ImportResult, itself: ImportResult
) -> Iterator[Proposal]:
    for ref in form.cells:
        trace, own, was = imported.trace(ref), itself.trace(ref), report[ref]
        is_changed = trace.spot is not None and (trace.text, trace.value) != (own.text, own.value)
        if is_changed and (trace.value != was or _is_unread(trace)):
            yield _of_cell(ref, cell_place(form, ref), trace, was)


def _is_unread(trace: Trace) -> bool:
    return trace.state is CellState.DOUBTFUL and trace.value is None


def _of_cell(ref: CellRef, place: str, trace: Trace, was: Value | None) -> Proposal:
    old, doubt = show_value(was) or BLANK, trace.reason if trace.state is CellState.DOUBTFUL else ""
    if _is_unread(trace):
        why_not = f"改稿里写的是“{trace.text}”，读不成一个数"
        return Proposal(0, place, old, trace.text, cell=ref, doubt=doubt, why_not=why_not)
    new = show_value(trace.value) or BLANK
    return Proposal(0, place, old, new, cell=ref, value=trace.value, doubt=doubt)


# -- names and dates -----------------------------------------------------------------------------------------------------------


def _names(report: Report, imported: ImportResult, itself: ImportResult) -> Iterator[Proposal]:
    """Told only: they stand in more places than one, and the clerk changes them where they belong."""
    for place, old, new in zip(
        ("单位全称", "落款单位", "成文日期"), _named(itself.report), _named(imported.report), strict=True
    ):
        if old != new:
            yield Proposal(0, place, old, new, why_not="请在“单位信息”和“落款”里改")


def _named(report: Report) -> tuple[str, str, str]:
    day = report.signature.issued_on
    return report.agency.name, report.signature.agency, printed_date(day) if day else ""


# -- what stands beside --------------------------------------------------------------------------------------------------------


def _beside(one: Proposal, imported: ImportResult) -> Iterator[Comment]:
    """The comments in the cell or the paragraph of a proposal."""
    for comment in imported.comments:
        if one.cell is not None:
            spot = imported.trace(one.cell).spot
            if spot and comment.place == (spot.block, spot.row, spot.column):
                yield comment
        elif one.new and comment.place is None and comment.paragraph == one.new:
            yield comment


def _notes(report: Report, form: FormDefinition, imported: ImportResult) -> Iterator[str]:
    lost = [
        cell_place(form, ref)
        for ref in form.cells
        if report[ref] is not None and imported.trace(ref).spot is None
    ]
    if lost:
        named = "；".join(lost[:_MOST_NAMED]) + ("等" if len(lost) > _MOST_NAMED else "")
        yield f"改稿里没有找到{len(lost)}格（{named}），按没有改动处理，请核对"
    yield from (
        one for one in imported.warnings if not one.startswith("批注（")
    )  # they stand where they belong
