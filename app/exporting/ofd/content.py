"""One page → Content.xml: pictures, areas and rules first, then all text, as the PDF draws them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby
from math import cos, radians, sin

from reportlab.pdfbase import pdfmetrics

from app.exporting.drawing import WATERMARK_DROP, WATERMARK_GREY, WATERMARK_SIZE, stroke
from app.exporting.ofd.markup import box, element, mm, number, part, words
from app.exporting.pdf.objects import plain
from app.typesetting.pages import Page, Piece, Rule, Text

_ABOVE, _BELOW, _BESIDE = 1.0, 0.35, 0.2  # em: what a text object reaches beyond its base line and its ends
_TURNED = "0 1 -1 0 0 0"  # a quarter of a turn with the clock
_BLACK = "0 0 0"
# What has an object of its own: a character beyond U+FFFF, which viewers count as one or as two, and spaces that
# begin a text, which some drop together with their width.
_APART = re.compile("([\U00010000-\U0010ffff]|^ +)")


class Pen:
    """Writes objects with numbers of their own; fonts and pictures have theirs already."""

    def __init__(self, ids: "count[int]", fonts: Mapping[str, int], pictures: Mapping[str, int]) -> None:
        self.ids, self._fonts, self._pictures = ids, fonts, pictures
        self.texts: dict[int, list[int]] = {}  # piece (by id) → the text objects that hold it
        self.strokes: dict[str, int] = {}  # width of an outline → its number

    def page(self, page: Page, template: int | None) -> bytes:
        """Content.xml; `template` lies under it."""
        drawn = [one for piece in page.pieces for one in self._shapes(piece)]
        for piece in page.pieces:
            written = [one for text in piece.texts for one in self._text(text, piece)]
            drawn += written
        layer = element("Layer", drawn, Type="Body", ID=next(self.ids))
        under = element("Template", TemplateID=template, ZOrder="Background") if template else ""
        return part("Page", under + area(page) + element("Content", layer))

    def watermark(self, page: Page, chars: Sequence[tuple[str, str, float]]) -> bytes:
        """草稿 across the page, in a grey under the text."""
        at = -sum(width for _, _, width in chars) * WATERMARK_SIZE / 2
        turn = (cos(radians(45)), -sin(radians(45)), sin(radians(45)), cos(radians(45)))
        matrix = " ".join([*map(number, turn), mm(page.width / 2), mm(page.height / 2)])
        drawn = []
        for font, run in groupby(chars, lambda one: one[1]):
            letters = list(run)
            steps = [width * WATERMARK_SIZE for _, _, width in letters]
            code = _text_code(at, WATERMARK_SIZE * WATERMARK_DROP, "".join(one[0] for one in letters), steps)
            grey = " ".join([str(round(WATERMARK_GREY * 255))] * 3)
            drawn.append(
                element(
                    "TextObject",
                    element("FillColor", Value=grey) + code,
                    ID=next(self.ids),
                    Boundary=box(0, 0, page.width, page.height),
                    CTM=matrix,
                    Font=self._fonts[font],
                    Size=mm(WATERMARK_SIZE),
                )
            )
            at += sum(steps)
        layer = element("Layer", drawn, Type="Background", ID=next(self.ids))
        return part("Page", area(page) + element("Content", layer))

    # -- shapes --------------------------------------------------------------------------------------------------------

    def _shapes(self, piece: Piece) -> Iterator[str]:
        for x, y, wide, high, colour in piece.shades:
            yield self._filled(x, y, wide, high, _rgb(colour))
        for x, y, wide, high, grey in piece.fills:
            yield self._filled(x, y, wide, high, " ".join([str(round(grey * 255))] * 3))
        colour = _rgb(piece.colour)
        for width, rules in groupby(piece.rules, lambda rule: rule.width):
            yield self._lines(list(rules), width, colour)
        if piece.picture:
            place = (piece.x, piece.top, piece.width, piece.height)
            yield element(
                "ImageObject",
                ID=next(self.ids),
                Boundary=box(*place),
                CTM=f"{mm(piece.width)} 0 0 {mm(piece.height)} 0 0",
                ResourceID=self._pictures[piece.picture.name],
            )

    def _filled(self, x: float, y: float, width: float, height: float, colour: str) -> str:
        right, bottom = mm(width), mm(height)
        path = f"M 0 0 L {right} 0 L {right} {bottom} L 0 {bottom} C"
        inside = element("FillColor", Value=colour) + element("AbbreviatedData", path)
        place = box(x, y, width, height)
        return element("PathObject", inside, ID=next(self.ids), Boundary=place, Stroke="false", Fill="true")

    def _lines(self, rules: Sequence[Rule], width: float, colour: str) -> str:
        """Rules of one width as one path."""
        left = min(min(one.x1, one.x2) for one in rules) - width
        top = min(min(one.y1, one.y2) for one in rules) - width
        right = max(max(one.x1, one.x2) for one in rules) + width
        bottom = max(max(one.y1, one.y2) for one in rules) + width
        path = " ".join(
            f"M {mm(x1 - left)} {mm(y1 - top)} L {mm(x2 - left)} {mm(y2 - top)}"
            for x1, y1, x2, y2, _ in rules
        )
        inside = element("StrokeColor", Value=colour) + element("AbbreviatedData", path)
        place = box(left, top, right - left, bottom - top)
        return element("PathObject", inside, ID=next(self.ids), Boundary=place, LineWidth=mm(width))

    # -- text ----------------------------------------------------------------------------------------------------------

    def _text(self, text: Text, piece: Piece) -> Iterator[str]:
        """Mostly one object."""
        chars = plain(text.text)
        widths = pdfmetrics.getFont(text.font).face.charWidths
        steps = [widths.get(ord(char), 1000) * text.size / 1000 + text.spacing for char in chars]
        start, offset = 0, 0.0
        for run in filter(None, _APART.split(chars)):
            own = steps[start : start + len(run)]
            yield self._object(text, offset, run, own, piece)
            start, offset = start + len(run), offset + sum(own)

    def _object(self, text: Text, offset: float, chars: str, steps: Sequence[float], piece: Piece) -> str:
        size, length = text.size, sum(steps)
        beside, above, below = _BESIDE * size, _ABOVE * size, _BELOW * size
        attributes: dict[str, object] = {}
        if text.turned:
            place = (text.x - below, text.y + offset - beside, above + below, length + 2 * beside)
            code = _text_code(beside, -below, chars, steps)
            attributes["CTM"] = _TURNED
        else:
            place = (text.x + offset - beside, text.y - above, length + 2 * beside, above + below)
            code = _text_code(beside, above, chars, steps)
        colour = _rgb(piece.colour)
        inside = element("FillColor", Value=colour)
        if text.bold:
            inside += element("StrokeColor", Value=colour)
            attributes |= self._outlined(mm(size * stroke(text.font)))
        number_of = next(self.ids)
        self.texts.setdefault(id(piece), []).append(number_of)
        return element(
            "TextObject",
            inside + code,
            ID=number_of,
            Boundary=box(*place),
            Font=self._fonts[text.font],
            Size=mm(size),
            **attributes,
        )

    def _outlined(self, width: str) -> dict[str, object]:
        """False bold. The width is said twice: some viewers take that of a text only from what its DrawParam says."""
        if width not in self.strokes:
            self.strokes[width] = next(self.ids)
        return {"Stroke": "true", "DrawParam": self.strokes[width], "LineWidth": width, "Join": "Round"}


def area(page: Page) -> str:
    return element("Area", element("PhysicalBox", box(0, 0, page.width, page.height)))


def _text_code(x: float, y: float, chars: str, steps: Sequence[float]) -> str:
    attributes = {"X": mm(x), "Y": mm(y)}
    if len(chars) > 1:
        attributes["DeltaX"] = _deltas(map(mm, steps[:-1]))
    return element("TextCode", words(chars), **attributes)


def _deltas(steps: Iterable[str]) -> str:
    """`g 27 5.556` is 27 times 5.556."""
    told = []
    for step, run in groupby(steps):
        times = sum(1 for _ in run)
        told.append(f"g {times} {step}" if times > 2 else " ".join([step] * times))
    return " ".join(told)


def _rgb(colour: str) -> str:
    return " ".join(str(int(colour[at : at + 2], 16)) for at in (0, 2, 4)) if colour else _BLACK
