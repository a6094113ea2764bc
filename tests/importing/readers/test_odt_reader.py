"""The reader of OpenDocument: the known report word for word, repeated cells, and refusals in words."""

import io
import zipfile

import pytest

from app.documents.blocks import PictureBlock, Style
from app.errors import UserError
from app.importing.readers.odt_reader import read_odt
from tests.importing.reader_samples import (
    NAMES,
    known,
    mutated_package,
    paragraphs,
    refuses_or_reads,
    sample,
    tables,
)

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name if name != "draw" else "drawing"}:1.0"'
    for name in ("office", "text", "table", "draw", "style")
)


def odt(body: str, kind: str = "text", manifest: str = "", head: str = "") -> bytes:
    content = (
        f"{head}<office:document-content {NAMESPACES}><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_and_every_cell_is_read_as_it_was_written(name: str) -> None:
    blocks = read_odt(sample(name, "odt"))
    assert paragraphs(blocks) == known(name)["paragraphs"]
    assert tables(blocks) == known(name)["tables"]


def test_a_picture_comes_with_its_data_and_headings_are_known() -> None:
    blocks = read_odt(sample("rich_2021", "odt"))
    assert [block.data[:4] for block in blocks if isinstance(block, PictureBlock)] == [b"\x89PNG"]
    assert sum(getattr(block, "style", None) is Style.HEADING1 for block in blocks) == 6


def test_repeated_cells_and_rows_of_a_workbook_are_written_out_and_its_empty_rest_is_not() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell.format('甲')}{cell.format(7)}<table:table-cell table:number-columns-repeated='2'>"
    row += "<text:p>0</text:p></table:table-cell><table:table-cell table:number-columns-repeated='16000'/></table:table-row>"
    rest = "<table:table-row table:number-rows-repeated='1048000'><table:table-cell/></table:table-row>"
    assert tables(read_odt(odt(f"<table:table>{row}{row}{rest}</table:table>", "spreadsheet"))) == [
        [["甲", "7", "0", "0"], ["甲", "7", "0", "0"], ["", "", "", ""]]
    ]


def test_text_boxes_and_line_breaks_are_paragraphs() -> None:
    box = "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"
    body = f"<text:p>一<text:s text:c='2'/>二<text:line-break/>三{box}四<text:note><text:p>注</text:p></text:note></text:p>"
    assert paragraphs(read_odt(odt(body))) == ["一  二", "三四", "框"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (odt("<text:p>一</text:p>", manifest="<manifest:encryption-data/>"), "密码"),
        (odt(""), "没有正文"),
        (
            odt("<text:p>&a;</text:p>", head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
            "不安全",
        ),
        (odt("<text:p>"), "损坏"),
        (b"PK\x03\x04", "损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_odt(data)


@pytest.mark.slow
def test_broken_files_are_read_or_refused() -> None:
    assert refuses_or_reads(read_odt, mutated_package(sample("rich_2021", "odt"), 150)) > 0
