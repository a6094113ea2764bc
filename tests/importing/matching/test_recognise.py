"""Blocks of any reader → a report in which each cell is read, doubtful or missing, and everything else is told."""

import re

import pytest

from app.documents.blocks import Cell, Paragraph, PictureBlock, TableBlock
from app.documents.compose import compose
from app.errors import UserError
from app.form.catalog import all_forms, form
from app.form.model import CellRef, FormDefinition
from app.importing.importer import import_bytes
from app.importing.matching.recognise import recognise
from app.importing.result import CellState, ImportResult
from app.importing.source import MAX_AREA, Source
from tests.exporting.reports import full_report
from tests.places import TESTS

TITLE = Paragraph("甲县乙镇人民政府2023年政府信息公开工作年度报告")
EACH = pytest.mark.parametrize("edition", all_forms(), ids=lambda one: one.id)


def result_of(*blocks: object, **more: object) -> ImportResult:
    return recognise(Source(tuple(blocks), "docx", **more), "年报.docx")  # type: ignore[arg-type]


def row(*texts: str) -> TableBlock:
    return TableBlock(tuple(Cell(0, at, text) for at, text in enumerate(texts)), 1, len(texts))


@EACH
def test_the_blocks_of_a_report_are_that_report(edition: FormDefinition):
    report = full_report(edition.id, edition.last_year or edition.first_year)
    result = result_of(*compose(report, edition))
    assert dict(result.report.values) == dict(report.values)
    assert dict(result.report.narratives) == dict(report.narratives)
    assert (result.report.form, result.report.year) == (edition.id, report.year)
    assert (result.unsure, result.missing, result.unused, result.warnings) == ((), (), (), ())


@EACH
def test_without_a_row_its_cells_are_missing_and_all_others_stay(edition: FormDefinition):
    """Each row is taken out once: no number moves into its place."""
    report = full_report(edition.id, edition.last_year or edition.first_year)
    blocks = compose(report, edition)
    at = next(i for i, one in enumerate(blocks) if isinstance(one, TableBlock) and one.rows > 20)
    table = blocks[at]
    assert isinstance(table, TableBlock)
    rows = {cell.ref.row: cell.row for cell in table.cells if cell.ref is not None}
    for key, line in list(rows.items())[::5]:
        cells = tuple(one for one in table.cells if one.row != line or one.row_span > 1)
        shorter = TableBlock(cells, table.rows, table.columns)
        result = result_of(*blocks[:at], shorter, *blocks[at + 1 :])
        lost = {ref for ref in edition.cells if (ref.table, ref.row) == ("requests", key)}
        assert set(result.missing) == lost
        assert dict(result.certain.values) == {r: v for r, v in report.values.items() if r not in lost}


def test_every_cell_has_one_state():
    result = result_of(TITLE, row("（一）予以公开", "3", "/", "", "0", "0", "x", "3"))
    states = [result.trace(ref).state for ref in form("2021").cells]
    assert states.count(CellState.READ) == 4
    assert states.count(CellState.DOUBTFUL) == 1
    assert len(states) == len(form("2021").cells)
    assert result.trace(CellRef("requests", "granted", "enterprise")).reason == "原文此处写的是“/”，没有当作0"
    assert result.trace(CellRef("requests", "granted", "research")).reason == "原文此处是空白，没有当作0"


def test_a_mark_instead_of_a_number_is_told_and_no_zero():
    result = result_of(TITLE, row("（一）予以公开", "/", "/", "1", "0", "0", "0", "2"))
    assert CellRef("requests", "granted", "natural_person") not in result.report.values
    assert [one for one in result.warnings if "没有当作0" in one]


def test_a_text_that_is_no_report_is_refused():
    with pytest.raises(UserError, match="没有找到政府信息公开工作年度报告的内容"):
        result_of(Paragraph("会议纪要"), row("姓名", "电话"))


def test_more_than_a_report_can_hold_is_refused():
    with pytest.raises(UserError, match="内容太多"):
        result_of(*[Paragraph("字")] * 20_001)
    wide = TableBlock(tuple(Cell(0, at, "") for at in range(MAX_AREA + 1)), 1, MAX_AREA + 1)
    with pytest.raises(UserError, match="内容太多"):
        result_of(wide)


def test_what_a_picture_says_is_doubtful_as_a_whole():
    result = result_of(
        TITLE, row("（一）予以公开", "3", "0", "0", "0", "0", "0", "3"), doubt="由图片识别，请对照原件核对"
    )
    assert len(result.unsure) == len(result.report.values) == 7
    assert result.certain.values == {}


def test_a_picture_in_the_place_of_a_table_is_told():
    result = result_of(TITLE, Paragraph("四、政府信息公开行政复议、行政诉讼情况"), PictureBlock("image1.png"))
    assert [one.section for one in result.pictures] == ["review"]
    assert any(one.section == "review" and one.picture for one in result.outline.tables)


def test_the_notes_of_the_reader_come_first_among_the_warnings():
    result = result_of(TITLE, Paragraph("一、总体情况"), Paragraph("- 3 -"), notes=("第2页读不出来",))
    assert result.warnings[0] == "第2页读不出来"
    assert any("页码" in one for one in result.warnings[1:])


def test_the_outline_tells_what_was_taken_out_and_which_cells_hold_words():
    page = (TESTS / "checks" / "cases" / "page.html").read_text(encoding="utf-8")
    page = page.replace("<td>5</td>", "<td>5（其中修订1件）</td>", 1).replace(
        "{A}", "公开**120**条，填写___条。"
    )
    page = re.sub(r"\{[A-Z]\}", "", page)
    result = import_bytes(page.encode(), "旧年报.html")
    ref = CellRef("art20_1", "normative_documents", "in_force")
    assert result.outline.worded == ((ref, "5（其中修订1件）"),)
    assert [one.startswith("已去掉转换残留“**”") for one in result.outline.residue] == [True]
    assert "公开120条" in result.report.narrative("overview")
    assert "填写_" in result.report.narrative("overview")
