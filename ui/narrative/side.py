"""Beside the text: last year's with what differs marked, or the note on what belongs here."""

from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QStackedWidget

from app.form.help import Note
from app.texts.differences import compare, partner
from ui.kit import theme
from ui.kit.note_view import NoteView
from ui.narrative.text_edit import Mark, last_year

_NO_LINE = QTextCharFormat.UnderlineStyle.NoUnderline
_DASHES = QTextCharFormat.UnderlineStyle.DashUnderline


class NarrativeSide(QStackedWidget):
    """Two faces: `last` to be read and copied from, `note` to be read."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.last = last_year(f"{title}（上年）")
        self.note = NoteView(f"{title}的填报说明")
        self.addWidget(self.last)
        self.addWidget(self.note)
        self.setMinimumWidth(theme.STEP * 20)

    def show_last(self, text: str, tip: str) -> None:
        self.last.setToolTip(tip)
        self.last.show_text(text)
        self.setCurrentWidget(self.last)

    def mark_differences(self, text: str, place: int) -> list[Mark]:
        """Mark in last year's text what this year's no longer says; the marks for this year's. Both where `place` is."""
        old = self.last.text()
        found = compare(old, text)
        here = partner(old, text, place)
        marks = [Mark(start, end, theme.ERROR_SOFT, theme.ERROR, _NO_LINE) for start, end in found.old]
        if here is not None:
            marks.insert(0, Mark(*here, theme.HOVER, theme.HOVER, _NO_LINE))
            self.last.show_near(here[0])
        self.last.set_marks(marks)
        words = "上年没有这几个字"
        return [Mark(start, end, None, theme.DONE, _DASHES, words) for start, end in found.new]

    def show_note(self, note: Note) -> None:
        self.note.show_note(note)
        self.setCurrentWidget(self.note)
