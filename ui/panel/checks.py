"""检查: what is found on this page, that of the cursor's place first; under it what is said of the place; at its foot all."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.checks.finding import Finding
from ui.findings.finding_actions import FindingActions
from ui.findings.panel import FindingsPanel
from ui.kit import theme, widgets
from ui.panel.tab import Tab
from ui.state.controller import Controller
from ui.state.section_states import page_of, progress

_LOW = 380  # logical pixels of height under which the list has them all
_MOST_LINES = 3  # of what is said of the cursor's place


class ChecksTab(Tab):
    """Enter or a click goes to a finding; the links under it repair and explain."""

    key, words, keys = "checks", "检查", "F8"
    hint = "这一部分的检查结果；F8 跳到下一处"

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self.list = FindingsPanel("这一部分的检查结果", is_grouped=False)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where one types
        self.list.goes_by_click = True
        self.list.setStyleSheet(theme.BESIDE)
        self._actions = FindingActions(controller, self)
        self.list.carry_out_by(self._actions)
        for act in (self.list.repair_wanted, self.list.explain_wanted, self.list.take_back_wanted):
            act.connect(lambda _finding: self.work_wanted.emit())
        self.list.wanted.connect(self._go)
        self.list.looked_at.connect(self._look_at)
        self.none = widgets.note("没有发现问题")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self._empty())
        self.column.addWidget(self.stack, 1)
        self.column.addWidget(self._here())
        self._beside: QWidget | None = None  # what is said of this page alone
        self._wanted: Finding | None = None  # is made the current one at the next look
        self.column.addWidget(widgets.line())
        self.column.addLayout(self._foot())

    def _empty(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(theme.STEP, theme.STEP, theme.STEP, 0)
        column.addWidget(self.none)
        column.addStretch(1)
        return made

    def _here(self) -> QWidget:
        """What is said of the place under the cursor, in short."""
        self.here = QWidget()
        column = QVBoxLayout(self.here)
        column.setContentsMargins(theme.STEP, theme.STEP, theme.STEP, 0)
        column.setSpacing(theme.STEP // 2)
        self.place = widgets.note()
        self.said = widgets.label()
        column.addWidget(self.place)
        column.addWidget(self.said)
        return self.here

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.STEP, 0, 0, theme.STEP // 2)
        self.all = widgets.Elided()
        row.addWidget(self.all, 1)
        self.more = widgets.link("看全部 ›", lambda: self.command.emit("check"))
        self.more.setToolTip("全部检查结果（Ctrl+K）")
        row.addWidget(self.more)
        return row

    # -- showing -------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if self.page is None or not self.controller.has_document:
            return
        document = self.controller.document
        found, here = self.page.told()
        explained = [
            one for one in document.explained if page_of(document.form, one.finding.section) == self.page.key
        ]
        self.list.show_findings(found, document.form, explained, pending=document.report.pending, strong=here)
        if self._wanted is not None and self.list.choose(self._wanted):
            self._wanted = None
        left = progress(document)
        self.none.setText("到目前没有发现问题" if left.missing else "没有发现问题")
        self.stack.setCurrentIndex(0 if found or explained else 1)
        self.all.setText("　".join(["全部检查：" + ("　".join(left.parts[-2:]) or "没有问题")]))
        self._say_here()
        self._take_beside()

    def _say_here(self) -> None:
        assert self.page is not None
        name, lines = self.page.words_here()
        self.place.setText(f"光标所在：{name}")
        self.said.setText("\n".join(lines[:_MOST_LINES]))
        self.here.setVisible(bool(name and lines) and self.height() >= round(_LOW * theme.SCALE))

    def _take_beside(self) -> None:
        """What the page says of itself stands under the list as long as the page is shown."""
        wanted = self.page.companion() if self.page is not None else None
        if wanted is not self._beside:
            self._give_back()
            self._beside = wanted
            if wanted is not None:
                self.column.insertWidget(2, wanted)
        if self.page is not None and wanted is not None:
            self.page.refresh_companion()

    def _give_back(self) -> None:
        if self._beside is not None:
            self.column.removeWidget(self._beside)
            self._beside.hide()
            self._beside = None

    def shut(self) -> None:
        if self.page is not None and self._beside is not None:
            beside = self._beside
            self._give_back()
            beside.setParent(self.page)  # with which it goes
        super().shut()

    def set_read_only(self, is_read_only: bool) -> None:
        self.list.set_read_only(is_read_only)

    def first_focus(self) -> QWidget:
        return self.list if self.stack.currentIndex() == 0 else self.more

    # -- acts ----------------------------------------------------------------------------------------------------------

    def _go(self, finding: Finding) -> None:
        if self.page is not None:
            self.controller.take_over()
            self.page.show_finding(finding)

    def _look_at(self, finding: Finding | None) -> None:
        if self.page is not None:
            self.page.look_at(finding)

    def choose(self, finding: Finding) -> None:
        """The finding to which F8 went; the list follows with what the cursor moved."""
        self._wanted = finding
