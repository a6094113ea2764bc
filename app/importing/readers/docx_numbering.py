"""The list numbers that Word shows before a paragraph without holding them as text: 一、 （一） 1."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from app.chinese import to_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = ("chinese", "ideograph", "japaneseCounting", "taiwanese", "japaneseLegal", "koreanDigital")


@dataclass(frozen=True)
class _Level:
    start: int
    kind: str
    text: str  # %1、


class Numbering:
    """Counts the lists of one document, paragraph after paragraph."""

    def __init__(self, load: Callable[[], etree._Element | None]) -> None:
        self._part = load  # called when the first list is met: most reports have none
        self._lists: dict[str, dict[int, _Level]] = {}  # numId → levels
        self._abstract: dict[str, str] = {}  # numId → abstractNumId: lists of one definition go on counting
        self._counts: dict[str, dict[int, int]] = {}
        self._loaded = False

    def next(self, key: str, level: int) -> str:
        """The number of the next paragraph of this list at this level, as shown; "" for bullets and unknown lists."""
        if not self._loaded:
            self._load()
        found = self._lists.get(key, {}).get(level)
        if found is None or key == "0":
            return ""
        counts = self._counts.setdefault(self._abstract[key], {})
        counts[level] = counts.get(level, found.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if found.kind in ("bullet", "none"):
            return ""
        text = found.text
        for place in range(level + 1):
            at = self._lists[key].get(place, found)
            text = text.replace(f"%{place + 1}", _show(counts.get(place, at.start), at.kind))
        return text

    def _load(self) -> None:
        self._loaded = True
        root = self._part()
        if root is None:
            return
        levels = {
            one.get(W + "abstractNumId", ""): dict(map(_level, one.iterfind(W + "lvl")))
            for one in root.iterfind(W + "abstractNum")
        }
        for one in root.iterfind(W + "num"):
            abstract = one.find(W + "abstractNumId")
            name = abstract.get(W + "val", "") if abstract is not None else ""
            key = one.get(W + "numId", "")
            self._lists[key], self._abstract[key] = levels.get(name, {}), name
            if one.find(W + "lvlOverride") is not None:
                self._abstract[key] = "own " + key


def _level(element: etree._Element) -> tuple[int, _Level]:
    def value(name: str, default: str) -> str:
        found = element.find(W + name)
        return found.get(W + "val", default) if found is not None else default

    start = value("start", "1")
    place = element.get(W + "ilvl", "0")
    level = _Level(int(start) if start.isdecimal() else 1, value("numFmt", "decimal"), value("lvlText", ""))
    return int(place) if place.isdecimal() else 0, level


def _show(number: int, kind: str) -> str:
    if kind.startswith(_CHINESE) and 0 <= number < 100:
        return to_chinese(number)
    if kind == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x245F + number)
    if kind in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((96 if kind == "lowerLetter" else 64) + number)
    return str(number)
