"""A picture for a text: chosen, given its caption, put after the paragraph of the cursor; later changed or taken out."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from app.errors import UserError
from app.report import pictures
from app.report.model import Picture, Report
from ui.kit import dialogs, theme, widgets
from ui.state.controller import Controller

_KINDS = "图片 (*.png *.jpg *.jpeg)"


def insert_picture(
    parent: QWidget, controller: Controller, section: str, after: int = -1, given: Path | bytes | None = None
) -> None:
    """Ask for the file (unless it is `given`: pasted or dropped) and its caption, put it in; one step of undo."""
    if given is None:
        given = picture_to_open(parent, controller.folder("picture"))
        if given is None:
            return
        controller.remember_folder("picture", given.parent)
    try:
        data = pictures.read_picture(given) if isinstance(given, Path) else pictures.checked(given)
    except UserError as error:
        dialogs.refuse(parent, error)
        return
    caption = ask_caption(parent, data)
    if caption is None:
        return
    document = controller.document
    document.change("插入图片", pictures.with_picture(document.report, data, section, caption, after))
    controller.message.emit("已插入图片，在预览和导出的文件里可以看到，可以撤销")


def picture_to_open(parent: QWidget, folder: str) -> Path | None:
    return dialogs.file_to_open(parent, folder, "选择图片", _KINDS)


def ask_caption(parent: QWidget, data: bytes, caption: str = "") -> str | None:
    """The caption under a picture, None when it is not to be put in after all."""
    dialog = CaptionDialog(data, caption, parent)
    is_given = dialog.exec() == QDialog.DialogCode.Accepted
    text = dialog.field.text()
    dialog.deleteLater()
    return text if is_given else None


class CaptionDialog(QDialog):
    """The picture small, and the line under it."""

    def __init__(self, data: bytes, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("图片")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.STEP * 2] * 4)
        layout.setSpacing(theme.STEP)
        shown = QPixmap()
        shown.loadFromData(data)
        small = QLabel()
        small.setPixmap(
            shown.scaled(
                440, 220, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
        small.setAlignment(Qt.AlignmentFlag.AlignCenter)
        small.setAccessibleName("图片")
        layout.addWidget(small)
        layout.addWidget(widgets.note("图注"))
        self.field = widgets.Field("图注")
        self.field.setPlaceholderText("如：图1　各类栏目信息发布数量统计图（可以不写）")
        self.field.setMaxLength(pictures.CAPTION_LIMIT)
        self.field.setText(caption)
        layout.addWidget(self.field)
        self.ok_button = widgets.primary("确定", self.accept)
        layout.addLayout(widgets.answers(self.ok_button, self.reject))
        self.setFixedWidth(480)
        self.field.setFocus()


class PictureStrip(QWidget):
    """A line with a button for each picture of a section; hidden while there is none."""

    chosen = Signal(object)  # Picture: show its paragraph

    def __init__(self, controller: Controller, section: str) -> None:
        super().__init__()
        self._controller = controller
        self._section = section
        self._shown: tuple[Picture, ...] | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.STEP // 2)
        self.hide()

    def refresh(self) -> None:
        own = tuple(one for one in self._controller.document.report.pictures if one.section == self._section)
        if own == self._shown:
            return
        self._shown = own
        while self._row.count():
            item = self._row.takeAt(0)
            if item.widget():
                item.widget().hide()
                item.widget().deleteLater()
        for number, picture in enumerate(own, 1):
            self._row.addWidget(self._button(number, picture))
        self._row.addStretch(1)
        self.setVisible(bool(own))

    def _button(self, number: int, picture: Picture) -> QWidget:
        words = picture.caption or "没有图注"
        short = words if len(words) <= 14 else f"{words[:13]}…"
        made = widgets.link(f"图片{number}：{short} ▾".replace("&", "&&"))
        made.setToolTip(words)
        made.setAccessibleName(f"图片{number}：{words}")
        made.setStyleSheet(theme.LINK + "QPushButton::menu-indicator { image: none; width: 0; }")
        menu = QMenu(made)
        for text, call in (
            ("改图注…", lambda: self._caption(picture)),
            ("上移一段", lambda: self._move(picture, -1)),
            ("下移一段", lambda: self._move(picture, 1)),
            ("删除图片", lambda: self._change("删除图片", pictures.without(self._report, picture))),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, call=call: call())
        made.setMenu(menu)
        return made

    @property
    def _report(self) -> Report:
        return self._controller.document.report

    def _caption(self, picture: Picture) -> None:
        caption = ask_caption(self, picture.data, picture.caption)
        if caption is not None:
            self._change("修改图注", pictures.changed(self._report, picture, caption=caption))

    def _move(self, picture: Picture, by: int) -> None:
        last = len(self._report.paragraphs(self._section)) - 1
        now = last if picture.after < 0 else picture.after
        after = min(max(now + by, 0), max(last, 0))
        self._change("移动图片", pictures.changed(self._report, picture, after=after))
        self._controller.message.emit(f"图片现在在第{after + 1}段后面")

    def _change(self, name: str, report: Report) -> None:
        self._controller.document.change(name, report)
