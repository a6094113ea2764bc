"""The reports of a roll-up, laid on the disk while they are added up: forty thousand of them are not held in memory."""

import json
import tempfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import IO, Any, overload

from app.errors import UserError
from app.form.model import CellRef, Value
from app.report.model import Report
from app.report.pictures import shown
from app.storage import codec

Row = list[str]
_BLANK = -(2**63)  # in a column of numbers: no value
# The smallest picture that can be shown: it stands for one of any size, of which a rule asks only whether it can be.
_DOT = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


class Shelf:
    """A temporary file: what is laid there is found by its place. Closed, it is gone."""

    def __init__(self) -> None:
        try:
            self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with the roll-up
        except OSError:
            raise UserError("没有能放临时文件的文件夹，没有汇总", "请检查磁盘空间后再试") from None
        self._end = 0

    def lay(self, report: Report, prior: Report | None, rows: Sequence[Row]) -> int:
        """A report with its last year's and the rows of its findings; its place."""
        cells = {str(ref): _written(value) for ref, value in report.values.items()}
        parts = [cells, [_bare(report), _bare(prior) if prior else None], list(rows)]
        blobs = [zlib.compress(json.dumps(part, ensure_ascii=True).encode(), 1) for part in parts]
        head = b"".join(len(blob).to_bytes(4, "little") for blob in blobs)
        place, self._end = self._end, self._end + len(head) + sum(map(len, blobs))
        try:
            self._file.seek(place)
            self._file.write(b"".join([head, *blobs]))
            self._file.flush()
        except OSError:
            raise UserError(
                f"放临时文件的磁盘（{tempfile.gettempdir()}）写不进去，没有汇总", "请腾出空间后再试"
            ) from None
        return place

    def cells(self, place: int) -> dict[str, int | str]:
        """What is filled, by key: counts as numbers, money as text."""
        found: dict[str, int | str] = self._part(place, 0)
        return found

    def reports(self, place: int) -> tuple[Report, Report | None]:
        """The report and last year's, with a dot in the place of each picture."""
        report, prior = self._part(place, 1)
        return _read(report), _read(prior) if prior else None

    def rows(self, place: int) -> list[Row]:
        found: list[Row] = self._part(place, 2)
        return found

    def _part(self, place: int, number: int) -> Any:
        self._file.seek(place)
        head = self._file.read(12)
        sizes = [int.from_bytes(head[at : at + 4], "little") for at in (0, 4, 8)]
        self._file.seek(place + 12 + sum(sizes[:number]))
        return json.loads(zlib.decompress(self._file.read(sizes[number])))


def _written(value: Value) -> int | str:
    return value if isinstance(value, int) else str(value)


def _bare(report: Report) -> list[Any]:
    pictures = [[one.name, shown(one.data) is not None] for one in report.pictures]
    return [codec.to_json(report), pictures]


def _read(data: list[Any]) -> Report:
    pictures = {name: _DOT if can_be_shown else b"" for name, can_be_shown in data[1]}
    return codec.from_json(data[0], pictures)


class Column(Sequence[Value | None]):
    """One cell of every unit, in their order: numbers without an object each, amounts of money as they are."""

    def __init__(self) -> None:
        self._counts = array("q")
        self._money: dict[int, Decimal] = {}

    def append(self, value: int | str | None) -> None:
        """As `Shelf.cells` has it; None is a blank."""
        if isinstance(value, str):
            self._money[len(self._counts)] = Decimal(value)
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
        return None if number == _BLANK else self._money.get(at % len(self), number)

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
