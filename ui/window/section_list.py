"""The list of all pages at the left: each with its state as sign and word."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.form.model import Severity
from ui.kit import symbols, theme
from ui.kit.qt_gaps import Index, fields
from ui.kit.stage import Stage
from ui.state.section_states import Place, State

_PLACE = Qt.ItemDataRole.UserRole
_STATE = Qt.ItemDataRole.UserRole + 1
_FIRST_OF_GROUP = Qt.ItemDataRole.UserRole + 2


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: "SectionList") -> None:
        super().__init__(parent)
        self._list = parent
        self._title = theme.font(9.5 if parent.is_compact else 10)
        self._title_bold = theme.font(9.5 if parent.is_compact else 10, bold=True)
        self._small = theme.font(8 if parent.is_compact else 8.5)
        self._height = round((37 if parent.is_compact else 50) * theme.SCALE)
        self._left = theme.STEP if parent.is_compact else theme.STEP * 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: Place = index.data(_PLACE)
        state: State = index.data(_STATE)
        rect, flags = fields(option).rect, fields(option).state
        is_current = bool(flags & QStyle.StateFlag.State_Selected)
        painter.save()
        if index.data(_FIRST_OF_GROUP):
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), theme.RULE)
        if is_current:
            painter.fillRect(rect, theme.ACCENT_SOFT)
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.ACCENT)
        elif flags & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.HOVER)
        has_state = state.stage is not Stage.NONE
        self._draw_title(painter, rect, place.title, is_current, has_state)
        if has_state:
            self._draw_state(painter, rect, state)
        if is_current and self._list.hasFocus():
            painter.setPen(theme.ACCENT)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _draw_title(self, painter: QPainter, rect: QRect, title: str, bold: bool, has_state: bool) -> None:
        font = self._title_bold if bold else self._title
        box = rect.adjusted(self._left, 0, -4, -rect.height() * 9 // 20 if has_state else 0)
        align = Qt.AlignmentFlag.AlignBottom if has_state else Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(theme.INK)
        elided = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(align | Qt.AlignmentFlag.AlignLeft), elided)

    def _draw_state(self, painter: QPainter, rect: QRect, state: State) -> None:
        top = rect.top() + rect.height() * 11 // 20
        height = rect.height() * 7 // 20
        size = min(symbols.SIZE, height + 2)
        sign = QRectF(rect.left() + self._left - 2, top + (height - size) / 2, size, size)
        if state.stage is Stage.FINDINGS or state.is_grave:
            symbols.draw_severity(painter, sign, Severity.ERROR if state.is_grave else Severity.WARNING)
        else:
            symbols.draw_stage(painter, sign, state.stage)
        painter.setFont(self._small)
        warned = theme.WARNING if state.stage is Stage.FINDINGS else theme.FAINT
        painter.setPen(theme.ERROR if state.is_grave else warned)
        box = QRect(rect.left() + self._left + size + 2, top, rect.width() - self._left - size - 4, height)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), state.words)


class SectionList(QListWidget):
    """`chosen` carries the key of the page that the clerk wants."""

    chosen = Signal(str)
    frames_its_own_focus = True  # the entry, not the whole list

    def __init__(self) -> None:
        super().__init__()
        self.is_compact = theme.is_compact()
        self.setAccessibleName("报告的各部分")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setFixedWidth(round((168 if self.is_compact else 280) * theme.SCALE))
        self.setMouseTracking(True)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.WINDOW)
        self.setPalette(palette)
        self.currentItemChanged.connect(self._on_current)

    def show_places(self, places: list[Place]) -> None:
        self.blockSignals(True)
        self.clear()
        group = None
        for place in places:
            item = QListWidgetItem()
            item.setData(_PLACE, place)
            item.setData(_STATE, State(Stage.NONE))
            item.setData(_FIRST_OF_GROUP, group is not None and place.group != group)
            group = place.group
            self.addItem(item)
        self.blockSignals(False)

    def show_states(self, states: Mapping[str, State]) -> None:
        for row in range(self.count()):
            item = self.item(row)
            place: Place = item.data(_PLACE)
            state = states.get(place.key, State(Stage.NONE))
            if state != item.data(_STATE):
                item.setData(_STATE, state)
            words = f"{place.title}：{state.details}" if state.details else place.title
            if words != item.toolTip():
                item.setToolTip(words)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def choose(self, key: str) -> None:
        """Mark a page as the one shown."""
        self.blockSignals(True)
        for row in range(self.count()):
            if self.item(row).data(_PLACE).key == key:
                self.setCurrentRow(row)
        self.blockSignals(False)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_PLACE).key)
