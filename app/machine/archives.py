"""What a zip says of its size at its end, asked before anything of it is listed: a list of a million entries costs half a minute."""

from collections.abc import Iterator

_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _END64_SIZE, _LOCATOR_SIZE = 22, 56, 20
_FARTHEST = _END_SIZE + 0xFFFF  # from the end of the file: a comment of 65535 bytes may follow
_LEAST_ENTRY = 46  # bytes of one entry of the directory, without its name
_ROOM = 512  # bytes that an entry of a real archive may have there: its name, times, owner


def has_more_than(data: bytes, most: int) -> bool:
    """Whether a zip has, or makes room for, more entries than `most`; False also for what is no zip."""
    return any(count > most or size > most * (_LEAST_ENTRY + _ROOM) for count, size in _told(data))


def _told(data: bytes) -> Iterator[tuple[int, int]]:
    """(entries, bytes of the directory) by every record that could be taken for the end of the zip."""
    places = {len(data) - _END_SIZE, data.rfind(_END, max(len(data) - _FARTHEST, 0))}
    for at in places:
        if at < 0 or data[at : at + 4] != _END or at + _END_SIZE > len(data):
            continue
        yield _number(data, at + 10, 2), _number(data, at + 12, 4) % 0xFFFFFFFF
        locator = at - _LOCATOR_SIZE
        if locator >= 0 and data[locator : locator + 4] == _LOCATOR64:
            for large in (locator - _END64_SIZE, _number(data, locator + 8, 8)):
                if large >= 0 and data[large : large + 4] == _END64:
                    yield _number(data, large + 32, 8), _number(data, large + 40, 8)


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")
