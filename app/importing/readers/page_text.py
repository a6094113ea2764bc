"""Drawn pages → blocks: glyphs to lines, lines to paragraphs over pages, tables cut by pages joined again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.chinese import SUPERSCRIPT, half_widths
from app.documents.blocks import Block, Cell, ChartBlock, PictureBlock, TableBlock
from app.errors import UserError
from app.importing.readers.page_join import PageTable, is_rest, joined
from app.importing.readers.page_lines import (
    ASCII,
    ATTACHMENT,
    FIRST_LISTED,
    LISTED,
    Line,
    TextArea,
    continues,
    hangs,
    paragraph,
    text_area,
)
from app.importing.readers.page_table import Glyph, Rule, RuledTable, ruled_tables, without_crossed_out

# A page number with all that print puts around it: 3, - 3 -, 第3页, 第 3 页 共 8 页, 3/8
_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s]*(?:第\s*)?([0-9]{1,3})(?:\s*页)?(?:\s*[/／共，,\s]+[0-9]{1,3}\s*页?)?[-—–－·•\s]*"
)
_DIGITS = re.compile("[0-9]+")
_SPACE, _WIDE_SPACE = 0.18, 0.5  # heights of a character: within Latin, and beside a Chinese one
_MOST_GLYPHS = 300_000  # of a file: a page of small type has 1,500
_MANY = 3  # places between characters from which the distance of a line can be told
_MARGIN = 0.12  # part of the page's height at its top and bottom where page numbers and running titles stand


@dataclass
class Picture:
    top: float
    name: str = ""
    data: bytes = b""
    chart: ChartBlock | None = None  # what it shows, where the file says so


@dataclass
class Page:
    """What is drawn on one page, in points from its upper left corner."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    directions: Counter[int] = field(default_factory=Counter)  # quarters of a turn → characters set so


@dataclass
class _Drawn:
    page: int
    top: float
    block: PictureBlock


_Item = Line | PageTable | _Drawn


def check_length(pages: Sequence[Page]) -> None:
    """UserError where the pages hold more than two hundred full ones could."""
    if sum(len(page.glyphs) for page in pages) > _MOST_GLYPHS:
        raise UserError("文字太多，不像是一份年度报告", "请只导入年度报告本身")


