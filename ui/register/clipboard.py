"""申请登记 and the clipboard: lines out as other programs take them, lines in from a list in Excel or WPS; each one step of undo."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from app.register import rows as register_rows
from app.session.document import ReportFrozen
from ui.register.model import COLUMNS
from ui.tables.clipboard import mime_of, put, rows_of

if TYPE_CHECKING:
    from ui.register.view import RegisterView

Standard = QKeySequence.StandardKey
_MOST_TOLD = 2  # texts that could not be read, in the line below; all of them stand in 备注


class RegisterClipboard:
    """Belongs to one view."""

    def __init__(self, view: "RegisterView") -> None:
        self._view = view

    def menu(self) -> QMenu:
        """The menu of a line."""
        menu = QMenu(self._view)
        for text, key, act in (
            ("复制", QKeySequence(Standard.Copy), self.copy),
            ("粘贴", QKeySequence(Standard.Paste), self.paste),
            ("删除行", QKeySequence("Ctrl+Del"), self._view.remove_lines),
        ):
            shortcut = key.toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{text}\t{shortcut}").triggered.connect(lambda _=False, act=act: act())
        return menu

    def copy(self) -> None:
        """What is selected, as it is shown; whole lines with their headings, so that they can be pasted back anywhere."""
        lines = self._view.lines
        area = self._view.selectionModel().selection()
        rows = [row for row in self._view.chosen_rows if lines.line(row) is not None]
        if not rows or not area:
            self._view.told.emit("这里没有可以复制的登记")
            return
        columns = range(area[0].left(), area[0].right() + 1)
        block = [[lines.text(row, column, is_shown=True) for column in columns] for row in rows]
        if len(columns) == len(COLUMNS):
            block.insert(0, [column.heading for column in COLUMNS])
        put(mime_of(block))
        self._view.told.emit(f"已复制{len(rows)}件" if len(columns) > 1 else f"已复制{len(rows)}格")

    def paste(self) -> None:
        """A block from the cell under the cursor on; what cannot be read goes to 备注 and is said."""
        index, lines = self._view.currentIndex(), self._view.lines
        rows = rows_of(QGuiApplication.clipboard().mimeData())
        if not rows or not index.isValid():
            return
        if lines.is_frozen:
            self._view.told.emit(str(ReportFrozen()))
            return
        if len(rows) == 1 and len(rows[0]) == 1:
            reason = lines.enter(index.row(), index.column(), rows[0][0])
            self._view.told.emit(reason)
            return
        document = lines.document
        fields = [column.field for column in COLUMNS[index.column() :]]
        read = register_rows.pasted(document.report, rows, index.row(), fields)
        if read.lines == document.report.register:
            self._view.told.emit("粘贴的内容与登记相同，没有改动")
            return
        document.put("粘贴申请登记", register=read.lines)
        told = "；".join(read.problems[:_MOST_TOLD])
        more = len(read.problems) - _MOST_TOLD
        told = f"已粘贴，可以撤销。{told}" + (f"；还有{more}处" if more > 0 else "")
        self._view.told.emit(told)
