"""Where the panel stands: beside the page, over a part of it where there is little room, over all of it when enlarged. No widget."""

from typing import NamedTuple

from PySide6.QtCore import QRect

# Logical pixels of the window, in the standard type, from which a page has room beside it; 表三 is wider than a text.
BESIDE_FROM, TABLE_FROM = 1100, 1272
_PAGE, _TABLE = 600, 972  # of them for the list of parts and the page
_PAGE_LEAST = 290  # of a page, whatever stands over it


class Room(NamedTuple):
    """All in the coordinates of the window's middle: the whole of it, the page, and as far down as the page's head reaches."""

    whole: QRect
    page: QRect
    top: int
    bottom: int


def is_narrow(width: int, scale: float, kind: str) -> bool:
    """Whether a window of that width has no room for a panel beside a page of that kind."""
    return width < round((TABLE_FROM if kind == "table" else BESIDE_FROM) * scale)


def left_beside(width: int, scale: float, kind: str) -> int:
    """What a page of that kind leaves to the panel."""
    return width - round((_TABLE if kind == "table" else _PAGE) * scale)


def width_over(wished: int, least: int, page: int) -> int:
    """Of a panel over a page: at most half of it, but never less than can be read."""
    return min(max(least, min(wished, page // 2)), page - _PAGE_LEAST)


def over(room: Room, width: int, cell: QRect | None, is_left: bool) -> tuple[QRect, bool]:
    """Its place over the page, and whether that is at the left: on the other side where it would hide the cell."""
    height = max(room.bottom - room.top, 0)
    right = QRect(room.whole.right() + 1 - width, room.top, width, height)
    left = QRect(room.whole.left(), room.top, width, height)
    first, second = (left, right) if is_left else (right, left)
    if cell is not None and first.intersects(cell) and not second.intersects(cell):
        return second, not is_left
    return first, is_left
