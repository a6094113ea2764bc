"""版面设置: page number, colour of bands, 版头 and 版记 of the report, with its pages beside as they would be printed."""

from dataclasses import asdict, replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.documents.compose import document_title
from app.errors import UserError
from app.printing.preview_worker import Preview as Made
from app.report.model import Agency, PageSettings
from app.session import session
from app.session.document import ReportFrozen
from app.typesetting.page_settings import Choice, choices
from app.typesetting.pages import Source
from ui.kit import dialogs, theme, widgets
from ui.kit.choices import Combo
from ui.kit.jobs import Job
from ui.printing.page_view import Opened, PageView
from ui.state.controller import OFFICE_PAGES, Controller

_AFTER = 300  # ms without a change: the pages are made anew
_HEAD = (("issuer", "发文机关标志"), ("number", "发文字号"), ("signer", "签发人"))
_IMPRINT = (("copies", "抄送"), ("office", "印发机关"), ("printed_on", "印发日期"))
_FIELDS_TOLD = "{}可以照写，印出来是落款的单位、年份、日期。"
_HINTS = {
    "number": "如：甲政发〔2026〕3号",
    "signer": "只有上行文要写",
    "copies": "如：县政务公开办。",
    "office": "印发机关",
    "printed_on": "印发日期",
}
_SHOWN = "印出来的样子"
_PREVIEW = 264  # logical pixels


