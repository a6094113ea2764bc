"""The readers of .xlsx and .xls: tables anywhere on a sheet, merged cells, formulas without a result, refusals in words."""

import io
import sys
from datetime import date

import pytest
from openpyxl import Workbook

from app.documents.blocks import Paragraph, TableBlock
from app.errors import UserError
from app.importing.matching.recognise import recognise
from app.importing.readers.xlsx_reader import number_text, read_xls, read_xlsx
from app.importing.source import Source
from tests.importing.reader_samples import (
    known,
    mutated,
    mutated_package,
    paragraphs,
    refuses_or_reads,
    sample,
    tables,
)

READERS = {"xlsx": read_xlsx, "xls": read_xls}


@pytest.fixture(autouse=True)
def _xlrd() -> None:
    pytest.importorskip("xlrd")


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("suffix", READERS)
def test_every_cell_of_every_table_is_read_as_it_was_written(suffix: str) -> None:
    blocks = READERS[suffix](sample("tables_2021", suffix))
    assert tables(blocks) == known("rich_2021")["tables"]
    assert paragraphs(blocks) == ["主动公开政府信息情况", "收到和处理政府信息公开申请情况"]
    places = [block.place for block in blocks if isinstance(block, TableBlock)]
    assert places == ["工作表“年报”第3行", "工作表“年报”第20行", "工作表“表四”第1行"]


@pytest.mark.parametrize("suffix", READERS)
def test_the_report_of_a_workbook_has_every_number(suffix: str) -> None:
    result = recognise(Source(READERS[suffix](sample("tables_2021", suffix)), suffix), "表.xlsx")
    assert (result.report.form, len(result.report.values), result.missing) == ("2021", 200, ())


def test_a_formula_without_a_result_is_doubtful_and_never_computed() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(sample("tables_2021", "xlsx")))  # saved again: results are lost
    result = recognise(Source(read_xlsx(saved(book)), "xlsx"), "表.xlsx")
    assert [(str(one.cell), one.text[0]) for one in result.unsure] == [("requests.received.total", "=")]
    assert len(result.report.values) == 199


def test_titles_and_sentences_around_a_table_are_paragraphs() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["某镇2021年政府信息公开工作年度报告"],
        [],
        [None, "第二十条第（一）项"],
        [None, "信息内容", "本年制发件数"],
        [None, "规章", 0],
        ["注：数据由司法所提供。"],
        [date(2022, 1, 18)],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:C3")
    sheet["A7"].number_format = "yyyy-mm-dd"
    hidden = book.create_sheet("旧")
    hidden["A1"] = "旧数"
    hidden.sheet_state = "hidden"
    blocks = read_xlsx(saved(book))
    assert [type(block) for block in blocks] == [Paragraph, TableBlock, Paragraph, Paragraph]
    assert tables(blocks) == [
        [["第二十条第（一）项", "第二十条第（一）项"], ["信息内容", "本年制发件数"], ["规章", "0"]]
    ]
    assert paragraphs(blocks)[2] == "2022年1月18日"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12", "12"),
        ("12.0", "12"),
        ("134.19999999999999", "134.2"),
        ("1E3", "1000"),
        ("0", "0"),
        ("-3", "-3"),
        ("x", "x"),
    ],
)
def test_numbers_are_written_as_a_person_writes_them(value: str, text: str) -> None:
    assert number_text(value) == text


def test_without_xlrd_the_clerk_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(UserError, match=r"安装不完整.*请重新安装"):
        read_xls(sample("tables_2021", "xls"))


def test_empty_and_broken_workbooks_are_refused() -> None:
    for data, read in ((saved(Workbook()), read_xlsx), (b"PK\x03\x04", read_xlsx), (b"abc", read_xls)):
        with pytest.raises(UserError):
            read(data)


@pytest.mark.slow
def test_broken_files_are_read_or_refused() -> None:
    assert refuses_or_reads(read_xlsx, mutated_package(sample("tables_2021", "xlsx"), 200)) > 0
    assert refuses_or_reads(read_xls, mutated(sample("tables_2021", "xls"), 200)) > 0
