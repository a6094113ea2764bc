"""Of which agency and year: a blank report, or an old one that does not say so itself."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.kit import forms, theme, widgets
from ui.kit.choices import year_field


class OriginDialog(QDialog):
    """Accepted when both are given. `name` stands there already; of an old report `go_on` says what comes next."""

    def __init__(self, year: int, parent: QWidget | None = None, name: str = "", go_on: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("这份旧报告是哪个单位、哪一年的" if go_on else "新建空白报告")
        self.resize(480, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP * 2)
        self._name = widgets.Field("单位全称")
        self._name.setPlaceholderText("如：××县××镇人民政府")
        self._name.setText(name)
        self._year = year_field("报告年度", year)
        layout.addLayout(forms.captioned(("单位全称", self._name), ("报告年度", self._year)))
        self.ok_button = widgets.primary(go_on or "新建", self.accept)
        layout.addLayout(widgets.answers(self.ok_button, self.reject))
        self._name.textChanged.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        self.ok_button.setEnabled(bool(self.agency_name))

    @property
    def agency_name(self) -> str:
        return self._name.text().strip()

    @property
    def year(self) -> int:
        return self._year.value()