def pages_blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Blocks in reading order, page numbers and running titles left out."""
    per_page = [_items(page) for page in pages]
    _drop_running(per_page, pages)
    return _flowing([item for one in per_page for item in one])


def drawn_blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """The paragraphs in the order in which they were drawn, which for a table without borders is cell by cell."""
    drawn: list[list[_Item]] = [
        [_line(page.number, row) for row in _runs(_once(page.glyphs))] for page in pages
    ]
    kept = [sorted(items, key=lambda item: item.top) for items in drawn]
    _drop_running(kept, pages)
    left = {id(item) for items in kept for item in items}
    return _flowing([item for items in drawn for item in items if id(item) in left])


def laid_out_blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """The paragraphs by where they stand; what stands beside one another is a line with the distances kept."""
    unit = _half_character(pages)
    per_page: list[list[_Item]] = []
    for page in pages:
        per_page.append([_laid_out(page.number, row, unit) for row in _rows(_once(page.glyphs))])
    _drop_running(per_page, pages)
    return _flowing([item for one in per_page for item in one])


def _flowing(items: Sequence[_Item]) -> tuple[Block, ...]:
    flow = _Flow(text_area([item for item in items if isinstance(item, Line)]))
    for item in items:
        flow.add(item)
    return flow.finish()


# -- lines ----------------------------------------------------------------------------------------------------------------


def _items(page: Page) -> list[_Item]:
    """Lines, tables and pictures of a page from top to bottom."""
    tables, rest = ruled_tables(page.rules, without_crossed_out(_once(page.glyphs), page.rules))
    items: list[_Item] = [_line(page.number, glyphs) for glyphs in _rows(rest)]
    items += [PageTable(page.number, table.top, table.xs, _block(page.number, table)) for table in tables]
    place = f"第{page.number}页"
    items += [_Drawn(page.number, one.top, _shown(one, place)) for one in page.pictures]
    return sorted(
        (item for item in items if not isinstance(item, Line) or item.text), key=lambda item: item.top
    )


def _shown(picture: Picture, place: str) -> PictureBlock:
    if picture.chart is not None:
        return replace(picture.chart, place=place)
    return PictureBlock(picture.name, picture.data, place=place)


def _once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Without glyphs drawn twice on one spot to look bold."""
    seen: set[tuple[str, int, int]] = set()
    found: list[Glyph] = []
    for glyph in glyphs:
        x, y = round(glyph.x0), round(glyph.top)
        narrow = glyph.x1 - glyph.x0 < 2.5  # too narrow to tell a second one from the same one
        if narrow or not any((glyph.text, x + i, y + j) in seen for i in (-1, 0, 1) for j in (-1, 0, 1)):
            found.append(glyph)
        seen.add((glyph.text, x, y))
    return found


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that stand on one line, from left to right."""
    row: list[Glyph] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda one: (one.top + one.bottom) / 2):
        height = glyph.bottom - glyph.top
        centre = (glyph.top + glyph.bottom) / 2
        if row and centre - middle > 0.5 * min(height, row[-1].bottom - row[-1].top):
            yield sorted(row)
            row = []
        if not row:
            middle = centre
        row.append(glyph)
    if row:
        yield sorted(row)


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs drawn one after the other on one line, from left to right."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _goes_on(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    height = min(last.bottom - last.top, glyph.bottom - glyph.top)
    return (
        abs(last.top + last.bottom - glyph.top - glyph.bottom) < height and glyph.x0 > last.x0 - 0.5 * height
    )


def _row_text(row: Sequence[Glyph]) -> str:
    """The characters of a line; a gap that is too wide for one word is a space.

    A line set to full width has its Chinese characters apart, and what is Latin among them further still (中西间距): that
    is measured on the line itself and is no space.
    """
    parts: list[str] = []
    last: Glyph | None = None
    apart = _apart(row)
    for glyph in row:
        if last is not None and not glyph.text.isspace() and not last.text.isspace():
            most = _SPACE if _is_narrow(last, glyph) else _WIDE_SPACE + apart
            parts += [" "] if _gap(last, glyph) > most else []
        raised = last is not None and _is_raised(glyph, last)
        parts.append(glyph.text.translate(SUPERSCRIPT) if raised else glyph.text)
        last = last if raised else glyph
    return "".join(parts).strip()


def _gap(last: Glyph, glyph: Glyph) -> float:
    """Between two neighbours, in heights of a character."""
    return (glyph.x0 - last.x1) / max(glyph.bottom - glyph.top, 1.0)


def _is_narrow(last: Glyph, glyph: Glyph) -> bool:
    """Within a Latin word or a number."""
    return glyph.text.isascii() and last.text.isascii()


def _apart(row: Sequence[Glyph]) -> float:
    """How far apart the characters of a line stand as a rule; 0 where there are too few to tell."""
    gaps = sorted(
        _gap(last, glyph)
        for last, glyph in pairwise(row)
        if not (_is_narrow(last, glyph) or last.text.isspace() or glyph.text.isspace())
    )
    return max(gaps[len(gaps) // 4], 0.0) if len(gaps) >= _MANY else 0.0


def _is_raised(glyph: Glyph, last: Glyph) -> bool:
    """A small digit beside a large one: the mark of a note."""
    small = glyph.bottom - glyph.top < 0.75 * (last.bottom - last.top)
    return small and glyph.text.isdigit() and last.text.isdigit()


def _line(page: int, row: Sequence[Glyph]) -> Line:
    inked = [glyph for glyph in row if not glyph.text.isspace()] or list(row)
    text = _row_text(row)
    word = ASCII.match(text)
    end = inked[min(word.end(), len(inked)) - 1].x1 if word else inked[0].x1
    top = sorted(glyph.top for glyph in inked)[len(inked) // 2]
    bottom = sorted(glyph.bottom for glyph in inked)[len(inked) // 2]
    return Line(page, inked[0].x0, inked[-1].x1, top, bottom, text, end)


def _half_character(pages: Sequence[Page]) -> float:
    """Points that a half character is wide in small type, so that no text is longer than the room it had."""
    widths = sorted(
        (glyph.x1 - glyph.x0) / half_widths(glyph.text)
        for page in pages
        for glyph in page.glyphs
        if glyph.text.isalnum()
    )
    return max(widths[len(widths) // 10], 1.0) if widths else 5.0


def _laid_out(page: int, row: Sequence[Glyph], unit: float) -> Line:
    """A line of which the parts that stand apart are as many spaces apart as half characters have room between."""
    line = _line(page, row)
    parts: list[list[Glyph]] = [[]]
    for glyph in row:
        if parts[-1] and _gap(parts[-1][-1], glyph) > _WIDE_SPACE:
            parts.append([])
        parts[-1].append(glyph)
    texts = [(part[0].x0, text) for part in parts if (text := _row_text(part))]
    is_number = len(texts) == 1 and texts[0][1].isdecimal()
    if len(texts) < 2 and not is_number:
        return line
    laid = ""
    for x, text in texts:
        room = round(x / unit) - half_widths(laid)
        laid += " " * max(room, 1 if laid else 0) + text
    return replace(line, text=laid, is_alone=True)


def _block(page: int, table: RuledTable) -> TableBlock:
    cells = tuple(
        Cell(
            area.row,
            area.column,
            _cell_text(area.glyphs),
            area.down,
            area.across,
        )
        for area in sorted(table.areas)
    )
    return TableBlock(cells, len(table.ys) - 1, len(table.xs) - 1, place=f"第{page}页")


def _cell_text(glyphs: Sequence[Glyph]) -> str:
    """Its lines; of a number set downwards, each figure lying on its side, the number."""
    rows = list(_rows(glyphs))
    lie = all(one.text.isdigit() and one.x1 - one.x0 > 1.2 * (one.bottom - one.top) for one in glyphs)
    if lie and all(len(row) == 1 for row in rows):
        return "".join(row[0].text for row in rows)
    return "\n".join(text for row in rows if (text := _row_text(row)))


# -- what stands on every page --------------------------------------------------------------------------------------------


def _drop_running(per_page: list[list[_Item]], pages: Sequence[Page]) -> None:
    """Take out page numbers, and titles that stand on most pages at the same place."""
    edges = list(_edge_lines(per_page, pages))
    repeated = Counter(_likeness(line) for _, line in edges)
    most = max(3, round(0.7 * len(pages)))
    for index, line in edges:
        is_running = repeated[_likeness(line)] >= most and not ATTACHMENT.fullmatch(line.text)
        if is_running or _is_page_number(line.text, pages[index].number):
            per_page[index] = [item for item in per_page[index] if item is not line]


def _edge_lines(per_page: list[list[_Item]], pages: Sequence[Page]) -> Iterator[tuple[int, Line]]:
    """(index of its page, line) of the first and last two things of each page that are lines in its margins."""
    for index, (items, page) in enumerate(zip(per_page, pages, strict=True)):
        for item in items[:2] + items[2:][-2:]:
            outside = min(item.top, page.height - item.top)
            if isinstance(item, Line) and outside < _MARGIN * page.height:
                yield index, item


def _likeness(line: Line) -> tuple[str, int]:
    """The same for a running title on every page, whatever the number in it."""
    return _DIGITS.sub("#", line.text), round(line.top / 10)


def _is_page_number(text: str, page: int) -> bool:
    """第3页, - 3 -; a bare 3 only about the third page, for it may be the value of a table."""
    number = _PAGE_NUMBER.fullmatch(text)
    if number is None:
        return False
    return abs(int(number[1]) - page) <= 3 or not text.strip().isdigit()


# -- paragraphs and tables over pages -------------------------------------------------------------------------------------


class _Flow:
    """Lines become paragraphs and parts of tables become tables, over pages; at most one of the two is open at a time."""

    def __init__(self, area: TextArea) -> None:
        self._area = area
        self._blocks: list[Block] = []
        self._lines: list[Line] = []
        self._table: PageTable | None = None
        self._is_listed = False  # the open paragraph is a line of the list of 附件

    def add(self, item: _Item) -> None:
        if isinstance(item, Line):
            self._add_line(item)
        elif isinstance(item, PageTable):
            self._add_table(item)
        else:
            self._close()
            self._blocks.append(item.block)

    def finish(self) -> tuple[Block, ...]:
        self._close()
        return tuple(self._blocks)

    def _add_line(self, line: Line) -> None:
        if self._table is not None or (self._lines and not self._goes_on(line)):
            self._close()
        if not self._lines:  # of 附件, or the next one below it
            self._is_listed = bool((LISTED if self._is_listed else FIRST_LISTED).match(line.text))
        self._lines.append(line)

    def _goes_on(self, line: Line) -> bool:
        if self._is_listed and hangs(self._lines[0], self._lines[-1], line):
            return True
        return continues(self._lines[-1], line, self._area)

    def _add_table(self, table: PageTable) -> None:
        if self._table is not None and is_rest(self._table, table):
            self._table = joined(self._table, table)
            return
        self._close()
        self._table = table

    def _close(self) -> None:
        """The open paragraph or table is complete."""
        if self._lines:
            self._blocks.append(paragraph(self._lines))
            self._lines = []
        if self._table is not None:
            self._blocks.append(_finished(self._table))
            self._table = None


def _finished(table: PageTable) -> TableBlock:
    return replace(table.block, widths=tuple(round(b - a, 1) for a, b in pairwise(table.edges)))
