"""说明: why a finding is left as it is, written down; reasons that are often given are offered."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.checks.explanations import LONGEST, SHORTEST, common_reasons, is_too_short
from app.checks.finding import Finding
from app.checks.listing import basis
from ui.kit import theme, widgets
from ui.kit.scroll_bars import calm
from ui.state.controller import Controller

_MOST_OFFERED = 4
_WIDTH = 520
_LINK_PAD = 7  # of a link, with its edge


def explain(parent: QWidget, controller: Controller, finding: Finding, known: str = "") -> bool:
    """Ask for the reason and keep it; whether it was given. `known` is the one given before."""
    dialog = ExplainDialog(finding, known, parent)
    is_given = dialog.exec() == QDialog.DialogCode.Accepted
    reason = dialog.reason
    dialog.deleteLater()
    if is_given:
        controller.explain(finding, reason)
    return is_given


class ExplainDialog(QDialog):
    """Accepted when a reason is written that says something."""

    def __init__(self, finding: Finding, known: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("说明")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.STEP * 3, theme.STEP * 2, theme.STEP * 3, theme.STEP * 2)
        layout.setSpacing(theme.STEP)
        layout.addWidget(widgets.heading("为什么不改"))
        message = finding.message if len(finding.message) <= 120 else f"{finding.message[:118]}……"
        layout.addWidget(widgets.label(message))
        sentence = basis(finding.rule)
        if sentence:
            short = sentence if len(sentence) <= 90 else f"{sentence[:88]}……"
            layout.addWidget(widgets.note(f"依据：{short}"))
        self.edit = _Reason(self)
        self.edit.setPlainText(known)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.edit.textChanged.connect(self._refresh)
        layout.addWidget(self.edit)
        self.hint = widgets.note()
        layout.addWidget(self.hint)
        self.offers = [self._offer(one) for one in common_reasons(finding.rule)[:_MOST_OFFERED]]
        offers = QVBoxLayout()
        offers.setContentsMargins(-_LINK_PAD, 0, 0, 0)  # their words stand under the field, not their room
        offers.setSpacing(0)
        for offer in self.offers:
            offers.addWidget(offer, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(offers)
        layout.addSpacing(theme.STEP)
        self.ok_button = widgets.primary("记下说明", self.accept)
        layout.addLayout(widgets.answers(self.ok_button, self.reject))
        self.setFixedWidth(_WIDTH)
        self.edit.setFocus()
        self._refresh()

    def _offer(self, text: str) -> QPushButton:
        made = widgets.link(text, lambda: self._take(text))
        made.setToolTip("写进上面，可以再改")
        made.setAccessibleName(f"常用说明：{text}")
        return made

    def _take(self, text: str) -> None:
        self.edit.setPlainText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.edit.setFocus()

    @property
    def reason(self) -> str:
        return self.edit.toPlainText()

    def _refresh(self) -> None:
        length = len("".join(self.reason.split()))
        is_long = length > LONGEST
        self.ok_button.setEnabled(not is_too_short(self.reason) and not is_long)
        words = "记在文件里，印在核对表上，不出现在公开的报告里。"
        if is_long:
            words = f"已经写了{length}个字，请写在{LONGEST}个字以内。"
        elif length and is_too_short(self.reason):
            words = f"请写明原因，至少{SHORTEST}个字。"
        self.hint.setText(words)
        widgets.grow(self)

    def accept(self) -> None:
        if self.ok_button.isEnabled():
            super().accept()


class _Reason(QPlainTextEdit):
    """Enter gives the answer, Tab goes on: a reason is one paragraph."""

    def __init__(self, dialog: ExplainDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        calm(self)
        self.setAccessibleName("说明")
        self.setPlaceholderText("写明原因，如：已与司法所核对，数字属实")
        self.setTabChangesFocus(True)
        self.setFont(theme.font(theme.TEXT))
        self.setFixedHeight(theme.scaled(theme.STEP * 10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._dialog.accept()
            return
        if widgets.is_alt_letter(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z in here is the field's own: the report's must not change behind the dialog."""
        if event.type() == QEvent.Type.ShortcutOverride and widgets.is_undo_or_redo(event):
            event.accept()
            return True
        return super().event(event)
