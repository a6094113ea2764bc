"""The field for the fingerprint that is printed on the paper certificate."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.kit import theme, widgets

_WHAT = "照定稿证明或页脚填写指纹的前16位（0到9、a到f），可以带空格。"


class DigitsDialog(QDialog):
    """Typed as it stands on paper: 3f2a 91bc 07de 4c15."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("核对纸上的指纹")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP)
        column.addWidget(widgets.label(_WHAT))
        self.field = widgets.Field("纸上的指纹")
        self.field.setPlaceholderText("如：3f2a 91bc 07de 4c15")
        self.field.setMaxLength(100)
        column.addWidget(self.field)
        self.ok_button = widgets.primary("核对", self.accept)
        column.addLayout(widgets.answers(self.ok_button, self.reject))
        self.setMinimumWidth(440)
        self.field.setFocus()


def ask_digits(parent: QWidget) -> str | None:
    """What was typed; None when nothing is to be compared."""
    dialog = DigitsDialog(parent)
    is_given = dialog.exec() == QDialog.DialogCode.Accepted
    digits = dialog.field.text()
    dialog.deleteLater()
    return digits if is_given else None
