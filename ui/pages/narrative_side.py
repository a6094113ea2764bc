"""Beside the text: last year's with what differs marked, or the note on what belongs here."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.form.help import Note
from app.texts.differences import compare, partner
from ui import theme, widgets
from ui.text_edit import Mark, last_year

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


class NoteView(QScrollArea):
    """The note as a quiet sheet: title, a line for each thing, the articles under a hairline."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: Note | None = None

    def show_note(self, note: Note) -> None:
        if note == self._shown:
            return
        self._shown = note
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(*[theme.STEP * 3 // 2] * 4)
        column.setSpacing(theme.STEP)
        column.addWidget(widgets.heading(note.title))
        for line in note.lines:
            column.addWidget(widgets.label(line))
        if note.articles:
            column.addWidget(widgets.line())
        for name, words in note.articles:
            column.addWidget(widgets.note(f"《条例》{name}" + (f"：{words}" if words else "")))
        column.addStretch(1)
        self.setWidget(widgets.on_paper(sheet))
        widgets.on_paper(self.viewport())

    @property
    def words(self) -> str:
        """All that is said, for tests."""
        return f"{self._shown.title}\n" + "\n".join(self._shown.lines) if self._shown else ""
