"""Log-out, shut-down and kill: what stands on the screen is kept at once, nobody is asked, and the next start offers it."""

import os
import signal
import subprocess
import sys
from threading import Timer

import pytest
from PySide6.QtCore import QMetaMethod
from PySide6.QtGui import QGuiApplication

from app import paths
from app.session import session
from app.session.any_report import read_any
from app.storage import files, running
from app.storage.container import Content
from tests.places import PROJECT
from ui.window.endings import Endings

TYPED = "刚刚打的字"
# A clerk who opens a report, types, and is cut off a fifth of a second later.
CLERK = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTextEdit
from ui.window import main, main_window

def type_something():
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, main_window.MainWindow))
    window.go_to("problems")
    editor = next(one for one in window.page.findChildren(QTextEdit) if one.isVisible())
    editor.setFocus()
    editor.insertPlainText("{TYPED}")
    QTimer.singleShot(200, lambda: print("typed", flush=True))

true_exec = QApplication.exec
def exec_(*_args):
    QTimer.singleShot(800, type_something)
    return true_exec()
QApplication.exec = exec_
sys.exit(main.run([sys.argv[1]]))
"""


@pytest.fixture
def saved(tmp_path, draft):
    document = draft()
    path = tmp_path / "报告.gknb"
    files.save(path, Content(document.report, document.prior))
    return path


def kept_texts() -> list[str]:
    return [read_any(one).report.narrative("problems") for one in paths.recovery().glob("*.gknb")]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_keeps_what_was_typed_a_moment_ago(saved, number):
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", CLERK, str(saved)],
        cwd=PROJECT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as clerk:
        Timer(40, clerk.kill).start()
        assert clerk.stdout.readline().strip() == b"typed"
        clerk.send_signal(number)
        said = clerk.communicate(timeout=30)[1].decode()
    assert clerk.returncode == 0, said
    assert "Traceback" not in said
    assert any(TYPED in text for text in kept_texts())
    assert [one.target for one in session.recoverable()] == [saved]
    assert TYPED not in read_any(saved).report.narrative("problems"), "the file itself is the clerk's to save"
    assert not running.begin(), "a polite end is no fault"


@pytest.fixture
def clerk(office, saved):
    made = office()
    made.window.open_path(saved)
    made.window.endings = Endings(QGuiApplication.instance(), made.controller.keep_all)
    yield made
    made.window.endings.deleteLater()


def test_the_end_of_the_session_asks_nothing_and_loses_nothing(clerk):
    clerk.document.set_narrative("problems", TYPED)
    app = QGuiApplication.instance()
    for signal_ in (app.commitDataRequest, app.saveStateRequest):
        assert app.isSignalConnected(QMetaMethod.fromSignal(signal_))
    clerk.window.endings._on_session_end(None)  # as Qt calls it for X11's session manager and for Windows
    assert kept_texts() == [TYPED]
    clerk.document.set_narrative("problems", TYPED + "和后来的")
    assert clerk.window.close(), "closed without a question"
    assert kept_texts() == [TYPED + "和后来的"]


def test_a_log_out_that_was_called_off_lets_the_window_ask_again(clerk, monkeypatch):
    clerk.document.set_narrative("problems", TYPED)
    clerk.window.endings.keep_now()
    assert clerk.window.endings.is_under_way
    monkeypatch.setattr("ui.window.endings.time.monotonic", lambda: 1e9)
    assert not clerk.window.endings.is_under_way


def test_what_cannot_be_kept_at_the_end_is_written_down_and_holds_up_nothing(clerk, monkeypatch, caplog):
    def refuse(*_args):
        raise OSError(28, "full")

    clerk.document.set_narrative("problems", TYPED)
    monkeypatch.setattr("app.session.session.autosave", refuse)
    with caplog.at_level("ERROR", "nianbao"):
        clerk.window.endings.keep_now()
    assert "could not be kept" in caplog.text


def test_after_a_cut_the_next_start_says_so_and_where_the_log_is(office):
    clerk = office()
    clerk.window.say_cut_off()
    assert "上次程序没有正常结束" in clerk.status
    assert str(paths.log_file()) in clerk.status
