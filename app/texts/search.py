"""Find and replace over all narratives of a report."""

from collections.abc import Sequence
from typing import NamedTuple

from app.form.model import FormDefinition
from app.report import bindings
from app.report.edits import Edit
from app.report.model import INTRODUCTION, Report


class Hit(NamedTuple):
    """Where it stands: characters [start, end) of a section's narrative."""

    section: str
    start: int
    end: int


def find_all(report: Report, form: FormDefinition, wanted: str) -> list[Hit]:
    """Every place in printed order; capital and small letters are the same."""
    if not wanted:
        return []
    found = []
    needle = _folded(wanted)
    for section in (INTRODUCTION, *(one.key for one in form.sections)):
        text = _folded(report.narrative(section))
        at = text.find(needle)
        while at >= 0:
            found.append(Hit(section, at, at + len(wanted)))
            at = text.find(needle, at + len(wanted))
    return found


def _folded(text: str) -> str:
    """Without the difference of capital letters, each character still in its place."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )


def replaced(report: Report, hits: Sequence[Hit], text: str) -> Report:
    """The report with these places saying `text`; marks on them go, all others move along."""
    for section in dict.fromkeys(hit.section for hit in hits):
        edits = [Edit(hit.start, hit.end, text) for hit in hits if hit.section == section]
        report = bindings.edited(report, section, edits)
    return report
