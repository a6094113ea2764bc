"""An .ofd file (GB/T 33190) → blocks: its text, and its ruled tables where lines are drawn."""

import math
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from app.documents.blocks import Block
from app.errors import UserError
from app.importing.readers.deadline import Deadline, TimeUp
from app.importing.readers.ofd_figures import Figures
from app.importing.readers.package import Package, damaged, parse_xml
from app.importing.readers.page_orders import other_orders
from app.importing.readers.page_table import Glyph, Rule
from app.importing.readers.page_text import Page, Picture, check_length, pages_blocks
from app.importing.readers.pdf_reader import path_rules
from app.importing.source import Order

MAX_PAGES = 200
_SECONDS = 3.0  # without a page being finished
_POINTS = 72 / 25.4  # OFD measures in millimetres
_MAX_GLYPHS = 20_000  # of one page
_MOST_TAG_FILES = 5
_MAX_PATH = 20_000  # characters of one path
_WIDEST_LETTER, _WIDEST_DIGIT = 0.96, 0.65  # em
_WHAT_ELSE = "请用阅读软件复制全文后粘贴导入，或找到原来的 Word 文件"
# A path as OFD writes it, a letter and its numbers: M 0 0 L 40 0 L 40 10 C (move, line, close)
_PATH = re.compile(r"([SMLQBACsmlqbac])|(-?[0-9.]+(?:[eE]-?[0-9]+)?)")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

_Element = etree._Element
_Matrix = tuple[float, float, float, float, float, float]


def read_ofd(data: bytes) -> tuple[Block, ...]:
    """Blocks in reading order; UserError for a scan or a file without text."""
    return read_orders(data)[0]


def read_orders(data: bytes) -> tuple[tuple[Block, ...], tuple[Order, ...]]:
    """The same, and the other orders in which the pages can be read."""
    package = Package(data)
    try:
        with Deadline(_SECONDS) as deadline:
            pages = []
            for page in _pages(package):
                pages.append(page)
                check_length(pages)
                deadline.restart()
            blocks = pages_blocks(pages)
    except TimeUp as error:
        raise _too_complex() from error
    if sum(len(page.glyphs) for page in pages) < 20:
        if any(page.pictures for page in pages):
            raise UserError(
                "这份 OFD 是扫描件，里面没有可以读取的文字", "请对照 OFD 手工录入，或找到原来的 Word 文件"
            )
        raise UserError("这份 OFD 里没有可以读取的文字", _WHAT_ELSE)
    return blocks, other_orders(pages, _too_complex())


def _too_complex() -> UserError:
    return UserError("这份 OFD 太复杂，读取超时", _WHAT_ELSE)


def _pages(package: Package) -> Iterator[Page]:
    """Each page with what is drawn on it."""
    for document in _documents(package):
        root = _xml(package, document)
        default = _numbers(_text(root, "PhysicalBox"), 4) or [0.0, 0.0, 210.0, 297.0]
        templates = {
            one.get("ID", ""): _path(document, one.get("BaseLoc", ""))
            for one in _grandchildren(root, "CommonData", "TemplatePage")
        }
        pages = _grandchildren(root, "Pages", "Page")
        if len(pages) > MAX_PAGES:
            raise UserError("这份 OFD 页数太多，不像是一份年度报告", "请只导入年度报告本身")
        figures = Figures(_tag_files(package, document, root))
        for number, one in enumerate(pages, 1):
            path = _path(document, one.get("BaseLoc", ""))
            if path in package:
                yield _page(package, number, path, default, templates, figures)


def _tag_files(package: Package, document: str, root: _Element) -> Iterator[_Element]:
    """The custom tags (标引) of a document."""
    listed = _path(document, _text(root, "CustomTags").strip())
    if not _text(root, "CustomTags") or listed not in package:
        return
    for one in list(_all(_xml(package, listed), "FileLoc"))[:_MOST_TAG_FILES]:
        path = _path(listed, (one.text or "").strip())
        if path in package:
            yield _xml(package, path)


