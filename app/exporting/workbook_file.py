"""A workbook → its bytes, the parts of a font in the order in which Excel itself writes them."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font

_ORDER = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"


def saved(book: Workbook) -> bytes:
    """openpyxl begins with the name, which strict readers (the Open XML SDK) take for an error."""
    Font.__elements__ = tuple(_ORDER.split())
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
