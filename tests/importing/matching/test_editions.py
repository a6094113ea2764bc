"""Which edition a file is in: labels first, the year only between editions that the labels cannot tell apart."""

import pytest

from app.documents.blocks import Cell, Paragraph, TableBlock
from app.form.catalog import form
from app.importing.importer import import_text
from app.importing.matching.cleaning import Piece
from app.importing.matching.editions import by_labels, conflict, edition_of
from app.importing.matching.labels import every_heading
from tests.form.new_editions import LABEL, templates_with

BOTH = (form("2019"), form("2021"))


def printed(edition: str) -> list[str]:
    """Every label that stands in the tables of an edition."""
    tables = form(edition).tables.values()
    headings = [one.label for table in tables for one in every_heading(table.rows + table.columns)]
    return [one for one in (*(table.title for table in tables), *headings) if one]


def pieces(title: str, *cells: str) -> list[Piece]:
    table = TableBlock(tuple(Cell(0, at, text) for at, text in enumerate(cells)), 1, len(cells))
    return [Piece(0, Paragraph(title)), Piece(1, table)]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_all_labels_tell_their_own_edition(edition):
    assert by_labels(printed(edition), [], BOTH) == [form(edition)]
    assert by_labels([], printed(edition), BOTH) == [form(edition)]
    assert by_labels([], ["".join(printed(edition))], BOTH) == [form(edition)]


@pytest.mark.parametrize(
    ("cell", "edition"),
    [
        ("现行有效件数", "2021"),
        ("本年 收费金额（单位：万元）", "2021"),
        ("3.其他", ""),  # a row of one, a column of the other
        ("对外公开总数量", "2019"),
        ("第二十条第（九）项", "2019"),
        ("本年处理决定数量", "2021"),
        ("规范性文件", ""),  # what reports of either edition write
        ("（七）总计", ""),
    ],
)
def test_one_label_tells_where_the_editions_differ(cell, edition):
    assert [one.id for one in by_labels([cell], [], BOTH)] == ([edition] if edition else ["2019", "2021"])


def test_a_label_within_a_longer_one_does_not_tell():
    """处理决定数量 of 2019 stands within 2021's 本年处理决定数量."""
    assert by_labels([], ["信息内容 本年处理决定数量 行政许可 3"], BOTH) == [form("2021")]


def test_the_majority_of_labels_tells():
    cells = ["本年制发件数", "本年废止件数", "对外公开总数量"]
    assert by_labels(cells, [], BOTH) == [form("2021")]


@pytest.mark.parametrize(
    ("title", "edition"),
    [("甲镇2020年政府信息公开工作年度报告", "2019"), ("甲镇2023年政府信息公开工作年度报告", "2021")],
)
def test_the_year_in_the_title_breaks_a_tie(title, edition):
    assert edition_of(pieces(title, "（一）予以公开", "3"), "") == (form(edition), [])
    other = "现行有效件数" if edition == "2019" else "对外公开总数量"
    assert edition_of(pieces(title, other), "")[0] != form(edition), "labels win over the year"


def test_a_report_older_than_any_edition_is_told():
    assert edition_of(pieces("甲镇2012年政府信息公开工作年度报告", "收费"), "") == (
        form("2019"),
        ["2012年的报告早于现行格式，只导入了文字"],
    )


def test_where_neither_label_nor_year_fits_the_edition_is_the_one_that_misses_fewest_labels(
    tmp_path, monkeypatch
):
    """A table of 2021 under the title of 2020, when a later edition has all of its labels and a row more."""
    with templates_with(tmp_path, monkeypatch, "only a row") as new:
        title = "甲镇2020年政府信息公开工作年度报告"
        assert edition_of(pieces(title, *printed("2021")), "")[0].id == "2021"
        assert edition_of(pieces(title, *printed(new)), "")[0].id == new


def test_a_renamed_label_without_its_remark_leaves_it_to_the_year(tmp_path, monkeypatch):
    """Many tables print （二）部分公开 alone."""
    with templates_with(tmp_path, monkeypatch, "only a label") as new:
        cells = [one for one in printed("2021") if one != LABEL[0]] + ["（二）部分公开"]
        for year, edition in ((2024, "2021"), (form(new).first_year, new)):
            found = edition_of(pieces(f"甲镇{year}年政府信息公开工作年度报告", *cells), "")
            assert found == (form(edition), [])


def test_a_conflict_is_told_in_words_of_the_clerk():
    said = (
        "标题写的是2020年，表格却是2021年版格式的（2020年的报告应当使用2019年版格式）；"
        "已按表格读取，请核对标题中的年份，或换用当年的表格"
    )
    assert conflict(form("2021"), 2020) == [said]
    assert "2018年的报告早于这一格式" in conflict(form("2019"), 2018)[0]
    assert conflict(form("2021"), 2021) == conflict(form("2019"), 0) == []


def test_the_conflict_is_among_the_warnings_of_an_import_once():
    text = "甲镇人民政府2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
    table = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t1\t2\t3\n"
    result = import_text(text + table)
    assert (result.report.form, result.report.year) == ("2019", 2022)
    assert [one for one in result.warnings if "2022年" in one] == conflict(form("2019"), 2022)


def test_a_sentence_that_speaks_of_a_row_does_not_tell_the_edition_against_the_year():
    text = "某局2023年政府信息公开工作年度报告\n一、总体情况\n更新了办理行政许可和其他对外管理服务事项的依据、条件和程序，方便查询。\n"
    result = import_text(text)
    assert (result.report.form, result.warnings) == ("2021", ())
