"""A Word document (.docx) → blocks: paragraphs with their list numbers, tables with their merges, text boxes, pictures."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from app.chinese import SUPERSCRIPT
from app.documents.blocks import Block, Cell, Paragraph, PictureBlock, Style, TableBlock
from app.errors import UserError
from app.importing.readers.docx_numbering import Numbering
from app.importing.readers.docx_revisions import (
    CellMarks,
    comments_of,
    has_revisions,
    revised_paragraphs,
    revision_notes,
)
from app.importing.readers.docx_styles import StyleSheet
from app.importing.readers.package import Package, parse_xml
from app.importing.source import MAX_AREA, Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", _A[1:-1].encode()),
)
_LEFT_OUT = {W + "del", W + "moveFrom", _MC + "Fallback", W + "rPr", W + "pPr", W + "instrText"}
_THROUGH = {W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag", W + "body"}
_SIGNS = {W + "tab": " ", W + "noBreakHyphen": "-"}
_PLAIN = (W + "t", W + "br", W + "cr", *_SIGNS)
_PICTURES = (_A + "blip", _V + "imagedata")
_TAKEN_WHOLE = {*_PLAIN, W + "txbxContent"}  # nothing of the paragraph lies inside
_NOT_SEEN = (W + "strike", W + "dstrike", W + "vanish")  # crossed out or hidden
_CHANGED = (*_NOT_SEEN, W + "vertAlign")
_SPECIAL = (
    *(W + "del", W + "moveFrom", _MC + "Fallback", W + "txbxContent"),
    *_PICTURES,
    *_CHANGED,
)
_MERGES = (W + "gridSpan", W + "vMerge", W + "hMerge")
_MOST_SPAN = 60  # columns of one cell
_LEVELS = {0: Style.HEADING1, 1: Style.HEADING2, 2: Style.HEADING3}
_MAX_PICTURE = 20_000_000


def read_docx(package: Package) -> Source:
    """Blocks of the document in order; tracked changes as if accepted."""
    return _DocxReader(package).read()


@dataclass
class _Style:
    outline: int | None = None
    name: str = ""
    numbered: tuple[str, int] | None = None  # numId, level
    based_on: str = ""


@dataclass
class _Inline:
    """What one paragraph holds: its lines, and the blocks that float in it."""

    lines: list[str] = field(default_factory=lambda: [""])
    blocks: list[Block] = field(default_factory=list)


class _DocxReader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = _main_part(package)
        self.relations = self._relations()
        self.numbering = Numbering(lambda: self._part("numbering.xml"))
        self.whole_styles: dict[str, _Style] = {}
        self.paragraphs = 0
        self.tables = 0
        self.pictures = 0
        self.in_cell = False
        self.is_revised = False
        self.marks = CellMarks()

    def read(self) -> Source:
        root = self._xml(self.main)
        body = _child(root, W + "body")
        if body is None:
            raise UserError("文件里没有正文", "请用 WPS 或 Word 打开确认后另存为 .docx 再导入")
        self.is_revised = has_revisions(body)
        blocks = tuple(self._blocks(body))
        comments = self._part("comments.xml")
        notes = tuple(revision_notes(body, comments))
        tables = {block.place: index for index, block in enumerate(blocks) if isinstance(block, TableBlock)}
        self.marks.settle(tables)
        told = tuple(comments_of(body, comments, self.marks.commented)) if comments is not None else ()
        revisions = (*revised_paragraphs(body), *self.marks.revisions) if self.is_revised else ()
        return Source(
            blocks, "docx", notes=notes, before=self.marks.before, comments=told, revisions=revisions
        )

    # -- parts ----------------------------------------------------------------------------------------------------------

    def _bytes(self, name: str) -> bytes:
        data = self.package.read(name)
        if b"purl.oclc.org" in data[:4000]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data

    def _xml(self, name: str) -> etree._Element:
        return parse_xml(self._bytes(name))

    def _part(self, name: str) -> etree._Element | None:
        path = posixpath.join(posixpath.dirname(self.main), name)
        return self._xml(path) if path in self.package else None

    def _relations(self) -> dict[str, str]:
        folder, name = posixpath.split(self.main)
        path = f"{folder}/_rels/{name}.rels"
        if path not in self.package:
            return {}
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
            for one in parse_xml(self.package.read(path))
            if one.get("TargetMode") != "External"
        }

    @cached_property
    def styles(self) -> StyleSheet:
        path = posixpath.join(posixpath.dirname(self.main), "styles.xml")
        return StyleSheet(self._bytes(path) if path in self.package else b"")

    # -- blocks ---------------------------------------------------------------------------------------------------------

    def _blocks(self, parent: etree._Element) -> Iterator[Block]:
        for one in _children(parent):
            if one.tag == W + "p":
                yield from self._paragraph(one)
            elif one.tag == W + "tbl":
                yield from self._table(one)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        self.paragraphs += 1
        place = f"第{self.paragraphs}段"
        inline = self._inline(element)
        if not any(inline.lines):
            yield from inline.blocks
            return
        style, number = self._style(element, bool("".join(inline.lines).strip()))
        for index, line in enumerate(inline.lines):
            if line.strip():
                if index == 0 and number:
                    gap = " " if self.in_cell and line.strip()[0].isdigit() else ""  # （1）3 is not 13
                    line = number + gap + line
                yield Paragraph(line, style, place)
        yield from inline.blocks

    def _style(self, element: etree._Element, filled: bool) -> tuple[Style | None, str]:
        """(what the paragraph is by its style, the list number that Word shows before it)."""
        properties = _child(element, W + "pPr")
        if properties is None:
            return None, ""
        found = self._inherited(_style_of(properties))
        number = self.numbering.next(*found.numbered) if found.numbered and filled else ""
        if found.name in ("title", "标题"):
            return Style.TITLE, number
        return _LEVELS.get(found.outline) if found.outline is not None else None, number

    def _inherited(self, own: _Style, depth: int = 0) -> _Style:
        """A style with what it takes over from those that it is based on."""
        base = self._whole_style(own.based_on, depth + 1) if own.based_on and depth < 20 else _Style()
        outline = base.outline if own.outline is None else own.outline
        return _Style(outline, own.name or base.name, own.numbered or base.numbered)

    def _whole_style(self, key: str, depth: int) -> _Style:
        if key not in self.whole_styles:
            self.whole_styles[key] = _Style()  # a style based on itself must not hold us
            if (element := self.styles.get(key)) is not None:
                self.whole_styles[key] = self._inherited(_described_style(element), depth)
        return self.whole_styles[key]

    def _inline(self, element: etree._Element) -> _Inline:
        """The text of a paragraph; most paragraphs hold nothing but plain runs, which lxml walks by itself."""
        parts = list(element.iter(*_PLAIN, *_SPECIAL))
        if any(one.tag in _SPECIAL for one in parts):
            return self._inline_with_care(element)
        found = _Inline()
        for one in parts:
            if one.tag == W + "t":
                found.lines[-1] += one.text or ""
            elif _ends_line(one):
                found.lines.append("")
            elif _tag_of(one.getparent()) == W + "r":  # not the tab stop of a paragraph's properties
                found.lines[-1] += _SIGNS.get(one.tag, "")
        return found

    def _inline_with_care(self, element: etree._Element) -> _Inline:
        """The same where something is deleted, floats, is drawn, crossed out or raised."""
        found = _Inline()
        for one in self._seen(element):
            if _ends_line(one):
                found.lines.append("")
            elif one.tag == W + "txbxContent":
                found.blocks.extend(self._blocks(one))
            elif one.tag in _PICTURES:
                found.blocks.append(self._picture(one))
            else:
                found.lines[-1] += self._shown(one)
        return found

    def _seen(self, element: etree._Element) -> Iterator[etree._Element]:
        """What a paragraph holds, in order: nothing deleted, in a cell nothing crossed out or hidden."""
        stack = [iter(element)]
        while stack:
            one = next(stack[-1], None)
            if one is None:
                stack.pop()
            elif one.tag in _LEFT_OUT or (self.in_cell and one.tag == W + "r" and not _is_seen(one)):
                continue
            else:
                yield one
                if one.tag not in _TAKEN_WHOLE:
                    stack.append(iter(one))

    def _shown(self, one: etree._Element) -> str:
        """The characters that an element itself stands for; in a cell the mark of a note as such: 3¹."""
        if one.tag == W + "t":
            text = one.text or ""
            return text.translate(SUPERSCRIPT) if self.in_cell and _is_raised(one) else text
        return _SIGNS.get(one.tag, "")

    def _picture(self, element: etree._Element) -> PictureBlock:
        self.pictures += 1
        target = self.relations.get(element.get(_R + "embed") or element.get(_R + "id") or "", "")
        name = posixpath.basename(target) or _described(element) or f"图片{self.pictures}"
        data = b""
        if target in self.package and self.package.parts[target].file_size <= _MAX_PICTURE:
            data = self.package.read(target)
        return PictureBlock(name, data, place=f"第{self.paragraphs}段")

    # -- tables ---------------------------------------------------------------------------------------------------------

    def _table(self, element: etree._Element) -> Iterator[Block]:
        rows = [list(_cells(row)) for row in _rows(element)]
        if not rows:
            return
        nested = next(element.iterfind(f"{W}tr/{W}tc/{W}tbl"), None) is not None
        if nested or max(map(len, rows)) == 1:  # a frame around text, not a table of values
            for row in rows:
                for cell in row:
                    yield from self._blocks(cell.element)
            return
        self.tables += 1
        yield from self._grid(rows)

    def _grid(self, rows: list[list["_TableCell"]]) -> Iterator[Block]:
        cells: list[Cell] = []
        open_at: dict[int, int] = {}  # grid column → index in `cells` of a cell that goes on below
        pictures: list[Block] = []
        width = area = 0
        for line, row in enumerate(rows):
            for cell in row:
                area += cell.span
                if area > MAX_AREA:
                    raise UserError("表格太大，不像是一份年度报告", "请只导入年度报告本身")
                width = max(width, cell.column + cell.span)
                if cell.merge == "continue" and cell.column in open_at:
                    above = cells[open_at[cell.column]]
                    cells[open_at[cell.column]] = Cell(
                        above.row,
                        above.column,
                        above.text,
                        line - above.row + 1,
                        above.column_span,
                        picture=above.picture,
                    )
                    continue
                text, found = self._cell(cell.element)
                self.marks.note(cell.element, (self.tables, line, cell.column), self.is_revised)
                pictures.extend(found)
                open_at.pop(cell.column, None)
                if cell.merge == "restart":
                    open_at[cell.column] = len(cells)
                cells.append(Cell(line, cell.column, text, 1, cell.span, picture=bool(found)))
        yield TableBlock(tuple(cells), len(rows), width, place=f"表格{self.tables}")
        yield from pictures

    def _cell(self, element: etree._Element) -> tuple[str, list[Block]]:
        texts: list[str] = []
        pictures: list[Block] = []
        self.in_cell = True
        for block in self._blocks(element):
            if isinstance(block, Paragraph):
                texts.append(block.text.strip())
            elif isinstance(block, PictureBlock):
                pictures.append(block)
        self.in_cell = False
        return "\n".join(texts), pictures


@dataclass
class _TableCell:
    element: etree._Element
    column: int
    span: int
    merge: str  # "", restart, continue


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for one in _children(table):
        if one.tag == W + "tr":
            properties = _child(one, W + "trPr")
            if properties is None or _child(properties, W + "del") is None:
                yield one


def _cells(row: etree._Element) -> Iterator[_TableCell]:
    """The cells of a row by the grid column they begin in; one that its left neighbour covers only takes up columns."""
    column = _columns_left_free(row)
    for one in _children(row):
        if one.tag == W + "tc":
            span, merge, is_covered = _merged(one)
            if not is_covered:
                yield _TableCell(one, column, span, merge)
            column += span


def _columns_left_free(row: etree._Element) -> int:
    """How many columns of the grid lie before the row's first cell."""
    properties = _child(row, W + "trPr")
    return min(_integer(_child(properties, W + "gridBefore"), 0), _MOST_SPAN) if properties is not None else 0


