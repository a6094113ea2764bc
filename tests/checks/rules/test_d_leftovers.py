"""Years left over, private data, foreign links (D-01, D-14, D-15)."""

import pytest

from app.report.model import Pending
from tests.checks.reports import findings, good, with_text
from tests.checks.texts import E, I, W, said

WRONG = [
    ("D-01", W, "2024年，我镇共产生政府文件12件。", "2024年"),
    ("D-01", W, "2023年乙镇发布信息9条。", "2023年"),
    ("D-01", W, "截至2024年12月31日，共公开信息9条。", "2024年"),
    ("D-01", W, "二〇二四年，我镇共公开信息9条。", "二〇二四年"),
    ("D-01", W, "2026年，我镇共公开信息9条。", "2026年"),
    ("D-14", W, "联系电话138-1234-5678。", "138-1234-5678"),
    ("D-14", W, "发送至zhangsan88@qq.com。", "zhangsan88@qq.com"),
    ("D-14", W, "银行卡号6222021234567890123。", "6222021234567890123"),
    ("D-14", W, "联系人手机13812345678。", "13812345678"),
    ("D-14", E, "申请人11010519491231002X。", "11010519491231002X"),
    ("D-15", I, "可在www.example.com查看。", "www.example.com"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "text", "quote"), WRONG)
def test_a_wrong_wording(rule, severity, text, quote):
    assert [(one.rule, one.severity, one.quote) for one in said(text, "other")] == [(rule, severity, quote)]


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("一是解读形式单一。针对上述问题，做好以下工作：2025年将健全解读机制。", "2025", "2026"),
        ("针对2023年报告指出的更新不及时问题，已全面整改。", "2023", "2024"),
        ("2025年，我镇将从以下方面改进。", "2025", "2026"),
        ("一是解读形式单一。2025年将健全解读机制。", "2025", "2026"),
    ],
)
def test_a_plan_of_the_wrong_year_stays_a_warning(text, quote, right):
    """The report of 2025, nothing marked 待更新 any more: the plan is of 2026, the report answered is of 2024."""
    report = with_text("problems", f"{good().narrative('problems')}\n{text}")
    (found,) = [one for one in findings(report) if one.rule == "D-01"]
    assert (found.severity, found.quote, found.repair.edits[0].new) == (W, quote, right)


@pytest.mark.parametrize(
    "text",
    [
        "2026年将健全解读机制。", "针对2024年报告指出的问题，已整改。", "2025年，我镇将政务公开纳入考核。",
        "2025年，对上年报告提出的问题已整改。", "对照2024年度报告，解读不够。",
    ],
)  # fmt: skip
def test_a_plan_of_the_right_year(text):
    report = with_text("problems", f"{good().narrative('problems')}\n{text}")
    assert [one.quote for one in findings(report) if one.rule == "D-01"] == []


def test_a_marked_year_is_not_told_twice():
    before = good().narrative("problems")
    text = f"{before}\n2025年将健全解读机制。"
    mark = Pending("problems", len(before) + 1, len(before) + 5, "2025")
    report = with_text("problems", text).with_narrative("problems", text, (mark,))
    assert [one for one in findings(report) if one.rule == "D-01"] == []


def test_the_year_in_the_introduction():
    text = (
        good()
        .narrative("introduction")
        .replace("现公布", "按照做好2024年政府信息公开工作年度报告的要求，现公布")
    )
    found = [one for one in findings(with_text("introduction", text)) if one.rule.startswith("D-")]
    assert [(one.rule, one.severity, one.quote) for one in found] == [("D-01", E, "2024")]
