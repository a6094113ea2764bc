"""检查: every finding in words, by section, with the way to it and the repair where there is one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.checks import repairs as repairing
from app.checks.finding import Finding
from app.checks.packs import pack
from app.checks.standing import Kind, Standing, kind_of
from ui.findings.finding_actions import KEYS, FindingActions
from ui.findings.panel import FindingsPanel
from ui.kit import theme, widgets
from ui.pages.legend import Legend
from ui.pages.page import Page
from ui.state.controller import Controller
from ui.state.section_states import MEANINGS, REVIEW, progress

_NUMBERS_NOTE = "改数字的没有打勾：请先核实哪一边的数是对的，再勾上。"


class ReviewPage(Page):
    """All findings of the report as it stands; nothing has to be pressed to have it checked."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller, REVIEW, "检查")
        self.summary = widgets.note()
        self.body.addWidget(self.summary)
        self.body.addLayout(self._filters())
        self.panel = FindingsPanel()
        self.panel.wanted.connect(controller.show_finding)
        self.panel.carry_out_by(FindingActions(controller, self))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.panel)
        self.stack.addWidget(self._empty())
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(Legend())

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP // 2)
        self.filters = QButtonGroup(self)
        self.filters.setExclusive(True)
        self._kinds: list[Kind | None] = [None, *Kind]
        for number in range(len(self._kinds) + 1):
            button = widgets.link("")
            button.setCheckable(True)
            self.filters.addButton(button, number)
            row.addWidget(button)
        self._explained = len(self._kinds)  # the last filter: what is explained
        self.filters.button(0).setChecked(True)
        self.filters.idClicked.connect(self._on_filter)
        row.addStretch(1)
        self.sheet_button = widgets.link("核对表…", self._write_sheet)
        self.sheet_button.setToolTip("把检查结果和说明写成 Word、PDF 或 Excel，交给审核人")
        self.head.addWidget(self.sheet_button)
        self.repair_all_button = widgets.button("全部修复", self._repair_all)
        self.head.addWidget(self.repair_all_button)
        return row

    def _empty(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setSpacing(theme.STEP)
        column.addStretch(2)
        self.empty_title = widgets.label("没有发现问题", theme.SECTION, theme.DONE, bold=True)
        self.empty_note = widgets.note("所有表格和文字都已核对，可以导出了。")
        for label in (self.empty_title, self.empty_note):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)
        return made

    # -- showing -------------------------------------------------------------------------------------------------------

    def set_read_only(self, is_read_only: bool) -> None:
        super().set_read_only(is_read_only)
        self.panel.set_read_only(is_read_only)

    def refresh(self) -> None:
        document = self.controller.document
        findings, explained = document.findings, document.explained
        left = progress(document)
        numbers = {
            Kind.MISSING: left.missing,
            Kind.PENDING: left.pending,
            Kind.ERROR: left.errors,
            Kind.WARNING: left.warnings,
            Kind.INFO: left.infos,
        }
        self._set_filter(0, "全部", True)
        for index, (kind, number) in enumerate(numbers.items(), 1):
            self._set_filter(index, f"{kind} {number}", bool(number))
        self._set_filter(self._explained, f"已说明 {len(explained)}", bool(explained))
        self._repairable = [
            one
            for one in findings
            if one.repair and one.repair.is_safe and not document.fills_blanks(one.repair)
        ]
        self.repair_all_button.setVisible(len(self._repairable) > 1 and not self.is_read_only)
        places = sum(repairing.places(one.repair) for one in self._repairable if one.repair is not None)
        self.repair_all_button.setText(f"全部修复（{places}处）…")
        self.summary.setText(_summary(left, len(explained)) + self._county())
        self._show()

    def _county(self) -> str:
        """What the assessment of the chosen rule pack would take off."""
        score = pack(self.controller.document.check_settings.pack).score(self.controller.document.findings)
        return f"\n{score.words}。" if score else ""

    def _kind_of(self, finding: Finding) -> Kind:
        document = self.controller.document
        return kind_of(finding, document.form, document.report.pending)

    def _waits(self) -> bool:
        """Most of what is 待更新 contradicts nothing: the list has what would be an error if it were kept."""
        return any(self._kind_of(one) is Kind.PENDING for one in self.controller.document.findings)

    def _set_filter(self, index: int, words: str, is_enabled: bool) -> None:
        button = self.filters.button(index)
        button.setText(words)
        kind = self._kinds[index] if index < len(self._kinds) else None
        button.setToolTip(MEANINGS[kind] if kind is not None else "")
        button.setEnabled(is_enabled)
        if not is_enabled and button.isChecked():
            self.filters.button(0).setChecked(True)

    def _show(self) -> None:
        chosen = self.filters.checkedId()
        document = self.controller.document
        only_explained = chosen == self._explained
        wanted = None if only_explained else self._kinds[chosen]
        open_ = () if only_explained else document.findings
        found = [one for one in open_ if wanted in (None, self._kind_of(one))]
        told = [one for one in document.explained if wanted in (None, self._kind_of(one.finding))]
        unfold = True if only_explained else None
        self.panel.show_findings(found, document.form, told, unfold, document.report.pending)
        self.stack.setCurrentIndex(0 if found or told else 1)

    def _on_filter(self, index: int) -> None:
        """The list of one kind; of what is 待更新 and contradicts nothing no list is made, the text itself is shown."""
        if self._kinds[index : index + 1] == [Kind.PENDING] and not self._waits():
            self.filters.button(0).setChecked(True)
            self.command.emit("next_pending")
            return
        if index != self._explained:
            self.panel.show_findings((), self.controller.document.form, (), is_open=False)
        self._show()

    def _repair_all(self) -> None:
        """Show what would change, numbers not ticked; do it as one step when the clerk wants it."""
        from ui.kit.edits_dialog import Choice, EditsDialog

        document = self.controller.document
        repairs = [(one, one.repair) for one in self._repairable if one.repair is not None]
        choices = [
            Choice(
                repairing.words(document.report, document.form, repair),
                not repairing.changes_number(repair),
                repairing.places(repair),
            )
            for _, repair in repairs
        ]
        note = "不想改的，去掉前面的勾。" if all(one.is_ticked for one in choices) else _NUMBERS_NOTE
        dialog = EditsDialog("全部修复", choices, self, note)
        is_wanted = dialog.exec() == EditsDialog.DialogCode.Accepted
        chosen = [repairs[row][0] for row in dialog.chosen]
        dialog.deleteLater()
        if is_wanted:
            self.controller.repair_all(chosen)

    def _write_sheet(self) -> None:
        from ui.findings.check_sheet_dialog import write_check_sheet

        write_check_sheet(self, self.controller, self.result_bar.tell)

    def first_focus(self) -> QWidget:
        return self.panel if self.stack.currentIndex() == 0 else self.next_button


def _summary(left: Standing, explained: int) -> str:
    if not (left.is_draft or left.warnings or left.infos):
        return "问题都已说明，说明印在核对表上。" if explained else ""
    keys = f"双击（或按回车）跳到要改的地方，{KEYS} 修复、写说明。"
    first = "错误必须改正，或者写明说明" if left.errors else "没有错误"
    pending = f"待更新的{left.pending}处在文字里标着黄色，按 F6 逐处看。" if left.pending else ""
    return f"{first}；警告请逐条核实，提示供参考。{pending}{keys}"
