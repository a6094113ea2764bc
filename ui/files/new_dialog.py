"""新建空白报告: the agency's name and the year."""

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from ui.kit import theme, widgets
from ui.kit.choices import Spin


class NewDialog(QDialog):
    """Accepted when both are given."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建空白报告")
        self.resize(480, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP * 2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP * 2)
        grid.setVerticalSpacing(theme.STEP)
        self._name = widgets.Field("单位全称")
        self._name.setPlaceholderText("如：××县××镇人民政府")
        self._year = Spin()
        self._year.setMinimumHeight(32)
        self._year.setRange(2019, 2099)
        self._year.setValue(year)
        self._year.setAccessibleName("报告年度")
        self._year.setFixedWidth(96)
        for row, (caption, field) in enumerate((("单位全称", self._name), ("报告年度", self._year))):
            label = widgets.label(caption, colour=theme.FAINT)
            label.setWordWrap(False)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        layout.addLayout(grid)
        self.ok_button = widgets.primary("新建", self.accept)
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
