"""A polite end from outside (kill, a closed terminal, log-out) is as Ctrl+C: what was begun is cleaned up, nothing is left half."""

import os
import signal
from types import FrameType

CTRL_C = 130


class Stopped(KeyboardInterrupt):
    """The program was asked to end; `status` is what a shell shows for the signal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = 128 + number


def listen() -> None:
    """From now on the first such signal ends the work through every `finally`, and no second one disturbs that."""
    own = os.getpid()

    def stop(number: int, _frame: FrameType | None) -> None:
        if os.getpid() != own:  # a process that reads for us: it has nothing to clean up
            os._exit(128 + number)
        for one in _SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        raise Stopped(number)

    for one in _SIGNALS:
        if signal.getsignal(one) is signal.SIG_DFL:  # nohup wants SIGHUP to be nothing
            signal.signal(one, stop)


_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
