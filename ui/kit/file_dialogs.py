"""Choosing files and folders. Where the system has no dialog that is sure to speak Chinese, Qt's, with every word ours."""

import re
import sys
from pathlib import Path

from PySide6.QtCore import (
    QDir,
    QIdentityProxyModel,
    QModelIndex,
    QPersistentModelIndex,
    QStandardPaths,
    QStorageInfo,
    Qt,
    QUrl,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QFileSystemModel,
    QHeaderView,
    QSplitter,
    QTreeView,
    QWidget,
)

from app.exporting.formats import FORMATS

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_HEADINGS = ("名称", "大小", "类型", "修改时间")
_NAME, _SIZE, _KIND, _CHANGED = range(len(_HEADINGS))
_UNITS = ("字节", "KB", "MB", "GB")
_SIZES = (760, 420)  # a small screen at 150 % has room for it
_PLACES = (
    QStandardPaths.StandardLocation.DesktopLocation,
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
    QStandardPaths.StandardLocation.HomeLocation,
)
_STICKS = ("/media/", "/run/media/", "/mnt/")  # where Debian, UOS and Kylin mount what is plugged in
_KINDS = {
    **{suffix: one.name for one in FORMATS for suffix in one.suffixes},
    ".gknb": "年报助手的报告",
    ".doc": "Word 文档",
    ".wps": "WPS 文档",
    ".xls": "Excel 表格",
    ".et": "WPS 表格",
    ".zip": "压缩包",
    ".png": "图片",
    ".jpg": "图片",
    ".jpeg": "图片",
}


def use_own_dialogs() -> None:
    """On Linux the dialog of the desktop speaks the desktop's language, or a mixture; Windows has its own in Chinese."""
    if sys.platform.startswith("linux"):
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


def to_open(parent: QWidget | None, title: str, folder: str, kinds: str) -> Path | None:
    """One file that exists, or None when it was cancelled."""
    found = _asked(_dialog(parent, title, folder, kinds, QFileDialog.FileMode.ExistingFile))
    return found[0] if found else None


def several_to_open(parent: QWidget | None, title: str, folder: str, kinds: str) -> list[Path]:
    """One file or several; none when it was cancelled."""
    return _asked(_dialog(parent, title, folder, kinds, QFileDialog.FileMode.ExistingFiles))


def to_save(
    parent: QWidget | None, title: str, start: Path, kinds: str, suffix: str = ""
) -> tuple[Path | None, str]:
    """Where to write, and the kind that was chosen; a file that exists is asked about in the dialog."""
    dialog = save_dialog(parent, title, start, kinds, suffix)
    found = _asked(dialog)
    return (found[0] if found else None), dialog.selectedNameFilter()


def save_dialog(parent: QWidget | None, title: str, start: Path, kinds: str, suffix: str = "") -> QFileDialog:
    """It asks before it names an existing file, also one named without its suffix."""
    made = _dialog(parent, title, str(start.parent), kinds, QFileDialog.FileMode.AnyFile)
    made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    made.setDefaultSuffix(suffix.removeprefix("."))
    made.selectFile(start.name)
    _say(made, "保存在：", "保存")
    return made


def folder_of(parent: QWidget | None, title: str, start: str) -> Path | None:
    """A folder that exists, or None."""
    made = _dialog(parent, title, start, "", QFileDialog.FileMode.Directory)
    made.setOption(QFileDialog.Option.ShowDirsOnly)
    _say(made, "位置：", "选择", "文件夹：")
    found = _asked(made)
    return found[0] if found else None


def _asked(dialog: QFileDialog) -> list[Path]:
    is_chosen = dialog.exec() == QDialog.DialogCode.Accepted
    names = dialog.selectedFiles() if is_chosen else []
    dialog.deleteLater()
    return [Path(name) for name in names]


def _dialog(
    parent: QWidget | None, title: str, folder: str, kinds: str, mode: QFileDialog.FileMode
) -> QFileDialog:
    made = QFileDialog(parent, title, folder, kinds)
    made.setFileMode(mode)
    if QApplication.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs):
        made.setProxyModel(_InChinese(made))
        made.setSidebarUrls([QUrl("file:"), *(QUrl.fromLocalFile(one) for one in _places())])
        made.resize(*_SIZES)
        is_long = mode is not QFileDialog.FileMode.AnyFile  # twenty suffixes behind 年报 are nobody's reading
        made.setOption(QFileDialog.Option.HideNameFilterDetails, is_long)
        for splitter in made.findChildren(QSplitter):
            splitter.setSizes([140, _SIZES[0] - 140])
        for details in made.findChildren(QTreeView):
            details.header().setStretchLastSection(True)
            details.header().setSectionResizeMode(_KIND, QHeaderView.ResizeMode.ResizeToContents)
        _say(made, "位置：", "打开")
    return made


def _say(dialog: QFileDialog, where: str, ok: str, name: str = "文件名：") -> None:
    labels = QFileDialog.DialogLabel
    if QApplication.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs):
        for label, words in (
            (labels.LookIn, where),
            (labels.FileName, name),
            (labels.FileType, "文件类型："),
            (labels.Accept, ok),
            (labels.Reject, "取消"),
        ):
            dialog.setLabelText(label, words)


def _places() -> list[str]:
    """The user's own folders that are there, and what was plugged in, each once."""
    found = [QStandardPaths.writableLocation(one) for one in _PLACES] + _plugged_in(_mounted())
    return list(dict.fromkeys(one for one in found if one and QDir(one).exists()))


def _mounted() -> list[str]:
    return [one.rootPath() for one in QStorageInfo.mountedVolumes() if one.isValid() and one.isReady()]


def _plugged_in(mounted: list[str]) -> list[str]:
    """U盘 and other drives: Linux hangs them in folders that nobody would look for."""
    return sorted(one for one in mounted if one.startswith(_STICKS))


class _InChinese(QIdentityProxyModel):
    """The list of files: Qt writes sizes, kinds and times of it in the language of the system."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        column = index.column()
        if role != _DISPLAY or column == _NAME:
            return super().data(index, role)
        model = self.sourceModel()
        if not isinstance(model, QFileSystemModel):
            return super().data(index, role)
        info = model.fileInfo(self.mapToSource(index))
        if column == _CHANGED:
            return info.lastModified().toString("yyyy-MM-dd HH:mm")
        if column == _SIZE:
            return "" if info.isDir() else _size(info.size())
        if info.isDir():
            return "文件夹"
        return kind_of(f".{info.suffix()}") if info.suffix() else "文件"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return _HEADINGS[section]
        return super().headerData(section, orientation, role)


def kind_of(suffix: str) -> str:
    """What a file of this suffix is called: PDF 文件."""
    return _KINDS.get(suffix.lower(), f"{suffix.removeprefix('.')} 文件")


def _size(bytes_: float) -> str:
    """12 KB, 3.4 MB."""
    for unit in _UNITS:
        if bytes_ < 1000 or unit == _UNITS[-1]:
            break
        bytes_ /= 1024
    return f"{bytes_:.0f} {unit}" if unit == _UNITS[0] or bytes_ >= 10 else f"{bytes_:.1f} {unit}"


def file_name(text: str) -> str:
    """Without what no system allows in the name of a file."""
    return re.sub(r'[\\/:*?"<>|\r\n\t]+', "", text).strip(" .")
