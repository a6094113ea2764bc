"""Working days: 20 of them for an answer, by the holidays that the State Council settles for each year (templates/register)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from app import own_files, paths
from app.errors import UserError

FOLDER, _FILE = "register", "holidays.toml"
WORKING_DAYS = 20  # 条例第三十三条; it may be extended once by as many
_LONGEST = 400  # days that are looked through; 40 working days lie in 80
# 1-28 or 1-28..2-4
_SPAN = re.compile(r"([0-9]{1,2})-([0-9]{1,2})(?:\.\.([0-9]{1,2})-([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True)
class Holidays:
    """What one year's notice settles."""

    year: int
    source: str
    off: frozenset[date]
    on: frozenset[date]  # 调休上班的周末


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period; `unknown`: years whose holidays are not known here, in which weekdays alone were counted."""

    day: date
    unknown: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """9月30日, or 约9月29日（没有2027年的放假安排，只按星期数）."""
        said = f"{self.day.month}月{self.day.day}日"
        if not self.unknown:
            return said
        years = "、".join(map(str, self.unknown))
        return f"约{said}（没有{years}年的放假安排，只按星期数）"


def due(received_on: date, count: int = WORKING_DAYS) -> Due:
    """The day on which so many working days are over, counted from the day after."""
    known = holidays()
    day, left = received_on, count
    for _ in range(_LONGEST):
        if not left:
            break
        day += timedelta(days=1)
        left -= _is_working(day, known)
    years = range(received_on.year, day.year + 1)
    return Due(day, tuple(year for year in years if year not in known))


def between(received_on: date, answered_on: date) -> int:
    """How many working days lie after the one day, up to and with the other; of years that are not known, weekdays."""
    known = holidays()
    days = min((answered_on - received_on).days, _LONGEST)
    return sum(_is_working(received_on + timedelta(days=n), known) for n in range(1, days + 1))


def is_known(first: date, last: date) -> bool:
    """Whether the holidays of every year from the one day to the other are known."""
    return all(year in holidays() for year in range(first.year, last.year + 1))


def _is_working(day: date, known: dict[int, Holidays]) -> bool:
    settled = known.get(day.year)
    if settled is not None and (day in settled.off or day in settled.on):
        return day in settled.on
    return day.weekday() < 5


def holidays() -> dict[int, Holidays]:
    """By year; the township's own file is asked first. UserError when that one cannot be understood."""
    own = paths.user_data() / FOLDER / _FILE
    found = dict(_read(paths.templates() / FOLDER / _FILE, 0))
    if paths.is_file(own):
        try:
            found |= _read(own, own.stat().st_mtime_ns)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
            raise UserError(f"放假安排“{own}”读不通", "请改正它，或删掉它，程序就用自带的") from None
    return found


@lru_cache(maxsize=4)
def _read(path: Path, _stamp: int) -> dict[int, Holidays]:
    data = own_files.read_toml(path)
    made = {}
    for one in data["year"]:
        year = int(one["year"])
        off = frozenset(day for span in one["off"] for day in _days(year, span))
        on = frozenset(day for span in one["on"] for day in _days(year, span))
        if off & on:
            raise ValueError("a day is off and on")
        made[year] = Holidays(year, str(one["source"]), off, on)
    return made


def _days(year: int, span: str) -> list[date]:
    found = _SPAN.fullmatch(span.strip())
    if found is None:
        raise ValueError(span)
    first = date(year, int(found[1]), int(found[2]))
    last = date(year, int(found[3]), int(found[4])) if found[3] else first
    if last < first:
        raise ValueError(span)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
