"""花脸稿: what the report is laid over, as Word with revisions or PDF with marks, in whose name and of which day."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.report import comparing
from app.signoff import bases
from app.signoff.redline import REDLINE
from ui.kit import dialogs, forms, theme, widgets
from ui.kit.choices import Combo
from ui.kit.file_dialogs import file_name
from ui.kit.jobs import Job, show_progress
from ui.kit.typed_fields import date_text, parse_date, today
from ui.state.controller import Controller

_FORMATS = {".docx": "Word，带修订标记", ".pdf": "PDF，删改标在页上"}
_AUTHOR, _CHOSEN = "redline_author", "redline_formats"


class RedlineDialog(QDialog):
    """`told` is given a sentence and the files once they are written."""

    def __init__(
        self, controller: Controller, told: Callable[[str, list[Path]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.controller, self._told = controller, told
        self.bases = bases.bases_of(controller.document)
        self.setWindowTitle(REDLINE)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP * 3, theme.STEP * 2, theme.STEP * 3, theme.STEP * 2)
        column.setSpacing(theme.STEP)
        column.addWidget(
            widgets.note("现在的报告压在另一份稿子上面：删去的划掉，新写的标出来，领导一眼看到改了哪里。")
        )
        column.addLayout(self._form())
        self.note = widgets.note()
        column.addWidget(self.note)
        column.addStretch(1)
        self.ok_button = widgets.primary("存成文件…", self.write)
        column.addLayout(widgets.answers(self.ok_button, self.reject))
        self.setMinimumWidth(theme.scaled(520))
        self._say()

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _form(self) -> QGridLayout:
        self.basis = Combo()
        self.basis.setAccessibleName("与哪一份对照")
        self.basis.addItems([one.title for one in self.bases])
        self.basis.currentIndexChanged.connect(lambda _index: self._say())
        self.author, self.day = widgets.Field("修订人"), widgets.Field("修订日期")
        self.author.setText(str(self.controller.preference(_AUTHOR, "")))
        self.author.setPlaceholderText(
            " ".join(self.controller.document.report.agency.name.split()) or "经办人"
        )
        self.day.setText(date_text(today()))
        chosen = self.controller.preference(_CHOSEN, list(_FORMATS))
        self.formats: dict[str, QCheckBox] = {}
        formats = QHBoxLayout()
        formats.setSpacing(theme.STEP * 2)
        for suffix, words in _FORMATS.items():
            box = widgets.check_box(words)
            box.setChecked(suffix in chosen)
            box.toggled.connect(lambda _checked: self._say())
            self.formats[suffix] = box
            formats.addWidget(box)
        formats.addStretch(1)
        return forms.captioned(
            ("对照的是", self.basis),
            ("格式", formats),
            ("修订人", self.author),
            ("日期", self.day),
        )

    # -- showing -------------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[str]:
        return [suffix for suffix, box in self.formats.items() if box.isChecked()]

    def _say(self) -> None:
        """How much differs, or why there is nothing to write."""
        words, is_wrong = self._words()
        self.note.setText(words)
        widgets.set_colour(self.note, theme.ERROR if is_wrong else theme.FAINT)
        self.ok_button.setEnabled(not is_wrong and bool(self.chosen))
        widgets.grow(self)

    def _words(self) -> tuple[str, bool]:
        if not self.bases:
            return "还没有可以对照的稿子：没有送审过，没有保存过，也没有上年的报告。", True
        try:
            earlier = self.bases[self.basis.currentIndex()].load()
        except UserError as error:
            return str(error), True
        return comparing.summary(comparing.differences(earlier, self.controller.document.report)), False

    # -- writing -------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Ask for the folder, then write off the GUI thread."""
        try:
            day = parse_date(self.day.text(), today()) or today()
            earlier = self.bases[self.basis.currentIndex()].load()
        except UserError as error:
            dialogs.refuse(self, error)
            return
        folder = dialogs.folder(self, self.controller.folder("export"))
        if folder is None:
            return
        targets = [folder / f"{file_name(self.controller.title)}{REDLINE}{suffix}" for suffix in self.chosen]
        if not dialogs.may_overwrite(self, self.controller.existing(targets)):
            return
        author = " ".join(self.author.text().split())
        self.controller.remember_folder("export", folder)
        self.controller.set_preference(_AUTHOR, author)
        self.controller.set_preference(_CHOSEN, self.chosen)
        at, report = datetime.combine(day, time()), self.controller.document.report

        def work(step: Callable[[str], None]) -> list[Path]:
            step("正在写花脸稿……")
            return bases.write_redline(earlier, report, targets, at, author)

        job = Job(work)
        job.done.connect(self._on_done)
        job.failed.connect(self._refuse)
        show_progress(job, "正在写花脸稿……", self)
        job.start()

    def _on_done(self, written: list[Path]) -> None:
        self.accept()
        names = "、".join(f"“{path.name}”" for path in written)
        self.controller.message.emit(f"花脸稿已写到“{written[0].parent}”")
        self._told(f"花脸稿已写好：{names}。", written)

    def _refuse(self, error: Exception) -> None:
        dialogs.refuse(self, error)


def show_redline(controller: Controller, told: Callable[[str, list[Path]], object], parent: QWidget) -> None:
    """Ask what is wanted; what stands in open fields is the report's first."""
    controller.take_over()
    dialog = RedlineDialog(controller, told, parent)
    dialog.exec()
    dialog.deleteLater()
