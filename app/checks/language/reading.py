"""What several rules share: the texts of a report, how a figure and a row are named, a finding that quotes."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from app.checks.context import CheckContext, is_number
from app.checks.finding import Finding, Repair, TextEdit
from app.form.model import CellRef, Section, Severity, Value
from app.patterns import lazily
from app.report.entry import show_value

Span = tuple[int, int]

TITLE = "title"
SIGNATURE = "signature"
# a figure in digits: 3,050, 28.8
_FIGURE = lazily(r"(?<![\d.])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def text_sections(context: CheckContext) -> tuple[tuple[str, str], ...]:
    """(section key, narrative) in printed order, blank ones left out."""
    return context.texts


def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def shown(value: Value) -> str:
    """A figure as it stands in a message; also of what is no proper number."""
    return show_value(value) if is_number(value) else str(value)


def row_words(section: Section, ref: CellRef) -> str:
    """The innermost printed row label of a cell."""
    table = next(table for table in section.tables if table.key == ref.table)
    return table.path(ref)[0][-1]


def in_text(
    rule: str,
    severity: Severity,
    message: str,
    section: str,
    text: str,
    span: Span,
    repair: Repair | None = None,
) -> Finding:
    """A finding that quotes text[span] of the section's narrative."""
    start, end = span
    return Finding(
        rule, severity, message, section, quote=text[start:end], start=start, end=end, repair=repair
    )


def in_texts(
    context: CheckContext, rule: str, severity: Severity, find: Callable[[str], Iterable[tuple[str, Span]]]
) -> Iterator[Finding]:
    """A finding for everything that `find` tells of a text: what is said, where."""
    for key, text in text_sections(context):
        for message, span in find(text):
            yield in_text(rule, severity, message, key, text, span)


def renumbered(section: str, text: str, span: Span, old: Value, new: Value | None) -> Repair | None:
    """A repair of the one figure `old` in text[span]; None where it stands there in words or more than once."""
    found = [one for one in _FIGURE.finditer(text, *span) if Decimal(one[0].replace(",", "")) == Decimal(old)]
    if new is None or len(found) != 1:
        return None
    return rewrite(section, text, [(*found[0].span(), shown(new))], safe=False)


def rewrite(section: str, text: str, changes: Iterable[tuple[int, int, str]], safe: bool = True) -> Repair:
    """A repair by which each text[start:end] becomes the given words; its own words say so."""
    edits = tuple(TextEdit(section, start, end, text[start:end], new) for start, end, new in changes)
    first = edits[0]
    if not first.old:
        say = f"补“{first.new}”"
    elif not first.new.strip():
        say = f"删去“{first.old}”" if first.old.strip() else "删去多余空格"
    else:
        say = f"“{first.old.strip()}”改为“{first.new}”"
    count = f"，共{len(edits)}处" if len(edits) > 1 else ""
    return Repair(say + count, edits=edits, is_safe=safe)
