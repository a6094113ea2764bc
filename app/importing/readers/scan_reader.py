"""Scanned pages → blocks by character recognition; needs the optional package rapidocr (pip install nianbao[ocr]).

Lines are looked for in the picture and make the same grid as those of a drawn page; every cell is read by itself.
Whatever comes of it is doubtful: the caller marks every number.
"""

from __future__ import annotations

import ctypes
import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from app.documents.blocks import Block
from app.importing.readers.page_table import Area, Glyph, Rule, RuledTable, ruled_tables
from app.importing.readers.page_text import Page, pages_blocks

if TYPE_CHECKING:
    from PIL.Image import Image

# (一), (2021), (单位:万元): a pair of brackets as the recogniser writes it
_PAIR = re.compile(r"[(（]([^()（）]*)[)）]")
_CHINESE = re.compile("[一-龥]")
_PAGE_WIDTH = 595.0  # points of A4: pictures do not say how large they were
_INK = 150  # grey below which a pixel is ink
_LEAST_LINE = 30  # part of the page's width that the shortest line of a table is long (1/30)
_MARGIN = 2  # pixels around a cell's border that are no content
_PAD = 0.15  # part of its height that a box is larger than its text above and below
_LOOK_WIDTH = 800  # pixels in which the corners of a page are looked for
_LEAST_PAGE, _MOST_PAGE = 0.35, 0.97  # part of a photo that its page takes up; more is a scan
_BAND = 520  # pixels: the most that is looked at at once
_ENLARGED = 480  # pixels to which the recogniser enlarges what is lower
_M_MMAP_THRESHOLD, _LARGE = -3, 1 << 20  # malloc.h: from so many bytes on memory is the system's own
_LEAST_INK = 6  # dark pixels of a cell that is not blank


def can_read() -> bool:
    """Whether the optional package is there."""
    return importlib.util.find_spec("rapidocr") is not None and importlib.util.find_spec("cv2") is not None


def read_scan(images: Iterable[Image]) -> tuple[Block, ...]:
    """Blocks of scanned pages in reading order, tables joined over pages."""
    return pages_blocks([_page(number, image) for number, image in enumerate(images, 1)])


def with_wide_brackets(text: str) -> str:
    """（一） is recognised as (一): in a line with Chinese both of a pair are wide."""
    return _PAIR.sub(lambda one: f"（{one[1]}）" if _CHINESE.search(text) else one[0], text)


class _Box(NamedTuple):
    """A stretch of text in pixels."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str


def _return_memory() -> None:
    """What the recogniser frees goes back to the system: glibc would keep 300 MB in pieces after some pages."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL("libc.so.6").mallopt(_M_MMAP_THRESHOLD, _LARGE)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    _return_memory()
    settings = {
        "Rec.rec_batch_num": 1,
        "Det.limit_side_len": _ENLARGED,
    }  # lines one by one: six take 140 MB more
    return RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False, **settings})


def _page(number: int, image: Image) -> Page:
    import numpy

    pixels = _straight(_flat(numpy.asarray(image)))
    height, width = pixels.shape[:2]
    scale = _PAGE_WIDTH / width
    page = Page(number, _PAGE_WIDTH, height * scale)
    page.rules = [Rule(*(value * scale for value in box)) for box in _lines(pixels)]
    tables, _ = ruled_tables(page.rules, [])
    plain = _without_lines(pixels)
    boxes = list(_recognised(plain))
    for table in tables:
        page.glyphs.extend(_glyph(box, scale) for box in _in_cells(table, boxes, plain, scale))
        whole = _whole(table, scale)
        boxes = [box for box in boxes if not _touches(box, whole)]
    page.glyphs.extend(_glyph(box, scale) for box in boxes)
    return page


def _in_cells(table: RuledTable, boxes: Sequence[_Box], plain: Any, scale: float) -> Iterator[_Box]:
    """What was recognised in each cell; where nothing was, the cell is looked at by itself."""
    for area in table.areas:
        cell = _bounds(table, area, scale)
        yield from [box for box in boxes if _lies_in(box, cell)] or _cell(plain, cell)


def _glyph(box: _Box, scale: float) -> Glyph:
    return Glyph(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale, box.text)


# -- the picture ----------------------------------------------------------------------------------------------------------