def _documents(package: Package) -> list[str]:
    if "OFD.xml" not in package:
        raise damaged()
    roots = [element.text or "" for element in _all(_xml(package, "OFD.xml"), "DocRoot")]
    found = [path for path in (_path("OFD.xml", root.strip()) for root in roots) if path in package]
    if not found:
        raise damaged()
    return found[:5]


def _page(
    package: Package,
    number: int,
    path: str,
    default: list[float],
    templates: dict[str, str],
    figures: Figures,
) -> Page:
    root = _xml(package, path)
    box = _numbers(_text(root, "PhysicalBox"), 4) or default
    page = Page(number, box[2] * _POINTS, box[3] * _POINTS)
    named = dict.fromkeys(templates.get(one.get("TemplateID", ""), "") for one in _children(root, "Template"))
    drawn = [root, *(_xml(package, one) for one in named if one in package and one != path)]
    for part in drawn:
        _note_texts(page, _all(part, "TextObject"), figures)
        for element in _all(part, "PathObject"):
            page.rules.extend(_rules(element))
        for element in _all(part, "ImageObject"):
            area = _numbers(element.get("Boundary", ""), 4)
            if area and area[2] > 14 and area[3] > 14:
                page.pictures.append(Picture(area[1] * _POINTS, f"图片{len(page.pictures) + 1}"))
    return page


def _note_texts(page: Page, texts: Iterator[_Element], figures: Figures) -> None:
    """What stands on the page as text; a chart in place of its numbers and labels."""
    for one in texts:
        number = one.get("ID", "")
        chart = figures.chart(number)
        if chart is not None:
            area = _numbers(one.get("Boundary", ""), 4)
            figures.show(page, chart, area[1] * _POINTS if area else 0.0)
            continue
        glyphs = _glyphs(one)
        if not figures.take_caption(number, glyphs):
            page.glyphs.extend(glyphs[: max(_MAX_GLYPHS - len(page.glyphs), 0)])


# -- text -----------------------------------------------------------------------------------------------------------------


def _glyphs(element: _Element) -> list[Glyph]:
    """The characters of a text object, each where its offsets put it."""
    boundary = _numbers(element.get("Boundary", ""), 4)
    if not boundary or _is_hidden(element):
        return []
    size = _first(element.get("Size", ""), 4.0)
    matrix = _matrix(element)
    if not _is_upright(matrix):
        return []
    found: list[Glyph] = []
    x = y = 0.0
    for code in _children(element, "TextCode"):
        x, y = _first(code.get("X", ""), x), _first(code.get("Y", ""), y)  # one that is not said stays
        for sign, width, at_x, at_y in _signs(code, x, y, size):
            found.append(_placed(sign, at_x, at_y, width, size, boundary, matrix))
    return found


def _signs(code: _Element, x: float, y: float, size: float) -> Iterator[tuple[str, float, float, float]]:
    """(character, width, x, y): DeltaX and DeltaY say how far it is to the next; without them as far as it is wide."""
    across, down = _deltas(code.get("DeltaX", "")), _deltas(code.get("DeltaY", ""))
    for index, sign in enumerate((code.text or "")[:_MAX_GLYPHS]):
        step = across[index] if index < len(across) else 0.0
        width = _width(sign, size, step)
        yield sign, width, x, y
        if index < len(across):
            x += step
        elif not down:
            x += width
        if index < len(down):
            y += down[index]


def _width(sign: str, size: float, step: float) -> float:
    """As wide as its kind; a letter (w, M) as far as it is to the next, where that is no gap."""
    if _is_wide(sign):
        return size
    widest = _WIDEST_DIGIT if sign.isdigit() else _WIDEST_LETTER
    return max(size / 2, step) if step < widest * size else size / 2


def _is_wide(sign: str) -> bool:
    """A Chinese character or mark, one em wide."""
    return ord(sign) > 0x2E7F or sign in "“”‘’…—·"


def _is_upright(matrix: _Matrix) -> bool:
    """Set along a side of the page; a watermark runs askew."""
    a, b, c, d, _, _ = matrix
    return min(abs(a) + abs(d), abs(b) + abs(c)) <= 0.1 * max(abs(a) + abs(d), abs(b) + abs(c))


