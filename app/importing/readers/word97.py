"""The binary Word 97–2003 file: its text by pieces, and the properties of paragraphs and characters ([MS-DOC])."""

import io
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import olefile

from app.errors import UserError
from app.importing.readers.package import damaged

MAX_CHARACTERS = 3_000_000
_MAX_WORK = 5_000_000
_PAGE = 512  # bytes of one page of formatted properties
_NFIB_97 = 0x00C1
# positions in the file information block
_FLAGS, _COUNT_MAIN, _STYLES, _CHPX, _PAPX, _CLX = 0x0A, 0x4C, 0xA2, 0xFA, 0x102, 0x1A2
LISTS, LIST_OVERRIDES, ANCHORS, TEXT_BOXES = 0x2E2, 0x2EA, 0x1DA, 0x25A
_COMPRESSED = 0x40000000
# property modifiers ([MS-DOC] 2.6)
_DELETED, _HIDDEN, _CROSSED_OUT, _CROSSED_TWICE, _RAISED = 0x0800, 0x083C, 0x0837, 0x2A53, 0x2A48
_UNSEEN = frozenset([_DELETED, _HIDDEN, _CROSSED_OUT, _CROSSED_TWICE])
_HUGE, _TABLE_DEFINITION, _TABS = 0x6646, 0xD608, 0xC615
_OPERAND = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes by the upper three bits; 0: the first byte tells
_BROKEN = (struct.error, IndexError, ValueError, OverflowError)

Modifiers = list[tuple[int, bytes]]


def u16(data: bytes, at: int) -> int:
    """An unsigned number of two bytes; struct.error outside of the data."""
    return int(struct.unpack_from("<H", data, at)[0])


def u32(data: bytes, at: int) -> int:
    """An unsigned number of four bytes; struct.error outside of the data."""
    return int(struct.unpack_from("<I", data, at)[0])


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int  # first character
    end: int
    offset: int  # in the WordDocument stream
    size: int  # bytes of a character: 1 or 2
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """Style number and property modifiers of one paragraph."""

    style: int = 0
    modifiers: Modifiers = field(default_factory=list)


