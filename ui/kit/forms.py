"""Fields under each other with their names before them, as in a printed form."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from ui.kit import theme, widgets


def captioned(*rows: tuple[str, QWidget | QLayout]) -> QGridLayout:
    """One row each: the name, and what is filled in; a click on the name goes to its field."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.STEP * 2)
    grid.setVerticalSpacing(theme.STEP * 3 // 2)
    grid.setColumnStretch(1, 1)
    for row, (words, field) in enumerate(rows):
        caption = widgets.label(words)
        caption.setWordWrap(False)
        grid.addWidget(caption, row, 0)
        if isinstance(field, QWidget):
            caption.setBuddy(field)
            is_narrow = field.minimumWidth() == field.maximumWidth()
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0))
        else:
            grid.addLayout(field, row, 1)
    return grid
