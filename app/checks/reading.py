"""What several rules share: the texts of a report, how a figure and a row are named, a finding that quotes."""

import re
from collections.abc import Iterator

from app.checks.finding import CheckContext, Finding, is_number
from app.entry import show_value
from app.form.model import CellRef, Section, Severity, Value
from app.report import INTRODUCTION

TITLE = "title"
SIGNATURE = "signature"
_BLANK = re.compile(r"\s+")


def text_sections(context: CheckContext) -> Iterator[tuple[str, str]]:
    """(section key, narrative) in printed order, blank ones left out."""
    narratives = context.report.narratives
    for key in (INTRODUCTION, *(section.key for section in context.form.sections)):
        text = narratives.get(key, "")
        if text:
            yield key, text


def squeezed(text: str) -> str:
    """The text without any white space."""
    return _BLANK.sub("", text)


def shown(value: Value) -> str:
    """A figure as it stands in a message; also of what is no proper number."""
    return show_value(value) if is_number(value) else str(value)


def row_words(section: Section, ref: CellRef) -> str:
    """The innermost printed row label of a cell."""
    table = next(table for table in section.tables if table.key == ref.table)
    return table.path(ref)[0][-1]


def in_text(
    rule: str, severity: Severity, message: str, section: str, text: str, span: tuple[int, int]
) -> Finding:
    """A finding that quotes text[span] of the section's narrative."""
    start, end = span
    return Finding(rule, severity, message, section, quote=text[start:end], start=start, end=end)
