"""What every page has: a title, a body, and at its foot the way back and the one next step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from app.checks.finding import Finding, Repair
from app.form.help import Note
from app.form.model import CellRef, Severity
from ui.kit import theme, widgets
from ui.kit.scroll_bars import calm
from ui.state.controller import Controller
from ui.state.first_change import Change
from ui.state.result_bar import ResultBar
from ui.state.section_states import Place, page_of

if TYPE_CHECKING:
    from ui.narrative.last_year import LastYearText

_GRAVEST_FIRST = list(Severity)


class Figure(NamedTuple):
    """One number of last year beside this year's."""

    name: str
    last: str
    now: str
    change: str


class Page(QWidget):
    """One page of the window. `refresh` sets everything from the document; `go` asks for another page by its key.

    Everything that the window calls on a page is declared here; a page that has nothing of the kind does nothing.
    """

    go = Signal(str)
    command = Signal(str)  # one of the window's commands, by its key
    moved = Signal()  # the cursor stands elsewhere: what is said beside follows
    beside = ""  # what kind of page it is for the panel: text, table, form; "" where nothing stands beside

    def __init__(self, controller: Controller, key: str, title: str) -> None:
        super().__init__()
        self.controller = controller
        self.key = key
        self.is_read_only = False
        self.panes: list[QWidget] = []  # what stands side by side, from left to right
        self._said = self._idle = ""
        widgets.on_paper(self)
        compact = theme.is_compact()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.margin = 16 if compact else 28
        step = theme.STEP // 2 if compact else theme.STEP
        self.body = QVBoxLayout()
        self.body.setContentsMargins(
            self.margin, step if compact else 12, self.margin, theme.STEP // 2 if compact else theme.STEP
        )
        self.body.setSpacing(step)
        self.step = widgets.note()
        self.step.setVisible(False)
        self.title = widgets.Title(title)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.STEP * 2)
        self.head.addWidget(self.title, 1)
        self.title.setMinimumHeight(30)  # as high as a button: it stands at one place on every page
        over = QVBoxLayout()
        over.setSpacing(0)
        over.addWidget(self.step)
        over.addLayout(self.head)
        self.body.addLayout(over)
        outer.addLayout(self.body, 1)
        self.line_room = QVBoxLayout()  # for the one line of the panel while it is folded
        self.line_room.setContentsMargins(self.margin, 0, self.margin, 0)
        outer.addLayout(self.line_room)
        self.result_bar = ResultBar(controller, self.margin)
        outer.addWidget(self.result_bar)
        self._edge = widgets.line()
        outer.addWidget(self._edge)
        outer.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = self._foot_row = QHBoxLayout()
        step = theme.STEP // 2 if theme.is_compact() else 10
        foot.setContentsMargins(self.margin, step, self.margin, step)
        foot.setSpacing(theme.STEP * 2)
        self.back_button = widgets.button("‹ 上一步")
        self.next_button = widgets.primary("下一步")
        self.foot_note = widgets.Elided()
        foot.addWidget(self.back_button)
        foot.addWidget(self.foot_note)
        self.foot_room = QHBoxLayout()  # for the same line where the page is wide: it takes no height
        self.foot_room.setContentsMargins(0, 0, 0, 0)
        foot.addLayout(self.foot_room, 3)
        foot.addSpacerItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding))  # gives way to whatever is said
        foot.addWidget(self.next_button)
        return foot

    def set_step(self, words: str) -> None:
        """Where in the report the page stands, over its title; the title alone where every line counts."""
        self.step.setText(words)
        self.step.setVisible(bool(words) and not theme.is_compact())

    def set_neighbours(self, before: Place | None, after: Place | None) -> None:
        """The pages before and after; None hides the button."""
        self.set_back(before)
        self.next_button.setVisible(after is not None)
        if after is not None:
            self.next_button.setText(f"下一步：{after.short_title} ›")
            self.next_button.setToolTip(after.title)
            self.next_button.setAccessibleName(f"下一步：{after.title}")
            self.next_button.clicked.connect(lambda _checked=False: self._leave_for(after.key))

    def set_back(self, before: Place | None) -> None:
        self.back_button.setVisible(before is not None)
        if before is not None:
            self.back_button.setToolTip(before.title)
            self.back_button.setAccessibleName(f"上一步：{before.title}")
            self.back_button.clicked.connect(lambda _checked=False: self.go.emit(before.key))

    def _leave_for(self, key: str) -> None:
        """下一步: this page is done as far as the clerk is concerned, so what it lacks is told from now on."""
        self.controller.asked.add(self.key)
        self.go.emit(key)

    def room_of_line(self, is_narrow: bool) -> QBoxLayout:
        """Where the line of the folded panel stands."""
        return self.line_room if is_narrow else self.foot_room

    def say(self, words: str) -> None:
        """What was last done; how far the page is, while there is nothing else to say."""
        self._said = words
        self.foot_note.setText(words or self._idle)
        width = self.foot_note.fontMetrics().horizontalAdvance(self.foot_note.text())
        self.foot_note.setMaximumWidth(width + 2)  # the line beside it has the rest
        self._foot_row.setStretchFactor(self.foot_note, 2 if self.foot_note.text() else 0)

    def set_idle(self, words: str) -> None:
        """What stands at the foot while nothing else is said."""
        self._idle = words
        self.say(self._said)

    # -- what the window calls -----------------------------------------------------------------------------------------

    def set_read_only(self, is_read_only: bool) -> None:
        """After 定稿: what belongs to the report can be read and not changed.

        The window says so before every refresh. A page hands it on to its parts, and to those that it makes later.
        """
        self.is_read_only = is_read_only

    def refresh(self) -> None:
        """Set every state from the document."""

    def first_focus(self) -> QWidget:
        """Where the keyboard goes when the page is shown."""
        return self.next_button

    def tab_order(self) -> list[QWidget]:
        """What Tab walks through: as one reads, first where the keyboard starts, the steps of the foot last."""
        foot = [self.back_button, self.next_button]
        stops = [
            *sorted((one for one in widgets.tab_stops(self) if one not in foot), key=self._pane_of),
            *foot,
        ]
        first = self.first_focus()
        start = stops.index(first) if first in stops else 0
        return stops[start:] + stops[:start]

    def _pane_of(self, stop: QWidget) -> int:
        """The pane in which a stop lies: what stands side by side is read one after the other."""
        return next((at for at, pane in enumerate(self.panes) if pane.isAncestorOf(stop)), -1)

    def show_place(self, start: int, end: int) -> None:
        """Show characters [start, end) of the page's text; -1: only the page."""

    def show_cell(self, ref: CellRef) -> None:
        """Put the cursor on a cell of the page's tables."""

    def mark_change(self, change: Change) -> None:
        """What undo or redo changed here, after it was shown: marked until something else is changed."""

    def propose(self, repair: Repair) -> None:
        """Show in the cells what a repair would write into them, and ask."""

    def whereabouts(self) -> str:
        """Where the clerk is on the page, so that he can come back to it (`return_to`); "" for nowhere in particular."""
        return ""

    def return_to(self, place: str) -> None:
        """To where `whereabouts` told, as far as that is still there."""

    def next_pending(self) -> None:
        """Go to the next 待更新 or 待填 of the page's text."""

    def selected_text(self) -> str:
        """What is selected in the page's text."""
        return ""

    def caret(self) -> tuple[str, int]:
        """The section, and the character of its text before which one writes."""
        return self.key, 0

    def selection_rect(self) -> QRect | None:
        """Where on the screen that stands."""
        return None

    def show_register(self) -> None:
        """申请登记, or back from it."""

    # -- what the panel beside it calls --------------------------------------------------------------------------------

    def told(self) -> tuple[Sequence[Finding], int]:
        """The findings that are mended here, the gravest first; how many of the first are of the place under the cursor."""
        document = self.controller.document
        own = [one for one in document.findings if page_of(document.form, one.section) == self.key]
        return sorted(own, key=lambda one: _GRAVEST_FIRST.index(one.severity)), 0

    def show_finding(self, finding: Finding) -> None:
        """Go where a finding is mended."""
        self.controller.show_finding(finding)

    def look_at(self, finding: Finding | None) -> None:
        """A finding in words has the pointer or the keyboard: light its place. None: no more."""

    def note_here(self) -> Note:
        """What belongs at the cursor."""
        return Note(self.title.text(), ())

    def words_here(self) -> tuple[str, tuple[str, ...]]:
        """The same in short: the name of the place under the cursor, and what is said of it."""
        return "", ()

    def compare_with(self, last: "LastYearText | None") -> bool:
        """Show last year's text of this page there, with what differs marked in both; None: no more. Whether there is any."""
        return False

    def figures_here(self) -> tuple[str, Sequence[Figure]]:
        """Last year's numbers at the cursor: the name of the line, and each of its numbers."""
        return "", ()

    def companion(self) -> QWidget | None:
        """What is said beside of this page alone; set anew by `refresh_companion`."""
        return None

    def refresh_companion(self) -> None:
        """It is seen: set it from the document."""

    def head_height(self) -> int:
        """As far as it reaches nothing covers the page."""
        return 0

    def foot_top(self) -> int:
        """From there on nothing covers it either."""
        return self.result_bar.y() if self.result_bar.isVisible() else self._edge.y()

    def cover(self, width: int) -> None:
        """So many pixels at the right are taken by the panel: what is read and written keeps left of them."""
        margins = self.body.contentsMargins()
        if margins.right() != self.margin + width:
            self.body.setContentsMargins(margins.left(), margins.top(), self.margin + width, margins.bottom())


def scrolling(content: QWidget) -> QScrollArea:
    """A column that scrolls up and down where it has no room."""
    area = QScrollArea()
    calm(area)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widgets.on_paper(content))
    widgets.on_paper(area.viewport())
    return area
