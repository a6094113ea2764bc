"""Pages → PDF: draws what the typesetter placed on reportlab's canvas, with bookmarks, title, language and embedded fonts."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from itertools import repeat
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import Block
from app.exporting.meta import Meta
from app.exporting.pdf import archive
from app.exporting.pdf.objects import Properties, actual_text, plain
from app.exporting.pdf.tags import END, WATERMARK, Tags
from app.typesetting.fonts import Faces, Role, computer_faces
from app.typesetting.page_style import PageStyle, page_style
from app.typesetting.pages import Page, Part, Piece, Text
from app.typesetting.typeset import typeset

LANGUAGE = "zh-CN"
_SUBJECT = "政府信息公开工作年度报告"
_LEVELS = {Part.TITLE: 0, Part.HEADING1: 0, Part.HEADING2: 1, Part.TEXT: 1, Part.HEADING3: 2}
_WATERMARK_SIZE, _WATERMARK_GREY = 150, 0.9
_BOXES = "□〓■?"  # the first that a face has stands for what it has not
_HEAVY_STROKE = 1 / 20  # em: for a light face among bold ones
_STROKE = 1 / 36  # em: the outline that stands in for a bold cut

StandIns = Mapping[str, Mapping[int, str]]  # font → character → what is drawn for it


def pdf_bytes(
    blocks: Sequence[Block],
    meta: Meta,
    style: PageStyle | None = None,
    faces: Faces | None = None,
    accessible: bool = False,
) -> bytes:
    """The report as a PDF/A-2b; in GB/T 9704 and this computer's faces where nothing else is said.

    `accessible`: tagged for readers that speak the page, as PDF/A-2a and PDF/UA-1; the pages look the same.
    """
    style, faces = style or page_style(), faces or computer_faces()
    return pages_to_pdf(typeset(blocks, style, faces), meta, faces, accessible)


def pages_to_pdf(pages: Sequence[Page], meta: Meta, faces: Faces, accessible: bool = False) -> bytes:
    """Draws pages, as PDF/A-2b or tagged; the same pages always give the same bytes."""
    used = _characters(pages)
    first_font = next(iter(used), faces.pick(Role.BODY, "一")[0])
    watermark = [(char, *faces.pick(Role.TITLE, char)) for char in meta.watermark]
    faces.register()
    stand_ins = _stand_ins(used)
    stream = BytesIO()
    rl_config.useA85 = 0  # text armour for the streams only makes them longer
    canvas = Canvas(
        stream,
        invariant=1,
        initialFontName=first_font,
        lang=LANGUAGE,
        pageCompression=1,
        pdfVersion=archive.VERSION,
    )
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference(
        "PrintScaling", "None"
    )  # fitted to the paper the type area is smaller than 156 mm
    canvas.setViewerPreference("Duplex", "DuplexFlipLongEdge")  # the page numbers stand at the outer corners
    archive.make_archival(canvas._doc, _properties(meta, faces, used), LANGUAGE, accessible)
    tags = Tags() if accessible else None
    bookmarks = _Bookmarks(canvas)
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        if watermark:
            _draw_watermark(canvas, page, watermark)
        _draw(canvas, page, tags.marks(page) if tags else repeat(""), stand_ins)
        bookmarks.add(page)
        canvas.showPage()
    if tags:
        tags.add_to(canvas._doc)
    canvas.save()
    return stream.getvalue()


def _characters(pages: Sequence[Page]) -> dict[str, set[str]]:
    """The fonts of the pages in the order of their use, and what they draw."""
    stretches: dict[str, list[str]] = {}
    for page in pages:
        for piece in page.pieces:
            for _, _, _, font, _, _, chars, _, _ in piece.texts:
                stretches.setdefault(font, []).append(chars)
    return {font: set("".join(all_chars)) for font, all_chars in stretches.items()}


def _properties(meta: Meta, faces: Faces, used_fonts: Iterable[str]) -> Properties:
    """Title, the agency as author (never a person), and the faces really used."""
    used = faces.named(used_fonts)
    names = dict.fromkeys(f"{face.name}（{face.origin}）" for face in used)
    return Properties(
        title=plain(meta.title) or _SUBJECT,
        author=plain(meta.agency),
        subject=_SUBJECT,
        keywords=plain("；".join(filter(None, [meta.identity, "字体：" + "、".join(names)]))),
    )


class _Bookmarks:
    """Headings as the PDF's outline; a level is never more than one deeper than the one before."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._level = -1
        self._count = 0

    def add(self, page: Page) -> None:
        for piece in page.pieces:
            if piece.outline and piece.part in _LEVELS:
                self._level = min(_LEVELS[piece.part], self._level + 1)
                self._count += 1
                key = f"h{self._count}"
                self._canvas.bookmarkHorizontal(key, 0, page.height - piece.top)
                self._canvas.addOutlineEntry(plain(piece.outline), key, self._level, closed=False)
        if self._count:
            self._canvas.showOutline()


