"""The few commands of every day, as words at the right of the menus."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui.kit import theme
from ui.window.actions import TOOLBAR, Actions


def tool_bar(actions: Actions) -> QWidget:
    """A button for each of TOOLBAR; that of 撤销 opens its history too."""
    made = QWidget()
    row = QHBoxLayout(made)
    gap = 1 if theme.is_compact() else 4
    row.setContentsMargins(0, gap, 0, gap)
    row.setSpacing(2)
    for key in TOOLBAR:
        button = QToolButton()
        button.setDefaultAction(actions[key])
        if key == "undo" and actions.history is not None:
            button.setMenu(actions.history)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setMaximumWidth(180)
        button.setStyleSheet(theme.TOOL)
        row.addWidget(button)
    return made