class Word97:
    """One document; UserError for what is not a readable Word 97–2003 file."""

    def __init__(self, data: bytes) -> None:
        self._streams = _open(data)
        self.main = self.stream("WordDocument")
        flags = self._check()
        self.table = self.stream("1Table" if flags & 0x200 else "0Table")
        try:
            self._pieces = self._read_pieces()
            self.text = "".join(map(self._piece_text, self._pieces))
            self.length = u32(self.main, _COUNT_MAIN)
            if self.length > len(self.text):
                raise damaged()
            self._paragraphs = self._format_pages(_PAPX)
            self._characters = self._format_pages(_CHPX)
        except _BROKEN as error:
            raise damaged() from error
        self._starts = [piece.start for piece in self._pieces]
        self._keys = [run[0] for run in self._paragraphs]
        self._formats: dict[int, ParagraphFormat] = {}
        self._parsed: dict[bytes, ParagraphFormat] = {}

    def _check(self) -> int:
        if len(self.main) < 0x200 or u16(self.main, 0) not in (0xA5EC, 0xA5DC):
            raise old_word() if self.main[:2] in (b"\xdb\xa5", b"\x9b\xa5", b"\x31\xbe") else damaged()
        flags = u16(self.main, _FLAGS)
        if flags & 0x100:
            raise UserError("文件有密码保护", "请先用 WPS 或 Word 去掉密码再导入")
        if u16(self.main, 2) < _NFIB_97:
            raise old_word()
        return flags

    def stream(self, name: str) -> bytes:
        """A stream by name; b"" when it is not there or cannot be read."""
        try:
            with self._streams.openstream(name) as opened:
                return bytes(opened.read())
        except Exception:  # olefile raises OSError, IndexError, struct.error and more on broken files
            return b""

    def part(self, position: int) -> bytes:
        """The bytes of the table stream that an entry of the file information block points to."""
        if position + 8 > len(self.main):
            return b""
        start, size = u32(self.main, position), u32(self.main, position + 4)
        return self.table[start : start + size] if size < len(self.table) + 1 else b""

    # -- text -----------------------------------------------------------------------------------------------------------

    def _read_pieces(self) -> list[_Piece]:
        clx = self.part(_CLX)
        at = 0
        groups: list[bytes] = []
        while clx[at] == 1:
            size = u16(clx, at + 1)
            groups.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        count = (u32(clx, at + 1) - 4) // 12
        base = at + 5
        places = struct.unpack_from(f"<{count + 1}I", clx, base)
        found: list[_Piece] = []
        total = 0
        for index in range(count):
            entry = base + 4 * (count + 1) + 8 * index
            offset, modifier = u32(clx, entry + 2), u16(clx, entry + 6)
            length = places[index + 1] - places[index]
            total += max(length, 0)
            if length < 0 or total > MAX_CHARACTERS:
                raise damaged()
            size = 1 if offset & _COMPRESSED else 2
            offset = (offset & ~_COMPRESSED) // (3 - size)
            found.append(_Piece(total - length, total, offset, size, _deletes(modifier, groups)))
        if not found:
            raise damaged()
        return found

    def _piece_text(self, piece: _Piece) -> str:
        """Exactly as many characters as the piece has, so that positions hold even when the file is cut."""
        count = piece.end - piece.start
        data = self.main[piece.offset : piece.offset + count * piece.size]
        if piece.size == 1:
            return data.decode("cp1252", "replace").ljust(count, "\ufffd")
        return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) & ~1]))).ljust(
            count, "\ufffd"
        )

    def _offset(self, position: int) -> int:
        piece = self._pieces[bisect_right(self._starts, position) - 1]
        return piece.offset + (position - piece.start) * piece.size

    # -- properties -----------------------------------------------------------------------------------------------------

    def _format_pages(self, position: int) -> list[tuple[int, int, bytes]]:
        """(first offset, end, properties) of every run of paragraphs or characters, sorted."""
        plc = self.part(position)
        count = max(len(plc) - 4, 0) // 8
        wide = position == _PAPX
        found: list[tuple[int, int, bytes]] = []
        seen: set[int] = set()
        for index in range(count):
            page = u32(plc, 4 * (count + 1) + 4 * index) & 0x3FFFFF
            if page not in seen:
                seen.add(page)
                found.extend(_runs(self.main[page * _PAGE : (page + 1) * _PAGE], wide))
        return sorted(found)

    def format_at(self, position: int) -> ParagraphFormat:
        """The properties of the paragraph that ends with the character at this position."""
        offset = self._offset(position)
        index = bisect_right(self._keys, offset) - 1
        if index < 0 or offset >= self._paragraphs[index][1]:
            return ParagraphFormat()
        if index not in self._formats:
            self._formats[index] = self._format(self._paragraphs[index][2])
        return self._formats[index]

    def _format(self, properties: bytes) -> ParagraphFormat:
        """Parsed once: the cells of a table mostly have the same properties."""
        found = self._parsed.get(properties)
        if found is None:
            style = u16(properties, 0) if len(properties) >= 2 else 0
            found = ParagraphFormat(style, self._with_huge(list(modifiers(properties[2:]))))
            self._parsed[properties] = found
        return found

    def _with_huge(self, found: Modifiers) -> Modifiers:
        """Properties too large for a page are in the Data stream."""
        for code, operand in found:
            if code == _HUGE and len(operand) == 4:
                at = u32(operand, 0)
                if at + 2 <= len(self._data):
                    return [*found, *modifiers(self._data[at + 2 : at + 2 + u16(self._data, at)])]
        return found

    @cached_property
    def _data(self) -> bytes:
        return self.stream("Data")

    @cached_property
    def unseen(self) -> list[tuple[int, int]]:
        """(start, end) of characters that are deleted (tracked), crossed out or hidden, in order."""
        found = [(piece.start, piece.end) for piece in self._pieces if piece.deleted]
        return sorted([*found, *self._ranges(_is_unseen)])

    @cached_property
    def raised(self) -> list[tuple[int, int]]:
        """(start, end) of superscript and subscript characters: the marks of notes."""
        return sorted(self._ranges(_is_raised))

    def _ranges(self, has: Callable[[bytes], bool]) -> Iterator[tuple[int, int]]:
        """The positions of characters whose properties are such."""
        offsets = [(a, b) for a, b, data in self._characters if data and has(data)]
        if len(offsets) * len(self._pieces) > _MAX_WORK:
            raise damaged()
        for piece in self._pieces if offsets else ():
            end = piece.offset + (piece.end - piece.start) * piece.size
            for first, last in offsets:
                low, high = max(first, piece.offset), min(last, end)
                if low < high:
                    begin = piece.start + (low - piece.offset) // piece.size
                    yield begin, piece.start + -(-(high - piece.offset) // piece.size)

    @cached_property
    def styles(self) -> list["WordStyle"]:
        try:
            return list(_styles(self.part(_STYLES)))
        except _BROKEN:
            return []  # a report is readable without its styles


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A paragraph style: Word's own number for it (1–9 headings, 62 title), its base and its paragraph properties."""

    kind: int
    base: int
    modifiers: Modifiers


def _styles(data: bytes) -> Iterator[WordStyle]:
    header = u16(data, 0)
    count, fixed = u16(data, 2), u16(data, 4)
    at = 2 + header
    for _ in range(count):
        size = u16(data, at)
        style = data[at + 2 : at + 2 + size]
        at += 2 + size + (size & 1)
        if size < fixed:
            yield WordStyle(0xFFE, 0xFFF, [])
            continue
        found: Modifiers = []
        place = fixed + 2 + 2 * u16(style, fixed) + 2 if fixed + 2 <= len(style) else len(style)
        if u16(style, 2) & 0xF == 1 and place + 4 <= len(style):
            found = list(modifiers(style[place + 4 : place + 2 + u16(style, place)]))
        yield WordStyle(u16(style, 0) & 0xFFF, u16(style, 2) >> 4, found)


def old_word() -> UserError:
    return UserError(
        "这是 Word 6.0/95 或更早版本的文件，不能直接读取", "请用 WPS 或 Word 打开，另存为 .docx 后再导入"
    )


def root_streams(data: bytes) -> frozenset[str]:
    """The names at the root of an OLE file, which tell what it is; those of embedded objects lie deeper."""
    return frozenset(path[0] for path in _container(data).listdir())


def _container(data: bytes) -> "olefile.OleFileIO[bytes]":
    try:
        opened = olefile.OleFileIO(io.BytesIO(data))
        opened.listdir()
    except Exception as error:  # olefile raises OSError, IndexError, struct.error and more on broken files
        raise damaged() from error
    return opened


def _open(data: bytes) -> "olefile.OleFileIO[bytes]":
    opened = _container(data)
    names = {path[0] for path in opened.listdir()}
    if "EncryptedPackage" in names:
        raise UserError("文件有密码保护", "请先用 WPS 或 Word 去掉密码再导入")
    if "WordDocument" in names:
        return opened
    if names & {"MatOST", "CONTENTS", "SPELLING"}:
        raise UserError(
            "这是微软 Works 的文档，不是 WPS 文字", "请在原来的电脑上用 Works 或 Word 另存为 .docx 后再导入"
        )
    raise UserError("文件里没有 Word 文档的正文", "请用 WPS 或 Word 打开，另存为 .docx 后再导入")


def _deletes(modifier: int, groups: list[bytes]) -> bool:
    """Whether a piece's own modifier marks it as deleted."""
    if not modifier & 1:
        return (modifier >> 1) & 0x7F == 0x41 and modifier >> 8 == 1
    index = modifier >> 1
    return index < len(groups) and _is_unseen(groups[index])


def _is_unseen(data: bytes) -> bool:
    if b"\x08" not in data and b"\x53\x2a" not in data:  # most runs have neither: no need to look closer
        return False
    return any(code in _UNSEEN and value[:1] in (b"\x01", b"\x81") for code, value in modifiers(data))


def _is_raised(data: bytes) -> bool:
    return b"\x48\x2a" in data and any(
        code == _RAISED and value[:1] in (b"\x01", b"\x02") for code, value in modifiers(data)
    )


def _runs(page: bytes, wide: bool) -> Iterator[tuple[int, int, bytes]]:
    """The runs on one page of formatted properties: of paragraphs (`wide`) or of characters."""
    if len(page) < _PAGE:
        return
    count = page[_PAGE - 1]
    step = 13 if wide else 1
    if 4 * (count + 1) + step * count > _PAGE:
        return
    for index in range(count):
        first, end = struct.unpack_from("<II", page, 4 * index)
        at = page[4 * (count + 1) + step * index] * 2
        if not at:
            yield first, end, b""
        elif not wide:
            yield first, end, page[at + 1 : at + 1 + page[at]]
        elif page[at]:
            yield first, end, page[at + 1 : at + page[at] * 2]
        else:
            yield first, end, page[at + 2 : at + 2 + page[min(at + 1, _PAGE - 1)] * 2]


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of each property modifier; what is cut off is left out."""
    at = 0
    while at + 2 < len(data):
        code = u16(data, at)
        at += 2
        size = _OPERAND[code >> 13]
        if code == _TABLE_DEFINITION:
            if at + 2 > len(data):
                return
            size = u16(data, at) - 1
            at += 2
        elif size == 0:
            size = data[at]
            at += 1
            if code == _TABS and size == 255:
                return
        if size < 0:
            return
        yield code, data[at : at + size]
        at += size
