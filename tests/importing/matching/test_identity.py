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
        ("依据条例，编制了《甲市乙镇人民政府2024年政府信息公开工作年度报告》。", "甲市乙镇人民政府", 2024),
        ("本报告依据条例编制，涵盖乙乡人民政府2024年信息公开工作情况。", "乙乡人民政府", 2024),
        ("如有疑问，请与甲县财政局联系（电话：0000-0000000）。", "甲县财政局", 2024),
        ("如有疑问，请与甲县乙镇党政综合办公室联系。", "甲县乙镇", 2024),
        (
            "我镇编制了《乙镇2024年政府信息公开工作年度报告》，请与甲市乙镇人民政府联系。",
            "甲市乙镇人民政府",
            2024,
        ),
        ("请与景德镇市某局联系。", "景德镇市某局", 2024),
        ("请与某市公安局乙区分局联系。", "某市公安局乙区分局", 2024),
        ("请与某市公安局办公室联系。", "某市公安局", 2024),
        ("本报告由东山街道综合办公室编制，共六个部分。", "东山街道", 2024),
        ("本报告由某市高新区党政办公室按照《条例》要求编制。", "某市高新区", 2024),
        ("本报告由某县人民政府办公室编制。", "某县人民政府办公室", 2024),
        ("如有疑问，请与我局办公室联系。", "", 2024),
        ("依据通知，甲县市场监督管理局结合单位实际，编制本单位2024年度报告。", "甲县市场监督管理局", 2024),
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
    assert result.unused == (lines[3], *lines[:3])
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


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("请与某镇联系（地址：某县人民路1号，电话：0000-0000000）。", "某县人民路1号"),
        ("联系地址为某县某镇东街；电话：0000-0000000。", "某县某镇东街"),
        ("（地址某县某镇2号楼，邮编：000000）", "某县某镇2号楼"),
        (
            "地址：某县科普路505号大厦（甲座）25楼；联系电话：0000-0000000。",
            "某县科普路505号大厦（甲座）25楼",
        ),
        ("申请表下载地址http://www.example.gov.cn/a路，联系地址：某县某镇东街。", "某县某镇东街"),
        ("设置了“联系地址”等栏目，电话：0000-0000000。", ""),
        ("公开了机构职能、领导信息、办公地址等基础信息，电话畅通。", ""),
        ("提供申请表下载地址，公布受理机构和电话，方便群众。", ""),
    ],
)
def test_an_address_is_what_stands_behind_the_word_and_is_a_place(words, address):
    assert import_text(f"某镇2024年政府信息公开工作年度报告\n{words}" + REST).report.agency.address == address


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("如有疑问和意见建议，请与东山镇党政综合办公室联系。", "党政综合办公室"),
        ("请与某县东山镇人民政府党政办公室联系（电话：0000-0000000）。", "党政办公室"),
        ("如有疑问，请与东山镇联系（电话：0000-0000000）。", ""),
        ("可向社会主动公开，如对本年报有疑问，请与东山镇党政办联系。", "党政办"),
        ("如有疑问，请与我办联系。", ""),
        ("如有疑问，请与某县东山街道党政综合办公室联系。", "党政综合办公室"),
        ("如有疑问，请与某工业园区管委会综合信息指挥室联系。", "综合信息指挥室"),
        ("如有疑问，请与乡村振兴办公室联系。", "乡村振兴办公室"),
        ("如有疑问，请与镇综合指挥室联系。", "综合指挥室"),
        ("如有疑问，请与某县大数据局联系。", ""),
        ("如有疑问，请与某街道办事处联系。", ""),
        ("请与群众多沟通，认真做好政策宣传、联系。", ""),
    ],
)
def test_the_office_is_what_stands_before_the_word_and_not_the_agency_itself(words, office):
    assert (
        import_text(f"某县东山镇2024年政府信息公开工作年度报告\n{words}" + REST).report.agency.office
        == office
    )


def test_a_number_that_hides_its_digits_keeps_its_asterisks():
    words = "如有疑问请来电（电话：057********58），**欢迎**监督。"
    result = import_text(f"某镇2024年政府信息公开工作年度报告\n{words}" + REST)
    assert result.report.narratives["introduction"] == words.replace("**欢迎**", "欢迎")


