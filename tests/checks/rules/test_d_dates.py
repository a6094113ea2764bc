"""Dates and meetings that cannot be (D-12, D-08)."""

from dataclasses import replace

import pytest

from app.checks.rules.d_dates import _congresses
from tests.checks.reports import good, named
from tests.checks.texts import said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024年13月公布。", "日期“2024年13月”有误：没有13月"),
        ("0月公布。", "日期“0月”有误：没有0月"),
        ("2025年2月29日召开。", "日期“2025年2月29日”有误：2月只有28天"),
        ("4月31日召开。", "日期“4月31日”有误：4月只有30天"),
        ("2024年2月29日召开。", None),
        ("2月29日召开。", None),
        ("12月31日召开。", None),
        ("近24月来。", None),
        ("历时15个月。", None),
    ],
)
def test_a_date_that_no_calendar_has(text, message):
    assert [one.message for one in said(text) if one.rule == "D-12"] == ([message] if message else [])


@pytest.mark.parametrize(
    ("year", "text", "fragment"),
    [
        (2024, "贯彻党的二十届四中全会精神。", "二十届四中全会"),
        (2024, "贯彻党的二十大和二十届三中、四中、五中全会精神。", "二十届四中全会、二十届五中全会"),
        (2025, "贯彻党的二十届四中全会精神。", None),
        (2024, "贯彻党的二十届二中、三中全会精神。", None),
        (2023, "贯彻党的二十届三中全会精神。", "二十届三中全会"),
        (2023, "贯彻党的十九届七中全会精神。", None),
        (2023, "贯彻党的十九届八中全会精神。", "十九届八中全会"),
        (2023, "迎接党的二十一大。", "党的二十一大"),
        (2021, "贯彻党的二十大精神。", "党的二十大"),
        (2023, "贯彻党的二十大精神。", None),
        (2023, "贯彻十四届三中全会精神。", None),
    ],
)
def test_a_meeting_that_had_not_been_held(year, text, fragment):
    report = replace(good(year=year), year=year).with_narrative("other", text)
    found = [one for one in named("D-08", report) if "尚未召开" in one.message]
    assert [fragment in one.message for one in found] == ([True] if fragment else [])


def test_what_comes_after_the_list_is_not_judged():
    year = _congresses()[0].year + 1
    assert not named("D-08", good(year=year).with_narrative("other", "贯彻党的二十届九中全会精神。"))
