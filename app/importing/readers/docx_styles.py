"""What the style of a paragraph of a .docx says; of some hundred styles of a sheet only those that are used are parsed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from app.documents.blocks import Style
from app.importing.readers.package import parse_xml

# names of styles, in small letters: ours, and those of Word and WPS
NAMED = {
    "title": Style.TITLE,
    "标题": Style.TITLE,
    "年报图题": Style.CAPTION,
    "caption": Style.CAPTION,
    "题注": Style.CAPTION,
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# <w:styles xmlns:w="…" …>, its end, and one <w:style w:type="paragraph" w:styleId="Heading1">…</w:style>
_SHEET = re.compile(rb"<w:styles\b[^>]*>")
_END = b"</w:style>"
_BEGIN = re.compile(rb"<w:style\b[^>]*>")
_USUAL = b'xmlns:w="' + W[1:-1].encode() + b'"'
_OF_STYLE = (W + "pStyle", W + "outlineLvl", W + "numPr")
_MOST_LOOKED_UP = 100  # styles; a report uses some ten
_MOST_BASES = 20  # styles that are based on one another


class StyleSheet:
    """Looks up one style after the other; a sheet that is not written as Word and LibreOffice write theirs is parsed whole."""

    def __init__(self, data: bytes) -> None:
        sheet = _SHEET.search(data)
        has_more = b"!" in data and b"<!" in data  # comments and the like; a lone sign is found sooner
        is_usual = sheet is not None and _USUAL in sheet[0] and not has_more
        self._head = sheet[0] if sheet is not None and is_usual else b""
        self._whole: dict[str, etree._Element] | None = None
        self._data = data
        self._asked = 0

    def get(self, key: str) -> etree._Element | None:
        """The <w:style> element of this id, of two with one id the later; None where there is none."""
        self._asked += 1
        if self._asked > _MOST_LOOKED_UP:  # each looks through all of the sheet
            return self._all().get(key)
        part = self._written(key.encode()) if self._head else b""
        if not part:
            is_absent = self._head and key.isalnum() and key.encode() not in self._data
            return None if is_absent else self._all().get(key)
        found = parse_xml(self._head + part + b"</w:styles>")
        return next(iter(found), None)

    def _written(self, key: bytes) -> bytes:
        """The style as its bytes stand in the sheet; nothing where they are not plainly to be seen."""
        name = b'w:styleId="' + key + b'"'
        place = self._data.rfind(name)
        start = self._data.rfind(b"<w:style ", 0, max(place, 0))
        begin = _BEGIN.match(self._data, start) if start >= 0 else None
        if begin is None or name not in begin[0] or begin[0].endswith(b"/>"):
            return b""
        end = self._data.find(_END, begin.end())
        return self._data[start : end + len(_END)] if end >= 0 else b""

    def _all(self) -> dict[str, etree._Element]:
        if self._whole is None:
            root = parse_xml(self._data) if self._data else None
            styles = root.iterfind(W + "style") if root is not None else ()
            self._whole = {one.get(W + "styleId", ""): one for one in styles}
        return self._whole


@dataclass
class ParagraphStyle:
    """Outline level, list and name; `based_on` is the style that it takes the rest over from."""

    outline: int | None = None
    name: str = ""
    numbered: tuple[str, int] | None = None  # numId, level
    based_on: str = ""


class Styles:
    """What paragraphs have by their own properties and by the styles of one document."""

    def __init__(self, load: Callable[[], bytes]) -> None:
        self._load = load  # called when the first style is met
        self._sheet: StyleSheet | None = None
        self._known: dict[str, ParagraphStyle] = {}

    def of(self, properties: etree._Element) -> ParagraphStyle:
        return self._inherited(_style_of(properties))

    def _inherited(self, own: ParagraphStyle, depth: int = 0) -> ParagraphStyle:
        """A style with what it takes over from those that it is based on."""
        base = self._named(own.based_on, depth + 1) if own.based_on and depth < _MOST_BASES else None
        if base is None:
            return own
        if own.outline is None and own.numbered is None and not own.name:
            return base
        outline = base.outline if own.outline is None else own.outline
        return ParagraphStyle(outline, own.name or base.name, own.numbered or base.numbered)

    def _named(self, key: str, depth: int) -> ParagraphStyle:
        if key not in self._known:
            self._known[key] = ParagraphStyle()  # a style based on itself must not hold us
            if self._sheet is None:
                self._sheet = StyleSheet(self._load())
            if (element := self._sheet.get(key)) is not None:
                self._known[key] = self._inherited(_described(element), depth)
        return self._known[key]


def _style_of(properties: etree._Element) -> ParagraphStyle:
    """What paragraph properties say of outline level, list and style."""
    found = ParagraphStyle()
    for one in properties.iterchildren(*_OF_STYLE):
        if one.tag == W + "pStyle":
            found.based_on = value_of(one)
        elif one.tag == W + "outlineLvl":
            level = integer_of(one, 9)
            found.outline = level if level < 9 else None
        elif key := value_of(child_of(one, W + "numId")):
            found.numbered = key, integer_of(child_of(one, W + "ilvl"), 0)
    return found


def _described(element: etree._Element) -> ParagraphStyle:
    """What a style of the style sheet says."""
    properties = child_of(element, W + "pPr")
    style = _style_of(properties) if properties is not None else ParagraphStyle()
    style.name = value_of(child_of(element, W + "name")).lower()
    style.based_on = value_of(child_of(element, W + "basedOn"))
    return style


def child_of(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterchildren(tag), None)


def value_of(element: etree._Element | None) -> str:
    return element.get(W + "val", "") if element is not None else ""


def integer_of(element: etree._Element | None, default: int) -> int:
    text = value_of(element)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else default
