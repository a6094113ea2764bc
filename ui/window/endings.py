"""Ends that nobody asks about — log-out, shut-down, kill — keep what stands on the screen, at once and without a question."""

import contextlib
import signal
import socket
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication, QSessionManager

from ui.window import crash

_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]
_LONGEST_ENDING = 60.0  # seconds after which a log-out has been called off


class Endings(QObject):
    """`keep` takes over what is being typed and writes unsaved work; the next start offers it.

    X11's session managers and Windows (WM_QUERYENDSESSION) come through Qt as `commitDataRequest` and close the window a
    moment later: for so long it closes without asking. Signals come through a pipe, since Python hears them only between
    two of its own steps, and Qt may not take any for hours.
    """

    def __init__(self, app: QGuiApplication, keep: Callable[[], object]) -> None:
        super().__init__(app)
        self._app, self._keep = app, keep
        self._until = 0.0
        self._pipe: tuple[socket.socket, socket.socket] | None = None
        self._notifier: QSocketNotifier | None = None
        app.commitDataRequest.connect(self._on_session_end, Qt.ConnectionType.DirectConnection)
        app.saveStateRequest.connect(self._on_session_end, Qt.ConnectionType.DirectConnection)

    @property
    def is_under_way(self) -> bool:
        """Whether the window closes because everything does: nothing may be asked then."""
        return time.monotonic() < self._until

    def _on_session_end(self, _manager: QSessionManager) -> None:
        self.keep_now()

    def keep_now(self) -> None:
        """Whatever goes wrong is only written down: there is nobody to read it, and no time."""
        self._until = time.monotonic() + _LONGEST_ENDING
        try:
            self._keep()
        except Exception:
            crash.log.exception("the work could not be kept at the end of the session")

    # -- signals -------------------------------------------------------------------------------------------------------

    def listen(self) -> None:
        """From now on a signal keeps the work and ends the program."""
        if sys.platform == "win32":
            return
        self._pipe = socket.socketpair()
        for end in self._pipe:
            end.setblocking(False)
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup
                signal.signal(number, lambda _number, _frame: None)
        signal.set_wakeup_fd(self._pipe[1].fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._pipe[0].fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def _on_signal(self) -> None:
        assert self._pipe is not None
        with contextlib.suppress(BlockingIOError):
            heard = self._pipe[0].recv(64)
            if not any(number in _SIGNALS for number in heard):
                return
        self.keep_now()
        self._app.exit(0)

    def let_go(self) -> None:
        """Signals do again what they did."""
        if self._pipe is None:
            return
        signal.set_wakeup_fd(-1)
        for number in _SIGNALS:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        for end in self._pipe:
            end.close()
        self._pipe = None