def _merged(cell: etree._Element) -> tuple[int, str, bool]:
    """(its columns, restart or continue where it is merged downwards, whether the cell to its left covers it)."""
    span, merge, is_covered = 1, "", False
    properties = _child(cell, W + "tcPr")
    for mark in properties.iterchildren(*_MERGES) if properties is not None else ():
        if mark.tag == W + "gridSpan":
            span = max(1, min(_integer(mark, 1), _MOST_SPAN))
        elif mark.tag == W + "vMerge":
            merge = "restart" if mark.get(W + "val") == "restart" else "continue"
        else:
            is_covered = mark.get(W + "val") != "restart"
    return span, merge, is_covered


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    """The children, those of content controls and accepted changes among them; deleted ones left out."""
    stack = [iter(parent)]
    while stack:
        one = next(stack[-1], None)
        if one is None:
            stack.pop()
        elif one.tag in _THROUGH:
            stack.append(iter(one))
        elif one.tag == _MC + "AlternateContent":
            choice = one.find(_MC + "Choice")
            stack.append(iter(choice if choice is not None else one))
        elif one.tag not in _LEFT_OUT:
            yield one


def _ends_line(one: etree._Element) -> bool:
    """A line break within the paragraph; the end of a page or column is none."""
    return one.tag in (W + "br", W + "cr") and one.get(W + "type") not in ("page", "column")


