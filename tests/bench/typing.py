"""A clerk who types while the program does whatever it has to do: from the moment of each key to the end of its repaint."""

import random
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

_GAPS = (20, 90)  # ms between two keys


class Typist(QObject):
    """`times` holds milliseconds. A key that is due while something else is under way waits for it, and that counts."""

    def __init__(self, press: Callable[[str], object], widget: QWidget, keys: Sequence[str]) -> None:
        super().__init__()
        self.times: list[float] = []
        self._press, self._keys = press, list(keys)
        self._window, self._view = widget.window(), widget
        self._random = random.Random(1)
        self._due = 0.0
        self._is_waiting = self._is_painted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._type)
        self._loop = QEventLoop()
        self._window.installEventFilter(self)
        self._view.installEventFilter(self)

    def run(self) -> list[float]:
        self._next()
        self._loop.exec()
        self._window.removeEventFilter(self)
        self._view.removeEventFilter(self)
        return self.times

    def _next(self) -> None:
        if not self._keys:
            self._loop.quit()
            return
        gap = self._random.randint(*_GAPS)
        self._due = time.perf_counter() + gap / 1000
        self._timer.start(gap)

    def _type(self) -> None:
        self._is_waiting, self._is_painted = True, False
        self._press(self._keys.pop(0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and event.type() == QEvent.Type.Paint:
            self._is_painted = True
        elif watched is self._window and event.type() == QEvent.Type.UpdateRequest and self._is_waiting:
            self._window.event(event)
            if self._is_painted:
                self._is_waiting = False
                self.times.append((time.perf_counter() - self._due) * 1000)
                self._next()
            return True
        return False
