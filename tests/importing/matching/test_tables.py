"""Which of the numbers behind a label belongs to which column: a row that is shifted by a column is never certain."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.blocks import Cell, Paragraph, TableBlock
from app.documents.layout import printed_table
from app.form.catalog import form
from app.form.model import Axis, CellRef, CrossCheck, FormDefinition, Heading, Section, TableSpec, Term
from app.importing.importer import import_text
from app.importing.matching.collected import Collected
from app.importing.matching.labels import Labels
from app.importing.matching.recognise import recognise
from app.importing.matching.tables import NO_COLUMN, TableMatcher
from app.importing.result import ImportResult, Spot
from app.importing.source import Source
from tests.importing.matching.test_proof import consistent

EDITION = form("2021")
TITLE = Paragraph("甲镇人民政府2024年政府信息公开工作年度报告")
COLUMNS = [column.key for column in EDITION.tables["requests"].leaf_columns]


def total(key: str, part: str) -> CrossCheck:
    return CrossCheck(key, Axis.COLUMN, (Term(key),), (Term(part),), "等于", "不等", computes=True)


# Two pairs of a number and its total, and a column that is in no sum.
PAIRS = TableSpec(
    "pairs",
    tuple(Heading(f"甲乙丙丁戊第{key}列", key) for key in ("a", "a_total", "b", "b_total", "alone")),
    (Heading("办理的件数合起来", "row"),),
    cross_checks=(total("a_total", "a"), total("b_total", "b")),
)
SMALL = FormDefinition("small", "", "", "", 2020, None, (Section("pairs", "一、两对", (PAIRS,)),))


def read_pairs(*texts: str, unruled: str = "") -> tuple[dict[str, object], set[str]]:
    """What is read from the cells behind the label, each in a line of its own, and which columns are doubtful."""
    collected = Collected(SMALL)
    cells = [Cell(0, 0, PAIRS.rows[0].label)] + [Cell(0, at, text) for at, text in enumerate(texts, 1)]
    TableMatcher(Labels(SMALL), collected).read(
        TableBlock(tuple(cells), 1, len(cells)),
        lambda row, column: Spot(f"{row}.{column}", block=column),
        unruled=unruled,
    )
    values = {ref.column: value for ref, value in collected.values.items()}
    return values, {ref.column for ref in collected.unsure}


EVERY = {column.key for column in PAIRS.columns}


def test_as_many_cells_as_columns_are_those_columns():
    assert read_pairs("3", "3", "", "", "7") == ({"a": 3, "a_total": 3, "alone": 7}, set())


def test_the_only_place_for_all_numbers_is_certain():
    found = {"a": 3, "a_total": 3, "b": 4, "b_total": 4, "alone": 7}
    assert (
        read_pairs("", "3", "3", "4", "4", "7") == read_pairs("3", "3", "4", "4", "7", "") == (found, set())
    )


def test_a_place_that_alone_fits_the_sums_is_proposed_and_doubtful():
    """A total that was left out, and a part that happens to be the sum of the others, fit a column beside."""
    found = {"a": 3, "a_total": 3, "b": 4, "b_total": 4}
    assert read_pairs("", "3", "3", "4", "4", "") == (found, set(found))


def test_of_two_places_that_fit_none_is_taken():
    """3 3 may be either pair."""
    assert read_pairs("", "", "3", "3", "", "", "") == ({}, EVERY)


@pytest.mark.parametrize(
    "texts", [("", "", "", "", "7", ""), ("", "0", "0", "", "", ""), ("", "0", "0", "0", "0", "")]
)
def test_sums_of_blanks_and_zeros_tell_no_place(texts):
    """7 would be in the one column without a sum, the sums beside it being blank."""
    assert read_pairs(*texts) == ({}, EVERY)


def shifted(values: dict[CellRef, int], row: str, before: int, after: int, section: str) -> ImportResult:
    """A report in which one row has blank cells more before and after its numbers than the table has columns."""
    block = printed_table(EDITION.section(section), lambda ref: str(values.get(ref, "")))
    (line,) = {cell.row for cell in block.cells if cell.ref is not None and cell.ref.row == row}
    first = min(cell.column for cell in block.cells if cell.row == line and cell.ref is not None)
    cells = [
        replace(cell, column=cell.column + before) if cell.row == line and cell.ref is not None else cell
        for cell in block.cells
    ]
    cells += [Cell(line, first + at, "") for at in range(before)]
    cells += [Cell(line, block.columns + before + at, "") for at in range(after)]
    plain = [replace(cell, ref=None) for cell in cells]
    table = replace(block, cells=tuple(plain), columns=block.columns + before + after)
    heading = Paragraph(EDITION.section(section).title)
    return recognise(Source((TITLE, heading, table), "docx"), "年报.docx")


def never_wrong(result: ImportResult, values: dict[CellRef, int], table: str) -> None:
    certain = {ref: value for ref, value in result.certain.values.items() if ref.table == table}
    assert {ref: value for ref, value in certain.items() if values.get(ref) != value} == {}


@settings(max_examples=40, deadline=None)
@given(
    numbers=st.lists(st.integers(0, 3), min_size=6, max_size=6),
    shown=st.lists(st.booleans(), min_size=7, max_size=7),
    before=st.integers(0, 3),
    after=st.integers(0, 3),
    zeros=st.booleans(),
)
def test_a_row_of_table_three_with_cells_too_many_is_right_or_not_certain(
    numbers, shown, before, after, zeros
):
    refs = [CellRef("requests", "granted", column) for column in COLUMNS]
    given_row = [*numbers, sum(numbers)]
    values = {
        ref: number
        for ref, number, is_shown in zip(refs, given_row, shown, strict=True)
        if (number or zeros) and is_shown
    }
    never_wrong(shifted(values, "granted", before, after, "requests"), values, "requests")


@pytest.mark.parametrize("block", [0, 1, 2])
@pytest.mark.parametrize("before", range(11))
def test_one_block_of_table_four_among_blanks_is_never_certain_in_another(block, before):
    """行政复议, 未经复议直接起诉 and 复议后起诉 have the same five columns: the sums fit every five cells on."""
    columns = [column.key for column in EDITION.tables["review"].leaf_columns]
    five = zip(columns[5 * block : 5 * block + 5], (1, 0, 0, 2, 3), strict=True)
    values = {CellRef("review", "cases", column): number for column, number in five}
    never_wrong(shifted(values, "cases", before, 10 - before, "review"), values, "review")


def test_too_many_cells_say_why_they_are_doubtful():
    values = {CellRef("review", "cases", "direct_upheld"): 1, CellRef("review", "cases", "direct_total"): 1}
    result = shifted(values, "cases", 5, 0, "review")
    assert {one.reason for one in result.unsure} == {NO_COLUMN}
    assert result.certain.values == {}


@pytest.mark.parametrize("drop", range(7))
def test_a_row_with_a_number_too_few_is_not_certain(drop):
    """Six numbers for seven columns, in text with tabs."""
    values = consistent(EDITION, [3, 1, 4, 1, 5])
    row = [str(values[CellRef("requests", "granted", column)]) for column in COLUMNS]
    del row[drop]
    lines = [TITLE.text, EDITION.section("requests").title, "\t".join(["（一）予以公开", *row])]
    result = import_text("\n".join(lines))
    assert {ref for ref in result.certain.values if ref.row == "granted"} == set()


@pytest.mark.parametrize(
    ("kind", "text", "is_doubtful"),
    [
        ("txt", "1200012", True),  # seven digits for seven columns
        ("txt", "120012", True),  # no heading tells the columns: a row that is not whole
        ("docx", "1200012", False),  # borders hold numbers apart: only very long ones are suspected
        ("docx", "1000000000001", True),
    ],
)
def test_one_long_number_in_a_row_of_blanks_may_be_the_whole_row(kind, text, is_doubtful):
    cells = (Cell(0, 0, "（一）予以公开"), Cell(0, 1, text), *(Cell(0, at, "") for at in range(2, 8)))
    heading = Paragraph(EDITION.section("requests").title)
    result = recognise(Source((TITLE, heading, TableBlock(cells, 1, 8)), kind), f"年报.{kind}")
    ref = CellRef("requests", "granted", "natural_person")
    assert result.trace(ref).text == text
    assert (ref in {one.cell for one in result.unsure}) == is_doubtful


def test_numbers_under_a_row_without_a_label_are_told_and_make_the_row_above_doubtful():
    rows = ["（一）予以公开", "1", "0", "0", "0", "0", "0", "1"], ["", "2", "0", "0", "0", "0", "0", "2"]
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    result = recognise(Source((TITLE, TableBlock(cells, 2, 8)), "docx"), "年报.docx")
    assert {one.cell.row for one in result.unsure} == {"granted"}
    assert result.unused == ("2 | 0 | 0 | 0 | 0 | 0 | 2",)


def test_a_table_with_the_figures_of_last_year_beside_gives_no_certain_number():
    """Two numbers under two headings of years, where the form has one column."""
    head = ("信息内容", "上年处理决定数量", "本年处理决定数量")
    rows = [("第二十条第（六）项",), head, ("行政处罚", "7", "9")]
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    result = recognise(Source((TITLE, TableBlock(cells, 3, 3)), "docx"), "年报.docx")
    ref = CellRef("art20_6", "penalty", "decisions")
    assert result.certain[ref] in (None, 9)


@pytest.mark.parametrize(
    ("unruled", "texts", "is_doubtful"),
    [
        ("html", ("3", "4", "5", "5", "7"), False),  # a cell a line, in the order of the page
        ("pdf", ("3", "4", "5", "5", "7"), True),  # drawn lines may be out of order
        ("pdf", ("3", "3", "5", "5", "7"), False),
        ("ofd", ("3", "3", "5", "4", "7"), True),
    ],
)
def test_numbers_on_a_drawn_page_without_borders_are_certain_only_where_they_add_up(
    unruled, texts, is_doubtful
):
    _, doubtful = read_pairs(*texts, unruled=unruled)
    assert doubtful == (EVERY if is_doubtful else set())


@pytest.mark.parametrize("count", [6, 7, 8])
def test_numbers_for_a_whole_group_are_used_only_where_each_column_has_one(count):
    """2019's single 其他处理 in a report of 2021: only 0 can be divided."""
    texts = ("（六）其他处理", *["0"] * count)
    cells = tuple(Cell(0, at, text) for at, text in enumerate(texts))
    result = recognise(Source((TITLE, TableBlock(cells, 1, len(cells))), "docx"), "年报.docx")
    rows = {ref.row for ref in result.report.values}
    assert rows == ({"other_not_corrected", "other_fee_unpaid", "other_rest"} if count == 7 else set())
    assert result.certain.values == {}
    assert result.unused == (() if count == 7 else (" | ".join(texts),))


@pytest.mark.parametrize("texts", [("", "3", "", ""), ("", "3", "4", ""), ("", "", "3", "", "")])
def test_in_a_table_without_sums_nothing_tells_which_of_several_places(texts):
    cells = tuple(Cell(0, at, text) for at, text in enumerate(("规章", *texts)))
    result = recognise(Source((TITLE, TableBlock(cells, 1, len(cells))), "docx"), "年报.docx")
    assert result.report.values == {}
    assert {one.cell.row for one in result.unsure} == {"rules"}


def test_beside_a_strange_column_a_number_under_no_heading_makes_the_row_doubtful():
    rows = [("第二十条第（六）项",), ("信息内容", "本年处理决定数量", "备注"), ("行政处罚", "9", "", "5")]
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    result = recognise(Source((TITLE, TableBlock(cells, 3, 4)), "docx"), "年报.docx")
    assert result.certain.values == {}
    assert {str(one.cell) for one in result.unsure} == {"art20_6.penalty.decisions"}
