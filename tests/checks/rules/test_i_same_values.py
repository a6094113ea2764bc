"""One quantity has one value (I-02)."""

from tests.checks.reports import findings, good


def test_one_quantity_in_two_places():
    report = good().with_narrative("other", "2025年主动公开政府信息15条。未收取信息处理费。")
    report = report.with_narrative("overview", good().narrative("overview") + "全年主动公开政府信息18条。")
    found = [one for one in findings(report) if one.rule == "I-02"]
    assert [one.message for one in found] == ["“公开政府信息”前后数据不一致：18条、15条"]
    limited = report.with_narrative("other", "通过微信公众号公开政府信息15条。2024年公开政府信息9条。")
    assert [one for one in findings(limited) if one.rule == "I-02"] == []
