"""Who a report is from: names over several lines are read whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.exporting.exporter import export_bytes
from app.form.catalog import form
from app.importing.importer import import_file, import_text
from app.report.model import Report, Signature
from app.session.rollover import blank_report
from tests.places import TESTS

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


REST = "\n一、总体情况\n2024年稳步推进。\n五、存在的主要问题及改进情况\n一是不足。\n"


@pytest.mark.parametrize(
    ("head", "agency", "year"),
    [
        ("2024年某市某局政府信息公开工作\n年度报告", "某市某局", 2024),
        ("某市某局政府信息公开工作\n2024年度报告", "某市某局", 2024),
        ("某县某镇人民政府信息公开工作2024年年度报告", "某县某镇人民政府", 2024),
        ("关于报送某镇2024年政府信息公开工作年度报告的报告", "某镇", 2024),
        ("2024年政府信息公开工作年度报告\n某县某镇人民政府", "某县某镇人民政府", 2024),
        ("某镇二〇二四年政府信息公开工作年度报告", "某镇", 2024),
        ("标题水城区杨梅乡2024年政府信息公开工作年度报告", "水城区杨梅乡", 2024),
        ("政府信息公开年度报告\n本报告由太平镇人民政府按照《条例》要求编制。", "太平镇人民政府", 2024),
        ("政府信息公开年度报告\n常太镇2019年政府信息公开年度报告是根据条例编制的。", "常太镇", 2019),
        ("政府信息公开年度报告\n现公布2024年合水镇人民政府信息公开工作年度报告。", "合水镇人民政府", 2024),
        ("政府信息公开年度报告\n根据条例要求，白城市教育局特编制2020年报告。", "白城市教育局", 2020),
        ("政府信息公开年度报告\n本报告由本机关编制，我镇高度重视。", "", 2024),
    ],
)
def test_who_reports_is_told_from_the_title_or_the_first_sentence(head, agency, year):
    report = import_text(head + REST).report
    assert (report.agency.name, report.year) == (agency, year)


def test_what_a_portal_puts_around_the_text_is_no_introduction():
    lines = [
        "发表日期：2025-01-10 索引号：11",
        "【字体: 】【 打印】 / 分享到:",
        "• 2025-02-10 15:59",
        "某县某镇2024年政府信息公开工作年度报告",
    ]
    text = "\n".join([lines[3], *lines, "本报告由某镇编制。"])
    result = import_text(text + REST)
    assert result.unused == tuple(lines)
    assert result.report.narratives["introduction"] == "本报告由某镇编制。"


def test_sections_of_2009_go_where_they_belong():
    result = import_file(TESTS / "importing" / "texts" / "old_2009_sections.txt")
    assert result.report.narratives == {
        "proactive": "公开46件。",
        "requests": "收到3件。",
        "other": "减免200元。",
        "review": "没有。",
        "problems": "宣传不够。",
    }
