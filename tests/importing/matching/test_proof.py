"""Equations tell how digits divide and which blanks can only be 0; what they leave open stays open."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.form.catalog import form
from app.form.model import CellRef, FormDefinition, Value, ValueKind
from app.importing.importer import import_text
from app.importing.matching.digit_runs import readings, sums_of
from app.importing.matching.recognise import recognise
from app.importing.readers.text_reader import read_text
from app.importing.result import ImportResult
from app.report.model import Agency, Report
from tests.behaviour.test_import_habits import TITLE, rows_of, tab_separated, written

EDITION = form("2021")


def consistent(edition: FormDefinition, numbers: list[int]) -> dict[CellRef, Value]:
    """A report in which every sum is right, its parts from these numbers in turn."""
    values: dict[CellRef, Value] = {ref: numbers[i % len(numbers)] for i, ref in enumerate(edition.cells)}
    for _ in range(3):
        for total, equations in edition.totals.items():
            values[total] = sum(values[ref] for ref in equations[0].parts)
    return values


def report_with(values: dict[CellRef, Value], row: str, text: str, section: str = "requests") -> str:
    """The report with the numbers of one row written as this text in its first place."""
    lines = []
    for cells in rows_of(values, EDITION, section):
        line = tab_separated([cells])
        if any(cell.ref and cell.ref.row == row for cell in cells):
            labels = [cell.text for cell in cells if not cell.ref]
            line = "\t".join([*labels, text])
        lines.append(line)
    return "\n".join([TITLE, EDITION.section(section).title, *lines])


@pytest.mark.parametrize(
    ("tokens", "count", "found"),
    [
        (["1200000", "12"], 7, [(12, 0, 0, 0, 0, 0, 12)]),
        (["5", "0", "0000", "5"], 7, [(5, 0, 0, 0, 0, 0, 5)]),
        (["120000012"], 7, [(12, 0, 0, 0, 0, 0, 12)]),
        (["200002"], 7, []),
        (["1", "2", "x"], 3, []),
        (["12"], 3, []),
    ],
)
def test_readings_of_a_row_with_its_sums(tokens: list[str], count: int, found: list[tuple[int, ...]]) -> None:
    table = EDITION.tables["requests"]
    refs = [CellRef("requests", "received", column.key) for column in table.leaf_columns]
    assert readings(tokens, count, sums_of(table, refs) if count == 7 else ()) == found


def test_every_reading_is_found_where_nothing_tells() -> None:
    assert readings(["77132470"], 3) == [
        (int("77132470"[:a]), int("77132470"[a:b]), int("77132470"[b:]))
        for a in range(1, 7)
        for b in range(a + 1, 8)
    ]
    assert readings(["1" * 60], 15) == []  # more than can be looked at


def test_a_row_of_fifteen_run_together_is_divided_by_its_three_sums() -> None:
    values = consistent(EDITION, [119, 25, 91, 24, 7, 0, 3])
    row = "".join(str(values[ref]) for ref in EDITION.tables["review"].cells)
    table = EDITION.tables["review"]
    found = readings([row], 15, sums_of(table, list(table.cells)))
    assert tuple(values[ref] for ref in table.cells) in found


def test_columns_tell_where_the_row_alone_does_not() -> None:
    """11 0 0 0 0 1 12 or 1 10 … : the columns of the other rows leave one."""
    values = consistent(EDITION, [0])
    for row in ("received", "granted", "processed"):
        for column, number in (("natural_person", 1), ("enterprise", 10), ("total", 11)):
            values[CellRef("requests", row, column)] = number
    result = import_text(report_with(values, "received", "110000011"))
    told = [one for one in result.unsure if one.cell.row == "received"]
    assert {one.reason for one in told} == {"数字相连，按各列的勾稽关系拆分，请核对"}
    assert all(result.report[one.cell] == values[one.cell] for one in told)
    assert len(told) == 7


def test_last_year_tells_where_this_report_does_not() -> None:
    values = consistent(EDITION, [0])
    text = report_with(values, "normative_documents", "77132470", "proactive")
    last = {CellRef("art20_1", "normative_documents", "in_force"): 525}  # 525 + 77 − 132 = 470
    prior = Report("2021", 2021, Agency("某县某镇人民政府"), last)
    assert not any(ref.row == "normative_documents" for ref in import_text(text).report.values)
    result = recognise(read_text(text), "年报", prior)
    got = [
        result.report[CellRef("art20_1", "normative_documents", c)]
        for c in ("issued", "repealed", "in_force")
    ]
    assert got == [77, 132, 470]
    assert {one.reason for one in result.unsure} == {"数字相连，按上年报告的数字拆分，请核对"}


def test_blanks_beside_a_total_that_is_already_reached_are_proposed_as_zero() -> None:
    values: dict[CellRef, Value] = {
        CellRef("requests", "received", c): 4 for c in ("natural_person", "total")
    }
    result = import_text(
        f"{TITLE}\n{EDITION.section('requests').title}\n"
        + tab_separated(rows_of(values, EDITION, "requests"))
    )
    told = {one.cell: one for one in result.unsure}
    assert {ref.column for ref in told} == {
        "enterprise",
        "research",
        "public_welfare",
        "legal_service",
        "other_entity",
    }
    assert {result.report[ref] for ref in told} == {0}
    assert told[CellRef("requests", "received", "research")].reason == (
        "原文是空白；按“总计等于自然人与法人或其他组织之和”只能是0，请核对"
    )
    assert len(result.missing) == 193
    assert not any(ref in result.certain.values for ref in told)


@pytest.mark.parametrize("mark", ["/", "—", "无"])
def test_marks_that_can_only_be_zero_are_no_longer_called_blank(mark: str) -> None:
    values = consistent(EDITION, [0, 3])
    text = written(values, EDITION, "tabs").replace("\t0\t", f"\t{mark}\t")
    result = import_text(text)
    assert all(values[ref] == value for ref, value in result.report.values.items())
    proposed = [one for one in result.unsure if f"写的是“{mark}”" in one.reason]
    assert len(proposed) > 10
    assert not {one.cell for one in proposed} & set(result.missing)


def test_an_equation_that_is_wrong_or_open_proves_nothing() -> None:
    for total in (5, None):
        values: dict[CellRef, Value] = {CellRef("requests", "received", "natural_person"): 4}
        if total:
            values[CellRef("requests", "received", "total")] = total
        body = tab_separated(rows_of(values, EDITION, "requests"))
        result = import_text(f"{TITLE}\n{EDITION.section('requests').title}\n{body}")
        assert dict(result.report.values) == values
        assert result.unsure == ()


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_zeros_left_out_and_rows_run_together_are_right_or_told(data: st.DataObject) -> None:
    """Each row as it is, without its zeros, or with its digits run together: never wrong in silence."""
    edition = form(data.draw(st.sampled_from(["2019", "2021"])))
    values = consistent(edition, data.draw(st.lists(st.integers(0, 120), min_size=7, max_size=40)))
    parts = [TITLE]
    for section in edition.sections:
        parts.append(section.title)
        for cells in rows_of(values, edition, section.key) if section.tables else ():
            habit = data.draw(st.sampled_from(["plain", "plain", "no zeros", "together"]))
            texts = [
                cell.text if cell.ref is None or habit == "plain" or cell.text != "0" else ""
                for cell in cells
            ]
            if habit == "together" and all(edition.kind(c.ref) is ValueKind.COUNT for c in cells if c.ref):
                numbers = "".join(cell.text for cell in cells if cell.ref)
                texts = [cell.text for cell in cells if not cell.ref] + ([numbers] if numbers else [])
            parts.append("\t".join([*texts, ""]))
    result: ImportResult = import_text("\n".join(parts))
    doubtful = {one.cell for one in result.unsure}
    wrong = {r: v for r, v in result.report.values.items() if r not in doubtful and values[r] != v}
    assert wrong == {}


def row_of_litigation(*texts: str) -> ImportResult:
    """表四 with these fifteen texts."""
    rows = rows_of({}, EDITION, "review")
    head = tab_separated(rows[:-1])
    pipes = "\n".join(f"| {line.replace(chr(9), ' | ')} |" for line in head.split("\n"))
    return import_text(f"{TITLE}\n{EDITION.section('review').title}\n{pipes}\n| {' | '.join(texts)} |")


def test_a_number_broken_by_a_narrow_cell_is_certain_where_the_sum_of_its_row_says_so() -> None:
    result = row_of_litigation("59 1", "91 1", "0", "0", "150 2", *["0"] * 10)
    assert result.unsure == ()
    assert result.report[CellRef("review", "cases", "recon_total")] == 1502


def test_a_number_that_only_equals_itself_is_certain_where_its_column_adds_up_too() -> None:
    """17 / 7 of one person and in all: 177 by the sum of the column, and nothing where that fails."""
    for total, is_certain in ((177, True), (178, False)):
        values = consistent(EDITION, [0])
        for row, number in (("partial", 177), ("processed", total), ("received", total)):
            for column in ("natural_person", "total"):
                values[CellRef("requests", row, column)] = number
        lines = [
            "| "
            + " | ".join(
                "17 7" if cell.ref and cell.ref.row == "partial" and cell.text == "177" else cell.text
                for cell in row
            )
            + " |"
            for row in rows_of(values, EDITION, "requests")
        ]
        result = import_text("\n".join([TITLE, EDITION.section("requests").title, *lines]))
        ref = CellRef("requests", "partial", "natural_person")
        assert (ref in result.certain.values) == is_certain
        assert result.report[ref] == 177


@pytest.mark.parametrize(
    "texts",
    [
        ("59 1", "0", "0", "0", "59 1"),  # it equals itself: may be two numbers twice
        ("59 1", "91 1", "0", "0", "150 3"),
        ("59 1", "91 1", "0", "0", ""),
    ],
)
def test_where_no_sum_tells_a_broken_number_stays_doubtful(texts: tuple[str, ...]) -> None:
    result = row_of_litigation(*texts, *["0"] * 10)
    assert CellRef("review", "cases", "recon_upheld") in {one.cell for one in result.unsure}


def test_numbers_in_a_row_of_their_own_make_the_row_above_doubtful() -> None:
    """The page ended in the middle of the row: 59 of 591, and 1 on the next page."""
    rows = rows_of(dict.fromkeys(EDITION.tables["review"].cells, 59), EDITION, "review")
    text = tab_separated(rows) + "\n" + "\t".join("1" for _ in range(15))
    result = import_text(f"{TITLE}\n{EDITION.section('review').title}\n{text}")
    assert {one.cell for one in result.unsure} == set(EDITION.tables["review"].cells)


def test_two_rows_that_no_row_tells_are_divided_together_by_their_columns() -> None:
    """22 0 0 0 0 0 22 or 2 20 0 0 0 0 22, and 19 1 … 20 or 1 9 10 …: only one pair adds up to the total."""
    values = consistent(EDITION, [0])
    for row, natural, enterprise in (
        ("granted", 22, 0),
        ("partial", 19, 1),
        ("processed", 41, 1),
        ("received", 41, 1),
    ):
        numbers = {"natural_person": natural, "enterprise": enterprise, "total": natural + enterprise}
        values |= {CellRef("requests", row, column): number for column, number in numbers.items()}
    lines = []
    for cells in rows_of(values, EDITION, "requests"):
        run = any(cell.ref and cell.ref.row in ("granted", "partial") for cell in cells)
        texts = [cell.text for cell in cells if not cell.ref]
        numbers_ = [cell.text for cell in cells if cell.ref]
        lines.append("\t".join([*texts, *(["".join(numbers_)] if run else numbers_)]))
    result = import_text("\n".join([TITLE, EDITION.section("requests").title, *lines]))
    assert {ref: v for ref, v in result.report.values.items() if values[ref] != v} == {}
    assert len(result.report.values) == len(EDITION.tables["requests"].cells)
    assert {one.cell.row for one in result.unsure} == {"granted", "partial"}
