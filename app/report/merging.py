"""Last year's reports of units that became one, as one report: sums where every unit gave a number, texts one after the other."""

from collections.abc import Sequence

from app.form.catalog import form as form_of
from app.form.model import CellRef, Value
from app.report.model import Agency, Report


def merged(reports: Sequence[Report]) -> Report:
    """Of one year and one edition. A cell to which one unit gave nothing stays blank: a blank is not a zero.

    Who they were is the name; each text stands under the name of the unit that wrote it. Nothing else is theirs together.
    """
    first = reports[0]
    if any((one.year, one.form) != (first.year, first.form) for one in reports):
        raise ValueError("of different years or editions")
    if len(reports) == 1:
        return first
    cells = form_of(first.form).cells
    values = {ref: value for ref in cells if (value := _sum(ref, reports)) is not None}
    sections = dict.fromkeys(key for one in reports for key in one.narratives)
    return Report(
        form=first.form,
        year=first.year,
        agency=Agency(name="、".join(one.agency.name or "没有写单位名称" for one in reports)),
        values=values,
        narratives={key: _texts(key, reports) for key in sections},
    )


def lacking(reports: Sequence[Report]) -> list[tuple[CellRef, list[str]]]:
    """The cells that some units filled and others left blank, with the names of those."""
    cells = form_of(reports[0].form).cells
    found = [(ref, [one.agency.name for one in reports if one[ref] is None]) for ref in cells]
    return [(ref, names) for ref, names in found if 0 < len(names) < len(reports)]


def _sum(ref: CellRef, reports: Sequence[Report]) -> Value | None:
    values = [value for one in reports if (value := one[ref]) is not None]
    if len(values) < len(reports):
        return None
    total = values[0]
    for value in values[1:]:
        total = total + value
    return total


def _texts(key: str, reports: Sequence[Report]) -> str:
    return "\n".join(f"【{one.agency.name}】\n{one.narrative(key)}" for one in reports if one.narrative(key))
