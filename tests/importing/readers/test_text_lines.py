"""Lines framed by other programs say what the plain ones say."""

import time

import pytest

from app.form.catalog import form
from app.importing.importer import import_text
from app.importing.readers.text_lines import plain_lines
from tests.behaviour.test_import_habits import TITLE, rows_of
from tests.importing.making import adding_up, on_the_grid

EDITION = form("2021")
BREAK = "<br>"


def quoted(rows):
    return ["> > " + "\t".join(line) for line in on_the_grid(rows)]


def drawn_box(rows):
    lines = ["│" + "│".join(line) + "│" for line in on_the_grid(rows)]
    return ["┌──┬──┐", *(part for line in lines for part in (line, "├──┼──┤"))]


def commas(rows):
    return [",".join(f'"{text}"' if "，" in text else text for text in line) for line in on_the_grid(rows)]


def breaks(rows):
    lines = [
        [text[:3] + BREAK + text[3:] if len(text) > 5 else text for text in line]
        for line in on_the_grid(rows)
    ]
    return ["|" + "|".join(line) + "|" for line in (lines[0], ["---"] * len(lines[0]), *lines[1:])]


def leading_dots(rows):
    lines = []
    for row in rows:
        numbers = " ".join(cell.text for cell in row if cell.ref)
        lines.append(
            " ".join(cell.text for cell in row if not cell.ref) + (f"……{numbers}" if numbers else "")
        )
    return lines


@pytest.mark.parametrize("habit", [quoted, drawn_box, commas, breaks, leading_dots])
def test_a_whole_report_is_read(habit):
    values = adding_up(EDITION)
    mark = "> > " if habit is quoted else ""
    parts = [mark + TITLE]
    for section in EDITION.sections:
        lines = habit(rows_of(values, EDITION, section.key)) if section.tables else [f"{mark}情况如下。"]
        parts += [mark + section.title, *lines]
    result = import_text("\n".join(parts))
    assert dict(result.certain.values) == values
    assert [key for key in result.report.narratives if EDITION.section(key).tables] == []


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("12<br>34", "12 34"),
        ("规章…… 3 0 12", "规章 3 0 12"),
        ("我镇……12月底完成", "我镇……12月底完成"),
        ("> 一句引用。", "> 一句引用。"),
        ("公开1,234条,其中政策3条", "公开1,234条,其中政策3条"),
        ("——", "——"),
    ],
)
def test_what_is_no_frame_stays(line, plain):
    assert plain_lines(["一、总体情况", line, "如下。"])[1] == plain


def test_lines_stay_where_they_are():
    lines = ["> a", "> b", "", "> ┌─┐", "> │3│"]
    assert plain_lines(lines) == ["a", "b", "", "", "|3|"]


def test_long_lines_of_signs_cost_no_time():
    start = time.perf_counter()
    plain_lines(["." * 100_000 + "x", "<br" * 50_000, ">" * 100_000, "," * 100_000, "─" * 100_000] * 3)
    assert time.perf_counter() - start < 2
