"""XML as OFD writes it: elements in its namespace, text that XML can hold, lengths in millimetres."""

from collections.abc import Iterable
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from app.exporting.pdf.objects import plain

SPACE = "http://www.ofdspec.org/2016"
MM = 25.4 / 72  # of a point


@lru_cache(maxsize=8192)
def mm(points: float) -> str:
    """A length to a thousandth of a millimetre: 5.644."""
    return number(points * MM)


def number(value: float) -> str:
    shown = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def box(x: float, y: float, width: float, height: float) -> str:
    return f"{mm(x)} {mm(y)} {mm(width)} {mm(height)}"


def words(text: str) -> str:
    """Text between tags."""
    return escape(plain(text))


def element(name: str, inside: str | Iterable[str] = "", **attributes: object) -> str:
    """`<ofd:name attribute="value">inside</ofd:name>`; `inside` is XML already."""
    inside = inside if isinstance(inside, str) else "".join(inside)
    told = "".join(f" {key}={quoteattr(plain(str(value)))}" for key, value in attributes.items())
    return f"<ofd:{name}{told}>{inside}</ofd:{name}>" if inside else f"<ofd:{name}{told}/>"


def part(name: str, inside: str | Iterable[str], **attributes: object) -> bytes:
    """A whole file of the package."""
    root = element(name, inside, **{"xmlns:ofd": SPACE}, **attributes)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}'.encode()
