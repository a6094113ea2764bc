"""Where two states of a report differ first: the place that undo and redo show."""

from dataclasses import dataclass

from app.form.model import CellRef
from app.register.tally import TABLE
from app.report.model import Report
from ui.kit.text_positions import difference
from ui.state.section_states import AGENCY, SIGN_OFF

REGISTER = -2  # start of a change in 申请登记, the sheet over the page of 表三


@dataclass(frozen=True, slots=True)
class Change:
    """A cell, or a place in a narrative (character index), the sheet of 申请登记, or only a page (start -1)."""

    section: str
    start: int = -1
    cell: CellRef | None = None


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
