"""Changes of a text before they are made: each with what stands there and what would; the clerk leaves out what he wants."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.edits import Edit, shown
from ui import theme, widgets

_MOST_LISTED = 300


class EditsDialog(QDialog):
    """`chosen` holds what is to be done once it is accepted."""

    def __init__(self, title: str, text: str, edits: Sequence[Edit], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._edits = list(edits)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP)
        layout.addWidget(widgets.heading(f"{title}：{len(edits)}处"))
        layout.addWidget(widgets.note("不想改的，去掉前面的勾。"))
        self.list = QListWidget()
        self.list.setAccessibleName("要改的地方")
        for edit in self._edits[:_MOST_LISTED]:
            before, after = shown(text, edit)
            item = QListWidgetItem(f"{before}　→　{after}", self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        layout.addWidget(self.list, 1)
        if len(edits) > _MOST_LISTED:
            layout.addWidget(widgets.note(f"还有{len(edits) - _MOST_LISTED}处没有列出，会一起改。"))
        self.ok_button = widgets.primary("", self.accept)
        layout.addLayout(widgets.answers(self.ok_button, self.reject))
        self.list.itemChanged.connect(lambda _item: self._refresh())
        self.resize(560, min(400, 180 + 26 * len(edits)))
        self._refresh()

    @property
    def chosen(self) -> list[Edit]:
        listed = [
            edit
            for row, edit in enumerate(self._edits[:_MOST_LISTED])
            if self.list.item(row).checkState() is Qt.CheckState.Checked
        ]
        return listed + self._edits[_MOST_LISTED:]

    def _refresh(self) -> None:
        number = len(self.chosen)
        self.ok_button.setText(f"改这{number}处" if number else "没有选")
        self.ok_button.setEnabled(number > 0)
