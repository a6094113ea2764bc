"""Work in small pieces, one each time the window has nothing else to do: keys come first."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class TimeSlices:
    """One piece of work at a time; `begin` gives up what was left of the last."""

    def __init__(self, parent: QObject) -> None:
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def begin(self, steps: Iterator[None]) -> None:
        self._steps = steps
        self._go_on()

    def end(self) -> None:
        self._steps = None
        self._timer.stop()

    def _go_on(self) -> None:
        if self._steps is None:
            return
        try:
            next(self._steps)
        except StopIteration:
            self._steps = None
        else:
            self._timer.start()
