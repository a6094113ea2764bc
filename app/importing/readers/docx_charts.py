"""A chart of a Word file → its labels and numbers, as Word shows them without opening the workbook behind it."""

import re

from lxml import etree

from app.documents.blocks import ChartBlock, PictureBlock
from app.errors import UserError
from app.importing.readers.package import parse_xml
from app.report.model import Chart

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART = _C + "chart"  # within a drawing
_COUNT = re.compile(r"([0-9]{1,9})(?:\.0*)?")  # 120, 120.0
_NAME = "统计图"
Series = tuple[tuple[str, tuple[int | None, ...]], ...]
_MOST_POINTS = 200


def chart_or_picture(data: bytes, place: str) -> PictureBlock:
    """The chart; where it is none of whole numbers and of a size that ours may have, what only says that there is one."""
    try:
        labels, series = _read(parse_xml(data))
    except (ValueError, UserError):
        labels, series = (), ()
    if not series or not labels or not Chart.fits(labels, series):
        return PictureBlock(_NAME, place=place)
    return ChartBlock(_NAME, place=place, labels=labels, series=series)


def _read(root: etree._Element) -> tuple[tuple[str, ...], Series]:
    """ValueError where something is no whole number."""
    found = list(root.iter(_C + "ser"))
    if not found:
        return (), ()
    labels = tuple(text or "" for text in _texts(found[0].find(_C + "cat")))
    series = tuple((_name(one), _numbers(one, len(labels))) for one in found)
    count = len(labels)  # the last row of our own is filled up with nothing
    while count and not labels[count - 1] and all(values[count - 1] is None for _, values in series):
        count -= 1
    return labels[:count], tuple((name, values[:count]) for name, values in series)


def _name(series: etree._Element) -> str:
    holder = series.find(_C + "tx")
    words = holder.findtext(_C + "v") if holder is not None else ""
    return words or "".join(text or "" for text in _texts(holder))


def _numbers(series: etree._Element, count: int) -> tuple[int | None, ...]:
    """ValueError where one is no whole number; a place without a point is blank."""
    made: list[int | None] = []
    for text in _texts(series.find(_C + "val")):
        number = _COUNT.fullmatch(text) if text else None
        if text and number is None:
            raise ValueError(text)
        made.append(int(number[1]) if number else None)
    return (*made, *[None] * (count - len(made)))[:count] if len(made) <= count else tuple(made)


def _texts(holder: etree._Element | None) -> list[str | None]:
    """What its points say, by their number."""
    if holder is None:
        return []
    points = {int(one.get("idx", "0")): one.findtext(_C + "v") for one in holder.iter(_C + "pt")}
    told = next(holder.iter(_C + "ptCount"), None)
    count = int(told.get("val", "0")) if told is not None else max(points, default=-1) + 1
    if not 0 <= count <= _MOST_POINTS:
        return []
    return [points.get(place) for place in range(count)]
