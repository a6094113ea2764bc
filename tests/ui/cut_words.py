"""Words that have no room: found in any window, whatever its size, scale and type."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

_MNEMONIC = re.compile("&(.)")  # the & before the letter of 保存(&S) is not drawn


def is_cut(widget: QWidget) -> bool:
    """Whether a text has less room than it needs and no tooltip says the whole of it."""
    if widget.toolTip() or not widget.isVisible() or not widget.text():
        return False
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel) and widget.wordWrap():
        box = metrics.boundingRect(
            0, 0, max(widget.contentsRect().width(), 1), 9999, Qt.TextFlag.TextWordWrap, widget.text()
        )
        return widget.height() < box.height() - 2
    words = widget.text() if isinstance(widget, QLabel) else _MNEMONIC.sub(r"\1", widget.text())
    widest = max(metrics.horizontalAdvance(line) for line in words.split("\n"))
    return _room(widget) < widest - 1 or widget.height() < metrics.height() - 2


def _room(widget: QWidget) -> int:
    """The width that a widget leaves for its words."""
    if isinstance(widget, QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        kind = isinstance(widget, QCheckBox)
        element = QStyle.SubElement.SE_CheckBoxContents if kind else QStyle.SubElement.SE_RadioButtonContents
        return widget.style().subElementRect(element, option, widget).width()
    if isinstance(widget, QPushButton):
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        return widget.style().subElementRect(
            QStyle.SubElement.SE_PushButtonContents, option, widget
        ).width()  # fmt: skip
    return widget.contentsRect().width()


def is_chosen_cut(box: QComboBox) -> bool:
    """Whether the entry shown in a list of choices has too little room."""
    if not box.isVisible() or box.isEditable() or box.toolTip():
        return False
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    return field.width() < box.fontMetrics().horizontalAdvance(box.currentText()) - 1


def is_covered(widget: QWidget) -> bool:
    """Whether a part of it lies outside what holds it; what can be scrolled to does not count."""
    if not widget.isVisible():
        return False
    area = _scrolled_by(widget)
    if area is not None:
        right = widget.mapTo(area.viewport(), widget.rect().bottomRight()).x()
        is_fixed = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        return isinstance(area, QScrollArea) and is_fixed and right > area.viewport().width()
    seen, whole = widget.visibleRegion().boundingRect(), widget.rect()
    return seen.width() < whole.width() - 1 or seen.height() < whole.height() - 1


def _scrolled_by(widget: QWidget) -> QAbstractScrollArea | None:
    at = widget.parentWidget()
    while at is not None and not at.isWindow():
        if isinstance(at, QAbstractScrollArea):
            return at
        at = at.parentWidget()
    return None


def cut_words(window: QWidget) -> list[str]:
    """What is cut in a window: kind, words and size of each."""
    found = []
    for one in (*window.findChildren(QLabel), *window.findChildren(QAbstractButton)):
        if isinstance(one, QToolButton) or one.window() is not window or not one.text():
            continue
        why = "没有地方" if is_cut(one) else "被遮住" if is_covered(one) and not one.toolTip() else ""
        if why:
            size = f"{one.width()}×{one.height()}，余{_room(one)}"
            found.append(f"{type(one).__name__} “{one.text()[:30]}” {size} {why}")
    found += [
        f"QComboBox “{one.currentText()}” {one.width()}"
        for one in window.findChildren(QComboBox)
        if one.window() is window and is_chosen_cut(one)
    ]
    return found


def nameless(window: QWidget) -> list[str]:
    """What the keyboard reaches and a screen reader could not name."""
    found = []
    for one in window.findChildren(QWidget):
        is_reached = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
        if not is_reached or one.window() is not window or one.focusProxy() is not None:
            continue
        inside = one.parentWidget()
        if isinstance(inside, QComboBox | QAbstractSpinBox) or isinstance(
            one, QScrollArea | QScrollBar | QSplitter
        ):
            continue  # named by what it is a part of
        text = one.text() if isinstance(one, QAbstractButton | QLineEdit | QLabel) else ""
        if not (one.accessibleName() or text or buddy_of(one, window)):
            found.append(f"{type(one).__name__} {one.objectName()}没有名称")
    return found


def buddy_of(widget: QWidget, window: QWidget) -> QLabel | None:
    return next((one for one in window.findChildren(QLabel) if one.buddy() is widget), None)
