"""版头 above the title and 版记 at the foot of the last page (GB/T 9704 7.2, 7.4), where the page style has them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.documents.blocks import Block, Paragraph, Style
from app.typesetting.breaking import Words, break_lines, sorts, units_of
from app.typesetting.fonts import Faces, Role
from app.typesetting.lines import Line, Setting, one_line, set_line
from app.typesetting.page_style import MM, Align, PageStyle
from app.typesetting.pages import Part, Piece, Rule, Source, Text
from app.typesetting.title import balanced

_DATE = re.compile(r"（(\d{4}年\d{1,2}月\d{1,2}日)）")
_SMALLEST_ISSUER = 26.0  # points: a longer name goes on in a second line
_BELOW_NUMBER = 4 * MM  # from 发文字号 to the red rule
_RED_RULE = 1.5  # points
_THICK, _THIN = 0.35 * MM, 0.25 * MM  # the first and last rule of 版记, and those between
IMPRINT_SIZE = 14.0  # 4号
IMPRINT_PITCH = 22.0
COPIES = "抄送："
SIGNER = "签发人："


@dataclass(frozen=True)
class Fixed:
    """What always stands together; its pieces are measured from its upper left corner."""

    height: float
    pieces: tuple[Piece, ...]

    def at(self, left: float, top: float) -> list[Piece]:
        return [_moved(piece, left, top) for piece in self.pieces]


def _moved(piece: Piece, left: float, top: float) -> Piece:
    texts = tuple(text._replace(x=text.x + left, y=text.y + top) for text in piece.texts)
    rules = tuple(
        Rule(rule.x1 + left, rule.y1 + top, rule.x2 + left, rule.y2 + top, rule.width) for rule in piece.rules
    )
    return replace(piece, x=piece.x + left, top=piece.top + top, texts=texts, rules=rules)


def fields_of(blocks: Sequence[Block]) -> dict[str, str]:
    """What a page style may name in its texts: {unit}, {date} and {year}, as the report signs."""
    found = {"unit": "", "date": "", "year": ""}
    for block in blocks:
        if isinstance(block, Paragraph) and block.style is Style.SIGNATURE:
            found["unit"] = block.text
        elif isinstance(block, Paragraph) and (day := _date_in(block)):
            found |= {"date": day, "year": day.partition("年")[0]}
        elif isinstance(block, Paragraph) and block.style is Style.TITLE and not found["unit"]:
            found["unit"] = block.text.partition("\n")[0]
    return found


def _date_in(block: Paragraph) -> str:
    """成文日期 at the end, or （2026年1月9日） under the title."""
    under_title = _DATE.fullmatch(block.text) if block.style is Style.SUBTITLE else None
    return under_title[1] if under_title else block.text if block.style is Style.DATE else ""


def filled(text: str, fields: Mapping[str, str]) -> str:
    for name, value in fields.items():
        text = text.replace("{" + name + "}", value)
    return text


# -- 版头 ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Issuer:
    """发文机关标志 as it is set: as large as fits one line."""

    lines: tuple[Line, ...]
    size: float

    @property
    def pitch(self) -> float:
        return round(self.size * 1.3)


def issuer_lines(text: str, style: PageStyle, faces: Faces) -> Issuer:
    head = style.head
    wanted = head.size if head else _SMALLEST_ISSUER
    one = one_line(text, sorts(faces, Role.TITLE, wanted), Align.CENTER, style.width)
    size = wanted if one.width <= style.width else max(_SMALLEST_ISSUER, wanted * style.width / one.width)
    size = size // 0.5 * 0.5
    units = units_of([Words(text, sorts(faces, Role.TITLE, size))], 0.0)
    setting = Setting(size, 0.0, Align.CENTER)
    lines = tuple(
        set_line(line, 0.0, style.width, setting, True) for line in balanced(units, style.width, 0.0)
    )
    return Issuer(lines, size)


def head_of(blocks: Sequence[Block], style: PageStyle, faces: Faces) -> Fixed | None:
    """版头: 标志 35 mm under the type area's top, two lines below it 发文字号, 4 mm below that the red rule, two empty lines."""
    head = style.head
    if head is None:
        return None
    fields = fields_of(blocks)
    issuer = issuer_lines(filled(head.issuer, fields), style, faces)
    pieces: list[Piece] = []
    top = head.above * MM
    for line in issuer.lines:
        pieces.append(_piece(line, 0.0, top, issuer.pitch, "head", head.colour))
        top += issuer.pitch
    top += 2 * style.pitch
    for row in number_rows(filled(head.number, fields), filled(head.signer, fields), style, faces):
        for line in row:
            pieces.append(_piece(line, 0.0, top, style.pitch, "head"))
        top += style.pitch
    top += _BELOW_NUMBER
    rule = Rule(0.0, top, style.width, top, _RED_RULE)
    pieces.append(
        Piece(
            0.0, top, style.width, _RED_RULE, Part.ARTIFACT, Source("head"), rules=(rule,), colour=head.colour
        )
    )
    return Fixed(top + _RED_RULE + 2 * style.pitch, tuple(pieces))


