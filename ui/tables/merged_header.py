"""The printed headings of a table, merged as on paper, frozen while the cells scroll."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLine, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from app.documents.layout import HeadingPlace, places
from app.form.model import Heading
from ui.kit import theme
from ui.tables.wrapping import wrap

PAD = 6  # logical pixels beside the words of a row's heading
PAD_ACROSS = 3  # beside those over a column, which are centred
UPRIGHT_WIDTH = 44  # a narrower column of merged rows has its label set upright
_PAUSES = frozenset("、，。")  # in upright text they stand in the upper right of half a character
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class MergedHeader(QHeaderView):
    """A heading tree on its levels; `set_levels` gives each level's thickness in pixels."""

    def __init__(self, orientation: Qt.Orientation, headings: tuple[Heading, ...], parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.horizontal = orientation == Qt.Orientation.Horizontal
        self.places = places(headings)
        self.levels = max(heading.depth for heading in headings)
        self._edges = [0] * (self.levels + 1)
        self._current = -1
        self.is_alone = False  # no headings on the other side: draws the outer edge itself
        self._lines: dict[tuple[str, int, int], tuple[str, ...]] = {}
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(12)

    # -- sizes ---------------------------------------------------------------------------------------------------------

    def set_levels(self, sizes: Sequence[int]) -> None:
        """Give each level its thickness, from the outermost inwards."""
        edges = [0]
        for size in sizes:
            edges.append(edges[-1] + size)
        if edges != self._edges:
            self._edges = edges
            self._lines.clear()
            self.viewport().update()

    @property
    def thickness(self) -> int:
        return self._edges[-1]

    def edge(self, level: int) -> int:
        """Where a level begins, in pixels from the outside."""
        return self._edges[level]

    def sizeHint(self) -> QSize:
        return QSize(100, self.thickness) if self.horizontal else QSize(self.thickness, 100)

    def set_current(self, line: int) -> None:
        """Light the heading of the row or column under the cursor (-1: none)."""
        for one in {line, self._current} - {-1} if line != self._current else ():
            at, size = self.sectionViewportPosition(one), self.sectionSize(one)
            rect = (
                QRect(at, 0, size, self.thickness) if self.horizontal else QRect(0, at, self.thickness, size)
            )
            self.viewport().update(rect)
        self._current = line

    def rect_of(self, place: HeadingPlace) -> QRect:
        last = place.line + place.lines - 1
        start = self.sectionViewportPosition(place.line)
        length = self.sectionViewportPosition(last) + self.sectionSize(last) - start
        near, far = self._edges[place.level], self._edges[place.level + place.levels]
        if self.horizontal:
            return QRect(start, near, length, far - near)
        return QRect(near, start, far - near, length)

    def is_upright(self, place: HeadingPlace) -> bool:
        width = self._edges[place.level + place.levels] - self._edges[place.level]
        return not self.horizontal and place.lines > 2 and width <= UPRIGHT_WIDTH

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.fillRect(event.rect(), self.palette().window())
        region = event.region()
        for place in self.places:
            rect = self.rect_of(place)
            if region.intersects(rect):
                self._paint(painter, place, rect)
        painter.setPen(theme.RULE)
        start, end = -self.offset(), self.length() - 1 - self.offset()
        thickness = self.thickness - 1
        outer = [QLine(start, 0, end, 0), QLine(start, 0, start, thickness)]
        painter.drawLines(
            outer[: 2 if self.is_alone else 1] if self.horizontal else [QLine(0, start, 0, end)]
        )
        painter.end()

    def _paint(self, painter: QPainter, place: HeadingPlace, rect: QRect) -> None:
        lit = place.lines == 1 and place.line == self._current
        painter.fillRect(rect, theme.ACCENT_SOFT if lit else theme.HEADING)
        painter.setPen(theme.RULE)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(theme.INK)
        seen = rect.intersected(self.viewport().rect())  # the label stays in the part that is seen
        if self.is_upright(place):
            paint_upright(painter, seen, place.heading.label)
            return
        pad = PAD_ACROSS if self.horizontal else PAD
        box = (seen if place.lines > 1 else rect).adjusted(pad, 1, -pad, -1)
        centred = self.horizontal or (place.lines > 1)
        lines = self.lines_of(place.heading.label, box.width(), box.height(), centred)
        painter.drawText(box, _CENTER if centred else _LEFT, "\n".join(lines))

    def lines_of(self, label: str, width: int, height: int, even: bool) -> tuple[str, ...]:
        """The label broken for a box; shortened with … when the box is too small."""
        key = (label, width, height)
        if key not in self._lines:
            if len(self._lines) > 500:
                self._lines.clear()
            metrics = QFontMetrics(self.font())
            most = max(1, height // metrics.lineSpacing())
            self._lines[key] = wrap(label, width, most, metrics.horizontalAdvance, even)
        return self._lines[key]

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            heading = self.heading_at(event.pos())
            if heading is not None:
                parts = (heading.label, heading.note, f"《条例》{heading.article}" if heading.article else "")
                QToolTip.showText(event.globalPos(), "\n".join(part for part in parts if part), self)
            return True
        return super().viewportEvent(event)

    def heading_at(self, pos: QPoint) -> Heading | None:
        for place in self.places:
            if self.rect_of(place).contains(pos):
                return place.heading
        return None


def paint_upright(painter: QPainter, rect: QRect, text: str) -> None:
    """Set a label from top to bottom, one character a line; what does not fit ends in ⋮."""
    metrics = painter.fontMetrics()
    step = metrics.height()
    steps = [step // 2 if char in _PAUSES else step for char in text]
    shown = list(zip(text, steps, strict=True))
    if sum(steps) > rect.height() - 2:
        while shown and sum(size for _, size in shown) + step > rect.height() - 2:
            shown.pop()
        shown.append(("⋮", step))
    y = rect.top() + max(0, (rect.height() - sum(size for _, size in shown)) // 2)
    for char, size in shown:
        box = QRect(rect.left(), y, rect.width(), step)
        if char in _PAUSES:
            box.translate(metrics.horizontalAdvance("中") // 2 + 1, -step // 2)
        painter.drawText(box, _CENTER, char)
        y += size
