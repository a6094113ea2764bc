"""A clock that cannot be right is told before years and dates are taken from it."""

from datetime import date

import pytest

from app.session import clock


@pytest.mark.parametrize("day", [date(2010, 1, 2), date(1970, 1, 1), date(2026, 10, 31)])
def test_a_day_before_the_program_was_made_is_doubted(day):
    words = clock.doubt(day)
    assert words.startswith(f"电脑上的日期是{day.year}年{day.month}月{day.day}日，")
    assert "请先把日期改对" in words


@pytest.mark.parametrize("day", [clock.FIRST_DAY, date(2027, 1, 31), date(2099, 12, 31)])
def test_any_later_day_may_be_right(day):
    assert clock.doubt(day) == ""
