"""The introduction: list of parts, contact (S-16, S-20)."""

from dataclasses import replace

import pytest

from app.form.model import Severity
from tests.checks.reports import as_found, findings, good, named, with_text

OVERVIEW = good().narrative("overview")


INTRODUCTION = good().narrative("introduction")


REVIEW, PROBLEMS = "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况"


LIST = (
    "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
    "存在的主要问题及改进情况、其他需要报告的事项六部分组成"
)


def listing(new: str):
    assert LIST in INTRODUCTION
    return with_text("introduction", INTRODUCTION.replace(LIST, new))


@pytest.mark.parametrize(
    ("text", "severity", "fragment"),
    [
        (LIST, None, ""),
        (LIST.replace("六部分", "等六个部分"), None, ""),
        (LIST.replace("六部分", "等部分"), None, ""),
        ("六部分组成", None, ""),
        (LIST.replace(f"{PROBLEMS}、", "").replace("六部分", "等部分"), Severity.ERROR, f"引言所列5部分与正文6部分不一致，缺“{PROBLEMS}”"),
        (LIST.replace(f"{PROBLEMS}、", "").replace("六部分", "等方面内容"), None, ""),
        (LIST.replace("总体情况", "基本概况").replace("六部分", "等方面内容"), None, ""),
        (LIST.replace("总体情况", "基本概况"), Severity.WARNING, "引言所列名称与正文标题“总体情况”不一致"),
        (LIST.replace("总体情况", "概述"), Severity.WARNING, "引言所列名称与正文标题“总体情况”不一致"),
        (LIST.replace("收到和处理政府信息公开申请情况", "依申请公开政府信息情况"), Severity.WARNING, "公开申请情况”不一致"),
        ("概述、主动公开政府信息情况、存在问题和改进措施等三部分组成", Severity.ERROR, "引言所列3部分与正文6部分不一致，缺“收到和处理"),
        ("概述、公开的内容、存在的问题和打算四个部分组成", Severity.ERROR, "引言所列4部分与正文6部分不一致"),
        (LIST.replace(f"{PROBLEMS}、", ""), Severity.ERROR, f"引言所列5部分与所称6部分不一致，缺“{PROBLEMS}”"),
        (LIST.replace("六部分", "十部分"), Severity.ERROR, "引言所列10部分与正文6部分不一致"),
        (LIST.replace(REVIEW, "因政府信息公开工作被申请行政复议、提起行政诉讼的情况"), None, ""),
        (LIST.replace("收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况"), None, ""),
        (LIST.replace(PROBLEMS, "突出问题和工作打算"), Severity.WARNING, f"引言所列名称与正文标题“{PROBLEMS}”不一致"),
    ],
)  # fmt: skip
def test_the_list_of_parts(text, severity, fragment):
    found = findings(listing(text))
    assert [(one.rule, one.severity) for one in found][:1] == ([("S-16", severity)] if severity else [])
    if severity:
        assert fragment in found[0].message


@pytest.mark.parametrize(
    ("old", "told"),
    [("地址：甲县乙镇人民路1号；", "（地址）"), ("电话：0123-4567890", "（电话）"), ("", "")],
)
def test_contact_data(old, told):
    found = findings(with_text("introduction", INTRODUCTION.replace(old, "") if old else INTRODUCTION))
    assert [(one.rule, one.severity) for one in found] == ([("S-20", Severity.INFO)] if told else [])
    assert not told or found[0].message == f"未提供联系方式{told}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("本报告由七个部分组成。", True),
        ("本报告共分为五部分。", True),
        ("本年度报告由六部分组成。", False),
        ("全县由七个部分组成。", False),
    ],
)
def test_a_number_of_parts_without_a_list(text, told):
    found = [
        one
        for one in findings(
            listing("").with_narrative("introduction", f"{listing('').narrative('introduction')}{text}")
        )
        if one.rule == "S-16"
    ]
    assert [one.quote for one in found] == ([text.removesuffix("组成。").removesuffix("。")] if told else [])


def test_a_phone_is_a_number_and_no_word():
    """投诉电话等信息 in the overview told of no number of the office."""
    report = with_text("introduction", INTRODUCTION.replace("电话：0123-4567890", "监督电话等见网站"))
    (found,) = named("S-20", report)
    assert "电话" in found.message


def test_a_heading_that_is_none_of_the_form_is_told_once():
    """一、2025年政务公开总体情况 is S-02's; the introduction has the official name."""
    headings = as_found(good()).headings
    wrong = replace(headings[0], text="一、2025年政务公开总体情况", raw="一、2025年政务公开总体情况")
    found = findings(good(), outline=as_found(good(), headings=(wrong, *headings[1:])))
    assert [one.rule for one in found if one.rule in ("S-02", "S-16")] == ["S-02"]
