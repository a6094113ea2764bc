"""标点挤压: two marks that meet, as in 》（ or ）。, give up the white between them where no line then ends elsewhere.

The line ends stay those of LibreOffice, which has no such squeezing for Word files; Word and the PDF squeeze the same marks
by the same lengths (docs/formats.md §3).
"""

from collections.abc import Sequence
from itertools import pairwise

from app.typesetting.breaking import Unit, begins_with_address, width_of

_CLOSING = frozenset("，。、；：）》〉】〕」』］｝”’")  # their right half is white
_OPENING = frozenset("（《〈【〔「『［｛“‘")  # their left half
_LEAST = 1.0  # points: less cannot be seen
_SURE = 1.0  # points by which what begins the next line must not fit
_LOST = 0.6  # points a squeezed mark, which LibreOffice needs more: it leaves out the spacing at the end of each run


def squeezed(
    lines: Sequence[list[Unit]], room: float, first_indent: float, spacing: float
) -> list[list[Unit]]:
    """The lines of a paragraph, the first of two marks that meet cut by up to half its width."""
    found = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        left = room - (0.0 if number else first_indent) - width_of(line, spacing)
        found.append(_cut(line, following, left))
    return found


def _cut(line: list[Unit], following: list[Unit] | None, left: float) -> list[Unit]:
    """One line with `left` points to its end; marks are cut alike, and by no more than what keeps the next line away."""
    places = [place for place, pair in enumerate(pairwise(line)) if _meet(*pair)]
    if not places or left < _LOST * len(places):
        return line
    by = line[places[0]].sorts.size / 2
    if following is not None:
        needed = following[0].width if following else 0.0
        by = min(by, (needed - left - _SURE) / len(places))
        if by < _LEAST or begins_with_address(following):
            return line
    made = list(line)
    for place in places:
        unit = made[place]
        made[place] = unit._replace(width=unit.width - by, cut=by)
    return made


def _meet(unit: Unit, after: Unit) -> bool:
    """White between two marks, both an em wide."""
    if after.text in _CLOSING:
        meet = unit.text in _CLOSING
    else:
        meet = after.text in _OPENING and (unit.text in _CLOSING or unit.text in _OPENING)
    return meet and not unit.gap and unit.width > 0.9 * unit.sorts.size
