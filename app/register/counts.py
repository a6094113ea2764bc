"""各渠道、各栏目信息发布数量: entered once as a small table, told in a sentence, held against the text, drawn as a chart."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from app.report.edits import Edit
from app.report.model import Chart, CountLine, Counts, Report

SECTION = "overview"  # 总体情况, where the sentence and the chart stand
UNIT = "条"


class Kind(NamedTuple):
    """One way to divide what was published; `names` is what most agencies have, to begin with."""

    key: str
    title: str
    head: str  # of the column of names
    lead: str  # of the sentence; {year}, {total}
    chart_title: str
    names: tuple[str, ...]


KINDS = (
    Kind(
        "channel",
        "各渠道发布数量",
        "渠道",
        "{year}年，通过各类渠道公开政府信息{total}条",
        "各渠道信息发布数量统计图",
        ("政府网站", "微信公众号", "公示栏"),
    ),
    Kind(
        "category",
        "各类栏目发布数量",
        "栏目",
        "按栏目分，{year}年公开政府信息{total}条",
        "各类栏目信息发布数量统计图",
        ("政务动态", "政策文件", "财政信息", "民生保障", "其他"),
    ),
)


def kind(key: str) -> Kind:
    return next(one for one in KINDS if one.key == key)


def counts_of(report: Report, key: str) -> Counts:
    """What is entered of one kind; nothing yet is an empty table."""
    return next((one for one in report.counts if one.kind == key), Counts(key))


def with_counts(report: Report, made: Counts) -> tuple[Counts, ...]:
    """All counts with these in place of what was of their kind; an empty table goes."""
    others = {one.kind: one for one in report.counts} | {made.kind: made}
    order = [one.key for one in KINDS]
    known = sorted(
        others.values(), key=lambda one: order.index(one.kind) if one.kind in order else len(order)
    )
    return tuple(one for one in known if one.lines)


def total(lines: Iterable[CountLine]) -> int | None:
    """The sum, or None while one is blank or there is none: a blank is not a zero."""
    values = [line.value for line in lines]
    if not values or None in values:
        return None
    return sum(value for value in values if value is not None)


def last_total(lines: Iterable[CountLine]) -> int | None:
    values = [line.last for line in lines]
    if not values or None in values:
        return None
    return sum(value for value in values if value is not None)


def sentence(made: Counts, year: int) -> str:
    """…公开政府信息237条，其中：政府网站120条，微信公众号100条。 "" while the table is not complete."""
    whole = total(made.lines)
    if whole is None or any(not line.name.strip() for line in made.lines):
        return ""
    parts = "，".join(f"{line.name}{line.value}{UNIT}" for line in made.lines)
    lead = kind(made.kind).lead.format(year=year, total=whole)
    return f"{lead}，其中：{parts}。" if len(made.lines) > 1 else f"{lead}。"


def chart(made: Counts, year: int, after: int = -1) -> Chart | None:
    """The chart of the table, last year's beside where any is known; None while there is no number to show."""
    lines = [line for line in made.lines if line.name.strip()]
    labels = tuple(line.name for line in lines)
    series = [(f"{year}年", tuple(line.value for line in lines))]
    if any(line.last is not None for line in lines):
        series.insert(0, (f"{year - 1}年", tuple(line.last for line in lines)))
    if not lines or not Chart.fits(labels, tuple(series)):
        return None
    shown = Chart(kind(made.kind).chart_title, SECTION, labels, tuple(series), after)
    return shown if shown.has_numbers else None


def chart_in(report: Report, key: str) -> Chart | None:
    """The chart of this kind that the report has."""
    title = kind(key).chart_title
    return next((one for one in report.charts if one.title == title and one.section == SECTION), None)


def with_chart(report: Report, key: str, made: Chart | None) -> tuple[Chart, ...]:
    """All charts with this one in place of the one of its kind; None takes it away."""
    old = chart_in(report, key)
    if old is None:
        return (*report.charts, made) if made else report.charts
    kept = [made if one is old else one for one in report.charts]
    return tuple(one for one in kept if one is not None)


def told(report: Report, key: str) -> tuple[int, int] | None:
    """Where the sentence of this kind stands in 总体情况, [start, end), whatever numbers it holds; None when it does not."""
    lead = re.escape(kind(key).lead).replace(r"\{year\}", "20[0-9]{2}").replace(r"\{total\}", "[0-9]+")
    # up to the end of the sentence, whatever was written behind its beginning
    found = re.search(lead + r"[^。\n]*。", report.narrative(SECTION))
    return found.span() if found else None


def sentence_edit(report: Report, made: Counts, at: int | None = None) -> Edit | None:
    """The change that brings the sentence into 总体情况: over the one that stands there, else at a character, else at the end."""
    text, words = report.narrative(SECTION), sentence(made, report.year)
    if not words:
        return None
    place = told(report, made.kind)
    if place is not None:
        return Edit(*place, words)
    if at is None and text and not text.endswith("\n"):
        words = "\n" + words
    start = len(text) if at is None else at
    return Edit(start, start, words)


class Parted(NamedTuple):
    """A number in 总体情况 that says something else than the table: text[start:end] of the section."""

    name: str
    written: int
    counted: int
    start: int
    end: int


def parted(report: Report) -> tuple[Parted, ...]:
    """Names of the table with a number right behind them in the text, none of which is the table's.

    A name that stands with the right number anywhere is in order: it may be told of a part, or of last year, elsewhere.
    """
    text = report.narrative(SECTION)
    found = []
    for made in report.counts:
        for line in made.lines:
            name = line.name.strip()
            if len(name) < 2 or line.value is None or name not in text:
                continue
            hits = list(re.finditer(re.escape(name) + rf"([0-9]{{1,8}})(?={UNIT})", text))
            if hits and all(int(one[1]) != line.value for one in hits):
                one = hits[0]
                found.append(Parted(name, int(one[1]), line.value, one.start(), one.end()))
    return tuple(found)


def next_counts(made: tuple[Counts, ...], is_last: bool) -> tuple[Counts, ...]:
    """The tables of the year after: the same names, this year's numbers beside them as last year's."""
    return tuple(
        replace(
            one,
            lines=tuple(CountLine(line.name, last=line.value if is_last else None) for line in one.lines),
        )
        for one in made
    )
