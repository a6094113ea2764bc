"""An empty signature field where the seal stands (AcroForm, ISO 32000-1, 12.7.4.5): for the office's own certificate program."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc

from app.documents.blocks import Paragraph, Style
from app.errors import UserError
from app.exporting.pdf.objects import add_entries, dictionary, text_string
from app.typesetting.page_style import MM
from app.typesetting.pages import Page, Part, Piece

NAME, TOLD = "印章", "在此签章：发文机关印章"
_SIDE = (
    42 * MM
)  # 国务院关于国家行政机关和企业事业单位社会团体印章管理的规定: a township's seal is 42 mm across
_LIFT = 4 * MM  # 署名 and 成文日期 stand in the seal's middle and a little below it (GB/T 9704 7.3.5.1)
_PRINT = 4  # annotation flag: it is printed (PDF/A-2, 6.3.2)


class Place(NamedTuple):
    """Where the seal is set: the page's number, the sides of a square from the page's upper left corner in points."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def place_of(pages: Sequence[Page]) -> Place:
    """The square in the middle of 署名 and 成文日期 at the end of the text, 附件 behind it. UserError when they do not stand there."""
    page = next((page for page in reversed(pages) if any(map(_is_signature, page.pieces))), None)
    if page is None:
        raise UserError(
            "报告末尾没有落款，签章域没有地方放", "请把落款放在文末并写明单位和日期，或者不要签章域"
        )
    shown = [piece for piece in page.pieces if piece.part is not Part.ARTIFACT]
    pieces = [piece for piece in shown if _is_signature(piece)]
    first, last = pieces[0], pieces[-1]
    top = (first.top + last.top + last.height) / 2 - _LIFT - _SIDE / 2
    above = max((piece.top + piece.height for piece in shown if piece.top < first.top), default=top)
    top = max(
        top, min(above, first.top)
    )  # not over the text, where the page style leaves less than its height
    left = last.x + last.width / 2 - _SIDE / 2
    return Place(page.number, left, top, left + _SIDE, top + _SIDE)


def _is_signature(piece: Piece) -> bool:
    return isinstance(piece.block, Paragraph) and piece.block.style in (Style.SIGNATURE, Style.DATE)


def add_field(canvas: Any, page: Page, place: Place) -> Any:
    """Puts the field on the page that is being drawn, and into the document's form; its object, for the tags."""
    document = canvas._doc
    box = pdfdoc.PDFArray([0, 0, round(_SIDE, 2), round(_SIDE, 2)])
    empty = pdfdoc.PDFStream(dictionary(Type="/XObject", Subtype="/Form", BBox=box), b"", [])
    sides = (place.left, page.height - place.bottom, place.right, page.height - place.top)
    field = _Field(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": text_string(NAME),
            "TU": text_string(TOLD),
            "F": _PRINT,
            "Rect": pdfdoc.PDFArray([round(side, 2) for side in sides]),
            "P": document.thisPageRef(),
            "AP": dictionary(N=document.Reference(empty)),
        }
    )
    canvas._addAnnotation(field)
    form = dictionary(Fields=pdfdoc.PDFArray([field]), SigFlags=1)
    add_entries(document.Catalog, AcroForm=form)
    return field


class _Field(pdfdoc.PDFDictionary):  # type: ignore[misc]
    __RefOnly__ = 1  # reportlab's sign of an object that stands by itself
