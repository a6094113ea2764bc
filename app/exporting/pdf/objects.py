"""What reportlab 5.1 lacks of the PDF's outer objects: an end of line after each stream, entries that it has no name for."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from struct import pack
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import textobject

_END = b"endstream\n"
_format = pdfdoc.PDFStream.format


def _format_with_line_end(stream: Any, document: Any) -> bytes:
    """reportlab writes `endstream` right behind the data; ISO 19005-2, 6.1.7.1 wants an end of line between them.

    CR LF, not LF: whatever byte the data ends in, the line end and with it /Length can be told. What is in the streams
    also goes into the file's /ID; reportlab's knows only the title.
    """
    made: bytes = _format(stream, document)
    document.updateSignature(made)
    return made.removesuffix(_END) + b"\r\n" + _END


# A report's few thousand numbers (widths, sizes) are mostly the same few, and reportlab writes them slowly.
_number = lru_cache(maxsize=4096)(fp_str)


def apply() -> None:
    """Puts these into reportlab; doing it twice does no harm."""
    pdfdoc.PDFStream.format = _format_with_line_end
    pdfdoc.PDFDocument.format = _format_document
    pdfdoc.fp_str = textobject.fp_str = _number


# ---- the file: streams one by one, all other objects in one stream (ISO 32000-1, 7.5.7 and 7.5.8) ---------------


def _format_document(document: Any) -> bytes:
    """reportlab writes each object for itself, a tenth of a report's file; this takes a third of that.

    Catalog and properties stay outside, for who looks for them without unpacking.
    """
    document.encrypt.prepare(document)
    plainly = {document.Reference(one).name for one in (document.Catalog, document.info)}
    document.__accum__ = file = pdfdoc.PDFFile(document._pdfVersion)
    places: dict[int, tuple[int, int, int]] = {}  # number → how it is stored, where, its place there
    packed: list[tuple[int, bytes]] = []
    number = 1
    while number in document.numberToId:  # an object may bring others while it is written
        name = document.numberToId[number]
        data = pdfdoc.pdfdocEnc(pdfdoc.format(document.idToObject[name], document, toplevel=1))
        if name in plainly or data.rstrip().endswith(_END.rstrip()):  # a picture is a stream, too
            places[number] = (1, file.add(b"%d 0 obj\n%b\nendobj\n" % (number, data.rstrip(b"\n"))), 0)
        else:
            packed.append((number, data))
        number += 1
    del document.__accum__
    places |= {one: (2, number, place) for place, (one, _) in enumerate(packed)}
    places[number] = (1, file.add(_numbered(number, _object_stream(packed), document)), 0)
    _add_references(file, number + 1, places, document)
    made: bytes = file.format(document)
    return made


def _object_stream(packed: Sequence[tuple[int, bytes]]) -> Any:
    index, at = [], 0
    for number, data in packed:
        index.append(f"{number} {at}")
        at += len(data) + 1
    head = " ".join(index).encode("ascii") + b"\n"
    told = dictionary(Type="/ObjStm", N=len(packed), First=len(head))
    return pdfdoc.PDFStream(told, head + b"\n".join(data for _, data in packed), [pdfdoc.PDFZCompress])


def _numbered(number: int, stream: Any, document: Any) -> bytes:
    return f"{number} 0 obj\n".encode("ascii") + bytes(stream.format(document)) + b"endobj\n"


def _add_references(
    file: Any, number: int, places: Mapping[int, tuple[int, int, int]], document: Any
) -> None:
    """The list of where each object is, itself the last object, and the end of the file."""
    start = file.offset
    rows = [(0, 0, 0xFFFF), *(places[one] for one in range(1, number)), (1, start, 0)]
    told = dictionary(
        Type="/XRef",
        Size=number + 1,
        W=pdfdoc.PDFArray([1, 4, 2]),
        Root=document.Reference(document.Catalog),
        Info=document.Reference(document.info),
        ID=document.ID(),
    )
    data = b"".join(pack(">BLH", *row) for row in rows)
    file.add(_numbered(number, pdfdoc.PDFStream(told, data, [pdfdoc.PDFZCompress]), document))
    file.add(f"startxref\n{start}\n%%EOF\n".encode("ascii"))


def add_entries(holder: Any, **entries: Any) -> None:
    """Entries of the catalog or of a page, also such as reportlab does not know."""
    holder.__NoDefault__ = [*holder.__NoDefault__, *entries]
    for key, value in entries.items():
        setattr(holder, key, value)


def dictionary(**entries: Any) -> Any:
    return pdfdoc.PDFDictionary(entries)


def plain(text: str) -> str:
    """What a PDF string and XML can hold: no control characters, no lone surrogates, no noncharacters."""
    return "".join(
        char
        for char in text
        if char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff"
    )


def text_string(text: str) -> Any:
    return pdfdoc.PDFString(plain(text))


def actual_text(text: str) -> str:
    """The operator that opens content with what it stands for (ISO 32000-1, 14.9.4)."""
    return f"/Span <</ActualText {_hex(text)}>> BDC"


def described(words: str) -> str:
    """The entry of a mark that says what its content shows (ISO 32000-1, 14.9.3)."""
    return f"/Alt {_hex(words)}"


def _hex(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class Properties(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The document's own card. No dates: the same report gives the same bytes, and a false date is worse than none."""

    def __init__(self, title: str, author: str, subject: str, keywords: str) -> None:
        self.title, self.author, self.subject, self.keywords = title, author, subject, keywords
        self.creator, self.producer = "nianbao", "nianbao / ReportLab"

    def format(self, document: Any) -> bytes:
        entries = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Keywords": self.keywords,
            "Creator": self.creator,
            "Producer": self.producer,
        }
        told = {key: text_string(text) for key, text in entries.items() if text}
        made: bytes = dictionary(**told).format(document)
        return made
