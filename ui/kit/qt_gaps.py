"""What Qt for Python has and its stubs leave out. Each gap is closed here once, with its type, so that mypy looks at everything else."""

from collections.abc import Iterable
from typing import Protocol, cast

from PySide6.QtCore import QItemSelection, QItemSelectionRange, QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QStyle, QStyleOption, QTextEdit

Index = QModelIndex | QPersistentModelIndex  # what the stubs give a model or a delegate


class StyleFields(Protocol):
    """The fields of a QStyleOption."""

    rect: QRect
    state: QStyle.StateFlag
    palette: QPalette


class _MarkFields(Protocol):
    cursor: QTextCursor
    format: QTextCharFormat


def fields(option: QStyleOption) -> StyleFields:
    """Where a delegate or a style draws, and in what state."""
    return cast(StyleFields, option)


def areas(selection: QItemSelection) -> list[QItemSelectionRange]:
    """The rectangles of a selection; a QItemSelection is a list."""
    return list(cast(Iterable[QItemSelectionRange], selection))


def text_mark(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    """A mark over a part of a text, drawn and never written into it."""
    made = QTextEdit.ExtraSelection()
    parts = cast(_MarkFields, made)
    parts.cursor, parts.format = cursor, look
    return made
