"""The card that says that the program is opening."""

import os
import subprocess
import sys
import time

import pytest
from PySide6.QtWidgets import QLabel

from tests.places import PROJECT
from ui.window import opening_card


def test_a_window_that_comes_at_once_has_no_card(qtbot):
    assert opening_card.shown_if_slow(time.monotonic()) is None


def test_a_slow_computer_shows_it_in_the_middle_of_the_screen(qtbot):
    card = opening_card.shown_if_slow(time.monotonic() - 1)
    qtbot.addWidget(card)
    assert card.isVisible()
    assert [one.text() for one in card.findChildren(QLabel) if one.text()] == [opening_card.WORDS]
    middle = card.screen().availableGeometry().center()
    assert (card.geometry().center() - middle).manhattanLength() <= 4  # half a frame


# The program as it is started, ended as soon as its window is up.
START = """
import sys, time
from PySide6.QtWidgets import QApplication
from ui.window import main, opening_card
make = opening_card.shown_if_slow
def told(began):
    card = make(began)
    print(card is not None and card.isVisible(), flush=True)
    return card
opening_card.shown_if_slow = told
def end(*_args):
    QApplication.processEvents()
    print(*[type(one).__name__ for one in QApplication.topLevelWidgets() if one.isVisible()], flush=True)
    return 0
QApplication.exec = end
main.run([], time.monotonic() - float(sys.argv[1]))
"""


@pytest.mark.parametrize(("ago", "said"), [("5", ["True", "MainWindow"]), ("-60", ["False", "MainWindow"])])
def test_it_is_gone_when_the_window_is_there(tmp_path, ago, said):
    env = {**os.environ, "NIANBAO_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-c", START, ago]
    done = subprocess.run(call, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == said, done.stderr
