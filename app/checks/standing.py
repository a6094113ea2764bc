"""How far a report is, in the words of the program: 待填, 待更新, 错误, 警告. The one set of numbers for window, refusals, papers and
command line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import TypeVar

from app.checks.finding import Finding
from app.form.model import FormDefinition, Severity
from app.report import bindings
from app.report.model import INTRODUCTION, Pending, Report

Placed = TypeVar("Placed", Finding, Pending)  # what belongs to a part of the report


class Kind(StrEnum):
    """What a finding is called, everywhere. What is not yet there contradicts nothing."""

    MISSING = "待填"
    PENDING = "待更新"
    ERROR = "错误"
    WARNING = "警告"
    INFO = "提示"


_BY_SEVERITY = {Severity.ERROR: Kind.ERROR, Severity.WARNING: Kind.WARNING, Severity.INFO: Kind.INFO}
# Errors that say no more than that something was not written yet: a part of the text, the date of issue, the processing fee.
_NOT_WRITTEN = frozenset({"S-01", "S-09", "S-15"})
_WRONG_EVERY_YEAR = frozenset({"D-14"})  # what is private is no last year's figure


def kind_of(finding: Finding, form: FormDefinition, pending: Iterable[Pending] = ()) -> Kind:
    """`pending`: the marks of the report. What still stands there as last year left it is wrong only when it is kept."""
    if finding.severity is not Severity.ERROR:
        return _BY_SEVERITY[finding.severity]
    if finding.rule in _NOT_WRITTEN or is_of_blanks(finding, form):
        return Kind.MISSING
    waits = finding.rule not in _WRONG_EVERY_YEAR and any(_meet(mark, finding) for mark in pending)
    return Kind.PENDING if waits else Kind.ERROR


def _meet(mark: Pending, finding: Finding) -> bool:
    """Whether the mark lies in the words that the finding quotes."""
    return mark.section == finding.section and mark.start < finding.end and finding.start < mark.end


def is_of_blanks(finding: Finding, form: FormDefinition) -> bool:
    """Whether it says that cells are blank, and how many: 表四 has one rule for that and for what is no number."""
    rules = {section.blank_rule.id for section in form.sections if section.blank_rule}
    return finding.rule in rules and any(name == "n" for name, _ in finding.values)


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a whole report, or of one part."""

    cells: int = 0  # that the clerk fills; totals are apart
    filled: int = 0
    blanks: int = 0  # cells
    unwritten: int = 0  # places of the text, and what has no place yet
    pending: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0

    @property
    def missing(self) -> int:
        """Everything that is 待填."""
        return self.blanks + self.unwritten

    @property
    def is_draft(self) -> bool:
        """Whether something stands in the way of handing it in."""
        return bool(self.missing or self.pending or self.errors)

    @property
    def done(self) -> float:
        """The part of the work that is done, 0 to 1: what is filled beside all that is still wanted."""
        left = self.missing + self.pending + self.errors
        return self.filled / (self.filled + left) if self.filled + left else 1.0

    @property
    def missing_words(self) -> str:
        """A cell is 格, a place of the text 处: 160格、2处."""
        parts = [f"{self.blanks}格"] * bool(self.blanks) + [f"{self.unwritten}处"] * bool(self.unwritten)
        return "、".join(parts)

    @property
    def parts(self) -> list[str]:
        """What is left, word by word: 待填160格、2处, 待更新20处 …"""
        found = [f"{Kind.MISSING}{self.missing_words}"] if self.missing else []
        counted = ((Kind.PENDING, self.pending), (Kind.ERROR, self.errors), (Kind.WARNING, self.warnings))
        return found + [f"{word}{number}处" for word, number in counted if number]


_NUMBERS = attrgetter(
    *(one.name for one in fields(Standing))
)  # dataclasses.astuple copies each of them deeply


def standing(report: Report, form: FormDefinition, findings: Iterable[Finding]) -> Standing:
    """Of the whole report; `findings` are those that are not explained."""
    return together(standings(report, form, findings).values())


def together(parts: Iterable[Standing]) -> Standing:
    """Several parts as one."""
    return Standing(*map(sum, zip(*map(_NUMBERS, parts), strict=True)))


def standings(report: Report, form: FormDefinition, findings: Iterable[Finding]) -> dict[str, Standing]:
    """Of each part, by the key under which findings name it: introduction, the sections, title, signature and ""."""
    by_section = _by_section(findings)
    marks = _by_section(report.pending)
    sections = {section.key: section for section in form.sections}
    left = set(report.left(form))
    found = {}
    for key in dict.fromkeys([INTRODUCTION, *sections, *by_section, *marks]):
        waiting = marks.get(key, ())
        inputs = form.inputs_of(sections[key]) if key in sections else ()
        own = sections[key].cells if key in sections else ()
        told = (one for one in by_section.get(key, ()) if not is_of_blanks(one, form))
        number = Counter(kind_of(one, form, waiting) for one in told)
        found[key] = Standing(
            len(inputs),
            sum(ref in report.values for ref in inputs),
            sum(ref in left for ref in own),
            number[Kind.MISSING] + len(bindings.blank_places(report.narrative(key))),
            len(waiting),
            number[Kind.ERROR],
            number[Kind.WARNING],
            number[Kind.INFO],
        )
    return found


def _by_section(all_: Iterable[Placed]) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {}
    for one in all_:
        found.setdefault(one.section, []).append(one)
    return found
