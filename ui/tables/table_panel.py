"""The page part of one section of tables: the tables, what is asked above them, and what is said of the cell under the cursor."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStyle, QVBoxLayout, QWidget

from app.checks.finding import Finding, Repair
from app.checks.standing import Standing, standings
from app.form.model import CellRef
from app.report.entry import show_value
from app.report.model import Report
from app.session.rollover import LastYear
from ui.findings.finding_actions import FindingActions
from ui.kit import widgets
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
from ui.tables.table_model import TableModel, change_words
from ui.tables.table_tools import TableTools
from ui.tables.table_view import TableView

_MOST_OFFERED = 3  # findings in the menu of Ctrl+.


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
        self._laid_over = 0  # what was over the table when it was laid
        self._build()
        for view in self.views:
            view.left.connect(partial(self._leave, view))
            if self._stacked:
                view.crossed.connect(partial(self._stacked.cross, view))
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
        self._finding_actions = FindingActions(self.controller, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.tools = TableTools(self.section)
        self._connect_tools()
        self._column.addWidget(self.tools)  # until the page takes it to its title
        self._column.addWidget(self.paste_bar)
        self._column.addWidget(self._stacked or self.views[0], 1)
        self._column.addStretch(0)

    def show_tools(self, is_shown: bool) -> None:
        """The tools over the table; without them it has their room."""
        if is_shown == self.tools.isHidden():
            self.tools.setVisible(is_shown)
            self._lay_out()

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

    def mark_change(self, cells: frozenset[CellRef]) -> None:
        """Undo or redo changed these: framed until the report is another, or the page is left."""
        for view in self.views:
            view.frame(cells)

    def set_read_only(self, is_read_only: bool) -> None:
        """After 定稿: cells, findings and buttons can be read and not used to change anything."""
        if is_read_only != self.is_read_only:
            self.is_read_only = is_read_only
            for view in self.views:
                view.cells.is_read_only = is_read_only
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
        self.mark_change(frozenset())
        if document.prior is not self._prior:
            self._prior = document.prior
            self._last_year = LastYear(self.form, document.prior, document.report.year)
        self._findings = of_section(document.findings, self.section)
        marks = cell_marks(self._findings, self.section, document.report.values)
        self.proposal_view.look()
        for view in self.views:
            view.cells.refresh(marks, self._last_year)
        self._say_state()
        self._light_here()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.mark_change(frozenset())

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

    def told(self) -> tuple[tuple[Finding, ...], int]:
        """The findings as they are told, those of the cell under the cursor first, and how many these are."""
        return in_order(self._findings, self.section, self.document.report.values, self._current)

    def _light_here(self) -> None:
        if self.controller.has_document and self.controller.document is self.document:
            findings, here = self.told()
            self._here = findings[0] if here else None
            self._light(self._here)

    def _light(self, finding: Finding | None) -> None:
        """Frame the cells of both sides of a broken equation: that of the cell under the cursor, or the one looked at."""
        sides = self._sides.of(finding)
        for view in self.views:
            view.light(sides)

    def look_at(self, finding: Finding | None) -> None:
        """A finding in words has the pointer or the keyboard (None: no more). Only the light follows: lines that came and
        went under the pointer would be looked at and left again without end."""
        self._light(self._here if finding is None else finding)

    @property
    def at(self) -> CellRef | None:
        """The cell under the cursor."""
        return self._current

    def words_of(self, ref: CellRef) -> tuple[str, ...]:
        """What is said of a cell in short: 填报口径 of row and column, the article, last year's value and hint."""
        table = self.form.tables[ref.table]
        row, column = table.row(ref.row), table.column(ref.column)
        parts = [self._view(ref).cells.given_by(ref)]
        parts += [f"{one.label}：{one.note}" if one.label else one.note for one in (row, column) if one.note]
        parts += [f"《条例》{one.article}" for one in (row, column) if one.article]
        return (*filter(None, parts), *self.last_year_words(ref))

    def last_year_line(self) -> tuple[str, list[tuple[str, str, str, str]]]:
        """Of the line under the cursor: its name; and of each cell column, last year's value, this year's, the change."""
        ref = self._current
        if ref is None or self._prior is None:
            return "", []
        table, values = self.form.tables[ref.table], self.document.report.values
        cells = self._view(ref).cells
        found = []
        for place in (one for one in cells.places if one.row == ref.row):
            last = self._last_year.value(place)
            label = table.column(place.column).label
            said = (show_value(last), show_value(values.get(place)), change_words(last, values.get(place)))
            found.append((label, *said))
        return table.row(ref.row).label or table.title or self.section.table_name, found

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
            self._light_here()
            self.current.emit(ref)

    def _leave(self, view: TableView, columns: int) -> None:
        """Tab over the end of one table into its neighbour; after the last on to the next widget."""
        at = self.views.index(view) + (1 if columns > 0 else -1)
        if self._stacked and 0 <= at < len(self.views):
            self.views[at].go_in(columns)
            self._stacked.show_view(self.views[at])
        else:
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

    def show_finding(self, finding: Finding) -> None:
        """Go to the first blank cell of a finding here, else where it stands."""
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
        findings, here = self.told()
        if not findings:
            self.message.emit("没有发现问题")
            return
        self._finding_actions.is_read_only = self.is_read_only
        menu = self._finding_actions.menu(findings[: here or _MOST_OFFERED], self.show_finding)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft()))

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

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._over() != self._laid_over:
            self._lay_out()  # a strip over the table came or went: its rows are as high as the rest allows
        return super().event(event)

    def _over(self) -> int:
        """Pixels of what is shown over the table, each with its gap."""
        shown = [one for one in (self.tools, self.paste_bar) if one.parent() is self and not one.isHidden()]
        heights = [max(one.heightForWidth(self.width()), one.sizeHint().height()) for one in shown]
        return sum(heights) + len(shown) * self._column.spacing()

    def _lay_out(self) -> None:
        sizes = geometry.density(self.width())
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self._column.setSpacing(sizes.gap)
        self._laid_over = self._over()
        room = self.height() - self._laid_over
        if self._stacked:
            if self._stacked.lay_out(self.width(), room, sizes) > room:
                self._stacked.lay_out(self.width() - bar, room, sizes)
        else:
            self._lay_single(self.views[0], bar, room, sizes)

    def _lay_single(self, view: TableView, bar: int, room: int, sizes: geometry.Density) -> None:
        """Fit a table of its own: as wide as the page where all of it is seen, else with room for the bar."""
        geometry.lay_table(view, self.width(), sizes)
        one_line = replace(
            sizes, lines=1
        )  # rather than rows that are out of sight; the tooltip has the whole label
        fits = geometry.fitting(view, room, sizes) or geometry.fitting(view, room, one_line)
        if fits is None:
            geometry.lay_table(view, self.width() - bar, sizes)
        geometry.set_rows(view, fits or geometry.scrolling(view, room, sizes))
        whole = geometry.content_size(view)
        is_wide = whole.width() > self.width()
        height = whole.height() + (bar if is_wide else 0)
        view.setMaximumSize(whole.width() + bar, height)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_wide else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        view.setHorizontalScrollBarPolicy(policy)
