"""花脸稿 on paper: what was taken out is red and struck out, what was put in blue and underlined; figures crossed or framed."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from app.documents.blocks import Block, Mark, Paragraph, PictureBlock, TableBlock
from app.typesetting.pages import Page, Part, Piece, Rule, Text

_COLOURS = {Mark.OLD: "B3261E", Mark.NEW: "1A4FA0"}
_HEIGHTS = {Mark.OLD: -0.3, Mark.NEW: 0.16}  # em of the line below the baseline
_THICK = 1 / 22  # em
_FRAME = 1.5  # points: the lines of a figure


def is_marked(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return any(run.mark for run in block.runs)
    if isinstance(block, TableBlock):
        return any(cell.runs for cell in block.cells)
    return bool(block.mark)


def with_marks(page: Page) -> Page:
    """The page with its marked texts in pieces of their own, each with its line, in their order."""
    return replace(page, pieces=tuple(one for piece in page.pieces for one in _parted(piece)))


def _parted(piece: Piece) -> Iterator[Piece]:
    if not any(text.mark for text in piece.texts):
        yield piece
    else:
        for number, (mark, texts) in enumerate(groupby(piece.texts, key=lambda text: text.mark)):
            part = replace(piece, texts=tuple(texts), outline=piece.outline if number == 0 else "")
            if mark:
                part = replace(part, colour=_COLOURS[mark], rules=tuple(_line(mark, *part.texts)))
            yield part
    if isinstance(piece.block, PictureBlock) and piece.block.mark and piece.part is Part.PICTURE:
        yield _over(piece, piece.block.mark)


def _line(mark: Mark, *texts: Text) -> Iterator[Rule]:
    """Through or under each text; along it where it runs downwards."""
    for text in texts:
        away, width = _HEIGHTS[mark] * text.size, text.size * _THICK
        if text.turned:
            x = text.x - away
            yield Rule(x, text.y, x, text.y + text.width, width)
        else:
            y = text.y + away
            yield Rule(text.x, y, text.x + text.width, y, width)


def _over(piece: Piece, mark: Mark) -> Piece:
    """A frame around a figure, and a cross through one that was taken out."""
    left, top = piece.x, piece.top
    right, bottom = left + piece.width, top + piece.height
    corners = ((left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom))
    rules = [Rule(*ends, _FRAME) for ends in (*corners, (right, top, right, bottom))]
    if mark is Mark.OLD:
        rules += [Rule(left, top, right, bottom, _FRAME), Rule(left, bottom, right, top, _FRAME)]
    place = (piece.x, piece.top, piece.width, piece.height)
    return Piece(*place, Part.ARTIFACT, piece.source, rules=tuple(rules), colour=_COLOURS[mark])
