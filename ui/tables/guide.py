"""The note on the line under the cursor beside the table (F1): 填报口径, the article, last year's value. Under it on a small screen."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.form.help import note_for, note_for_cell
from app.form.model import CellRef
from ui.kit import theme
from ui.kit.note_view import NoteView
from ui.state.controller import Controller
from ui.tables.table_panel import TablePanel

_BESIDE, _BELOW = 264, 112  # pixels that it takes
_AFTER = 60  # ms after the cursor moved: typing never waits for it
_SHOWN = "table_note"  # what is remembered


class Guide(QObject):
    """Belongs to one page; its frame holds the table and, when wanted, the note."""

    def __init__(self, controller: Controller, panel: TablePanel) -> None:
        super().__init__(panel)
        self._controller = controller
        self._panel = panel
        self._current: CellRef | None = None
        self.view = NoteView(f"{panel.section.table_name}的填报说明")
        is_compact = theme.is_compact()
        direction = QBoxLayout.Direction.TopToBottom if is_compact else QBoxLayout.Direction.LeftToRight
        self.frame = QWidget()
        box = QBoxLayout(direction, self.frame)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.STEP * (1 if is_compact else 2))
        box.addWidget(panel, 1)
        box.addWidget(self.view)
        if is_compact:
            self.view.setFixedHeight(_BELOW)
        else:
            self.view.setFixedWidth(_BESIDE)
        self._show(bool(controller.preference(_SHOWN, False)))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER)
        self._later.timeout.connect(self._say)
        panel.current.connect(self._follow)
        if is_compact:  # what is asked wants the cells to be seen
            panel.paste_bar.turned.connect(self._make_room)
        self._say()

    def toggle(self) -> None:
        """F1: show the note, or put it away; remembered."""
        is_shown = self.view.isHidden()
        self._show(is_shown)
        self._controller.set_preference(_SHOWN, is_shown)
        self._say()

    def restore(self) -> None:
        """The note as it was before something else had its place."""
        self._show(bool(self._controller.preference(_SHOWN, False)))
        self._say()

    def _make_room(self, is_asking: bool) -> None:
        if is_asking:
            self.view.hide()
        elif self._panel.isVisible():
            self.restore()

    def _show(self, is_shown: bool) -> None:
        """The one line under the table says the same in short: not both."""
        self.view.setVisible(is_shown)
        self._panel.set_guided(is_shown)

    def _follow(self, ref: CellRef) -> None:
        self._current = ref
        if not self.view.isHidden():
            self._later.start()

    def _say(self) -> None:
        if self.view.isHidden():
            return
        form, ref = self._panel.form, self._current
        if ref is None:
            self.view.show_note(note_for(form, self._panel.section.key))
            return
        note = note_for_cell(form, ref)
        last = self._panel.last_year_words(ref)
        self.view.show_note(replace(note, lines=(*note.lines, *last)))
