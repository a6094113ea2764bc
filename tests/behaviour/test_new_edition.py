"""A new edition is a folder: on screen, in the equations, in every file written, and every file is read as its own edition."""

from pathlib import Path

import pytest

from app.exporting import exporter, formats
from app.form.catalog import all_forms, form, form_for_year
from app.form.model import Axis, CellRef
from app.importing.importer import import_bytes, import_text, read
from app.importing.result import ImportResult
from app.report.model import Report
from app.report.totals import with_totals
from tests.exporting.reports import full_report
from tests.form.new_editions import EDITIONS, LABEL, ROW, SECTION, templates_with

EACH_FORMAT = pytest.mark.parametrize("suffix", [one.suffix for one in formats.FORMATS])


@pytest.fixture(scope="module", params=EDITIONS)
def new(request, tmp_path_factory):
    """The id of the third edition; it is known while the tests with it run."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        folder = tmp_path_factory.mktemp("new edition")
        with templates_with(folder, monkeypatch, request.param) as edition:
            yield edition


def written(report: Report, suffix: str) -> bytes:
    return exporter.export_bytes(report, form(report.form), [Path(f"年报{suffix}")], draft=False)[0]


def exported(report: Report, suffix: str) -> ImportResult:
    return import_bytes(written(report, suffix), f"年报{suffix}")


def reports() -> list[Report]:
    """One of every edition; every cell has its own number."""
    return [full_report(one.id, one.last_year or one.first_year) for one in all_forms()]


def test_the_folder_alone_makes_it_the_edition_of_its_years(new):
    year = form(new).first_year
    assert [form_for_year(one).id for one in (year - 1, year, year + 7)] == ["2021", new, new]
    assert form("2021").last_year == year - 1


@EACH_FORMAT
def test_every_file_of_every_edition_is_read_as_that_edition_with_every_cell(new, suffix):
    for report in reports():
        result = exported(report, suffix)
        assert (result.report.form, result.report.year) == (report.form, report.year)
        assert dict(result.report.values) == dict(report.values)
        assert (result.missing, result.unsure, result.warnings) == ((), (), ())
        sections = [one for one in form(report.form).sections if one.tables or suffix != ".xlsx"]
        assert [one.section for one in result.outline.headings] == [one.key for one in sections]
        assert all(table.complete for table in result.outline.tables)


@EACH_FORMAT
def test_what_is_new_stands_in_every_file(new, suffix):
    blocks = read(written(full_report(new, form(new).first_year), suffix)).blocks
    text = "".join(cell.text for block in blocks for cell in getattr(block, "cells", ()))
    text = "".join((text + "".join(getattr(block, "text", "") for block in blocks)).split())
    labels = {row.label for row in form(new).tables["requests"].leaf_rows}
    for told in (ROW[1].split('"')[3], LABEL[1]):
        assert (told in text) == (told in labels)
    assert (SECTION[1] in text) == (form(new).section("review").title == SECTION[1])


def test_a_new_row_is_in_the_sums_of_its_table(new):
    edition = form(new)
    row = "denied_platform"
    if row not in {one.key for one in edition.tables["requests"].leaf_rows}:
        assert edition.cells == form("2021").cells
        return
    columns = {one.key for one in edition.tables["requests"].leaf_columns}
    processed = [one for one in edition.equations if one.check.id == "T3-04"]
    assert {one.line for one in processed if CellRef("requests", row, one.line) in one.parts} == columns
    total = CellRef("requests", row, "total")
    assert [one.check.axis for one in edition.totals[total]] == [Axis.COLUMN]
    values = {CellRef("requests", row, "natural_person"): 3, CellRef("requests", row, "research"): 4}
    before = Report(new, edition.first_year, values=dict.fromkeys(edition.cells, 0))
    added = with_totals(before, before.with_values(values), edition, values)
    assert added[total] == 7
    assert added[CellRef("requests", "processed", "total")] == 7


def test_a_title_of_another_year_than_the_tables_is_told(new):
    """The labels win, in the clerk's words; where no label differs the year has already decided."""
    year = form(new).first_year
    old, right = full_report("2021", year - 1), full_report(new, year)
    for report, wrong in ((old, year), (right, year - 1)):
        text = written(report, ".txt").decode("utf-8-sig").replace(f"{report.year}年", f"{wrong}年")
        result = import_text(text)
        assert result.report.year == wrong
        told = [one for one in result.warnings if "标题写的是" in one]
        if result.report.form == report.form:
            said = (
                f"标题写的是{wrong}年，表格却是{report.form}年版格式的（{wrong}年的报告应当使用"
                f"{form_for_year(wrong).id}年版格式）；已按表格读取，请核对标题中的年份，或换用当年的表格"
            )
            assert told == [said]
        else:  # 2021's labels all stand in the new edition that only has a row more
            assert (report, new, told) == (old, EDITIONS["only a row"], [])
            lost = {ref for ref in form(new).cells if ref not in old.values}
            assert set(result.missing) == lost
        certain = {ref: result.report[ref] for ref in report.values if ref in result.report.values}
        assert certain == dict(report.values)
