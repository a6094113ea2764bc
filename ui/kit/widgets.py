"""The few kinds of label, button, line and field of which every page is made."""

import re
import string
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from ui.kit import theme
from ui.kit.initials import spoken
from ui.kit.tick_boxes import show_ticks

_NOT_PLAIN = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def label(
    text: str = "", size: float = theme.POINT_SIZE, colour: QColor = theme.INK, bold: bool = False
) -> QLabel:
    """A text that wraps where it has no room."""
    made = QLabel(text)
    made.setFont(theme.font(size, bold))
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    set_colour(made, colour)
    return made


def title(text: str = "") -> QLabel:
    """The title of a page: in one line where every line counts, and then shortened rather than cut."""
    if not theme.is_compact():
        return label(text, theme.LARGE, bold=True)
    made = Elided(text, theme.LARGE_COMPACT, theme.INK)
    made.setFont(theme.font(theme.LARGE_COMPACT, bold=True))
    return made


def heading(text: str = "") -> QLabel:
    return label(text, theme.SECTION, bold=True)


def note(text: str = "") -> QLabel:
    """What is said beside, quietly."""
    return label(text, theme.SMALL, theme.FAINT)


def set_colour(widget: QWidget, colour: QColor) -> None:
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    widget.setPalette(palette)


class Elided(QLabel):
    """One line that ends in … where it has no room; the whole of it is in the tooltip."""

    def __init__(self, text: str = "", size: float = theme.SMALL, colour: QColor = theme.FAINT) -> None:
        super().__init__()
        self.setFont(theme.font(size))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_colour(self, colour)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        box = self.contentsRect()
        metrics = self.fontMetrics()
        lines = self.text().split("\n")
        top = box.top() + (box.height() - metrics.height() * len(lines)) // 2
        for number, line in enumerate(lines):
            elided = metrics.elidedText(line, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box.left(), top + metrics.height() * number + metrics.ascent(), elided)


class Title(Elided):
    """The title of a page: in one line, smaller where the window is, and only then shortened."""

    def __init__(self, text: str = "") -> None:
        sizes = (theme.LARGE_COMPACT,) if theme.is_compact() else (theme.LARGE, theme.LARGE_COMPACT)
        self._faces = [theme.font(size, bold=True) for size in sizes]
        super().__init__(text, sizes[0], theme.INK)
        self.setFont(self._faces[0])

    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        fitting = (face for face in self._faces if QFontMetrics(face).horizontalAdvance(self.text()) <= room)
        face = next(fitting, self._faces[-1])
        if self.font().pointSizeF() != face.pointSizeF():
            self.setFont(face)


def press_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has the focus, as Space does, in the window as in a dialog. Whether it was Enter."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & _NOT_PLAIN:
        return False
    if event.isAutoRepeat():  # held down: once is enough
        return True
    if isinstance(button, QPushButton) and button.menu() is not None:
        button.showMenu()
    else:
        button.click()
    return True


class PushButton(QPushButton):
    """A button that Enter presses too.

    One that writes much at once is passed by: Tab, with which one types on, does not stop there, only Shift+Tab does.
    One that goes while it has the keyboard gives it to the place where one works, not to whatever comes next.
    """

    is_passed_by = False
    letter = ""  # with Alt it presses the button, in a dialog
    is_link = False  # words to click among others: these have no letter

    def text(self) -> str:
        """What it is called, without the letter."""
        return _LETTERED.sub("", super().text())

    def setText(self, words: str) -> None:
        super().setText(_with_letter(words, self.letter))

    def give_letter(self, letter: str) -> None:
        """From now on Alt and this letter press it; the letter stands behind its words, as in WPS."""
        words, self.letter = self.text(), letter
        if not self.accessibleName():
            self.setAccessibleName(words)
        self.setText(words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.letter and isinstance(self.window(), QDialog):
            give_letters(self.window())

    def setVisible(self, visible: bool) -> None:
        had = self._has_keyboard()
        super().setVisible(visible)
        if had and not visible:
            give_back_focus(self)

    def setEnabled(self, enabled: bool) -> None:
        had = self._has_keyboard()
        super().setEnabled(enabled)
        if had and not enabled:
            give_back_focus(self)

    def _has_keyboard(self) -> bool:
        return self.isVisible() and self.window().focusWidget() is self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)


_LETTERED = re.compile(r"\(&[A-Z]\)")
# What these are in every program; any other is called by the first letters of its own words.
_USUAL = {
    "保存": "S",
    "不保存": "N",
    "覆盖": "Y",
    "仍然继续": "Y",
    "另存为…": "A",
    "取消": "C",
    "关闭": "C",
    "确定": "O",
}


def _with_letter(words: str, letter: str) -> str:
    if not letter:
        return words
    bare = words.rstrip("…")
    return f"{bare}(&{letter}){words[len(bare) :]}"


def give_letters(dialog: QWidget) -> None:
    """Every button of a dialog has a letter of its own; those that have one keep it."""
    buttons = [one for one in dialog.findChildren(PushButton) if not one.is_link and one.window() is dialog]
    taken = {one.letter for one in buttons}
    for one in sorted(buttons, key=lambda one: one.text() not in _USUAL):
        letter = (
            "" if one.letter else next((each for each in _letters_for(one.text()) if each not in taken), "")
        )
        if letter:
            taken.add(letter)
            one.give_letter(letter)


def _letters_for(words: str) -> list[str]:
    """Those by which a button may be called, the best first; none for one without words."""
    own = "".join(each[0] for each in spoken(words)).upper()
    return [each for each in _USUAL.get(words, "") + own + _ALPHABET if each in _ALPHABET and words]


