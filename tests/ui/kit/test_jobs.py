"""A plain function off the GUI thread: its result, its error, its progress and its end."""

import threading
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import UserError
from ui.kit.jobs import Cancelled, Job, Progress, show_progress


def test_a_job_runs_elsewhere_and_answers_here(qtbot, qapp):
    seen = []
    job = Job(lambda step: threading.get_ident())
    job.done.connect(lambda result: seen.extend([result, threading.get_ident()]))
    with qtbot.waitSignal(job.done):
        job.start()
    assert seen[0] != threading.get_ident() == seen[1]


def test_a_job_that_fails_tells_why(qtbot, qapp):
    def work(step):
        raise UserError("不行", "请再试")

    job = Job(work)
    with qtbot.waitSignal(job.failed) as waited:
        job.start()
    assert str(waited.args[0]) == "不行。请再试。"


def test_a_cancelled_job_says_nothing(qtbot, qapp):
    ended = threading.Event()

    def work(step):
        try:
            for _ in range(1000):
                step("")
                time.sleep(0.01)
        except Cancelled:
            ended.set()
            raise

    job = Job(work)
    with (
        qtbot.assertNotEmitted(job.done, wait=50),
        qtbot.assertNotEmitted(job.failed, wait=50),
        qtbot.waitSignal(job.finished),
    ):
        job.start()
        job.cancel()
    assert ended.is_set()


def test_the_progress_window_is_gone_before_a_question_comes(qtbot, qapp, monkeypatch):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    monkeypatch.setattr("ui.kit.jobs.SHOW_AFTER", 20)
    seen = []
    job = Job(lambda step: time.sleep(0.3))
    job.done.connect(lambda _result: seen.append(dialog.isVisible()))
    show_progress(job, "正在导出……", parent)
    dialog = parent.findChild(Progress)
    job.start()
    qtbot.waitUntil(dialog.isVisible)
    with qtbot.waitSignal(job.done):
        pass
    assert seen == [False]


def test_the_progress_window_never_comes_over_the_question_that_follows(qtbot, qapp):
    """Qt's own progress window has a timer of four seconds that nothing stops."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    job = Job(lambda step: None)
    show_progress(job, "正在导入……", parent)
    dialog = parent.findChild(Progress)
    alive = []

    def ask(_result: object) -> None:  # a question: deleteLater takes effect only after it
        question = QDialog(parent)
        QTimer.singleShot(
            50, lambda: alive.append([one for one in dialog.findChildren(QTimer) if one.isActive()])
        )
        QTimer.singleShot(100, question.reject)
        question.exec()

    job.done.connect(ask)
    with qtbot.waitSignal(job.done):
        job.start()
    assert alive == [[]]


def test_the_progress_window_cancels(qtbot, qapp, monkeypatch):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    monkeypatch.setattr("ui.kit.jobs.SHOW_AFTER", 20)
    done = []

    def work(step) -> None:
        for _ in range(1000):
            step("第1页")
            time.sleep(0.01)

    job = Job(work)
    job.done.connect(done.append)
    show_progress(job, "正在导入……", parent)
    dialog = parent.findChild(Progress)
    job.start()
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.words.text() == "第1页")
    with qtbot.waitSignal(job.finished):
        dialog.cancel_button.click()
    assert done == []
