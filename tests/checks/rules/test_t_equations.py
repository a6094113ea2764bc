"""Every declared equation: what is consistent is silent, what moves is named, and the smallest set is reported."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks import Finding
from app.form.catalog import all_forms, form
from app.form.model import CellRef, Equation, FormDefinition, Relation, Severity
from app.session.document import ReportDocument
from tests.checks.reports import EQUATION_RULES, cell, consistent, findings, good, named

BOTH = pytest.mark.parametrize("edition", all_forms(), ids=lambda one: one.id)
TABLE_RULES = ("T", "X", "Y")


def equation_findings(report, prior=None) -> list[Finding]:
    return [one for one in findings(report, prior) if one.rule in EQUATION_RULES]


@BOTH
@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_what_is_consistent_is_silent(edition: FormDefinition, random):
    report, prior = consistent(edition, random)
    assert equation_findings(report, prior) == []
    assert not [one for one in findings(report, prior) if one.severity is Severity.ERROR]


def moves(equation: Equation, ref: CellRef, report, prior) -> int:
    """By how much to move one cell so that the equation breaks."""
    if equation.check.relation is Relation.EQUAL:
        return 3
    left = sum(report[r] for term in equation.left for r in term.cells)
    right = sum(report[r] for term in equation.right for r in term.cells)
    gap = left - right + 1
    on_the_left = any(ref in term.cells for term in equation.left)
    return -gap if on_the_left else gap


@BOTH
@pytest.mark.parametrize("seed", range(3))
def test_a_cell_that_moves_is_named_and_nothing_else(edition: FormDefinition, seed):
    report, prior = consistent(edition, Random(seed))
    before = set(findings(report, prior))
    for equation in edition.equations:
        for ref in equation.cells:
            moved = report.with_values({ref: report[ref] + moves(equation, ref, report, prior)})
            after = findings(moved, prior)
            failing = [one for one in after if one.rule in EQUATION_RULES]
            assert any(ref in one.cells for one in failing), (equation.check.id, equation.line, ref)
            fresh = [one for one in after if one not in before and one.rule.startswith(TABLE_RULES)]
            assert all(ref in one.cells for one in fresh if one.rule != "Y-03"), (ref, fresh)


@BOTH
def test_the_prior_cell_that_moves_is_noticed(edition: FormDefinition):
    report, prior = consistent(edition, Random(7))
    for equation in edition.equations:
        for term in equation.right:
            for ref in term.cells if term.prior else ():
                found = equation_findings(report, prior.with_values({ref: prior[ref] + 1}))
                assert [one.rule for one in found] == [equation.check.id]
                assert set(found[0].cells) == set(equation.cells)


# -- the smallest failing set ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        # one wrong 总计 in a row names that row, not also the column 总计
        (cell("granted", "total"), [("T3-03", "granted")]),
        (cell("received", "total"), [("T3-03", "received")]),
        (cell("carried_out", "total"), [("T3-03", "carried_out")]),
        # one wrong （七）总计 in a column names that column, not also the balance or the row
        (cell("processed", "enterprise"), [("T3-04", "enterprise")]),
        # the corner of both totals is named once
        (cell("processed", "total"), [("T3-03", "processed")]),
        # an input is named by its row and its column: where they cross is the cell
        (cell("granted", "enterprise"), [("T3-03", "granted"), ("T3-04", "enterprise")]),
        (cell("received", "research"), [("T3-03", "received"), ("T3-05", "research")]),
        (
            cell("carried_in", "research"),
            [("T3-03", "carried_in"), ("T3-05", "research"), ("Y-01", "research")],
        ),
        (cell("carried_in", "total"), [("T3-03", "carried_in")]),
        (CellRef("review", "cases", "direct_pending"), [("T4-02", "cases")]),
    ],
    ids=str,
)
def test_one_wrong_number_raises_as_few_as_possible(moved, expected):
    edition = form("2021")
    report, prior = consistent(edition, Random(11))
    found = equation_findings(report.with_values({moved: report[moved] + 2}), prior)
    lines = [(one.rule, _line(edition, one)) for one in found]
    assert sorted(lines) == sorted(expected)


def _line(edition: FormDefinition, one: Finding) -> str:
    return next(e.line for e in edition.equations if e.check.id == one.rule and e.cells == one.cells)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (cell("received", "research"), [("T3-05", "research")]),
        (cell("granted", "research"), [("T3-05", "research")]),
        (cell("carried_in", "research"), [("T3-05", "research"), ("Y-01", "research")]),
    ],
    ids=str,
)
def test_while_typing_the_total_column_follows_and_is_not_blamed(typed, expected):
    """The program keeps the totals: the column 总计 fails by just as much as the column typed in."""
    edition = form("2021")
    report, prior = consistent(edition, Random(3))
    document = ReportDocument(report, prior)
    document.set_values({typed: report[typed] + 4}, "输入")
    found = equation_findings(document.report, prior)
    assert sorted((one.rule, _line(edition, one)) for one in found) == sorted(expected)


def test_a_total_that_fails_on_its_own_account_is_reported_beside_its_parts():
    edition = form("2021")
    report, prior = consistent(edition, Random(5))
    wrong = report.with_values(
        {
            cell("granted", "total"): report[cell("granted", "total")] + 2,
            cell("processed", "total"): report[cell("processed", "total")] + 7,
        }
    )
    found = {(one.rule, _line(edition, one)) for one in equation_findings(wrong, prior)}
    assert found == {("T3-03", "granted"), ("T3-03", "processed")}


def test_a_balance_that_fails_in_total_by_more_than_its_columns_is_reported():
    edition = form("2021")
    values = dict.fromkeys(edition.cells, 0)
    values |= {cell("received"): 1, cell("received", "total"): 1, cell("carried_out", "total"): 5}
    found = [(one.rule, _line(edition, one)) for one in equation_findings(good(values=values))]
    assert found == [("T3-03", "carried_out"), ("T3-05", "natural_person")]


# -- blanks and last year -----------------------------------------------------------------------------------------------------


@BOTH
def test_an_equation_with_a_blank_is_not_evaluated(edition: FormDefinition):
    report, prior = consistent(edition, Random(1))
    for equation in edition.equations:
        others = {ref: report[ref] + 9 for ref in equation.cells[1:]}
        blanked = report.with_values({equation.cells[0]: None, **others})
        found = equation_findings(blanked, prior)
        assert not [one for one in found if one.cells == equation.cells and one.rule == equation.check.id]


def test_zeros_in_every_part_of_a_filled_total_fail():
    report = good(values={cell("granted", "total"): 5})
    (found,) = equation_findings(report)
    assert found.message == "“（一）予以公开”总计（5）≠各申请人之和（0），差5"


def test_last_year_is_only_compared_when_it_is_last_year():
    report, prior = good(), good(year=2023)
    prior = prior.with_values({cell("carried_out"): 9, cell("carried_out", "total"): 9})
    assert equation_findings(report, prior) == []
    (info,) = named("Y-03", report, prior)
    assert info.severity is Severity.INFO
    assert info.message == "对照的是2023年年报，不是上一年度（2024年）年报，未作跨年核对"


def test_from_2019_to_2021_only_the_carry_over_is_compared():
    """Y-03: the old edition has no stock in force."""
    prior = good("2019", {cell("carried_out"): 2, cell("carried_out", "total"): 2})
    documents = cell("normative_documents", "in_force", "art20_1")
    report = good("2021", {documents: 20}, year=2021)
    found = equation_findings(report, prior)
    assert [one.rule for one in found] == ["Y-01"]
    lost, info = named("Y-03", report, prior)
    assert "现行有效件数" in info.message
    assert info.section == "proactive"
    assert "2021年版格式没有的" in lost.message


def test_a_blank_carry_over_of_last_year_is_said_not_to_be_compared():
    prior = good(year=2024)
    blank = prior.with_values({ref: None for ref in prior.values if ref.row == "carried_out"})
    (info,) = named("Y-01", good(), blank)
    assert (info.severity, info.section) == (Severity.INFO, "requests")
    assert info.message == "上年年报“结转下年度继续办理”没有确认的数字（空白或者存疑），未作核对"
    (info,) = named("Y-01", good(), prior.with_values({cell("carried_out"): None}))
    assert "有1格没有确认的数字" in info.message
    assert named("Y-01", good(), prior) == []


def test_without_last_year_nothing_is_compared():
    assert findings(good(values={})) == ()


# -- words, figures, repairs ---------------------------------------------------------------------------------------------------

WORDS = [
    ("2021", {cell("granted", "total"): 5}, "T3-03", "“（一）予以公开”总计（5）≠各申请人之和（0），差5"),
    (
        "2021",
        {cell("processed"): 4, cell("processed", "total"): 4},
        "T3-04",
        "第“自然人”列（七）总计（4）≠办理结果各项之和（0），差4",
    ),
    (
        "2021",
        {cell("received"): 3, cell("received", "total"): 3},
        "T3-05",
        "第“自然人”列勾稽关系不符：第一项（3）+第二项（0）≠第三项总计（0）+第四项（0），差3",
    ),
    (
        "2021",
        {CellRef("review", "cases", "recon_total"): 2},
        "T4-02",
        "行政复议总计（2）≠结果维持+结果纠正+其他结果+尚未审结（0），差2",
    ),
    (
        "2021",
        {cell("normative_documents", "issued", "art20_1"): 3},
        "T2-04",
        "“行政规范性文件”现行有效件数（0）小于“本年制发−本年废止”（3−0），不合逻辑",
    ),
    (
        "2019",
        {
            cell("normative_documents", "created", "art20_1"): 10,
            cell("normative_documents", "published", "art20_1"): 10,
        },
        "T2-07",
        "“规范性文件”对外公开总数量（0）小于本年新公开数量（10），差10",
    ),
    (
        "2019",
        {
            cell("normative_documents", "published", "art20_1"): 2,
            cell("normative_documents", "public_total", "art20_1"): 2,
        },
        "T2-08",
        "“规范性文件”本年新公开数量（2）大于本年新制作数量（0），请核实",
    ),
]


@pytest.mark.parametrize(("edition", "values", "rule", "message"), WORDS, ids=[one[2] for one in WORDS])
def test_the_arithmetic_is_said_in_words(edition, values, rule, message):
    (found,) = equation_findings(good(edition, values))
    assert (found.rule, found.message) == (rule, message)
    assert found.severity is (Severity.WARNING if rule == "T2-08" else Severity.ERROR)
    assert set(values) & set(found.cells)
    figures = dict(found.values)
    assert {"left", "right", "difference"} <= set(figures)


def test_the_stock_is_expected_in_words():
    stock, issued = (cell("normative_documents", key, "art20_1") for key in ("in_force", "issued"))
    prior = good(year=2024, values={stock: 8})
    (found,) = equation_findings(good(values={stock: 9, issued: 2}), prior)
    assert found.rule == "Y-02"
    assert found.severity is Severity.WARNING
    assert found.message == "“行政规范性文件”现行有效件数应为10，现为9，差1，请核实清理、机构改革等原因"


def test_real_stocks_that_do_not_follow():
    """平潭 2021→2022 follows, 2022→2023 does not."""
    keys = {key: cell("normative_documents", key, "art20_1") for key in ("issued", "repealed", "in_force")}

    def year(number, issued, repealed, in_force):
        values = {keys["issued"]: issued, keys["repealed"]: repealed, keys["in_force"]: in_force}
        return good(year=number, values=values)

    assert named("Y-02", year(2022, 88, 55, 698), year(2021, 0, 0, 665)) == []
    (found,) = named("Y-02", year(2023, 77, 132, 470), year(2022, 88, 55, 698))
    assert "应为643，现为470，差173" in found.message


def test_the_carry_over_is_repaired_from_last_year():
    prior = good(year=2024, values={cell("carried_out"): 2, cell("carried_out", "total"): 2})
    (found,) = equation_findings(good(), prior)
    assert found.message == "“自然人”上年结转（0）与上年年报“结转下年度继续办理”（2）不一致，差2"
    assert found.repair is not None
    assert found.repair.text == "按上年年报改为2"
    assert found.repair.values == ((cell("carried_in"), 2),)


@BOTH
def test_every_repair_of_a_sum_settles_it(edition: FormDefinition):
    report, prior = consistent(edition, Random(23))
    for total in edition.totals:
        wrong = report.with_values({total: report[total] + 1})
        found = equation_findings(wrong, prior)
        assert len(found) == 1
        repair = found[0].repair
        assert repair is not None
        assert repair.text == f"按各项之和改为{report[total]}"
        assert wrong.with_values(dict(repair.values)) == report


def test_a_value_that_is_no_number_does_not_stop_the_check():
    report = good(values={cell("received"): "三件"})  # type: ignore[dict-item]
    assert [one.rule for one in findings(report)] == ["T3-01"]


def test_the_sum_of_lines_is_derived_from_the_declaration():
    table = form("2021").tables["requests"]
    assert {line for _, line in table.line_parts} == {"total", "processed"}


@given(
    st.lists(st.tuples(st.sampled_from(form("2021").tables["requests"].cells), st.integers(0, 9)), max_size=8)
)
@settings(max_examples=60, deadline=None)
def test_whatever_fails_something_is_reported(changes):
    """The smallest set is never empty: it is empty only when every equation holds."""
    edition = form("2021")
    report = good(values=dict(changes))
    holds = all(
        sum(report[r] for term in e.left for r in term.cells)
        == sum(report[r] for term in e.right for r in term.cells)
        for e in edition.tables["requests"].equations
        if not e.needs_prior
    )
    assert (equation_findings(report) == []) == holds


def test_repairing_one_after_the_other_ends_in_consistent_sums():
    edition = form("2021")
    values = dict(consistent(edition, Random(2))[0].values)
    wrong = {
        ref: value + 5 for ref, value in values.items() if ref in edition.totals and ref.table == "requests"
    }
    report = good(values=values | wrong)
    for _ in range(len(wrong) + 1):
        repairs = [one.repair for one in equation_findings(report) if one.repair]
        if not repairs:
            break
        report = report.with_values(dict(repairs[0].values))
    assert dict(report.values) == values


def test_last_years_stock_read_from_digits_without_a_space_is_asked_about():
    """008 in three cells can be parted in one way: good enough for a question, and it says where the number comes from."""
    stock = CellRef("art20_1", "normative_documents", "in_force")
    prior = good(year=2024).with_values({stock: None})
    report = good(values={stock: 3})
    assert named("Y-02", report, prior) == []
    (found,) = named("Y-02", report, prior, likely={stock: 8})
    assert found.message.endswith("；上年的数由连写的数字拆分得来，请先对照上年原文")
    assert named("Y-02", report, prior, likely={stock: 3}) == []
    carried = cell("carried_out")
    assert (
        named("Y-01", good(), prior.with_values({carried: None}), likely={carried: 2})[0].severity
        is Severity.INFO
    )
