"""Numbers of a narrative that follow the tables, and everything else that keeps its place when a text changes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from app.form.model import CellRef
from app.report import pending
from app.report.edits import Edit, applied
from app.report.entry import show_value
from app.report.model import Binding, Chart, Picture, Report
from app.report.pending import Mark

BLANK = "【待填】"  # what a bound number is while its cell is blank: never a zero, never nothing
# 【待填】 and, where somebody cut its end off, what is left of it up to the end of the line.
_BLANKS = re.compile(r"【待填[^】\n]*】?")  # with a hint: 【待填：联系电话】
# What a clerk means by the number under the cursor: 237, 1,234, 380.5, or 【待填】.
_NUMBERS = re.compile(rf"[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?|{_BLANKS.pattern}")
Figure = TypeVar("Figure", Picture, Chart)


def shown(report: Report, binding: Binding) -> str:
    """What a bound number should say: the sum of its cells, BLANK as soon as one of them is blank."""
    if not binding.cells:
        fee = report.processing_fee
        return BLANK if fee is None else f"{fee:f}"
    values = [report[ref] for ref in binding.cells]
    known = [value for value in values if value is not None]
    return show_value(sum(known)) if len(known) == len(values) else BLANK


def blanks(report: Report) -> int:
    """How many 【待填】 stand in the narratives: with one of them the report is no final one."""
    return sum(len(blank_places(text)) for text in report.narratives.values())


def blank_places(text: str) -> list[tuple[int, int]]:
    """Where they stand in a text, [start, end)."""
    return [one.span() for one in _BLANKS.finditer(text)] if "【待填" in text else []


def number_at(text: str, place: int) -> tuple[int, int] | None:
    """The number or 【待填】 that holds this character, its end included: [start, end)."""
    here = (one.span() for one in _NUMBERS.finditer(text))
    return next((span for span in here if span[0] <= place <= span[1]), None)


def with_number(report: Report, section: str, span: tuple[int, int], cells: tuple[CellRef, ...]) -> Report:
    """The report with what stands at `span` (nothing, where it is empty) become a number that follows these cells."""
    start, end = span
    if start == end:
        text = report.narrative(section)
        report = with_text(report, section, text[:start] + BLANK + text[end:])
        end = start + len(BLANK)
    return bound(report, [Binding(section, start, end, cells)])


def at(report: Report, section: str, place: int) -> Binding | None:
    """The bound number that holds this character, its end included."""
    here = (one for one in report.bindings if one.section == section and one.start <= place <= one.end)
    return next(here, None)


# -- changing --------------------------------------------------------------------------------------------------------------


def with_text(report: Report, section: str, text: str) -> Report:
    """The report with one narrative changed: marks move along or go, figures stay after their paragraph."""
    old = report.narrative(section)
    return replace(
        report.with_narrative(section, text, pending.moved(report.pending, section, old, text)),
        bindings=pending.moved(report.bindings, section, old, text),
        pictures=_kept(report.pictures, section, old, text),
        charts=_kept(report.charts, section, old, text),
    )


def followed(before: Report, after: Report) -> Report:
    """`after` with each bound number brought up to date whose cells it changed."""
    if not after.bindings or (
        after.values == before.values and after.processing_fee == before.processing_fee
    ):
        return after
    changed = [one for one in after.bindings if shown(before, one) != shown(after, one)]
    for section in dict.fromkeys(one.section for one in changed):
        edits = [Edit(one.start, one.end, shown(after, one)) for one in changed if one.section == section]
        after = _edited(after, section, edits)
    return after


def bound(report: Report, wanted: Iterable[Binding]) -> Report:
    """The report with these numbers bound, each saying what its cells say; what was bound there before gives way."""
    new = list(wanted)
    for section in dict.fromkeys(one.section for one in new):
        own = [one for one in new if one.section == section]
        kept = tuple(one for one in report.bindings if not any(_overlap(one, other) for other in own))
        report = replace(report, bindings=(*kept, *own))
        edits = [Edit(one.start, one.end, shown(report, one)) for one in own]
        report = _edited(report, section, edits)
    return report


def released(report: Report, binding: Binding) -> Report:
    """The number stays as it is and follows nothing any more."""
    return replace(report, bindings=tuple(one for one in report.bindings if one != binding))


def _overlap(one: Binding, other: Binding) -> bool:
    return one.section == other.section and one.start < other.end and other.start < one.end


def edited(report: Report, section: str, edits: Sequence[Edit]) -> Report:
    """The report with these stretches of a narrative replaced: marks on them go, all others move along."""
    text = report.narrative(section)
    real = [one for one in edits if text[one.start : one.end] != one.text]
    if not real:
        return report
    left = tuple(one for one in report.bindings if one.section != section or not _lies_on(one, real))
    made = _edited(replace(report, bindings=left), section, real)
    new = made.narrative(section)
    return replace(
        made,
        pending=_whole(made.pending, section, new),
        bindings=_whole(made.bindings, section, new),
        pictures=_kept(report.pictures, section, text, new),
        charts=_kept(report.charts, section, text, new),
    )


def _whole(marks: tuple[Mark, ...], section: str, text: str) -> tuple[Mark, ...]:
    """Without numbers that have become part of a longer one."""
    return tuple(
        one for one in marks if one.section != section or not pending.touches_digit(text, one.start, one.end)
    )


def _lies_on(one: Mark, edits: Iterable[Edit]) -> bool:
    return any(edit.start < one.end and one.start < edit.end for edit in edits)


def _edited(report: Report, section: str, edits: Sequence[Edit]) -> Report:
    """The report with these stretches replaced: bindings on them stay, 待更新 on what differs now goes."""
    text = report.narrative(section)
    edits = sorted(edit for edit in edits if edit.end <= len(text))
    real = [edit for edit in edits if text[edit.start : edit.end] != edit.text]
    marks = tuple(one for one in report.pending if one.section != section or not _lies_on(one, real))
    return replace(
        report.with_narrative(section, applied(text, edits), _shifted(marks, section, edits)),
        bindings=_shifted(report.bindings, section, edits),
    )


def _shifted(marks: Iterable[Mark], section: str, edits: Sequence[Edit]) -> tuple[Mark, ...]:
    """The marks after these edits. What is put in right before or right behind a mark does not belong to it."""
    found: list[Mark] = []
    for mark in marks:
        if mark.section == section:
            before = _growth(edit for edit in edits if edit.end <= mark.start)
            whole = _growth(edit for edit in edits if edit.end <= mark.end and edit.start < mark.end)
            mark = replace(mark, start=mark.start + before, end=mark.end + whole)
        found.append(mark)
    return tuple(found)


def _growth(edits: Iterable[Edit]) -> int:
    """By how many characters the text becomes longer."""
    return sum(len(edit.text) - (edit.end - edit.start) for edit in edits)


def _kept(figures: tuple[Figure, ...], section: str, old: str, new: str) -> tuple[Figure, ...]:
    """Figures stay after their paragraph when paragraphs before it come or go."""
    if old.count("\n") == new.count("\n") or not any(one.section == section for one in figures):
        return figures
    before, after = old.split("\n"), new.split("\n")
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    shift = len(after) - len(before)
    return tuple(
        replace(one, after=max(one.after + shift, head - 1, 0))
        if one.section == section and one.after >= head
        else one
        for one in figures
    )
