"""A Word document (.docx) → blocks: paragraphs with their list numbers, tables with their merges, text boxes, pictures."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from app.chinese import SUPERSCRIPT, one_line
from app.documents.blocks import Block, Cell, Paragraph, PictureBlock, Style, TableBlock
from app.errors import UserError
from app.importing.readers.docx_charts import CHART, chart_or_picture
from app.importing.readers.docx_numbering import Numbering
from app.importing.readers.docx_revisions import (
    CellMarks,
    comments_of,
    revised_paragraphs,
    revision_notes,
)
from app.importing.readers.docx_styles import NAMED, Styles, child_of, integer_of, value_of
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
    (b"http://purl.oclc.org/ooxml/drawingml/chart", CHART[1 : CHART.index("}")].encode()),
)
_LEFT_OUT = {W + "del", W + "moveFrom", _MC + "Fallback", W + "rPr", W + "pPr", W + "instrText"}
_THROUGH = {W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag", W + "body"}
_SIGNS = {W + "tab": " ", W + "noBreakHyphen": "-"}
_PICTURES = (_A + "blip", _V + "imagedata", CHART)
_TAKEN_WHOLE = {
    W + "t",
    W + "br",
    W + "cr",
    *_SIGNS,
    W + "txbxContent",
}  # nothing of the paragraph lies inside
_NOT_SEEN = (W + "strike", W + "dstrike", W + "vanish")  # crossed out or hidden
_CHANGED = (*_NOT_SEEN, W + "vertAlign")
_SPECIAL = (
    *(W + "del", W + "moveFrom", _MC + "Fallback", W + "txbxContent"),
    *_PICTURES,
    *_CHANGED,
    *(W + "br", W + "cr"),
)
_MERGES = (W + "gridSpan", W + "vMerge", W + "hMerge")
_MOST_SPAN = 60  # columns of one cell
_LEVELS = {0: Style.HEADING1, 1: Style.HEADING2, 2: Style.HEADING3}
_MAX_PICTURE = 20_000_000


def read_docx(package: Package) -> Source:
    """Blocks of the document in order; tracked changes as if accepted."""
    return _DocxReader(package).read()


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
        self.styles = Styles(self._style_sheet)
        self.paragraphs = 0
        self.tables = 0
        self.pictures = 0
        self.in_cell = False
        self.marks = CellMarks()
        self.special: set[etree._Element] = set()  # paragraphs that hold more than plain text

    def read(self) -> Source:
        root = self._xml(self.main)
        body = child_of(root, W + "body")
        if body is None:
            raise UserError("文件里没有正文", "请用 WPS 或 Word 打开确认后另存为 .docx 再导入")
        self.marks = CellMarks(body)
        self.special = _special_paragraphs(body)
        blocks = tuple(self._blocks(body))
        comments = self._part("comments.xml")
        notes = tuple(revision_notes(body, comments))
        tables = {block.place: index for index, block in enumerate(blocks) if isinstance(block, TableBlock)}
        self.marks.settle(tables)
        told = tuple(comments_of(body, comments, self.marks.commented)) if comments is not None else ()
        revisions = (*revised_paragraphs(body), *self.marks.revisions) if self.marks.is_revised else ()
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

    def _style_sheet(self) -> bytes:
        path = posixpath.join(posixpath.dirname(self.main), "styles.xml")
        return self._bytes(path) if path in self.package else b""

    # -- blocks ---------------------------------------------------------------------------------------------------------

    def _blocks(self, parent: etree._Element) -> Iterator[Block]:
        for one in _children(parent):
            yield from self._block(one)

    def _block(self, one: etree._Element) -> Iterator[Block]:
        if one.tag == W + "p":
            yield from self._paragraph(one)
        elif one.tag == W + "tbl":
            yield from self._table(one)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        self.paragraphs += 1
        place = f"第{self.paragraphs}段"
        if element not in self.special:
            text, style = self._plain(element)
            if text:
                yield Paragraph(text, style, place)
            return
        inline = self._inline(element)
        if not any(inline.lines):
            yield from inline.blocks
            return
        style, number = self._style(element, bool("".join(inline.lines).strip()))
        # a caption is broken at the ends of words
        lines = [one_line(inline.lines)] if style is Style.CAPTION else inline.lines
        for index, line in enumerate(lines):
            if line.strip():
                yield Paragraph(self._numbered(number, line) if index == 0 else line, style, place)
        yield from inline.blocks

    def _plain(self, element: etree._Element) -> tuple[str, Style | None]:
        """A paragraph of nothing but text, as most are."""
        line = "".join(map(str, element.itertext(W + "t", with_tail=False)))
        if not line.strip():
            return "", None
        style, number = self._style(element, True)
        return self._numbered(number, line), style

    def _numbered(self, number: str, line: str) -> str:
        is_mixed = number and self.in_cell and line.strip()[0].isdigit()
        return f"{number} {line}" if is_mixed else number + line  # （1）3 is not 13

    def _style(self, element: etree._Element, filled: bool) -> tuple[Style | None, str]:
        """(what the paragraph is by its style, the list number that Word shows before it)."""
        properties = child_of(element, W + "pPr")
        if properties is None:
            return None, ""
        found = self.styles.of(properties)
        number = self.numbering.next(*found.numbered) if found.numbered and filled else ""
        if found.name in NAMED:
            return NAMED[found.name], number
        return _LEVELS.get(found.outline) if found.outline is not None else None, number

    def _inline(self, element: etree._Element) -> _Inline:
        """What a paragraph holds where something is deleted, floats, is drawn, crossed out or raised, or ends a line."""
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
        if element.tag == CHART:
            place = f"第{self.paragraphs}段"
            return chart_or_picture(self._bytes(target) if target in self.package else b"", place)
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
                self.marks.note(cell.element, (self.tables, line, cell.column))
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
        for one in _children(element):
            if one.tag == W + "p" and one not in self.special:
                self.paragraphs += 1
                texts.append(self._plain(one)[0].strip())
                continue
            for block in self._block(one):
                if isinstance(block, Paragraph):
                    texts.append(block.text.strip())
                elif isinstance(block, PictureBlock):
                    pictures.append(block)
        self.in_cell = False
        return "\n".join(filter(None, texts)), pictures


@dataclass
class _TableCell:
    element: etree._Element
    column: int
    span: int
    merge: str  # "", restart, continue


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for one in _children(table):
        if one.tag == W + "tr":
            properties = child_of(one, W + "trPr")
            if properties is None or child_of(properties, W + "del") is None:
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
    properties = child_of(row, W + "trPr")
    return (
        min(integer_of(child_of(properties, W + "gridBefore"), 0), _MOST_SPAN)
        if properties is not None
        else 0
    )


def _merged(cell: etree._Element) -> tuple[int, str, bool]:
    """(its columns, restart or continue where it is merged downwards, whether the cell to its left covers it)."""
    span, merge, is_covered = 1, "", False
    properties = child_of(cell, W + "tcPr")
    for mark in properties.iterchildren(*_MERGES) if properties is not None else ():
        if mark.tag == W + "gridSpan":
            span = max(1, min(integer_of(mark, 1), _MOST_SPAN))
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


def _special_paragraphs(body: etree._Element) -> set[etree._Element]:
    """Those that hold more than plain text; a tab stop among the properties of one is nothing that it holds."""
    found: set[etree._Element] = set()
    for one in body.iter(*_SPECIAL, *_SIGNS):
        if one.tag not in _SIGNS or _tag_of(one.getparent()) == W + "r":
            found.update(one.iterancestors(W + "p"))
    return found


def _ends_line(one: etree._Element) -> bool:
    """A line break within the paragraph; the end of a page or column is none."""
    return one.tag in (W + "br", W + "cr") and one.get(W + "type") not in ("page", "column")


def _is_seen(run: etree._Element) -> bool:
    """Neither crossed out nor hidden."""
    properties = child_of(run, W + "rPr")
    marks = properties.iterchildren(*_NOT_SEEN) if properties is not None else ()
    return all(value_of(mark) in ("0", "false", "off") for mark in marks)


def _is_raised(text: etree._Element) -> bool:
    """Set as the mark of a note is: 3¹."""
    run = text.getparent()
    properties = child_of(run, W + "rPr") if run is not None else None
    mark = child_of(properties, W + "vertAlign") if properties is not None else None
    return value_of(mark) in ("superscript", "subscript")


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


def _described(element: etree._Element) -> str:
    for parent in element.iterancestors(_WP + "inline", _WP + "anchor"):
        properties = parent.find(_WP + "docPr")
        if properties is not None:
            return properties.get("descr") or properties.get("name") or ""
    return ""
