"""What reportlab 5.1 lacks of the PDF's outer objects: an end of line after each stream, entries that it has no name for."""

from functools import lru_cache
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
    """Puts both into reportlab; doing it twice does no harm."""
    pdfdoc.PDFStream.format = _format_with_line_end
    pdfdoc.fp_str = textobject.fp_str = _number


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
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC"


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
