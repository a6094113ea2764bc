"""Another size of the type, at once: a window made anew stands where the old one stood."""

import gc
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit import theme

_TURN, _NOTCH = 120, 120  # ms without a turn of the wheel; what Qt counts for one notch
_shown: list[QWidget] = []  # windows made here: nobody else holds them


class Wheel(QObject):
    """Ctrl and the wheel: `use` is told once a turn whether the type is to grow, however far it was turned: each makes the window anew."""

    def __init__(self, parent: QObject, use: Callable[[bool], object]) -> None:
        super().__init__(parent)
        self._use, self._turned = use, 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_TURN)
        self._later.timeout.connect(self._end)

    def takes(self, event: QWheelEvent) -> bool:
        """Whether a turn was one with Ctrl; then it is accepted."""
        by = event.angleDelta().y()
        if not (event.modifiers() & Qt.KeyboardModifier.ControlModifier and by):
            return False
        self._turned += by
        self._later.start()
        event.accept()
        return True

    def _end(self) -> None:
        turned, self._turned = self._turned, 0
        if abs(turned) >= _NOTCH:
            self._use(turned > 0)


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
