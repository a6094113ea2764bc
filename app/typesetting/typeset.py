"""Blocks → pages: the one place that decides what stands where on paper; the PDF draws it, the preview asks it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.documents.blocks import Block, ChartBlock, Paragraph, PictureBlock, Run, Style, TableBlock
from app.typesetting.breaking import sorts
from app.typesetting.charts import Drawing, draw_chart
from app.typesetting.fonts import Faces
from app.typesetting.letterhead import Fixed, head_of, imprint_of
from app.typesetting.lines import Line, one_line, paragraph_lines
from app.typesetting.marks import is_marked, with_marks
from app.typesetting.page_style import MM, Align, PageStyle
from app.typesetting.pages import Page, Part, Piece, Rule, Source, Text
from app.typesetting.paging import (
    Box,
    FixedBox,
    LineBox,
    PictureBox,
    Placed,
    RowBox,
    SpaceBox,
    figure_after_gap,
    paginate,
    table_stretches,
)
from app.typesetting.pictures import PreparedPicture, most_picture_height, prepare
from app.typesetting.spacing import ends_before_signature, gap_between
from app.typesetting.table_pieces import table_pieces
from app.typesetting.tables import BASELINE, SetTable, line_heights, set_table

_SIGNATURE_LINES = 6  # two for the seal, up to three of the unit, the date
_MOST_MOVES = 40  # of figures past a paragraph
_PARTS = {
    Style.TITLE: Part.TITLE,
    Style.HEADING1: Part.HEADING1,
    Style.HEADING2: Part.HEADING2,
    Style.HEADING3: Part.HEADING3,
}


def typeset(blocks: Sequence[Block], style: PageStyle, faces: Faces) -> list[Page]:
    """The pages of a document, at least one. Pure: no file is written; the same blocks give the same pages.

    Text with no face, control characters, broken pictures and endless words are set somehow, never refused.
    """
    blocks = in_order(blocks, style, faces)
    pages = paginate(list(_boxes(blocks, style, faces)), style)
    imprint = imprint_of(blocks, style, faces)
    if imprint and _filled(pages[-1]) + imprint.height > style.height:
        pages.append([])
    made = [_page(number, placed, style, faces) for number, placed in enumerate(pages, 1)]
    if any(map(is_marked, blocks)):
        made = list(map(with_marks, made))
    return [*made[:-1], _with_imprint(made[-1], imprint, style)] if imprint else made


def in_order(blocks: Sequence[Block], style: PageStyle, faces: Faces) -> Sequence[Block]:
    """The blocks as they are set: a figure that would leave more than a third of a page empty lets the text after it go first.

    It never leaves its section, goes below no heading and stays where it is in a 花脸稿.
    """
    if not any(isinstance(block, PictureBlock) for block in blocks) or any(map(is_marked, blocks)):
        return blocks
    order = list(blocks)
    for _ in range(_MOST_MOVES):
        pages = paginate(list(_boxes(order, style, faces)), style, text_first=True)
        figures = (figure_after_gap(*two, style.height) for two in pairwise(pages))
        moves = (_move(figure, order) for figure in figures if figure is not None)
        move = next((move for move in moves if move), None)
        if move is None:
            break
        there, here = move
        order.insert(there, order.pop(here))
    return tuple(order)


def _move(figure: Block, order: Sequence[Block]) -> tuple[int, int] | None:
    """(where a figure stands, where the text after it): of its section, after no other text, not the last before 落款."""
    there = next(place for place, block in enumerate(order) if block is figure)
    here = there
    while here < len(order) and isinstance(order[here], PictureBlock):
        here += 1
    after, then = (*order[here : here + 2], None, None)[:2]
    goes = (
        isinstance(after, Paragraph)
        and after.style is Style.BODY
        and isinstance(figure, PictureBlock)
        and after.section == figure.section
        and not ends_before_signature(after, then)
    )
    return (there, here) if goes else None


def _filled(placed: Sequence[Placed]) -> float:
    top, box = placed[-1] if placed else (0.0, SpaceBox(0.0))
    return top + box.height


def _with_imprint(page: Page, imprint: Fixed, style: PageStyle) -> Page:
    """版记 ends where the type area ends; the page number stays last."""
    pieces = imprint.at(style.left_mm * MM, style.top_mm * MM + style.height - imprint.height)
    return replace(page, pieces=(*page.pieces[:-1], *pieces, page.pieces[-1]))


# ---- blocks → boxes ---------------------------------------------------------------------------------------------


def _boxes(blocks: Sequence[Block], style: PageStyle, faces: Faces) -> Iterator[Box]:
    if head := head_of(blocks, style, faces):
        yield FixedBox(head.height, head)
    for previous, block, following in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
        if gap := gap_between(previous, block, style):
            yield SpaceBox(gap)
        if isinstance(block, TableBlock):
            yield from _row_boxes(block, style, faces)
        elif isinstance(block, PictureBlock):
            yield from _picture_boxes(block, following, style, faces)
        else:
            yield from _paragraph_boxes(block, previous, following, style, faces)


def _row_boxes(block: TableBlock, style: PageStyle, faces: Faces) -> Iterator[RowBox]:
    if block.cells:
        table = set_table(block, style, faces)
        for row, (height, keep) in enumerate(zip(table.heights, table.keeps, strict=True)):
            if row in table.split:
                yield from _line_boxes(table, row)
            else:
                yield RowBox(height, table, row, keep)


def _line_boxes(table: SetTable, row: int) -> Iterator[RowBox]:
    """A row line by line; neither its first nor its last line stands on a page alone."""
    heights = line_heights(table, row)
    last = len(heights) - 1
    for line, height in enumerate(heights):
        keep = table.keeps[row] if line == last else line in (0, last - 1)
        yield RowBox(height, table, row, keep, line)


def _paragraph_boxes(
    block: Paragraph, previous: Block | None, following: Block | None, style: PageStyle, faces: Faces
) -> Iterator[LineBox]:
    text = style.text(block.style)
    source = Source(block.section, block.index)
    lines = paragraph_lines(block, style, faces)
    if block.style is Style.SIGNATURE or block.style is Style.DATE:
        lines = _signed(block, lines, previous, following, style, faces)
    outline = _outline(block)
    part = _PARTS.get(block.style or Style.BODY, Part.TEXT)
    stays = text.keep_next or block.style is Style.BLANK or ends_before_signature(block, following)
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        keep = stays if last or text.keep_next else style.widow_control and number in (0, len(lines) - 2)
        begins = block.style is Style.ATTACHMENT and number == 0
        yield LineBox(text.pitch, source, line, part, keep, outline if number == 0 else "", block, begins)


def _outline(block: Paragraph) -> str:
    """A heading's text for the bookmarks; of a run-in heading its run."""
    if block.style in _PARTS:
        return " ".join(block.text.split())
    if block.runs and block.runs[0].style is Style.HEADING2:
        return block.runs[0].text.rstrip("。：:")
    return ""


