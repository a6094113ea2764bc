"""Which cell a number in the text shall follow: all cells in words, those with the same value first, found by typing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.form.model import CellRef
from app.report import bindings
from app.report.entry import show_value
from ui.kit import theme, widgets
from ui.kit.scroll_bars import calm
from ui.state.controller import Controller

_REF = int(Qt.ItemDataRole.UserRole)


class BindDialog(QDialog):
    """`ref` holds the cell once it is accepted."""

    def __init__(self, controller: Controller, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("表格里的数")
        self._report = controller.document.report
        self._form = controller.document.form
        self._says = says.replace(",", "")
        self._words = {ref: self._words_of(ref) for ref in self._form.cells}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP)
        layout.addWidget(widgets.heading(f"“{says}”跟着哪一格" if says else "插入哪一格的数"))
        self.field = widgets.Field("查找格子")
        self.field.setPlaceholderText("输入几个字来找，如：新收 总计")
        self.field.textChanged.connect(self._fill)
        layout.addWidget(self.field)
        self.list = QListWidget()
        calm(self.list)
        self.list.setAccessibleName("格子")
        self.list.setUniformItemSizes(True)
        self.list.setStyleSheet(theme.LIST)
        self.list.currentItemChanged.connect(lambda *_: self._refresh())
        self.list.itemActivated.connect(lambda _item: self.accept())
        layout.addWidget(self.list, 1)
        self.said = widgets.note()
        layout.addWidget(self.said)
        self.ok_button = widgets.primary("绑定" if says else "插入", self.accept)
        layout.addLayout(widgets.answers(self.ok_button, self.reject))
        self.resize(600, 400)
        self._fill("")
        self.field.setFocus()

    def _words_of(self, ref: CellRef) -> str:
        return f"{self._form.section_of(ref).table_name}　{self._form.label(ref)}"

    def _value(self, ref: CellRef) -> str:
        value = self._report[ref]
        return "空" if value is None else show_value(value)

    def _fill(self, text: str) -> None:
        """The cells that have all the typed words, those that say the number first."""
        wanted = text.split()
        found = [ref for ref, words in self._words.items() if all(one in words for one in wanted)]
        found.sort(key=lambda ref: self._value(ref) != self._says)
        self.list.clear()
        for ref in found:
            item = QListWidgetItem(f"{self._value(ref)}\t{self._words[ref]}", self.list)
            item.setToolTip(self._words[ref])
            item.setData(_REF, ref)
        self.list.setCurrentRow(0)
        self._refresh()

    @property
    def ref(self) -> CellRef | None:
        item = self.list.currentItem()
        found: CellRef | None = item.data(_REF) if item is not None else None
        return found

    def _refresh(self) -> None:
        ref = self.ref
        self.ok_button.setEnabled(ref is not None)
        if ref is None:
            self.said.setText("没有这样的格子")
        elif self._report[ref] is None:
            self.said.setText(f"这一格还空着，文字里先写{bindings.BLANK}，填了以后跟着变")
        elif self._says and self._value(ref) != self._says:
            self.said.setText(f"文字里的“{self._says}”会改为“{self._value(ref)}”")
        else:
            self.said.setText("表格改了，这里跟着改")


def ask_cell(controller: Controller, says: str, parent: QWidget) -> CellRef | None:
    dialog = BindDialog(controller, says, parent)
    is_given = dialog.exec() == QDialog.DialogCode.Accepted
    ref = dialog.ref if is_given else None
    dialog.deleteLater()
    return ref
