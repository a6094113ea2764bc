"""Units on a line → positioned text: justified, centred or to one side; whole paragraphs → lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.documents.blocks import Mark, Paragraph, Run, Style
from app.typesetting.breaking import (
    Kind,
    Sorts,
    Unit,
    Words,
    begins_with_address,
    break_lines,
    sorts,
    units_of,
    width_of,
)
from app.typesetting.fonts import Faces
from app.typesetting.page_style import Align, PageStyle, TextStyle
from app.typesetting.pages import Text
from app.typesetting.squeezing import squeezed
from app.typesetting.title import balanced

# em between two characters; a line that would need more stays ragged: before a long word, and before an address,
# which could have given it a part
_MOST_STRETCH, _MOST_BEFORE_ADDRESS = 0.5, 0.15
_LONE = (
    2  # characters: a paragraph's last line of no more is drawn into the line above where that is possible
)
_TIGHTEST, _TIGHTER = 0.2, 0.05  # points a character, and its steps: Word counts in twentieths
_APART = 0.25  # em between two numbers of a 花脸稿
_SURE = 2.0  # points by which a drawn-in line must fit, so that it does in Word


BALANCED = (Style.TITLE, Style.SUBTITLE, Style.SIGNATURE, Style.CAPTION)  # their lines are about equally long


class Line(NamedTuple):
    """One line at x, y = 0 (its left edge and baseline)."""

    texts: tuple[Text, ...]
    x: float
    width: float

    @property
    def text(self) -> str:
        return "".join(text.text for text in self.texts)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the units of a line become text."""

    size: float
    spacing: float
    align: Align


def set_line(
    units: Sequence[Unit], x: float, room: float, setting: Setting, last: bool, most: float = _MOST_STRETCH
) -> Line:
    """A line between `x` and `x + room`; justified unless it is the last one of its paragraph."""
    natural = width_of(units, setting.spacing)
    stretch = 0.0
    if setting.align is Align.CENTER:
        x += (room - natural) / 2
    elif setting.align is Align.RIGHT:
        x += room - natural
    elif setting.align is Align.JUSTIFY and not last and len(units) > 1:
        stretch = (room - natural) / (len(units) - 1)
        if stretch > most * setting.size:
            stretch = 0.0
    texts = _texts(units, x, setting, stretch)
    return Line(texts, x, natural + stretch * max(0, len(units) - 1))


def _texts(units: Sequence[Unit], x: float, setting: Setting, stretch: float) -> tuple[Text, ...]:
    """One Text for each stretch of characters with the same font and distance; a word is one of its own."""
    found: list[Text] = []
    open_one = _Stretch(found, setting.size, setting.spacing + stretch)
    for unit in units:
        if len(unit.text) == 1:
            open_one.add(unit, x)
            x += unit.width + stretch
            if unit.cut:  # what follows does not stand where its glyph ends
                open_one.end(x)
        else:
            open_one.end(x)
            word, x = _word(unit, x, setting)
            found += word
            x += stretch
        if unit.gap:
            open_one.end(x)
            x += unit.gap
    open_one.end(x)
    return tuple(found)


class _Stretch:
    """Characters of one font that stand equally far apart, until they become a Text."""

    def __init__(self, found: list[Text], size: float, spacing: float) -> None:
        self._found, self._size, self._spacing = found, size, spacing
        self._chars: list[str] = []
        self._begin, self._kind = 0.0, ("", False, Mark.BOTH)

    def add(self, unit: Unit, x: float) -> None:
        kind = (unit.font, _is_bold(unit, unit.font), unit.sorts.mark)
        if kind != self._kind or unit.shift:
            self.end(x)
        if not self._chars:
            self._begin, self._kind = x - unit.shift, kind
        self._chars.append(unit.text)

    def end(self, x: float) -> None:
        """It ends where the next character would begin."""
        if self._chars:
            font, bold, mark = self._kind
            width = x - self._begin - self._spacing
            text = "".join(self._chars)
            self._found.append(
                Text(self._begin, 0.0, width, font, self._size, self._spacing, text, bold, mark=mark)
            )
            self._chars.clear()


