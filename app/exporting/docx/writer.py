"""Blocks → a Word document on our own minimal base: named styles, real merged tables, PAGE fields at the outer corners."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm, Pt

from app.documents.blocks import (
    Block,
    CellRole,
    ChartBlock,
    Paragraph,
    PictureBlock,
    Run,
    Style,
    TableBlock,
)
from app.exporting.docx.chart import chart_runs
from app.exporting.docx.letterhead import add_imprint, head_elements
from app.exporting.docx.package import timeless
from app.exporting.docx.revisions import Revisions
from app.exporting.docx.source import has_page, open_source, type_width_mm
from app.exporting.docx.styles import StyleIds, add_styles, set_page
from app.exporting.docx.table import table_element
from app.exporting.docx.watermark import add_watermark
from app.exporting.meta import Meta
from app.exporting.ooxml import DOT, Element, clean, element, field, paragraph, runs, within
from app.paths import resources
from app.typesetting.charts import draw_chart
from app.typesetting.fonts import bundled_faces
from app.typesetting.lines import (
    BALANCED,
    hanging_indent,
    paragraph_lines,
    squeezed_marks,
    tightening,
)
from app.typesetting.page_style import PageStyle, TextStyle, page_style
from app.typesetting.pages import Page, Part
from app.typesetting.spacing import ends_before_signature, gap_between
from app.typesetting.typeset import figure_room, in_order, signing_axis, typeset

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Look:
    """What every paragraph, table and picture of one document is told."""

    style: PageStyle
    ids: StyleIds
    is_ours: bool  # the page style, not one of the user's
    width_mm: float  # of the type area
    sizes: Mapping[
        int, tuple[float, float]
    ]  # points, of the pictures by the id of their block, as in the PDF
    starts: Mapping[Block, frozenset[int]]  # the rows of a table with which a page of the PDF begins
    revisions: Revisions


def docx_bytes(
    blocks: Iterable[Block], meta: Meta, style: PageStyle | None = None, source: bytes | None = None
) -> bytes:
    """The report as .docx in the given page style; the same blocks always give the same bytes.

    `source` is a .docx of the user's: its styles, page set-up, headers and footers win, ours stand in where it has none.
    UserError when it cannot serve.
    """
    style = style or page_style()
    document = open_source(source) if source is not None else Document(BytesIO(_base()))
    given = tuple(blocks)
    if source is None:
        given = tuple(in_order(given, style, bundled_faces()))
    look = _set_up(document, style, source is None, given, Revisions(meta.reviser))
    if meta.watermark:
        add_watermark(document, meta.watermark)
    _put_all(document, given, look)
    _properties(document, meta)
    stream = BytesIO()
    document.save(stream)
    return timeless(stream.getvalue())


def _put_all(document: WordDocument, blocks: Sequence[Block], look: _Look) -> None:
    """Everything in its order; 版头 and 版记 and the line ends of titles only on pages of our own."""
    body, style, ours = document.element.body, look.style, look.is_ours
    for made in head_elements(blocks, style) if ours else []:
        _put(body, made)
    for previous, block, following in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, Paragraph):
            shown = _broken(block, style) if ours else block
            settings = _beside(previous, block, following, style)
            _put(body, _paragraph(shown, look, settings))
        elif isinstance(block, TableBlock):
            _put(body, _table(block, look))
        elif isinstance(block, ChartBlock):
            _chart(document, block, look, _beside_figure(previous, block, following, style))
        else:
            _picture(document, block, look, _beside_figure(previous, block, following, style))
    if ours:
        add_imprint(body, blocks, style)


def _set_up(
    document: WordDocument, style: PageStyle, ours: bool, blocks: Sequence[Block], revisions: Revisions
) -> _Look:
    """Styles, page and page numbers, where the document does not bring its own."""
    ids = add_styles(document, style)
    section = document.sections[0]
    if ours or not has_page(section):
        set_page(section, style)
    if ours:
        _page_numbers(document, style, ids.page_number)
    width = style.width_mm if ours else type_width_mm(section)
    pages = typeset(blocks, style, bundled_faces()) if ours and _matters(blocks) else []
    return _Look(style, ids, ours, width, _picture_sizes(pages), _page_starts(pages), revisions)


def _matters(blocks: Sequence[Block]) -> bool:
    """Whether something in Word depends on where the PDF's pages end."""
    return any(
        block.data != b"" if isinstance(block, PictureBlock) else _has_merged_labels(block)
        for block in blocks
        if not isinstance(block, Paragraph)
    )


