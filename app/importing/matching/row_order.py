"""Rows of numbers parted from their labels → a table again: the rows of the form in its order, held by labels and sums."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from app.chinese import nfkc, ordinal
from app.documents.blocks import Cell, Paragraph, TableBlock
from app.form.model import Heading, TableSpec
from app.importing.matching.cleaning import Piece
from app.importing.matching.headings import section_named
from app.importing.matching.labels import Labels, every_heading, fold
from app.importing.matching.row_lines import Line, Row, line_of, rows_of
from app.importing.result import Spot

_STRAY = re.compile(r"(?:^|\s)[0-9][0-9,]*(?:\s|$)")  # a number by itself before others: 规章 3 行政许可 0 0
_LEAST = 4  # characters by which the beginning of a label without an ordinal is known
_LEAST_COLUMNS = 6  # of a table of which so many numbers are no chance
_KNOWN = 2  # characters of a column's name that tell it from the others
_ENOUGH = 0.5  # part of the rows whose label must be found where it belongs


class _Found(NamedTuple):
    """The rows of a table as they stand in the text, and where the label of each begins."""

    table: TableSpec
    lines: list[Line]  # all between the heading of the section and the next
    rows: list[Row]
    labels: dict[int, int]  # row of the form → position of the piece


def in_order(pieces: Sequence[Piece], labels: Labels, drawn: bool) -> list[Piece] | None:
    """The pieces with such a table put together again; None where there is none of which the order is beyond doubt.

    The numbers must make just as many rows as the form has; half of the labels must be found, and each that is found must
    begin between the row before its own and its own. On a drawn page (`drawn`) the end of the page may part the two.
    """
    result = list(pieces)
    is_changed = False
    for start, end, table in reversed(list(_places(pieces, labels))):
        lines = _lines(pieces, start, end)
        rows = rows_of(lines, table)
        if rows is None:
            continue
        found = _Found(table, lines, rows, {})
        if _is_beyond_doubt(found, pieces, drawn) and not _are_columns_swapped(found):
            result[start:end] = [*_left_over(found, pieces), _table(found, pieces)]
            is_changed = True
    return result if is_changed else None


def _places(pieces: Sequence[Piece], labels: Labels) -> Iterator[tuple[int, int, TableSpec]]:
    """[start, end) of the paragraphs under the heading of a section with one wide table."""
    headings = [
        (at, section)
        for at, piece in enumerate(pieces)
        if isinstance(piece.block, Paragraph) and (section := section_named(piece.block.text, labels.form.id))
    ]
    for (start, section), (end, _) in pairwise([*headings, (len(pieces), None)]):
        tables = section.tables if section is not None else ()
        if len(tables) == 1 and len(tables[0].leaf_columns) >= _LEAST_COLUMNS:
            yield start + 1, end, tables[0]


def _lines(pieces: Sequence[Piece], start: int, end: int) -> list[Line]:
    """None at all where something else than lines of names and numbers stands between."""
    found: list[Line] = []
    for at in range(start, end):
        block = pieces[at].block
        if not isinstance(block, Paragraph):
            return []
        line = line_of(at, pieces[at].raw or block.text)
        if _STRAY.search(line.names):
            return []
        found.append(line)
    return found


# -- labels ---------------------------------------------------------------------------------------------------------------


def _is_beyond_doubt(found: _Found, pieces: Sequence[Piece], drawn: bool) -> bool:
    """Whether enough labels were found, each where it belongs; notes their places. A row without a label needs its sums."""
    if not found.table.row_heading_levels:
        return all(row.adds_up for row in found.rows)
    for line in found.lines:
        before = sum(row.last < line.at for row in found.rows)
        for row in _begun(line.names, found.table):
            is_parted = (
                drawn and row == before - 1 and _page(pieces[line.at]) != _page(pieces[found.rows[row].last])
            )
            if row in found.labels or not (row == before or is_parted):
                return False
            found.labels[row] = line.at
    return len(found.labels) >= _ENOUGH * len(found.rows)


def _page(piece: Piece) -> str:
    return piece.block.place if isinstance(piece.block, Paragraph) else ""


def _begun(text: str, table: TableSpec) -> Iterator[int]:
    """The rows of the form whose label begins in this text."""
    parts = text.split()
    for start in range(len(parts)):
        rest = "".join(parts[start:])
        name, number = fold(rest), _mark(rest)
        if len(name) < (1 if number else _LEAST):
            continue
        rows = [row for row, one in enumerate(table.leaf_rows) if _begins(one, name, number)]
        groups = [one for one in every_heading(table.rows) if one.children and _begins(one, name, number)]
        if len(rows) == 1 and not groups:
            yield rows[0]


def _begins(heading: Heading, name: str, number: str) -> bool:
    full = fold(heading.label)
    return full.startswith(name) and _mark(heading.label) == number


def _mark(label: str) -> str:
    """The ordinal in one form: 1. and 1、, （一） and (一)."""
    return nfkc(ordinal(label)).rstrip("、.")


def _are_columns_swapped(found: _Found) -> bool:
    """Whether a line above the first row names columns in another order than the form."""
    columns = found.table.leaf_columns if found.table.row_heading_levels else found.table.columns
    names = [fold(column.label)[:_KNOWN] for column in columns]
    for line in found.lines:
        if line.at >= found.rows[0].first:
            return False
        places = [at for name in names if (at := fold(line.names).find(name)) >= 0]
        if places != sorted(places):
            return True
    return False


def _left_over(found: _Found, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """What stands between that is no piece of a label: a sentence, a note."""
    labels = [_plain(one) for one in _printed(found.table) if one]
    for line in found.lines:
        block = pieces[line.at].block
        if isinstance(block, Paragraph) and not all(
            _is_of(part, labels) for part in map(_plain, line.names.split())
        ):
            yield pieces[line.at]._replace(block=replace(block, text=line.names))


def _printed(table: TableSpec) -> Iterator[str]:
    yield table.title
    yield table.corner
    for one in every_heading([*table.columns, *table.rows]):
        yield from (one.label, *one.aliases)


def _plain(text: str) -> str:
    return "".join(nfkc(text).split())


def _is_of(part: str, labels: Sequence[str]) -> bool:
    """Whether this is a piece of a label, or of two that touch."""
    cuts = ((part[:at], part[at:]) for at in range(1, len(part) + 1))
    return any(all(any(one in label for label in labels) for one in pair) for pair in cuts)


# -- the table ------------------------------------------------------------------------------------------------------------


def _table(found: _Found, pieces: Sequence[Piece]) -> Piece:
    """The table with its labels; a label that was not found stands nowhere."""
    cells: list[Cell] = []
    spots: dict[tuple[int, int], Spot] = {}
    has_labels = found.table.row_heading_levels > 0
    for index, (row, heading) in enumerate(zip(found.rows, found.table.leaf_rows, strict=True)):
        own, label = _spot(pieces[row.first]), found.labels.get(index)
        if has_labels:
            cells.append(Cell(index, 0, heading.label))
            spots[index, 0] = own._replace(block=-1 if label is None else pieces[label].source)
        for column, text in enumerate(row.cells, has_labels):
            cells.append(Cell(index, column, text))
            spots[index, column] = own
    first = spots[0, len(found.table.leaf_columns) - 1]
    width = has_labels + len(found.table.leaf_columns)
    return Piece(
        first.block, TableBlock(tuple(cells), len(found.rows), width, place=first.place), spots=spots
    )


def _spot(piece: Piece) -> Spot:
    return Spot(_page(piece), piece.source)
