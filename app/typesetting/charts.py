"""Charts as vectors: grey columns in black outlines, which any printer prints, their numbers above and their labels below.

PDF, web page and window draw the same texts and rules; lengths are points from the drawing's upper left corner.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from app.documents.blocks import ChartBlock
from app.typesetting.breaking import Words, sorts, units_of
from app.typesetting.fonts import Faces
from app.typesetting.lines import Line, Setting, evenly, one_line, set_line
from app.typesetting.page_style import Align, PageStyle
from app.typesetting.pages import Fill, Rule, Text

_PLOT = 120.0  # the highest column
_LEAST_PLOT = 24.0
_FILLED = 0.7  # of a label's place by its columns
_WIDEST = 42.0  # column
_GAP = 3.0  # between a column and its number, and between two numbers
_SIZE = 9.0  # 小五
_FEWEST_CHARACTERS = 3.5  # room for that many beside each other in a label, and no less
_LABEL_LINES = (4, 3, 2, 1)  # the most of them; fewer where the drawing would be too high
_OUTLINE, _AXIS = 0.6, 0.8
GREYS = (
    217,
    89,
    255,
)  # of the first, second and third series, of 255: told apart without colour, the same in Word


class Plot(NamedTuple):
    """Where the columns stand, for a program that draws them itself."""

    top: float  # of the highest column
    height: float
    gap: float  # between two groups of columns, in widths of a column


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    texts: tuple[Text, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]  # under the rules
    plot: Plot  # the same in each row of columns
    rows: tuple[float, ...]  # how high each row of columns is; the key stands below them
    in_row: int  # groups of columns in a row


def in_rows(chart: ChartBlock, drawing: Drawing) -> list[ChartBlock]:
    """A chart for each row of columns, the last one filled up with blanks, for a program that knows charts of one row only."""
    found = []
    for first in range(0, len(chart.labels), max(1, drawing.in_row)):
        part = slice(first, first + drawing.in_row)
        lacking = drawing.in_row - len(chart.labels[part])
        series = tuple((name, values[part] + (None,) * lacking) for name, values in chart.series)
        found.append(replace(chart, labels=chart.labels[part] + ("",) * lacking, series=series))
    return found


@lru_cache(maxsize=64)
def draw_chart(
    chart: ChartBlock, width: float, most_height: float, style: PageStyle, faces: Faces
) -> Drawing:
    """The chart across `width` points: as many columns in a row as leave room for numbers and labels.

    No higher than `most_height` where that is at least 450 points.
    """
    pen = _Pen(style, faces)
    numbers = [
        pen.line(f"{value}", 1000) for _, values in chart.series for value in values if value is not None
    ]
    widest = max((line.width for line in numbers), default=0.0)
    slot = max(len(chart.series) * (widest + _GAP) / _FILLED, _FEWEST_CHARACTERS * pen.size)
    rows = math.ceil(len(chart.labels) / max(1, int(width / slot)))
    in_row = math.ceil(len(chart.labels) / rows)
    for most in _LABEL_LINES:
        labels = [pen.label(label, width / in_row - _GAP, most) for label in chart.labels]
        below = max(map(len, labels)) * pen.pitch
        fixed = rows * (pen.pitch + below + 2 * _GAP) + pen.pitch * 1.5
        plot = min(_PLOT, (most_height - fixed) / rows)
        if plot >= _LEAST_PLOT:
            break
    column = min(max(_WIDEST, widest + _GAP), width / in_row * _FILLED / len(chart.series))
    return _Chart(chart, pen, width, column, labels, in_row, max(plot, 1.0)).drawing()


class _Pen:
    """Text in the face of the page style's tables."""

    def __init__(self, style: PageStyle, faces: Faces) -> None:
        self.size = min(_SIZE, style.table.size)
        self.pitch = self.size * 1.3
        self._sorts = sorts(faces, style.table.role, self.size)

    def line(self, text: str, room: float) -> Line:
        return one_line(text, self._sorts, Align.CENTER, room)

    def label(self, text: str, room: float, most: int) -> tuple[Line, ...]:
        """The lines of a label, about as long as each other; the last one ends in … where it has more."""
        lines = self._lines(text, room)
        if len(lines) > most:
            shown = "".join(line.text for line in lines[:most])
            lines = self._lines(shown[:-2] + "…", room)[:most]
        return lines

    def _lines(self, text: str, room: float) -> tuple[Line, ...]:
        units = units_of([Words(text, self._sorts)], 0.0)
        lines = evenly(units, room, 0.0)
        setting = Setting(self.size, 0.0, Align.CENTER)
        return tuple(set_line(line, 0.0, room, setting, True) for line in lines)


