"""A clerk who types, saves and goes from page to page, until he is killed: `python -m tests.e2e.killed FILE LOG`.

After every key the log says how much was typed, and when; whoever killed him compares that with what is left on disk.
"""

import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from app import session
from app.form.model import CellRef
from app.rollover import blank_report
from app.storage import files
from app.storage.container import Content
from ui.controller import Controller
from ui.main import make_app
from ui.main_window import MainWindow

RECEIVED = CellRef("requests", "received", "natural_person")
SECTION = "problems"


def main(path: Path, log: Path) -> None:
    app = make_app([])
    files.save(path, Content(blank_report("测试县测试镇人民政府", 2025)))
    controller = Controller()
    window = MainWindow(controller)
    window.show()
    controller.open_file(path)
    window.go_to(SECTION)
    typed = 0
    with log.open("a", encoding="utf-8") as record:

        def key() -> None:
            nonlocal typed
            chance = random.random()
            if chance < 0.04:
                controller.save()
            elif chance < 0.07:
                window.go_to(random.choice(["requests", "agency", "overview"]))
                window.go_to(SECTION)
            else:
                edit = window.page.editor.edit
                edit.moveCursor(edit.textCursor().MoveOperation.End)
                QTest.keyClick(edit, "x")
                typed += 1
                assert len(controller.document.report.narrative(SECTION)) == typed
                record.write(f"{typed} {time.time()}\n")
                record.flush()

        timer = QTimer()
        timer.timeout.connect(key)
        timer.start(25)
        app.exec()


def left_on_disk(path: Path) -> int:
    """How many characters the file or the recovery holds; what is damaged raises."""
    found = [len(files.read(path).content.report.narrative(SECTION))] if path.exists() else [0]
    for item in session.recoverable():
        document = session.recover(item)
        found.append(len(document.report.narrative(SECTION)))
    return max(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
