"""Years left over, private data, foreign links (D-01, D-14, D-15)."""

import pytest

from tests.checks.reports import findings, good, with_text
from tests.checks.texts import E, I, W, said

WRONG = [
    ("D-01", W, "2024年，我镇共产生政府文件12件。", "2024年"),
    ("D-01", W, "2023年乙镇发布信息9条。", "2023年"),
    ("D-14", W, "联系人手机13812345678。", "13812345678"),
    ("D-14", E, "申请人11010519491231002X。", "11010519491231002X"),
    ("D-15", I, "可在www.example.com查看。", "www.example.com"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "text", "quote"), WRONG)
def test_a_wrong_wording(rule, severity, text, quote):
    assert [(one.rule, one.severity, one.quote) for one in said(text, "other")] == [(rule, severity, quote)]


def test_the_year_in_the_introduction():
    text = (
        good()
        .narrative("introduction")
        .replace("现公布", "按照做好2024年政府信息公开工作年度报告的要求，现公布")
    )
    found = [one for one in findings(with_text("introduction", text)) if one.rule.startswith("D-")]
    assert [(one.rule, one.severity, one.quote) for one in found] == [("D-01", E, "2024")]
