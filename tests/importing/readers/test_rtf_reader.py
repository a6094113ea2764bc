"""The reader of .rtf: the known report word for word, the habits of several writers, and refusals in words."""

import pytest

from app.documents.blocks import PictureBlock, Style, TableBlock
from app.errors import UserError
from app.importing.readers.rtf_reader import read_rtf
from tests.importing.reader_samples import (
    NAMES,
    grid,
    known,
    mutated,
    paragraphs,
    refuses_or_reads,
    sample,
    tables,
)


def rtf(body: str, head: str = r"\ansi\ansicpg936\deff0") -> bytes:
    return ("{\\rtf1" + head + " " + body + "}").encode("gb18030")


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_and_every_cell_is_read_as_it_was_written(name: str) -> None:
    blocks = read_rtf(sample(name, "rtf"))
    assert paragraphs(blocks) == known(name)["paragraphs"]
    assert tables(blocks) == known(name)["tables"]


def test_a_picture_comes_with_its_data_and_headings_are_known_by_their_style() -> None:
    blocks = read_rtf(sample("rich_2021", "rtf"))
    assert [block.data[:4] for block in blocks if isinstance(block, PictureBlock)] == [b"\x89PNG"]
    assert sum(getattr(block, "style", None) is Style.HEADING1 for block in blocks) == 6


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (r"\'d2\'bb\'a1\'a2\'d7\'dc\'cc\'e5\par", ["一、总体"]),  # GBK in hex
        ("一、总体\\par 正文\\par", ["一、总体", "正文"]),  # GBK as it is
        (r"\uc1\u19968?\u12289?\u24635 ?\par", ["一、总"]),
        (r"\uc2\u19968\'d2\'bb\uc1\u-10126?\u-8370?\par", ["一𬭎"]),  # a surrogate pair
        (r"{\deleted 17}{\revised 23}{\v 99}\par", ["23"]),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt abc}}\line def\tab g\par", ["abc", "def g"]),
        (r"{\listtext\pard\plain 3.\tab}abc\par{\pntext\'b7\tab}def\par", ["3.abc", "def"]),
        (r"{\header xx\par}{\*\unknown yy}{\footnote zz}abc\par", ["abc"]),
        (r"{\pict\bin4 }}}}}abc\par", ["abc"]),
        (r"abc{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt \pard box\par}}}def\par", ["abcdef", "box"]),
    ],
)
def test_text_is_read_in_the_ways_it_is_written(body: str, texts: list[str]) -> None:
    assert paragraphs(read_rtf(rtf(body))) == texts


def test_bytes_are_read_in_the_encoding_of_their_font() -> None:
    head = r"\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}{\f7\fnil\fcharset134 SimSun;}}"
    assert paragraphs(read_rtf(rtf(r"\f7\'d2\'bb\par", head))) == ["一"]


def test_merged_cells_in_both_directions() -> None:
    body = (
        r"\trowd\clmgf\cellx1000\clmrg\cellx2000\clvmgf\cellx3000\pard\intbl A\cell\cell B\cell\row"
        r"\trowd\cellx990\cellx2010\clvmrg\cellx3000\pard\intbl 1\cell 2\cell\cell\row\pard"
    )
    assert tables(read_rtf(rtf(body))) == [[["A", "A", "B"], ["1", "2", "B"]]]


def test_a_table_within_a_frame_stands_for_itself() -> None:
    body = (
        r"\pard\intbl\itap1 before\par\pard\intbl\itap2 1\nestcell 2\nestcell{\*\nesttableprops\trowd\cellx500\cellx900"
        r"\nestrow}{\nonesttables\par}\pard\intbl\itap1 after\cell\trowd\cellx3000\row\pard end\par"
    )
    blocks = read_rtf(rtf(body))
    assert paragraphs(blocks) == ["before", "after", "end"]
    assert [grid(block) for block in blocks if isinstance(block, TableBlock)] == [[["1", "2"]]]


@pytest.mark.parametrize("data", [b"", b"{\\rtf1}", b"abc", b"{\\rtf1" + b"{" * 2000])
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UserError):
        read_rtf(data)


@pytest.mark.slow
def test_broken_files_are_read_or_refused() -> None:
    assert refuses_or_reads(read_rtf, mutated(sample("rich_2021", "rtf"), 100)) > 0