def _is_bold(unit: Unit, font: str) -> bool:
    """Set bold, or by a light face that stands in for a heavy one: 䶮 in a title."""
    return unit.sorts.bold or font in unit.sorts.glyphs.light


def _word(unit: Unit, x: float, setting: Setting) -> tuple[list[Text], float]:
    """(a word from `x` on: one Text, unless its characters need several fonts; where it ends)."""
    found: list[Text] = []
    for text, font, width in _stretches(unit):
        end = x + width
        shown = end - x - setting.spacing
        bold, mark = _is_bold(unit, font), unit.sorts.mark
        found.append(Text(x, 0.0, shown, font, setting.size, setting.spacing, text, bold, mark=mark))
        x = end
    return found, x


def _stretches(unit: Unit) -> Iterator[tuple[str, str, float]]:
    """(text, font, width) of a word: one, unless its characters need several fonts."""
    if unit.font:
        yield unit.text, unit.font, unit.width
        return
    for char in unit.text:
        one = unit.sorts[char]
        yield char, one.font, one.width


@lru_cache(maxsize=8192)
def paragraph_lines(paragraph: Paragraph, page: PageStyle, faces: Faces) -> tuple[Line, ...]:
    """The lines of a paragraph across the type area, x from its left edge. Remembered: typing changes one at a time."""
    style = page.text(paragraph.style)
    indent = style.first_indent * style.character
    room = page.width - style.right_indent * style.character
    broken = _broken(paragraph, page, faces)
    hanging = hanging_indent(paragraph, page, faces)
    align = Align.LEFT if hanging else style.align  # or what it hangs under would be moved
    setting = Setting(style.size, style.spacing - tightening(paragraph, page, faces), align)
    lines = []
    for number, line in enumerate(broken):
        begin = indent if number == 0 else hanging
        last = number == len(broken) - 1
        is_before_address = not last and begins_with_address(broken[number + 1])
        most = _MOST_BEFORE_ADDRESS if is_before_address else _MOST_STRETCH
        lines.append(set_line(line, begin, room - begin, setting, last, most))
    return tuple(lines)


@lru_cache(maxsize=8192)
def _broken(paragraph: Paragraph, page: PageStyle, faces: Faces) -> Sequence[Sequence[Unit]]:
    style = page.text(paragraph.style)
    tighter = tightening(paragraph, page, faces)
    units = _units(paragraph, page, faces, tighter)
    spacing = style.spacing - tighter
    indent = style.first_indent * style.character
    room = page.width - style.right_indent * style.character
    if paragraph.style is Style.CAPTION:
        return evenly(units, room, spacing)
    if paragraph.style in BALANCED:
        return balanced(units, room, spacing)
    hanging = hanging_indent(paragraph, page, faces)
    indent, room = indent - hanging, room - hanging
    lines = break_lines(units, room - _lost(units, tighter, room), indent, spacing)
    is_marked = any(run.mark for run in paragraph.runs)
    return lines if is_marked else squeezed(lines, room, indent, spacing)


def hanging_indent(paragraph: Paragraph, page: PageStyle, faces: Faces) -> float:
    """Points from the type area's left to where the lines after the first begin: under the name in 附件：1. 名称."""
    if not paragraph.hang or paragraph.runs:
        return 0.0
    style = page.text(paragraph.style)
    begins = replace(paragraph, text=paragraph.text[: paragraph.hang])
    return style.first_indent * style.character + sum(
        unit.width + unit.gap for unit in _units(begins, page, faces)
    )


def squeezed_marks(paragraph: Paragraph, page: PageStyle, faces: Faces) -> dict[int, float]:
    """Where marks stand in a paragraph's text that are cut (标点挤压), and by how many points: Word is told of each."""
    found = {}
    at = 0
    for line in _broken(paragraph, page, faces):
        for unit in line:
            place = paragraph.text.find(unit.text, at)  # white space and what is not shown lies between
            if place >= 0:
                at = place + len(unit.text)
                if unit.cut and not unit.shift:
                    found[place] = unit.cut
    return found


