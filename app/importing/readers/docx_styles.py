"""The style sheet of a .docx, of which a document uses a few of some hundred styles: only those are parsed."""

import re
from collections.abc import Iterator

from lxml import etree

from app.importing.readers.package import parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# <w:styles xmlns:w="…" …>, its end, and one <w:style w:type="paragraph" w:styleId="Heading1">…</w:style>
_SHEET = re.compile(rb"<w:styles\b[^>]*>")
_END = b"</w:style>"
_BEGIN = re.compile(rb"<w:style\b(?![^>]*/>)[^>]*>")
_KEY = re.compile(rb'\bw:styleId="([^"&]*)"')
_USUAL = b'xmlns:w="' + W[1:-1].encode() + b'"'


class StyleSheet:
    """Looks up one style after the other; a sheet that is not written as Word and LibreOffice write theirs is parsed whole."""

    def __init__(self, data: bytes) -> None:
        sheet = _SHEET.search(data)
        self._head = sheet[0] if sheet is not None and _USUAL in sheet[0] else b""
        self._parts: dict[str, bytes] = dict(_parts(data)) if self._head and b"<!" not in data else {}
        self._whole: dict[str, etree._Element] | None = None
        self._data = data

    def get(self, key: str) -> etree._Element | None:
        """The <w:style> element of this id; None where there is none."""
        if not self._parts:
            return self._all().get(key)
        part = self._parts.get(key)
        if part is None:
            return None
        found = parse_xml(self._head + part + b"</w:styles>")
        return next(iter(found), None)

    def _all(self) -> dict[str, etree._Element]:
        if self._whole is None:
            root = parse_xml(self._data) if self._data else None
            styles = root.iterfind(W + "style") if root is not None else ()
            self._whole = {one.get(W + "styleId", ""): one for one in styles}
        return self._whole


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes of each style by its id; of two with one id the later, as when the whole is read."""
    for begin in _BEGIN.finditer(data):
        key = _KEY.search(begin[0])
        end = data.find(_END, begin.end())
        if key is not None and end >= 0:
            yield key[1].decode("utf-8", "replace"), data[begin.start() : end + len(_END)]
