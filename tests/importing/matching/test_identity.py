"""Who a report is from: names over several lines are read whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.exporting.exporter import export_bytes
from app.form.catalog import form
from app.importing.importer import import_file
from app.report.model import Report, Signature
from app.session.rollover import blank_report

LONG = (
    "云南省怒江傈僳族自治州贡山独龙族怒族自治县丙中洛镇人民政府",
    "新疆维吾尔自治区塔城地区和布克赛尔蒙古自治县和布克赛尔镇人民政府",
    "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗巴彦鄂温克民族乡人民政府",
)


def report(name: str) -> Report:
    texts = {
        "introduction": "根据条例编制。",
        "overview": "做好公开。",
        "problems": "不够及时。",
        "other": "无。",
    }
    made = blank_report(name, 2024)
    return replace(made, narratives=texts, signature=Signature(issued_on=date(2025, 1, 9)))


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".txt"])
def test_a_long_name_comes_back_whole(tmp_path: Path, name: str, suffix: str) -> None:
    made = report(name)
    path = tmp_path / f"年报{suffix}"
    (data,) = export_bytes(made, form(made.form), [path], draft=False)
    path.write_bytes(data)
    read = import_file(path).report
    assert read.agency.name == name
    assert read.signature.agency == ""
    assert read.signature.issued_on == date(2025, 1, 9)


def test_a_short_line_above_the_title_is_no_part_of_the_name(tmp_path: Path) -> None:
    path = tmp_path / "年报.txt"
    text = (
        "甲市乙县\n丙镇人民政府\n2024年政府信息公开工作年度报告\n\n根据条例编制。\n一、总体情况\n做好公开。\n"
    )
    path.write_text(text, encoding="utf-8")
    assert import_file(path).report.agency.name == "丙镇人民政府"
