"""Blocks → plain text: one paragraph a line, tables as tab-separated rows."""

from collections.abc import Iterable, Iterator

from app.documents.blocks import Block, Paragraph, PictureBlock, Style, TableBlock
from app.exporting.meta import Meta


def text_bytes(blocks: Iterable[Block], meta: Meta) -> bytes:
    """The report as UTF-8 text with a byte order mark, which Windows' editor needs to show Chinese."""
    lines = [f"【{meta.watermark}】"] if meta.watermark else []
    for block in blocks:
        lines.extend(_lines(block))
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8", errors="replace")


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield "" if block.style is Style.BLANK else block.text.replace("\n", "")
    elif isinstance(block, TableBlock):
        yield ""
        yield from _rows(block)
        yield ""
    elif isinstance(block, PictureBlock) and block.caption:
        yield block.caption


def _rows(table: TableBlock) -> Iterator[str]:
    grid = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text.replace("\t", " ").replace("\n", " ")
    for row in grid:
        yield "\t".join(row)
