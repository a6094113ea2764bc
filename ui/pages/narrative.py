"""A page of text: 引言, or a section of the form that has no table."""

from decimal import Decimal

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import UserError
from app.form.help import Note
from app.form.model import Section
from ui.kit import theme, widgets
from ui.kit.typed_fields import parse_yuan, yuan_text
from ui.narrative.editor import NarrativeEditor
from ui.narrative.last_year import LastYearText
from ui.pages.page import Page
from ui.state.controller import Controller
from ui.state.first_change import FEE, Change
from ui.state.open_entries import Unread

FEE_SECTION = "other"  # 六: 收取信息处理费情况在此处报告
_INTRODUCTION = "写明编制依据、统计期限、报告由哪几部分组成、电子版从哪里下载和联系方式。"


class NarrativePage(Page):
    """The narrative, with the fields that belong to it."""

    beside = "text"

    def __init__(self, controller: Controller, key: str, title: str, section: Section | None = None) -> None:
        super().__init__(controller, key, title)
        prompt = section.prompt if section else _INTRODUCTION
        self.editor = NarrativeEditor(controller, key, title, section.aspects if section else ())
        self.editor.moved.connect(self.moved)
        if not theme.is_compact():  # there F1 says it
            self.body.addWidget(widgets.note(prompt))
        self.fee: FeeRow | None = None
        if key == FEE_SECTION:
            self.fee = FeeRow(controller, key)
            self.body.addWidget(self.fee)
        self.body.addWidget(self.editor, 1)
        if theme.is_compact():
            self.head.addWidget(self.editor.count_label)

    def set_read_only(self, is_read_only: bool) -> None:
        super().set_read_only(is_read_only)
        self.editor.set_read_only(is_read_only)
        if self.fee:
            self.fee.set_read_only(is_read_only)

    def refresh(self) -> None:
        self.editor.refresh()
        if self.fee:
            self.fee.refresh()

    def first_focus(self) -> QWidget:
        return self.editor.edit

    def note_here(self) -> Note:
        return self.editor.note_here()

    def compare_with(self, last: LastYearText | None) -> bool:
        return self.editor.compare_with(last)

    def whereabouts(self) -> str:
        return f"{self.editor.edit.place}"

    def return_to(self, place: str) -> None:
        if place.isdigit():
            self.editor.edit.select(int(place), int(place))

    def next_pending(self) -> None:
        self.editor.next_pending()

    def selected_text(self) -> str:
        return self.editor.selected_text

    def caret(self) -> tuple[str, int]:
        return self.key, self.editor.edit.place

    def selection_rect(self) -> QRect | None:
        return self.editor.edit.selection_rect()

    def show_place(self, start: int, end: int) -> None:
        self.editor.show_place(start, end)

    def mark_change(self, change: Change) -> None:
        if self.fee and change.field == FEE:
            self.fee.field.setFocus()
        elif change.start >= 0:
            self.editor.edit.light(change.start - change.length, change.start)


class FeeRow(QWidget):
    """信息处理费, 元: stated as an amount, 0 for none."""

    def __init__(self, controller: Controller, page: str = FEE_SECTION) -> None:
        super().__init__()
        self._controller = controller
        self._page = page
        self.is_read_only = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.STEP // 2, 0, theme.STEP // 2)
        row.setSpacing(theme.STEP)
        caption = widgets.label("收取信息处理费")
        caption.setWordWrap(False)
        self.field = widgets.Field("收取信息处理费，单位元")
        self.field.setFixedWidth(120)
        caption.setBuddy(self.field)
        self.note = widgets.note()
        self.none_button = widgets.link("本年没有收取", self._set_none)
        unit = widgets.label("元")
        unit.setWordWrap(False)
        for widget in (caption, self.field, unit, self.none_button):
            row.addWidget(widget)
        row.addWidget(self.note, 1)
        self.field.editingFinished.connect(self.take_over)
        self.field.textEdited.connect(lambda _text: controller.entries_changed.emit())
        controller.watch(self)

    def set_read_only(self, is_read_only: bool) -> None:
        self.is_read_only = is_read_only
        self.field.setReadOnly(is_read_only)

    def refresh(self) -> None:
        fee = self._controller.document.report.processing_fee
        self.none_button.setVisible(fee is None and not self.is_read_only)
        if self.field.isModified():
            return  # what is typed stands until it is taken over, with the reason beside it where it cannot be
        self.field.show_text(yuan_text(fee))
        self._say("没有收取也要写明" if fee is None else "")

    def _say(self, words: str, is_wrong: bool = False) -> None:
        self.note.setText(words)
        widgets.set_colour(self.note, theme.ERROR if is_wrong else theme.FAINT)

    def take_over(self) -> None:
        """What was typed becomes the report's, or the reason why not is said."""
        if not self.field.isModified() or not self._controller.watches(self):
            return
        try:
            fee = parse_yuan(self.field.text())
        except UserError as error:
            self._say(str(error), is_wrong=True)
            return
        self.field.setModified(False)
        self._controller.document.set_processing_fee(fee)
        self.refresh()
        self._controller.entries_changed.emit()

    @property
    def is_open(self) -> bool:
        return self.field.isModified()

    def unread(self) -> list[Unread]:
        if not self.is_open:
            return []
        try:
            parse_yuan(self.field.text())
        except UserError as error:
            return [Unread(f"信息处理费：{error.what}", self._page, self.field.setFocus)]
        return []

    def _set_none(self) -> None:
        self.field.setModified(False)
        self._controller.document.set_processing_fee(Decimal(0))
        self._controller.entries_changed.emit()
