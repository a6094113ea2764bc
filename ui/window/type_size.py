"""Another size of the type, at once: a window made anew stands where the old one stood."""

import gc

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit import theme

_shown: list[QWidget] = []  # windows made here: nobody else holds them


def use(percent: int) -> None:
    """What is made from now on has this size."""
    theme.set_size(percent)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setFont(theme.font())


def show_in_place(made: QWidget, old: QWidget) -> None:
    """The new window where the old one is."""
    made.setGeometry(old.geometry())
    if old.isMaximized():
        made.showMaximized()
    else:
        made.show()
    _shown[:] = [made]


def put_away(window: QWidget, *with_it: QObject) -> None:
    """Close the old window; it is deleted when no command of it is under way any more."""
    window.close()
    QTimer.singleShot(0, lambda: _delete(window, *with_it))


def _delete(*gone: QObject) -> None:
    """The collector rests meanwhile: it could delete another widget under the lock that Qt holds for this one."""
    rests = not gc.isenabled()
    gc.disable()
    for one in gone:
        one.deleteLater()
        QCoreApplication.sendPostedEvents(one, QEvent.Type.DeferredDelete)
    if not rests:
        gc.enable()
