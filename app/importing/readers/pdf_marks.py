"""Marked content of a PDF (ISO 32000-1, 14.6) that says which chart of ours is drawn: its signs are no text of the page."""

from typing import Any, NamedTuple

from app.documents.blocks import ChartBlock
from app.documents.chart_words import told_chart
from app.importing.readers.page_text import Page, Picture


class _Mark(NamedTuple):
    name: str
    chart: ChartBlock | None
    glyphs: int  # how many of them the page had before it
    rules: int


class Marks:
    """What is being drawn, from one mark to its end; one may stand within another."""

    def __init__(self) -> None:
        self._open: list[_Mark] = []
        self._shown: ChartBlock | None = None  # the chart drawn last, whose caption may follow

    def begin_page(self) -> None:
        self._open = []

    def begin(self, page: Page, tag: Any, props: Any) -> None:
        name = getattr(tag, "name", "")
        words = props.get("Alt") if name == "Figure" and isinstance(props, dict) else None
        chart = told_chart(_decoded(words), "") if isinstance(words, bytes) else None
        self._open.append(_Mark(name, chart, len(page.glyphs), len(page.rules)))

    def end(self, page: Page) -> None:
        if not self._open:
            return
        mark = self._open.pop()
        drawn = page.glyphs[mark.glyphs :]
        if mark.chart is not None:
            self._take(page, mark, mark.chart)
        elif mark.name == "Caption" and self._shown is not None:
            if _squeezed("".join(glyph.text for glyph in drawn)) == _squeezed(self._shown.caption):
                del page.glyphs[mark.glyphs :]
            self._shown = None

    def _take(self, page: Page, mark: _Mark, chart: ChartBlock) -> None:
        """The chart in place of what was drawn of it: first its columns, then its numbers and labels."""
        drawn = page.glyphs[mark.glyphs :]
        if drawn:
            page.pictures.append(Picture(min(glyph.top for glyph in drawn), chart.name, chart=chart))
            self._shown = chart
        del page.glyphs[mark.glyphs :], page.rules[mark.rules :]


def _decoded(words: bytes) -> str:
    return words[2:].decode("utf-16-be", "replace") if words.startswith(b"\xfe\xff") else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())
