"""The page part of one section of tables: headline, table, findings in words, the rule for the line under the cursor."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStyle, QVBoxLayout, QWidget

from app.checks.finding import Finding, Repair
from app.checks.standing import Standing, standings
from app.form.model import CellRef
from app.report.model import Report
from app.session.rollover import LastYear
from ui.findings.finding_actions import FindingActions
from ui.findings.strip import NOTHING, FindingsStrip
from ui.kit import theme, widgets
from ui.kit.elided import Line
from ui.state.controller import Controller
from ui.state.open_entries import Unread
from ui.tables import geometry
from ui.tables.equation_sides import EquationSides
from ui.tables.marks import cell_marks, in_order, of_section
from ui.tables.paste_bar import PasteBar
from ui.tables.pasting import PastePlan, Rows, plan_paste
from ui.tables.proposal import Proposal, filling, from_values, no_applications, zeros
from ui.tables.proposal_view import ProposalView
from ui.tables.stacked_tables import StackedTables
from ui.tables.table_model import TableModel
from ui.tables.table_tools import TableTools
from ui.tables.table_view import TableView

_MOST_OFFERED = 3  # findings in the menu of Ctrl+.
_WISHED, _MOST = 3, 5  # lines of findings for which rows stand closer; those where there is room


class TablePanel(QWidget):
    """The tables of one section. `message` carries a sentence for the status line."""

    message = Signal(str)
    current = Signal(object)  # CellRef under the cursor
    state_changed = Signal(str)  # how far the table is, in words

    def __init__(self, controller: Controller, section_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self.document = controller.document
        self.form = self.document.form
        self.section = self.form.section(section_key)
        self.is_read_only = False
        self._current: CellRef | None = None
        self._prior: Report | None = None
        self._last_year = LastYear(self.form)
        self._findings: tuple[Finding, ...] = ()
        self.state = ""
        self._here: Finding | None = None  # the first of the cell under the cursor
        self.views = [
            TableView(TableModel(controller, self.section, table, self)) for table in self.section.tables
        ]
        self._inputs = [ref for view in self.views for ref in view.cells.inputs]
        self._sides = EquationSides(self.form)
        self._seen: tuple[object, ...] = ()
        self._has_guide = False
        self._build()
        for view in self.views:
            view.left.connect(partial(self._leave, view))
            view.pasted.connect(self._paste)
            view.current.connect(self._follow)
            view.told.connect(self.message)
            view.choices_wanted.connect(partial(self._offer, view))
            view.typing_changed.connect(controller.entries_changed)
        controller.watch(self)
        controller.changed.connect(self._on_changed)
        self.refresh()

    # -- building ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._stacked = StackedTables(self.views, self.section.widths) if self.section.is_stacked else None
        self.paste_bar = PasteBar(self)
        self.paste_bar.said.connect(self._return_focus)
        self.paste_bar.closed.connect(self._return_focus)
        self.proposal_view = ProposalView(self.controller, self.views, self.paste_bar, self.message.emit)
        self.strip = FindingsStrip(self.form, self)
        self.strip.wanted.connect(self._go_to)
        self.strip.looked_at.connect(self._look_at)
        self.strip.repair_wanted.connect(self._repair)
        self.strip.explain_wanted.connect(self._explain)
        self._finding_actions = FindingActions(self.controller, self)
        self.note = Line(self, theme.FAINT)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.tools = TableTools(self.section)
        self._connect_tools()
        self._column.addWidget(self.tools)  # until the page takes it to its title
        self._column.addWidget(self.paste_bar)
        self._column.addWidget(self._stacked or self.views[0], 1)
        self._column.addWidget(self.note)
        self._column.addWidget(self.strip)
        self._column.addStretch(0)

    def _connect_tools(self) -> None:
        """What is typed next is a number, whatever was chosen."""
        tools = self.tools
        tools.zeros.clicked.connect(self.fill_zeros)
        tools.zeros.clicked.connect(self._return_focus)
        for choice, act in (
            (tools.none_came, self.propose_no_applications),
            (tools.copy, self.views[0].acts.copy_whole),
            (tools.clear, self.clear_table),
        ):
            tools.on_chosen(choice, act)
        tools.last_year.toggled.connect(self._toggle_last_year)
        tools.menu.triggered.connect(lambda _choice: self._return_focus())

    # -- what the main window calls ------------------------------------------------------------------------------------

    def show_cell(self, ref: CellRef) -> None:
        """Scroll to a cell of this section, put the cursor on it."""
        view = self._view(ref)
        view.show_cell(ref)
        if self._stacked:
            self._stacked.show_view(view)

    @property
    def current_cell(self) -> CellRef | None:
        """The cell under the cursor."""
        return self._current

    def first_focus(self) -> QWidget:
        """The table, with the cursor where the clerk goes on: the first blank cell, or where it was."""
        values = self.controller.document.report.values
        if self._current is None:
            inputs = self._inputs
            start = next((ref for ref in inputs if ref not in values), inputs[0])
            view = self._view(start)
            view.setCurrentIndex(view.cells.index_of(start))
            return view
        return self._view(self._current)

    def set_read_only(self, is_read_only: bool) -> None:
        """After 定稿: cells, findings and buttons can be read and not used to change anything."""
        if is_read_only != self.is_read_only:
            self.is_read_only = is_read_only
            for view in self.views:
                view.cells.is_read_only = is_read_only
            self.strip.set_read_only(is_read_only)
            self._seen = ()  # the next refresh sets every state

    def refresh(self) -> None:
        """Set every state from the document."""
        if not self.controller.has_document or self.controller.document is not self.document:
            return  # another report was opened; this panel is about to go
        document = self.controller.document
        seen = (document.report, document.prior, document.findings)
        if all(a is b for a, b in zip(seen, self._seen, strict=False)) and self._seen:
            return
        self._seen = seen
        if document.prior is not self._prior:
            self._prior = document.prior
            self._last_year = LastYear(self.form, document.prior, document.report.year)
        self._findings = of_section(document.findings, self.section)
        marks = cell_marks(self._findings, self.section, document.report.values)
        self.proposal_view.look()
        for view in self.views:
            view.cells.refresh(marks, self._last_year)
        self._say_state()
        self._say_findings()

    def _on_changed(self) -> None:
        """What nobody sees is set when it is shown."""
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # -- what is typed and not yet the report's ------------------------------------------------------------------------

    def take_over(self) -> None:
        for view in self.views:
            view.take_over()

    @property
    def is_open(self) -> bool:
        return any(view.open_editor or view.cells.standing_drafts for view in self.views)

    def unread(self) -> list[Unread]:
        """Texts in cells that could not be read: the report still holds what was there before."""
        return [
            Unread(
                f"{self.section.table_name or self.section.name}“{self.form.label(ref)}”里的“{draft.text}”看不懂",
                self.section.key,
                partial(self.show_cell, ref),
                ref,
                draft.reason,
            )
            for view in self.views
            for ref, draft in view.cells.standing_drafts.items()
        ]

    # -- words ---------------------------------------------------------------------------------------------------------

    def _say_state(self) -> None:
        values = self.controller.document.report.values
        inputs = self._inputs
        filled = sum(ref in values for ref in inputs)
        left = standings(self.document.report, self.form, self._findings).get(self.section.key, Standing())
        mine = self.form.inputs_of(self.section)  # totals apart, as everywhere
        text = f"已填{sum(ref in values for ref in mine)}格，共{len(mine)}格"
        self.state = "　".join([text, *replace(left, blanks=0).parts])
        self.state_changed.emit(self.state)
        is_open = not self.is_read_only
        self.tools.zeros.setEnabled(is_open and filled < len(inputs))
        self.tools.none_came.setEnabled(is_open and filled < len(inputs))
        self.tools.clear.setEnabled(is_open and any(ref in values for ref in self.section.cells))
        self.tools.last_year.setEnabled(self._prior is not None)
        if self._prior is None:
            self.tools.last_year.setToolTip("没有上年报告")

    def _say_findings(self) -> None:
        if not self.controller.has_document or self.controller.document is not self.document:
            return
        values = self.controller.document.report.values
        findings, here = in_order(self._findings, self.section, values, self._current)
        blanks = any(ref not in values for ref in self._inputs)
        self._here = findings[0] if here else None
        self._light(self._here)
        self.strip.pending = self.document.report.pending
        self.strip.show_findings(findings, here, "到目前没有发现问题" if blanks else NOTHING)

    def _light(self, finding: Finding | None) -> None:
        """Frame the cells of both sides of a broken equation: that of the cell under the cursor, or the one looked at."""
        sides = self._sides.of(finding)
        for view in self.views:
            view.light(sides)

    def _look_at(self, finding: Finding | None) -> None:
        """A finding in words has the pointer or the keyboard (None: no more). Only the light follows: lines that came and
        went under the pointer would be looked at and left again without end."""
        self._light(self._here if finding is None else finding)

    def _say_note(self) -> None:
        """The rule for the line under the cursor: 填报口径 of row and column, the article, last year's hint."""
        ref = self._current
        if ref is None:
            return
        table = self.form.tables[ref.table]
        row, column = table.row(ref.row), table.column(ref.column)
        parts = [self._view(ref).cells.given_by(ref), self._last_year.hint(ref)]
        parts += [f"{one.label}：{one.note}" if one.label else one.note for one in (row, column) if one.note]
        parts += [f"《条例》{one.article}" for one in (row, column) if one.article]
        self.note.setText("　".join(part for part in parts if part))

    def last_year_words(self, ref: CellRef) -> tuple[str, ...]:
        """Last year's value, the change since, and a hint from it, as far as there are any."""
        words = (self._view(ref).cells.beside_last_year(ref), self._last_year.hint(ref))
        return tuple(one for one in words if one)

    # -- the cursor ----------------------------------------------------------------------------------------------------

    def _view(self, ref: CellRef) -> TableView:
        return next(view for view in self.views if view.cells.table.key == ref.table)

    def _follow(self, ref: CellRef) -> None:
        if ref != self._current:
            self._current = ref
            self.current.emit(ref)
            self._say_findings()
            self._say_note()

    def _leave(self, view: TableView, rows: int, columns: int) -> None:
        """Over the edge of one table into its neighbour; Tab goes on to the next widget after the last."""
        at = self.views.index(view) + (1 if rows > 0 or columns > 0 else -1)
        if 0 <= at < len(self.views):
            self.views[at].go_in(rows, columns)
            if self._stacked:
                self._stacked.show_view(self.views[at])
        elif columns:
            view.leave(forward=columns > 0)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return widgets.pass_by(super().focusNextPrevChild, forward)

    def _return_focus(self) -> None:
        """The keyboard belongs to the cells, whatever was asked, told or pressed above and below them."""
        self.first_focus().setFocus()

    # -- actions -------------------------------------------------------------------------------------------------------

    def fill_zeros(self) -> None:
        """全部填0, or 没有复议诉讼 in 表四: shown in the cells first; only blanks, one step of undo."""
        self.take_over()
        name = self.tools.zeros.text()
        self.proposal_view.ask(zeros(self.controller.document, self.section, self._unread_cells(), name))

    def propose_no_applications(self) -> None:
        """本年没有收到申请."""
        self.take_over()
        document = self.controller.document
        self.proposal_view.ask(no_applications(document, self.section, self._unread_cells()))

    def _unread_cells(self) -> set[CellRef]:
        return {ref for view in self.views for ref in view.cells.drafts}

    def clear_table(self) -> None:
        """清空本表: everything blank, one step of undo."""
        for view in self.views:
            view.cells.drop_drafts(list(view.cells.drafts))
        self.controller.document.set_values(dict.fromkeys(self.section.cells), "清空本表")
        self.message.emit("已清空本表，可以撤销")

    def _toggle_last_year(self, shown: bool) -> None:
        for view in self.views:
            view.show_last_year(shown)

    def _go_to(self, finding: Finding) -> None:
        mine = [ref for ref in finding.cells if any(ref.table == table.key for table in self.section.tables)]
        values = self.controller.document.report.values
        if mine:
            self.show_cell(next((ref for ref in mine if ref not in values), mine[0]))
        elif finding.cells:
            self.controller.show_cell(finding.cells[0])
        elif finding.start >= 0:
            self.controller.place_wanted.emit(finding.section, finding.start, finding.end)

    def _offer(self, view: TableView) -> None:
        """Ctrl+. or Alt+Enter: the findings of the cell under the cursor, else the first ones of the table, as a menu."""
        self.take_over()
        values = self.controller.document.report.values
        findings, here = in_order(self._findings, self.section, values, self._current)
        if not findings:
            self.message.emit(NOTHING)
            return
        self._finding_actions.is_read_only = self.is_read_only
        menu = self._finding_actions.menu(findings[: here or _MOST_OFFERED], self._go_to)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft()))

    def _repair(self, finding: Finding) -> None:
        repair = finding.repair
        if repair is None:
            return
        if self.controller.document.fills_blanks(repair):
            self.propose(repair)
        else:
            self.controller.document.apply(repair)
            self.message.emit(f"{repair.text}，可以撤销")
            self._return_focus()

    def _explain(self, finding: Finding) -> None:
        self._finding_actions.explain(finding)
        self._return_focus()

    def propose(self, repair: Repair) -> None:
        """填0: the cells are shown with what they would say, and nothing is written before yes."""
        self.take_over()
        self.proposal_view.ask(filling(self.controller.document, repair, self._unread_cells()))

    # -- pasting -------------------------------------------------------------------------------------------------------

    def _paste(self, rows: Rows, at: list[CellRef]) -> None:
        plan = plan_paste(rows, self.section, self.form, at)
        proposal = self._of_paste(plan)
        if plan.is_doubtful:
            self.proposal_view.ask(proposal)
        else:
            self.proposal_view.write(proposal)

    def _of_paste(self, plan: PastePlan) -> Proposal:
        name = f"粘贴{self.section.table_name or self.section.name}"
        document = self.controller.document
        made = from_values(document, plan.changes, name, plan.question(self.form), plan.yes, "")
        drafts = {one.ref: (one.text, one.reason) for one in plan.unread}
        return replace(made, drafts=drafts, no="不粘贴", then=lambda: self._after_paste(plan))

    def _after_paste(self, plan: PastePlan) -> None:
        """What was pasted is selected; what it did is said, at the table where a total was wrong."""
        values = self.controller.document.report.values
        for view in self.views:
            view.select(plan.placed)
        outcome = plan.outcome(self.form, values)
        self.message.emit(outcome)
        self._return_focus()
        if plan.wrong_totals(self.form, values):
            self.paste_bar.tell(outcome)

    # -- geometry ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        sizes = geometry.density(self.width())
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self._column.setSpacing(sizes.gap)
        self.note.setVisible(not theme.is_compact() and not self._has_guide)
        beside = [one for one in (self.tools, self.note) if one.parent() is self and not one.isHidden()]
        taken = sum(one.sizeHint().height() + sizes.gap for one in beside) + sizes.gap
        room = self.height() - taken - self.strip.line_height
        if self._stacked:
            height = self._stacked.lay_out(self.width() - bar, room, sizes)
        else:
            height = self._lay_single(self.views[0], bar, room, sizes)
        spared = self.height() - taken - height
        self.strip.set_lines(max(1, min(_MOST, spared // self.strip.line_height)))
        self._say_findings()

    def set_guided(self, is_guided: bool) -> None:
        """Whether the note stands beside the table, and not also under it."""
        self._has_guide = is_guided
        self._lay_out()

    def _lay_single(self, view: TableView, bar: int, room: int, sizes: geometry.Density) -> int:
        """Fit a table of its own; the height that it wants."""
        geometry.lay_table(view, self.width() - bar, sizes)
        spare = (room - lines * self.strip.line_height for lines in range(_WISHED - 1, -1, -1))
        fits = (geometry.fitting(view, height, sizes) for height in spare)
        geometry.set_rows(view, next(filter(None, fits), None) or geometry.scrolling(view, room, sizes))
        whole = geometry.content_size(view)
        is_wide = whole.width() > self.width()
        height = whole.height() + (bar if is_wide else 0)
        view.setMaximumSize(whole.width() + bar, height)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_wide else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        view.setHorizontalScrollBarPolicy(policy)
        return height