class PageSettingsDialog(QDialog):
    """`settings` is what is wanted; None: all as the page style has it. Nothing changes before it is accepted."""

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self._job: Job | None = None
        self._shown: PageSettings | None = None
        self._place: Source | None = None
        self.setWindowTitle("版面设置")
        self.resize(820, 440 if theme.is_compact() else 560)
        self.setMinimumSize(680, 400)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER)
        self._later.timeout.connect(self._make_pages)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP * 2)
        row.addLayout(self._form(), 1)
        self.view = PageView()
        self.view.setFixedWidth(theme.scaled(_PREVIEW))
        self.state = widgets.note(_SHOWN)
        beside = QVBoxLayout()
        beside.setSpacing(theme.STEP // 2)
        beside.addWidget(self.state)
        beside.addWidget(self.view, 1)
        row.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP)
        column.addLayout(row, 1)
        column.addLayout(self._foot())
        self.show_settings(controller.document.report.page_settings)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _form(self) -> QVBoxLayout:
        known = choices()
        self.title = _combo("标题", self._titles())
        self.number_text = _combo("页码的样子", known.numbers)
        self.number_place = _combo("页码的位置", known.places)
        self.band = _combo("表二分栏底色", known.bands)
        self.has_head, self.has_imprint = widgets.check_box("印版头（红头）"), widgets.check_box("印版记")
        self.fields = {key: widgets.Field(name) for key, name in (*_HEAD, *_IMPRINT)}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP * 2)
        grid.setVerticalSpacing(theme.STEP // 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        _add(grid, "标题", self.title)
        _add(grid, "页码", self.number_text, self.number_place)
        _add(grid, "表二底色", self.band)
        for one in (self.title, self.number_text, self.number_place, self.band):
            one.activated.connect(lambda _index, one=one: self._changed(one))
        grid.addWidget(self.has_head, grid.rowCount(), 0, 1, 3)
        for key, name in _HEAD:
            _add(grid, name, self.fields[key])
        grid.addWidget(self.has_imprint, grid.rowCount(), 0, 1, 3)
        _add(grid, "抄送", self.fields["copies"])
        _add(grid, "印发", self.fields["office"], self.fields["printed_on"])
        for key, field in self.fields.items():
            field.setPlaceholderText(_HINTS.get(key, ""))
            field.textEdited.connect(lambda _text, field=field: self._changed(field))
        for box in (self.has_head, self.has_imprint):
            box.toggled.connect(lambda _on, box=box: self._on_box(box))
        column = QVBoxLayout()
        column.setSpacing(theme.STEP // 2)
        column.addLayout(grid)
        self._told = _FIELDS_TOLD.format("、".join(words for _, words in known.fields))
        self.note = widgets.note(self._told)
        column.addWidget(self.note)
        column.addStretch(1)
        self.for_new = widgets.check_box("以后新建的报告也用这套")
        self.for_new.setChecked(bool(self.controller.preference(OFFICE_PAGES, {})))
        column.addWidget(self.for_new)
        return column

    def _titles(self) -> tuple[Choice, ...]:
        """What follows the unit, as it will be printed."""
        document = self.controller.document

        def printed(text: str) -> str:
            made = replace(
                document.report, agency=Agency(), page_settings=PageSettings(title=text) if text else None
            )
            return document_title(made, document.form)

        return tuple(Choice(printed(one.value), one.value) for one in choices().titles)

    def _foot(self) -> QHBoxLayout:
        self.standard_button = widgets.button("恢复标准", lambda: self.show_settings(None))
        self.standard_button.setToolTip("全部按版式的来，不印版头和版记")
        self.ok_button = widgets.primary("确定", self.accept)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        row.addWidget(self.standard_button)
        row.addLayout(widgets.answers(self.ok_button, self.reject), 1)
        return row

    # -- what is set ---------------------------------------------------------------------------------------------------

    def show_settings(self, settings: PageSettings | None) -> None:
        one = settings or PageSettings()
        for box, value in (
            (self.title, one.title),
            (self.number_text, one.number_text),
            (self.number_place, one.number_place),
            (self.band, one.band),
        ):
            if box.findData(value) < 0:  # of another program's hand
                box.addItem(value, value)
            box.setCurrentIndex(box.findData(value))
        for key, field in self.fields.items():
            field.setText(choices().shown(getattr(one, key)))
            field.setCursorPosition(0)  # its beginning is seen
        for tick, is_on in ((self.has_head, bool(one.issuer)), (self.has_imprint, one.has_imprint)):
            tick.blockSignals(True)
            tick.setChecked(is_on)
            tick.blockSignals(False)
        self._changed()

    @property
    def settings(self) -> PageSettings | None:
        held = choices().held
        texts = {key: held(" ".join(field.text().split())) for key, field in self.fields.items()}
        if not self.has_head.isChecked():
            texts |= {key: "" for key, _ in _HEAD}
        if not self.has_imprint.isChecked():
            texts |= {key: "" for key, _ in _IMPRINT}
        made = PageSettings(
            str(self.number_text.currentData()),
            str(self.number_place.currentData()),
            str(self.band.currentData()),
            title=str(self.title.currentData()),
            **texts,
        )
        return made if made != PageSettings() else None

    def _on_box(self, box: QCheckBox) -> None:
        """Switched on, it begins with what most offices have."""
        known = choices()
        first = (("issuer", known.issuer),) if box is self.has_head else (("printed_on", known.date),)
        for key, text in first:
            if box.isChecked() and not self.fields[key].text():
                self.fields[key].setText(known.shown(text))
        self._changed(box)
        if box.isChecked():
            self.fields["number" if box is self.has_head else "copies"].setFocus()

    def _changed(self, what: QWidget | None = None) -> None:
        for box, keys in ((self.has_head, _HEAD), (self.has_imprint, _IMPRINT)):
            for key, _ in keys:
                self.fields[key].setEnabled(box.isChecked())
        is_headless = self.has_head.isChecked() and not self.fields["issuer"].text().strip()
        self.note.setText("写了发文机关标志才印版头。" if is_headless else self._told)
        widgets.set_colour(self.note, theme.WARNING if is_headless else theme.FAINT)
        self._place = self._place_of(what)
        self._later.start()

    def _place_of(self, what: QWidget | None) -> Source | None:
        """Where on the pages a field is seen; None leaves the view where it is."""
        if what is self.title:
            return Source("title")
        if what is self.band:
            form = self.controller.document.form
            stacked = next((one.key for one in form.sections if one.is_stacked), "")
            return Source(stacked)
        if what is self.has_imprint or what in [self.fields[key] for key, _ in _IMPRINT]:
            return Source("imprint")
        if what is self.has_head or what in [self.fields[key] for key, _ in _HEAD]:
            return Source("title")
        return None

    # -- the pages -----------------------------------------------------------------------------------------------------

    def _make_pages(self) -> None:
        """Off the GUI thread, from the report as it would be."""
        if not self.controller.has_document:
            return
        if self._job is not None:
            self._later.start()
            return
        settings = self._shown = self.settings
        document = self.controller.document
        report = replace(document.report, page_settings=settings)
        is_draft, previews = session.left_to_do(document).is_draft, self.controller.previews

        def work(step: object) -> tuple[Made, Opened]:
            made = previews.make(report, is_draft)
            return made, Opened(made.pdf)

        self.state.setText("正在排版……")
        self._job = Job(work)
        self._job.done.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._job.start()

    def _on_made(self, found: tuple[Made, Opened]) -> None:
        made, opened = found
        if not self.isVisible():
            opened.close()
            return
        self.view.show_pdf(opened)
        self.state.setText(_SHOWN)
        if self._place is not None and self._place.section == "imprint":
            bar = self.view.verticalScrollBar()
            bar.setValue(bar.maximum())
        elif self._place is not None and (spot := made.spot(self._place)) is not None:
            self.view.show_spot(spot._replace(top=0) if self._place.section == "title" else spot)

    def _on_failed(self, error: Exception) -> None:
        self.view.clear()
        self.state.setText(f"现在不能预览：{error}" if isinstance(error, UserError) else "现在不能预览")

    def _on_finished(self) -> None:
        self._job = None

    def done(self, result: int) -> None:
        self._later.stop()
        self.view.clear()
        super().done(result)


def _combo(name: str, listed: tuple[Choice, ...]) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    for one in listed:
        made.addItem(one.name, one.value)
    return made


def _add(grid: QGridLayout, words: str, field: QWidget, beside: QWidget | None = None) -> None:
    caption, row = QLabel(words), grid.rowCount()
    caption.setBuddy(field)
    grid.addWidget(caption, row, 0)
    grid.addWidget(field, row, 1, 1, 1 if beside else 2)
    if beside:
        grid.addWidget(beside, row, 2)


def change_page_settings(controller: Controller, parent: QWidget) -> None:
    """Ask, then one step of undo; the office's own are remembered where that is wanted."""
    if controller.is_frozen:
        dialogs.refuse(parent, ReportFrozen())
        return
    controller.take_over()
    dialog = PageSettingsDialog(controller, parent)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        settings = dialog.settings
        controller.document.put("版面设置", page_settings=settings)
        is_kept = dialog.for_new.isChecked() and settings is not None
        controller.set_preference(OFFICE_PAGES, asdict(settings) if is_kept and settings else {})
    dialog.deleteLater()
