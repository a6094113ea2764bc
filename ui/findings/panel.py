"""The list of findings in words, by section: go there, repair, explain; what is explained stands apart, folded."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeWidget, QTreeWidgetItem

from app.checks.explanations import Explained
from app.checks.finding import Finding
from app.checks.listing import basis
from app.checks.standing import Kind, kind_of
from app.form.model import FormDefinition
from app.report.model import Explanation, Pending
from app.report.place_names import place_name
from ui.findings.delegate import FINDING, FOLDED, KIND, PREVIEW, REASON, STRONG, FindingsDelegate, Link
from ui.findings.finding_actions import KEYS, FindingActions, is_menu_key
from ui.kit import theme
from ui.kit.scroll_bars import calm

_UPWARDS = (
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MovePrevious,
    QAbstractItemView.CursorAction.MovePageUp,
    QAbstractItemView.CursorAction.MoveEnd,
)
_MENU_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Shown(NamedTuple):
    findings: tuple[Finding, ...]
    explained: tuple[Explained, ...]
    kinds: tuple[Kind, ...]
    strong: int


class FindingsPanel(QTreeWidget):
    """`wanted` asks to go to a finding, `repair_wanted`, `explain_wanted`, `take_back_wanted` for what their names say.

    With `carry_out_by` these are carried out at once, and the menu of a finding (Alt+Enter, Ctrl+., the menu key, the right button)
    offers them. `looked_at` tells the finding under the pointer or the keyboard, None when it is left.
    """

    wanted = Signal(object)
    repair_wanted = Signal(object)
    explain_wanted = Signal(object)
    take_back_wanted = Signal(object)
    looked_at = Signal(object)

    def __init__(self, name: str = "检查结果", is_grouped: bool = True) -> None:
        super().__init__()
        calm(self)
        self.setAccessibleName(name)
        self._is_grouped = is_grouped
        self._shown: _Shown | None = None
        self._form: FormDefinition
        self._pending: tuple[Pending, ...] = ()
        self._is_open = False  # the group of what is explained
        self._pressed: tuple[tuple[Link, Finding] | None, Finding | None] = (
            None,
            None,
        )  # where the button went down
        self._finding_actions: FindingActions | None = None
        self.is_read_only = False
        self.goes_by_click = False  # one click goes where the finding is mended
        self._over: Finding | None = None  # under the pointer
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.delegate = FindingsDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setUniformRowHeights(False)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemDoubleClicked.connect(self._on_double_click)
        self.currentItemChanged.connect(lambda *_: self._look() if self.hasFocus() else None)

    def carry_out_by(self, finding_actions: FindingActions) -> None:
        """From now on repairs and explanations are carried out."""
        self._finding_actions = finding_actions
        self.repair_wanted.connect(finding_actions.repair)
        self.explain_wanted.connect(finding_actions.explain)
        self.take_back_wanted.connect(finding_actions.take_back)

    def set_read_only(self, is_read_only: bool) -> None:
        """A finding can be read and gone to; nothing is repaired or explained any more."""
        if self._finding_actions is not None:
            self._finding_actions.is_read_only = is_read_only
        if is_read_only != self.is_read_only:
            self.is_read_only = self.delegate.is_read_only = is_read_only
            self.viewport().update()

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_findings(
        self,
        findings: Iterable[Finding],
        form: FormDefinition,
        explained: Iterable[Explained] = (),
        is_open: bool | None = None,
        pending: Iterable[Pending] = (),
        strong: int = 0,
    ) -> None:
        """Say these, the first `strong` of them in bold; an error waits for a mark in `pending`. `is_open` unfolds or folds what
        is explained; None leaves it.
        """
        found, known, self._pending = tuple(findings), tuple(explained), tuple(pending)
        all_ = (*found, *(each.finding for each in known))
        kinds = tuple(kind_of(one, form, self._pending) for one in all_)
        shown = _Shown(found, known, kinds, strong)
        if is_open is not None and is_open != self._is_open:
            self._is_open, self._shown = is_open, None
        if shown == self._shown:
            return
        chosen, place = self.current(), self.verticalScrollBar().value()
        row = self.indexOfTopLevelItem(self.currentItem()) if self.currentItem() else 0
        self._form, self._shown = form, shown
        self.clear()
        self._add_all(shown.findings, [None] * len(shown.findings), chosen)
        for item in self._items()[: 0 if self._is_grouped else strong]:
            item.setData(0, STRONG, True)
        if shown.explained:
            self._add_fold(len(shown.explained), chosen)
        if self.currentItem() is None and self.hasFocus():
            self._choose_near(row)  # what was chosen is settled: on with the next
        self.verticalScrollBar().setValue(place)

    def choose(self, finding: Finding) -> bool:
        """Make a finding the current one and bring it into view. Whether it is told here."""
        item = next((one for one in self._items() if one.data(0, FINDING) == finding), None)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)
        return item is not None

    def _choose_near(self, row: int) -> None:
        """The first finding from this row on, else the last one before it."""
        told = [item for item in self._items() if item.data(0, FINDING) is not None]
        following = [item for item in told if self.indexOfTopLevelItem(item) >= row] or told[-1:]
        if following:
            self.setCurrentItem(following[0])

    def _add_fold(self, number: int, chosen: Finding | None) -> None:
        item = self._add_heading(f"已说明　{number}")
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(0, FOLDED, not self._is_open)
        state = "按回车键收起" if self._is_open else "按回车键展开"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"已说明{number}处，{state}")
        item.setToolTip(0, state)
        if self._is_open and self._shown:
            known = self._shown.explained
            self._add_all([one.finding for one in known], [one.explanation for one in known], chosen)

    def _add_all(
        self, findings: Sequence[Finding], reasons: Sequence[Explanation | None], chosen: Finding | None
    ) -> None:
        section = None
        for finding, reason in zip(findings, reasons, strict=True):
            name = place_name(self._form, finding.section)
            if self._is_grouped and name != section:
                same = sum(place_name(self._form, one.section) == name for one in findings)
                self._add_heading(f"{name}　{same}")
                section = name
            self._add(finding, reason, chosen)

    def _add_heading(self, name: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [name])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFont(0, theme.font(bold=True))
        return item

    def _add(self, finding: Finding, reason: Explanation | None, chosen: Finding | None) -> None:
        item = QTreeWidgetItem(self)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(0, FINDING, finding)
        item.setData(0, REASON, reason)
        kind = kind_of(finding, self._form, self._pending)
        item.setData(0, KIND, kind)
        preview = self._finding_actions.preview(finding) if self._finding_actions is not None else ""
        item.setData(0, PREVIEW, preview)
        words = f"{kind}：{finding.message}"
        if reason is not None:
            words += f"，已说明：{reason.reason}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)
        if preview:
            words += f"，可以修复：{preview}"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)
        item.setToolTip(
            0,
            f"{words}\n依据（{finding.rule}）：{basis(finding.rule)}\n双击或按回车键跳到这一处，按 {KEYS} 可以修复、写说明",
        )
        if finding == chosen:
            self.setCurrentItem(item)

    # -- what is chosen ------------------------------------------------------------------------------------------------

    def current(self) -> Finding | None:
        item = self.currentItem()
        found: Finding | None = item.data(0, FINDING) if item else None
        return found

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return [item for item in items if item is not None]

    @property
    def messages(self) -> list[str]:
        """What is told and not explained, in order."""
        return [one.message for one in self._shown.findings] if self._shown else []

    def link(self, finding: Finding, link: Link) -> QPoint:
        """Where a finding's link stands in the view (for tests and tooltips)."""
        for item in self._items():
            if item.data(0, FINDING) == finding:
                return self.delegate.links(self.visualItemRect(item), self.indexFromItem(item))[link].center()
        raise KeyError(finding)

    def _act(self, link: Link, finding: Finding) -> None:
        signals = {
            Link.REPAIR: self.repair_wanted,
            Link.EXPLAIN: self.explain_wanted,
            Link.TAKE_BACK: self.take_back_wanted,
        }
        signals[link].emit(finding)

    def _toggle(self) -> None:
        if self._shown is not None:
            shown, self._shown, self._is_open = self._shown, None, not self._is_open
            self.show_findings(
                shown.findings, self._form, shown.explained, pending=self._pending, strong=shown.strong
            )
            for item in self._items():
                if item.data(0, FOLDED) is not None:
                    self.setCurrentItem(item)
                    if self._is_open:
                        self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtTop)

    # -- mouse and keys ------------------------------------------------------------------------------------------------

    def _on_double_click(self, item: QTreeWidgetItem) -> None:
        if (finding := item.data(0, FINDING)) is not None:
            self.wanted.emit(finding)

    def _link_at(self, point: QPoint) -> tuple[Link, Finding] | None:
        index = self.indexAt(point)
        finding: Finding | None = index.data(FINDING)
        if finding is None:
            return None
        for link, box in self.delegate.links(self.visualRect(index), index).items():
            if box.contains(point):
                return link, finding
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._link_at(event.position().toPoint())
        if over != self.delegate.hovered:
            self.delegate.hovered = over
            self.viewport().update()
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        if self.goes_by_click and self.indexAt(event.position().toPoint()).data(FINDING) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self._look(self.indexAt(event.position().toPoint()).data(FINDING))

    def _look(self, over: Finding | None = None) -> None:
        """What the pointer is on, else what the keyboard is on; nothing is shown or hidden by it."""
        seen = over if over is not None or not self.hasFocus() else self.current()
        if seen != self._over:
            self._over = seen
            self.looked_at.emit(seen)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._look()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._look()
        self.delegate.hovered = None
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._pressed = self._link_at(point), self.indexAt(point).data(FINDING)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks are of one finding: what has come under the pointer since the first is not meant."""
        link, finding = self._pressed
        if link is None and self.indexAt(event.position().toPoint()).data(FINDING) == finding:
            super().mouseDoubleClickEvent(event)
        self._pressed = None, None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if (hit := self._link_at(point)) is not None:
            if hit == self._pressed[0]:  # the list may have moved on while the button was down
                self._act(*hit)
        elif self.indexAt(point).data(FOLDED) is not None:
            self._toggle()
        elif self.goes_by_click and (finding := self.indexAt(point).data(FINDING)) is not None:
            self.wanted.emit(finding)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.visualItemRect(self.currentItem()).center() if self.currentItem() else QPoint()
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self._show_menu(self.viewport().mapToGlobal(at) if is_key else event.globalPos())

    def _show_menu(self, place: QPoint) -> QMenu | None:
        finding = self.current()
        if finding is None or self._finding_actions is None:
            return None
        menu = self._finding_actions.menu([finding], self.wanted.emit)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
        return menu

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_menu_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        finding, item = self.current(), self.currentItem()
        if is_menu_key(event) and finding is not None:
            self._show_menu(self.viewport().mapToGlobal(self.visualItemRect(item).center()))
        elif event.key() in _MENU_KEYS and finding is not None:
            is_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            is_repair = is_control and finding.repair and not self.is_read_only
            (self.repair_wanted if is_repair else self.wanted).emit(finding)
        elif (
            item is not None
            and item.data(0, FOLDED) is not None
            and event.key() in (*_MENU_KEYS, Qt.Key.Key_Space)
        ):
            self._toggle()
        elif event.text().strip() and event.text().isprintable():
            event.ignore()  # no search by its first letter: whoever holds the list knows where it belongs
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The arrow keys pass by headings: nothing can be done about one."""
        index = super().moveCursor(action, modifiers)
        goes_up = action in _UPWARDS
        for step_up in (goes_up, not goes_up):  # at the first heading of all: back down
            found = index
            while found.isValid() and found.data(FINDING) is None and found.data(FOLDED) is None:
                found = self.indexAbove(found) if step_up else self.indexBelow(found)
            if found.isValid():
                return found
        return index

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        item = self.currentItem()
        if item is None or (item.data(0, FINDING) is None and item.data(0, FOLDED) is None):
            self._choose_near(0 if item is None else self.indexOfTopLevelItem(item))  # Qt chose a heading
        elif not item.isSelected():
            item.setSelected(True)  # Qt made it the current one, and left it without a sign
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences are broken anew before they are painted: laid in the midst of it, all would be painted twice."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