def _has_merged_labels(table: TableBlock) -> bool:
    return any(cell.role is CellRole.ROW and cell.row_span > 1 for cell in table.cells)


def _picture_sizes(pages: Iterable[Page]) -> dict[int, tuple[float, float]]:
    """The PDF makes a picture smaller where it would leave much of a page empty."""
    pieces = (piece for page in pages for piece in page.pieces)
    return {id(piece.block): (piece.width, piece.height) for piece in pieces if piece.picture}


def _page_starts(pages: Iterable[Page]) -> dict[Block, frozenset[int]]:
    """A merged label is written again on each page, as in the PDF; Word by itself leaves its place empty there."""
    found: dict[Block, set[int]] = {}
    for page in pages:
        rows: dict[
            int, tuple[Block, int]
        ] = {}  # by the id of a table: its sum takes long, and it has many cells
        for piece in page.pieces:
            if piece.part is Part.CELL and piece.cell and piece.block:
                rows.setdefault(id(piece.block), (piece.block, piece.cell.row))
        for block, row in rows.values():
            found.setdefault(block, set()).add(row)
    return {block: frozenset(rows) for block, rows in found.items()}


def _table(block: TableBlock, look: _Look) -> Element:
    style = look.style
    cell = look.ids.cell if style.for_table(block) is style else look.ids.stacked_cell
    # what is accepted or rejected moves the pages, so a label stands once in a 花脸稿
    starts = look.starts.get(block, frozenset()) if look.revisions.by is None else frozenset()
    return table_element(block, look.width_mm, look.ids.table, cell, style, starts, look.revisions)


@cache
def _base() -> bytes:
    """The empty document, zipped from its readable parts."""
    folder = resources() / "word" / "base"
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())
    return stream.getvalue()


def _put(body: Element, child: Element) -> None:
    """Before the section properties, which stay last."""
    body[-1].addprevious(child)  # its place is not counted: that takes long among many thousands


def _paragraph(block: Paragraph, look: _Look, settings: dict[str, Element]) -> Element:
    parts, run_in = block.runs or (Run(block.text),), look.ids.run_in
    words, start = [], 0
    for part in parts:
        character_style = run_in if part.style is Style.HEADING2 else ""
        made = _words(part.text, start, character_style, block, look)
        words += look.revisions.of(part.mark, made)
        start += len(part.text)
    name = look.ids.of(block.style)
    if name in look.ids.numbered:
        settings["numbers"] = within(element("numPr"), element("numId", val=0))
    made = paragraph(name, *words, **settings)
    look.revisions.end_of(block.mark, made.pPr)
    return made


def _words(text: str, start: int, character_style: str, block: Paragraph, look: _Look) -> list[Element]:
    """The runs of a part that begins at `start` in its paragraph; marks that the PDF cuts have runs of their own."""
    if not look.is_ours:
        return runs(text, character_style)
    by = tightening(block, look.style, bundled_faces())
    spacing = round((look.style.text(block.style).spacing - by) * 20)
    marks = squeezed_marks(block, look.style, bundled_faces()) if block.style not in BALANCED else {}
    own = spacing if by else None  # None: the style's
    # a dot has no spacing: at the end of a run LibreOffice leaves out what draws characters together
    told = {place: 0 for place, char in enumerate(text) if char == DOT and spacing}
    # … and joins runs that are alike
    told |= {place - start: spacing - round(cut * 20) - place % 2 for place, cut in marks.items()}
    made, at = [], 0
    for place in sorted(place for place in told if 0 <= place < len(text)):
        made += runs(text[at:place], character_style, spacing=own)
        made += runs(text[place], character_style, spacing=told[place])
        at = place + 1
    return made + runs(text[at:], character_style, spacing=own)


