"""草稿 or 送审稿 across every page of a Word document: a grey word askew behind the text, in the headers, as Word's own watermark."""

from docx.document import Document as WordDocument
from docx.oxml.parser import parse_xml

from app.exporting.ooxml import Element, clean, element, within
from app.typesetting.fonts import Role, word_names

_SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("o", "urn:schemas-microsoft-com:office:office"),
    )
)
_HEIGHT = 150  # points of a character, as in the PDF
_GREY = "#e5e5e5"
# The shape type of a text on a straight path: number 136 of Word's own shapes.
_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
)


def add_watermark(document: WordDocument, words: str) -> None:
    """Into the header of odd and even pages; what stands in the headers already stays."""
    section = document.sections[0]
    headers = [section.header]
    if document.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    known = {style.style_id for style in document.styles}
    for number, header in enumerate(headers, 1):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]._p
        if (
            paragraph.style not in known
        ):  # a new header of python-docx names a style that our base does not have
            paragraph.style = None
        paragraph.append(_run(words, number))


def _run(words: str, number: int) -> Element:
    """The shape lies behind the text, in the middle of the type area, turned from lower left to upper right."""
    text = clean(words).replace("&", "").replace("<", "").replace('"', "")
    face = word_names(Role.TITLE).east_asian
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{_HEIGHT * len(text)}pt;height:{_HEIGHT}pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = (
        f'<v:shape id="NianbaoWatermark{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'style="{place}" o:allowincell="f" fillcolor="{_GREY}" stroked="f">'
        f'<v:textpath style="font-family:&quot;{face}&quot;;font-size:1pt" string="{text}"/></v:shape>'
    )
    picture = parse_xml(f"<w:pict {_SPACES}>{_TYPE}{shape}</w:pict>")
    return within(element("r"), within(element("rPr"), element("noProof")), picture)
