"""What the equations of the form prove about cells that could not be read: how digits divide, which blanks can only be 0.

Nothing is computed that the source does not say: a blank is proposed as 0 only where nothing else is possible, a run of
digits is divided only where one single reading is left, and both stay doubtful with the reason.
"""

from collections.abc import Iterator, Sequence

from app.form.model import CellRef, Equation, EquationTerm, Relation, Value, ValueKind
from app.importing.collected import Collected, Run, holds
from app.importing.values import BROKEN
from app.report import Report

_BY_COLUMNS = "各列的勾稽关系"
_BY_LAST_YEAR = "上年报告的数字"


def prove(collected: Collected, prior: Report | None = None) -> None:
    """Propose what is certain by the equations; `prior` is last year's report where it is known."""
    proof = _Proof(collected, prior)
    proof.confirm_broken()
    while proof.divide_runs() | proof.fill_zeros():
        pass


class _Proof:
    def __init__(self, collected: Collected, prior: Report | None) -> None:
        self.collected = collected
        self.prior = prior.values if prior is not None else None
        self.equations = [
            one
            for one in collected.form.equations
            if one.check.relation is Relation.EQUAL and (self.prior is not None or not one.needs_prior)
        ]
        self.known = {ref: v for ref, v in collected.values.items() if ref not in collected.unsure}
        for run in collected.runs:
            if run.solved:
                self.known.update(zip(run.refs, run.readings[0], strict=True))
        self.open = [run for run in collected.runs if not run.solved and len(run.readings) > 1]

    # -- numbers broken over lines ----------------------------------------------------------------------------------------

    def confirm_broken(self) -> None:
        """A number broken by the border of a narrow cell (120 / 34) is certain where the sum of its row is right with it."""
        broken = {ref for ref, one in self.collected.unsure.items() if one.reason == BROKEN}
        values = {**self.known, **{ref: self.collected.values[ref] for ref in broken}}
        for one in self.equations if broken else ():
            mine = [ref for ref in one.cells if ref in broken]
            if mine and len({ref.row for ref in one.cells}) == 1 and self._confirms(one, values, broken):
                for ref in mine:
                    self.known[ref] = values[ref]
                    self.collected.unsure.pop(ref, None)

    def _confirms(self, equation: Equation, values: dict[CellRef, Value], broken: set[CellRef]) -> bool:
        """Whether the sum is right, blanks counted as 0, and says more than that one broken number equals itself."""
        if equation.total is None or any(
            ref not in values and not self._may_be_zero(ref) for ref in equation.cells
        ):
            return False
        numbers = {ref: values.get(ref, 0) for ref in equation.cells}
        parts = [ref for ref in equation.parts if numbers[ref]]
        telling = len(parts) > 1 or not {equation.total, *parts} <= broken
        return telling and holds(equation, numbers)

    # -- digits run together ----------------------------------------------------------------------------------------------

    def divide_runs(self) -> bool:
        """Divide the runs that one single reading is left of; whether there was any."""
        done = []
        for run in self.open:
            readings, how = self._possible(run)
            if len(readings) == 1:
                self.collected.divide(run, readings[0], how)
                self.known.update(zip(run.refs, readings[0], strict=True))
                done.append(run)
        self.open = [run for run in self.open if run not in done]
        return bool(done)

    def _possible(self, run: Run) -> tuple[Sequence[tuple[int, ...]], str]:
        """The readings of a run with which every equation of its cells holds, and what told."""
        at = {ref: index for index, ref in enumerate(run.refs)}
        left, how = run.readings, ""
        for one in self.equations:
            mine = [ref for ref in one.cells if ref in at]
            if not mine or any(ref not in at and ref not in self.known for ref in one.cells):
                continue
            if one.needs_prior and not self._prior_known(one):
                continue
            fits = [
                numbers for numbers in left if self._holds(one, dict(zip(run.refs, numbers, strict=True)))
            ]
            if len(fits) < len(left):
                left, how = fits, _BY_LAST_YEAR if one.needs_prior else how or _BY_COLUMNS
        return left, how

    def _holds(self, equation: Equation, numbers: dict[CellRef, int]) -> bool:
        left, right = (
            sum(self._term(term, numbers) for term in side) for side in (equation.left, equation.right)
        )
        return left == right

    def _term(self, term: EquationTerm, numbers: dict[CellRef, int]) -> Value:
        if term.prior:
            assert self.prior is not None
            return sum(self.prior[ref] for ref in term.cells)
        return sum(numbers[ref] if ref in numbers else self.known[ref] for ref in term.cells)

    def _prior_known(self, equation: Equation) -> bool:
        terms = [term for term in (*equation.left, *equation.right) if term.prior]
        return self.prior is not None and all(ref in self.prior for term in terms for ref in term.cells)

    # -- blanks -----------------------------------------------------------------------------------------------------------

    def fill_zeros(self) -> bool:
        """Propose 0 for blanks that can be nothing else; whether there was any."""
        found = False
        for one in self.equations:
            for ref in list(self._zeros(one)):
                self.collected.propose_zero(ref, one.check.text)
                self.known[ref] = 0
                found = True
        return found

    def _zeros(self, equation: Equation) -> Iterator[CellRef]:
        """The blanks of one side, where what is known of it already equals the other side: no count is below 0."""
        if equation.needs_prior:
            return  # last year's number proves nothing about what this year's report says
        sides = equation.sides
        blank = [[ref for ref in side if ref not in self.known] for side in sides]
        if bool(blank[0]) == bool(blank[1]):
            return
        missing = blank[0] or blank[1]
        left, right = (sum(self.known[ref] for ref in side if ref in self.known) for side in sides)
        if left == right and all(self._may_be_zero(ref) for ref in missing):
            yield from missing

    def _may_be_zero(self, ref: CellRef) -> bool:
        """A place of the source with nothing in it, for a number that is never below 0."""
        collected = self.collected
        return (
            ref in collected.blanks
            and ref not in collected.evidence
            and ref not in collected.unsure
            and collected.form.kind(ref) is ValueKind.COUNT
        )
