"""Text → units that may not be split → lines: 行首行尾禁则, unbroken words, numbers, addresses, dashes and ellipses."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.documents.blocks import Mark
from app.typesetting.fonts import Faces, Role

# GB/T 15834 5.1.9–5.1.10: what may not begin a line and what may not end one
_NO_START = frozenset("、。，．：；？！）》〉】〕」』］｝”’…—～·％‰℃°々,.!?:;)]}%』〗﹏゛゜ー")
_NO_END = frozenset("（《〈【〔「『［｛“‘＃＄￥([{〖$#")

# ——, ……, a Latin word with its numbers, marks and address signs, a word of another alphabet, white space, one character
_PIECES = re.compile(
    r"—+|…+|[+\-]?[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f.,:;/%_\-+@#?=&~!']*"
    r"|[\u0370-\u1fff]+|\s|.",
    re.DOTALL,
)
_HEAVY = (Role.TITLE, Role.HEADING1)
# what an address or a file number may be broken after, where the line before it would be too loose
_AFTER = frozenset("/.?&=-@_")
_LOOSEST = 0.15  # em between two characters
_LEAST_PART = 3  # characters of an address on either side of a break
_DOT, _HALF = "·", 0.5  # GB/T 15834 5.1.6: 间隔号 takes half a character
_BREAKS = frozenset("\n\v\f\u2028\u2029")
_LONGEST_KEPT = 16  # characters: longer words are addresses, which hardly come twice
_TOLERANCE = 0.01  # points


class Kind(IntEnum):
    IDEOGRAPH = 1  # a Chinese character
    MARK = 2  # a Chinese mark, sign or dash
    LATIN = 3
    SPACE = 4
    BREAK = 5  # a line ends here
    NOTHING = 6  # control and format characters, lone surrogates


class Glyph(NamedTuple):
    """What draws a character: font, width in em."""

    font: str
    width: float
    kind: Kind


class Glyphs(dict[str, Glyph]):
    """The glyphs of one role, looked up when first met; `light` are the fonts that stand in for a heavier face."""

    def __init__(self, faces: Faces, role: Role) -> None:
        super().__init__()
        self._faces, self._role = faces, role
        self._own = faces.pick(role, "一")[0]
        self.light: set[str] = set()

    def __missing__(self, char: str) -> Glyph:
        font, width = self._faces.pick(self._role, char)
        if self._role in _HEAVY and font != self._own and _kind(char) is Kind.IDEOGRAPH:
            self.light.add(font)
        made = self[char] = Glyph(font, width, _kind(char))
        return made


def _kind(char: str) -> Kind:
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp") or "VARIATION SELECTOR" in unicodedata.name(char, ""):
        return Kind.NOTHING
    if ord(char) < 0x2000:
        return Kind.LATIN
    return Kind.IDEOGRAPH if category[0] in "LN" else Kind.MARK


@lru_cache(maxsize=64)
def glyphs(faces: Faces, role: Role) -> Glyphs:
    return Glyphs(faces, role)


class Unit(NamedTuple):
    """What no line break goes through: a character, a word, a number, ——."""

    text: str
    width: float  # points, with the spacing after each character
    kind: Kind
    font: str  # "" when its characters need several
    sorts: "Sorts"
    gap: float = 0.0  # points after it, unless a line ends here
    cut: float = 0.0  # points that its width is less than its glyph's
    shift: float = 0.0  # points that its glyph stands further left: the white on that side is cut


class Sorts(dict[str, Unit]):
    """The units of one face, size and spacing, made once and used wherever they occur."""

    def __init__(self, glyphs: Glyphs, size: float, spacing: float, bold: bool, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.glyphs, self.size, self.spacing, self.bold = glyphs, size, spacing, bold

    def __missing__(self, piece: str) -> Unit:
        made = self._make(piece)
        if len(piece) <= _LONGEST_KEPT:
            self[piece] = made
        return made

    def _make(self, piece: str) -> Unit:
        if piece in _BREAKS:
            return Unit("", 0.0, Kind.BREAK, "", self)
        if piece.isspace():
            piece = "\u3000" if piece == "\u3000" else " "
            glyph = self.glyphs[piece]
            return Unit(piece, glyph.width * self.size + self.spacing, Kind.SPACE, glyph.font, self)
        shown = "".join(char for char in piece if self.glyphs[char].kind is not Kind.NOTHING)
        found = [self.glyphs[char] for char in shown]
        fonts = {glyph.font for glyph in found}
        width = sum(glyph.width for glyph in found) * self.size + self.spacing * len(shown)
        kind = found[0].kind if found else Kind.NOTHING
        if shown == _DOT and found[0].width > _HALF:
            # without the spacing, and that before it given back, as LibreOffice sets what ends a run
            own = _HALF * self.size - self.spacing
            shift = (found[0].width - _HALF) * self.size / 2
            return Unit(shown, own, kind, found[0].font, self, cut=width - own, shift=shift)
        return Unit(shown, width, kind, fonts.pop() if len(fonts) == 1 else "", self)


@lru_cache(maxsize=256)
def sorts(
    faces: Faces,
    role: Role,
    size: float,
    spacing: float = 0.0,
    bold: bool = False,
    mark: Mark = Mark.BOTH,
) -> Sorts:
    return Sorts(glyphs(faces, role), size, spacing, bold, mark)


class Words(NamedTuple):
    """A stretch of text in one face."""

    text: str
    sorts: Sorts


def units_of(words: Iterable[Words], gap: float) -> list[Unit]:
    """The units of a paragraph; between Chinese and Latin stand `gap` points (中西间距). A newline is a unit of its own."""
    units: list[Unit] = []
    for text, table in words:
        units += [unit for piece in _PIECES.findall(text) if (unit := table[piece]).kind is not Kind.NOTHING]
    return _with_gaps(units, gap) if gap else units


def _with_gaps(units: list[Unit], gap: float) -> list[Unit]:
    """Between a Chinese character and a Latin letter or digit, not beside punctuation."""
    last = len(units) - 1
    for index, unit in enumerate(units):
        if unit.kind is not Kind.LATIN:
            continue
        before = units[index - 1] if index else None
        if before and before.kind is Kind.IDEOGRAPH and unit.text[0].isalnum():
            units[index - 1] = before._replace(gap=gap)
        closes = unit.text[-1].isalnum() or unit.text[-1] == "%"
        if index < last and closes and units[index + 1].kind is Kind.IDEOGRAPH:
            units[index] = unit._replace(gap=gap)
    return units


def width_of(units: Sequence[Unit], spacing: float) -> float:
    """How wide units are on one line; the spacing and the gap after the last unit do not count."""
    if not units:
        return 0.0
    return sum(unit.width + unit.gap for unit in units) - units[-1].gap - spacing


def break_lines(
    units: Sequence[Unit], width: float, first_indent: float = 0.0, spacing: float = 0.0
) -> list[list[Unit]]:
    """Lines of units, each filled as far as it goes; white space at a line's ends is dropped. At least one line."""
    # the first word has less room than a line
    units = [*_split_long(units[:1], width - first_indent), *_split_long(units[1:], width)]
    lines: list[list[Unit]] = []
    start, room, count = 0, width - first_indent, len(units)
    while start < count:
        end = _fill(units, start, room + spacing + _TOLERANCE)
        is_forced = end < count and units[end].kind is Kind.BREAK
        if end < count and not is_forced:
            end = _allowed(units, start, end)
            units, end = _with_part_of_address(units, start, end, room, spacing)
            count = len(units)
        lines.append(_without_space(units[start:end]))
        start = end + 1 if is_forced else _after_space(units, end)
        room = width
    return lines or [[]]


