"""What was read from last year's report, held against its source: confirm, correct, then begin this year's."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QTabWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.form.model import CellRef
from app.session.import_review import ImportReview, ReviewState
from ui.files import summary
from ui.files.read_table import ReadTable
from ui.files.source_view import SourceView
from ui.kit import dialogs, theme, widgets
from ui.kit.choices import year_field
from ui.kit.splitter import Splitter
from ui.state.controller import Controller
from ui.state.first_change import Change
from ui.tables.table_panel import TablePanel

if TYPE_CHECKING:
    from app.importing.result import ImportResult

ROLL_OVER, OPEN_OLD = 2, 3  # what exec() answers beside Rejected
_SIDE_BY_SIDE = 1000  # logical pixels from which source and form stand beside each other
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIZE = QSize(1240, 680)


_CONFIRM = (
    "横的、竖的合计都相符的格子一次确认；再按一次，本表其余存疑的格子按读到的数确认；可以撤销（Ctrl+Z）"
)


class ImportDialog(QDialog):
    """`exec()` answers ROLL_OVER, OPEN_OLD or Rejected; `year` is that of the new report, `outcome` what was settled."""

    def __init__(self, found: "ImportResult", parent: QWidget | None = None, version: str = "") -> None:
        """`version`: of a file of our own, which one it holds and since when; "" of any other file."""
        super().__init__(parent)
        self.setWindowTitle("核对导入的报告")
        self.found = found
        self._version = version
        self.review = ImportReview(found)
        self._current: CellRef | None = None
        self._listed = found.unsure, found.missing  # what 导入情况 says
        self.controller = Controller(self.review, self)
        self.form = self.review.form
        self.resize(_fitting(parent))
        self.setMinimumSize(760, 400)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.STEP * 2, theme.STEP * 2, theme.STEP * 2, theme.STEP)
        layout.setSpacing(theme.STEP)
        layout.addLayout(self._head())
        layout.addWidget(self._body(), 1)
        self.said = widgets.note()  # the whole sentence, over two lines where it is long
        self.said.setAccessibleName("这一格的出处和说明")
        layout.addWidget(self.said)
        layout.addWidget(widgets.line())
        layout.addLayout(self._foot())
        QShortcut(QKeySequence("F6"), self, self.go_on)
        QShortcut(QKeySequence("F7"), self, self.source_button.toggle)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.controller.undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, self.controller.redo)
        self.controller.changed.connect(self._say_counts)
        self.controller.cell_wanted.connect(self.show_cell)
        self.controller.change_wanted.connect(self._show_change)
        self._say_counts()
        QTimer.singleShot(0, self._begin)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        report = self.found.report
        row = QHBoxLayout()
        row.setSpacing(theme.STEP * 2)
        title = widgets.heading(f"{report.agency.name or '没有找到单位名称'}　{report.year}年年度报告")
        self.counts = widgets.label()
        self.counts.setAccessibleName("导入的格数")
        words = QVBoxLayout()
        words.setSpacing(theme.STEP // 2)
        words.addWidget(title)
        self.version = widgets.label(self._version)
        self.version.setVisible(bool(self._version))
        if not report.is_frozen:  # a draft may have other numbers than what was published
            widgets.set_colour(self.version, theme.WARNING)
        words.addWidget(self.version)
        words.addWidget(self.counts)
        self.next_button = widgets.button("下一处（F6）", self.go_on)
        self.next_button.setToolTip("跳到下一个存疑的格子；没有存疑的，跳到下一个没有读到的格子")
        self.source_button = widgets.link("原文")
        self.source_button.setCheckable(True)
        self.source_button.setToolTip("显示或收起旧报告的原文（F7）")
        self.source_button.toggled.connect(self._place_source)
        self.all_button = widgets.button("", self.confirm_table)
        self.all_button.setToolTip(_CONFIRM)
        row.addLayout(words, 1)
        if not self.found.blocks:
            self.source_button.hide()  # our own file has no other original
        row.addWidget(self.source_button)
        row.addWidget(self.all_button)
        row.addWidget(self.next_button)
        return row

    def _body(self) -> Splitter:
        self.splitter = Splitter(theme.STEP * 2)
        self.source = SourceView(self.found.blocks)
        self.source.wanted.connect(self._on_source)
        self.tabs = QTabWidget()
        self.tabs.setStyleSheet(theme.TABS)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)  # which that had set
        self.tabs.tabBar().setAccessibleName("导入情况、各表和文字")
        self.details = summary.details(self.found)
        self.details.itemActivated.connect(self._on_line)
        self.details.itemClicked.connect(self._on_line)
        self.tabs.addTab(self.details, "导入情况")
        self.panels: dict[str, TablePanel] = {}
        self.tables: dict[str, ReadTable] = {}
        for section in self.form.sections:
            if section.tables:
                self._add_panel(section.key, section.table_name)
        self.tabs.addTab(summary.texts(self.found), "文字")
        self.tabs.currentChanged.connect(self._say_all)
        self.splitter.addWidget(self.source)
        self.splitter.addWidget(self.tabs)
        return self.splitter

    def _add_panel(self, key: str, title: str) -> None:
        table = self.tables[key] = ReadTable(self.controller, key)
        panel = table.panel
        panel.current.connect(self._on_cell)
        for view in panel.views:
            view.installEventFilter(self)
        self.panels[key] = panel
        self.tabs.addTab(table, title)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.STEP)
        caption = widgets.label("新报告的年度")
        caption.setWordWrap(False)
        self.year_box = year_field("新报告的年度", self.found.report.year + 1)
        self.year_box.setToolTip("结转数会带到新报告，文字带来作底稿，其余数字留空，上年数字显示在旁边")
        caption.setBuddy(self.year_box)
        self.year_box.valueChanged.connect(self._on_year)
        self.old_button = widgets.button("只打开这份旧报告", lambda: self._end(OPEN_OLD))
        self.cancel_button = widgets.button("取消", self.reject)
        self.new_button = widgets.primary("", lambda: self._end(ROLL_OVER))
        for one in (self.old_button, self.cancel_button, self.next_button, self.all_button, self.new_button):
            one.setAutoDefault(False)  # Enter belongs to the cells
        row.addWidget(self.old_button)
        row.addStretch(1)
        row.addWidget(caption)
        row.addWidget(self.year_box)
        row.addWidget(self.cancel_button)
        row.addWidget(self.new_button)
        self._on_year()
        return row

    # -- showing -------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Doubts first; with none, the one next step."""
        if not self.controller.has_document:
            return  # answered before it was shown
        if self.review.open_doubts:
            self.go_on()
        else:
            self.new_button.setFocus()

    def _say_counts(self) -> None:
        number, totals = self.review.count(self.form.inputs), self.review.count(self.form.totals)
        parts = [f"表格共{len(self.form.inputs)}格，读到{number[ReviewState.READ]}格"]
        for state, words in (
            (ReviewState.CORRECTED, "已确认{}格"),
            (ReviewState.DOUBTFUL, "存疑{}格（标有？或底色，请对照原文）"),
            (ReviewState.MISSING, "没有读到{}格（留作空白，不会当作0）"),
        ):
            if number[state]:
                parts.append(words.format(number[state]))
        words = f"；合计{len(self.form.totals)}格，读到{totals[ReviewState.READ]}格"
        for state, more in ((ReviewState.CORRECTED, "已确认{}格"), (ReviewState.DOUBTFUL, "存疑{}格")):
            words += f"，{more.format(totals[state])}" if totals[state] else ""
        self.counts.setText("，".join(parts) + words + "。")
        self.next_button.setEnabled(bool(self.review.open_cells))
        for index, section in enumerate((s for s in self.form.sections if s.tables), 1):
            own = self.review.count(section.cells)
            marks = [f"存疑{own[ReviewState.DOUBTFUL]}"] if own[ReviewState.DOUBTFUL] else []
            mine = self.review.count(self.form.inputs_of(section))
            missing = mine[ReviewState.MISSING] or own[ReviewState.MISSING]
            marks += [f"缺{missing}"] if missing else []
            self.tabs.setTabText(index, " ".join([section.table_name, *(marks or ["✓"])]))
        self._follow_lists()
        self._say_all()

    def _follow_lists(self) -> None:
        """导入情况 lists what is open still, not what was before the clerk settled it."""
        outcome = self.review.outcome
        if (outcome.unsure, outcome.missing) != self._listed:
            self._listed = outcome.unsure, outcome.missing
            summary.fill(self.details, outcome)

    def _waiting_here(self) -> list[CellRef]:
        """The cells of the table shown that can be confirmed as they were read."""
        shown = self.tabs.currentWidget()
        section = shown.panel.section if isinstance(shown, ReadTable) else None
        return [ref for ref in section.cells if ref in self.review.suggestions] if section else []

    def _say_all(self) -> None:
        waiting = self._waiting_here()
        self.all_button.setVisible(bool(waiting))
        proved = self._proved_here()
        words = f"合计相符的确认（{len(proved)}格）" if proved else f"本表全部确认（{len(waiting)}格）"
        self.all_button.setText(words)

    def _proved_here(self) -> list[CellRef]:
        """Those that the sums of their row and of their column prove."""
        proved = self.review.proved
        return [ref for ref in self._waiting_here() if ref in proved]

    def confirm_table(self) -> None:
        """What the sums prove in the table shown, at once; else, after a question, all that waits there. One step of undo."""
        if proved := self._proved_here():
            self.review.set_values({ref: self.review.suggestions[ref] for ref in proved}, "合计相符的确认")
            self.go_on()
            return
        waiting = self._waiting_here()
        words = f"本表有{len(waiting)}格存疑，都按读到的数确认吗？"
        if dialogs.ask(self, words, "请先逐格对照原文。确认以后可以撤销。", ["全部确认", "再看看"], 1) == 0:
            self.review.set_values({ref: self.review.suggestions[ref] for ref in waiting}, "全部确认")
            self.go_on()

    def show_cell(self, ref: CellRef) -> None:
        """Put the cursor on a cell; its place in the source is lit."""
        panel = self.panels[self.form.section_of(ref).key]
        if self._is_narrow:
            self.source_button.setChecked(False)
        self.tabs.setCurrentWidget(self.tables[panel.section.key])
        panel.show_cell(ref)
        panel.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_cell(ref)

    def _show_change(self, change: Change) -> None:
        """What undo or redo changed, marked where it stands: it may be in another table."""
        if change.cell is not None:
            self.show_cell(change.cell)
            self.panels[self.form.section_of(change.cell).key].mark_change(change.cells)

    def _on_cell(self, ref: CellRef) -> None:
        self._current = ref
        self.said.setText(self.review.words(ref))
        self.source.light(self.review.spot(ref), self.found.trace(ref).text)

    def _on_source(self, block: int, row: int, column: int) -> None:
        ref = self.review.cell_at(block, row, column)
        if ref is not None:
            self.show_cell(ref)
        else:
            self.said.setText("这一处不是表格里的数。")

    def _on_line(self, item: QTreeWidgetItem) -> None:
        ref = summary.cell_of(item)
        if ref is not None:
            self.show_cell(ref)

    def go_on(self) -> None:
        """F6: the next cell to look at after the cursor, from the top again after the last."""
        waiting = self.review.open_cells
        if not waiting:
            self.said.setText("存疑的都看过了。")
            self.new_button.setFocus()
            return
        order = {ref: index for index, ref in enumerate(self.form.cells)}
        at = order[self._current] if self._current else -1
        self.show_cell(next((ref for ref in waiting if order[ref] > at), waiting[0]))

    @property
    def _is_narrow(self) -> bool:
        return self.width() < _SIDE_BY_SIDE

    def _place_source(self) -> None:
        """Beside the form where there is room, else in its place."""
        wanted = self.source_button.isChecked() and bool(self.found.blocks)
        self.source.setVisible(wanted)
        self.tabs.setVisible(not (wanted and self._is_narrow))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_narrow = event.oldSize().isValid() and event.oldSize().width() < _SIDE_BY_SIDE
        if not event.oldSize().isValid() or was_narrow != self._is_narrow:
            self.source_button.setChecked(not self._is_narrow)
            if not self._is_narrow:
                self.splitter.setSizes([self.width() * 2 // 5, self.width() * 3 // 5])
        self._place_source()

    # -- keys ----------------------------------------------------------------------------------------------------------

    def eventFilter(self, view: QObject, event: QEvent) -> bool:
        """Enter on a cell that waits confirms it and goes on; typing corrects it as in any table."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            ref = self._current
            if ref is not None and self.review.confirm_suggestion(ref):
                self.go_on()
                return True
        return super().eventFilter(view, event)

    # -- the end -------------------------------------------------------------------------------------------------------

    @property
    def outcome(self) -> "ImportResult":
        """The import with what the clerk confirmed and corrected."""
        return self.review.outcome

    def _on_year(self) -> None:
        self.new_button.setText(f"用它开始{self.year}年报告")

    @property
    def year(self) -> int:
        return self.year_box.value()

    def _end(self, answer: int) -> None:
        """Go on with what was settled; a text in a cell that cannot be read is shown first."""
        self.controller.take_over()
        unread = self.controller.unread()
        if unread:
            unread[0].show()
            self.said.setText(f"{unread[0].words}，请改正或清除")
            return
        if self._may_leave_doubts() and (answer != ROLL_OVER or self._may_skip_years()):
            self.done(answer)

    def _may_skip_years(self) -> bool:
        """The next year follows, as a rule; another one is asked about, not taken in silence."""
        old, new = self.found.report.year, self.year
        if new == old + 1:
            return True
        words = f"去年的报告是{old}年的，新报告却是{new}年的。"
        more = "中间隔着年份，结转数和上年的数字就对不上。" if new > old else "新报告应该在它以后。"
        choices = [f"改成{old + 1}年", f"就用{new}年", "取消"]
        answer = dialogs.ask(self, words, more, choices)
        if answer == 0:
            self.year_box.setValue(old + 1)
        return answer in (0, 1)

    def _may_leave_doubts(self) -> bool:
        """A number that was read but not confirmed does not go over; that is said before."""
        doubts = len(self.review.open_doubts)
        if not doubts:
            return True
        words = f"还有{doubts}格存疑，没有确认。"
        more = "这些格会留作空白：结转数带不过来，上年数字也没有。对照原文，改好或按回车确认。"
        if dialogs.ask(self, words, more, ["仍然继续", "回去核对"], 1) == 0:
            return True
        self.go_on()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        return widgets.pass_by(super().focusNextPrevChild, forward)

    def reject(self) -> None:
        """Esc and 取消: what was corrected is not lost unasked."""
        self.controller.take_over()
        if self.review.undo_name:
            words, more = "刚才核对和改正的还没有用上。", "取消以后就没有了。"
            if dialogs.ask(self, words, more, ["不要了", "回去继续"], 1) != 0:
                return
        super().reject()

    def done(self, answer: int) -> None:
        super().done(answer)
        if self.controller.has_document:
            self.controller.changed.disconnect(self._say_counts)
            self.controller.close()


def _fitting(parent: QWidget | None) -> QSize:
    """Nearly as large as the window that it belongs to."""
    room = parent.window().size() - QSize(24, 24) if parent is not None else _SIZE
    return room.expandedTo(QSize(760, 400)).boundedTo(QSize(1440, 900))
