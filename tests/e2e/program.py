"""The running program on a virtual screen, and the keys that reach it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED = ("Xvfb", "openbox", "xdotool")
MISSING = [name for name in NEEDED if not shutil.which(name)]
needs_screen = pytest.mark.skipif(
    "Xvfb" in MISSING or not sys.platform.startswith("linux"),
    reason="没有安装 Xvfb（sudo apt install xvfb openbox xdotool）",
)
LONGEST_WAIT = 15.0  # seconds for anything to happen on a busy machine
_OWNER = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
board = app.clipboard()
board.setText(sys.stdin.read())
board.dataChanged.connect(lambda: board.ownsClipboard() or app.quit())
print("ready", flush=True)
app.exec()
"""


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


class Program:
    """Started by `call`, words for this Python or a whole command.

    Every wait is for something that can be seen, and says what was to be seen when it did not come.
    """

    def __init__(self, display: str, home: Path, call: list[str], **more: str) -> None:
        self.home = home
        self.env = {**os.environ, "DISPLAY": display, "NIANBAO_HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
        self.env["PYTHONFAULTHANDLER"] = "1"
        self.env.pop("QT_IM_MODULE", None)
        self.env |= more
        began = time.monotonic()
        self.process = subprocess.Popen(
            call if Path(call[0]).is_absolute() else [sys.executable, *call],
            cwd=ROOT,
            env=self.env,
            stderr=subprocess.PIPE,
        )
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
        end = time.monotonic() + LONGEST_WAIT
        while not condition():
            if self.process.poll() is not None:
                raise AssertionError(self.process.stderr.read().decode(errors="replace"))
            if time.monotonic() > end:
                raise AssertionError(f"{otherwise}\n{self.found()}")
            time.sleep(0.02)

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


class Watched(Program):
    """The program with an eye on it: keys are waited for until they have arrived, widgets are reached by Tab alone."""

    def __init__(self, display: str, home: Path, *arguments: str) -> None:
        self._file = home.with_name("seen.json")
        self._sent = 0
        self._owner: subprocess.Popen[str] | None = None
        super().__init__(display, home, ["-m", "tests.e2e.watched", str(self._file), *arguments])
        self.until(lambda: self._file.exists(), "nothing was seen")

    @property
    def seen(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
        return found

    def found(self) -> str:
        return f"seen: {json.dumps(self.seen, ensure_ascii=False)[:3000]}\n{super().found()}"

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.xdotool("key", "--clearmodifiers", key)
            self._arrived(1)

    def type(self, text: str) -> None:
        self.xdotool("type", "--delay", "12", text)
        self._arrived(len(text))

    def _arrived(self, number: int) -> None:
        """Until the program has had these keys; the last of them may have fallen to a window that was just going."""
        self._sent += number
        end = time.monotonic() + 2
        while self.process.poll() is None and self.seen["keys"] < self._sent and time.monotonic() < end:
            time.sleep(0.01)
        self._sent = self.seen["keys"]

    def sees(self, words: str) -> None:
        """Until these words stand somewhere in the window in front."""
        self.until(lambda: any(words in one for one in self.seen["texts"]), f"“{words}” is not to be seen")

    def sees_no_more(self, words: str) -> None:
        self.until(lambda: all(words not in one for one in self.seen["texts"]), f"“{words}” does not go")

    def at(self, words: str) -> None:
        """Until the keyboard is on a widget of this name."""
        self.until(lambda: words in self.seen["focus"], f"the keyboard is not on “{words}”")

    def tab_to(self, words: str, key: str = "Tab") -> None:
        """Go there by Tab, as long as it takes."""
        passed = []
        while words not in self.seen["focus"]:
            passed.append(self.seen["focus"])
            assert len(passed) < 60, f"“{words}” is not reached by {key}: {passed}\n{self.found()}"
            self.keys(key)

    def point_at(self, words: str) -> None:
        """The pointer on the button that begins so, and left there."""
        self.sees(words)
        x, y = next(spot for name, spot in self.seen["spots"].items() if name.startswith(words))
        self.xdotool("mousemove", str(x), str(y))
        time.sleep(0.3)

    def press(self, words: str, key: str = "Tab") -> None:
        """The space bar on the button of this name."""
        self.tab_to(words, key)
        self.keys("space")

    def down_to(self, words: str) -> None:
        """To a line of the list that has the keyboard."""
        passed = []
        while words not in self.seen["item"]:
            passed.append(self.seen["item"])
            assert len(passed) < 60, f"no line “{words}”: {passed}\n{self.found()}"
            self.keys("Down")

    def choose(self, words: str) -> None:
        """An entry of the menu that is open."""
        self.until(lambda: any(words in one for one in self.seen["menu"]), f"no “{words}” in a menu")
        for _ in self.seen["menu"]:
            if words in self.seen["action"]:
                break
            self.keys("Down")
        assert words in self.seen["action"], self.found()
        self.keys("Return")

    def name_file(self, title: str, path: Path) -> None:
        """In the window that asks for a file or folder."""
        self.wait_for(title)
        self.at("")
        self.keys("ctrl+a")
        self.type(str(path))
        self.keys("Return")

    def paste(self, text: str) -> None:
        """What another program has copied."""
        if self._owner is not None:
            self._owner.kill()
            self._owner.wait(5)
        pipe = subprocess.PIPE
        call = [sys.executable, "-c", _OWNER]
        self._owner = subprocess.Popen(call, env=self.env, stdin=pipe, stdout=pipe, text=True)
        self._owner.stdin.write(text)
        self._owner.stdin.close()
        assert self._owner.stdout.readline().strip() == "ready"
        self.keys("ctrl+v")

    def end(self) -> None:
        super().end()
        if self._owner is not None:
            self._owner.kill()
            self._owner.wait(5)
