"""Sums in a worksheet whose results were not saved with it (a file that no spreadsheet program has opened) → what they come to.

Only sums of filled cells are worked out: it is what the sheet would show. Anything else stands as it is written, and is doubtful.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

Texts = dict[tuple[int, int], str]  # (row, column) from 0 → what the cell shows, or its formula

# A cell of a formula: B5, $B$5. A sum as clerks write it: =B5+C5, =SUM(B5:D5), =SUM(B5,D5:F5). A number: -3, 12.50.
_CELL = r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})"
_PLUS = re.compile(rf"={_CELL}(?:\+{_CELL})*")
_SUM = re.compile(rf"=SUM\({_CELL}(?::{_CELL})?(?:,{_CELL}(?::{_CELL})?)*\)", re.IGNORECASE)
_AREA = re.compile(rf"{_CELL}(?::{_CELL})?")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?")
_DEEPEST = 8  # a total of totals has two
_MOST_CELLS = 500  # of one sum


def work_out(texts: Texts) -> None:
    """Put the result in the place of each sum whose cells are all filled with numbers."""
    known: dict[tuple[int, int], Decimal | None] = {}
    found = {at: _value(at, texts, known, _DEEPEST) for at, text in texts.items() if text.startswith("=")}
    texts.update({at: format(value, "f") for at, value in found.items() if value is not None})


def _value(
    at: tuple[int, int], texts: Texts, known: dict[tuple[int, int], Decimal | None], depth: int
) -> Decimal | None:
    """What a cell comes to; None for what is no number, for a formula in a circle, and one that is more than a sum."""
    if at not in known:
        known[at] = None  # for a formula that comes back to this cell
        text = texts.get(at, "").strip().replace(" ", "")
        known[at] = Decimal(text) if _NUMBER.fullmatch(text) else _sum(text, texts, known, depth)
    return known[at]


def _sum(
    formula: str, texts: Texts, known: dict[tuple[int, int], Decimal | None], depth: int
) -> Decimal | None:
    """What the cells of a sum come to together; None where one is no number or stands in it twice."""
    if not depth or not _is_sum(formula):
        return None
    cells = list(_cells(formula))
    if len(cells) > _MOST_CELLS or len(set(cells)) < len(cells):
        return None
    parts = [_value(cell, texts, known, depth - 1) for cell in cells]
    given = [part for part in parts if part is not None]
    return sum(given, Decimal(0)) if 0 < len(given) == len(parts) else None


def _is_sum(formula: str) -> bool:
    return len(formula) <= 2000 and bool(_PLUS.fullmatch(formula) or _SUM.fullmatch(formula))


def _cells(formula: str) -> Iterator[tuple[int, int]]:
    for one in _AREA.finditer(formula.upper()):
        left, top = column_of(one[1]), int(one[2]) - 1
        right, bottom = (column_of(one[3]), int(one[4]) - 1) if one[3] else (left, top)
        if (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
            yield from ((top, left), (top, left))  # too many: refused as a double
            return
        yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def column_of(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
