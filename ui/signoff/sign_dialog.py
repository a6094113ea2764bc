"""登记签字: who signed for one step, and when."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.errors import UserError
from ui.kit import forms, theme, widgets
from ui.kit.typed_fields import date_text, parse_date


class SignDialog(QDialog):
    """`record` is called with name and day; what it refuses is said here, and nothing is lost."""

    def __init__(
        self,
        step: str,
        hint: str,
        name: str,
        day: date,
        record: Callable[[str, date], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"登记{step}")
        self._record, self._day = record, day
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP * 3, theme.STEP * 2, theme.STEP * 3, theme.STEP * 2)
        column.setSpacing(theme.STEP)
        column.addWidget(widgets.heading(f"{step}人已在纸上签字"))
        column.addWidget(widgets.note(hint))
        self.name, self.day = widgets.Field("签字人姓名"), widgets.Field("签字日期")
        self.name.setText(name)
        self.name.selectAll()
        self.day.setText(date_text(day))
        column.addLayout(forms.captioned(("姓名", self.name), ("日期", self.day)))
        self.refusal = widgets.label("", theme.SMALL, theme.ERROR)
        column.addWidget(self.refusal)
        self.ok_button = widgets.primary("登记", self.take)
        column.addLayout(widgets.answers(self.ok_button, self.reject))
        self.setFixedWidth(420)
        self.name.setFocus()

    def take(self) -> None:
        try:
            day = parse_date(self.day.text(), self._day)
            if day is None:
                raise UserError("没有写日期", f"请写成 {date_text(self._day)} 的样子")
            self._record(self.name.text(), day)
        except UserError as error:
            self.refusal.setText(str(error))
            return
        self.accept()