_ALPHABET = string.ascii_uppercase


def give_back_focus(part: QWidget) -> None:
    """The keyboard goes to the place where one works, in the nearest part of the window that has one: its `first_focus`."""
    above = part.parentWidget()
    while above is not None:
        home = getattr(above, "first_focus", None)
        place = home() if callable(home) else None
        if place is not None and place is not part and place.isVisible() and place.isEnabled():
            place.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        above = above.parentWidget()


def pass_by(move: Callable[[bool], bool], forward: bool) -> bool:
    """Tab in a part of the window where one types: on past the buttons that want to be passed by. `move` is Qt's own Tab."""
    moved = move(forward)
    passed: list[QWidget] = []
    while moved and forward:
        at = QApplication.focusWidget()
        if not isinstance(at, PushButton) or not at.is_passed_by:
            break
        if at in passed:  # once round: there is nothing else to stop at
            break
        passed.append(at)
        moved = move(forward)
    return moved


def button(text: str, call: Callable[[], object] | None = None, style: str = "") -> PushButton:
    made = PushButton(text)
    made.setStyleSheet(style or theme.BUTTON)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if call is not None:
        made.clicked.connect(lambda _checked=False: call())
    return made


def primary(text: str, call: Callable[[], object] | None = None) -> PushButton:
    """The one obvious next step."""
    made = button(text, call, theme.PRIMARY)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def answers(ok: QPushButton, cancel: Callable[[], object], before: QWidget | None = None) -> QHBoxLayout:
    """The foot of a dialog, in the order that Windows and WPS have: what it is for, then 取消; Enter takes the first."""
    row = QHBoxLayout()
    row.setSpacing(theme.STEP)
    if before is None:
        row.addStretch(1)
    else:
        row.addWidget(before, 1)
    ok.setDefault(True)
    row.addWidget(ok)
    row.addWidget(button("取消", cancel))
    return row


def check_box(text: str) -> QCheckBox:
    made = QCheckBox(text)
    show_ticks(made)
    return made


def link(text: str, call: Callable[[], object] | None = None) -> PushButton:
    made = button(text, call, theme.LINK)
    made.is_link = True
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def grow(dialog: QWidget) -> None:
    """Make a window as high as what stands in it needs, when that became more."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        width = dialog.width()
        needed = (
            layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
        )
        if needed > dialog.height():
            dialog.resize(width, needed)


def line() -> QFrame:
    """A hairline between two parts."""
    made = QFrame()
    made.setFixedHeight(1)
    _set_ground(made, theme.HAIRLINE)
    return made


def on_paper(widget: QWidget) -> QWidget:
    """White ground under a page."""
    _set_ground(widget, theme.PAPER)
    return widget


def on_desk(widget: QWidget) -> QWidget:
    """The ground of the window around sheets."""
    _set_ground(widget, theme.WINDOW)
    return widget


def _set_ground(widget: QWidget, colour: QColor) -> None:
    widget.setAutoFillBackground(True)
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, colour)
    widget.setPalette(palette)


def is_undo_or_redo(event: QEvent) -> bool:
    """Whether a key is 撤销 or 重做: never the field's own, always the report's."""
    if not isinstance(event, QKeyEvent):
        return False
    return bool(event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))


def is_alt_letter(event: QKeyEvent) -> bool:
    """Alt and a letter that belongs to nothing here: Qt would write the letter. (AltGr is Ctrl and Alt on Windows.)"""
    held = event.modifiers() & _NOT_PLAIN
    return held == Qt.KeyboardModifier.AltModifier and event.text().isprintable() and bool(event.text())


def is_typed(event: QKeyEvent) -> bool:
    """A letter or digit, not a command."""
    return not event.modifiers() & _NOT_PLAIN and event.text().isprintable() and bool(event.text())


def without_undo(menu: QMenu) -> QMenu:
    """A field's own menu without its own undo, which is the report's."""
    for action in menu.actions()[:3]:  # 撤销, 重做, a separator: always the first three
        menu.removeAction(action)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


class Field(QLineEdit):
    """A line whose undo is the report's."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setStyleSheet(theme.FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo_or_redo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo_or_redo(event) or is_alt_letter(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Wherever the keyboard comes from, it is seen: Qt scrolls for Tab only."""
        super().focusInEvent(event)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        (menu if self.isReadOnly() else without_undo(menu)).popup(event.globalPos())

    def show_text(self, text: str) -> None:
        """What the report says; the cursor stays where the same text stands already."""
        if text != self.text():
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)))


def tab_stops(page: QWidget) -> list[QWidget]:
    """The widgets of a page that Tab stops at, line by line and from left to right."""

    def place(one: QWidget) -> tuple[int, int]:
        at = one.mapTo(page, one.rect().center())
        return at.y() // (theme.STEP * 2), at.x()

    inner = (QAbstractSpinBox, QComboBox)  # their line edit is a part of them
    by_tab, window = Qt.FocusPolicy.TabFocus.value, page.window()
    found = [
        one
        for one in page.findChildren(QWidget)
        if one.focusPolicy().value & by_tab
        and one.window() is window  # not what pops up
        and not isinstance(one.parentWidget(), inner)
    ]
    return sorted(found, key=place)


def chain(before: QWidget, stops: list[QWidget]) -> None:
    """Tab leads from `before` through these, one after the other."""
    for one in stops:
        QWidget.setTabOrder(before, one)
        before = one
