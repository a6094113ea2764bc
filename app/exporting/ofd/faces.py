"""The faces in an OFD: the subset that a PDF takes, with a Unicode map, by which every viewer finds the glyphs itself."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from struct import pack

from app.typesetting.reportlab_fixes import QuickFace
from app.typesetting.subsetting import true_type

_BMP_END = 0xFFFF
_Stretch = tuple[int, int, int]  # first and last code point, the first one's glyph


def subset(face: QuickFace, characters: Iterable[str], stand_ins: Mapping[int, str]) -> bytes:
    """A TrueType file with these characters; what the face has not is drawn as its stand-in."""
    drawn = {ord(char): ord(stand_ins.get(ord(char), char)) for char in characters}
    codes = sorted(set(drawn.values()))
    glyphs = {code: number if code in face.charToGlyph else 0 for number, code in enumerate(codes, 1)}
    tables = face.subset(map(chr, codes))
    tables |= {tag: face.get_table(tag) for tag in ("OS/2", "name")}
    tables["post"] = b"\0\3\0\0" + face.get_table("post")[4:16] + bytes(16)  # without names of glyphs
    tables["cmap"] = unicode_map({code: glyphs[shown] for code, shown in drawn.items()})
    return true_type(tables)


def unicode_map(glyphs: Mapping[int, int]) -> bytes:
    """A cmap table (OpenType) of code point → glyph: form 4, and form 12 where a code point is beyond U+FFFF."""
    stretches = _stretches(glyphs)
    basic = [one for one in stretches if one[1] <= _BMP_END]
    form4 = _form4([*basic, (_BMP_END, _BMP_END, 0)])
    maps = [(0, 3, form4), (3, 1, form4)]
    if len(basic) < len(stretches):
        maps.append((3, 10, _form12(stretches)))
    header = pack(">HH", 0, len(maps))
    at = len(header) + 8 * len(maps)
    for platform, encoding, data in maps:
        header += pack(">HHL", platform, encoding, at if data is form4 else at + len(form4))
    return header + b"".join(dict.fromkeys(data for _, _, data in maps))


def _stretches(glyphs: Mapping[int, int]) -> list[_Stretch]:
    """Code points that follow each other, and so do their glyphs; none goes over the end of U+FFFF."""
    codes = sorted(glyphs)
    found: list[_Stretch] = []
    first = 0
    for place, (code, following) in enumerate(pairwise([*codes, -1]), 1):
        if following != code + 1 or glyphs[following] != glyphs[code] + 1 or code == _BMP_END:
            found.append((codes[first], code, glyphs[codes[first]]))
            first = place
    return found


def _form4(stretches: list[_Stretch]) -> bytes:
    count = len(stretches)
    whole = 1 << count.bit_length() - 1  # the largest power of two that is not more
    firsts, lasts, starts = zip(*stretches, strict=True)
    deltas = [(glyph - first) % 0x10000 for first, glyph in zip(firsts, starts, strict=True)]
    deltas[-1] = 1  # U+FFFF is glyph 0
    search = (2 * count, 2 * whole, whole.bit_length() - 1, 2 * (count - whole))
    words = [*search, *lasts, 0, *firsts, *deltas, *[0] * count]
    return pack(f">{3 + len(words)}H", 4, 2 * (3 + len(words)), 0, *words)


def _form12(stretches: list[_Stretch]) -> bytes:
    groups = b"".join(pack(">LLL", *one) for one in stretches)
    return pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(stretches)) + groups
