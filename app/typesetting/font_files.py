"""Reads TrueType files: their names, whether they may be embedded, their characters and widths; never an outline."""

import fnmatch
import os
import re
import struct
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.paths import is_file, is_folder

SUFFIXES = {".ttf", ".ttc", ".otf", ".otc"}
WINDOWS_REGISTRY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"

# OS/2 fsType (OpenType specification): the low four bits say what a document may carry of the face
_EMBEDDING, _RESTRICTED, _NO_SUBSET, _BITMAP_ONLY = 0x000F, 0x0002, 0x0100, 0x0200
_ITALIC, _BOLD = 0x0001, 0x0020  # OS/2 fsSelection

Read = Callable[[int, int], bytes]


class FontError(Exception):
    """Why a file or face cannot be used; the text is Chinese and meant for the clerk."""


@dataclass(frozen=True)
class FoundFace:
    """One face of a file after a look at its names, before its characters are read."""

    path: Path
    index: int
    names: frozenset[str]  # folded
    name: str  # as its Chinese or English table writes it
    refusal: str  # "" if it can be embedded


def fold(name: str) -> str:
    """A name without case, spaces, hyphens and underscores: 方正小标宋_GBK, FZXiaoBiaoSong-B05S."""
    return re.sub(r"[\s_\-]", "", name).casefold()


class Tables:
    """The table directory of one face; a table's bytes are read when asked for."""

    def __init__(self, read: Read, start: int) -> None:
        self._read = read
        self.version, count = struct.unpack(">4sH", read(start, 6))
        directory = read(start + 12, 16 * count)
        self._places: dict[str, tuple[int, int]] = {}
        for tag, _, offset, length in struct.iter_unpack(">4sLLL", directory):
            self._places[tag.decode("latin-1")] = (offset, length)

    def __contains__(self, tag: str) -> bool:
        return tag in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __getitem__(self, tag: str) -> bytes:
        if tag not in self._places:
            raise FontError(f"字体文件缺少 {tag} 表")
        return self._read(*self._places[tag])

    def part(self, tag: str, length: int) -> bytes:
        """The first bytes of a table."""
        offset, whole = self._places[tag]
        return self._read(offset, min(length, whole))


def starts(read: Read) -> list[int]:
    """Where each face of a file begins: one in a .ttf, several in a .ttc."""
    if read(0, 4) != b"ttcf":
        return [0]
    (count,) = struct.unpack(">L", read(8, 4))
    return list(struct.unpack(f">{min(count, 64)}L", read(12, 4 * min(count, 64))))


def look_into(path: Path) -> list[FoundFace]:
    """The faces of a file by name; raises FontError when the file is no font. Reads a few hundred bytes."""
    if not is_file(path):  # a pipe named like a font would be waited for without end
        raise FontError("不是文件")
    try:
        with path.open("rb") as file:

            def read(offset: int, length: int) -> bytes:
                file.seek(offset)
                return file.read(length)

            return [_look_at(path, index, Tables(read, start)) for index, start in enumerate(starts(read))]
    except (OSError, struct.error, ValueError) as problem:
        raise FontError("文件无法读取或不是字体") from problem


def _look_at(path: Path, index: int, tables: Tables) -> FoundFace:
    records = list(_names(tables))
    selection = struct.unpack(">H", tables.part("OS/2", 64)[62:])[0] if "OS/2" in tables else 0
    plain = not selection & (_ITALIC | _BOLD)
    kinds = (4, 6, 1, 16) if plain else (4, 6)  # a bold cut shares its family's name
    used = [(kind, text) for kind, text in records if kind in kinds]
    display = [text for kind, text in used if kind in (4, 1)] or [path.stem]
    name = next((text for text in display if not text.isascii()), display[0])
    return FoundFace(path, index, frozenset(fold(text) for _, text in used), name, _refusal(tables))


def _names(tables: Tables) -> Iterator[tuple[int, str]]:
    """(name id, text) of every readable record of the name table."""
    data = tables["name"]
    _, count, storage = struct.unpack_from(">3H", data)
    for platform, encoding, _, kind, length, offset in struct.iter_unpack(">6H", data[6 : 6 + 12 * count]):
        if kind not in (1, 4, 6, 16):
            continue
        raw = data[storage + offset : storage + offset + length]
        if platform == 1:
            codec = "gb18030" if encoding == 25 else "mac_roman"
        elif platform == 3 and encoding == 3:
            codec, raw = "gb18030", raw.replace(b"\0", b"")
        else:
            codec = "utf-16-be"
        text = raw.decode(codec, "ignore").strip().strip("\0")
        if text:
            yield kind, text


def _refusal(tables: Tables) -> str:
    """Why a PDF cannot or must not carry this face, "" if it may."""
    if tables.version == b"OTTO" or "glyf" not in tables:
        return "是 OpenType（CFF）轮廓，生成 PDF 用不了，请换 TrueType（.ttf）版"
    if "fvar" in tables:
        return "是可变字体，生成 PDF 用不了，请换单一字重的 .ttf"
    permission = struct.unpack(">H", tables.part("OS/2", 10)[8:])[0] if "OS/2" in tables else 0
    if permission & _EMBEDDING == _RESTRICTED:
        return "字体厂商不许嵌入文档（fsType 2）"
    if permission & _NO_SUBSET:
        return "字体厂商不许取子集嵌入（fsType 0x100）"
    if permission & _BITMAP_ONLY:
        return "字体厂商只许嵌入点阵（fsType 0x200）"
    return ""


