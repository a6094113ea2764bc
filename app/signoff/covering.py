"""What lies over the text of a PDF or hides in a Word file: pages may say the right words and show others."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

_LARGE = 0.004  # of a page's area: a picture or a filled shape that can hide a number
_SCALE, _OTHER, _MOST_OTHER = (
    1.5,
    96,
    12,
)  # pixels a point; how different one is; how many may be, of the edges of letters
_DRAWN = {1: "处文字", 2: "处色块或线条", 3: "张图片", 4: "处色块", 5: "处图形"}  # pdfium's kinds of objects
_TEXT_OBJECT = 1
# Annotations that can show something of their own: text, lines, shapes, ink, a watermark, a film, a redaction.
_COVERING = {3, 4, 5, 6, 7, 8, 15, 21, 24, 25, 26, 28}
_SEALS = {13, 20}  # a stamp; the field of a signature


def covered_pages(data: bytes, ours: bytes) -> list[str]:
    """What the pages of a PDF show beyond, or otherwise than, the same report printed anew (`ours`)."""
    import pypdfium2

    pdf, own = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(ours)
    try:
        found: list[str] = []
        if len(pdf) > len(own):
            found.append(f"比定稿多了{len(pdf) - len(own)}页")
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
    import pypdfium2.raw as pdfium

    kinds = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        one = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kinds.append(pdfium.FPDFAnnot_GetSubtype(one))
        pdfium.FPDFPage_CloseAnnot(one)
    return kinds


def _annotations(page: Any, number: int) -> list[str]:
    count = sum(one in _COVERING for one in _annotation_kinds(page))
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


# -- Word ----------------------------------------------------------------------------------------------------------------------

# Elements of whatever namespace, by their own name: what they show or hide beside the text.
_HIDING = {
    "隐藏的文字": ("vanish", "specVanish", "webHidden"),
    "修订里删去的文字": ("del", "moveFrom"),
    "修订里添加的文字": ("ins", "moveTo"),
    "图片或图形，可能盖住了文字": ("drawing", "pict", "object", "AlternateContent", "txbxContent", "framePr"),
    "域、编号或公式，看到的不是里面的文字": (
        *("fldSimple", "fldChar", "instrText", "numPr", "sym", "oMath", "pgNum", "ruby", "eastAsianLayout"),
        *("altChunk", "subDoc", "position", "w", "fitText", "noBreakHyphen", "softHyphen", "cs"),
    ),
}
_WHITE, _TINY = "白色的文字", "小得看不见的文字"
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)[^/]*\.xml")
_MEDIA = re.compile(r"word/media/.+")


def word_text(data: bytes) -> str:
    """All text of a Word file's body, as it stands in the file, without what only breaks lines."""
    body = _tree(data, "word/document.xml")
    return "" if body is None else _said(body)


def hidden_in_word(data: bytes, ours: bytes) -> list[str]:
    """What a Word file has beyond our own that shows or hides something else than its text says."""
    theirs, own = _marks(data), _marks(ours)
    found = [f"里面有{words}" for words in theirs if theirs[words] > own[words]]
    if _said_beside(data) != _said_beside(ours):
        found.append("页眉、页脚或脚注里的文字与定稿的不同")
    if _pictures(data) != _pictures(ours):
        found.append("里面的图片与定稿的不同")
    return found


def _marks(data: bytes) -> "Counter[str]":
    """How often each kind of hiding stands in the body and in its styles."""
    found: Counter[str] = Counter()
    names = {name: words for words, kinds in _HIDING.items() for name in kinds}
    for part in ("word/document.xml", "word/styles.xml"):
        tree = _tree(data, part)
        for one in tree.iter() if tree is not None else ():
            name = _local(one)
            if name in names:
                found[names[name]] += 1
            elif name == "color" and _value(one).upper() in ("FFFFFF", "FEFEFE", "FDFDFD"):
                found[_WHITE] += 1
            elif name == "sz" and _value(one).isdigit() and int(_value(one)) < 8:
                found[_TINY] += 1
    return found


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "")


def _said(tree: Any) -> str:
    return re.sub(r"\s+", "", "".join(one.text or "" for one in tree.iter() if _local(one) == "t"))


def _said_beside(data: bytes) -> list[str]:
    trees = (_tree(data, name) for name in _names(data) if _BESIDE.fullmatch(name))
    return sorted(words for tree in trees if tree is not None and (words := _said(tree)))


def _pictures(data: bytes) -> "Counter[str]":
    from app.importing.readers.package import Package

    package = Package(data)
    found = (package.read(name) for name in _names(data) if _MEDIA.fullmatch(name))
    return Counter(hashlib.sha256(one).hexdigest() for one in found)


def _names(data: bytes) -> Iterator[str]:
    from app.importing.readers.package import Package

    yield from Package(data).parts


def _tree(data: bytes, name: str) -> Any:
    from app.importing.readers.package import Package, parse_xml

    package = Package(data)
    return parse_xml(package.read(name)) if name in package else None


def word_properties(data: bytes) -> str:
    """Where a Word file carries the fingerprint of its report. UserError when it is none, or broken."""
    from app.importing.readers.package import Package

    package, name = Package(data), "docProps/core.xml"
    return package.read(name).decode("utf-8", "replace") if name in package else ""
