"""Places in a text: Python counts characters, Qt counts UTF-16 units; beyond U+FFFF (𬭎) the two part."""

import re
from bisect import bisect_left

from app.report.edits import common

_WIDE = re.compile("[\U00010000-\U0010ffff]")  # beyond the first plane: 𬭎


class Places:
    """Translates between the two for one text."""

    def __init__(self, text: str) -> None:
        self._wide = [match.start() for match in _WIDE.finditer(text)]  # characters that take two units
        self._wide_units = [i + n for n, i in enumerate(self._wide)]

    def unit(self, character: int) -> int:
        """The UTF-16 position of a character's index."""
        return character + bisect_left(self._wide, character)

    def character(self, unit: int) -> int:
        """The index of the character at a UTF-16 position (its own, when inside a pair)."""
        return unit - bisect_left(self._wide_units, unit)


def difference(old: str, new: str) -> tuple[int, int, str]:
    """The one stretch old[start:end] to replace, and by what, to make `new` of `old`."""
    head, tail = common(old, new)
    return head, len(old) - tail, new[head : len(new) - tail]
