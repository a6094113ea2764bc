"""The scenes of which `make screenshots` makes pictures: the window as the clerk meets it, one after the other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app import session
from app.form.model import CellRef
from ui.controller import Controller
from ui.import_dialog import ImportDialog
from ui.jobs import wait_for_all
from ui.main import make_app
from ui.main_window import MainWindow
from ui.new_dialog import NewDialog

FRAME = 30  # logical pixels that the title bar of the desktop takes


def play(out: Path, name: str, scale: float, screen: tuple[int, int], sample: Path) -> None:
    """Write `NN_scene_name.png` for every scene."""
    app = make_app([])
    controller = Controller()
    window = MainWindow(controller)
    window.resize(round(screen[0] / scale), round(screen[1] / scale) - FRAME)
    window.show()
    shots = _Camera(out, name)
    shots.take("start_empty", window)
    found = session.import_report(sample)
    _dialogs(shots, window, found)
    controller.begin_from(found.report, found.report.year + 1)
    for key in window.page_keys:
        window.go_to(key)
        shots.take(key, window, 3000 if key == "export" else 200)
    _break(controller, window)
    for key in ("requests", "review_all"):
        window.go_to(key)
        shots.take(f"{key}_broken", window)
    _finish(controller)
    for key in ("start", "overview", "other", "review_all", "export"):
        window.go_to(key)
        shots.take(f"{key}_finished", window, 3000 if key == "export" else 200)
    controller.document.mark_saved(None)
    window.close()
    wait_for_all()
    app.processEvents()


class _Camera:
    def __init__(self, out: Path, name: str) -> None:
        self._out, self._name, self._number = out, name, 0

    def take(self, scene: str, widget: QWidget, wait: int = 200) -> None:
        pause(wait)
        self._number += 1
        widget.grab().save(str(self._out / f"{self._name}_{self._number:02}_{scene}.png"))

    def dialog(self, scene: str, make: Callable[[], QDialog]) -> None:
        dialog = make()
        dialog.show()
        self.take(scene, dialog)
        dialog.close()
        dialog.deleteLater()


def pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.processEvents()


def _dialogs(shots: _Camera, window: MainWindow, found: object) -> None:
    shots.dialog("import", lambda: ImportDialog(found, window))
    gaps = replace(
        found, missing=tuple(list(found.report.values)[:30]), warnings=("表格的列错开了一格，已按表头对齐",)
    )
    shots.dialog("import_gaps", lambda: ImportDialog(gaps, window))
    shots.dialog("new", lambda: NewDialog(2025, window))


def _break(controller: Controller, window: MainWindow) -> None:
    """Everything 0, one equation that does not hold."""
    document = controller.document
    document.fill_blanks(ref for ref in document.form.cells if ref not in document.form.totals)
    document.set_values({CellRef("requests", "received", "natural_person"): 12}, "填写")


def _finish(controller: Controller) -> None:
    document = controller.document
    document.set_values({CellRef("requests", "granted", "natural_person"): 12}, "填写")
    document.confirm(document.report.pending)
    document.set_processing_fee(Decimal(0))
    document.set_signature(replace(document.report.signature, issued_on=date(2022, 1, 9)))
