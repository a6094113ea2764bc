"""A file on disk: read, and replaced as a whole or not at all (docs/gknb.md §4: in 25 power cuts nothing was lost)."""

import contextlib
import errno
import hashlib
import io
import os
import re
import secrets
import select
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from app.errors import UserError
from app.paths import is_folder
from app.storage.codec import dump
from app.storage.container import Content, pack, unpack
from app.storage.windows_names import exists, fault_here, reachable

MOST_BYTES = 100 * 1024 * 1024  # a report of pictures has a few; more was chosen by mistake
STALE_AFTER = 24 * 3600.0  # seconds after which a temporary file of ours belongs to nobody
_TRIES = 12  # on Windows a virus scanner or a preview holds a file for a moment; 4.5 seconds in all
_HELD = (32, 33)  # Windows: another program has the file, or a part of it
_PAIR = re.compile(rb"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}")  # as the codec writes them
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_T = TypeVar("_T")
# What `_temporary` makes, of whatever report or exported file: .~年报.pdf.0123456789ab
_LEFT_OVER = re.compile(r"\.~.+\.[0-9a-f]{12}(?:\.old)?")
_PIECE = 1 << 22  # bytes read at a time
_NO_WRITER_FOR = 2.0  # seconds in which a pipe may get somebody who writes into it
_written: list[Path] = []  # by this program, the latest last
_swept: set[Path] = set()  # folders, once in the life of a program


class ChangedOnDisk(UserError):  # noqa: N818 - a refusal, not a fault
    """The file is no longer the one that was opened: somebody else saved it. `force` overwrites it."""


class GoneFromDisk(ChangedOnDisk):
    """The file is not where it was opened: somebody renamed, moved or deleted it. `force` writes a new one there."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A report as it lay on disk, and the mark by which a later save knows that nobody changed it."""

    content: Content
    digest: str


def read(path: Path) -> Opened:
    """Read a .gknb; UserError names the file. It is never altered."""
    data = read_bytes(path)
    try:
        return Opened(unpack(data), digest_of(data))
    except UserError as error:
        raise UserError(f"打不开“{path.name}”：{error.what}", error.what_to_do) from None


def save(path: Path, content: Content, expected: str | None = None, force: bool = False) -> str:
    """Replace `path` by this content and return its new mark.

    `expected` is the mark of what was opened: when something else lies there now, ChangedOnDisk is raised unless `force`.
    """
    _refuse_name(path)
    path = real_path(path)
    if expected is not None and not force:
        _refuse_another(path, expected)
    data = pack(content)
    if len(data) > MOST_BYTES:  # it could not be opened again
        raise UserError(
            f"报告里的图片太大，合计超过{MOST_BYTES // 2**20}兆，没有保存",
            "请把图片缩小或删去几张，再保存一次",
        )

    def verify(written: bytes) -> None:
        try:
            found = unpack(written)
        except UserError as error:
            raise RuntimeError(f"a report that cannot be read again: {error}") from error  # a bug of ours
        if found != content:
            if _PAIR.search(
                dump(content.report) + (dump(content.prior) if content.prior else b"")
            ):  # two halves of one character are read again as one
                raise UserError("文字里有拆成两半的表情符号，没有保存", "请删去表情符号，或重新输入后再保存")
            raise RuntimeError("a report that is read again as another one")

    write_bytes(path, data, verify)
    return digest_of(data)


def _refuse_another(path: Path, expected: str) -> None:
    """Something else, or nothing, lies where the report was opened; a folder that is gone is told by writing."""
    now = digest_on_disk(path)
    if now is None and is_folder(path.parent) and not exists(path):
        raise GoneFromDisk(
            f"“{path.name}”不在原来的位置了，打开以后被改名、移走或删除了",
            "请另存为新文件，或确认后在原处再保存一份",
        )
    if now not in (None, expected):
        raise ChangedOnDisk(
            f"“{path.name}”在打开以后被别的程序或别人改过", "请另存为新文件，或确认后用现在的内容覆盖"
        )


