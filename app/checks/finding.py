"""What a check finds, what it may look at, and the register of all rules."""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from app.checks.settings import CheckSettings
from app.form.model import CellRef, FormDefinition, Severity, Value
from app.report.model import Report
from app.report.outline import Outline


@dataclass(frozen=True, slots=True)
class TextEdit:
    """[start, end) of a narrative, where `old` stands now, becomes `new`."""

    section: str
    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that would settle a finding, offered as one click and undoable; `text` is on the button's tooltip.

    `is_safe`: right whatever the clerk meant (a mark, a misprint, a sum of filled parts), so that 全部修复 makes it too.
    """

    text: str  # 按各项之和改为 5
    values: tuple[tuple[CellRef, Value | None], ...] = ()
    edits: tuple[TextEdit, ...] = ()
    is_safe: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction, named. `quote` is the exact source text at [start, end) of the section's narrative, if any."""

    rule: str  # T3-05, as in domain.md §4
    severity: Severity
    message: str
    section: str = ""  # key of the form section, "introduction", "title" or "signature"
    cells: tuple[CellRef, ...] = ()
    quote: str = ""
    start: int = -1
    end: int = -1
    values: tuple[tuple[str, str], ...] = ()  # the figures with which the rule failed: left, right …
    repair: Repair | None = None


@dataclass(frozen=True)
class CheckContext:
    """All that a rule may look at. `outline` is given only for an old report as found, `prior` when last year's is known."""

    report: Report
    form: FormDefinition
    prior: Report | None = None
    prior_form: FormDefinition | None = None
    outline: Outline | None = None
    settings: CheckSettings = field(default_factory=CheckSettings)
    unread: Mapping[CellRef, str] = field(default_factory=dict)  # typed, no number: why; the report lacks it

    @cached_property
    def values(self) -> Mapping[CellRef, Value]:
        """The values with which one can count; what is no number at all is named by T2-01, T3-01, T4-01."""
        return _numbers(self.report)

    @cached_property
    def last_year(self) -> Report | None:
        """The report of year − 1: another year's is no measure for this one (Y-03 says so)."""
        return self.prior if self.prior is not None and self.prior.year == self.report.year - 1 else None

    @cached_property
    def last_values(self) -> Mapping[CellRef, Value]:
        """The values of the report of year − 1; empty when there is none."""
        return _numbers(self.last_year) if self.last_year is not None else {}


def is_number(value: object) -> bool:
    """Whether a value can be added and compared; a file may hold anything."""
    return type(value) is int or (type(value) is Decimal and value.is_finite())


def _numbers(report: Report) -> Mapping[CellRef, Value]:
    if all(map(is_number, report.values.values())):
        return report.values
    return {ref: value for ref, value in report.values.items() if is_number(value)}


RuleFunction = Callable[[CheckContext], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule: the ids it may report, the official sentence behind it, the function."""

    ids: tuple[str, ...]
    sentence: str
    run: RuleFunction
    reads_cells: bool = True  # False: a change of numbers alone cannot change what it finds


_RULES: list[Rule] = []


def rule(*ids: str, reads_cells: bool = True) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule function; its docstring is the official sentence behind it."""

    def register(function: RuleFunction) -> RuleFunction:
        sentence = (function.__doc__ or "").strip()
        if not sentence:
            raise TypeError(f"rule {function.__name__} has no docstring")
        _RULES.append(Rule(ids, sentence, function, reads_cells))
        return function

    return register


def text_rule(*ids: str) -> Callable[[RuleFunction], RuleFunction]:
    """A rule that looks at no cell: typing numbers does not run it again."""
    return rule(*ids, reads_cells=False)


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of their modules."""
    from app.checks.rules import (
        citations,
        consistency,
        counts,
        cross_checks,
        cross_table,
        enumerations,
        identity,
        leftovers,
        narrative_numbers,
        narrative_review,
        narratives,
        numbering,
        similarity,
        structure,
        tables,
        typography,
        wording,
    )

    del (
        citations,
        consistency,
        counts,
        cross_checks,
        cross_table,
        enumerations,
        identity,
    )  # importing registers
    del leftovers, narrative_numbers, narrative_review, narratives, numbering, similarity
    del structure, tables, typography, wording
    return tuple(_RULES)


def basis(name: str) -> str:
    """The official sentence behind the rule of that id, "" when there is none."""
    return next((one.sentence.split("\n")[0] for one in rules() if name in one.ids), "")


_ORDER: Mapping[Severity, int] = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def check(context: CheckContext) -> tuple[Finding, ...]:
    """Run every rule: findings in the order of the form's sections, errors first within a section."""
    return finished(checking(context))


Checking = Generator[None, None, tuple[Finding, ...]]


def checking(context: CheckContext) -> Checking:
    """The same rule by rule: whoever must not wait goes on with it when there is time."""
    of_texts = _known_of_texts(context)
    if of_texts is None:
        of_texts = yield from _run(context, reads_cells=False)
        _keep_of_texts(context, of_texts)
    found = yield from _run(context, reads_cells=True)
    places = {section.key: index for index, section in enumerate(context.form.sections, 2)}
    places |= {"title": 0, "introduction": 1, "signature": len(places) + 2}
    order = sorted([*found, *of_texts], key=lambda one: (places.get(one.section, 0), _ORDER[one.severity]))
    return tuple(order)


def finished(steps: Checking) -> tuple[Finding, ...]:
    """Run what is left of it."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: tuple[Finding, ...] = end.value
            return found


def _run(context: CheckContext, reads_cells: bool) -> Generator[None, None, list[Finding]]:
    found: list[Finding] = []
    for one in rules():
        if one.reads_cells is reads_cells:
            found += one.run(context)
            yield
    return found


_latest: tuple[tuple[object, ...], list[Finding]] | None = None  # what the text rules saw last, and found


def _texts(context: CheckContext) -> tuple[object, ...]:
    return (
        replace(context.report, values={}),
        context.form.id,
        context.prior,
        context.outline,
        context.settings,
    )


def _known_of_texts(context: CheckContext) -> list[Finding] | None:
    """What the text rules found last, while nothing but numbers changed."""
    return _latest[1] if _latest is not None and _latest[0] == _texts(context) else None


def _keep_of_texts(context: CheckContext, found: list[Finding]) -> None:
    global _latest
    _latest = (_texts(context), found)
