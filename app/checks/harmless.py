"""No repair of cells makes a right number wrong: what would contradict text or another sum is not offered.

Last year's report outweighs this one's sums: what is carried over from it is offered, but never made with all the others.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from functools import cache, cached_property

from app.checks.context import CheckContext
from app.checks.finding import Finding, Repair
from app.checks.rule import ERROR, Rule, rules
from app.form.model import CellRef, Value
from app.report.totals import with_totals

Place = tuple[object, ...]
Changes = dict[CellRef, Value | None]


def harmless(shown: Iterable[Finding], found: list[Finding], context: CheckContext) -> list[Finding]:
    """The findings that are shown, without the repairs of cells after which an error would be new at one of these cells.

    `found`: all that the rules said of the report. That costs a second run of them, so each is judged when it is asked for.
    """
    judge = _Judge(found, context)
    return [_Unjudged.of(one, judge) if one.repair and one.repair.values else one for one in shown]


class _Unjudged(Finding):
    """A finding whose repair nobody has asked for yet. Whoever asks gets what is harmless of it, or None."""

    __slots__ = ("_judge", "_plain")
    _judge: "_Judge | None"  # None: it was asked
    _plain: Finding

    @classmethod
    def of(cls, one: Finding, judge: "_Judge") -> Finding:
        made = object.__new__(cls)
        for field in fields(Finding):
            if field.name != "repair":
                object.__setattr__(made, field.name, getattr(one, field.name))
        object.__setattr__(made, "_judge", judge)
        object.__setattr__(made, "_plain", one)
        return made

    def judged(self) -> Finding:
        """The same as any other finding."""
        if self._judge is not None:
            object.__setattr__(self, "_plain", self._judge.checked(self._plain))
            object.__setattr__(self, "_judge", None)
        return self._plain

    @property
    def repair(self) -> Repair | None:
        return self.judged().repair

    def __new__(cls, *args: object, **named: object) -> Finding:  # type: ignore[misc]
        """What dataclasses.replace makes of it: it has asked for the repair."""
        return Finding(*args, **named)  # type: ignore[arg-type]

    def __eq__(self, other: object) -> bool:
        """As of two findings; what is another anyhow is not judged for that."""
        if self is other or not isinstance(other, Finding):
            return self is other
        is_same = self.message == other.message and self.cells == other.cells
        return is_same and self.judged() == (other.judged() if isinstance(other, _Unjudged) else other)

    def __hash__(self) -> int:
        return hash(self.judged())

    def __reduce__(self) -> tuple[object, ...]:
        return Finding, tuple(getattr(self, field.name) for field in fields(Finding))


class _Judge:
    """Holds repairs of cells against all that is said of the report they change."""

    def __init__(self, found: list[Finding], context: CheckContext) -> None:
        self._found, self._context = found, context

    @cached_property
    def _before(self) -> set[Place]:
        return {_place(one) for one in self._found}

    @cached_property
    def _tables(self) -> set[str]:
        """Those in which all repairs at once contradict something, as a rule none."""
        return {ref.table for ref in _contradicted(_changes(self._found), self._before, self._context)}

    def checked(self, one: Finding) -> Finding:
        """The finding with what is harmless of its repair."""
        changes = _changes([one])
        if self._tables.isdisjoint(ref.table for ref in changes):
            return one
        return _checked(one, changes, self._before, self._context)


def _checked(one: Finding, changes: Changes, before: set[Place], context: CheckContext) -> Finding:
    harm = _contradicted(changes, before, context)
    if one.repair is None or harm.isdisjoint(changes):
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
    """The rules that call a filled cell an error: they read cells, and do not only look for blanks."""
    return tuple(
        one
        for one in rules()
        if one.reads_cells and not one.of_blanks and any(ERROR in check.grades for check in one.checks)
    )


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
