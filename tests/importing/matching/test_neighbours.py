"""Papers that are not the annual report are told in one sentence; the report itself never is."""

import pytest

from app.importing.importer import import_file, import_text
from tests.places import TESTS

FILES = TESTS / "importing" / "texts" / "neighbours"
SAMPLES = TESTS / "samples"
NO_REPORT = "看起来不是政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("n13_qiye_nianbao.txt", "企业的年度报告"),
        ("n2_zongjie.txt", "工作总结"),
        ("n4_juesuan.html", "部门预算或决算"),
    ],
)
def test_another_paper_is_called_by_its_kind_and_comes_first(name, kind):
    result = import_file(FILES / name)
    assert NO_REPORT in result.seems
    assert f"像是{kind}" in result.seems
    assert result.warnings[0] == result.seems


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("甲县法治政府建设年度报告", "法治政府建设年度报告"),
        ("甲县第一中学2022-2023学年信息公开年度报告", "学校的信息公开年度报告"),
        ("关于印发甲县2023年政务公开工作要点的通知", "通知或工作要点"),
        ("甲县乙局2023年度工作报告", ""),
    ],
)
def test_titles_that_are_near(title, kind):
    result = import_text(
        f"{title}\n2023年，我县认真落实。\n一、主要工作\n抓好公开。\n二、主动公开情况\n公开3条。\n"
    )
    assert NO_REPORT in result.seems
    assert (f"像是{kind}" in result.seems) == bool(kind)


def test_the_blank_template_is_told_and_its_place_holders_are_no_text():
    result = import_file(SAMPLES / "blank_template_2021.docx")
    assert "空白的格式样本" in result.seems
    assert not any("文字描述" in text for text in result.report.narratives.values())
    assert any("文字描述" in text for text in result.unused)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_real_report_is_never_asked_about(path):
    assert import_file(path).seems == ""


def test_an_odd_word_in_a_title_does_not_matter_where_the_sections_are_those_of_the_report():
    text = "甲县企业服务中心2023年政府信息公开工作年度报告\n一、总体情况\n如下。\n五、存在的主要问题及改进情况\n一是不足。"
    assert import_text(text).seems == ""


def test_a_table_of_another_paper_gives_no_number_and_is_told():
    table = "项目\t全年执行数\t总计\n农林水支出\t244\t244\n总计\t743\t743\n"
    result = import_text("某镇2023年度部门决算公开\n一、部门职责\n服务农民。\n二、收支情况\n" + table)
    assert (dict(result.report.values), result.unsure) == ({}, ())
    assert "总计 | 743 | 743" in result.unused
    assert "像是部门预算或决算" in result.seems


def test_the_beginning_of_a_report_that_lost_its_title_is_one():
    text = "根据《条例》编制本机关2023年政府信息公开工作年度报告。\n一、总体情况\n公开3条。\n"
    assert import_text(text).seems == ""
    assert import_text(text.replace("政府信息公开工作年度报告", "总结")).seems.endswith(
        "（没有三张表，也没有标题）"
    )


@pytest.mark.parametrize("year", [2009, 2018])
def test_a_report_of_before_2019_is_none_of_them_also_when_it_lost_its_lines(year):
    whole = (
        f"甲镇{year}年政府信息公开工作年度报告根据《中华人民共和国政府信息公开条例》的要求，特编制本年度报告，"
        + "全年公开信息。" * 20
    )
    result = import_text(whole)
    assert (result.seems, result.report.year) == ("", year)
    assert f"{year}年的报告早于现行格式，只导入了文字" in result.warnings


@pytest.mark.parametrize("part", ["（二）依申请公开\n未收到。", "未收到政府信息公开申请。"])
def test_the_beginning_of_a_report_that_tells_its_parts_is_one(part):
    text = f"一、总体情况\n（一）主动公开\n公开3条。\n{part}\n"
    assert import_text(text).seems == ""
    assert NO_REPORT in import_text("某县某局2024年度工作汇报\n" + text).seems
    assert NO_REPORT in import_text(text.replace("主动公开", "抓好工作")).seems


def test_a_pages_own_line_is_not_taken_for_the_title_of_another_paper():
    text = "日期：2025-01-14 16:56来源：作者：\n依据条例编制。\n一、总体情况\n（一）主动公开\n3条。\n（二）依申请公开\n无。\n"
    assert import_text(text).seems == ""


def test_a_first_section_that_names_what_it_is_about_is_enough():
    text = "一、政府信息公开工作总体情况\n2024年，某局稳步推进各项工作。\n"
    assert import_text(text).seems == ""
    assert NO_REPORT in import_text(text.replace("政府信息公开工作", "")).seems
