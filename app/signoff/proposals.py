"""领导改稿读回: a copy of this report that came back edited, as a list of proposals; those that are wanted are taken, no other."""

import contextlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from app.documents.compose import compose, printed_date
from app.errors import UserError
from app.exporting.meta import Meta
from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition, Value
from app.importing.result import CellState, ImportResult, Trace
from app.importing.source import Comment
from app.report.comparing import BLANK, cell_place
from app.report.entry import show_value
from app.report.model import INTRODUCTION, Report
from app.report.totals import with_totals
from app.session.document import ReportDocument
from app.signoff import taking
from app.signoff.taking import EditedCopy, Line, Proposal
from app.texts.differences import in_order, pairs_of

STEP = "采用改稿"
_SHEETS = ("xlsx", "xls")  # as the importer names what it read
_MOST_NAMED = 3


def take(document: ReportDocument, copy: EditedCopy, wanted: Collection[int]) -> int:
    """Take proposals as one step of undo; how many. UserError for one whose place has changed meanwhile."""
    document.change(STEP, taking.taken(copy, document.report, wanted))
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
    if not is_of_same_unit(report, imported):
        raise UserError(
            f"文件是{imported.report.agency.name}的报告，不是这份报告的改稿", "请选由这份报告导出、改过的文件"
        )
    itself = _itself(report, form)
    is_sheet = is_sheet_of_numbers(imported)
    sections = () if is_sheet else (INTRODUCTION, *(s.key for s in form.sections))
    lines = {one: _lines(report, imported.report, one) for one in sections}
    unchanged = {
        (section, old, new) for section in lines for old, new in _lines(report, itself.report, section)
    }
    found = [
        *_texts(form, lines, unchanged),
        *_cells(report, form, imported, itself),
        *(() if is_sheet else _names(report, imported, itself)),
    ]
    numbered = tuple(replace(one, number=number) for number, one in enumerate(found, 1))
    beside = tuple(
        replace(one, comments=tuple(_beside(one, imported)), by=_by(one, imported)) for one in numbered
    )
    taken = {comment for one in beside for comment in one.comments}
    remarks = tuple(one for one in imported.comments if one not in taken)
    return EditedCopy(report, beside, remarks, tuple(_notes(report, form, imported)), lines)


def is_sheet_of_numbers(imported: ImportResult) -> bool:
    """A sheet of Excel with tables alone: that the texts are not in it deletes none."""
    sections = form_of(imported.report.form).sections
    has_text = any(imported.report.narrative(one.key).strip() for one in sections)
    return imported.type in _SHEETS and not has_text


def is_of_same_unit(report: Report, imported: ImportResult) -> bool:
    """The same name, or most of what stands there is ours: a corrected name alone makes no other report."""
    other = imported.report
    names = {"".join(one.agency.name.split()) for one in (report, other)} - {""}
    if len(names) < 2:
        return True
    theirs = {text.strip() for section in other.narratives for text in other.paragraphs(section)}
    texts = [text.strip() for section in report.narratives for text in report.paragraphs(section)]
    alike = sum(text in theirs for text in texts)
    alike += sum(other[ref] == value for ref, value in report.values.items())
    return 2 * alike >= len(texts) + len(report.values)


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
        f"   {told}" for told in (one.by, one.doubt, one.why_not and f"不能由程序采用：{one.why_not}") if told
    )
    yield from (f"   {comment_words(comment)}" for comment in one.comments)


def comment_words(one: Comment) -> str:
    """批注（张局长，2026年1月9日）“12条”：与表三不一致."""
    quote = f"“{one.quote}”" if one.quote else ""
    return f"批注（{who_and_when(one.author, one.on)}）{quote}：{one.text}"


def who_and_when(author: str, on: str) -> str:
    """张局长，2026年1月9日; a day that is none is left out."""
    with contextlib.suppress(ValueError):
        return f"{author}，{printed_date(date.fromisoformat(on))}"
    return author


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
                "by": one.by,
                "comments": list(map(_comment_json, one.comments)),
            }
            for one in copy.proposals
        ],
        "remarks": list(map(_comment_json, copy.remarks)),
        "notes": list(copy.notes),
    }


def _comment_json(one: Comment) -> dict[str, str]:
    return {
        "author": one.author,
        "text": one.text,
        "quote": one.quote,
        "paragraph": one.paragraph,
        "on": one.on,
    }


# -- texts ---------------------------------------------------------------------------------------------------------------------


def _lines(report: Report, other: Report, section: str) -> tuple[Line, ...]:
    old, new = report.paragraphs(section), other.paragraphs(section)
    pairs = pairs_of(tuple(one.strip() for one in old), tuple(one.strip() for one in new))
    both = [(i, j) for i, j in pairs if i is not None and j is not None]
    return tuple(
        (old[i] if i is not None else None, new[j] if j is not None else None)
        for i, j in in_order(both, len(old), len(new))
    )


def _texts(
    form: FormDefinition,
    lines: Mapping[str, tuple[Line, ...]],
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
    for number, (one, other) in enumerate(
        zip_longest(itself.report.attachments, imported.report.attachments), 1
    ):
        if one != other:
            old, new = (f"{each.name}\n{each.text}".strip() if each else "" for each in (one, other))
            yield Proposal(0, f"附件{number}", old, new, why_not="请在“报告”菜单的“附件…”里改")


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


def _by(one: Proposal, imported: ImportResult) -> str:
    """Who made the revision of a proposal, and when."""
    spot = imported.trace(one.cell).spot if one.cell is not None else None
    place = (spot.block, spot.row, spot.column) if spot else None
    for revision in imported.revisions:
        is_here = (
            revision.place == place
            if one.cell is not None
            else bool(one.section) and (revision.before, revision.after) == (one.old, one.new)
        )
        if is_here:
            return who_and_when(revision.author, revision.on)
    return ""


def _notes(report: Report, form: FormDefinition, imported: ImportResult) -> Iterator[str]:
    if is_sheet_of_numbers(imported):
        yield "文件里只有表格，只对照了数字，文字没有动"
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
