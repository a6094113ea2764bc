"""导出: how the report stands, which files to make of it and where, and the pages as they will be printed."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from app.documents.compose import document_title
from app.exporting.formats import FORMATS
from app.session import session
from app.signoff import signing
from ui.kit import dialogs, forms, theme, widgets
from ui.kit.file_dialogs import file_name
from ui.kit.jobs import Job, show_progress
from ui.kit.sheet import Sheet
from ui.kit.splitter import Splitter
from ui.pages.export_looks import Looks
from ui.pages.export_signing import Signing
from ui.pages.page import Page, scrolling
from ui.printing.preview import Preview
from ui.state.controller import Controller
from ui.state.section_states import EXPORT, Place, progress
from ui.tables.clipboard import put


class ExportPage(Page):
    """Makes the official documents."""

    saved = Signal(list)  # the files made

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller, EXPORT, "导出")
        self.splitter = Splitter(theme.STEP * 2)
        area = scrolling(self._form())
        for ground in (self, area.widget(), area.viewport()):
            widgets.on_desk(ground)
        self.splitter.addWidget(area)
        self.preview = Preview(controller)
        self.splitter.addWidget(self.preview)
        self.panes = [area, self.preview]
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([320, 400] if theme.is_compact() else [400, 640])
        self.body.addWidget(self.splitter, 1)
        self._is_signed = False
        self.export_button = self.next_button  # the last page: its next step is the export itself
        self.export_button.setText("导出")
        self.export_button.clicked.connect(lambda _checked=False: self.export())

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _form(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, theme.STEP, 0)
        column.setSpacing(theme.STEP // 2 if theme.is_compact() else theme.STEP)
        self.state = widgets.label()
        self.state_button = widgets.link("查看问题", lambda: self.go.emit("review_all"))
        state = _card(column)
        state.addLayout(forms.side_by_side(self.state, self.state_button))
        self._add_formats(_card(column))
        self.looks = Looks(self.controller)
        self.looks.settings_wanted.connect(lambda: self.command.emit("page_settings"))
        self.signing = Signing(self.controller)
        looks = _card(column)
        looks.addWidget(self.looks)
        looks.addWidget(self.signing)
        self._add_place(_card(column))
        column.addStretch(1)
        return made

    def _add_formats(self, card: QVBoxLayout) -> None:
        self.copy_button = widgets.link("复制正文", lambda: copy_text(self.controller))
        self.copy_button.setToolTip("连同三张表一起复制，粘贴到网站的编辑框里，边框和对齐都在")
        self.redline_button = widgets.link("花脸稿…", lambda: self.command.emit("redline"))
        self.redline_button.setToolTip("与送审稿、以前的版本或上年相比改了什么，标在稿子上")
        card.addLayout(forms.side_by_side(widgets.heading("格式"), self.redline_button, self.copy_button))
        self.formats: dict[str, QCheckBox] = {}
        chosen = self.controller.preference("formats", [".docx", ".pdf"])
        for one in FORMATS:
            box = widgets.check_box(one.words)
            box.setChecked(one.suffix in chosen)
            box.toggled.connect(self._on_formats)
            self.formats[one.suffix] = box
            card.addWidget(box)

    def _add_place(self, card: QVBoxLayout) -> None:
        self.name = widgets.Field("导出的文件名")
        self.mark_note = widgets.note()
        self.folder = widgets.Field("导出到的文件夹")
        self.folder.setReadOnly(True)
        self.folder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for words, *parts in (
            ("文件名", self.name),
            ("文件夹", self.folder, widgets.button("更改", self._choose_folder)),
        ):
            caption = QLabel(words)
            card.addLayout(forms.side_by_side(caption, *parts))
            if words == "文件名":
                card.addWidget(self.mark_note)

    # -- showing -------------------------------------------------------------------------------------------------------

    def set_read_only(self, is_read_only: bool) -> None:
        super().set_read_only(is_read_only)
        self.looks.set_read_only(is_read_only)

    def refresh(self) -> None:
        state = progress(self.controller.document)
        parts = state.parts
        if parts:
            self.state.setText("还有" + "，".join(parts) + "。")
        else:
            self.state.setText("全部填好，没有错误，可以导出。")
        widgets.set_colour(self.state, theme.INK if parts else theme.DONE)
        self.state_button.setVisible(bool(parts))
        self._refresh_name()
        self.folder.show_text(self.controller.folder("export"))
        self.folder.setToolTip(self.folder.text())
        self.export_button.setEnabled(bool(self.chosen))
        self.looks.set_pdf(".pdf" in self.chosen)
        self.looks.refresh()
        self.preview.refresh()

    def _refresh_name(self) -> None:
        """The name says what the report is now, also one that the clerk wrote with such a mark."""
        mark = mark_of(self.controller)
        typed = self.name.text()
        bare = signing.without_mark(typed)
        if not self.name.isModified():
            self.name.show_text(default_name(self.controller))
        elif bare != typed:
            self.name.show_text(bare + mark)
            self.name.setModified(True)
        self.mark_note.setText(f"文件名写明{mark}。" if mark else "")
        self.mark_note.setVisible(bool(mark))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.controller.has_document:
            self.preview.refresh()

    def set_neighbours(self, before: Place | None, after: Place | None) -> None:
        self.set_back(before)

    def first_focus(self) -> QWidget:
        return self.export_button

    @property
    def chosen(self) -> list[str]:
        return [suffix for suffix, box in self.formats.items() if box.isChecked()]

    def _on_formats(self) -> None:
        self.controller.set_preference("formats", self.chosen)
        self.export_button.setEnabled(bool(self.chosen))
        self.looks.set_pdf(".pdf" in self.chosen)

    def _choose_folder(self) -> None:
        if (folder := dialogs.folder(self, self.folder.text())) is not None:
            self.controller.remember_folder("export", folder)
            self.folder.show_text(str(folder))

    # -- exporting -----------------------------------------------------------------------------------------------------

    @property
    def targets(self) -> list[Path]:
        name = file_name(self.name.text()) or file_name(default_name(self.controller))
        return [Path(self.folder.text()) / f"{name}{suffix}" for suffix in self.chosen]

    def export(self, force: bool = False) -> None:
        """Make the files; what exists is overwritten only when that is confirmed."""
        self.controller.take_over()
        if unread := self.controller.unread():
            words = "报告里没有记下它，现在导出的文件就不对。"
            if dialogs.ask(self, f"{unread[0].words}，没有导出。", words, ["去修改", "取消"]) == 0:
                self.controller.unread_wanted.emit(unread[0])
            return
        targets = self.targets
        if not force and not dialogs.may_overwrite(self, self.controller.existing(targets)):
            return
        certificate = None
        if self._signs and (certificate := self.signing.certificate()) is None:
            return
        self._is_signed = certificate is not None
        self.export_button.setEnabled(False)
        self.result_bar.clear()
        is_pdf = ".pdf" in self.chosen
        accessible = is_pdf and self.looks.accessible.isChecked()
        sign_field = is_pdf and self.looks.sign_field.isChecked()
        source = self.looks.word_source if ".docx" in self.chosen else None
        job = Job(self.controller.export(targets, force, accessible, source, sign_field, certificate))
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        show_progress(job, "正在导出……", self)
        job.start()

    @property
    def _signs(self) -> bool:
        """A draft is not signed: what is not yet said is nothing to stand for."""
        return self.signing.is_wanted and ".pdf" in self.chosen and not self.controller.is_draft

    def _on_done(self, files: list[Path]) -> None:
        self.controller.remember_folder("export", files[0].parent)
        names = "、".join(f"“{path.name}”" for path in files)
        self.result_bar.tell(f"已导出{len(files)}个文件：{names}。{self._said_of_signing(files)}", files)
        self.result_bar.open_button.setFocus()
        self.controller.message.emit(f"已导出{len(files)}个文件到“{files[0].parent}”")
        self.saved.emit(files)

    def _said_of_signing(self, files: list[Path]) -> str:
        if not self.signing.is_wanted or not any(path.suffix.lower() == ".pdf" for path in files):
            return ""
        return "PDF 已用证书签名。" if self._is_signed else "草稿没有签名。"

    def _on_failed(self, error: Exception) -> None:
        from app.errors import UserError
        from app.session.session import NotReady

        if isinstance(error, NotReady):
            choices = ["仍然导出草稿", "查看问题", "取消"]
            answer = dialogs.ask(self, f"{error.what}。", f"{error.what_to_do}。", choices, standard=1)
            if answer == 0:
                self.export(force=True)
            elif answer == 1:
                self.go.emit("review_all")
        elif isinstance(error, UserError):
            dialogs.refuse(self, error)
        else:
            raise error

    def _on_finished(self) -> None:
        self.export_button.setEnabled(bool(self.chosen))


def copy_text(controller: Controller) -> None:
    """The whole report on the clipboard as rich text."""
    controller.take_over()
    html, text, is_draft = session.rich_text(controller.document)
    made = QMimeData()
    made.setHtml(html)
    made.setText(text)
    put(made)
    mark = "还没有填完，正文前面写着草稿。" if is_draft else ""
    controller.message.emit(f"已复制正文和三张表，可以粘贴到网站的编辑框。{mark}")


def default_name(controller: Controller) -> str:
    """威海市文登区侯家镇人民政府2022年政府信息公开工作年度报告（草稿）."""
    document = controller.document
    return f"{document_title(document.report, document.form)}{mark_of(controller)}"


def mark_of(controller: Controller) -> str:
    """（草稿）, （送审稿）, or nothing for what is complete or 定稿."""
    document = controller.document
    return signing.mark_of(document.report, not session.left_to_do(document).is_draft)


def _card(column: QVBoxLayout) -> QVBoxLayout:
    """A sheet on the desk; what belongs together stands in it."""
    card = Sheet()
    inside = QVBoxLayout(card)
    side, high = (12, 6) if theme.is_compact() else (16, 10)
    inside.setContentsMargins(side, high, side, high)
    inside.setSpacing(2 if theme.is_compact() else 4)
    column.addWidget(card)
    return inside