def _is_seen(run: etree._Element) -> bool:
    """Neither crossed out nor hidden."""
    properties = _child(run, W + "rPr")
    marks = properties.iterchildren(*_NOT_SEEN) if properties is not None else ()
    return all(_value(mark) in ("0", "false", "off") for mark in marks)


def _is_raised(text: etree._Element) -> bool:
    """Set as the mark of a note is: 3¹."""
    run = text.getparent()
    properties = _child(run, W + "rPr") if run is not None else None
    mark = _child(properties, W + "vertAlign") if properties is not None else None
    return _value(mark) in ("superscript", "subscript")


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for one in parse_xml(package.read("_rels/.rels")):
            target = one.get("Target", "").lstrip("/")
            if one.get("Type", "").endswith("/officeDocument") and target in package:
                return target
    if "word/document.xml" in package:
        return "word/document.xml"
    raise UserError("这不是 Word 文件，或者文件已损坏", "请用 WPS 或 Word 打开后另存为 .docx 再导入")


def _tag_of(element: etree._Element | None) -> object:
    return element.tag if element is not None else None


def _child(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterchildren(tag), None)


def _value(element: etree._Element | None) -> str:
    return element.get(W + "val", "") if element is not None else ""


def _integer(element: etree._Element | None, default: int) -> int:
    text = _value(element)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else default


def _style_of(properties: etree._Element) -> _Style:
    """What paragraph properties say of outline level, list and style."""
    found = _Style()
    for one in properties.iterchildren(W + "pStyle", W + "outlineLvl", W + "numPr"):
        if one.tag == W + "pStyle":
            found.based_on = _value(one)
        elif one.tag == W + "outlineLvl":
            level = _integer(one, 9)
            found.outline = level if level < 9 else None
        elif key := _value(_child(one, W + "numId")):
            found.numbered = key, _integer(_child(one, W + "ilvl"), 0)
    return found


def _described_style(element: etree._Element) -> _Style:
    """What a style of the style sheet says."""
    properties = _child(element, W + "pPr")
    style = _style_of(properties) if properties is not None else _Style()
    style.name = _value(_child(element, W + "name")).lower()
    style.based_on = _value(_child(element, W + "basedOn"))
    return style


def _described(element: etree._Element) -> str:
    for parent in element.iterancestors(_WP + "inline", _WP + "anchor"):
        properties = parent.find(_WP + "docPr")
        if properties is not None:
            return properties.get("descr") or properties.get("name") or ""
    return ""
