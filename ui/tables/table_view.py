"""The cells of one table: keys, selection, clipboard, and the marks drawn over them."""

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QLine,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygon,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QFrame,
    QTableView,
    QWidget,
)

from app.entry import show_value
from app.form.model import CellRef, Severity
from ui import theme
from ui.tables.cell_delegate import CellDelegate, CellEdit, move_of
from ui.tables.merged_header import MergedHeader
from ui.tables.printed_label import PrintedLabel
from ui.tables.table_model import TableModel

Standard = QKeySequence.StandardKey
_OURS = (Standard.Copy, Standard.Cut, Standard.Paste, Standard.Delete, Standard.SelectAll)
_CORNER = 7  # pixels of a mark's sides
_MARKS: dict[Severity, QColor] = {Severity.ERROR: theme.ERROR, Severity.WARNING: theme.WARNING}
_CURSOR = QPen(theme.ACCENT, 2)


class TableView(QTableView):
    """One table with frozen merged headings.

    `left` is emitted when the cursor wants to leave at an edge (rows, columns); `pasted` carries the clipboard's text and the
    cells to start from; `current` the cell under the cursor; `told` a sentence for the status line.
    """

    left = Signal(int, int)
    pasted = Signal(str, list)
    current = Signal(object)
    told = Signal(str)

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = model
        self.opened_for_caret = False
        self.shows_last_year = False
        self._small = theme.font(theme.POINT_SIZE - 2)
        self.delegate = CellDelegate(self)
        self.setItemDelegate(self.delegate)
        self.columns = MergedHeader(Qt.Orientation.Horizontal, model.table.columns, self)
        self.rows = MergedHeader(Qt.Orientation.Vertical, model.table.rows, self)
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(self.rows)
        self.rows.setVisible(model.table.row_heading_levels > 0)
        self.columns.is_alone = self.rows.isHidden()
        self.corner = PrintedLabel(model.table.corner, self)
        self.setModel(model)
        self._set_manners()

    def _set_manners(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)  # drawn in paintEvent, in our colour
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.cells.table.title or self.cells.section.title)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.WINDOW)
        palette.setColor(QPalette.ColorRole.Highlight, theme.ACCENT_SOFT)
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.INK)
        self.setPalette(palette)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    # -- painting ------------------------------------------------------------------------------------------------------

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.corner.setGeometry(
            0, 0, self.rows.width() if self.rows.isVisibleTo(self) else 0, self.columns.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells by Qt, then in one pass the lines, the marks, last year's values and the cursor."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._paint_current(painter)
        self._paint_lines(painter)
        if self.shows_last_year:
            self._paint_last_year(painter, event.rect())
        self._paint_marks(painter, event.rect())
        self._paint_cursor(painter)
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        right = self.columns.length() - self.columns.offset() - 1
        bottom = self.rows.length() - self.rows.offset() - 1
        lines = [
            QLine(x := self.columnViewportPosition(c) + self.columnWidth(c) - 1, 0, x, bottom)
            for c in range(self.cells.columnCount())
        ]
        lines += [
            QLine(0, y := self.rowViewportPosition(r) + self.rowHeight(r) - 1, right, y)
            for r in range(self.cells.rowCount())
        ]
        if not self.rows.isVisibleTo(self):
            lines.append(QLine(x := -self.columns.offset(), 0, x, bottom))
        painter.setPen(theme.RULE)
        painter.drawLines(lines)

    def _paint_last_year(self, painter: QPainter, area: QRect) -> None:
        painter.setFont(self._small)
        painter.setPen(theme.FAINT)
        metrics, own = QFontMetrics(self._small), QFontMetrics(self.font())
        where = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for ref, (row, column) in self.cells.places.items():
            value = self.cells.last_year.value(ref)
            rect = self._rect(row, column)
            if value is None or not rect.intersects(area):
                continue
            room = rect.width() - own.horizontalAdvance(self.cells.text(row, column)) - 12
            text = metrics.elidedText(show_value(value), Qt.TextElideMode.ElideRight, room)
            painter.drawText(rect.adjusted(4, 0, 0, 0), where, text)

    def _paint_marks(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for ref, (row, column) in self.cells.places.items():
            severity = self.cells.severity(ref)
            hint = self.shows_last_year and self.cells.last_year.hint(ref)
            if not (severity or hint):
                continue
            rect = self._rect(row, column)
            if not rect.intersects(area):
                continue
            if severity in _MARKS:
                painter.setBrush(_MARKS[severity])
                corner = rect.topRight()
                painter.drawPolygon(
                    QPolygon([corner, corner - QPoint(_CORNER, 0), corner + QPoint(0, _CORNER)])
                )
            if hint:
                painter.setBrush(theme.ACCENT)
                corner = rect.topLeft()
                painter.drawPolygon(QPolygon([corner, corner + QPoint(5, 0), corner + QPoint(0, 5)]))

    def _paint_current(self, painter: QPainter) -> None:
        """The cell under the cursor on its own ground, which the style's focus frame would hide."""
        index = self.currentIndex()
        if not index.isValid() or self.state() == QAbstractItemView.State.EditingState:
            return
        rect = self.visualRect(index)
        painter.fillRect(rect, index.data(Qt.ItemDataRole.BackgroundRole))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole).color())
        painter.setFont(index.data(Qt.ItemDataRole.FontRole) or self.font())
        painter.drawText(
            rect.adjusted(3, 0, -4, 0), int(index.data(Qt.ItemDataRole.TextAlignmentRole)), index.data()
        )

    def _paint_cursor(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if index.isValid() and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_CURSOR)
            painter.drawRect(self.visualRect(index).adjusted(1, 1, -2, -2))

    def _rect(self, row: int, column: int) -> QRect:
        return QRect(
            self.columnViewportPosition(column),
            self.rowViewportPosition(row),
            self.columnWidth(column) - 1,
            self.rowHeight(row) - 1,
        )

    # -- the cursor ----------------------------------------------------------------------------------------------------

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.columns.set_current(current.column() if self.hasFocus() else -1)
        self.rows.set_current(current.row() if self.hasFocus() else -1)
        self.viewport().update(self.visualRect(previous))
        if current.isValid():
            self.current.emit(self.cells.ref(current.row(), current.column()))

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        index = self.currentIndex()
        if not index.isValid():
            self.setCurrentIndex(self.cells.index_of(self.cells.inputs[0]))
            index = self.currentIndex()
        self.columns.set_current(index.column())
        self.rows.set_current(index.row())
        self.viewport().update()
        self.current.emit(self.cells.ref(index.row(), index.column()))

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        if self.state() != QAbstractItemView.State.EditingState:
            self.columns.set_current(-1)
            self.rows.set_current(-1)
        self.viewport().update()

    def show_cell(self, ref: CellRef) -> None:
        """Scroll to a cell and put the cursor on it."""
        index = self.cells.index_of(ref)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_in(self, rows: int, columns: int) -> None:
        """Enter the table from its neighbour: at the first cell to be filled when coming forward, else at the last."""
        inputs = self.cells.inputs
        self.show_cell(inputs[0] if rows > 0 or columns > 0 else inputs[-1])

    def move_by(self, rows: int, columns: int, wraps: bool) -> None:
        """To the next cell that is filled by hand; over the edge to the next line or out of the table."""
        index = self.currentIndex()
        target = self._next(index.row(), index.column(), rows, columns, wraps)
        if target is not None:
            self.setCurrentIndex(self.cells.index(*target))
        elif wraps or rows:
            self.left.emit(rows, columns)

    def _next(self, row: int, column: int, rows: int, columns: int, wraps: bool) -> tuple[int, int] | None:
        height, width = self.cells.rowCount(), self.cells.columnCount()
        while True:
            row, column = row + rows, column + columns
            if wraps:
                if not 0 <= column < width:
                    row, column = row + columns, column % width
                elif not 0 <= row < height:
                    row, column = row % height, column + rows
            if not (0 <= row < height and 0 <= column < width):
                return None
            if (row, column) not in self.cells.computed:
                return row, column

    # -- keys ----------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim the clipboard keys before a menu of the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and any(event.matches(one) for one in _OURS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for key, act in (
            (Standard.Copy, self.copy),
            (Standard.Cut, self.cut),
            (Standard.Paste, self.paste),
            (Standard.Delete, self.clear),
            (Standard.SelectAll, self.selectAll),
        ):
            if event.matches(key):
                act()
                return
        if event.key() == Qt.Key.Key_Backspace:
            self.clear()
            return
        move = move_of(event, sideways=True)
        if move is None:
            super().keyPressEvent(event)
        else:
            self.move_by(*move)

    def leave(self, forward: bool) -> None:
        """Give the focus to the next widget: Tab is no trap at the last cell."""
        QWidget.focusNextPrevChild(self, forward)

    def show_last_year(self, shown: bool) -> None:
        self.shows_last_year = shown
        self.viewport().update()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Characters that an input method commits at once (full-width digits) open the editor; Qt alone loses them."""
        was_editing = self.state() == QAbstractItemView.State.EditingState
        super().inputMethodEvent(event)
        editor = QApplication.focusWidget()
        if (
            event.commitString()
            and not was_editing
            and isinstance(editor, CellEdit)
            and not editor.isModified()
        ):
            QApplication.sendEvent(editor, event)

    def edit(self, *args: object) -> object:
        if len(args) == 3:
            triggers = QAbstractItemView.EditTrigger
            self.opened_for_caret = args[1] in (triggers.DoubleClicked, triggers.EditKeyPressed)
        return super().edit(*args)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Escape also takes back a text that could not be read."""
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache and isinstance(editor, CellEdit):
            index = self.currentIndex()
            self.cells.drop_drafts([self.cells.ref(index.row(), index.column())])
        super().closeEditor(editor, hint)

    # -- the clipboard -------------------------------------------------------------------------------------------------

    def selected(self) -> list[CellRef]:
        """The selected cells in printed order; the one under the cursor when none is."""
        places = sorted({(i.row(), i.column()) for i in self.selectedIndexes()})
        index = self.currentIndex()
        if not places and index.isValid():
            places = [(index.row(), index.column())]
        return [self.cells.ref(*place) for place in places]

    def copy(self) -> None:
        """The selection as tab-separated lines; what is blank stays blank."""
        lines: dict[str, list[str]] = {}
        for ref in self.selected():
            lines.setdefault(ref.row, []).append(self.cells.entry_text(ref))
        text = "\r\n".join("\t".join(line) for line in lines.values())
        QGuiApplication.clipboard().setText(text)
        self.told.emit(f"已复制{sum(map(len, lines.values()))}格")

    def cut(self) -> None:
        self.copy()
        self._blank("剪切")

    def clear(self) -> None:
        self._blank("清除")

    def _blank(self, name: str) -> None:
        refs = [ref for ref in self.selected() if not self.cells.is_computed(ref)]
        if not refs:
            self.told.emit("合计由软件计算，不能清除")
            return
        self.cells.drop_drafts(refs)
        self.cells.document.set_values(dict.fromkeys(refs), f"{name}{self.cells.name}")

    def paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text and self.currentIndex().isValid():
            self.pasted.emit(text, self.selected())

    def select(self, refs: set[CellRef]) -> None:
        """Select the rectangle of these cells."""
        places = [self.cells.place(ref) for ref in refs if ref.table == self.cells.table.key]
        if not places:
            return
        first = self.cells.index(min(r for r, _ in places), min(c for _, c in places))
        last = self.cells.index(max(r for r, _ in places), max(c for _, c in places))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(QItemSelection(first, last), flags)
