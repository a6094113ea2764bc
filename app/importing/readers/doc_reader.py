"""A .doc or .wps file (binary Word 97–2003, as Word and WPS write it) → blocks: paragraphs, tables with their merges, pictures."""

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator

from app.chinese import SUPERSCRIPT
from app.documents.blocks import Block, Paragraph, PictureBlock, Style
from app.errors import UserError
from app.importing.readers.list_numbers import ListCounter
from app.importing.readers.package import damaged
from app.importing.readers.table_stack import RawCell, TableStack
from app.importing.readers.word97 import ANCHORS, TEXT_BOXES, Modifiers, Word97, u16, u32
from app.importing.readers.word97_lists import list_levels

# paragraph properties ([MS-DOC] 2.6.2, 2.6.3)
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_OUTLINE, _LIST, _LIST_LEVEL = 0x2640, 0x460B, 0x260A
_TABLE_DEFINITION, _MERGE, _VERTICAL_MERGE = 0xD608, 0x5624, 0xD62B
# Signs of the .doc format (MS-DOC 2.4.1): what ends a paragraph, cell or page; the begin, middle and end of a field;
# where a picture or drawing stands; and all that is not for reading
_ENDS = re.compile("[\r\x07\x0c]")
_LINE_ENDS = re.compile("[\r\x07\x0b\x0c]")
_FIELD = re.compile("[\x13\x14\x15]")
_DRAWN = re.compile("[\x01\x08]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1d\x1f]")
_HEADINGS = {0: Style.HEADING1, 1: Style.HEADING2, 2: Style.HEADING3}
_TITLE, _BODY_LEVEL = 62, 9
_SUBDOCUMENTS = range(
    0x50, 0x68, 4
)  # lengths of footnotes, headers, macros, comments, endnotes: before the text boxes


def read_doc(data: bytes) -> tuple[Block, ...]:
    """Blocks in document order; tracked changes as if accepted, hidden text left out."""
    try:
        blocks = _DocReader(Word97(data)).read()
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise damaged() from error
    if not blocks:
        raise UserError("文件里没有正文", "请用 WPS 或 Word 打开确认后另存为 .docx 再导入")
    return blocks


class _DocReader:
    def __init__(self, document: Word97) -> None:
        self.document = document
        self.text = document.text
        self.marked = _raised(self.text, document.raised)  # the same text with marks of notes raised: 3¹
        self.stack = TableStack()
        self.skipped = _merged([*document.unseen, *_fields(self.text)])
        self.skip_starts = [start for start, _ in self.skipped]
        self.lists = list_levels(document)
        self.counter = ListCounter()
        self.boxes = dict(_text_boxes(document))
        self.paragraphs = 0
        self.pictures = 0

    def read(self) -> tuple[Block, ...]:
        start = 0
        for mark in _ENDS.finditer(self.text, 0, self.document.length):
            self._paragraph(start, mark.start())
            start = mark.end()
        if start < self.document.length:
            self._paragraph(start, self.document.length - 1)
        return self.stack.finish()

    def _paragraph(self, start: int, end: int) -> None:
        """The text from `start` to its end mark at `end`, which may close a cell or a row."""
        format_ = self.document.format_at(end)
        found = dict(format_.modifiers)
        in_table = _flag(found, _IN_TABLE)
        depth = u32(found[_DEPTH], 0) if len(found.get(_DEPTH, b"")) == 4 else int(in_table)
        depth = max(depth, 1) if self.text[end] == "\x07" or in_table else 0
        if _flag(found, _ROW_END) or _flag(found, _INNER_ROW):
            self.stack.end_row(depth, _row(format_.modifiers))
            return
        self.paragraphs += 1
        text = self.marked if depth else self.text
        self.stack.add(depth, *self._blocks(text, start, end, format_.style, found))
        if self.text[end] == "\x07" or _flag(found, _INNER_CELL):
            self.stack.end_cell(depth)

    def _blocks(
        self, text: str, start: int, end: int, style: int, found: dict[int, bytes]
    ) -> Iterator[Block]:
        """The lines of one paragraph, then what floats in it."""
        place = f"第{self.paragraphs}段"
        last = self.text[end] if self.text[end] not in "\r\x07\x0c" else ""
        raw = self._seen(text, start, end) + last
        lines = [clean_text(line) for line in raw.split("\x0b")]
        if any(line.strip() for line in lines):
            kind, number = self._style(style, found)
            lines[0] = number + lines[0]
            yield from (Paragraph(line, kind, place) for line in lines if line.strip())
        for drawn in _DRAWN.finditer(self.text, start, end):
            yield from self._floating(drawn.start(), place)

    def _floating(self, position: int, place: str) -> Iterator[Block]:
        """The lines of a text box, or a picture."""
        if position in self.boxes:
            yield from (Paragraph(line, None, f"{place}的文本框") for line in self.boxes[position])
        elif not self._is_skipped(position):
            self.pictures += 1
            yield PictureBlock(f"图片{self.pictures}", place=place)

    def _seen(self, text: str, start: int, end: int) -> str:
        """The text without deleted and hidden characters and without the codes of fields."""
        parts = []
        index = max(bisect_right(self.skip_starts, start) - 1, 0)
        for first, last in self.skipped[index:]:
            if first >= end:
                break
            if last > start:
                parts.append(text[start : max(first, start)])
                start = last
        parts.append(text[start:end] if start < end else "")
        return "".join(parts)

    def _is_skipped(self, position: int) -> bool:
        index = bisect_right(self.skip_starts, position) - 1
        return index >= 0 and position < self.skipped[index][1]

    def _style(self, number: int, found: dict[int, bytes]) -> tuple[Style | None, str]:
        """(what the paragraph is by its style, the list number that Word shows before it)."""
        styles = self.document.styles
        own, kind = dict(found), 0
        for _ in range(12):  # a style based on itself must not hold us
            if number >= len(styles):
                break
            style = styles[number]
            kind = kind or (style.kind if style.kind <= _TITLE else 0)
            for code, operand in style.modifiers:
                own.setdefault(code, operand)
            number = style.base
        level = own[_OUTLINE][0] if own.get(_OUTLINE) else kind - 1 if 1 <= kind <= 9 else _BODY_LEVEL
        shown = self._number(own)
        return (Style.TITLE if kind == _TITLE else _HEADINGS.get(level)), shown

    def _number(self, own: dict[int, bytes]) -> str:
        override = own.get(_LIST, b"")
        if len(override) != 2 or u16(override, 0) not in self.lists:
            return ""
        key, levels = self.lists[u16(override, 0)]
        return self.counter.next(key, levels, own[_LIST_LEVEL][0] if own.get(_LIST_LEVEL) else 0)