class _Chart:
    """One drawing being made: rows of columns from the top, the key to the series under them."""

    def __init__(
        self,
        chart: ChartBlock,
        pen: _Pen,
        width: float,
        column: float,
        labels: list[tuple[Line, ...]],
        in_row: int,
        plot: float,
    ) -> None:
        self._chart, self._pen, self._labels = chart, pen, labels
        self._width, self._in_row, self._plot = width, in_row, plot
        self._column, self._slot = column, width / in_row
        values = [value for _, row in chart.series for value in row if value]
        self._scale = plot / max(values, default=1)
        self._texts: list[Text] = []
        self._rules: list[Rule] = []
        self._fills: list[Fill] = []

    def drawing(self) -> Drawing:
        top, rows = 0.0, []
        for first in range(0, len(self._labels), self._in_row):
            begin, top = top, self._row(first, top)
            rows.append(top - begin)
        if len(self._chart.series) > 1:
            top = self._key(top)
        columns = len(self._chart.series) * self._column
        plot = Plot(self._pen.pitch, self._plot, (self._slot - columns) / self._column)
        shown = tuple(self._texts), tuple(self._rules), tuple(self._fills)
        return Drawing(self._width, top, *shown, plot, tuple(rows), self._in_row)

    def _row(self, first: int, top: float) -> float:
        """One row of columns with its base line and labels; returns where it ends."""
        base = top + self._pen.pitch + self._plot
        last = min(first + self._in_row, len(self._labels))
        for place, index in enumerate(range(first, last)):
            middle = (place + 0.5) * self._slot
            left = middle - self._column * len(self._chart.series) / 2
            for number, (_, values) in enumerate(self._chart.series):
                if (value := values[index]) is not None:
                    self._one_column(number, value, left + number * self._column, base)
            for row, line in enumerate(self._labels[index]):
                self._put(line, place * self._slot + _GAP / 2, base + (row + 0.95) * self._pen.pitch)
        self._rules.append(Rule(0, base, self._slot * (last - first), base, _AXIS))
        most = max(len(label) for label in self._labels[first:last])
        return base + most * self._pen.pitch + 2 * _GAP

    def _one_column(self, series: int, value: int, left: float, base: float) -> None:
        top = base - value * self._scale
        if value:
            self._box(left, top, self._column, base - top, series)
        room = 2 * self._slot
        number = self._pen.line(f"{value}", room)
        self._put(number, left + self._column / 2 - room / 2, top - _GAP)

    def _key(self, top: float) -> float:
        """□ 上年 ■ 本年 in the middle."""
        size, pen = self._pen.size, self._pen
        room = self._width / len(self._chart.series) - 3.5 * size
        shown = [pen.label(name, room, 1) for name, _ in self._chart.series]
        lines = [found[0] if found else pen.line("", room) for found in shown]
        left = (self._width - sum(line.width + 3.5 * size for line in lines) + size) / 2
        baseline = top + pen.pitch
        for number, line in enumerate(lines):
            self._box(left, baseline - 0.8 * size, 1.8 * size, 0.8 * size, number)
            self._put(line, left + 2.2 * size - line.x, baseline)
            left += line.width + 3.5 * size
        return baseline + 0.5 * pen.pitch

    def _box(self, left: float, top: float, width: float, height: float, series: int) -> None:
        """A column, or its like in the key: its area and its outline."""
        right, bottom = left + width, top + height
        self._fills.append(Fill(left, top, width, height, GREYS[series] / 255))
        for x1, y1, x2, y2 in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            self._rules.append(Rule(x1, y1, x2, y2, _OUTLINE))

    def _put(self, line: Line, left: float, baseline: float) -> None:
        self._texts.extend(text._replace(x=left + text.x, y=baseline) for text in line.texts)
