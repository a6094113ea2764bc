"""How the exported documents look: page style, own Word styles, a PDF that can be read aloud, the faces really used."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.printing import page_looks
from app.printing.preview_worker import Faces
from app.report.model import Report
from ui.kit import dialogs, theme, widgets
from ui.kit.choices import Combo
from ui.kit.flow_layout import FlowLayout
from ui.kit.jobs import Job
from ui.state.controller import Controller

_WORD = "Word 文档和模板 (*.docx *.dotx *.docm *.dotm)"


class Looks(QWidget):
    """`changed`: what is asked for is another; the page style is the report's own, the rest is remembered."""

    changed = Signal()
    settings_wanted = Signal()

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self._job: Job | None = None
        self._told: Report | None = None
        self._faces = ""
        self.word_source: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 if theme.is_compact() else 4)
        self.styles = Combo()
        self.styles.setAccessibleName("版式")
        self.styles.setMinimumHeight(28)
        for look in page_looks.page_looks():
            self.styles.addItem(look.name, look.key)
        self.styles.activated.connect(self._on_style)
        style = QHBoxLayout()
        style.setSpacing(theme.STEP)
        caption = widgets.heading("版式")
        caption.setWordWrap(False)
        style.addWidget(caption)
        style.addWidget(self.styles, 1)
        column.addLayout(style)
        column.addLayout(self._settings_row())
        self.accessible = self._wish("accessible", "能听读的 PDF")
        self.accessible.setToolTip("无障碍：给看不清屏幕的人用，PDF 带上标题、表头等标记，页面看上去一样")
        self.sign_field = self._wish("sign_field", "留签章域的 PDF")
        self.sign_field.setToolTip("在落款的单位和日期上留一个空的签名域，电子印章软件打开就能盖")
        wishes = QWidget()
        row = FlowLayout(wishes)
        row.setSpacing(theme.STEP // 2)
        for box in (self.accessible, self.sign_field):
            row.addWidget(box)
        column.addWidget(wishes)
        column.addLayout(self._word_row())
        column.addLayout(self._face_row())
        self.unprintable = widgets.label("", colour=theme.WARNING)
        self.unprintable.hide()
        column.addWidget(self.unprintable)

    def _wish(self, name: str, words: str) -> QCheckBox:
        """How PDF files are made; remembered."""
        made = widgets.check_box(words)
        made.setChecked(bool(self._controller.preference(name, False)))
        made.toggled.connect(lambda is_on: self._controller.set_preference(name, is_on))
        return made

    def set_pdf(self, is_pdf: bool) -> None:
        """Whether a PDF is among the files that are made: only then can anything be wished of it."""
        self.accessible.setEnabled(is_pdf)
        self.sign_field.setEnabled(is_pdf)

    def _settings_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        self.settings_label = widgets.Elided()
        self.settings_button = widgets.link("设置…", lambda: self.settings_wanted.emit())
        self.settings_button.setAccessibleName("版面设置")
        self.settings_button.setToolTip("标题、页码、表格底色、版头（红头）和版记")
        row.addWidget(self.settings_label, 1)
        row.addWidget(self.settings_button)
        return row

    def _word_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        self.word_label = widgets.Elided("Word 用软件自己的样式")
        self.word_button = widgets.link("用自己的…", self._choose_word)
        self.word_button.setToolTip("选一份 Word 文档，导出的 Word 用它的样式、页面和页眉页脚")
        row.addWidget(self.word_label, 1)
        row.addWidget(self.word_button)
        return row

    def _face_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        self.face_label = widgets.Elided("正在查看字体……")
        self.face_button = widgets.link("字体…", self._tell_faces)
        self.face_button.setToolTip("每种字体实际用哪一款，从哪里来，怎样换")
        row.addWidget(self.face_label, 1)
        row.addWidget(self.face_button)
        return row

    # -- showing -------------------------------------------------------------------------------------------------------

    def set_read_only(self, is_read_only: bool) -> None:
        """The page style is the report's own; the rest is how it is written."""
        self.styles.setEnabled(not is_read_only)
        self.settings_button.setEnabled(not is_read_only)

    def refresh(self) -> None:
        report = self._controller.document.report
        at = self.styles.findData(report.page_style)
        if at < 0:
            self.styles.addItem(f"没有这种版式：{report.page_style}", report.page_style)
            at = self.styles.count() - 1
        self.styles.setCurrentIndex(at)
        self.settings_label.setText("版面有自己的设置" if report.page_settings else "页码、底色等按版式的")
        self.look_around()

    def look_around(self) -> None:
        """Faces and characters without one, off the GUI thread: reading faces takes a moment the first time."""
        report = self._controller.document.report
        if self._job is not None or report is self._told or not self.isVisible():
            return
        self._told = report
        self._job = Job(lambda step: self._controller.previews.faces(report))
        self._job.done.connect(self._on_told)
        self._job.finished.connect(self._on_finished)
        self._job.start()

    def _on_told(self, told: Faces) -> None:
        self._faces = told.whole
        self.face_label.setText(told.line)
        self.unprintable.setText(told.unprintable)
        self.unprintable.setVisible(bool(told.unprintable))

    def _on_finished(self) -> None:
        self._job = None
        if self._controller.has_document:
            self.look_around()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._controller.has_document:
            self.look_around()

    # -- choosing ------------------------------------------------------------------------------------------------------

    def _on_style(self, index: int) -> None:
        key = self.styles.itemData(index)
        if key != self._controller.document.report.page_style:
            self._controller.document.put("换版式", page_style=key)

    def _choose_word(self) -> None:
        if self.word_source is not None:
            self._set_word(None)
            return
        folder = self._controller.folder("word_source")
        path = dialogs.file_to_open(self, folder, "选择样式用的 Word 文档", _WORD)
        if path is not None:
            self._controller.remember_folder("word_source", path.parent)
            self._set_word(path)

    def _set_word(self, path: Path | None) -> None:
        self.word_source = path
        self.word_label.setText(f"Word 用“{path.name}”的样式" if path else "Word 用软件自己的样式")
        self.word_label.setToolTip(str(path or ""))
        self.word_button.setText("不用了" if path else "用自己的…")
        self.changed.emit()

    def _tell_faces(self) -> None:
        dialogs.tell(self, "这台电脑上实际用的字体", self._faces or "正在查看字体，请稍候再看。")