def test_a_line_with_an_ordinal_begins_a_paragraph_whatever_page_it_stands_on():
    lines = [
        "一、总体情况",
        "2024年，我局公开信息4条，含工作动态1条，公开指南1条，财政信息2条",
        "二)依申请公开",
        "没有收到申请。",
    ]
    result = import_text("\n".join(["某局2024年政府信息公开工作年度报告", *lines]))
    assert result.report.narratives["overview"] == "\n".join(lines[1:])


def test_contacts_are_not_taken_from_what_the_sections_tell():
    """Only where the introduction has none, and then only from a paragraph that says whom to ask."""
    told = "一、总体情况\n公布投诉电话：0714-5317110，与群众密切联系，公布受理机构和地址，方便查询。\n"
    asked = "六、其他需要报告的事项\n咨询请与某县东山镇党政办联系，电话：0000-1234567。\n"
    title = "某县东山镇2024年政府信息公开工作年度报告\n"
    agency = import_text(title + told).report.agency
    assert (agency.phone, agency.office, agency.address) == ("", "", "")
    agency = import_text(title + told + asked).report.agency
    assert (agency.phone, agency.office) == ("0000-1234567", "党政办")


def test_whom_to_ask_also_tells_the_agency_where_it_stands_in_a_section():
    asked = "一、总体情况\n如有疑问，请与某县民政局联系（地址：某县东街1号，电话 0000-1234567）。\n"
    agency = import_text(asked).report.agency
    assert (agency.name, agency.office, agency.phone) == ("某县民政局", "", "0000-1234567")


def test_a_name_that_is_known_from_the_text_alone_or_names_no_place_is_told():
    asked = "依据条例编制。如有疑问，请与某县民政局办公室联系。"
    told = "标题里没有单位名称，“某县民政局”是从正文里认出来的，请核对"
    assert told in import_text(asked + REST).warnings
    assert told not in import_text("某县民政局2024年政府信息公开工作年度报告\n" + asked + REST).warnings
    for name in ("县应急管理局", "应急管理局", "市审计局"):
        result = import_text(f"{name}2024年政府信息公开工作年度报告" + REST)
        assert f"“{name}”没有写明是哪里的，请把单位名称补完整" in result.warnings


def test_a_signature_without_a_date_names_the_agency_in_full():
    text = "2021年区甲业服务署政府信息公开工作年度报告\n一、总体情况\n如下。\n六、其他需要报告的事项\n无。\n某市乙区甲业服务署"
    report = import_text(text).report
    assert (report.agency.name, report.narratives["other"]) == ("某市乙区甲业服务署", "无。")


@pytest.mark.parametrize(
    ("words", "agency", "office"),
    [
        ("如有疑问，请联系：甲市乙镇人民政府党政综合办公室，电话：0000-1234567。", "甲市乙镇人民政府", "党政综合办公室"),
        ("如有疑问，请联系甲区统计局办公室（电话：0000-1234567）。", "甲区统计局", "办公室"),
        ("如有疑问，请联系：甲市乙区人民政府丙街道办事处；联系电话：0000-1234567。", "甲市乙区人民政府丙街道办事处", ""),
        ("如有疑问，请联系丙丁街道党政办（地址：某路1号）。", "丙丁街道", "党政办"),
        ("如有疑问，请联系甲市住房和城乡建设局办公室（电话：0000-1234567）。", "甲市住房和城乡建设局", "办公室"),
        ("如有疑问，请联系我局办公室（电话：0000-1234567）。", "", ""),
        ("如有疑问，请联系人工服务热线，电话：0000-1234567。", "", ""),
    ],
)  # fmt: skip
def test_whom_to_ask_is_also_what_stands_behind_the_word(words, agency, office):
    read = import_text(words + REST).report.agency
    assert (read.name, read.office, read.phone) == (agency, office, "0000-1234567" if "电话" in words else "")


