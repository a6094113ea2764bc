"""The one line that stands for the panel while it is folded: the gravest finding of the page, and the tabs."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.checks.finding import Finding
from app.form.model import FormDefinition
from app.report.model import Pending
from ui.findings.strip import NOTHING, FindingsStrip
from ui.kit import theme
from ui.panel.tab import Tab
from ui.panel.tab_bar import TabBar


class FoldedLine(QWidget):
    """Over the foot of the page."""

    wanted = Signal(object)  # Finding
    repair_wanted = Signal(object)
    explain_wanted = Signal(object)
    looked_at = Signal(object)

    def __init__(self, tabs: Sequence[Tab]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.STEP)
        self.strip = FindingsStrip(self)
        self.strip.set_lines(1)
        self.strip.show_findings(())
        self.strip.wanted.connect(self.wanted)
        self.strip.repair_wanted.connect(self.repair_wanted)
        self.strip.explain_wanted.connect(self.explain_wanted)
        self.strip.looked_at.connect(self.looked_at)
        self.tabs = TabBar(tabs, has_keys=not theme.is_compact())
        row.addWidget(self.strip, 1)
        row.addWidget(self.tabs)
        self.setFixedHeight(max(self.strip.line_height, self.tabs.sizeHint().height()))

    def say(
        self, form: FormDefinition, found: Sequence[Finding], here: int, pending: tuple[Pending, ...]
    ) -> None:
        self.strip.form, self.strip.pending = form, pending
        self.strip.show_findings(found, here, NOTHING)
