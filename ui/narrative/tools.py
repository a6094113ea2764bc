"""The one line of tools over a text: what waits, what can be put in or put right, how long it is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.kit import theme, widgets
from ui.kit.flow_layout import FlowLayout


class NarrativeTools(QWidget):
    """Buttons and labels only; the editor says what they do."""

    def __init__(self) -> None:
        super().__init__()
        row = FlowLayout(self)
        row.setSpacing(0 if theme.is_compact() else theme.STEP // 2)
        self.pending_label = widgets.label("", colour=theme.WARNING, bold=True)
        self.pending_label.setWordWrap(False)
        self.next_button = _link("下一处", "跳到下一处待更新的年份、数字，或者待填的地方（F6）")
        self.confirm_button = _link("沿用此处", "光标所在的这一处和上年一样，不必修改")
        self.confirm_all_button = _link("全部沿用", "本部分剩下的年份和数字都和上年一样，不必修改")
        self.insert_button = _menu_button("插入", "插入一段模板文字或图片")
        self.tidy_button = _menu_button("整理", "标点、空格、编号、绑定数字、查找和替换")
        self.count_label = widgets.note()
        self.count_label.setWordWrap(False)
        for widget in (self.pending_label, self.next_button, self.confirm_button, self.confirm_all_button):
            row.addWidget(widget)
        row.add_stretch()
        for widget in (self.count_label, self.insert_button, self.tidy_button):
            row.addWidget(widget)

    def on_menu(self, button: QPushButton, fill: Callable[[QMenu], object]) -> None:
        """The menu of a button is filled anew each time it opens."""
        menu = QMenu(button)

        def refill() -> None:
            menu.clear()
            fill(menu)

        menu.aboutToShow.connect(refill)
        menu.addAction(button.text())  # so that it opens the first time
        button.setMenu(menu)


def _link(words: str, hint: str) -> QPushButton:
    made = widgets.link(words)
    made.setToolTip(hint)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
    return made


def _menu_button(words: str, hint: str) -> QPushButton:
    made = _link(words, hint)
    made.setAccessibleName(words)
    made.setStyleSheet(theme.LINK + "QPushButton::menu-indicator { image: none; width: 0; }")
    made.setText(f"{words} ▾")
    return made
