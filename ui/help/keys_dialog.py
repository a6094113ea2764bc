"""键盘操作: what each key does, in two columns of groups, the keys as caps."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.help.help_texts import MORE_KEYS
from ui.kit import dialogs, theme, widgets
from ui.kit.scroll_bars import calm

_COLUMNS, _WIDTH = 2, 640


class KeysDialog(QDialog):
    """`named`: (menu, what it does, keys) of the commands; what belongs to no command is added."""

    def __init__(self, named: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("键盘操作")
        groups: dict[str, list[tuple[str, str]]] = {}
        for group, words, keys in (*named, *MORE_KEYS):
            groups.setdefault(group, []).append((words, keys))
        sheet = widgets.on_paper(QWidget())
        row = QHBoxLayout(sheet)
        row.setSpacing(theme.STEP * 4)
        row.setContentsMargins(theme.STEP * 2, theme.STEP, theme.STEP * 2, theme.STEP)
        columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        lengths = [0] * _COLUMNS
        for name, lines in groups.items():
            shortest = lengths.index(min(lengths))
            head = widgets.heading(name)
            head.setWordWrap(False)
            columns[shortest].addWidget(head)
            columns[shortest].addLayout(_lines(lines))
            columns[shortest].addSpacing(theme.STEP)
            lengths[shortest] += len(lines) + 2
        for column in columns:
            column.setSpacing(theme.STEP // 2)
            column.addStretch(1)
            row.addLayout(column, 1)
        area = QScrollArea()
        calm(area)
        area.setAccessibleName("键盘操作")
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP * 3 // 2)
        layout.addWidget(area, 1)
        self.done_button = widgets.primary("知道了", self.accept)
        self.done_button.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        layout.addLayout(foot)
        width = min(dialogs.MOST_WIDE, max(_WIDTH, sheet.sizeHint().width() + theme.STEP * 5))
        self.resize(width, dialogs.MOST_HIGH)
        area.setFocus()


def _lines(lines: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.STEP * 2)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    for number, (words, keys) in enumerate(lines):
        said = widgets.label(words)
        said.setWordWrap(False)
        grid.addWidget(said, number, 0)
        grid.addWidget(_caps(keys), number, 1, Qt.AlignmentFlag.AlignRight)
    return grid


def _caps(keys: str) -> QLabel:
    made = QLabel(keys.replace("PgDown", "PgDn"))
    made.setObjectName("cap")
    made.setFont(theme.font(theme.SMALL))
    made.setStyleSheet(theme.CAP)
    return made
