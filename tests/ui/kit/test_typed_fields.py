"""Dates, years and amounts as people write them."""

from datetime import date
from decimal import Decimal

import pytest

from app.errors import UserError
from ui.kit.typed_fields import date_text, parse_date, parse_yuan, yuan_text

ON = date(2026, 1, 12)


DATES = [
    ("2026年1月9日", date(2026, 1, 9)),
    ("２０２６年１月９日", date(2026, 1, 9)),
    ("2026-01-09", date(2026, 1, 9)),
    ("2026.1.9", date(2026, 1, 9)),
    ("2026/1/9", date(2026, 1, 9)),
    ("1.9", date(2026, 1, 9)),
    ("1月9日", date(2026, 1, 9)),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_dates_as_people_write_them(text, day):
    assert parse_date(text, ON) == day
    assert parse_date(date_text(day), ON) == day


@pytest.mark.parametrize("text", ["明天", "9日", "2026年"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(UserError, match="看不懂日期.*请写成 2026年1月12日 的样子"):
        parse_date(text, ON)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2021年2月30日", "2月没有30日"),
        ("2021-2-29", "2021年2月没有29日"),
        ("2021.13.1", "一年没有13月"),
        ("2021/4/0", "4月没有0日"),
    ],
)
def test_a_day_that_the_calendar_has_not_is_named(text, why):
    with pytest.raises(UserError, match=f"没有“{text}”这一天，{why}"):
        parse_date(text, ON)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("380", "380"), ("380元", "380"), ("３，９４０．５元", "3940.5"), ("0", "0"), ("没有", "0"), ("", None)],
)
def test_amounts_in_yuan(text, amount):
    assert parse_yuan(text) == (None if amount is None else Decimal(amount))
    assert parse_yuan(yuan_text(parse_yuan(text))) == parse_yuan(text)


@pytest.mark.parametrize("text", ["-3", "三百", "1.2.3"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(UserError, match="不是金额"):
        parse_yuan(text)
