"""The editor of one narrative: plain text set like the printed page, marks on it, undo left to the report."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QTextEdit

from ui.findings.finding_actions import is_menu_key
from ui.kit import theme, widgets
from ui.kit.qt_gaps import text_mark
from ui.kit.scroll_bars import calm
from ui.kit.text_positions import Places, difference
from ui.kit.words import next_word, previous_word, word_around
from ui.narrative.incoming_picture import picture_in

_BAR_LEFT, _BAR_WIDTH = 4, 3  # logical pixels; the text begins at 12
LINE_HEIGHT = 1.75  # of the size of the characters
_KEYS = QKeySequence.StandardKey
_BY_WORD = (  # a key, whether it goes forward, whether the anchor stays, whether what lies between is deleted
    (_KEYS.MoveToNextWord, True, False, False),
    (_KEYS.MoveToPreviousWord, False, False, False),
    (_KEYS.SelectNextWord, True, True, False),
    (_KEYS.SelectPreviousWord, False, True, False),
    (_KEYS.DeleteEndOfWord, True, True, True),
    (_KEYS.DeleteStartOfWord, False, True, True),
)
_ENDS = ("\u2029", "\u2028", "\ufdd0", "\ufdd1")  # of a paragraph, of a line, of a frame as Qt has them


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters [start, end) with a ground and a line under them, or beside them: a bar in the margin."""

    start: int
    end: int
    ground: QColor | None
    line: QColor
    style: QTextCharFormat.UnderlineStyle
    words: str = ""  # tooltip
    is_beside: bool = False


