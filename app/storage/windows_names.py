"""What Windows asks of a file's name: which it refuses or quietly changes, and how one of more than 259 characters is reached."""

import re
import sys
from pathlib import Path

_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.IGNORECASE | re.DOTALL
)
_SIGN = re.compile(r"[<>:\"/\\|?*\x00-\x1f]")
_LONGEST = (
    235  # of a whole name that Windows takes as it stands: 259, less what a lock or a temporary file has more
)


def fault(name: str) -> str | None:
    """What is wrong with a file's name on Windows, whose sentence goes on after the name; None when nothing is."""
    if _DEVICE.fullmatch(name):
        return "是 Windows 留给设备的名字"
    if found := _SIGN.search(name):
        return f"里有文件名不能用的“{found[0]}”" if found[0].isprintable() else "里有文件名不能用的字符"
    if name.endswith((".", " ")):
        return "末尾的点或空格 Windows 不会保留"
    return None


def fault_here(path: Path) -> str | None:
    """The same, on Windows alone."""
    return fault(path.name) if sys.platform == "win32" else None


def reachable(path: Path) -> Path:
    """The same file under a name that Windows opens however long it is; elsewhere the path itself."""
    return Path(extended(str(path))) if sys.platform == "win32" else path


def exists(path: Path) -> bool:
    """Whether anything lies there, a folder too; what cannot be looked at (a share that is gone) does not."""
    try:
        return reachable(path.absolute()).exists()
    except (OSError, ValueError):
        return False


def extended(name: str) -> str:
    r"""`C:\…` → `\\?\C:\…`, `\\server\share\…` → `\\?\UNC\server\share\…`, when they are long and whole."""
    if len(name) <= _LONGEST or name.startswith(("\\\\?\\", "\\\\.\\")):
        return name
    if name.startswith("\\\\"):
        return "\\\\?\\UNC" + name[1:]
    return "\\\\?\\" + name if re.match(r"[A-Za-z]:\\", name) else name
