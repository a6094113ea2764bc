"""An OpenDocument file (.odt, .ott; tables of an .ods too) → blocks: paragraphs, list numbers, tables, text boxes, pictures."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from app.chinese import SUPERSCRIPT
from app.documents.blocks import Block, Paragraph, PictureBlock, Style
from app.errors import UserError
from app.importing.readers.list_numbers import ListCounter, ListLevel
from app.importing.readers.package import Package, damaged, parse_xml
from app.importing.readers.table_stack import RawCell, TableStack

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE, DRAW, STYLE = (_ODF % one for one in ("office", "text", "table", "drawing", "style"))
_HREF = "{http://www.w3.org/1999/xlink}href"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LO_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_LEFT_OUT = {
    TEXT + "tracked-changes", TEXT + "note", TEXT + "ruby-text", OFFICE + "annotation", OFFICE + "forms",
    TEXT + "sequence-decls", TEXT + "variable-decls", TEXT + "user-field-decls", TABLE + "table-columns",
    TABLE + "shapes", TABLE + "calculation-settings", OFFICE + "event-listeners", DRAW + "image", DRAW + "object",
}  # fmt: skip
_ROWS = {TABLE + "table-rows", TABLE + "table-header-rows", TABLE + "table-row-group"}
_HEADINGS = {1: Style.HEADING1, 2: Style.HEADING2, 3: Style.HEADING3}
_CHINESE = "一二三四五六七八九十壹贰"
_UNIT = 1000  # width of a column on the table stack
_MAX_REPEAT, _MAX_COLUMNS, _MAX_ROWS, _MAX_PICTURE = 200, 200, 5000, 20_000_000

_Element = etree._Element


def read_odt(data: bytes) -> tuple[Block, ...]:
    """Blocks in document order; tracked deletions are left out."""
    package = Package(data)
    if "content.xml" not in package:
        raise damaged()
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UserError("文件有密码保护", "请先用 WPS 或 Word 去掉密码再导入")
    blocks = _OdtReader(package).read()
    if not blocks:
        raise UserError("文件里没有正文", "请用 WPS 或 Word 打开确认后另存为 .docx 再导入")
    return blocks


@dataclass(frozen=True, slots=True)
class _List:
    """The list a paragraph stands in: what it counts with, its style, how deep, and whether it shows a number."""

    key: object
    style: str
    level: int
    numbered: bool


@dataclass(slots=True)
class _Inline:
    lines: list[str] = field(default_factory=lambda: [""])
    floating: list[_Element] = field(default_factory=list)


class _OdtReader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = parse_xml(package.read("content.xml"))
        parts = [self.root]
        if "styles.xml" in package:
            parts.append(parse_xml(package.read("styles.xml")))
        self.parents = {
            one.get(STYLE + "name", ""): one.get(STYLE + "parent-style-name", "")
            for part in parts
            for one in part.iter(STYLE + "style")
        }
        self.list_styles = {
            one.get(STYLE + "name", ""): _levels(one)
            for part in parts
            for one in part.iter(TEXT + "list-style")
        }
        self.outline = next((_levels(one) for part in parts for one in part.iter(TEXT + "outline-style")), {})
        self.looks = {
            one.get(STYLE + "name", ""): look
            for part in parts
            for one in part.iter(STYLE + "style")
            if (look := _look(one))
        }
        self.counter = ListCounter()
        self.keys: dict[str, object] = {}  # list id, or style of the list before → what it counts with
        self.stack = TableStack()
        self.depth = 0
        self.paragraphs = 0
        self.pictures = 0

    def read(self) -> tuple[Block, ...]:
        for kind in ("text", "spreadsheet"):
            for body in self.root.iterfind(f"{OFFICE}body/{OFFICE}{kind}"):
                self._children(body, None)
        return self.stack.finish()

    def _children(self, parent: _Element, within: _List | None) -> None:
        for one in parent:
            if one.tag in (TEXT + "p", TEXT + "h"):
                self._paragraph(one, within)
                within = replace(within, numbered=False) if within else None
            elif one.tag == TABLE + "table":
                self._table(one)
            elif one.tag == TEXT + "list":
                self._list(one, within)
            elif one.tag == DRAW + "frame":
                self._float(one)
            elif isinstance(one.tag, str) and one.tag not in _LEFT_OUT:
                self._children(one, within)

    # -- paragraphs -----------------------------------------------------------------------------------------------------

    def _paragraph(self, element: _Element, within: _List | None) -> None:
        self.paragraphs += 1
        place = f"第{self.paragraphs}段"
        inline = _Inline()
        self._text(element, inline)
        if any(line.strip() for line in inline.lines):
            level = _integer(element.get(TEXT + "outline-level"), 9, 9) if element.tag == TEXT + "h" else 9
            style = self._style(element.get(TEXT + "style-name", ""), level)
            inline.lines[0] = self._number(within, level) + inline.lines[0]
            blocks = (Paragraph(line, style, place) for line in inline.lines if line.strip())
            self.stack.add(self.depth, *blocks)
        for one in inline.floating:
            self._float(one)

    def _text(self, element: _Element, found: _Inline, look: str = "") -> None:
        """The text of a paragraph by its lines; what floats in it is kept for after it."""
        found.lines[-1] += self._shown(element.text, look)
        for one in element:
            if one.tag == TEXT + "line-break":
                found.lines.append("")
            elif one.tag == TEXT + "tab":
                found.lines[-1] += " "
            elif one.tag == TEXT + "s":
                found.lines[-1] += " " * _integer(one.get(TEXT + "c"), 1, 100)
            elif isinstance(one.tag, str) and one.tag.startswith(DRAW) and one.tag != DRAW + "a":
                found.floating.append(one)
            elif isinstance(one.tag, str) and one.tag not in _LEFT_OUT:
                self._text(one, found, self.looks.get(one.get(TEXT + "style-name", ""), look))
            found.lines[-1] += self._shown(one.tail, look)

    def _shown(self, text: str | None, look: str) -> str:
        """Nothing of what is crossed out or hidden; in a table the mark of a note as such: 3¹."""
        if not text or look == "unseen":
            return ""
        return text.translate(SUPERSCRIPT) if look == "raised" and self.depth else text

    def _style(self, name: str, level: int) -> Style | None:
        for _ in range(12):  # a style based on itself must not hold us
            if name == "Title":
                return Style.TITLE
            name = self.parents.get(name, "")
        return _HEADINGS.get(level)

    def _number(self, within: _List | None, level: int) -> str:
        if within is not None:
            if not within.numbered:
                return ""
            return self.counter.next(within.key, self.list_styles.get(within.style, {}), within.level)
        return self.counter.next("outline", self.outline, level - 1) if level < 9 else ""

    def _list(self, element: _Element, within: _List | None) -> None:
        """A list goes on counting where it says so; one within another counts at the next level."""
        style = element.get(TEXT + "style-name") or (within.style if within else "")
        if within is not None:
            key, level = within.key, within.level + 1
        else:
            before = element.get(TEXT + "continue-list")
            if before is None and element.get(TEXT + "continue-numbering") == "true":
                before = "style " + style
            key, level = self.keys.get(before or "", object()), 0
            self.keys["style " + style] = self.keys[element.get(_ID, "")] = key
        for item in element:
            numbered = item.tag == TEXT + "list-item"
            self._children(item, _List(key, style, level, numbered))

    def _float(self, frame: _Element) -> None:
        """A text box, a shape with text, or a picture."""
        for image in frame.iterfind(DRAW + "image"):
            self._picture(frame, image)
            return
        self._children(frame, None)

    def _picture(self, frame: _Element, image: _Element) -> None:
        self.pictures += 1
        target = posixpath.normpath(image.get(_HREF, ""))
        name = frame.get(DRAW + "name") or f"图片{self.pictures}"
        data = b""
        if target in self.package and self.package.parts[target].file_size <= _MAX_PICTURE:
            data = self.package.read(target)
        self.stack.add(self.depth, PictureBlock(name, data, place=f"第{self.paragraphs}段"))

    # -- tables ---------------------------------------------------------------------------------------------------------

    def _table(self, element: _Element) -> None:
        self.depth += 1
        above: dict[int, tuple[int, int]] = {}  # column → (span, rows that the cell still reaches down)
        rows = 0
        for row in _rows(element):
            repeat = _integer(row.get(TABLE + "number-rows-repeated"), 1, _MAX_REPEAT)
            rows += repeat
            if rows > _MAX_ROWS:
                raise UserError("表格太大，不像是一份年度报告", "请只导入年度报告本身")
            for _ in range(repeat if len("".join(map(str, row.itertext()))) else min(repeat, 1)):
                above = self._row(row, above)
        self.depth -= 1
        self.stack.add(self.depth)

    def _row(self, row: _Element, above: Mapping[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
        cells: list[RawCell] = []
        reach: dict[int, tuple[int, int]] = {}
        for column, cell in _places(row):
            if column in above:
                span, left = above[column]
                if left > 1:
                    reach[column] = span, left - 1
                cells.append(RawCell(column * _UNIT, (column + span) * _UNIT, [], continues_above=True))
            elif cell.tag == TABLE + "table-cell":
                span = _integer(cell.get(TABLE + "number-columns-spanned"), 1, _MAX_COLUMNS)
                down = _integer(cell.get(TABLE + "number-rows-spanned"), 1, _MAX_ROWS)
                if down > 1:
                    reach[column] = span, down - 1
                cells.append(RawCell(column * _UNIT, (column + span) * _UNIT))
                self._children(cell, None)
            else:
                continue
            self.stack.end_cell(self.depth)
        if cells:
            self.stack.end_row(self.depth, cells)
        return reach


def _rows(table: _Element) -> Iterator[_Element]:
    for one in table:
        if one.tag == TABLE + "table-row":
            yield one
        elif one.tag in _ROWS:
            yield from _rows(one)


def _places(row: _Element) -> Iterator[tuple[int, _Element]]:
    """(column, cell) of the cells and covered places of a row; a run of empty ones at its end is left out."""
    column = 0
    cells = [one for one in row if one.tag in (TABLE + "table-cell", TABLE + "covered-table-cell")]
    for index, cell in enumerate(cells):
        repeat = _integer(cell.get(TABLE + "number-columns-repeated"), 1, 20_000)
        if index == len(cells) - 1 and not len(cell) and repeat > 20:
            return
        for _ in range(min(repeat, _MAX_COLUMNS)):
            if column >= _MAX_COLUMNS:
                return
            yield column, cell
            column += 1


def _look(style: _Element) -> str:
    """unseen: crossed out or hidden; raised: superscript or subscript."""
    properties = style.find(STYLE + "text-properties")
    if properties is None:
        return ""
    line = properties.get(STYLE + "text-line-through-style") or properties.get(
        STYLE + "text-line-through-type"
    )
    if line not in (None, "none") or properties.get(TEXT + "display") == "none":
        return "unseen"
    return "raised" if properties.get(STYLE + "text-position", "").startswith(("super", "sub", "-")) else ""


def _levels(style: _Element) -> dict[int, ListLevel]:
    """The levels of a list style, counted from 0."""
    found: dict[int, ListLevel] = {}
    for one in style:
        level = _integer(one.get(TEXT + "level"), 1, 10) - 1
        kind = _kind(one.get(STYLE + "num-format", ""))
        if one.tag == TEXT + "list-level-style-bullet" or kind == "none":
            found[level] = ListLevel("none", "")
            continue
        shown = _integer(one.get(TEXT + "display-levels"), 1, 10)
        numbers = ".".join(f"%{place}" for place in range(level - shown + 2, level + 2))
        text = one.get(STYLE + "num-prefix", "") + numbers + one.get(STYLE + "num-suffix", "")
        template = one.get(STYLE + "num-list-format") or one.get(_LO_FORMAT)
        if template is not None:
            for place in range(1, 11):
                template = template.replace(f"%{place}%", f"%{place}")
        found[level] = ListLevel(kind, template or text, _integer(one.get(TEXT + "start-value"), 1, 10_000))
    return found


def _kind(number_format: str) -> str:
    first = number_format[:1]
    if not first:
        return "none"
    if first in _CHINESE:
        return "chinese"
    return {"①": "circle", "a": "lower", "A": "upper", "i": "roman", "I": "ROMAN"}.get(first, "decimal")


def _integer(text: str | None, default: int, most: int) -> int:
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 8:
        return default
    return max(1, min(int(text), most))
