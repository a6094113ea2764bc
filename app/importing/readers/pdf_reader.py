"""A .pdf with a text layer → blocks; by pdfminer.six."""

import io
import logging
import zlib
from collections.abc import Iterator, Sequence
from itertools import filterfalse, pairwise
from typing import Any

from app.chinese import with_whole_ideographs
from app.documents.blocks import Block
from app.errors import REINSTALL, UserError
from app.importing.readers.deadline import Deadline, TimeUp
from app.importing.readers.page_orders import other_orders
from app.importing.readers.page_sheets import sheets
from app.importing.readers.page_table import Glyph, Rule
from app.importing.readers.page_text import Page, Picture, check_length, pages_blocks
from app.importing.readers.pdf_marks import Marks
from app.importing.readers.scans import OnlyPictures
from app.importing.source import Order

MAX_PAGES = 200
_SECONDS = 3.0  # without a page being finished
_MAX_STREAM = 40_000_000  # bytes of one stream, unpacked
_MAX_GLYPHS, _MAX_RULES = 20_000, 20_000  # of one page
_THIN = 3.0  # points: a filled box this thin is a line
_SMALL = 40.0  # points: a picture smaller than this is an ornament
_BOX = 5  # points of a closed box
_INVISIBLE = 3  # text rendering mode (ISO 32000-1, 9.3.6): the text layer under a scan
_MORE = 100  # what another character says of how its page stands, of what a figure does
_LOST = "\ufffd"  # a character whose font does not say what it is
_Point = tuple[float, float]
_WHAT_ELSE = "请找到原来的 Word 文件导入，或对照 PDF 手工录入"


def read_pdf(data: bytes) -> tuple[Block, ...]:
    """Blocks in reading order; UserError for a scan, a password, or an incomplete installation."""
    return read_orders(data)[0]


def read_orders(data: bytes) -> tuple[tuple[Block, ...], tuple[Order, ...]]:
    """The same, and the other orders in which the pages can be read."""
    try:
        import pdfminer.pdfinterp  # not within the time below: the first time it comes from a slow disk
    except ImportError as error:
        raise UserError("程序安装不完整：没有读取 PDF 的组件", REINSTALL) from error
    logging.getLogger(pdfminer.__name__).setLevel(logging.CRITICAL)
    try:
        with Deadline(_SECONDS) as deadline:
            pages = []
            for page in _pages(data):
                pages.append(page)
                check_length(pages)
                deadline.restart()
            _check(pages)
            whole = sheets(pages)
            return pages_blocks(whole), other_orders(whole, _too_complex())
    except TimeUp as error:
        raise _too_complex() from error


def _too_complex() -> UserError:
    return UserError("这份 PDF 太复杂，读取超时", "请用 WPS 把 PDF 转为 Word 后再导入")


def _check(pages: Sequence[Page]) -> None:
    glyphs = [glyph.text for page in pages for glyph in page.glyphs if not glyph.text.isspace()]
    if len(glyphs) < 20 * min(len(pages), 2):
        if any(page.pictures for page in pages):
            raise OnlyPictures("这份 PDF 是扫描件，里面没有可以读取的文字", _WHAT_ELSE)
        raise OnlyPictures("这份 PDF 里没有可以读取的文字", _WHAT_ELSE)
    if glyphs.count(_LOST) * 5 > len(glyphs):
        raise OnlyPictures("这份 PDF 的文字没有编码，只能看不能读取", _WHAT_ELSE)


def _pages(data: bytes) -> Iterator[Page]:
    """Each page as it is drawn."""
    from pdfminer import pdftypes
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    vars(pdftypes)["zlib"] = _BoundedZlib
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        manager = PDFResourceManager()
        device = _device(manager)
        interpreter = PDFPageInterpreter(manager, device)
        for number, page in enumerate(PDFPage.create_pages(document), 1):
            if number > MAX_PAGES:
                raise UserError("这份 PDF 页数太多，不像是一份年度报告", "请只导入年度报告本身")
            device.page = Page(number, 0.0, 0.0)
            interpreter.process_page(page)
            yield device.page
    except UserError:
        raise
    except PDFPasswordIncorrect as error:
        raise UserError(
            "这份 PDF 有密码保护", "请先用阅读软件去掉密码，或找到原来的 Word 文件导入"
        ) from error
    except (
        Exception
    ) as error:  # pdfminer raises its own errors, struct.error, KeyError, TypeError and more on broken files
        raise UserError(
            "这份 PDF 已损坏或不完整", "请重新下载或复制一份，或找到原来的 Word 文件导入"
        ) from error