def _ink(pixels: Any) -> Any:
    """White where there is ink, as OpenCV wants it."""
    import cv2

    return cv2.threshold(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), _INK, 255, cv2.THRESH_BINARY_INV)[1]


def _masks(pixels: Any) -> tuple[Any, Any]:
    """What is left of the ink when only long horizontal, and only long vertical strokes stay."""
    import cv2

    ink = _ink(pixels)
    length = max(ink.shape[1] // _LEAST_LINE, 20)

    def strokes(wide: int, high: int) -> Any:
        """Made thicker first: a line that is not quite level has steps."""
        thick = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (min(high, 3), min(wide, 3))))
        return cv2.morphologyEx(
            thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (wide, high))
        )

    across, down = strokes(length, 1), strokes(1, length)
    return across, down


def _flat(pixels: Any) -> Any:
    """A photographed page as if seen from straight above; a scan, which the page fills, as it is.

    The page is the lightest large area with four corners; its opposite sides tell how large it is drawn.
    """
    import cv2
    import numpy

    corners = _corners(pixels)
    if corners is None:
        return pixels
    upper_left, upper_right, lower_right, lower_left = corners
    width = round(max(numpy.hypot(*(upper_right - upper_left)), numpy.hypot(*(lower_right - lower_left))))
    height = round(max(numpy.hypot(*(lower_left - upper_left)), numpy.hypot(*(lower_right - upper_right))))
    target = numpy.array([(0, 0), (width, 0), (width, height), (0, height)], numpy.float32)
    view = cv2.getPerspectiveTransform(corners, target)
    return _evenly_lit(cv2.warpPerspective(pixels, view, (width, height), flags=cv2.INTER_CUBIC))


