"""Keeps computed totals equal to the sums of their parts while the clerk types, without repairing what came in wrong."""

from collections.abc import Iterable, Mapping

from app.form.model import CellRef, Equation, FormDefinition, Value
from app.report.model import Report

Values = Mapping[CellRef, Value]


def part_sum(equation: Equation, values: Values) -> Value | None:
    """The sum of the parts of a total, or None while one of them is blank (a blank is not a zero)."""
    total: Value = 0
    for ref in equation.parts:
        value = values.get(ref)
        if value is None:
            return None
        total += value
    return total


def running_sum(equation: Equation, values: Values) -> Value | None:
    """The sum of the parts filled so far, for display only; None when none is filled."""
    filled = [values[ref] for ref in equation.parts if ref in values]
    return sum(filled) if filled else None


def with_totals(before: Report, after: Report, form: FormDefinition, changed: Iterable[CellRef]) -> Report:
    """`after` with each total that depends on a changed cell computed anew.

    A total that `before` already parted from its parts (an import that was wrong, or typed without its parts) is left
    as it stands, so that the contradiction stays visible until the clerk settles it. Totals in `changed` are left too.
    """
    given = set(changed)
    touched, report = set(given), after
    for _ in range(3):  # a total of totals needs a second turn; the third finds nothing left to do
        fresh = {
            total: value
            for total, equations in form.totals.items()
            if total not in given
            and _hangs_on(touched, equations)
            and _is_own(total, equations, before.values)
            and (value := _known_sum(total, report.values, form)) != report[total]
        }
        if not fresh:
            break
        report = report.with_values(fresh)
        touched.update(fresh)
    return report


def with_blank_totals(report: Report, form: FormDefinition, cells: Iterable[CellRef]) -> Report:
    """Those of `cells` that are blank totals, filled where all their parts are known."""
    totals = [ref for ref in cells if ref in form.totals and ref not in report.values]
    values = dict(report.values)
    for _ in totals:  # a total of totals waits for its parts
        found = {
            ref: one
            for ref in totals
            if ref not in values and (one := _known_sum(ref, values, form)) is not None
        }
        if not found:
            break
        values.update(found)
    return report.with_values({ref: values.get(ref) for ref in totals}) if totals else report


def _known_sum(total: CellRef, values: Values, form: FormDefinition) -> Value | None:
    sums = (part_sum(equation, values) for equation in form.totals[total])
    return next((one for one in sums if one is not None), None)


def _hangs_on(touched: set[CellRef], equations: tuple[Equation, ...]) -> bool:
    return any(ref in touched for equation in equations for ref in equation.parts)


def _is_own(total: CellRef, equations: tuple[Equation, ...], values: Values) -> bool:
    """Whether the program may compute this total: it is blank, or equals the sum of its parts."""
    value = values.get(total)
    return value is None or any(part_sum(equation, values) == value for equation in equations)
