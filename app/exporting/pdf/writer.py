"""Pages → PDF: draws what the typesetter placed on reportlab's canvas, with bookmarks, title, language and embedded fonts."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import Block
from app.exporting.drawing import (
    SUBJECT,
    WATERMARK_DROP,
    WATERMARK_GREY,
    WATERMARK_SIZE,
    StandIns,
    bookmarks,
    characters,
    stand_ins,
    stroke,
)
from app.exporting.meta import Meta
from app.exporting.pdf import archive
from app.exporting.pdf.objects import Properties, actual_text, plain
from app.exporting.pdf.sign_field import add_field, place_of
from app.exporting.pdf.tags import END, WATERMARK, Tags, chart_marks
from app.typesetting.fonts import Faces, Role, computer_faces
from app.typesetting.page_style import PageStyle, page_style
from app.typesetting.pages import Page, Piece, Text
from app.typesetting.typeset import typeset

LANGUAGE = "zh-CN"


def pdf_bytes(
    blocks: Sequence[Block],
    meta: Meta,
    style: PageStyle | None = None,
    faces: Faces | None = None,
    accessible: bool = False,
    sign_field: bool = False,
) -> bytes:
    """The report as a PDF/A-2b; in GB/T 9704 and this computer's faces where nothing else is said.

    `accessible`: tagged for readers that speak the page, as PDF/A-2a and PDF/UA-1; the pages look the same.
    `sign_field`: with an empty signature field where the seal stands. UserError where no signature is.
    """
    style, faces = style or page_style(), faces or computer_faces()
    return pages_to_pdf(typeset(blocks, style, faces), meta, faces, accessible, sign_field)


def pages_to_pdf(
    pages: Sequence[Page], meta: Meta, faces: Faces, accessible: bool = False, sign_field: bool = False
) -> bytes:
    """Draws pages, as PDF/A-2b or tagged; the same pages always give the same bytes."""
    seal = place_of(pages) if sign_field else None
    used = characters(pages)
    first_font = next(iter(used), faces.pick(Role.BODY, "一")[0])
    watermark = [(char, *faces.pick(Role.TITLE, char)) for char in meta.watermark]
    faces.register()
    boxes = stand_ins(used)
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
    outline = _Bookmarks(canvas)
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        if watermark:
            _draw_watermark(canvas, page, watermark)
        _draw(canvas, page, tags.marks(page) if tags else chart_marks(page), boxes)
        outline.add(page)
        if seal and seal.page == page.number:
            field = add_field(canvas, page, seal)
            if tags:
                tags.add_field(field)
        canvas.showPage()
    if tags:
        tags.add_to(canvas._doc)
    canvas.save()
    return stream.getvalue()


def _properties(meta: Meta, faces: Faces, used_fonts: Iterable[str]) -> Properties:
    """Title, the agency as author (never a person), and the faces really used."""
    used = faces.named(used_fonts)
    names = dict.fromkeys(f"{face.name}（{face.origin}）" for face in used)
    return Properties(
        title=plain(meta.title) or SUBJECT,
        author=plain(meta.agency),
        subject=SUBJECT,
        keywords=plain("；".join(filter(None, [meta.identity, "字体：" + "、".join(names)]))),
    )


class _Bookmarks:
    """Headings as the PDF's outline; a level is never more than one deeper than the one before."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._level = -1
        self._count = 0

    def add(self, page: Page) -> None:
        for level, piece in bookmarks(page, self._level):
            self._level = level
            self._count += 1
            key = f"h{self._count}"
            self._canvas.bookmarkHorizontal(key, 0, page.height - piece.top)
            self._canvas.addOutlineEntry(plain(piece.outline), key, level, closed=False)
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
    pen = _Pen(drawn, canvas._doc, page.height, stand_ins)
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

    def __init__(self, drawn: Any, document: Any, height: float, stand_ins: StandIns) -> None:
        self._code, self._document = drawn._code, document
        self._height, self._stand_ins = height, stand_ins
        self._font: tuple[str, float] | None = None
        self._codes: Mapping[str, bytes] = {}
        self._spacing, self._colour = 0.0, ""
        self._outline = 0.0

    def _set_outline(self, width: float) -> None:
        if width != self._outline:
            self._outline = width
            self._code.append(f"{width:.2f} w 1 j 2 Tr" if width else "0 Tr")

    def colour(self, colour: str) -> None:
        if colour != self._colour:
            self._colour = colour
            rgb = _rgb(colour or "000000")
            self._code.append(f"{rgb} rg {rgb} RG")  # the outline of what is bold, too

    def write(self, texts: Iterable[Text]) -> None:
        code = self._code
        for x, y, _, name, size, spacing, chars, bold, turned, _ in texts:
            self._set_outline(size * stroke(name) if bold else 0.0)
            if self._font != (name, size):
                self._set_font(name, size)
            if spacing != self._spacing:
                self._spacing = spacing
                code.append(f"{spacing:.3f} Tc")
            way = "0 -1 1 0" if turned else "1 0 0 1"
            code.append(f"{way} {x:.2f} {self._height - y:.2f} Tm")
            if name in self._stand_ins and (shown := chars.translate(self._stand_ins[name])) != chars:
                code += [actual_text(plain(chars)), self._shown(shown), END]
            else:
                code.append(self._shown(chars))

    def _set_font(self, name: str, size: float) -> None:
        self._font = (name, size)
        font = pdfmetrics.getFont(name)
        self._codes = font.codes(self._document)
        self._code.append(f"{font.getSubsetInternalName(0, self._document)} {size:g} Tf")

    def _shown(self, chars: str) -> str:
        codes = self._codes
        return f"<{b''.join([codes[char] for char in chars]).hex()}> Tj"


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
    canvas.setFillGray(WATERMARK_GREY)
    canvas.translate(page.width / 2, page.height / 2)
    canvas.rotate(45)
    x = -sum(width for _, _, width in chars) * WATERMARK_SIZE / 2
    for char, font, width in chars:
        canvas.setFont(font, WATERMARK_SIZE)
        canvas.drawString(x, -WATERMARK_SIZE * WATERMARK_DROP, char)
        x += width * WATERMARK_SIZE
    canvas.restoreState()
    canvas._code.append(END)
