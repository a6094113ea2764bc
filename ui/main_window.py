"""The one window: at the left the list of sections, at the right the page, below what was last done."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenuBar,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from app.checks.finding import Finding
from app.form.model import CellRef
from app.register import TABLE
from ui import dialogs, help_texts, theme, widgets
from ui.actions import TOOLBAR, Actions
from ui.controller import Controller
from ui.desk import Desk
from ui.entries import Unread
from ui.find_window import Opener
from ui.pages.building import build
from ui.pages.page import Page
from ui.pages.start import StartPage
from ui.section_list import SectionList
from ui.section_states import EXPORT, REVIEW, START, Place, places, states, waiting_sections

PROGRAM = "年报助手"


class MainWindow(QMainWindow):
    """Builds a page on its first visit; every state in it is set by `refresh` from the document."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self.controller = controller
        self.desk = Desk(controller, self)
        self.setMinimumSize(860, 440)
        self.setWindowTitle(PROGRAM)
        self.find = Opener(controller, self)
        self.actions_ = Actions(self, self._calls())
        self.sections = SectionList()
        self.sections.chosen.connect(self._on_chosen)
        self.stack = QStackedWidget()
        self._pages: dict[str, Page] = {}
        self._places: list[Place] = []
        self._states_later = QTimer(self)  # not at every key
        self._states_later.setSingleShot(True)
        self._states_later.setInterval(150)
        self._states_later.timeout.connect(self._show_states)
        self.start = self._add_start()
        self._build()
        controller.changed.connect(self.refresh)
        controller.document_replaced.connect(self._on_document_replaced)
        controller.cell_wanted.connect(self.show_cell)
        controller.place_wanted.connect(self.show_place)
        controller.message.connect(self.message)
        controller.unread_wanted.connect(self.show_unread)
        controller.entries_changed.connect(self._show_modified)
        controller.autosaved.connect(self._on_autosaved)
        self._restore()
        self._on_document_replaced()

    def _calls(self) -> dict[str, object]:
        desk, controller = self.desk, self.controller
        return {
            "from_last_year": desk.from_last_year,
            "blank": desk.blank,
            "open": desk.open,
            "save": desk.save,
            "save_as": desk.save_as,
            "export": lambda: self.go_to(EXPORT),
            "print": self.print_report,
            "close_report": desk.close_report,
            "quit": self.close,
            "undo": controller.undo,
            "redo": controller.redo,
            "find": self.find.open,
            "replace": lambda: self.find.open(with_replacing=True),
            "previous": lambda: self._step(-1),
            "next": lambda: self._step(1),
            "check": lambda: self.go_to(REVIEW),
            "next_finding": lambda: self._step_finding(1),
            "previous_finding": lambda: self._step_finding(-1),
            "next_pending": self.next_pending,
            "register": self.show_register,
            "prior": desk.choose_prior,
            "note": self.show_note,
            "keys": lambda: dialogs.tell(self, "键盘操作", help_texts.KEYS),
            "about": lambda: dialogs.tell(self, PROGRAM, help_texts.ABOUT),
        }

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMenuWidget(self._top())
        middle = widgets.on_paper(QWidget())
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._edge = widgets.line()
        self._edge.setFixedSize(1, 16777215)
        self._edge.setMinimumHeight(0)
        row.addWidget(self.sections)
        row.addWidget(self._edge)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self.message_label = widgets.Elided()
        self.saved_label = QLabel()
        self.saved_label.setFont(theme.font(theme.SMALL))
        widgets.set_colour(self.saved_label, theme.FAINT)
        for label in (self.message_label, self.saved_label):
            label.setContentsMargins(theme.STEP, 0, theme.STEP, 0)
        bar.setVisible(not theme.is_compact())  # there the foot of the page says it
        bar.addWidget(self.message_label, 1)
        bar.addPermanentWidget(self.saved_label)
        bar.setStyleSheet("QStatusBar::item { border: none; }")

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
        row.addWidget(bar, 1, Qt.AlignmentFlag.AlignVCenter)
        self.tools = QWidget()
        tools = QHBoxLayout(self.tools)
        gap = 1 if theme.is_compact() else 4
        tools.setContentsMargins(0, gap, 0, gap)
        tools.setSpacing(2)
        for key in TOOLBAR:
            button = QToolButton()
            button.setDefaultAction(self.actions_[key])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setMaximumWidth(180)
            button.setStyleSheet(theme.TOOL)
            tools.addWidget(button)
        row.addWidget(self.tools)
        return top

    def _add_start(self) -> StartPage:
        page = StartPage(self.controller)
        page.from_last_year.connect(self.desk.from_last_year)
        page.blank.connect(self.desk.blank)
        page.open_other.connect(self.desk.open)
        page.file_wanted.connect(self.desk.open_path)
        page.recovery_wanted.connect(self.desk.recover)
        page.discard_wanted.connect(self._discard)
        page.continue_wanted.connect(self._continue)
        self.stack.addWidget(page)
        self._pages[START] = page
        return page

    def _discard(self, item: object) -> None:
        self.desk.discard(item)
        self.start.look_around()

    # -- pages ---------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown."""
        found: Page = self.stack.currentWidget()
        return found

    @property
    def page_keys(self) -> list[str]:
        return [place.key for place in self._places]

    def page_for(self, key: str) -> Page:
        """The page of a key, built if it was not yet visited."""
        if key not in self._pages:
            place = next(one for one in self._places if one.key == key)
            page = build(self.controller, place)
            page.go.connect(self.go_to)
            index = self.page_keys.index(key)
            before, after = (self._neighbour(index + step) for step in (-1, 1))
            page.set_neighbours(before, after)
            self.stack.addWidget(page)
            self._pages[key] = page
        return self._pages[key]

    def _neighbour(self, index: int) -> tuple[str, str] | None:
        if not 0 < index < len(self._places):
            return None
        return self._places[index].key, self._places[index].title

    def go_to(self, key: str, takes_focus: bool = True) -> None:
        """Show a page; the keyboard goes where one begins on it."""
        if not self.controller.has_document:
            key = START
        page = self.page_for(key)
        if page is not self.page:
            self.controller.take_over()
            self.controller.autosave()
        if self.controller.has_document or key == START:
            page.refresh()
        self.stack.setCurrentWidget(page)
        self.sections.choose(key)
        self._say()
        first = page.first_focus()
        widgets.chain(self.sections, page.tab_order())  # pages built later stand at the end of Qt's own chain
        if takes_focus:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, key: str) -> None:
        self.go_to(key, takes_focus=False)

    def _continue(self) -> None:
        """On to the first page that wants something."""
        found = states(self.controller.document)
        keys = [
            key
            for key in self.page_keys
            if key in found and found[key].stage.value in ("空", "待更新", "问题")
        ]
        self.go_to(keys[0] if keys else EXPORT)

    def _step(self, by: int) -> None:
        index = self.page_keys.index(self.page.key) + by
        if 0 <= index < len(self._places):
            self.go_to(self._places[index].key)

    # -- places --------------------------------------------------------------------------------------------------------

    def show_cell(self, ref: CellRef) -> None:
        key = self.controller.document.form.section_of(ref).key
        self.go_to(key, takes_focus=False)
        self.page.show_cell(ref)
        self.page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, section: str, start: int, end: int) -> None:
        self.go_to(section)
        self.page.show_place(start, end)

    def show_unread(self, one: Unread) -> None:
        """Where a text stands that could not be read."""
        self.go_to(one.page, takes_focus=False)
        one.show()
        self.message(f"{one.words}，请改正或清除")

    def _step_finding(self, by: int) -> None:
        """F8: the next finding after the one last shown, round and round."""
        findings = self.controller.document.findings
        if not findings:
            self.message("没有发现问题")
            return
        if self._last_finding in findings:
            index = (findings.index(self._last_finding) + by) % len(findings)
        else:
            index = 0 if by > 0 else len(findings) - 1
        self._last_finding = findings[index]
        self.controller.show_finding(findings[index])
        self.message(f"第{index + 1}处，共{len(findings)}处：{findings[index].message}")

    def next_pending(self) -> None:
        """F6: what waits on this page, else on the next page that has something."""
        with_marks = waiting_sections(self.controller.document.report)
        if not with_marks:
            self.message("没有待更新、待填的地方")
            return
        if self.page.key not in with_marks:
            keys = self.page_keys
            at = keys.index(self.page.key)
            self.go_to(next(key for key in keys[at:] + keys[:at] if key in with_marks))
        editor = self.page.editor
        if not editor.isVisible():
            self.page.show_place(0, 0)
        editor.next_pending()

    def print_report(self) -> None:
        from ui.print_dialog import print_report

        print_report(self.controller, self)

    def show_register(self) -> None:
        """F7: 申请登记 over the page of 表三, or back from it."""
        if self.page.key != TABLE:
            self.go_to(TABLE)
        self.page.show_register()

    def show_note(self) -> None:
        """F1: what belongs on this page."""
        if hasattr(self.page, "show_note"):
            self.page.show_note()
            return
        if hasattr(self.page, "panel") and hasattr(self.page.panel, "show_note"):
            self.page.panel.show_note()
            return
        section = next(
            (one for one in self.controller.document.form.sections if one.key == self.page.key), None
        )
        dialogs.tell(self, self.page.title.text(), help_texts.for_page(self.page.key, section))

    # -- showing -------------------------------------------------------------------------------------------------------

    def _on_document_replaced(self) -> None:
        """Another report: its own list, and pages built anew."""
        has_report = self.controller.has_document
        self.stack.setCurrentWidget(self.start)
        for key in [key for key in self._pages if key != START]:
            page = self._pages.pop(key)
            self.stack.removeWidget(page)
            page.deleteLater()
        self._places = places(self.controller.document.form) if has_report else []
        self.sections.show_places(self._places)
        self.actions_.fill_pages([(place.key, place.title) for place in self._places], self.go_to)
        self.sections.setVisible(has_report)
        self._edge.setVisible(has_report)
        self.tools.setVisible(has_report)
        self.saved_label.setText("")
        self._autosaved = ""
        self._last_finding: Finding | None = None
        self.refresh()
        if has_report:
            self.message(f"已打开：{self.controller.title}")
            self._continue()
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
            self.setWindowModified(False)
            self.start.refresh()
            return
        self.setWindowTitle(f"{self.controller.title}[*] — {PROGRAM}")
        self._show_modified()
        self.page.refresh()
        if not self.controller.is_typing:
            self._show_states()
        elif not self._states_later.isActive():
            self._states_later.start()

    def _show_states(self) -> None:
        if self.controller.has_document:
            self.sections.show_states(states(self.controller.document))

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
            self.saved_label.setText("已保存")
        else:
            kept = f"　已自动保存 {self._autosaved}" if self._autosaved else ""
            self.saved_label.setText(f"有改动未保存{kept}")
        self._say()

    def _on_autosaved(self, when: str) -> None:
        self._autosaved = when
        self._show_saved()

    def message(self, words: str) -> None:
        self.message_label.setText(words)
        self._say()

    def _say(self) -> None:
        if theme.is_compact():
            self.page.say(f"{self.message_label.text()}\n{self.saved_label.text()}".strip())

    # -- the window itself ---------------------------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Open the file named on the command line; work left by a crash is shown first."""
        self.desk.open_path(path)
        if self.controller.has_document and self.controller.recoverable():
            self.go_to(START)
            self.message("上次没有正常关闭，请先看看没有保存的内容")

    def _restore(self) -> None:
        self.resize(self._first_size())
        if geometry := self.controller.geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))

    def _first_size(self) -> QSize:
        screen = self.screen().availableGeometry() if self.screen() else None
        if screen is None:
            return QSize(1200, 720)
        return QSize(min(screen.width(), 1280), min(screen.height() - 32, 800))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            QTimer.singleShot(0, self.controller.autosave)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.desk.may_leave():
            event.ignore()
            return
        self.controller.set_geometry(bytes(self.saveGeometry().toBase64().data()).decode())
        self.controller.document_replaced.disconnect(self._on_document_replaced)
        self.controller.changed.disconnect(self.refresh)
        self.controller.entries_changed.disconnect(self._show_modified)
        self.controller.close()
        event.accept()
