"""The two editions are what the notices print: cells, keys, equations and merges."""

import pytest

from app.documents.blocks import CellRole
from app.documents.layout import printed_table
from app.form.catalog import all_forms, form, form_for_year
from app.form.model import Axis, CellRef, FormDefinition, ValueKind

BOTH = pytest.mark.parametrize("edition", all_forms(), ids=lambda one: one.id)


def test_the_editions_have_198_and_200_cells_and_share_172():
    old, new = form("2019"), form("2021")
    assert len(old.cells) == len(old.cell_set) == 198
    assert len(new.cells) == len(new.cell_set) == 200
    assert len(old.cell_set & new.cell_set) == 172


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021")])
def test_each_year_has_its_edition(year, edition):
    assert form_for_year(year).id == edition


def test_one_edition_ends_where_the_next_begins_and_the_newest_goes_on():
    forms = all_forms()
    assert [one.id for one in forms] == [str(one.first_year) for one in forms]
    assert [one.last_year for one in forms] == [*(one.first_year - 1 for one in forms[1:]), None]
    assert form_for_year(forms[-1].first_year + 50) == forms[-1]


@BOTH
def test_what_an_earlier_edition_calls_otherwise_is_a_cell_of_that_edition(edition: FormDefinition):
    for earlier in edition.earlier_values:
        assert form(earlier.form).first_year < edition.first_year
        assert earlier.source in form(earlier.form).cell_set


@pytest.mark.parametrize(("edition", "rows"), [("2019", 23), ("2021", 25)])
def test_table_three_has_one_sum_a_row_and_two_equations_a_column(edition, rows):
    found = [e.check.id for e in form(edition).tables["requests"].equations]
    assert found.count("T3-03") == rows
    assert found.count("T3-04") == 7
    assert found.count("T3-05") == 7
    assert found.count("Y-01") == 7


def test_the_2021_edition_declares_the_39_equations_of_table_three_and_3_of_table_four():
    edition = form("2021")
    assert sum(e.check.id in ("T3-03", "T3-04", "T3-05") for e in edition.equations) == 39
    assert sum(e.check.id == "T4-02" for e in edition.equations) == 3


@pytest.mark.parametrize(("edition", "parts"), [("2019", 19), ("2021", 21)])
def test_processed_adds_every_result_row_once(edition, parts):
    equation = next(e for e in form(edition).equations if e.check.id == "T3-04")
    assert len(equation.parts) == len(set(equation.parts)) == parts


def test_stock_rolls_for_rules_and_normative_documents():
    found = [e for e in form("2021").equations if e.check.id == "Y-02"]
    assert [e.line for e in found] == ["rules", "normative_documents"]
    assert all(e.needs_prior for e in found)


@BOTH
def test_what_is_carried_out_is_carried_in_in_all_seven_columns(edition: FormDefinition):
    assert len(edition.carried) == 7
    for target, source in edition.carried.items():
        assert (target.row, source.row) == ("carried_in", "carried_out")
        assert target.column == source.column


@BOTH
def test_every_printed_place_is_covered_exactly_once(edition: FormDefinition):
    for section in edition.sections:
        if not section.tables:
            continue
        table = printed_table(section, str)
        covered = [
            (cell.row + r, cell.column + c)
            for cell in table.cells
            for r in range(cell.row_span)
            for c in range(cell.column_span)
        ]
        assert sorted(covered) == [(r, c) for r in range(table.rows) for c in range(table.columns)]
        assert sum(table.widths) == pytest.approx(156), "the type area is 156 mm wide"


@BOTH
def test_every_cell_is_printed_once(edition: FormDefinition):
    printed = [
        cell.ref
        for section in edition.sections
        if section.tables
        for cell in printed_table(section, str).cells
        if cell.role is CellRole.VALUE
    ]
    assert printed == list(edition.cells)


@pytest.mark.parametrize(
    ("edition", "section", "rows", "columns"),
    [
        ("2019", "proactive", 18, 4),
        ("2021", "proactive", 14, 4),
        ("2019", "requests", 26, 10),
        ("2021", "requests", 28, 10),
        ("2019", "review", 4, 15),
        ("2021", "review", 4, 15),
    ],
)
def test_the_grids_have_the_official_size(edition, section, rows, columns):
    table = printed_table(form(edition).section(section), str)
    assert (table.rows, table.columns) == (rows, columns)


@pytest.mark.parametrize(("edition", "span"), [("2019", 20), ("2021", 22)])
def test_the_results_heading_spans_all_result_rows(edition, span):
    """三、本年度办理结果 of 表三; the edition of 2021 has two rows more."""
    table = printed_table(form(edition).section("requests"), str)
    assert max(cell.row_span for cell in table.cells if cell.role is CellRole.ROW) == span


@BOTH
def test_every_equation_speaks_in_words_with_known_fields(edition: FormDefinition):
    fields = dict.fromkeys(["left1", "left2", "right1", "right2", "expected", "difference"], "1")
    for equation in edition.equations:
        said = equation.check.message.format(line=equation.line_label, left="1", right="2", **fields)
        assert "{" not in said
        assert equation.check.text


@BOTH
def test_totals_are_the_total_column_the_processed_row_and_the_review_totals(edition: FormDefinition):
    for total in edition.totals:
        assert total.column.endswith("total") or total.row == "processed"
    rows = len(edition.tables["requests"].leaf_rows)
    assert len(edition.totals) == rows + 6 + 3


def test_money_is_money_and_changes_may_be_negative():
    old, new = form("2019"), form("2021")
    assert new.kind(CellRef("art20_8", "fees", "amount")) is ValueKind.MONEY
    assert old.kind(CellRef("art20_9", "procurement", "amount")) is ValueKind.MONEY
    assert old.kind(CellRef("art20_6", "penalty", "net_change")) is ValueKind.SIGNED
    assert new.kind(CellRef("requests", "received", "total")) is ValueKind.COUNT


@BOTH
def test_equations_stay_in_their_table_and_line(edition: FormDefinition):
    for equation in edition.equations:
        for ref in equation.cells:
            assert ref in edition.cell_set
            assert ref.table == equation.table
            assert equation.line == (ref.column if equation.check.axis is Axis.ROW else ref.row)


@BOTH
def test_cells_are_named_in_words(edition: FormDefinition):
    names = [edition.label(ref) for ref in edition.cells]
    assert all(names)
    assert len(set(names)) >= len(names) - 2 * 9, "only the small tables of 表二 share words across bands"
