"""渠道和栏目数量: both small tables, and what is to be done with them, as one step of undo."""

from dataclasses import replace

from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from app.register import counts
from app.report import bindings
from app.report.model import Report
from app.session.document import ReportFrozen
from ui.kit import dialogs, theme, widgets
from ui.narrative.counts_form import CountsForm
from ui.state.controller import Controller

NAME = "渠道和栏目数量"


class CountsDialog(QDialog):
    """`result` is the report with everything that is wished for."""

    def __init__(self, report: Report, parent: QWidget | None = None, at: int | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(NAME)
        self._report = report
        self._at = at
        self.tabs = QTabWidget()
        self.tabs.setStyleSheet(theme.TABS)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName("渠道和栏目")
        self.forms: dict[str, CountsForm] = {}
        for kind in counts.KINDS:
            form = CountsForm(report, kind)
            form.changed.connect(self._refresh)
            self.forms[kind.key] = form
            self.tabs.addTab(form, kind.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP)
        column.addWidget(self.tabs, 1)
        self.note = widgets.Elided("每条信息只计一次；数字填一遍，句子、核对和统计图都用它。")
        self.ok_button = widgets.primary("确定", self.accept)
        foot = widgets.answers(self.ok_button, self.reject, before=self.note)
        self.ok_button.setDefault(False)  # Enter goes on in the table
        column.addLayout(foot)
        self.resize(720, 420)
        self._refresh()
        self.forms[counts.KINDS[0].key].table.setFocus()

    def _refresh(self) -> None:
        if len(self.forms) == len(counts.KINDS) and hasattr(self, "ok_button"):
            self.ok_button.setEnabled(not any(form.reason for form in self.forms.values()))

    @property
    def made(self) -> Report:
        """The report with the tables, the sentences and the charts as they are wished for."""
        report = self._report
        for key, form in self.forms.items():
            made = form.made
            report = replace(report, counts=counts.with_counts(report, made))
            edit = counts.sentence_edit(report, made, self._at)
            if form.telling.isChecked() and edit is not None:
                report = bindings.edited(report, counts.SECTION, [edit])
            report = replace(report, charts=counts.with_chart(report, key, form.chart))
        return report


def edit_counts(controller: Controller, parent: QWidget, at: int | None = None) -> None:
    """Ask, then change everything at once; `at` is where a new sentence goes in 总体情况."""
    controller.take_over()
    if controller.is_frozen:
        dialogs.refuse(parent, ReportFrozen())
        return
    before = controller.document.report
    dialog = CountsDialog(before, parent, at)
    is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
    made = dialog.made if is_wanted else before
    dialog.deleteLater()
    if made is before or made == before:
        return
    controller.document.change(NAME, made)
    controller.message.emit(f"{NAME}已记下，可以撤销")
