"""What hides in a Word file: it may say the right words and show others."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

# Elements of whatever namespace, by their own name: what they show or hide beside the text.
_HIDING = {
    "隐藏的文字": ("vanish", "specVanish", "webHidden", "hidden"),
    "划掉的文字": ("strike", "dstrike"),
    "修订里删去的文字": ("del", "moveFrom"),
    "修订里添加的文字": ("ins", "moveTo"),
    "图片或图形，可能盖住了文字": (
        *("drawing", "pict", "object", "AlternateContent", "txbxContent", "framePr", "tblpPr"),
    ),
    "域、编号或公式，看到的不是里面的文字": (
        *("fldSimple", "fldChar", "instrText", "numPr", "sym", "oMath", "pgNum", "ruby", "eastAsianLayout"),
        *(
            "altChunk",
            "subDoc",
            "position",
            "w",
            "fitText",
            "noBreakHyphen",
            "softHyphen",
            "cs",
            "dataBinding",
        ),
        *("dayLong", "dayShort", "monthLong", "monthShort", "yearLong", "yearShort"),
        *("footnoteReference", "endnoteReference", "vertAlign"),
    ),
    "从右往左排的文字": ("rtl", "bdo", "dir", "bidi"),
    "看不清的文字效果": ("emboss", "imprint", "outline", "textFill", "textOutline"),
    "文字底色": ("highlight", "background"),
    "嵌入的字体，字形可能换过": ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"),
}
_NAMED = {name: words for words, kinds in _HIDING.items() for name in kinds}
_OFF = ("0", "false", "off", "none", "baseline")  # what says that it is not so
_SYMBOLS = re.compile(r"wingdings|webdings|symbol|marlett|mt extra", re.IGNORECASE)  # faces of pictures
_LIGHT, _DARK = 0xD0, 0x90  # of 255: letters nobody sees on white, ground on which nobody sees them
_PARTS = ("word/document.xml", "word/styles.xml", "word/fontTable.xml")
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
    """How often each kind of hiding stands in the body, in its styles and in its faces."""
    found: Counter[str] = Counter()
    for part in _PARTS:
        tree = _tree(data, part)
        for one in tree.iter() if tree is not None else ():
            if words := _hides(one):
                found[words] += 1
    return found


def _hides(one: Any) -> str:
    """What an element of Word hides, in words; empty where it hides nothing."""
    name = _local(one)
    if name in _NAMED:
        return "" if _value(one).lower() in _OFF else _NAMED[name]
    return _MEASURED[name](one) if name in _MEASURED else ""


def _colour(one: Any) -> str:
    is_ground = _value(one, "themeColor").lower().startswith(("background", "light"))
    return "白色的文字" if is_ground or _least(_value(one)) >= _LIGHT else ""


def _ground(one: Any) -> str:
    """Of letters every ground that is not white, of cells one on which black is not seen."""
    fill = _value(one, "fill")
    if _local(one.getparent()) == "rPr":
        return "文字底色" if _is_colour(fill) and _least(fill) < 0xFF else ""
    return "深色的底" if _is_colour(fill) and _least(fill) < _DARK else ""


def _size(one: Any) -> str:
    return "小得看不见的文字" if _number(_value(one), 99) < 8 else ""  # half points


def _spacing(one: Any) -> str:
    """Letters upon each other, or lines without height; in twentieths of a point."""
    if _number(_value(one), 0) < -100:
        return "叠在一起的文字"
    return _low(one, "line", "lineRule")


def _height(one: Any) -> str:
    return _low(one, "val", "hRule")


def _low(one: Any, height: str, rule: str) -> str:
    is_exact = _value(one, rule) == "exact"
    return "低得看不见的行" if is_exact and _number(_value(one, height), 999) < 120 else ""


def _indent(one: Any) -> str:
    sides = ("left", "right", "start", "end", "firstLine", "hanging")
    return "排到页面外的文字" if any(abs(_number(_value(one, side), 0)) > 7000 for side in sides) else ""


def _face(one: Any) -> str:
    faces = (_value(one, kind) for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    return "符号字体的文字" if any(_SYMBOLS.match(face) for face in faces) else ""


_MEASURED: dict[str, Callable[[Any], str]] = {
    "color": _colour,
    "shd": _ground,
    "sz": _size,
    "spacing": _spacing,
    "trHeight": _height,
    "ind": _indent,
    "rFonts": _face,
}


def _is_colour(text: str) -> bool:
    return re.fullmatch(r"[0-9A-Fa-f]{6}", text) is not None


def _least(colour: str) -> int:
    """The darkest part of a colour; 0 of what is none."""
    return min(bytes.fromhex(colour)) if _is_colour(colour) else 0


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else otherwise


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, name: str = "val") -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


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
