"""Breaks a printed label into lines that fit a box, by the rules of Chinese line ends, shortened with … when it must be."""

from collections.abc import Callable, Iterator

Measure = Callable[[str], float]  # the width of a text in pixels

_NO_START = frozenset("、，。；：？！）】》”’…%)")
_NO_END = frozenset("（【《“‘(")
_PAUSES = frozenset("，、；：。）】”")  # a line that ends behind one reads as it is said: （三）| 不予公开
_EARLIEST = 0.4  # of the width, where a line may end because of a pause
MORE = "…"


def wrap(text: str, width: float, most: int, measure: Measure, even: bool = False) -> tuple[str, ...]:
    """The lines of `text` at `width`, at most `most` of them; `even` leaves no single character on the last (headings)."""
    units = tuple(_units(text))
    lines = _fill(units, width, measure)
    if len(lines) > most:
        kept = lines[: max(most, 1) - 1]
        rest = "".join(lines[max(most, 1) - 1 :])
        return (*kept, shorten(rest, width, measure, force=True))
    if even and len(lines) > 1 and len(tuple(_units(lines[-1]))) < 2:
        target = measure(text) / len(lines)
        while target < width:
            tried = _fill(units, target, measure)
            if len(tried) <= len(lines):
                return tuple(tried)
            target += 2
    lines = _at_pauses(lines, units, width, measure)
    return tuple(shorten(line, width, measure) for line in lines)


def _at_pauses(lines: list[str], units: tuple[str, ...], width: float, measure: Measure) -> list[str]:
    """The same number of lines, each broken at its last pause where it has one and the rest has room behind it."""
    left = len(lines) - 1
    if left < 1:
        return lines
    for end in range(len(units) - 1, 0, -1):
        line = "".join(units[:end])
        taken = measure(line)
        if taken > width:
            continue
        if taken < width * _EARLIEST:
            break
        if line[-1] in _PAUSES and len(rest := _fill(units[end:], width, measure)) <= left:
            return [line, *_at_pauses(rest, units[end:], width, measure)]
    return [lines[0], *_at_pauses(lines[1:], tuple(_units("".join(lines[1:]))), width, measure)]


def shorten(text: str, width: float, measure: Measure, force: bool = False) -> str:
    """The text cut so that it and … fit; the whole text when it fits (unless `force`: something followed it)."""
    if not force and measure(text) <= width:
        return text
    end = len(text)
    while end > 0 and measure(text[:end] + MORE) > width:
        end -= 1
    return text[:end] + MORE


def _units(text: str) -> Iterator[str]:
    """What may not be parted: a character with the marks that cling to it, a run of letters or digits."""
    unit = ""
    for char in text:
        if unit and not _clings(unit[-1], char):
            yield unit
            unit = ""
        unit += char
    if unit:
        yield unit


def _clings(before: str, char: str) -> bool:
    if char in _NO_START or before in _NO_END:
        return True
    return before.isascii() and char.isascii() and not before.isspace()


def _fill(units: tuple[str, ...], width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line = ""
    for unit in units:
        if line and measure(line + unit) > width:
            lines.append(line)
            line = unit
        else:
            line += unit
    return [*lines, line] if line else lines
