"""Which cells a number in the text speaks of: told by the very checks that hold the text against the tables (N-01 …)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from app.checks import CheckContext, Finding
from app.checks.rule import rules
from app.form.model import CellRef, FormDefinition
from app.report import bindings
from app.report.model import Binding, Report

FEE = "信息处理费"
_RULES = {"N-01", "N-02", "N-03", "N-04", "N-05", "N-06", "N-07", "N-08", "N-10", "N-11", "N-12"}
_FIRST, _STEP = 10**9 + 7, 7919  # figures that no township has, no two sums of them alike
_NO_FEE = Decimal("987654321")
_DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Offer:
    """A number that could be bound: where it stands, what it says, what it should say."""

    binding: Binding
    says: str
    should: str  # 【待填】 while the cell is blank

    @property
    def agrees(self) -> bool:
        return self.says.replace(",", "") == self.should


def offers(report: Report, form: FormDefinition) -> tuple[Offer, ...]:
    """All numbers in the narratives that speak of cells and are not bound, in the order of the text.

    The checks are asked with figures in the tables that nobody would write: each then names every number that it compares,
    and with which cells.
    """
    probes = {ref: _FIRST + _STEP * index * index for index, ref in enumerate(form.cells)}
    probing = replace(report, values=probes, processing_fee=_NO_FEE, pending=(), bindings=(), explanations=())
    context = CheckContext(probing, form)
    found: dict[tuple[str, int, int], Offer] = {}
    for one in rules():
        if _RULES.intersection(one.ids):
            for finding in one.run(context):
                if finding.rule in _RULES and (made := _offer(report, finding)) is not None:
                    place = made.binding.section, made.binding.start, made.binding.end
                    found.setdefault(place, made)
    taken = [(one.section, one.start, one.end) for one in report.bindings]
    return tuple(found[place] for place in sorted(found) if not any(_touch(place, one) for one in taken))


def _touch(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _offer(report: Report, finding: Finding) -> Offer | None:
    """The number inside a finding's quotation, bound to the cells that it agrees with."""
    said = dict(finding.values).get("left", "")
    for digits in _DIGITS.finditer(finding.quote):
        text = digits.group()
        if text.replace(",", "") == said:
            start = finding.start + digits.start()
            place = Binding(finding.section, start, start + len(text))
            readings = [replace(place, cells=cells) for cells in _readings(finding)]
            agreeing = [one for one in readings if bindings.shown(report, one) == said]
            chosen = (agreeing or readings)[0]
            return Offer(chosen, text, bindings.shown(report, chosen))
    return None


def _readings(finding: Finding) -> Iterator[tuple[CellRef, ...]]:
    """The cells that the check compares with; of applications received also those with last year's rest."""
    yield finding.cells
    if finding.rule in ("N-01", "N-06"):  # N-06 names a 0 of all that came
        received = finding.cells[0]
        yield (received, received._replace(row="carried_in"))
        yield (received._replace(row="processed"),)


def described(form: FormDefinition, binding: Binding) -> str:
    """What a bound number follows, in words: 表三“一、本年新收……·总计”."""
    if not binding.cells:
        return FEE
    names = [f"“{form.label(ref)}”" for ref in binding.cells[:2]]
    more = f"等{len(binding.cells)}格之和" if len(binding.cells) > 2 else ""
    joined = "加".join(names) if not more else names[0]
    return f"{form.section_of(binding.cells[0]).table_name}{joined}{more}"
