"""Requests, results and fee told in the text against 表三 (N-01 … N-06, N-12, N-13)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.form.model import Severity
from app.report.model import Agency
from tests.checks.numbers import busy, numbers, quiet
from tests.checks.reports import cell

WRONG = [
    ("N-06", "全年收到政府信息公开申请0件。", "0", "12"),
    ("N-01", "2025年，我镇共收到政府信息公开申请11件。", "11", "12"),
    ("N-01", "全年新收政府信息公开申请 13 件，均按时答复。", "13", "12"),
    ("N-01", "本年度受理依申请公开申请九件。", "9", "12"),
    ("N-01", "共收到11件政府信息公开申请，其中自然人申请10件。", "11", "12"),
    ("N-01", "（二）依申请公开工作情况\n2025年我镇收到申请11件。", "11", "12"),
    ("N-01", "（二）依申请公开。2025年，我镇共收到11件申请，均已答复。", "11", "12"),
    ("N-06", "（二）依申请公开工作情况\n本年度未收到申请。", "0", "12"),
    ("N-02", "（二）依申请公开工作情况\n收到政府信息公开申请12件。全年办结9件。", "9", "14"),
    ("N-04", "共收到政府信息公开申请12件，其中自然人8件。", "8", "10"),
    ("N-02", "收到政府信息公开申请12件，已办结9件。", "9", "14"),
    ("N-02", "收到政府信息公开申请12件，全部答复20件。", "20", "14"),
    ("N-03", "上年结转政府信息公开申请2件。", "2", "3"),
    ("N-03", "政府信息公开申请结转下年度继续办理4件。", "4", "1"),
    ("N-04", "收到政府信息公开申请12件，其中自然人申请8件。", "8", "10"),
    ("N-04", "收到政府信息公开申请12件，自然人10件、商业企业3件。", "3", "2"),
    ("N-05", "政府信息公开申请办理结果：予以公开5件，部分公开1件。", "5", "6"),
    ("N-05", "共答复政府信息公开申请14件，其中不予公开4件，无法提供3件。", "4", "3"),
    ("N-05", "共答复申请14件，其中予以公开及部分公开8件。", "8", "7"),
    ("N-06", "2025年，我镇未收到政府信息公开申请。", "0", "12"),
    ("N-06", "本年度无依申请公开情况。", "0", "12"),
]


RIGHT = [
    "2025年，我镇共收到政府信息公开申请12件，上年结转3件，办结14件，结转下年度继续办理1件。",
    "共受理政府信息公开申请15件（含上年结转3件），答复14件。",
    "收到政府信息公开申请12件，其中自然人10件，法人或其他组织2件，商业企业2件。",
    "答复申请14件，其中予以公开6件，部分公开1件，不予公开3件，无法提供3件，其他处理1件。",
    "予以公开及部分公开7件政府信息，答复申请中予以公开和部分公开7件。",
    "通过网络收到政府信息公开申请9件，通过信函收到政府信息公开申请3件。",
    "线上渠道收到政府信息公开申请9件。",
    "（二）依申请公开工作情况\n2025年我镇收到申请12件。",
    "（二）依申请公开工作情况\n2024年我镇收到申请9件。",
    "（二）依申请公开工作情况\n通过网络收到申请9件。",
    "（一）主动公开。便民服务中心收到申请1200件。",
    "（二）依申请公开。另收到低保申请9件，收到住房救助申请3件。",
    "（二）依申请公开。收到申请人来电9次。",
    "2024年收到政府信息公开申请8件。",
    "收到政府信息公开申请12件，较上年收到政府信息公开申请20件有所减少。",
    "去年收到政府信息公开申请8件，今年收到政府信息公开申请12件。",
    "上半年收到政府信息公开申请5件。",
    "全县各部门收到政府信息公开申请120件。",
    "收到政府信息公开申请10余件。",
    "收到涉及土地征收的政府信息公开申请5件。",
    "制发公文120件，其中主动公开80件、依申请公开20件、不予公开20件。",
    "办理群众留言35件，答复35件。",
    "因政府信息公开被申请行政复议2件，结果维持1件，结果纠正1件；被提起行政诉讼3件。",
    "全年办理行政复议案件15件。",
    "未发生因政府信息公开引起的行政复议败诉情况。",
    "未收到因政府信息公开申请引发的投诉。",
    "制发行政规范性文件5件，废止行政规范性文件2件，现行有效行政规范性文件20件。",
    "公开政策文件3件，印发政府文件40件。",
    "以县政府名义印发行政规范性文件9件。",
    "公开行政处罚信息3件，行政许可事项22项。",
    "未收取信息处理费。",
    "延期答复政府信息公开申请1件。",
    "不属于政府信息公开申请范围的，告知申请人通过相应渠道提出；政府信息公开申请办理中补正2件。",
]


QUIET = [
    "2025年，我镇未收到政府信息公开申请。",
    "2025年没有受理依申请公开情况。",
    "收到政府信息公开申请0件，办结0件，无结转下年度办理的申请。",
    "无政府信息公开申请情况，未发生行政复议、行政诉讼。",
    "严格落实依申请公开制度，确保政府信息公开申请均在法定期限内答复。",
    "规范办理流程，做到积极受理和回复政府信息公开申请。",
    "办理人大代表建议3件，均在规定期限内答复。",
]


@pytest.mark.parametrize(("rule", "text", "left", "right"), WRONG)
def test_a_number_that_parts_from_its_table(rule, text, left, right):
    report = busy(text)
    found = numbers(report)
    assert [one.rule for one in found] == [rule]
    one = found[0]
    assert dict(one.values) == {"left": left, "right": right}
    assert right in one.message
    assert report.narrative("overview")[one.start : one.end] == one.quote != ""
    assert one.severity is (Severity.WARNING if rule == "N-11" else Severity.ERROR)


@pytest.mark.parametrize("text", RIGHT)
def test_a_number_that_agrees_or_has_another_reading(text):
    assert numbers(busy(text)) == []


@pytest.mark.parametrize("text", QUIET)
def test_nothing_received_and_said_so(text):
    assert numbers(quiet(text)) == []


@pytest.mark.parametrize(
    "text",
    ["全年积极受理和回复政府信息公开申请。", "对收到的政府信息公开申请，均在法定期限内答复。"],
)
def test_answers_where_nothing_was_received(text):
    (found,) = numbers(quiet(text))
    assert (found.rule, found.severity) == ("N-13", Severity.WARNING)
    assert numbers(busy(text)) == []


def test_a_blank_cell_is_no_contradiction():
    report = busy("共收到政府信息公开申请99件。")
    assert numbers(report.with_values({cell("received", "total"): None})) == []


def test_a_county_may_speak_of_the_whole_county():
    report = replace(busy("全县共收到政府信息公开申请99件。"), agency=Agency(name="甲县人民政府"))
    assert [one.rule for one in numbers(report)] == ["N-01"]


@pytest.mark.parametrize(
    ("fee", "text", "expected"),
    [
        (0, "2025年未收取信息处理费。", []),
        (100, "2025年未收取信息处理费。", ["N-12"]),
        (100, "全年收取信息处理费100元。", []),
        (100, "全年收取政府信息公开信息处理费200元。", ["N-12"]),
        (None, "全年收取信息处理费200元。", []),
    ],
)
def test_the_processing_fee(fee, text, expected):
    report = replace(busy(""), processing_fee=None if fee is None else Decimal(fee)).with_narrative(
        "other", text
    )
    assert [one.rule for one in numbers(report)] == expected