def number_rows(number: str, signer: str, style: PageStyle, faces: Faces) -> list[list[Line]]:
    """发文字号 in the middle; with 签发人 (上行文) it moves to the left, both one character from the edges.

    They stand below one another where one line has no room for both.
    """
    look = style.text(Style.BODY)
    body, kai = (sorts(faces, role, look.size, look.spacing) for role in (Role.BODY, Role.HEADING2))
    gap, edge = look.gap * look.size, look.character
    room = style.width - 2 * edge

    def lines(words: list[Words], align: Align) -> list[Line]:
        setting = Setting(look.size, look.spacing, align)
        broken = break_lines(units_of(words, gap), room, 0.0, look.spacing)
        return [set_line(line, edge, room, setting, True) for line in broken]

    if not signer:
        return [[line] for line in lines([Words(number, body)], Align.CENTER)]
    left = lines([Words(number, body)], Align.LEFT)
    return beside(left, lines([Words(SIGNER, body), Words(signer, kai)], Align.RIGHT), look.character)


def beside(left: Sequence[Line], right: Sequence[Line], apart: float) -> list[list[Line]]:
    """Rows of what begins on the left and what ends on the right: the first of these stands on the last row of those
    where that leaves `apart` points between them."""
    rows = [[line] for line in left]
    if left and right and left[-1].x + left[-1].width + apart <= right[0].x:
        rows[-1].append(right[0])
        right = right[1:]
    return rows + [[line] for line in right]


def _piece(line: Line, left: float, top: float, pitch: float, section: str, colour: str = "") -> Piece:
    texts: tuple[Text, ...] = tuple(
        text._replace(x=left + text.x, y=top + 0.8 * pitch) for text in line.texts
    )
    place = left + line.x, top, line.width, pitch
    return Piece(*place, Part.TEXT, Source(section), texts, colour=colour)


# -- 版记 ----------------------------------------------------------------------------------------------------------------------


def imprint_lines(blocks: Sequence[Block], style: PageStyle) -> list[tuple[str, str]]:
    """(left, right) of each part of 版记, from above: 抄送, then 印发机关 and 印发日期."""
    imprint = style.imprint
    if imprint is None:
        return []
    fields = fields_of(blocks)
    found = [(COPIES + filled(imprint.copies, fields), "")] if imprint.copies else []
    if imprint.office or imprint.date:
        day = filled(imprint.date, fields)
        found.append((filled(imprint.office, fields), day + ("印发" if day else "")))
    return found


def imprint_of(blocks: Sequence[Block], style: PageStyle, faces: Faces) -> Fixed | None:
    """版记 in 4号仿宋 with a rule above, below and between; the texts one character from the edges (7.4)."""
    parts = imprint_lines(blocks, style)
    if not parts:
        return None
    pieces: list[Piece] = []
    rules = [Rule(0.0, 0.0, style.width, 0.0, _THICK)]
    top = 0.0
    for left, right in parts:
        for row in imprint_rows(left, right, style, faces):
            for line in row:
                pieces.append(_piece(line, IMPRINT_SIZE, top, IMPRINT_PITCH, "imprint"))
            top += IMPRINT_PITCH
        rules.append(Rule(0.0, top, style.width, top, _THIN))
    rules[-1] = rules[-1]._replace(width=_THICK)
    pieces.append(Piece(0.0, 0.0, style.width, top, Part.ARTIFACT, Source("imprint"), rules=tuple(rules)))
    return Fixed(top, tuple(pieces))


def imprint_rows(left: str, right: str, style: PageStyle, faces: Faces) -> list[list[Line]]:
    """The rows of a part; those of 抄送 go on under its first name, and a date goes below a long 印发机关."""
    face = sorts(faces, Role.BODY, IMPRINT_SIZE)
    room, gap = style.width - 2 * IMPRINT_SIZE, style.text(Style.BODY).gap * IMPRINT_SIZE

    def lines(text: str, hang: float, align: Align) -> list[Line]:
        setting = Setting(IMPRINT_SIZE, 0.0, align)
        broken = break_lines(units_of([Words(text, face)], gap), room - hang, -hang)
        begins = [hang if number else 0.0 for number in range(len(broken))]
        return [set_line(line, x, room - x, setting, True) for x, line in zip(begins, broken, strict=True)]

    hang = len(COPIES) * IMPRINT_SIZE if left.startswith(COPIES) else 0.0
    return beside(
        lines(left, hang, Align.LEFT), lines(right, 0.0, Align.RIGHT) if right else [], IMPRINT_SIZE
    )
