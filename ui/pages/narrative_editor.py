"""One narrative with all that helps to bring it up to date: marks, counts, aspects, last year's text, its findings."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.checks.finding import Finding
from app.form.model import Aspect, Severity
from app.report import Pending
from ui import symbols, theme, widgets
from ui.controller import Controller
from ui.findings_delegate import FINDING
from ui.findings_panel import FindingsPanel
from ui.settling import Settling
from ui.text_edit import Mark, TextEdit, last_year

_SIDE_BY_SIDE = 760  # logical pixels from which last year's text stands beside and not below
_DOTS = QTextCharFormat.UnderlineStyle.DotLine
_WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


def marks_of(pending: list[Pending], findings: list[Finding]) -> list[Mark]:
    """What is drawn on the text: 待更新 first, findings with a quotation over it."""
    marks = [
        Mark(one.start, one.end, theme.PENDING, theme.PENDING_LINE, _DOTS, "待更新：沿用自上年，请修改或确认")
        for one in pending
    ]
    for one in findings:
        if 0 <= one.start < one.end:
            marks.append(Mark(one.start, one.end, None, symbols.colour_of(one.severity), _WAVE, one.message))
    return marks


class NarrativeEditor(QWidget):
    """Edits the narrative of one section; the report itself is changed by the controller's document."""

    pending_wanted = Signal(int)

    def __init__(
        self, controller: Controller, section: str, title: str, aspects: tuple[Aspect, ...] = ()
    ) -> None:
        super().__init__()
        self.controller = controller
        self.section = section
        self._aspects = aspects
        self.edit = TextEdit(title)
        self.edit.edited.connect(self._on_edited)
        self.edit.choices_wanted.connect(self._offer)
        self.findings = FindingsPanel(f"{title}的检查结果", is_grouped=False)
        self.findings.wanted.connect(self._show_finding)
        self.findings.itemClicked.connect(self._on_clicked)
        self.settling = Settling(controller, self)
        self.findings.settle(self.settling)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.STEP // 2 if theme.is_compact() else theme.STEP)
        self.tools = self._tools()
        layout.addWidget(self.tools)
        layout.addWidget(self._texts(title), 1)
        if aspects:
            layout.addLayout(self._aspect_row())
        layout.addWidget(self.findings)
        self._later = QTimer(
            self
        )  # the marks move with the text by themselves; what is new is drawn a moment later
        self._later.setSingleShot(True)
        self._later.setInterval(150)
        self._later.timeout.connect(self._refresh_lists)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _tools(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.STEP // 2)
        self.pending_label = widgets.label("", colour=theme.WARNING, bold=True)
        self.pending_label.setWordWrap(False)
        self.next_button = widgets.link("下一处", self.next_pending)
        self.next_button.setToolTip("跳到下一处待更新的年份或数字（F6）")
        self.confirm_button = widgets.link("确认此处", self.confirm_here)
        self.confirm_button.setToolTip("光标所在的这一处沿用上年，不必修改")
        self.confirm_all_button = widgets.link("全部确认", self.confirm_all)
        self.confirm_all_button.setToolTip("本部分剩下的年份和数字都沿用上年，不必修改")
        self.count_label = widgets.note()
        self.count_label.setWordWrap(False)
        self.compare_button = widgets.link("对照上年")
        self.compare_button.setCheckable(True)
        self.compare_button.setToolTip("在旁边显示上年报告的这一部分")
        self.compare_button.toggled.connect(self._on_compare)
        for widget in (self.pending_label, self.next_button, self.confirm_button, self.confirm_all_button):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.count_label)
        row.addWidget(self.compare_button)
        return made

    def _texts(self, title: str) -> QSplitter:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(theme.STEP)
        self.splitter.addWidget(self.edit)
        self.last = last_year(f"{title}（上年）")
        self.last.hide()
        return self.splitter

    def _aspect_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        self.aspect_buttons: list[QPushButton] = []
        for aspect in self._aspects:
            button = widgets.link("", lambda one=aspect: self._show_aspect(one))
            button.setToolTip(f"{aspect.label}：{aspect.prompt}")
            self.aspect_buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        return row

    # -- showing -------------------------------------------------------------------------------------------------------

    @property
    def pending(self) -> list[Pending]:
        marks = [one for one in self.controller.document.report.pending if one.section == self.section]
        return sorted(marks, key=lambda one: one.start)

    @property
    def own_findings(self) -> list[Finding]:
        return [one for one in self.controller.document.findings if one.section == self.section]

    def refresh(self) -> None:
        self.edit.show_text(self.controller.document.report.narrative(self.section))
        if not self.controller.is_typing:
            self._refresh_lists()
        elif not self._later.isActive():
            self._later.start()

    def _refresh_lists(self) -> None:
        if not self.controller.has_document:
            return
        pending = self.pending
        self.edit.set_marks(marks_of(pending, self.own_findings))
        self.pending_label.setText(f"待更新 {len(pending)} 处" if pending else "")
        for button in (self.next_button, self.confirm_button, self.confirm_all_button):
            button.setVisible(bool(pending))
        text = self.controller.document.report.narrative(self.section)
        self.count_label.setText(f"{sum(not c.isspace() for c in text):,}字")
        for aspect, button in zip(self._aspects, getattr(self, "aspect_buttons", ()), strict=False):
            is_there = _place_of(aspect, text) >= 0
            button.setText(f"{'✓' if is_there else '○'} {aspect.label}")
            button.setAccessibleName(f"{aspect.label}：{'已写' if is_there else '还没有写'}")
        self._refresh_last_year()
        self._refresh_findings()

    def _refresh_findings(self) -> None:
        document = self.controller.document
        found = self.own_findings
        explained = [one for one in document.explained if one.finding.section == self.section]
        self.findings.show_findings(found, document.form, explained)
        self.findings.setVisible(bool(found or explained))
        if found or explained:
            most = 64 if theme.is_compact() else 152
            self.findings.setFixedHeight(self.findings.height_for_rows(most))

    def _refresh_last_year(self) -> None:
        prior = self.controller.document.prior
        text = prior.narrative(self.section) if prior else ""
        self.compare_button.setVisible(bool(text))
        if prior and text:
            self.compare_button.setText(f"对照{prior.year}年")
            self.last.setToolTip(f"{prior.year}年报告的这一部分，可以选中复制")
            self.last.show_text(text)
            self.compare_button.setChecked(self.controller.preference("compare", not theme.is_compact()))
        self._place_last_year()

    def _on_compare(self, is_on: bool) -> None:
        if is_on != self.controller.preference("compare", not theme.is_compact()):
            self.controller.set_preference("compare", is_on)
        self._place_last_year()

    def _place_last_year(self) -> None:
        is_wanted = not self.compare_button.isHidden() and self.compare_button.isChecked()
        if is_wanted and self.splitter.count() == 1:
            self.splitter.addWidget(self.last)
            self.splitter.setSizes([600, 400])
        self.last.setVisible(is_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _SIDE_BY_SIDE
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    # -- changes -------------------------------------------------------------------------------------------------------

    def _on_edited(self, text: str) -> None:
        self.controller.typed()
        self.controller.document.set_narrative(self.section, text, "修改文字", merge=f"text:{self.section}")

    def next_pending(self) -> None:
        """Select the next 待更新 after the cursor, from the top again after the last."""
        marks = self.pending
        if not marks:
            return
        cursor = self.edit.textCursor()
        place = self.edit.place + (1 if cursor.hasSelection() else 0)
        following = [mark for mark in marks if mark.start >= place] or marks
        self.show_place(following[0].start, following[0].end)

    def confirm_here(self) -> None:
        """The 待更新 at the cursor is right as it stands; on to the next."""
        place = self.edit.place
        here = [mark for mark in self.pending if mark.start <= place <= mark.end]
        if not here:
            self.next_pending()
            self.controller.message.emit("光标不在待更新的地方，已跳到下一处")
            return
        self.controller.document.confirm(here[:1], "确认沿用")
        self.next_pending()

    def confirm_all(self) -> None:
        self.controller.document.confirm(self.pending, "全部确认沿用")

    def _offer(self, menu: QMenu, place: int) -> None:
        """What can be done at a character: its findings, repaired or explained."""
        self.controller.end_typing()
        here = [one for one in self.own_findings if 0 <= one.start <= place <= one.end]
        self.settling.menu(here, menu=menu)

    # -- places --------------------------------------------------------------------------------------------------------

    def show_place(self, start: int, end: int) -> None:
        if start >= 0:
            self.edit.select(start, end)
        self.edit.setFocus()

    def _show_aspect(self, aspect: Aspect) -> None:
        start = _place_of(aspect, self.controller.document.report.narrative(self.section))
        if start >= 0:
            self.show_place(start, start)
        else:
            self.controller.message.emit(f"还没有写“{aspect.label}”：{aspect.prompt}")

    def _show_finding(self, finding: Finding) -> None:
        if finding.start < 0 and finding.cells:
            self.controller.show_cell(finding.cells[0])
        else:
            self.show_place(finding.start, finding.end)

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        """One click shows the characters; the keyboard stays in the list."""
        finding: Finding | None = item.data(0, FINDING)
        if finding is not None and finding.start >= 0:
            self.edit.select(finding.start, finding.end)

    @property
    def has_errors(self) -> bool:
        return any(one.severity is Severity.ERROR for one in self.own_findings)


def _place_of(aspect: Aspect, text: str) -> int:
    """Where the aspect's heading, or another name of it, stands; -1 when it does not."""
    places = [text.find(name) for name in (aspect.label, *aspect.aliases)]
    return min((place for place in places if place >= 0), default=-1)
