"""Another kind of government spoken of as the own one (D-04)."""

from dataclasses import replace

import pytest

from app.report.model import Agency
from tests.checks.reports import good, named


def told(name: str, text: str) -> list[str]:
    report = replace(good(), agency=Agency(name)).with_narrative("overview", text)
    return [one.quote for one in named("D-04", report) if one.section == "overview"]


@pytest.mark.parametrize(
    ("name", "text", "quote"),
    [
        ("甲县乙镇人民政府", "由乡党政综合办公室审核。", "乡党政"),
        ("甲县乙镇人民政府", "全乡设公开栏12处。", "全乡"),
        ("甲县乙乡人民政府", "报镇党委审定。", "镇党委"),
        ("甲县乙镇人民政府", "街道办事处认真落实。", "街道办事处"),
        ("甲区乙街道办事处", "全镇设公开栏12处。", "全镇"),
    ],
)
def test_a_unit_of_another_kind(name, text, quote):
    assert told(name, text) == [quote]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("甲县乙镇人民政府", "由镇党政综合办公室审核，全镇设公开栏12处。"),
        ("甲县乙镇人民政府", "健全乡村治理体系，公开全乡村振兴资金，县、乡政府联动。"),
        ("甲县乙镇人民政府", "与丙乡党政办交流，在丙乡政府观摩。"),
        ("甲县乡丙镇人民政府", "由乡党政办公室审核。"),
        ("甲县司法局", "由镇党委审核。"),
        ("甲市人民政府", "由镇党委审核。"),
    ],
)
def test_what_belongs_there(name, text):
    assert told(name, text) == []