def _beside(
    previous: Block | None, block: Paragraph, following: Block | None, style: PageStyle
) -> dict[str, Element]:
    """What a paragraph is told beside its style, because of what stands before and after it."""
    settings = {}
    if ends_before_signature(block, following):
        settings["keep"] = element("keepNext")
    if block.style is Style.ATTACHMENT:
        settings["break"] = element("pageBreakBefore")
    if told := _spacing(previous, block, following, style):
        settings["spacing"] = element("spacing", **told)
    if hanging := hanging_indent(block, style, bundled_faces()):
        settings |= _hanging(hanging, style.text(block.style))
    date = following if isinstance(following, Paragraph) and following.style is Style.DATE else None
    if block.style is Style.SIGNATURE and date is not None:
        settings |= _signature(block, date, style)
    if block.style is Style.DATE and isinstance(previous, Paragraph) and previous.style is Style.SIGNATURE:
        settings |= _date(previous, block, style)
    return settings


def _spacing(
    previous: Block | None, block: Block, following: Block | None, style: PageStyle
) -> dict[str, int]:
    """Space before and after in twips; a table has none of its own, so the paragraph above it has it."""
    told = {}
    if gap := gap_between(previous, block, style):
        told["before"] = round(gap * 20)
    if isinstance(following, TableBlock) and (gap := gap_between(block, following, style)):
        told["after"] = round(gap * 20)
    return told


def _broken(block: Paragraph, style: PageStyle) -> Paragraph:
    """A title or unit with the line ends of the PDF, which are at the ends of words; Word knows none in Chinese."""
    if block.style not in BALANCED or any(run.mark for run in block.runs):
        return block
    lines = paragraph_lines(block, style, bundled_faces())
    return replace(block, text="\n".join(line.text for line in lines))


def _hanging(hanging: float, text: TextStyle) -> dict[str, Element]:
    left, first = round(hanging * 20), round(text.first_indent * text.character * 20)
    indent = element("ind", leftChars=0, left=left, firstLineChars=0, hanging=left - first)
    return {"indent": indent, "aside": element("jc", val="left")}


def _signature(block: Paragraph, date: Paragraph, style: PageStyle) -> dict[str, Element]:
    """署名 stands centred above 成文日期 (GB/T 9704 7.3.5.1), so too when its name is changed in Word."""
    unit = paragraph_lines(block, style, bundled_faces())
    axis = signing_axis(unit, paragraph_lines(date, style, bundled_faces()), style)
    aside = round(abs(2 * axis - style.width) * 20)
    left, right = (aside, 0) if 2 * axis > style.width else (0, aside)
    indent = element("ind", leftChars=0, left=left, rightChars=0, right=right)
    return {"indent": indent, "centre": element("jc", val="center")}


def _date(unit: Paragraph, block: Paragraph, style: PageStyle) -> dict[str, Element]:
    """成文日期 under the middle of a unit too wide to stand above it."""
    lines = paragraph_lines(block, style, bundled_faces())
    axis = signing_axis(paragraph_lines(unit, style, bundled_faces()), lines, style)
    middle = lines[0].x + lines[0].width / 2
    if abs(axis - middle) < 1:
        return {}
    right = round((style.width - axis - lines[0].width / 2) * 20)
    return {"indent": element("ind", rightChars=0, right=right)}


@dataclass(frozen=True)
class _Beside:
    """What a figure is told because of what stands before and after it."""

    spacing: dict[str, int]
    keep: bool  # on one page with what follows
    room: float  # how high it may be


def _beside_figure(
    previous: Block | None, block: PictureBlock, following: Block | None, style: PageStyle
) -> _Beside:
    room = figure_room(block, following, style, bundled_faces())
    spacing = _spacing(previous, block, following, style)
    return _Beside(spacing, ends_before_signature(block, following), room)


