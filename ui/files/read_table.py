"""A table as it was read, in the review of an old report: the cells to put right, and under them what contradicts itself."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.checks.finding import Finding
from ui.findings.strip import FindingsStrip
from ui.kit import theme, widgets
from ui.state.controller import Controller
from ui.tables.table_panel import TablePanel

_LINES = 2


class ReadTable(QWidget):
    """The panel of one section with its findings; nothing is explained here, what was read is read right or wrong."""

    def __init__(self, controller: Controller, section: str) -> None:
        super().__init__()
        self._controller = controller
        self.panel = TablePanel(controller, section)
        self.panel.set_read_only(controller.is_frozen)
        self.panel.tools.more.hide()  # what was read is not to be emptied by a slip
        self.strip = FindingsStrip(self)
        self.strip.form = self.panel.form
        self.strip.can_explain = False
        self.strip.set_lines(1 if theme.is_compact() else _LINES)
        self.strip.wanted.connect(self.panel.show_finding)
        self.strip.looked_at.connect(self.panel.look_at)
        self.strip.repair_wanted.connect(self._repair)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP // 2)
        column.addWidget(self.panel, 1)
        column.addWidget(self.strip)
        self.panel.state_changed.connect(lambda _words: self._say())
        self.panel.current.connect(lambda _ref: self._say())
        self._say()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return widgets.pass_by(super().focusNextPrevChild, forward)

    def _say(self) -> None:
        if self._controller.has_document and self._controller.document is self.panel.document:
            self.panel.show_tools(self.panel.tools.zeros.isEnabled())
            self.strip.pending = self.panel.document.report.pending
            self.strip.show_findings(*self.panel.told())

    def _repair(self, finding: Finding) -> None:
        """Zeros for blank cells are shown before they are written."""
        repair = finding.repair
        if repair is not None and self._controller.document.fills_blanks(repair):
            self.panel.propose(repair)
        elif repair is not None:
            self._controller.repair(finding)
            self.panel.first_focus().setFocus()