class _BoundedZlib:
    """What pdfminer uses of zlib, refusing a stream that unpacks to more than any page can need."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        stream = zlib.decompressobj()
        found = stream.decompress(data, _MAX_STREAM)
        if stream.unconsumed_tail:
            raise UserError("这份 PDF 展开后大得不正常", "请用 WPS 打开确认后转为 Word 再导入")
        if not stream.eof:
            raise zlib.error("incomplete")
        return found

    @staticmethod
    def decompressobj() -> "_BoundedStream":
        return _BoundedStream()


class _BoundedStream:
    def __init__(self) -> None:
        self._stream = zlib.decompressobj()
        self._size = 0

    def decompress(self, data: bytes) -> bytes:
        found = self._stream.decompress(data, _MAX_STREAM - self._size + 1)
        self._size += len(found)
        if self._size > _MAX_STREAM:
            raise UserError("这份 PDF 展开后大得不正常", "请用 WPS 打开确认后转为 Word 再导入")
        return found


def _device(manager: Any) -> Any:
    """The class needs pdfminer, which is imported only when a PDF is read."""
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined
    from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

    class Device(PDFTextDevice):
        """Notes glyphs, lines and pictures instead of drawing them."""

        page = Page(0, 0.0, 0.0)
        marks = Marks()
        visible = True
        figure = (0.0, 0.0, 0.0, 0.0)
        ctm: Any

        def begin_page(self, page: Any, ctm: Any) -> None:
            x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
            self.page.width, self.page.height = abs(x1 - x0), abs(y1 - y0)

            self.marks.begin_page()

        def end_page(self, page: Any) -> None: ...

        def begin_tag(self, tag: Any, props: Any = None) -> None:
            self.marks.begin(self.page, tag, props)

        def end_tag(self) -> None:
            self.marks.end(self.page)

        def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
            self.figure = apply_matrix_rect(self.ctm, apply_matrix_rect(matrix, bbox))

        def end_figure(self, name: str) -> None: ...

        def render_image(self, name: str, stream: Any) -> None:
            _note_picture(self.page, self.figure, stream)

        def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
            self.visible = textstate.render != _INVISIBLE
            super().render_string(textstate, seq, ncs, graphicstate)

        def render_char(
            self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *_: Any
        ) -> float:
            advance = float(font.char_width(cid) * fontsize * scaling)
            if self.visible and _is_upright(matrix) and len(self.page.glyphs) < _MAX_GLYPHS:
                try:
                    text = font.to_unichr(cid)
                except PDFUnicodeNotDefined:
                    text = _LOST
                # numbers too long for their columns run downwards on a page that stands upright
                self.page.directions[_direction(matrix)] += 1 if text.isdigit() else _MORE
                box = _glyph_box(font, fontsize, rise, advance)
                _note_glyph(self.page, apply_matrix_rect(matrix, box), text)
            return advance

        def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
            if len(self.page.rules) < _MAX_RULES:
                points = [
                    (one[0], apply_matrix_pt(self.ctm, one[-2:]) if len(one) > 2 else None) for one in path
                ]
                self.page.rules.extend(path_rules(points, self.page.height, stroke, fill))

    return Device(manager)


def _note_picture(page: Page, box: tuple[float, float, float, float], stream: Any) -> None:
    """A picture that is no ornament; its data where they are a JPEG file as they stand."""
    x0, y0, x1, y1 = box
    if x1 - x0 < _SMALL or y1 - y0 < _SMALL:
        return
    data = bytes(stream.rawdata or b"")
    is_jpeg = data.startswith(b"\xff\xd8\xff") and not stream.decipher
    name = f"图片{len(page.pictures) + 1}"
    page.pictures.append(Picture(page.height - y1, name, data if is_jpeg else b""))


def _is_upright(matrix: Any) -> bool:
    """Set along a side of the page; a watermark runs askew."""
    a, b, c, d = matrix[:4]
    return bool(min(abs(a) + abs(d), abs(b) + abs(c)) < 0.05)


def _direction(matrix: Any) -> int:
    """Quarters of a turn, against the clock, by which a character is turned: 1 where its line runs up the page."""
    a, b = matrix[:2]
    return (0 if a > 0 else 2) if abs(a) > abs(b) else 1 if b > 0 else 3


def _glyph_box(font: Any, size: float, rise: float, advance: float) -> tuple[float, float, float, float]:
    """What a character takes up, from where it is set."""
    if font.is_vertical():
        return -size / 2, rise + advance, size / 2, rise
    low = font.get_descent() * size + rise
    return 0.0, low, advance, low + size


def _note_glyph(page: Page, box: Any, text: str) -> None:
    x0, y0, x1, y1 = box
    text = with_whole_ideographs(text.replace("\x00", ""))
    if text and x1 - x0 < page.width:
        page.glyphs.append(Glyph(x0, page.height - y1, x1, page.height - y0, text))


def path_rules(
    path: Sequence[tuple[str, _Point | None]], height: float, stroke: bool, fill: bool
) -> Iterator[Rule]:
    """The straight lines of a path of m, l, c … and h; y grows upwards from the bottom of a page of this height."""
    for points in filterfalse(_is_letter, _outlines(path)):
        if _is_thin(points):
            if stroke or fill:
                yield _rule(points, height)
        elif stroke:
            for ends in pairwise(points):
                if _is_straight(*ends):
                    yield _rule(ends, height)


def _outlines(path: Sequence[tuple[str, _Point | None]]) -> list[list[_Point]]:
    """The points of each part of a path; m begins one, h goes back to where it began."""
    part: list[_Point] = []
    parts: list[list[_Point]] = []
    for code, point in path:
        if code == "m" and point is not None:
            part = [point]
            parts.append(part)
        elif code == "h" and part:
            part.append(part[0])
        elif point is not None:
            part.append(point)
    return parts


def _is_letter(points: Sequence[_Point]) -> bool:
    """Part of the outline of a character, as bold type is drawn by some printers: small, and no box or line."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return len(points) > _BOX and max(max(xs) - min(xs), max(ys) - min(ys)) < _SMALL


def _is_thin(points: Sequence[_Point]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN


def _is_straight(start: _Point, end: _Point) -> bool:
    """Horizontal or vertical."""
    return min(abs(start[0] - end[0]), abs(start[1] - end[1])) <= 1


def _rule(points: Sequence[_Point], height: float) -> Rule:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rule(min(xs), height - max(ys), max(xs), height - min(ys))
