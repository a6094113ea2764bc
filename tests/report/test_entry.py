"""What a clerk types or pastes, and what it means."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.form.model import ValueKind
from app.report.entry import parse_entry, show_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("12", 12), ("１２", 12), (" 1,234 ", 1234), ("１，２３４", 1234), ("3件", 3), ("3 件", 3),
        ("12+7", 19), ("12＋7+1", 20), ("3.0", 3), ("零", 0), ("007", 7), ("\u00a05\u3000", 5),
    ],
)  # fmt: skip
def test_counts(text, value):
    assert parse_entry(text, ValueKind.COUNT).value == value


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0", "/", "-", "—", "——", "无", "不适用", "－"])
def test_a_blank_is_not_a_zero(text):
    entry = parse_entry(text, ValueKind.COUNT)
    assert entry.value is None
    assert not entry.reason


@pytest.mark.parametrize(
    "text",
    ["-3", "1.5", "abc", "3到5", "12,34", "99999999999", "1e3", "٣", "二百", "2022-1", "5-3", "12+7-1", "2²"],
)
def test_what_is_no_count_says_why(text):
    entry = parse_entry(text, ValueKind.COUNT)
    assert entry.value is None
    assert entry.reason


@pytest.mark.parametrize(("text", "value"), [("-18", -18), ("−18", -18), ("5", 5), ("-3处", None)])
def test_changes_may_be_negative(text, value):
    assert parse_entry(text, ValueKind.SIGNED).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("134.2 万元", "134.2"), ("251000元", "25.1"), ("73802895.90元", "7380.28959"), ("5949.088667", "5949.088667"),
        ("0", "0"), ("1,234.50", "1234.5"), ("１．５", "1.5"),
    ],
)  # fmt: skip
def test_money_is_in_ten_thousands(text, value):
    found = parse_entry(text, ValueKind.MONEY).value
    assert found == Decimal(value)
    assert show_value(found) == value


@pytest.mark.parametrize(
    "text", ["-1", "1.1234567", "10000000000000000000000", "一万", "1元2角", "NaN", "Infinity", "5-3", "2²"]
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
