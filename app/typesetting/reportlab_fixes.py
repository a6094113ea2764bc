"""What reportlab 5.1 lacks for Chinese PDFs: a right ToUnicode map beyond U+FFFF, and faces that load in a few ms."""

import struct
import threading
from array import array
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.pdfbase import ttfonts

from app.typesetting import font_files
from app.typesetting.font_files import FontError, Tables

_NOT_TEXT = {0x0000, 0xFEFF, 0xFFFE}  # PDF/A-2u 6.2.11.7.2 and PDF/UA-1 7.21.7 forbid mapping to these
_PER_BLOCK = 100  # a CMap block holds at most 100 entries (Adobe Technical Note 5014)


def to_unicode_map(font_name: str, subset: list[int]) -> str:
    """The CMap by which viewers search and copy; reportlab's own writes 𬭎 as five hex digits, which reads as “Ⲵ⭚”."""
    pairs = [(code, char) for code, char in enumerate(subset) if char not in _NOT_TEXT]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        f"<< /Registry ({font_name})",
        f"/Ordering ({font_name})",
        "/Supplement 0",
        ">> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for start in range(0, len(pairs), _PER_BLOCK):
        block = pairs[start : start + _PER_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def apply() -> None:
    """Puts the map into reportlab; doing it twice does no harm."""
    ttfonts.makeToUnicodeCMap = to_unicode_map


class _Metrics:
    """Glyph → (advance width, left bearing), made when asked for: 20,000 pairs a face would cost more than the rest."""

    def __init__(self, widths: "array[int]", bearings: "array[int]") -> None:
        self._widths, self._bearings = widths, bearings

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        return self._widths[glyph], self._bearings[glyph]


class QuickFace(ttfonts.TTFontFace):  # type: ignore[misc]
    """A face whose tables are read in a few array operations; reportlab reads them two bytes at a time."""

    def __init__(self, path: Path, index: int) -> None:
        self._subsetting = threading.Lock()
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
        per_width = {width: 1000 * width / units for width in set(widths)}
        self.charToGlyph = glyphs
        self.charWidths = {char: per_width[widths[glyph]] for char, glyph in glyphs.items()}
        self.glyphToChar: dict[int, list[int]] = {}  # only shaping asks for it, and we do not shape
        self.hmetrics = _Metrics(widths, bearings)
        self.glyphPos = places
        self.defaultWidth = per_width[widths[0]]
        for one, other in ((0x20, 0xA0), (0xA0, 0x20)):
            if one in self.charToGlyph:
                self.charToGlyph[other] = self.charToGlyph[one]
                self.charWidths[other] = self.charWidths[one]

    def _index_in_file(self) -> int:
        return int(self.subfontNameX[1:])

    def makeSubset(self, subset: list[int]) -> bytes:  # noqa: N802
        """One PDF at a time: reportlab's reader keeps its place in the face."""
        with self._subsetting:
            return bytes(super().makeSubset(subset))


class QuickFont(ttfonts.TTFont):  # type: ignore[misc]
    """reportlab's font around a QuickFace, never shaped (official documents need no ligatures)."""

    def __init__(self, name: str, face: QuickFace) -> None:
        self.fontName = name
        self.face = face
        self.encoding = ttfonts.TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable = rl_config.ttfAsciiReadable
        self.shapable = False
