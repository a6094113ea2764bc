"""Habits of real reports that are right, or that only look wrong: each was once a false alarm."""

import pytest

from app.checks import CheckContext, check
from app.form.catalog import form
from app.importing.importer import import_file
from tests.checks.reports import findings, good

MORE = [
    # (section, text, rule that must be silent)
    ("overview", "25件，其中20件为申请公开招生录取信息；2件结转下年答复；被申请行政复议1件。", "I-01"),
    (
        "introduction",
        "依据《中华人民共和国政府信息公开条例》（以下简称新《条例》），按《条例》编制。",
        "D-07",
    ),
    ("introduction", "依据国务院令第711号（以下简称新修订的《条例》），按《条例》编制。", "D-07"),
]


@pytest.mark.parametrize(("section", "text", "rule"), MORE)
def test_what_looks_wrong_and_is_right(section, text, rule):
    report = good().with_narrative(section, text)
    assert [one.message for one in findings(report) if one.rule == rule] == []


def test_the_wording_of_the_law_with_or_is_accepted():
    listed = (
        "本报告由总体情况、行政机关主动公开政府信息情况、行政机关收到和处理政府信息公开申请情况、"
        "因政府信息公开工作被申请行政复议或提起行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项共六个部分组成。"
    )
    found = [one for one in findings(good().with_narrative("introduction", listed)) if one.rule == "S-16"]
    assert found == []


def test_a_part_named_like_the_second_section_is_no_section(tmp_path):
    path = tmp_path / "年报.txt"
    path.write_text(
        "甲县乙乡人民政府2024年政府信息公开工作年度报告\n一、总体情况\n（一）主动公开政府信息情况\n公开信息80条。\n"
        "（二）依申请公开政府信息情况\n未收到申请。\n（三）政府信息管理\n落实审核。\n二、主动公开政府信息情况\n"
        "三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n"
        "五、存在的主要问题及改进情况\n人员不足。\n六、其他需要报告的事项\n无其他需要报告的事项。\n",
        "utf-8",
    )
    read = import_file(path)
    assert "公开信息80条" in read.report.narrative("overview")
    context = CheckContext(read.report, form(read.report.form), outline=read.outline)
    assert {"S-03", "S-04", "S-17"}.isdisjoint(one.rule for one in check(context))
