"""A click on a cell of the form: what the source said, where it stands among the blocks, and why it is in doubt."""

import pytest

from app.documents.blocks import Paragraph, TableBlock
from app.form.catalog import form
from app.form.model import CellRef
from app.importing.importer import import_bytes, import_file, import_text
from app.importing.result import CellState, ImportResult, Spot
from tests.behaviour.test_import_habits import HABITS, TITLE, rows_of
from tests.importing.making import filled_template, numbers, page
from tests.places import TESTS

EDITION = form("2021")
SAMPLES = TESTS / "samples"
_WIDE = str.maketrans("():,", "（）：，")


def source_text(result: ImportResult, ref: CellRef) -> str:
    """The text of the very block or table cell that the trace points at."""
    spot = result.trace(ref).spot
    assert spot is not None
    block = result.blocks[spot.block]
    if isinstance(block, Paragraph):
        assert (spot.row, spot.column) == (-1, -1)
        return block.text
    assert isinstance(block, TableBlock)
    return next(one.text for one in block.cells if (one.row, one.column) == (spot.row, spot.column))


@pytest.mark.parametrize("habit", HABITS)
def test_every_cell_points_at_the_place_it_came_from(habit: str) -> None:
    values = numbers(EDITION, 1000)
    parts = [TITLE]
    for section in EDITION.sections:
        parts.append(section.title)
        parts.append(
            HABITS[habit](rows_of(values, EDITION, section.key)) if section.tables else "工作情况如下。"
        )
    result = import_text("\n".join(parts))
    for ref, value in values.items():
        trace = result.trace(ref)
        assert (trace.state, trace.value, trace.reason) == (CellState.READ, value, "")
        assert source_text(result, ref) == trace.text == str(value)


def test_the_same_holds_for_word_files_and_web_pages() -> None:
    values = numbers(EDITION, 1000)
    for data in (filled_template(values), page(values, EDITION, TITLE).encode()):
        result = import_bytes(data, "年报")
        assert [source_text(result, ref) for ref in EDITION.cells] == [str(one) for one in values.values()]


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        ("", CellState.MISSING, "原文此处是空白，没有当作0"),
        ("/", CellState.MISSING, "原文此处写的是“/”，没有当作0"),
        ("12+7", CellState.DOUBTFUL, "单元格中是算式，请填写结果"),
        ("22（其中修订16件）", CellState.DOUBTFUL, "单元格中有说明文字，请核对"),
    ],
)
def test_a_cell_that_gave_no_certain_value_says_why_and_where(
    text: str, state: CellState, reason: str
) -> None:
    ref = EDITION.tables["art20_1"].cells[4]
    rows = rows_of(numbers(EDITION), EDITION, "proactive")
    lines = ["\t".join(text if cell.ref == ref else cell.text for cell in row) for row in rows]
    result = import_text("\n".join([TITLE, EDITION.section("proactive").title, *lines]))
    trace = result.trace(ref)
    assert (trace.state, trace.text, trace.reason) == (state, text, reason)
    assert source_text(result, ref) == text


def test_a_cell_that_the_source_does_not_have_has_no_place() -> None:
    result = import_text(f"{TITLE}\n\n一、总体情况\n我镇认真做好公开工作。\n")
    trace = result.trace(EDITION.cells[0])
    assert (trace.state, trace.spot, trace.reason) == (CellState.MISSING, None, "原文中没有找到这一项")


@pytest.mark.parametrize("name", ["pingtan_czjrj_2022_page", "pingtan_czjrj_2024_page"])
def test_in_a_run_on_paragraph_the_clause_is_told_that_a_number_was_read_from(name: str) -> None:
    result = import_file(SAMPLES / f"{name}.txt")
    places = []
    for ref in EDITION.cells:
        trace = result.trace(ref)
        assert trace.spot is not None
        block = result.blocks[trace.spot.block]
        assert isinstance(block, Paragraph)
        start, end = trace.spot.clause_in(block.text)
        clause = block.text[start:end]
        assert clause == trace.spot.clause
        assert clause.endswith(trace.text)
        assert "。" not in clause
        rows, columns = EDITION.tables[ref.table].path(ref)
        assert clause.startswith((rows or columns)[-1][:2].translate(_WIDE))
        places.append(start)
    assert places == sorted(places)


def test_a_clause_that_stands_twice_is_the_one_near_its_place() -> None:
    spot = Spot("第1行", 0, start=12, clause="其他0")
    assert spot.clause_in("其他0，行政处罚1，其他0。") == (10, 13)
    assert spot.clause_in("没有") == (0, 0)
    assert Spot("第1行", 0).clause_in("其他0") == (0, 0)
