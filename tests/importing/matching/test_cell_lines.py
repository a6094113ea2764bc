"""Pages copied without their tables: a cell a line, a row a line, rows between pipes broken over lines."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.blocks import Cell
from app.form.catalog import form
from app.form.model import CellRef, FormDefinition, Value
from app.importing.importer import import_bytes, import_text
from app.importing.matching.labels import every_heading
from app.importing.result import ImportResult
from tests.behaviour.test_import_habits import EDITIONS, TITLE, reports, rows_of
from tests.importing.making import adding_up

Rows = list[list[Cell]]


def broken(text: str) -> str:
    """A label broken by its narrow cell: 本年／制发件数."""
    return f"{text[:2]}\n\n{text[2:]}" if len(text) > 3 and not text[0].isdigit() else text


def cell_a_line(rows: Rows) -> str:
    return "\n".join(cell.text for row in rows for cell in row)


def cell_a_paragraph(rows: Rows) -> str:
    return "\n\n".join(cell.text for row in rows for cell in row)


def cell_in_pieces(rows: Rows) -> str:
    return "\n\n".join(broken(cell.text) for row in rows for cell in row)


def row_a_line(rows: Rows) -> str:
    return "\n".join(" ".join(cell.text for cell in row) for row in rows)


def fillers(row: list[Cell], width: int) -> int:
    """Pipes at a row's end: for the places that spans cover."""
    return width - len(row)


def pipes_over_lines(rows: Rows) -> str:
    width = sum(cell.column_span for cell in rows[0])
    return "\n".join(
        "| \n " + "  | \n ".join(cell.text for cell in row) + "  | " + "|" * fillers(row, width)
        for row in rows
    )


def pipes_after_cells(rows: Rows) -> str:
    width = sum(cell.column_span for cell in rows[0])
    lines = []
    for row in rows:
        lines += ["|", *(cell.text + " |" for cell in row)]
        if fillers(row, width) > 1:
            lines.append("|" * fillers(row, width))
    return "\n".join(lines)


HABITS: dict[str, Callable[[Rows], str]] = {
    "a cell a line": cell_a_line,
    "a cell a paragraph": cell_a_paragraph,
    "labels in pieces": cell_in_pieces,
    "a row a line": row_a_line,
    "pipes over lines": pipes_over_lines,
    "pipes after cells": pipes_after_cells,
}


def written(values: dict[CellRef, Value], edition: FormDefinition, habit: str) -> str:
    parts = [TITLE, "来源：原创 发布时间：2023-01-31"]
    for section in edition.sections:
        text = HABITS[habit](rows_of(values, edition, section.key)) if section.tables else "工作情况如下。"
        parts += [section.title, "", text, ""]
    return unicodedata.normalize("NFKC", "\n".join([*parts, "某县某镇人民政府", "2023年1月18日"]))


def right_or_told(result: ImportResult, values: dict[CellRef, Value]) -> None:
    doubtful = {one.cell for one in result.unsure}
    assert {r: v for r, v in result.report.values.items() if r not in doubtful and values.get(r) != v} == {}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("habit", HABITS)
def test_every_cell_comes_over(habit: str, edition: str) -> None:
    values = adding_up(form(edition))
    if edition == "2019":
        values = {ref: v for ref, v in values.items() if ref != CellRef("art20_9", "procurement", "amount")}
    result = import_text(written(adding_up(form(edition)), form(edition), habit))
    assert result.report.form == edition
    assert {ref: result.report[ref] for ref in values} == values
    assert not {one.cell for one in result.unsure} & values.keys()
    assert result.unused == ("来源:原创 发布时间:2023-01-31",)
    assert not any("信息内容" in text for text in result.report.narratives.values())


