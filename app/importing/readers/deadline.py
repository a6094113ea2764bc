"""A bound on how long code that is not ours may take: pure Python in this thread is interrupted."""

import ctypes
import threading
from types import TracebackType


class TimeUp(BaseException):
    """Raised within the guarded code; no `except Exception` there can hold it up."""


class Deadline:
    """`with Deadline(4) as deadline:` raises TimeUp when 4 seconds go by without `deadline.restart()`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._thread = threading.get_ident()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._over = False

    def __enter__(self) -> "Deadline":
        self.restart()
        return self

    def restart(self) -> None:
        """Progress was made: the time begins anew."""
        with self._lock:
            self._stop()
            self._timer = threading.Timer(self._seconds, self._interrupt)
            self._timer.daemon = True
            self._timer.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._over = True
            self._stop()
            _raise_in(self._thread, None)  # one that was sent and has not arrived yet

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _interrupt(self) -> None:
        with self._lock:
            if not self._over:
                _raise_in(self._thread, TimeUp)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(error) if error is not None else None
    )
