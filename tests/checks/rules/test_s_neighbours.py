"""Another town's name for what is the own unit's (S-08)."""

from dataclasses import replace

import pytest

from app.report.model import Agency
from tests.checks.reports import good, named


def told(text: str, name: str = "甲县青山镇人民政府") -> list[tuple[str, bool]]:
    report = replace(good(), agency=Agency(name)).with_narrative("other", text)
    return [(one.quote, one.repair is not None) for one in named("S-08", report) if one.section == "other"]


@pytest.mark.parametrize(
    ("text", "quote", "is_slip"),
    [
        ("维护青石镇政府信息公开专栏。", "青石镇", True),
        ("经青岩镇党政办公室审核。", "青岩镇", True),
        ("通过青山乡政务公开栏公开。", "青山乡", True),
        ("及时更新桃源镇政府信息公开目录，优化桃源镇政务公开栏。", "桃源镇", False),
    ],
)
def test_what_is_ones_own_under_another_name(text, quote, is_slip):
    assert told(text) == [(quote, is_slip)]


@pytest.mark.parametrize(
    "text",
    [
        "维护青山镇政府信息公开专栏。",
        "维护甲县青山镇政府信息公开专栏。",
        "学习借鉴青石镇政府信息公开专栏的做法。",
        "与青石镇政务公开工作人员交流。",
        "赴桃源镇政务公开专区观摩。",
        "更新全镇政府信息公开目录，完善乡镇政府信息公开平台。",
        "在《青石镇政府信息公开目录》中，在镇政务公开栏公布。",
    ],
)
def test_what_is_another_towns_or_no_name(text):
    assert told(text) == []


def test_a_department_has_no_town_of_its_own():
    assert told("维护青石镇政府信息公开专栏。", "甲县司法局") == []
