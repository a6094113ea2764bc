"""An .rtf file → blocks: paragraphs with their list numbers, tables with merges and nesting, text boxes, pictures."""

import binascii
import re
from collections.abc import Callable
from typing import NamedTuple

from app.chinese import SUPERSCRIPT
from app.documents.blocks import Block, Paragraph, PictureBlock, Style
from app.errors import UserError
from app.importing.readers.doc_reader import clean_text
from app.importing.readers.package import damaged
from app.importing.readers.table_stack import RawCell, TableStack

MAX_TOKENS = 300_000  # a report from Word has 30 000
_MAX_GROUPS = 1000  # open at one time
_MAX_BORDER = 100_000  # twips
# What RTF is made of: a word with its number (\fs32), a byte (\'b9), a sign (\~), a brace, text
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
_BYTE, _SIGN, _BRACE, _TEXT = 3, 4, 5, 6  # groups of a token; 1 and 2 are a word and its number
# What has to be known to find the end of a group: raw bytes (\bin200), an escaped brace, a brace
_STRUCTURE = re.compile(rb"\\bin([0-9]{1,9}) ?|\\.|[{}]", re.DOTALL)
_HEX = re.compile(rb"[^0-9a-fA-F]")
_SKIPPED = frozenset(
    ["fonttbl", "colortbl", "stylesheet", "info", "header", "footer", "headerl", "headerr", "headerf",
     "footerl", "footerr", "footerf", "footnote", "annotation", "listtable", "listoverridetable",
     "rsidtbl", "generator", "themedata", "colorschememapping", "datastore", "latentstyles", "pgptbl",
     "xmlnstbl", "bkmkstart", "bkmkend", "fldinst", "nonshppict", "nonesttables", "object", "sp",
     "objdata", "userprops", "docvar", "revtbl", "filetbl", "mmathPr"]
)  # fmt: skip
_STARRED = frozenset(
    ["shppict", "shpinst", "nesttableprops", "ud", "do", "fldrslt", "objattph"]
)  # \* that is read
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950"}
_CODEPAGES = {936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8"}
_SIGNS = {
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—", "endash": "–", "bullet": "·",
    "tab": " ", "line": "\x0b", "emspace": "\u3000", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_HEADINGS = {0: Style.HEADING1, 1: Style.HEADING2, 2: Style.HEADING3}


class _State(NamedTuple):
    """What a group may change and its end restores."""

    unicode_skip: int = 1  # characters that stand for a \u in old readers
    encoding: str = ""
    unseen: bool = False  # deleted, crossed out or hidden
    raised: bool = False  # superscript or subscript: the mark of a note
    in_table: bool = False
    depth: int = 0  # \itap
    style: int = 0
    outline: int = 9
    nested_row: bool = False  # within \nesttableprops
    part: str = ""  # listtext, pict, box


class _Row:
    """The cells of a row as its definition lists them."""

    def __init__(self) -> None:
        self.left = 0
        self.cells: list[RawCell] = []
        self.flags: set[str] = set()

    def add(self, right: int) -> None:
        left = self.cells[-1].right if self.cells else self.left
        right = max(left, min(right, _MAX_BORDER))
        self.cells.append(RawCell(left, right, [], "clvmrg" in self.flags, "clmrg" in self.flags))
        self.flags = set()


def read_rtf(data: bytes) -> tuple[Block, ...]:
    """Blocks in document order; deleted and hidden text left out."""
    if not data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"{\\rtf"):
        raise damaged()
    blocks = _RtfReader(data).read()
    if not blocks:
        raise UserError("文件里没有正文", "请用 WPS 或 Word 打开确认后另存为 .docx 再导入")
    return blocks


class _RtfReader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.stack = TableStack()
        self.state = _State()
        self.groups: list[_State] = []
        self.encoding = "gb18030"
        self.fonts, self.styles = _fonts(data), _styles(data)
        self.buffer = bytearray()  # text in the encoding of the state
        self.line: list[str] = []  # text of the paragraph
        self.number: list[str] = []  # its list number
        self.floating: list[Block] = []
        self.boxes: list[
            tuple[list[str], list[str], list[Block], TableStack]
        ] = []  # paragraphs that a text box is in
        self.rows = {False: _Row(), True: _Row()}  # nested or not → the definition in force
        self.to_skip = 0
        self.paragraphs = 0
        self.pictures = 0

    def read(self) -> tuple[Block, ...]:
        position, count = 0, 0
        while position < len(self.data):
            for found in _TOKEN.finditer(self.data, position):
                count += 1
                if count > MAX_TOKENS:
                    raise UserError("文件太长，不像是一份年度报告", "请只导入年度报告本身")
                if found.lastindex is None or (found.lastindex <= 2 and found[1] not in _READ):
                    continue  # line ends and the many words that only say how the text looks
                jump = self._token(found)
                if jump:
                    position = jump
                    break
            else:
                position = len(self.data)
        while self.boxes:
            self._end_box()
        self._end_paragraph()
        return self.stack.finish()

    def _token(self, found: re.Match[bytes]) -> int:
        """Take one token; → where to go on, 0 for right behind it."""
        kind = found.lastindex
        if kind == _TEXT:
            text = found[_TEXT]
            skip = min(self.to_skip, len(text))
            self.to_skip -= skip
            self.buffer += text[skip:]
        elif kind == _BYTE:
            if self.to_skip:
                self.to_skip -= 1
            else:
                self.buffer.append(int(found[_BYTE], 16))
        elif kind == _SIGN:
            self._sign(found[_SIGN])
        elif kind != _BRACE:
            return self._word(found[1].decode("ascii"), found[2], found.end())
        elif found[_BRACE] == b"{":
            return self._begin(found.end())
        else:
            self._end()
        return 0

    # -- groups ---------------------------------------------------------------------------------------------------------

    def _begin(self, position: int) -> int:
        self._flush()
        self.to_skip = 0
        if len(self.groups) > _MAX_GROUPS:
            raise damaged()
        self.groups.append(self.state)
        start = _TOKEN.match(self.data, position)
        if start is not None and start[_SIGN] == b"*":
            word = _TOKEN.match(self.data, start.end())
            if word is None or word[1] is None or word[1].decode("ascii") not in _STARRED:
                return self._skip(position)
            return start.end()
        return 0

    def _end(self) -> None:
        self._flush()
        self.to_skip = 0
        before = self.groups.pop() if self.groups else self.state
        if self.state.part == "box" and before.part != "box" and self.boxes:
            self._end_box()
        self.state = before

    def _skip(self, position: int) -> int:
        """Past the end of the group that is open, nothing in it being read; → where to go on."""
        self._flush()
        depth = 1
        while depth:
            found = _STRUCTURE.search(self.data, position)
            if found is None:
                return len(self.data)
            position = found.end() + int(found[1] or 0)
            depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        self.state = self.groups.pop() if self.groups else self.state
        return position

    # -- words ----------------------------------------------------------------------------------------------------------

    def _word(self, word: str, digits: bytes | None, position: int) -> int:
        handler = _HANDLERS.get(word)
        if handler is not None:
            handler(self, int(digits) if digits else None)
        elif word in _SIGNS:
            self._flush()
            self._put(_SIGNS[word])
        elif word in _SKIPPED:
            if self.groups:
                return self._skip(position)
        elif word == "pict":
            return self._picture(position)
        elif word == "bin":
            return position + max(int(digits or 0), 0)
        elif word in ("clvmrg", "clmrg"):
            self._row().flags.add(word)
        return 0

    def _set(self, **changes: object) -> None:
        self._flush()
        if any(getattr(self.state, name) != value for name, value in changes.items()):
            self.state = self.state._replace(**changes)  # type: ignore[arg-type]

    def _character(self, number: int | None) -> None:
        self._flush()
        code = (number or 0) & 0xFFFF
        self._put(chr(code) if code >= 32 else "")
        self.to_skip = self.state.unicode_skip

    def _sign(self, sign: bytes) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif sign in b"\\{}":
            self.buffer += sign
        elif sign in b"~_":
            self._flush()
            self._put("\u00a0" if sign == b"~" else "-")
        elif sign in b"\r\n":
            self._end_paragraph()

    def _plain_paragraph(self) -> None:
        state = self.state
        if state.in_table or state.depth or state.style or state.outline != 9:
            self._set(in_table=False, depth=0, style=0, outline=9)

    # -- text -----------------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        if self.buffer:
            text = bytes(self.buffer).decode(self.state.encoding or self.encoding, "replace")
            self.buffer.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        if self.state.part == "listtext":
            self.number.append(text)
        elif not self.state.unseen:
            marks = self.state.raised and (self.state.in_table or self.state.depth)
            self.line.append(text.translate(SUPERSCRIPT) if marks else text)

    def _depth(self, least: int = 0) -> int:
        return max(self.state.depth if self.state.depth > 1 else int(self.state.in_table), least)

    def _end_paragraph(self, least: int = 0) -> None:
        self._flush()
        self.paragraphs += 1
        place = f"第{self.paragraphs}段"
        lines = [clean_text(line) for line in "".join(self.line).split("\x0b")]
        blocks: list[Block] = []
        if any(line.strip() for line in lines):
            lines[0] = _shown("".join(self.number)) + lines[0]
            level = self.state.outline if self.state.outline < 9 else self.styles.get(self.state.style, 9)
            style = Style.TITLE if level < 0 else _HEADINGS.get(level)
            blocks = [Paragraph(line, style, place) for line in lines if line.strip()]
        self.stack.add(self._depth(least), *blocks, *self.floating)
        self.line, self.number, self.floating = [], [], []

    def _begin_box(self) -> None:
        """A text box lies within a paragraph: its own paragraphs come after that one."""
        self._flush()
        if len(self.boxes) < 8 and self.state.part != "box":
            self.boxes.append((self.line, self.number, self.floating, self.stack))
            self.line, self.number, self.floating, self.stack = [], [], [], TableStack()
            self._set(part="box", in_table=False, depth=0)

    def _end_box(self) -> None:
        self._end_paragraph()
        blocks = self.stack.finish()
        self.line, self.number, self.floating, self.stack = self.boxes.pop()
        self.floating.extend(blocks)

    def _picture(self, position: int) -> int:
        """Note the picture, with its data where it is PNG or JPEG; → where to go on."""
        end = self._skip(position) if self.groups else len(self.data)
        inside = self.data[position:end]
        self.pictures += 1
        data = b""
        found = re.search(rb"\\(?:pngblip|jpegblip)", inside)
        if found is not None:  # the picture's bytes in hexadecimal, after its words and groups
            tail = re.sub(rb"\{[^{}]*\}|\\[a-zA-Z]+-?[0-9]* ?", b"", inside)
            digits = _HEX.sub(b"", tail)
            data = binascii.unhexlify(digits[: len(digits) & ~1])
            data = data if data.startswith((b"\x89PNG", b"\xff\xd8")) else b""
        self.floating.append(PictureBlock(f"图片{self.pictures}", data, place=f"第{self.paragraphs + 1}段"))
        return end

    # -- tables ---------------------------------------------------------------------------------------------------------

    def _row(self) -> _Row:
        return self.rows[self.state.nested_row]

    def _begin_row(self) -> None:
        self._flush()
        self.rows[self.state.nested_row] = _Row()

    def _edge(self, number: int | None) -> None:
        self._row().add(number or 0)

    def _left(self, number: int | None) -> None:
        self._row().left = max(-_MAX_BORDER, min(number or 0, _MAX_BORDER))

    def _end_cell(self, least: int) -> None:
        self._end_paragraph(least)
        self.stack.end_cell(1 if least == 1 else self._depth(least))

    def _end_row(self, least: int) -> None:
        self._flush()
        if "".join(self.line).strip():
            self._end_paragraph(least)
        self.stack.end_row(1 if least == 1 else self._depth(least), self.rows[least > 1].cells)


_Handler = Callable[[_RtfReader, int | None], None]
_HANDLERS: dict[str, _Handler] = {
    "u": lambda reader, n: reader._character(n),
    "uc": lambda reader, n: reader._set(unicode_skip=max(0, min(n or 0, 8))),
    "ansicpg": lambda reader, n: setattr(reader, "encoding", _CODEPAGES.get(n or 0, reader.encoding)),
    "f": lambda reader, n: reader._set(encoding=reader.fonts.get(n or 0, "")),
    "plain": lambda reader, n: reader._set(unseen=False, raised=False, encoding=""),
    "strike": lambda reader, n: reader._set(unseen=n != 0),
    "striked": lambda reader, n: reader._set(unseen=n != 0),
    "super": lambda reader, n: reader._set(raised=n != 0),
    "sub": lambda reader, n: reader._set(raised=n != 0),
    "nosupersub": lambda reader, n: reader._set(raised=False),
    "deleted": lambda reader, n: reader._set(unseen=n != 0),
    "v": lambda reader, n: reader._set(unseen=n != 0),
    "pard": lambda reader, n: reader._plain_paragraph(),
    "par": lambda reader, n: reader._end_paragraph(),
    "sect": lambda reader, n: reader._end_paragraph(),
    "intbl": lambda reader, n: reader._set(in_table=True),
    "itap": lambda reader, n: reader._set(depth=n or 0),
    "s": lambda reader, n: reader._set(style=n or 0),
    "outlinelevel": lambda reader, n: reader._set(outline=n if n is not None else 9),
    "listtext": lambda reader, n: reader._set(part="listtext"),
    "pntext": lambda reader, n: reader._set(part="listtext"),
    "shptxt": lambda reader, n: reader._begin_box(),
    "dptxbxtext": lambda reader, n: reader._begin_box(),
    "nesttableprops": lambda reader, n: reader._set(nested_row=True),
    "trowd": lambda reader, n: reader._begin_row(),
    "trleft": lambda reader, n: reader._left(n),
    "cellx": lambda reader, n: reader._edge(n),
    "cell": lambda reader, n: reader._end_cell(1),
    "row": lambda reader, n: reader._end_row(1),
    "nestcell": lambda reader, n: reader._end_cell(2),
    "nestrow": lambda reader, n: reader._end_row(2),
}


_READ = frozenset(
    word.encode("ascii") for word in (*_HANDLERS, *_SIGNS, *_SKIPPED, "pict", "bin", "clvmrg", "clmrg")
)


def _shown(number: str) -> str:
    """The text of a list number; a bullet is none."""
    number = clean_text(number).strip()
    return number if any(sign.isalnum() for sign in number) else ""


def _fonts(data: bytes) -> dict[int, str]:
    """Number of each font with a charset of its own → encoding."""
    table = _group(data, rb"{\fonttbl")
    # {\f13\fnil\fcharset134 SimSun;}
    found = re.findall(rb"\\f([0-9]{1,6})\b[^;{}]{0,300}?\\fcharset([0-9]{1,3})", table)
    return {int(font): _CHARSETS[int(charset)] for font, charset in found if int(charset) in _CHARSETS}


def _styles(data: bytes) -> dict[int, int]:
    """Number of each paragraph style → outline level, -1 for the title."""
    found: dict[int, int] = {}
    # {\s1\outlinelevel0 heading 1;}, {\s15 Title;}
    for style in re.findall(rb"\{\\s[0-9]{1,6}\b(?:[^{}]|\{[^{}]*\})*\}", _group(data, rb"{\stylesheet")):
        number = int(re.match(rb"\{\\s([0-9]+)", style)[1])  # type: ignore[index]
        heading = re.search(rb"(?i)[ }\n]heading ([1-9]);\}", style)
        outline = re.search(rb"\\outlinelevel([0-9])\b", style)
        if heading or outline:
            found[number] = int(heading[1]) - 1 if heading else int(outline[1])  # type: ignore[index]
        elif re.search(rb"(?i)[ }\n]title;\}", style):
            found[number] = -1
    return found


def _group(data: bytes, start: bytes) -> bytes:
    """The text of the first group that begins so, braces balanced."""
    begin = data.find(start)
    if begin < 0:
        return b""
    depth = 0
    for found in _STRUCTURE.finditer(data, begin, min(begin + 2_000_000, len(data))):
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        if depth == 0:
            return data[begin : found.end()]
    return b""
