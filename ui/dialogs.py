"""Questions and refusals as small windows, every button in Chinese."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.errors import UserError

REPORT = "年报助手的报告 (*.gknb)"
ANY_REPORT = (
    "年报 (*.gknb *.docx *.doc *.wps *.txt *.html *.htm *.mht *.pdf *.xlsx *.rtf *.odt);;"
    "年报助手的报告 (*.gknb);;所有文件 (*)"
)


def ask(
    parent: QWidget | None,
    what: str,
    details: str,
    choices: Sequence[str],
    standard: int = 0,
    icon: QMessageBox.Icon = QMessageBox.Icon.Question,
) -> int:
    """The number of the choice; the last one is what Esc means."""
    box = QMessageBox(icon, "年报助手", what, QMessageBox.StandardButton.NoButton, parent)
    box.setInformativeText(details)
    roles = [QMessageBox.ButtonRole.AcceptRole] * (len(choices) - 1) + [QMessageBox.ButtonRole.RejectRole]
    buttons = [box.addButton(words, role) for words, role in zip(choices, roles, strict=True)]
    box.setDefaultButton(buttons[standard])
    box.setEscapeButton(buttons[-1])
    box.exec()
    return buttons.index(box.clickedButton()) if box.clickedButton() in buttons else len(choices) - 1


def refuse(parent: QWidget | None, error: UserError) -> None:
    """What happened, and what to do about it."""
    box = QMessageBox(
        QMessageBox.Icon.Warning, "年报助手", f"{error.what}。", QMessageBox.StandardButton.NoButton, parent
    )
    if error.what_to_do:
        box.setInformativeText(f"{error.what_to_do}。")
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def tell(parent: QWidget | None, what: str, details: str = "") -> None:
    ask(parent, what, details, ["知道了"], icon=QMessageBox.Icon.Information)


SAVE, GIVE_UP, CANCEL = 0, 1, 2


def ask_to_save(parent: QWidget | None, title: str) -> int:
    """SAVE, GIVE_UP or CANCEL for changes that are not saved."""
    return ask(
        parent,
        f"“{title}”有改动没有保存。",
        "要保存吗？不保存的话，上次保存以后的改动就没有了。",
        ["保存", "不保存", "取消"],
        icon=QMessageBox.Icon.Warning,
    )


def file_to_open(parent: QWidget | None, folder: str, title: str, kinds: str = ANY_REPORT) -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, title, folder, kinds)
    return Path(name) if name else None


def file_to_save(parent: QWidget | None, path: Path) -> Path | None:
    name, _ = QFileDialog.getSaveFileName(parent, "保存报告", str(path), REPORT)
    return Path(name) if name else None


def folder(parent: QWidget | None, start: str) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, "选择保存文件的文件夹", start)
    return Path(name) if name else None
