"""上报包: in which formats the report lies in it; the rest of it is told."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QVBoxLayout, QWidget

from app.exporting.formats import FORMATS
from app.signoff.package import DOCUMENTS
from ui.kit import theme, widgets

_ALWAYS = "另外总有：报告（.gknb，可以再打开）、核对表、指纹{}。"


class PackDialog(QDialog):
    """`chosen` is what was ticked, in the order of the package."""

    def __init__(self, chosen: Sequence[str], is_frozen: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("做成上报包")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP * 3, theme.STEP * 2, theme.STEP * 3, theme.STEP * 2)
        column.setSpacing(theme.STEP)
        column.addWidget(widgets.heading("报告用哪些格式"))
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.STEP // 2)
        self.formats: dict[str, QCheckBox] = {}
        for one in FORMATS:
            if one.suffix in DOCUMENTS:
                box = widgets.check_box(one.words)
                box.setChecked(one.suffix in chosen)
                box.toggled.connect(self._refresh)
                self.formats[one.suffix] = box
                grid.addWidget(box, len(self.formats), 0)
        column.addLayout(grid)
        column.addWidget(widgets.note(_ALWAYS.format("、定稿证明" if is_frozen else "")))
        column.addStretch(1)
        self.ok_button = widgets.primary("存成上报包…", self.accept)
        column.addLayout(widgets.answers(self.ok_button, self.reject))
        self.setMinimumWidth(460)
        self._refresh()

    @property
    def chosen(self) -> list[str]:
        return [suffix for suffix in DOCUMENTS if self.formats[suffix].isChecked()]

    def _refresh(self) -> None:
        self.ok_button.setEnabled(bool(self.chosen))


def ask_formats(chosen: Sequence[str], is_frozen: bool, parent: QWidget) -> list[str] | None:
    """The formats that are wanted; None when it was cancelled."""
    dialog = PackDialog(chosen, is_frozen, parent)
    is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
    found = dialog.chosen
    dialog.deleteLater()
    return found if is_wanted else None
