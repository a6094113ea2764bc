"""Where two states of a report differ first: the place that undo and redo show, and what they say of it."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from app.form.catalog import form as form_of
from app.form.model import CellRef, FormDefinition
from app.register.tally import TABLE
from app.report.entry import show_value
from app.report.model import Report
from app.report.place_names import place_name
from app.session.document import ReportDocument
from ui.kit.text_positions import difference
from ui.kit.typed_fields import date_text, yuan_text
from ui.state.section_states import AGENCY, SIGN_OFF

_LONGEST = 24  # characters of a place
_LONGEST_QUOTE = 14  # characters of a text
UNDONE, REDONE = "改回", "改为"
_BLANK = "空白"
FEE, SIGNATURE = "processing_fee", "signature"
REGISTER = -2  # start of a change in 申请登记, the sheet over the page of 表三


@dataclass(frozen=True, slots=True)
class Change:
    """A cell, or a place in a narrative (character index), the sheet of 申请登记, or only a page (start -1).

    `cells`: all that differ; `length`: so many characters before the place came; `field`: which field of the page.
    """

    section: str
    start: int = -1
    cell: CellRef | None = None
    cells: frozenset[CellRef] = frozenset()
    length: int = 0
    field: str = ""


def step_words(form: FormDefinition, name: str, before: Report, after: Report) -> str:
    """A step of undo as it is listed: its name, and where it changed something first, as far as the name does not tell it."""
    change = between(before, after)
    where = ""
    if change is not None and change.cell is not None:
        where = form.label(change.cell)
    elif (
        change is not None
        and change.start >= 0
        and change.section in {**before.narratives, **after.narratives}
    ):
        where = place_name(form, change.section)
    if not where or where in name:
        return name
    return f"{name}：{where if len(where) <= _LONGEST else f'{where[: _LONGEST - 1]}…'}"


def last_steps(document: ReportDocument, most: int) -> list[str]:
    """What 撤销 would take back, the latest first, so many at most."""
    return [step_words(document.form, *step) for step in document.undo_steps[:most]]


def between(before: Report, after: Report) -> Change | None:
    """The first difference; None when nothing differs that has a place."""
    if cells := _differing(before, after):
        return Change("", cell=cells[0], cells=frozenset(cells))
    for section in {**before.narratives, **after.narratives}:
        old, new = before.narrative(section), after.narrative(section)
        if old != new:
            start, _, inserted = difference(old, new)
            return Change(section, start + len(inserted), length=len(inserted))
    if before.register != after.register:
        return Change(TABLE, REGISTER)
    if field := _differing_field(before, after):
        return Change("other" if field == FEE else AGENCY, field=field)
    if before.sign_off != after.sign_off:
        return Change(SIGN_OFF)
    gone = set(before.pending) ^ set(after.pending)
    for mark in sorted(gone, key=lambda one: one.start):
        return Change(mark.section, mark.start)
    return None


def _differing(before: Report, after: Report) -> list[CellRef]:
    """The cells that differ; only those that are typed by hand where there are any, since totals follow them."""
    found = [ref for ref in {**before.values, **after.values} if before[ref] != after[ref]]
    totals = form_of(after.form).totals if found else {}
    return [ref for ref in found if ref not in totals] or found


def _differing_field(before: Report, after: Report) -> str:
    """The first field beside tables and texts that differs: name, signature.issued_on, processing_fee; "" for none."""
    if before.processing_fee != after.processing_fee:
        return FEE
    for one in fields(before.agency):
        if getattr(before.agency, one.name) != getattr(after.agency, one.name):
            return one.name
    for one in fields(before.signature):
        if getattr(before.signature, one.name) != getattr(after.signature, one.name):
            return f"{SIGNATURE}.{one.name}"
    return ""


def told(name: str, before: Report, after: Report, verb: str) -> str:
    """A step that was undone or done again: its name, and what stands where now. `verb`: UNDONE or REDONE."""
    words = _difference_words(name, before, after, verb)
    return f"{name}，{words}" if words else name


def _difference_words(name: str, before: Report, after: Report, verb: str) -> str:
    change = between(before, after)
    if change is None:
        return ""
    if (ref := change.cell) is not None:
        place = _cell_words(name, form_of(after.form), ref)
        if len(change.cells) > 1:
            place = f"{len(change.cells)}格，第一格{place}"
        return f"{place}由{_value(before[ref])}{verb}{_value(after[ref])}"
    if change.start >= 0:
        return _text_words(before.narrative(change.section), after.narrative(change.section), verb)
    return _field_words(change.field, before, after, verb)


def _cell_words(name: str, form: FormDefinition, ref: CellRef) -> str:
    """Its table, where the step's name does not tell it, and the innermost headings: the line is short, and the cell is marked."""
    table, label = form.section_of(ref).table_name, form.label(ref)
    if "·" in label:
        label = label.rpartition("／")[2]
    return f"{'' if table in name else table}“{_short(label, _LONGEST)}”"


def _text_words(old: str, new: str, verb: str) -> str:
    start, end, came = difference(old, new)
    came, gone = (_short(" ".join(one.split()), _LONGEST_QUOTE) for one in (came, old[start:end]))
    if gone and came:
        return f"“{gone}”{verb}“{came}”"
    if gone:
        return f"去掉“{gone}”"
    return f"{'恢复' if verb == UNDONE else '加上'}“{came}”" if came else ""


def _field_words(field: str, before: Report, after: Report, verb: str) -> str:
    pair = [_field(one, field) for one in (before, after)]
    if not field or not all(value is None or isinstance(value, str | date | Decimal) for value in pair):
        return ""
    old, new = (_field_value(one) for one in pair)
    return f"由{old}{verb}{new}"


def _field(report: Report, field: str) -> object:
    whole, _, part = field.rpartition(".")
    return getattr(report.signature if whole else report if field == FEE else report.agency, part, None)


def _field_value(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{yuan_text(value)}元"
    if isinstance(value, date):
        return date_text(value)
    return f"“{_short(str(value), _LONGEST)}”" if value else _BLANK


def _value(value: object) -> str:
    return show_value(value) if isinstance(value, int | Decimal) else _BLANK


def _short(text: str, most: int) -> str:
    """Shortened in its middle: a label's and a sentence's end says which it is."""
    if len(text) <= most:
        return text
    return f"{text[: most // 2]}…{text[len(text) - most // 2 + 1 :]}"
