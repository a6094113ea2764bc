"""申请登记 and the clipboard: lines out as other programs take them, lines in from a list in Excel or WPS; each one step of undo."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QTableView

from app.register import rows as register_rows
from app.session.document import ReportFrozen
from ui.kit.qt_gaps import areas
from ui.register.model import COLUMNS, RegisterModel
from ui.tables.clipboard import mime_of, put, rows_of

Standard = QKeySequence.StandardKey
_MOST_TOLD = 2  # texts that could not be read, in the line below; all of them stand in 备注


def chosen_rows(view: QTableView) -> list[int]:
    """The rows of which something is selected, from the top; that of the cursor when nothing is."""
    chosen = areas(view.selectionModel().selection())
    rows = {row for area in chosen for row in range(area.top(), area.bottom() + 1)}
    return sorted(rows or {view.currentIndex().row()})


class RegisterClipboard(QObject):
    """Belongs to one view. `told` carries a sentence; `removal_wanted` asks for the chosen lines to go."""

    told = Signal(str)
    removal_wanted = Signal()

    def __init__(self, view: QTableView, lines: RegisterModel) -> None:
        super().__init__(view)
        self._view = view
        self._lines = lines

    def menu(self) -> QMenu:
        """The menu of a line."""
        menu = QMenu(self._view)
        for text, key, act in (
            ("复制", QKeySequence(Standard.Copy), self.copy),
            ("粘贴", QKeySequence(Standard.Paste), self.paste),
            ("删除行", QKeySequence("Ctrl+Del"), self.removal_wanted.emit),
        ):
            shortcut = key.toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{text}\t{shortcut}").triggered.connect(lambda _=False, act=act: act())
        return menu

    def copy(self) -> None:
        """What is selected, as it is shown; whole lines with their headings, so that they can be pasted back anywhere."""
        lines = self._lines
        area = areas(self._view.selectionModel().selection())
        rows = [row for row in chosen_rows(self._view) if lines.line(row) is not None]
        if not rows or not area:
            self.told.emit("这里没有可以复制的登记")
            return
        columns = range(area[0].left(), area[0].right() + 1)
        block = [[lines.text(row, column, is_shown=True) for column in columns] for row in rows]
        if len(columns) == len(COLUMNS):
            block.insert(0, [column.heading for column in COLUMNS])
        put(mime_of(block))
        self.told.emit(f"已复制{len(rows)}件" if len(columns) > 1 else f"已复制{len(rows)}格")

    def paste(self) -> None:
        """A block from the cell under the cursor on; what cannot be read goes to 备注 and is said."""
        index, lines = self._view.currentIndex(), self._lines
        rows = rows_of(QGuiApplication.clipboard().mimeData())
        if not rows or not index.isValid():
            return
        if lines.is_read_only:
            self.told.emit(str(ReportFrozen()))
            return
        if len(rows) == 1 and len(rows[0]) == 1:
            reason = lines.enter(index.row(), index.column(), rows[0][0])
            self.told.emit(reason)
            return
        document = lines.document
        fields = [column.field for column in COLUMNS[index.column() :]]
        read = register_rows.pasted(document.report, rows, index.row(), fields)
        if read.lines == document.report.register:
            self.told.emit("粘贴的内容与登记相同，没有改动")
            return
        document.put("粘贴申请登记", register=read.lines)
        told = "；".join(read.problems[:_MOST_TOLD])
        more = len(read.problems) - _MOST_TOLD
        told = f"已粘贴，可以撤销。{told}" + (f"；还有{more}处" if more > 0 else "")
        self.told.emit(told)
