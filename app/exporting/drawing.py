"""What every writer of pages draws alike: characters by font, boxes for what no face has, false bold, levels of headings."""

from collections.abc import Iterable, Iterator, Mapping

from reportlab.pdfbase import pdfmetrics

from app.typesetting.pages import Page, Part, Piece

SUBJECT = "政府信息公开工作年度报告"
WATERMARK_SIZE, WATERMARK_GREY = 150, 0.9
WATERMARK_DROP = 0.35  # em: from the middle of a character down to its base line
_LEVELS = {Part.TITLE: 0, Part.HEADING1: 0, Part.HEADING2: 1, Part.TEXT: 1, Part.HEADING3: 2}
_BOXES = "□〓■?"  # the first that a face has stands for what it has not
_HEAVY_STROKE = 1 / 20  # em: for a light face among bold ones
_STROKE = 1 / 36  # em: the outline that stands in for a bold cut

StandIns = Mapping[str, Mapping[int, str]]  # font → character → what is drawn for it


def characters(pages: Iterable[Page]) -> dict[str, set[str]]:
    """The fonts of the pages in the order of their use, and what they draw."""
    stretches: dict[str, list[str]] = {}
    for page in pages:
        for piece in page.pieces:
            for _, _, _, font, _, _, chars, *_ in piece.texts:
                stretches.setdefault(font, []).append(chars)
    return {font: set("".join(all_chars)) for font, all_chars in stretches.items()}


def stand_ins(used: Mapping[str, set[str]]) -> StandIns:
    """What is drawn for characters that their font has not, never the font's own empty box (PDF/A, 6.2.11.8)."""
    found: dict[str, dict[int, str]] = {}
    for name, chars in used.items():
        known = pdfmetrics.getFont(name).face.charToGlyph
        if absent := {ord(char) for char in chars} - known.keys():
            box = next((char for char in _BOXES if ord(char) in known), " ")
            found[name] = dict.fromkeys(absent, box)
    return found


def stroke(font: str) -> float:
    """How wide the outline of false bold is, in em."""
    return _HEAVY_STROKE if "Light" in font else _STROKE


def bookmarks(page: Page, level: int) -> Iterator[tuple[int, Piece]]:
    """The headings of a page, each with its level: never more than one deeper than the one before, at first `level`."""
    for piece in page.pieces:
        if piece.outline and piece.part in _LEVELS:
            level = min(_LEVELS[piece.part], level + 1)
            yield level, piece
