"""A page of an official table, with room for a small text above it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.checks.finding import Finding, Repair
from app.form.help import Note, note_for, note_for_cell
from app.form.model import CellRef, Section
from app.register.tally import TABLE, has_register
from ui.help import help_texts
from ui.kit import widgets
from ui.narrative.editor import NarrativeEditor
from ui.narrative.last_year import LastYearText
from ui.pages.page import Figure, Page
from ui.state.controller import Controller
from ui.state.first_change import REGISTER, Change

if TYPE_CHECKING:
    from ui.register.actions import RegisterActions

_TEXT_MOST, _TEXT_LINES = (
    200,
    2,
)  # over a table: logical pixels of a text and its tools at most, lines of it at least


class TablePage(Page):
    """The table is ui/tables' own panel; the text above it is folded away while there is none."""

    beside = "table"

    def __init__(self, controller: Controller, section: Section) -> None:
        super().__init__(controller, section.key, section.title)
        from ui.tables.table_panel import TablePanel

        self.editor = NarrativeEditor(controller, section.key, f"{section.table_name}前的文字")
        self.editor.moved.connect(self.moved)
        self.editor.edit.document().documentLayout().documentSizeChanged.connect(self._fit_text)
        self._fit_text()
        self.editor.hide()
        self.panel = TablePanel(controller, section.key)
        self.panel.message.connect(controller.message)
        self.panel.current.connect(lambda _ref: self.moved.emit())
        self.panel.state_changed.connect(self.set_idle)
        self.set_idle(self.panel.state)
        tools = self.panel.tools
        self.text_action = tools.add("表前文字", "在表格前面写几句说明（可以没有）", is_checkable=True)
        self.text_action.toggled.connect(self._on_toggled)
        self.head.addWidget(tools)
        self._under_head = QVBoxLayout()
        self._under_head.addWidget(self.editor)
        self._under_head.addWidget(self.panel, 1)
        self.body.addLayout(self._under_head, 1)
        self.register: RegisterActions | None = None
        if has_register(controller.document.form) and TABLE in {one.key for one in section.tables}:
            self._add_register(section)
        self.text_action.setChecked(bool(controller.document.report.narrative(section.key)))

    def _add_register(self, section: Section) -> None:
        """申请登记: the lines of which this table can be counted."""
        from ui.register.actions import RegisterActions

        self.register = RegisterActions(self.controller, section, self.panel, self._under_head)
        self.register_button = widgets.button("申请登记 F7", self.show_register)
        self.register_button.setToolTip("一件申请登记一行，表三可以由它算出（F7）")
        self.register.shown.connect(self._on_register)
        self.head.addWidget(self.register_button)

    def _on_register(self, is_shown: bool) -> None:
        """The sheet has the way back itself."""
        self.register_button.setHidden(is_shown)
        self.moved.emit()

    def show_register(self) -> None:
        """The sheet of 申请登记, or back from it."""
        if self.register is not None:
            (self.register.close if self.register.is_open else self.register.open)()

    # -- what stands beside --------------------------------------------------------------------------------------------

    def told(self) -> tuple[Sequence[Finding], int]:
        return self.panel.told()

    def show_finding(self, finding: Finding) -> None:
        self.panel.show_finding(finding)

    def look_at(self, finding: Finding | None) -> None:
        self.panel.look_at(finding)

    def note_here(self) -> Note:
        form, ref = self.controller.document.form, self.panel.at
        if self.register is not None and self.register.is_open:
            return Note("申请登记", help_texts.REGISTER)
        if self._is_in_text or ref is None:
            return note_for(form, self.key)
        note = note_for_cell(form, ref)
        return replace(note, lines=(*note.lines, *self.panel.last_year_words(ref)))

    def words_here(self) -> tuple[str, tuple[str, ...]]:
        ref = self.panel.at
        if self._is_in_text or ref is None or not self.panel.isVisible():
            return "", ()
        return self.controller.document.form.label(ref), self.panel.words_of(ref)

    def compare_with(self, last: LastYearText | None) -> bool:
        return self.editor.compare_with(last if self._is_in_text else None) and self._is_in_text

    def figures_here(self) -> tuple[str, Sequence[Figure]]:
        """Last year's numbers of the line under the cursor."""
        if self._is_in_text:
            return "", ()
        name, line = self.panel.last_year_line()
        return name, [Figure(*one) for one in line]

    @property
    def _is_in_text(self) -> bool:
        return self.editor.isVisible() and self.editor.edit.hasFocus()

    def companion(self) -> QWidget | None:
        return self.register.line if self.register is not None else None

    def refresh_companion(self) -> None:
        if self.register is not None:
            self.register.refresh_line()

    def head_height(self) -> int:
        return self.mapFromGlobal(self.title.mapToGlobal(self.title.rect().bottomLeft())).y() + 6

    def cover(self, width: int) -> None:
        """The names of the lines stay where they are; of the columns as many as have room, with the one where the cursor is."""
        right = max(width - self.margin + 4, 0) if width else 0
        if self._under_head.contentsMargins().right() != right:
            self._under_head.setContentsMargins(0, 0, right, 0)

    # -- the rest of the page ------------------------------------------------------------------------------------------

    def _fit_text(self) -> None:
        """The text is as high as it is long, within bounds: the rest belongs to the table."""
        edit = self.editor.edit
        around = self.editor.sizeHint().height() - edit.sizeHint().height()
        wished = round(edit.document().size().height()) + 2 * edit.frameWidth() + 2
        most = min(_TEXT_MOST, around + max(wished, edit.height_of(_TEXT_LINES)))
        if most != self.editor.maximumHeight():
            self.editor.setMaximumHeight(most)

    def _on_toggled(self, is_open: bool) -> None:
        self.editor.setVisible(is_open)
        if is_open:
            self.editor.refresh()

    def set_read_only(self, is_read_only: bool) -> None:
        super().set_read_only(is_read_only)
        self.editor.set_read_only(is_read_only)
        self.panel.set_read_only(is_read_only)
        if self.register is not None:
            self.register.set_read_only(is_read_only)

    def refresh(self) -> None:
        has_text = bool(self.controller.document.report.narrative(self.key))
        self.text_action.setEnabled(has_text or not self.is_read_only)
        self.text_action.setText("表前文字" if has_text else "添加表前文字")
        if self.text_action.isChecked():
            self.editor.refresh()
        self.panel.refresh()
        if self.register is not None:
            self.register.refresh()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return widgets.pass_by(super().focusNextPrevChild, forward)

    def first_focus(self) -> QWidget:
        sheet = self.register.open_sheet if self.register is not None else None
        return sheet.view if sheet is not None else self.panel.first_focus()

    def show_cell(self, ref: CellRef) -> None:
        if self.register is not None:
            self.register.close()
        self.panel.show_cell(ref)

    def propose(self, repair: Repair) -> None:
        self.panel.propose(repair)

    def whereabouts(self) -> str:
        at = self.panel.current_cell
        return str(at) if at is not None else ""

    def return_to(self, place: str) -> None:
        ref = next((one for one in self.panel.section.cells if str(one) == place), None)
        if ref is not None:
            self.panel.show_cell(ref)

    def next_pending(self) -> None:
        if not self.editor.isVisible():
            self.text_action.setChecked(True)
        self.editor.next_pending()

    def selected_text(self) -> str:
        return self.editor.selected_text

    def selection_rect(self) -> QRect | None:
        return self.editor.edit.selection_rect()

    def show_place(self, start: int, end: int) -> None:
        if start == REGISTER and self.register is not None:
            self.register.open()
        elif start >= 0:
            self.text_action.setChecked(True)
            self.editor.show_place(start, end)

    def mark_change(self, change: Change) -> None:
        if change.cells:
            self.panel.mark_change(change.cells)
        elif change.start >= 0:
            self.editor.edit.light(change.start - change.length, change.start)
