"""变动对照表: few pages, old → new in the official tables, what changed in the texts and no more."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.documents.blocks import TableBlock
from app.documents.layout import printed_table
from app.report.entry import show_value
from app.session.document import ReportDocument
from app.signoff.changes import CHANGES, changes_style, list_of_changes
from app.signoff.papers import Papers, paper
from app.typesetting.fonts import bundled_faces
from app.typesetting.page_style import page_style
from app.typesetting.typeset import typeset
from tests.exporting.reports import full_report

OLD = full_report("2021", 2024)


def changed(**narratives: str):
    """Last year's report carried on: every number is another, so is what is said of it."""
    made = ReportDocument(replace(OLD, year=2025), OLD)
    inputs = [ref for ref in made.form.cells if ref not in made.form.totals]
    made.set_values({ref: n % 90 + 100 for n, ref in enumerate(inputs)}, "填写")
    for key, text in narratives.items():
        made.set_narrative(key, text)
    return made


def blocks_of(document) -> list:
    return list(list_of_changes("年报", "2024年的报告", OLD, document.report))


def pages_and_text(document) -> tuple[int, str]:
    pdf = pypdfium2.PdfDocument(paper(Papers.of(document, date(2026, 1, 9)), CHANGES, ".pdf"))
    return len(pdf), "".join(page.get_textpage().get_text_range() for page in pdf)


def test_an_ordinary_year_is_a_few_pages():
    text = "\n".join(
        f"（{n}）全年公开信息{n * 7}条，同比增长{n}%，其中通过政府网站公开{n}条。" for n in range(10, 30)
    )
    pages, _ = pages_and_text(changed(overview=text))
    assert pages <= 5


def test_every_changed_cell_says_old_and_new_in_the_official_table():
    document = changed()
    tables = [block for block in blocks_of(document) if isinstance(block, TableBlock)]
    shown = {cell.ref: cell.text for table in tables for cell in table.cells if cell.ref}
    for ref in document.form.cells:
        old, new = show_value(OLD[ref]) or "空", show_value(document.report[ref]) or "空"
        wanted = f"{old}→{new}" if old != new else new
        assert "".join(shown[ref].split()) == wanted


def test_only_tables_in_which_something_changed_are_shown():
    document = ReportDocument(replace(OLD, year=2025), OLD)
    ref = document.form.cells[-1]
    document.set_values({ref: 77}, "填写")
    tables = [block for block in blocks_of(document) if isinstance(block, TableBlock)]
    official = [table for table in tables if any(cell.ref for cell in table.cells)]
    assert len(official) == 1
    (section,) = (one for one in document.form.sections if ref.table in {table.key for table in one.tables})
    assert official[0].rows == printed_table(section, lambda _ref: "").rows


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("全年公开信息237条。", "全年公开信息251条。", "全年公开信息【237 → 251】条。"),
        ("全年公开。", "全年主动公开。", "全年【增加：主动】公开。"),
        ("全年主动公开。", "全年公开。", "全年【删去：主动】公开。"),
    ],
)
def test_a_changed_text_shows_the_words_that_changed(old: str, new: str, told: str):
    first = OLD.with_narrative("overview", old)
    (table,) = [
        block
        for block in list_of_changes("年报", "上年", first, OLD.with_narrative("overview", new))
        if isinstance(block, TableBlock)
    ]
    assert table.cells[-1].text == told


def test_a_long_paragraph_is_told_by_its_beginning_and_its_length():
    first, second = (OLD.with_narrative("overview", text) for text in ("甲" * 900, "乙" * 1300))
    texts = [
        cell.text
        for block in list_of_changes("年报", "上年", first, second)
        if isinstance(block, TableBlock)
        for cell in block.cells
    ]
    assert any("……（共900字）" in text for text in texts)
    assert any("……（共1300字）" in text for text in texts)
    assert all(len(text) < 700 for text in texts)


@pytest.mark.parametrize("number", [7, 12345, 99999999])
def test_no_type_is_too_small_to_read(number: int):
    document = changed(overview="一是加强领导，落实责任；" * 150)
    document.set_values(
        dict.fromkeys([one for one in document.form.cells if one not in document.form.totals], number), "填写"
    )
    pages = typeset(blocks_of(document), changes_style(page_style()), bundled_faces())
    assert min(text.size for page in pages for piece in page.pieces for text in piece.texts) >= 8
