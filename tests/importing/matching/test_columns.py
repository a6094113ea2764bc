"""Tables that are not quite the official one: columns added, left out or moved, running numbers, rows for whole groups."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.documents.blocks import Cell
from app.form.catalog import form
from app.form.model import CellRef, Value
from app.importing.importer import import_text
from app.importing.result import ImportResult
from tests.behaviour.test_import_habits import TITLE, rows_of
from tests.importing.making import numbers

EDITION = form("2021")
Rows = list[list[Cell]]


def grid(section: str, values: dict[CellRef, Value] | None = None) -> Rows:
    return rows_of(values or numbers(EDITION, 100), EDITION, section)


def table(rows: Rows) -> str:
    def cell(one: Cell) -> str:
        return f"<td rowspan={one.row_span} colspan={one.column_span}>{one.text}</td>"

    return "<table>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows) + "</table>"


def imported(section: str, rows: Rows) -> ImportResult:
    title = EDITION.section(section).title
    return import_text(f"<html><body><p>{TITLE}</p><p>{title}</p>{table(rows)}</body></html>")


def added(text: str, down: int = 1) -> Cell:
    return Cell(0, 0, text, down)


def last_column(heading: str, text: str) -> Rows:
    rows = grid("requests")
    return [
        [*row, added(heading, 3)] if i == 0 else row if i < 3 else [*row, added(text)]
        for i, row in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("heading", "text"), [("备注", ""), ("备注", "已核"), ("上年总计", "7"), ("同比增长", "12%")]
)
def test_a_column_of_its_own_costs_nothing_and_is_told(heading: str, text: str) -> None:
    result = imported("requests", last_column(heading, text))
    assert len(result.report.values) == len(EDITION.tables["requests"].cells)
    assert (result.unsure, set(result.unused)) == ((), {text} - {""})


def test_a_column_of_numbers_without_a_heading_is_not_used() -> None:
    result = imported("requests", last_column("", "7"))
    wanted = {ref: v for ref, v in numbers(EDITION, 100).items() if ref.table == "requests"}
    assert (dict(result.report.values), result.unsure, set(result.unused)) == (wanted, (), {"7"})


@pytest.mark.parametrize("this_year", ["5", ""])
def test_last_years_column_beside_is_not_taken_for_this_years(this_year: str) -> None:
    """本年处理决定数量 and 上年处理决定数量 differ by one character; the year is what matters."""
    rows: Rows = []
    for row in grid("proactive"):
        if len(row) == 2 and row[1].ref:
            row = [row[0], replace(row[1], text=this_year, column_span=2), added("99")]
        elif len(row) == 2:
            row = [row[0], replace(row[1], column_span=2), added(row[1].text.replace("本年", "上年"))]
        rows.append(row)
    result = imported("proactive", rows)
    ref = CellRef("art20_5", "licensing", "decisions")
    assert result.certain[ref] == (int(this_year) if this_year else None)
    assert "99" in result.unused or ref in {one.cell for one in result.unsure}


def test_last_years_column_instead_of_another_is_doubtful() -> None:
    rows = [
        [replace(cell, text=cell.text.replace("本年废止件数", "上年制发件数")) for cell in row]
        for row in grid("proactive")
    ]
    result = imported("proactive", rows)
    assert not any(ref.table == "art20_1" for ref in result.certain.values)


def moved(change: Callable[[list[Cell], int], list[Cell]], section: str = "requests") -> ImportResult:
    return imported(section, [change(list(row), i) for i, row in enumerate(grid(section))])


def test_the_total_before_the_others_is_read_by_its_heading() -> None:
    def change(row: list[Cell], line: int) -> list[Cell]:
        if line in (0, 2):
            return row
        first = 0 if line == 1 else next(i for i, cell in enumerate(row) if cell.ref)
        return [*row[:first], row[-1], *row[first:-1]]

    result = moved(change)
    wanted = {ref: v for ref, v in numbers(EDITION, 100).items() if ref.table == "requests"}
    assert (dict(result.report.values), result.unsure) == (wanted, ())


def test_a_grand_total_beside_the_litigation_table_is_not_one_of_its_totals() -> None:
    def change(row: list[Cell], line: int) -> list[Cell]:
        return [*row, added("合计" if line == 0 else "9" if row[0].ref else "")]

    result = moved(change, "review")
    wanted = {ref: v for ref, v in numbers(EDITION, 100).items() if ref.table == "review"}
    assert (dict(result.report.values), result.unused) == (wanted, ("9",))


def test_running_numbers_before_the_labels_are_not_used() -> None:
    result = moved(lambda row, line: [added("序号" if line == 0 else str(line)), *row])
    wanted = {ref: v for ref, v in numbers(EDITION, 100).items() if ref.table == "requests"}
    assert (dict(result.report.values), result.unsure) == (wanted, ())


def without_parts(text: str) -> Rows:
    """The form of 2019: （六）其他处理 is one row."""
    rows: Rows = []
    for row in grid("requests"):
        values = [replace(cell, text=text) for cell in row if cell.ref]
        if any(cell.text.startswith("（六）") for cell in row):
            rows.append([replace(row[0], row_span=1, column_span=2), *values])
        elif not (values and values[0].ref and values[0].ref.row.startswith("other_")):
            rows.append(row)
    return rows


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("0", 0, "原文只有“（六）其他处理”一行，是0，各小项只能是0，请核对"),
        ("5", None, "原文只有“（六）其他处理”一行，没有分各小项"),
    ],
)
def test_one_row_for_a_group_is_divided_only_where_it_is_zero(
    text: str, value: int | None, reason: str
) -> None:
    result = imported("requests", without_parts(text))
    told = {one.cell: one for one in result.unsure}
    assert {ref.row for ref in told} == {"other_not_corrected", "other_fee_unpaid", "other_rest"}
    assert {one.reason for one in told.values()} == {reason}
    assert {result.report[ref] for ref in told} == {value}
    assert result.unused == ()


def test_subtotals_of_a_group_beside_its_rows_are_only_listed() -> None:
    rows: Rows = []
    for row in grid("requests"):
        group = next((c for c in row if c.text.startswith("（四）")), None)
        if group is not None:
            rows.append([replace(group, row_span=1, column_span=2), *(added("6") for _ in range(7))])
            row = [replace(group, text=""), *row[1:]]
        if row[0].text.startswith("三、"):
            row = [replace(row[0], row_span=row[0].row_span + 1), *row[1:]]
        rows.append(row)
    result = imported("requests", rows)
    assert (len(result.report.values), result.unsure) == (len(EDITION.tables["requests"].cells), ())
    assert result.unused == ("（四）无法提供 | 6 | 6 | 6 | 6 | 6 | 6 | 6",)


@pytest.mark.parametrize("text", ["0", "5"])
def test_a_group_with_an_empty_cell_for_its_parts_is_read_like_a_merged_one(text: str) -> None:
    rows = [
        [replace(row[0], column_span=1), added(""), *row[1:]]
        if any(cell.text.startswith("（六）") for cell in row)
        else row
        for row in without_parts(text)
    ]
    merged, apart = (imported("requests", one) for one in (without_parts(text), rows))
    assert apart.report.values == merged.report.values
    assert apart.unsure == merged.unsure != ()


@pytest.mark.parametrize("label", ["2.其他法律行政止公开", "某某", ""])
def test_a_misprinted_or_lost_label_between_two_known_rows_proposes_the_row_that_is_missing(
    label: str,
) -> None:
    """2.其他法律行政止公开: a font that lost two characters of the label."""
    row = "denied_by_law"
    rows = [
        [
            cell if cell.ref or not cell.text.startswith("2.其他") else replace(cell, text=label)
            for cell in line
        ]
        for line in grid("requests")
    ]
    result = imported("requests", rows)
    wanted = {ref: v for ref, v in numbers(EDITION, 100).items() if ref.table == "requests"}
    assert dict(result.report.values) == wanted
    assert {one.cell.row for one in result.unsure} == {row}
    assert all("按前后两行推定" in one.reason for one in result.unsure)
    assert result.unused == ()


def test_two_strange_rows_where_one_is_missing_are_not_used() -> None:
    rows = grid("requests")
    at = next(i for i, row in enumerate(rows) if row[0].text.startswith("2.其他"))
    strange = [replace(rows[at][0], text="某某"), *rows[at][1:]]
    result = imported("requests", [*rows[:at], strange, strange, *rows[at + 1 :]])
    assert not any(ref.row == "denied_by_law" for ref in result.report.values)
    assert len(result.unused) == 2
