"""Findings in words, in as many lines as there are: click to go there, one button to repair, the rest in a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.checks.finding import Finding
from app.checks.standing import Kind, kind_of
from app.form.model import FormDefinition, Severity
from app.report.model import Pending
from ui.kit import theme, widgets
from ui.kit.elided import LineButton

NOTHING = "没有发现问题"
_LONGEST = 8  # characters on the button of a repair; a longer one is told beside it
_Said = tuple[tuple[Finding, ...], int, str]  # findings, how many in bold, what is said when there are none


class FindingsStrip(QFrame):
    """Shows as many findings as it has lines; the rest are in a menu."""

    wanted = Signal(object)  # Finding: go there
    repair_wanted = Signal(object)  # Finding
    explain_wanted = Signal(object)  # Finding: why it is left as it is
    looked_at = Signal(object)  # Finding under the pointer or the keyboard, None when it is left

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form: FormDefinition | None = None  # of the report whose findings they are
        self.pending: tuple[Pending, ...] = ()  # the marks for which an error waits
        self._findings: tuple[Finding, ...] = ()
        self._lines: list[_FindingLine] = []
        self._shown = 0
        self._wanted: _Said = ((), 0, NOTHING)
        self._is_showing = False
        self.can_explain = True
        self.is_read_only = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._more = widgets.PushButton(self)
        self._more.setStyleSheet(theme.LINK)
        self._more.setAccessibleName("其余的问题")
        self._more.clicked.connect(self._show_rest)
        self._more.hide()
        self.setAccessibleName("本表的问题")

    def set_lines(self, count: int) -> None:
        """How many lines there are; the strip keeps this height, so that nothing jumps while typing."""
        while len(self._lines) < count:
            line = _FindingLine(self)
            line.button.clicked.connect(partial(self._ask, self.wanted, line))
            line.repair.clicked.connect(partial(self._ask, self.repair_wanted, line))
            line.explain.clicked.connect(partial(self._ask, self.explain_wanted, line))
            line.button.installEventFilter(self)
            line.set_read_only(self.is_read_only)
            self._lines.append(line)
            self._column.addWidget(line)
        for index, line in enumerate(self._lines):
            line.setVisible(index < count)
        self._shown = count
        self._lines[count - 1].row.insertWidget(1, self._more)  # what can be done stands in one column
        self.setFixedHeight(count * self.line_height)

    @property
    def line_height(self) -> int:
        return self.fontMetrics().lineSpacing() + 8

    def set_read_only(self, is_read_only: bool) -> None:
        """A finding can be read and gone to; nothing is repaired or explained any more."""
        self.is_read_only = is_read_only
        for line in self._lines:
            line.set_read_only(is_read_only)

    def show_findings(self, findings: Sequence[Finding], strong: int = 0, idle: str = NOTHING) -> None:
        """Say these, the first `strong` of them in bold; `idle` is said when there are none.

        A line that goes from under the pointer or the keyboard sends both elsewhere at once, and whoever has them then may
        ask for other findings: it is said after this one, never within it.
        """
        self._wanted = (tuple(findings), strong, idle)
        if self._is_showing:
            return
        self._is_showing = True
        try:
            said: _Said | None = None
            while said is not self._wanted:
                said = self._wanted
                self._say(*said)
        finally:
            self._is_showing = False

    def _say(self, findings: tuple[Finding, ...], strong: int, idle: str) -> None:
        self._findings = findings
        for index, line in enumerate(self._lines[: self._shown]):
            if index < len(findings):
                line.show_finding(findings[index], index < strong)
            else:
                line.show_none("" if findings or index else idle)
        left = len(self._findings) - self._shown
        self._more.setText(f"还有{left}项 ▾")
        self._more.setVisible(left > 0)

    @property
    def texts(self) -> list[str]:
        """What is readable now, for tests and screen readers."""
        return [line.button.text() for line in self._lines[: self._shown] if line.button.text()]

    def line(self, index: int) -> "_FindingLine":
        return self._lines[index]

    def eventFilter(self, button: QObject, event: QEvent) -> bool:
        """Where the clerk looks; not what Qt tells of lines that come and go while nobody moved."""
        if self._is_showing:
            return super().eventFilter(button, event)
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            line = button.parent()
            self.looked_at.emit(line.finding if isinstance(line, _FindingLine) else None)
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self.looked_at.emit(None)
        return super().eventFilter(button, event)

    def _ask(self, what: SignalInstance, line: "_FindingLine", _checked: bool = False) -> None:
        if line.finding is not None:
            what.emit(line.finding)

    def _show_rest(self) -> None:
        menu = QMenu(self)
        for finding in self._findings[self._shown :]:
            menu.addAction(finding.message).setData(finding)
        menu.triggered.connect(self._chosen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _chosen(self, action: QAction) -> None:
        self.wanted.emit(action.data())


class _FindingLine(QWidget):
    """Sign, sentence, the repair where there is one, and the way to explain."""

    def __init__(self, parent: FindingsStrip) -> None:
        super().__init__(parent)
        self.finding: Finding | None = None
        self._strip = parent
        self.button = LineButton(self)
        self.repair = widgets.PushButton(self)
        self.repair.setStyleSheet(theme.LINK)
        self.repair.setCursor(Qt.CursorShape.PointingHandCursor)
        self.explain = widgets.PushButton("写说明", self)
        self.explain.setStyleSheet(theme.LINK)
        self.explain.setCursor(Qt.CursorShape.PointingHandCursor)
        self.explain.setToolTip("不改的，写明理由（出错说明），印在核对表上")
        self.repair.is_passed_by = self.explain.is_passed_by = (
            True  # Tab out of the last cell is typed on with
        )
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.STEP)
        self.row.addWidget(self.button, 1)
        self.row.addWidget(self.repair)
        self.row.addWidget(self.explain)
        self.setFixedHeight(parent.line_height)
        self.repair.setFixedHeight(parent.line_height - 2)
        self.explain.setFixedHeight(parent.line_height - 2)

    def set_read_only(self, is_read_only: bool) -> None:
        for button in (self.repair, self.explain):
            button.setEnabled(not is_read_only)

    def show_finding(self, finding: Finding, is_strong: bool) -> None:
        assert self._strip.form is not None, "it has findings of no report"
        kind = kind_of(finding, self._strip.form, self._strip.pending)
        if (finding, is_strong, kind) != (self.finding, self.button.is_strong, self.button.kind):
            self._show(finding, finding.message, is_strong, kind)

    def show_none(self, text: str) -> None:
        """No finding: only these words, or nothing at all."""
        self._show(None, text, is_strong=False, kind=None)

    def _show(self, finding: Finding | None, text: str, is_strong: bool, kind: Kind | None) -> None:
        """Each part is shown or hidden once and for all: hidden and shown again it would lose the pointer in between."""
        self.finding = finding
        self.button.kind = kind
        self.button.is_strong = is_strong
        self.button.setText(text)
        self.button.setToolTip(finding.message if finding else "")
        self.button.setEnabled(finding is not None)
        self.button.setVisible(bool(text))
        is_asked = finding is not None and finding.severity is not Severity.INFO  # 提示 asks nothing
        self.explain.setVisible(is_asked and self._strip.can_explain)
        self.explain.setAccessibleName(f"写说明：{finding.message}" if finding else "写说明")
        repair = finding.repair if finding else None
        self.repair.setVisible(repair is not None)
        if repair is not None:
            self.repair.setText(repair.text if len(repair.text) <= _LONGEST else "修复")
            self.repair.setToolTip(repair.text)
            self.repair.setAccessibleName(f"{repair.text}：{text}")
        self.button.update()
