"""The list of all parts at the left: in three groups, a line each with its sign, its short name and at most one number."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.checks.standing import Kind
from ui.kit import symbols, theme
from ui.kit.qt_gaps import Index, fields
from ui.kit.scroll_bars import calm
from ui.kit.stage import Stage
from ui.state.section_states import GROUPS, Place, State

_PLACE = Qt.ItemDataRole.UserRole
_STATE = Qt.ItemDataRole.UserRole + 1
_FIRST_OF_GROUP = Qt.ItemDataRole.UserRole + 2
_LINE, _LEAST_LINE, _HEAD = (
    34,
    24,
    28,
)  # logical pixels: of an entry, of one where room is scarce, of a group's name
_WIDTH, _WIDTH_COMPACT = 212, 174
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: "SectionList") -> None:
        super().__init__(parent)
        self._list = parent
        self._face, self._bold = theme.font(), theme.font(bold=True)
        self._small, self._small_bold = theme.font(theme.SMALL), theme.font(theme.SMALL, bold=True)
        self._margin = 8 if parent.is_compact else 12

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._list.line_height + self._head(index))

    def _head(self, index: Index) -> int:
        """Room for the name of a group over its first entry; on a small screen a gap tells it."""
        if not index.data(_FIRST_OF_GROUP):
            return 0
        return self._list.head_height

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        whole, flags = fields(option).rect, fields(option).state
        if not self._list.region.intersects(whole):
            return  # Qt paints all between two that are to be painted
        place: Place = index.data(_PLACE)
        state: State = index.data(_STATE)
        head = self._head(index)
        rect = whole.adjusted(self._margin - 4, head + 1, 4 - self._margin, -1)
        is_current = bool(flags & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if head:
            self._draw_head(painter, QRect(whole.left(), whole.top(), whole.width(), head), place.group)
        self._draw_ground(painter, rect, is_current, bool(flags & QStyle.StateFlag.State_MouseOver))
        middle = rect.center().y() + 1
        size = symbols.SIZE
        sign = QRectF(rect.left() + 6, middle - size / 2, size, size)
        symbols.draw_stage(painter, sign, state.stage, state.share)
        left = rect.left() + 6 + size + 8
        room = self._draw_number(painter, rect, state)
        font = self._bold if is_current else self._face
        painter.setFont(font)
        painter.setPen(theme.ACCENT_DEEP if is_current else theme.INK)
        box = QRect(left, rect.top(), rect.right() - room - left, rect.height())
        name = QFontMetrics(font).elidedText(place.short_title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _LEFT, name)
        painter.restore()

    def _draw_head(self, painter: QPainter, box: QRect, group: int) -> None:
        if self._list.is_compact:
            y = box.center().y()
            painter.fillRect(QRect(box.left() + 8, y, box.width() - 16, 1), theme.HAIRLINE)
            return
        painter.setFont(self._small)
        painter.setPen(theme.FAINT)
        painter.drawText(box.adjusted(self._margin + 2, 4, 0, 0), _LEFT, GROUPS[group])

    def _draw_ground(self, painter: QPainter, rect: QRect, is_current: bool, is_hovered: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if is_current or is_hovered:
            painter.setBrush(theme.ACCENT_SOFT if is_current else theme.HOVER)
            painter.drawRoundedRect(rect, 8, 8)
        if is_current and self._list.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.ACCENT, 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(-2, 0, 2, 0), 8, 8)

    def _draw_number(self, painter: QPainter, rect: QRect, state: State) -> int:
        """At the right edge; the pixels that it takes. Red, as a badge, only what contradicts."""
        if not state.number:
            return 6
        words = str(state.number)
        is_wrong = state.kind == Kind.ERROR
        font = self._small_bold if is_wrong else self._small
        if is_wrong:
            return (
                symbols.draw_badge(painter, QPoint(rect.right() - 5, rect.center().y() + 1), words, font) + 10
            )
        painter.setFont(font)
        painter.setPen(theme.WARNING if state.is_amber else theme.FAINT)
        painter.drawText(rect.adjusted(0, 0, -9, 0), _RIGHT, words)
        return QFontMetrics(font).horizontalAdvance(words) + 14


class SectionList(QListWidget):
    """`chosen` carries the key of the page that the clerk wants."""

    chosen = Signal(str)
    frames_its_own_focus = True  # the entry, not the whole list

    def __init__(self) -> None:
        super().__init__()
        calm(self)
        self.is_compact = theme.is_compact()
        self.region = QRegion()  # that is painted anew
        self.line_height = round(_LINE * theme.SCALE)
        self.head_height = 9 if self.is_compact else round(_HEAD * theme.SCALE)
        self.setAccessibleName("报告的各部分")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setFixedWidth(round((_WIDTH_COMPACT if self.is_compact else _WIDTH) * theme.SCALE))
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
            item.setData(_FIRST_OF_GROUP, place.group != group)
            item.setToolTip(place.title)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, place.title)
            group = place.group
            self.addItem(item)
        self.blockSignals(False)
        self._share_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.region = event.region()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """All entries are seen wherever that can be: they stand closer before the list scrolls."""
        heads = sum(bool(self.item(row).data(_FIRST_OF_GROUP)) for row in range(self.count()))
        room = (self.height() - heads * self.head_height) // max(1, self.count())
        least, most = round(_LEAST_LINE * theme.SCALE), round(_LINE * theme.SCALE)
        height = min(most, max(least, room))
        if height != self.line_height:
            self.line_height = height
            self.scheduleDelayedItemsLayout()

    def show_states(self, states: Mapping[str, State]) -> None:
        for row in range(self.count()):
            item = self.item(row)
            place: Place = item.data(_PLACE)
            state = states.get(place.key, State(Stage.NONE))
            if state == item.data(_STATE):
                continue
            item.setData(_STATE, state)
            item.setToolTip("\n".join((place.title, *state.explained)))
            words = f"{place.title}：{state.details}" if state.details else place.title
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, "；".join(state.explained))

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
