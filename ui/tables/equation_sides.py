"""Which cells stand on either side of the equation that a finding says is broken. No Qt."""

from app.checks.finding import Finding
from app.form.model import CellRef, FormDefinition

Sides = tuple[frozenset[CellRef], frozenset[CellRef]]
NONE: Sides = (frozenset(), frozenset())


class EquationSides:
    """The equations of a form by what a finding tells of them."""

    def __init__(self, form: FormDefinition) -> None:
        self._equations = {(one.check.id, one.cells): one for one in form.equations}

    def of(self, finding: Finding | None) -> Sides:
        """(left, right); last year's cells are none of this report's."""
        equation = self._equations.get((finding.rule, finding.cells)) if finding else None
        if equation is None:
            return NONE
        left, right = (
            frozenset(ref for term in side if not term.prior for ref in term.cells)
            for side in (equation.left, equation.right)
        )
        return left, right
