"""打印: which printer, what, which pages, how many, on both sides. No printer: it says so and offers the PDF."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.printing.spooling import MOST_COPIES, PrintItem, PrintOrder
from app.signoff import signing
from app.signoff.papers import REVIEW_COPY
from app.storage import files
from ui.kit import dialogs, forms, theme, widgets
from ui.kit.choices import Combo, Spin
from ui.kit.jobs import Job, show_progress
from ui.printing.printers import Printer, print_all, printers
from ui.printing.printing_items import REPORT, items
from ui.state.controller import Controller
from ui.state.section_states import progress

_ITEMS, _PAPERS = "print_items", "print_papers"  # preferences: what was printed last, by day and for signing
_LOOKING = "正在查找打印机……"
_NONE = "这台电脑上没有打印机。可以先存成 PDF，拿到别的电脑上打印。"


class PrintDialog(QDialog):
    """Asks; the printing itself is a job. `then` is called when the job has ended, with what was sent ("" for nothing)."""

    def __init__(
        self, controller: Controller, parent: QWidget | None = None, is_for_signing: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("打印")
        self._remembered = _PAPERS if is_for_signing else _ITEMS
        self.controller = controller
        self.items = items(controller.document.twin())
        self.printers: list[Printer] = []
        self._is_looking = True
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP * 3, theme.STEP * 2, theme.STEP * 3, theme.STEP * 2)
        column.setSpacing(theme.STEP)
        column.addLayout(self._form())
        self.note = widgets.note()
        column.addWidget(self.note)
        column.addStretch(1)
        column.addLayout(self._buttons())
        self.setMinimumWidth(480)
        self.printer.currentIndexChanged.connect(lambda _index: self._say())
        for box in self.boxes.values():
            box.toggled.connect(lambda _checked: self._say())
        self.look()

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _form(self) -> QGridLayout:
        self.printer = Combo()
        self.printer.setAccessibleName("打印机")
        self.boxes: dict[str, QCheckBox] = {}
        what = QGridLayout()
        what.setHorizontalSpacing(theme.STEP * 2)
        papers = [item.key for item in self.items if item.key != REPORT]
        usual = papers if self._remembered == _PAPERS else [REPORT]
        chosen = self.controller.preference(self._remembered, usual)
        for item in self.items:
            box = widgets.check_box(item.title)
            box.setChecked(item.key in chosen)
            self.boxes[item.key] = box
            number = len(self.boxes) - 1
            what.addWidget(box, number // 3, number % 3)
        what.setColumnStretch(3, 1)
        self.pages = widgets.Field("报告的页码，空着就是全部")
        self.pages.setPlaceholderText("全部；或写成 1-3,5")
        self.copies = Spin()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setAccessibleName("份数")
        self.duplex = widgets.check_box("双面打印（沿长边翻页）")
        self.duplex.setChecked(bool(self.controller.preference("print_duplex", True)))
        amount = QHBoxLayout()
        amount.setSpacing(theme.STEP * 2)
        amount.addWidget(self.copies)
        amount.addWidget(self.duplex)
        amount.addStretch(1)
        return forms.captioned(
            ("打印机", self.printer),
            ("内容", what),
            ("报告页码", self.pages),
            ("份数", amount),
        )

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        self.save_button = widgets.button("存成PDF…", self.save_pdf)
        self.print_button = widgets.primary("打印", self.print)
        self.print_button.setDefault(True)
        row.addWidget(self.save_button)
        row.addStretch(1)
        row.addWidget(self.print_button)
        row.addWidget(widgets.button("取消", self.reject))
        return row

    # -- printers ------------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Find the printers off the GUI thread: one on the network may let wait."""
        self._is_looking = True
        job = Job(printers)
        job.done.connect(self.show_printers)
        job.failed.connect(self._found_none)
        self._job = job.start()
        self._say()

    def _found_none(self, _error: Exception) -> None:
        self.show_printers([])

    def show_printers(self, found: list[Printer]) -> None:
        self._is_looking = False
        self.printers = found
        self.printer.clear()
        for one in found:
            self.printer.addItem(one.words)
        last = self.controller.preference("printer", "")
        names = [one.name for one in found]
        self.printer.setCurrentIndex(names.index(last) if last in names else 0)
        self._say()
        (self.print_button if found else self.save_button).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen_printer(self) -> Printer | None:
        index = self.printer.currentIndex()
        return self.printers[index] if 0 <= index < len(self.printers) else None

    @property
    def chosen(self) -> list[PrintItem]:
        return [item for item in self.items if self.boxes[item.key].isChecked()]

    def _say(self) -> None:
        """What stands in the way, or what will be on the pages."""
        one = self.chosen_printer
        self.printer.setEnabled(bool(self.printers))
        self.print_button.setEnabled(one is not None and bool(self.chosen))
        self.save_button.setEnabled(bool(self.chosen))
        self.pages.setEnabled(self.boxes[REPORT].isChecked())
        self.duplex.setEnabled(one is None or one.can_duplex)
        words = []
        if one is None:
            words.append(_LOOKING if self._is_looking else _NONE)
        elif not one.has_a4:
            words.append("这台打印机没有说它有 A4 纸，请先装好 A4 纸。")
        elif not one.can_duplex:
            words.append("这台打印机不能自动双面打印。")
        state = progress(self.controller.document)
        if self.boxes[REPORT].isChecked() and state.is_draft:
            words.append("报告还没有完成，印出来的页上有“草稿”。")
        self.note.setText("\n".join(words))
        self.note.setVisible(bool(words))
        is_bad = one is None and not self._is_looking
        widgets.set_colour(self.note, theme.WARNING if is_bad or (one and not one.has_a4) else theme.FAINT)
        widgets.grow(self)

    # -- printing ------------------------------------------------------------------------------------------------------

    @property
    def order(self) -> PrintOrder:
        one = self.chosen_printer
        is_duplex = self.duplex.isChecked() and self.duplex.isEnabled()
        return PrintOrder(one.name if one else "", self.copies.value(), is_duplex, self.pages.text())

    def print(self) -> None:
        """Everything chosen in one go; the window stays until it is sent."""
        chosen, order = self.chosen, self.order
        self.controller.set_preference(self._remembered, [item.key for item in chosen])
        self.controller.set_preference("printer", order.printer)
        self.controller.set_preference("print_duplex", self.duplex.isChecked())
        self._run(lambda step: print_all(chosen, order, step), "正在打印……")

    def save_pdf(self) -> None:
        """The same pages as files, one for each chosen."""
        chosen = self.chosen
        folder = dialogs.folder(self, self.controller.folder("export"))
        if folder is None:
            return
        self.controller.remember_folder("export", folder)
        targets = [folder / f"{self.controller.title}（{item.title}）.pdf" for item in chosen]
        if not dialogs.may_overwrite(self, self.controller.existing(targets)):
            return
        self._run(lambda step: _save(chosen, targets, step), "正在存成 PDF……")

    def _run(self, work: Callable[[Callable[[str], None]], str], words: str) -> None:
        self.setEnabled(False)
        job = Job(work)
        job.finished.connect(self._on_finished)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        show_progress(job, words, self)
        job.start()

    def _on_finished(self) -> None:
        self.setEnabled(True)

    def reject(self) -> None:
        """Not while anything is being sent: the progress window has its own 取消."""
        if self.isEnabled():
            super().reject()

    def _on_done(self, words: str) -> None:
        self._note_sent_copy()
        self.controller.message.emit(words)
        self.accept()

    def _note_sent_copy(self) -> None:
        """A 送审稿 on paper: a later 花脸稿 can be laid over what it says."""
        document = self.controller.document
        is_printed = any(item.key == REVIEW_COPY for item in self.chosen)
        if is_printed and not document.report.is_frozen and not signing.is_sent_copy(document.report):
            document.change("记下送审稿", signing.with_sent_copy(document.report))

    def _on_failed(self, error: Exception) -> None:
        dialogs.refuse(self, error)


def _save(chosen: list[PrintItem], targets: list[Path], step: Callable[[str], None]) -> str:
    for item, target in zip(chosen, targets, strict=True):
        step(f"正在排{item.title}……")
        files.write_bytes(target, item.make_pdf())
    return f"已存成{len(targets)}个 PDF 文件，在“{targets[0].parent}”"


def print_report(controller: Controller, parent: QWidget, is_for_signing: bool = False) -> bool:
    """Ctrl+P, or the papers from 送签: what stands in open fields is the report's first; what cannot be read is shown instead.

    Whether anything was printed, or saved as PDF to be printed elsewhere.
    """
    controller.take_over()
    if unread := controller.unread():
        words = "报告里没有记下它，现在打印就不对。"
        if dialogs.ask(parent, f"{unread[0].words}，没有打印。", words, ["去修改", "取消"]) == 0:
            controller.unread_wanted.emit(unread[0])
        return False
    dialog = PrintDialog(controller, parent, is_for_signing)
    is_done = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return is_done
