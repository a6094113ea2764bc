"""What last year's report says for which this year's edition has no place: it is told, and stays in last year's report."""

from app.form.catalog import form
from app.form.model import FormDefinition
from app.report.model import Report

_NAMED = 5  # cells that are named one by one


def left_behind(prior: Report, edition: FormDefinition) -> str:
    """One sentence for people; "" where every filled cell of `prior` has its cell, or is declared as an earlier value."""
    last = form(prior.form)
    if last is edition:
        return ""
    cells = edition.without_place(last.id, (ref for ref in last.cells if prior[ref] is not None))
    if not cells:
        return ""
    named = "”“".join(last.label(ref) for ref in cells[:_NAMED])
    more = "等" if len(cells) > _NAMED else ""
    return (
        f"上年年报（{prior.year}年，{last.id}年版格式）有{len(cells)}格是{edition.id}年版格式没有的，"
        f"没有带过来，也不作对照：“{named}”{more}"
    )
