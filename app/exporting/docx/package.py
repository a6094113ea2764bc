"""A package that Word, WPS or LibreOffice opens → one that python-docx opens (templates, Strict, lost parts), and one of no day."""

import posixpath
import re
from io import BytesIO
from struct import pack, unpack_from
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

_DAY = pack("<HH", 0, 1 << 5 | 1)  # midnight of the first day that a zip can tell: 1 January 1980
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# .dotx, .docm and .dotm are the same package under another type
_ALIKE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_STRICT = b"http://purl.oclc.org/ooxml/"
_SCHEMAS = b"http://schemas.openxmlformats.org/"
# ISO 29500 Strict has names of its own for what every other file calls by those of 2006
_NAMES = (
    (_STRICT + b"officeDocument/extendedProperties", _SCHEMAS + b"officeDocument/2006/extended-properties"),
    (
        _STRICT + b"officeDocument/relationships/extendedProperties",
        _SCHEMAS + b"officeDocument/2006/relationships/extended-properties",
    ),
    (_STRICT + b"officeDocument/", _SCHEMAS + b"officeDocument/2006/"),
    (_STRICT + b"wordprocessingml/", _SCHEMAS + b"wordprocessingml/2006/"),
    (_STRICT + b"drawingml/", _SCHEMAS + b"drawingml/2006/"),
)
_MEASURE = re.compile(rb'(<w:(\w+)[^<>]*?)="(-?[0-9.]+)(pt|mm|cm|in|pc|pi)"')  # width, spacing: 16pt for 320
_HALF_POINTS = (b"sz", b"szCs", b"kern", b"position")
_POINTS = {b"pt": 1.0, b"mm": 72 / 25.4, b"cm": 72 / 2.54, b"in": 72.0, b"pc": 12.0, b"pi": 12.0}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def plain_package(data: bytes) -> bytes:
    """The same document as an ordinary .docx; what needs no change is given back as it is. Raises like zipfile and lxml."""
    with ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    made = {name: _plain(name, part, parts) for name, part in parts.items()}
    if made == parts:
        return data
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name, part in made.items():
            target.writestr(name, part)
    return stream.getvalue()


def timeless(data: bytes) -> bytes:
    """The package with the same day for each of its parts: python-docx writes when it was saved."""
    made = bytearray(data)
    with ZipFile(BytesIO(data)) as archive:
        entry = archive.start_dir
        for one in archive.infolist():
            made[one.header_offset + 10 : one.header_offset + 14] = _DAY
            made[entry + 12 : entry + 16] = _DAY
            entry += 46 + sum(unpack_from("<3H", made, entry + 28))  # name, extra field, comment
    return bytes(made)


def _plain(name: str, part: bytes, parts: dict[str, bytes]) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return part
    if name == "[Content_Types].xml":
        for type_ in _ALIKE:
            part = part.replace(type_.encode(), _DOCUMENT.encode())
    if _STRICT in part:
        part = _transitional(part)
    return _without_dangling(name, part, parts) if name.endswith(".rels") else part


def _transitional(part: bytes) -> bytes:
    for strict, usual in _NAMES:
        part = part.replace(strict, usual)
    part = part.replace(b' w:conformance="strict"', b"").replace(b' conformance="strict"', b"")
    while (changed := _MEASURE.sub(_number, part)) != part:  # one attribute of an element at a time
        part = changed
    return part


def _number(found: re.Match[bytes]) -> bytes:
    start, tag, number, unit = found.groups()
    points = float(number) * _POINTS[unit]
    return b'%s="%d"' % (start, round(points * (2 if tag in _HALF_POINTS else 20)))


def _without_dangling(name: str, part: bytes, parts: dict[str, bytes]) -> bytes:
    """Relationships to parts that are not in the package (word/NULL, a picture that was taken out) are left out."""
    folder = posixpath.dirname(posixpath.dirname(name))
    root = etree.fromstring(part)
    known = {one.lower() for one in parts}
    gone = [
        relation
        for relation in root.iter(_RELATION)
        if relation.get("TargetMode") != "External"
        and _place(folder, relation.get("Target", "")).lower() not in known
    ]
    for relation in gone:
        root.remove(relation)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if gone else part


def _place(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