@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("依据条例，由甲县乙镇人民政府综合信息指挥室（党政综合办公室）负责编制本报告。", "甲县乙镇人民政府"),
        ("依据条例，由甲市乙区人民政府丙街道党政办公室综合科编制。", "甲市乙区人民政府丙街道"),
        ("依据条例，由甲区丙街道办事处编制，共六个部分。", "甲区丙街道办事处"),
        ("由区政府办公室统一部署，由局办公室编制。", ""),
        ("根据要求，甲县乙局特向社会公布2024年度本机关信息公开工作报告。", "甲县乙局"),
        ("根据要求，特向社会公布2024年度本机关信息公开工作报告。", ""),
        ("公开办公室关于政府信息公开的要求，现公布甲县乙镇人民政府2024年政府信息公开工作年度报告。", "甲县乙镇人民政府"),
        ("现公布甲旗民族事务委员会（以下简称旗民委）2024年政府信息公开工作年度报告。", "甲旗民族事务委员会"),
        ("现公布甲县乙镇人民政府2024年政府信息公开工作年度报告。请与乙镇人民政府办公室联系。", "甲县乙镇人民政府"),
    ],
)  # fmt: skip
def test_who_made_it_is_told_by_the_first_phrase_that_names_a_unit(words, agency):
    assert import_text(words + REST).report.agency.name == agency


def test_a_township_of_which_only_the_contact_says_the_county_gets_it_and_that_is_told():
    title = "东山镇2024年政府信息公开工作年度报告\n"
    result = import_text(title + "请与甲市东山镇人民政府党政办公室联系。" + REST)
    assert result.report.agency.name == "甲市东山镇人民政府"
    assert "标题里是“东山镇”，“甲市东山镇人民政府”是从正文里认出来的，请核对" in result.warnings
    for asked in (
        "请与东山镇人民政府联系。",
        "请与甲市西山镇人民政府联系。",
        "请与甲市大东山镇人民政府联系。",
    ):
        assert "甲市" not in import_text(title + asked + REST).report.agency.name


@pytest.mark.parametrize("name", ["某开发区（北区）管理委员会", "某开发区(北区)管理委员会"])
def test_brackets_in_a_name_and_an_address_stay_as_they_are_written(name):
    address = f"某市东路1号{name}3楼"
    text = f"{name}2024年政府信息公开工作年度报告\n请与本单位联系（地址：{address}，电话：0000-1234567）。"
    read = import_text(text + REST).report.agency
    assert (read.name, read.address) == (name, address)


def test_a_telephone_that_is_a_fax_too_is_one():
    text = "某镇2024年政府信息公开工作年度报告\n请与某镇联系，联系电话（传真）：0000-1234567。"
    assert import_text(text + REST).report.agency.phone == "0000-1234567"


def test_contacts_on_lines_of_their_own_stay_so_and_each_ends_with_its_line():
    lines = [
        "如有疑问，请联系某市某局办公室，感谢您对政府信息公开工作的关心和支持。",
        "地址：某市行政中心科研楼C栋605室",
        "电话：0000-12345678，传真：0000-12345679，工作日可以拨打",
        "邮编：000000",
    ]
    result = import_text("\n".join(["某市某局2024年政府信息公开工作年度报告", *lines]) + REST)
    agency = result.report.agency
    assert (agency.office, agency.address) == ("办公室", "某市行政中心科研楼C栋605室")
    assert (agency.phone, agency.postcode) == ("0000-12345678", "000000")
    assert result.report.narratives["introduction"] == "\n".join(lines)


def test_a_telephone_and_fax_in_one_and_an_office_of_the_unit():
    words = "由东山乡单位办公室编制。如有疑问，请与东山乡党政办公室联系，联系电话及传真：0000-1234567。"
    agency = import_text(words + REST).report.agency
    assert (agency.name, agency.office, agency.phone) == ("东山乡", "党政办公室", "0000-1234567")


@pytest.mark.parametrize(
    ("title", "signed"), [("甲县东山镇", "东山镇人民政府"), ("东山镇", "甲县东山镇人民政府")]
)
def test_a_name_that_title_or_signature_has_is_not_told(title, signed):
    result = import_text(
        f"{title}2024年政府信息公开工作年度报告{REST}六、其他需要报告的事项\n无。\n{signed}\n2025年1月9日"
    )
    assert result.report.agency.name.startswith("甲县东山镇")
    assert not any("认出来" in one for one in result.warnings)