def plain(text: str) -> str:
    """Text from elsewhere as a narrative holds it: newlines only, no tabs, no invisible characters."""
    text = with_newlines(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(c for c in text if c == "\n" or c.isprintable() or c in "\u3000\u00a0")


def with_newlines(text: str) -> str:
    """A newline for each end of a line; at every key, so that it must be quick for any length."""
    for end in _ENDS:
        text = text.replace(end, "\n")
    return text


class TextEdit(QTextEdit):
    """Shows and edits one text. `edited` follows the clerk's changes only, never `show_text`."""

    edited = Signal(str)
    picture_given = Signal(object)  # pasted or dropped: a Path or the bytes of a .png
    choices_wanted = Signal(QMenu, int)  # fill the menu with what can be done at this character

    def __init__(self, name: str, is_read_only: bool = False) -> None:
        super().__init__()
        calm(self)
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.set_read_only(is_read_only)
        self.setFont(theme.font(theme.TEXT))
        self.document().setDefaultFont(self.font())
        self.document().setDocumentMargin(theme.STEP * 1.5)
        self._marks: tuple[Mark, ...] = ()
        self._is_marked = True  # the marks stand in the very text for which they were made
        self._selections: list[QTextEdit.ExtraSelection] = []  # of the marks
        self._lit: list[QTextEdit.ExtraSelection] = []  # what undo or redo brought
        self._bars: list[tuple[QColor, QTextCursor]] = []
        self._shown = ""
        self._word: tuple[int, int] | None = None  # the one double-clicked, while the button is down
        self._is_showing = False
        self._format()
        self.textChanged.connect(self._on_text_changed)

    def set_read_only(self, is_read_only: bool) -> None:
        """To be read and copied from, also by keyboard; or to be written in."""
        if is_read_only == self.isReadOnly() and self.styleSheet():
            return
        self.setReadOnly(is_read_only)
        self.setStyleSheet(theme.QUIET_AREA if is_read_only else theme.TEXT_AREA)
        if is_read_only:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    # -- text ----------------------------------------------------------------------------------------------------------

    def text(self) -> str:
        return with_newlines(self.document().toRawText())

    def show_text(self, text: str) -> None:
        """Make the editor say what the report says; cursor and scrolling stay where the text stayed."""
        old = self._shown
        if text == old:
            return
        self._is_showing = True
        start, end, inserted = difference(old, text)
        units = Places(old)
        cursor = QTextCursor(self.document())
        cursor.setPosition(units.unit(start))
        cursor.setPosition(units.unit(end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(inserted)
        if not old:
            cursor.setPosition(0)
        if not (old and self.isReadOnly()):
            self.setTextCursor(cursor)
        self._shown = self.text()
        self._is_showing = False
        self._format()

    def _on_text_changed(self) -> None:
        self._is_marked = False
        self._unlight()
        if self._is_showing:
            return
        text = self.text()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    def height_of(self, lines: int) -> int:
        """How tall it must be to show so many lines."""
        character = QFontMetricsF(self.font()).horizontalAdvance("中")
        return round(lines * LINE_HEIGHT * character + 2 * self.document().documentMargin())

    def _format(self) -> None:
        """Every paragraph indented by two characters and set apart, as it is printed."""
        shape = QTextBlockFormat()
        character = QFontMetricsF(self.font()).horizontalAdvance("中")
        shape.setLineHeight(LINE_HEIGHT * character, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        shape.setTextIndent(2 * character)
        self._is_showing = True
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(shape)
        self._is_showing = False

    # -- marks ---------------------------------------------------------------------------------------------------------

    def set_marks(self, marks: Iterable[Mark]) -> None:
        wanted = tuple(marks)
        if not (self._is_marked and wanted == self._marks):  # each look at a page says them anew
            self._marks, self._is_marked = wanted, True
            self._draw_marks()

    def _draw_marks(self) -> None:
        units = Places(self._shown)
        selections = []
        self._bars = [
            (mark.line, self._cursor(units, mark.start, mark.end)) for mark in self._marks if mark.is_beside
        ]
        self.viewport().update()
        for mark in self._marks:
            if mark.is_beside:
                continue
            look = QTextCharFormat()
            if mark.ground is not None:
                look.setBackground(mark.ground)
            look.setUnderlineStyle(mark.style)
            look.setUnderlineColor(mark.line)
            selections.append(text_mark(self._cursor(units, mark.start, mark.end), look))
        self._selections = selections
        self._show_selections()

    def light(self, start: int, end: int) -> None:
        """Characters [start, end) came back or went by undo or redo: marked until the text is another."""
        look = QTextCharFormat()
        look.setBackground(theme.ACCENT_SOFT)
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(theme.ACCENT)
        self._lit = [text_mark(self._cursor(Places(self._shown), start, end), look)] if start < end else []
        self._show_selections()

    def _show_selections(self) -> None:
        self.setExtraSelections([*self._selections, *self._lit])

    def _unlight(self) -> None:
        if self._lit:
            self._lit = []
            self._show_selections()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._unlight()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._bars:
            return
        painter = QPainter(self.viewport())
        first, last = self._in_view()
        for colour, cursor in self._bars:
            if cursor.selectionEnd() < first or cursor.selectionStart() > last:
                continue
            top, bottom = self._extent(cursor)
            if bottom >= event.rect().top() and top <= event.rect().bottom():
                painter.fillRect(_BAR_LEFT, top + 1, _BAR_WIDTH, bottom - top - 1, colour)
        painter.end()

    def _in_view(self) -> tuple[int, int]:
        """The first and the last place that is seen: a long text has hundreds of marks, and a screen of them."""
        box = self.viewport().rect()
        return (
            self.cursorForPosition(box.topLeft()).position(),
            self.cursorForPosition(box.bottomRight()).position(),
        )

    def _extent(self, cursor: QTextCursor) -> tuple[int, int]:
        """Where the lines of a piece of text begin and end in the view, in pixels from its top."""
        first, last = QTextCursor(self.document()), QTextCursor(self.document())
        first.setPosition(cursor.selectionStart())
        last.setPosition(max(cursor.selectionEnd() - 1, cursor.selectionStart()))
        return self.cursorRect(first).top(), self.cursorRect(last).bottom()

    def follow_palette(self) -> None:
        self._draw_marks()

    def _cursor(self, units: Places, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(units.unit(start), last))
        cursor.setPosition(min(units.unit(end), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def select(self, start: int, end: int) -> None:
        """Select characters [start, end) and bring them into view."""
        cursor = self._cursor(Places(self._shown), max(start, 0), max(start, end))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def selection_rect(self) -> QRect | None:
        """Where on the screen what is selected stands, as far as it can be seen."""
        cursor = self.textCursor()
        if not cursor.hasSelection() or not self.isVisible():
            return None
        ends = []
        for place in (cursor.selectionStart(), cursor.selectionEnd()):
            end = QTextCursor(self.document())
            end.setPosition(place)
            ends.append(self.cursorRect(end))
        box = ends[0].united(ends[1])
        if ends[0].top() != ends[1].top():  # over the end of a line: all of both
            box.setLeft(0)
            box.setRight(self.viewport().width())
        box = box.intersected(self.viewport().rect())
        return QRect(self.viewport().mapToGlobal(box.topLeft()), box.size())

    def show_near(self, place: int) -> None:
        """Bring a character into view; the cursor stays."""
        cursor = self._cursor(Places(self._shown), place, place)
        at = self.cursorRect(cursor)
        bar = self.verticalScrollBar()
        if at.top() < 0 or at.bottom() > self.viewport().height():
            bar.setValue(bar.value() + at.top() - self.viewport().height() // 3)

    @property
    def place(self) -> int:
        """The character index of the cursor."""
        return Places(self._shown).character(self.textCursor().selectionStart())

    # -- keys ----------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and widgets.is_undo_or_redo(event):
            event.ignore()
            return False
        if event.type() == QEvent.Type.ShortcutOverride and is_menu_key(event):
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = Places(self._shown).character(self.cursorForPosition(event.pos()).position())
            words = [mark.words for mark in self._marks if mark.words and mark.start <= place <= mark.end]
            self.setToolTip("\n".join(dict.fromkeys(words)))
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if widgets.is_undo_or_redo(event):
            event.ignore()
            return
        if is_menu_key(event):
            self.show_choices()
            return
        if widgets.is_alt_letter(event):  # no key writes what was not typed
            event.ignore()
            return
        if event.matches(
            QKeySequence.StandardKey.InsertLineSeparator
        ):  # Shift+Enter: a paragraph like any other
            self.textCursor().insertBlock()
            return
        if not self._by_word(event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel are the window's, also over a text that can only be read, which Qt would enlarge alone."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().wheelEvent(event)

    # -- words ---------------------------------------------------------------------------------------------------------

    def _by_word(self, event: QKeyEvent) -> bool:
        """Ctrl with an arrow, Backspace or Delete: words as they are written in Chinese."""
        found = next((one for one in _BY_WORD if event.matches(one[0])), None)
        if found is None:
            return False
        _key, is_forward, keeps_anchor, deletes = found
        if deletes and self.isReadOnly():
            return False
        cursor = self.textCursor()
        if not (deletes and cursor.hasSelection()):
            modes = QTextCursor.MoveMode
            place = self._word_on(cursor, is_forward)
            cursor.setPosition(place, modes.KeepAnchor if keeps_anchor else modes.MoveAnchor)
        if deletes:
            cursor.removeSelectedText()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def _word_on(self, cursor: QTextCursor, is_forward: bool) -> int:
        """Where the next word ends or the one before begins; over the edge of a paragraph one step into its neighbour."""
        block = cursor.block()
        units = Places(block.text())
        place = units.character(cursor.positionInBlock())
        if is_forward:
            if place < len(block.text()):
                return block.position() + units.unit(next_word(block.text(), place))
            return min(cursor.position() + 1, self.document().characterCount() - 1)
        if place:
            return block.position() + units.unit(previous_word(block.text(), place))
        return max(cursor.position() - 1, 0)

    def _word_under(self, point: QPoint) -> tuple[int, int]:
        """The word whose character lies under the pointer, in places of the document."""
        cursor = self.cursorForPosition(point)
        block = cursor.block()
        units = Places(block.text())
        place = units.character(cursor.positionInBlock())
        if place and point.x() < self.cursorRect(cursor).left():
            place -= 1  # the right half of a character; the cursor is put behind it
        start, end = word_around(block.text(), place)
        return block.position() + units.unit(start), block.position() + units.unit(end)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A word, not all the paragraph; a third click still takes that."""
        super().mouseDoubleClickEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._word = self._word_under(event.position().toPoint())
            self._take_words(*self._word)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._word is None:
            super().mouseMoveEvent(event)
            return
        (start, end), (first, last) = self._word, self._word_under(event.position().toPoint())
        if first < start:
            self._take_words(max(end, last), first)
        else:
            self._take_words(start, max(end, last))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._word = None
        super().mouseReleaseEvent(event)

    def _take_words(self, anchor: int, place: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(place, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def show_choices(self) -> None:
        """Ctrl+.: what can be done at the cursor, without the mouse."""
        menu = QMenu(self)
        self.choices_wanted.emit(menu, self.place)
        if not menu.isEmpty():
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        if self.isReadOnly():
            menu.popup(event.globalPos())
            return
        own = widgets.without_undo(menu)
        more = QMenu(self)
        place = Places(self._shown).character(self.cursorForPosition(event.pos()).position())
        self.choices_wanted.emit(more, place)
        if not more.isEmpty():
            first = own.actions()[0]
            own.insertActions(first, more.actions())
            own.insertSeparator(first)
            more.setParent(
                own, more.windowFlags()
            )  # without them it is drawn inside the other, over its words
        own.popup(event.globalPos())

    def insertFromMimeData(self, source: QMimeData) -> None:
        given = picture_in(source)
        if given is not None:
            self.picture_given.emit(given)
        elif source.hasText():
            self.textCursor().insertText(plain(source.text()).strip("\n"))
            self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text or a picture; any other file is the window's to open, its name is no text."""
        return picture_in(source) is not None or (source.hasText() and not source.hasUrls())
