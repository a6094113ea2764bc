"""How a finding is drawn in a list: its sign, the sentence, the repair as before → after or the reason, and links to act."""

from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

from app.checks.finding import Finding
from app.checks.standing import Kind
from app.documents.compose import printed_date
from app.form.model import Severity
from app.report.model import Explanation
from ui.kit import symbols, theme
from ui.kit.qt_gaps import Index, fields

FINDING = Qt.ItemDataRole.UserRole
REASON = Qt.ItemDataRole.UserRole + 1  # Explanation of a finding that is explained
PREVIEW = Qt.ItemDataRole.UserRole + 3  # before → after of a repair of the text
KIND = Qt.ItemDataRole.UserRole + 4  # what the finding is called
STRONG = Qt.ItemDataRole.UserRole + 5  # whether it is of the place under the cursor
FOLDED = Qt.ItemDataRole.UserRole + 2  # on the heading of what is explained: whether it is folded
_GAP = theme.STEP
_HEADING = 30
_NARROW = 560  # logical pixels of a list under which the links stand below the words, not beside them
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class Link(StrEnum):
    """What can be done with one click, as it is called."""

    REPAIR = "修复"
    EXPLAIN = "写说明"
    TAKE_BACK = "取消说明"


class FindingsDelegate(QStyledItemDelegate):
    """Paints everything itself: a list of fifty findings costs no widget."""

    def __init__(self, view: QTreeWidget) -> None:
        super().__init__(view)
        self._view = view
        self.is_read_only = False  # then no row has links
        self.hovered: tuple[Link, Finding] | None = None

    # -- measures ------------------------------------------------------------------------------------------------------

    @property
    def _is_narrow(self) -> bool:
        return self._view.viewport().width() < round(_NARROW * theme.SCALE)

    def links(self, rect: QRect, index: Index) -> dict[Link, QRect]:
        """Where the links of a row stand: from the right, or under the words from the left."""
        finding: Finding | None = index.data(FINDING)
        if finding is None or self.is_read_only:
            return {}
        if index.data(REASON) is not None:
            names = [Link.TAKE_BACK]
        else:
            names = [Link.REPAIR] * bool(finding.repair)
            names += [Link.EXPLAIN] * (finding.severity is not Severity.INFO)  # 提示 asks nothing
        metrics = QFontMetrics(self._view.font())
        height = metrics.height() + 8
        right, made = rect.right() - _GAP // 2, {}
        if self._is_narrow:
            left = self._text_rect(rect).left() - _GAP
            for name in names:
                width = metrics.horizontalAdvance(name.value) + 2 * _GAP
                made[name] = QRect(left, rect.bottom() - height - 1, width, height)
                left += width
            return made
        for name in reversed(names):
            width = metrics.horizontalAdvance(name.value) + 2 * _GAP
            made[name] = QRect(right - width, rect.top() + 4, width, height)
            right -= width
        return made

    def _text_rect(self, rect: QRect) -> QRect:
        """The same column for all rows: the links of none stand in it."""
        if self._is_narrow:
            return rect.adjusted(_GAP * 2 + symbols.SIZE, 0, -_GAP, 0)
        metrics = QFontMetrics(self._view.font())
        links = metrics.horizontalAdvance("修复写说明") + 4 * _GAP
        return rect.adjusted(_GAP * 2 + symbols.SIZE, 0, -links - _GAP, 0)

    def _paragraphs(self, index: Index) -> list[tuple[str, QFont, QColor | None]]:
        """(text, face, colour; None: that of the list) of a row, from the top."""
        finding: Finding = index.data(FINDING)
        reason: Explanation | None = index.data(REASON)
        font = QFont(self._view.font())
        font.setBold(bool(index.data(STRONG)))
        found: list[tuple[str, QFont, QColor | None]] = [(finding.message, font, None)]
        small = QFont(self._view.font())
        small.setPointSizeF(theme.SMALL * theme.SCALE)
        preview: str = index.data(PREVIEW) or ""
        if preview and reason is None:
            found.append((preview, small, theme.FAINT))
        if reason is not None:
            found.append((f"说明：{reason.reason}（{printed_date(reason.made_on)}）", small, theme.FAINT))
        return found

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(FINDING) is None:
            return QSize(0, _HEADING)
        width = self._text_rect(QRect(0, 0, self._view.viewport().width(), 99)).width()
        height = sum(_height(text, font, width) for text, font, _ in self._paragraphs(index))
        has_links = self._is_narrow and bool(self.links(QRect(), index))
        below = QFontMetrics(self._view.font()).height() + 4 if has_links else 0
        return QSize(0, height + 2 * _GAP - 2 + below)

    # -- painting ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = fields(option).rect
        is_current = bool(fields(option).state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.fillRect(rect, theme.ACCENT_SOFT)
        colour = fields(option).palette.color(QPalette.ColorRole.Text)
        if index.data(FINDING) is None:
            self._paint_heading(painter, rect, index, colour)
        else:
            self._paint_finding(painter, rect, index, colour)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, index: Index, colour: QColor) -> None:
        painter.setFont(theme.font(bold=True))
        painter.setPen(colour)
        folded = index.data(FOLDED)
        sign = "" if folded is None else "▸ " if folded else "▾ "
        box = rect.adjusted(_GAP // 2, 0, -_GAP, 0)
        painter.drawText(
            box,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            f"{sign}{index.data(Qt.ItemDataRole.DisplayRole)}",
        )

    def _paint_finding(self, painter: QPainter, rect: QRect, index: Index, colour: QColor) -> None:
        finding: Finding = index.data(FINDING)
        box = self._text_rect(rect).adjusted(0, _GAP - 1, 0, 0)
        middle = box.top() + QFontMetrics(self._view.font()).height() / 2 - symbols.SIZE / 2
        sign = QRectF(rect.left() + _GAP, middle, symbols.SIZE, symbols.SIZE)
        symbols.draw_kind(painter, sign, Kind(index.data(KIND)))
        for text, font, own in self._paragraphs(index):
            painter.setFont(font)
            painter.setPen(own or colour)
            painter.drawText(box, _WRAP, text)
            box.setTop(box.top() + _height(text, font, box.width()))
        painter.setFont(self._view.font())
        for link, place in self.links(rect, index).items():
            if self.hovered == (link, finding):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.HOVER)
                painter.drawRoundedRect(place, 4, 4)
            painter.setPen(theme.ACCENT)
            painter.drawText(place, _MIDDLE, link.value)


_heights: dict[tuple[str, str, int], int] = {}
_MOST_KEPT = 2000


def _height(text: str, font: QFont, width: int) -> int:
    """Broken anew at each look the list took longer than its page."""
    key = text, font.key(), width
    if key not in _heights:
        if len(_heights) >= _MOST_KEPT:
            _heights.clear()
        box = QRect(0, 0, max(width, 80), 9999)
        _heights[key] = QFontMetrics(font).boundingRect(box, _WRAP, text).height()
    return _heights[key]
