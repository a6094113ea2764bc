"""Which writer makes which file, and what every one of them must hold to."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.exporting import exporter
from app.exporting.formats import FORMATS
from app.exporting.html_writer import html_bytes
from app.exporting.text_writer import text_bytes
from app.exporting.xlsx_writer import xlsx_bytes
from app.form.catalog import form
from app.report.model import Agency, Report
from tests.exporting.reports import blocks_of, full_report, meta_of

REPORT = full_report("2021", 2024)


MARKED = replace(meta_of(REPORT), mark="送审稿")


@pytest.mark.parametrize("suffix", [one.suffix for one in FORMATS])
def test_a_name_with_what_no_xml_holds_is_written_without_it(suffix: str) -> None:
    """Half a surrogate pair and control characters come with text pasted from old programs."""
    report = Report("2021", 2022, Agency("某\ud83d县\x00\x1b\x0b某镇人民政府"))
    assert exporter.export_bytes(report, form("2021"), [Path(f"x{suffix}")], draft=True)[0]


@pytest.mark.parametrize(("meta", "told"), [(meta_of(REPORT, True), "【草稿】"), (MARKED, "【送审稿】")])
def test_a_mark_is_told_where_no_watermark_can_be(meta, told):
    blocks = blocks_of(REPORT)
    assert told in html_bytes(blocks, meta).decode("utf-8")
    assert text_bytes(blocks, meta).decode("utf-8-sig").startswith(told)
    book = load_workbook(BytesIO(xlsx_bytes(blocks, meta, REPORT, form(REPORT.form))))
    assert all(f"{told}\n" in sheet["A1"].value for sheet in book)
    for bare in (html_bytes(blocks, meta_of(REPORT)), text_bytes(blocks, meta_of(REPORT))):
        assert "【" not in bare.decode("utf-8")
