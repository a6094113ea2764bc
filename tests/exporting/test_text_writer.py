"""The plain text: one paragraph a line, tables with tabs."""

from app.documents.blocks import Cell, Paragraph, Style, TableBlock
from app.exporting.meta import Meta
from app.exporting.text_writer import text_bytes


def test_a_text_without_format_has_a_paragraph_on_one_line_and_a_space_for_each_tab():
    table = TableBlock((Cell(0, 0, "甲\t乙\n丙"), Cell(0, 1, "3")), 1, 2)
    made = text_bytes([Paragraph("某镇\n报告", Style.TITLE), table], Meta("题", "甲镇", 2024))
    assert made.decode("utf-8-sig").split("\r\n") == ["某镇报告", "", "甲 乙 丙\t3", "", ""]
