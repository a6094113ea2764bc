"""A report written down in any of the habits of real files is read back right: every number in its cell, or told."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.blocks import Cell
from app.documents.layout import printed_table
from app.form.catalog import form
from app.form.model import CellRef, FormDefinition, Value, ValueKind
from app.importing.importer import import_text
from app.importing.result import ImportResult
from app.report.entry import show_value
from tests.importing.making import on_the_grid

EDITIONS = ("2019", "2021")
TITLE = "某县某镇人民政府2022年政府信息公开工作年度报告"


def shown(ref: CellRef, value: Value | None, edition: FormDefinition) -> str:
    """As a clerk prints it: an amount of the 2019 edition with its unit."""
    text = show_value(value)
    bare = (
        edition.kind(ref) is not ValueKind.MONEY
        or "万元" in edition.tables[ref.table].column(ref.column).label
    )
    return text if bare or not text else text + "万元"


def rows_of(values: dict[CellRef, Value], edition: FormDefinition, section: str) -> list[list[Cell]]:
    block = printed_table(edition.section(section), lambda ref: shown(ref, values.get(ref), edition))
    rows: list[list[Cell]] = [[] for _ in range(block.rows)]
    for cell in sorted(block.cells, key=lambda one: (one.row, one.column)):
        rows[cell.row].append(cell)
    return rows


def one_cell_a_line(rows: list[list[Cell]]) -> str:
    """Seeds 001 and 002: cells merged from above are empty lines."""
    width = max(cell.column + cell.column_span for row in rows for cell in row)
    lines = []
    for number, row in enumerate(rows):
        covered = {
            other.column
            for other_row in rows[:number]
            for other in other_row
            if other.row + other.row_span > number
        }
        for column in range(width):
            found = [cell for cell in row if cell.column == column]
            lines.extend("\t" + cell.text for cell in found)
            lines.extend(["\t"] if column in covered and not found else [])
        lines.append("")
    return "\n".join(lines)


def tab_separated(rows: list[list[Cell]]) -> str:
    """Seeds 000 and 003: one field for each column of the grid."""
    return "\n".join("\t".join(line) for line in on_the_grid(rows))


def pipes(rows: list[list[Cell]]) -> str:
    return "\n".join("| " + " | ".join(line.split("\t")) + " |" for line in tab_separated(rows).split("\n"))


def compact(rows: list[list[Cell]]) -> str:
    """Merged places left out altogether."""
    return "\n".join("\t".join(cell.text for cell in row) + "\t" for row in rows)


HABITS = {"lines": one_cell_a_line, "tabs": tab_separated, "pipes": pipes, "compact": compact}


def written(values: dict[CellRef, Value], edition: FormDefinition, habit: str) -> str:
    parts = [TITLE, ""]
    for section in edition.sections:
        parts += [section.title, ""]
        if section.tables:
            parts += [HABITS[habit](rows_of(values, edition, section.key)), ""]
        else:
            parts += ["本年度的工作情况如下：公开信息12条。", ""]
    return "\n".join(parts)


def right_or_told(result: ImportResult, values: dict[CellRef, Value]) -> None:
    doubtful = {one.cell for one in result.unsure}
    for ref, value in result.report.values.items():
        assert ref in doubtful or values[ref] == value, ref
    for ref in values:
        assert ref in result.report.values or ref in doubtful, ref
    for ref in result.missing:
        assert ref not in values


COUNTS = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 99_999))
AMOUNTS = st.decimals(0, 99_999, places=4).map(lambda one: one.normalize() + 0)


def reports(edition: str) -> st.SearchStrategy[dict[CellRef, Value]]:
    declared = form(edition)
    money = {ref for ref in declared.cells if declared.kind(ref) is ValueKind.MONEY}
    return st.fixed_dictionaries({ref: AMOUNTS if ref in money else COUNTS for ref in declared.cells})


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("habit", HABITS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_random_numbers_come_back_right(habit: str, edition: str, data: st.DataObject) -> None:
    values = data.draw(reports(edition))
    result = import_text(written(values, form(edition), habit))
    assert result.report.form == edition
    assert dict(result.report.values) == values
    assert (result.unsure, result.missing) == ((), ())


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("habit", ["lines", "tabs", "pipes", "compact"])
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_numbers_among_blanks_are_right_or_told(habit: str, edition: str, data: st.DataObject) -> None:
    values = data.draw(reports(edition))
    left = data.draw(st.sets(st.sampled_from(form(edition).cells), max_size=190))
    values = {ref: value for ref, value in values.items() if ref not in left}
    if habit == "lines" and not any(ref.table == "review" for ref in values):
        return  # an empty row one cell a line is only blank lines
    right_or_told(import_text(written(values, form(edition), habit)), values)


@pytest.mark.parametrize("mark", ["/", "-", "—", "无", "\u00a0", "——"])
def test_marks_for_nothing_are_missing_and_told(mark: str) -> None:
    edition = form("2021")
    values: dict[CellRef, Value] = dict.fromkeys(edition.cells, 7)
    text = written(values, edition, "tabs")
    lines = [
        line.replace("7", mark) if line.startswith(edition.tables["art20_1"].leaf_rows[0].label) else line
        for line in text.split("\n")
    ]
    result = import_text("\n".join(lines))
    assert {(ref.table, ref.row) for ref in result.missing} == {("art20_1", "rules")}
    assert len(result.missing) == 3
    assert mark == "\u00a0" or any(f"“{mark}”" in one for one in result.warnings)
    assert 0 not in result.report.values.values()


def one_cell(key: str, text: str, edition: str = "2021") -> ImportResult:
    declared = form(edition)
    values: dict[CellRef, Value] = dict.fromkeys(declared.cells, 7)
    ref = CellRef.parse(key)
    rows = rows_of(values, declared, declared.section_of(ref).key)
    changed = [
        [Cell(c.row, c.column, text, c.row_span, c.column_span) if c.ref == ref else c for c in row]
        for row in rows
    ]
    return import_text(f"{TITLE}\n{declared.section_of(ref).title}\n" + tab_separated(changed))


@pytest.mark.parametrize(
    ("key", "text", "edition", "value", "doubtful"),
    [
        ("art20_1.normative_documents.issued", "1,234", "2021", 1234, False),
        ("art20_1.normative_documents.issued", "１２", "2021", 12, False),
        ("art20_1.normative_documents.issued", "3件", "2021", 3, False),
        ("art20_1.normative_documents.issued", "22（其中修订16件）", "2021", 22, True),
        ("art20_1.normative_documents.issued", "未统计", "2021", None, True),
        ("art20_1.normative_documents.issued", "12+7", "2021", None, True),
        ("art20_1.normative_documents.issued", "1 2", "2021", 12, True),
        ("art20_1.normative_documents.issued", "-3", "2021", None, True),
        ("art20_1.normative_documents.issued", "3①", "2021", 3, True),
        ("art20_1.normative_documents.issued", "3²", "2021", 3, True),
        ("art20_1.normative_documents.issued", "③", "2021", 3, True),
        ("art20_1.normative_documents.issued", "½", "2021", None, True),
        ("art20_1.normative_documents.issued", "1.000", "2021", None, True),
        ("art20_1.normative_documents.issued", "007", "2021", 7, True),
        ("art20_1.normative_documents.issued", "1,23", "2021", None, True),
        ("art20_8.fees.amount", "3²", "2021", 3, True),
        ("art20_6.penalty.net_change", "-18", "2019", -18, False),
        ("art20_8.fees.amount", "24252.311082", "2021", Decimal("24252.311082"), False),
        ("art20_8.fees.amount", "251000元", "2021", Decimal("25.1"), False),
        ("art20_9.procurement.amount", "251000元", "2019", Decimal("25.1"), False),
        ("art20_9.procurement.amount", "134.2 万元", "2019", Decimal("134.2"), False),
        ("art20_9.procurement.amount", "0", "2019", Decimal(0), False),
        ("art20_9.procurement.amount", "8040", "2019", None, True),
    ],
)
def test_what_people_write_into_a_cell(
    key: str, text: str, edition: str, value: Value | None, doubtful: bool
) -> None:
    result = one_cell(key, text, edition)
    ref = CellRef.parse(key)
    assert result.report[ref] == value
    assert (ref in {one.cell for one in result.unsure}) is doubtful
    assert result.evidence[ref].text == text


def test_an_amount_without_a_unit_says_so() -> None:
    result = one_cell("art20_9.procurement.amount", "8040", "2019")
    assert [(one.text, one.reason) for one in result.unsure] == [("8040", "未注明单位")]


def test_a_wrong_total_stays_wrong() -> None:
    result = one_cell("requests.received.total", "99")
    assert result.report[CellRef("requests", "received", "total")] == 99
    assert result.unsure == ()


def test_columns_in_another_order_are_read_by_their_headings() -> None:
    edition = form("2021")
    table = edition.tables["art20_1"]
    labels = [column.label for column in table.columns]
    text = (
        f"{TITLE}\n{edition.section('proactive').title}\n{table.title}\t\t\t\n{table.corner}\t{labels[2]}\t{labels[0]}\t{labels[1]}\n"
        f"{table.rows[0].label}\t3\t1\t2\n{table.rows[1].label}\t30\t10\t20\n"
    )
    result = import_text(text)
    assert {str(ref): value for ref, value in result.report.values.items()} == {
        "art20_1.rules.issued": 1, "art20_1.rules.repealed": 2, "art20_1.rules.in_force": 3,
        "art20_1.normative_documents.issued": 10, "art20_1.normative_documents.repealed": 20,
        "art20_1.normative_documents.in_force": 30,
    }  # fmt: skip


def test_the_same_row_twice_with_other_numbers_is_doubtful() -> None:
    edition = form("2021")
    row = edition.tables["art20_5"].rows[0].label
    result = import_text(f"{TITLE}\n{edition.section('proactive').title}\n{row}\t5\n{row}\t6\n")
    assert [str(one.cell) for one in result.unsure] == ["art20_5.licensing.decisions"]


def test_labels_with_one_or_two_wrong_characters_cost_nothing() -> None:
    edition = form("2021")
    values: dict[CellRef, Value] = dict.fromkeys(edition.cells, 3)
    text = written(values, edition, "tabs")
    for old, new in (
        ("内部事务", "内部亊务"),
        ("补正后申请", "补证后申请"),
        ("现行有效", "现行 有郊"),
        ("尚未审结", "尚未审洁"),
    ):
        assert old in text
        text = text.replace(old, new)
    result = import_text(text)
    assert len(result.report.values) == 200
    assert result.unsure == ()


@pytest.mark.parametrize("habit", HABITS)
def test_a_blank_in_one_of_two_tables_makes_the_other_doubtful(habit: str) -> None:
    """The second table may be last year's: its number must not fill this year's blank in silence."""
    edition = form("2021")
    last = {ref: 500 + number for number, ref in enumerate(edition.tables["requests"].cells)}
    this = {ref: number for number, ref in enumerate(last) if number % 2}
    tables = [HABITS[habit](rows_of(values, edition, "requests")) for values in (this, last)]
    for order in (tables, tables[::-1]):
        result = import_text(f"{TITLE}\n{edition.section('requests').title}\n" + "\n\n".join(order))
        right_or_told(result, this | {ref: last[ref] for ref in last if ref not in this})
        assert {one.cell for one in result.unsure} >= last.keys()


def test_more_numbers_than_headings_are_doubtful() -> None:
    edition = form("2021")
    values: dict[CellRef, Value] = dict(zip(edition.cells, range(1, 999), strict=False))
    table = edition.tables["requests"]
    text = one_cell_a_line(rows_of(values, edition, "requests"))
    for column in table.columns:
        if not column.children:
            cut = text.replace(f"\t{column.label}\n", "", 1)
            right_or_told(import_text(f"{TITLE}\n{edition.section('requests').title}\n{cut}"), values)


def test_headings_and_numbers_in_one_line_are_not_read_as_the_row_of_totals() -> None:
    """The column 总计 of 表四 is no row 总计 of 表三."""
    edition = form("2021")
    values: dict[CellRef, Value] = dict(
        zip(edition.tables["review"].cells, (0, 0, 15, 0, 0, 0, 22), strict=False)
    )
    rows = rows_of(values, edition, "review")
    text = "\t".join(cell.text for row in rows for cell in row)
    result = import_text(f"{TITLE}\n{edition.section('review').title}\n{text}\n")
    right_or_told_or_kept = {ref for ref in result.report.values if values.get(ref) != result.report[ref]}
    assert right_or_told_or_kept == set()
    assert any("22" in one for one in result.unused)


def test_the_edition_is_told_from_a_table_that_ran_together() -> None:
    edition = form("2019")
    values: dict[CellRef, Value] = dict.fromkeys(edition.cells, 7)
    parts = [TITLE]
    for section in edition.sections:
        rows = rows_of(values, edition, section.key) if section.tables else []
        parts += [
            section.title,
            " ".join(cell.text for row in rows for cell in row) or "本年度的工作情况如下。",
        ]
    result = import_text("\n".join(parts))
    assert result.report.form == "2019"
    assert not result.report.values.keys() - values.keys()


def test_a_text_without_a_year_is_told_once_and_in_the_edition_of_the_year_taken():
    result = import_text("甲镇政府信息公开工作年度报告\n\n一、总体情况\n我镇认真做好公开工作。\n")
    assert result.warnings == (f"没有找到报告年份，暂按{result.report.year}年处理，请核对",)
    assert form(result.report.form).covers(result.report.year)
