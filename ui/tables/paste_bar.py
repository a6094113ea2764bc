"""What a paste did, or would do: one sentence above the table, with a yes and a no where there is a doubt."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui import theme


class PasteBar(QFrame):
    """Hidden until it has something to say; Escape is no."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accept: Callable[[], None] | None = None
        self.setObjectName("pasteBar")
        self.setStyleSheet(
            f"#pasteBar {{ background: {theme.WARNING_SOFT.name()}; border: 1px solid {theme.RULE.name()}; }}"
        )
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.yes = QPushButton(self)
        self.no = QPushButton(self)
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

    def ask(self, sentence: str, yes: str, accept: Callable[[], None]) -> None:
        """Ask before anything is changed; `accept` runs on yes."""
        self._accept = accept
        self.yes.setText(yes)
        self.yes.setVisible(True)
        self.no.setText("不粘贴")
        self._say(sentence)
        self.yes.setFocus()

    def tell(self, sentence: str) -> None:
        """Say something that wants to be read."""
        self._accept = None
        self.yes.setVisible(False)
        self.no.setText("知道了")
        self._say(sentence)

    def _say(self, sentence: str) -> None:
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.yes.hasFocus():
            self._accepted()
        else:
            super().keyPressEvent(event)
