"""A 统计图 in words, for who cannot see it, and the chart that such words tell: how ours comes back from pages and web pages."""

import re
from collections.abc import Iterator

from app.documents.blocks import ChartBlock
from app.report.model import Chart

_BLANK = "空白"
_COUNT = re.compile("[0-9]{1,9}")
_LONGEST, _MOST_STOPS = 20_000, 20  # characters of words that may tell a chart; full stops in them
_Series = tuple[str, tuple[tuple[str, int | None], ...]]


def in_words(chart: ChartBlock) -> str:
    """2024年：部门动态 81，政府会议 12；2025年：部门动态 空白，…"""
    series = [
        f"{name}："
        + "，".join(
            f"{label} {_BLANK if value is None else value}"
            for label, value in zip(chart.labels, values, strict=True)
        )
        for name, values in chart.series
    ]
    return "；".join(series)


def said_with_caption(chart: ChartBlock) -> str:
    """图1　公开数。2024年：部门动态 81，…"""
    return "。".join(filter(None, [chart.caption.strip(), in_words(chart)]))


def told_chart(words: str, place: str) -> ChartBlock | None:
    """The chart of which these words are said; None where they are those of no chart."""
    if len(words) > _LONGEST:
        return None
    for caption, rest in _divided(words):
        chart = _chart(caption, rest, place)
        if chart is not None and said_with_caption(chart) == words:
            return chart
    return None


def _divided(words: str) -> Iterator[tuple[str, str]]:
    """Every way to part a caption from the numbers, the longest caption first."""
    for found in reversed([*re.finditer("。", words)][:_MOST_STOPS]):
        yield words[: found.start()], words[found.end() :]
    yield "", words


def _chart(caption: str, words: str, place: str) -> ChartBlock | None:
    found = [_series(one) for one in words.split("；")]
    series = [one for one in found if one is not None]
    if len(series) < len(found) or len({tuple(label for label, _ in points) for _, points in series}) != 1:
        return None
    labels = tuple(label for label, _ in series[0][1])
    numbers = tuple((name, tuple(value for _, value in points)) for name, points in series)
    if not Chart.fits(labels, numbers):
        return None
    return ChartBlock("统计图", caption=caption, place=place, labels=labels, series=numbers)


def _series(words: str) -> _Series | None:
    """Its name, and a label with a number or a blank for each column."""
    name, mark, rest = words.partition("：")
    points: list[tuple[str, int | None]] = []
    for one in rest.split("，"):
        label, space, number = one.rpartition(" ")
        if not space or (number != _BLANK and not _COUNT.fullmatch(number)):
            return None
        points.append((label, None if number == _BLANK else int(number)))
    return (name, tuple(points)) if mark else None
