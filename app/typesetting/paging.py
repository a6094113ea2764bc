"""Boxes → pages: one pass over a flat list in which each box says how high it is and whether it stays with the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.blocks import Block
from app.typesetting.charts import Drawing
from app.typesetting.letterhead import Fixed
from app.typesetting.lines import Line
from app.typesetting.page_style import PageStyle
from app.typesetting.pages import Part, Source
from app.typesetting.pictures import PreparedPicture
from app.typesetting.tables import SetTable

_TOLERANCE = 0.05  # points: 22 lines of 28.95 in 225 mm
_ROUNDING = (
    0.5  # points kept free on pages with tables and pictures, which Word sets a little higher or lower
)
_LEAST_PICTURE = 0.6  # of its size: so much a picture may shrink rather than leave the rest of a page empty
_LEAST_OF_ALL = 0.5  # … rather than leave more than a third of a page, where no text can go first
_THIRD = 1 / 3
_SLACK = 6.0  # points left below a picture made smaller, for Word, which sets them a little higher or lower


@dataclass(frozen=True, slots=True)
class LineBox:
    """A line of text, or an empty one."""

    height: float
    source: Source
    line: Line | None = None
    part: Part = Part.TEXT
    keep: bool = False
    outline: str = ""
    block: Block | None = None
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class RowBox:
    """A row of a table."""

    height: float
    table: SetTable
    row: int
    keep: bool = False
    line: int | None = None  # of a row that may be split: this line of it


@dataclass(frozen=True, slots=True)
class PictureBox:
    height: float
    picture: PreparedPicture | Drawing
    source: Source
    keep: bool = False
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class SpaceBox:
    """White space before what follows it; a page does not begin with it."""

    height: float
    keep: bool = True


@dataclass(frozen=True, slots=True)
class FixedBox:
    """版头: on one page with the title under it."""

    height: float
    fixed: Fixed
    keep: bool = True


Box = LineBox | RowBox | PictureBox | SpaceBox | FixedBox
Placed = tuple[float, Box]  # top, from the type area's


def paginate(boxes: Sequence[Box], style: PageStyle, text_first: bool = False) -> list[list[Placed]]:
    """Which box stands where on which page; at least one page. No page but an overlong box is fuller than the type area.

    `text_first`: pictures are not made as small as they may be, since text may still go before them.
    """
    pages = _Pages(style.height + _TOLERANCE, _LEAST_PICTURE if text_first else _LEAST_OF_ALL)
    index = 0
    while index < len(boxes):
        group = _group(boxes, index, pages.room_for(boxes[index]))
        pages.place(group)
        index += len(group)
    return pages.pages


def _group(boxes: Sequence[Box], index: int, room: float) -> Sequence[Box]:
    """The boxes from `index` that must stand on one page; only the first when they are higher than a page."""
    height, end = 0.0, index
    while end < len(boxes) and (end == index or not _starts_page(boxes[end])):
        height += boxes[end].height
        if height > room:
            return boxes[index : index + 1]
        end += 1
        if not boxes[end - 1].keep:
            break
    return boxes[index:end]


def _starts_page(box: Box) -> bool:
    return isinstance(box, LineBox) and box.starts_page


class _Pages:
    """The page being filled and those that are full."""

    def __init__(self, height: float, least: float) -> None:
        self._height, self._least = height, least
        self._filled = 0.0
        self.pages: list[list[Placed]] = [[]]

    def room_for(self, box: Box) -> float:
        """What a new page offers to groups that begin with this box: a table's headings come again."""
        repeated = box.table.header_height if isinstance(box, RowBox) and _goes_on(box) else 0.0
        return self._height - repeated

    def place(self, group: Sequence[Box]) -> None:
        """The group under what the page holds, its picture made smaller if that is enough; else on a new page."""
        over = self._over(group)
        if self.pages[-1] and _starts_page(group[0]):
            self._begin_page(group[0])
        elif self.pages[-1] and over > 0:
            gapes = self._height - self._filled > self._height * _THIRD
            least = self._least if gapes else _LEAST_PICTURE
            smaller = _with_smaller_picture(group, over + _SLACK, least)
            if smaller:
                group = smaller
            else:
                self._begin_page(group[0])
        for box in group:
            self._put(box)

    def _over(self, group: Sequence[Box]) -> float:
        """By how many points the group is too high for the rest of the page."""
        over = self._filled + sum(box.height for box in group) - self._height
        on_page = [box for _, box in self.pages[-1]]
        is_text = all(isinstance(box, LineBox) for box in (*on_page, *group))
        return over if is_text else over + _ROUNDING

    def _begin_page(self, first: Box) -> None:
        """A new page; a table that goes on has its headings again."""
        self.pages.append([])
        self._filled = 0.0
        if isinstance(first, RowBox) and _goes_on(first):
            for row in range(first.table.header_rows):
                self._put(RowBox(first.table.heights[row], first.table, row))

    def _put(self, box: Box) -> None:
        if isinstance(box, SpaceBox) and not self.pages[-1]:
            return
        self.pages[-1].append((self._filled, box))
        self._filled += box.height


def figure_after_gap(page: Sequence[Placed], following: Sequence[Placed], height: float) -> Block | None:
    """The figure, headings before it or not, that begins a page and leaves more than a third of the one before empty."""
    top, last = page[-1] if page else (0.0, SpaceBox(0.0))
    if height - top - last.height <= height * _THIRD:
        return None
    for _, box in following:
        if isinstance(box, PictureBox):
            return box.block
        if not isinstance(box, SpaceBox) and not (isinstance(box, LineBox) and box.outline):
            return None
    return None


def _with_smaller_picture(group: Sequence[Box], by: float, least: float) -> list[Box] | None:
    """The group made lower by shrinking its picture; None where it would become too small, or there is none."""
    for index, box in enumerate(group):
        if isinstance(box, PictureBox) and isinstance(box.picture, PreparedPicture):
            scale = (box.height - by) / box.height
            if scale < least:
                return None
            picture = replace(box.picture, width=box.picture.width * scale, height=box.height - by)
            return [*group[:index], replace(box, picture=picture, height=picture.height), *group[index + 1 :]]
    return None


def _goes_on(box: RowBox) -> bool:
    """Whether a row stands below its table's header rows."""
    return box.row >= box.table.header_rows


def table_stretches(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The boxes of a page with the rows of one table together; everything else alone."""
    stretch: list[Placed] = []
    for top, box in placed:
        before = stretch[-1][1] if stretch else None
        if not (isinstance(box, RowBox) and isinstance(before, RowBox) and before.table is box.table):
            if stretch:
                yield stretch
            stretch = []
        stretch.append((top, box))
    if stretch:
        yield stretch
