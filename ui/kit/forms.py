"""How fields stand in a dialog or on a sheet: under each other with their names before them, or side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QWidget

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


def side_by_side(*parts: QWidget | None) -> QHBoxLayout:
    """Words that wrap and typed fields take the room that is left, and so does None."""
    row = QHBoxLayout()
    row.setSpacing(theme.STEP)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            is_wide = isinstance(part, widgets.Field) or (isinstance(part, QLabel) and part.wordWrap())
            row.addWidget(part, 1 if is_wide else 0)
    return row
