"""What a rule may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from app.checks.settings import CheckSettings
from app.form.catalog import is_older_than_forms
from app.form.model import CellRef, FormDefinition, Value
from app.report.model import INTRODUCTION, Report
from app.report.outline import Outline


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
    likely: Mapping[CellRef, Value] = field(
        default_factory=dict
    )  # of last year's report, read doubtfully; it lacks them

    @cached_property
    def values(self) -> Mapping[CellRef, Value]:
        """The values with which one can count; what is no number at all is named by T2-01, T3-01, T4-01."""
        return _numbers(self.report)

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """(section key, narrative) in printed order, blank ones left out."""
        narratives = self.report.narratives
        keys = (INTRODUCTION, *(section.key for section in self.form.sections))
        return tuple((key, text) for key in keys if (text := narratives.get(key, "")))

    @cached_property
    def kept(self) -> dict[object, object]:
        """What one rule has worked out of all this and others ask for too, by the function that did."""
        return {}

    @cached_property
    def is_older_than_forms(self) -> bool:
        """Whether this is an old report of a year before the first form, with nothing in the form's tables."""
        return self.outline is not None and not self.report.values and is_older_than_forms(self.report.year)

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
