"""Carrying out repairs of findings on a report: cells and texts at once, those that meet in one place safely."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.checks import Repair, TextEdit
from app.form.model import CellRef, FormDefinition, Value
from app.patterns import lazily
from app.report import bindings
from app.report.edits import Edit, applied, shown
from app.report.entry import show_value
from app.report.model import Report
from app.report.place_names import place_name, place_of

_FIGURE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_ORDINAL = lazily(rf"\s*(?:[（(]{_FIGURE}[）)][、.．]?|{_FIGURE}[、.．])\s*")  # （3） → （三）


class Repaired(NamedTuple):
    """The report after the repairs, the cells that were written, how many repairs were made."""

    report: Report
    values: dict[CellRef, Value | None]
    made: int


def repaired(report: Report, repairs: Iterable[Repair]) -> Repaired:
    """Make the repairs in their order, each wholly or not at all.

    Left out is one whose words do not stand where they stood, and one that would write what one before it wrote.
    """
    values: dict[CellRef, Value | None] = {}
    edits: dict[str, list[TextEdit]] = {}
    count = 0
    for one in repairs:
        if not _is_possible(one, report, values, edits):
            continue
        values.update(one.values)
        for edit in one.edits:
            if edit not in edits.setdefault(edit.section, []):
                edits[edit.section].append(edit)
        count += 1
    after = report.with_values(values) if values else report
    for section, some in edits.items():  # from behind, so that marks between two edits stay where they are
        for edit in sorted(some, key=lambda one: one.start, reverse=True):
            text = applied(after.narrative(section), [Edit(edit.start, edit.end, edit.new)])
            after = bindings.with_text(after, section, text)
    return Repaired(after, values, count)


def words(report: Report, form: FormDefinition, repair: Repair) -> str:
    """What it would change: the place, what stands there and what would."""
    parts = [
        f"{place_of(form, ref)}：{show_value(report[ref]) or '空'}　→　{show_value(value) or '空'}"
        for ref, value in repair.values
    ]
    for one in repair.edits:
        before, after = shown(report.narrative(one.section), Edit(one.start, one.end, one.new))
        parts.append(f"{place_name(form, one.section)}：{before}　→　{after}")
    return "\n".join(parts)


def places(repair: Repair) -> int:
    """How many cells and places of texts it changes."""
    return len(repair.values) + len(repair.edits)


def done_words(repairs: Sequence[Repair], made: int) -> str:
    """What is said when so many of the repairs were possible."""
    if made == len(repairs):
        return f"已修复{sum(map(places, repairs))}处，可以撤销"
    return f"已修复{made}项，另有{len(repairs) - made}项的文字已经改过，可以撤销"


def changes_number(repair: Repair) -> bool:
    """Whether it writes a cell, or another number into a text: right only when the clerk says so."""
    return bool(repair.values) or any(
        _digits(one.old) != _digits(one.new)
        for one in repair.edits
        if not (_ORDINAL.fullmatch(one.old) and _ORDINAL.fullmatch(one.new))
    )


def _digits(text: str) -> str:
    """The figures in a text, full-width ones as the others."""
    return "".join(str(unicodedata.digit(one)) for one in text if one.isdigit())


def _is_possible(
    repair: Repair,
    report: Report,
    values: dict[CellRef, Value | None],
    edits: dict[str, list[TextEdit]],
) -> bool:
    if not (repair.values or repair.edits):
        return False
    if any(ref in values and values[ref] != value for ref, value in repair.values):
        return False
    for edit in repair.edits:
        if report.narrative(edit.section)[edit.start : edit.end] != edit.old:
            return False
        if any(one != edit and _meet(one, edit) for one in edits.get(edit.section, ())):
            return False
    return True


def _meet(a: TextEdit, b: TextEdit) -> bool:
    return (a.start < b.end and b.start < a.end) or a.start == b.start