def _draw(canvas: Any, page: Page, marks: Iterable[str], stand_ins: StandIns) -> None:
    """The pieces of a page, all rules and pictures before all text; what has a mark is marked content of its own."""
    marked = list(zip(page.pieces, marks, strict=False))
    for piece, mark in marked:
        if piece.rules or piece.picture:
            _open(canvas, mark)
            _draw_rules(canvas, page, piece)
            _draw_picture(canvas, page, piece)
            _close(canvas, mark)
    drawn = canvas.beginText()
    pen = _Pen(drawn, page.height, stand_ins)
    for piece, mark in marked:
        if piece.texts:
            _open(drawn, mark)
            pen.colour(piece.colour)
            pen.write(piece.texts)
            pen.colour("")
            _close(drawn, mark)
    canvas.drawText(drawn)


def _open(place: Any, mark: str) -> None:
    if mark:
        place._code.append(mark)


def _close(place: Any, mark: str) -> None:
    if mark:
        place._code.append(END)


class _Pen:
    """Writes texts, and says only what changes from one to the next."""

    def __init__(self, drawn: Any, height: float, stand_ins: StandIns) -> None:
        self._drawn, self._height, self._stand_ins = drawn, height, stand_ins
        self._font: tuple[str, float] | None = None
        self._spacing, self._colour = 0.0, ""
        self._outline = 0.0

    def _set_outline(self, width: float) -> None:
        if width != self._outline:
            self._outline = width
            self._drawn._code.append(f"{width:.2f} w 1 j 2 Tr" if width else "0 Tr")

    def colour(self, colour: str) -> None:
        if colour != self._colour:
            self._colour = colour
            self._drawn._code.append(f"{_rgb(colour or '000000')} rg")

    def write(self, texts: Iterable[Text]) -> None:
        drawn = self._drawn
        code = drawn._code
        for x, y, _, name, size, spacing, chars, bold, turned in texts:
            self._set_outline(size * _stroke(name) if bold else 0.0)
            if self._font != (name, size):
                self._font = (name, size)
                drawn.setFont(name, size)
            if spacing != self._spacing:
                self._spacing = spacing
                code.append(f"{spacing:.3f} Tc")
            # as setTextOrigin does, but for its slow way of writing numbers
            way = "0 -1 1 0" if turned else "1 0 0 1"
            code.append(f"{way} {x:.2f} {self._height - y:.2f} Tm")
            if name in self._stand_ins and (shown := chars.translate(self._stand_ins[name])) != chars:
                code.append(actual_text(plain(chars)))
                drawn.textOut(shown)
                code.append(END)
            else:
                drawn.textOut(chars)


def _stroke(font: str) -> float:
    return _HEAVY_STROKE if "Light" in font else _STROKE


def _stand_ins(used: Mapping[str, set[str]]) -> StandIns:
    """What is drawn for characters that their font has not: PDF/A forbids the font's own empty box (6.2.11.8).

    With the true character behind it, so that it can still be searched and copied.
    """
    found: dict[str, dict[int, str]] = {}
    for name, chars in used.items():
        known = pdfmetrics.getFont(name).face.charToGlyph
        if absent := {ord(char) for char in chars} - known.keys():
            box = next((char for char in _BOXES if ord(char) in known), " ")
            found[name] = dict.fromkeys(absent, box)
    return found


def _draw_picture(canvas: Any, page: Page, piece: Piece) -> None:
    if piece.picture:
        picture = ImageReader(BytesIO(piece.picture.data))
        bottom = page.height - piece.top - piece.height
        canvas.drawImage(picture, piece.x, bottom, piece.width, piece.height)


def _draw_rules(canvas: Any, page: Page, piece: Piece) -> None:
    height, width = page.height, 0.0
    for x, y, wide, high, colour in piece.shades:
        canvas._code.append(f"{_rgb(colour)} rg {x:.2f} {height - y - high:.2f} {wide:.2f} {high:.2f} re f")
    for x, y, wide, high, grey in piece.fills:
        canvas._code.append(f"{grey:.3f} g {x:.2f} {height - y - high:.2f} {wide:.2f} {high:.2f} re f")
    if piece.fills or piece.shades:
        canvas._code.append("0 g")
    if piece.colour:
        canvas._code.append(f"{_rgb(piece.colour)} RG")
    for rule in piece.rules:
        if rule.width != width:
            width = rule.width
            canvas._code.append(f"{width:.2f} w")
        x1, y1, x2, y2 = rule.x1, height - rule.y1, rule.x2, height - rule.y2
        canvas._code.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")
    if piece.colour:
        canvas._code.append("0 G")


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (0, 2, 4))


def _draw_watermark(canvas: Any, page: Page, chars: Sequence[tuple[str, str, float]]) -> None:
    """草稿 across the page, in a grey under the text."""
    canvas._code.append(WATERMARK)
    canvas.saveState()
    canvas.setFillGray(_WATERMARK_GREY)
    canvas.translate(page.width / 2, page.height / 2)
    canvas.rotate(45)
    x = -sum(width for _, _, width in chars) * _WATERMARK_SIZE / 2
    for char, font, width in chars:
        canvas.setFont(font, _WATERMARK_SIZE)
        canvas.drawString(x, -_WATERMARK_SIZE * 0.35, char)
        x += width * _WATERMARK_SIZE
    canvas.restoreState()
    canvas._code.append(END)
