"""The cells of worksheets → blocks: tables anywhere on a sheet, titles and notes beside them as paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.documents.blocks import Block, Cell, Paragraph, TableBlock
from app.errors import UserError
from app.importing.source import MAX_AREA

# What has a row for itself and is no part of a table: 一、总体情况; a title (某镇2023年度报告) or a sentence
_HEADING = re.compile(r"\s*[一二三四五六七八九十]+\s*[、.．]")
_SENTENCE = re.compile(r"年度?报告|[。；：]")
_LONG = 40  # characters: a line this long alone in its row is text, not a heading of the table
_MOST_ROWS = 1000  # that one merged cell may reach over


@dataclass
class Sheet:
    """What is written in a worksheet; rows and columns count from 0, merged areas are (row, column, rows, columns)."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def sheets_blocks(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """Blocks of a workbook, sheet after sheet; UserError when there is nothing in it."""
    if sum(len(sheet.texts) for sheet in sheets) > MAX_AREA:
        raise _too_large()
    blocks = tuple(block for sheet in sheets for block in _SheetReader(sheet).read())
    if not blocks:
        raise UserError("表格文件里没有内容", "请确认选对了文件")
    return blocks


def _too_large() -> UserError:
    return UserError("表格太大，不像是一份年度报告", "请只导入年度报告本身")


class _SheetReader:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: dict[int, dict[int, str]] = {}  # row → column → text
        for (row, column), text in sheet.texts.items():
            if text.strip():
                self.rows.setdefault(row, {})[column] = text.strip()
        self.spans = {(row, column): (down, across) for row, column, down, across in sheet.merged}

    def read(self) -> Iterator[Block]:
        """An empty row ends a table; so does a section heading or a sentence that has a row for itself."""
        group: list[int] = []
        for row in self._used_rows():
            texts = list(self.rows.get(row, {}).values())
            if group and row != group[-1] + 1:
                yield from self._region(group)
                group = []
            if len(texts) == 1 and _is_text(texts[0]):
                yield from self._region(group)
                group = []
                yield from self._paragraphs([row])
            else:
                group.append(row)
        yield from self._region(group)

    def _used_rows(self) -> list[int]:
        """Rows with text, and rows that a merged cell with text reaches over: they belong to the table even when empty."""
        found = set(self.rows)
        for (row, column), (down, _) in self.spans.items():
            if column in self.rows.get(row, {}) and down <= _MOST_ROWS:
                found.update(range(row, row + down))
        return sorted(found)

    def _paragraphs(self, rows: Sequence[int]) -> Iterator[Block]:
        for row in rows:
            for text in self.rows.get(row, {}).values():
                place = f"工作表“{self.sheet.name}”第{row + 1}行"
                yield from (Paragraph(line, place=place) for line in text.splitlines() if line.strip())

    def _region(self, rows: Sequence[int]) -> Iterator[Block]:
        """A table, its title rows before it; rows of a single column are lines of text."""
        titles = next((i for i, row in enumerate(rows) if not self._is_title(row)), len(rows))
        yield from self._paragraphs(rows[:titles])
        rows = rows[titles:]
        columns = sorted({column for row in rows for column in self.rows.get(row, {})})
        if len(columns) < 2 or (len(rows) == 1 and len(columns) < 3):
            yield from self._paragraphs(rows)
            return
        if len(rows) * len(columns) > MAX_AREA:
            raise _too_large()
        cells = tuple(self._cells(rows, columns))
        place = f"工作表“{self.sheet.name}”第{rows[0] + 1}行"
        yield TableBlock(cells, len(rows), len(columns), place=place)

    def _is_title(self, row: int) -> bool:
        """One text that is not merged over the table's width, as the band 第二十条第（一）项 is."""
        columns = list(self.rows.get(row, {}))
        return len(columns) == 1 and self.spans.get((row, columns[0]), (1, 1)) == (1, 1)

    def _cells(self, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Cell]:
        """Every place that no merged cell covers; columns without any text are left out of the grid."""
        taken: set[tuple[int, int]] = set()
        for line, row in enumerate(rows):
            for place, column in enumerate(columns):
                if (line, place) in taken:
                    continue
                below, right = self._span(line, place, rows, columns)
                covered = {(line + i, place + j) for i in range(below) for j in range(right)}
                if covered & taken:  # merged areas that overlap
                    below, right, covered = 1, 1, {(line, place)}
                taken |= covered
                yield Cell(line, place, self.rows.get(row, {}).get(column, ""), below, right)

    def _span(self, line: int, place: int, rows: Sequence[int], columns: Sequence[int]) -> tuple[int, int]:
        """How many of the rows and columns of the grid the cell at this place of it covers."""
        row, column = rows[line], columns[place]
        down, across = self.spans.get((row, column), (1, 1))
        below = sum(other < row + down for other in rows[line : line + down])
        right = sum(other < column + across for other in columns[place : place + across])
        return below, right


def _is_text(text: str) -> bool:
    return bool(_HEADING.match(text) or _SENTENCE.search(text)) or len(text) > _LONG
