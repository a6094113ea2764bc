"""What is proposed for a table, or was done to it: one sentence above it, with a yes and a no where it is asked."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.kit import theme, widgets

_SCROLLS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class PasteBar(QFrame):
    """Hidden until it has something to say; Escape is no."""

    closed = Signal()
    turned = Signal(bool)  # it is there, or gone
    scrolled = Signal(int)  # the table may be looked through while the question has the keyboard

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accept: Callable[[], None] | None = None
        self.setObjectName("pasteBar")
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setMinimumWidth(160)
        self.yes = widgets.PushButton(self)
        self.no = widgets.PushButton(self)
        self.yes.setStyleSheet(theme.PRIMARY)
        self.no.setStyleSheet(theme.BUTTON)
        self.yes.clicked.connect(self._accepted)
        self.no.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.STEP, theme.STEP // 2, theme.STEP, theme.STEP // 2)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.hide()

    def ask(self, sentence: str, yes: str, accept: Callable[[], None], no: str = "不粘贴") -> None:
        """Ask before anything is changed; `accept` runs on yes."""
        self._accept = accept
        self.yes.setText(yes)
        self.yes.setVisible(True)
        self.no.setText(no)
        self._say(sentence, theme.ACCENT_SOFT)
        self.yes.setFocus()

    def tell(self, sentence: str) -> None:
        """Say something that wants to be read."""
        self._accept = None
        self.yes.setVisible(False)
        self.no.setText("知道了")
        self._say(sentence, theme.WARNING_SOFT)
        self.no.setFocus()

    def _say(self, sentence: str, ground: QColor) -> None:
        self.setStyleSheet(
            f"#pasteBar {{ background: {ground.name()}; border: 1px solid {theme.RULE.name()}; }}"
        )
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()

    def _accepted(self) -> None:
        accept, self._accept = self._accept, None
        self.hide()
        if accept is not None:
            accept()

    def dismiss(self) -> None:
        """No, or read."""
        self._accept = None
        self.hide()
        self.closed.emit()

    def forget(self) -> None:
        """What was told is no longer so; the keyboard stays where it is."""
        if self.isVisible() and self._accept is None:
            had_focus = self.no.hasFocus()
            self.hide()
            if had_focus:
                self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turned.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.turned.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.yes.hasFocus():
            self._accepted()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.no.hasFocus():
            self.dismiss()
        elif event.key() in _SCROLLS:
            self.scrolled.emit(_SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
