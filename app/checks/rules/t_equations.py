"""The declared equations: every sum and carry-over of the form (T3-03…05, T4-02, Y-01, Y-02 …)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.checks.context import CheckContext
from app.checks.failures import Failure, Suspect, Values, shift, suspects
from app.checks.finding import Finding, Repair
from app.checks.language.reading import row_words, shown
from app.checks.rule import Check, rule_of_form
from app.form.catalog import all_forms
from app.form.model import Axis, CellRef, Equation, EquationTerm, FormDefinition, Relation, TableSpec, Value


def declared_equations() -> Iterator[Check]:
    """What the forms declare at their tables, the oldest edition first."""
    for edition in sorted(all_forms(), key=lambda one: one.first_year):
        for table in edition.tables.values():
            for one in table.cross_checks:
                yield Check(one.id, (one.severity,), one.text.rstrip("。") + "。")


@rule_of_form(declared_equations)
def equations_hold(context: CheckContext) -> Iterator[Finding]:
    """本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和。各项总计等于所列各分项之和。

    Of what fails as printed, the smallest set is reported, parts before totals. A failing equation is left out when

    * it holds once the totals already reported are replaced by the sums of their parts, or
    * its line sums other lines (总计 column, （七）总计 row), some of those fail the same check, and their gaps add up to its own.
    """
    values, prior = (
        context.values,
        _LastYear(context.last_values, context.likely if context.last_values else {}),
    )
    failures = [one for e in context.form.equations if (one := _failure(e, values, prior.of(e))) is not None]
    if not failures:
        return
    kept, wrong_totals = _smallest(failures, values, prior, context.form)
    at_fault = suspects(kept, values, context.form)
    told = [_doubted(_finding(one, wrong_totals, context.form), one.equation, prior) for one in kept]
    for group in _together(kept, at_fault):
        if len(group) == 1:
            (at,) = group
            yield _with_suspect(told[at], at_fault[at], context) if at in at_fault else told[at]
        else:
            yield _joined([told[at] for at in group], [kept[at] for at in group], context)


class _LastYear(NamedTuple):
    """Last year's numbers; what was read doubtfully of them is good enough for a question, not for what must be carried over."""

    sure: Values
    likely: Values

    def of(self, equation: Equation) -> Values:
        if not self.likely or not equation.needs_prior or equation.check.carries:
            return self.sure
        return {**self.likely, **self.sure}


def _doubted(told: Finding, equation: Equation, prior: _LastYear) -> Finding:
    """Says so where last year's number was parted from others."""
    terms = (*equation.left, *equation.right)
    if not any(ref in prior.likely for term in terms if term.prior for ref in term.cells):
        return told
    return replace(told, message=f"{told.message}；上年的数由连写的数字拆分得来，请先对照上年原文")


# -- evaluation ----------------------------------------------------------------------------------------------------------


def _failure(equation: Equation, values: Values, prior: Values) -> Failure | None:
    """The equation with its sums when it is violated; None when it holds or a cell on either side is blank."""
    if not equation.needs_prior and _stands(equation, values):
        return None
    left = _sums(equation.left, values, prior)
    if left is None:
        return None
    right = _sums(equation.right, values, prior)
    if right is None:
        return None
    a, b = sum(left), sum(right)
    holds = a >= b if equation.check.relation is Relation.AT_LEAST else a == b
    return None if holds else Failure(equation, left, right)


def _stands(equation: Equation, values: Values) -> bool:
    """The quick answer for most equations, most of the time: it holds, or it cannot be judged."""
    left, right = equation.sides
    get = values.__getitem__
    try:
        a, b = sum(map(get, left)), sum(map(get, right))
    except KeyError:
        return True
    return a >= b if equation.check.relation is Relation.AT_LEAST else a == b


def _sums(terms: Sequence[EquationTerm], values: Values, prior: Values) -> list[Value] | None:
    try:
        return [
            sum([source[ref] for ref in cells])
            for cells, of_prior in terms
            for source in (prior if of_prior else values,)
        ]
    except KeyError:
        return None


# -- the smallest set ----------------------------------------------------------------------------------------------------


def _smallest(
    failures: list[Failure], values: Values, prior: _LastYear, form: FormDefinition
) -> tuple[list[Failure], set[CellRef]]:
    """The failures that remain when those explained by others are left out, in the order of the form; the wrong totals."""
    gaps = {_place(one.equation): one.gap for one in failures}  # as printed
    settled_gaps: dict[tuple[object, ...], Value] = {}  # with the wrong totals settled
    kept: set[int] = set()
    settled = dict(values)  # with the totals reported so far replaced by the sums of their parts
    wrong_totals: set[CellRef] = set()
    for one in _parts_first(failures, form):
        equation = one.equation
        now = one.gap
        if wrong_totals and not wrong_totals.isdisjoint(equation.cells):
            again = _failure(equation, settled, prior.of(equation))
            if again is None:
                continue
            now = again.gap
        settled_gaps[_place(equation)] = now
        lines = _summed_lines(equation, form.tables[equation.table])
        if _add_up(lines, gaps, one.gap) or _add_up(lines, settled_gaps, now):
            continue
        kept.add(id(one))
        total = equation.total
        if total is not None:
            wrong_totals.add(total)
            settled[total] = settled[total] - now
    return [one for one in failures if id(one) in kept], wrong_totals


def _place(equation: Equation) -> tuple[object, ...]:
    """What tells the lines of one check from those of another (T4-02 is three checks of one id)."""
    check = equation.check
    return equation.table, check.id, check.axis, check.left, equation.line


