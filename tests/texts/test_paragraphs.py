"""Suggested paragraphs: numbers bound to cells, blanks seen, in the right place; a township's own templates, good and bad."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest

from app.errors import UserError
from app.form.catalog import form
from app.report import bindings
from app.report.model import Agency, Report
from app.session.document import ReportDocument
from app.texts import paragraphs
from app.texts.bindable import described, offers
from tests.checks.reports import AGENCY, cell, findings, good, with_sums

FORM = form("2021")
FULL = replace(
    AGENCY,
    office="党政办公室",
    address="甲县乙镇人民路1号",
    postcode="264400",
    phone="0123-4567890",
    website="http://www.jiaxian.gov.cn",
)
SECTIONS = {"introduction": 2, "overview": 7, "problems": 3, "other": 3}
BLANK = re.compile(r"【待填[^】]*】")


def busy(**changes) -> Report:
    values = dict(good().values) | {
        cell("received"): 12,
        cell("granted"): 11,
        cell("carried_out"): 1,
        cell("cases", "recon_upheld", "review"): 2,
    }
    with_sums(FORM, values)
    return good(values=values, agency=FULL, **changes)


def put(report: Report, section: str, part: str = "") -> Report:
    one = paragraphs.template(FORM, section, part)
    return paragraphs.inserted(report, FORM, one, paragraphs.render(report, FORM, one))[0]


def empty(report: Report) -> Report:
    return replace(report, narratives={})


def test_every_section_of_text_has_its_paragraphs_with_a_name():
    assert set(paragraphs.sections(FORM)) == set(SECTIONS)
    for section, number in SECTIONS.items():
        found = paragraphs.templates(FORM, section)
        assert len(found) == number
        assert all(re.search("[\u4e00-\u9fff]", one.name) for one in found)
    keys = [aspect.key for aspect in FORM.section("overview").aspects]
    assert [one.part for one in paragraphs.templates(FORM, "overview")] == ["", *keys, "results"]


@pytest.mark.parametrize("report", [good(), busy(), Report("2021", 2025)], ids=["zeros", "busy", "empty"])
def test_every_paragraph_of_every_report_is_whole_sentences(report):
    for section in SECTIONS:
        for one in paragraphs.templates(FORM, section):
            text = paragraphs.render(report, FORM, one).text
            assert text.endswith("。")
            assert not re.search(r"[\ue000-\ue002{}]|。。|  |None|^$", text, re.M)


def test_numbers_are_those_of_the_tables_and_follow_them():
    report = put(empty(busy()), "overview", "on_request")
    text = "（二）依申请公开。2025年，我镇新收政府信息公开申请12件，上年结转0件，办结11件，结转下年度继续办理1件。"
    assert report.narrative("overview").startswith(text)
    assert "被申请行政复议2件，被提起行政诉讼0件。" in report.narrative("overview")
    document = ReportDocument(report)
    document.set_values({cell("received"): 20}, "填写")
    assert "新收政府信息公开申请20件" in document.report.narrative("overview")
    assert [one for one in document.findings if one.rule.startswith("N-")] == []


def test_nothing_received_is_said_in_words_only_when_the_table_says_so():
    assert "未收到政府信息公开申请。" in put(empty(good()), "overview", "on_request").narrative("overview")
    blank = put(Report("2021", 2025), "overview", "on_request").narrative("overview")
    assert "未收到" not in blank
    assert "新收政府信息公开申请【待填】件" in blank


def test_the_fee_has_three_ways_to_be_told():
    report = empty(good())
    assert "收取信息处理费【待填】元" in put(replace(report, processing_fee=None), "other").narrative("other")
    assert "未收取信息处理费" in put(replace(report, processing_fee=Decimal(0)), "other").narrative("other")
    document = ReportDocument(put(replace(report, processing_fee=Decimal(380)), "other"))
    document.set_processing_fee(Decimal("100.5"))
    assert "收取信息处理费100.5元" in document.report.narrative("other")


def test_the_aspects_stand_in_their_order_whatever_is_put_in_first():
    keys = [aspect.key for aspect in FORM.section("overview").aspects]
    for order in permutations(keys):
        report = empty(busy())
        for part in order:
            report = put(report, "overview", part)
        report = put(report, "overview")
        lines = report.paragraphs("overview")
        assert [line[:3] for line in lines[1:]] == ["（一）", "（二）", "（三）", "（四）", "（五）"]
        assert list(paragraphs.missing(FORM, "overview", report.narrative("overview"))) == []
        numbers = [report.narrative(one.section)[one.start : one.end] for one in report.bindings]
        assert numbers == [bindings.shown(report, one) for one in report.bindings]


def test_what_is_missing_is_known_and_goes_before_what_follows():
    text = "2025年，我镇认真工作。\n（一）主动公开情况。公开信息。\n（五）监督保障情况\n加强监督。"
    report = empty(busy()).with_narrative("overview", text)
    missing = [one.key for one in paragraphs.missing(FORM, "overview", text)]
    assert missing == ["on_request", "management", "platforms"]
    report = put(report, "overview", "management")
    assert [line[:9] for line in report.paragraphs("overview")][2:4] == [
        "（三）政府信息管理",
        "（五）监督保障情况",
    ]


def test_filled_in_the_paragraphs_raise_nothing():
    """Whoever replaces every 【待填】 by a fact has a report without a finding."""
    report = empty(busy(processing_fee=Decimal(0)))
    for section in SECTIONS:
        parts = [one.part for one in paragraphs.templates(FORM, section)]
        for part in parts if section != "other" else [""]:
            report = put(report, section, part)
    document = ReportDocument(report)
    facts = {
        "数量": "1",
        "次数": "2",
        "人次": "30",
        "网站名称": "甲县人民政府网站",
        "问题": "部分信息发布不够及时",
        "措施": "建立发布台账，按月核对发布时限",
    }
    for section in SECTIONS:
        text = document.report.narrative(section)
        for _ in range(len(text)):
            found = BLANK.search(text)
            if found is None:
                break
            fact = next((fact for hint, fact in facts.items() if hint in found[0]), "情况良好")
            text = text[: found.start()] + fact + text[found.end() :]
            document.set_narrative(section, text)
            text = document.report.narrative(section)
    assert bindings.blanks(document.report) == 0
    wrong = [
        one
        for one in document.findings
        if one.rule.startswith(("D-02", "N-", "S-11", "S-15", "S-16", "S-07"))
    ]
    assert wrong == []


# -- a township's own --------------------------------------------------------------------------------------------------------


def own(name: str, source: str) -> paragraphs.Template:
    folder = paragraphs.own_folder(FORM)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(source, encoding="utf-8")
    return next(one for one in paragraphs.templates(FORM, name.partition(".")[0]) if one.path.name == name)


def test_a_file_of_the_same_name_stands_in_for_ours_and_others_are_added():
    one = own(
        "overview.platforms.j2", "{# 我县的平台 #}\n{{ ordinal }}政府信息公开平台建设。{{ we }}有网站1个。"
    )
    assert paragraphs.template(FORM, "overview", "platforms") == one
    assert (one.name, one.is_own) == ("我县的平台", True)
    assert paragraphs.render(good(), FORM, one).text == "（四）政府信息公开平台建设。我镇有网站1个。"
    more = own("other.innovation.j2", "\ufeff{# 创新情况 #}\n创新。")
    assert paragraphs.render(good(), FORM, more).text == "创新。"
    assert len(paragraphs.templates(FORM, "other")) == 4


def test_copies_for_editing_leave_alone_what_was_edited():
    own("overview.platforms.j2", "我的。")
    folder = paragraphs.copy_for_editing(FORM, "overview")
    assert sorted(path.name for path in folder.glob("*.j2"))[0] == "overview.j2"
    assert (folder / "overview.platforms.j2").read_text("utf-8") == "我的。"
    assert all(one.is_own for one in paragraphs.templates(FORM, "overview"))


WRONG = [
    ("{{ year", "第1行写得不对"),
    ("一\n{% if year %}二", "第2行写得不对"),
    ("{{ yaer }}年", "用了没有的名称“yaer”"),
    ("{{ agency.fax }}", "用了没有的名称“fax”"),
    ("{{ cell('requests.recieved.total') }}", "没有“requests.recieved.total”这一格"),
    ("{{ cell() }}", "没有“”这一格"),
    ("{{ year / 0 }}", "不能执行"),
    ("{{ 'a'|truncate(5, True, 'bbbbbbbb') }}", "不能执行"),
    ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "不能执行|循环太多"),
    ("{{ year + 'x' }}", "不能执行"),
    ("{% include 'a' %}", "不能执行"),
    ("{{ ''.__class__.__mro__ }}", "用了没有的名称|不能执行"),
    ("{{ cell.__globals__ }}", "用了没有的名称|不能执行"),
    ("{{ range(9) }}", "用了没有的名称“range”"),
    ("{{ '一' * 30000 }}", "生成的文字太长"),
]


@pytest.mark.parametrize(("source", "why"), WRONG)
def test_a_malformed_template_gives_one_sentence_and_changes_nothing(source, why):
    one = own("other.x.j2", source)
    with pytest.raises(UserError, match=why) as refused:
        paragraphs.render(good(), FORM, one)
    assert "other.x.j2" in refused.value.what
    assert "恢复原来的模板" in refused.value.what_to_do
    assert str(refused.value).count("\n") == 0


def test_a_template_that_is_no_text_is_refused():
    one = own("other.x.j2", "")
    one.path.write_bytes("不是UTF-8".encode("gb18030"))
    with pytest.raises(UserError, match="UTF-8"):
        paragraphs.render(good(), FORM, one)


def test_names_cannot_smuggle_a_bound_number_in():
    agency = Agency(name="\ue000requests.received.total\ue0019\ue002镇人民政府", phone="【待填】")
    report = replace(good(), agency=agency)
    made = paragraphs.render(report, FORM, paragraphs.template(FORM, "introduction"))
    assert made.bindings == ()


# -- offers ------------------------------------------------------------------------------------------------------------------


def test_numbers_that_speak_of_cells_are_offered_and_others_are_not():
    text = (
        "2025年，我镇新收政府信息公开申请12件，上年结转0件，办结11件，结转下年度继续办理2件。"
        "公开信息12条，2024年新收政府信息公开申请12件。制发行政规范性文件0件。因信息公开被申请行政复议2件。"
    )
    report = busy().with_narrative("overview", text)
    found = [(one.says, one.agrees, described(FORM, one.binding)) for one in offers(report, FORM)]
    assert [one[:2] for one in found] == [
        ("12", True),
        ("0", True),
        ("11", True),
        ("2", False),
        ("0", True),
        ("2", True),
    ]
    assert found[0][2].startswith("表三“一、本年新收")
    assert found[-1][2].startswith("表四“行政复议／总计")
    made = bindings.bound(report, [one.binding for one in offers(report, FORM)])
    assert "继续办理1件" in made.narrative("overview")
    assert offers(made, FORM) == ()


def test_applications_received_may_count_last_years_rest():
    values = {cell("received"): 3, cell("carried_in"): 1, cell("granted"): 4}
    values = dict(good().values) | values
    with_sums(FORM, values)
    report = good(values=values).with_narrative("overview", "2025年，共收到政府信息公开申请4件。")
    [one] = offers(report, FORM)
    assert one.agrees
    assert [ref.row for ref in one.binding.cells] == ["received", "carried_in"]
    assert described(FORM, one.binding).count("加") == 1


def test_the_fee_is_offered():
    report = good(processing_fee=Decimal(380)).with_narrative("other", "2025年，收取信息处理费380元。")
    assert [(one.says, one.agrees, described(FORM, one.binding)) for one in offers(report, FORM)] == [
        ("380", True, "信息处理费")
    ]


def test_what_is_offered_does_not_trouble_the_check():
    report = busy()
    before = findings(report)
    offers(report, FORM)
    assert findings(report) == before


# -- a finding that a paragraph settles


BARE = "现公布甲县乙镇人民政府2025年政府信息公开工作年度报告。\n本报告数据的统计期限为2025年1月1日至2025年12月31日。"


def contact(document: ReportDocument):
    return next(one for one in document.findings if (one.rule, one.section) == ("S-20", "introduction"))


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_contact_details_that_are_known_are_put_into_the_introduction_by_one_click(end):
    document = ReportDocument(replace(good(), agency=FULL).with_narrative("introduction", BARE + end))
    document.apply(contact(document).repair)
    assert document.report.narrative("introduction") == (
        f"{BARE}\n本报告电子版可在http://www.jiaxian.gov.cn查阅和下载。如对本报告有疑问，请与党政办公室联系"
        f"（地址：甲县乙镇人民路1号；邮编：264400；电话：0123-4567890）。{end}"
    )
    assert not any(one.rule == "S-20" for one in document.findings)
    document.undo()
    assert document.report.narrative("introduction") == BARE + end


def test_what_is_not_known_of_the_contact_is_left_to_fill_in():
    agency = replace(AGENCY, phone="0123-4567890")
    document = ReportDocument(replace(good(), agency=agency).with_narrative("introduction", BARE))
    document.apply(contact(document).repair)
    added = document.report.paragraphs("introduction")[-1]
    assert added == "如对本报告有疑问，请与甲县乙镇人民政府联系（地址：【待填：地址】；电话：0123-4567890）。"


@pytest.mark.parametrize(
    ("agency", "text"),
    [
        (AGENCY, BARE),  # nothing is known
        (FULL, f"{BARE}\n联系电话：0123-4567890。"),  # half of it stands there
        (FULL, ""),  # there is nothing that it would follow
    ],
)
def test_no_paragraph_is_offered_where_it_would_not_fit(agency, text):
    document = ReportDocument(replace(good(), agency=agency).with_narrative("introduction", text))
    assert contact(document).repair is None


def test_a_townships_own_contact_paragraph_is_used_and_a_broken_one_is_not_offered(monkeypatch, tmp_path):
    monkeypatch.setattr(paragraphs, "own_folder", lambda _form: tmp_path)
    own = tmp_path / "introduction.contact.j2"
    own.write_text("{# 联系 #}\n联系电话：{{ agency.phone }}，地址：{{ agency.address }}。", "utf-8")
    document = ReportDocument(replace(good(), agency=FULL).with_narrative("introduction", BARE))
    assert contact(document).repair.edits[0].new == "\n联系电话：0123-4567890，地址：甲县乙镇人民路1号。"
    own.write_text("{{ agency.nothing }}", "utf-8")
    document.set_narrative("introduction", BARE + "。")
    assert contact(document).repair is None