def _signed(
    block: Paragraph,
    lines: tuple[Line, ...],
    previous: Block | None,
    following: Block | None,
    style: PageStyle,
    faces: Faces,
) -> tuple[Line, ...]:
    """Unit and date on one axis (7.3.5.1): the date's; the unit's where it would reach beyond the margin."""
    partner = following if block.style is Style.SIGNATURE else previous
    other = Style.DATE if block.style is Style.SIGNATURE else Style.SIGNATURE
    if not (isinstance(partner, Paragraph) and partner.style is other):
        return lines
    partners = paragraph_lines(partner, style, faces)
    unit, date = (lines, partners) if block.style is Style.SIGNATURE else (partners, lines)
    if not unit or len(date) != 1:
        return lines
    axis = signing_axis(unit, date, style)
    return tuple(_moved(line, axis - line.width / 2 - line.x) for line in lines)


def signing_axis(unit: Sequence[Line], date: Sequence[Line], style: PageStyle) -> float:
    """The middle of a signature, from the type area's left: the date's, or that of the unit's widest line."""
    widest = max(unit, key=lambda line: line.width)
    axis = date[0].x + date[0].width / 2
    return axis if axis + widest.width / 2 <= style.width else widest.x + widest.width / 2


def _moved(line: Line, by: float) -> Line:
    return Line(tuple(text._replace(x=text.x + by) for text in line.texts), line.x + by, line.width)


def _picture_boxes(
    block: PictureBlock, following: Block | None, style: PageStyle, faces: Faces
) -> Iterator[Box]:
    """The picture with its caption under it; one that cannot be shown is named in words."""
    source = Source(block.section)
    caption = style.text(Style.CAPTION)
    stays = ends_before_signature(block, following)
    picture = _shown(block, figure_room(block, following, style, faces), style, faces)
    text = block.caption if picture else f"（图片“{block.name}”无法显示）{block.caption}"
    under = Paragraph(text, Style.CAPTION, runs=(Run(text, mark=block.mark),))
    lines = paragraph_lines(under, style, faces) if text else ()
    if picture:
        yield PictureBox(picture.height, picture, source, stays or bool(lines), block)
    for number, line in enumerate(lines):
        yield LineBox(caption.pitch, source, line, keep=stays or number < len(lines) - 1, block=block)


