"""Where the panel stands: beside the page, over a part of it where there is little room, over all of it when enlarged. No widget."""

from PySide6.QtCore import QRect

# Logical pixels of the window, in the standard type, from which a page has room beside it; 表三 is wider than a text.
BESIDE_FROM, TABLE_FROM = 1100, 1272
_PAGE, _TABLE = 600, 972  # of them for the list of parts and the page
_PAGE_LEAST = 290  # of a page, whatever stands over it


def is_narrow(width: int, scale: float, kind: str) -> bool:
    """Whether a window of that width has no room for a panel beside a page of that kind."""
    return width < round((TABLE_FROM if kind == "table" else BESIDE_FROM) * scale)


def left_beside(width: int, scale: float, kind: str) -> int:
    """What a page of that kind leaves to the panel."""
    return width - round((_TABLE if kind == "table" else _PAGE) * scale)


def width_over(wished: int, least: int, page: int) -> int:
    """Of a panel over a page: at most half of it, but never less than can be read."""
    return min(max(least, min(wished, page // 2)), page - _PAGE_LEAST)


def over(whole: QRect, top: int, bottom: int, width: int) -> QRect:
    """Its place over the page, at the right of `whole`: the page is laid out in what is left."""
    return QRect(whole.right() + 1 - width, top, width, max(bottom - top, 0))