def _picture(document: WordDocument, block: PictureBlock, look: _Look, beside: _Beside) -> None:
    """A picture as large as in the PDF, its caption under it; one that cannot be read is named in words."""
    body, caption = document.element.body, look.ids.of(Style.CAPTION)
    try:
        shape = document.add_picture(BytesIO(block.data))
    except Exception:  # python-docx raises many kinds for a damaged picture
        if block.data:
            words = look.revisions.of(block.mark, runs(f"（图片“{block.name}”无法显示）{block.caption}"))
            made = paragraph(caption, *words, **({"keep": element("keepNext")} if beside.keep else {}))
            look.revisions.end_of(block.mark, made.pPr)
            _put(body, made)
        return
    if size := look.sizes.get(id(block)):
        shape.width, shape.height = map(Pt, size)
    elif shape.width > Mm(look.width_mm):
        shape.height = int(shape.height * Mm(look.width_mm) / shape.width)
        shape.width = Mm(look.width_mm)
    _name(shape._inline, block)
    holder = document.paragraphs[-1]._p
    body.remove(holder)
    _figure(body, holder.r_lst, block, look, beside)


def _name(inline: Element, block: PictureBlock) -> None:
    """A Chinese name and what is said of it to who cannot see it; no space beside it, which LibreOffice takes for 3.2 mm."""
    properties = inline.docPr
    properties.set("name", f"图片 {properties.get('id')}")
    properties.set("descr", clean(block.said))
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")


def _chart(document: WordDocument, block: ChartBlock, look: _Look, beside: _Beside) -> None:
    """As high as in the PDF, so that the same pages follow."""
    style = look.style
    drawing = draw_chart(block, style.width, beside.room, style, bundled_faces())
    shown = chart_runs(document, block, look.width_mm, drawing)
    _figure(document.element.body, shown, block, look, beside)


def _figure(
    body: Element, shown: Iterable[Element], block: PictureBlock, look: _Look, beside: _Beside
) -> None:
    """A picture or chart, its caption under it on the same page."""
    caption, revisions = block.caption, look.revisions
    keep = {"keep": element("keepNext")} if caption or beside.keep else {}
    # the spaces of the whole figure are the picture's above and the caption's below
    above = {side: space for side, space in beside.spacing.items() if side == "before" or not caption}
    below = {side: space for side, space in beside.spacing.items() if side == "after"}
    for run in shown:
        run.get_or_add_rPr().append(element("sz", val=2))  # nothing hangs below the picture
    if above:
        keep["spacing"] = element("spacing", **above)
    holder = paragraph(look.ids.picture, *revisions.of(block.mark, shown), **keep)
    revisions.end_of(block.mark, holder.pPr)
    _put(body, holder)
    if caption:
        settings = {"keep": element("keepNext")} if beside.keep else {}
        if below:
            settings["spacing"] = element("spacing", **below)
        _put(body, _paragraph(_caption(block, look.style), look, settings))


def _caption(block: PictureBlock, style: PageStyle) -> Paragraph:
    under = _broken(Paragraph(block.caption, Style.CAPTION), style)
    return replace(under, runs=(Run(under.text, mark=block.mark),), mark=block.mark) if block.mark else under


def _page_numbers(document: WordDocument, style: PageStyle, style_id: str) -> None:
    """— 1 — in the footer: at the outer corner, or in the middle where the page style has it so."""
    number, section = style.page_number, document.sections[0]
    document.settings.odd_and_even_pages_header_footer = number.outer
    before, _, after = number.text.partition("{number}")
    footers = (
        [(section.footer, "right"), (section.even_page_footer, "left")]
        if number.outer
        else [(section.footer, number.align.value)]
    )
    for footer, side in footers:
        footer.is_linked_to_previous = False
        indent = round(number.indent * number.size * 20) if side != "center" else 0
        place = {f"{side}Chars": round(number.indent * 100), side: indent} if indent else {"left": 0}
        alignment = {"indent": element("ind", **place), "side": element("jc", val=side)}
        made = paragraph(style_id, *runs(before), *field("PAGE"), *runs(after), **alignment)
        old = footer.paragraphs[0]._p
        old.getparent().replace(old, made)


def _properties(document: WordDocument, meta: Meta) -> None:
    """Title and agency; no person's name, and no date that would make two exports differ."""
    properties = document.core_properties
    properties.title = clean(meta.title)[:255]
    properties.author = clean(meta.agency)[:255]
    properties.last_modified_by = clean(meta.agency)[:255]
    properties.subject = "政府信息公开工作年度报告"
    properties.language = "zh-CN"
    properties.identifier = properties.keywords = clean(meta.identity)[:255]
    properties.created = properties.modified = _EPOCH.replace(year=max(2000, meta.year + 1))
