"""A page of an official table, with room for a small text above it."""

from PySide6.QtWidgets import QWidget

from app.form.model import CellRef, Section
from ui import widgets
from ui.controller import Controller
from ui.pages.narrative_editor import NarrativeEditor
from ui.pages.page import Page


class TablePage(Page):
    """The table is ui/tables' own panel; the text above it is folded away while there is none."""

    def __init__(self, controller: Controller, section: Section) -> None:
        super().__init__(controller, section.key, section.title)
        from ui.tables.table_panel import TablePanel

        self.text_button = widgets.link("表前文字")
        self.text_button.setCheckable(True)
        self.text_button.setToolTip("在表格前面写几句说明（可以没有）")
        self.text_button.toggled.connect(self._on_toggled)
        self.head.addWidget(self.text_button)
        self.editor = NarrativeEditor(controller, section.key, f"{section.table_name}前的文字")
        self.editor.setMaximumHeight(200)
        self.editor.findings.setMaximumHeight(0)
        self.editor.hide()
        self.panel = TablePanel(controller, section.key)
        self.panel.message.connect(controller.message)
        self.body.addWidget(self.editor)
        self.body.addWidget(self.panel, 1)
        self.text_button.setChecked(bool(controller.document.report.narrative(section.key)))

    def _on_toggled(self, is_open: bool) -> None:
        self.editor.setVisible(is_open)
        if is_open:
            self.editor.refresh()

    def refresh(self) -> None:
        has_text = bool(self.controller.document.report.narrative(self.key))
        self.text_button.setText("表前文字" if has_text else "添加表前文字")
        if self.text_button.isChecked():
            self.editor.refresh()
        self.panel.refresh()

    def first_focus(self) -> QWidget:
        found: QWidget = self.panel.first_focus()
        return found

    def show_cell(self, ref: CellRef) -> None:
        self.panel.show_cell(ref)

    def show_place(self, start: int, end: int) -> None:
        if start >= 0:
            self.text_button.setChecked(True)
            self.editor.show_place(start, end)
