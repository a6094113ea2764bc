"""领导改稿: what an edited copy of the open report has otherwise, one place after the other, taken singly or all at once."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.importing.source import Comment
from app.report.place_names import place_name
from app.signoff import taking
from app.signoff.proposals import take, who_and_when
from app.signoff.taking import EditedCopy, Proposal, State
from app.texts.differences import stretches
from ui.kit import dialogs, theme, widgets
from ui.kit.change_view import ChangeView
from ui.kit.choices import Combo
from ui.kit.scroll_bars import calm
from ui.kit.splitter import Splitter
from ui.state.controller import Controller

_ALL, _OPEN = "全部", "还没有采用的"
_REMARK = "批注"
_CHANGE, _AROUND = "change", 20  # where the view scrolls to: so many characters before the first change
_TAKE_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Row(NamedTuple):
    """A proposal, or a comment beside what was not changed."""

    place: str
    part: str
    proposal: Proposal | None = None
    remark: Comment | None = None


class EditedCopyWindow(QDialog):
    """Not modal: the place is shown in the page behind, where one can go on working; what is changed there is seen here."""

    def __init__(self, controller: Controller, copy: EditedCopy, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.controller, self.copy = controller, copy
        self.setWindowTitle(f"{'领导改稿' if copy.lines else '导入的数'}：{name}")
        self.setWindowFlag(Qt.WindowType.Tool, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = controller.document
        self._states = taking.states(copy, self._document.report)
        self._rows = list(self._all_rows())
        self.setMinimumSize(640, 320)
        self.resize(820, 400 if theme.is_compact() else 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.STEP * 2] * 4)
        column.setSpacing(theme.STEP)
        column.addLayout(self._head())
        column.addWidget(self._middle(), 1)
        column.addLayout(self._foot())
        self._fill()
        controller.changed.connect(self.refresh)
        controller.document_replaced.connect(self.close)
        self.list.setFocus()

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        self.summary = widgets.label()
        self.filter = Combo()
        self.filter.setAccessibleName("看哪些改动")
        self.filter.addItems([_ALL, _OPEN, *dict.fromkeys(one.part for one in self._rows)])
        self.filter.activated.connect(lambda _index: self._fill())
        row.addWidget(self.summary, 1)
        row.addWidget(self.filter)
        return row

    def _middle(self) -> Splitter:
        self.list = QTreeWidget()
        calm(self.list)
        self.list.setAccessibleName("改动")
        self.list.setStyleSheet(theme.LIST)
        self.list.setHeaderLabels(["位置", "情况"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the ends tell the places apart
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_current())
        self.list.itemDoubleClicked.connect(lambda _item, _column: self.go_there())
        self.view = ChangeView("原文和改稿")
        splitter = Splitter(theme.STEP * 2)
        splitter.addWidget(self.list)
        splitter.addWidget(self.view)
        splitter.setSizes([360, 440])
        return splitter

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        self.go_button = widgets.button("看这一处", self.go_there)
        self.go_button.setToolTip("在报告里转到这一处（双击也可以），改稿窗口留在前面")
        self.all_button = widgets.button("", self.take_all)
        self.take_button = widgets.primary("采用这一处", self.take_one)
        self.take_button.setToolTip("空格或回车也可以；采用以后按 Ctrl+Z 撤销")
        row.addWidget(self.go_button)
        row.addStretch(1)
        for one in (self.all_button, self.take_button, widgets.button("关闭", self.close)):
            row.addWidget(one)
        return row

    def _all_rows(self) -> Iterator[_Row]:
        form = self.controller.document.form
        for one in self.copy.proposals:
            section = form.section_of(one.cell).key if one.cell is not None else one.section
            yield _Row(f"{one.number}. {one.place}", place_name(form, section), one)
        for remark in self.copy.remarks:
            yield _Row(remark.paragraph or remark.quote or "表格", _REMARK, remark=remark)

    # -- showing -------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """The rows of the part that is chosen."""
        wanted, chosen = self.filter.currentText(), self._current()
        self.list.clear()
        for row in self._rows:
            is_open = row.proposal is not None and self._states[row.proposal.number] is State.OPEN
            if wanted in (_ALL, row.part) or (wanted == _OPEN and is_open):
                item = QTreeWidgetItem(self.list, [row.place, ""])
                item.setData(0, Qt.ItemDataRole.UserRole, row)
                item.setToolTip(0, row.place)
                if row == chosen:
                    self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self._show_states()

    def refresh(self) -> None:
        """After any change of the report, also undo: what is taken is told from what stands there."""
        if not self.controller.has_document or self.controller.document is not self._document:
            self.close()
            return
        self._states = taking.states(self.copy, self._document.report)
        self._show_states()

    def _show_states(self) -> None:
        for item in self._items():
            row: _Row = item.data(0, Qt.ItemDataRole.UserRole)
            words, colour = self._state_words(row)
            item.setText(1, words)
            item.setForeground(1, colour)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{row.place}，{words}")
        states = list(self._states.values())
        parts = [
            f"{words}{number}处"
            for words, state in (
                ("还没有采用", State.OPEN),
                ("已采用", State.TAKEN),
                ("报告已另外改过", State.MOVED),
            )
            if (number := states.count(state))
        ]
        if refused := states.count(State.REFUSED):
            parts.append(f"要自己改{refused}处")
        if self.copy.remarks:
            parts.append(f"另有批注{len(self.copy.remarks)}条")
        self.summary.setText(f"改动{len(states)}处：{'，'.join(parts)}。")
        notes = "\n".join(f"请注意：{note}。" for note in self.copy.notes)
        self.summary.setToolTip(notes)
        self._show_current()

    def _state_words(self, row: _Row) -> tuple[str, QColor]:
        if row.proposal is None:
            return _REMARK, theme.FAINT
        state = self._states[row.proposal.number]
        if state is State.OPEN:
            return ("存疑，请核对", theme.WARNING) if row.proposal.doubt else ("待定", theme.INK)
        return state.value, {State.TAKEN: theme.DONE, State.MOVED: theme.WARNING}.get(state, theme.ERROR)

    def _show_current(self) -> None:
        row = self._current()
        is_changeable = not self.controller.is_frozen
        self.take_button.setEnabled(is_changeable and self._is_open(row))
        number = sum(state is State.OPEN for state in self._states.values())
        self.all_button.setText(f"全部采用（{number}处）" if number else "全部采用")
        self.all_button.setEnabled(is_changeable and number > 0)
        self.go_button.setEnabled(row is not None and self._has_place(row))
        self.view.setHtml("".join(self._html(row)) if row else "")
        self.view.scrollToAnchor(_CHANGE)  # of a long paragraph

    def _html(self, row: _Row) -> Iterator[str]:
        if row.remark is not None:
            yield from _comment_html(row.remark)
            yield f"<p class='place'>写在这一段旁边：</p><p>{escape(row.remark.paragraph)}</p>"
            return
        one = row.proposal
        if one is None:
            return
        yield f"<p class='place'>{escape(one.place)}{f'　{escape(one.by)}' if one.by else ''}</p>"
        yield "<table width='100%'><tr><td width='50%' class='place'>原文</td><td class='place'>改稿</td></tr>"
        yield f"<tr><td>{_marked(one, '-')}</td><td>{_marked(one, '+')}</td></tr></table><p></p>"
        for words in self._doubts(one):
            yield f"<p class='wrong'>{escape(words)}</p>"
        for comment in one.comments:
            yield from _comment_html(comment)

    def _doubts(self, one: Proposal) -> Iterator[str]:
        if one.why_not:
            yield f"不能由程序采用：{one.why_not}。"
        elif self._states[one.number] is State.MOVED:
            yield "读改稿以后，报告的这一处又改过，请自己核对、修改。"
        if one.doubt:
            yield f"存疑：{one.doubt}。"

    def follow_palette(self) -> None:
        self.view.take_colours()
        self._show_states()

    # -- what is chosen ------------------------------------------------------------------------------------------------

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _current(self) -> _Row | None:
        item = self.list.currentItem()
        row: _Row | None = item.data(0, Qt.ItemDataRole.UserRole) if item else None
        return row

    def _is_open(self, row: _Row | None) -> bool:
        return (
            row is not None and row.proposal is not None and self._states[row.proposal.number] is State.OPEN
        )

    def _has_place(self, row: _Row) -> bool:
        one = row.proposal
        return one is not None and (one.cell is not None or bool(one.section))

    # -- doing ---------------------------------------------------------------------------------------------------------

    def take_one(self) -> None:
        """The chosen one; then on to the next that is open."""
        row = self._current()
        if row is None or row.proposal is None or not self._is_open(row):
            return
        if self._take([row.proposal.number], f"已采用第{row.proposal.number}处"):
            self._go_on()

    def take_all(self) -> None:
        """Every one that is open, as one step of undo."""
        wanted = [number for number, state in self._states.items() if state is State.OPEN]
        if wanted:
            self._take(wanted, f"已采用{len(wanted)}处")

    def _take(self, wanted: list[int], words: str) -> bool:
        self.controller.take_over()
        try:
            take(self._document, self.copy, wanted)
        except UserError as error:
            dialogs.refuse(self, error)
            return False
        self.controller.message.emit(f"{words}，可以撤销")
        return True

    def _go_on(self) -> None:
        items = self._items()
        current = self.list.currentItem()
        at = items.index(current) if current in items else 0
        following = [*items[at + 1 :], *items[:at]]
        found = next((one for one in following if self._is_open(one.data(0, Qt.ItemDataRole.UserRole))), None)
        if found is not None:
            self.list.setCurrentItem(found)

    def go_there(self) -> None:
        """The place in the page behind; the keyboard stays here."""
        row = self._current()
        if row is None or row.proposal is None or not self._has_place(row):
            return
        one = row.proposal
        self.controller.take_over()
        if one.cell is not None:
            self.controller.show_cell(one.cell)
        else:
            start, end = taking.place_of(self.copy, self._document.report, one)
            self.controller.place_wanted.emit(one.section, start, end)
        self.activateWindow()
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space and Enter take what is chosen in the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _TAKE_KEYS
        ):
            self.take_one()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.controller.undo()
            self.activateWindow()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.controller.redo()
            self.activateWindow()
        else:
            super().keyPressEvent(event)


def _marked(one: Proposal, sign: str) -> str:
    """One side of a change with the characters marked that only it has."""
    if not (one.old if sign == "-" else one.new):
        return "<span class='place'>（没有）</span>"
    tag = "del" if sign == "-" else "ins"
    if one.cell is not None or not one.old or not one.new:
        return f"<{tag}>{escape(one.old if sign == '-' else one.new)}</{tag}>"
    pieces = [
        escape(text) if mark == " " else f"<{tag}>{escape(text)}</{tag}>"
        for mark, text in stretches(one.old, one.new)
        if mark in (" ", sign)
    ]
    at = next((number for number, text in enumerate(pieces) if text.startswith("<")), 0)
    before = pieces[at - 1] if at else ""
    if len(before) > _AROUND:  # the anchor stands a line before the change
        pieces[at - 1] = f"{before[:-_AROUND]}<a name='{_CHANGE}'></a>{before[-_AROUND:]}"
    return "".join(pieces)


def _comment_html(one: Comment) -> Iterator[str]:
    quote = f"　“{one.quote}”" if one.quote else ""
    yield f"<p><span class='place'>批注（{escape(who_and_when(one.author, one.on))}）{escape(quote)}</span><br>"
    yield f"{escape(one.text)}</p>"
