"""查找和替换 over all texts of the report: a small window that stays in front while one works on."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.report.model import Report
from app.texts.search import Hit, find_all, replaced
from ui.kit import theme, widgets
from ui.state.controller import Controller

_WIDTH = 400  # logical pixels, where the buttons need no more
_CLEAR = 24  # logical pixels kept free around what was found: about a line


class FindWindow(QDialog):
    """Not modal: the place that is found is shown in the page behind, the keyboard stays here."""

    def __init__(
        self,
        controller: Controller,
        parent: QWidget,
        found_at: Callable[[], QRect | None],
        caret: Callable[[], tuple[str, int]],
    ) -> None:
        super().__init__(parent)
        self._caret = caret
        self._from = "", 0  # where the clerk wrote: the search begins there
        self._window = parent
        self._controller = controller
        self._found_at = found_at
        self._at: Hit | None = None  # the place shown last
        self._replaced: tuple[int, Report] | None = (
            None  # how many places at once, and the report as it was then
        )
        self.setWindowTitle("查找和替换")
        self.setWindowFlag(Qt.WindowType.Tool, True)
        self.wanted = widgets.Field("查找")
        self.instead = widgets.Field("替换为")
        self._caption = widgets.label("替换为", colour=theme.FAINT)
        self.count = widgets.note()
        self.count.setWordWrap(False)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(*[theme.STEP * 2] * 4)
        self._layout.setSpacing(theme.STEP)
        self._layout.addLayout(self._fields())
        self._layout.addWidget(self.count)
        self._layout.addLayout(self._buttons())
        self.wanted.textChanged.connect(self._on_wanted)
        controller.changed.connect(self.refresh)
        controller.document_replaced.connect(self.close)
        widgets.give_letters(self)  # before it is measured
        self.setFixedWidth(max(_WIDTH, self._layout.totalMinimumSize().width()))

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP)
        grid.setVerticalSpacing(theme.STEP)
        captions = (widgets.label("查找", colour=theme.FAINT), self._caption)
        for row, (caption, field) in enumerate(zip(captions, (self.wanted, self.instead), strict=True)):
            caption.setWordWrap(False)
            caption.setBuddy(field)
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        row.addStretch(1)
        self.all_button = widgets.button("全部替换", self.replace_all)
        self.one_button = widgets.button("替换", self.replace_one)
        self.previous_button = widgets.button("上一处", lambda: self.step(-1))
        self.next_button = widgets.primary("下一处", lambda: self.step(1))
        self.next_button.setDefault(True)
        for button in (self.all_button, self.one_button, self.previous_button, self.next_button):
            row.addWidget(button)
        return row

    # -- showing -------------------------------------------------------------------------------------------------------

    def open_for(self, with_replacing: bool, wanted: str = "") -> None:
        """Bring it to the front; `wanted` is what is selected in the text."""
        for widget in (self._caption, self.instead, self.one_button, self.all_button):
            widget.setVisible(with_replacing)
        self.setWindowTitle("查找和替换" if with_replacing else "查找")
        if wanted and "\n" not in wanted and "\u2029" not in wanted:
            self.wanted.setText(wanted)
        self._replaced, self._from = None, self._caret()
        if self._at is not None and self._from != (self._at.section, self._at.start):
            self._at = None  # the clerk went elsewhere meanwhile
        self._layout.activate()  # while it is hidden nothing else counts the rows anew
        self.setFixedHeight(self.sizeHint().height())
        self.show()
        self.raise_()
        self.activateWindow()
        self.wanted.setFocus()
        self.wanted.selectAll()
        self.refresh()

    @property
    def hits(self) -> list[Hit]:
        document = self._controller.document
        return find_all(document.report, document.form, self.wanted.text())

    def refresh(self) -> None:
        if not self.isVisible() or not self._controller.has_document:
            return
        hits = self.hits
        if self._replaced is not None and self._replaced[1] is self._controller.document.report:
            words = f"已替换{self._replaced[0]}处，可以撤销。"
        elif not self.wanted.text():
            words = "在引言和各部分的文字里查找。"
        elif not hits:
            words = "没有找到。"
        elif self._at in hits:
            words = f"第{hits.index(self._at) + 1}处，共{len(hits)}处。"
        else:
            words = f"共{len(hits)}处。"
        self.count.setText(words)
        for button in (self.next_button, self.previous_button):
            button.setEnabled(bool(hits))
        for button in (self.one_button, self.all_button):
            button.setEnabled(bool(hits) and not self._controller.is_frozen)

    def _on_wanted(self) -> None:
        self._at = self._replaced = None
        self.refresh()

    # -- doing ---------------------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """The next place after the one shown last, round and round."""
        self._controller.take_over()
        hits = self.hits
        if not hits:
            return
        if self._at in hits:
            self._at = hits[(hits.index(self._at) + by) % len(hits)]
        else:
            at = self._order(self._at.section, self._at.start + 1) if self._at else self._order(*self._from)
            after = [hit for hit in hits if self._order(hit.section, hit.start) >= at]
            before = [hit for hit in hits if hit not in after]
            self._at = (after or hits)[0] if by > 0 else (before or hits)[-1]
        self._show()

    def _order(self, section: str, start: int) -> tuple[int, int]:
        """Of a place in the report; of a page without a text it is the beginning."""
        keys = ["introduction", *(one.key for one in self._controller.document.form.sections)]
        return (keys.index(section), start) if section in keys else (-1, 0)

    def _show(self) -> None:
        if self._at is not None:
            self._replaced = None
            self._controller.place_wanted.emit(*self._at)
            self._step_aside()
            self.activateWindow()
            self.refresh()

    def _step_aside(self) -> None:
        """What was found is seen: the window goes by the shortest way to where it does not lie over it."""
        found, own = self._found_at(), self.frameGeometry()
        if found is None or not own.intersects(found.adjusted(-_CLEAR, -_CLEAR, _CLEAR, _CLEAR)):
            return
        room = self.screen().availableGeometry().united(self._window.frameGeometry())
        ways = (
            QPoint(own.left(), found.bottom() + 1 + _CLEAR),
            QPoint(own.left(), found.top() - _CLEAR - own.height()),
            QPoint(found.right() + 1 + _CLEAR, own.top()),
            QPoint(found.left() - _CLEAR - own.width(), own.top()),
        )
        free = [to for to in ways if room.contains(QRect(to, own.size()))]
        if free:
            self.move(min(free, key=lambda to: (to - own.topLeft()).manhattanLength()))

    def replace_one(self) -> None:
        """The place that is shown, then on to the next; the first press only shows one."""
        self._controller.take_over()
        hits = self.hits
        if self._at not in hits:
            self.step(1)
            return
        document = self._controller.document
        at = self._at
        document.change("替换", replaced(document.report, [at], self.instead.text()))
        self._at = Hit(at.section, at.start + len(self.instead.text()) - 1, at.start)
        self.step(1)

    def replace_all(self) -> None:
        """Every place, as one step of undo."""
        self._controller.take_over()
        hits = self.hits
        if not hits:
            return
        document = self._controller.document
        document.change("全部替换", replaced(document.report, hits, self.instead.text()))
        self._at, self._replaced = None, (len(hits), document.report)
        self.refresh()
        self._controller.message.emit(f"已替换{len(hits)}处，可以撤销")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self._controller.undo()
            self.activateWindow()
        elif event.key() == Qt.Key.Key_F3:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)


class Finder:
    """Makes the window when it is wanted; `selected` is what is selected in the text, `found_at` where, `caret` where one writes."""

    def __init__(
        self,
        controller: Controller,
        parent: QWidget,
        selected: Callable[[], str],
        found_at: Callable[[], QRect | None],
        caret: Callable[[], tuple[str, int]],
    ) -> None:
        self._controller = controller
        self._parent = parent
        self._caret = caret
        self._selected = selected
        self._found_at = found_at
        self.window: FindWindow | None = None
        controller.find_wanted.connect(self.open)

    def open(self, with_replacing: bool = False) -> None:
        if not self._controller.has_document:
            return
        if self.window is None:
            self.window = FindWindow(self._controller, self._parent, self._found_at, self._caret)
        self.window.open_for(with_replacing, self._selected())
