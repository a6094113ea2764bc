"""核对表: everything found and everything explained stands on it, in every format, and opens."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from app.errors import UserError
from app.report.model import Agency, Report
from app.session.document import ReportDocument
from app.signoff import check_sheet
from app.signoff.check_sheet import Checked, equations
from tests.checks.reports import cell, good

TODAY = date(2026, 1, 9)
REASON = "=已与司法所核对，数字属实"


@pytest.fixture
def document() -> ReportDocument:
    """Something to mend, something explained, last year's beside it."""
    report = good(values={cell("received"): 1, cell("received", "total"): 1})
    text = report.narrative("overview") + "\n我局高度重视。"
    document = ReportDocument(report.with_narrative("overview", text), good(year=2024))
    document.explain(next(one for one in document.findings if one.quote.startswith("我局")), REASON, TODAY)
    return document


def text_of(checked: Checked, suffix: str) -> str:
    data = check_sheet.sheet_bytes(checked, suffix, TODAY)
    if suffix == ".docx":
        read = Document(BytesIO(data))
        cells = [one.text for table in read.tables for row in table.rows for one in row.cells]
        return "".join([*(one.text for one in read.paragraphs), *cells])
    if suffix == ".xlsx":
        book = load_workbook(BytesIO(data))
        return "".join(str(one.value) for sheet in book for row in sheet for one in row if one.value)
    with PdfDocument(data) as pdf:
        return "".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("suffix", check_sheet.SUFFIXES)
def test_every_finding_and_explanation_is_on_it(document, suffix):
    text = flat(text_of(Checked.of(document), suffix))
    for one in document.all_findings:
        assert flat(one.message) in text
        assert one.rule in text
    assert flat(REASON) in text
    assert "甲县乙镇人民政府" in text
    assert "国办公开办函〔2021〕30号" in text
    assert "2026年1月9日" in text
    assert "第7段" in text


def test_the_equations_say_how_often_they_hold(document):
    rows = {one.rule: one for one in equations(Checked.of(document))}
    assert rows["T3-05"].words == "成立5处，不成立2处"
    assert rows["T3-03"].words == "成立25处"
    assert rows["T3-03"].example.endswith("：1=1+0")
    assert rows["Y-01"].words == "成立7处"
    document.set_prior(None)
    assert "Y-01" not in {one.rule for one in equations(Checked.of(document))}
    document.set_values({cell("granted"): None}, "清除")
    assert {one.rule: one for one in equations(Checked.of(document))}["T3-04"].words == "成立5处，未核对2处"


def test_the_conclusion_counts_what_is_left(document):
    assert re.fullmatch(r"还有错误1处，警告[1-9]处没有处理，已说明1处。", Checked.of(document).conclusion)
    for one in document.findings:
        document.explain(one, REASON, TODAY)
    assert Checked.of(document).conclusion.startswith("没有未处理的错误和警告，已说明")


EMPTY = [Report("2021", 2025), Report("2019", 2020, Agency("=1+1\n镇\x00人民政府"))]


@pytest.mark.parametrize("report", EMPTY)
@pytest.mark.parametrize("suffix", check_sheet.SUFFIXES)
def test_an_empty_report_has_one_too(report, suffix):
    assert "没有" in text_of(Checked.of(ReportDocument(report)), suffix)


def test_a_long_quotation_and_a_long_reason_are_no_trouble(document):
    document.set_narrative("overview", "局" * 5000 + "我局高度重视" + "😀\ud83d")
    for one in document.findings:
        document.explain(one, "说明原因" * 100, TODAY)
    for suffix in check_sheet.SUFFIXES:
        assert "说明原因" in flat(text_of(Checked.of(document), suffix))


def test_only_what_a_writer_knows(document, tmp_path):
    with pytest.raises(UserError, match="请用这些后缀之一"):
        check_sheet.write(Checked.of(document), [tmp_path / "a.docx", tmp_path / "a.doc"], TODAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("in_force", "repealed", "issued", "words"),
    [
        (2, 1, 3, "成立2处"),
        (3, 1, 3, "成立2处"),
        (1, 1, 3, "成立1处，不成立1处"),
        (None, 1, 3, "成立1处，未核对1处"),
    ],
)
def test_an_inequality_holds_when_both_sides_are_equal(in_force, repealed, issued, words):
    row = {"in_force": in_force, "repealed": repealed, "issued": issued}
    report = good().with_values(
        {cell("normative_documents", key, "art20_1"): value for key, value in row.items()}
    )
    found = {one.rule: one for one in equations(Checked.of(ReportDocument(report)))}["T2-04"]
    assert found.words == words
    if (in_force, repealed) == (2, 1):
        assert found.example.endswith("：2+1≥3")


def test_the_demands_of_the_county_and_its_points_stand_on_it(document):
    plain = text_of(Checked.of(document), ".xlsx")
    assert "地方要求" not in plain
    document.use_checks(replace(document.check_settings, pack="fujian_licheng"))
    for suffix in check_sheet.SUFFIXES:
        told = re.sub(r"\s", "", text_of(Checked.of(document), suffix))
        assert "福建泉州鲤城（2020年泉州市鲤城区政务公开指数绩效考评标准表）" in told
        assert "预计得5分（满分10分）：与往年雷同扣5分" in told
