"""Tables whose borders were lost: one cell a paragraph, or a label and its numbers in one line → a table again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from app.chinese import nfkc, ordinal
from app.documents.blocks import Cell, Paragraph, TableBlock
from app.importing.matching.cleaning import Piece
from app.importing.matching.headings import section_names
from app.importing.matching.labels import LONGEST, Labels, fold
from app.importing.matching.values import looks_like_value
from app.importing.result import Spot

_PARTS = 8  # lines that one label may be broken into by a narrow cell
_MOST_ABOVE = 40  # lines of numbers before the first label: 15 of 表四, or a few rows one number a line
_CHANCE = 8  # numbers in a line that are no row by chance
_STRANGE = 8  # unknown lines in a row that do not end a table
# 规章 0 0 0; 行政事业性收费 1.5万元; （一）予以公开 3 / — 无: a label and its values in one line
_NUMBERS = re.compile(r"^(.*?[^0-9.,，\s/\-−—+])((?:\s+(?:[-−]?[0-9][0-9,.]*(?:万?元)?|/|-|—|无))+)\s*$")
# 行政规范性文件3 2 88: the first number touches its label
_TOUCHING = re.compile(r"^(.*[^0-9.,，\s/\-−—+])([0-9][0-9,.]*(?:万?元)?(?:\s+[0-9][0-9,.]*(?:万?元)?)*)\s*$")


class _Token(NamedTuple):
    text: str
    is_value: bool
    spot: Spot
    piece: int  # its position among the pieces


def with_tables(pieces: Sequence[Piece], labels: Labels) -> list[Piece]:
    """The pieces with each run of paragraphs that are the cells of a table as one table."""
    lines = [list(_tokens(piece, at, labels)) for at, piece in enumerate(pieces)]
    result: list[Piece] = []
    at = 0
    while at < len(pieces):
        tokens = _run(lines, at, labels)
        end = tokens[-1].piece + 1 if tokens else at + 1
        rows = _rows(tokens, labels)
        if _is_table(rows, labels):
            result.append(_piece(rows))
        else:
            result.extend(pieces[at:end])
        at = end
    return result


# -- which paragraphs -----------------------------------------------------------------------------------------------------


def _run(lines: Sequence[Sequence[_Token]], start: int, labels: Labels) -> list[_Token]:
    """The tokens of the paragraphs from `start` on that are cells; empty where none begins."""
    if not _begins(lines, start, labels):
        return _row_without_label(lines[start], labels)
    found: list[_Token] = []
    strange = 0
    kept = 0
    for tokens in islice(lines, start, None):
        if not tokens or fold(tokens[0].text) in section_names(labels.form.id):
            break
        tokens = _without_rest(found, tokens, labels)
        known = all(one.is_value or labels.knows(one.text) for one in tokens)
        strange = 0 if known or _begins_label(found, tokens, labels) else strange + 1
        if strange > _STRANGE:
            break
        found.extend(tokens)
        if not strange:
            kept = len(found)
    return found[:kept]


def _begins(lines: Sequence[Sequence[_Token]], start: int, labels: Labels) -> bool:
    """Whether a label begins with this paragraph, or is broken over it and the next ones, perhaps with its numbers above."""
    text = ""
    start += _numbers_above(lines, start)
    for token in _until_blank(lines[start : start + _PARTS]):
        text += token.text
        if token.is_value:
            return False
        if labels.knows_exactly(text) or (text == token.text and labels.knows(text)):
            return True
        if len(text) > LONGEST:
            return False
    return False


def _numbers_above(lines: Sequence[Sequence[_Token]], start: int) -> int:
    """How many lines from here on hold nothing but numbers."""
    above = takewhile(lambda one: one and all(token.is_value for token in one), islice(lines, start, None))
    return sum(1 for _ in islice(above, _MOST_ABOVE))


def _until_blank(lines: Iterable[Sequence[_Token]]) -> Iterator[_Token]:
    """The tokens of the lines before the first that has none."""
    for tokens in takewhile(bool, lines):
        yield from tokens


def _tokens(piece: Piece, at: int, labels: Labels) -> Iterator[_Token]:
    """The cells in one paragraph; none where it is a sentence."""
    block = piece.block
    if not isinstance(block, Paragraph) or len(block.text) > 2 * LONGEST or "。" in block.text:
        return
    spot = Spot(block.place, piece.source)
    for text in _divided(block.text.strip(), labels):
        yield _Token(text, looks_like_value(text), spot, at)


def _divided(text: str, labels: Labels) -> list[str]:
    """规章 0 0 0 → its label and its numbers; several labels in a line each by itself; anything else as it is."""
    found = _NUMBERS.match(nfkc(text))
    if found and re.search(r"[\u4e00-\u9fff]", found[1]):
        return [*_labels_in(found[1].strip(), labels), *found[2].split()]
    touching = _TOUCHING.match(nfkc(text))
    if touching and labels.knows_exactly(touching[1]) and not labels.knows(text):
        return [touching[1], *touching[2].split()]
    parts = text.split()
    if len(parts) > 1 and all(looks_like_value(part) for part in parts):
        return parts
    return _labels_in(text, labels)


def _labels_in(text: str, labels: Labels) -> list[str]:
    parts = text.split()
    if len(parts) < 2 or labels.knows_exactly(text):
        return [text]
    if all(labels.knows(part) for part in parts):
        return parts
    for at in range(
        1, len(parts)
    ):  # the end of a narrow cell's label stands before it: （四）无 1.本机关不掌握…
        if labels.knows_exactly(rest := " ".join(parts[at:])):
            return [" ".join(parts[:at]), rest]
    return [text]


def _without_rest(found: list[_Token], tokens: Sequence[_Token], labels: Labels) -> Sequence[_Token]:
    """The tokens of a line without the end of a label whose numbers stand beside its beginning (行政事业性收 12 / 费)."""
    rest = tokens[0]
    at = next((at for at in range(len(found) - 1, -1, -1) if not found[at].is_value), len(found) - 1)
    if rest.is_value or at in (-1, len(found) - 1) or labels.knows_exactly(rest.text):
        return tokens
    text = found[at].text + rest.text
    if labels.knows_exactly(found[at].text) or not labels.knows_exactly(text):
        return tokens
    found[at] = found[at]._replace(text=text)
    found[-1] = found[-1]._replace(piece=rest.piece)  # so far the table goes
    return tokens[1:]


def _begins_label(found: Sequence[_Token], tokens: Sequence[_Token], labels: Labels) -> bool:
    """Whether this line is the end of a label that the lines before began."""
    text = tokens[0].text
    for one in reversed(found[-_PARTS:]):
        if one.is_value:
            return False
        text = one.text + text
        if labels.knows_exactly(text):
            return True
    return False


# -- rows -----------------------------------------------------------------------------------------------------------------


def _rows(tokens: Sequence[_Token], labels: Labels) -> list[list[_Token]]:
    """A row is its labels and the numbers after them; the heading before the first label is a row of its own."""
    rows: list[list[_Token]] = [[]]
    for token in _joined(tokens, labels):
        if rows[-1] and rows[-1][-1].is_value and not token.is_value:
            rows.append([])
        rows[-1].append(token)
    return [part for row in rows for part in _without_heading(row, labels) if part]


def _joined(tokens: Sequence[_Token], labels: Labels) -> Iterator[_Token]:
    """Labels that were broken over lines in one piece: the longest that is known."""
    at = 0
    while at < len(tokens):
        token, count = tokens[at], 1
        text = token.text
        for more in range(1, _PARTS):
            following = tokens[at + more] if at + more < len(tokens) else None
            if token.is_value or following is None or following.is_value:
                break
            text += following.text
            if labels.knows_exactly(text):
                token, count = following._replace(text=text), more + 1
        yield token
        at += count


def _without_heading(row: list[_Token], labels: Labels) -> list[list[_Token]]:
    """Its heading, and the row itself; the columns of a heading are no labels of a row."""
    head = 0
    for index, token in enumerate(row):
        if token.is_value:
            break
        text = token.text
        both = labels.is_column(text) and labels.row(text) is not None  # 总计 and 其他 head columns and rows
        if (
            labels.is_heading(text)
            or (labels.is_column(text) and not both)
            or (head == index > 0 and (not ordinal(text) if both else not _names_a_row(text, labels)))
        ):
            head = index + 1
    return [row[:head], row[head:]]


def _names_a_row(text: str, labels: Labels) -> bool:
    return labels.row(text) is not None or labels.group(text) is not None


def _is_table(rows: Sequence[Sequence[_Token]], labels: Labels) -> bool:
    """At least two labelled rows, or the heading and numbers of a table that has none."""
    if any(_is_row_without_label(row, labels) for row in rows):
        return True
    texts = [token.text for row in rows for token in row if not token.is_value]
    if sum(labels.row(text) is not None for text in texts) >= 2:
        return True
    return sum(labels.is_column(text) for text in texts) >= 6 and any(
        one.is_value for row in rows for one in row
    )


def _is_row_without_label(row: Sequence[_Token], labels: Labels) -> bool:
    """Just as many numbers as a table without row labels has columns (表四), and enough not to be so by chance."""
    tables = labels.form.tables.values()
    widths = {len(table.leaf_columns) for table in tables if not table.row_heading_levels}
    return len(row) in widths and len(row) > _CHANCE and all(token.is_value for token in row)


def _row_without_label(tokens: Sequence[_Token], labels: Labels) -> list[_Token]:
    return list(tokens) if _is_row_without_label(tokens, labels) else []


def _piece(rows: Sequence[Sequence[_Token]]) -> Piece:
    cells = tuple(Cell(i, j, one.text) for i, row in enumerate(rows) for j, one in enumerate(row))
    first = rows[0][0].spot
    block = TableBlock(cells, len(rows), max(map(len, rows)), place=first.place)
    spots = {(i, j): one.spot for i, row in enumerate(rows) for j, one in enumerate(row)}
    return Piece(first.block, block, spots=spots)
