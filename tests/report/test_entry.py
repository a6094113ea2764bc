"""What a clerk types or pastes, and what it means."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.form.model import ValueKind
from app.report.entry import LONGEST, day_of, parse_entry, show_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("12", 12), ("１２", 12), (" 1,234 ", 1234), ("１，２３４", 1234), ("3件", 3), ("3 件", 3),
        ("12+7", 19), ("12＋7+1", 20), ("3.0", 3), ("零", 0), ("007", 7), ("\u00a05\u3000", 5), ("1\u200b2", 12),
        ("1,234,567", 1234567), ("99999999", 99_999_999),
        ("3个", 3), ("3条", 3), ("3项", 3), ("3次", 3), ("3起", 3), ("3宗", 3), ("3份", 3),
    ],
)  # fmt: skip
def test_counts(text, value):
    assert parse_entry(text, ValueKind.COUNT).value == value


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0", "/", "-", "—", "——", "无", "不适用", "－"])
def test_a_blank_is_not_a_zero(text):
    entry = parse_entry(text, ValueKind.COUNT)
    assert entry.value is None
    assert not entry.reason
    assert entry.placeholder is bool(text.strip())  # a mark of the source is told from nothing at all


def test_a_pasted_page_is_no_number_and_is_not_read_as_one():
    assert parse_entry("1" * (LONGEST + 1), ValueKind.COUNT).reason == "太长，不是一个数字"
    assert parse_entry("0" * LONGEST + "1", ValueKind.MONEY).reason == "太长，不是一个数字"
    assert parse_entry("0" * (LONGEST - 1) + "1", ValueKind.COUNT).value == 1


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ((2025, 2, 29), "2025年2月没有29日"),
        ((2025, 2, 30), "2月没有30日"),
        ((2025, 4, 31), "4月没有31日"),
        ((2025, 13, 1), "一年没有13月"),
        ((2025, 0, 1), "一年没有0月"),
    ],
)
def test_a_day_that_the_calendar_has_not_says_why(day, why):
    with pytest.raises(UserError, match=f"没有“某日”这一天，{why}"):
        day_of(*day, " 某日 ")


def test_a_leap_day_is_one():
    assert day_of(2024, 2, 29, "") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "-3",
        "1.5",
        "abc",
        "3到5",
        "12,34",
        "1,2345",
        "1.000",
        "1.5+2",
        "100000000",
        "99999999999",
        "1e3",
        "٣",
        "二百",
        "2022-1",
        "5-3",
        "12+7-1",
        "2²",
    ],
)
def test_what_is_no_count_says_why(text):
    entry = parse_entry(text, ValueKind.COUNT)
    assert entry.value is None
    assert entry.reason


@pytest.mark.parametrize(
    ("text", "value"), [("-18", -18), ("−18", -18), ("5", 5), ("-3处", None), ("-100000000", None)]
)
def test_changes_may_be_negative(text, value):
    assert parse_entry(text, ValueKind.SIGNED).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("134.2 万元", "134.2"), ("251000元", "25.1"), ("73802895.90元", "7380.28959"), ("5949.088667", "5949.088667"),
        ("0", "0"), ("-0", "0"), ("1,234.50", "1234.5"), ("１．５", "1.5"), ("1.5+0.5+3", "5"), ("1000+500元", "0.15"),
        ("10000000000", "10000000000"),
    ],
)  # fmt: skip
def test_money_is_in_ten_thousands(text, value):
    found = parse_entry(text, ValueKind.MONEY).value
    assert found == Decimal(value)
    assert show_value(found) == value


@pytest.mark.parametrize(
    "text",
    [
        "-1",
        "1.1234567",
        "10000000001",
        "10000000000000000000000",
        "一万",
        "1元2角",
        "NaN",
        "Infinity",
        "5-3",
        "2²",
    ],
)
def test_what_is_no_money_says_why(text):
    assert parse_entry(text, ValueKind.MONEY).reason


@given(st.integers(0, 99_999_999))
def test_a_shown_count_reads_back(number):
    assert parse_entry(show_value(number), ValueKind.COUNT).value == number


@given(st.decimals(0, 10**9, places=6, allow_nan=False))
def test_shown_money_reads_back(number):
    assert parse_entry(show_value(number), ValueKind.MONEY).value == number


@given(st.text())
def test_nothing_typed_ever_raises(text):
    for kind in ValueKind:
        entry = parse_entry(text, kind)
        assert entry.value is None or not entry.reason