def _is_hidden(element: _Element) -> bool:
    return element.get("Visible", "true") == "false"


def _placed(
    sign: str, x: float, y: float, width: float, size: float, boundary: list[float], matrix: _Matrix
) -> Glyph:
    """`y` is the base line; the box reaches a fifth of the size below it."""
    corners = [_moved(matrix, px, py) for px in (x, x + width) for py in (y - 0.8 * size, y + 0.2 * size)]
    xs = [(boundary[0] + px) * _POINTS for px, _ in corners]
    ys = [(boundary[1] + py) * _POINTS for _, py in corners]
    return Glyph(min(xs), min(ys), max(xs), max(ys), sign)


def _deltas(text: str) -> list[float]:
    """`g 3 4.2 5` means 4.2 three times."""
    found: list[float] = []
    parts = text.split()[: 2 * _MAX_GLYPHS]
    index = 0
    while index < len(parts) and len(found) < _MAX_GLYPHS:
        if parts[index] == "g" and index + 2 < len(parts):
            count = int(_number(parts[index + 1]))
            found.extend([_number(parts[index + 2])] * max(0, min(count, _MAX_GLYPHS)))
            index += 3
        else:
            found.append(_number(parts[index]))
            index += 1
    return found


# -- lines ----------------------------------------------------------------------------------------------------------------


def _rules(element: _Element) -> list[Rule]:
    boundary = _numbers(element.get("Boundary", ""), 4)
    if not boundary or _is_hidden(element):
        return []
    matrix = _matrix(element)
    path: list[tuple[str, tuple[float, float] | None]] = []
    for code, numbers in _commands(_text(element, "AbbreviatedData")[:_MAX_PATH]):
        if code == "C":
            path.append(("h", None))
        elif len(numbers) >= 2:
            x, y = _moved(matrix, numbers[-2], numbers[-1])
            point = (boundary[0] + x) * _POINTS, -(boundary[1] + y) * _POINTS
            path.append(("m" if code in "SM" else "l" if code == "L" else "c", point))
    stroke = element.get("Stroke", "true") != "false"
    return list(path_rules(path, 0.0, stroke, element.get("Fill", "false") == "true"))


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    code, numbers = "", list[float]()
    for found in _PATH.finditer(text):
        if found[1]:
            if code:
                yield code, numbers
            code, numbers = found[1].upper(), []
        elif len(numbers) < _ARGUMENTS.get(code, 0):
            numbers.append(_number(found[2]))
    if code:
        yield code, numbers


# -- XML and numbers ------------------------------------------------------------------------------------------------------


def _xml(package: Package, name: str) -> _Element:
    return parse_xml(package.read(name))


def _path(base: str, location: str) -> str:
    """Where a part lies: relative to the one that names it, or from the root when it begins with /."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location)).lstrip("/")


def _all(root: _Element, name: str) -> Iterator[_Element]:
    return root.iter("{*}" + name)


def _children(root: _Element, name: str) -> list[_Element]:
    return list(root.iterchildren("{*}" + name))


def _grandchildren(root: _Element, name: str, inner: str) -> list[_Element]:
    return [one for part in _children(root, name) for one in _children(part, inner)]


def _text(root: _Element, name: str) -> str:
    found = next(root.iter("{*}" + name), None)
    return (found.text or "") if found is not None else ""


def _matrix(element: _Element) -> _Matrix:
    found = _numbers(element.get("CTM", ""), 6)
    return (
        (found[0], found[1], found[2], found[3], found[4], found[5])
        if found
        else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    )


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _numbers(text: str, count: int) -> list[float] | None:
    parts = text.split()
    return [_number(part) for part in parts[:count]] if len(parts) >= count else None


def _first(text: str, default: float) -> float:
    return (_numbers(text, 1) or [default])[0]


def _number(text: str) -> float:
    """A measure; 0 for what is none, within ± 100 m."""
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return max(-1e5, min(number, 1e5)) if math.isfinite(number) else 0.0
