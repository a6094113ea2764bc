"""The first lines of the packaged program: mends what the desktop set for another Qt, and shows what nobody could read."""

import io
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import TextIO

_OF_OTHER_QT = (
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
    "QT_QPA_PLATFORMTHEME",
    "QT_QPA_FONTDIR",
    "QT_QPA_GENERIC_PLUGINS",
    "QT_STYLE_OVERRIDE",
    "QT_XCB_GL_INTEGRATION",
    "QT_DEBUG_PLUGINS",
    "QML_IMPORT_PATH",
    "QML2_IMPORT_PATH",
)
_REFUSED = 2  # the exit status of app/commands/cli.py


def mend(variables: MutableMapping[str, str], platforms: Sequence[str]) -> None:
    """Only platforms that the package holds remain (UOS sets dxcb); child processes of ours stay among our own modules."""
    for name in _OF_OTHER_QT:
        variables.pop(name, None)
    wanted = variables.get("QT_QPA_PLATFORM", "").split(";")
    known = [one for one in wanted if one.partition(":")[0] in platforms]
    variables["QT_QPA_PLATFORM"] = known[0] if known else "xcb"
    if "wayland" not in platforms:
        variables.pop(
            "WAYLAND_DISPLAY", None
        )  # a desktop of this kind offers X too; where not, there is a sentence
    variables["PYTHONSAFEPATH"] = variables["PYTHONNOUSERSITE"] = "1"


def settle(variables: MutableMapping[str, str], top: Path, kept: str) -> None:
    """Where the clerk's things lie: in a folder named `kept` at the top of this one, for use from a memory stick, if there is
    one; and in the home that the system knows where no HOME is set, as from a service or a bare `su`."""
    if (top / kept).is_dir():
        variables.setdefault("NIANBAO_HOME", str(top / kept))
    if not variables.get("HOME"):
        try:
            variables["HOME"] = pwd.getpwuid(os.getuid()).pw_dir
        except KeyError:  # a number without a name: nobody's
            variables["HOME"] = "/nonexistent"


def platforms(folder: Path) -> list[str]:
    """The platforms that Qt can start on, by the names of its plugins."""
    return [path.name.removeprefix("libq").removesuffix(".so") for path in sorted(folder.glob("libq*.so"))]


class Both(io.TextIOBase):
    """Standard error, and a copy of what was written to it."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.said = ""

    def write(self, text: str) -> int:
        self.said = (self.said + text)[-2000:]
        if self._stream is not None:
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        if self._stream is not None:
            self._stream.flush()

    def isatty(self) -> bool:
        return False

    def reconfigure(self, **ways: str) -> None:
        if isinstance(self._stream, io.TextIOWrapper):
            self._stream.reconfigure(**ways)  # type: ignore[arg-type]


def opens_a_window(words: Sequence[str]) -> bool:
    """Whether this call came from a menu or a double click: no command, at most one file."""
    return not words or (len(words) == 1 and Path(words[0]).is_absolute())


def window_of(sentence: str, find: Callable[[str], str | None] = shutil.which) -> list[str] | None:
    """The call that shows the sentence, with what the desktop has; None where it has nothing."""
    ways = {
        "zenity": ["--error", "--no-markup", "--title=年报助手", f"--text={sentence}"],
        "kdialog": ["--title", "年报助手", "--error", sentence],
        "xmessage": ["-center", sentence],
    }
    return next(([tool, *words] for tool, words in ways.items() if find(tool)), None)


def main(words: list[str]) -> int:
    qt = Path(__file__).resolve().parent.parent / "packages" / "PySide6" / "Qt"
    mend(os.environ, platforms(qt / "plugins" / "platforms"))
    from app import paths

    settle(os.environ, Path(__file__).resolve().parent.parent, paths.PORTABLE)
    unseen = opens_a_window(words) and (sys.stderr is None or not sys.stderr.isatty())
    both = Both(sys.stderr) if unseen else None
    if both is not None:
        sys.stderr = both  # type: ignore[assignment]
    from app.commands import cli

    status = cli.main(words)
    if both is not None and status == _REFUSED and both.said.strip():
        call = window_of(both.said.strip())
        if call is not None and os.environ.get("DISPLAY"):
            subprocess.run(call, check=False)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
