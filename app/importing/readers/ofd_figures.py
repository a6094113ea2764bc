"""Tags (标引) of an OFD that say which chart of ours is drawn: its numbers and labels are no text of the page."""

from collections.abc import Iterable, Sequence

from lxml import etree

from app.documents.blocks import ChartBlock
from app.documents.chart_words import told_chart
from app.importing.readers.page_table import Glyph
from app.importing.readers.page_text import Page, Picture

_CHART, _CAPTION, _SAID = "{*}统计图", "{*}图题", "说明"  # as app.exporting.ofd.tags writes them


class Figures:
    """By the number of a text object the chart that it is a part of; a caption is told by its words."""

    def __init__(self, tags: Iterable[etree._Element]) -> None:
        self._charts: dict[str, ChartBlock] = {}
        self._captions: set[str] = set()
        self._shown: list[ChartBlock] = []
        self._words = ""  # of the caption read so far
        for root in tags:
            for one in root.iter(_CHART):
                chart = told_chart(one.get(_SAID) or "", "")
                self._charts |= dict.fromkeys(_objects(one), chart) if chart is not None else {}
            self._captions.update(number for one in root.iter(_CAPTION) for number in _objects(one))

    def chart(self, number: str) -> ChartBlock | None:
        return self._charts.get(number)

    def show(self, page: Page, chart: ChartBlock, top: float) -> None:
        """The chart once, where its highest text stands."""
        if self._shown and self._shown[-1] is chart:
            last = page.pictures[-1] if page.pictures else None
            if last is not None and last.chart is chart:
                last.top = min(last.top, top)
            return
        self._shown.append(chart)
        self._words = ""
        page.pictures.append(Picture(top, chart.name, chart=chart))

    def take_caption(self, number: str, glyphs: Sequence[Glyph]) -> bool:
        """Pass over a text where it is the next one of the caption that the chart before it has told already; whether it is."""
        if number not in self._captions or not self._shown:
            return False
        words = self._words + "".join("".join(glyph.text.split()) for glyph in glyphs)
        is_next = "".join(self._shown[-1].caption.split()).startswith(words)
        self._words = words if is_next else self._words
        return is_next


def _objects(tag: etree._Element) -> list[str]:
    return [(one.text or "").strip() for one in tag.iter("{*}ObjectRef")]
