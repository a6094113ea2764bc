"""Which page is shown: pages are built on their first visit, and reached by list, key, step, finding or place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.checks.finding import Finding
from app.form.model import CellRef, Severity
from app.register.tally import TABLE
from ui.help import help_texts
from ui.kit import dialogs, widgets
from ui.pages.building import build
from ui.pages.page import Page
from ui.state.controller import Controller
from ui.state.first_change import Change
from ui.state.open_entries import Unread
from ui.state.section_states import (
    EXPORT,
    REVIEW,
    START,
    Place,
    first_waiting,
    page_of,
    places,
    step_words,
    waiting_sections,
)
from ui.window.section_list import SectionList

if TYPE_CHECKING:
    from ui.window.go_to_dialog import Target

PROGRAM = "年报助手"
_GRAVEST_FIRST = [Severity.ERROR, Severity.WARNING, Severity.INFO]


class Navigation(QObject):
    """The stack of pages and the list beside it. `shown` follows every change of the page, `coming` goes before it."""

    coming = Signal(object)  # Page: nothing of the stack is seen meanwhile
    shown = Signal(object)  # Page
    command = Signal(str)  # a page asks for one of the window's commands
    finding_shown = Signal(object)  # Finding: where F8 went

    def __init__(self, controller: Controller, window: QWidget, start: Page) -> None:
        super().__init__(window)
        self.controller = controller
        self._window = window
        self.start = start
        self.sections = SectionList()
        self.sections.chosen.connect(lambda key: self.go_to(key, takes_focus=False))
        self.sections.itemClicked.connect(  # with the mouse: what is typed next belongs to the page
            lambda _item: self.page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(start)
        self.places: list[Place] = []
        self._pages: dict[str, Page] = {START: start}
        self._last_finding: Finding | None = None
        self._shown_on = ""
        controller.change_wanted.connect(self.show_change)

    def show_report(self) -> None:
        """Another report, or none: its own list, and pages built anew."""
        self.stack.setCurrentWidget(self.start)
        for key in [key for key in self._pages if key != START]:
            page = self._pages.pop(key)
            self.stack.removeWidget(page)
            page.deleteLater()
        self.places = places(self.controller.document.form) if self.controller.has_document else []
        self.sections.show_places(self.places)
        self._last_finding = None

    # -- pages ---------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown."""
        found = self.stack.currentWidget()
        if not isinstance(found, Page):
            raise TypeError(found)
        return found

    @property
    def keys(self) -> list[str]:
        return [place.key for place in self.places]

    def page_for(self, key: str) -> Page:
        """The page of a key, built if it was not yet visited."""
        if key not in self._pages:
            index = self.keys.index(key)
            page = build(self.controller, self.places[index])
            page.go.connect(self.go_to)
            page.command.connect(self.command)
            page.set_step(step_words(self.controller.document.form, key))
            page.set_neighbours(self._neighbour(index - 1), self._neighbour(index + 1))
            self.stack.addWidget(page)
            self._pages[key] = page
        return self._pages[key]

    def refresh(self, page: Page) -> None:
        """Set a page from the document; after 定稿 nothing on it can be changed. The one place that tells a page so."""
        page.set_read_only(self.controller.is_frozen)
        page.refresh()

    def _neighbour(self, index: int) -> Place | None:
        return self.places[index] if 0 < index < len(self.places) else None

    def go_to(self, key: str, takes_focus: bool = True) -> None:
        """Show a page; the keyboard goes where one begins on it."""
        if not self.controller.has_document:
            key = START
        page = self.page_for(key)
        if page is not self.page:
            self.controller.take_over()
            self.controller.autosave()
        if key == REVIEW:
            self.controller.asked.update(self.keys)
        if self.controller.has_document or key == START:
            self.refresh(page)
        if page is not self.page:
            self._make_way(page)
        self.stack.setCurrentWidget(page)
        self.sections.choose(key)
        self.shown.emit(page)
        first = page.first_focus()
        widgets.chain(self.sections, page.tab_order())  # pages built later stand at the end of Qt's own chain
        if takes_focus:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_way(self, page: Page) -> None:
        """Nothing is seen for a moment: the room of the stack may change, and no page is laid out twice.

        The keyboard is taken away first, or Qt would hand it on to the next thing that is still seen, which is painted for it.
        """
        at, pages = QApplication.focusWidget(), self.stack.layout()
        if at is not None and self.page.isAncestorOf(at):
            at.clearFocus()
        self.page.hide()
        if pages is not None:
            pages.setEnabled(False)  # the page that is left keeps its size for the next look at it
        self.coming.emit(page)
        if pages is not None:
            pages.setEnabled(True)

    def go_on(self) -> None:
        """On to the first page that wants something."""
        waiting = first_waiting(self.controller.document)
        self.go_to(waiting.key if waiting else EXPORT)

    def step(self, by: int) -> None:
        index = self.keys.index(self.page.key) + by
        if 0 <= index < len(self.places):
            self.go_to(self.keys[index])

    # -- places --------------------------------------------------------------------------------------------------------

    def show_cell(self, ref: CellRef) -> None:
        key = self.controller.document.form.section_of(ref).key
        self.go_to(key, takes_focus=False)
        self.page.show_cell(ref)
        self.page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_filling(self, finding: Finding) -> None:
        """What a repair would write into blank cells, in their table, with the question below it."""
        if finding.repair is not None:
            self.show_cell(finding.repair.values[0][0])
            self.page.propose(finding.repair)

    def show_place(self, section: str, start: int, end: int) -> None:
        self.go_to(section)
        self.page.show_place(start, end)

    def show_change(self, change: Change) -> None:
        """What undo or redo changed, marked where it stands: it may be another page than the clerk was on."""
        if change.cell is not None:
            self.show_cell(change.cell)
        else:
            self.show_place(change.section, change.start, change.start)
        self.page.mark_change(change)

    def show_target(self, target: "Target") -> None:
        """What was chosen in 转到."""
        if target.cell is not None:
            self.show_cell(target.cell)
        elif target.start >= 0:
            self.show_place(target.page, target.start, target.start)
        else:
            self.go_to(target.page)

    def show_unread(self, one: Unread) -> None:
        """Where a text stands that could not be read."""
        self.go_to(one.page, takes_focus=False)
        one.show()
        self.controller.message.emit(f"{one.words}，请改正或清除")

    def _findings(self) -> list[tuple[str, Finding]]:
        """Every finding with its page, as one walks through the report; on a page the gravest first."""
        document, keys = self.controller.document, self.keys
        found = [(page_of(document.form, one.section), one) for one in document.findings]
        return sorted(found, key=lambda pair: (keys.index(pair[0]), _GRAVEST_FIRST.index(pair[1].severity)))

    def step_finding(self, by: int) -> None:
        """F8: the next finding after the one last shown, else the first from this page on; round and round."""
        found = self._findings()
        if not found:
            self.controller.message.emit("没有发现问题")
            return
        here, findings = self.page.key, [finding for _, finding in found]
        last = findings.index(self._last_finding) if self._last_finding in findings else -1
        is_here = last >= 0 and here == self._shown_on
        index = last + by if is_here else self._first_from(found, here, by)
        index %= len(found)
        self._last_finding = findings[index]
        self.controller.show_finding(findings[index])
        self._shown_on = self.page.key  # the page of its cells may be another than that of its section
        self.controller.message.emit(f"第{index + 1}处，共{len(found)}处：{findings[index].message}")
        self.finding_shown.emit(findings[index])

    def _first_from(self, found: list[tuple[str, Finding]], key: str, by: int) -> int:
        """The first finding on this page or after it; backwards the last on it or before it."""
        keys = self.keys
        place = keys.index(key)
        if by > 0:
            return next((n for n, (one, _) in enumerate(found) if keys.index(one) >= place), 0)
        return max((n for n, (one, _) in enumerate(found) if keys.index(one) <= place), default=-1)

    def next_pending(self) -> None:
        """F6: what waits on this page, else on the next page that has something."""
        with_marks = waiting_sections(self.controller.document.report)
        if not with_marks:
            self.controller.message.emit("没有待更新、待填的地方")
            return
        if self.page.key not in with_marks:
            keys = self.keys
            at = keys.index(self.page.key)
            self.go_to(next(key for key in keys[at:] + keys[:at] if key in with_marks))
        self.page.next_pending()

    def show_register(self) -> None:
        """F7: 申请登记 over the page of 表三, or back from it."""
        if self.page.key != TABLE:
            self.go_to(TABLE)
        self.page.show_register()

    def tell_note(self) -> None:
        """What belongs on this page, where nothing stands beside it."""
        section = next(
            (one for one in self.controller.document.form.sections if one.key == self.page.key), None
        )
        dialogs.tell(self._window, self.page.title.text(), help_texts.for_page(self.page.key, section))
