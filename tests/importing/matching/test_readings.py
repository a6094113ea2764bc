"""Pages whose tables have no borders: read in the order in which they were drawn, and never worse than by their borders."""

from dataclasses import replace

import pytest

from app.documents.blocks import Paragraph
from app.form.catalog import form
from app.form.model import CellRef
from app.importing.importer import import_file
from app.importing.matching.readings import best_reading
from app.importing.source import Source
from tests.importing.matching.test_guard import TRUTH, certain
from tests.places import TESTS

PAGES = TESTS / "importing" / "pages"
EDITION = form("2021")


@pytest.mark.parametrize("path", sorted(PAGES.glob("pdf_a_*.pdf")), ids=lambda path: path.stem)
def test_every_cell_of_a_page_without_borders_is_read(path):
    """Left-aligned, a word processor's table without any, a page that lies on its side."""
    result = import_file(path)
    assert certain(result) == TRUTH
    assert [heading.section for heading in result.outline.headings] == [one.key for one in EDITION.sections]
    assert result.report.narratives["problems"] == "一是队伍不稳，下一步加强培训。"
    assert any("先后顺序" in warning for warning in result.warnings)
    assert result.report.agency.name == "某县甲镇人民政府"


def test_a_page_whose_borders_hold_every_table_is_read_by_them():
    result = import_file(TESTS / "importing" / "files" / "rich_2021.pdf")
    assert not any("先后顺序" in warning for warning in result.warnings)


def source(*lines: str) -> tuple[Paragraph, ...]:
    title, section = "某镇2024年政府信息公开工作年度报告", EDITION.section("proactive").title
    return tuple(Paragraph(line, place="第1页") for line in (title, section, *lines))


LICENSING, PENALTY = CellRef("art20_5", "licensing", "decisions"), CellRef("art20_6", "penalty", "decisions")


def test_the_reading_with_more_certain_cells_is_taken_and_told():
    few, more = source("行政许可 5", "行政处罚 x"), source("行政许可 5", "行政处罚 6")
    result = best_reading(Source(few, "pdf", others=(lambda: more,)), "年报.pdf")
    assert result.certain.values == {LICENSING: 5, PENALTY: 6}


def test_a_number_of_which_two_readings_are_sure_and_differ_is_doubtful():
    one, other = source("行政许可 5", "行政处罚 6"), source("行政许可 7", "行政处罚 x")
    result = best_reading(Source(one, "pdf", others=(lambda: other,)), "年报.pdf")
    assert result.report.values == {LICENSING: 5, PENALTY: 6}
    assert [(doubt.cell, doubt.reason) for doubt in result.unsure] == [
        (LICENSING, "换一种顺序读取，此处是“7”，请核对")
    ]


def test_an_order_in_which_nothing_is_found_leaves_what_was_read():
    plain = source("行政许可 5", "行政处罚 6")
    nothing = (Paragraph("食堂本周菜单", place="第1页"),)
    result = best_reading(Source(plain, "pdf", others=(lambda: nothing,)), "年报.pdf")
    assert result.certain.values == {LICENSING: 5, PENALTY: 6}


def test_a_source_that_can_be_read_in_one_way_only_is_read_as_ever():
    plain = Source(source("行政许可 5", "行政处罚 6"), "txt")
    assert best_reading(plain, "a.txt") == best_reading(replace(plain, others=()), "a.txt")
