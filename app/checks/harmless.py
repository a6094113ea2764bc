"""No repair of cells makes a right number wrong: what would contradict text or another sum is not offered.

Last year's report outweighs this one's sums: what is carried over from it is offered, but never made with all the others.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.rule import ERROR, Rule, rules
from app.form.model import CellRef, Value
from app.report.totals import with_totals

Place = tuple[object, ...]
Changes = dict[CellRef, Value | None]


def harmless(found: list[Finding], context: CheckContext) -> list[Finding]:
    """The findings, without the repairs of cells after which an error would be new at one of these cells."""
    if not any(one.repair and one.repair.values for one in found):
        return found
    before = {_place(one) for one in found}
    tables = {ref.table for ref in _contradicted(_changes(found), before, context)}
    # as a rule none: all of them at once contradict nothing
    return [_checked(one, before, context) if tables & _changed_tables(one) else one for one in found]


def _changed_tables(one: Finding) -> set[str]:
    return {ref.table for ref, _ in one.repair.values} if one.repair else set()


def _checked(one: Finding, before: set[Place], context: CheckContext) -> Finding:
    if one.repair is None or not one.repair.values:
        return one
    changes = dict(one.repair.values)
    harm = _contradicted(changes, before, context)
    if harm.isdisjoint(changes):
        return one
    if any(e.check.carries and e.check.id == one.rule for e in context.form.equations):
        return replace(one, repair=replace(one.repair, is_safe=False))
    rest = _without(harm, changes, context)
    fits = bool(rest) and _contradicted(rest, before, context).isdisjoint(rest)
    return replace(one, repair=replace(one.repair, values=tuple(rest.items())) if fits else None)


def _without(harm: set[CellRef], changes: Changes, context: CheckContext) -> Changes:
    """Blanks that may still be filled: those of other rows than what is contradicted. No other repair is made in part."""
    if any(ref in context.report.values for ref in changes):
        return {}
    rows = {ref[:2] for ref in harm}
    return {ref: value for ref, value in changes.items() if ref[:2] not in rows}


def _changes(found: Iterable[Finding]) -> Changes:
    return {ref: value for one in found if one.repair for ref, value in one.repair.values}


def _contradicted(changes: Changes, before: set[Place], context: CheckContext) -> set[CellRef]:
    """The cells of errors that are new once the cells are changed; words still as last year left them contradict nothing."""
    report = with_totals(context.report, context.report.with_values(changes), context.form, changes)
    after = replace(context, report=report)
    new = (
        one
        for rule in _judging()
        for one in rule.run(after)
        if one.severity is ERROR and _place(one) not in before
    )
    return {
        ref for one in new if not (_is_pending(one, context) or _follows(one, context)) for ref in one.cells
    }


@cache
def _judging() -> tuple[Rule, ...]:
    """The rules that a filled cell can offend: all that read cells, but none that only looks for blanks."""
    return tuple(one for one in rules() if one.reads_cells and not one.of_blanks)


def _follows(one: Finding, context: CheckContext) -> bool:
    """Whether it names a total that has to follow, and offers that: the next step, no harm."""
    cells = [ref for ref, _ in one.repair.values] if one.repair else []
    return bool(cells) and all(ref in context.form.totals for ref in cells)


def _place(one: Finding) -> Place:
    """Check and place, whatever the figures: an error that only changes its figures is not new."""
    return one.rule, one.section, one.start, one.cells if one.start < 0 else ()


def _is_pending(one: Finding, context: CheckContext) -> bool:
    return any(
        mark.section == one.section and mark.start < one.end and one.start < mark.end
        for mark in context.report.pending
    )
