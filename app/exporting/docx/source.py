"""A user's own .docx as the source of styles: its styles, page set-up, headers and footers, and nothing else of it."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section

from app.errors import UserError
from app.exporting.docx.package import plain_package
from app.exporting.ooxml import Element, element
from app.machine import archives
from app.paths import resources

_LARGEST = 200_000_000  # bytes when unpacked
_MOST_PARTS = 5000
_NARROWEST = 100  # millimetres of the type area: the tables of the form need them
_OLE = b"\xd0\xcf\x11\xe0"  # .doc, .wps, and any .docx with a password

# What a document goes on needing without its text, by the last word of the relationship's type.
_KEPT = {"styles", "settings", "numbering", "fontTable", "theme", "webSettings", "footnotes", "endnotes"}
_HEADERS = {"header", "footer"}
_KEPT_OF_PACKAGE = {"officeDocument", "core-properties", "extended-properties"}
# Settings that belong to the old text, to whom wrote it or to his computer.
_SETTINGS_DROPPED = (
    *(
        "writeProtection",
        "attachedTemplate",
        "linkStyles",
        "trackRevisions",
        "revisionView",
        "documentProtection",
    ),
    *("mailMerge", "docVars", "rsids", "attachedSchema", "saveThroughXslt"),
)
_SECTION_DROPPED = ("type", "cols", "lnNumType", "printerSettings", "sectPrChange", "footnotePr", "endnotePr")


def open_source(data: bytes) -> WordDocument:
    """The document without its text, notes, comments and people; UserError when it cannot serve."""
    document = _opened(data)
    body = document.element.body
    section = _section(body)
    for reference in _references(section):
        if reference.get(qn("r:id")) not in document.part.rels:  # a header that is not in the package
            section.remove(reference)
    for child in list(body):
        body.remove(child)
    body.append(section)
    _drop_parts(document, section)
    for found in _named(document.settings.element, _SETTINGS_DROPPED):
        document.settings.element.remove(found)
    properties = document.core_properties._element
    for child in list(properties):
        properties.remove(child)
    if has_page(document.sections[0]) and type_width_mm(document.sections[0]) < _NARROWEST:
        raise UserError("样式文件的版心太窄，放不下表格", "请把它的页边距改小，或换一个文件")
    return document


def _opened(data: bytes) -> WordDocument:
    if data.startswith(_OLE):
        raise UserError(
            "样式文件是旧版 Word 文件，或者加了密码", "请用 Word 或 WPS 打开它，另存为不加密码的 .docx"
        )
    try:
        if archives.has_more_than(data, _MOST_PARTS):
            raise ValueError("more parts than any Word file has")
        with ZipFile(BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size <= _LARGEST:
            document = Document(BytesIO(plain_package(data)))
            if document.styles.element is not None and document.element.body is not None:
                return document
    except Exception:  # python-docx raises many kinds for what is not a Word file
        pass
    raise UserError(
        "样式文件打不开，它不是 Word 文档，或者已经损坏", "请用 Word 或 WPS 打开它，另存为 .docx 后再用"
    )


def _section(body: Element) -> Element:
    """The page set-up of the last upright section, with the headers and footers that it takes from those before it."""
    sections = [one for one in body.iter(qn("w:sectPr")) if one.getparent().tag != qn("w:sectPrChange")]
    if not sections:
        return element("sectPr")
    upright = [one for one in sections if not _is_landscape(one)]
    chosen = (upright or sections)[-1]
    made = deepcopy(chosen)
    for found in [*_references(made), *_named(made, _SECTION_DROPPED)]:
        made.remove(found)
    for reference in _headers_of(sections[: sections.index(chosen) + 1]):
        made.insert(0, deepcopy(reference))
    return made


def _headers_of(sections: Sequence[Element]) -> Iterable[Element]:
    """The headers and footers of the last of these sections: each kind and type is that of the last that has one."""
    in_force: dict[tuple[str, str], Element] = {}
    for section in sections:
        for reference in _references(section):
            in_force[reference.tag, reference.get(qn("w:type"), "default")] = reference
    return in_force.values()


def _references(section: Element) -> list[Element]:
    return _named(section, [f"{kind}Reference" for kind in sorted(_HEADERS)])


def _named(parent: Element, names: Iterable[str]) -> list[Element]:
    return [child for name in names for child in parent.findall(qn(f"w:{name}"))]


def _is_landscape(section: Element) -> bool:
    size = section.find(qn("w:pgSz"))
    return size is not None and _number(size, "w") > _number(size, "h")


def has_page(section: Section) -> bool:
    """Whether it says how large the paper and the margins are."""
    return None not in (section.page_width, section.page_height, section.left_margin, section.right_margin)


def type_width_mm(section: Section) -> float:
    """How wide the type area (版心) of a section is that says so."""
    properties = section._sectPr
    size, margins = properties.find(qn("w:pgSz")), properties.find(qn("w:pgMar"))
    twips = _number(size, "w") - sum(_number(margins, side) for side in ("left", "right", "gutter"))
    return twips * 25.4 / 1440


def _number(found: Element, name: str) -> float:
    try:
        return float(found.get(qn(f"w:{name}"), "0"))
    except ValueError:
        return 0.0


# -- what else lies in the package -----------------------------------------------------------------------------------------


def _drop_parts(document: WordDocument, section: Element) -> None:
    """Pictures, charts, comments, people and data of the old text; its properties give way to ours."""
    part = document.part
    shown = {reference.get(qn("r:id")) for reference in section}
    for id_, relation in list(part.rels.items()):
        kind = _kind(relation)
        if kind not in _KEPT and not (kind in _HEADERS and id_ in shown):
            del part.rels[id_]
        elif kind in ("footnotes", "endnotes"):
            _drop_notes(relation.target_part)
        elif kind == "settings":
            relation.target_part.rels.clear()  # the template, the address list
    package: Any = part.package
    for id_, relation in list(package.rels.items()):
        kind = _kind(relation)
        if kind not in _KEPT_OF_PACKAGE:
            del package.rels[id_]
        elif kind == "extended-properties":
            relation.target_part._blob = (resources() / "word" / "base" / "docProps" / "app.xml").read_bytes()


def _kind(relation: Any) -> str:
    return str(relation.reltype).rpartition("/")[2]


def _drop_notes(part: Any) -> None:
    """All but the separator lines, which the settings refer to."""
    from lxml import etree

    notes = parse_xml(part.blob)
    for note in list(notes):
        if note.get(qn("w:type")) is None:
            notes.remove(note)
    part._blob = etree.tostring(notes, xml_declaration=True, encoding="UTF-8", standalone=True)
