"""Numbers that a text states about this agency's own year, and how one is held against the cells of a table."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.numerals import number
from app.checks.language.reading import renumbered, shown, text_sections
from app.checks.language.scope import Place, place
from app.checks.language.vocabulary import vocabulary
from app.form.model import CellRef, Severity, Value
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
    whole = context.report.agency.kind is AgencyKind.GOVERNMENT and where.wider.startswith("全")
    return not where.wider or whole


def total(context: CheckContext, refs: Iterable[CellRef]) -> Value | None:
    """The sum of cells, None as soon as one is blank."""
    values = [context.values.get(ref) for ref in refs]
    return (
        None
        if any(value is None for value in values)
        else sum(value for value in values if value is not None)
    )


def row(row: str, column: str = "total") -> tuple[CellRef, ...]:
    return (CellRef(REQUESTS, row, column),)


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
    repair = renumbered(key, text, (claim.start, claim.end), claim.value, expected)
    yield Finding(rule_id, severity, message, key, cells, quote, claim.start, claim.end, values, repair)
