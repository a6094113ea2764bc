"""The first lines of the packaged program: mends what the desktop set for another Qt, and shows what nobody could read."""

import marshal
import os
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

_TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib lies in the one file
_PACKED = "modules.bin"
_FOLDERS = (
    "program",
    "packages",
    "python/lib/python3.11",
)  # as installer/linux/tree.py names them to pack_modules.py
_QT = "packages/PySide6"
_AHEAD = (
    "packages/shiboken6",
    f"{_QT}/Qt/lib",
    _QT,
    f"{_QT}/Qt/plugins/platforms",
    "python/lib/python3.11/lib-dynload",
)
_PIECE = 1 << 20  # the kernel takes no more at a time
_NOT_AHEAD = ("libicudata", "PrintSupport", "libqoffscreen")  # of which little or nothing is read


class Packed:
    """Finds the modules of the start in one file: a disk that turns is asked once and not once a module."""

    def __init__(self, data: bytes) -> None:
        begin = 8 + int.from_bytes(data[:8], "little")
        self._index: dict[str, tuple[int, int, str, bool]] = marshal.loads(data[8:begin])
        self._codes = memoryview(data)[begin:]

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name not in self._index:
            return None
        _begin, _end, place, is_package = self._index[name]
        number, _, rest = place.partition("/")
        spec = ModuleSpec(name, self, origin=f"{_TOP}/{_FOLDERS[int(number)]}/{rest}", is_package=is_package)  # type: ignore[arg-type]
        spec.has_location = True
        if spec.submodule_search_locations is not None and spec.origin:
            spec.submodule_search_locations.append(spec.origin.rpartition("/")[0])
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """As usual."""

    def exec_module(self, module: ModuleType) -> None:
        begin, end, _place, _is_package = self._index[module.__name__]
        exec(marshal.loads(self._codes[begin:end]), module.__dict__)


def find_packed() -> None:
    """Where the file is not there, each module is read from its own."""
    try:
        with open(f"{_TOP}/{_PACKED}", "rb") as file:  # noqa: PTH123
            sys.meta_path.insert(0, Packed(file.read()))  # type: ignore[arg-type]
    except (OSError, ValueError, EOFError, TypeError):
        pass


def read_ahead() -> None:
    """Qt's libraries are asked for as a whole before they are needed piece by piece; a busy disk reads on meanwhile."""
    for folder in _AHEAD:
        try:
            for entry in os.scandir(f"{_TOP}/{folder}"):
                if ".so" in entry.name and not any(one in entry.name for one in _NOT_AHEAD):
                    handle = os.open(entry.path, os.O_RDONLY)
                    for begin in range(0, os.fstat(handle).st_size, _PIECE):
                        os.posix_fadvise(handle, begin, _PIECE, os.POSIX_FADV_WILLNEED)
                    os.close(handle)
        except OSError:
            pass


if __name__ == "__main__":
    find_packed()
    read_ahead()

# these come out of the one file too
import io  # noqa: E402
import pwd  # noqa: E402
from collections.abc import Callable, MutableMapping, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TextIO  # noqa: E402

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


def window_of(sentence: str, find: Callable[[str], str | None] | None = None) -> list[str] | None:
    """The call that shows the sentence, with what the desktop has; None where it has nothing."""
    import shutil

    find = find or shutil.which
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
            import subprocess

            subprocess.run(call, check=False)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