# ---- characters and widths --------------------------------------------------------------------------------------


def _big_endian(kind: str, data: bytes) -> "array[int]":
    values = array(kind, data[: len(data) // array(kind).itemsize * array(kind).itemsize])
    if sys.byteorder == "little":
        values.byteswap()
    return values


def characters(tables: Tables) -> dict[int, int]:
    """Code point → glyph, from the fullest Unicode map of the face."""
    data = tables["cmap"]
    (count,) = struct.unpack_from(">H", data, 2)
    maps = {(p, e): offset for p, e, offset in struct.iter_unpack(">HHL", data[4 : 4 + 8 * count])}
    for key in ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0)):
        if key in maps:
            table = data[maps[key] :]
            (form,) = struct.unpack_from(">H", table)
            if form == 12:
                return _groups(table)
            if form == 4:
                return _segments(table)
    raise FontError("字体没有 Unicode 编码表")


def _groups(table: bytes) -> dict[int, int]:
    (count,) = struct.unpack_from(">L", table, 12)
    found: dict[int, int] = {}
    for first, last, glyph in struct.iter_unpack(">LLL", table[16 : 16 + 12 * count]):
        found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return found


def _segments(table: bytes) -> dict[int, int]:
    """A map of form 4 (OpenType, cmap): stretches of code points with a distance to their glyphs, or a list of glyphs."""
    (doubled,) = struct.unpack_from(">H", table, 6)
    count = doubled // 2
    words = _big_endian("H", table[14:])
    ends, begins = words[:count], words[count + 1 : 2 * count + 1]
    deltas, places = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 : 4 * count + 1]
    codes: list[int] = []
    glyphs: list[int] = []
    for n in range(count):
        first, last, delta = begins[n], ends[n], deltas[n]
        codes.extend(range(first, last + 1))
        if places[n] == 0:
            glyphs.extend(_shifted(first, last, delta))
        else:
            at = 3 * count + 1 + n + places[n] // 2
            listed = words[at : at + last - first + 1]
            glyphs.extend((glyph + delta) & 0xFFFF if glyph else 0 for glyph in listed)
            glyphs.extend([0] * (len(codes) - len(glyphs)))
    found = dict(zip(codes, glyphs, strict=True))
    found.pop(0xFFFF, None)
    if 0 in found.values():
        found = {code: glyph for code, glyph in found.items() if glyph}
    return found


def _shifted(first: int, last: int, delta: int) -> Iterable[int]:
    """The glyphs of a stretch at one distance from its code points, counted modulo 65536."""
    if first + delta <= 0xFFFF < last + delta + 1:  # the stretch itself goes over the end
        return ((code + delta) & 0xFFFF for code in range(first, last + 1))
    begin = (first + delta) & 0xFFFF
    return range(begin, begin + last - first + 1)


def advances(tables: Tables) -> tuple["array[int]", "array[int]"]:
    """(advance width, left bearing as an unsigned short) of every glyph, in font units."""
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)
    (glyphs,) = struct.unpack_from(">H", tables["maxp"], 4)
    values = _big_endian("H", tables["hmtx"])
    widths, bearings = values[0 : 2 * full : 2], values[1 : 2 * full : 2]
    if not full or len(widths) < full:
        raise FontError("字体的字宽表有误")
    widths.extend([widths[-1]] * (glyphs - full))
    bearings.extend(values[2 * full : 2 * full + glyphs - full])
    bearings.extend([0] * (glyphs - len(bearings)))
    return widths, bearings


def outline_places(tables: Tables) -> "array[int]":
    """Where each glyph's outline begins in the glyf table, one more than there are glyphs."""
    (long,) = struct.unpack_from(">H", tables["head"], 50)
    if long:
        return _big_endian("I", tables["loca"])
    return array("I", (2 * place for place in _big_endian("H", tables["loca"])))


# ---- where the computer keeps them ------------------------------------------------------------------------------


def computer_folders(windows: Iterable[str], linux: Iterable[str]) -> list[Path]:
    """The computer's font folders that exist; `${NAME}` is filled from the environment, `*` from the disk."""
    places = []
    for pattern in windows if sys.platform == "win32" else linux:
        filled = os.path.expandvars(pattern)
        if "$" in filled:
            continue
        path = Path(filled)
        if "*" in filled:
            places += sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
        else:
            places.append(path)
    return [place for place in places if is_folder(place)]


def font_files(folder: Path, likely: Iterable[str] = ("*",)) -> list[Path]:
    """The font files under a folder whose lower-case name fits one of the patterns, in order of name."""
    fits = re.compile("|".join(fnmatch.translate(pattern) for pattern in likely)).match
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            lower = name.lower()
            if lower[-4:] in SUFFIXES and fits(lower):
                found.append(Path(place) / name)
    return sorted(found)


def registered_with_windows(folded_names: Iterable[str]) -> list[Path]:
    """Files that Windows lists under one of these names, wherever they lie and whatever they are called."""
    if sys.platform != "win32":
        return []
    import winreg

    wanted = set(folded_names)
    found = []
    for hive in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(hive, WINDOWS_REGISTRY) as key:
                for number in range(winreg.QueryInfoKey(key)[1]):
                    title, value, _ = winreg.EnumValue(key, number)
                    names = re.sub(r"\(.*\)$", "", title).split("&")  # SimSun & NSimSun (TrueType)
                    if wanted & {fold(name) for name in names} and isinstance(value, str):
                        found.append(Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts", value))
        except OSError:
            continue
    return [path for path in found if path.suffix.lower() in SUFFIXES]
