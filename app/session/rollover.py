"""Last year's report → this year's first draft: what the cross-checks tie is carried, the rest waits for the clerk."""

import re
from collections.abc import Iterable
from dataclasses import replace

from app.form.catalog import form_for_year
from app.form.model import CellRef, FormDefinition, Use, Value
from app.register.counts import next_counts
from app.register.tally import carried_over
from app.report.model import Agency, Binding, PageSettings, Report
from app.report.pending import marks_for

_FIELDS = re.compile(r"\{[a-z]+\}")  # {year}, {date}: what is filled anew


def roll_over(prior: Report, year: int) -> Report:
    """The first draft of `year` from an earlier report.

    Values: only what an equation carries (四、结转下年度 → 二、上年结转, all seven columns), and only when `prior` is of the
    year before. Agency, contact and narratives are carried; every year and number in them is marked 待更新, and what was bound
    to a cell waits for that cell's new value. 成文日期, 信息处理费 and pictures are not: they belong to the year they were made
    for. What 申请登记 left open goes on as 上年结转; of 各类数量 the names stay, with last year's numbers beside them.
    """
    edition = form_for_year(year)
    marks = tuple(mark for section, text in prior.narratives.items() for mark in marks_for(section, text))
    return Report(
        form=edition.id,
        year=year,
        agency=prior.agency,
        values=_carried(prior, edition) if prior.year == year - 1 else {},
        narratives=prior.narratives,
        signature=replace(prior.signature, issued_on=None),
        pending=marks,
        register=carried_over(prior.register, prior.year) if prior.year == year - 1 else (),
        counts=next_counts(prior.counts, is_last=prior.year == year - 1),
        page_style=prior.page_style,
        page_settings=_of_next_year(prior.page_settings),
        bindings=_known(prior.bindings, edition),
    )


def _of_next_year(settings: PageSettings | None) -> PageSettings | None:
    """Last year's 发文字号 and 印发日期 are not this year's; one that names fields is filled anew by itself."""
    if settings is None:
        return None
    of_a_year = {
        key: ""
        for key in ("number", "printed_on")
        if any(map(str.isdigit, _FIELDS.sub("", getattr(settings, key))))
    }
    return replace(settings, **of_a_year)


def _carried(prior: Report, edition: FormDefinition) -> dict[CellRef, Value]:
    """What an equation carries; a cell that last year's edition calls otherwise is found by its `convert` declaration."""
    renamed = {
        one.target: one.source
        for one in edition.earlier_values
        if one.form == prior.form and one.use is Use.CONVERT
    }
    found = {target: prior[renamed.get(source, source)] for target, source in edition.carried.items()}
    return {target: value for target, value in found.items() if value is not None}


def blank_report(agency_name: str, year: int) -> Report:
    """A report of `year` with nothing in it but the agency's name."""
    return Report(form=form_for_year(year).id, year=year, agency=Agency(name=agency_name))


def _known(bindings: Iterable[Binding], edition: FormDefinition) -> tuple[Binding, ...]:
    """Those whose cells the edition has."""
    return tuple(one for one in bindings if edition.cell_set.issuperset(one.cells))


class LastYear:
    """Last year's values as they stand beside the cells of `year`, also across editions, as the new one declares in [[earlier_values]].

    A report of any other year than year − 1 is not 上年: it says nothing here.
    """

    def __init__(self, edition: FormDefinition, prior: Report | None = None, year: int = 0) -> None:
        self._values: dict[CellRef, Value] = {}
        self._hints: dict[CellRef, str] = {}
        if prior is None or prior.year != year - 1:
            return
        self._values = {ref: value for ref, value in prior.values.items() if ref in edition.cell_set}
        for earlier in edition.earlier_values:
            value = prior[earlier.source]
            if earlier.form != prior.form or value is None:
                continue
            if earlier.use is Use.HINT:
                self._hints[earlier.target] = earlier.text.format(value=value)
            else:
                self._values[earlier.target] = value
                if earlier.text:
                    self._hints[earlier.target] = earlier.text

    def value(self, ref: CellRef) -> Value | None:
        """What last year's report says of this cell, or None when it says nothing comparable."""
        return self._values.get(ref)

    def hint(self, ref: CellRef) -> str:
        """A sentence to show with the cell ("" for none): 上年对外公开总数量为20，请核实现行有效件数."""
        return self._hints.get(ref, "")
