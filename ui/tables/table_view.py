"""The cells of one table: keys, selection, clipboard, and the marks drawn over them."""

from typing import cast, overload

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QWidget,
)

from app.form.model import CellRef
from ui.findings.finding_actions import is_menu_key
from ui.kit import widgets
from ui.kit.qt_gaps import Index, areas
from ui.tables.cell_actions import CellActions
from ui.tables.cell_delegate import ARROWS, CellDelegate, CellEdit, move_of
from ui.tables.cell_painter import CellPainter
from ui.tables.equation_sides import Sides
from ui.tables.merged_header import MergedHeader
from ui.tables.open_editor import EntryTable
from ui.tables.printed_label import PrintedLabel
from ui.tables.table_model import TableModel

Standard = QKeySequence.StandardKey
_FILLS = {Qt.Key.Key_D: (1, 0), Qt.Key.Key_R: (0, 1)}  # 向下填充, 向右填充
_KEYPAD = Qt.KeyboardModifier.KeypadModifier  # the arrows of some keyboards
_OURS = (Standard.Copy, Standard.Cut, Standard.Paste, Standard.Delete, Standard.SelectAll)


def _is_ours(event: QKeyEvent) -> bool:
    is_fill = event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in _FILLS
    return is_fill or any(event.matches(one) for one in _OURS)


