"""用证书签名: which certificate signs the exported PDF, and its password, asked for each time and kept nowhere."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import UserError
from app.exporting.pdf.certificate import SUFFIXES, Certificate, can_sign
from app.session import session
from ui.kit import dialogs, theme, widgets
from ui.state.controller import Controller

_KINDS = f"证书 ({' '.join(f'*{one}' for one in SUFFIXES)})"


class Signing(QWidget):
    """Seen only where this computer can sign."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        known = str(controller.preference("certificate", ""))
        self.path = Path(known) if known else None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.STEP)
        self.box = widgets.check_box("用证书签名")
        self.box.setToolTip("用本单位的证书文件给导出的 PDF 签名，页面看上去一样")
        self.box.setChecked(self.path is not None and bool(controller.preference("signs", False)))
        self.box.toggled.connect(self._on_box)
        self.name = widgets.Elided()
        self.button = widgets.link("证书…", self.choose)
        row.addWidget(self.box)
        row.addWidget(self.name, 1)
        row.addWidget(self.button)
        self._show_name()
        self.setVisible(can_sign())

    @property
    def is_wanted(self) -> bool:
        return can_sign() and self.box.isChecked() and self.path is not None

    def choose(self) -> None:
        folder = self._controller.folder("certificate")
        path = dialogs.file_to_open(self, folder, "选择签名用的证书", _KINDS)
        if path is not None:
            self.path = path
            self._controller.remember_folder("certificate", path.parent)
            self._controller.set_preference("certificate", str(path))
            self._show_name()
            self.box.setChecked(True)

    def certificate(self) -> Certificate | None:
        """Asks for the password until it opens the certificate; None when that was given up."""
        assert self.path is not None
        while (password := _ask_password(self, self.path.name)) is not None:
            try:
                return session.certificate(self.path, password)
            except UserError as error:
                dialogs.refuse(self, error)
                if "口令" not in error.what:
                    break
        return None

    def _on_box(self, is_on: bool) -> None:
        if is_on and self.path is None:
            self.choose()
            if self.path is None:
                self.box.setChecked(False)
                return
        self._controller.set_preference("signs", is_on)

    def _show_name(self) -> None:
        self.name.setText(self.path.name if self.path else "还没有选证书")
        self.name.setToolTip(str(self.path or ""))


class PasswordDialog(QDialog):
    """One line that shows dots."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("证书口令")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP)
        column.addWidget(widgets.label(f"请输入证书“{name}”的口令。只用这一次，不会记下来。"))
        self.field = widgets.Field("证书口令")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(self.field)
        self.ok_button = widgets.primary("签名", self.accept)
        column.addLayout(widgets.answers(self.ok_button, self.reject))
        self.setMinimumWidth(440)
        self.field.setFocus()


def _ask_password(parent: QWidget, name: str) -> str | None:
    dialog = PasswordDialog(parent, name)
    is_given = dialog.exec() == QDialog.DialogCode.Accepted
    password = dialog.field.text()
    dialog.deleteLater()
    return password if is_given else None
