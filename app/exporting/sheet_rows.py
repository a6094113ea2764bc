"""How high the rows of a printed list are: no office program works that out for merged cells, and not each for the others."""

from collections.abc import Iterable, Sequence
from math import ceil

from openpyxl.worksheet.worksheet import Worksheet

from app.exporting.workbook_file import LongSheet

_LINE, _AROUND = 13.5, 4.0  # points: 宋体 of 10 points, and what a row has above and below
_HIGHEST = 409.0  # Excel's most
_EDGE = 1  # of a column's width: left free on both sides together


def fit_row(sheet: Worksheet | LongSheet, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
    """The row as high as its highest cell, of texts in columns of these widths (in figures of the usual face)."""
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    sheet.row_dimensions[row].height = min(_HIGHEST, lines * _LINE + _AROUND)


def set_heights(sheet: Worksheet, first: int, heights: Iterable[float]) -> None:
    """Points, from the row `first` on."""
    for row, height in enumerate(heights, first):
        sheet.row_dimensions[row].height = min(_HIGHEST, height)


def _lines(text: str, width: float) -> int:
    room = max(2.0, width - _EDGE)
    return sum(max(1, ceil(_wide(part) / room)) for part in text.split("\n"))


def _wide(text: str) -> int:
    """In figures: a Chinese character is as wide as two."""
    return sum(1 if char.isascii() else 2 for char in text)
