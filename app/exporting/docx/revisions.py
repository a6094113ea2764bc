"""What stands in one of two versions only → revisions (修订) that Word, WPS and LibreOffice accept or reject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from docx.oxml.ns import qn

from app.documents.blocks import Mark
from app.exporting.meta import Reviser
from app.exporting.ooxml import Element, clean, element, within

_TAGS = {Mark.OLD: "del", Mark.NEW: "ins"}


@dataclass(frozen=True)
class Revisions:
    """The revisions of one document, counted; all by one hand at one time."""

    by: Reviser | None = None  # None: a document without any
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def of(self, mark: Mark, made: Iterable[Element]) -> list[Element]:
        """Runs with their mark."""
        found = list(made)
        if mark is Mark.BOTH or not found:
            return found
        if mark is Mark.OLD:
            for run in found:
                _strike(run)
        return [within(self._told(mark), *found)]

    def end_of(self, mark: Mark, settings: Element) -> None:
        """The end of a paragraph with its mark, in the paragraph's properties: without it no line is left behind."""
        if mark:
            settings.append(within(element("rPr"), self._told(mark)))

    def row(self, mark: Mark, properties: Element) -> None:
        """A row of a table with its mark."""
        if mark:
            properties.append(self._told(mark))

    def _told(self, mark: Mark) -> Element:
        assert self.by is not None
        at = self.by.at.strftime("%Y-%m-%dT%H:%M:%SZ")  # Word shows the hours as they stand
        return element(_TAGS[mark], id=next(self._numbers), author=clean(self.by.name), date=at)


def _strike(run: Element) -> None:
    """The words of a run that is taken out have a name of their own."""
    for words in run.iter(qn("w:t")):
        words.tag = qn("w:delText")
