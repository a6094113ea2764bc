"""The lines of 申请登记 on the screen: typed one after the other by the keyboard alone."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QCompleter,
    QFrame,
    QHeaderView,
    QWidget,
)

from app.form.model import ValueKind
from ui.kit import theme
from ui.kit.qt_gaps import Index
from ui.register.clipboard import RegisterClipboard, chosen_rows
from ui.register.model import ANSWERED, APPLICANT, CARRIED, COLUMNS, NOTE, RECEIVED, RESULT, RegisterModel
from ui.tables.cell_delegate import CellEdit, EntryDelegate
from ui.tables.open_editor import EntryTable

Key = Qt.Key
_ENTER = (Key.Key_Return, Key.Key_Enter)
_TABS = {Key.Key_Tab: 1, Key.Key_Backtab: -1}
_NEXT = {RECEIVED: APPLICANT, APPLICANT: RESULT, RESULT: ANSWERED}  # Enter: what every line has
_LINES = {Key.Key_Up: -1, Key.Key_Down: 1}
_LONGEST = 200


class RegisterEdit(CellEdit):
    """One field of one line; `read` says why a text cannot be taken."""

    def __init__(self, parent: QWidget, read: Callable[[str], str], is_free: bool) -> None:
        super().__init__(parent, ValueKind.COUNT)
        self._read = read
        self._is_free = is_free
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setMaxLength(_LONGEST)
        self.setInputMethodHints(Qt.InputMethodHint.ImhNone)

    @property
    def reason(self) -> str:
        return self._read(self.text())

    def _edited(self, text: str) -> None:
        if not self._is_free:
            super()._edited(text)

    @property
    def is_listing(self) -> bool:
        return self.completer() is not None and self.completer().popup().isVisible()

    def event(self, event: QEvent) -> bool:
        """Enter and Tab while the list is open: Qt hands them here past the delegate, and would go nowhere or away."""
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and self.is_listing and event.key() in (*_ENTER, *_TABS):
            self._choose()
            QApplication.sendEvent(self, event)
            event.accept()
            return True
        return super().event(event)

    def show_choices(self) -> None:
        """The whole list, whatever stands in the field."""
        completer = self.completer()
        if completer is not None:
            completer.setCompletionPrefix("")
            completer.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_choices()
            return
        super().keyPressEvent(event)

    def _choose(self) -> None:
        """The marked line of the list, or the only one, becomes the text."""
        completer = self.completer()
        index = completer.popup().currentIndex()
        if not index.isValid() and self.reason and completer.completionCount() == 1:
            index = completer.popup().model().index(0, 0)
        words = str(index.data()) if index.isValid() else ""
        completer.popup().hide()
        if words:
            self.setText(words)
            self.setModified(True)


class _Delegate(EntryDelegate):
    def __init__(self, view: "RegisterView") -> None:
        super().__init__(view)
        self._view = view

    def made_editor(self, parent: QWidget, index: Index) -> CellEdit:
        model = self._view.lines
        row, column = index.row(), index.column()
        is_free = column in (NOTE, 0)
        editor = RegisterEdit(parent, lambda text: model.reason(row, column, text), is_free)
        editor.setAccessibleName(f"第{row + 1}行，{COLUMNS[column].heading}")
        if choices := model.choices(column):
            completer = QCompleter([one.words for one in choices], editor)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setMaxVisibleItems(10)
            completer.popup().setMinimumWidth(280)
            editor.setCompleter(completer)
        return editor

    def has_entry(self, editor: CellEdit, index: Index) -> bool:
        """Also what was chosen from the list with the mouse."""
        return editor.isModified() or editor.text() != index.data(Qt.ItemDataRole.EditRole)

    def move_for(self, editor: CellEdit, event: QKeyEvent) -> Callable[[], object] | None:
        """As in the table; and up and down to the next line, while no list is open in which they choose."""
        move = self._view.move_of(event)
        is_listing = isinstance(editor, RegisterEdit) and editor.is_listing
        if move is None and event.key() in _LINES and not is_listing:
            return partial(self._view.go, _LINES[Key(event.key())], 0)
        return move


class RegisterView(EntryTable):
    """`current` carries the row under the cursor; `told` a sentence; `typing_changed` that something is typed, or no longer."""

    current = Signal(int)
    told = Signal(str)
    typing_changed = Signal()

    def __init__(self, model: RegisterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = model
        self.clipboard = RegisterClipboard(self, model)
        self.clipboard.told.connect(self.told)
        self.clipboard.removal_wanted.connect(self.remove_lines)
        self.setModel(model)
        delegate = _Delegate(self)
        delegate.typing_changed.connect(self.typing_changed)
        delegate.refused.connect(self.told)
        self.setItemDelegate(delegate)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName("申请登记")
        self.setStyleSheet(
            f"QTableView {{ gridline-color: {theme.RULE.name()}; selection-background-color:"
            f" {theme.ACCENT_SOFT.name()}; selection-color: {theme.INK.name()};"
            f" border: 1px solid {theme.RULE.name()}; }}"
            f"QHeaderView::section {{ background: {theme.HEADING.name()}; border: none;"
            f" border-right: 1px solid {theme.RULE.name()}; border-bottom: 1px solid {theme.RULE.name()};"
            " padding: 3px 6px; }"
        )
        self.verticalHeader().setDefaultSectionSize(26)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setSectionsMovable(False)

    def lay_out(self) -> None:
        """The results take what the others leave."""
        compact = self.viewport().width() < theme.scaled(900)
        sizes = [64, 96, 92, 0, 96, 76, 84] if compact else [88, 104, 120, 0, 104, 80, 160]
        widths = [theme.scaled(one) for one in sizes]
        rest = self.viewport().width() - sum(widths)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width or max(120, rest))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    # -- the cursor ----------------------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current.emit(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.lines.index(self.lines.rowCount() - 1, RECEIVED))
        super().focusInEvent(event)

    def go(self, rows: int, columns: int) -> None:
        index = self.currentIndex()
        row = min(max(0, index.row() + rows), self.lines.rowCount() - 1)
        self.setCurrentIndex(self.lines.index(row, index.column() + columns))

    def go_on(self) -> None:
        """Enter: to what comes next in every line; after the answer to the next line."""
        index = self.currentIndex()
        following = _NEXT.get(index.column())
        if following is not None:
            self.setCurrentIndex(self.lines.index(index.row(), following))
        else:
            row = min(index.row() + 1, self.lines.rowCount() - 1)
            self.setCurrentIndex(self.lines.index(row, RECEIVED))

    def step(self, by: int) -> None:
        """Tab: every field, on over the end of a line; out of the table at its ends."""
        index = self.currentIndex()
        place = index.row() * len(COLUMNS) + index.column() + by
        if 0 <= place < self.lines.rowCount() * len(COLUMNS):
            self.setCurrentIndex(self.lines.index(*divmod(place, len(COLUMNS))))
        else:
            QWidget.focusNextPrevChild(self, by > 0)

    def move_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What Enter and Tab do."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return None
        if event.key() in _ENTER:
            return self.go_on
        if event.key() in _TABS:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            by = -1 if is_back else _TABS[Key(event.key())]
            return lambda: self.step(by)
        return None

    # -- keys ----------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _TABS:
            self.keyPressEvent(event)  # Tab is ours before it is Qt's
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        move = self.move_of(event)
        if move is not None:
            move()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.clipboard.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.clipboard.paste()
        elif event.key() == Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.remove_lines()
        elif is_plain and event.key() in (Key.Key_Delete, Key.Key_Backspace):
            self._clear()
        elif is_plain and event.key() == Key.Key_Space and index.column() == CARRIED:
            self.lines.toggle_carried(index.row())
        elif is_plain and event.key() == Key.Key_Escape:
            self.told.emit("按 F7 回到表格")  # Esc closes lists and takes back, it never leaves a page
        elif event.key() == Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_choices()
        else:
            super().keyPressEvent(event)

    def show_choices(self) -> None:
        """Alt+Down: the list of what may stand in this field."""
        self.edit(self.currentIndex())
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, RegisterEdit):
            editor.show_choices()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.clipboard.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _clear(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.lines.enter(index.row(), index.column(), "")

    def remove_lines(self) -> None:
        """The chosen lines go, as one step of undo."""
        count = self.lines.remove(chosen_rows(self))
        self.told.emit(f"已删除{count}件，可以撤销" if count else "这里没有可以删除的行")

    def show_lines(self, rows: tuple[int, ...]) -> None:
        """Choose the first of these lines and scroll to it."""
        if rows:
            self.setCurrentIndex(self.lines.index(rows[0], RECEIVED))
            self.scrollTo(self.currentIndex())

    # -- what is typed -------------------------------------------------------------------------------------------------

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Escape also takes back a text that could not be read."""
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            index = self.currentIndex()
            if self.lines.drafts.pop((index.row(), index.column()), None):
                self.lines.dataChanged.emit(index, index)
        super().closeEditor(editor, hint)
        self.typing_changed.emit()
