"""What lies over the text of a PDF: pages may say the right words and show others."""

import re
from collections import Counter
from typing import Any

_LARGE = 0.004  # of a page's area: a picture or a filled shape that can hide a number
_SCALE, _OTHER, _MOST_OTHER = (
    1.5,
    96,
    12,
)  # pixels a point; how different one is; how many may be, of the edges of letters
_DRAWN = {1: "处文字", 2: "处色块或线条", 3: "张图片", 4: "处色块", 5: "处图形"}  # pdfium's kinds of objects
_TEXT_OBJECT = 1
# Of all kinds of annotations only these show nothing by themselves: a link, the window of a remark.
_UNSEEN = {2, 16}
_STAMP, _FIELD = 13, 20
_SEALS = {_STAMP, _FIELD}  # a field where it is one of a signature


def covered_pages(data: bytes, ours: bytes) -> list[str]:
    """What the pages of a PDF show beyond, or otherwise than, the same report printed anew (`ours`)."""
    import pypdfium2

    pdf, own = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(ours)
    try:
        found: list[str] = []
        if len(pdf) > len(own):
            found.append(f"比定稿多了{len(pdf) - len(own)}页")
        found += _other_fields(pdf)
        elsewhere: list[tuple[int, Counter[str], Counter[str]]] = []
        for number, page in enumerate(pdf, 1):
            found += _annotations(page, number)
            again = own[number - 1] if number <= len(own) else None
            if again is not None and _text(page) == _text(again):
                found += _shown_otherwise(page, again, number)
            else:  # other faces, other lines: only what is large can be told from what is ours
                elsewhere.append((number, _large(page), _large(again) if again else Counter()))
        return found + _more_that_is_large(elsewhere)
    finally:
        pdf.close()
        own.close()


def seals(data: bytes) -> list[str]:
    """Seals and signatures on the pages of a PDF: they belong there, and may lie over a number."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        counts = [sum(one in _SEALS for one in _annotation_kinds(page)) for page in pdf]
    finally:
        pdf.close()
    return [f"第{n}页有{count}处印章或签名，请看它没有盖住数字" for n, count in enumerate(counts, 1) if count]


def _annotation_kinds(page: Any) -> list[int]:
    """Without those that show nothing: a link that draws no more than its place."""
    import pypdfium2.raw as pdfium

    kinds = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        one = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(one)
        if kind not in _UNSEEN or pdfium.FPDFAnnot_HasKey(one, b"AP"):
            kinds.append(kind)
        pdfium.FPDFPage_CloseAnnot(one)
    return kinds


def _other_fields(pdf: Any) -> list[str]:
    """Fields of a form that are no signature's: what is typed into them shows over the page."""
    import pypdfium2.raw as pdfium

    count = sum(_annotation_kinds(page).count(_FIELD) for page in pdf)
    more = count - max(pdfium.FPDF_GetSignatureCount(pdf.raw), 0)
    return [f"有{more}处表单域，可能盖住了文字"] if more > 0 else []


def _annotations(page: Any, number: int) -> list[str]:
    count = sum(one not in _SEALS for one in _annotation_kinds(page))
    return [f"第{number}页有{count}处批注或覆盖物，可能盖住了文字"] if count else []


def _text(page: Any) -> str:
    return re.sub(r"\s+", "", page.get_textpage().get_text_bounded())


def _shown_otherwise(page: Any, own: Any, number: int) -> list[str]:
    """Of a page that says the same: what more is drawn there, however small, and whether it looks the same."""
    if _frame(page) != _frame(own):
        return [f"第{number}页的大小、方向或可见范围改过"]
    more = _objects(page) - _objects(own)
    found: Counter[str] = Counter()
    for (kind, _bounds), count in more.items():
        found[_DRAWN[kind]] += count
    if found:
        return [f"第{number}页多了{count}{what}，可能盖住了文字" for what, count in found.items()]
    return [f"第{number}页看上去与定稿再印的不同"] if _looks_otherwise(page, own) else []


def _frame(page: Any) -> tuple[Any, ...]:
    return page.get_rotation(), tuple(map(round, (*page.get_mediabox(), *page.get_cropbox())))


def _objects(page: Any) -> "Counter[tuple[int, tuple[int, ...]]]":
    """Everything drawn but text, by its kind and place; text where it is not in its place is drawn otherwise."""
    found: Counter[tuple[int, tuple[int, ...]]] = Counter()
    for one in page.get_objects(max_depth=1):
        if one.type != _TEXT_OBJECT:
            found[one.type, tuple(round(edge / 2) for edge in one.get_bounds())] += 1
    return found


def _looks_otherwise(page: Any, own: Any) -> bool:
    """Glyphs of another face, or none, behind the same words: told only where every character has its place."""
    if _places(page) != _places(own):  # set by another version of the program
        return False
    from PIL import ImageChops

    theirs, ours = (_picture(one) for one in (page, own))
    if theirs.size != ours.size:
        return True
    counts = ImageChops.difference(theirs, ours).histogram()
    return sum(counts[_OTHER:]) > _MOST_OTHER


def _picture(page: Any) -> Any:
    return page.render(scale=_SCALE, draw_annots=False, may_draw_forms=False).to_pil().convert("L")


def _places(page: Any) -> list[tuple[int, int]]:
    import ctypes

    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for index in range(text.count_chars()):
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        found.append((round(x.value / 2), round(y.value / 2)))
    return found


def _more_that_is_large(pages: list[tuple[int, "Counter[str]", "Counter[str]"]]) -> list[str]:
    """A table may go on at another line, with as many rules in all."""
    if sum(theirs.total() for _, theirs, _ in pages) <= sum(own.total() for _, _, own in pages):
        return []
    return [
        f"第{number}页多了{count}{what}，可能盖住了文字"
        for number, theirs, own in pages
        for what, count in (theirs - own).items()
    ]


def _large(page: Any) -> "Counter[str]":
    """How many pictures and large filled shapes a page has; seals and remarks of others are no part of it."""
    area = page.get_width() * page.get_height()
    return Counter(_DRAWN[one.type] for one in page.get_objects(max_depth=1) if _is_large(one, area))


def _is_large(one: Any, area: float) -> bool:
    if one.type == _TEXT_OBJECT:
        return False
    left, bottom, right, top = one.get_bounds()
    return bool((right - left) * (top - bottom) > area * _LARGE)
