"""What is proposed for a table, or was done to it: one sentence above it, with a yes and a no where it is asked."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from ui.kit import theme, widgets
from ui.kit.flow_layout import FlowLayout

_SENTENCE, _LEAST = 160, 200  # logical pixels: of the sentence, of all of it


class PasteBar(QFrame):
    """Hidden until it has something to say.

    It comes while one types, so it never has the keyboard: what is typed on belongs to the cells, and Enter, Tab or Space
    would answer a question that nobody has read. Ctrl+Enter, which nobody types on with, is yes; Escape is no.
    """

    said = Signal()  # something new stands here; the keyboard belongs to the cells
    closed = Signal()
    turned = Signal(bool)  # it is there, or gone

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._accept: Callable[[], None] | None = None
        self.setObjectName("pasteBar")
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setMinimumWidth(_SENTENCE)
        self.keys = widgets.note("Ctrl+Enter 是，Esc 否")
        self.keys.setWordWrap(False)
        self.yes = self._button(theme.BUTTON, self._accepted, "Ctrl+Enter")
        self.no = self._button(theme.BUTTON, self.dismiss, "Esc")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(theme.STEP, theme.STEP // 2, theme.STEP, theme.STEP // 2)
        self._row.addWidget(self.sentence, 1)
        self._answer_row = FlowLayout()
        self._answer_row.setSpacing(theme.STEP)
        for part in (self.keys, self.yes, self.no):
            self._answer_row.addWidget(part)
        self._row.addLayout(self._answer_row)
        self.setMinimumWidth(_LEAST)
        self._answers = [self._key(keys, parent, self._accepted) for keys in ("Ctrl+Return", "Ctrl+Enter")]
        self._leaves = self._key("Esc", parent, self.dismiss)
        self.hide()

    def _button(self, style: str, act: Callable[[], None], keys: str) -> widgets.PushButton:
        made = widgets.PushButton(self)
        made.setStyleSheet(style)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolTip(keys)
        made.clicked.connect(lambda _checked=False: act())
        return made

    def _key(self, keys: str, panel: QWidget, act: Callable[[], None]) -> QShortcut:
        made = QShortcut(QKeySequence(keys), panel, act)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.setAutoRepeat(False)
        made.setEnabled(False)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the panel there is little room: the answers stand under the sentence then."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        is_narrow = self.width() < _SENTENCE + self._answer_row.sizeHint().width() + 3 * theme.STEP
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    def ask(self, sentence: str, yes: str, accept: Callable[[], None], no: str = "不粘贴") -> None:
        """Ask before anything is changed; `accept` runs on yes."""
        self._accept = accept
        self.yes.setText(yes)
        self.no.setText(no)
        self._say(sentence, theme.ACCENT_SOFT)

    def tell(self, sentence: str) -> None:
        """Say something that wants to be read."""
        self._accept = None
        self.no.setText("知道了")
        self._say(sentence, theme.WARNING_SOFT)

    def _say(self, sentence: str, ground: QColor) -> None:
        self.setStyleSheet(
            f"#pasteBar {{ background: {ground.name()}; border: 1px solid {theme.RULE.name()}; }}"
        )
        is_asked = self._accept is not None
        self.yes.setVisible(is_asked)
        self.keys.setVisible(is_asked)
        self.sentence.setText(sentence)
        self.setAccessibleName(f"{sentence}{self.keys.text()}" if is_asked else sentence)
        for key in self._answers:
            key.setEnabled(is_asked)
        self._leaves.setEnabled(True)
        self.show()
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.Alert)
        )  # read aloud where it stands
        self.said.emit()

    def _go(self) -> None:
        """Nothing stands here any more, and its keys are nobody's."""
        self._accept = None
        for key in (*self._answers, self._leaves):
            key.setEnabled(False)
        self.hide()

    def _accepted(self) -> None:
        accept = self._accept
        self._go()
        if accept is not None:
            accept()

    def dismiss(self) -> None:
        """No, or read."""
        self._go()
        self.closed.emit()

    def forget(self) -> None:
        """What was said is no longer so; the keyboard stays where it is."""
        if not self.isHidden():
            self._go()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turned.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.turned.emit(False)
