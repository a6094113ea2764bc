"""A dialog over a list: what to begin with above it, one summary, the rows with their columns, what can be done with them below."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTreeView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.kit import dialogs, forms, theme, widgets
from ui.kit.jobs import Job, show_progress
from ui.kit.scroll_bars import calm

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ListDialog(QDialog):
    """`words` is what the summary says before anything was read; 关闭 stands at the end of the foot.

    `view` shows the rows: a widget with an item for each, or, where they may be thousands, a view of a model.
    """

    def __init__(self, title: str, words: str, view: QTreeView, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumSize(720, 400)
        self.resize(860, 410 if theme.is_compact() else 600)
        self.summary = widgets.label(words)
        self.view = view
        calm(view)

    def build(
        self,
        top: Sequence[QWidget | None],
        name: str,
        columns: Sequence[tuple[str, int]],
        foot: Sequence[QWidget | None],
    ) -> None:
        """The parts under each other; None is room between. `columns`: heading and width (the last one takes the rest)."""
        self._fill_list(name, columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP)
        column.addLayout(forms.side_by_side(*top))
        column.addWidget(self.summary)
        column.addWidget(self.view, 1)
        column.addLayout(forms.side_by_side(*foot, widgets.button("关闭", self.reject)))

    def _fill_list(self, name: str, columns: Sequence[tuple[str, int]]) -> None:
        made = self.view
        made.setAccessibleName(name)
        made.setStyleSheet(theme.LIST)
        if isinstance(made, QTreeWidget):
            made.setHeaderLabels([heading for heading, _ in columns])
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for number, (_, width) in enumerate(columns[:-1]):
            made.setColumnWidth(number, theme.scaled(width))
        made.header().setSectionResizeMode(len(columns) - 1, QHeaderView.ResizeMode.Stretch)

    def run(
        self, work: Callable[[Callable[[str], None]], Any], words: str, done: Callable[[Any], object]
    ) -> None:
        """Off the GUI thread, with progress; a refusal is said."""
        job = Job(work)
        job.done.connect(done)
        job.failed.connect(self.refuse)
        show_progress(job, words, self)
        job.start()

    def refuse(self, error: Exception) -> None:
        dialogs.refuse(self, error)


def row_of(texts: Sequence[str], data: object, numbers: Sequence[int] = ()) -> QTreeWidgetItem:
    """A row that holds `data`; its texts are also said when they are cut, and the columns `numbers` stand at the right."""
    item = QTreeWidgetItem(list(texts))
    item.setData(0, Qt.ItemDataRole.UserRole, data)
    for column, text in enumerate(texts):
        item.setToolTip(column, text)
    for column in numbers:
        item.setTextAlignment(column, RIGHT)
    return item
