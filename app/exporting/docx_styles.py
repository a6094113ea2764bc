"""A page style → Word's styles and page set-up, under names that a clerk finds in Word's own list."""

from docx.document import Document as WordDocument
from docx.section import Section
from docx.shared import Mm, Twips

from app.blocks import Style
from app.exporting.ooxml import Element, element, within
from app.typesetting.fonts import Role, word_names
from app.typesetting.page_style import Align, PageStyle, TextStyle

TWIPS = 20  # in a point
BASE_STYLE, CELL_STYLE, PAGE_NUMBER_STYLE, RUN_IN_STYLE = (
    "Normal",
    "TableText",
    "PageNumberText",
    "RunInHeading",
)

# style id, name in Word's list (built-in names are translated by Word itself), outline level for the navigation pane
_NAMES: dict[Style, tuple[str, str, int | None]] = {
    Style.TITLE: ("Title", "Title", None),
    Style.SUBTITLE: ("Subtitle", "Subtitle", None),
    Style.BODY: ("ReportBody", "年报正文", None),
    Style.HEADING1: ("Heading1", "heading 1", 0),
    Style.HEADING2: ("Heading2", "heading 2", 1),
    Style.HEADING3: ("Heading3", "heading 3", 2),
    Style.CAPTION: ("ReportCaption", "年报图题", None),
    Style.NOTE: ("ReportNote", "年报附注", None),
    Style.SIGNATURE: ("ReportSignature", "年报署名", None),
    Style.DATE: ("ReportDate", "年报成文日期", None),
    Style.BLANK: ("ReportBlank", "年报空行", None),
}
_JUSTIFY = {Align.JUSTIFY: "both", Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}


def style_id(style: Style) -> str:
    return _NAMES[style][0]


def add_styles(document: WordDocument, page: PageStyle) -> None:
    """All styles of the report, each complete in itself but for the faces of the base style."""
    styles = document.styles.element
    styles.append(_base_style(page.text(Style.BODY), page.widow_control))
    for style, (name_id, name, level) in _NAMES.items():
        styles.append(_paragraph_style(name_id, name, page.text(style), level))
    table = page.table
    cell = TextStyle(role=table.role, size=table.size, pitch=table.pitch, align=Align.CENTER)
    styles.append(_paragraph_style(CELL_STYLE, "年报表格文字", cell, None))
    number = page.page_number
    figures = TextStyle(role=number.role, size=number.size, pitch=_footer_pitch(page), align=Align.CENTER)
    styles.append(_paragraph_style(PAGE_NUMBER_STYLE, "年报页码", figures, None))
    styles.append(_run_in_style(page.text(Style.HEADING2)))


def set_page(section: Section, page: PageStyle) -> None:
    """Paper, margins, the place of the footer, and a grid of lines (`linesAndChars` breaks LibreOffice, documents.md §3.4)."""
    section.page_width, section.page_height = Mm(page.page_width_mm), Mm(page.page_height_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.header_distance = Mm(15)
    section.footer_distance = Twips(_footer_distance(page))
    section._sectPr.append(element("docGrid", type="lines", linePitch=round(page.pitch * TWIPS)))


def _footer_pitch(page: PageStyle) -> float:
    return round(page.page_number.size * 1.4)


def _footer_distance(page: PageStyle) -> int:
    """From the paper's edge to the bottom of the footer's line, so that the figures' top lies where the style says."""
    number = page.page_number
    top = (page.bottom_mm - number.below) * 72 / 25.4
    baseline = top - 0.66 * number.size  # figures of 宋体 are 0.66 em high
    return round((baseline - 0.2 * _footer_pitch(page)) * TWIPS)


def _base_style(text: TextStyle, widow_control: bool) -> Element:
    made = element("style", type="paragraph", default=1, styleId=BASE_STYLE)
    paragraph = within(
        element("pPr"),
        element("widowControl", val=int(widow_control)),
        element("overflowPunct", val=0),
        element("snapToGrid", val=0),
        element("spacing", before=0, after=0, line=round(text.pitch * TWIPS), lineRule="exact"),
        element("jc", val="both"),
    )
    return within(made, element("name", val="Normal"), element("qFormat"), paragraph, _run_properties(text))


def _paragraph_style(name_id: str, name: str, text: TextStyle, level: int | None) -> Element:
    own = {} if name.isascii() else {"customStyle": 1}  # Word translates the names of its built-in styles
    made = element("style", type="paragraph", styleId=name_id, **own)
    within(made, element("name", val=name), element("basedOn", val=BASE_STYLE))
    if name_id.startswith(("Heading", "Report")):
        made.append(element("next", val=style_id(Style.BODY) if name_id.startswith("Heading") else name_id))
    made.append(element("qFormat"))
    paragraph = element("pPr")
    if text.keep_next:
        paragraph.append(element("keepNext"))
    paragraph.append(
        element("overflowPunct", val=0)
    )  # nothing outside the type area (LibreOffice 7.4 reads it inverted)
    paragraph.append(element("spacing", before=0, after=0, line=round(text.pitch * TWIPS), lineRule="exact"))
    indent = _indent(text)
    if indent is not None:
        paragraph.append(indent)
    paragraph.append(element("jc", val=_JUSTIFY[text.align]))
    if level is not None:
        paragraph.append(element("outlineLvl", val=level))
    return within(made, paragraph, _run_properties(text))


def _indent(text: TextStyle) -> Element | None:
    """In characters, with the same length in twips for programs that know no characters."""
    values: dict[str, int] = {}
    for name, count in (("right", text.right_indent), ("firstLine", text.first_indent)):
        if count:
            values |= {f"{name}Chars": round(count * 100), name: round(count * text.character * TWIPS)}
    return element("ind", **values) if values else None


def _run_properties(text: TextStyle) -> Element:
    made = within(element("rPr"), _faces(text.role))
    if text.bold:
        made.append(element("b"))
    if text.spacing:
        made.append(element("spacing", val=round(text.spacing * TWIPS)))
    half_points = round(text.size * 2)
    return within(made, element("sz", val=half_points), element("szCs", val=half_points))


def _run_in_style(text: TextStyle) -> Element:
    """（一）标题。at the start of a paragraph: only the face differs from the body."""
    made = element("style", type="character", styleId=RUN_IN_STYLE, customStyle=1)
    return within(
        made,
        element("name", val="年报段首标题"),
        element("qFormat"),
        within(element("rPr"), _faces(text.role)),
    )


def _faces(role: Role) -> Element:
    names = word_names(role)
    return element("rFonts", ascii=names.latin, hAnsi=names.latin, eastAsia=names.east_asian, cs=names.latin)
