"""Small pieces of WordprocessingML: elements in the schema's order, text that XML can hold."""

import re
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from app.typesetting.fonts import Role, word_names

Element = Any  # lxml's element; python-docx adds methods to some of them
_LATIN = word_names(Role.LATIN).latin
DOT = "·"
_HEAVY = word_names(
    Role.HEADING1
).east_asian  # its dot is as dark at half its width as that of the others at the whole
# 上级 2023 年: the spaces after a Chinese character; 艾力·努尔: the dot of a name
_APART = re.compile(r"(?<=[\u2e80-\uffef])( +)|(·)")


def element(tag: str, **attributes: object) -> Element:
    """`<w:tag w:name="value"/>`."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def within(parent: Element, *children: Element) -> Element:
    for child in children:
        parent.append(child)
    return parent


def clean(text: str) -> str:
    """Without what no XML file may hold: control characters, lone surrogates, U+FFFE and U+FFFF."""
    return "".join(
        c
        for c in text
        if (c in "\t\n" or ord(c) >= 32) and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF)
    )


def runs(
    text: str, character_style: str = "", half_points: int = 0, bold: bool = False, spacing: int | None = None
) -> list[Element]:
    """A text as runs in the paragraph's own face; `hint` keeps “”—… full-width. A newline becomes a line break.

    `half_points`: the size, `spacing`: twips after each character, where they are not the paragraph style's own.
    Spaces after a Chinese character are runs of the Latin face: LibreOffice would set them as wide as the Chinese face's.
    A · is scaled to half a character, as GB/T 15834 has it.
    """
    return [
        _run(part, character_style, half_points, bold, spacing) for part in _APART.split(clean(text)) if part
    ]


def _run(
    text: str, character_style: str, half_points: int = 0, bold: bool = False, spacing: int | None = None
) -> Element:
    properties = element("rPr")
    if character_style:
        properties.append(element("rStyle", val=character_style))
    properties.append(_face(text))
    if bold:
        properties.append(element("b"))
    if spacing is not None:
        properties.append(element("spacing", val=spacing))
    if text == DOT:
        properties.append(element("w", val=50))
    if half_points:
        properties.append(element("sz", val=half_points))
        properties.append(element("szCs", val=half_points))
    made = within(element("r"), properties)
    for index, line in enumerate(text.split("\n")):
        if index:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


def _face(text: str) -> Element:
    """The paragraph's own, but for spaces and dots: LibreOffice takes a dot for Latin, as narrow as a quarter of an em."""
    if text.isspace():
        return element("rFonts", eastAsia=_LATIN)
    if text == DOT:
        return element("rFonts", hint="eastAsia", ascii=_HEAVY, hAnsi=_HEAVY, eastAsia=_HEAVY)
    return element("rFonts", hint="eastAsia")


def paragraph(style: str, *runs: Element, **properties: Element) -> Element:
    settings = within(element("pPr"), element("pStyle", val=style), *properties.values())
    return within(element("p"), settings, *runs)


def field(instruction: str, shown: str = "1") -> list[Element]:
    """The runs of a field such as PAGE."""

    def one(content: Element) -> Element:
        return within(element("r"), within(element("rPr"), element("rFonts", hint="eastAsia")), content)

    code = element("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        one(element("fldChar", fldCharType="begin")),
        one(code),
        one(element("fldChar", fldCharType="separate")),
        _run(shown, ""),
        one(element("fldChar", fldCharType="end")),
    ]
