"""Year and period (S-06, S-07)."""

from dataclasses import replace
from datetime import date

import pytest

from app.form.model import Severity
from app.report.model import Signature
from tests.checks.reports import as_found, findings, good, named, with_text

INTRODUCTION = good().narrative("introduction")


def introduced(old: str, new: str, **changes):
    assert old in INTRODUCTION
    return with_text("introduction", INTRODUCTION.replace(old, new), **changes)


def test_the_title_of_another_year():
    outline = as_found(good(), title="甲县乙镇人民政府2024年政府信息公开工作年度报告")
    (found,) = findings(good(), outline=outline)
    assert (found.rule, found.severity) == ("S-06", Severity.ERROR)
    assert found.message == "报告年份前后不一致：标题为2024年，正文为2025年"


def test_the_announcement_of_another_year():
    (found,) = findings(introduced("人民政府2025年政府", "人民政府2024年政府"))
    assert (found.rule, found.severity, found.quote) == ("S-06", Severity.ERROR, "2024年")
    assert found.message == "报告年份前后不一致：标题为2025年，引言为2024年"


def test_a_whole_text_left_from_last_year():
    (found,) = findings(with_text("overview", good(year=2024).narrative("overview")))
    assert (found.rule, found.severity, found.quote) == ("S-06", Severity.WARNING, "2024年")
    assert found.message == "报告年份前后不一致：标题为2025年，“总体情况”为2024年"


@pytest.mark.parametrize(
    "text",
    [
        "2025年，乙镇公开信息12条，较2024年增长5%。",
        "按照《甲县2024年政务公开工作要点》和甲政办〔2024〕3号要求开展工作。",
        "2026年，我镇将继续加强信息公开。",
        "公开2025年政府预算、2024年政府决算。",
        "对2024年存在的问题逐条整改。",
    ],
)
def test_years_that_belong_there(text):
    report = with_text("other", text + "未收取信息处理费。")
    assert named("S-06", report) == []


@pytest.mark.parametrize(
    "period",
    [
        "2025年1月1日至2025年12月31日",
        "2025年1月1日至12月31日",
        "自2025年1月1日起至2025年12月31日止",
        "自2025 年 1 月 1 日起至 12 月 31 日止",
        "2025年1月至12月",
        "2025年1月1日—2025年12月31日",
    ],
)
def test_periods_that_are_right(period):
    assert findings(introduced("2025年1月1日至2025年12月31日", period)) == ()


@pytest.mark.parametrize(
    "period",
    ["2024年1月1日起至12月31日止", "2024年1月1日至2025年12月31日", "2025年1月1日至2025年11月30日"],
)
def test_periods_that_are_wrong(period):
    """小昆山镇 2025: 统计期限自2024年1月1日起至12月31日止."""
    report = introduced("2025年1月1日至2025年12月31日", period)
    (found,) = findings(report)
    assert (found.rule, found.severity) == ("S-07", Severity.ERROR)
    assert found.message.startswith("统计期限应为2025年1月1日至2025年12月31日，现为“")
    assert report.narrative("introduction")[found.start : found.end] == found.quote


@pytest.mark.parametrize(
    ("section", "text", "told"),
    [
        ("overview", "本报告数据统计期限为2024年1月1日至2024年12月31日。", True),
        ("problems", "统计期限为2024年1月1日至12月31日。", True),
        ("overview", "据统计，2025年1月1日至6月30日接待群众12人次。", False),
        ("overview", "按统计期限，较2024年1月1日至12月31日增加。", False),
        ("overview", "统计期限为2025年1月1日至12月31日。", False),
    ],
)
def test_every_stated_period_is_read(section, text, told):
    """A right one in the introduction hid a wrong one elsewhere."""
    found = named("S-07", with_text(section, good().narrative(section) + text))
    assert [one.section for one in found] == ([section] if told else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("主要内容涵盖乙镇2025年1月1日至12月31日期间的政府信息公开工作情况。", []),
        ("内容涵盖2025年1月1日至2025年12月31日的政务公开情况。", []),
        ("数据统计期限自2025年1月1日始至2025年12月31日止。", []),
        ("主要内容涵盖乙镇2024年1月1日至12月31日期间的政府信息公开工作情况。", ["error"]),
        ("乙镇2025年1月1日至12月31日期间开展检查，涵盖各村。", ["warning"]),
    ],
)
def test_the_period_in_other_words(text, told):
    report = introduced("本报告所列数据的统计期限为2025年1月1日至2025年12月31日。", text)
    assert [one.severity.value for one in named("S-07", report)] == told


def test_no_period():
    (found,) = findings(introduced("本报告所列数据的统计期限为2025年1月1日至2025年12月31日。", ""))
    assert (found.rule, found.severity) == ("S-07", Severity.WARNING)
    assert found.message == "未注明数据统计期限，请写“本报告所列数据的统计期限为2025年1月1日至2025年12月31日”"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年度报告已于2024年1月15日在网站公布。", "2024年的年度报告不可能在2024年公布"),
        ("于2024年1月15日之前公布2024年年报。", "2024年的年度报告不可能在2024年公布"),
        ("2024年1月20日公布2024年政府信息公开工作年度报告。", "2024年的年度报告不可能在2024年公布"),
        ("于2024年1月15日之前公布了2024年度政府信息公开年报。", "2024年的年度报告不可能在2024年公布"),
        ("2023年度报告已于2024年1月15日在网站公布。", None),
        ("2024年1月15日公布了2023年年度报告。", None),
    ],
)
def test_a_report_is_not_published_before_its_year_ends(text, years):
    report = good().with_narrative("other", f"{good().narrative('other')}\n{text}")
    found = [one.message for one in named("S-06", report)]
    assert [one.startswith(years) for one in found] == ([True] if years else [])


def of(year: int):
    """A report whose title is of 2025 and all else of another year."""
    report = good()
    for key, text in good(year=year).narratives.items():
        report = report.with_narrative(key, text)
    return report


@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_a_title_of_another_year_than_all_the_rest_is_one_finding(year):
    report = replace(of(year), signature=Signature(issued_on=date(year + 1, 1, 20)))
    every = findings(report, outline=as_found(report))
    found = [one for one in every if one.rule in ("S-06", "S-07", "S-10", "D-01")]
    assert [(one.rule, one.severity) for one in found] == [("S-06", Severity.ERROR)]
    assert found[0].message == (
        f"报告年份前后不一致：标题为2025年，统计期限、“总体情况”、“存在的主要问题及改进情况”、“其他需要报告的事项”为{year}年，"
        "请核对是标题还是正文的年份有误"
    )


def test_in_ones_own_report_last_years_words_are_named_one_by_one_with_their_repair():
    found = [one for one in findings(of(2024)) if one.rule in ("S-06", "S-07")]
    assert {one.rule for one in found} == {"S-06", "S-07"}
    assert all(one.repair for one in found if one.section == "introduction")
    assert any(one.repair for one in found)


def test_a_period_alone_of_another_year_is_told_as_such():
    report = of(2024).with_narrative("overview", good().narrative("overview"))
    assert [one.rule for one in findings(report) if one.rule in ("S-06", "S-07")][:1] == ["S-06"]
    assert named("S-07", report) != []
