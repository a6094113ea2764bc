"""What the keys and the menu of a table do with the selected cells: copy, cut, paste, clear, fill."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.documents.blocks import TableBlock
from app.documents.layout import printed_table
from app.form.model import CellRef
from app.report.entry import show_value
from app.session.document import ReportFrozen
from ui.tables.clipboard import CELLS, mime_of, put, rows_of
from ui.tables.table_model import Place, TableModel

Standard = QKeySequence.StandardKey


class CellActions(QObject):
    """Belongs to one view. `told` carries a sentence; `pasted` the clipboard's rows and the cells to start from."""

    told = Signal(str)
    pasted = Signal(object, list)

    def __init__(self, parent: QWidget, cells: TableModel, selected: Callable[[], list[CellRef]]) -> None:
        super().__init__(parent)
        self._menu_parent = parent
        self._cells = cells
        self._selected = selected

    def _may_change(self) -> bool:
        """After 定稿 nothing changes; then it is said."""
        if self._cells.is_read_only:
            self.told.emit(str(ReportFrozen()))
            return False
        return True

    def menu(self) -> QMenu:
        """The menu of a cell."""
        menu = QMenu(self._menu_parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, key, act in (
            ("剪切", Standard.Cut, self.cut),
            ("复制", Standard.Copy, self.copy),
            ("粘贴", Standard.Paste, self.paste),
            ("清除", Standard.Delete, self.clear),
            ("向下填充", "Ctrl+D", lambda: self.fill(1, 0)),
            ("向右填充", "Ctrl+R", lambda: self.fill(0, 1)),
            ("连同行名列名复制", "", self.copy_labelled),
            ("连同表头复制整张表", "", self.copy_whole),
        ):
            shortcut = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{text}\t{shortcut}".rstrip()).triggered.connect(lambda _=False, act=act: act())
        return menu

    def copy(self) -> None:
        """The selection as tab-separated lines; what is blank stays blank. All of a table has its headings for Word."""
        lines = self._lines()
        made = mime_of(list(lines.values()))
        if sum(map(len, lines.values())) == len(self._cells.places):
            made.setData(CELLS, b"1")
            is_one = not self._cells.section.is_stacked
            made.setHtml(self._whole_html() if is_one else mime_of(self._labelled(lines)).html())
        put(made)
        self.told.emit(f"已复制{sum(map(len, lines.values()))}格")

    def copy_labelled(self) -> None:
        """The selection with the names of its rows and columns, for Word and Excel."""
        lines = self._lines()
        if lines:
            put(mime_of(self._labelled(lines)))
            self.told.emit(f"已连同行名、列名复制{sum(map(len, lines.values()))}格，可以粘贴到 Word 或 Excel")

    def _labelled(self, lines: dict[str, list[str]]) -> list[list[str]]:
        """The selection under the names of its columns and after those of its rows."""
        chosen, table = self._selected(), self._cells.table
        columns = dict.fromkeys(ref.column for ref in chosen)
        heads = [_named(table.path(chosen[0]._replace(column=column))[1]) for column in columns]
        rows = ([_named(table.path(chosen[0]._replace(row=row))[0]), *texts] for row, texts in lines.items())
        return [[table.corner, *heads], *rows]

    def _lines(self) -> dict[str, list[str]]:
        """The texts of the selection by rows."""
        lines: dict[str, list[str]] = {}
        for ref in self._selected():
            lines.setdefault(ref.row, []).append(self._cells.entry_text(ref))
        return lines

    def _whole_html(self) -> str:
        from app.exporting.html_writer import table_html

        return "".join(table_html(self._printed()))

    def _printed(self) -> TableBlock:
        return printed_table(self._cells.section, lambda ref: show_value(self._cells.document.report[ref]))

    def copy_whole(self) -> None:
        """The printed tables of the section with their headings."""
        laid = self._printed()
        grid = [[""] * laid.columns for _ in range(laid.rows)]
        for cell in laid.cells:
            grid[cell.row][cell.column] = cell.text
        made = mime_of(grid)
        made.setHtml(self._whole_html())
        put(made)
        self.told.emit(f"已连同表头复制{self._cells.name}，可以粘贴到 Word 或 Excel")

    def fill(self, rows: int, columns: int) -> None:
        """向下填充, 向右填充: the first line of the selection into the others; one cell alone takes its neighbour's value."""
        chosen = [self._cells.place(ref) for ref in self._selected()]
        if not chosen or not self._may_change():
            return
        top, left = _first_line(chosen, rows, columns)
        if top < 0 or left < 0:
            self.told.emit("上面没有可以填充的格" if rows else "左边没有可以填充的格")
            return
        values = self._cells.document.report.values
        sources = self._sources(chosen, top if rows else None, left if columns else None)
        changes = {ref: values.get(source) for ref, source in sources.items()}
        self._cells.drop_drafts(list(changes))
        name = "向下填充" if rows else "向右填充"
        self._cells.document.set_values(changes, f"{name}{self._cells.name}")
        self.told.emit(f"{name}{len(changes)}格，可以撤销")

    def _sources(self, chosen: list[Place], row: int | None, column: int | None) -> dict[CellRef, CellRef]:
        """The cells that are filled, each with the one in this row (or column) from which it takes its value."""
        pairs = (
            (
                self._cells.ref(*place),
                self._cells.ref(place[0] if row is None else row, place[1] if column is None else column),
            )
            for place in chosen
        )
        return {ref: source for ref, source in pairs if ref != source and not self._cells.is_computed(ref)}

    def cut(self) -> None:
        if not self._may_change():
            return
        self.copy()
        self._blank("剪切")

    def clear(self) -> None:
        self._blank("清除")

    def _blank(self, name: str) -> None:
        if not self._may_change():
            return
        refs = [ref for ref in self._selected() if not self._cells.is_computed(ref)]
        if not refs:
            self.told.emit("合计由软件计算，不能清除")
            return
        self._cells.drop_drafts(refs)
        self._cells.document.set_values(dict.fromkeys(refs), f"{name}{self._cells.name}")

    def paste(self) -> None:
        if not self._may_change():
            return
        rows = rows_of(QGuiApplication.clipboard().mimeData())
        chosen = self._selected()
        if rows and chosen:
            self.pasted.emit(rows, chosen)


def _named(path: tuple[str, ...]) -> str:
    """The printed names from the outermost heading to the line: 本年新收… · 自然人."""
    return " · ".join(filter(None, path))


def _first_line(chosen: list[Place], rows: int, columns: int) -> Place:
    """Row and column from which 填充 takes its values: of the selection itself, or before it where it is one line only."""
    top, left = min(row for row, _ in chosen), min(column for _, column in chosen)
    lines = {row for row, _ in chosen} if rows else {column for _, column in chosen}
    return (top - rows, left - columns) if len(lines) == 1 else (top, left)
