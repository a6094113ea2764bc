"""What this program writes it reads back: a report as Word, web page and text comes in again with every value and word."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.compose import compose, document_title
from app.exporting.docx.writer import docx_bytes
from app.exporting.html_writer import html_bytes
from app.exporting.meta import Meta
from app.exporting.text_writer import text_bytes
from app.form.catalog import form
from app.form.model import CellRef, Value, ValueKind
from app.importing.importer import import_bytes
from app.importing.result import ImportResult
from app.report.model import INTRODUCTION, Agency, Report, Signature

WRITERS = {"docx": docx_bytes, "html": html_bytes, "txt": text_bytes}
TEXTS = {
    INTRODUCTION: "根据《中华人民共和国政府信息公开条例》规定，编制本报告。本报告所列数据的统计期限为2022年1月1日至12月31日。\n"
    "如有疑问，请与侯家镇党政办联系（地址：威海市文登区侯家镇爱民路2号；邮编：264400；电话：0631-8727088）。",
    "overview": "2022年，侯家镇认真贯彻落实《条例》。\n（一）主动公开\n公开信息472条，其中：\n1.网站64条；\n2.公众号369条。\n"
    "（二）依申请公开。未收到申请。",
    "proactive": "以下为主动公开情况。",
    "requests": "2022年没有收到政府信息公开申请。",
    "problems": "存在的主要问题：一是解读不深入；二是更新不及时。\n改进情况：加强培训，按时更新。",
    "other": "（一）收费情况\n2022年度本单位未收取信息处理费。\n（二）其他事项\n无。",
}


def report_of(edition: str, values: dict[CellRef, Value]) -> Report:
    return Report(
        edition,
        2022,
        Agency("威海市文登区侯家镇人民政府", "侯家镇"),
        values,
        TEXTS,
        Signature("", date(2023, 1, 29)),
    )


def brought_back(report: Report, suffix: str) -> ImportResult:
    declared = form(report.form)
    meta = Meta(document_title(report, declared), report.agency.name, report.year, draft=False)
    return import_bytes(WRITERS[suffix](compose(report, declared), meta), f"年报.{suffix}")


@st.composite
def values_of(draw: st.DrawFn, edition: str) -> dict[CellRef, Value]:
    declared = form(edition)
    amounts = st.decimals(0, 99_999, places=6).map(lambda one: one.normalize() + 0)
    drawn = {
        ref: draw(amounts if declared.kind(ref) is ValueKind.MONEY else st.integers(0, 9999))
        for ref in declared.cells
    }
    left = draw(st.sets(st.sampled_from(declared.cells), max_size=60))
    return {ref: value for ref, value in drawn.items() if ref not in left}


def stands_alone(ref: CellRef, report: Report) -> bool:
    """A long number in a row that is blank otherwise may be several run together: it is asked about."""
    return [other for other in report.values if other[:2] == ref[:2]] == [ref]


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("suffix", WRITERS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_report_comes_back_as_it_was_written(suffix: str, edition: str, data: st.DataObject) -> None:
    report = report_of(edition, data.draw(values_of(edition)))
    result = brought_back(report, suffix)
    told = {one.cell for one in result.unsure}
    assert {ref: v for ref, v in result.report.values.items() if ref not in told} == {
        ref: v for ref, v in report.values.items() if ref not in told
    }
    if suffix != "txt":
        assert all(edition == "2019" or stands_alone(ref, report) for ref in told)
    assert set(result.missing) == set(form(edition).cells) - set(report.values) - told


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("suffix", WRITERS)
def test_its_texts_title_and_signature_come_back(suffix: str, edition: str) -> None:
    report = report_of(edition, dict.fromkeys(form(edition).cells, 0))
    result = brought_back(report, suffix)
    back = result.report
    assert dict(back.narratives) == TEXTS
    assert (back.form, back.year, back.agency.name) == (edition, 2022, report.agency.name)
    assert back.signature == report.signature
    assert back.agency.phone == "0631-8727088"
    assert result.outline.title == document_title(report, form(edition))
    assert [one.text for one in result.outline.headings] == [one.title for one in form(edition).sections]
    assert all(one.complete and one.under == one.section for one in result.outline.tables)
    assert result.outline.has_balance_note
    assert (result.unused, result.pictures, result.unsure, result.missing) == ((), (), (), ())
