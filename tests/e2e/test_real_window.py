"""The program as a clerk meets it: a real window on a real (virtual) screen, only the keyboard, no mouse."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app import session
from app.document import ReportDocument
from app.rollover import roll_over
from app.storage import files
from app.storage.container import Content

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = ROOT / "tests" / "samples" / "001_zhangjiachan_2020.txt"
NEEDED = ("Xvfb", "openbox", "xdotool")
MISSING = [name for name in NEEDED if not shutil.which(name)]

pytestmark = pytest.mark.skipif(
    "Xvfb" in MISSING or not sys.platform.startswith("linux"),
    reason="没有安装 Xvfb，真实窗口的测试跳过（sudo apt install xvfb openbox xdotool）",
)


def managed(env: dict[str, str]) -> subprocess.Popen[bytes]:
    """A window manager that answers: no window is active before there is one."""
    for _ in range(3):
        manager = subprocess.Popen(["openbox"], env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(100):
            if manager.poll() is not None:
                break
            if not subprocess.run(["xdotool", "get_desktop"], env=env, capture_output=True).returncode:
                return manager
            time.sleep(0.05)
        manager.kill()
        said = manager.communicate()[1].decode(errors="replace")
    raise AssertionError(f"openbox does not answer: {said}")


@pytest.fixture(scope="module")
def display(tmp_path_factory):
    """A screen of 1366×768 with a window manager; its number."""
    assert not MISSING, f"缺少 {'、'.join(MISSING)}：sudo apt install xvfb openbox xdotool"
    reader, writer = os.pipe()
    call = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(call, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        name = ":" + answer.readline().strip()
    env = {**os.environ, "DISPLAY": name, "HOME": str(tmp_path_factory.mktemp("openbox"))}
    manager = managed(env)
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait(5)


class Program:
    """The running program and the keys that reach it."""

    def __init__(self, display: str, home: Path, *arguments: str) -> None:
        self.home = home
        self.env = {**os.environ, "DISPLAY": display, "NIANBAO_HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
        self.env["PYTHONFAULTHANDLER"] = "1"
        self.env.pop("QT_IM_MODULE", None)
        began = time.monotonic()
        call = [sys.executable, "-m", "app", *arguments]
        self.process = subprocess.Popen(call, cwd=ROOT, env=self.env, stderr=subprocess.PIPE)
        self.wait_for("年报助手")
        self.seconds = time.monotonic() - began

    def xdotool(self, *words: str) -> str:
        call = ["xdotool", *words]
        return subprocess.run(call, env=self.env, capture_output=True, text=True, check=False).stdout.strip()

    def title(self) -> str:
        return self.xdotool("getactivewindow", "getwindowname")

    def wait_for(self, words: str) -> None:
        """Until the active window has these words in its title."""
        self.until(lambda: words in self.title(), f"no window “{words}”, but “{self.title()}”")

    def until(self, condition: Callable[[], bool], otherwise: str) -> None:
        for _ in range(200):
            if condition():
                return
            if self.process.poll() is not None:
                raise AssertionError(self.process.stderr.read().decode(errors="replace"))
            time.sleep(0.05)
        raise AssertionError(f"{otherwise}\n{self.found()}")

    def found(self) -> str:
        """Why a window may not have come: what is on the screen, whether it is managed, where the program stands."""
        windows = self.xdotool("search", "--onlyvisible", "--name", "").split()
        titles = [self.xdotool("getwindowname", one) for one in windows]
        desktop = self.xdotool("get_desktop")
        self.process.send_signal(signal.SIGABRT)  # faulthandler tells every thread's place
        said = self.process.communicate(timeout=10)[1].decode(errors="replace")
        logs = [one.read_text("utf-8", "replace") for one in self.home.rglob("*.log")]
        return f"windows: {titles}\nmanaged: {desktop or 'no'}\n" + "\n".join([said, *logs])[-6000:]

    def keys(self, *keys: str) -> None:
        self.xdotool("key", "--clearmodifiers", "--delay", "40", *keys)
        time.sleep(0.15)

    def type(self, text: str) -> None:
        self.xdotool("type", "--delay", "40", text)
        time.sleep(0.15)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(5)


@pytest.fixture
def start(display, tmp_path):
    running: list[Program] = []

    def begin(*arguments: str) -> Program:
        running.append(Program(display, tmp_path / "home", *arguments))
        return running[-1]

    yield begin
    for program in running:
        program.end()


@pytest.fixture
def report(tmp_path):
    """This year's draft on disk, all cells 0 but those of 表三's first column."""
    last = session.import_report(SEED).report
    document = ReportDocument(roll_over(last, 2021), last)
    form = document.form
    first = {ref for ref in form.section("requests").cells if ref.column == "natural_person"}
    document.fill_blanks(ref for ref in form.cells if ref not in form.totals and ref not in first)
    path = tmp_path / "报告.gknb"
    files.save(path, Content(document.report, document.prior))
    return path


def cell(path: Path, row: str) -> object:
    values = session.read_any(path).report.values
    return next((value for ref, value in values.items() if ref[1:] == (row, "natural_person")), None)


def test_cells_are_typed_undone_and_saved_by_the_keyboard_alone(start, report):
    program = start(str(report))
    program.wait_for("报告 — 年报助手")
    program.keys("alt+3")
    program.type("12")
    program.keys("Return")
    program.wait_for("报告* — 年报助手")
    program.keys("ctrl+s")
    program.wait_for("报告 — 年报助手")
    assert cell(report, "received") == 12
    program.keys("ctrl+z")
    program.wait_for("报告* — 年报助手")
    program.keys("ctrl+s")
    program.wait_for("报告 — 年报助手")
    assert cell(report, "received") is None
    program.keys("ctrl+q")
    program.until(lambda: program.process.poll() is not None, "the program did not end")
    assert program.process.returncode == 0


def test_what_was_typed_before_a_kill_is_offered_again(start, report):
    program = start(str(report))
    program.wait_for("报告 — 年报助手")
    program.keys("alt+5")
    program.keys("ctrl+End")
    program.type("abc")
    program.wait_for("报告* — 年报助手")
    time.sleep(2.6)  # the promise: within two seconds of the last change
    program.process.kill()
    program.process.wait(5)
    kept = list((Path(program.env["NIANBAO_HOME"]) / "recovery").glob("*.gknb"))
    assert [session.read_any(path).report.narrative("problems")[-3:] for path in kept] == ["abc"]
    again = start()
    again.wait_for("年报助手")
    time.sleep(0.5)
    again.keys("space")  # the keyboard is on 恢复
    again.wait_for("报告* — 年报助手")
    again.keys("ctrl+s")
    again.wait_for("报告 — 年报助手")
    assert session.read_any(report).report.narrative("problems").endswith("abc")
    assert session.recoverable() == []
