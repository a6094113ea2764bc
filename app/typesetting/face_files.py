"""Faces in little memory: files looked into where they lie, and what they say of 30,000 characters in 128 KB."""

import mmap
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path

_PLANE = 0x10000  # code points of the first plane, where nearly all characters are
Data = mmap.mmap | bytes


class CodePoints(Mapping[int, int]):
    """Code point → glyph: a dict of 30,000 numbers takes four megabytes, for each face and in each process."""

    def __init__(self, known: Mapping[int, int]) -> None:
        """Glyph 0 is the face's sign for what it has not: it draws nothing that was written."""
        self._low = array("H", bytes(2 * _PLANE))
        self._high: dict[int, int] = {}
        self._count = 0
        for char, glyph in known.items():
            if glyph:
                self._count += 1
                if char < _PLANE:
                    self._low[char] = glyph
                else:
                    self._high[char] = glyph

    def __contains__(self, char: object) -> bool:
        if not isinstance(char, int) or char < 0:
            return False
        return bool(self._low[char]) if char < _PLANE else char in self._high

    def __getitem__(self, char: int) -> int:
        glyph = self._low[char] if 0 <= char < _PLANE else self._high[char]
        if not glyph:
            raise KeyError(char)
        return glyph

    def __iter__(self) -> Iterator[int]:
        yield from (char for char, glyph in enumerate(self._low) if glyph)
        yield from self._high

    def __len__(self) -> int:
        return self._count


class Widths(Mapping[int, float]):
    """Code point → width in thousandths of the size of the type."""

    def __init__(self, glyphs: CodePoints, widths: "array[int]", units: int) -> None:
        self._glyphs, self._widths, self._units = glyphs, widths, units

    def __getitem__(self, char: int) -> float:
        return 1000 * self._widths[self._glyphs[char]] / self._units

    def __iter__(self) -> Iterator[int]:
        return iter(self._glyphs)

    def __len__(self) -> int:
        return len(self._glyphs)


def mapped(path: Path) -> Data:
    """A file as it lies on its disk; read where that cannot be."""
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):  # an empty file, a disk that maps none
            return file.read()


def let_go(data: Data) -> None:
    """What was looked at stays in the system's cache and counts no longer as this process's."""
    if isinstance(data, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        data.madvise(mmap.MADV_DONTNEED)
