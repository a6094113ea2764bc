"""关于: version, build and surroundings of the program, to be copied for whoever helps."""

import sys
from collections.abc import Iterator

from PySide6 import __version__ as binding
from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app import __version__, paths
from app.errors import UserError
from app.printing.page_looks import face_words
from app.storage.migrations import VERSION
from ui.kit import dialogs

_WHAT = "编写《政府信息公开工作年度报告》的软件。不联网，不收集数据。"
_COPY = 0


class AboutDialog(dialogs.Question):
    """Copying leaves it open, and its button says that it was done."""

    def __init__(self, parent: QWidget | None) -> None:
        self.facts = "\n".join(facts())
        details = f"{_WHAT}\n\n{self.facts}\n\n木兰宽松许可证，第2版"
        super().__init__(parent, f"年报助手 {__version__}", details, ["复制", "知道了"], standard=1)

    def _take(self, number: int) -> None:
        if number != _COPY:
            super()._take(number)
            return
        QGuiApplication.clipboard().setText(self.facts)
        self.buttons[_COPY].setText("已复制")


def facts() -> Iterator[str]:
    """A line each: what a helper asks for first."""
    yield f"版本：{__version__}（{paths.build() or '从源代码文件夹运行'}）"
    yield f"报告文件：.gknb 第{VERSION}版"
    yield f"Python：{sys.version.split()[0]}"
    yield f"Qt：{qVersion()}（PySide6 {binding}）"
    yield f"系统：{QSysInfo.prettyProductName()}，{QSysInfo.currentCpuArchitecture()}，内核 {QSysInfo.kernelVersion()}"
    yield f"桌面：{QGuiApplication.platformName()}{_screen()}"
    yield f"字体：{_faces()}"
    yield f"数据文件夹：{paths.user_data()}"


def _screen() -> str:
    screen = QGuiApplication.primaryScreen()
    size, ratio = screen.size(), screen.devicePixelRatio()
    return f"，屏幕 {round(size.width() * ratio)}×{round(size.height() * ratio)}，缩放 {ratio:.0%}"


def _faces() -> str:
    try:
        return face_words()[0]
    except (UserError, OSError) as error:  # the window that is asked for when something is wrong must open
        return str(error)


def show(parent: QWidget | None) -> None:
    dialog = AboutDialog(parent)
    dialog.exec()
    dialog.deleteLater()
