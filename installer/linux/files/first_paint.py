"""For try_roots.sh, run by the packaged Python: imports every module, or opens the window and tells when it was painted."""

import importlib
import os
import sys
import time
from pathlib import Path

PROGRAM = Path(sys.executable).resolve().parent.parent.parent / "program"


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
    """As start.py does it; the time counts from the start of the launcher, where that is told."""
    since = float(os.environ.get("NIANBAO_SINCE") or time.time())
    import runpy

    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Watch(QObject):
        seen = False

        def eventFilter(self, thing: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint and not Watch.seen:
                Watch.seen = True
                print(
                    f"first paint {1000 * (time.time() - since):.0f} ms on {QApplication.platformName()}"
                    f", {1000 * time.process_time():.0f} ms of them work",
                    flush=True,
                )
                QTimer.singleShot(1500, QApplication.quit)
            return False

    shown = QMainWindow.show
    watch = Watch()

    def show(window: QMainWindow) -> None:
        shown(window)
        window.installEventFilter(watch)
        QTimer.singleShot(20000, QApplication.quit)

    QMainWindow.show = show  # type: ignore[method-assign]
    sys.argv = [str(PROGRAM / "start.py")]
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as end:
        return int(end.code or 0) if Watch.seen else 3
    return 3


if __name__ == "__main__":
    sys.exit(modules() if "--modules" in sys.argv else paint())