def digest_of(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_on_disk(path: Path) -> str | None:
    """The mark of what lies there now; None when there is nothing."""
    return digest_of(read_bytes(path)) if is_there(path) else None


def is_there(path: Path) -> bool:
    """Whether a file lies there; what cannot be looked at (a name too long, a share that is gone) does not."""
    try:
        return reachable(path).is_file()
    except (OSError, ValueError):
        return False


def real_path(path: Path) -> Path:
    """Where the file really lies: a link is written through, not replaced."""
    with contextlib.suppress(OSError, RuntimeError):
        return path.resolve()
    return path.absolute()


def read_bytes(path: Path) -> bytes:
    """Any file's bytes, or a UserError that says why not. What another program has to itself is waited for on Windows."""
    if fault := fault_here(path):
        raise UserError(f"“{path.name}”{fault}，不能打开", "请选择一份报告文件")
    there = reachable(path.absolute())
    try:
        if there.is_dir():
            raise UserError(f"“{path.name or path}”是文件夹", "请选择文件夹里的报告文件")
        if there.stat().st_size > MOST_BYTES:
            raise _too_large(path.name)
        if there.is_char_device() or there.is_block_device():  # some never end
            raise UserError(f"“{path.name}”是设备，不是文件", "请选择一份报告文件")
        if there.is_fifo():
            return read_stream(io.BytesIO(_read_pipe(there)), path.name)
        with _patiently(lambda: there.open("rb"), lambda _attempt: _is_held(there)) as file:
            return read_stream(file, path.name)
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(f"找不到文件“{path}”", "请检查文件名和位置，或重新选择文件") from None
    except (OSError, ValueError) as error:
        raise _read_refusal(path, error) from None


def _read_pipe(path: Path) -> bytes:
    """All that comes through a pipe; a named one into which nobody writes would be waited for without end."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    found, begun, until = bytearray(), False, time.monotonic() + _NO_WRITER_FOR
    try:
        while len(found) <= MOST_BYTES:
            try:
                piece = os.read(handle, 1 << 16)
            except BlockingIOError:  # somebody will write
                begun = True
                select.select([handle], [], [])
                continue
            found += piece
            if not piece and begun:
                break
            begun = begun or bool(piece)
            if not begun and time.monotonic() > until:
                raise UserError(f"“{path.name}”是管道，没有程序往里写", "请选择一份报告文件")
            if not begun:
                time.sleep(0.02)
    finally:
        os.close(handle)
    return bytes(found)


def read_stream(file: BinaryIO, name: str) -> bytes:
    """All that an open file holds; UserError for more than a report can have."""
    pieces, size = [], 0
    while piece := file.read(_PIECE):  # Python makes room for all that is asked for, were it one byte
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            raise _too_large(name)
    return b"".join(pieces)


def _too_large(name: str) -> UserError:
    return UserError(f"“{name}”超过{MOST_BYTES // 2**20}兆，不像是一份年报", "请确认选对了文件")


def write_bytes(path: Path, data: bytes, verify: Callable[[bytes], None] | None = None) -> None:
    """Replace a file as a whole: temp in the same folder, fsync, verify, replace, fsync of the folder.

    `verify` is given what was read back and raises when it is not good; the old file is then still there. UserError says
    what kept it from being written.
    """
    write_together([(path, data)], verify)


def write_together(
    wanted: Sequence[tuple[Path, bytes]], verify: Callable[[bytes], None] | None = None
) -> None:
    """Replace several files, all of them or none: each is on the disk beside its place before the first takes it.

    What keeps one from being written takes the others back; only an end of the whole computer between two of the
    renames, which take a thousandth of a second, leaves some new and some old.
    """
    moves: list[_Move] = []
    path = Path()
    try:
        for path, data in wanted:
            _refuse_name(path)
            place = reachable(path := real_path(path))
            _refuse_what_is_no_file(place)
            _refuse_read_only(place)
            moves.append(_Move(place))
            _prepare(moves[-1], data, verify)
        for move in moves:
            path = move.path
            move.make(keeps_old=len(moves) > 1)
    except BaseException as error:
        for move in reversed(moves):
            move.take_back()
        if isinstance(error, OSError | ValueError):
            raise _write_refusal(path, error) from error
        raise
    for move in moves:
        move.settle()
        _written.append(move.path)
    for folder in {move.path.parent for move in moves}:
        _sync_folder(folder)
        if folder not in _swept:
            _swept.add(folder)
            sweep(folder)


class _Move:
    """One file on its way to its place; what lay there can be put back until all of them have arrived."""

    def __init__(self, path: Path) -> None:
        self.path, self.temporary = path, _temporary(path)
        self._old = self.temporary.with_name(f"{self.temporary.name}.old")
        self._was_there = self._is_made = False

    def make(self, keeps_old: bool) -> None:
        if keeps_old and self.path.exists():
            try:
                os.link(self.path, self._old)
            except OSError:  # a stick or a share without links
                self._old.write_bytes(self.path.read_bytes())
            self._was_there = True
        _replace(self.temporary, self.path)
        self._is_made = True

    def take_back(self) -> None:
        with contextlib.suppress(OSError):
            self.temporary.unlink()
        with contextlib.suppress(OSError):
            if self._is_made and self._was_there:
                _replace(self._old, self.path)
            elif self._is_made:
                self.path.unlink()
        self.settle()

    def settle(self) -> None:
        with contextlib.suppress(OSError):
            self._old.unlink()


def _prepare(move: _Move, data: bytes, verify: Callable[[bytes], None] | None) -> None:
    _write_through(move.temporary, data, move.path)
    written = move.temporary.read_bytes()
    if written != data:
        raise OSError(errno.EIO, "what was written is not what is read")
    if verify is not None:
        verify(written)


def written() -> tuple[Path, ...]:
    """What this program has replaced so far, to say truly what became of it when something fails later."""
    return tuple(_written)


def sweep(folder: Path) -> None:
    """Take away temporary files that a killed program left in a folder a day ago or more, of whatever format."""
    with contextlib.suppress(OSError):
        for one in reachable(folder).iterdir():
            if _LEFT_OVER.fullmatch(one.name) and time.time() - one.stat().st_mtime > STALE_AFTER:
                one.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    return f".~{path.name[:60]}."  # 60 Chinese characters are 180 bytes; a name holds 255


def _temporary(path: Path) -> Path:
    return path.with_name(f"{_prefix(path)}{secrets.token_hex(6)}")


def _refuse_name(path: Path) -> None:
    """Before Windows makes another name of it: `NUL.gknb` would be written nowhere, `a:b.gknb` into a stream of a file `a`."""
    if fault := fault_here(path):
        raise UserError(f"“{path.name}”{fault}，没有保存", "请换一个文件名")


class _NoFileError(OSError):
    """A pipe or a device: writing would put a file in its place."""


def _refuse_what_is_no_file(path: Path) -> None:
    """Windows would call a folder read-only, after many tries. What is still a link here leads round to itself."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, "a link to itself")
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder")
    if path.exists() and not path.is_file():
        raise _NoFileError


def _refuse_read_only(path: Path) -> None:
    """`os.replace` would overwrite a file that its owner protected, on Linux."""
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only")


def _write_through(temporary: Path, data: bytes, target: Path) -> None:
    with temporary.open("xb") as file:
        with contextlib.suppress(OSError):  # who could read the old file can read the new one
            temporary.chmod(target.stat().st_mode & 0o777)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace(temporary: Path, path: Path) -> None:
    _patiently(lambda: temporary.replace(path), lambda attempt: sys.platform == "win32" or attempt <= 1)


def _is_held(path: Path) -> bool:
    """Whether another program has it to itself: of that, `open` says no more than of a file that is nobody's to read."""
    if sys.platform != "win32":
        return False
    import _winapi

    try:
        _winapi.CloseHandle(
            _winapi.CreateFile(str(path), _winapi.GENERIC_READ, 7, 0, _winapi.OPEN_EXISTING, 0, 0)
        )
    except OSError as error:
        return error.winerror in _HELD
    return True  # until just now


def _patiently(act: Callable[[], _T], is_worth_it: Callable[[int], bool]) -> _T:
    """Do it again as long as it is refused and worth the while, a little later each time."""
    for attempt in range(_TRIES - 1):
        try:
            return act()
        except PermissionError:
            if not is_worth_it(attempt):
                raise
            time.sleep(0.02 * 2 ** min(attempt, 5))
    return act()


def _sync_folder(folder: Path) -> None:
    """The new name itself must survive a power cut; Windows has no such call."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # some network file systems refuse
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _read_refusal(path: Path, error: Exception) -> UserError:
    if isinstance(error, PermissionError):
        return UserError(
            f"没有权限读取“{path.name}”", "请关闭正在使用它的程序，或把它复制到自己的文件夹再打开"
        )
    return UserError(f"读不出“{path.name}”", "请检查U盘或网络连接后再试，或把它复制到本机再打开")


def _write_refusal(path: Path, error: Exception) -> UserError:
    code = error.errno if isinstance(error, OSError) else None
    if code in _FULL:
        return UserError(f"磁盘已满，“{path.name}”没有保存", "请腾出空间，或另存到别的磁盘")
    if code in _FORBIDDEN:
        return UserError(
            f"“{path.name}”写不进去：文件或文件夹只读，或正被别的程序（如 Word、WPS）打开",
            "请关闭占用它的程序后再试，或另存到别的文件夹",
        )
    if isinstance(error, FileNotFoundError) and is_folder(
        path.parent
    ):  # so Windows calls a name that is too long
        return UserError("文件名太长，或含有不能用的字符", "请换一个文件名")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserError(
            f"找不到文件夹“{path.parent}”，“{path.name}”没有保存", "请检查U盘或网络连接，或另存到别的文件夹"
        )
    if isinstance(error, IsADirectoryError):
        return UserError(f"“{path.name}”是文件夹，不能保存成文件", "请换一个文件名")
    if code == errno.ELOOP:
        return UserError(f"“{path.name}”是绕回自己的链接，不能保存成文件", "请换一个文件名")
    if isinstance(error, _NoFileError):
        return UserError(f"“{path.name}”是设备或管道，不能保存成文件", "请换一个文件名")
    if code in (errno.ENAMETOOLONG, errno.EINVAL) or isinstance(error, ValueError):
        return UserError("文件名太长，或含有不能用的字符", "请换一个文件名")
    return UserError(
        f"“{path.name}”没有写好，原来的文件没有改动", "请检查U盘或网络连接后再试，或另存到别的文件夹"
    )
