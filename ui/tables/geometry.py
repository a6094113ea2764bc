"""How wide and high everything of a table is, from the room there is: roomy, or compact for small screens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics

from app.documents.layout import HeadingPlace
from ui.kit import theme
from ui.tables.merged_header import PAD, MergedHeader
from ui.tables.table_view import TableView
from ui.tables.wrapping import wrap

COMPACT_BELOW = (
    900  # logical pixels of the panel: 1366×768 at 150 % leaves 711 beside the list of sections, at 125 % 893
)


@dataclass(frozen=True)
class Density:
    """Sizes in logical pixels. `levels` are the row headings' columns as wished, `tight` as narrow as they may become."""

    points: float
    row: int
    lines: int  # of a row label before it is shortened
    levels: tuple[int, ...]
    tight: tuple[int, ...]
    column: int
    column_tight: int
    column_most: int
    button: int  # height of the buttons above
    gap: int


_ROOMY = Density(10, 26, 3, (36, 116, 290), (30, 84, 220), 66, 60, 104, 28, theme.STEP)
_COMPACT = Density(9, 21, 2, (26, 78, 196), (24, 62, 150), 60, 52, 96, 24, theme.STEP // 2)
INNER_MOST = 440  # a wider row label would stand too far from its numbers
ALONE_TIGHT = 42  # a column of 表四, which has no labels beside it: two characters a line and four digits
SPARE = 2


def density(width: int) -> Density:
    """The sizes for a window of that width; rows and buttons hold a line of the type that the clerk chose."""
    return _sizes(width < COMPACT_BELOW, theme.SCALE)


@cache
def _sizes(is_compact: bool, scale: float) -> Density:
    sizes = _COMPACT if is_compact else _ROOMY
    return replace(sizes, row=round(sizes.row * scale), button=round(sizes.button * scale))


def finding_lines(height: int) -> int:
    """How many lines of findings a panel of this height spares."""
    return 1 if height < 460 else 2 if height < 560 else 3


def lay_table(view: TableView, width: int, sizes: Density) -> None:
    """Fit a table of its own (表三, 表四) into `width`; it scrolls sideways only below its tightest columns."""
    _set_font(view, sizes)
    count = view.cells.columnCount()
    levels = view.cells.table.row_heading_levels
    wished, tight = sizes.levels[-levels:] if levels else (), sizes.tight[-levels:] if levels else ()
    column = (width - sum(wished)) // count
    labels = list(wished)
    if column < sizes.column and levels:
        part = min(1.0, (sum(wished) + sizes.column * count - width) / max(1, sum(wished) - sum(tight)))
        labels = [round(w - (w - t) * part) for w, t in zip(wished, tight, strict=True)]
        column = (width - sum(labels)) // count
    least = sizes.column_tight if levels else ALONE_TIGHT
    column = max(least, min(sizes.column_most, column))
    if levels:
        labels[-1] = max(labels[-1], min(INNER_MOST, width - sum(labels[:-1]) - column * count))
    view.rows.set_levels(labels)
    _lay(view, [column] * count, sizes)


def lay_on_grid(view: TableView, columns: Sequence[int], sizes: Density) -> None:
    """Lay a small table of 表二 on the printed grid: the first column is its labels, its last takes what is left."""
    _set_font(view, sizes)
    count = view.cells.columnCount()
    view.rows.set_levels([columns[0]])
    _lay(view, [*columns[1:count], sum(columns[count:])], sizes)


def _set_font(view: TableView, sizes: Density) -> None:
    font = theme.font(sizes.points)
    view.columns.setFont(font)
    view.rows.setFont(font)
    view.corner.setFont(font)


def _lay(view: TableView, columns: Sequence[int], sizes: Density) -> None:
    for index, size in enumerate(columns):
        view.setColumnWidth(index, size)
    view.columns.set_levels(_column_levels(view.columns, sizes))
    for line, height in enumerate(_row_heights(view.rows, sizes)):
        view.setRowHeight(line, height)
    view.updateGeometries()


def _column_levels(header: MergedHeader, sizes: Density) -> list[int]:
    """Each level as high as its labels need; a label over several levels may make the innermost higher."""
    levels = [sizes.row - SPARE] * header.levels
    for place in sorted(header.places, key=lambda one: one.levels):
        need = _height(header, place.heading.label, header.rect_of(place).width(), 3, even=True)
        covered = range(place.level, place.level + place.levels)
        levels[covered[-1]] += max(0, need - sum(levels[level] for level in covered))
    return levels


def _row_heights(header: MergedHeader, sizes: Density) -> list[int]:
    heights = [sizes.row] * header.count()
    if header.thickness == 0:
        return [sizes.row + theme.STEP] * header.count()  # 表四: one row without a label
    for place in header.places:
        if place.lines == 1 and not place.heading.children:
            need = _height(header, place.heading.label, _breadth(header, place), sizes.lines)
            heights[place.line] = max(sizes.row, need)
    return heights


def _breadth(header: MergedHeader, place: HeadingPlace) -> int:
    return header.edge(place.level + place.levels) - header.edge(place.level)


def _height(header: MergedHeader, label: str, width: int, most: int, even: bool = False) -> int:
    metrics = QFontMetrics(header.font())
    lines = wrap(label, width - 2 * PAD - 1, most, metrics.horizontalAdvance, even)
    return len(lines) * metrics.lineSpacing() + 2 * SPARE


def content_size(view: TableView) -> QSize:
    """The whole table without scroll bars."""
    side = view.rows.thickness if view.cells.table.row_heading_levels else 0
    return QSize(side + view.columns.length(), view.columns.thickness + view.rows.length())
