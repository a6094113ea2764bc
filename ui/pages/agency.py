"""单位信息: who reports, how he is reached, and how the report is signed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import (
    QCalendarWidget,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QWidget,
    QWidgetAction,
)

from app.checks.finding import Finding
from app.errors import UserError
from app.form.help import Note
from app.form.model import Severity
from app.report import contacts
from app.report.model import Agency, SignaturePlace
from ui.help import help_texts
from ui.kit import theme, widgets
from ui.kit.choices import Combo
from ui.kit.typed_fields import date_text, parse_date, today
from ui.pages.page import Figure, Page, scrolling
from ui.pages.renamed import RenamedStrip
from ui.pages.year_dialog import change_year
from ui.state.controller import Controller
from ui.state.first_change import SIGNATURE, Change
from ui.state.open_entries import Unread
from ui.state.section_states import AGENCY

# field of Agency, caption, what to write, width in pixels (0: all there is)
_FIELDS = (
    ("name", "单位全称", "如：××县××镇人民政府，用在标题和落款", 0),
    ("short_name", "简称", "如：××镇", 240),
    ("office", "联系科室", "如：党政办公室", 240),
    ("address", "地址", "", 0),
    ("postcode", "邮政编码", "", 120),
    ("phone", "联系电话", "", 240),
    ("email", "电子邮箱", "", 320),
    ("website", "网站", "公布年报的网址", 0),
)
_WIDEST = 760  # logical pixels of a line
_DOUBTED = ("postcode", "phone", "email")  # what is looked at for a slip, and said beside the field
_WEEKS_OF_SIGNING = 5  # round the usual day
_IN_TIME = "S-10"
_PLACES = (
    (SignaturePlace.END, "在正文之后，右侧"),
    (SignaturePlace.UNDER_TITLE, "在标题之下"),
    (SignaturePlace.NONE, "不写落款"),
)


class AgencyPage(Page):
    """Every field is the report's at each key; one pause in typing is one step of undo."""

    beside = "form"

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller, "agency", "单位信息")
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, theme.STEP, theme.STEP, theme.STEP)
        self._grid.setHorizontalSpacing(theme.STEP * 2)
        self._grid.setVerticalSpacing(theme.STEP // 2 if theme.is_compact() else theme.STEP)
        self._grid.setColumnMinimumWidth(0, 88)
        self._grid.setColumnStretch(1, 1)
        self._doubts: dict[str, str] = {}
        self._add_year()
        self.fields: dict[str, widgets.Field] = {}
        self.notes: dict[str, QLabel] = {}
        for name, caption, hint, width in _FIELDS:
            self.fields[name] = self._add_field(name, caption, hint, width)
        self._add_heading("落款")
        self._add_signature()
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.body.addWidget(scrolling(content), 1)
        self._add_renamed()
        controller.watch(self)

    def _add_renamed(self) -> None:
        self.renamed = RenamedStrip(self.controller, self)
        self.renamed.setMaximumWidth(_WIDEST)
        self.body.addWidget(self.renamed)

    def show_finding(self, finding: Finding) -> None:
        """What is wrong with the date is mended in its field."""
        if finding in self._of_date:
            self.date.setFocus()
        else:
            super().show_finding(finding)

    @property
    def _of_date(self) -> list[Finding]:
        """What is found of the signature and not of who signs: the date is missing, too early or too late."""
        signed = self.controller.document.report.signature
        own = [one for one in self.controller.document.findings if one.section == SIGNATURE]
        return [one for one in own if not one.quote and (one.rule == _IN_TIME or signed.issued_on is None)]

    def _show_date(self) -> None:
        """Beside its field: what is wrong with the date that the report has, or that it has none."""
        if self.date.isModified():
            return  # what is typed stands, with the reason beside it where it cannot be read
        found, signed = self._of_date, self.controller.document.report.signature
        is_wrong = any(one.severity is Severity.ERROR for one in found) and signed.issued_on is not None
        words = "；".join(one.message for one in found)
        if found and signed.issued_on is None:
            words = "还没有写"
        self._say(words, is_wrong)
        is_to_come = signed.issued_on is None and AGENCY not in self.controller.asked  # still to come
        if words and not is_wrong and not is_to_come:
            widgets.set_colour(self.date_note, theme.WARNING)
        self.date.setAccessibleDescription(words)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _add_row(self, caption: str, widget: QWidget | QHBoxLayout, buddy: QWidget | None = None) -> None:
        row = self._grid.rowCount()
        label = widgets.label(caption, colour=theme.FAINT)
        label.setWordWrap(False)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        if isinstance(widget, QHBoxLayout):
            self._grid.addLayout(widget, row, 1)
        else:
            self._grid.addWidget(widget, row, 1)
        if buddy is not None:
            label.setBuddy(buddy)

    def _add_year(self) -> None:
        self.year = widgets.label()
        self.year.setWordWrap(False)
        self.year_button = widgets.link("改年度…", lambda: change_year(self.controller, self))
        self.year_button.setFixedHeight(
            self.year_button.fontMetrics().height() + theme.STEP // 2
        )  # a line of text
        self.edition = widgets.note()
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        row.addWidget(self.year)
        row.addWidget(self.year_button)
        row.addWidget(self.edition, 1)
        self._add_row("报告年度", row)

    def _add_heading(self, words: str) -> None:
        row = self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, theme.STEP * 2)
        self._grid.addWidget(widgets.line(), row, 0, 1, 2)
        self._grid.addWidget(widgets.heading(words), row + 1, 0, 1, 2)

    def _add_field(self, name: str, caption: str, hint: str, width: int) -> widgets.Field:
        field = widgets.Field(caption)
        field.setPlaceholderText(hint)
        if width:
            field.setMaximumWidth(width)
        field.textEdited.connect(lambda text, name=name, caption=caption: self._on_typed(name, caption, text))
        if name not in _DOUBTED:
            self._add_row(caption, field, field)
            return field
        self.notes[name] = widgets.note()
        widgets.set_colour(self.notes[name], theme.WARNING)
        field.editingFinished.connect(lambda: self._say_doubt(name))
        field.setMinimumWidth(min(width, 160))
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        row.addWidget(field, 1)
        row.addWidget(self.notes[name], 1)
        self._add_row(caption, row, field)
        return field

    def _add_signature(self) -> None:
        self.signer = widgets.Field("落款单位")
        self.signer.textEdited.connect(self._on_signer)
        self._add_row("单位", self.signer, self.signer)
        self.date = widgets.Field("成文日期")
        self.date.setFixedWidth(160)
        self.date.editingFinished.connect(self.take_over)
        self.date.textEdited.connect(lambda _text: self.controller.entries_changed.emit())
        self.calendar_button = widgets.button("选日期", self._show_calendar)
        self.date_note = widgets.note()
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        row.addWidget(self.date)
        row.addWidget(self.calendar_button)
        row.addWidget(self.date_note, 1)
        self._add_row("成文日期", row, self.date)
        self.place = Combo()
        self.place.setAccessibleName("落款的位置")
        self.place.setMaximumWidth(240)
        self.place.setMinimumHeight(32)
        for place, words in _PLACES:
            self.place.addItem(words, place)
        self.place.activated.connect(self._on_place)
        self._add_row("位置", self.place, self.place)

    # -- showing -------------------------------------------------------------------------------------------------------

    def set_read_only(self, is_read_only: bool) -> None:
        super().set_read_only(is_read_only)
        for field in (*self.fields.values(), self.signer, self.date):
            field.setReadOnly(is_read_only)
        self.year_button.setEnabled(not is_read_only)
        self.place.setEnabled(not is_read_only)

    def refresh(self) -> None:
        document = self.controller.document
        report = document.report
        self.year.setText(f"{report.year}年")
        self.edition.setText(f"{document.form.id}年版格式，{document.form.authority}")
        for name, field in self.fields.items():
            field.show_text(getattr(report.agency, name))
        self._doubts = contacts.doubts(report.agency)
        for name, note in self.notes.items():
            if note.text() or not self.fields[name].hasFocus():  # nothing is said while it is being typed
                self._say_doubt(name)
        self.signer.setPlaceholderText(report.agency.name or "与单位全称相同")
        self.signer.show_text(report.signature.agency)
        if not self.date.isModified():
            self.date.show_text(date_text(report.signature.issued_on))
        self.date.setPlaceholderText(f"如：{date_text(self._usual_date)}")
        self.place.setCurrentIndex([place for place, _ in _PLACES].index(report.signature.place))
        self.renamed.refresh(self.is_read_only)
        self._show_date()
        has_signature = report.signature.place is not SignaturePlace.NONE
        self.signer.setEnabled(has_signature)
        self.calendar_button.setEnabled(has_signature and not self.is_read_only)
        self.date.setEnabled(has_signature or self.is_open)

    def mark_change(self, change: Change) -> None:
        """The keyboard is on the field."""
        field = {
            **self.fields,
            f"{SIGNATURE}.agency": self.signer,
            f"{SIGNATURE}.issued_on": self.date,
            f"{SIGNATURE}.place": self.place,
        }.get(change.field)
        if field is not None:
            field.setFocus()

    def first_focus(self) -> QWidget:
        """The first thing to look at again, else where one begins."""
        if self._doubts:
            return self.fields[next(iter(self._doubts))]
        lacks_date = self.date.isEnabled() and bool(self._of_date)
        return self.date if lacks_date and self.fields["name"].text() else self.fields["name"]

    # -- what stands beside --------------------------------------------------------------------------------------------

    def note_here(self) -> Note:
        return Note(self.title.text(), tuple(help_texts.for_page(self.key, None).split("\n")))

    def figures_here(self) -> tuple[str, Sequence[Figure]]:
        """What last year's report says of the agency."""
        prior, own = self.controller.document.prior, self.controller.document.report.agency
        if prior is None:
            return "", ()
        said = ((caption, getattr(prior.agency, name), getattr(own, name)) for name, caption, _, _ in _FIELDS)
        return self.title.text(), [
            Figure(caption, last, now if now != last else "同上年", "") for caption, last, now in said if last
        ]

    def _say_doubt(self, name: str) -> None:
        words = self._doubts.get(name, "")
        self.notes[name].setText(words)
        self.fields[name].setAccessibleDescription(words)

    # -- changes -------------------------------------------------------------------------------------------------------

    def _on_typed(self, name: str, caption: str, text: str) -> None:
        text = contacts.plain(name, text)
        agency: Agency = replace(self.controller.document.report.agency, **{name: text})
        self.controller.typed()
        self.controller.document.set_agency(agency, f"修改{caption}", merge=f"agency:{name}")
        self.fields[name].show_text(text)

    def _on_signer(self, text: str) -> None:
        document = self.controller.document
        signature = replace(document.report.signature, agency=text)
        document.set_signature(signature, "修改落款单位", merge="signature:agency")
        self.controller.typed()

    @property
    def is_open(self) -> bool:
        """成文日期 alone is taken over when it is whole; every other field is the report's at each key."""
        return self.date.isModified()

    @property
    def _usual_date(self) -> date:
        """A day on which a report of this year is likely to be signed: an example."""
        return date(self.controller.document.report.year + 1, 1, 9)

    def _shown_day(self, now: date) -> date:
        """Where the calendar opens: the day that is written, today in the weeks when reports are signed, else those weeks."""
        usual = self._usual_date
        is_time = abs((now - usual).days) <= _WEEKS_OF_SIGNING * 7
        return self.controller.document.report.signature.issued_on or (now if is_time else usual)

    def unread(self) -> list[Unread]:
        if not self.is_open:
            return []
        try:
            parse_date(self.date.text(), self._usual_date)
        except UserError as error:
            return [Unread(f"成文日期：{error.what}", self.key, self.date.setFocus)]
        return []

    def take_over(self) -> None:
        if not self.date.isModified() or not self.controller.watches(self):
            return
        try:
            day = parse_date(self.date.text(), self._usual_date)
        except UserError as error:
            self._say(str(error), is_wrong=True)
            return
        self.date.setModified(False)
        self._set_date(day)

    def _set_date(self, day: date | None) -> None:
        document = self.controller.document
        document.set_signature(replace(document.report.signature, issued_on=day), "修改成文日期")
        self.refresh()
        self.controller.entries_changed.emit()

    def _say(self, words: str, is_wrong: bool = False) -> None:
        self.date_note.setText(words)
        widgets.set_colour(self.date_note, theme.ERROR if is_wrong else theme.FAINT)

    def _on_place(self, index: int) -> None:
        document = self.controller.document
        place = SignaturePlace(self.place.itemData(index))
        document.set_signature(replace(document.report.signature, place=place), "修改落款位置")

    def _show_calendar(self) -> None:
        """A month under the button; a click on a day takes it over."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setGridVisible(False)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = self._shown_day(today())
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def take(day: QDate) -> None:
            self.date.setModified(False)
            self._set_date(date(day.year(), day.month(), day.day()))
            menu.close()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        menu.popup(self.calendar_button.mapToGlobal(QPoint(0, self.calendar_button.height())))
