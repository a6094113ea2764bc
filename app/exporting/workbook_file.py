"""A workbook → its bytes, the parts of a font in the order in which Excel itself writes them, formulas with their values."""

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.styles import Font

_ORDER = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"


_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)(?:<v></v>|<v ?/>)')

Values = Mapping[str, Mapping[str, str]]  # sheet → place → what its formula comes to


def saved(book: Workbook, values: Values | None = None) -> bytes:
    """openpyxl begins with the name, which strict readers (the Open XML SDK) take for an error.

    It writes no value beside a formula either: previews, phones and pandas would show a blank total.
    """
    Font.__elements__ = tuple(_ORDER.split())
    stream = BytesIO()
    book.save(stream)
    return _with_values(stream.getvalue(), book, values) if values else stream.getvalue()


def _with_values(data: bytes, book: Workbook, values: Values) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(made, "w") as target:
        sheets = {f"xl/worksheets/sheet{n}.xml": sheet.title for n, sheet in enumerate(book.worksheets, 1)}
        for part in source.infolist():
            content = source.read(part)
            if known := values.get(sheets.get(part.filename, "")):
                content = _valued(content, known)
            target.writestr(part, content)
    return made.getvalue()


def _valued(sheet: bytes, known: Mapping[str, str]) -> bytes:
    """The sheet's XML with each of these values in its formula's cell."""
    missing = dict(known)

    def with_value(found: re.Match[bytes]) -> bytes:
        value = missing.pop(found[2].decode(), "")
        return found[1] + b"<v>" + value.encode() + b"</v>"

    made = _FORMULA.sub(with_value, sheet)
    assert not missing, missing
    return made
