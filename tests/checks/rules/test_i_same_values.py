"""One quantity has one value (I-02)."""

import pytest

from tests.checks.reports import findings, good


def test_one_quantity_in_two_places():
    report = good().with_narrative("other", "2025年主动公开政府信息15条。未收取信息处理费。")
    report = report.with_narrative("overview", good().narrative("overview") + "全年主动公开政府信息18条。")
    found = [one for one in findings(report) if one.rule == "I-02"]
    assert [one.message for one in found] == ["“公开政府信息”前后数据不一致：18条、15条"]
    limited = report.with_narrative("other", "通过微信公众号公开政府信息15条。2024年公开政府信息9条。")
    assert [one for one in findings(limited) if one.rule == "I-02"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("微信公众号全年发布信息200条。全年微信公众号共发布信息260条。", 1),
        ("全年开展政务公开培训2次。2025年共开展政务公开培训4次。", 1),
        ("开展政务公开培训2次。各村开展政务公开培训14次。", 0),
        ("上半年开展政务公开培训2次。全年开展政务公开培训4次。", 0),
        ("开展政务公开培训2次。2024年开展政务公开培训4次。", 0),
        ("开展政务公开培训2次。开展政务公开培训10余次。", 0),
        ("发布信息20条。发布信息30条。", 0),
    ],
)
def test_the_same_deed_in_two_places(text, said):
    report = good().with_narrative("other", text)
    assert len([one for one in findings(report) if one.rule == "I-02"]) == said
