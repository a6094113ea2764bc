"""Small pieces of WordprocessingML: elements in the schema's order, text that XML can hold."""

from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

Element = Any  # lxml's element; python-docx adds methods to some of them


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


def run(text: str, character_style: str = "") -> Element:
    """A run in the paragraph's own face; `hint` keeps “”—… full-width. A newline becomes a line break."""
    properties = element("rPr")
    if character_style:
        properties.append(element("rStyle", val=character_style))
    properties.append(element("rFonts", hint="eastAsia"))
    made = within(element("r"), properties)
    for index, line in enumerate(clean(text).split("\n")):
        if index:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


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
        run(shown),
        one(element("fldChar", fldCharType="end")),
    ]
