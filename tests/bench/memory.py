"""A process of its own: prints the memory of window and preview worker together, in MB, with the preview open and after every page."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.machine.offline import stay_offline
from app.machine.thrift import be_thrifty

stay_offline()  # as the program itself begins
be_thrifty()

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402

from ui.kit.jobs import wait_for_all  # noqa: E402
from ui.state.controller import Controller  # noqa: E402
from ui.window.main import make_app  # noqa: E402
from ui.window.main_window import MainWindow  # noqa: E402

_REST, _LONGEST = 500, 60.0  # ms after a page was shown; seconds that anything may take


def share(*processes: int) -> float:
    """The proportional share of these processes, MB: what several of them have in common counts once."""
    total = 0
    for process in processes:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def rest(milliseconds: int = _REST) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], bool]) -> None:
    end = time.perf_counter() + _LONGEST
    while not condition() and time.perf_counter() < end:
        rest(50)


def main() -> int:
    make_app([])
    controller = Controller()
    window = MainWindow(controller)
    window.resize(1366, 738)
    window.show()
    window.open_path(Path(sys.argv[1]))
    window.go_to("overview")
    window.panel.open("preview")
    preview = window.panel.preview.preview
    until(lambda: preview.view.page_count > 0)
    rest()
    worker = controller.previews.process_id
    beside = share(os.getpid(), worker)
    for key in window.navigation.keys:
        window.go_to(key)
        rest()
    until(lambda: window.page.preview.view.page_count > 0)  # that of 导出, the last
    window.go_to("overview")
    rest()
    print(f"{beside:.1f} {share(os.getpid(), worker):.1f}")
    window.close()
    wait_for_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
