"""Reports that add up, printed in a dozen habits of text and then damaged: what is read is right, or told, never wrong."""

import random
from collections.abc import Callable

import pytest

from app.documents.blocks import Cell
from app.form.catalog import form
from app.form.model import CellRef, FormDefinition, Value, ValueKind
from app.importing.importer import import_text
from app.importing.result import ImportResult
from tests.behaviour.test_import_habits import EDITIONS, TITLE, rows_of
from tests.importing.making import on_the_grid

Rows = list[list[Cell]]
Draw = random.Random
CASES = 240  # of the sequence below; more of it is run by hand: python -m tests.behaviour.test_text_habits 0 20000


def report(edition: FormDefinition, draw: Draw) -> dict[CellRef, Value]:
    """Numbers as townships have them, many of them 0, every sum of a row and of a column right."""
    often = draw.choice([0.2, 0.6, 0.9])
    values: dict[CellRef, Value] = {
        ref: 0 if draw.random() < often else draw.choice([draw.randint(1, 9), draw.randint(10, 600)])
        for ref in edition.cells
    }
    rows = edition.tables["requests"]
    for column in rows.leaf_columns:
        values[CellRef("requests", "carried_out", column.key)] = 0
    for _ in range(3):
        for total, equations in edition.totals.items():
            values[total] = sum(values[ref] for ref in equations[0].parts)
        for column in rows.leaf_columns:
            cells = {row.key: CellRef("requests", row.key, column.key) for row in rows.leaf_rows}
            values[cells["carried_in"]] = 0
            values[cells["received"]] = values[cells["processed"]]
    return values


# -- the habits -----------------------------------------------------------------------------------------------------------


def labels_and_numbers(rows: Rows) -> list[tuple[list[str], list[str]]]:
    return [([c.text for c in row if not c.ref], [c.text for c in row if c.ref]) for row in rows]


def cell_a_line(rows: Rows, _: Draw) -> list[str]:
    return [cell.text for row in rows for cell in row]


def cell_a_paragraph(rows: Rows, _: Draw) -> list[str]:
    return [line for row in rows for cell in row for line in (cell.text, "")]


def row_a_line(rows: Rows, _: Draw) -> list[str]:
    return [" ".join(cell.text for cell in row) for row in rows]


def numbers_below_their_label(rows: Rows, _: Draw) -> list[str]:
    return [line for names, numbers in labels_and_numbers(rows) for line in (*names, " ".join(numbers))]


def numbers_above_their_label(rows: Rows, _: Draw) -> list[str]:
    return [line for names, numbers in labels_and_numbers(rows) for line in (" ".join(numbers), *names)]


def each_number_above_its_label(rows: Rows, _: Draw) -> list[str]:
    return [line for names, numbers in labels_and_numbers(rows) for line in (*numbers, *names)]


def labels_then_numbers(rows: Rows, draw: Draw) -> list[str]:
    """As a reader that goes down the columns: the labels of a few rows, then their numbers."""
    lines: list[str] = []
    pairs = labels_and_numbers(rows)
    while pairs:
        count = draw.randint(1, 4)
        part, pairs = pairs[:count], pairs[count:]
        lines += [name for names, _ in part for name in names]
        lines += [" ".join(numbers) for _, numbers in part if numbers]
    return lines


def columns_one_after_the_other(rows: Rows, _: Draw) -> list[str]:
    pairs = labels_and_numbers(rows)
    width = max((len(numbers) for _, numbers in pairs), default=0)
    lines = [name for names, _ in pairs for name in names]
    return lines + [numbers[at] for at in range(width) for _, numbers in pairs if at < len(numbers)]


def labels_in_pieces(rows: Rows, draw: Draw) -> list[str]:
    lines: list[str] = []
    for row in rows:
        for cell in row:
            cut = draw.randint(2, 9)
            text = cell.text
            lines += [text] if cell.ref else [text[at : at + cut] for at in range(0, len(text), cut)]
    return lines


def between_pipes(rows: Rows, _: Draw) -> list[str]:
    grid = on_the_grid(rows)
    head, *lines = ["| " + " | ".join(line) + " |" for line in grid]
    return [head, "|" + "---|" * len(grid[0]), *lines]


def shifted_pipes(rows: Rows, draw: Draw) -> list[str]:
    """As a converter that guesses columns: blanks anywhere, neighbours in one cell, headings in pieces."""
    lines = []
    for row in rows:
        fields: list[str] = []
        for cell in row:
            text = cell.text if cell.ref or draw.random() < 0.6 else cell.text[: draw.randint(1, 4)]
            if cell.ref and fields and fields[-1].isdigit() and draw.random() < 0.15:
                fields[-1] += f" {text}"
            else:
                fields += [""] * (draw.random() < 0.15) + [text]
        lines.append("| " + " | ".join(fields) + " |")
    return lines


