"""Pages as they are read: turned upright where their text runs up, down or upside down, two pages on one sheet parted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.importing.readers.page_table import Glyph, Rule
from app.importing.readers.page_text import Page

_MIDDLE = (0.4, 0.6)  # part of the width in which the gap between two pages lies
_GUTTER = 0.03  # part of the width that the gap is at least wide
_LEAST_LINES = 4  # long lines that a page has, and a column of a table has not
_LONG_LINE = 12  # characters
_Box = tuple[float, float, float, float]


def sheets(pages: Sequence[Page]) -> list[Page]:
    """The pages upright and one by one, in the order in which they are read."""
    return [one for page in pages for one in _parted(_upright(page))]


def _upright(page: Page) -> Page:
    """Turned by the direction that most of its characters have."""
    quarters = max(page.directions, key=lambda one: page.directions[one], default=0)
    if not quarters:
        return page
    width, height = page.width, page.height

    def turned(x0: float, top: float, x1: float, bottom: float) -> _Box:
        if quarters == 1:
            return height - bottom, x0, height - top, x1
        if quarters == 2:
            return width - x1, height - bottom, width - x0, height - top
        return top, width - x1, bottom, width - x0

    size = (width, height) if quarters == 2 else (height, width)
    return replace(
        page,
        width=size[0],
        height=size[1],
        glyphs=[Glyph(*turned(*one[:4]), one.text) for one in page.glyphs],
        rules=[Rule(*turned(*one)) for one in page.rules],
    )


def _parted(page: Page) -> Iterator[Page]:
    """The left and the right page of a sheet with two; a page by itself."""
    middle = _gutter(page)
    if middle is None:
        yield page
        return
    for is_left in (True, False):
        moved = 0.0 if is_left else page.width / 2  # what is below one another on two pages stays so
        yield replace(
            page,
            glyphs=[
                Glyph(one.x0 - moved, one.top, one.x1 - moved, one.bottom, one.text)
                for one in page.glyphs
                if (one.x0 < middle) == is_left
            ],
            rules=[
                Rule(one.x0 - moved, one.top, one.x1 - moved, one.bottom)
                for one in page.rules
                if (one.x0 < middle) == is_left
            ],
            pictures=page.pictures if is_left else [],
        )


def _gutter(page: Page) -> float | None:
    """The middle of a gap from top to bottom with long lines of text on both of its sides."""
    if page.width < page.height:
        return None
    low, high = _MIDDLE[0] * page.width, _MIDDLE[1] * page.width
    edge = low
    spans = sorted([(one.x0, one.x1) for one in page.glyphs] + [(one.x0, one.x1) for one in page.rules])
    gaps: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if x0 > edge and edge < high:
            gaps.append((min(x0, high) - edge, (min(x0, high) + edge) / 2))
        edge = max(edge, x1)
    width, middle = max(gaps, default=(0.0, 0.0))
    if width < _GUTTER * page.width:
        return None
    sides = Counter((one.x0 < middle, round(one.bottom / 4)) for one in page.glyphs)
    long_lines = Counter(is_left for (is_left, _), count in sides.items() if count >= _LONG_LINE)
    return middle if min(long_lines[True], long_lines[False]) >= _LEAST_LINES else None
