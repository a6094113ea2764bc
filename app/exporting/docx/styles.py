"""A page style → Word's styles and page set-up, under names that a clerk finds in Word's own list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Twips

from app.documents.blocks import Style
from app.exporting.ooxml import Element, element, within
from app.typesetting.fonts import Role, word_names
from app.typesetting.page_style import Align, PageStyle, TableStyle, TextStyle

TWIPS = 20  # in a point
_GRID_LEFT = 2  # points below the last line of a grid that is said to fill the page
NORMAL, OWN_BASE = ("Normal", "Normal"), ("ReportBase", "年报基准")  # style id, name
CELL, PAGE_NUMBER = ("TableText", "年报表格文字"), ("PageNumberText", "年报页码")
STACKED_CELL = ("StackedTableText", "年报表二文字")
RUN_IN = ("RunInHeading", "年报段首标题")
PICTURE, TABLE = ("ReportPicture", "年报图片"), ("ReportTable", "年报表格")

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
    Style.ATTACHMENT: ("ReportAttachment", "年报附件", None),
    Style.BLANK: ("ReportBlank", "年报空行", None),
}
# other names under which a document given as the source of styles may have them, in lower case
_ALIASES = {
    Style.TITLE: ("标题",),
    Style.SUBTITLE: ("副标题",),
    Style.BODY: ("正文", "normal"),
    Style.HEADING1: ("标题 1", "标题1"),
    Style.HEADING2: ("标题 2", "标题2"),
    Style.HEADING3: ("标题 3", "标题3"),
    Style.CAPTION: ("caption", "题注"),
}
_FACTORY_SIZES = (
    "",
    "20",
    "21",
    "22",
    "24",
)  # half points: of 正文 in a document whose styles nobody has touched
_JUSTIFY = {Align.JUSTIFY: "both", Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}


@dataclass(frozen=True)
class StyleIds:
    """Which style of the document is which: its own where it has one of that name, else ours."""

    paragraphs: Mapping[Style, str]
    cell: str
    stacked_cell: str  # of the tables under bands
    page_number: str
    run_in: str
    picture: str
    table: str
    numbered: frozenset[str]  # those that count by themselves: 一、 is in the text already

    def of(self, style: Style | None) -> str:
        return self.paragraphs[style or Style.BODY]


def add_styles(document: WordDocument, page: PageStyle) -> StyleIds:
    """All styles of the report that the document has not got yet, each complete in itself but for the base style."""
    styles = _Styles(document.styles.element)
    found = {style: styles.get(name, *_ALIASES.get(style, ())) for style, (_, name, _) in _NAMES.items()}
    base_id, base_name = OWN_BASE if styles.has_default else NORMAL
    base = styles.get(base_name) or styles.add(
        _base_style(styles.free(base_id), base_name, page.text(Style.BODY), page.widow_control)
    )
    for style in sorted(_NAMES, key=lambda style: style is not Style.BODY):  # headings name the body's id
        name_id, name, level = _NAMES[style]
        found[style] = found[style] or styles.add(
            _paragraph_style(styles.free(name_id), name, base, _look(style, page), level, found[Style.BODY])
        )
    return StyleIds(
        found,
        _extra_style(styles, CELL, base, _cell_text(page.table)),
        _extra_style(styles, STACKED_CELL, base, _cell_text(page.stacked or page.table)),
        _extra_style(styles, PAGE_NUMBER, base, _figures(page)),
        styles.get(RUN_IN[1], kind="character")
        or styles.add(_run_in_style(styles.free(RUN_IN[0]), page.text(Style.HEADING2))),
        styles.get(PICTURE[1]) or styles.add(_picture_style(styles.free(PICTURE[0]), base, page)),
        styles.get(TABLE[1], kind="table") or styles.add(_table_style(styles.free(TABLE[0]), page.table)),
        frozenset(one for one in found.values() if styles.counts(one)),
    )


def _look(style: Style, page: PageStyle) -> TextStyle:
    """As the page style has it; an empty line stays with what follows, as in the PDF."""
    text = page.text(style)
    return replace(text, keep_next=True) if style is Style.BLANK else text


class _Styles:
    """The styles of a document by name, as Word tells them apart: letters large or small."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._by_id: dict[str, Element] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        for one in element.findall(qn("w:style")):
            self._note(one)

    def _note(self, one: Element) -> None:
        kind, style_id, name = one.get(qn("w:type")), one.get(qn("w:styleId")), one.find(qn("w:name"))
        if style_id and name is not None:
            self._by_id[style_id] = one
            self._by_name.setdefault((kind or "paragraph", name.get(qn("w:val"), "").lower()), style_id)

    @property
    def has_default(self) -> bool:
        return any(map(_is_default, self._by_id.values()))

    def get(self, *names: str, kind: str = "paragraph") -> str:
        """The id of the first of these that there is; a 正文 that nobody has set up does not count. Else empty."""
        for name in names:
            style_id = self._by_name.get((kind, name.lower()))
            if style_id and not _is_factory_default(self._by_id[style_id]):
                return style_id
        return ""

    def free(self, wanted: str) -> str:
        """An id that no style has."""
        while wanted in self._by_id:
            wanted += "0"
        return wanted

    def add(self, made: Element) -> str:
        self._element.append(made)
        self._note(made)
        return str(made.get(qn("w:styleId")))

    def counts(self, style_id: str) -> bool:
        """Whether its paragraphs are numbered, by it or by a style it is based on."""
        numbers = [
            found.get(qn("w:val")) for one in self._line(style_id) for found in one.iter(qn("w:numId"))
        ]
        return bool(numbers) and numbers[0] != "0"

    def _line(self, style_id: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            yield self._by_id[style_id]
            based_on = self._by_id[style_id].find(qn("w:basedOn"))
            style_id = "" if based_on is None else based_on.get(qn("w:val"), "")


def _is_default(style: Element) -> bool:
    is_paragraph = style.get(qn("w:type")) == "paragraph"
    return is_paragraph and style.get(qn("w:default")) in ("1", "true", "on")


def _is_factory_default(style: Element) -> bool:
    """正文 as Word makes it: no indent of the first line, a size that it has by itself."""
    if not _is_default(style):
        return False
    indent, size = style.find(f"{qn('w:pPr')}/{qn('w:ind')}"), style.find(f"{qn('w:rPr')}/{qn('w:sz')}")
    indents = indent is not None and any(
        "firstLine" in name and value != "0" for name, value in indent.items()
    )
    return not indents and ("" if size is None else size.get(qn("w:val"))) in _FACTORY_SIZES


def _extra_style(styles: _Styles, style: tuple[str, str], base: str, text: TextStyle) -> str:
    name_id, name = style
    return styles.get(name) or styles.add(_paragraph_style(styles.free(name_id), name, base, text, None, ""))


def _cell_text(table: TableStyle) -> TextStyle:
    return TextStyle(role=table.role, size=table.size, pitch=table.pitch, align=Align.CENTER)


def _figures(page: PageStyle) -> TextStyle:
    number = page.page_number
    return TextStyle(role=number.role, size=number.size, pitch=_footer_pitch(page), align=Align.CENTER)


def set_page(section: Section, page: PageStyle) -> None:
    """Paper, margins, the place of the footer, and a grid of lines (never `linesAndChars`: docs/formats.md §3)."""
    section.page_width, section.page_height = Mm(page.page_width_mm), Mm(page.page_height_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.header_distance = Mm(15)
    section.footer_distance = Twips(_footer_distance(page))
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    kind = {"type": "lines"} if _fills_page(page) else {}
    section._sectPr.append(element("docGrid", **kind, linePitch=round(page.pitch * TWIPS)))


def _fills_page(page: PageStyle) -> bool:
    """Whether whole lines of the grid fill the type area: LibreOffice sets nothing below the last whole line."""
    return page.height % page.pitch < _GRID_LEFT


def _footer_pitch(page: PageStyle) -> float:
    return round(page.page_number.size * 1.4)


def _footer_distance(page: PageStyle) -> int:
    """From the paper's edge to the bottom of the footer's line, so that the figures' top lies where the style says."""
    number = page.page_number
    top = (page.bottom_mm - number.below) * 72 / 25.4
    baseline = top - 0.66 * number.size  # figures of 宋体 are 0.66 em high
    return round((baseline - 0.2 * _footer_pitch(page)) * TWIPS)


def _base_style(style_id: str, name: str, text: TextStyle, widow_control: bool) -> Element:
    kind = {"default": 1} if name.isascii() else {"customStyle": 1}
    made = element("style", type="paragraph", styleId=style_id, **kind)
    paragraph = within(
        element("pPr"),
        element("widowControl", val=int(widow_control)),
        element("overflowPunct", val=0),
        element("snapToGrid", val=0),
        element("spacing", before=0, after=0, line=round(text.pitch * TWIPS), lineRule="exact"),
        element("jc", val="both"),
    )
    return within(made, element("name", val=name), element("qFormat"), paragraph, _run_properties(text))


def _paragraph_style(
    name_id: str, name: str, base: str, text: TextStyle, level: int | None, body: str
) -> Element:
    """`body` is the style of the paragraph after a heading."""
    own = {} if name.isascii() else {"customStyle": 1}  # Word translates the names of its built-in styles
    made = element("style", type="paragraph", styleId=name_id, **own)
    within(made, element("name", val=name), element("basedOn", val=base))
    if level is not None:
        made.append(element("next", val=body))
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
    made.append(
        element("spacing", val=round(text.spacing * TWIPS))
    )  # 0 too: Normal, the base of all, has its own
    half_points = round(text.size * 2)
    return within(made, element("sz", val=half_points), element("szCs", val=half_points))


def _picture_style(style_id: str, base: str, page: PageStyle) -> Element:
    """As high as the picture: lines of an exact height would cut it off, one put in by hand as well."""
    text = replace(
        page.text(Style.CAPTION), align=Align.CENTER, first_indent=0, right_indent=0, keep_next=False
    )
    made = _paragraph_style(style_id, PICTURE[1], base, text, None, "")
    spacing = made.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    spacing.set(qn("w:line"), "240")
    spacing.set(qn("w:lineRule"), "auto")
    for size in ("sz", "szCs"):
        made.find(f"{qn('w:rPr')}/{qn('w:' + size)}").set(qn("w:val"), "2")  # nothing hangs below the picture
    return made


def _table_style(style_id: str, table: TableStyle) -> Element:
    """Borders and the room beside a cell's text, for a table that a person puts in, too."""
    made = element("style", type="table", styleId=style_id, customStyle=1)
    within(made, element("name", val=TABLE[1]), element("qFormat"))
    return within(
        made, within(element("tblPr"), element("tblInd", w=0, type="dxa"), borders(table), margins(table))
    )


def borders(table: TableStyle) -> Element:
    made = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        made.append(element(side, val="single", sz=round(table.rule * 8), space=0, color="000000"))
    return made


def margins(table: TableStyle) -> Element:
    made = element("tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        points = table.margin if side in ("top", "bottom") else table.padding
        made.append(element(side, w=round(points * TWIPS), type="dxa"))
    return made


def _run_in_style(style_id: str, text: TextStyle) -> Element:
    """（一）标题。at the start of a paragraph: only the face differs from the body."""
    made = element("style", type="character", styleId=style_id, customStyle=1)
    return within(
        made,
        element("name", val=RUN_IN[1]),
        element("qFormat"),
        within(element("rPr"), _faces(text.role)),
    )


def _faces(role: Role) -> Element:
    names = word_names(role)
    return element("rFonts", ascii=names.latin, hAnsi=names.latin, eastAsia=names.east_asian, cs=names.latin)
