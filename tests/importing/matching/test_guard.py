"""Tables that no borders tell apart: a number is right, or its row is doubtful; never wrong and certain."""

import json
from decimal import Decimal

import pytest

from app.form.catalog import form
from app.importing.importer import import_file, import_text
from app.importing.result import ImportResult
from tests.behaviour.test_import_habits import rows_of
from tests.importing.making import adding_up
from tests.places import TESTS

FILES = TESTS / "importing" / "texts"
TRUTH = {
    key: Decimal(value) if isinstance(value, str) else value
    for key, value in json.loads((FILES / "truth.json").read_text(encoding="utf-8"))["cells"].items()
}


def certain(result: ImportResult) -> dict[str, object]:
    return {str(ref): value for ref, value in result.certain.values.items()}


def wrong(result: ImportResult, truth: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in certain(result).items() if truth.get(key) != value}


@pytest.mark.parametrize("path", sorted(FILES.glob("full_*")), ids=lambda path: path.name)
def test_a_whole_report_as_other_tools_write_it_is_right_or_told(path):
    assert wrong(import_file(path), TRUTH) == {}


@pytest.mark.parametrize("name", ["barepipe.txt", "cellpipe.txt", "grid.txt", "pdftotext_raw.txt"])
def test_a_whole_report_in_its_order_is_read_whole(name):
    assert certain(import_file(FILES / f"full_a_{name}")) == TRUTH


def test_two_numbers_in_one_cell_are_two_where_the_heading_was_not_understood():
    """The blank before the first number is no person, and 4 46 is no 446."""
    result = import_file(FILES / "shifted_header.md")
    columns = [column.key for column in form("2021").tables["requests"].leaf_columns]
    rows = {"received": (31, 5, 0, 0, 6, 4, 46), "carried_in": (3, 0, 0, 0, 0, 0, 3)}
    right = {f"requests.{r}.{c}": v for r, vs in rows.items() for c, v in zip(columns, vs, strict=True)}
    assert wrong(result, right) == {}
    assert certain(result) == right


@pytest.mark.parametrize("name", ["value_before_label.txt", "value_before_label_md.md"])
def test_a_value_above_its_label_puts_the_table_in_doubt(name):
    right = {"art20_6.penalty.decisions": 512, "art20_6.enforcement.decisions": 34}
    result = import_file(FILES / name)
    assert wrong(result, right | {"art20_8.fees.amount": Decimal("2.5")}) == {}
    assert certain(result)["art20_8.fees.amount"] == Decimal("2.5")


@pytest.mark.parametrize("name", ["column_after_label.txt", "review_scattered.txt"])
def test_numbers_that_are_no_row_are_not_certain(name):
    assert certain(import_file(FILES / name)) == {}


ROWS = ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"]


def with_lines(*lines: str) -> ImportResult:
    section = form("2021").section("requests").title
    return import_text("\n".join(["某镇2024年政府信息公开工作年度报告", section, *lines]))


def numbers(first: int) -> list[str]:
    return [str(first), "0", "0", "0", "0", "1", str(first + 1)]


def test_labels_with_their_numbers_below_are_certain_but_for_the_last_before_a_lost_one():
    """The numbers behind it may be the first of its own and the last of the row that was lost."""
    lines = [line for at, label in enumerate(ROWS) for line in (label, *numbers(at))]
    result = with_lines(*lines)
    assert {ref.row for ref in result.certain.values} == {"denied_state_secret", "denied_by_law"}
    assert {one.cell.row for one in result.unsure} == {"denied_security"}


def test_a_sum_down_a_column_that_fails_makes_the_numbers_of_that_column_doubtful():
    """A number that moved within its row leaves the row's own sum right."""
    edition = form("2021")
    section = edition.section("requests")
    rows = rows_of(adding_up(edition), edition, section.key)
    lines = [cell.text for row in rows for cell in row]
    at = lines.index(ROWS[0])
    lines[at + 1], lines[at + 2] = lines[at + 2], lines[at + 1]
    result = with_lines(*lines)
    assert not any(ref.row == "denied_state_secret" for ref in result.certain.values)


def test_a_row_before_lost_ones_may_have_the_number_of_the_last_of_them():
    """Lost are the number of 行政许可, the whole heading of the next table, 行政处罚 and the label of 行政强制."""
    parts = [one.title for one in form("2021").sections[:2]]
    lines = ["第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "7"]
    lines += ["第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "行政事业性收费", "0"]
    result = import_text("\n".join(["某镇2024年政府信息公开工作年度报告", *parts, *lines]))
    assert "art20_5.licensing.decisions" in {str(one.cell) for one in result.unsure}


def test_whole_rows_above_their_labels_are_not_those_of_the_label_above():
    """Each row adds up, but stands one label too early."""
    lines = [line for at, label in enumerate(ROWS) for line in (*numbers(at), label)]
    assert certain(with_lines(*lines)) == {}


def test_a_label_that_lost_its_numbers_makes_the_rows_around_it_doubtful():
    lines = [ROWS[0], ROWS[1], *numbers(1), ROWS[2], *numbers(2)]
    assert certain(with_lines(*lines)) == {}


def test_numbers_in_the_line_of_their_label_cannot_change_places():
    lines = [f"{label} {' '.join(numbers(at))}" for at, label in enumerate(ROWS)]
    assert len(certain(with_lines("9", *lines))) == 21


def test_a_row_whose_total_is_no_sum_is_doubtful_as_a_whole():
    lines = [f"{label} {' '.join(numbers(at))}" for at, label in enumerate(ROWS)]
    lines[1] = f"{ROWS[1]} 5 0 0 0 0 1 7"
    result = with_lines(*lines)
    assert {ref.row for ref in result.certain.values} == {"denied_state_secret", "denied_security"}
    assert {one.cell.row for one in result.unsure} == {"denied_by_law"}


def test_a_number_too_many_below_puts_the_tables_of_its_section_in_doubt():
    """30 strayed in behind 行政强制: its own 0 stands below the next label, which has two numbers."""
    parts = [one.title for one in form("2021").sections[:2]]
    lines = [
        "行政处罚",
        "0",
        "行政强制",
        "30",
        "第二十条第（八）项",
        "本年收费金额（单位：万元）",
        "行政事业性收费",
    ]
    whole = "\n".join(["某镇2024年政府信息公开工作年度报告", "工作情况如下。", parts[1], *lines, "0"])
    assert "art20_6.enforcement.decisions" in certain(import_text(whole))
    assert "art20_6.enforcement.decisions" not in certain(import_text(whole + "\n5"))