def _with_part_of_address(
    units: Sequence[Unit], start: int, end: int, room: float, spacing: float
) -> tuple[Sequence[Unit], int]:
    """(units, where the line ends): a line that would be too loose before an address takes a part of it."""
    line = _without_space(units[start:end])
    place = end
    while place < len(units) - 1 and units[place].text[-1:] in _NO_END:  # （http://…
        place += 1
    loose = room - width_of(line, spacing) > _LOOSEST * units[start].sorts.size * (len(line) - 1)
    if len(line) < 2 or not loose or not is_address(units[place]):
        return units, end
    address = units[place]
    left = room - width_of([*units[start:place], address], spacing) + address.width
    parts = _parted(address, left, _LOOSEST * address.sorts.size * (place - start), spacing)
    return ([*units[:place], *parts, *units[place + 1 :]], place + 1) if parts else (units, end)


def _parted(address: Unit, left: float, most: float, spacing: float) -> tuple[Unit, Unit] | None:
    """An address in two, the first part fitting what is `left`: after a / where that leaves no more than `most`, else the longest."""
    text = address.text
    places = [place for place in range(_LEAST_PART, len(text) - _LEAST_PART + 1) if _is_break(text, place)]
    parts = {place: address.sorts[text[:place]] for place in places}
    fitting = [place for place in places if parts[place].width - spacing <= left]
    if not fitting:
        return None
    slashes = [place for place in fitting if text[place - 1] == "/" and left - parts[place].width <= most]
    place = (slashes or fitting)[-1]
    return parts[place], address.sorts[text[place:]]._replace(gap=address.gap)


