"""Which cells of a section the findings speak of, how badly, and in what words. No Qt."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.checks.finding import Finding
from app.form.model import CellRef, Section, Severity, Value

_RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Mark(NamedTuple):
    """What the findings say of one cell: the worst severity and all sentences."""

    severity: Severity
    messages: tuple[str, ...]


def of_section(findings: Iterable[Finding], section: Section) -> tuple[Finding, ...]:
    """The findings that belong to a section's page: its own, and those that touch a cell of its tables."""
    tables = {table.key for table in section.tables}
    return tuple(
        one for one in findings if one.section == section.key or any(ref.table in tables for ref in one.cells)
    )


def in_order(
    findings: Iterable[Finding], section: Section, values: Mapping[CellRef, Value], current: CellRef | None
) -> tuple[tuple[Finding, ...], int]:
    """The findings as they are told: of the cell under the cursor, the table's own sums, the others, blank cells, what is only said.

    Also how many of them are the current cell's. That a blank is blank needs no telling at each blank.
    """
    all_ = tuple(findings)
    blank = [one for one in all_ if _is_of_blanks(one, section, values)]
    here = [one for one in all_ if current in one.cells and one not in blank]
    rest = sorted((one for one in all_ if one not in here and one not in blank), key=_is_beside)
    asking = [one for one in rest if one.severity is not Severity.INFO]
    only_said = [one for one in rest if one.severity is Severity.INFO]
    return (*here, *asking, *blank, *only_said), len(here)


def _is_beside(finding: Finding) -> bool:
    """Whether it is another matter than that the table's own numbers do not add up."""
    return not (finding.severity is Severity.ERROR and finding.cells and finding.start < 0)


def _is_of_blanks(finding: Finding, section: Section, values: Mapping[CellRef, Value]) -> bool:
    rule = section.blank_rule.id if section.blank_rule else ""
    counts = any(
        name == "n" for name, _ in finding.values
    )  # 表四 has one id for blanks and for what is no number
    return finding.rule == rule and counts and not any(ref in values for ref in finding.cells)


def cell_marks(
    findings: Iterable[Finding], section: Section, values: Mapping[CellRef, Value]
) -> dict[CellRef, Mark]:
    """The mark of each cell. A blank cell is not marked for being blank: its ground already says so."""
    blank_rule = section.blank_rule.id if section.blank_rule else ""
    marks: dict[CellRef, Mark] = {}
    for finding in findings:
        for ref in finding.cells:
            if finding.rule == blank_rule and ref not in values:
                continue
            old = marks.get(ref)
            if old is None:
                marks[ref] = Mark(finding.severity, (finding.message,))
            else:
                worst = max(old.severity, finding.severity, key=_RANK.__getitem__)
                marks[ref] = Mark(worst, (*old.messages, finding.message))
    return marks
