"""A plain function off the GUI thread: its result or error comes back as a signal, with progress and cancelling."""

import gc
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QVBoxLayout, QWidget

from ui.kit import theme, widgets

SHOW_AFTER = 500  # ms: quicker work shows no progress at all


class Cancelled(Exception):  # noqa: N818 - the clerk's wish, not an error
    """Raised inside a job at its next step after 取消."""


class Job(QObject):
    """One call of `work(step)`; `step(words)` tells how far it is and raises Cancelled when it is to end.

    It belongs to nobody: whoever listens may go before it ends. While any job runs the garbage collector rests, because run
    in the job's thread it could destroy widgets there.
    """

    done = Signal(object)
    failed = Signal(object)  # the exception
    finished = (
        Signal()
    )  # before done or failed, also when cancelled: the progress window must not cover a question
    progressed = Signal(str)
    _ended = Signal(object, object)  # result, exception: carried into the thread of the window

    def __init__(self, work: Callable[[Callable[[str], None]], Any]) -> None:
        super().__init__()
        self._work: object = work  # held until `_deliver`
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work,), name="job", daemon=True)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> "Job":
        _RUNNING.add(self)
        gc.disable()
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Its result is no longer wanted; the function ends at its next step."""
        self._cancelled.set()

    def join(self, seconds: float) -> bool:
        """Wait for its end; whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _step(self, words: str = "") -> None:
        if self._cancelled.is_set():
            raise Cancelled
        if words:
            self.progressed.emit(words)

    def _run(self, work: Callable[[Callable[[str], None]], Any]) -> None:
        result, error = None, None
        try:
            result = work(self._step)
        except Exception as reason:
            error = reason
        self._ended.emit(result, error)

    def _deliver(self, result: object, error: Exception | None) -> None:
        self._thread.join()  # so that the last reference is never dropped over there
        self._work = None
        _RUNNING.discard(self)
        if not _RUNNING:
            gc.enable()
        self.finished.emit()
        if not self._cancelled.is_set():
            if error is None:
                self.done.emit(result)
            else:
                self.failed.emit(error)


_RUNNING: set[Job] = set()  # a job lives until it has told its end


class Progress(QDialog):
    """What is being done and 取消. It shows itself only when told: Qt's own, once made, comes by itself four seconds later, over
    whatever question stands there by then."""

    def __init__(self, words: str, cancel: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._cancel = cancel
        self.setWindowTitle("请稍候")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(320)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP)
        self.words = QLabel(words)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.cancel_button = widgets.button("取消", self.reject)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignRight)

    def reject(self) -> None:
        """取消, Escape or the closing of the window."""
        self._cancel()
        super().reject()


def show_progress(job: Job, words: str, parent: QWidget) -> None:
    """A small window with 取消, only when the job takes longer than half a second, and only as long as it runs."""
    dialog = Progress(words, job.cancel, parent)
    timer = QTimer(dialog)
    timer.setSingleShot(True)
    timer.timeout.connect(dialog.show)
    timer.start(SHOW_AFTER)
    job.progressed.connect(dialog.words.setText)
    job.finished.connect(timer.stop)
    job.finished.connect(dialog.hide)
    job.finished.connect(dialog.deleteLater)


def wait_for_all(seconds: float = 5.0) -> bool:
    """At the end of the program: no thread may outlive it. Whether all have ended."""
    for job in tuple(_RUNNING):
        job.cancel()
    return all(job.join(seconds) for job in tuple(_RUNNING))