def bars(rows: Rows, _: Draw) -> list[str]:
    return [" | ".join(cell.text for cell in row) + " |" for row in rows]


def bar_a_cell(rows: Rows, _: Draw) -> list[str]:
    return [f"{cell.text} |" for row in rows for cell in row]


def tabs(rows: Rows, _: Draw) -> list[str]:
    return ["\t".join(cell.text for cell in row) + "\t" for row in rows]


def run_together(rows: Rows, _: Draw) -> list[str]:
    return ["".join(cell.text for row in rows for cell in row)]


HABITS: list[Callable[[Rows, Draw], list[str]]] = [
    cell_a_line, cell_a_paragraph, row_a_line, numbers_below_their_label, numbers_above_their_label,
    each_number_above_its_label, labels_then_numbers, columns_one_after_the_other, labels_in_pieces, between_pipes,
    shifted_pipes, bars, bar_a_cell, tabs, run_together,
]  # fmt: skip

# -- the damage -----------------------------------------------------------------------------------------------------------


def nothing(lines: list[str], _: Draw) -> list[str]:
    return lines


def a_line_moved(lines: list[str], draw: Draw) -> list[str]:
    """Out of its row and its group of columns: within them nothing could tell."""
    kept = list(lines)
    line = kept.pop(start := draw.randrange(len(kept)))
    far = [at for at in range(len(kept) + 1) if abs(at - start) > 15] or [0]
    kept.insert(draw.choice(far), line)
    return kept


def a_label_moved(lines: list[str], draw: Draw) -> list[str]:
    names = [at for at, line in enumerate(lines) if line and not line.rstrip(" |元万")[-1:].isdigit()]
    if not names:
        return lines
    kept = list(lines)
    line = kept.pop(start := draw.choice(names))
    kept.insert(max(0, start + draw.choice([-2, -1, 1, 2])), line)
    return kept


def lines_lost(lines: list[str], draw: Draw) -> list[str]:
    start = draw.randrange(len(lines))
    return lines[:start] + lines[start + draw.choice([1, 1, 1, 2, 7]) :]


def the_head_torn(lines: list[str], draw: Draw) -> list[str]:
    head = draw.randint(1, min(len(lines), 8))
    torn = [line[: draw.randint(0, 3)] if draw.random() < 0.5 else line for line in lines[:head]]
    draw.shuffle(torn)
    return torn + lines[head:]


def a_number_strayed_in(lines: list[str], draw: Draw) -> list[str]:
    at = draw.randrange(len(lines) + 1)
    return [*lines[:at], str(draw.randint(0, 30)), *lines[at:]]


def two_lines_joined(lines: list[str], draw: Draw) -> list[str]:
    if len(lines) < 2:
        return lines
    at = draw.randrange(len(lines) - 1)
    return [*lines[:at], f"{lines[at]} {lines[at + 1]}", *lines[at + 2 :]]


DAMAGE = [
    nothing, a_line_moved, a_label_moved, lines_lost, the_head_torn, a_number_strayed_in, two_lines_joined,
]  # fmt: skip


def case(number: int) -> tuple[str, dict[CellRef, Value]]:
    """One damaged text, and what it should say."""
    draw = random.Random(number)
    edition = form(draw.choice(EDITIONS))
    values = report(edition, draw)
    habit, damage = HABITS[number % len(HABITS)], draw.choice(DAMAGE)
    hurt = draw.choice([section.key for section in edition.sections if section.tables])
    parts = [TITLE, ""]
    for section in edition.sections:
        lines = habit(rows_of(values, edition, section.key), draw) if section.tables else ["情况如下。"]
        parts += [section.title, *(damage(lines, draw) if section.key == hurt else lines)]
    return "\n".join(parts), values


def wrong(result: ImportResult, values: dict[CellRef, Value]) -> dict[CellRef, Value]:
    edition = form(result.report.form)
    return {
        ref: value
        for ref, value in result.certain.values.items()
        if values.get(ref) != value and edition.kind(ref) is ValueKind.COUNT
    }


@pytest.mark.parametrize("start", range(0, CASES, 40))
def test_a_damaged_text_is_right_or_told(start: int) -> None:
    for number in range(start, start + 40):
        text, values = case(number)
        assert wrong(import_text(text), values) == {}, f"case {number}"


def test_texts_without_damage_are_read() -> None:
    """The guard is no refusal: of plain habits most is certain."""
    for habit in (cell_a_line, row_a_line, numbers_below_their_label, between_pipes, bars, bar_a_cell, tabs):
        draw = random.Random(1)
        edition = form("2021")
        values = report(edition, draw)
        parts = [TITLE]
        for section in edition.sections:
            lines = habit(rows_of(values, edition, section.key), draw) if section.tables else ["情况如下。"]
            parts += [section.title, *lines]
        assert len(import_text("\n".join(parts)).certain.values) == len(edition.cells), habit.__name__
