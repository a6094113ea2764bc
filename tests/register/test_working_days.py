"""Working days by the notices of the State Council; years without one are said to be so."""

from datetime import date, timedelta

import pytest

from app import own_files, paths
from app.errors import UserError
from app.register import working_days

YEARS = (2024, 2025, 2026)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2024, 1, 29), date(2024, 2, 29)),  # 春节 takes five weekdays, two Sundays are worked
        (date(2024, 9, 10), date(2024, 10, 14)),  # 中秋 and 国庆, three days worked
        (date(2025, 9, 1), date(2025, 9, 28)),
        (
            date(2025, 12, 20),
            date(2026, 1, 19),
        ),  # over the end of the year: 1 and 2 January off, 4 January worked
        (date(2026, 2, 2), date(2026, 3, 6)),
        (date(2026, 6, 1), date(2026, 6, 30)),
    ],
)
def test_twenty_working_days(received, due):
    found = working_days.due(received)
    assert (found.day, found.unknown) == (due, ())
    assert working_days.between(received, due) == 20
    assert working_days.between(received, due - timedelta(days=1)) == 19


def test_of_a_year_that_is_not_known_weekdays_are_counted_and_that_is_said():
    found = working_days.due(date(2026, 12, 21))
    assert found.day == date(2027, 1, 18)
    assert found.unknown == (2027,)
    assert found.words == "约1月18日（没有2027年的放假安排，只按星期数）"
    assert not working_days.is_known(date(2026, 12, 21), date(2027, 1, 18))


@pytest.mark.parametrize("year", YEARS)
def test_what_is_off_and_what_is_worked_are_told_apart_and_sources_are_named(year):
    settled = working_days.holidays()[year]
    assert f"{year}年部分节假日安排的通知（国办发明电〔{year - 1}〕" in settled.source
    assert all(day.weekday() >= 5 for day in settled.on), "only a weekend is worked in exchange"
    assert all(day.year == year for day in settled.off | settled.on)
    weekdays_off = sum(day.weekday() < 5 for day in settled.off)
    statutory = 11 if year == 2024 else 13  # 全国年节及纪念日放假办法: 13 days since 2025
    exchanged = weekdays_off - len(settled.on)
    # what is off and not worked again are the statutory days, less those that fall on a weekend and are not exchanged
    assert exchanged <= statutory


def test_the_township_adds_a_year_of_its_own():
    folder = paths.user_data() / "register"
    folder.mkdir(parents=True)
    own = folder / "holidays.toml"
    own.write_text('[[year]]\nyear = 2027\nsource = "x"\noff = ["1-1..1-3"]\non = []\n', encoding="utf-8")
    assert working_days.due(date(2026, 12, 21)).unknown == ()
    assert working_days.due(date(2026, 12, 21)).day == date(2027, 1, 19)


YEAR = "[[year]]\nyear = {}\nsource = 'x'\noff = {}\non = []\n"


@pytest.mark.parametrize(
    "text",
    [
        YEAR.format(2027, "['1-9..1-3']"),
        YEAR.format(2027, "[101]"),
        YEAR.format("inf", "['1-1']"),
        YEAR.format(2027, "['13-1']"),
        "year = 2027",
        "year = " + "[" * 5_000,
        "#" * (own_files.MOST + 1),
    ],
    ids=["backwards", "a number", "no year", "no day", "no list", "nested", "large"],
)
def test_a_broken_file_of_the_township_is_refused_in_words(text):
    own = paths.user_data() / "register" / "holidays.toml"
    own.parent.mkdir(parents=True)
    own.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="读不通"):
        working_days.due(date(2026, 12, 21))
