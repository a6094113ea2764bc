"""Documents cited and abbreviations (D-05, D-06, D-07)."""

import pytest

from tests.checks.reports import findings, good, with_text
from tests.checks.texts import E, W, said

WRONG = [
    ("D-05", E, "按照《中华人民共和国政府信息公开工作年度报告格式》（国办发〔2021〕30号）编制。", "国办发〔2021〕30号"),
    ("D-05", E, "按照《中华人民共和国信息公开条例》编制。", "中华人民共和国信息公开条例"),
    ("D-05", W, "按照甲政办发（2024）12号文件编制。", "（2024）12号"),
    ("D-05", W, "按照甲政办发〔2024〕第12号文件编制。", "〔2024〕第12号"),
    ("D-06", E, "按照国办公开办函〔2019〕60号要求编制。", "国办公开办函〔2019〕60号"),
    ("D-07", W, "按照《办法》要求办理。", "《办法》"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "text", "quote"), WRONG)
def test_a_wrong_wording(rule, severity, text, quote):
    assert [(one.rule, one.severity, one.quote) for one in said(text, "other")] == [(rule, severity, quote)]


def test_an_idle_abbreviation_is_told_with_an_undefined_one():
    text = (
        good().narrative("introduction").replace("（以下简称《条例》）", "和《某省规定》（以下简称《规定》）")
    )
    (found,) = [one for one in findings(with_text("introduction", text)) if one.rule == "D-07"]
    assert (
        found.message
        == "《条例》使用前未注明简称，全称之后应注“（以下简称《条例》）”，已注明的《规定》未使用"
    )
