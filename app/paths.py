"""Where things lie: templates and resources (from source and when frozen), and the user's own folders."""

import os
import sys
from functools import cache
from pathlib import Path

PROGRAM = "nianbao"
PORTABLE = "年报助手数据"  # a folder of this name beside the program: everything of the user is kept there


def exists(path: Path) -> bool:
    """Whether anything is known to lie there; what may not be looked at, or is no name, does not. `Path` itself raises."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def root() -> Path:
    """The folder that holds `templates/` and `resources/`."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    return _installed(__file__)


@cache
def _installed(own: str) -> Path:
    """Asked at every key, and the same as long as the program runs."""
    inside = Path(own).resolve().parent / "_data"  # of an installed wheel
    return inside if inside.is_dir() else Path(own).resolve().parent.parent


def templates() -> Path:
    return root() / "templates"


def resources() -> Path:
    return root() / "resources"


def build() -> str:
    """Of which commit and day an installed program was made; "" when it runs from its sources."""
    try:
        return (root() / "build.txt").read_text("utf-8").strip()
    except OSError:
        return ""


def build_mark() -> tuple[int, int, int] | None:
    """Another one as soon as an update has replaced an installed program; None when it runs from its sources, or is gone."""
    try:
        found = (root() / "build.txt").stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def user_data() -> Path:
    """The user's folder for settings, recovery and backups; not created here.

    `NIANBAO_HOME` overrides it (tests); else the folder beside the program, for use from a memory stick.
    """
    if chosen := os.environ.get("NIANBAO_HOME"):
        return Path(chosen)
    for folder in (Path(sys.executable).parent, root()):
        if is_folder(folder / PORTABLE):
            return folder / PORTABLE
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / PROGRAM


def user_fonts() -> Path:
    """A folder in which the user may lay faces of his own; they win over all others."""
    return user_data() / "fonts"


def recovery() -> Path:
    """What was typed and not yet saved."""
    return user_data() / "recovery"


def backups() -> Path:
    """Copies of the last saves, one folder a report."""
    return user_data() / "backups"


def settings_file() -> Path:
    return user_data() / "settings.json"


def log_file() -> Path:
    return user_data() / "nianbao.log"
