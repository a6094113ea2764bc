"""How wide and high everything of a table is, from the room there is: roomy, or compact for small screens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics

from app.documents.layout import HeadingPlace
from ui.kit import theme
from ui.tables.merged_header import PAD, PAD_ACROSS, MergedHeader
from ui.tables.table_view import TableView
from ui.tables.wrapping import wrap

COMPACT_BELOW = (
    900  # logical pixels of the panel: 1366×768 at 150 % leaves 711 beside the list of sections, at 125 % 893
)
ROW_LEAST, ROW, ROW_MOST = (
    18,
    20,
    26,
)  # logical pixels of a row: so low that all are seen, where not all can be, at most


@dataclass(frozen=True)
class Density:
    """Sizes in logical pixels. `levels` are the row headings' columns as wished, `tight` as narrow as they may become."""

    row: int
    lines: int  # of a row label before it is shortened
    levels: tuple[int, ...]
    tight: tuple[int, ...]
    column: int
    column_tight: int
    column_most: int
    gap: int


_ROOMY = Density(ROW, 3, (36, 96, 300), (30, 78, 220), 66, 60, 104, theme.STEP // 2)
_COMPACT = Density(ROW, 2, (26, 78, 196), (24, 62, 150), 60, 52, 96, theme.STEP // 2)
INNER_MOST = 500  # a wider row label would stand too far from its numbers
ROWS_SEEN = 8  # of a table that has so many, on any screen and in any type
ALONE_TIGHT = 42  # a column of 表四, which has no labels beside it: two characters a line and four digits
_COLUMNS_SEEN, _NAME_LEAST = (
    2,
    80,
)  # of a table that scrolls sideways: so many columns, and logical pixels of a name
SPARE = 2


def density(width: int) -> Density:
    """The sizes for a panel of that width; rows hold a line of the type that the clerk chose."""
    return _sizes(width < COMPACT_BELOW, theme.SCALE)


@cache
def _sizes(is_compact: bool, scale: float) -> Density:
    sizes = _COMPACT if is_compact else _ROOMY
    return replace(sizes, row=round(sizes.row * scale))


def _whole_label(view: TableView, sizes: Density) -> int:
    """As wide as the longest label of a row wants to stand in one line, within bounds."""
    metrics = QFontMetrics(view.rows.font())
    last = view.cells.table.row_heading_levels - 1
    labels = [one.heading.label for one in view.rows.places if one.level == last and not one.heading.children]
    widest = max((metrics.horizontalAdvance(label) for label in labels), default=0) + 2 * PAD + 2
    return min(max(sizes.levels[-1], widest), round(INNER_MOST * theme.SCALE))


def fitting(view: TableView, height: int, sizes: Density) -> Density | None:
    """The highest rows with which the whole table stands in `height`, its columns being laid; None when it does not."""
    most, least = round(ROW_MOST * theme.SCALE), round(ROW_LEAST * theme.SCALE)
    left = height - view.columns.thickness
    needs = _needs(view.rows, sizes)
    for row in range(most, least - 1, -1):
        tried = replace(sizes, row=row)
        if sum(_heights(view.rows, needs, tried)) <= left:
            return tried
    return None


def scrolling(view: TableView, height: int, sizes: Density) -> Density:
    """For a table that does not stand in `height`: where few rows are seen, labels of two lines give way, they have tooltips."""
    is_low = sum(_row_heights(view.rows, sizes)[:ROWS_SEEN]) > height - view.columns.thickness
    return replace(sizes, lines=1) if is_low else sizes


def set_rows(view: TableView, sizes: Density) -> None:
    """Another height of the rows, the columns as they are."""
    for line, height in enumerate(_row_heights(view.rows, sizes)):
        view.setRowHeight(line, height)
    view.updateGeometries()


def lay_table(view: TableView, width: int, sizes: Density) -> None:
    """Fit a table of its own (表三, 表四) into `width`; it scrolls sideways only below its tightest columns."""
    _set_font(view)
    count = view.cells.columnCount()
    levels = view.cells.table.row_heading_levels
    wished, tight = sizes.levels[-levels:] if levels else (), sizes.tight[-levels:] if levels else ()
    if levels:
        wished = (*wished[:-1], _whole_label(view, sizes))
    column = (width - sum(wished)) // count
    labels = list(wished)
    least = _column_least(view, width, sizes)
    if column < least and levels:  # five digits have room in the narrowest column: no label is cut before
        part = min(1.0, (sum(wished) + least * count - width) / max(1, sum(wished) - sum(tight)))
        labels = [  # one pixel too many would bring both scroll bars
            int(w - (w - t) * part) for w, t in zip(wished, tight, strict=True)
        ]
        column = (width - sum(labels)) // count
        spared = width - sum(labels[:-1]) - _COLUMNS_SEEN * least  # beside the panel: names first
        if column < least and spared < labels[-1]:
            labels[-1] = max(_NAME_LEAST, spared)
    column = max(least, min(sizes.column_most, column))
    if levels:
        labels[-1] = max(labels[-1], min(INNER_MOST, width - sum(labels[:-1]) - column * count))
    view.rows.set_levels(labels)
    _lay(view, [column] * count, sizes)


def _column_least(view: TableView, width: int, sizes: Density) -> int:
    """Four characters of a heading in a line where the labels keep room for twenty; else as many digits as any number has."""
    levels = view.cells.table.row_heading_levels
    if not levels:
        return ALONE_TIGHT
    ample = 4 * QFontMetrics(view.columns.font()).horizontalAdvance("中") + 2 * PAD_ACROSS + 2
    twenty = 20 * QFontMetrics(view.rows.font()).horizontalAdvance("中") + 2 * PAD + 1
    left = width - ample * view.cells.columnCount() - sum(sizes.tight[-levels:-1])
    return ample if left >= twenty else sizes.column_tight


def lay_on_grid(view: TableView, columns: Sequence[int], sizes: Density) -> None:
    """Lay a small table of 表二 on the printed grid: the first column is its labels, its last takes what is left."""
    _set_font(view)
    count = view.cells.columnCount()
    view.rows.set_levels([columns[0]])
    _lay(view, [*columns[1:count], sum(columns[count:])], sizes)


def _set_font(view: TableView) -> None:
    view.setFont(theme.font(theme.GRID))
    view.rows.setFont(theme.font(theme.GRID))
    for heads in (view.columns, view.corner):
        heads.setFont(theme.font(theme.SMALL))


def _lay(view: TableView, columns: Sequence[int], sizes: Density) -> None:
    for index, size in enumerate(columns):
        view.setColumnWidth(index, size)
    view.columns.set_levels(_column_levels(view.columns))
    set_rows(view, sizes)


def _column_levels(header: MergedHeader) -> list[int]:
    """Each level as high as its labels need; a label over several levels may make the innermost higher."""
    spare = 2 * theme.STEP if header.levels == 1 else SPARE  # one level alone may breathe
    levels = [QFontMetrics(header.font()).height() + spare // 2] * header.levels
    for place in sorted(header.places, key=lambda one: one.levels):
        need = _height(header, place.heading.label, header.rect_of(place).width(), 3, even=True)
        covered = range(place.level, place.level + place.levels)
        levels[covered[-1]] += max(0, need - sum(levels[level] for level in covered))
    return levels


def _row_heights(header: MergedHeader, sizes: Density) -> list[int]:
    return _heights(header, _needs(header, sizes), sizes)


def _heights(header: MergedHeader, needs: Sequence[int], sizes: Density) -> list[int]:
    row = sizes.row if header.thickness else sizes.row + theme.STEP  # 表四: one row without a label
    return [max(row, need) for need in needs]


def _needs(header: MergedHeader, sizes: Density) -> list[int]:
    """What the label of each row wants, whatever height the rows have."""
    needs = [0] * header.count()
    for place in header.places if header.thickness else ():
        if place.lines == 1 and not place.heading.children:
            needs[place.line] = _height(header, place.heading.label, _breadth(header, place), sizes.lines)
    return needs


def _breadth(header: MergedHeader, place: HeadingPlace) -> int:
    return header.edge(place.level + place.levels) - header.edge(place.level)


def _height(header: MergedHeader, label: str, width: int, most: int, even: bool = False) -> int:
    """One line stands in any row; more want their own height."""
    font = header.font()
    inner = width - 2 * (PAD_ACROSS if header.horizontal else PAD) - 1
    key = label, inner, most, font.key(), even
    if key not in _lines:
        if len(_lines) >= _MOST_KEPT:
            _lines.clear()
        _lines[key] = len(wrap(label, inner, most, QFontMetrics(font).horizontalAdvance, even))
    return _lines[key] * line_height(QFontMetrics(font)) + 2 * SPARE if _lines[key] > 1 else 0


_lines: dict[tuple[str, int, int, str, bool], int] = {}  # asked anew at each change of a page's height
_MOST_KEPT = 2000


def line_height(metrics: QFontMetrics) -> int:
    """What a line of Chinese wants: faces that leave much room over and under it may overlap there."""
    return min(metrics.lineSpacing(), round(metrics.ascent() * 1.25))


def content_size(view: TableView) -> QSize:
    """The whole table without scroll bars."""
    side = view.rows.thickness if view.cells.table.row_heading_levels else 0
    return QSize(side + view.columns.length(), view.columns.thickness + view.rows.length())
