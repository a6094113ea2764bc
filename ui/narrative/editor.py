"""One narrative with all that helps to bring it up to date: marks, tools, aspects, pictures."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.checks.finding import Finding
from app.form.help import Note, note_for
from app.form.model import Aspect
from app.report import bindings
from app.report.aspects import treated
from app.report.model import Pending
from app.session.document import SLICE, ReportDocument
from ui.findings.finding_actions import FindingActions
from ui.kit import theme, widgets
from ui.kit.flow_layout import FlowLayout
from ui.kit.time_slices import TimeSlices
from ui.narrative.help import NarrativeHelp
from ui.narrative.last_year import LastYearText
from ui.narrative.picture_dialog import PictureStrip, insert_picture
from ui.narrative.text_edit import TextEdit
from ui.narrative.text_marks import REPEATED, marks_of, repeated_marks
from ui.narrative.tools import NarrativeTools
from ui.state.controller import Controller

_REST = 250  # ms without a key after which what depends on the text follows
_LINES = 8  # of the text that are seen, whatever is said about it
_RESULTS_RULE, _RESULTS = "S-12", "results"  # what is missing when results of 考核, 评议, 追究 are


class NarrativeEditor(QWidget):
    """Edits the narrative of one section; the report itself is changed by the controller's document."""

    moved = Signal()  # the cursor stands in another paragraph

    def __init__(
        self,
        controller: Controller,
        section: str,
        title: str,
        aspects: tuple[Aspect, ...] = (),
    ) -> None:
        super().__init__()
        self.controller = controller
        self.section = section
        self.is_read_only = False
        self._aspects = aspects
        self._last: LastYearText | None = None  # while last year's text stands beside
        self._add_text(title)
        self.finding_actions = FindingActions(controller, self)
        self.help = NarrativeHelp(controller, section, self, self.show_place, lambda: self.caret)
        self.help.inserted.connect(self._on_inserted)
        self.help.picture_wanted.connect(lambda: self._insert_picture())
        self.help.number_wanted.connect(lambda: self.help.bind_cell((self.edit.place, self.edit.place)))
        self.tools = self._tools()
        self.pictures = PictureStrip(controller, section)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.STEP // 2 if theme.is_compact() else theme.STEP)
        layout.addWidget(self.tools)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.pictures)
        self.aspect_row = QWidget()
        if aspects:
            self._fill_aspect_row(FlowLayout(self.aspect_row))
            layout.addWidget(self.aspect_row)
        self._parts: tuple[Callable[[], object], ...] = (
            self._refresh_tools,
            self._refresh_aspects,
            self._refresh_marks,
            self.pictures.refresh,
            self._share_height,
        )
        self._slices = TimeSlices(self)
        self._later = self._timer(self._begin_slices)  # the marks move with the text by themselves
        self._cursor_later = self._timer(self._refresh_marks)

    def _timer(self, call: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_REST)
        timer.timeout.connect(call)
        return timer

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _add_text(self, title: str) -> None:
        self.edit = TextEdit(title)
        self.edit.edited.connect(self._on_edited)
        self.edit.picture_given.connect(
            lambda given: QTimer.singleShot(0, self, lambda: self._insert_picture(given))
        )
        self.edit.choices_wanted.connect(self._offer)
        self.edit.cursorPositionChanged.connect(self._on_cursor)
        self._paragraph = -1
        self._begin_at = -1  # where F6 begins next, when that is not the cursor

    def _tools(self) -> NarrativeTools:
        made = NarrativeTools()
        self.pending_label, self.count_label = made.pending_label, made.count_label
        self.next_button, self.confirm_button = made.next_button, made.confirm_button
        self.confirm_all_button = made.confirm_all_button
        made.next_button.clicked.connect(lambda: self.next_pending())
        made.confirm_button.clicked.connect(lambda: self.confirm_here())
        made.confirm_all_button.clicked.connect(lambda: self.confirm_all())
        made.on_menu(made.insert_button, self.help.fill_insert)
        made.on_menu(made.tidy_button, self.help.fill_tidy)
        return made

    def _fill_aspect_row(self, row: FlowLayout) -> None:
        self.aspect_buttons: list[QPushButton] = []
        for aspect in self._aspects:
            button = widgets.link("", partial(self._show_aspect, aspect))
            button.setToolTip(f"{aspect.label}：{aspect.prompt}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.aspect_buttons.append(button)
            row.addWidget(button)
        self.results_button = widgets.link("○ 考核、评议、追究结果", self._offer_results)
        self.results_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.results_button.setToolTip("各级人民政府的年度报告应当包括工作考核、社会评议和责任追究结果情况")
        row.addWidget(self.results_button)

    # -- showing -------------------------------------------------------------------------------------------------------

    def first_focus(self) -> QWidget:
        """Where one works."""
        return self.edit

    @property
    def pending(self) -> list[Pending]:
        marks = [one for one in self.controller.document.report.pending if one.section == self.section]
        return sorted(marks, key=lambda one: one.start)

    @property
    def selected_text(self) -> str:
        return self.edit.textCursor().selectedText()

    @property
    def waiting(self) -> list[tuple[int, int]]:
        """Where something is still to be done: 待更新 and 待填, in the order of the text."""
        text = self.controller.document.report.narrative(self.section)
        marks = [(one.start, one.end) for one in self.pending]
        return sorted({*marks, *bindings.blank_places(text)})

    @property
    def own_findings(self) -> list[Finding]:
        return [one for one in self.controller.document.findings if one.section == self.section]

    def set_read_only(self, is_read_only: bool) -> None:
        self.is_read_only = is_read_only
        self.edit.set_read_only(is_read_only)
        self.finding_actions.is_read_only = is_read_only
        self.pictures.setEnabled(not is_read_only)

    def refresh(self) -> None:
        self.edit.show_text(self.controller.document.report.narrative(self.section))
        if not self.controller.is_typing:
            self._slices.end()
            self._refresh_lists()
        else:
            self._slices.end()
            self._later.start()  # anew at each key: nothing is looked for before they rest

    def _refresh_lists(self) -> None:
        if self.controller.has_document:
            for part in self._parts:
                part()

    def _begin_slices(self) -> None:
        if self.controller.has_document:
            self._slices.begin(self._in_slices(self.controller.document))

    def _in_slices(self, document: ReportDocument) -> Iterator[None]:
        """The same while one types: a key in between waits for a little of it only, and begins it anew."""
        done = False
        while not done:
            while not document.look(SLICE):
                yield
            report, done = document.report, True
            for part in self._parts:
                yield
                if not self.controller.has_document or self.controller.document is not document:
                    return
                done = document.report is report
                if not done:
                    break
                part()

    def _refresh_tools(self) -> None:
        pending, waiting = self.pending, self.waiting
        blanks = len(waiting) - len(pending)
        parts = [f"待更新 {len(pending)} 处"] if pending else []
        parts += [f"待填 {blanks} 处"] if blanks > 0 else []
        self.pending_label.setText(" · ".join(parts))
        is_open = not self.is_read_only
        self.next_button.setVisible(bool(waiting))
        for button in (self.confirm_button, self.confirm_all_button):
            button.setVisible(bool(pending) and is_open)
        for button in (self.tools.insert_button, self.tools.tidy_button):
            button.setVisible(is_open)
        text = self.controller.document.report.narrative(self.section)
        self.count_label.setText(f"{len(''.join(text.split())):,}字")

    def _refresh_aspects(self) -> None:
        if not self._aspects:
            return
        text = self.controller.document.report.narrative(self.section)
        written = treated(text, self._aspects)
        for aspect, button in zip(self._aspects, self.aspect_buttons, strict=True):
            is_there = aspect.key in written
            button.setText(f"{'✓' if is_there else '○'} {aspect.label}")
            button.setAccessibleName(f"{aspect.label}：{'已写' if is_there else '还没有写'}")
        lacks = any(one.rule == _RESULTS_RULE for one in self.own_findings)
        self.results_button.setVisible(lacks and bool(text.strip()))

    def _share_height(self) -> None:
        """The text comes first: its aspects are seen where eight lines leave room for them."""
        if self._aspects:
            chips = self.aspect_row.heightForWidth(self.width())
            others = self.tools.sizeHint().height() + self.pictures.isVisible() * self.pictures.height()
            gaps = (2 if theme.is_compact() else 3) * theme.STEP
            left = self.height() - others - self.edit.height_of(_LINES) - gaps
            self.aspect_row.setVisible(left >= chips)

    # -- what stands beside --------------------------------------------------------------------------------------------

    def compare_with(self, last: LastYearText | None) -> bool:
        """Show last year's text there and mark what differs; None: no more. Whether there is any."""
        prior = self.controller.document.prior
        has_any = prior is not None and bool(prior.narrative(self.section))
        wanted = last if has_any else None
        if wanted is not self._last:
            self._last = wanted
            if wanted is not None or self.isVisible():  # a page that was left is set anew when it is shown
                self._refresh_marks()
        return has_any

    def _refresh_marks(self) -> None:
        """The marks of the text; with last year's beside also what differs from it."""
        if not self.controller.has_document:
            return
        document = self.controller.document
        prior, report = document.prior, document.report
        marks = marks_of(report, document.form, self.section, self.own_findings)
        if self._last is not None and prior is not None:
            old, new = prior.narrative(self.section), report.narrative(self.section)
            marks = [*self._last.show_beside(old, new, self.edit.place), *marks]
        if self.controller.preference(REPEATED, True):
            marks = [*repeated_marks(report, prior, document.form, self.section), *marks]
        self.edit.set_marks(marks)

    def note_here(self) -> Note:
        """What belongs in the part in which the cursor stands."""
        return note_for(self.controller.document.form, self.section, self._part)

    @property
    def _part(self) -> str:
        """The aspect in whose paragraphs the cursor stands."""
        text, place = self.controller.document.report.narrative(self.section), self.edit.place
        begun = [(at, key) for key, at in treated(text, self._aspects).items() if at <= place]
        return max(begun, default=(0, ""))[1]

    def _on_cursor(self) -> None:
        """Another paragraph: what stands beside follows, a moment later."""
        self._begin_at = -1
        paragraph = self.edit.textCursor().blockNumber()
        if paragraph != self._paragraph:
            self._paragraph = paragraph
            self.moved.emit()
            if self._last is not None and not self._later.isActive():
                self._cursor_later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    # -- changes -------------------------------------------------------------------------------------------------------

    def _on_edited(self, text: str) -> None:
        self.controller.typed()
        self.controller.document.set_narrative(self.section, text, "修改文字", merge=f"text:{self.section}")

    def next_pending(self) -> None:
        """Select the next 待更新 or 待填 after the cursor, from the top again after the last."""
        places = self.waiting
        if not places:
            return
        cursor = self.edit.textCursor()
        at = self._begin_at if self._begin_at >= 0 else self.edit.place + (1 if cursor.hasSelection() else 0)
        following = [place for place in places if place[0] >= at] or places
        self.show_place(*following[0])

    def confirm_here(self) -> None:
        """The 待更新 at the cursor is right as it stands; on to the next."""
        place = self.edit.place
        here = [mark for mark in self.pending if mark.start <= place <= mark.end]
        if not here:
            self.next_pending()
            self.controller.message.emit("光标不在待更新的地方，已跳到下一处")
            return
        self.controller.document.confirm(here[:1])
        self.next_pending()

    def confirm_all(self) -> None:
        self.controller.document.confirm(self.pending, "全部沿用")

    @property
    def caret(self) -> int | None:
        """Where the clerk writes; at the very beginning the cursor stands by itself and says nothing."""
        return self.edit.place or None

    def _on_inserted(self, start: int) -> None:
        """The cursor is behind the paragraph that was put in; F6 begins in it."""
        self._begin_at = start

    def _insert_picture(self, given: Path | bytes | None = None) -> None:
        self.controller.take_over()
        count = len(self.controller.document.report.paragraphs(self.section))
        insert_picture(self, self.controller, self.section, min(max(self._paragraph, 0), count - 1), given)
        self.edit.setFocus()  # what is typed next belongs to the text, not to the button with the menu

    def _offer(self, menu: QMenu, place: int) -> None:
        """What can be done at a character: its findings, repaired or explained; its number, bound or released."""
        self.controller.end_typing()
        here = [one for one in self.own_findings if 0 <= one.start <= place <= one.end]
        self.finding_actions.menu(here, menu=menu)
        if self.is_read_only:
            return
        if here:
            menu.addSeparator()
        self.help.add_bindings(menu, place)

    # -- places --------------------------------------------------------------------------------------------------------

    def show_place(self, start: int, end: int) -> None:
        if start >= 0:
            self.edit.select(start, end)
        self.edit.setFocus()

    def _show_aspect(self, aspect: Aspect) -> None:
        text = self.controller.document.report.narrative(self.section)
        start = treated(text, self._aspects).get(aspect.key)
        if start is not None:
            self.show_place(start, start)
            return
        self.controller.message.emit(f"还没有写“{aspect.label}”：{aspect.prompt}")
        self._offer_part(aspect.key, self.aspect_buttons[self._aspects.index(aspect)])

    def _offer_results(self) -> None:
        self._offer_part(_RESULTS, self.results_button)

    def _offer_part(self, part: str, button: QPushButton) -> None:
        """The template of a part that is missing, one more key away."""
        from app.texts import paragraphs  # brings Jinja2: only where it is wanted

        known = paragraphs.template(self.controller.document.form, self.section, part)
        if known is None or self.is_read_only:
            return
        menu = QMenu(self)
        menu.addAction("插入这一部分").triggered.connect(lambda _checked=False: self.help.insert_part(part))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
