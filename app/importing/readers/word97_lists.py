"""The list definitions of a Word 97–2003 file ([MS-DOC] PlfLst, PlfLfo) as levels that can be counted."""

import struct
from collections.abc import Iterator

from app.importing.readers.list_numbers import ListLevel
from app.importing.readers.word97 import LIST_OVERRIDES, LISTS, Word97, u16, u32

_CHINESE = frozenset([9, 10, 11, 16, 17, 33, 34, 35, 36, 37, 38, 39, 40])  # [MS-OSHARED] MSONFC
_KINDS = {1: "ROMAN", 2: "roman", 3: "upper", 4: "lower", 18: "circle", 23: "none", 255: "none"}
_LIST, _LEVEL = 28, 28  # bytes of LSTF and LVLF

Levels = dict[int, ListLevel]


def list_levels(document: Word97) -> dict[int, tuple[int, Levels]]:
    """Number of an override (1 …) → (the list it counts, its levels); empty when the file's lists are broken."""
    try:
        lists = dict(_lists(document))
        data = document.part(LIST_OVERRIDES)
        count = min(u32(data, 0), len(data) // 16) if len(data) >= 4 else 0
        keys = [u32(data, 4 + 16 * index) for index in range(count)]
    except (struct.error, IndexError, ValueError):
        return {}
    return {index + 1: (key, lists.get(key, {})) for index, key in enumerate(keys)}


def _lists(document: Word97) -> Iterator[tuple[int, Levels]]:
    """The heads lie in the list part itself, the levels of all lists right behind it."""
    data = document.part(LISTS)
    if len(data) < 2:
        return
    count = min(u16(data, 0), len(data) // _LIST)
    start = u32(document.main, LISTS)
    at = start + len(data)
    for index in range(count):
        head = 2 + _LIST * index
        levels: Levels = {}
        for level in range(1 if data[head + 26] & 1 else 9):
            levels[level], at = _level(document.table, at)
        yield u32(data, head), levels


def _level(table: bytes, at: int) -> tuple[ListLevel, int]:
    start, kind = u32(table, at), table[at + 4]
    places = table[at + 6 : at + 15]
    at += _LEVEL + table[at + 24] + table[at + 25]
    size = u16(table, at)
    codes = struct.unpack_from(f"<{size}H", table, at + 2)
    marks = {place - 1 for place in places if place}
    text = "".join(
        f"%{code + 1}" if index in marks and code < 9 else chr(code) for index, code in enumerate(codes)
    )
    name = "chinese" if kind in _CHINESE else _KINDS.get(kind, "decimal")
    return ListLevel(name, text, min(start, 10_000)), at + 2 + 2 * size
