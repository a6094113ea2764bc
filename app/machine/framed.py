"""Messages of bytes through a pipe between two processes of this program: before each stands its length."""

from typing import IO

_LENGTH = 8  # bytes


def send(stream: IO[bytes], *messages: bytes) -> None:
    stream.write(b"".join(len(one).to_bytes(_LENGTH, "big") + one for one in messages))
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None when there is no more, or when it breaks off."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    data = stream.read(length)
    return data if len(data) == length else None
