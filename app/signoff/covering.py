"""What lies over the text of a PDF or hides in a Word file: pages may say the right words and show others."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

_LARGE = 0.004  # of a page's area: a picture or a filled shape that can hide a number
_TEXT = re.compile(r"<w:(t|br|tab|p)(?:\s[^>]*)?(?:/>|>([^<]*)(?=</w:t>))?")
_HIDDEN = {"<w:vanish": "隐藏的文字", "<w:del ": "修订里删去的文字", "<w:ins ": "修订里添加的文字"}
# a picture, a text box, a shape or what another program drew
_PLACED = re.compile(r"<w:(?:drawing|pict|object)[\s/>]")


def covered_pages(data: bytes, ours: bytes) -> list[str]:
    """What the pages of a PDF have beyond our own: pictures and filled shapes that may hide what they say."""
    theirs, own = list(_shapes(data)), list(_shapes(ours))
    found: list[str] = []
    if sum(map(_total, theirs)) <= sum(map(_total, own)):
        return found
    for number, shapes in enumerate(theirs):
        known = own[number] if number < len(own) else Counter()
        found += [
            f"第{number + 1}页多了{count}{what}，可能盖住了文字" for what, count in (shapes - known).items()
        ]
    return found


def _total(shapes: "Counter[str]") -> int:
    return sum(shapes.values())


def _shapes(data: bytes) -> Iterator["Counter[str]"]:
    """For each page how many pictures and large filled shapes it has; seals and remarks of others are no part of it."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    pdf = pypdfium2.PdfDocument(data)
    try:
        for page in pdf:
            area = page.get_width() * page.get_height()
            yield Counter(_kind(one, pdfium) for one in page.get_objects() if _is_large(one, area, pdfium))
    finally:
        pdf.close()


def _is_large(one: Any, area: float, pdfium: Any) -> bool:
    if one.type not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING):
        return False
    left, bottom, right, top = one.get_bounds()
    return bool((right - left) * (top - bottom) > area * _LARGE)


def _kind(one: Any, pdfium: Any) -> str:
    return "张图片" if one.type == pdfium.FPDF_PAGEOBJ_IMAGE else "处色块"


def word_text(data: bytes) -> str:
    """All text of a Word file's body, as it stands in the file, without what only breaks lines."""
    body = _part(data, "word/document.xml")
    return re.sub(r"\s+", "", "".join(one[2] or "" for one in _TEXT.finditer(body)))


def hidden_in_word(data: bytes, ours: bytes) -> list[str]:
    """What a Word file has beyond our own that shows or hides something else than its text says."""
    body, own = _part(data, "word/document.xml"), _part(ours, "word/document.xml")
    found = [f"里面有{words}" for mark, words in _HIDDEN.items() if mark in body and mark not in own]
    more = _placed(body) - _placed(own)
    return found + ([f"里面多了{more}个图片或图形，可能盖住了文字"] if more > 0 else [])


def _placed(body: str) -> int:
    return len(_PLACED.findall(body))


def _part(data: bytes, name: str) -> str:
    from app.importing.readers.package import Package

    package = Package(data)
    return package.read(name).decode("utf-8", "replace") if name in package else ""


def word_properties(data: bytes) -> str:
    """Where a Word file carries the fingerprint of its report. UserError when it is none, or broken."""
    return _part(data, "docProps/core.xml")
