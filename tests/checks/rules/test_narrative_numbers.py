"""Numbers in the text against the tables (N-01 … N-13)."""

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from app.checks.language.vocabulary import vocabulary
from app.form.catalog import form
from app.form.model import CellRef, Severity
from app.report.model import Agency
from tests.checks.reports import cell, consistent, findings, good, with_sums

N = tuple(f"N-{n:02}" for n in range(1, 14))


def case(column: str) -> CellRef:
    return CellRef("review", "cases", column)


def document(column: str) -> CellRef:
    return CellRef("art20_1", "normative_documents", column)


# 12 received, 3 carried in, 14 done, 1 carried out; 2 reconsiderations, 3 lawsuits; 5 documents issued
VALUES = {
    cell("received"): 10, cell("received", "enterprise"): 2, cell("carried_in"): 3, cell("granted"): 6, cell("partial"): 1,
    cell("denied_third_party"): 2, cell("denied_internal"): 1, cell("unable_not_held"): 3, cell("other_rest"): 1,
    cell("carried_out"): 1, case("recon_upheld"): 1, case("recon_changed"): 1, case("direct_upheld"): 1,
    case("after_upheld"): 1, case("after_pending"): 1, document("issued"): 5, document("repealed"): 2,
    document("in_force"): 20, CellRef("art20_6", "penalty", "decisions"): 7,
}  # fmt: skip


def busy(text: str, section: str = "overview", **changes):
    values = dict.fromkeys(form("2021").cells, 0) | VALUES
    with_sums(form("2021"), values)
    report = good("2021", values, **changes)
    return report.with_narrative(section, f"{report.narrative(section)}\n{text}")


def quiet(text: str, section: str = "overview"):
    report = good()
    return report.with_narrative(section, f"{report.narrative(section)}\n{text}")


def numbers(report):
    return [one for one in findings(report) if one.rule in N]


WRONG = [
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
    ("N-07", "因政府信息公开被申请行政复议3件。", "3", "2"),
    ("N-08", "因政府信息公开被申请行政复议2件，被提起行政诉讼1件。", "1", "3"),
    ("N-09", "未发生因政府信息公开引起的行政复议、行政诉讼。", "0", "5"),
    ("N-10", "全年制发行政规范性文件6件。", "6", "5"),
    ("N-10", "行政规范性文件现行有效19件。", "19", "20"),
    ("N-10", "废止行政规范性文件1件。", "1", "2"),
    ("N-11", "作出行政处罚决定6件。", "6", "7"),
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


def test_a_document_without_the_word_of_the_table_is_a_warning():
    (found,) = numbers(busy("制发规范性文件9件。"))
    assert (found.rule, found.severity) == ("N-10", Severity.WARNING)


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


# -- consistent by construction ----------------------------------------------------------------------------------------------


def sentence(values) -> str:
    """What a clerk writes who reads the numbers off the tables."""

    def group(key: str) -> int:
        return sum(
            values[cell(leaf.key, "total")] for leaf in form("2021").tables["requests"].row(key).leaves()
        )

    words = vocabulary("2021")
    people, enterprise = values[cell("received")], values[cell("received", "enterprise")]
    results = "，".join(f"{name}{group(key)}件" for name, key in words.rows.items())
    suits = values[case("direct_total")] + values[case("after_total")]
    return (
        f"2025年共收到政府信息公开申请{values[cell('received', 'total')]}件，其中自然人{people}件，商业企业{enterprise}件。"
        f"上年结转政府信息公开申请{values[cell('carried_in', 'total')]}件，办结政府信息公开申请{values[cell('processed', 'total')]}件，"
        f"结转下年度继续办理{values[cell('carried_out', 'total')]}件。从申请办理结果看，{results}。"
        f"因政府信息公开被申请行政复议{values[case('recon_total')]}件，被提起行政诉讼{suits}件。"
        f"制发行政规范性文件{values[document('issued')]}件，废止行政规范性文件{values[document('repealed')]}件，"
        f"现行有效行政规范性文件{values[document('in_force')]}件。"
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_consistent_text_raises_nothing(seed):
    report, _ = consistent(form("2021"), Random(seed))
    report = report.with_narrative("overview", sentence(report.values))
    assert numbers(report) == []


@pytest.mark.parametrize(
    ("moved", "rules"),
    [
        (cell("received", "total"), {"N-01"}),
        (cell("received"), {"N-04"}),
        (cell("carried_in", "total"), {"N-03"}),
        (cell("carried_out", "total"), {"N-03"}),
        (cell("processed", "total"), {"N-02"}),
        (cell("granted", "total"), {"N-05"}),
        (cell("denied_query", "total"), {"N-05"}),
        (case("recon_total"), {"N-07"}),
        (case("direct_total"), {"N-08"}),
        (document("issued"), {"N-10"}),
        (document("repealed"), {"N-10"}),
        (document("in_force"), {"N-10"}),
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_one_number_moved_raises_what_names_it(moved, rules, seed):
    report, _ = consistent(form("2021"), Random(seed))
    report = report.with_narrative("overview", sentence(report.values))
    changed = report.with_values({moved: report[moved] + 1000})
    found = numbers(changed)
    assert {one.rule for one in found} == rules
    assert all(moved in one.cells for one in found)


@pytest.mark.parametrize("seed", range(6))
def test_any_number_of_the_text_that_moves_raises_exactly_what_names_it(seed):
    report, _ = consistent(form("2021"), Random(seed))
    text = sentence(report.values)
    for figure in re.finditer(r"\d+(?=件)", text):
        moved = f"{int(figure[0]) + 7}"
        changed = text[: figure.start()] + moved + text[figure.end() :]
        found = numbers(report.with_narrative("overview", changed))
        assert found, changed[figure.start() - 20 : figure.end() + 5]
        for one in found:
            assert one.start <= figure.start() < one.end, one.message
            assert dict(one.values)["left"] == moved
