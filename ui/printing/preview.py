"""The preview beside the form: made anew by the way as one types, at the place being edited; a click leads back to it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.printing.preview_worker import Preview as Made
from app.report.model import Report
from app.session.document import SLICE
from app.typesetting.pages import Source, Spot
from ui.kit import theme, widgets
from ui.kit.jobs import Job
from ui.printing.page_view import Opened, PageView
from ui.state.controller import Controller
from ui.state.first_change import Change, between
from ui.state.section_states import AGENCY

_SOON = 0  # ms between two pieces of the check
_REBUILD_AFTER = 40  # ms after a change; the next ones wait until these pages are made


_PRINTED = "打印时双面、不缩放"  # what the PDF asks of whoever prints it


class Preview(QWidget):
    """The pages with their number and zoom."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self._made_of: Report | None = None
        self._made: Made | None = None
        self._job: Job | None = None
        self._place: Source | None = None  # what is edited
        self._is_draft: bool | None = None  # of the pages that are shown; None before the first ones
        self._is_guess = (
            False  # while one types it is taken to be as before: looking for it would hold up the keys
        )
        self.view = PageView()
        self.view.verticalScrollBar().valueChanged.connect(self._show_number)
        self.view.clicked.connect(self._on_clicked)
        self.label = widgets.Elided()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.STEP // 2)
        self.bar = self._bar()
        self.column.addLayout(self.bar)
        self.column.addWidget(self.view, 1)
        controller.document_replaced.connect(self._forget)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.rebuild)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(theme.STEP // 2)
        bar.addWidget(self.label, 1)
        for words, hint, call in (
            ("－", "缩小页面", lambda: self.view.step_zoom(-1)),
            ("＋", "放大页面", lambda: self.view.step_zoom(1)),
            ("页宽", "页面和这里一样宽", lambda: self.view.set_zoom(None)),
        ):
            button = widgets.link(words, call)
            button.setToolTip(hint)
            button.setAccessibleName(hint)
            bar.addWidget(button)
        return bar

    def _forget(self) -> None:
        self._made_of = self._made = self._place = self._is_draft = None
        self._is_guess = False
        self.view.clear()
        self.label.setText("")

    # -- made anew -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The report may have changed: the pages follow soon."""
        is_wanted = self._is_old or (self._is_guess and not self._controller.is_typing)
        if is_wanted and self._job is None and not self._later.isActive() and self.isVisible():
            self._later.start(_REBUILD_AFTER if self._made_of is not None else 0)

    @property
    def _is_old(self) -> bool:
        return self._controller.has_document and self._made_of is not self._controller.document.report

    def _draft_now(self) -> bool | None:
        """Whether 草稿 is printed across the pages: while one types as before. None: it is looked for, a piece at a time."""
        if self._is_draft is not None and self._controller.is_typing:
            self._is_guess = True
            return self._is_draft
        if not self._controller.document.look(SLICE):  # keys come first
            self._later.start(_SOON)
            return None
        self._is_guess = False
        return self._controller.is_draft

    def rebuild(self) -> None:
        """Make the pages anew; those shown stay until they are there."""
        if not self.isVisible() or self._job is not None or not self._controller.has_document:
            return
        is_draft = self._draft_now()
        if is_draft is None or (not self._is_old and is_draft == self._is_draft):
            return
        self._is_draft = is_draft
        report = self._coming = self._controller.document.report
        if self._made_of is not None and (change := between(self._made_of, report)) is not None:
            self._place = source_of(change, report)
        else:
            self.label.setText("正在排版……")
        self._job = Job(self._work(is_draft))
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._job.start()

    def _work(self, is_draft: bool) -> Callable[[object], tuple[Made, Opened, Spot | None]]:
        """What another thread does: make the pages, and draw those that are seen."""
        make, place = self._controller.pages(is_draft), self._place
        shown, pixels = self.view.in_view, self.view.pixels

        def work(step: object) -> tuple[Made, Opened, Spot | None]:
            made = make()
            opened = Opened(made.pdf)
            spot = made.spot(place) if place else None
            for number in {*shown, spot.page} if spot else shown:
                if number < len(opened.sizes):
                    opened.image(number, pixels)  # drawn here, not when the window paints
            return made, opened, spot

        return work

    def _on_done(self, found: tuple[Made, Opened, Spot | None]) -> None:
        made, opened, spot = found
        if not self._controller.has_document:
            opened.close()
            return
        self._made_of, self._made = self._coming, made
        self.view.show_pdf(opened)
        if spot is not None:
            self.view.show_spot(spot)
        self._show_number()
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self._made_of = self._coming
        self._made = None
        self.view.clear()
        self.label.setText(f"现在不能预览：{error}" if isinstance(error, UserError) else "现在不能预览")

    def _on_finished(self) -> None:
        self._job = None

    def _show_number(self) -> None:
        if self.view.page_count:
            where = f"第{self.view.current_page}页，共{self.view.page_count}页"
            short = f"{self.view.current_page}/{self.view.page_count}页"
            metrics, room = self.label.fontMetrics(), self.label.width()
            forms = (f"{where}　{_PRINTED}", where, short)
            self.label.setText(next((one for one in forms if metrics.horizontalAdvance(one) < room), short))
            self.label.setToolTip(f"{where}。{_PRINTED}：PDF 里写明了，不用另外设置。")

    # -- there and back ------------------------------------------------------------------------------------------------

    def show_section(self, key: str) -> None:
        """Where a page of the form is printed."""
        self._place = Source("title" if key == AGENCY else key)
        if self._made is not None and (spot := self._made.spot(self._place)) is not None:
            self.view.show_spot(spot)

    def _on_clicked(self, page: int, x: float, y: float) -> None:
        source = self._made.source_at(page, x, y) if self._made else None
        if source is None or not self._controller.has_document:
            return
        if source.cell is not None:
            self._controller.cell_wanted.emit(source.cell)
            return
        report, known = self._controller.document.report, self._controller.document.form
        keys = {section.key for section in known.sections} | set(report.narratives)
        section = source.section if source.section in keys else AGENCY
        start = -1
        if section != AGENCY and source.paragraph >= 0:
            lines = report.paragraphs(section)[: source.paragraph]
            start = sum(len(line) + 1 for line in lines)
        self._controller.place_wanted.emit(section, start, start)


def source_of(change: Change, report: Report) -> Source:
    """Where on the pages a change is seen."""
    if change.cell is not None:
        return Source(change.cell.table, cell=change.cell)
    if change.section == AGENCY:
        return Source("title")
    paragraph = report.narrative(change.section)[: change.start].count("\n") if change.start >= 0 else -1
    return Source(change.section, paragraph)
