"""A lock file beside the report, so that two windows on one file are told."""

import contextlib
import hashlib
import json
import os
import secrets
import socket
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from app import own_files
from app.errors import UserError
from app.storage.files import real_path
from app.storage.windows_names import reachable

_LONGEST_NAME = 60  # characters of a report's name in that of its lock
_FRESH = 0.5  # seconds for which a lock without an owner may still be being written
_TRIES = 10


class InUse(UserError):  # noqa: N818 - a refusal, not a fault
    """Another window, perhaps on another computer, has the report open."""


@dataclass(frozen=True, slots=True)
class Owner:
    """One running program: `started` tells it from a later one that was given the same number."""

    pid: int
    host: str
    started: str = ""
    user: str = ""

    @property
    def is_here(self) -> bool:
        return self.host == socket.gethostname()

    @property
    def is_running(self) -> bool:
        """Whether it may still run: always true of another computer, which cannot be asked."""
        if not self.is_here:
            return True
        started = _started(self.pid)
        return _runs(self.pid) and (not self.started or not started or started == self.started)


def myself() -> Owner:
    return Owner(os.getpid(), socket.gethostname(), _started(os.getpid()), _user())


def owner_of(data: object) -> Owner | None:
    """The owner as JSON holds it; None when it is not one."""
    if not isinstance(data, dict) or type(data.get("pid")) is not int or not 0 < data["pid"] < 2**31:
        return None
    texts = [data.get(key, "") for key in ("host", "started", "user")]
    return Owner(data["pid"], *texts) if all(isinstance(text, str) for text in texts) else None


class Lock:
    """Held from `acquire` to `release`. Within one program a report may be locked several times."""

    _held: dict[Path, int] = {}  # noqa: RUF012 - one register for the program

    def __init__(self, path: Path) -> None:
        self._path = real_path(path)
        self._file = lock_file(reachable(self._path))
        self._is_held = False

    def acquire(self) -> None:
        """InUse when another window has it. A folder that cannot be written has no lock, and needs none."""
        if self._is_held:
            return
        if self._path not in self._held:
            self._create()
        self._held[self._path] = self._held.get(self._path, 0) + 1
        self._is_held = True

    def release(self) -> None:
        if not self._is_held:
            return
        self._is_held = False
        self._held[self._path] -= 1
        if not self._held[self._path]:
            del self._held[self._path]
            if _read(self._file) == myself():
                with contextlib.suppress(OSError):
                    self._file.unlink()

    def _create(self) -> None:
        for _ in range(_TRIES):
            try:
                handle = os.open(self._file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
            except FileExistsError:
                self._take_over()
                continue
            except OSError:
                return
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(asdict(myself()), file, ensure_ascii=False)
            except OSError:  # a full disk: the report itself will say so
                with contextlib.suppress(OSError):
                    self._file.unlink()
            return

    def _take_over(self) -> None:
        """Set aside the lock of a program that is gone; InUse when it runs, or runs where it cannot be asked."""
        owner = _read(self._file)
        if owner is not None and owner != myself() and owner.is_running:
            where = "这台电脑的另一个窗口" if owner.is_here else f"电脑“{owner.host}”"
            who = f"（用户 {owner.user}）" if owner.user else ""
            raise InUse(f"“{self._path.name}”正在{where}{who}里打开着", "请先在那里关闭，或另存一份再改")
        if owner is None and _age(self._file) < _FRESH:
            time.sleep(_FRESH / 5)  # somebody is just writing it
            return
        aside = self._file.with_name(f"{self._file.name}.{secrets.token_hex(4)}")
        with contextlib.suppress(OSError):
            self._file.replace(aside)
            if _read(aside) == owner:
                aside.unlink()
            else:  # somebody was quicker: it is his new lock that was set aside
                aside.replace(self._file)


def lock_file(path: Path) -> Path:
    """A name of its own for each report, also where theirs are long and begin alike."""
    name = path.name
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 9]}-{hashlib.blake2b(name.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"
    return path.with_name(f".~lock.{name}#")


def _read(file: Path) -> Owner | None:
    try:
        return owner_of(own_files.read_json(file))
    except (OSError, ValueError):
        return None


def _age(file: Path) -> float:
    try:
        return time.time() - file.stat().st_mtime
    except OSError:
        return _FRESH


def _user() -> str:
    return os.environ.get("USERNAME") or os.environ.get("USER") or ""


def _started(pid: int) -> str:
    """When a process began, in the system's own ticks; "" where that is not known."""
    if sys.platform == "win32":
        return _started_on_windows(pid)
    fields = _stat(pid)
    return fields[19] if len(fields) > 19 else ""  # field 22, counted after the name


def _stat(pid: int) -> list[str]:
    """What Linux says of a process behind its name: its state first."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return []


def _started_on_windows(pid: int) -> str:
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return ""
    times = [ctypes.c_ulonglong() for _ in range(4)]  # began, ended, in the kernel, in the program
    try:
        done = kernel.GetProcessTimes(handle, *map(ctypes.byref, times))
        return str(times[0].value) if done else ""
    finally:
        kernel.CloseHandle(handle)


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        return _runs_on_windows(pid)
    if _stat(pid)[:1] in (["Z"], ["X"]):  # killed, and nobody has asked after it yet
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _runs_on_windows(pid: int) -> bool:
    """os.kill(pid, 0) would end the process there."""
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(0x00100000, False, pid)  # SYNCHRONIZE
    if not handle:
        return bool(ctypes.get_last_error() == 5)  # type: ignore[attr-defined,unused-ignore]  # access denied: it is there
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == 0x102)  # WAIT_TIMEOUT
    finally:
        kernel.CloseHandle(handle)
