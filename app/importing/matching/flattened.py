"""Tables that lost every border: labels and digits run on in one paragraph (a page copied without its tables)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from app.chinese import ordinal
from app.form.model import CellRef, Heading, Section, TableSpec
from app.importing.matching.collected import Collected, holds, row_sums
from app.importing.matching.labels import every_heading
from app.importing.matching.tables import take_run
from app.importing.matching.values import looks_like_value, unit_of
from app.importing.result import Spot

# what may stand between two labels: 120 34 0, 1.5万元, 3—/
_NUMBERS = re.compile(r"[\s0-9.,+\-−—/]*(?:万元|元)?")
_FARTHEST = (
    120  # characters between a label and the next one of its table: the numbers of a row, no sentences
)
_WIDE = str.maketrans("():,０１２３４５６７８９．", "（）：，0123456789.")


class _Label(NamedTuple):
    start: int
    end: int
    row: Heading | None  # None: a band, a corner, a column or a group


class Flattened(NamedTuple):
    """What was around the table text in its paragraph, and what in it was neither label nor number."""

    before: str
    after: str
    left_over: str


def read_flattened(section: Section, text: str, place: Spot, collected: Collected) -> Flattened | None:
    """Read a section's tables out of one run-on paragraph; None when they are not in it."""
    plain = text.translate(_WIDE)
    spans: list[tuple[int, int]] = []
    position = 0
    for table in section.tables:
        labels = _locate(table, plain, position)
        if not labels:
            continue
        spans.extend(_read(table, labels, plain, text, place, collected))
        position = spans[-1][1]
        note = re.escape(table.corner.translate(_WIDE)) if table.corner and not table.title else "$^"
        collected.has_balance_note |= re.search(note, plain) is not None
    if not spans:
        return None
    spans.sort()
    start, end = spans[0][0], max(end for _, end in spans)
    return Flattened(text[:start].strip(), text[end:].strip(), _between(text, spans))


def _between(text: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], spans[0][0]
    for start, end in spans:
        parts.append(text[at:start].strip())
        at = max(at, end)
    return " ".join(part for part in parts if part)


def _locate(table: TableSpec, text: str, position: int) -> list[_Label]:
    """The table's labels in printed order from `position` on; empty unless its beginning and most of its rows are there."""
    found: list[_Label] = []
    for label, row in _printed_order(table):
        match = _pattern(label).search(text, position)
        if match is not None and (not found or match.start() - position <= _FARTHEST):
            found.append(_Label(match.start(), match.end(), row))
            position = match.end()
    return found if _is_enough(found, table) else []


def _is_enough(found: list[_Label], table: TableSpec) -> bool:
    """Whether half of the table's rows and half of its columns are there."""
    rows = sum(one.row is not None for one in found)
    wanted = len(table.leaf_rows) if table.row_heading_levels else 0
    columns = sum(1 for _ in every_heading(table.columns))
    return rows * 2 >= wanted and (len(found) - rows) * 2 >= columns


def _printed_order(table: TableSpec) -> Iterator[tuple[str, Heading | None]]:
    for label in (table.title, table.corner):
        if label:
            yield label, None
    level = list(table.columns)
    while level:
        for heading in level:
            yield heading.label, None
        level = [child for heading in level for child in heading.children]
    for heading in every_heading(table.rows):
        if heading.label:
            yield heading.label, None if heading.children else heading


@cache
def _pattern(label: str) -> re.Pattern[str]:
    number = ordinal(label)
    name = label.translate(_WIDE)[len(number) :]
    loose = r"\s*".join(r"[“”\"]?" if c in "“”" else re.escape(c) for c in name)
    if not number:
        return re.compile(loose)
    marks = r"\s*".join("[.、．]" if c in ".、" else re.escape(c) for c in number.translate(_WIDE))
    return re.compile(marks + r"\s*" + loose)


def _read(
    table: TableSpec, labels: list[_Label], plain: str, text: str, place: Spot, collected: Collected
) -> Iterator[tuple[int, int]]:
    """Take the numbers after each row label; yields what is used of the text."""
    if not table.row_heading_levels:
        last = labels[-1]
        labels = [*labels, _Label(last.end, last.end, table.leaf_rows[0])]
    for index, label in enumerate(labels):
        yield label.start, label.end
        if label.row is None:
            continue
        stop = labels[index + 1].start if index + 1 < len(labels) else len(plain)
        found = _NUMBERS.match(plain, label.end, stop)
        raw = plain[label.end : found.end()] if found else ""
        yield label.end, label.end + len(raw)
        refs = [CellRef(table.key, label.row.key, column.key) for column in table.leaf_columns]
        collected.saw(table.key, label.row.key, [ref.column for ref in refs])
        end = label.end + len(raw)
        clause = text[label.start : end].rstrip()
        spot = place._replace(start=place.start + label.start, clause=clause)
        _take(table, refs, raw.strip(), spot, collected)


def _take(table: TableSpec, refs: list[CellRef], raw: str, place: Spot, collected: Collected) -> None:
    tokens = raw.split()
    if not tokens:
        return
    if len(refs) == 1 and len(tokens) == 1:
        collected.take(refs[0], raw, place, unit_of(table.column(refs[0].column).label))
    elif len(tokens) == len(refs) and all(map(looks_like_value, tokens)) and _certain(table, refs, tokens):
        for ref, token in zip(refs, tokens, strict=True):
            collected.take(ref, token, place)
    else:
        take_run(collected, table, refs, raw, place)


def _certain(table: TableSpec, refs: list[CellRef], tokens: list[str]) -> bool:
    """As many numbers as columns, and the sums of the row are right."""
    if not all(token.isdigit() for token in tokens):
        return False
    numbers = dict(zip(refs, map(int, tokens), strict=True))
    sums = [one for one in row_sums(table, refs[0].row) if all(ref in numbers for ref in one.cells)]
    return bool(sums) and all(holds(one, dict(numbers)) for one in sums)
