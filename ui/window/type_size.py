"""Another size of the type, at once: the window is made anew with the same report, at the same place."""

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.kit import theme
from ui.state.controller import Controller
from ui.state.section_states import START
from ui.window import crash

if TYPE_CHECKING:
    from ui.window.main_window import MainWindow

_shown: list["MainWindow"] = []  # windows made here: nobody else holds them


def with_size(window: "MainWindow", percent: int) -> "MainWindow | None":
    """The window in its place. None when something typed could not be read: that stays before the clerk's eyes."""
    from ui.window.main_window import MainWindow

    old = window.controller
    old.take_over()
    if old.unread():
        old.message.emit("有一格还看不懂，改好以后再打开软件，字号就会变")
        return None
    key = window.page.key if old.has_document else START
    geometry, is_large = window.geometry(), window.isMaximized()
    window.preview.keep()
    document = old.hand_over()
    theme.set_size(percent)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setFont(theme.font())
    controller = Controller()
    made = MainWindow(controller)
    made.setGeometry(geometry)
    if is_large:
        made.showMaximized()
    else:
        made.show()
    _shown[:] = [made]
    crash.keep_by(controller.keep_work)
    if document is not None:
        controller.open(document)
        made.go_to(key)
    window.close()
    QTimer.singleShot(0, lambda: _delete(window, old))  # not while a command of it is under way
    made.activateWindow()
    controller.message.emit("设置已保存")
    return made


def _delete(*gone: QObject) -> None:
    """The collector rests meanwhile: it could delete another widget under the lock that Qt holds for this one."""
    rests = not gc.isenabled()
    gc.disable()
    for one in gone:
        one.deleteLater()
        QCoreApplication.sendPostedEvents(one, QEvent.Type.DeferredDelete)
    if not rests:
        gc.enable()
