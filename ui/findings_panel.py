"""The list of findings in words, grouped by section: jump with a double click or Enter, repair with a button."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.checks.finding import Finding
from app.form.model import FormDefinition, Severity
from app.report import INTRODUCTION
from ui import symbols, theme, widgets

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_PLACES = {INTRODUCTION: "引言", "title": "标题", "signature": "落款", "": "全文"}
_FINDING = Qt.ItemDataRole.UserRole
_GAP = theme.STEP


def place_name(form: FormDefinition, section: str) -> str:
    """The printed name of a finding's section."""
    if section in _PLACES:
        return _PLACES[section]
    return form.section(section).title


class _Delegate(QStyledItemDelegate):
    """A sign, then the sentence, wrapped."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        finding: Finding | None = index.data(_FINDING)
        if finding is None:
            super().paint(painter, option, index)
            return
        painter.save()
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.fillRect(option.rect, theme.ACCENT_SOFT)
        box = self._text_rect(option.rect)
        metrics = QFontMetrics(option.font)
        text = metrics.boundingRect(QRect(0, 0, box.width(), 9999), int(_FLAGS), finding.message)
        box.setTop(option.rect.top() + (option.rect.height() - text.height()) // 2)
        middle = box.top() + metrics.height() / 2 - symbols.SIZE / 2
        sign = QRectF(option.rect.left() + _GAP, middle, symbols.SIZE, symbols.SIZE)
        symbols.draw_severity(painter, sign, finding.severity)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(box, int(_FLAGS), finding.message)
        painter.restore()

    @staticmethod
    def _text_rect(rect: QRect) -> QRect:
        return rect.adjusted(_GAP * 2 + symbols.SIZE, 0, -_GAP, 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        finding: Finding | None = index.data(_FINDING)
        if finding is None:
            return QSize(0, 32)
        view: QTreeWidget = self.parent()
        width = self._text_rect(QRect(0, 0, view.columnWidth(0), 99)).width()
        bounds = QFontMetrics(view.font()).boundingRect(
            QRect(0, 0, max(width, 80), 9999), int(_FLAGS), finding.message
        )
        return QSize(0, max(bounds.height() + 2 * _GAP - 2, 38 if finding.repair else 0))


_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FindingsPanel(QTreeWidget):
    """`wanted` asks to jump to a finding, `repair_wanted` to carry out its repair."""

    wanted = Signal(object)
    repair_wanted = Signal(object)

    def __init__(self, name: str = "检查结果", is_grouped: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._is_grouped = is_grouped
        self._shown: tuple[Finding, ...] | None = None
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Delegate(self))
        self.setUniformRowHeights(False)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(1, 88)
        self.itemDoubleClicked.connect(self._on_double_click)

    def show_findings(self, findings: Iterable[Finding], form: FormDefinition) -> None:
        found = tuple(findings)
        if found == self._shown:
            return
        chosen = self.current()
        place = self.verticalScrollBar().value()
        self._shown = found
        self.clear()
        self.setColumnHidden(1, not any(one.repair for one in found))
        section = None
        for finding in found:
            name = place_name(form, finding.section)
            if self._is_grouped and name != section:
                self._add_heading(name)
                section = name
            self._add(finding, chosen)
        self.verticalScrollBar().setValue(place)

    def _add_heading(self, name: str) -> None:
        item = QTreeWidgetItem(self, [name])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFont(0, theme.font(bold=True))
        item.setFirstColumnSpanned(True)

    def _add(self, finding: Finding, chosen: Finding | None) -> None:
        item = QTreeWidgetItem(self)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(0, _FINDING, finding)
        words = f"{WORDS[finding.severity]}：{finding.message}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)
        item.setToolTip(0, f"{words}\n检查项编号 {finding.rule}，双击或按回车键跳到这一处")
        if finding.repair:
            repair = widgets.link("修复", lambda: self.repair_wanted.emit(finding))
            repair.setToolTip(finding.repair.text)
            repair.setAccessibleName(f"修复：{finding.repair.text}")
            self.setItemWidget(item, 1, repair)
        if finding == chosen:
            self.setCurrentItem(item)

    def current(self) -> Finding | None:
        item = self.currentItem()
        found: Finding | None = item.data(0, _FINDING) if item else None
        return found

    def choose(self, finding: Finding) -> None:
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item.data(0, _FINDING) == finding:
                self.setCurrentItem(item)

    def _on_double_click(self, item: QTreeWidgetItem) -> None:
        if (finding := item.data(0, _FINDING)) is not None:
            self.wanted.emit(finding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        finding = self.current()
        if finding and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and finding.repair:
                self.repair_wanted.emit(finding)
            else:
                self.wanted.emit(finding)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        if self.currentItem() is None:
            for row in range(self.topLevelItemCount()):
                if self.topLevelItem(row).data(0, _FINDING) is not None:
                    self.setCurrentItem(self.topLevelItem(row))
                    break

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def height_for_rows(self, most: int) -> int:
        """How tall it must be to show its first rows, at most so many pixels."""
        heights = (
            self.sizeHintForIndex(self.model().index(row, 0)).height()
            for row in range(self.topLevelItemCount())
        )
        return min(sum(heights) + 2, most)
