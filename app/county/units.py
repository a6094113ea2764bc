"""One unit of a roll-up: what is remembered of its report while the report itself lies on the shelf."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from app.checks import CheckContext, Finding, check
from app.checks.explanations import settle
from app.checks.settings import CheckSettings
from app.checks.standing import Standing
from app.county.shelf import Row, Shelf, blob_of
from app.form.catalog import form as form_of
from app.form.model import CellRef, Severity, Value
from app.report.model import Frozen, Report
from app.report.place_names import place_name
from app.signoff import signing
from app.signoff.check_sheet import SEVERITIES, Checked, place, problem


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a report that lies on the shelf: what every list asks. The rest is fetched when it is wanted."""

    shelf: Shelf = field(repr=False)
    place: int
    settings: CheckSettings = field(repr=False)
    year: int
    form: str
    version: int
    state: str
    frozen: Frozen | None
    numbers: tuple[int, ...]  # of findings, in the order of SEVERITIES
    standing: Standing
    carried: int  # 结转不符
    content: bytes  # its fingerprint, with the pictures that are not laid there
    is_altered: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """One report that was handed in, or a unit of which none was.

    `excluded` says why it is not in the sums; `notes` what the county should know of it.
    """

    name: str
    file: str = ""
    known: Known | None = None
    excluded: str = ""
    notes: tuple[str, ...] = ()
    is_overdue: bool = False
    where: str = ""  # the report lies there by itself; "" where it lies in a 上报包

    @property
    def path(self) -> Path | None:
        return Path(self.where) if self.where else None

    @property
    def is_counted(self) -> bool:
        return self.known is not None and not self.excluded

    @property
    def state(self) -> str:
        """没有报送, 起草 … 定稿."""
        return self.known.state if self.known else "没有报送"

    @property
    def frozen(self) -> Frozen | None:
        return self.known.frozen if self.known else None

    @property
    def is_frozen(self) -> bool:
        return self.frozen is not None

    @property
    def version(self) -> int:
        return self.known.version if self.known else 0

    def number_of(self, severity: Severity) -> int:
        return self.known.numbers[list(SEVERITIES).index(severity)] if self.known else 0

    @property
    def blanks(self) -> int:
        return self.known.standing.blanks if self.known else 0

    @property
    def carried(self) -> int:
        """How many cells of 上年结转 are not what last year's report carried on."""
        return self.known.carried if self.known else 0

    @property
    def words(self) -> Iterator[str]:
        """How far it is and what is wrong with it, a word each."""
        yield self.state
        if self.is_overdue:
            yield "逾期"
        if self.known:
            yield from self.known.standing.parts
        if self.carried:
            yield f"结转不符{self.carried}处"
        if self.excluded:
            yield f"没有计入（{self.excluded}）"
        yield from self.notes

    # -- fetched from the shelf ----------------------------------------------------------------------------------------

    @property
    def report(self) -> Report | None:
        return self.known.shelf.reports(self.known.place)[0] if self.known else None

    @property
    def prior(self) -> Report | None:
        return self.known.shelf.reports(self.known.place)[1] if self.known else None

    @property
    def checked(self) -> Checked | None:
        """The report with its findings, looked for anew."""
        if self.known is None:
            return None
        return checked_of(*self.known.shelf.reports(self.known.place), self.known.settings)

    @property
    def carry_over(self) -> list[Finding]:
        """Where 上年结转 is not what last year's report carried on."""
        return _carry_over(self.checked) if self.carried and self.checked else []

    @property
    def rows(self) -> list[Row]:
        """Its errors and warnings in words: part, place, grade, id, sentence, 出错说明, and the sentence again where it is a 结转不符."""
        return self.known.shelf.rows(self.known.place) if self.known else []


@dataclass(frozen=True)
class Sum:
    """One cell over all counted units: who gave which value, and who left it blank."""

    ref: CellRef
    values: Sequence[Value | None]  # in the order of the counted units

    @cached_property
    def total(self) -> Value | None:
        """Of what there is; None when nobody filled it."""
        known = [one for one in self.values if one is not None]
        return (
            sum(known, Decimal(0) if any(isinstance(one, Decimal) for one in known) else 0) if known else None
        )

    @cached_property
    def is_whole(self) -> bool:
        """Whether everybody filled it: a blank is not a zero."""
        return bool(self.values) and None not in self.values


# -- made of a report ------------------------------------------------------------------------------------------------------


def facts_of(report: Report, prior: Report | None, settings: CheckSettings) -> tuple[list[Any], bytes]:
    """Check a report: what every list asks of it, as JSON can hold it, and its blob for the shelf."""
    checked = checked_of(report, prior, settings)
    counts, carried = checked.counts, _carry_over(checked)
    frozen = report.sign_off.frozen if report.sign_off else None
    facts = [
        report.year,
        report.form,
        report.version,
        signing.stage(report).value,
        [frozen.fingerprint, frozen.seal, frozen.frozen_on.isoformat(), frozen.seal_version]
        if frozen
        else None,
        [counts[one] for one in SEVERITIES],
        list(astuple(checked.standing)),
        len(carried),
    ]
    return facts, blob_of(report, prior, list(_finding_rows(checked, carried)))


def known_of(
    shelf: Shelf, place: int, facts: Sequence[Any], settings: CheckSettings, content: bytes, is_altered: bool
) -> Known:
    """What is remembered of a report whose blob lies at `place`."""
    year, form, version, state, frozen, numbers, standing, carried = facts
    return Known(
        shelf,
        place,
        settings,
        year,
        sys.intern(form),
        version,
        sys.intern(state),
        Frozen(frozen[0], frozen[1], date.fromisoformat(frozen[2]), frozen[3]) if frozen else None,
        tuple(numbers),
        Standing(*standing),
        carried,
        content,
        is_altered,
    )


def against(known: Known, report: Report, prior: Report) -> Known:
    """The same report checked anew, against another last year's."""
    facts, blob = facts_of(report, prior, known.settings)
    return known_of(
        known.shelf, known.shelf.put(blob), facts, known.settings, known.content, known.is_altered
    )


def checked_of(report: Report, prior: Report | None, settings: CheckSettings) -> Checked:
    context = CheckContext(
        report, form_of(report.form), prior, form_of(prior.form) if prior else None, settings=settings
    )
    return Checked(report, settle(check(context), report.explanations), prior)


def _carry_over(checked: Checked) -> list[Finding]:
    rules = {one.check.id for one in checked.form.equations if one.needs_prior}
    found = [*checked.settled.open, *(one.finding for one in checked.settled.explained)]
    return [one for one in found if one.rule in rules]


def _finding_rows(checked: Checked, carried: Sequence[Finding]) -> Iterator[Row]:
    told = [(one, "") for one in checked.settled.open]
    told += [(one.finding, one.explanation.reason) for one in checked.settled.explained]
    for one, reason in told:
        if one.severity is not Severity.INFO or one in carried:
            where = place_name(checked.form, one.section), place(checked, one)
            words = SEVERITIES[one.severity], one.rule, problem(one), reason
            yield [*where, *words, one.message if one in carried else ""]
