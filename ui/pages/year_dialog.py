"""改年度: the report is of another year than was said when it was begun."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.form.model import FormDefinition
from ui.kit import forms, theme, widgets
from ui.kit.choices import LAST_YEAR, year_field
from ui.state.controller import Controller

_HINT = "格子里的数和已写的文字不动；正文里的年份，检查会一处一处指出来。"


class YearDialog(QDialog):
    """Offers the years for which the report's edition is prescribed; accepted when another one is chosen."""

    def __init__(self, form: FormDefinition, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("改年度")
        self.setFixedWidth(420)
        self._now = year
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP * 2)
        self.year = year_field("报告年度", year, form.first_year, form.last_year or LAST_YEAR)
        self.year.valueChanged.connect(self._refresh)
        column.addLayout(forms.captioned(("报告年度", self.year)))
        column.addWidget(widgets.note(_HINT))
        self.ok_button = widgets.primary("改年度", self.accept)
        column.addLayout(widgets.answers(self.ok_button, self.reject))
        self._refresh(year)

    def _refresh(self, year: int) -> None:
        self.ok_button.setEnabled(year != self._now)


def change_year(controller: Controller, parent: QWidget) -> None:
    """Ask, then one step of undo."""
    controller.take_over()
    document = controller.document
    dialog = YearDialog(document.form, document.report.year, parent)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        document.put("改年度", year=dialog.year.value())
    dialog.deleteLater()
