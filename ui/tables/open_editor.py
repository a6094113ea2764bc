"""What stands typed in an open cell and is not yet taken: the same for the official tables and the register."""

from PySide6.QtWidgets import QAbstractItemDelegate, QTableView, QWidget

from ui.kit.scroll_bars import calm
from ui.tables.cell_delegate import CellEdit


class EntryTable(QTableView):
    """A table whose cells are edited in a CellEdit."""

    frames_its_own_focus = True  # the cell under the cursor, not the whole table

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        calm(self)

    @property
    def open_editor(self) -> CellEdit | None:
        """The editor in which something was typed that is not yet taken."""
        editor = self.indexWidget(self.currentIndex())
        return editor if isinstance(editor, CellEdit) and editor.isModified() else None

    def take_over(self) -> None:
        """Take what is typed as it stands; a text that cannot be read stays in its cell as a draft."""
        editor = self.open_editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
