"""What typesetting makes: pages of positioned text, rules and pictures, for the PDF (and OFD) to draw and the preview to ask.

All lengths are points; x runs to the right and y downwards from the page's upper left corner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from app.documents.blocks import Block, Cell, Mark
from app.form.model import CellRef

if TYPE_CHECKING:  # it brings what writes PDF; the window shows pages without it, and sooner
    from app.typesetting.pictures import PreparedPicture


class Text(NamedTuple):
    """Characters of one font on one baseline; `spacing` is added after each of them."""

    x: float
    y: float  # the baseline
    width: float  # without the spacing after the last character
    font: str  # the name `Faces.pick` gave
    size: float
    spacing: float
    text: str
    bold: bool = False
    turned: bool = False  # runs downwards from (x, y), its feet to the left: a number too long for its column
    mark: Mark = Mark.BOTH  # of a 花脸稿


class Rule(NamedTuple):
    """A straight line, horizontal or vertical but for the cross through a figure of a 花脸稿."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Fill(NamedTuple):
    """A grey area, its upper left corner at (x, y); 0 is black, 1 is white."""

    x: float
    y: float
    width: float
    height: float
    grey: float


class Shade(NamedTuple):
    """A coloured area behind cells of a table, its upper left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    colour: str  # RRGGBB


class Source(NamedTuple):
    """Where something on a page comes from: a section of the report, a paragraph of its narrative, a cell."""

    section: str
    paragraph: int = -1
    cell: CellRef | None = None


class Part(StrEnum):
    """What a piece is, for bookmarks and for readers that speak the page."""

    TITLE = "title"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    TEXT = "text"
    HEADER_CELL = "header_cell"
    CELL = "cell"
    PICTURE = "picture"
    ARTIFACT = "artifact"  # rules, page number, repeated headings: not read aloud


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a paragraph, one cell, one picture or a table's rules, with the box that it fills."""

    x: float
    top: float
    width: float
    height: float
    part: Part
    source: Source
    texts: tuple[Text, ...] = ()
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()  # under the rules
    shades: tuple[Shade, ...] = ()  # under everything
    colour: str = ""  # RRGGBB of its texts and rules, where they are not black
    picture: "PreparedPicture | None" = None
    outline: str = ""  # a heading begins here: its whole text, for the bookmarks
    block: Block | None = None  # what it is a part of, for an accessible PDF's tags; a page number has none
    cell: Cell | None = None  # of a table, and which
    goes_on: bool = False  # the rest of a cell that began on an earlier page

    def covers(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.top <= y <= self.top + self.height


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `pieces` are in reading order, then comes its number."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]

    def source_at(self, x: float, y: float) -> Source | None:
        """What stands at a point: the piece there, else the paragraph beside or the last one above it."""
        real = [piece for piece in self.pieces if piece.part is not Part.ARTIFACT]
        for piece in real:
            if piece.covers(x, y):
                return piece.source
        above = [piece for piece in real if piece.top <= y]
        nearest = above[-1] if above else next(iter(real), None)
        return nearest.source if nearest else None


class Spot(NamedTuple):
    """A place on a page, for the preview to scroll to."""

    page: int  # index in the list of pages
    top: float


def find_spot(pages: Iterable[Page], source: Source) -> Spot | None:
    """Where a source first stands: its cell or paragraph, else its section; None when it is not printed."""
    section = None
    for number, page in enumerate(pages):
        for piece in page.pieces:
            if piece.part is Part.ARTIFACT or piece.source.section != source.section:
                continue
            if piece.source == source:
                return Spot(number, piece.top)
            section = section or Spot(number, piece.top)
    return section
