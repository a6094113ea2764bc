"""What reportlab 5.1 does slowly or at length: faces load in a few ms, and each is one font in a PDF with the glyphs drawn."""

import hashlib
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc, ttfonts

from app.typesetting import face_files, font_files
from app.typesetting.font_files import FontError, Tables
from app.typesetting.subsetting import Glyphs, glyph_tables, true_type

_NOT_TEXT = {0x0000, 0xFEFF, 0xFFFE}  # PDF/A-2u 6.2.11.7.2 and PDF/UA-1 7.21.7 forbid mapping to these
_PER_BLOCK = 100  # a CMap block holds at most 100 entries (Adobe Technical Note 5014)
_SYMBOLIC = 4  # FontDescriptor flag: its glyphs are its own (ISO 32000-1, 9.8.2)


class _Metrics:
    """Glyph → (advance width, left bearing), made when asked for: 20,000 pairs a face would cost more than the rest."""

    def __init__(self, widths: "array[int]", bearings: "array[int]") -> None:
        self._widths, self._bearings = widths, bearings

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        return self._widths[glyph], self._bearings[glyph]


class QuickFace(ttfonts.TTFontFace):  # type: ignore[misc]
    """A face whose tables are read in a few array operations; reportlab reads them two bytes at a time.

    `is_lasting`: nobody writes to the file while the program runs, so that it is looked into where it lies, and what is looked at
    is shared by all processes; else it is read into memory.
    """

    def __init__(self, path: Path, index: int, hints: bool = True, is_lasting: bool = False) -> None:
        self._hints = hints
        if is_lasting:
            self._ttf_data = face_files.mapped(path)
            self.filename = str(path)
        try:
            super().__init__(str(path), subfontIndex=index)
        except FontError:
            raise
        except Exception as problem:  # a damaged file can fail anywhere in reportlab's reader
            raise FontError("字体文件无法读取") from problem

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803
        super().extractInfo(charInfo=0)
        data = self._ttf_data
        start = self.subfontOffsets[self._index_in_file()] if self.fileKind == "TTC" else 0
        tables = Tables(lambda offset, length: data[offset : offset + length], start)
        (units,) = struct.unpack_from(">H", tables["head"], 18)
        glyphs = font_files.characters(tables)
        widths, bearings = font_files.advances(tables)
        places = font_files.outline_places(tables)
        count = min(len(widths), len(places) - 1)
        if max(glyphs.values(), default=0) >= count:
            glyphs = {char: glyph for char, glyph in glyphs.items() if glyph < count}
        for one, other in ((0x20, 0xA0), (0xA0, 0x20)):
            if one in glyphs:
                glyphs[other] = glyphs[one]
        self.charToGlyph = face_files.CodePoints(glyphs)
        self.charWidths = face_files.Widths(self.charToGlyph, widths, units)
        self.glyphToChar: dict[int, list[int]] = {}  # only shaping asks for it, and we do not shape
        self.hmetrics = _Metrics(widths, bearings)
        self.glyphPos = places
        self.defaultWidth = 1000 * widths[0] / units
        face_files.let_go(data)

    def _index_in_file(self) -> int:
        return int(self.subfontNameX[1:])

    def subset(self, characters: Iterable[str]) -> dict[str, bytes]:
        """The tables of a TrueType file: its glyph 1 draws the first of the characters, glyph 2 the second …

        Hints of the bundled faces are left out: who reads PDF on a screen today smooths its type instead.
        """
        glyphs = (self.charToGlyph.get(ord(char), 0) for char in characters)
        made = glyph_tables(
            self.get_table, Glyphs(self._outline, glyphs, self._hints), self.hmetrics.__getitem__
        ) | (
            {tag: self.get_table(tag) for tag in ("cvt ", "fpgm", "prep") if tag in self.table}
            if self._hints
            else {}
        )
        face_files.let_go(self._ttf_data)
        return made

    def _outline(self, glyph: int) -> bytes:
        start = self.get_table_pos("glyf")[0]
        return bytes(self._ttf_data[start + self.glyphPos[glyph] : start + self.glyphPos[glyph + 1]])


class Codes(dict[str, bytes]):
    """The characters of one PDF in one font, in the order of their first use, each with its code of two bytes; 0 is none."""

    def __init__(self, face: QuickFace) -> None:
        super().__init__()
        self._known = face.charToGlyph
        self.characters: list[str] = []

    def __missing__(self, char: str) -> bytes:
        if ord(char) not in self._known:
            return bytes(2)
        self.characters.append(char)
        made = self[char] = len(self.characters).to_bytes(2)
        return made


