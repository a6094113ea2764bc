"""A row of widgets that goes on in the next line where the room ends: nothing in it is ever cut."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Takes widgets by `addWidget`; as high as its lines need at the width it is given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width, until something in it is another
        self._stretch = -1  # before which item the room goes that is left while all stand in one line
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)

    def add_stretch(self) -> None:
        """What is added from now on stands at the right, while all stand in one line."""
        self._stretch = len(self._items)

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), moves=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, moves=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = max(len(sizes) - 1, 0) * self.spacing()
        return QSize(
            sum(size.width() for size in sizes) + gaps, max((size.height() for size in sizes), default=0)
        )

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, moves: bool) -> int:
        """Put every item where it belongs, in the middle of its line, or only count: the height that is needed."""
        x, y = rect.x(), rect.y()
        whole = self.sizeHint()
        for number, item in enumerate(self._items):
            if number == self._stretch:
                x += max(rect.width() - whole.width(), 0)
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y = rect.x(), y + whole.height() + self.spacing()
            if moves:
                item.setGeometry(QRect(QPoint(x, y + (whole.height() - size.height()) // 2), size))
            x += size.width() + self.spacing()
        return y + whole.height() - rect.y()
