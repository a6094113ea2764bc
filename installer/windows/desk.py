"""A Windows of its own under wine, for trials: what is called in it, and what is expected of the answer."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

INSTALLED = r"C:\用户 张三\年报助手"
SECONDS = 400

# wine 8.0 lacks this library of Windows 8 and later, which cryptography asks for.
_PRNG = """
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) { return RtlGenRandom(data, (ULONG)length); }
"""

# As a clerk does it with any version: the report is opened in the window, which is closed again. On the platform that draws into
# memory; here, because wine keeps to itself what begins with QT_.
_OPEN = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics
from ui.window import main
app = main.make_app([])
from ui.state.controller import Controller
from ui.window.main_window import MainWindow
window = MainWindow(Controller())
window.resize(1366, 768)
window.show()
QTimer.singleShot(0, lambda: window.open_path(Path(sys.argv[1])))
def end():
    drawn = all(QFontMetrics(window.font()).inFontUcs4(ord(one)) for one in "政府信息公开")
    Path(sys.argv[2]).write_text(window.windowTitle() + ("" if drawn else "（方框）"), "utf-8")
    window.grab().save(sys.argv[3])
    window.close()
    app.exit(0)
QTimer.singleShot(20000, end)
sys.exit(app.exec())
"""


@dataclass
class Desk:
    """A Windows of its own under wine, in a folder that is thrown away."""

    folder: Path
    failed: list[str] = field(default_factory=list)
    display: str = ""  # of the virtual screen, on which wine shows its message boxes
    written: dict[str, tuple[int, int]] = field(default_factory=dict)  # what was installed
    screen: subprocess.Popen[bytes] | None = None

    @property
    def prefix(self) -> Path:
        return self.folder / "wine"

    @property
    def drive(self) -> Path:
        return self.prefix / "drive_c"

    def unix(self, name: str) -> Path:
        return self.drive / name.removeprefix("C:\\").replace("\\", "/")

    def run(self, *call: str | Path) -> tuple[int, str]:
        """The exit status and all that was said. With a terminal: without one, wine gives Python no standard streams."""
        env = {
            **os.environ,
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEARCH": "win64",
            "HOME": str(self.folder),
        }
        env.pop("DISPLAY", None)
        if self.display:
            env["DISPLAY"] = self.display
        env |= {"LC_ALL": "C.UTF-8", "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe="}
        line = shlex.join(["wine", *map(str, call)])
        inner = f"stty cols 1000 2>/dev/null; {line}"
        done = subprocess.run(
            ["timeout", str(SECONDS), "script", "-qec", inner, "/dev/null"],
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
        return done.returncode, done.stdout

    def open_screen(self) -> None:
        """Where there is Xvfb."""
        if shutil.which("Xvfb"):
            reader, writer = os.pipe()
            call = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
            self.screen = subprocess.Popen(call, pass_fds=[writer], stderr=subprocess.DEVNULL)
            os.close(writer)
            with os.fdopen(reader) as said:
                self.display = f":{said.readline().strip()}"

    def stop(self) -> None:
        if self.screen:
            self.screen.terminate()
            self.screen.wait()
        subprocess.run(["wineserver", "-k"], env={**os.environ, "WINEPREFIX": str(self.prefix)})


class Wrong(Exception):  # noqa: N818 - what a step found
    pass


def expect(is_so: bool, words: str) -> None:
    if not is_so:
        raise Wrong(words)


def bare(word: str) -> list[str]:
    """NSIS takes the last word as it stands, with spaces and without quotes; in pieces, wine puts no quotes around it."""
    return word.split(" ")


def program(desk: Desk, *words: str | Path) -> tuple[int, str]:
    return desk.run(desk.unix(INSTALLED) / "nianbao.exe", *words)


def in_window(desk: Desk, name: str, report: str | Path) -> tuple[str, Path]:
    """The title of the window of what is installed, with the report open and （方框） where it draws boxes; and a picture of it."""
    script = desk.folder / "open.py"
    script.write_text(_OPEN, "utf-8")
    title, picture = desk.folder / f"{name}.txt", desk.folder / f"{name}.png"
    python = desk.unix(INSTALLED) / "python" / "python.exe"
    code, said = desk.run(python, "-X", "utf8", script, report, title, picture)
    done = code == 0 and title.exists() and picture.exists() and picture.stat().st_size > 0
    expect(done, f"窗口（{name}）：退出码 {code}：{plain(said)}")
    return title.read_text("utf-8"), picture


def plain(said: str) -> str:
    """Without what a terminal is told."""
    return re.sub(r"\x1b\[[?0-9;]*[A-Za-z]|\r", "", said)


def prepare(desk: Desk) -> Iterator[str]:
    desk.open_screen()
    code, said = desk.run("wineboot", "-i")
    expect(code == 0, said)
    for path in (desk.drive / "users").glob(
        "*/*"
    ):  # the desktop and its like lead to the home folder of Linux
        if path.is_symlink():
            path.unlink()
            path.mkdir()
    source = desk.folder / "prng.c"
    source.write_text(_PRNG, "utf-8")
    target = desk.drive / "windows" / "system32" / "bcryptprimitives.dll"
    if not target.exists():
        call = [
            "x86_64-w64-mingw32-gcc",
            "-shared",
            "-O2",
            "-s",
            str(source),
            "-o",
            str(target),
            "-ladvapi32",
        ]
        subprocess.run(call, check=True)
        yield "补上这一版 wine 没有的 bcryptprimitives.dll（Windows 8 起都有）"
    version = subprocess.run(["wine", "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    yield version
