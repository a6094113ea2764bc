"""The editor of one cell: what is typed, when it is taken, where the cursor goes then. It owns commit and movement."""

import unicodedata
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.form.model import ValueKind
from app.report.entry import parse_entry
from ui.kit import theme
from ui.kit.qt_gaps import Index, fields
from ui.tables.table_model import TableModel

Key = Qt.Key


class Move(NamedTuple):
    """Where the cursor wants to go; one that wraps goes on over the edge, an arrow stops there."""

    rows: int
    columns: int
    wraps: bool


ARROWS = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}
_SIDEWAYS = (Key.Key_Left, Key.Key_Right)


def move_of(event: QKeyEvent, sideways: bool) -> Move | None:
    """The move that a key asks for, or None; ←/→ only when `sideways`. Shift+arrow extends the selection and is none."""
    key = event.key()
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return None
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key in (Key.Key_Return, Key.Key_Enter):
        return Move(-1 if shifted else 1, 0, True)
    if key in (Key.Key_Tab, Key.Key_Backtab):
        return Move(0, -1 if shifted or key == Key.Key_Backtab else 1, True)
    if key not in ARROWS or shifted or (key in _SIDEWAYS and not sideways):
        return None
    return Move(*ARROWS[Qt.Key(key)], False)


class CellEdit(QLineEdit):
    """One line for one value; full-width characters from an input method become plain ones as they arrive."""

    frames_its_own_focus = True

    def __init__(self, parent: QWidget, kind: ValueKind) -> None:
        super().__init__(parent)
        self.kind = kind
        self.caret_mode = False  # opened by F2 or a double click: ←/→ move in the text
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(24)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers | Qt.InputMethodHint.ImhNoPredictiveText)
        self._bubble: QLabel | None = None
        self.textEdited.connect(self._edited)

    @property
    def reason(self) -> str:
        """Why the text cannot be taken, or ""."""
        return parse_entry(self.text(), self.kind).reason

    def _edited(self, text: str) -> None:
        plain = unicodedata.normalize("NFKC", text)
        if plain != text:
            at = self.cursorPosition()
            self.setText(plain)
            self.setCursorPosition(at)
            self.setModified(True)
        if self._bubble is not None and not self.reason:
            self._bubble.hide()

    def show_reason(self) -> None:
        """Say under the cell why its text cannot be taken; the text stays to be mended."""
        if self._bubble is None:
            self._bubble = QLabel(self.window())
            self._bubble.setObjectName("reason")
            self._bubble.setStyleSheet(
                f"#reason {{ background: {theme.ERROR_SOFT.name()}; color: {theme.ERROR.name()};"
                f" border: 1px solid {theme.ERROR.name()}; padding: 3px 8px; }}"
            )
            self.destroyed.connect(self._bubble.deleteLater)
        self._bubble.setText(f"✖ {self.reason}")
        self.setAccessibleDescription(self.reason)
        self._bubble.adjustSize()
        window = self.window()
        corner = self.mapTo(window, QPoint(self.width() - self._bubble.width(), self.height() + 2))
        most = window.width() - self._bubble.width() - 4
        self._bubble.move(
            max(4, min(corner.x(), most)), min(corner.y(), window.height() - self._bubble.height())
        )
        self._bubble.raise_()
        self._bubble.show()
        self.selectAll()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._bubble is not None:
            self._bubble.hide()
        super().hideEvent(event)


class EntryDelegate(QStyledItemDelegate):
    """What the official tables and the register share: an editor is filled once, and its text taken by a key.

    It commits by itself: left to Qt, Enter is committed queued while the key also reaches the view, and moves twice.
    """

    typing_changed = Signal()  # something is typed
    refused = Signal(str)  # why a text cannot be taken
    rim = (1, 1, -1, -1)  # of the cell, that the editor leaves free

    def made_editor(self, parent: QWidget, index: Index) -> CellEdit:
        """A new editor for a cell."""
        raise NotImplementedError

    def move_for(self, editor: CellEdit, event: QKeyEvent) -> Callable[[], object] | None:
        """Where a key in the editor leads when its text is taken; None: the key is the editor's own."""
        raise NotImplementedError

    def has_entry(self, editor: CellEdit, index: Index) -> bool:
        """Whether there is anything to take."""
        return editor.isModified()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = self.made_editor(parent, index)
        editor.textEdited.connect(lambda _text: self.typing_changed.emit())
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CellEdit) and self.has_entry(editor, index):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(fields(option).rect.adjusted(*self.rim))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            isinstance(editor, CellEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            move = self.move_for(editor, event)
            if move is not None:
                self.take(editor, move)
                return True
        return super().eventFilter(editor, event)

    def take(self, editor: CellEdit, move: Callable[[], object]) -> None:
        """Commit and go on; a text that cannot be taken stays in the editor with the reason beside it."""
        if editor.reason:
            editor.show_reason()
            self.refused.emit(editor.reason)
            return
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        move()


class CellDelegate(EntryDelegate):
    """The editors of one official table; `move_by` moves its cursor."""

    rim = (1, 1, -2, -2)

    def __init__(self, view: QWidget, cells: TableModel, move_by: Callable[[int, int, bool], object]) -> None:
        super().__init__(view)
        self._cells = cells
        self._move_by = move_by
        self.opens_for_caret = False  # the next editor: by F2 or a double click

    def made_editor(self, parent: QWidget, index: Index) -> CellEdit:
        ref = self._cells.ref(index.row(), index.column())
        editor = CellEdit(parent, self._cells.table.kind(ref))
        editor.caret_mode = self.opens_for_caret
        editor.setAccessibleName(self._cells.path(ref))
        return editor

    def move_for(self, editor: CellEdit, event: QKeyEvent) -> Callable[[], object] | None:
        move = move_of(event, sideways=not editor.caret_mode)
        return None if move is None else partial(self._move_by, *move)
