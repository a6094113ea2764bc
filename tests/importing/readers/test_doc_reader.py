"""The reader of .doc and .wps: the known report word for word, and refusals in words."""

import pytest

from app.documents.blocks import Paragraph, PictureBlock, Style, TableBlock
from app.errors import UserError
from app.importing.readers.doc_reader import read_doc
from tests.importing.reader_samples import (
    NAMES,
    known,
    mutated,
    paragraphs,
    refuses_or_reads,
    sample,
    tables,
)

HEAD = b"\xec\xa5\x01\x01"  # magic number and version at the start of the WordDocument stream


def patched(at: int, value: bytes) -> bytes:
    """The sample with bytes of its file information block replaced."""
    data = sample("rich_2021", "doc")
    start = data.index(HEAD) + at
    return data[:start] + value + data[start + len(value) :]


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_and_every_cell_is_read_as_it_was_written(name: str) -> None:
    blocks = read_doc(sample(name, "doc"))
    assert paragraphs(blocks) == known(name)["paragraphs"]
    assert tables(blocks) == known(name)["tables"]


def test_merged_cells_are_one_cell_with_its_spans() -> None:
    table = [one for one in read_doc(sample("rich_2021", "doc")) if isinstance(one, TableBlock)][1]
    merged = {cell.text: (cell.row_span, cell.column_span) for cell in table.cells if cell.row_span > 1}
    assert merged["三、本年度办理结果"] == (22, 1)
    assert merged["（三）不予公开"] == (8, 1)


def test_a_picture_is_noted_where_it_stands_and_headings_are_known_by_their_style() -> None:
    blocks = read_doc(sample("rich_2021", "doc"))
    assert [block.place for block in blocks if isinstance(block, PictureBlock)] == ["第10段"]
    headings = [
        block.text for block in blocks if isinstance(block, Paragraph) and block.style is Style.HEADING1
    ]
    assert len(headings) == 6
    assert headings[0] == "一、总体情况"


def test_deleted_text_is_left_out_and_list_numbers_are_shown() -> None:
    texts = paragraphs(read_doc(sample("rich_2021", "doc")))
    assert "制发行政规范性文件23件。" in texts
    assert "2.制度健全，按期更新。" in texts


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (patched(0x0A, b"\xf8\x13"), "密码"),
        (patched(2, b"\x65\x00"), "Word 6.0/95"),
        (patched(2, b"\x68\x00"), "Word 6.0/95"),
        (patched(0, b"\xdb\xa5"), "Word 6.0/95"),
        (sample("rich_2021", "doc")[:3000], "损坏"),
        (sample("tables_2021", "xls"), "没有 Word 文档的正文"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "损坏"),
        (b"", "损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read_doc(data)
    assert words in caught.value.what
    assert caught.value.what_to_do


def test_a_works_document_is_told_from_a_wps_one() -> None:
    entries = [
        name.encode("utf-16-le").ljust(64, b"\0") + bytes([2 * len(name) + 2])
        for name in ("WordDocument", "MatOST")
    ]
    works = sample("rich_2021", "doc").replace(*entries)
    with pytest.raises(UserError, match="Works"):
        read_doc(works)


@pytest.mark.slow
def test_broken_files_are_read_or_refused() -> None:
    assert refuses_or_reads(read_doc, mutated(sample("rich_2021", "doc"), 200)) > 0
