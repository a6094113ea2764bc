"""Where two states of a report differ first: the place that undo and redo show."""

from dataclasses import dataclass

from app.form.model import CellRef, FormDefinition
from app.register.tally import TABLE
from app.report.model import Report
from app.report.place_names import place_name
from app.session.document import ReportDocument
from ui.kit.text_positions import difference
from ui.state.section_states import AGENCY, SIGN_OFF

_LONGEST = 24  # characters of a place
REGISTER = -2  # start of a change in 申请登记, the sheet over the page of 表三


@dataclass(frozen=True, slots=True)
class Change:
    """A cell, or a place in a narrative (character index), the sheet of 申请登记, or only a page (start -1)."""

    section: str
    start: int = -1
    cell: CellRef | None = None


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
    for ref in {**before.values, **after.values}:
        if before[ref] != after[ref]:
            return Change("", cell=ref)
    for section in {**before.narratives, **after.narratives}:
        old, new = before.narrative(section), after.narrative(section)
        if old != new:
            start, _, inserted = difference(old, new)
            return Change(section, start + len(inserted))
    if before.register != after.register:
        return Change(TABLE, REGISTER)
    if before.processing_fee != after.processing_fee:
        return Change("other")
    if before.agency != after.agency or before.signature != after.signature:
        return Change(AGENCY)
    if before.sign_off != after.sign_off:
        return Change(SIGN_OFF)
    gone = set(before.pending) ^ set(after.pending)
    for mark in sorted(gone, key=lambda one: one.start):
        return Change(mark.section, mark.start)
    return None
