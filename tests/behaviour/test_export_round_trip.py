"""What is written is read again: the same cells, the same text, in every format that can be read."""

import pytest
from hypothesis import HealthCheck, given, settings

from app.exporting.docx.writer import docx_bytes
from app.exporting.html_writer import html_bytes
from app.exporting.text_writer import text_bytes
from app.importing.importer import import_bytes
from tests.exporting.reports import blocks_of, full_report, meta_of, random_reports

WRITERS = {"docx": docx_bytes, "html": html_bytes, "txt": text_bytes}
EACH = pytest.mark.parametrize("kind", WRITERS)
EDITIONS = pytest.mark.parametrize(("edition", "year"), [("2019", 2020), ("2021", 2024)])


def read_again(report, kind):
    return import_bytes(WRITERS[kind](blocks_of(report), meta_of(report)), f"报告.{kind}")


@EACH
@EDITIONS
def test_a_full_report_comes_back_whole(kind, edition, year):
    report = full_report(edition, year)
    result = read_again(report, kind)
    assert result.report.form == edition
    assert dict(result.report.values) == dict(report.values)
    assert not result.missing
    assert not result.unsure
    assert dict(result.report.narratives) == dict(report.narratives)
    assert result.report.agency.name == report.agency.name
    assert result.report.year == year
    assert result.report.signature.issued_on == report.signature.issued_on


@EACH
@EDITIONS
def test_the_structure_is_the_official_one(kind, edition, year):
    outline = read_again(full_report(edition, year), kind).outline
    assert outline.title == f"测试县甲乙镇人民政府{year}年政府信息公开工作年度报告"
    assert [heading.ordinal for heading in outline.headings] == list("一二三四五六")
    assert all(table.complete for table in outline.tables)
    assert outline.has_balance_note


@pytest.mark.slow
@EACH
@given(report=random_reports())
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_any_report_is_right_or_told_never_wrong(kind, report):
    result = read_again(report, kind)
    doubtful = {one.cell for one in result.unsure}
    for ref in report.values:
        assert result.report[ref] == report[ref] or ref in doubtful or ref in result.missing
    for ref in result.report.values:
        assert ref in report.values or ref in doubtful
    if kind != "txt":  # text has no empty cells to show where a row stops
        certain = {ref: value for ref, value in report.values.items() if ref not in doubtful}
        assert dict(result.certain.values) == certain  # a blank that can only be 0 is proposed, doubtful