def begins_with_address(line: Sequence[Unit]) -> bool:
    """Whether a line begins with one, or with （ and one."""
    first = next((unit for unit in line if unit.text[-1:] not in _NO_END), None)
    return first is not None and is_address(first)


def is_address(unit: Unit) -> bool:
    """An address or a file number; a telephone number and a date stay whole."""
    text = unit.text
    return unit.kind is Kind.LATIN and not _AFTER.isdisjoint(text) and any(char.isalpha() for char in text)


def _is_break(text: str, place: int) -> bool:
    """Whether a line may end before a place in an address: after one of its marks, but in no number such as 1.5."""
    before, after = text[place - 1], text[place]
    in_number = before in "." and text[place - 2].isdigit() and after.isdigit()
    return before in _AFTER and after not in _AFTER and not in_number


def _without_space(line: Sequence[Unit]) -> list[Unit]:
    """A line without white space at its end."""
    shown = list(line)
    while shown and shown[-1].kind is Kind.SPACE:
        shown.pop()
    return shown


def _after_space(units: Sequence[Unit], start: int) -> int:
    """Where the next line begins: white space at its start is dropped."""
    while start < len(units) and units[start].kind is Kind.SPACE:
        start += 1
    return start


def _fill(units: Sequence[Unit], start: int, room: float) -> int:
    """The first unit that no longer fits (always after `start`); white space fits always.

    The gap after a Latin word has to fit as well, though it is not set at a line's end: so does LibreOffice.
    """
    filled = 0.0
    for index in range(start, len(units)):
        _, width, kind, _, _, gap, *_ = units[index]
        if kind is Kind.BREAK:
            return index
        needed = width + gap if kind is Kind.LATIN else width
        if filled + needed > room and kind is not Kind.SPACE and index > start:
            return index
        filled += width + gap
    return len(units)


def _allowed(units: Sequence[Unit], start: int, end: int) -> int:
    """The last place up to `end` where a line may end (推出); `end` itself when there is none on this line."""
    place = end
    while place > start and not _may_end(units, start, place):
        place -= 1
    return place if place > start else end


def _may_end(units: Sequence[Unit], start: int, place: int) -> bool:
    """Whether a line from `start` may end before `place`; white space at a line's end does not count."""
    before = place - 1
    while before > start and units[before].kind is Kind.SPACE:
        before -= 1
    while place < len(units) - 1 and units[place].kind is Kind.SPACE:
        place += 1
    return not forbidden(units[before].text, units[place].text)


def forbidden(before: str, after: str) -> bool:
    """Whether no line break goes between two units."""
    return (
        after[:1] in _NO_START
        or before[-1:] in _NO_END
        or (bool(after) and not after.isascii() and bool(unicodedata.combining(after[0])))
    )


def _parts(text: str) -> list[str]:
    """The parts of an address between which a line may end."""
    places = [place for place in range(2, len(text) - 1) if _is_break(text, place)]
    return [text[begin:end] for begin, end in pairwise([0, *places, len(text)])]


def _split_long(units: Sequence[Unit], width: float) -> Sequence[Unit]:
    """A unit wider than a line becomes one unit for each part of an address, one a character where that is not enough."""
    if all(unit.width <= width for unit in units):
        return units
    found: list[Unit] = []
    for unit in units:
        if unit.width <= width or len(unit.text) < 2:
            found.append(unit)
            continue
        for part in _parts(unit.text):
            made = unit.sorts[part]
            found += [made] if made.width <= width else [unit.sorts[char] for char in part]
        found[-1] = found[-1]._replace(gap=unit.gap)
    return found
