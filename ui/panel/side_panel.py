"""The frame of the panel: which tab is seen, open or folded, how wide, and that only what is seen does any work."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.checks.finding import Finding
from app.session.document import PIECE
from ui.findings.finding_actions import FindingActions
from ui.kit import theme, widgets
from ui.pages.page import Page
from ui.panel import placing
from ui.panel.checks import ChecksTab
from ui.panel.grip import Grip
from ui.panel.kept import Kept
from ui.panel.last_year import LastYearTab
from ui.panel.line import FoldedLine
from ui.panel.note import NoteTab
from ui.panel.preview import PreviewTab
from ui.panel.tab import Tab
from ui.panel.tab_bar import TabBar
from ui.state.controller import Controller

_AFTER = 60  # ms after the cursor moved or the report changed: typing never waits for it
_MOST = 720  # logical pixels that it can be drawn to


class SidePanel(QWidget):
    """Stands in `middle`, the last in its row. `follow` says which page is shown; pages without `beside` stand alone."""

    command = Signal(str)  # one of the window's commands, by its key

    def __init__(self, controller: Controller, middle: QWidget, row: QHBoxLayout) -> None:
        super().__init__(middle)
        self._controller = controller
        self._middle, self._row = middle, row
        self.page: Page | None = None
        self._seen: Tab | None = None  # the tab that is seen now
        self._line_room: QBoxLayout | None = None
        self._chained: tuple[Page | None, Tab | None] = None, None
        self._is_whole = self._is_over_open = False
        self._before = ""  # the tab that was seen before a key opened another; "" when the panel was folded
        self.checks, self.note = ChecksTab(controller), NoteTab(controller)
        self.last, self.preview = LastYearTab(controller), PreviewTab(controller, self.enlarge)
        tabs: list[Tab] = [self.checks, self.note, self.last, self.preview]
        self.tabs: dict[str, Tab] = {one.key: one for one in tabs}
        self._kept = Kept(controller, self.tabs)
        for one in tabs:
            one.command.connect(self.command)
            one.work_wanted.connect(self.give_back)
        self.bar = TabBar(tabs)
        self.bar.chosen.connect(self.open)
        self.line = self._make_line(tabs)
        self._build(tabs)
        self._later = QTimer(self, interval=_AFTER, singleShot=True)
        self._later.timeout.connect(self._refresh)
        controller.changed.connect(self.refresh_soon)
        middle.installEventFilter(self)
        self.hide()

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _build(self, tabs: list[Tab]) -> None:
        widgets.on_desk(self)
        self.stack = QStackedWidget()
        for one in tabs:
            self.stack.addWidget(one)
        head = QHBoxLayout()
        head.setContentsMargins(theme.STEP, theme.STEP // 2, theme.STEP // 2, 0)
        head.setSpacing(0)
        head.addWidget(self.bar)
        head.addStretch(1)
        self.fold_button = widgets.link("收起", self.fold)
        self.fold_button.setToolTip("收起侧栏（Ctrl+\\）")
        self.fold_button.setAccessibleName("收起侧栏")
        head.addWidget(self.fold_button)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(widgets.line())
        column.addWidget(self.stack, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(grip := Grip(self.width))
        grip.drawn.connect(self.set_width)
        whole.addLayout(column, 1)

    def _make_line(self, tabs: list[Tab]) -> FoldedLine:
        made, actions = FoldedLine(tabs), FindingActions(self._controller, self)
        made.tabs.chosen.connect(self._on_chosen)
        for asked, act in ((made.repair_wanted, actions.repair), (made.explain_wanted, actions.explain)):
            asked.connect(act)
            asked.connect(lambda _finding: self.give_back())
        made.wanted.connect(self._go)
        made.looked_at.connect(lambda finding: self.page.look_at(finding) if self.page else None)
        made.hide()
        return made

    def _go(self, finding: Finding) -> None:
        if self.page is not None:
            self.page.show_finding(finding)

    # -- which page, which tab -----------------------------------------------------------------------------------------

    def make_room(self, page: Page) -> None:
        """This page comes next: it is laid out once, with what will stand beside it or at its foot."""
        has_any = bool(page.beside) and self._controller.has_document
        is_narrow = self._is_narrow_for(page)
        stands = has_any and self._kept.is_open and not is_narrow
        if has_any and not stands:
            self._put_line(page)
            self.line.show()
        if not self.is_over:
            if stands:
                self.setFixedWidth(self._wished_width(page))
            self.setVisible(stands)
            self._row.activate()
        page.cover(self._width_over(page) if has_any and is_narrow and self._is_over_open else 0)

    def follow(self, page: Page) -> None:
        """Another page is shown, or the same of another report."""
        if page is not self.page:
            self._is_whole = False
            self._part()
            if page.beside and self._controller.has_document:
                self.page = page
                page.moved.connect(self.refresh_soon)
                if not (self.is_open and self.key == self.last.key):
                    page.compare_with(None)  # a page that was left keeps last year's text beside it
        self._set_whole(False)
        self._show()
        self._row.activate()  # before the page is painted: with and without a panel it has another width

    def leave(self) -> None:
        """The pages are about to go: nothing of the panel stays in one."""
        self._part()
        self._put_line(None)

    def _part(self) -> None:
        """Another page is about to come."""
        if self.page is not None:
            self.page.moved.disconnect(self.refresh_soon)
            self._shut()
            self.page = None

    def _put_line(self, page: Page | None) -> None:
        """Over the foot of a page, or in it; None: nowhere."""
        room = page.room_of_line(self._is_narrow_for(page)) if page is not None else None
        if room is not self._line_room:
            if self._line_room is not None:
                self._line_room.removeWidget(self.line)
            self._line_room = room
            if room is None:
                self.line.hide()
                self.line.setParent(self)
            else:
                room.addWidget(self.line)

    @property
    def key(self) -> str:
        """The tab that is wanted."""
        return self._kept.tab_beside(self.page.beside if self.page is not None else "")

    @property
    def is_narrow(self) -> bool:
        return self._is_narrow_for(self.page)

    def _is_narrow_for(self, page: Page | None) -> bool:
        return placing.is_narrow(self._middle.width(), theme.SCALE, page.beside if page is not None else "")

    @property
    def is_open(self) -> bool:
        """Whether a tab is wanted to be seen: over a page only when it was asked for."""
        return self._is_over_open if self.is_narrow else self._kept.is_open

    @property
    def is_over(self) -> bool:
        """Whether it covers a part of the page."""
        return self.isVisible() and (self.is_narrow or self._is_whole)

    def open(self, key: str) -> None:
        """Show a tab; remembered."""
        self._before = ""
        if self.page is None:
            return
        if key != self.key:
            self._kept.choose(key, self.page.beside)
        self._set_open(True)
        self._show_chosen()

    def _set_open(self, is_open: bool) -> None:
        if is_open and self.is_narrow:
            self._controller.take_over()  # Esc puts away what lies over the page, not the number that was typed
        self._is_over_open = is_open
        if not self.is_narrow:
            self._kept.set_open(is_open)
        self._set_whole(self._is_whole and is_open)
        self._show()

    def fold(self) -> None:
        """The page alone, and its line; the keyboard goes back to it."""
        had_focus = self.has_focus
        self._set_open(False)
        if had_focus:
            self.give_back()

    def toggle(self) -> None:
        """Ctrl+\\."""
        if self.page is None:
            self._controller.message.emit("填写各部分时，侧栏显示在旁边")
        elif self.is_open:
            self.fold()
        else:
            self._set_open(True)

    def _on_chosen(self, key: str) -> None:
        """A tab of the line was pressed; once more on the one that is seen folds the panel, which has 收起 for that itself."""
        if self.is_open and key == self.key:
            self.fold()
        else:
            self.open(key)
        self._show_chosen()

    # -- keys ----------------------------------------------------------------------------------------------------------

    def press(self, key: str) -> bool:
        """F1, F9: open the tab; once more: as it was before, folded or another tab. Whether there is a panel here."""
        if self.page is None:
            return False
        if not (self.is_open and self.key == key):
            before = self.key if self.is_open else ""
            self.open(key)
            self._before = before
        elif self._before:
            had_focus = self.has_focus
            self.open(self._before)
            if had_focus:
                self.give_back()
        else:
            self.fold()
        return True

    def take_focus(self) -> bool:
        """The keyboard goes to the tab that is seen, opened if it was folded. Whether there is one."""
        if self.page is None:
            return False
        self._set_open(True)
        self.tabs[self.key].first_focus().setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def show_finding(self, finding: Finding) -> None:
        """F8 went there: it is the current one among the findings, which are seen where they hide nothing."""
        if self.page is not None and not self.is_narrow:
            self.open(self.checks.key)
        self.checks.choose(finding)

    @property
    def has_focus(self) -> bool:
        at = QApplication.focusWidget()
        return at is not None and self.isAncestorOf(at)

    def give_back(self) -> None:
        """The keyboard belongs to the page."""
        if self.page is not None:
            self.page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> bool:
        """Esc: what is enlarged is small again, what lies over the page goes. Whether there was anything."""
        if self._is_whole:
            self.enlarge()
        elif self.is_over:
            self.fold()
        else:
            return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        return widgets.pass_by(super().focusNextPrevChild, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the page, and so does a letter or digit: what is typed belongs there."""
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
            self.give_back()
            return
        is_plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if self.page is not None and is_plain and event.text().strip().isprintable() and event.text().strip():
            self._set_whole(False)
            self._show()
            self.give_back()
            at = QApplication.focusWidget()
            if at is not None and not self.isAncestorOf(at):
                QApplication.sendEvent(at, event)
            return
        super().keyPressEvent(event)

    # -- showing -------------------------------------------------------------------------------------------------------

    def _shut(self) -> None:
        if self._seen is not None:
            self._seen.shut()
            self._seen = None

    def _show(self) -> None:
        """Set what is seen: the tab, or the line, or nothing."""
        page = self.page
        is_open = page is not None and self.is_open
        tab = self.tabs[self.key] if is_open else None
        if self._seen is not tab:
            self._shut()
        if page is None or tab is None:
            self.hide()
        else:
            self.stack.setCurrentWidget(tab)
        self._place()
        if page is not None and tab is not None:
            self.show()
            if tab is not self._seen:
                self._seen = tab
                tab.set_read_only(self._controller.is_frozen)
                tab.open(page)
        if page is not None:
            is_said = tab is None or self.is_narrow
            if is_said:  # to move it into a page costs as much as to show a small one
                self._put_line(page)
            self.line.strip.set_read_only(self._controller.is_frozen)
            self.line.setVisible(is_said)
        self._show_chosen()
        self.refresh_soon()

    def _show_chosen(self) -> None:
        key = self.key if self.page is not None and self.is_open else ""
        self.bar.show_chosen(key)
        self.line.tabs.show_chosen(key)

    def refresh_soon(self) -> None:
        """The report or the place of the cursor is another: what is seen follows when there is time."""
        if self.page is not None and not self._later.isActive():
            self._later.start()

    def _refresh(self) -> None:
        """Not while keys follow each other: what is found is looked for when they rest, in pieces. The pages follow meanwhile."""
        if self.page is None or not self._controller.has_document:
            return
        if self._controller.is_typing or not self._controller.document.look(PIECE):
            if self._seen is self.preview:
                self.preview.refresh()
            self._later.start()
            return
        found, here = self.page.told()
        document = self._controller.document
        for bar in (self.bar, self.line.tabs):
            bar.buttons[self.checks.key].set_number(len(found))
        if not self.line.isHidden():
            self.line.say(document.form, found, here, document.report.pending)
            self.line.strip.set_read_only(self._controller.is_frozen)
        if self._seen is not None:
            self._seen.set_read_only(self._controller.is_frozen)
            self._seen.refresh()
        self._chain(self.page)

    def _chain(self, page: Page) -> None:
        """Tab leads from the foot of the page into what stands beside it."""
        if self._chained != (page, self._seen):
            self._chained = page, self._seen
            widgets.chain(page.next_button, widgets.tab_stops(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Over a page it has an edge all round."""
        super().paintEvent(event)
        if self.is_over:
            painter = QPainter(self)
            painter.setPen(theme.EDGE)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    # -- where it stands -----------------------------------------------------------------------------------------------

    def enlarge(self) -> None:
        """The preview over the whole page, or back; what is covered is not there for the keyboard either."""
        self._controller.take_over()
        self._set_whole(not self._is_whole)
        self._show()
        if self._is_whole:
            self.take_focus()
        else:
            self.give_back()

    def _set_whole(self, is_whole: bool) -> None:
        if is_whole != self._is_whole and self.page is not None:
            self._is_whole = is_whole
            self.page.setVisible(not is_whole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._middle and event.type() == QEvent.Type.Resize:
            self._show()
        return super().eventFilter(watched, event)

    def _wished_width(self, page: Page) -> int:
        tab = self.tabs[self._kept.tab_beside(page.beside)]
        drawn = self._kept.width(tab.key)  # by the clerk, who may want to see more of it than of the table
        kind = "" if drawn or self._is_narrow_for(page) else page.beside
        most = placing.left_beside(self._middle.width(), theme.SCALE, kind)
        return max(tab.least, min(drawn or round(tab.wished * theme.SCALE), _MOST, most))

    def _width_over(self, page: Page) -> int:
        """Where it lies over a part of it."""
        least = self.tabs[self._kept.tab_beside(page.beside)].least
        around = page.parentWidget() or page  # a page that comes has not its size yet
        return placing.width_over(self._wished_width(page), least, around.width())

    def set_width(self, width: int) -> None:
        """Drawn by its edge; remembered for this tab."""
        self._kept.set_width(self.key, max(self.tabs[self.key].least, min(width, _MOST)))
        self._place()

    def _place(self) -> None:
        page = self.page
        is_open = page is not None and self.is_open
        is_over = is_open and (self.is_narrow or self._is_whole)
        if self.preview is self._seen:
            self.preview.show_whole(self._is_whole)
        if page is None or not is_over:
            self._row.addWidget(self)
            self.setFixedWidth(self._wished_width(page) if page is not None else 0)
            if page is not None:
                page.cover(0)
            return
        self._row.removeWidget(self)
        self._lie_over(page)

    def _lie_over(self, page: Page) -> None:
        at = QRect(page.mapTo(self._middle, page.rect().topLeft()), page.size())
        self.setMinimumWidth(0)
        self.setMaximumWidth(16777215)
        if self._is_whole:
            page.cover(0)
            self.setGeometry(QRect(at.topLeft(), self._middle.rect().bottomRight()))
        else:
            width = self._width_over(page)
            page.cover(width)
            foot = page.foot_top() - self.line.height()
            self.setGeometry(
                placing.over(self._middle.rect(), at.top() + page.head_height(), at.top() + foot, width)
            )
        self.raise_()
