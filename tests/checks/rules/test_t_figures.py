"""Figures of one table (T2-03, T2-05, T2-06, T2-09, T3-06, T3-07): each with what it finds and what it must leave alone."""

from decimal import Decimal

import pytest

from app.form.model import CellRef, Severity
from app.report.model import Agency, Report
from tests.checks.reports import cell, findings, good, named, with_text

FEES = CellRef("art20_8", "fees", "amount")


LICENSING = CellRef("art20_5", "licensing", "decisions")


UNPAID = cell("other_fee_unpaid")


REST = cell("other_rest")


NET_CHANGE = CellRef("art20_6", "penalty", "net_change")


PURCHASES, AMOUNT = (CellRef("art20_9", "procurement", key) for key in ("purchases", "amount"))


def in_both(*refs: CellRef, value: int) -> dict[CellRef, int]:
    """The same value in a cell and in the totals of its row and column, so that only the rule looked at speaks."""
    return dict.fromkeys(refs, value) | {ref._replace(column="total"): value for ref in refs}


def rules_made(agency: str) -> Report:
    values = {cell("rules", key, "art20_1"): 1 for key in ("issued", "in_force")}
    report = good(values=values)
    return Report(report.form, report.year, Agency(name=agency), report.values)


def test_a_township_makes_no_rules():
    (found,) = named("T2-03", rules_made("甲县乙镇人民政府"))
    assert found.severity is Severity.ERROR
    assert found.message == "乡镇无规章制定权，规章应为0，现本年制发件数为1，现行有效件数为1"
    assert found.repair is not None
    assert dict(found.repair.values) == dict.fromkeys(found.cells, 0)


def test_a_city_may_make_rules():
    assert named("T2-03", rules_made("甲市人民政府")) == []


@pytest.mark.parametrize(
    ("value", "last", "fragment"),
    [
        (12000, None, "达到一亿元以上"),
        (410, Decimal("20.1"), "超过上年20.1的20倍"),
        (300, Decimal("20.1"), "上年20.1有小数，本年为整数"),
    ],
)
def test_fees_that_look_like_yuan(value, last, fragment):
    prior = good(year=2024, values={FEES: last}) if last is not None else None
    (found,) = findings(good(values={FEES: value}), prior)
    assert (found.rule, found.severity) == ("T2-05", Severity.WARNING)
    assert found.message.startswith(f"行政事业性收费单位为“万元”，现为{value}（")
    assert fragment in found.message
    assert found.message.endswith("请核实是否误填为元")


@pytest.mark.parametrize(
    ("value", "last"),
    [
        (0, Decimal("3.2")),
        (Decimal("24252.311082"), None),
        (3, Decimal("3.2")),
        (Decimal("4166.214619"), Decimal("5949.09")),
    ],
)
def test_fees_in_wan_yuan(value, last):
    assert named("T2-05", good(values={FEES: value}), good(year=2024, values={FEES: last})) == []


@pytest.mark.parametrize(
    ("last", "value", "told"),
    [
        (20, 31, True),
        (20, 30, False),
        (4, 8, False),
        (0, 3, True),
        (3, 0, True),
        (0, 0, False),
        (40, 19, True),
    ],
)
def test_swings_of_table_two(last, value, told):
    """More than half and at least ten, or between nothing and something."""
    found = findings(good(values={LICENSING: value}), good(year=2024, values={LICENSING: last}))
    assert [one.rule for one in found] == (["T2-06"] if told else [])
    if told:
        how = {
            (20, 31): "增加11（变化超过上年的50%）",
            (40, 19): "减少21（变化超过上年的50%）",
            (0, 3): "由无到有",
            (3, 0): "由有到无",
        }[last, value]
        assert found[0].message == (
            f"“行政许可”本年处理决定数量为{value}，上年为{last}，{how}，请核实，属实的在“六、其他需要报告的事项”中说明原因"
        )


def test_a_stock_is_measured_by_its_equation_not_by_its_swing():
    stock, issued = (cell("normative_documents", key, "art20_1") for key in ("in_force", "issued"))
    found = findings(good(values={stock: 40, issued: 20}), good(year=2024, values={stock: 20, issued: 20}))
    assert found == ()


@pytest.mark.parametrize(
    ("number", "amount", "told"),
    [(50, Decimal("134.2"), False), (0, 0, False), (50, 0, True), (0, Decimal("25.1"), True)],
)
def test_purchases_and_their_amount(number, amount, told):
    found = findings(good("2019", {PURCHASES: number, AMOUNT: amount}))
    assert [one.rule for one in found] == (["T2-09"] if told else [])
    if told:
        assert "不匹配" in found[0].message


def balanced(row: CellRef, value: int, edition: str = "2021") -> dict[CellRef, int]:
    return in_both(cell("received"), row, cell("processed"), value=value)


def test_unpaid_fees_are_explained_in_the_last_section():
    report = good(values=balanced(UNPAID, 2))
    (found,) = findings(report)
    assert (found.rule, found.severity) == ("T3-06", Severity.WARNING)
    assert found.message == (
        "表三“2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请”为2件，"
        "“六、其他需要报告的事项”只写了收费金额，请补写已发收费通知、申请人逾期未缴纳2件"
    )
    told = with_text(
        "other", "发出收费通知2件，申请人逾期未缴费；未收取信息处理费。", values=balanced(UNPAID, 2)
    )
    assert findings(told) == ()


def test_too_much_left_to_the_rest():
    (found,) = findings(good(values=balanced(REST, 6)))
    assert (found.rule, found.severity) == ("T3-07", Severity.WARNING)
    assert found.message == (
        "“（六）其他处理—3.其他”占比过高（6件，占6件的100%，本软件的提示线为30%），请核实是否应归入前列情形"
    )
    assert findings(good(values=balanced(REST, 4))) == ()


def test_too_much_left_to_the_rest_in_the_older_edition():
    values = {**balanced(cell("other"), 6, "2019")}
    (found,) = findings(good("2019", values))
    assert found.rule == "T3-07"
    assert "“（六）其他处理”占比过高" in found.message


def test_a_whole_table_of_zeros_after_a_year_of_figures_is_one_finding():
    prior = good(
        year=2024,
        values={
            cell("licensing", "decisions", "art20_5"): 30,
            cell("penalty", "decisions", "art20_6"): 4,
        },
    )
    (found,) = named("T2-06", good(), prior)
    assert found.message.count("上年为") == 2
    assert "均由有到无" in found.message
    assert len(found.cells) == 2
