"""What was read of the reports of a roll-up, laid on the disk: forty thousand are not held in memory, and a county that was stopped
goes on where it was."""

import json
import os
import sys
import tempfile
import threading
import time
import weakref
import zlib
from array import array
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from struct import Struct
from typing import IO, Any, NamedTuple, overload

from app import paths
from app.errors import UserError
from app.form.model import CellRef, Value
from app.report.model import Report
from app.report.pictures import shown
from app.storage import codec

Row = list[str]
_BLANK = -(2**31)  # in a column of numbers: no value
# The smallest picture that can be shown: it stands for one of any size, of which a rule asks only whether it can be.
_DOT = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


class Record(NamedTuple):
    """What was found in one file: `head` as JSON can hold it, `body` the blobs of its reports one after the other."""

    key: bytes  # 16, of the file's bytes
    head: Any
    body: bytes


_MAGIC = b"nianbao-shelf/1\n"
_FRAME = Struct("<16sIII")  # key, bytes of the head, of the body, CRC-32 of both
_MOST_BYTES = 600_000_000  # kept from one roll-up to the next
_DAYS = 30


class Shelf:
    """A file: what is laid there is found by its place, from any thread. A temporary one is gone when it is closed."""

    def __init__(self, file: IO[bytes] | None = None, mark: bytes = b"") -> None:
        self.mark = mark
        self.is_damaged = False  # some of what was kept could not be read
        self._keys: dict[bytes, int] = {}  # of each record its place
        self._lock = threading.Lock()
        self._end = 0
        self._where = str(paths.user_data()) if file else tempfile.gettempdir()
        try:
            self._file: IO[bytes] = file or tempfile.TemporaryFile()  # noqa: SIM115 - it goes with the roll-up
        except OSError:
            raise UserError("没有能放临时文件的文件夹，没有汇总", "请检查磁盘空间后再试") from None

    @property
    def is_kept(self) -> bool:
        """Whether a later roll-up finds it again."""
        return bool(self.mark)

    @property
    def is_empty(self) -> bool:
        return not self._keys

    def __contains__(self, key: bytes) -> bool:
        return key in self._keys

    # -- writing -------------------------------------------------------------------------------------------------------

    def lay(self, report: Report, prior: Report | None, rows: Sequence[Row]) -> int:
        """A report with its last year's and the rows of its findings; its place."""
        return self.put(blob_of(report, prior, rows))

    def put(self, blob: bytes) -> int:
        """What `blob_of` made; its place. It is not found again by a later roll-up."""
        return self._write(_FRAME.pack(bytes(16), 0, len(blob), zlib.crc32(blob)) + blob) + _FRAME.size

    def keep(self, record: Record) -> int:
        """A record; the place of its body."""
        head = json.dumps(record.head, ensure_ascii=True).encode()
        check = zlib.crc32(record.body, zlib.crc32(head))
        frame = _FRAME.pack(record.key, len(head), len(record.body), check)
        place = self._write(frame + head + record.body)
        self._keys[record.key] = place
        return place + len(frame) + len(head)

    def _write(self, data: bytes) -> int:
        with self._lock:
            place = self._end
            try:
                self._file.seek(place)
                self._file.write(data)
                self._file.flush()
            except OSError:
                raise UserError(
                    f"放临时文件的磁盘（{self._where}）写不进去，没有汇总", "请腾出空间后再试"
                ) from None
            self._end = place + len(data)
        return place

    # -- reading -------------------------------------------------------------------------------------------------------

    def head(self, key: bytes) -> tuple[Any, int]:
        """What a record says, and the place of its body."""
        place = self._keys[key]
        _, size, _, _ = _FRAME.unpack(self._read(place, _FRAME.size))
        return json.loads(self._read(place + _FRAME.size, size)), place + _FRAME.size + size

    def cells(self, place: int) -> dict[str, int | str]:
        """What is filled, by key: counts as numbers, money as text."""
        found: dict[str, int | str] = self._part(place, 0)
        return found

    def reports(self, place: int) -> tuple[Report, Report | None]:
        """The report and last year's, with a dot in the place of each picture."""
        report, prior = self._part(place, 1)
        return _report(report), _report(prior) if prior else None

    def rows(self, place: int) -> list[Row]:
        found: list[Row] = self._part(place, 2)
        return found

    def _part(self, place: int, number: int) -> Any:
        head = self._read(place, 12)
        sizes = [int.from_bytes(head[at : at + 4], "little") for at in (0, 4, 8)]
        return json.loads(zlib.decompress(self._read(place + 12 + sum(sizes[:number]), sizes[number])))

    def _read(self, place: int, size: int) -> bytes:
        with self._lock:
            self._file.seek(place)
            return self._file.read(size)

    # -- from one roll-up to the next ----------------------------------------------------------------------------------

    def take_up(self) -> None:
        """Find what an earlier roll-up laid here by the same rules; from the first damaged record on it is done anew."""
        self._file.seek(0, os.SEEK_END)
        size = self._file.tell()
        is_ours = self._read(0, len(_MAGIC) + len(self.mark)) == _MAGIC + self.mark
        if is_ours and size <= _MOST_BYTES:
            self._end = len(_MAGIC) + len(self.mark)
            while self._end < size and (record := self._whole(self._end, size)) is not None:
                key, length = record
                self._keys[key] = self._end
                self._end += length
            self.is_damaged = self._end < size
        self._file.truncate(self._end)
        if not self._end:
            self._write(_MAGIC + self.mark)

    def _whole(self, place: int, end: int) -> tuple[bytes, int] | None:
        """(key, length) of the record there; None when it is not as it was laid."""
        frame = self._read(place, _FRAME.size)
        if len(frame) < _FRAME.size:
            return None
        key, head, body, check = _FRAME.unpack(frame)
        length = _FRAME.size + head + body
        if place + length > end or zlib.crc32(self._read(place + _FRAME.size, head + body)) != check:
            return None
        return key, length