def evenly(units: Sequence[Unit], room: float, spacing: float) -> list[list[Unit]]:
    """As few lines as there must be, about as long as each other."""
    lines = break_lines(units, room, 0.0, spacing)
    even = width_of(units, spacing) / len(lines)
    step = units[0].sorts.size / 2 if units else room
    while len(lines) > 1 and even < room:
        if len(narrower := break_lines(units, even, 0.0, spacing)) == len(lines):
            return narrower
        even += step
    return lines


def _lost(units: Sequence[Unit], tighter: float, room: float) -> float:
    """Points a line that LibreOffice does not draw in, for it leaves out the spacing where Chinese and Latin meet."""
    lines = sum(unit.width for unit in units) / room + 1
    return tighter * (2 + 2 * sum(unit.kind is Kind.LATIN for unit in units) / lines)


@lru_cache(maxsize=8192)
def tightening(paragraph: Paragraph, page: PageStyle, faces: Faces) -> float:
    """Points less between the characters of a paragraph, so that it does not end in a line of one or two (孤字)."""
    style = page.text(paragraph.style)
    if style.align is not Align.JUSTIFY or paragraph.hang or any(run.mark for run in paragraph.runs):
        return 0.0
    indent, room = style.first_indent * style.character, page.width - style.right_indent * style.character
    lines = break_lines(_units(paragraph, page, faces), room, indent, style.spacing)
    if len(lines) < 2 or sum(len(unit.text) for unit in lines[-1]) > _LONE:
        return 0.0
    for step in range(1, round(_TIGHTEST / _TIGHTER) + 1):
        by = step * _TIGHTER
        units = _units(paragraph, page, faces, by)
        if len(break_lines(units, room - _SURE - _lost(units, by, room), indent, style.spacing - by)) < len(
            lines
        ):
            return by
    return 0.0


def _units(paragraph: Paragraph, page: PageStyle, faces: Faces, tighter: float = 0.0) -> list[Unit]:
    own = page.text(paragraph.style)
    return units_of(_all_words(paragraph, page, faces, tighter), own.gap * own.size)


def _all_words(paragraph: Paragraph, page: PageStyle, faces: Faces, tighter: float) -> list[Words]:
    own = page.text(paragraph.style)
    if paragraph.runs:
        return [
            _words(run.text, own, page.text(run.style or paragraph.style), faces, tighter, run.mark)
            for run in paragraph.runs
        ]
    return [_words(paragraph.text, own, own, faces, tighter)]


def _words(
    text: str, own: TextStyle, style: TextStyle, faces: Faces, tighter: float, mark: Mark = Mark.BOTH
) -> Words:
    """Text of a run: its face, in the paragraph's size."""
    return Words(text, sorts(faces, style.role, own.size, own.spacing - tighter, style.bold, mark))


@lru_cache(maxsize=8192)
def cell_lines(
    text: str,
    room: float,
    align: Align,
    page: PageStyle,
    faces: Faces,
    bold: bool = False,
    marked: tuple[Run, ...] = (),
) -> tuple[Line, ...]:
    """The lines of a table cell's text across `room` points, x from their left edge; `marked` is the text by its marks."""
    table = page.table
    words = [
        Words(run.text, sorts(faces, table.role, table.size, bold=bold, mark=run.mark))
        for run in marked or (Run(text),)
    ]
    units = units_of(words, table.gap * table.size)
    if len(marked) > 1:
        units = _apart(units)
    setting = Setting(table.size, 0.0, align)
    return tuple(set_line(line, 0.0, room, setting, True) for line in break_lines(units, room))


def _apart(units: Sequence[Unit]) -> list[Unit]:
    """A number struck out stands apart from the one put in for it, or 7 and 0 would be read as 70."""
    found = list(units)
    for at, (unit, after) in enumerate(pairwise(units)):
        if unit.kind is Kind.LATIN is after.kind and unit.sorts.mark is not after.sorts.mark:
            found[at] = unit._replace(gap=_APART * unit.sorts.size)
    return found


def one_line(text: str, face: Sorts, align: Align, room: float, gap: float = 0.0) -> Line:
    """Text on one line whatever its width, for page numbers and the like."""
    units = [unit for unit in units_of([Words(text, face)], gap) if unit.kind is not Kind.BREAK]
    return set_line(units, 0.0, room, Setting(face.size, face.spacing, align), True)
