"""版头 and 版记 in Word: paragraphs with their own spaces and borders, 版记 in a table at the foot of the last page."""

from collections.abc import Sequence

from app.documents.blocks import Block, Style
from app.exporting.docx.styles import TWIPS
from app.exporting.ooxml import Element, element, paragraph, runs, within
from app.typesetting.fonts import Role, bundled_faces, word_names
from app.typesetting.letterhead import (
    COPIES,
    IMPRINT_PITCH,
    IMPRINT_SIZE,
    SIGNER,
    fields_of,
    filled,
    imprint_lines,
    imprint_rows,
    issuer_lines,
    number_rows,
)
from app.typesetting.lines import Line
from app.typesetting.page_style import MM, PageStyle

_STYLE = "ReportBlank"  # a paragraph without an indent
_RULE_SPACE = 11  # points from 发文字号 to the red rule: 4 mm


def head_elements(blocks: Sequence[Block], style: PageStyle) -> list[Element]:
    """发文机关标志, 发文字号 with 签发人 and the red rule under it."""
    head = style.head
    if head is None:
        return []
    fields = fields_of(blocks)
    issuer = issuer_lines(filled(head.issuer, fields), style, bundled_faces())
    number, signer = filled(head.number, fields), filled(head.signer, fields)
    text = "\n".join(line.text for line in issuer.lines)
    # LibreOffice and Word leave out the space above a document's first paragraph: an empty line of that height stands there
    above = paragraph(_STYLE, keep=element("keepNext"), spacing=_spacing(head.above * MM))
    red = _runs(text, Role.TITLE, issuer.size, head.colour)
    first = paragraph(
        _STYLE,
        *red,
        keep=element("keepNext"),
        spacing=_spacing(issuer.pitch, after=2 * style.pitch),
        side=element("jc", val="center"),
    )
    border = element("bottom", val="single", sz=12, space=_RULE_SPACE, color=head.colour)
    words = _number_words(number, signer, style)
    second = paragraph(
        _STYLE,
        *words,
        keep=element("keepNext"),
        border=within(element("pBdr"), border),
        **_tabs(signer, style),
        spacing=_spacing(style.pitch, after=2 * style.pitch),
        side=element("jc", val="left" if signer else "center"),
    )
    return [above, first, second]


def _spacing(line: float, after: float = 0.0) -> Element:
    return element(
        "spacing", before=0, after=round(after * TWIPS), line=round(line * TWIPS), lineRule="exact"
    )


def _number_words(number: str, signer: str, style: PageStyle) -> list[Element]:
    size = style.text(Style.BODY).size
    if not signer:
        return _runs(number, Role.BODY, size)
    return [
        *_runs("\u3000" + number, Role.BODY, size),
        *_aside(number_rows(number, signer, style, bundled_faces())),
        *_runs(SIGNER, Role.BODY, size),
        *_runs(signer, Role.HEADING2, size),
        *_runs("\u3000", Role.BODY, size),
    ]


def _aside(rows: Sequence[Sequence[Line]]) -> list[Element]:
    """From what begins on the left to what ends on the right: on the same line, or on the next where there is no room."""
    together = any(len(row) > 1 for row in rows)
    made = within(element("r"), *([] if together else [element("br")]), element("tab"))
    return [made]


def _tabs(signer: str, style: PageStyle) -> dict[str, Element]:
    if not signer:
        return {}
    return {"tabs": within(element("tabs"), element("tab", val="right", pos=round(style.width * TWIPS)))}


def _runs(text: str, role: Role, size: float, colour: str = "") -> list[Element]:
    names = word_names(role)
    made = runs(text, half_points=round(size * 2))
    for run in made:
        faces = run.rPr.rFonts
        for kind, name in (
            ("ascii", names.latin),
            ("hAnsi", names.latin),
            ("eastAsia", names.east_asian),
        ):
            faces.set(f"{{{faces.nsmap['w']}}}{kind}", name)
        if colour:
            run.rPr.insert(list(run.rPr).index(faces) + 1, element("color", val=colour))
    return made


def add_imprint(body: Element, blocks: Sequence[Block], style: PageStyle) -> None:
    """版记 as a table that floats to the foot of the last page; LibreOffice sets it under the date."""
    parts = imprint_lines(blocks, style)
    if not parts:
        return
    width = round(style.width * TWIPS)
    table = within(
        element("tbl"),
        within(
            element("tblPr"),
            element(
                "tblpPr", horzAnchor="margin", vertAnchor="margin", tblpXSpec="center", tblpYSpec="bottom"
            ),
            element("tblOverlap", val="never"),
            element("tblW", w=width, type="dxa"),
            _borders(),
            element("tblLayout", type="fixed"),
            within(element("tblCellMar"), *(element(side, w=0, type="dxa") for side in ("left", "right"))),
        ),
        within(element("tblGrid"), element("gridCol", w=width)),
    )
    for left, right in parts:
        cell = within(element("tcPr"), element("tcW", w=width, type="dxa"))
        row = within(element("trPr"), element("cantSplit"))
        words = within(element("tc"), cell, _imprint_paragraph(left, right, style))
        table.append(within(element("tr"), row, words))
    last = paragraph(_STYLE, spacing=_spacing(1))  # what a floating table is held by follows it
    for made in (table, last):
        body.insert(len(body) - 1, made)


def _borders() -> Element:
    """Above and below thicker than between (7.4.2)."""
    made = element("tblBorders")
    for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 6)):
        made.append(element(side, val="single", sz=eighths, space=0, color="000000"))
    return made


def _imprint_paragraph(left: str, right: str, style: PageStyle) -> Element:
    indent = round(IMPRINT_SIZE * TWIPS)
    words = _runs(left, Role.BODY, IMPRINT_SIZE)
    if right:
        rows = imprint_rows(left, right, style, bundled_faces())
        words += [*_aside(rows), *_runs(right, Role.BODY, IMPRINT_SIZE)]
    hang = len(COPIES) * indent if left.startswith(COPIES) else 0
    tab = element("tab", val="right", pos=round((style.width - IMPRINT_SIZE) * TWIPS))
    return paragraph(
        _STYLE,
        *words,
        tabs=within(element("tabs"), tab),
        spacing=_spacing(IMPRINT_PITCH),
        indent=element("ind", left=indent + hang, right=0 if right else indent, hanging=hang),
    )
