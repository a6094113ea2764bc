"""A note on what belongs in a place of the report, as a quiet sheet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.form.help import Note
from ui.kit import theme, widgets
from ui.kit.scroll_bars import calm


class NoteView(QScrollArea):
    """The note as a quiet sheet: title, a line for each thing, the articles under a hairline."""

    def __init__(self, name: str) -> None:
        super().__init__()
        calm(self)
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
        column.setContentsMargins(theme.STEP, theme.STEP // 2, theme.STEP, theme.STEP)
        column.setSpacing(theme.STEP)
        column.addWidget(widgets.heading(note.title))
        for line in note.lines:
            column.addWidget(widgets.label(line))
        if note.articles:
            column.addWidget(widgets.line())
        for name, words in note.articles:
            column.addWidget(widgets.note(f"《条例》{name}" + (f"：{words}" if words else "")))
        column.addStretch(1)
        self.setWidget(widgets.on_desk(sheet))
        widgets.on_desk(self.viewport())

    @property
    def words(self) -> str:
        """All that is said, for tests."""
        return f"{self._shown.title}\n" + "\n".join(self._shown.lines) if self._shown else ""
