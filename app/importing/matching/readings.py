"""Several ways to read one file → the one whose tables hang together best; where two are sure of different numbers, neither is."""

from dataclasses import replace

from app.form.model import CellRef
from app.importing.matching.recognise import recognise
from app.importing.result import ImportResult, Unsure
from app.importing.source import Source
from app.report.model import Report

_OTHER = "换一种顺序读取，此处是“{}”，请核对"
_CHOSEN = "原文的表格没有格线，已按书写的先后顺序读取，并用各项合计核对过"


def best_reading(source: Source, name: str, prior: Report | None = None) -> ImportResult:
    """The report as the file's tables say it; other orders are tried where no borders hold every table of the form."""
    first = recognise(source, name, prior)
    if not source.others or _is_held_by_borders(first):
        return first
    found = [first, *(recognise(replace(source, blocks=one), name, prior) for one in source.others)]
    best = max(found, key=lambda one: (len(one.certain.values), len(one.report.values), one is first))
    if best is not first:
        best = replace(best, warnings=(*best.warnings, _CHOSEN))
    for other in found:
        best = _questioned(best, other)
    return best


def _is_held_by_borders(result: ImportResult) -> bool:
    """Whether every cell was read, or each table of the form stands in one with borders."""
    if not result.missing and not result.unsure:
        return True
    places = {**result.evidence, **result.blanks}
    held = {ref.table for ref, one in places.items() if one.spot.row >= 0}
    return held == {ref.table for ref in (*result.report.values, *result.missing)}


def _questioned(best: ImportResult, other: ImportResult) -> ImportResult:
    """The best reading with the cells in doubt of which the other is as sure, but of another number."""
    sure = other.certain.values

    def is_other(ref: CellRef) -> bool:
        return ref in sure and sure[ref] != best.report.values[ref]

    unsure = [
        Unsure(ref, best.evidence[ref].text, _OTHER.format(sure[ref]))
        for ref in best.certain.values
        if is_other(ref)
    ]
    return replace(best, unsure=(*best.unsure, *unsure)) if unsure else best
