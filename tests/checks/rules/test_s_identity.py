"""Names and signature (S-08 … S-10)."""

import time
from dataclasses import replace
from datetime import date

import pytest

from app.form.model import Severity
from app.report.model import Agency, SignaturePlace
from tests.checks.reports import as_found, findings, good, named, with_text

INTRODUCTION = good().narrative("introduction")


def introduced(old: str, new: str, **changes):
    assert old in INTRODUCTION
    return with_text("introduction", INTRODUCTION.replace(old, new), **changes)


# -- names ---------------------------------------------------------------------------------------------------------------------


def test_the_name_of_another_town_in_the_announcement():
    (found,) = findings(introduced("现公布甲县乙镇人民政府2025年", "现公布甲县丙镇人民政府2025年"))
    assert (found.rule, found.severity, found.quote) == ("S-08", Severity.ERROR, "丙镇")
    assert found.message == "单位名称不一致：“甲县乙镇人民政府”与“丙镇”"


@pytest.mark.parametrize(
    "text",
    [
        "2025年，丙镇人民政府认真贯彻落实《条例》。",
        "2025年丙镇党委、政府高度重视。",
    ],
)
def test_the_name_of_another_town_in_the_text(text):
    report = with_text("overview", good().narrative("overview") + text)
    assert [(one.rule, one.quote) for one in findings(report)] == [("S-08", "丙镇")]


@pytest.mark.parametrize(
    "text",
    [
        "2025年，乙镇人民政府认真落实。",
        "2025年，全镇公开信息12条。",
        "2025年，各乡镇人民政府加强协作。",
        "2025年，在甲县乙镇党委的领导下开展工作。",
        "学习借鉴丙镇经验，推进小城镇建设。",
    ],
)
def test_names_that_belong_there(text):
    assert findings(with_text("overview", good().narrative("overview") + text)) == ()


def test_a_government_that_calls_itself_a_unit():
    (found,) = findings(with_text("other", "2025年度本单位未收取信息处理费。我单位无其他事项。"))
    assert (found.rule, found.severity, found.quote) == ("S-08", Severity.WARNING, "本单位")
    assert "共2处" in found.message
    assert "“我镇”" in found.message


def test_an_autonomous_county_cut_short():
    agency = Agency(name="桓仁满族自治县古城镇人民政府")
    text = good().narrative("problems") + "信息发布在桓仁县人民政府门户网站。"
    report = replace(with_text("problems", text), agency=agency)
    found = [one for one in named("S-08", report) if one.quote == "桓仁县"]
    assert [one.severity for one in found] == [Severity.WARNING]
    assert found[0].message == "单位名称不一致：“桓仁满族自治县”与“桓仁县”"


def test_a_title_without_the_county():
    outline = as_found(good(), title="乙镇2025年政府信息公开工作年度报告")
    (found,) = findings(good(), outline=outline)
    assert (found.rule, found.severity) == ("S-08", Severity.WARNING)
    assert found.message.startswith("单位名称不一致：“乙镇”与“甲县乙镇人民政府”")


# -- signature -----------------------------------------------------------------------------------------------------------------


def test_a_typed_report_needs_a_date():
    report = good()
    (found,) = findings(replace(report, signature=replace(report.signature, issued_on=None)))
    assert (found.rule, found.severity) == ("S-09", Severity.ERROR)
    assert found.message == "缺少成文日期（落款写单位全称，日期用阿拉伯数字写全年、月、日）"
    none = replace(report.signature, issued_on=None, place=SignaturePlace.NONE)
    assert findings(replace(report, signature=none)) == ()


@pytest.mark.parametrize(
    ("signature", "day", "rule", "severity", "fragment"),
    [
        ("", "", "S-09", Severity.WARNING, "缺少落款单位和成文日期"),
        ("甲县乙镇人民政府", "", "S-09", Severity.WARNING, "缺少成文日期"),
        ("乙镇人民政府", "2026年1月20日", "S-09", Severity.WARNING, "落款单位应使用全称“甲县乙镇人民政府”"),
        ("甲县乙镇人民政府", "2026年01月20日", "S-09", Severity.WARNING, "应为“2026年1月20日”"),
        ("甲县乙镇人民政府", "2026.1.20", "S-09", Severity.WARNING, "应用阿拉伯数字写全年、月、日"),
        (
            "甲县丙镇人民政府",
            "2026年1月20日",
            "S-08",
            Severity.ERROR,
            "“甲县乙镇人民政府”与“甲县丙镇人民政府”",
        ),
    ],
)
def test_signatures_as_found(signature, day, rule, severity, fragment):
    (found,) = findings(good(), outline=as_found(good(), signature=signature, date=day))
    assert (found.rule, found.severity) == (rule, severity)
    assert fragment in found.message


