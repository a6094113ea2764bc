"""The one window: at the left the list of sections, in the middle the page, at the right what is said about it."""

from operator import is_
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from app import paths
from app.session.document import PIECE, SLICE, ReportFrozen
from ui.files.file_actions import FileActions
from ui.kit import theme, widgets
from ui.kit.typed_fields import today
from ui.narrative.find_window import Finder
from ui.pages.page import Page
from ui.pages.start import StartPage
from ui.panel.side_panel import SidePanel
from ui.state.controller import Controller
from ui.state.first_change import last_steps
from ui.state.section_states import START, progress, states
from ui.window import crash, type_size
from ui.window.actions import MOST_STEPS, Actions
from ui.window.commands import Parts, commands
from ui.window.endings import Endings
from ui.window.frozen import FrozenBanner
from ui.window.last_places import LastPlaces
from ui.window.last_words import LastWords
from ui.window.navigation import PROGRAM, Navigation
from ui.window.progress_view import ProgressView, days_left
from ui.window.renewed import RenewedBanner
from ui.window.tool_bar import tool_bar

_STATES_AFTER, _SOON = 250, 5  # ms without a key, and between two pieces of the check
_SMALL_SCREEN = 1440  # logical pixels of a screen that the first window fills


class MainWindow(QMainWindow):
    """Every state in it is set by `refresh` from the document; which page is shown is told by `navigation`."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self.controller = controller
        self.files = FileActions(controller, self)
        self.endings: Endings | None = None  # of the program; a window of a test has none
        self.setMinimumSize(860, 440)
        self.setWindowTitle(PROGRAM)
        self.setAcceptDrops(True)
        self.finder = Finder(
            controller,
            self,
            lambda: self.page.selected_text(),
            lambda: self.page.selection_rect(),
            lambda: self.page.caret(),
        )
        self.start = self._make_start()
        self.navigation = Navigation(controller, self, self.start)
        self.sections, self.stack = self.navigation.sections, self.navigation.stack
        self.go_to = self.navigation.go_to
        middle = self._middle()
        self.panel = SidePanel(controller, middle, self._row)
        self.actions_ = Actions(self, commands(self._parts()))
        self.actions_.restore(controller.preference)
        self._states_later = QTimer(self)  # not at every key
        self._states_later.setSingleShot(True)
        self._states_later.setInterval(_STATES_AFTER)
        self._states_later.timeout.connect(self._show_states)
        self._wheel = type_size.Wheel(
            self, lambda grows: self.actions_["larger" if grows else "smaller"].trigger()
        )
        self.last_words = LastWords(controller, self)
        self.last_words.changed.connect(self._say)
        self.setMenuWidget(self._top())
        self.setCentralWidget(middle)
        self.navigation.shown.connect(self._on_shown)
        self.navigation.shown.connect(
            lambda _page: self._show_states()
        )  # 下一步 asks for what its page lacks
        self.navigation.coming.connect(self.panel.make_room)
        self.navigation.shown.connect(self.panel.follow)
        self.navigation.finding_shown.connect(self.panel.show_finding)
        self.panel.command.connect(lambda key: self.actions_[key].trigger())
        self.last_places = LastPlaces(controller)
        controller.leaving.connect(self._keep_place)
        controller.changed.connect(self.refresh)
        controller.document_replaced.connect(self._on_document_replaced)
        controller.cell_wanted.connect(self.navigation.show_cell)
        controller.filling_wanted.connect(self.navigation.show_filling)
        controller.place_wanted.connect(self.navigation.show_place)
        controller.message.connect(self.message)
        controller.unread_wanted.connect(self.navigation.show_unread)
        controller.entries_changed.connect(self._show_modified)
        controller.autosaved.connect(self._on_autosaved)
        controller.autosave_refused.connect(self._on_autosave_refused)
        self.navigation.command.connect(lambda key: self.actions_[key].trigger())
        self.navigation.shown.connect(lambda _page: self.frozen.refresh())
        self._restore()
        self._on_document_replaced()

    def _parts(self) -> Parts:
        return Parts(
            self,
            self.controller,
            self.files,
            self.navigation,
            self.finder,
            self.panel,
            self._switch,
            self.set_type_size,
        )

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _middle(self) -> QWidget:
        """List, page, and in the same row the panel."""
        middle = widgets.on_paper(QWidget())
        row = self._row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._edge = widgets.line()
        self._edge.setFixedSize(1, 16777215)
        self._edge.setMinimumHeight(0)
        row.addWidget(self._side())
        row.addWidget(self._edge)
        self.frozen = FrozenBanner(self.controller, self)
        self.frozen.revised.connect(lambda: self.page.first_focus().setFocus())
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(RenewedBanner())
        right.addWidget(self.frozen)
        right.addWidget(self.stack, 1)
        row.addLayout(right, 1)
        return middle

    def _side(self) -> QWidget:
        """The list of sections, and under it how far the whole report is."""
        self.side = QWidget()
        widgets.on_desk(self.side)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sections, 1)
        self.progress = ProgressView(self.sections.width())
        self.side.setFixedWidth(self.sections.width())
        column.addWidget(self.progress)
        return self.side

    def _top(self) -> QWidget:
        """Menus at the left, the few buttons of every day at the right."""
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(theme.STEP // 2, 0, theme.STEP, 0)
        row.setSpacing(theme.STEP // 2)
        bar = QMenuBar()
        bar.setNativeMenuBar(False)
        bar.setStyleSheet(theme.MENU_BAR)
        self.actions_.fill(bar)
        self.actions_.fill_recent(
            lambda: [Path(one) for one in self.controller.settings.recent], self.files.open_path
        )
        self.actions_.fill_history(
            lambda: last_steps(self.controller.document, MOST_STEPS) if self.controller.has_document else (),
            self.controller.undo,
        )
        row.addWidget(bar, 0, Qt.AlignmentFlag.AlignVCenter)
        self.title_label = widgets.Elided("", theme.POINT_SIZE, theme.INK)
        self.title_label.setVisible(not theme.is_compact())  # the frame of the window has it too
        self.saved_label = widgets.Elided()
        row.addStretch(1)
        row.addWidget(self.title_label, 6)
        row.addWidget(self.saved_label, 5)
        self.tools = tool_bar(self.actions_)
        row.addWidget(self.tools)
        return top

    def _make_start(self) -> StartPage:
        page = StartPage(self.controller)
        page.from_last_year.connect(self.files.from_last_year)
        page.blank.connect(self.files.blank)
        page.open_other.connect(self.files.open)
        page.example_wanted.connect(self.files.show_example)
        page.close_wanted.connect(self.files.close_report)
        page.file_wanted.connect(self.files.open_path)
        page.recovery_wanted.connect(self._recover)
        page.discard_wanted.connect(self._discard)
        page.continue_wanted.connect(lambda: self.navigation.go_on())
        return page

    def _keep_place(self) -> None:
        self.last_places.keep(self.page)

    def _go_back(self, is_recovered: bool = False) -> None:
        """To where the report was left, else to the first page that wants something."""
        key, place = self.last_places.known(is_recovered)
        if key in self.navigation.keys:
            self.go_to(key)
            self.page.return_to(place)
        else:
            self.navigation.go_on()

    def _recover(self, item: object) -> None:
        before = self.controller.document if self.controller.has_document else None
        self.files.recover(item)
        if self.controller.has_document and self.controller.document is not before:
            self._go_back(is_recovered=True)

    def _discard(self, item: object) -> None:
        self.files.discard(item)
        self.start.look_around()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.navigation.page

    # -- showing -------------------------------------------------------------------------------------------------------

    def _on_document_replaced(self) -> None:
        """Another report: its own list, and pages built anew."""
        has_report = self.controller.has_document
        self.panel.leave()
        self.navigation.show_report()
        pages = [(place.key, place.title) for place in self.navigation.places]
        self.actions_.fill_pages(pages, self.go_to)
        self.side.setVisible(has_report)
        self._edge.setVisible(has_report)
        self.tools.setVisible(has_report)
        self.saved_label.setText("")
        self._autosaved = ""
        self._is_refused = False
        self._told: tuple[object, ...] = ()  # of what the list of parts tells, and what was asked then
        self._asked: tuple[object, ...] = ()
        self.refresh()
        if has_report:
            self._go_back()
            if not self._is_refused:  # that it could not be kept is what matters then
                self.message(f"已打开：{self.controller.title}")
        else:
            self.go_to(START)

    def refresh(self) -> None:
        """Set every state from the document."""
        has_report = self.controller.has_document
        document = self.controller.document if has_report else None
        self.actions_.refresh(
            has_report,
            document.undo_name if document else "",
            document.redo_name if document else "",
            self.controller.is_modified,
        )
        if document is None:
            self.setWindowTitle(PROGRAM)
            self.title_label.setText("")
            self.setWindowModified(False)
            self.start.refresh()
            return
        self.setWindowTitle(f"{self.controller.title}[*] — {PROGRAM}")
        self.title_label.setText(self.controller.title)
        self.last_words.follow(self.page.key)  # 已保存 beside 有改动未保存 would be no truth
        self._show_modified()
        self.navigation.refresh(self.page)
        if not self.controller.is_typing:
            self._show_states()
        else:
            self._states_later.start(
                _STATES_AFTER
            )  # keys that follow each other are not held up by the check

    def _show_states(self) -> None:
        if not self.controller.has_document:
            return
        if not self.controller.document.look(SLICE if self.controller.is_typing else PIECE):
            self._states_later.start(_SOON)  # keys come first
        else:
            document, day = self.controller.document, today()
            made_of = document.report, document.findings, document.check_settings
            asked = frozenset(self.controller.asked), day
            if asked == self._asked and all(map(is_, made_of, self._told)):
                return  # another page of the same report
            self._told, self._asked = made_of, asked
            self.sections.show_states(states(document, self.controller.asked))
            deadline = document.check_settings.deadline(document.report.year)
            self.progress.show_standing(progress(document), days_left(deadline, day))

    def _show_modified(self) -> None:
        """What depends on whether anything is not saved."""
        is_modified = self.controller.is_modified
        self.actions_["save"].setEnabled(is_modified)
        self.setWindowModified(is_modified)
        if self.controller.has_document:
            self._show_saved()

    def _show_saved(self) -> None:
        if not self.controller.is_modified:
            self._autosaved = ""
            self._is_refused = False
            self.saved_label.setText("已保存")
        else:
            kept = f"　已自动保存 {self._autosaved}" if self._autosaved else ""
            kept = "　自动保存没有成功，正在重试" if self._is_refused else kept
            self.saved_label.setText(f"有改动未保存{kept}")

    def _on_autosaved(self, when: str) -> None:
        self._autosaved = when[:5]
        self._is_refused = False
        self.last_words.forget_refused()
        self._keep_place()
        self._show_saved()

    def _on_autosave_refused(self, why: str) -> None:
        """Said once; the sign at the right stays until it works."""
        if not self._is_refused:
            self.last_words.say_refused(why, self.page.key)
        self._is_refused = True
        self._show_saved()

    @property
    def said(self) -> str:
        """What was last done, as long as that is the matter."""
        return self.last_words.text

    def message(self, words: str) -> None:
        """What was last done, at the foot of the page that is shown; for a while."""
        self.last_words.say(words, self.page.key)

    def say_cut_off(self) -> None:
        """The last time the program was cut off: said until something else is, with where to look."""
        crash.log.info("the program before this one did not end by itself")
        words = f"上次程序没有正常结束（断电、被强行关闭或出错），运行记录在“{paths.log_file()}”"
        self.last_words.say(words, self.page.key, lasts=True)

    def _on_shown(self, page: Page) -> None:
        self.last_words.follow(page.key)
        self._say()

    def _say(self) -> None:
        self.page.say(self.said)

    def _switch(self, key: str) -> None:
        """A command that is on or off; the page is drawn anew."""
        self.controller.set_preference(key, self.actions_[key].isChecked())
        self.refresh()

    # -- the window itself ---------------------------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Open the file named on the command line; work left by a crash is shown first."""
        self.files.open_path(path)
        if self.controller.has_document and self.controller.recoverable():
            self.go_to(START)
            self.message("上次没有正常关闭，请先看看没有保存的内容")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A report dropped anywhere is opened, several are put in order; the other program is not kept waiting meanwhile."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if len(paths) == 1:
            QTimer.singleShot(0, self, lambda: self.files.open_path(paths[0]))
        elif paths:
            QTimer.singleShot(0, self, lambda: self.files.open_several(paths))

    def _restore(self) -> None:
        self.resize(self._first_size())
        if geometry := self.controller.geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))

    def show_at_start(self) -> None:
        """A small screen is filled by the first window; later ones are as they were left."""
        screen = self.screen().availableGeometry() if self.screen() else None
        if not self.controller.geometry and screen is not None and screen.width() <= _SMALL_SCREEN:
            self.showMaximized()
        else:
            self.show()

    def _first_size(self) -> QSize:
        screen = self.screen().availableGeometry() if self.screen() else None
        if screen is None:
            return QSize(1200, 720)
        return QSize(min(screen.width(), 1280), min(screen.height() - 32, 800))

    def set_type_size(self, percent: int) -> None:
        """Another size of the type: a window made anew, with the same report at the same place.

        Not while something typed cannot be read: that stays before the clerk's eyes.
        """
        old = self.controller
        old.take_over()
        if old.unread():
            old.message.emit("有一格还看不懂，改好以后再打开软件，字号就会变")
            return
        key, place = (self.page.key, self.page.whereabouts()) if old.has_document else (START, "")
        document = old.hand_over()
        type_size.use(percent)
        controller = Controller()
        made = MainWindow(controller)
        type_size.show_in_place(made, self)
        crash.keep_by(controller.keep_work)
        if document is not None:
            controller.open(document)
            made.go_to(key)
            made.page.return_to(place)
        type_size.put_away(self, old)
        made.activateWindow()
        controller.message.emit("设置已保存")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel: larger or smaller type; what scrolls lets it through (`calm`)."""
        if not self._wheel.takes(event):
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else wanted: what lies over the page goes. What is typed into a report that is 定稿 is answered."""
        if widgets.is_typed(event) and self.controller.is_frozen:
            self.message(str(ReportFrozen()))
        elif event.key() != Qt.Key.Key_Escape or not self.panel.escape():
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            QTimer.singleShot(0, self.controller.autosave)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.endings is not None and self.endings.is_under_way:
            self.endings.keep_now()  # what was typed since; it is offered at the next start
            event.accept()
            return
        if not self.files.may_leave():
            event.ignore()
            return
        self._keep_place()
        self.controller.set_geometry(bytes(self.saveGeometry().toBase64().data()).decode())
        self.controller.document_replaced.disconnect(self._on_document_replaced)
        self.controller.changed.disconnect(self.refresh)
        self.controller.entries_changed.disconnect(self._show_modified)
        self.controller.close()
        self.controller.previews.close()
        event.accept()
