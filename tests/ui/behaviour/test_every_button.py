"""Every button and every entry of a menu is pressed, on every page, and what is asked is answered at random: nothing breaks, and nothing
changes the report without a step of undo. Beside it a monkey at the keyboard.

`NIANBAO_MONKEY=5000` lets it go on for so many steps; `NIANBAO_SEED` chooses others.
"""

import os
import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu, QPushButton, QWidget

from app.form.catalog import form
from tests.ui.conftest import CTRL, SHIFT
from ui.kit import jobs
from ui.kit.jobs import Progress
from ui.state.section_states import places
from ui.window.actions import COMMANDS

SEED = int(os.environ.get("NIANBAO_SEED", "20261129"))
STEPS = int(os.environ.get("NIANBAO_MONKEY", "250"))
PAGES = [place.key for place in places(form("2021"))]
NOT_PRESSED = {"quit", "larger", "smaller"}  # they end this window; their own tests press them
Key = Qt.Key


@pytest.fixture(autouse=True)
def _no_dialog_waits_for_ever():
    """`Answers` sees to that: many of one kind follow each other here."""


class Answers:
    """Answers what is asked while something is pressed: a button at random, and after a few of them no."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._left = 4
        self._timer = QTimer()
        self._timer.setInterval(15)
        self._timer.timeout.connect(self._look)

    def __enter__(self) -> "Answers":
        self._left = 4
        self._timer.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self._timer.stop()

    def _look(self) -> None:
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            return
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or isinstance(dialog, Progress):
            return
        buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
        self._left -= 1
        if self._left < 0 or not buttons:
            dialog.reject()
        else:
            chosen = self._chance.choice(
                buttons
            )  # in its own time: what it opens is looked at by this timer too
            QTimer.singleShot(0, chosen, chosen.click)


@pytest.fixture
def clerk(office, draft, tmp_path, monkeypatch):
    """At a copy of a report; no file is chosen, nothing leaves the program."""
    made = office(draft())
    made.controller.save(tmp_path / "一份.gknb")
    for name, nothing in (
        ("to_open", None),
        ("several_to_open", []),
        ("to_save", (None, "")),
        ("folder_of", None),
    ):
        monkeypatch.setattr(f"ui.kit.file_dialogs.{name}", lambda *_given, nothing=nothing, **_named: nothing)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    monkeypatch.setattr("ui.printing.printers.found", list, raising=False)
    return made


def name_of(button: QWidget | QAction) -> str:
    words = "" if isinstance(button, QAction) else button.accessibleName()
    return f"{type(button).__name__} {words or button.text()}"


def pressed_here(page: QWidget) -> list[QAbstractButton]:
    """The buttons of a page that can be pressed now."""
    found = page.findChildren(QAbstractButton)
    return [
        one for one in found if one.isVisible() and one.isEnabled() and (one.text() or one.accessibleName())
    ]


def press(button: QAbstractButton) -> None:
    """As the clerk does, its menu entry by entry."""
    menu = button.menu() if isinstance(button, QPushButton) else None
    if menu is None:
        button.click()
        return
    menu.aboutToShow.emit()
    for action in [one for one in menu.actions() if one.isEnabled() and not one.isSeparator()]:
        if action.menu() is None:
            action.trigger()
            QApplication.processEvents()


class Watched:
    """What may not happen while `act` runs: the same report otherwise, without a way back."""

    def __init__(self, clerk, answers: Answers) -> None:
        self._clerk, self._answers = clerk, answers

    def does(self, what: str, act: Callable[[], object]) -> None:
        controller = self._clerk.controller
        document, before = controller.document, controller.document.report
        with self._answers:
            act()
            QTest.qWait(1)
            jobs.wait_for_all()
            QApplication.processEvents()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        if not controller.has_document or controller.document is not document:
            controller.open(self._clerk.fresh())
            return
        if document.report is not before:
            assert document.undo_name, f"{what} changed the report and cannot be undone"
        for _ in range(12):
            if document.report == before or not document.undo_name:
                break
            controller.undo()
        assert document.report == before, f"{what} cannot be taken back"


@pytest.mark.parametrize("key", PAGES)
def test_every_button_of_a_page_can_be_pressed(clerk, draft, key):
    clerk.fresh = draft
    watched = Watched(clerk, Answers(random.Random(f"{SEED}{key}")))
    clerk.go(key)
    QApplication.processEvents()
    names = list(dict.fromkeys(name_of(one) for one in pressed_here(clerk.page)))
    assert names
    for name in names:
        page = clerk.go(key)
        QApplication.processEvents()
        button = next((one for one in pressed_here(page) if name_of(one) == name), None)
        if button is not None:  # what stood there is done with
            watched.does(f"{key}: {name}", lambda button=button: press(button))


@pytest.mark.parametrize("key", ["start", "overview", "requests", "export"])
def test_every_entry_of_the_menus_can_be_chosen(clerk, draft, key):
    clerk.fresh = draft
    watched = Watched(clerk, Answers(random.Random(f"{SEED}{key}")))
    for command in COMMANDS:
        if command.key in NOT_PRESSED:
            continue
        clerk.go(key)
        action = clerk.window.actions_[command.key]
        if action.isEnabled():
            watched.does(command.words, action.trigger)
    for action in clerk.window.actions_.pages.actions():
        watched.does(action.text(), action.trigger)


KEYS = [
    *(Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Escape, Key.Key_Space, Key.Key_Delete),
    *(Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End),
    *(Key.Key_F1, Key.Key_F6, Key.Key_F7, Key.Key_F8, Key.Key_F9),
]
TYPED = ["0", "7", "12", "一件", "３", "-", "abc", "2021年", "，", "1,234"]
PASTED = ["1\t2\t3\n4\t5\t6", "一件", "", "x\ty", "12\r\n13", "　\u200b", "5\t" * 30]


CHORDS = [
    *((Key.Key_Period, CTRL), (Key.Key_G, CTRL), (Key.Key_H, CTRL), (Key.Key_D, CTRL), (Key.Key_R, CTRL)),
    *(
        (Key.Key_A, CTRL),
        (Key.Key_X, CTRL),
        (Key.Key_C, CTRL),
        (Key.Key_Backspace, CTRL),
        (Key.Key_Delete, CTRL),
    ),
    *(
        (Key.Key_F6, CTRL),
        (Key.Key_PageDown, CTRL),
        (Key.Key_F8, SHIFT),
        (Key.Key_Down, SHIFT),
        (Key.Key_Right, SHIFT),
    ),
    *((Key.Key_Down, Qt.KeyboardModifier.AltModifier), (Key.Key_Return, CTRL)),
]
_JOBS = 20  # steps after which what runs beside is waited for


def test_a_monkey_at_the_keyboard(clerk, draft):
    """Keys, clicks, pasted text, undo and redo in any order; at its end undo leads back to the beginning."""
    clerk.fresh = draft
    chance = random.Random(SEED)
    document = clerk.document
    with Answers(chance) as answers:
        for step in range(STEPS):
            answers._left = 2
            _monkey_step(clerk, chance)
            if not clerk.controller.has_document or clerk.controller.document is not document:
                clerk.controller.open(clerk.fresh())
                document = clerk.document
            if step % _JOBS == 0:
                jobs.wait_for_all()
            QApplication.processEvents()
    jobs.wait_for_all()
    clerk.controller.take_over()
    for _ in range(5 * STEPS):
        if not document.undo_name:
            break
        document.undo()
    assert not document.undo_name


def _monkey_step(clerk, chance: random.Random) -> None:
    window = clerk.window
    if not window.isVisible():
        return
    target = QApplication.focusWidget() or window
    kind = chance.random()
    if kind < 0.35:
        QTest.keyClick(target, chance.choice(KEYS))
    elif kind < 0.45:
        QTest.keyClick(target, *chance.choice(CHORDS))
    elif kind < 0.65:
        QTest.keyClicks(target, "".join(one for one in chance.choice(TYPED) if one.isascii()))
    elif kind < 0.75:
        QGuiApplication.clipboard().setText(chance.choice(PASTED))
        QTest.keyClick(target, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    elif kind < 0.85:
        clerk.controller.undo() if chance.random() < 0.6 else clerk.controller.redo()
    elif kind < 0.92:
        clerk.go(chance.choice(PAGES))
    else:
        inside = chance.choice([one for one in clerk.page.findChildren(QWidget) if one.isVisible()])
        if not isinstance(inside, QMenu):
            at = QPoint(chance.randrange(max(1, inside.width())), chance.randrange(max(1, inside.height())))
            click = chance.choice([QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick])
            click(inside, Qt.MouseButton.LeftButton, pos=at)
