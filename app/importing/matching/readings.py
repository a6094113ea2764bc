"""Several ways to read one file → the one whose tables hang together best; where two are sure of different numbers, neither is."""

from dataclasses import replace

from app.errors import UserError
from app.form.model import CellRef
from app.importing.matching.guard import BROKEN_ROW, OUT_OF_ORDER
from app.importing.matching.recognise import recognise, recognise_in_order
from app.importing.matching.tables import UNRULED
from app.importing.result import ImportResult, Unsure
from app.importing.source import Source
from app.report.model import Report

_OF_PLACE = (UNRULED, BROKEN_ROW, OUT_OF_ORDER)
_OTHER = "换一种顺序读取，此处是“{}”，请核对"
_CHOSEN = "原文的表格没有格线，已按书写的先后顺序读取，并用各项合计核对过"


def best_reading(source: Source, name: str, prior: Report | None = None) -> ImportResult:
    """The report as the file's tables say it; other orders are tried where no borders hold every table of the form."""
    first = recognise(source, name, prior)
    if _is_held_by_borders(first):
        return first
    sources, found = [source], [first]
    for order in source.others:
        try:
            again = replace(source, blocks=order())
            found.append(recognise(again, name, prior))
        except (
            UserError
        ):  # nothing of a report, or too complex, in that order: the file has been read in another
            continue
        sources.append(again)
        if _is_whole(found[-1]):
            break
    if not _is_whole(found[-1]):
        ordered = (recognise_in_order(one, name, prior) for one in sources)
        found += [one for one in ordered if one is not None]
    best = max(found, key=lambda one: (len(one.certain.values), len(one.report.values), one is first))
    if best is not first:
        best = replace(best, warnings=(*best.warnings, _CHOSEN))
    for other in found:
        best = _questioned(best, other)
    for other in found:
        best = _confirmed(best, other)
    return best


def _is_whole(result: ImportResult) -> bool:
    return not result.missing and not result.unsure


def _is_held_by_borders(result: ImportResult) -> bool:
    """Whether every cell was read, or each table of the form stands in one with borders."""
    if _is_whole(result):
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


def _confirmed(best: ImportResult, other: ImportResult) -> ImportResult:
    """The best reading without the doubts of where a number belongs that the other, sure of the same number, does not share."""
    sure, mine = other.certain.values, best.report.values
    left = [
        one
        for one in best.unsure
        if one.reason not in _OF_PLACE or one.cell not in mine or sure.get(one.cell) != mine[one.cell]
    ]
    return replace(best, unsure=tuple(left))
