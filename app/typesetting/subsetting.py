"""Some glyphs of a face → the tables of a TrueType file with only them; never a font of its own, never a file on disk."""

import sys
from array import array
from collections.abc import Callable, Iterable, Mapping
from struct import pack, unpack_from

# the flags of a part of a composite glyph (OpenType, glyf)
_WORDS, _SCALE, _MORE, _TWO_SCALES, _FOUR_SCALES, _HINTED = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080, 0x0100
_SUM_OF_A_FONT = 0xB1B0AFBA  # OpenType, head: what all of a file adds up to
_NOTHING = bytes(12)  # validators of PDF take a glyph without any data for one that is missing
_LONGEST_SHORT = 0x1FFFE  # bytes that a loca table of the short form reaches


class Glyphs:
    """The glyphs of a subset in their order, those that they are made of behind them; glyph 0 is first."""

    def __init__(self, outline: Callable[[int], bytes], wanted: Iterable[int], hints: bool) -> None:
        self._outline, self._hints = outline, hints
        self.order = [0, *wanted]
        self._places: dict[int, int] = {}
        for place, glyph in enumerate(self.order):
            self._places.setdefault(glyph, place)
        self.outlines: list[bytes] = []
        for glyph in self.order:  # it grows while it is gone through
            self.outlines.append(self._drawn(outline(glyph)))

    def _drawn(self, data: bytes) -> bytes:
        """An outline as it stands in the subset, of even length; a space has one without contours."""
        if not data:
            return _NOTHING
        if len(data) > 10:
            (contours,) = unpack_from(">h", data)
            if contours < 0:
                data = self._composite(data)
            elif not self._hints:
                data = _without_hints(data, contours)
        return data if len(data) % 2 == 0 else data + b"\0"

    def _composite(self, data: bytes) -> bytes:
        """A glyph made of others: their new numbers; without its hints if they are left out."""
        made, at, flags = bytearray(data), 10, _MORE
        while flags & _MORE:
            flags, glyph = unpack_from(">HH", made, at)
            if glyph not in self._places:
                self._places[glyph] = len(self.order)
                self.order.append(glyph)
            kept = flags if self._hints else flags & ~_HINTED
            made[at : at + 4] = pack(">HH", kept, self._places[glyph])
            at += 8 if flags & _WORDS else 6
            at += 2 * bool(flags & _SCALE) + 4 * bool(flags & _TWO_SCALES) + 8 * bool(flags & _FOUR_SCALES)
        return bytes(made) if self._hints else bytes(made[:at])


def _without_hints(data: bytes, contours: int) -> bytes:
    at = 10 + 2 * contours
    (length,) = unpack_from(">H", data, at)
    return data if not length else data[:at] + b"\0\0" + data[at + 2 + length :]


def glyph_tables(
    table: Callable[[str], bytes],
    glyphs: Glyphs,
    metrics: Callable[[int], tuple[int, int]],
) -> dict[str, bytes]:
    """The tables that draw these glyphs: what a PDF asks for (ISO 32000-1, 9.9). `metrics`: width and bearing of a glyph."""
    ends = array("L", [0])
    for outline in glyphs.outlines:
        ends.append(ends[-1] + len(outline))
    is_long = ends[-1] > _LONGEST_SHORT
    places = pack(f">{len(ends)}L", *ends) if is_long else pack(f">{len(ends)}H", *(at // 2 for at in ends))
    head = bytearray(table("head"))
    head[8:12] = bytes(4)
    head[50:52] = pack(">H", is_long)
    count, full = len(glyphs.order), [metrics(glyph) for glyph in glyphs.order]
    widths = count
    while widths > 1 and full[widths - 1][0] == full[widths - 2][0]:
        widths -= 1  # the last width holds for all that follow
    measures = [value for pair in full[:widths] for value in pair] + [pair[1] for pair in full[widths:]]
    return {
        "glyf": b"".join(glyphs.outlines),
        "head": bytes(head),
        "hhea": table("hhea")[:34] + pack(">H", widths),
        "hmtx": pack(f">{len(measures)}H", *measures),
        "loca": places,
        "maxp": table("maxp")[:4] + pack(">H", count) + table("maxp")[6:],
    }


def true_type(tables: Mapping[str, bytes]) -> bytes:
    """The file with these tables, its sums in it."""
    count = len(tables)
    whole = count.bit_length() - 1  # the largest power of two that is not more
    start = pack(">LHHHH", 0x00010000, count, 16 << whole, whole, 16 * (count - (1 << whole)))
    at, directory, body = 12 + 16 * count, [], []
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        directory.append(tag.encode("latin-1") + pack(">LLL", _sum(padded), at, len(data)))
        body.append(padded)
        at += len(padded)
    made = bytearray(b"".join([start, *directory, *body]))
    head = at - sum(map(len, body)) + sum(len(part) for part in body[: sorted(tables).index("head")])
    made[head + 8 : head + 12] = pack(">L", (_SUM_OF_A_FONT - _sum(bytes(made))) & 0xFFFFFFFF)
    return bytes(made)


def _sum(data: bytes) -> int:
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
