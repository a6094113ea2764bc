"""A clerk at his afternoon until he is killed: `python -m tests.e2e.killed FOLDER LOG SEED`.

He imports, rolls over, types texts, cells and the agency's fields, pastes, takes back, explains, saves, names versions,
signs, freezes and begins anew, in random order. After every act the log says which report it was of, the mark of its content
and when; whoever killed him compares that with what is left on disk.
"""

import hashlib
import itertools
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.importing.importer import import_file
from app.paths import backups, recovery
from app.report.model import Report
from app.session import session
from app.signoff import signing
from app.storage import backups as kept
from app.storage import codec, files, settings
from ui.state.controller import Controller
from ui.window.main import make_app
from ui.window.main_window import MainWindow

SEED = Path(__file__).resolve().parent.parent / "samples" / "001_zhangjiachan_2020.txt"
PAUSE = 25  # ms between two keys
LONGEST_LIFE = 180_000  # ms
TEXTS = ("introduction", "overview", "problems", "other")
TABLES = ("proactive", "requests", "review")
_LAST_YEAR = 2090


class Line(NamedTuple):
    """What the log says after one act: its number, when, of which report, and the mark of what it then held."""

    number: int
    when: float
    report: int
    mark: str


def mark_of(report: Report) -> str:
    return hashlib.blake2b(codec.dump(report), digest_size=12).hexdigest()


class Clerk:
    """One act after the other; each leaves the report in a state that is logged before anything else can happen."""

    def __init__(self, folder: Path, log: Path, seed: int) -> None:
        self.folder, self.random = folder, random.Random(seed)
        self.log = log.open("a", encoding="utf-8")
        self.numbers, self.report = itertools.count(1), 0
        self.controller = Controller()
        self.window = MainWindow(self.controller)
        self.window.show()
        self.window.activateWindow()
        self.begin(import_file(SEED).certain, 2021)
        self.writing = {self.type_text: 30, self.undo: 1}
        self.filling = {self.type_cell: 30, self.paste: 3, self.undo: 1}
        self.others = {
            self.type_text: 8,
            self.type_cell: 8,
            self.type_agency: 6,
            self.paste: 4,
            self.explain: 3,
            self.change_settings: 2,
            self.save: 6,
            self.name_version: 2,
            self.sign: 2,
            self.freeze: 2,
            self.roll_over: 2,
        }
        self.acts: dict[Callable[[], object], int] = {}
        self.left = 0

    @property
    def document(self):
        return self.controller.document

    def act(self) -> None:
        if not self.left:  # a good while at one text or table, or a little of everything
            self.acts = self.random.choice([self.writing, self.filling, self.others])
            self.left = self.random.randint(20, 40 if self.acts is self.others else 160)
        self.left -= 1
        (act,) = self.random.choices([*self.acts], [*self.acts.values()])
        if self.controller.is_frozen and act not in (self.save, self.name_version, self.roll_over):
            self.document.change("修改为新版本", signing.revised(self.document.report))
        else:
            act()
        self.note()

    def note(self) -> None:
        mark = mark_of(self.document.report)
        self.log.write(f"{next(self.numbers)} {time.time()} {self.report} {mark}\n")
        self.log.flush()

    # -- at the desk ---------------------------------------------------------------------------------------------------

    def begin(self, prior: Report, year: int) -> None:
        """Last year's report read in, this year's begun and given its place."""
        self.controller.begin_from(prior, year)
        self.report += 1
        self.note()
        self.controller.save(self.folder / f"{year}年-{self.report}.gknb")
        self.note()

    def roll_over(self) -> None:
        """This year's report is the next one's last, or the afternoon begins again with the seed."""
        self.save()
        prior = self.document.report
        if prior.year > _LAST_YEAR or self.random.random() < 0.5:
            prior = import_file(SEED).certain
        self.begin(prior, prior.year + 1)

    def save(self) -> None:
        self.controller.take_over()
        self.document.forget_stale_explanations()
        self.note()
        self.controller.save()

    def name_version(self) -> None:
        self.save()
        newest = kept.backups_of(self.document.path)[0]
        kept.rename(newest, self.random.choice(["县里退回前", "第二稿", "送审"]))

    def change_settings(self) -> None:
        known = self.controller.settings
        checks = replace(known.checks, deadline_day=self.random.randint(1, 28))
        self.controller.change_settings(replace(known, checks=checks))

    # -- at the pages --------------------------------------------------------------------------------------------------

    def type_text(self) -> None:
        if self.window.page.key not in TEXTS:
            self.window.go_to(self.random.choice(TEXTS))
        edit = self.window.page.editor.edit
        edit.moveCursor(edit.textCursor().MoveOperation.End)
        before = self.document.report
        QTest.keyClick(edit, self.random.choice("abcx1"))
        assert self.document.report is not before

    def type_cell(self) -> None:
        if self.window.page.key not in TABLES:
            self.window.go_to(self.random.choice(TABLES))
        view = self.window.page.panel.first_focus()
        before = self.document.report
        QTest.keyClick(view, str(self.random.randint(1, 9)))
        editor = view.indexWidget(view.currentIndex())
        assert editor is not None
        QTest.keyClick(editor, self.random.choice("012"))
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert self.document.report is not before or view.currentIndex().isValid()

    def paste(self) -> None:
        if self.window.page.key not in TABLES:
            self.window.go_to("requests")
        numbers = [[str(self.random.randint(0, 9)) for _ in range(2)] for _ in range(2)]
        QApplication.clipboard().setText("\n".join("\t".join(row) for row in numbers))
        view = self.window.page.panel.first_focus()
        QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def type_agency(self) -> None:
        self.window.go_to("agency")
        field = self.window.page.fields[self.random.choice(["phone", "address", "office"])]
        field.end(False)
        QTest.keyClick(field, self.random.choice("123"))

    def undo(self) -> None:
        if self.document.undo_name:
            self.controller.undo()

    def explain(self) -> None:
        if self.document.findings:
            self.controller.explain(self.random.choice(self.document.findings), "已核对，数字属实")

    def sign(self) -> None:
        report = self.document.report
        for step in signing.rules().steps:
            report = signing.signed(report, step.key, "王小兰", date(2026, 1, 9))
        self.document.change("登记签字", report)

    def freeze(self) -> None:
        self.sign()
        self.note()
        self.document.change("定稿", signing.frozen(self.document.report, date(2026, 1, 9)))
        self.save()


def main(folder: Path, log: Path, seed: int) -> None:
    app = make_app([])
    clerk = Clerk(folder, log, seed)
    timer = QTimer()
    timer.timeout.connect(clerk.act)
    timer.start(PAUSE)
    QTimer.singleShot(LONGEST_LIFE, app.quit)  # whoever was to kill him may be gone
    app.exec()


# -- afterwards ------------------------------------------------------------------------------------------------------------


def lines_of(log: Path) -> list[Line]:
    """The log as far as it was written."""
    found = [line.split(" ") for line in log.read_text("utf-8").split("\n")[:-1]]
    return [Line(int(number), float(when), int(report), mark) for number, when, report, mark in found]


def on_disk(folder: Path) -> set[str]:
    """The marks of every report that is saved or can be recovered; what is damaged raises."""
    found = {mark_of(files.read(path).content.report) for path in folder.glob("*.gknb")}
    found |= {mark_of(session.recover(item).report) for item in session.recoverable()}
    return found


def require_whole() -> None:
    """Nothing that the program wrote for itself is damaged either; what is damaged raises."""
    for path in itertools.chain(backups().rglob("[!.]*.gknb"), recovery().glob("[!.]*.gknb")):
        files.read(path)
    settings.load()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
