"""Changes before they are made: each with what stands there and what would; the clerk ticks those that he wants."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.kit import theme, widgets
from ui.kit.scroll_bars import calm
from ui.kit.tick_boxes import show_ticks

_MOST_LISTED = 300


class Choice(NamedTuple):
    """One line of the list, whether it is ticked before anything is chosen, and how many places it changes."""

    words: str
    is_ticked: bool = True
    places: int = 1


class EditsDialog(QDialog):
    """`chosen` holds the numbers (from 0) of the choices to be carried out once it is accepted."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        parent: QWidget | None = None,
        note: str = "不想改的，去掉前面的勾。",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._choices = list(choices)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP)
        layout.addWidget(widgets.heading(f"{title}：{sum(one.places for one in choices)}处"))
        layout.addWidget(widgets.note(note))
        self.list = QListWidget()
        calm(self.list)
        self.list.setAccessibleName("要改的地方")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(
            QListWidget.ScrollMode.ScrollPerPixel
        )  # one may be taller than the list
        show_ticks(self.list)
        self.list.setStyleSheet(theme.LIST)
        for choice in self._choices[:_MOST_LISTED]:
            item = QListWidgetItem(choice.words, self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if choice.is_ticked else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        layout.addWidget(self.list, 1)
        if rest := sum(one.places for one in self._choices[_MOST_LISTED:]):
            layout.addWidget(widgets.note(f"还有{rest}处没有列出，会一起改。"))
        self.ok_button = widgets.primary("", self.accept)
        layout.addLayout(widgets.answers(self.ok_button, self.reject))
        self.list.itemChanged.connect(lambda _item: self._refresh())
        lines = sum(choice.words.count("\n") + 1 for choice in self._choices)
        self.resize(600, min(480, 190 + 26 * lines))
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """From the first line on, also where the first change has more lines than there is room for."""
        super().showEvent(event)
        self.list.scrollToTop()

    @property
    def chosen(self) -> list[int]:
        listed = range(self.list.count())
        ticked = [row for row in listed if self.list.item(row).checkState() is Qt.CheckState.Checked]
        rest = range(len(listed), len(self._choices))
        return ticked + [row for row in rest if self._choices[row].is_ticked]

    def _refresh(self) -> None:
        number = sum(self._choices[row].places for row in self.chosen)
        self.ok_button.setText(f"改这{number}处" if number else "没有选")
        self.ok_button.setEnabled(number > 0)
