"""A page of an official table, with room for a small text above it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from app.checks.finding import Repair
from app.form.model import CellRef, Section
from app.register.tally import TABLE, has_register
from ui.kit import widgets
from ui.narrative.editor import NarrativeEditor
from ui.pages.page import Page
from ui.state.controller import Controller
from ui.state.first_change import REGISTER

if TYPE_CHECKING:
    from ui.register.actions import RegisterActions


class TablePage(Page):
    """The table is ui/tables' own panel; the text above it is folded away while there is none."""

    def __init__(self, controller: Controller, section: Section) -> None:
        super().__init__(controller, section.key, section.title)
        from ui.tables.guide import Guide
        from ui.tables.table_panel import TablePanel

        name = f"{section.table_name}前的文字"  # its findings stand below the table, with the table's
        self.editor = NarrativeEditor(controller, section.key, name, tells_findings=False)
        self.editor.setMaximumHeight(200)
        self.editor.hide()
        self.panel = TablePanel(controller, section.key)
        self.panel.message.connect(controller.message)
        self.panel.state_changed.connect(self.set_idle)
        self.set_idle(self.panel.state)
        tools = self.panel.tools
        self.text_action = tools.add("表前文字", "在表格前面写几句说明（可以没有）", is_checkable=True)
        self.text_action.toggled.connect(self._on_toggled)
        self.note_action = tools.add("填报说明\tF1", "光标所在行的填报口径和条例条款（F1）")
        tools.on_chosen(self.note_action, self.show_note)
        self.head.addWidget(tools)
        self.body.addWidget(self.editor)
        self.guide = Guide(controller, self.panel)
        self.body.addWidget(self.guide.frame, 1)
        self.register: RegisterActions | None = None
        if has_register(controller.document.form) and TABLE in {one.key for one in section.tables}:
            self._add_register(section)
        self.text_action.setChecked(bool(controller.document.report.narrative(section.key)))

    def _add_register(self, section: Section) -> None:
        """申请登记: the lines of which this table can be counted."""
        from ui.register.actions import RegisterActions

        self.register = RegisterActions(self.controller, section, self.panel, self.guide, self.body)
        self.register_button = widgets.button("申请登记 F7", self.show_register)
        self.register_button.setToolTip("一件申请登记一行，表三可以由它算出（F7）")
        self.head.addWidget(self.register_button)

    def show_register(self) -> None:
        """The sheet of 申请登记, or back from it."""
        if self.register is not None:
            (self.register.close if self.register.is_open else self.register.open)()

    def show_note(self) -> bool:
        """F1: the note on the line under the cursor, or no more; it has no place beside the register."""
        if self.register is None or not self.register.is_open:
            self.guide.toggle()
        return True

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
