"""花脸稿: the report laid over an earlier one, what was taken out and what was put in marked, to the character."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from app.documents.blocks import (
    Block,
    Cell,
    CellRole,
    ChartBlock,
    Mark,
    Paragraph,
    PictureBlock,
    Run,
    Style,
    TableBlock,
)
from app.documents.compose import compose, document_title
from app.exporting.meta import Meta, Reviser
from app.form.catalog import form as form_of
from app.report.model import Report
from app.texts.differences import in_order, pairs_of, stretches
from app.typesetting.page_settings import style_of
from app.typesetting.page_style import PageStyle

REDLINE = "花脸稿"
SUFFIXES = (".docx", ".pdf")
_FOOT = "花脸稿：红色删除线是原文，蓝色下划线是本稿　"
_SIGNS = {" ": Mark.BOTH, "-": Mark.OLD, "+": Mark.NEW}


def redline_bytes(earlier: Report, report: Report, reviser: Reviser, suffix: str = ".docx") -> bytes:
    """花脸稿 as Word with real revisions: who rejects all of them has the earlier text, who accepts all this one.

    As PDF with the same marks: the earlier text struck out, the new one underlined.
    """
    from app.exporting.docx.writer import docx_bytes
    from app.exporting.pdf.writer import pdf_bytes

    blocks = redline(compose(earlier, form_of(earlier.form)), compose(report, form_of(report.form)))
    title = f"{document_title(report, form_of(report.form))}{REDLINE}"
    meta = Meta(title, report.agency.name, report.year, reviser=reviser)
    style = style_of(report)
    return docx_bytes(blocks, meta, style) if suffix == ".docx" else pdf_bytes(blocks, meta, _footed(style))


def _footed(style: PageStyle) -> PageStyle:
    """What the marks mean, beside the page number."""
    number = style.page_number
    return replace(style, page_number=replace(number, text=f"{_FOOT}{number.text}"))


def reviser_of(report: Report, at: datetime, name: str = "") -> Reviser:
    """Who made the changes: the name that the clerk chose, else the unit."""
    return Reviser(" ".join((name or report.agency.name).split()) or "经办人", at.replace(microsecond=0))


def redline(before: Sequence[Block], after: Sequence[Block]) -> tuple[Block, ...]:
    """Two documents as one. Without what is marked NEW it is the first, without what is marked OLD the second."""
    return tuple(_laid_over(before, after))


def _laid_over(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Block]:
    for i, j in in_order(_pairs(before, after), len(before), len(after)):
        if i is not None and j is not None:
            yield from _became(before[i], after[j])
        elif i is not None:
            yield _all(before[i], Mark.OLD)
        elif j is not None:
            yield _all(after[j], Mark.NEW)


def _pairs(before: Sequence[Block], after: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Which block became which, both in their order."""
    for i, j in pairs_of(tuple(map(_key, before)), tuple(map(_key, after))):
        if i is not None and j is not None and _is_same_kind(before[i], after[j]):
            yield i, j


def _key(block: Block) -> str:
    """What makes two blocks the same one: the words of a paragraph, the section of a table, all of a figure."""
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, TableBlock):
        return f"\0{block.section}"
    drawn = repr((block.labels, block.series)) if isinstance(block, ChartBlock) else ""
    digest = sha256(block.data + f"{block.caption}\0{drawn}".encode()).hexdigest()
    return f"\0{digest.translate(_LETTERS)}"


_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # numbers count for nothing when partners are looked for


def _is_same_kind(old: Block, new: Block) -> bool:
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return old.style is new.style and (old.text == "") == (new.text == "")
    if isinstance(old, TableBlock) and isinstance(new, TableBlock):
        return _grid(old) == _grid(new)
    return _key(old) == _key(new)


def _grid(table: TableBlock) -> list[tuple[int, int, int, int]]:
    return sorted((cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells)


def _became(old: Block, new: Block) -> Iterator[Block]:
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        yield new if old.text == new.text else _paragraph(old, new)
    elif isinstance(old, TableBlock) and isinstance(new, TableBlock):
        before = {(cell.row, cell.column): cell for cell in old.cells}
        cells = tuple(_cell(before[cell.row, cell.column], cell) for cell in new.cells)
        yield replace(new, cells=cells)
    else:
        yield new


def _all(block: Block, mark: Mark) -> Block:
    """A block that stands in one of the two only."""
    if isinstance(block, Paragraph):
        runs = block.runs or ((Run(block.text),) if block.text else ())
        return replace(block, mark=mark, runs=tuple(replace(run, mark=mark) for run in runs))
    if isinstance(block, TableBlock):
        cells = (replace(c, runs=(Run(c.text, mark=mark),) if c.text else ()) for c in block.cells)
        return replace(block, mark=mark, cells=tuple(cells))
    assert isinstance(block, PictureBlock)
    return replace(block, mark=mark)


def _paragraph(old: Paragraph, new: Paragraph) -> Paragraph:
    """The words that changed; each is set as it was, or as it is now."""
    styles = {Mark.OLD: iter(_styles(old)), Mark.NEW: iter(_styles(new))}
    runs: list[Run] = []
    for sign, text in stretches(old.text, new.text):
        mark = _SIGNS[sign]
        for char in text:
            was = next(styles[Mark.OLD]) if mark is not Mark.NEW else None
            now = next(styles[Mark.NEW]) if mark is not Mark.OLD else was
            if runs and (runs[-1].mark, runs[-1].style) == (mark, now):
                runs[-1] = replace(runs[-1], text=runs[-1].text + char)
            else:
                runs.append(Run(char, now, mark))
    return replace(new, text="".join(run.text for run in runs), runs=tuple(runs))


def _styles(paragraph: Paragraph) -> list[Style | None]:
    """Of each character."""
    return [run.style for run in paragraph.runs or (Run(paragraph.text),) for _ in run.text]


def _cell(old: Cell, new: Cell) -> Cell:
    """A number is struck out as a whole; a blank is nothing that could be struck out or put in."""
    if old.text == new.text:
        return new
    if new.role is CellRole.VALUE:
        runs = [Run(old.text, mark=Mark.OLD), Run(new.text, mark=Mark.NEW)]
    else:
        runs = [Run(text, mark=_SIGNS[sign]) for sign, text in stretches(old.text, new.text)]
    kept = tuple(run for run in runs if run.text)
    return replace(new, text="".join(run.text for run in kept), runs=kept)