_open: "weakref.ref[Shelf] | None" = None  # the kept one that this program has open


def kept_shelf(mark: bytes) -> Shelf:
    """The shelf in the user's folder with what was read by the same rules (`mark`); a temporary one while another has it."""
    global _open
    mine = _open() if _open else None
    if mine is not None:
        return mine if mine.mark == mark else Shelf()
    path = paths.user_data() / "county" / "read.shelf"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if paths.exists(path) and not paths.is_file(path):
            return Shelf()
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "r+b")
        if not _lock(file):
            file.close()
            return Shelf()
        if _is_old(path):
            file.truncate(0)
        shelf = Shelf(file, mark)
        shelf.take_up()
    except (OSError, UserError):
        return Shelf()
    _open = weakref.ref(shelf)
    return shelf


def _is_old(path: Path) -> bool:
    return abs(time.time() - path.stat().st_mtime) > _DAYS * 86_400


def _lock(file: IO[bytes]) -> bool:
    """Whether no other program has it; until it is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(2**40)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# -- one report ----------------------------------------------------------------------------------------------------------------


def blob_of(report: Report, prior: Report | None, rows: Sequence[Row]) -> bytes:
    """A report with its last year's and the rows of its findings, as they lie on the shelf."""
    cells = {str(ref): _written(value) for ref, value in report.values.items()}
    parts = [cells, [_bare(report), _bare(prior) if prior else None], list(rows)]
    blobs = [zlib.compress(json.dumps(part, ensure_ascii=True).encode(), 1) for part in parts]
    return b"".join([*(len(blob).to_bytes(4, "little") for blob in blobs), *blobs])


def _written(value: Value) -> int | str:
    return value if isinstance(value, int) else str(value)


def _bare(report: Report) -> list[Any]:
    pictures = [[one.name, shown(one.data) is not None] for one in report.pictures]
    return [codec.to_json(report), pictures]


def _report(data: list[Any]) -> Report:
    pictures = {name: _DOT if can_be_shown else b"" for name, can_be_shown in data[1]}
    return codec.from_json(data[0], pictures)


class Column(Sequence[Value | None]):
    """One cell of every unit, in their order: numbers without an object each, amounts of money and what is large as they are."""

    def __init__(self) -> None:
        self._counts = array("i")
        self._others: dict[int, Value] = {}

    def append(self, value: int | str | None) -> None:
        """As `Shelf.cells` has it; None is a blank."""
        if isinstance(value, str) or (value is not None and not _BLANK < value < -_BLANK):
            self._others[len(self._counts)] = Decimal(value) if isinstance(value, str) else value
            value = 0
        self._counts.append(_BLANK if value is None else value)

    def __len__(self) -> int:
        return len(self._counts)

    @overload
    def __getitem__(self, at: int) -> Value | None: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Value | None]: ...
    def __getitem__(self, at: int | slice) -> Value | Sequence[Value | None] | None:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        number = self._counts[at]
        return None if number == _BLANK else self._others.get(at % len(self), number)

    def __iter__(self) -> Iterator[Value | None]:
        return (self[at] for at in range(len(self)))


def columns(laid: Sequence[tuple[Shelf, int]], refs: Sequence[CellRef]) -> dict[CellRef, Column]:
    """Every cell of these reports, read once."""
    found = {ref: Column() for ref in refs}
    keys = [(str(ref), column) for ref, column in found.items()]
    for shelf, place in laid:
        cells = shelf.cells(place)
        for key, column in keys:
            column.append(cells.get(key))
    return found