class TableView(EntryTable):
    """One table with frozen merged headings.

    `left` is emitted when the cursor wants to leave at the end of the lines (columns), `crossed` over the upper or lower edge (rows, the
    column, whether by Enter); `pasted` carries the clipboard's rows and the
    cells to start from; `current` the cell under the cursor; `told` a sentence for the status line; `typing_changed` that something is
    typed in a cell, or no longer.
    """

    left = Signal(int)
    crossed = Signal(int, int, bool)
    pasted = Signal(object, list)
    current = Signal(object)
    told = Signal(str)
    typing_changed = Signal()
    choices_wanted = Signal()  # Ctrl+.: what can be done about the findings here

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = model
        self.acts = CellActions(self, model, self.selected)
        self.acts.told.connect(self.told)
        self.acts.pasted.connect(self.pasted)
        self.delegate = CellDelegate(self, model, self.move_by)
        self.delegate.typing_changed.connect(self.typing_changed)
        self.delegate.refused.connect(self.told)
        self.setItemDelegate(self.delegate)
        self.columns = MergedHeader(Qt.Orientation.Horizontal, model.table.columns, self)
        self.rows = MergedHeader(Qt.Orientation.Vertical, model.table.rows, self)
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(self.rows)
        self.rows.setVisible(model.table.row_heading_levels > 0)
        self.columns.is_alone = self.rows.isHidden()
        self.painter = CellPainter(self, model, self.columns, self.rows)
        for bar, heads in ((self.horizontalScrollBar(), self.columns), (self.verticalScrollBar(), self.rows)):
            bar.valueChanged.connect(
                heads.viewport().update
            )  # Qt moves the pixels; a label stays in what is seen
        self.corner = PrintedLabel(model.table.corner, self)
        self._seen_at = (
            0,
            0,
            0,
            0,
        )  # the sizes at which the cell under the cursor was last brought into sight
        self._tabbed = (-1, -1)  # the cell that Tab came to last
        self.is_stacked = False  # other tables stand above and below it
        self._tab_start = 0  # the column in which that row of Tabs began
        self.setModel(model)
        self._set_manners()

    def _set_manners(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())  # between the scroll bars: the page's own ground
        self.setShowGrid(False)  # drawn in paintEvent, in our colour
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.cells.table.title or self.cells.section.title)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)  # round the cells: the page's own ground

    # -- painting ------------------------------------------------------------------------------------------------------

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.corner.setGeometry(
            0, 0, self.rows.width() if self.rows.isVisibleTo(self) else 0, self.columns.height()
        )
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Whatever comes beside the table, the cell under the cursor stays in sight."""
        bars = self.horizontalScrollBar().maximum(), self.verticalScrollBar().maximum()
        size = self.viewport().width(), self.viewport().height(), *bars
        if size != self._seen_at and self.currentIndex().isValid():
            self._seen_at = size
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        """All cells in one pass of our own: a tenth of what a delegate costs that asks for six roles a cell."""
        self.painter.paint(event.region())

    # -- the cursor ----------------------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.columns.set_current(current.column() if self.hasFocus() else -1)
        self.rows.set_current(current.row() if self.hasFocus() else -1)
        self.viewport().update(self.visualRect(previous))
        if current.isValid():
            self.current.emit(self.cells.ref(current.row(), current.column()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """As QAbstractItemView does it, without repainting every cell each time an editor closes."""
        QAbstractScrollArea.focusInEvent(self, event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.cells.index_of(self.cells.inputs[0]))
        index = self.currentIndex()
        is_typed = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, is_typed)
        self.columns.set_current(index.column())
        self.rows.set_current(index.row())
        self._update_cursor()
        self.current.emit(self.cells.ref(index.row(), index.column()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QAbstractScrollArea.focusOutEvent(self, event)
        if self.state() != QAbstractItemView.State.EditingState:
            self.columns.set_current(-1)
            self.rows.set_current(-1)
        self._update_cursor()

    def _update_cursor(self) -> None:
        self.viewport().update(self.visualRect(self.currentIndex()))

    def show_cell(self, ref: CellRef) -> None:
        """Scroll to a cell and put the cursor on it."""
        index = self.cells.index_of(ref)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_in(self, columns: int) -> None:
        """Enter the table from its neighbour: at the first cell to be filled when coming forward, else at the last."""
        inputs = self.cells.inputs
        self.show_cell(inputs[0] if columns > 0 else inputs[-1])

    def go_in_at(self, column: int, rows: int) -> None:
        """Enter it from above or below: at the head or the foot of a column."""
        height = self.cells.rowCount()
        target = self._next(-1 if rows > 0 else height, column, rows, 0, wraps=False)
        if target is not None:
            self.show_cell(self.cells.ref(*target))

    def move_by(self, rows: int, columns: int, wraps: bool) -> None:
        """To the next cell that is filled by hand; over the edge to the next line or out of the table.

        As in Excel, Enter after Tabs goes to where the next line begins, not straight down: who fills line by line types on.
        """
        index = self.currentIndex()
        here = index.row(), index.column()
        start = self._tab_start if here == self._tabbed else here[1]
        is_next_line = (
            rows > 0 and wraps and start != here[1] and (self.cells.rowCount() > 1 or self.is_stacked)
        )
        column = start if is_next_line else here[1]
        is_closed = is_next_line or (bool(rows) and self.is_stacked)
        target = self._next(here[0], column, rows, columns, wraps and not is_closed)
        if target is None:
            if rows:
                self.crossed.emit(rows, column, wraps)
            elif wraps:
                self.left.emit(columns)
            return
        if columns and wraps:  # Tab
            self._tab_start = min(start, target[1]) if target[0] == here[0] else target[1]
            self._tabbed = target
        self.setCurrentIndex(self.cells.index(*target))

    def _jump(self, rows: int, columns: int) -> None:
        """Ctrl and an arrow, as in Excel: to the end of the numbers here, else to the next number, else to the edge."""
        index = self.currentIndex()
        at = index.row(), index.column()
        following = self._next(*at, rows, columns, wraps=False)
        is_through = following is not None and self._has_entry(at) and self._has_entry(following)
        while following is not None and not (is_through and not self._has_entry(following)):
            at = following
            if not is_through and self._has_entry(at):
                break
            following = self._next(*at, rows, columns, wraps=False)
        self.setCurrentIndex(self.cells.index(*at))

    def _has_entry(self, place: tuple[int, int]) -> bool:
        return bool(self.cells.index(*place).data(Qt.ItemDataRole.EditRole))

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
        is_early = event.type() == QEvent.Type.ShortcutOverride
        if is_early and isinstance(event, QKeyEvent) and (_is_ours(event) or is_menu_key(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_menu_key(event):
            self.choices_wanted.emit()
            return
        for key, act in (
            (Standard.Copy, self.acts.copy),
            (Standard.Cut, self.acts.cut),
            (Standard.Paste, self.acts.paste),
            (Standard.Delete, self.acts.clear),
            (Standard.SelectAll, self.selectAll),
        ):
            if event.matches(key):
                act()
                return
        if event.key() == Qt.Key.Key_Backspace:
            self.acts.clear()
            return
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in _FILLS:
            self.acts.fill(*_FILLS[Qt.Key(event.key())])
            return
        if event.key() in ARROWS and event.modifiers() & ~_KEYPAD == Qt.KeyboardModifier.ControlModifier:
            self._jump(*ARROWS[Qt.Key(event.key())])
            return
        move = move_of(event, sideways=True)
        if move is not None:
            self.move_by(*move)
            return
        if widgets.is_typed(event):
            if self.cells.is_read_only:
                event.ignore()  # the window says why
                return
            if self._is_on_total():
                self.told.emit("合计由软件计算，不用填写")
        super().keyPressEvent(event)

    def _is_on_total(self) -> bool:
        index = self.currentIndex()
        return index.isValid() and (index.row(), index.column()) in self.cells.computed

    def leave(self, forward: bool) -> None:
        """Give the focus to the next widget: Tab is no trap at the last cell."""
        QWidget.focusNextPrevChild(self, forward)

    def light(self, sides: Sides) -> None:
        """Frame the cells of an equation's sides."""
        if sides != self.painter.sides:
            before, after = (frozenset().union(*pair) for pair in (self.painter.sides, sides))
            self.painter.sides = sides
            self._paint_again(before | after)

    def frame(self, cells: frozenset[CellRef]) -> None:
        """Frame cells that undo or redo changed, and no others."""
        if cells != self.painter.framed:
            before, self.painter.framed = self.painter.framed, cells
            self._paint_again(before | cells)

    def _paint_again(self, cells: frozenset[CellRef]) -> None:
        for ref in cells & self.cells.places.keys():
            self.viewport().update(self.visualRect(self.cells.index_of(ref)))

    def show_last_year(self, shown: bool) -> None:
        self.painter.shows_last_year = shown
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

    @overload
    def edit(self, index: Index, /) -> None: ...
    @overload
    def edit(self, index: Index, trigger: QAbstractItemView.EditTrigger, event: QEvent, /) -> bool: ...
    def edit(
        self,
        index: Index,
        trigger: QAbstractItemView.EditTrigger | None = None,
        event: QEvent | None = None,
        /,
    ) -> bool | None:
        if trigger is None:
            super().edit(index)
            return None
        triggers = QAbstractItemView.EditTrigger
        self.delegate.opens_for_caret = trigger in (triggers.DoubleClicked, triggers.EditKeyPressed)
        return super().edit(index, trigger, cast(QEvent, event))  # Qt gives none where it asks by itself

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Escape also takes back a text that could not be read."""
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache and isinstance(editor, CellEdit):
            index = self.currentIndex()
            self.cells.drop_drafts([self.cells.ref(index.row(), index.column())])
        super().closeEditor(editor, hint)
        self.typing_changed.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.acts.menu().popup(event.globalPos())

    # -- the selection -------------------------------------------------------------------------------------------------

    def selected(self) -> list[CellRef]:
        """The selected cells in printed order; the one under the cursor when none is."""
        places = [
            (row, column)
            for area in areas(self.selectionModel().selection())  # contiguous: one rectangle
            for row in range(area.top(), area.bottom() + 1)
            for column in range(area.left(), area.right() + 1)
        ]
        index = self.currentIndex()
        if not places and index.isValid():
            places = [(index.row(), index.column())]
        return [self.cells.ref(*place) for place in places]

    def select(self, refs: set[CellRef]) -> None:
        """Select the rectangle of these cells."""
        places = [self.cells.place(ref) for ref in refs if ref.table == self.cells.table.key]
        if not places:
            return
        first = self.cells.index(min(r for r, _ in places), min(c for _, c in places))
        last = self.cells.index(max(r for r, _ in places), max(c for _, c in places))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(QItemSelection(first, last), flags)
