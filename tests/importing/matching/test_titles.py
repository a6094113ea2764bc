"""The title of a report among what a page puts around it."""

import pytest

from app.importing.importer import import_text
from app.importing.result import ImportResult

TITLE = "某县某镇2024年政府信息公开工作年度报告"
REST = "\n一、总体情况\n2024年稳步推进。\n五、存在的主要问题及改进情况\n一是不足。\n"
INTRODUCTION = "依据《条例》编制。"


def read(*lines: str) -> ImportResult:
    return import_text("\n".join(lines) + REST)


@pytest.mark.parametrize(
    "sentence",
    [
        "按照《某某条例》、以及省、市关于做好2024年政府信息公开工作年度报告编制工作的要求，结合实际，编制本报告。数据自2024年1月1日起至12月31日止。",
        "本年度报告根据《某某政府信息公开工作年度报告格式》编制，所列数据的统计期限自2024年1月1日起至2024年12月31日止，请予监督，欢迎提出意见建议。",
        "现公布2024年政府信息公开工作年度报告，所列数据的统计期限自2024年1月1日起至2024年12月31日止，请予监督，欢迎提出意见和建议，并请转告。",
    ],
)
def test_a_sentence_that_speaks_of_the_report_is_no_title(sentence):
    result = read(sentence)
    assert (result.outline.title, result.report.agency.name) == ("", "")
    assert result.report.narratives["introduction"] == sentence


@pytest.mark.parametrize(
    "way",
    [
        "首页 > 政务公开 > 某镇 > 政府信息公开年报",
        "首页/ 政府信息公开 / 政府信息公开年报 / 正文",
        "» 政府信息公开年度报告",
    ],
)
def test_the_way_to_a_page_is_no_title(way):
    result = read(way, TITLE, INTRODUCTION)
    assert result.outline.title == TITLE
    assert result.report.narratives["introduction"] == INTRODUCTION
    assert way in result.unused


def test_a_column_of_the_page_is_no_title_where_one_with_a_year_follows():
    result = read("组配分类 政府信息公开年报", "2024年某镇政府信息公开工作年度报告", INTRODUCTION)
    assert (result.report.agency.name, result.report.year) == ("某镇", 2024)
    assert "组配分类 政府信息公开年报" in result.unused


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, "发布日期：2025-01-16 访问次数：", "点击查看解读", TITLE),
        (TITLE, "某县某镇", "2024年政府信息公开工作年度报告"),
        (TITLE, "时间：2025-01-31", TITLE),
        (TITLE, "发表时间：2025-03-15 16:35", "2024年政府信息公开工作年度报告"),
    ],
)
def test_a_title_said_twice_is_no_introduction(lines):
    result = read(*lines, INTRODUCTION)
    assert result.report.narratives["introduction"] == INTRODUCTION
    assert result.outline.title == TITLE
    assert set(result.unused) <= set(lines)


@pytest.mark.parametrize("end", ["工作告年度报", "工作年度告报", "年工作度报告"])
def test_a_title_with_its_letters_in_another_order_is_the_title(end):
    result = read(f"某县某镇2024年政府信息公开 {end}", INTRODUCTION)
    assert result.outline.title == f"某县某镇2024年政府信息公开 {end}"
    assert (result.report.agency.name, result.report.year) == ("某县某镇", 2024)


@pytest.mark.parametrize(
    "lines",
    [
        ("某旗某苏木人民政府2024年", "政府信息公开工作年度报告"),
        ("标题某旗某苏木人民政府2024年政府信息公开工作年度报告",),
        ("【文字】某旗某苏木人民政府2024年政府信息公开工作年度报告",),
    ],
    ids=["broken behind the year", "with the name of its field", "with its kind"],
)
def test_a_title_in_pieces_or_with_a_word_before_it(lines):
    result = read(*lines, INTRODUCTION)
    assert result.outline.title == "某旗某苏木人民政府2024年政府信息公开工作年度报告"
    assert (result.report.agency.name, result.unused) == ("某旗某苏木人民政府", ())


def test_the_end_of_a_title_alone_is_not_in_the_introduction():
    result = read("工作年度报告", INTRODUCTION)
    assert (result.outline.title, result.unused) == ("", ("工作年度报告",))
    assert result.report.narratives["introduction"] == INTRODUCTION


def test_an_introduction_that_ends_in_a_colon_is_one_also_behind_a_portals_line():
    words = "依据《条例》（以下简称《条例》）规定，结合2024年实际，现报告如下："
    result = read(TITLE, "发布时间：2025-01-19 浏览次数：", words)
    assert result.report.narratives["introduction"] == words


def test_what_a_portal_puts_below_the_text_is_not_in_it():
    below = ["扫一扫在手机打开当前页", "【打印本页】【关闭窗口】", "上一篇：某镇政务公开要点"]
    result = import_text("\n".join([TITLE + REST + "六、其他需要报告的事项", "无。", *below]))
    assert result.report.narratives["other"] == "无。"
    assert set(below) <= set(result.unused)


