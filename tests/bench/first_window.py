"""A process of its own: prints the milliseconds from its start to the first paint, and its memory with a report open, in MB."""

import os
import sys
import time
from pathlib import Path

from app.machine.offline import stay_offline
from app.machine.thrift import be_thrifty

stay_offline()  # as the program itself begins
be_thrifty()

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402

from ui.state.controller import Controller  # noqa: E402
from ui.window.main import make_app  # noqa: E402
from ui.window.main_window import MainWindow  # noqa: E402


class FirstPaint(QObject):
    """Notes when the window is painted for the first time."""

    at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.at:
            self.at = time.time()
        return False


def memory() -> float:
    """This process's proportional share of memory, MB (0 where the system does not tell)."""
    rollup = Path("/proc/self/smaps_rollup")
    if not rollup.exists():
        return 0.0
    lines = rollup.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> int:
    started = float(os.environ["NIANBAO_BENCH_START"])
    app = make_app([])
    controller = Controller()
    window = MainWindow(controller)
    watch = FirstPaint()
    window.installEventFilter(watch)
    window.show()
    app.processEvents()
    first = (watch.at - started) * 1000
    window.open_path(Path(sys.argv[1]))
    QTimer.singleShot(1500, app.quit)
    app.exec()
    print(f"{first:.1f} {memory():.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
