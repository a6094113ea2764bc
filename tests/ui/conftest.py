"""A clerk at the whole window: pages, dialogs that are answered, keys pressed where the focus is."""

import gc
import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from app.importing.importer import import_file
from app.session.document import ReportDocument
from app.session.rollover import roll_over
from ui.kit import jobs
from ui.kit.dialogs import Question
from ui.kit.jobs import Progress
from ui.state.controller import Controller
from ui.window.main import make_app
from ui.window.main_window import MainWindow

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SEED = SAMPLES / "001_zhangjiachan_2020.txt"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="session")
def qapp():
    return QApplication.instance() or make_app([])


@pytest.fixture(scope="session")
def last_year():
    """The old report of seed 001."""
    return import_file(SEED).report


@pytest.fixture(autouse=True)
def _no_dialog_waits_for_ever(qapp):
    """A question that no test answers is refused after a while, and the test fails."""
    waited: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        name = dialog.what if isinstance(dialog, Question) else type(dialog).__name__
        if waited and waited[-1] == name:
            dialog.close()
        waited.append(name)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(4000)
    yield
    timer.stop()
    assert not any(a == b for a, b in itertools.pairwise(waited)), waited


@pytest.fixture(autouse=True, scope="module")
def _what_lies_there_already_is_not_looked_through_again():
    """Twelve thousand tests and what they remembered: the collector took a second over them, after every test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _the_collector_runs_between_tests(qapp, monkeypatch):
    """Run while Qt deletes a window, it could delete another one under the very lock that is held: it waits for a quiet moment."""
    gc.disable()
    monkeypatch.setattr(jobs, "gc", SimpleNamespace(disable=gc.disable, enable=gc.disable))
    yield
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()
    gc.collect()


class Wait:
    """Looks every 20 ms, beside what the test goes on with, until `look` has found what was to come: not for ever, and not
    into the next test."""

    running: ClassVar[list["Wait"]] = []

    def __init__(self, look: Callable[[], bool], what: str) -> None:
        self._look, self._what, self._left = look, what, 1000
        self._timer = QTimer(singleShot=True, interval=20)
        self._timer.timeout.connect(self._on_time)
        self.running.append(self)
        self._timer.start()

    def _on_time(self) -> None:
        self._left -= 1
        if not self._left:
            raise AssertionError(f"{self._what} did not come")
        self.running.remove(self)  # what is done then may take long, and wait itself
        if not self._look():
            self.running.append(self)
            self._timer.start()

    @classmethod
    def end_all(cls) -> list[str]:
        """What had not come."""
        left = [one._what for one in cls.running]
        for one in cls.running:
            one._timer.stop()
        cls.running.clear()
        return left


@pytest.fixture(autouse=True)
def _nothing_is_waited_for_afterwards(qapp):
    yield
    assert Wait.end_all() == []


class Office:
    """The window and the one who works at it."""

    def __init__(self, qtbot, document: ReportDocument | None = None) -> None:
        self.qtbot = qtbot
        self.controller = Controller()
        self.window = MainWindow(self.controller)
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.leave())
        self.window.resize(1280, 700)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        if document is not None:
            self.controller.open(document)

    @property
    def document(self) -> ReportDocument:
        return self.controller.document

    @property
    def page(self):
        return self.window.page

    @property
    def status(self) -> str:
        return self.window.said

    def go(self, key: str):
        self.window.go_to(key)
        return self.page

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self._activate()
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def focus(self, widget: QWidget) -> None:
        """The keyboard on a widget: waited for, since a window that is not yet active gives it elsewhere when it becomes so."""

        def is_there() -> bool:
            self._activate()
            widget.setFocus()
            return widget.hasFocus()

        self.qtbot.waitUntil(is_there, timeout=10_000)

    def _activate(self) -> None:
        if QApplication.activeWindow() is not self.window:  # offscreen nobody gives it back after a dialog
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)

    def type(self, text: str) -> None:
        """Keys for what has keys, as an input method for the rest."""
        self._activate()
        for char in text:
            if char == "\n":
                self.press(Qt.Key.Key_Return)
            elif char.isascii():
                QTest.keyClick(QApplication.focusWidget(), char)
            else:
                QApplication.focusWidget().insertPlainText(char)

    def click(self, button: QAbstractButton) -> None:
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def answer(self, words: str, then: Callable[[], object] | None = None) -> list[str]:
        """Press the button of that name in the next dialog; returns a list that will hold what the dialog said."""
        said: list[str] = []

        def look() -> bool:
            dialog = QApplication.activeModalWidget()
            is_question = isinstance(dialog, QDialog) and not isinstance(dialog, Progress)
            if not is_question or not dialog.isActiveWindow():
                return False
            if isinstance(dialog, Question):
                said.extend([dialog.what, dialog.details])
            buttons = [one for one in dialog.findChildren(QAbstractButton) if words in one.text()]
            assert buttons, [one.text() for one in dialog.findChildren(QAbstractButton)]
            buttons[0].click()
            if then:
                then()
            return True

        Wait(look, f"a question with “{words}”")
        return said

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)
        self.window.activateWindow()  # a dialog may have been in front
        QTest.qWaitForWindowActive(self.window)

    def leave(self) -> None:
        if self.controller.has_document:
            self.controller.document.mark_saved()
            self.controller._entries.clear()
        jobs.wait_for_all()


@pytest.fixture
def office(qtbot, qapp):
    return lambda document=None: Office(qtbot, document)


@pytest.fixture
def draft(last_year):
    """This year's draft, last year's report beside it."""

    def make() -> ReportDocument:
        document = ReportDocument(roll_over(last_year, last_year.year + 1), last_year)
        document.mark_unsaved()
        return document

    return make


def visible_texts(widget: QWidget) -> list[str]:
    """Every text that can be read on a widget and what lies in it, tooltips and names for screen readers too."""
    found = []
    for one in [widget, *widget.findChildren(QWidget)]:
        for name in ("text", "placeholderText", "toolTip", "accessibleName", "windowTitle", "title"):
            get = getattr(one, name, None)
            if callable(get):
                try:
                    text = get()
                except TypeError:
                    continue
                if isinstance(text, str) and text:
                    found.append(text)
    return found


def references_lost(paint: Callable[[], object], times: int = 400) -> int:
    """How many references None lost over so many paints: the least of three rounds, since elsewhere objects go too."""
    QApplication.processEvents()
    gc.collect()
    gc.disable()
    try:
        lost = []
        for _ in range(3):
            before = sys.getrefcount(None)
            for _ in range(times):
                paint()
            lost.append(before - sys.getrefcount(None))
        return min(lost)
    finally:
        gc.enable()


def dialog_of(kind: type[QDialog], act: Callable[..., object]) -> None:
    """Do something in the next dialog of that kind."""

    def look() -> bool:
        dialog = QApplication.activeModalWidget()
        is_it = isinstance(dialog, kind) and dialog.isActiveWindow()
        if is_it:
            act(dialog)
        return is_it

    Wait(look, kind.__name__)
