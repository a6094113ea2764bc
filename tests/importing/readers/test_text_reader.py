"""The reader of plain text: headings among tabs, tables between pipes."""

from app.documents.blocks import Paragraph, TableBlock
from app.importing.readers.text_reader import read_text
from tests.importing.reader_samples import tables


def test_headings_part_a_table_and_stand_for_themselves():
    blocks = read_text("\t规章\n\t3\n\n\t二、情况\n\n\t法规\n\t4").blocks
    assert [type(block) for block in blocks] == [TableBlock, Paragraph, TableBlock]
    assert tables(blocks) == [[["规章", "3"]], [["法规", "4"]]]


def test_a_text_of_nothing_but_indented_headings_is_read_to_its_end():
    assert len(read_text("\n\n".join(["\t一、情况"] * 3000)).blocks) == 3000


def test_indented_text_is_no_table():
    blocks = read_text("\t某镇人民政府\n\n\t2024年1月9日").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "某镇人民政府",
        "2024年1月9日",
    ]
    assert len(blocks) == 2


def test_pipes_that_fill_up_a_row_are_no_blank_cells():
    assert tables(read_text("| 规章 | 3 |||\n|---|---|\n| 法规 | | 5\\|6 |").blocks) == [
        [["规章", "3", ""], ["法规", "", "5|6"]]
    ]