@pytest.mark.slow
@pytest.mark.parametrize("habit", HABITS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_with_blanks_lost_it_is_right_or_told(habit: str, data: st.DataObject) -> None:
    edition = form(data.draw(st.sampled_from(EDITIONS)))
    values = data.draw(reports(edition.id))
    left = data.draw(st.sets(st.sampled_from(edition.cells), max_size=150))
    kept = {ref: value for ref, value in values.items() if ref not in left}
    right_or_told(import_text(written(kept, edition, habit)), kept)


def test_the_same_holds_for_a_page_whose_tables_are_made_of_paragraphs() -> None:
    edition = form("2021")
    text = written(adding_up(edition), edition, "a cell a line")
    page = "".join(f"<p>{line}</p>" for line in text.split("\n") if line)
    result = import_bytes(f"<html><body>{page}</body></html>".encode(), "年报.html")
    assert (dict(result.report.values), result.unsure) == (adding_up(edition), ())
    trace = result.trace(CellRef("requests", "received", "total"))
    assert trace.spot is not None
    assert result.blocks[trace.spot.block].text == trace.text == str(trace.value)  # type: ignore[union-attr]


def labels(edition: FormDefinition) -> set[str]:
    """What the edition prints in its tables, bands and columns and rows."""
    tables = edition.tables.values()
    printed = {one.label for table in tables for one in every_heading(table.rows + table.columns)}
    return (printed | {table.title for table in tables}) - {""}


def test_the_columns_of_another_edition_are_not_taken_for_those_of_this_one() -> None:
    """表二 of 2019 in a report whose other tables are those of 2021."""
    new, old = form("2021"), form("2019")
    parts = [TITLE]
    for section in new.sections:
        edition = old if section.key == "proactive" else new
        parts += [
            section.title,
            cell_a_line(rows_of(adding_up(edition), edition, section.key)) if section.tables else "如下。",
        ]
    text = "\n".join(parts)
    for label in sorted(labels(old) - labels(new), key=len, reverse=True):
        text = text.replace(label, label[:1] + "某" * 5)  # else the labels of 2019 are more
    result = import_text(text)
    assert result.report.form == "2021"
    assert not any(ref.table == "art20_1" for ref in result.certain.values)


FROM_A_PDF = """（本列数据的勾稽关系为：第一项加第二项之和，
等于第三项加第四项之和）
申请人情况
自然人
法人或其他组织
总计商 业 企
业
科研机
构
其他
一、本年新收政府信息公开申请数量 301 53 0 0 61 4 419
三、
本
年
度
办
理
结
果
（一）予以公开 288 21 0 0 50 3 362
（二）部分公开（区分处理的，只计这一情
形，不计其他情形） 47 7 0 0 0 0 54
（三）不
予公开
1.属于国家秘密 2 0 0 0 0 0 2
- 4 -
（四）无 1.本机关不掌握相关政府信息 46 12 0 0 10 1 69
法提供
2.没有现成信息需要另行制作 20 0 0 0 0 0 20"""


def test_the_text_of_a_pdf_with_its_labels_broken_by_narrow_columns() -> None:
    edition = form("2021")
    result = import_text(f"{TITLE}\n{edition.section('requests').title}\n{FROM_A_PDF}")
    totals = {ref.row: value for ref, value in result.report.values.items() if ref.column == "total"}
    assert totals == {
        "received": 419, "granted": 362, "partial": 54, "denied_state_secret": 2, "unable_not_held": 69,
        "unable_to_create": 20,
    }  # fmt: skip
    assert (result.unsure, result.unused, dict(result.report.narratives)) == ((), (), {})


@pytest.mark.parametrize(
    ("lines", "certain"),
    [
        ("行政规范性文件 77 132 470", True),
        ("行政规范性文件\n77\n132\n470", True),
        ("行政规范性文件 77\n132 470", False),  # from two lines: of two rows, perhaps
        ("规章 1 2 3\n行政规范性文件 77 132\n470", False),
    ],
)
def test_numbers_of_one_row_stand_in_one_line_or_one_in_each(lines: str, certain: bool) -> None:
    title = form("2021").section("proactive").title
    head = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数"
    result = import_text(f"{TITLE}\n{title}\n{head}\n{lines}\n行政许可 3\n")
    ref = CellRef("art20_1", "normative_documents", "in_force")
    assert (result.certain[ref] == 470) is certain
    assert certain or ref in {one.cell for one in result.unsure}


def test_a_row_whose_sum_is_wrong_is_doubtful_where_nothing_else_tells_the_rows() -> None:
    title = form("2021").section("requests").title
    rows = "1.属于国家秘密 1 0 0 0 0 0 1\n3.危及“三安全一稳定” 14 55 17\n591 0 0 440\n"
    result = import_text(f"{TITLE}\n{title}\n{rows}")
    assert {ref.row for ref in result.certain.values} == {"denied_state_secret"}
    assert {one.cell.row for one in result.unsure} == {"denied_security"}
