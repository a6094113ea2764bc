"""说明: what belongs at the cursor, the article behind it, last year's value; it follows the cursor."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.kit.note_view import NoteView
from ui.panel.tab import Tab
from ui.state.controller import Controller


class NoteTab(Tab):
    """The note of the cell, of the part of the text, or of the page."""

    key, words, keys = "note", "说明", "F1"
    hint = "光标所在的地方填什么、依据哪一条（F1）"

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self.view = NoteView("填报说明")
        self.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addWidget(self.view, 1)

    def refresh(self) -> None:
        if self.page is not None and self.controller.has_document:
            self.view.show_note(self.page.note_here())

    def first_focus(self) -> QWidget:
        return self.view
