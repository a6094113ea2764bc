"""Numbers that a text states about this agency's own year, and how one is held against the cells of a table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import number
from app.checks.language.reading import renumbered, shown, text_sections
from app.checks.language.scope import Place, place
from app.checks.language.vocabulary import vocabulary, words_of
from app.form.model import CellRef, Relation, Severity, Value
from app.report.model import INTRODUCTION, AgencyKind

REQUESTS = "requests"


class Claim(NamedTuple):
    """A number that a text states about the year's requests, and how it came to be said."""

    value: int
    start: int
    end: int
    place: Place
    key: str = ""  # what it is of: row or column, verb


@lru_cache(maxsize=256)
def _claims(pattern: re.Pattern[str], text: str) -> tuple[Claim, ...]:
    """What a pattern with the groups n and more finds; approximate numbers are left out."""
    found = []
    for one in pattern.finditer(text):
        groups = one.groupdict()
        digits = groups.get("n") or groups.get("n2")
        if digits and not (groups.get("more") or groups.get("more2")):
            verb = groups.get("verb") or groups.get("verb2") or groups.get("key") or ""
            try:
                value = int(number(digits))
            except ValueError:
                continue
            found.append(Claim(value, *one.span(), place(text, one.start()), verb))
    return tuple(found)


def claims(context: CheckContext, *patterns: re.Pattern[str]) -> Iterator[tuple[str, str, Claim]]:
    """(section, text, claim) of everything said about this agency and this year, outside introduction and plans."""
    for key, text in text_sections(context):
        if key == INTRODUCTION or key == context.form.sections[-2].key:
            continue
        for pattern in patterns:
            for claim in _claims(pattern, text):
                if is_own(context, claim.place):
                    yield key, text, claim


def is_own(context: CheckContext, where: Place) -> bool:
    """Whether a place speaks of this agency's own year; two readings are enough to say no."""
    if where.other_time or (where.year and where.year != context.report.year):
        return False
    is_government = context.report.agency.kind is AgencyKind.GOVERNMENT
    whole = is_government and (where.wider.startswith("全") or where.wider.endswith(("政府", "级")))
    return not where.wider or whole


def total(context: CheckContext, refs: Iterable[CellRef]) -> Value | None:
    """The sum of cells, None as soon as one is blank."""
    return total_of([context.values.get(ref) for ref in refs])


def total_of(values: Sequence[Value | None]) -> Value | None:
    """The sum, None as soon as one is blank."""
    if any(value is None for value in values):
        return None
    return sum(value for value in values if value is not None)


def stands(context: CheckContext, cells: tuple[CellRef, ...]) -> bool:
    """Whether every sum in which the cells take part is right: a doubtful table corrects no text."""
    values = context.values
    for equation in context.form.equations:
        if equation.check.relation is not Relation.EQUAL or equation.needs_prior:
            continue
        if set(equation.cells).isdisjoint(cells):
            continue
        left, right = (total_of([values.get(ref) for ref in side]) for side in equation.sides)
        if left is not None and right is not None and left != right:
            return False
    return True


def row(row: str, column: str = "total") -> tuple[CellRef, ...]:
    return (CellRef(REQUESTS, row, column),)


def group(context: CheckContext, key: str) -> tuple[CellRef, ...]:
    """The cells in the column 总计 of a row of 表三, or of all rows under a group."""
    leaves = context.form.tables[REQUESTS].row(key).leaves()
    return tuple(CellRef(REQUESTS, leaf.key, "total") for leaf in leaves)


def results_besides(context: CheckContext, said: Iterable[str]) -> dict[str, Value | None]:
    """Words of a result of the first level → its number, where the text says neither it nor a kind of it."""
    words = vocabulary(context.form.id)
    told = {words.rows[one] for one in said}
    done = next(one for one in context.form.tables[REQUESTS].rows if one.children)
    return {
        words_of(one.label): total(context, group(context, one.key))
        for one in done.children
        if one.key != "processed" and told.isdisjoint({one.key, *(leaf.key for leaf in one.leaves())})
    }


def against(
    context: CheckContext,
    rule_id: str,
    where: tuple[str, str, Claim],
    cells: tuple[CellRef, ...],
    accepted: Iterable[Value | None] = (),
    *,
    severity: Severity = Severity.ERROR,
    name: str = "",
) -> Iterator[Finding]:
    """A finding when the number is neither the sum of the cells nor another accepted reading."""
    key, text, claim = where
    expected = total(context, cells)
    if expected is None or claim.value == expected or claim.value in accepted:
        return
    section = context.form.section_of(cells[0])
    label = name or vocabulary(context.form.id).names.get((cells[0].table, cells[0].row), "")
    quote = text[claim.start : claim.end]
    said = f"{context.form.section(key).name}“{quote.strip()}”中的{claim.value}"
    named = f"“{label}”" if label else ""
    message = f"{said}与{section.table_name}{named}总计{shown(expected)}不一致"
    values = (("left", str(claim.value)), ("right", shown(expected)))
    repair = None
    if severity is Severity.ERROR and stands(context, cells):  # what is not sure writes no number
        repair = renumbered(key, text, (claim.start, claim.end), claim.value, expected)
    yield Finding(rule_id, severity, message, key, cells, quote, claim.start, claim.end, values, repair)
