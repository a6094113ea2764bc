"""What the equations of the form prove about cells that could not be read: how digits divide, which blanks can only be 0.

Nothing is computed that the source does not say: a blank is proposed as 0 only where nothing else is possible, a run of
digits is divided only where one single reading is left, and both stay doubtful with the reason.
"""

from collections.abc import Iterator, Sequence

from app.form.model import CellRef, Equation, Relation, Value, ValueKind
from app.importing.matching.collected import Collected, Run, holds
from app.importing.matching.values import BROKEN
from app.report.model import Report

_BY_COLUMNS = "各列的勾稽关系"
_BY_LAST_YEAR = "上年报告的数字"
_MOST_SUMS = 50_000


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
        """A number broken by the border of a narrow cell (120 / 34) is certain where the sums that it is in are right with it.

        The sum of its row suffices, unless it says only that the number equals itself; then that of its column must hold too.
        """
        broken = {ref for ref, one in self.collected.unsure.items() if one.reason == BROKEN}
        values = {**self.known, **{ref: self.collected.values[ref] for ref in broken}}
        for one in self.equations if broken else ():
            mine = [ref for ref in one.cells if ref in broken]
            if mine and len({ref.row for ref in one.cells}) == 1 and self._confirms(one, values, broken):
                for ref in mine:
                    self._confirm(ref, values[ref])
        for ref in filter(self.collected.unsure.__contains__, broken):
            self._confirm_crossed(ref, values)

    def _confirm(self, ref: CellRef, value: Value) -> None:
        self.known[ref] = value
        self.collected.unsure.pop(ref, None)

    def _confirm_crossed(self, ref: CellRef, values: dict[CellRef, Value]) -> None:
        """Certain too where the sums along its row and down its column are both right, with every cell of them read."""
        mine = [one for one in self.equations if ref in one.cells and one.total is not None]
        across = [one for one in mine if len({cell.row for cell in one.cells}) == 1]
        down = [one for one in mine if len({cell.column for cell in one.cells}) == 1]
        are_read = all(cell in values for one in (*across, *down) for cell in one.cells)
        if across and down and are_read and all(holds(one, values) for one in (*across, *down)):
            self._confirm(ref, values[ref])

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
        """Strike out the readings that no equation leaves room for, divide the runs that one is left of; whether any was."""
        found = False
        for run in self.open:
            left, how = self._possible(run)
            found |= 0 < len(left) < len(run.readings)
            run.readings = list(left) or run.readings
            if len(left) == 1:
                self.collected.divide(run, left[0], how)
                self.known.update(zip(run.refs, left[0], strict=True))
        self.open = [run for run in self.open if not run.solved]
        return found

    def _possible(self, run: Run) -> tuple[Sequence[tuple[int, ...]], str]:
        """The readings of a run with which every equation of its cells may hold, and what told."""
        left = run.readings
        for one in self.equations:
            signs = _signs(one)
            if not self._may_tell(one, signs, run):
                continue
            others = self._sums_of_others(one, signs, run)
            fits = [numbers for numbers in left if -_share(run, numbers, signs) in others] if others else left
            if len(fits) < len(left):
                left, run.how = fits, _BY_LAST_YEAR if one.needs_prior else run.how or _BY_COLUMNS
        return left, run.how

    def _may_tell(self, equation: Equation, signs: dict[CellRef, int], run: Run) -> bool:
        """Whether cells of the run are in the equation, and last year's of it are known."""
        known = not equation.needs_prior or self._prior_known(equation)
        return known and not signs.keys().isdisjoint(run.refs)

    def _sums_of_others(self, equation: Equation, signs: dict[CellRef, int], run: Run) -> set[Value]:
        """What the cells of an equation outside of this run may come to, left minus right; empty where that is not known."""
        unknown = signs.keys() - self.known.keys() - set(run.refs)
        known = sum(sign * self.known[ref] for ref, sign in signs.items() if ref in self.known)
        sums: set[Value] = {self._prior_share(equation) + known}
        for other in self.open:
            if other is run or other.solved or unknown.isdisjoint(other.refs):
                continue
            unknown -= set(other.refs)
            shares = {_share(other, numbers, signs) for numbers in other.readings}
            if len(sums) * len(shares) > _MOST_SUMS:
                return set()
            sums = {a + b for a in sums for b in shares}
        return set() if unknown else sums

    def _prior_share(self, equation: Equation) -> Value:
        found: Value = 0
        for sign, side in ((1, equation.left), (-1, equation.right)):
            for term in side:
                if term.prior and self.prior is not None:
                    found += sign * sum(self.prior[ref] for ref in term.cells)
        return found

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


def _signs(equation: Equation) -> dict[CellRef, int]:
    """The cells of this report in an equation: 1 on its left side, −1 on its right."""
    left, right = (
        [ref for term in side if not term.prior for ref in term.cells]
        for side in (equation.left, equation.right)
    )
    return {**dict.fromkeys(left, 1), **dict.fromkeys(right, -1)}


def _share(run: Run, numbers: tuple[int, ...], signs: dict[CellRef, int]) -> int:
    return sum(signs[ref] * number for ref, number in zip(run.refs, numbers, strict=True) if ref in signs)