def figure_room(block: PictureBlock, following: Block | None, style: PageStyle, faces: Faces) -> float:
    """How high a figure may be: with its caption, and the signature where that follows, it stands on one page."""
    most = style.height - 4 * style.pitch
    if ends_before_signature(block, following):
        caption = Paragraph(block.caption, Style.CAPTION)
        lines = len(paragraph_lines(caption, style, faces)) if block.caption else 0
        below = lines * style.text(Style.CAPTION).pitch + _SIGNATURE_LINES * style.pitch
        most = min(most, style.height - below - style.spaces.above_figure)
    return most


def _shown(
    block: PictureBlock, room: float, style: PageStyle, faces: Faces
) -> PreparedPicture | Drawing | None:
    if isinstance(block, ChartBlock):
        return draw_chart(block, style.width, room, style, faces)
    most = min(most_picture_height(style), room)
    return prepare(block.data, style.width, most) if block.data else None


# ---- boxes → pieces ---------------------------------------------------------------------------------------------


def _page(number: int, placed: Sequence[Placed], style: PageStyle, faces: Faces) -> Page:
    left, top = style.left_mm * MM, style.top_mm * MM
    pieces: list[Piece] = []
    for stretch in table_stretches(placed):
        at, box = stretch[0]
        if isinstance(box, RowBox):
            pieces += _row_pieces([row for _, row in stretch if isinstance(row, RowBox)], left, top + at)
        elif isinstance(box, FixedBox):
            pieces += box.fixed.at(left, top + at)
        elif isinstance(box, PictureBox):
            pieces += _picture_pieces(box, left, top + at, style)
        elif isinstance(box, LineBox) and box.line is not None and box.line.texts:
            pieces.append(_line_piece(box, box.line, left, top + at))
    pieces.append(_page_number(number, style, faces))
    return Page(number, style.page_width_mm * MM, style.page_height_mm * MM, tuple(pieces))


def _row_pieces(boxes: Sequence[RowBox], left: float, top: float) -> tuple[Piece, ...]:
    rows = tuple(dict.fromkeys(box.row for box in boxes))
    lines: dict[int, list[int]] = {}
    for box in boxes:
        if box.line is not None:
            lines.setdefault(box.row, []).append(box.line)
    parts = tuple((row, some[0], some[-1] + 1) for row, some in lines.items())
    return table_pieces(boxes[0].table, rows, left, top, parts)


def _line_piece(box: LineBox, line: Line, left: float, top: float) -> Piece:
    return Piece(
        left + line.x,
        top,
        line.width,
        box.height,
        box.part,
        box.source,
        _placed(line, left, top + BASELINE * box.height),
        outline=box.outline,
        block=box.block,
    )


def _placed(line: Line, left: float, baseline: float) -> tuple[Text, ...]:
    return tuple(
        [
            Text(left + x, baseline, width, font, size, spacing, text, bold, mark=mark)
            for x, _, width, font, size, spacing, text, bold, _, mark in line.texts
        ]
    )


def _picture_pieces(box: PictureBox, left: float, top: float, style: PageStyle) -> Iterator[Piece]:
    picture = box.picture
    x = left + (style.width - picture.width) / 2
    if isinstance(picture, Drawing):
        yield from _drawing_pieces(picture, box, x, top)
        return
    yield Piece(
        x,
        top,
        picture.width,
        picture.height,
        Part.PICTURE,
        box.source,
        picture=picture,
        block=box.block,
    )


def _drawing_pieces(drawing: Drawing, box: PictureBox, left: float, top: float) -> Iterator[Piece]:
    """Its rules and its words: what is read aloud are the words."""
    texts = tuple(text._replace(x=left + text.x, y=top + text.y) for text in drawing.texts)
    rules = tuple(
        Rule(left + x1, top + y1, left + x2, top + y2, width) for x1, y1, x2, y2, width in drawing.rules
    )
    fills = tuple(one._replace(x=left + one.x, y=top + one.y) for one in drawing.fills)
    place = (left, top, drawing.width, drawing.height)
    yield Piece(*place, Part.ARTIFACT, box.source, rules=rules, fills=fills)
    yield Piece(*place, Part.PICTURE, box.source, texts, block=box.block)


def _page_number(number: int, style: PageStyle, faces: Faces) -> Piece:
    """The number below the type area; figures of 宋体 are .66 em high."""
    own = style.page_number
    align = own.align
    if own.outer:
        align = Align.RIGHT if number % 2 else Align.LEFT
    indent = own.indent * own.size
    face = sorts(faces, own.role, own.size)
    line = one_line(
        own.text.format(number=number), face, align, style.width - 2 * indent, style.table.gap * own.size
    )
    line = _moved(line, indent)
    baseline = (style.page_height_mm - style.bottom_mm + own.below) * MM + 0.66 * own.size
    left = style.left_mm * MM
    return Piece(
        left + line.x,
        baseline - own.size,
        line.width,
        1.3 * own.size,
        Part.ARTIFACT,
        Source("page_number"),
        _placed(line, left, baseline),
    )