@pytest.mark.parametrize(
    "line",
    [
        "• 设为首页",
        "长者版 无障碍阅读",
        "分享 微信",
        "访问量：",
        "相关解读：",
        "首 页 走进某县 新闻中心 政府信息公开 政务服务 互动交流",
        "中国政府网 | 某市人民政府网 登录 | 注册 | 我要留言",
        "某镇2024年度政府信息公开工作年度报告",
        "2024年度政府信息公开工作年度报告",
    ],
)
def test_buttons_menus_and_the_title_once_more_are_no_introduction(line):
    result = read(TITLE, line, INTRODUCTION)
    assert result.outline.title == TITLE
    assert result.report.narratives["introduction"] == INTRODUCTION
    assert line in result.unused


@pytest.mark.parametrize(
    "line", ["某县人民政府办公室：", "为人民服务", "现将情况报告如下", "总体情况 主动公开 两部分，共三页"]
)
def test_a_line_that_is_no_menu_stays_in_the_introduction(line):
    assert read(TITLE, line, INTRODUCTION).report.narratives["introduction"] == f"{line}\n{INTRODUCTION}"


def test_of_two_titles_of_one_year_the_one_with_the_fuller_name_is_taken():
    result = read("某镇2024年政府信息公开工作年度报告", TITLE, INTRODUCTION)
    assert (result.outline.title, result.report.agency.name) == (TITLE, "某县某镇")
    assert result.unused == ("某镇2024年政府信息公开工作年度报告",)


@pytest.mark.parametrize(
    ("title", "line", "agency"),
    [
        ("东山路街道", "东山路街道办事处", "东山路街道办事处"),
        ("某市某区东山街道办事处", "东山街道", "某市某区东山街道办事处"),
        ("某工业园区管委会", "某工业园区管理委员会", "某工业园区管委会"),
    ],
)
def test_the_agency_by_another_form_of_its_name_stands_under_the_title(title, line, agency):
    result = read(f"{title}2024年政府信息公开工作年度报告", line, "2025年1月9日", INTRODUCTION)
    assert result.report.narratives["introduction"] == INTRODUCTION
    assert result.report.agency.name == agency
    assert result.report.signature.issued_on is not None


def test_the_agency_under_the_title_is_no_introduction_where_it_signs_at_the_end_too():
    lines = [TITLE, "某镇人民政府", INTRODUCTION + REST.rstrip(), "某县某镇人民政府", "2025年1月9日"]
    result = import_text("\n".join(lines))
    assert result.report.narratives["introduction"] == INTRODUCTION
    assert result.unused == ("某镇人民政府",)
    assert result.report.agency.name == "某县某镇人民政府"


def test_the_county_under_the_title_of_a_town_is_not_who_signs():
    result = read(TITLE, "某县人民政府", INTRODUCTION)
    assert (result.report.agency.name, result.report.signature.agency) == ("某县某镇", "")


@pytest.mark.parametrize(
    "line",
    ["公开形式 责任部门", "• 文号", "- 有效性有效", "人工智能朗读：", "点击收听年报语音朗读", "名　称"],
)
def test_names_of_the_pages_data_and_its_voice_are_no_introduction(line):
    result = read(TITLE, line, INTRODUCTION)
    assert result.report.narratives["introduction"] == INTRODUCTION
    assert line in result.unused


def test_a_sentence_that_begins_with_the_name_of_such_data_is_introduction():
    for sentence in ("有效性、公开形式见下表。", "- 来源于各科室的数据由某镇负责，特此说明。"):
        assert read(TITLE, sentence).report.narratives["introduction"] == sentence


def test_a_bar_below_the_lines_of_a_page_ends_no_text():
    text = "\n".join([TITLE, "一、总体情况", "公开3条。", "扫一扫在手机打开当前页", "|"])
    result = import_text(text)
    assert result.report.narratives == {"overview": "公开3条。"}
    assert set(result.unused) == {"扫一扫在手机打开当前页", "|"}


def test_where_an_office_is_stays_in_the_introduction():
    result = read(TITLE, INTRODUCTION, "位置：甲县乙路3号一楼。")
    assert "位置：甲县乙路3号一楼。" in result.report.narratives["introduction"]


@pytest.mark.parametrize(
    "line",
    [
        "用微信扫描二维码分享至好友和朋友圈",
        "字体大小：A+ A A- 分享： 打印",
        "您当前所在位置：首页",
        "您的位置：首页",
        "• 登记号：",
        "中国政府网 甲省政府 乙市政府",
        "文       号： 关键字： 公开",
        "|",
        "| | |",
    ],
)
def test_a_portals_lines_between_title_and_text_are_left_out(line):
    result = read(TITLE, line, INTRODUCTION)
    assert result.report.narratives["introduction"] == INTRODUCTION
