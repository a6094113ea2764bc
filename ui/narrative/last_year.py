"""Last year's text of a section, to be read and copied from, with what differs marked."""

from functools import lru_cache

from PySide6.QtGui import QTextCharFormat

from app.texts.differences import compare, partner
from ui.kit import theme
from ui.narrative.text_edit import Mark, TextEdit

_NO_LINE = QTextCharFormat.UnderlineStyle.NoUnderline
_DASHES = QTextCharFormat.UnderlineStyle.DashUnderline


_compared = lru_cache(maxsize=12)(compare)  # each look at a page asks anew


class LastYearText(TextEdit):
    """Shown by the panel, filled by the editor of the text beside it."""

    def __init__(self) -> None:
        super().__init__("上年的文字", is_read_only=True)
        self.setFont(theme.font(theme.POINT_SIZE))
        self.document().setDefaultFont(self.font())
        self.document().setDocumentMargin(theme.STEP)
        self.setStyleSheet(theme.BESIDE_TEXT)

    def show_beside(self, old: str, new: str, place: int) -> list[Mark]:
        """Show last year's text and mark in it what this year's no longer says; the marks for this year's. Both where `place` is."""
        self.show_text(old)
        old = self.text()
        found = _compared(old, new)
        here = partner(old, new, place)
        marks = [Mark(start, end, theme.ERROR_SOFT, theme.ERROR, _NO_LINE) for start, end in found.old]
        if here is not None:
            marks.insert(0, Mark(*here, theme.HOVER, theme.HOVER, _NO_LINE))
            self.show_near(here[0])
        self.set_marks(marks)
        words = "上年没有这几个字"
        return [Mark(start, end, None, theme.DONE, _DASHES, words) for start, end in found.new]
