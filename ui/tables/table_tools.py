"""What can be done with a whole table, beside the title of its page: the one button of every day, the rest in a menu."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.form.model import Section
from ui.kit import theme, widgets
from ui.tables.proposal import REQUESTS, REVIEW


class TableTools(QWidget):
    """Buttons and entries only; the panel says what they do. `act` is called with what was chosen."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.zeros = widgets.button("没有复议诉讼" if section.key == REVIEW else "全部填0")
        self.zeros.setToolTip("把本表没有填的格都填为0，已填的不动；先看再填，可以撤销")
        self.zeros.setAccessibleName(self.zeros.text())
        self.zeros.setAccessibleDescription(self.zeros.toolTip())
        self.zeros.is_passed_by = True  # what is typed on with Tab must not write much at once
        self.more = widgets.link("更多 ▾")
        self.more.setStyleSheet(theme.LINK + "QPushButton::menu-indicator { image: none; width: 0; }")
        self.more.setFocusPolicy(
            Qt.FocusPolicy.TabFocus
        )  # opened with the mouse, it leaves the keyboard in the cells
        self.more.setAccessibleName("更多：对整张表可以做的事")
        self.menu = QMenu(self.more)
        self.menu.setToolTipsVisible(True)
        self.more.setMenu(self.menu)
        self.last_year = self.add("显示上年", "在每格左下角用小字显示上年的数", is_checkable=True)
        self.none_came = self.add("没有收到申请", "本年没有收到申请：该填0的格都填0，先看再填，可以撤销")
        self.none_came.setVisible(section.key == REQUESTS)
        self.menu.addSeparator()
        self.copy = self.add("连同表头复制", "整张表连同行名、列名复制，可以粘贴到 Word 或 Excel")
        self.clear = self.add("清空本表", "清除本表所有数；可以撤销")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.STEP)
        row.addStretch(1)
        row.addWidget(self.more)
        row.addWidget(self.zeros)

    def add(self, words: str, hint: str, is_checkable: bool = False) -> QAction:
        """One entry more."""
        made = QAction(words, self.menu)
        made.setToolTip(hint)
        made.setCheckable(is_checkable)
        self.menu.addAction(made)
        return made

    def on_chosen(self, choice: QAction, act: Callable[[], object]) -> None:
        choice.triggered.connect(lambda _checked=False: act())
