"""Paints the cells of a table in one pass: grounds, values, lines, marks, last year's values, the cursor."""

from collections import defaultdict

from PySide6.QtCore import QLine, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygon, QRegion
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.form.model import CellRef, Severity, Value
from app.report.entry import show_value
from ui.kit import theme
from ui.kit.palette import following
from ui.kit.qt_gaps import areas
from ui.tables.equation_sides import NONE
from ui.tables.merged_header import MergedHeader
from ui.tables.table_model import GROUNDS, INKS, TableModel

_MARGIN = 8  # between a number and the line to its right
_CORNER = 7  # sides of a mark
_HINT = 5
_MARKS: dict[Severity, QColor] = {Severity.ERROR: theme.ERROR, Severity.WARNING: theme.WARNING}
_CURSOR = following(QPen(theme.ACCENT, 2))
_FRAME = following(QPen(theme.ACCENT, 1.4, Qt.PenStyle.DashLine))
_SIDES = following(QPen(theme.ERROR, 1.4)), following(QPen(theme.ERROR, 1.4, Qt.PenStyle.DashLine))

Rects = dict[tuple[int, int], QRect]


class CellPainter:
    """Belongs to one view."""

    def __init__(
        self, view: QTableView, cells: TableModel, columns: MergedHeader, rows: MergedHeader
    ) -> None:
        self._view = view
        self._cells = cells
        self._columns, self._rows = columns, rows
        self.shows_last_year = False
        self.sides = NONE
        self.framed: frozenset[CellRef] = frozenset()  # what undo or redo changed
        self._small = theme.font(theme.SMALL)
        self._widths: dict[tuple[str, str], int] = {}

    def paint(self, area: QRegion) -> None:
        """Everything of the view's cells that lies in `area`."""
        painter = QPainter(self._view.viewport())
        rects = self._rects(area)
        self._paint_grounds(painter, rects)
        self._paint_values(painter, rects)
        self._paint_lines(painter)
        if self.shows_last_year:
            self._paint_last_year(painter, rects)
        self._paint_marks(painter, rects)
        if self.sides != NONE:
            self._paint_sides(painter, rects)
        if self.framed:
            self._paint_framed(painter, rects)
        index = self._view.currentIndex()
        if index.isValid() and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_CURSOR)
            painter.drawRect(self._view.visualRect(index).adjusted(1, 1, -2, -2))
        painter.end()

    def _rects(self, area: QRegion) -> Rects:
        """Where each cell lies that is to be painted."""
        view, found = self._view, {}
        bounds, is_whole = area.boundingRect(), area.rectCount() == 1
        left, right = bounds.left(), bounds.right()
        across = [
            (c, x, width)
            for c in range(self._cells.columnCount())
            if (x := view.columnViewportPosition(c)) <= right and x + (width := view.columnWidth(c)) > left
        ]
        for row in range(self._cells.rowCount()):
            y, height = view.rowViewportPosition(row), view.rowHeight(row)
            if y > bounds.bottom() or y + height <= bounds.top():
                continue
            for column, x, width in across:
                rect = QRect(x, y, width, height)
                if is_whole or area.intersects(rect):
                    found[row, column] = rect
        return found

    def _paint_grounds(self, painter: QPainter, rects: Rects) -> None:
        view = self._view
        selection = view.selectionModel().selection()
        current = view.currentIndex()
        here = current.row(), current.column()
        chosen = [(r.top(), r.bottom(), r.left(), r.right()) for r in areas(selection)]
        shown = self._cells.shown
        for place, rect in rects.items():
            row, column = place
            ground = GROUNDS[shown[place].look]
            if place != here and any(t <= row <= b and lo <= column <= hi for t, b, lo, hi in chosen):
                painter.fillRect(rect, theme.ACCENT_SOFT)
            else:
                painter.fillRect(rect, ground)

    def _paint_values(self, painter: QPainter, rects: Rects) -> None:
        """Grouped by look: pen and font are set once for each."""
        groups: dict[int, list[tuple[QRect, str]]] = defaultdict(list)
        for place, rect in rects.items():
            text, look = self._cells.shown[place]
            if text:
                groups[look].append((rect, text))
        for look, cells in groups.items():
            font = self._cells.fonts[look] or self._view.font()
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(INKS[look].color())
            key, ascent, line = font.key(), metrics.ascent(), metrics.height()
            for rect, text in cells:
                width = self._width(text, key, metrics)
                if width > rect.width() - _MARGIN:
                    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - _MARGIN)
                    width = metrics.horizontalAdvance(text)
                x = (
                    rect.right()
                    - _MARGIN
                    - width
                    + (_MARGIN // 2 if width > rect.width() - 2 * _MARGIN else 0)
                )
                painter.drawText(x, rect.top() + (rect.height() - line) // 2 + ascent, text)

    def _width(self, text: str, font: str, metrics: QFontMetrics) -> int:
        """`font`: its key."""
        if (text, font) not in self._widths:
            self._widths[text, font] = metrics.horizontalAdvance(text)
        return self._widths[text, font]

    def _paint_lines(self, painter: QPainter) -> None:
        view = self._view
        right = self._columns.length() - self._columns.offset() - 1
        bottom = self._rows.length() - self._rows.offset() - 1
        lines = [
            QLine(x := view.columnViewportPosition(c) + view.columnWidth(c) - 1, 0, x, bottom)
            for c in range(self._cells.columnCount())
        ]
        lines += [
            QLine(0, y := view.rowViewportPosition(r) + view.rowHeight(r) - 1, right, y)
            for r in range(self._cells.rowCount())
        ]
        if self._columns.is_alone:
            lines.append(QLine(x := -self._columns.offset(), 0, x, bottom))
        painter.setPen(theme.RULE)
        painter.drawLines(lines)

    def _paint_last_year(self, painter: QPainter, rects: Rects) -> None:
        cells = self._cells
        painter.setFont(self._small)
        painter.setPen(theme.FAINT)
        metrics, own = QFontMetrics(self._small), QFontMetrics(self._view.font())
        font, small = self._view.font().key(), self._small.key()
        editing = self._view.state() == QAbstractItemView.State.EditingState
        current = self._view.currentIndex()
        for (row, column), rect in rects.items():
            value = cells.last_year.value(cells.ref(row, column))
            if value is None or cells.ref(row, column) in cells.proposed:
                continue
            if editing and (row, column) == (current.row(), current.column()):
                continue
            room = rect.width() - self._width(cells.shown[row, column].text, font, own) - _MARGIN - 8
            text = show_value(value)
            change = f"{text} {_change(cells.document.report[cells.ref(row, column)], value)}".rstrip()
            if self._width(change, small, metrics) <= room:
                text = change
            if self._width(text, small, metrics) > room:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            y = rect.top() + (rect.height() - metrics.height()) // 2 + metrics.ascent()
            painter.drawText(rect.left() + 4, y, text)

    def _paint_sides(self, painter: QPainter, rects: Rects) -> None:
        """The cells of a broken equation: an unbroken frame on its left side, a dashed one on its right."""
        cells = self._cells
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for refs, pen in zip(self.sides, _SIDES, strict=True):
            painter.setPen(pen)
            for place, rect in rects.items():
                if cells.ref(*place) in refs:
                    painter.drawRect(rect.adjusted(1, 1, -3, -3))

    def _paint_framed(self, painter: QPainter, rects: Rects) -> None:
        """Round what undo or redo changed: cells side by side have one frame together."""
        cells = self._cells
        places = {cells.places[ref] for ref in self.framed if ref in cells.places}
        lines = []
        for (row, column), rect in rects.items():
            if (row, column) in places:
                box = rect.adjusted(1, 1, -2, -2)
                sides = (
                    ((row - 1, column), QLine(box.topLeft(), box.topRight())),
                    ((row + 1, column), QLine(box.bottomLeft(), box.bottomRight())),
                    ((row, column - 1), QLine(box.topLeft(), box.bottomLeft())),
                    ((row, column + 1), QLine(box.topRight(), box.bottomRight())),
                )
                lines += [line for beyond, line in sides if beyond not in places]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(_FRAME)
        painter.drawLines(lines)

    def _paint_marks(self, painter: QPainter, rects: Rects) -> None:
        """Red or amber upper right corner: an error or a warning. Blue upper left one: a hint from last year."""
        cells = self._cells
        painter.setPen(Qt.PenStyle.NoPen)
        for (row, column), rect in rects.items():
            ref = cells.ref(row, column)
            severity = cells.severity(ref) if cells.shown[row, column].look >= 4 else None
            colour = _MARKS.get(severity) if severity is not None else None
            if colour is not None:
                painter.setBrush(colour)
                corner = rect.topRight() - QPoint(1, 0)
                painter.drawPolygon(
                    QPolygon([corner, corner - QPoint(_CORNER, 0), corner + QPoint(0, _CORNER)])
                )
            if self.shows_last_year and cells.last_year.hint(ref):
                painter.setBrush(theme.ACCENT)
                corner = rect.topLeft()
                painter.drawPolygon(QPolygon([corner, corner + QPoint(_HINT, 0), corner + QPoint(0, _HINT)]))


def _change(now: Value | None, last: Value) -> str:
    """↑3, ↓2; "" where nothing changed or nothing is filled."""
    if now is None or now == last:
        return ""
    return f"↑{show_value(now - last)}" if now > last else f"↓{show_value(last - now)}"
