"""Digits without safe borders (77132470; 20 0 0 0 02) → every way to read them as the numbers of one row."""

import re
from collections.abc import Sequence

from app.form.model import CellRef, TableSpec
from app.importing.matching.collected import row_sums

RUN_TOGETHER = "数字相连，无法确定分界"
MOST_READINGS = 5000
_MOST_STEPS = 200_000  # of one search: a row of 15 columns that its sums tell needs 20 000
_LONGEST = 8  # digits of one number


def readings(
    tokens: Sequence[str],
    count: int,
    sums: Sequence[tuple[int, tuple[int, ...]]] = (),
    most: int = MOST_READINGS,
) -> list[tuple[int, ...]]:
    """Every way to read tokens of run-together digits as exactly `count` numbers (no blanks, no leading zeros).

    `sums` are (place of a total, places of its parts, all before it): only readings in which they hold are wanted.
    Empty when there is none, when a token is not of digits, or when there are more than can be looked at.
    """
    if not tokens or len(tokens) > count or not all(re.fullmatch("[0-9]+", one) for one in tokens):
        return []
    if not count <= sum(map(len, tokens)) <= _LONGEST * count:
        return []
    return _Search(tokens, count, dict(sums), most).run()


def sums_of(table: TableSpec, refs: Sequence[CellRef]) -> list[tuple[int, tuple[int, ...]]]:
    """The sums within a row, by the places of their cells in `refs`; only those whose total comes last."""
    at = {ref: index for index, ref in enumerate(refs)}
    found = []
    for one in row_sums(table, refs[0].row):
        assert one.total is not None
        if all(ref in at for ref in one.cells) and all(at[ref] < at[one.total] for ref in one.parts):
            found.append((at[one.total], tuple(at[ref] for ref in one.parts)))
    return found


class _Search:
    """Depth first, from left to right; a total is no choice but what its parts say."""

    def __init__(
        self, tokens: Sequence[str], count: int, sums: dict[int, tuple[int, ...]], most: int
    ) -> None:
        self.digits = "".join(tokens)
        self.ends: list[int] = []  # for each digit, where the token that it stands in ends
        self.after: list[int] = []  # for each digit, how many tokens begin after its own
        stop = 0
        for index, token in enumerate(tokens):
            stop += len(token)
            self.ends.extend([stop] * len(token))
            self.after.extend([len(tokens) - index - 1] * len(token))
        self.count, self.sums, self.most = count, sums, most
        self.steps = 0
        self.found: list[tuple[int, ...]] = []

    def run(self) -> list[tuple[int, ...]]:
        self._go(0, ())
        return [] if self.steps > _MOST_STEPS or len(self.found) > self.most else self.found

    def _go(self, at: int, numbers: tuple[int, ...]) -> None:
        self.steps += 1
        if self.steps > _MOST_STEPS or len(self.found) > self.most:
            return
        if len(numbers) == self.count:
            if at == len(self.digits):
                self.found.append(numbers)
            return
        left = self.count - len(numbers) - 1
        if at == len(self.digits) or left < self.after[at] or len(self.digits) - at > _LONGEST * (left + 1):
            return
        for end in self._stops(at, numbers):
            if len(self.digits) - end >= left:
                self._go(end, (*numbers, int(self.digits[at:end])))

    def _stops(self, at: int, numbers: tuple[int, ...]) -> Sequence[int]:
        """Where the number that begins here may end."""
        if (parts := self.sums.get(len(numbers))) is not None:
            total = str(sum(numbers[one] for one in parts))
            end = at + len(total)
            return (end,) if end <= self.ends[at] and self.digits[at:end] == total else ()
        last = at + 1 if self.digits[at] == "0" else min(self.ends[at], at + _LONGEST)
        return range(at + 1, last + 1)
