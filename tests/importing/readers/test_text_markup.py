"""Tables in the ways of other markup languages give the same report as any other table."""

import time

import pytest

from app.documents.blocks import Cell, TableBlock
from app.form.catalog import form
from app.form.model import CellRef
from app.importing.importer import import_text
from app.importing.readers.text_reader import read_text
from tests.behaviour.test_import_habits import EDITIONS, TITLE, rows_of
from tests.importing.making import adding_up, on_the_grid
from tests.importing.reader_samples import tables

Rows = list[list[Cell]]


def bars_behind(rows: Rows) -> str:
    return "\n".join(" | ".join(cell.text for cell in row) + " |" for row in rows)


def bars_between_and_empty_lines(rows: Rows) -> str:
    return "\n\n".join(" | ".join(cell.text for cell in row) + (" |" if len(row) < 2 else "") for row in rows)


def a_cell_a_line_with_its_bar(rows: Rows) -> str:
    return "\n|||\n".join("\n".join(cell.text + " |" for cell in row) for row in rows)


def a_bar_on_a_line_between_cells(rows: Rows) -> str:
    return "\n|\n".join(cell.text.replace("商业企业", "商业\n企业") for row in rows for cell in row) + "\n|"


def narrow_grid(rows: Rows) -> str:
    """Cells so narrow that labels and numbers are broken after every second character."""
    lines = []
    for row in on_the_grid(rows):
        border = "+" + "----+" * len(row)
        height = max(1, *((len(text) + 1) // 2 for text in row))
        lines.append(border)
        lines += ["| " + " | ".join(text[2 * at : 2 * at + 2] for text in row) + " |" for at in range(height)]
    return "\n".join([*lines, border])


def asciidoc(rows: Rows) -> str:
    return "\n".join(["|===", *("".join(f"|{cell.text} " for cell in row) for row in rows), "|==="])


def asciidoc_a_cell_a_line(rows: Rows) -> str:
    parts = ["\n".join(f"{cell.row_span}.{cell.column_span}+|{cell.text}" for cell in row) for row in rows]
    return "|===\n" + "\n\n".join(parts) + "\n|==="


def mediawiki(rows: Rows) -> str:
    lines = ['{| class="wikitable"']
    for row in rows:
        lines += ["|-", *(f'| colspan="{cell.column_span}" | {cell.text}' for cell in row)]
    return "\n".join([*lines, "|}"])


def mediawiki_a_row_a_line(rows: Rows) -> str:
    return "\n".join(["{|", *("|-\n| " + " || ".join(cell.text for cell in row) for row in rows), "|}"])


def latex(rows: Rows) -> str:
    lines = [" & ".join(f"\\multicolumn{{{c.column_span}}}{{c}}{{{c.text}}}" for c in row) for row in rows]
    return "\n".join(
        ["\\begin{tabular}{lll}", *(f"{line} \\\\\n\\hline" for line in lines), "\\end{tabular}"]
    )


SHAPES = [
    bars_behind, bars_between_and_empty_lines, a_cell_a_line_with_its_bar, a_bar_on_a_line_between_cells, narrow_grid, asciidoc,
    asciidoc_a_cell_a_line, mediawiki, mediawiki_a_row_a_line, latex,
]  # fmt: skip
NOT_TOLD = CellRef("art20_9", "procurement", "amount")  # an amount of 2019 without its unit is doubtful


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_cell_comes_over(shape, edition):
    declared = form(edition)
    values = adding_up(declared)
    parts = [TITLE]
    for section in declared.sections:
        parts += [
            section.title,
            shape(rows_of(values, declared, section.key)) if section.tables else "情况如下。",
        ]
    result = import_text("\n".join(parts))
    assert {ref: result.report[ref] for ref in values if ref != NOT_TOLD} == {
        ref: value for ref, value in values.items() if ref != NOT_TOLD
    }
    assert {one.cell for one in result.unsure} <= {NOT_TOLD}
    assert (result.unused, set(result.report.narratives.values())) == ((), {"情况如下。"})
    assert len(result.outline.headings) == len(declared.sections)


@pytest.mark.parametrize(
    "line",
    ["== 一、总体情况 ==", "== 一、总体情况", "\\section{一、总体情况}\\label{a}", "一、总体情况\n========"],
)
def test_a_heading_is_told_without_its_marks(line):
    result = import_text(f"{TITLE}\n\n{line}\n\n情况如下。\n")
    assert result.report.narratives == {"overview": "情况如下。"}
    assert [heading.text for heading in result.outline.headings] == ["一、总体情况"]


def test_digits_broken_by_a_narrow_cell_of_a_grid_stay_one_number():
    grid = "+----+----+\n| 规 | 2  |\n| 章 | 82 |\n+----+----+\n| 法 | 3  |\n+----+----+"
    assert tables(read_text(grid).blocks) == [[["规\n章", "2\n82"], ["法", "3"]]]


def test_two_numbers_between_two_bars_are_never_taken_for_one():
    """12 and 34 may be the number 1234, broken by a narrow cell."""
    row = form("2021").tables["requests"].row("received").label
    cells = [row, "1\n2", *"00000", "12"]
    result = import_text("\n".join([TITLE, form("2021").section("requests").title, "\n|\n".join(cells), "|"]))
    assert dict(result.certain.values) == {}


@pytest.mark.parametrize("text", ["首页 | 公开", "电话 | 邮箱 | 地址，都可以联系。", "|===\n| 规章 | 3"])
def test_a_line_with_bars_in_it_is_not_yet_a_table(text):
    assert not any(isinstance(block, TableBlock) and len(block.cells) > 2 for block in read_text(text).blocks)


def test_fifteen_numbers_under_the_heading_of_the_fourth_part_are_its_row_where_they_add_up():
    section = form("2021").section("review").title
    right, wrong = "1 2 3 4 10 0 0 0 0 0 5 0 0 0 5", "1 2 3 4 11 0 0 0 0 0 5 0 0 0 5"
    assert len(import_text(f"{TITLE}\n{section}\n{right}\n").certain.values) == 15
    doubtful = import_text(f"{TITLE}\n{section}\n{wrong}\n")
    assert (len(doubtful.report.values), dict(doubtful.certain.values)) == (15, {})


@pytest.mark.parametrize("behind", ["| 0 | 0", "0 0 0 0 0 0 0", ""])
def test_a_row_of_a_table_is_no_heading(behind):
    row = form("2021").tables["requests"].row("carried_out").label
    result = import_text(f"{TITLE}\n一、总体情况\n情况如下。\n二、主动公开政府信息情况\n{row} {behind}\n")
    assert [heading.section for heading in result.outline.headings] == ["overview", "proactive"]


@pytest.mark.parametrize("line", ["{|", "|===", "a | b", "\\begin{tabular}{l}", "+--+", "|", "a |", "== x"])
def test_tables_that_never_end_take_no_longer_than_text(line):
    start = time.process_time()
    read_text("\n".join([line] * 12_000))
    read_text(f"{line}\n\n\n\n\n文字\n" * 3_000)
    assert time.process_time() - start < 4
