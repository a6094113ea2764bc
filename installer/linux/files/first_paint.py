"""For try_roots.sh, run by the packaged Python: imports every module, or opens the window and tells when it was painted."""

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROGRAM = Path(sys.executable).resolve().parent.parent.parent / "program"
_PATIENCE = 600  # seconds; an emulated processor is slow


def modules() -> int:
    """Import all of app/ and ui/, and what the readers import only when they are used."""
    for path in sorted([*PROGRAM.glob("app/**/*.py"), *PROGRAM.glob("ui/**/*.py")]):
        name = ".".join(path.relative_to(PROGRAM).with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith("__main__"):
            importlib.import_module(name)
    for name in ("docx", "lxml.etree", "reportlab.pdfgen.canvas", "openpyxl", "pypdfium2", "xlrd", "olefile"):
        importlib.import_module(name)
    for name in (
        "pdfminer.high_level",
        "pdfminer.pdfdocument",
        "cryptography.hazmat.primitives.ciphers",
        "PIL.Image",
    ):
        importlib.import_module(name)
    return 0


def paint() -> int:
    """As start.py does it; the time counts from the start of the launcher, where that is told.

    Nothing of Qt may be loaded here: how start.py loads it is a part of what is measured.
    """
    since = float(os.environ.get("NIANBAO_SINCE") or time.time())
    seen: list[bool] = []
    signal.alarm(_PATIENCE)  # a window that never comes ends the trial

    def importing(event: str, details: tuple[object, ...]) -> None:
        if event == "import" and details[0] == "ui.window.main_window":
            _watch(since, seen)

    sys.addaudithook(importing)
    import runpy

    sys.argv = [str(PROGRAM / "start.py"), *sys.argv[1:]]
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as end:
        return int(end.code or 0) if seen else 3
    return 3


def _watch(since: float, seen: list[bool]) -> None:
    """From now on a window that is shown tells when it is painted first."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QFrame, QMainWindow

    class Watch(QObject):
        def eventFilter(self, thing: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint and not seen:
                seen.append(True)
                print(
                    f"first paint {1000 * (time.time() - since):.0f} ms on {QApplication.platformName()}"
                    f", {1000 * time.process_time():.0f} ms of them work",
                    flush=True,
                )
                QTimer.singleShot(int(os.environ.get("NIANBAO_WAIT", "1500")), lambda: end(thing))
            return False

    def end(window: QObject) -> None:
        if (picture := os.environ.get("NIANBAO_PICTURE")) and isinstance(window, QMainWindow):
            window.grab().save(picture)
        if os.environ.get("NIANBAO_SAVE") and isinstance(window, QMainWindow):
            window.files.save()  # type: ignore[attr-defined]
            told = any(
                one.objectName() == "renewed" and one.isVisible() for one in window.findChildren(QFrame)
            )
            print("told that the program was replaced" if told else "not told", flush=True)
        QApplication.quit()

    watch = Watch(QApplication.instance())

    def watched(shown: Callable[[QMainWindow], None]) -> Callable[[QMainWindow], None]:
        def show(window: QMainWindow) -> None:
            window.installEventFilter(watch)
            shown(window)

        return show

    for name in ("show", "showMaximized"):  # a small screen is filled
        setattr(QMainWindow, name, watched(getattr(QMainWindow, name)))


if __name__ == "__main__":
    sys.exit(modules() if "--modules" in sys.argv else paint())
