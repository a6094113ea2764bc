"""Blanks, numbers and single-table rules (T2, T3, T4): each with what it finds and what it must leave alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.form.catalog import form
from app.form.model import CellRef, Severity
from tests.checks.reports import as_found, cell, findings, good, named

FEES = CellRef("art20_8", "fees", "amount")
LICENSING = CellRef("art20_5", "licensing", "decisions")
UNPAID = cell("other_fee_unpaid")
REST = cell("other_rest")
NET_CHANGE = CellRef("art20_6", "penalty", "net_change")
PURCHASES, AMOUNT = (CellRef("art20_9", "procurement", key) for key in ("purchases", "amount"))


def in_both(*refs: CellRef, value: int) -> dict[CellRef, int]:
    """The same value in a cell and in the totals of its row and column, so that only the rule looked at speaks."""
    return dict.fromkeys(refs, value) | {ref._replace(column="total"): value for ref in refs}


# -- what could not be read ---------------------------------------------------------------------------------------------------


def test_what_stands_unread_in_a_cell_is_named_and_is_no_blank():
    report = good()
    unread = {cell("received"): "“3.256”不是整数", LICENSING: "“x”不是整数"}
    blank = report.with_values(dict.fromkeys((*unread, cell("received", "total"))))
    found = findings(blank, unread=unread)
    assert [(one.rule, one.severity, one.cells) for one in found if one.rule.endswith("01")] == [
        ("T2-01", Severity.ERROR, (LICENSING,)),
        ("T3-01", Severity.ERROR, (cell("received"),)),
    ]
    assert not any(one.rule.endswith("02") for one in found)  # the total follows what stands beside it
    (left,) = [
        one
        for one in findings(blank.with_values({cell("received", "enterprise"): None}), unread=unread)
        if one.rule == "T3-02"
    ]
    assert left.message == "表三存在1个空白单元格，无数据应填“0”"
    assert left.repair.values == (
        (cell("received", "enterprise"), 0),
    )  # the total of what cannot be read is not 0


def test_a_cell_of_table_four_that_is_unread_is_told_apart_from_blanks():
    ref = CellRef("review", "cases", "recon_upheld")
    other = ref._replace(column="after_upheld")
    report = good().with_values({ref: None, other: None})
    unread, blank = findings(report, unread={ref: "“x”不是整数"})
    assert (unread.cells, blank.cells) == ((ref,), (other,))
    assert "“x”不是整数" in unread.message


# -- numbers ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "value", "rule", "fragment"),
    [
        (LICENSING, -1, "T2-01", "表二“行政许可”应填数字（无则填0）：“行政许可·本年处理决定数量”现为-1"),
        (LICENSING, Decimal("1.5"), "T2-01", "现为1.5"),
        (FEES, Decimal("-0.1"), "T2-01", "现为-0.1"),
        (FEES, Decimal("1.2345678"), "T2-01", "现为1.2345678"),
        (FEES, Decimal("NaN"), "T2-01", "现为NaN"),
        (cell("granted"), -1, "T3-01", "表三应填非负整数：“三、本年度办理结果／（一）予以公开·自然人”现为-1"),
        (CellRef("review", "cases", "after_other"), True, "T4-01", "表四应填非负整数"),
    ],
)
def test_what_is_no_number_of_its_kind(ref, value, rule, fragment):
    found = [one for one in findings(good(values={ref: value})) if one.rule == rule]
    assert len(found) == 1
    assert fragment in found[0].message
    assert found[0].cells == (ref,)
    assert found[0].severity is Severity.ERROR


@pytest.mark.parametrize("value", [0, 3, Decimal("134.2"), Decimal("5949.088667")])
def test_money_has_up_to_six_decimals(value):
    assert named("T2-01", good(values={FEES: value})) == []


def test_a_change_may_be_negative():
    """平潭 2020: 行政处罚 -18."""
    assert findings(good("2019", {NET_CHANGE: -18})) == ()


# -- blanks -----------------------------------------------------------------------------------------------------------------


def test_a_blank_row_of_table_two_is_named_once_and_filled_with_zeros():
    row = [cell("rules", key, "art20_1") for key in ("issued", "repealed", "in_force")]
    (found,) = findings(good().with_values(dict.fromkeys(row)))
    assert (found.rule, found.message) == ("T2-02", "表二“规章”为空，无数据应填“0”")
    assert found.cells == tuple(row)
    assert found.repair is not None
    assert found.repair.text == "填0"
    assert dict(found.repair.values) == dict.fromkeys(row, 0)


def test_the_blanks_of_table_three_are_counted():
    (found,) = findings(good().with_values({cell("granted"): None, cell("partial"): None}))
    assert (found.rule, found.severity) == ("T3-02", Severity.ERROR)
    assert found.message == "表三存在2个空白单元格，无数据应填“0”"
    assert found.values == (("n", "2"),)


def test_only_what_the_clerk_fills_is_counted_and_a_total_that_lacks_all_reason():
    refs = [ref for ref in form("2021").cells if ref.table == "requests"]
    empty = good().with_values(dict.fromkeys(refs))
    (found,) = [one for one in findings(empty) if one.rule == "T3-02"]
    assert found.message == "表三存在144个空白单元格，无数据应填“0”"
    assert len(found.cells) == 144
    assert dict(found.repair.values) == dict.fromkeys(refs, 0)  # with the totals
    (found,) = [
        one for one in findings(good().with_values({cell("granted", "total"): None})) if one.rule == "T3-02"
    ]
    assert found.message == "表三存在1个空白单元格，无数据应填“0”"
    assert found.cells == (cell("granted", "total"),)


def test_the_blanks_of_table_four_are_told():
    (found,) = findings(good().with_values({CellRef("review", "cases", "recon_upheld"): None}))
    assert (found.rule, found.message) == ("T4-01", f"表四存在空白（{len(found.cells)}格），无数据应填“0”")


def test_a_blank_total_is_repaired_with_its_sum():
    """上海 2019: A…F filled, G blank."""
    report = good(values=in_both(cell("received"), cell("granted"), cell("processed"), value=2))
    total = cell("received", "total")
    (found,) = findings(report.with_values({total: None}))
    assert found.rule == "T3-02"
    assert found.repair is not None
    assert found.repair.text == "填0，总计按各项之和"
    assert found.repair.values == ((total, 2),)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_all_blanks_of_an_empty_report_are_filled_by_the_repairs(edition):
    report = good(edition)
    empty = report.with_values(dict.fromkeys(report.values))
    found = findings(empty)
    assert [one.rule for one in found] == ["T2-02", "T3-02", "T4-01"]  # one for each table
    for one in found:
        assert one.repair is not None
        empty = empty.with_values(dict(one.repair.values))
    assert findings(empty) == ()


def test_a_total_without_its_parts_is_told_and_not_filled_up_with_zeros():
    """T3-08: zeros beside a total of 5 would be an invention."""
    total = cell("received", "total")
    report = good(values={total: 5})
    row = {cell("received", c.key): None for c in form("2021").tables["requests"].leaf_columns[:-1]}
    found = {one.rule: one for one in findings(report.with_values(row))}
    assert found["T3-08"].message == "“一、本年新收政府信息公开申请数量”只填了总计（5），各申请人均未填写"
    assert found["T3-08"].severity is Severity.ERROR
    assert total in found["T3-08"].cells
    assert found["T3-02"].repair is None
    assert "T3-03" not in found


def test_a_total_with_some_parts_is_no_total_without_parts():
    report = good(values=in_both(cell("received"), value=5)).with_values({cell("received", "research"): None})
    assert named("T3-08", report) == []


def test_cells_of_a_table_that_is_missing_in_the_file_are_not_called_blank():
    report = good().with_values({cell("granted"): None})
    outline = as_found(report)
    whole = findings(report, outline=outline)
    assert [one.rule for one in whole] == ["T3-02"]
    lost = tuple(table for table in outline.tables if table.section != "requests")
    assert [one.rule for one in findings(report, outline=as_found(report, tables=lost))] == ["S-13"]


@pytest.mark.parametrize(
    ("row", "table", "text", "told"),
    [
        ("normative_documents", "art20_1", "22（其中修订16件）", True),
        ("normative_documents", "art20_1", "22件", True),
        ("normative_documents", "art20_1", "22", False),
    ],
)
def test_words_in_a_cell_of_an_old_file_are_told(row, table, text, told):
    ref = cell(row, "in_force", table)
    report = good(values={ref: 22})
    outline = replace(as_found(report), worded=((ref, text),) if told else ())
    found = named("T2-01", report, outline=outline)
    assert [
        one.message.startswith(f"表二“行政规范性文件·现行有效件数”一格写作“{text}”，表中只填数字，现按22核对")
        for one in found
    ] == ([True] if told else [])


def test_a_unit_may_stand_where_the_heading_prints_none():
    ref = cell("procurement", "amount", "art20_9")
    report = good("2019", values={ref: 134})
    assert not named("T2-01", report, outline=replace(as_found(report), worded=((ref, "134.2 万元"),)))


def test_units_in_many_cells_are_one_finding_under_any_heading():
    refs = cell("received"), cell("granted")
    report = good(values=dict.fromkeys(refs, 6))
    worded = tuple((ref, "6件") for ref in refs)
    (told,) = named("T3-01", report, outline=replace(as_found(report), worded=worded))
    assert told.cells == refs
    assert "等2格写作“6件”，表中只填数字，现按6核对；不写单位" in told.message


def test_a_part_that_was_typed_and_is_no_number_is_not_called_unfilled():
    row = [cell("received", c.key) for c in form("2021").tables["requests"].leaf_columns]
    report = good(values={row[-1]: 2}).with_values({row[0]: None})
    assert named("T3-08", report) != []
    assert named("T3-08", report, unread={row[0]: "“1.5”不是整数"}) == []