def _raised(text: str, ranges: list[tuple[int, int]]) -> str:
    """Exactly as long as before: positions must hold."""
    parts, at = [], 0
    for start, end in ranges:
        if start >= at:
            parts += [text[at:start], text[start:end].translate(SUPERSCRIPT)]
            at = end
    return "".join([*parts, text[at:]])


def clean_text(text: str) -> str:
    """Text without control characters; surrogate pairs as one character, tabs and special hyphens as plain ones."""
    text = _CONTROL.sub("", text.replace("\t", " ").replace("\x1e", "-"))
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _flag(found: dict[int, bytes], code: int) -> bool:
    return found.get(code, b"\0")[:1] == b"\x01"


def _row(modifiers: Modifiers) -> list[RawCell]:
    """The cells of a row by the last table definition among its properties."""
    cells: list[RawCell] = []
    for code, value in modifiers:
        if code == _TABLE_DEFINITION and value:
            cells = _defined(value)
        elif code == _VERTICAL_MERGE and len(value) >= 2 and value[0] < len(cells):
            cells[value[0]].continues_above = value[1] == 1
        elif code == _MERGE and len(value) == 2:
            for cell in cells[value[0] + 1 : value[1]]:
                cell.continues_left = True
    return cells


def _defined(value: bytes) -> list[RawCell]:
    """Borders in twips, then 20 bytes for each cell (fewer when the last cells have no properties)."""
    count = min(value[0], (len(value) - 3) // 2)
    if count <= 0:
        return []
    borders = struct.unpack_from(f"<{count + 1}h", value, 1)
    cells = []
    for index in range(count):
        at = 1 + 2 * (count + 1) + 20 * index
        flags = u16(value, at) if at + 2 <= len(value) else 0
        left, right = borders[index], max(borders[index], borders[index + 1])
        cells.append(RawCell(left, right, [], (flags >> 5) & 3 == 1, flags & 3 == 2))
    return cells


def _fields(text: str) -> Iterator[tuple[int, int]]:
    """The code of each field, from its beginning to its result; beginnings without an end are left alone."""
    open_: list[list[int]] = []
    for mark in _FIELD.finditer(text):
        at = mark.start()
        if text[at] == "\x13":
            open_.append([at])
        elif open_ and text[at] == "\x14":
            open_[-1].append(at)
        elif open_:
            begin = open_.pop()
            yield begin[0], (begin[1] if len(begin) > 1 else at) + 1


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted ranges that do not overlap."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _text_boxes(document: Word97) -> Iterator[tuple[int, list[str]]]:
    """Position of the anchor in the main text → the paragraphs of its text box."""
    boxes, anchors = document.part(TEXT_BOXES), document.part(ANCHORS)
    count, drawn = max(len(boxes) - 4, 0) // 26, max(len(anchors) - 4, 0) // 30
    if not count or not drawn:
        return
    place = {u32(anchors, 4 * (drawn + 1) + 26 * i): u32(anchors, 4 * i) for i in range(drawn)}
    base = u32(document.main, 0x4C) + sum(u32(document.main, at) for at in _SUBDOCUMENTS)
    for index in range(count):
        shape = u32(boxes, 4 * (count + 1) + 22 * index + 14)
        if shape in place:
            text = document.text[base + u32(boxes, 4 * index) : base + u32(boxes, 4 * index + 4)]
            lines = [clean_text(line) for line in _LINE_ENDS.split(text)]
            yield place[shape], [line for line in lines if line.strip()]
