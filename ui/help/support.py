"""收集问题信息: one file for whoever helps; the open report goes in only when it is ticked."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.session import support
from app.storage.container import Content
from ui.help.about import facts
from ui.kit import dialogs, theme, widgets
from ui.state.controller import Controller

_WHAT = "把运行记录、版本和字体情况存成一个文件，交给维护人员。里面没有报告的内容。"
_KIND = "压缩文件 (*.zip)"


class SupportDialog(QDialog):
    """What goes in is said before it is written."""

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self.setWindowTitle("收集问题信息")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP)
        column.addWidget(widgets.label(_WHAT))
        self.with_report = QCheckBox("把现在打开的报告也放进去")
        self.with_report.setEnabled(controller.has_document)
        column.addWidget(self.with_report)
        self.ok_button = widgets.primary("存成文件…", self.write)
        column.addLayout(widgets.answers(self.ok_button, self.reject))
        self.setMinimumWidth(460)

    def write(self) -> None:
        start = Path(self.controller.folder("support")) / f"{support.NAME}.zip"
        path = dialogs.file_to_write(self, "保存", start, _KIND, ".zip")
        if path is None:
            return
        try:
            support.write(path, "\n".join(facts()), self._content())
        except UserError as error:
            dialogs.refuse(self, error)
            return
        self.controller.message.emit(f"问题信息已存到“{path}”")
        self.accept()

    def _content(self) -> Content | None:
        if not self.with_report.isChecked() or not self.controller.has_document:
            return None
        self.controller.take_over()
        document = self.controller.document
        return Content(document.report, document.prior)


def show(controller: Controller, parent: QWidget) -> None:
    dialog = SupportDialog(controller, parent)
    dialog.exec()
    dialog.deleteLater()