def _parts_first(failures: list[Failure], form: FormDefinition) -> list[Failure]:
    """Sums of inputs, then sums of sums, then what computes no total; line by line before the line that sums the lines."""

    def rank(one: Failure) -> tuple[int, bool]:
        equation = one.equation
        depth = 3 if equation.total is None else any(ref in form.totals for ref in equation.parts) + 1
        return depth, (equation.check.axis, equation.line) in form.tables[equation.table].line_parts

    return sorted(failures, key=rank)


def _summed_lines(equation: Equation, table: TableSpec) -> list[tuple[object, ...]]:
    """The places of the same check at the lines that this line sums; none when it sums none."""
    check = equation.check
    parts = table.line_parts.get((check.axis, equation.line), ())
    return [(equation.table, check.id, check.axis, check.left, part) for part in parts]


def _add_up(lines: list[tuple[object, ...]], gaps: Mapping[tuple[object, ...], Value], gap: Value) -> bool:
    """Whether some of these lines fail, and together by just as much."""
    found = [gaps[line] for line in lines if line in gaps]
    return bool(found) and sum(found) == gap


def _together(kept: list[Failure], at_fault: Mapping[int, Suspect | None]) -> list[list[int]]:
    """Places in `kept` that are one matter: what last year says of several columns; columns of which one lacks what another has."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, one in enumerate(kept):
        equation, check = one.equation, one.equation.check
        is_column = not check.computes or check.axis is not Axis.COLUMN
        alike = check.carries or (is_column and not equation.needs_prior and at not in at_fault)
        groups.setdefault(_place(equation)[:-1] if alike else (at,), []).append(at)
    found: list[list[int]] = []
    for some in groups.values():
        is_one = kept[some[0]].equation.check.carries or sum(kept[at].gap for at in some) == 0
        found += [some] if is_one else [[at] for at in some]
    return sorted(found)


# -- words ---------------------------------------------------------------------------------------------------------------


def _finding(one: Failure, wrong_totals: set[CellRef], form: FormDefinition) -> Finding:
    equation, check = one.equation, one.equation.check
    left, right = sum(one.left), sum(one.right)
    figures = {
        "left": shown(left),
        "right": shown(right),
        "difference": shown(max(one.gap, -one.gap)),
        "expected": shown(one.left[0] - one.gap),
        **_numbered("left", one.left),
        **_numbered("right", one.right),
    }
    used = ["left", "right", "difference"]
    if check.relation is Relation.EQUAL and (len(one.left) > 1 or len(one.right) > 1):
        used += [*_numbered("left", one.left), *_numbered("right", one.right)]
    return Finding(
        check.id,
        check.severity,
        check.message.format(line=equation.line_label, **figures),
        form.section_of(equation.left[0].cells[0]).key,
        equation.cells,
        values=tuple((name, figures[name]) for name in used),
        repair=_repair(one, wrong_totals),
    )


def _with_suspect(told: Finding, suspect: Suspect | None, context: CheckContext) -> Finding:
    """With the one cell that would settle this and another: a total made to fit would hide it. Of several none is named."""
    if suspect is None:
        return told if told.repair is None else replace(told, repair=replace(told.repair, is_safe=False))
    ref, value = suspect
    place = context.form.label(ref)
    message = f"{told.message}；“{place}”由{shown(context.values[ref])}改为{shown(value)}则各处相符，请先核对"
    repair = told.repair
    if repair is None or repair.values != ((ref, value),):
        repair = Repair(f"“{place}”改为{shown(value)}", ((ref, value),), is_safe=False)
    return replace(told, message=message, repair=repair)


def _joined(told: list[Finding], failures: list[Failure], context: CheckContext) -> Finding:
    """Several lines of one check that fail for one reason."""
    cells = tuple(dict.fromkeys(ref for one in told for ref in one.cells))
    message = "；".join(one.message for one in told)
    values = tuple(figure for one in told for figure in one.values)
    joined = replace(told[0], message=message, cells=cells, values=values, repair=None)
    if failures[0].equation.check.carries:
        changes = tuple(change for one in told if one.repair for change in one.repair.values)
        return replace(joined, repair=Repair("按上年年报改", changes))
    moved = shift(failures, context.values, context.form)
    if moved is None:
        return replace(joined, message=f"{message}；差数相抵，疑有数字填错了列，请对照登记核对")
    row = row_words(context.form.section_of(cells[0]), moved.values[0][0])
    way, back = ("右", "左") if moved.to_the_right else ("左", "右")
    message = f"“{row}”一行各数疑似整体错到{way}边一列，{back}移一列则各列相符：{message}"
    repair = Repair(f"“{row}”一行{back}移一列", moved.values, is_safe=False)
    return replace(joined, message=message, repair=repair)


def _numbered(side: str, sums: list[Value]) -> dict[str, str]:
    return {f"{side}{n}": shown(one) for n, one in enumerate(sums, 1)}


def _repair(one: Failure, wrong_totals: set[CellRef]) -> Repair | None:
    """A computed total becomes the sum of its parts, once these are right; a carried value becomes last year's."""
    equation = one.equation
    should = sum(one.right)
    if equation.total is not None:
        if not wrong_totals.isdisjoint(equation.parts):
            return None
        return Repair(f"按各项之和改为{shown(should)}", ((equation.total, should),))
    if equation.check.carries:
        return Repair(f"按上年年报改为{shown(should)}", ((equation.left[0].cells[0], should),))
    return None