def test_a_county_that_asks_for_no_signature():
    outline = as_found(good(), signature="", date="")
    assert findings(good(), outline=outline, settings={"signature_required": False}) == ()


@pytest.mark.parametrize(
    ("day", "severity", "message"),
    [
        (date(2026, 1, 1), None, ""),
        (date(2026, 1, 31), None, ""),
        (
            date(2025, 12, 30),
            Severity.ERROR,
            "成文日期为2025年12月30日，早于2026年1月1日，本年度数据尚未截止",
        ),
        (
            date(2026, 2, 2),
            Severity.WARNING,
            "未在2026年1月31日前编制发布，成文日期为2026年2月2日（期限可在设置中改）",
        ),
    ],
)
def test_the_date_of_issue(day, severity, message):
    report = good()
    found = findings(replace(report, signature=replace(report.signature, issued_on=day)))
    assert [(one.rule, one.severity, one.message) for one in found] == (
        [("S-10", severity, message)] if severity else []
    )


def test_a_county_may_set_another_deadline_and_has_one_of_its_own():
    report = good()
    late = replace(report, signature=replace(report.signature, issued_on=date(2026, 3, 10)))
    settings = {"deadline_month": 3, "deadline_day": 15}
    assert findings(late, settings=settings) == ()
    county = replace(late, agency=Agency(name="甲县人民政府"))
    assert named("S-10", county) == []


@pytest.mark.parametrize("many", ["\n", "1", "1,"])
def test_endless_lines_and_digits_cost_no_time(many):
    start = time.process_time()
    findings(with_text("overview", many * 50_000 + "2020年，我镇公开了12条。"))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("青山乡人民政府高度重视。", "青山乡"),
        ("2025年，青岩镇人民政府高度重视。", "青岩镇"),
        ("示列县青山镇持续推进公开。", "示列县"),
        ("与相邻的青河镇人民政府开展交流。", None),
        ("清河镇人民政府来访。", None),
        ("示例县青山镇人民政府高度重视，青山镇党委研究部署。", None),
    ],
)
def test_a_name_that_is_almost_the_own_one(text, quote):
    agency = Agency(name="示例县青山镇人民政府")
    report = replace(good(), agency=agency).with_narrative("other", f"{good().narrative('other')}\n{text}")
    found = [one for one in named("S-08", report) if one.section == "other"]
    assert [one.quote for one in found] == ([quote] if quote else [])


# -- short names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agency", "text", "found"),
    [
        ("甲县白石布依族苗族乡人民政府", "2025年，白石乡人民政府主动公开信息12条。", False),
        ("甲县白石布依族苗族乡人民政府", "2025年，白石布依族苗族乡人民政府主动公开信息12条。", False),
        ("甲县小湾瑶族乡人民政府", "请与小湾乡党政办联系。", False),
        ("甲县三岔河布依族苗族仡佬族乡人民政府", "2025年，三岔河乡人民政府主动公开信息12条。", False),
        ("甲县白石布依族苗族乡人民政府", "2025年，黑石乡人民政府主动公开信息12条。", True),
        ("甲县白石布依族苗族乡人民政府", "2025年，布依乡人民政府主动公开信息12条。", True),
        ("甲县白石乡人民政府", "2025年，石乡人民政府主动公开信息12条。", False),
        ("甲县白石河乡人民政府", "2025年，白石乡人民政府主动公开信息12条。", True),
    ],
)
def test_a_township_of_a_people_may_be_named_in_short(agency, text, found):
    introduction = INTRODUCTION.replace("甲县乙镇人民政府", agency)
    report = with_text("introduction", f"{introduction}\n{text}", agency=Agency(name=agency))
    said = [one for one in named("S-08", report) if one.quote in text]
    assert [one.severity for one in said] == [Severity.ERROR] * found


def test_another_name_is_one_finding_with_all_its_places():
    text = good().narrative("overview") + "\n2025年，丙镇人民政府公开信息。2025年，丙镇人民政府开展培训。"
    report = introduced("请与乙镇", "请与丙镇")
    report = report.with_narrative("overview", text)
    (found,) = named("S-08", report)
    assert found.message == "单位名称不一致：“甲县乙镇人民政府”与“丙镇”，共3处"


def test_a_title_of_another_unit_than_texts_and_signature_is_one_finding():
    report = introduced("请与乙镇", "请与丙镇")
    outline = as_found(good(), signature="甲县丙镇人民政府")
    (found,) = named("S-08", report, outline=outline)
    assert found.message == "单位名称不一致：“甲县乙镇人民政府”与“丙镇”，落款同后者"
