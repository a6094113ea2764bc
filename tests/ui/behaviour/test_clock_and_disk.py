"""The whole program on a disk that takes three seconds for each sync, and under a clock that is set back while it runs and between
two runs: LD_PRELOAD does to it what a bad stick and a dead battery do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.session import session
from app.storage import files, recovery
from app.storage.backups import backups_of
from app.storage.container import Content
from tests.checks.reports import good
from tests.places import PROJECT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD 只有 Linux 有")

SLOW = """#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
int fsync(int fd) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    write(2, "sync\\n", 5);
    sleep(3);
    return real(fd);
}
"""
FAKE = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
BEGIN = """
import os, sys, time
from pathlib import Path
from PySide6.QtTest import QTest
from ui.state.controller import Controller
from ui.window.main import make_app
from ui.window.main_window import MainWindow
app = make_app([])
window = MainWindow(Controller())
window.show()
window.open_path(Path(sys.argv[1]))
window.go_to("problems")
edit = window.page.editor.edit
edit.moveCursor(edit.textCursor().MoveOperation.End)
def type_(words):
    worst = 0.0
    for sign in words:
        start = time.monotonic()
        QTest.keyClick(edit, sign)
        app.processEvents()
        worst = max(worst, time.monotonic() - start)
        QTest.qWait(40)
    return worst
"""
SLOWLY = "type_('ab')\nprint(type_('abcdefghij' * 15))\nos._exit(0)\n"
SET_BACK = """
clock = Path(os.environ["FAKETIME_TIMESTAMP_FILE"])
type_("first")
window.controller.save()
clock.write_text("@2024-12-01 08:00:00")
assert time.localtime().tm_year == 2024
type_("second")
window.controller.save()
type_("third")
assert window.controller.keep_work()
print(time.localtime().tm_year)
os._exit(0)
"""


def run(code: str, report: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}
    call = [sys.executable, "-c", BEGIN + code, str(report)]
    return subprocess.run(call, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=180)


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))
    path = tmp_path / "报告.gknb"
    files.save(path, Content(good().with_narrative("problems", "开始。")))
    return path


def test_no_key_waits_for_a_disk_that_takes_three_seconds(report, tmp_path):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no compiler for the slow disk")
    (tmp_path / "slow.c").write_text(SLOW)
    library = tmp_path / "slow.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, tmp_path / "slow.c", "-ldl"], check=True)
    typed = run(SLOWLY, report, LD_PRELOAD=str(library))
    assert typed.returncode == 0, typed.stderr
    assert typed.stderr.count("sync") >= 2, "the work was being kept meanwhile"
    assert float(typed.stdout) < 2.0, "a key that had waited for the disk had taken three seconds and more"


@pytest.mark.skipif(not FAKE.exists(), reason="libfaketime is not here")
def test_a_clock_set_back_while_the_program_runs_and_before_the_next_start_loses_nothing(report, tmp_path):
    clock = tmp_path / "clock"
    clock.write_text("@2026-01-09 08:00:00")
    fake = {
        "LD_PRELOAD": str(FAKE),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    worked = run(SET_BACK, report, **fake)
    assert (worked.returncode, worked.stdout.strip()) == (0, "2024"), worked.stderr
    assert said(report) == "开始。firstsecond"
    kept = [said(one.path) for one in backups_of(report)]
    assert kept[:2] == ["开始。firstsecond", "开始。first"], "the last save first, whatever the clock says"
    (item,) = session.recoverable()
    assert session.recover(item).report.narrative("problems") == "开始。firstsecondthird"
    recovery.discard(item)  # or the window asks whether it is wanted
    clock.write_text("@2020-01-01 08:00:00")
    again = run(
        "type_('!')\nwindow.controller.save()\nprint(window.controller.document.path)\nos._exit(0)\n",
        report,
        **fake,
    )
    assert again.returncode == 0, again.stderr
    assert said(report) == "开始。firstsecond!", "the lock of the program that is gone keeps nobody out"
    assert said(backups_of(report)[0].path) == "开始。firstsecond!"


def said(path: Path) -> str:
    return files.read(path).content.report.narrative("problems")