class QuickFont:
    """A QuickFace as reportlab knows fonts: never shaped, and one font of a PDF, whatever it draws.

    reportlab makes fonts of 256 characters each; then what follows in a text stands in another font half of the time, and
    a 7-page report is a fifth longer.
    """

    _multiByte = _dynamicFont = 1  # noqa: N815 - what reportlab asks of a font
    shapable = False

    def __init__(self, name: str, face: QuickFace) -> None:
        self.fontName, self.face = name, face
        self.encoding = ttfonts.TTEncoding()
        self._codes: WeakKeyDictionary[Any, Codes] = WeakKeyDictionary()

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        widths, other = self.face.charWidths, self.face.defaultWidth
        return float(sum(widths.get(ord(char), other) for char in text)) * size / 1000

    def codes(self, document: Any) -> Codes:
        """What has been drawn in a document so far."""
        if document not in self._codes:
            self._codes[document] = Codes(self.face)
        return self._codes[document]

    def splitString(self, text: str, document: Any, encoding: str = "utf8") -> list[tuple[int, bytes]]:  # noqa: N802
        codes = self.codes(document)
        return [(0, b"".join([codes[char] for char in text]))]

    def getSubsetInternalName(self, subset: int, document: Any) -> str:  # noqa: N802
        """/F1, its name in the PDF."""
        if self.fontName not in document.fontMapping:
            document.fontMapping[self.fontName] = f"/F{len(document.fontMapping) + 1}"
            document.delayedFonts.append(self)
        return str(document.fontMapping[self.fontName])

    def addObjects(self, document: Any) -> None:  # noqa: N802
        """The font with its glyphs (ISO 32000-1, 9.7): its codes are their numbers."""
        characters = self.codes(document).characters
        name = pdfdoc.PDFName(f"{_tag(characters)}+{self.face.name.decode('latin-1')}")
        descendant = _dictionary(
            Type="/Font",
            Subtype="/CIDFontType2",
            BaseFont=name,
            CIDSystemInfo=_dictionary(
                Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"), Supplement=0
            ),
            CIDToGIDMap="/Identity",
            DW=1000,
            W=pdfdoc.PDFArray(list(self._widths(characters))),
            FontDescriptor=document.Reference(self._descriptor(document, name, characters)),
        )
        made = _dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=name,
            Encoding="/Identity-H",
            DescendantFonts=pdfdoc.PDFArray([document.Reference(descendant)]),
            ToUnicode=document.Reference(_stream(unicode_map(characters).encode("ascii"))),
        )
        internal = self.getSubsetInternalName(0, document)[1:]
        document.idToObject["BasicFonts"].dict[internal] = document.Reference(made)
        del self._codes[document]

    def _widths(self, characters: Sequence[str]) -> Iterator[Any]:
        """Those that are not an em: the first one's code, then their widths in its thousandths."""
        widths = [round(self.face.getCharWidth(ord(char)), 2) for char in characters]
        for is_em, run in groupby(
            enumerate([round(self.face.defaultWidth, 2), *widths]), lambda one: one[1] == 1000
        ):
            if not is_em:
                listed = list(run)
                yield listed[0][0]
                yield pdfdoc.PDFArray([width for _, width in listed])

    def _descriptor(self, document: Any, name: Any, characters: Sequence[str]) -> Any:
        face = self.face
        data = true_type(face.subset(characters))
        file = pdfdoc.PDFStream(_dictionary(Filter="/FlateDecode", Length1=len(data)), _deflated(data))
        return _dictionary(
            Type="/FontDescriptor",
            FontName=name,
            Flags=_SYMBOLIC,
            FontBBox=pdfdoc.PDFArray(face.bbox),
            Ascent=face.ascent,
            Descent=face.descent,
            CapHeight=face.capHeight,
            ItalicAngle=face.italicAngle,
            StemV=face.stemV,
            FontFile2=document.Reference(file),
        )


def _dictionary(**entries: Any) -> Any:
    return pdfdoc.PDFDictionary(entries)


def _stream(content: bytes) -> Any:
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])


def _deflated(outlines: bytes) -> bytes:
    """Outlines repeat little, and are 2 % shorter than zlib's usual way makes them, in the same time."""
    worker = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL + 1, zlib.Z_FILTERED)
    return worker.compress(outlines) + worker.flush()


def _tag(characters: Iterable[str]) -> str:
    """Six capitals before the name of a subset, others for other characters (9.9.2): PDFs may be joined."""
    digest = hashlib.sha256("".join(characters).encode("utf-8", "surrogatepass")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def unicode_map(characters: Sequence[str]) -> str:
    """The CMap by which viewers search and copy: code 1 is the first character."""
    pairs = [(code, char) for code, char in enumerate(characters, 1) if ord(char) not in _NOT_TEXT]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(pairs), _PER_BLOCK):
        block = pairs[start : start + _PER_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in block]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines)
