"""附件 come back from every format: their list under the text, their pages behind the 落款; what only looks so stays where it is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.exporting.exporter import export_bytes
from app.form.catalog import form
from app.importing.importer import import_bytes, import_text
from app.report.model import Agency, Attachment, PageSettings, Signature, SignaturePlace
from tests.exporting.reports import full_report
from tests.typesetting.test_page_settings import ALL

OURS = full_report("2021", 2024)
ONE = (Attachment("甲乙镇主动公开目录"),)
TWO = (
    Attachment("甲乙镇政府信息公开申请办理情况", "2024年共收到申请3件。\n均已按期答复。"),
    Attachment("甲乙镇主动公开目录", "目录见甲乙镇门户网站。"),
)
LONG = (
    Attachment("测试县甲乙镇人民政府2024年度主动公开政府信息目录和依申请公开办理情况汇总表", "另见网站。"),
)
LONGER = (
    Attachment("关于进一步加强全镇政府信息公开工作有关事项安排和责任分工的意见及其说明和附表"),
    *TWO,
    Attachment("甲乙镇2024年度依申请公开办理情况（一）《条例》（试行）实施以来各村各单位统计表", "无。"),
)
MIXED = (TWO[0], Attachment("甲乙镇基层政务公开标准目录"), TWO[1])


def come_back(report, suffix):
    (data,) = export_bytes(report, form(report.form), [Path(f"x{suffix}")], False)
    return import_bytes(data, f"x{suffix}").report


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".ofd", ".html", ".txt"])
@pytest.mark.parametrize(
    "attachments",
    [ONE, TWO, MIXED, LONG, LONGER, LONGER * 3],
    ids=["listed only", "two", "mixed", "two lines of title", "of two lines in the list", "twelve"],
)
def test_they_come_back(suffix, attachments):
    report = replace(OURS, attachments=attachments)
    back = come_back(report, suffix)
    assert [one.name for one in back.attachments] == [one.name for one in attachments]
    texts = [one.text.replace("\n", "") for one in back.attachments]
    assert texts == [one.text.replace("\n", "") for one in attachments]
    assert back.narrative("other") == OURS.narrative("other")
    assert back.signature.issued_on == OURS.signature.issued_on


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".ofd"])
def test_an_imprint_behind_them_is_none_of_their_text(suffix):
    back = come_back(replace(OURS, attachments=TWO, page_settings=ALL), suffix)
    assert back.attachments[-1].text == TWO[-1].text


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".ofd"])
@pytest.mark.parametrize("place", SignaturePlace)
@pytest.mark.parametrize(
    "office", ["党政办", "广西壮族自治区柳州市三江侗族自治县八江镇人民政府", "新疆" * 17 + "党政办公室"]
)
def test_an_imprint_is_no_text_wherever_the_report_is_signed(suffix, place, office):
    signature = Signature("", date(2025, 1, 9), place)
    settings = replace(ALL, office=office)
    back = come_back(replace(OURS, signature=signature, page_settings=settings), suffix)
    assert back.signature == signature or place is SignaturePlace.NONE
    texts = ["".join(report.narratives.values()).replace("\n", "") for report in (back, OURS)]
    assert texts[0] == texts[1]  # a drawn page does not show that a paragraph ends with a full line


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".ofd", ".html", ".txt"])
def test_a_long_name_under_the_title_is_no_text(suffix):
    name = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县孙扎齐牛录锡伯族民族乡人民政府"
    signature = Signature("", date(2025, 1, 9), SignaturePlace.UNDER_TITLE)
    back = come_back(replace(OURS, agency=Agency(name), signature=signature), suffix)
    assert back.narrative("introduction") == OURS.narrative("introduction")
    assert back.agency.name == name
    assert back.signature == signature


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".ofd", ".html", ".txt"])
@pytest.mark.parametrize("title", ["{year}年度{title}", "{title}（{year}年）"])
def test_another_form_of_the_title_is_kept(suffix, title):
    back = come_back(replace(OURS, page_settings=PageSettings(title=title)), suffix)
    assert back.page_settings == PageSettings(title=title)
    assert (back.year, back.agency.name) == (2024, OURS.agency.name)


def test_the_form_s_own_title_is_no_setting():
    assert come_back(OURS, ".docx").page_settings is None


TEXT = """测试县甲乙镇人民政府2024年政府信息公开工作年度报告
一、总体情况
{}
六、其他需要报告的事项
没有其他事项。
{}
测试县甲乙镇人民政府
2025年1月9日
{}"""


@pytest.mark.parametrize(
    ("inside", "before", "after"),
    [
        ("信息处理费收取情况见附件。", "", ""),
        ("附件：1. 目录见网站。", "", ""),
        ("", "附件：办理情况表", "附件\n另一张表\n说明。"),
        ("", "", "附件1\n没有列出的表\n说明。"),
        ("", "附件：办理情况表", "附件\n办理情况表\n附件2\n附件：1. 甲"),
    ],
    ids=["a sentence", "in the middle", "another title", "not listed", "a list in an attachment"],
)
def test_what_only_looks_like_one_stays_where_it_is(inside, before, after):
    report = import_text(TEXT.format(inside, before, after)).report
    assert report.attachments == ()
    assert before in report.narrative("other")
    assert inside in report.narrative("overview")


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html"])
@pytest.mark.parametrize(
    "signed",
    [
        "甲县人民政府办公室、甲县司法局、甲县行政审批局",
        "甲县政务服务和数据管理局 甲县档案馆 甲县融媒体中心 甲县司法局",
        "内蒙古自治区莫力达瓦达斡尔族自治旗人民政府办公室、莫力达瓦达斡尔族自治旗司法局",
    ],
)
def test_units_that_sign_together_are_no_text(suffix, signed):
    report = replace(OURS, signature=Signature(signed, date(2025, 1, 9)))
    back = come_back(report, suffix)
    assert back.signature == report.signature
    assert back.narrative("other") == OURS.narrative("other")


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html"])
def test_a_name_of_two_units_is_whole(suffix):
    name = "新疆生产建设兵团第十师北屯市北屯镇人民政府及城区街道社区事务管理委员会综合办公室"
    assert come_back(replace(OURS, agency=Agency(name)), suffix).agency.name == name


@pytest.mark.parametrize("suffix", [".pdf", ".ofd"])
def test_twenty_pages_that_begin_with_附件_have_no_running_title(suffix):
    attachments = tuple(Attachment(f"甲乙镇第{n}项办理情况表", "无。") for n in range(1, 21))
    back = come_back(replace(OURS, attachments=attachments, page_style="template2021"), suffix)
    assert back.attachments == attachments
