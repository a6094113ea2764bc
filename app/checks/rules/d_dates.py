"""Dates that cannot be: a 13th month, a 30th of February; congresses that had not been held (D-12, D-08)."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from app.checks.context import CheckContext
from app.checks.finding import Finding
from app.checks.language.reading import in_text, in_texts, text_sections
from app.checks.rule import WARNING, text_rule
from app.paths import templates
from app.patterns import lazily

Span = tuple[int, int]

_LEAP = 2024  # a year with a 29th of February, for dates without a year
# 2024年13月, 2月30日, not 3个月, 近6月来
_DATE = lazily(
    r"(?=\d)(?:(?<!\d)(?P<year>(?:19|20)\d\d)年)?(?<![\d.第近个])(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?",
    needs="月",
)
# 党的二十大, 二十届四中、五中全会
_CONGRESS = lazily(r"党的(?P<name>[一二三]?十[一二三四五六七八九]?)大(?!会|楼)", needs="党的")
_PLENUMS = lazily(
    r"(?P<name>[一二三]?十[一二三四五六七八九]?)届(?P<list>[一二三四五六七八九](?:中)?(?:[、和及，](?:十九届|二十届)?[一二三四五六七八九](?:中)?)*)中?全会",
    needs="届",
)
_NUMERALS = "零一二三四五六七八九"
_DUE = (3, 31)  # of the next year: the last day on which a report may be published


@text_rule("D-12", WARNING, further=True)
def dates_exist(context: CheckContext) -> Iterator[Finding]:
    """日期应当是实际存在的月、日。"""
    yield from in_texts(context, "D-12", WARNING, _impossible)


@lru_cache(maxsize=256)
def _impossible(text: str) -> tuple[tuple[str, Span], ...]:
    """What no calendar has, with what is wrong with it."""
    found = []
    for one in _DATE.finditer(text):
        month, day = int(one["month"]), int(one["day"] or 1)
        if not 1 <= month <= 12:
            found.append((f"日期“{one[0]}”有误：没有{month}月", one.span()))
        elif not 1 <= day <= (last := _last_day(int(one["year"] or _LEAP), month)):
            found.append((f"日期“{one[0]}”有误：{month}月只有{last}天", one.span()))
    return tuple(found)


def _last_day(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day


class _Congress(NamedTuple):
    """A congress of the party: when it closed, and when each of its plenums did."""

    held: date
    plenums: tuple[date, ...]


@lru_cache(maxsize=1)
def _congresses() -> tuple[date, dict[str, _Congress]]:
    """(the last day that is known, congresses by numeral) of templates/wording/congresses.toml."""
    data = tomllib.loads((templates() / "wording" / "congresses.toml").read_text(encoding="utf-8"))
    known = {one["name"]: _Congress(one["held"], tuple(one["plenums"])) for one in data["congress"]}
    return data["known_until"], known


@text_rule("D-08", WARNING, further=True)
def congresses_have_been_held(context: CheckContext) -> Iterator[Finding]:
    """引用的党的代表大会和中央全会应当已经召开，届次写法准确。"""
    year = context.report.year
    if year > _congresses()[0].year:
        return
    for key, text in text_sections(context):
        for message, span in _not_held(text, date(year + 1, *_DUE)):
            yield in_text("D-08", WARNING, message, key, text, span)


@lru_cache(maxsize=256)
def _not_held(text: str, due: date) -> tuple[tuple[str, Span], ...]:
    """Congresses and plenums that had not been held when the report was due."""
    known = _congresses()[1]
    found = []
    for one in _CONGRESS.finditer(text):
        meeting = known.get(one["name"])
        if _is_newer(one["name"], known) or (meeting is not None and meeting.held > due):
            found.append((f"“{one[0]}”在编制本报告时尚未召开，请核对届次", one.span()))
    for one in _PLENUMS.finditer(text):
        meeting = known.get(one["name"])
        wrong = [
            n for n in re.findall(f"[{_NUMERALS}]", one["list"]) if meeting and not _is_held(meeting, n, due)
        ]
        if wrong or _is_newer(one["name"], known):
            named = "、".join(f"{one['name']}届{n}中全会" for n in wrong) or one[0]
            found.append((f"“{named}”在编制本报告时尚未召开，请核对届次", one.span()))
    return tuple(found)


def _is_held(meeting: _Congress, numeral: str, due: date) -> bool:
    at = _NUMERALS.index(numeral)
    return 0 < at <= len(meeting.plenums) and meeting.plenums[at - 1] <= due


def _is_newer(name: str, known: dict[str, _Congress]) -> bool:
    """二十一, behind the last congress that is known."""
    return name not in known and name.startswith("二十")