def _evenly_lit(pixels: Any) -> Any:
    """Without the shadow of a hand or the fall of a lamp's light: each place by the paper around it."""
    import cv2
    import numpy

    height, width = pixels.shape[:2]
    small = cv2.resize(pixels, (max(width // 8, 1), max(height // 8, 1)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, numpy.ones((7, 7), numpy.uint8)), 21)
    return cv2.divide(pixels, cv2.resize(paper, (width, height)), scale=255)


def _corners(pixels: Any) -> Any:
    """The corners of a page that lies before a darker ground, clockwise from the upper left; None where there is none."""
    import cv2
    import numpy

    scale = min(1.0, _LOOK_WIDTH / pixels.shape[1])  # the corners are seen in a small picture as well
    small = cv2.resize(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), None, fx=scale, fy=scale)
    _, light = cv2.threshold(cv2.GaussianBlur(small, (7, 7), 0), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, numpy.ones((25, 25), numpy.uint8))  # over text and lines
    found, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(found, key=cv2.contourArea, default=None)
    if largest is None or not _LEAST_PAGE < cv2.contourArea(largest) / light.size < _MOST_PAGE:
        return None
    hull = cv2.convexHull(largest)
    shape = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True).reshape(-1, 2)
    if len(shape) != 4:
        return None
    sums, differences = shape.sum(axis=1), shape[:, 0] - shape[:, 1]
    order = [sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]
    return (shape[order] / scale).astype(numpy.float32) if len(set(map(int, order))) == 4 else None


def _straight(pixels: Any) -> Any:
    """The page turned until its long lines are level."""
    import cv2
    import numpy

    height, width = pixels.shape[:2]
    found = cv2.HoughLinesP(_ink(pixels), 1, numpy.pi / 1800, 200, minLineLength=width // 3, maxLineGap=20)
    if found is None:
        return pixels
    slopes = [numpy.degrees(numpy.arctan2(y1 - y0, x1 - x0)) for x0, y0, x1, y1 in found.reshape(-1, 4)[:500]]
    level = [one for one in slopes if abs(one) < 8]
    angle = float(numpy.median(level)) if level else 0.0
    if abs(angle) < 0.05:
        return pixels
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _lines(pixels: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of the page as thin boxes."""
    import cv2

    for mask, is_down in zip(_masks(pixels), (False, True), strict=True):
        count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
        for left, top, across, down, _ in stats[1:count]:
            thick = across if is_down else down
            if thick <= max(8, pixels.shape[1] // 150):
                yield float(left), float(top), float(left + across), float(top + down)


def _without_lines(pixels: Any) -> Any:
    """The page with its lines painted over: a border beside a digit reads as a 1."""
    import cv2

    across, down = _masks(pixels)
    plain = pixels.copy()
    plain[cv2.dilate(cv2.bitwise_or(across, down), None, iterations=1) > 0] = 255
    return plain


# -- reading --------------------------------------------------------------------------------------------------------------


_Bounds = tuple[int, int, int, int]  # left, top, right, bottom in pixels


def _bounds(table: RuledTable, area: Area, scale: float) -> _Bounds:
    """A cell within its borders."""
    left, right = table.xs[area.column] / scale, table.xs[area.column + area.across] / scale
    top, bottom = table.ys[area.row] / scale, table.ys[area.row + area.down] / scale
    return round(left) + _MARGIN, round(top) + _MARGIN, round(right) - _MARGIN, round(bottom) - _MARGIN


def _whole(table: RuledTable, scale: float) -> _Bounds:
    edges = table.xs[0], table.ys[0], table.xs[-1], table.ys[-1]
    left, top, right, bottom = (round(one / scale) for one in edges)
    return left, top, right, bottom


def _lies_in(box: _Box, cell: _Bounds) -> bool:
    """Whether a stretch of text belongs to this cell alone: a stretch over two cells is read again, each by itself."""
    left, top, right, bottom = cell
    slack = 0.4 * (box.bottom - box.top)
    return left - slack <= box.x0 and box.x1 <= right + slack and top <= (box.top + box.bottom) / 2 <= bottom


def _touches(box: _Box, bounds: _Bounds) -> bool:
    left, top, right, bottom = bounds
    return left <= (box.x0 + box.x1) / 2 <= right and top <= (box.top + box.bottom) / 2 <= bottom


def _cell(pixels: Any, cell: _Bounds) -> list[_Box]:
    """The text of one cell by itself: as one stretch where it is one line, found first where it may be several."""
    import cv2
    import numpy

    left, top, right, bottom = (max(one, 0) for one in cell)
    part = pixels[top:bottom, left:right]
    ink = _ink(part) if part.size else part
    if part.size == 0 or int(numpy.count_nonzero(ink)) < _LEAST_INK:
        return []
    x, y, width, height = cv2.boundingRect(ink)
    if width <= 3 * height and height >= pixels.shape[1] // 50:
        return [_moved(box, left, top) for box in _recognised(part)]
    inked = part[max(y - 4, 0) : y + height + 4, max(x - 4, 0) : x + width + 4]
    inked = cv2.copyMakeBorder(inked, 8, 8, 12, 12, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    found = _engine()(inked, use_det=False, use_cls=False, use_rec=True)
    text = with_wide_brackets("".join(found.txts or ()))
    return [_Box(left + x, top + y, left + x + width, top + y + height, text)] if text.strip() else []


def _moved(box: _Box, right: float, down: float) -> _Box:
    return _Box(box.x0 + right, box.top + down, box.x1 + right, box.bottom + down, box.text)


def _recognised(pixels: Any) -> Iterator[_Box]:
    """The lines of text in a picture, which is read in bands: a whole page at once takes twice the memory."""
    edges = _band_edges(pixels)
    for top, bottom in pairwise(edges):
        yield from (_moved(box, 0, top) for box in _in_band(pixels[top:bottom]))


def _band_edges(pixels: Any) -> list[int]:
    """Where a picture is cut across: into equal bands, but for the row with the least ink near each cut."""
    height = pixels.shape[0]
    count = -(-height // _BAND)
    if count < 2:
        return [0, height]
    ink = (_ink(pixels) > 0).sum(axis=1)
    edges = [0]
    for number in range(1, count):
        start = round(height * number / count) - _BAND // 8
        edges.append(start + int(ink[start : start + _BAND // 4].argmin()))
    return [*edges, height]


def _in_band(pixels: Any) -> Iterator[_Box]:
    found = _engine()(pixels, use_det=True, use_cls=False, use_rec=True)
    for corners, text in zip(found.boxes if found.boxes is not None else (), found.txts or (), strict=False):
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        pad = _PAD * (max(ys) - min(ys))
        if text.strip():
            yield _Box(min(xs), min(ys) + pad, max(xs), max(ys) - pad, with_wide_brackets(text))
