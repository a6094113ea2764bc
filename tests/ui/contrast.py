"""What is too weak to be seen, measured from the pixels of a window: words, the edges of controls, the ring of the keyboard."""

from collections import Counter
from collections.abc import Iterator

from PIL import Image
from PySide6.QtCore import QAbstractListModel, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from ui.kit.appearance import contrast
from ui.kit.focus_ring import FocusRing

WORDS, EDGE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
_LEAST_WORDS = 6  # logical pixels: nothing that is lower or narrower holds words
_PAST_RING = 6  # logical pixels: the ring of the keyboard may stand between a control and its ground
Colour = tuple[int, int, int]


class Picture:
    """The pixels of a widget; places are in its logical coordinates."""

    def __init__(self, widget: QWidget) -> None:
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGBA8888)
        self._scale = image.devicePixelRatio()
        size = image.width(), image.height()
        self._pixels = Image.frombuffer("RGBA", size, bytes(image.constBits()), "raw", "RGBA", 0, 1).convert(
            "RGB"
        )

    def colours(self, box: QRect) -> Counter[Colour]:
        """How often each colour occurs."""
        left, top, right, bottom = (
            round(one * self._scale) for one in (box.left(), box.top(), box.right() + 1, box.bottom() + 1)
        )
        part = self._pixels.crop((max(left, 0), max(top, 0), right, bottom))
        found = part.getcolors(max(part.width * part.height, 1)) or []
        return Counter({colour: count for count, colour in found})


def ratio(one: Colour, other: Colour) -> float:
    return contrast(QColor(*one), QColor(*other))


def ground_of(colours: Counter[Colour]) -> Colour:
    return max(colours, key=colours.__getitem__)


def words_ratio(picture: Picture, box: QRect) -> float:
    """Of the strongest ink in a place to its ground: thin strokes are mixed with the ground at their edges."""
    colours = picture.colours(box)
    ground = ground_of(colours)
    return max(ratio(one, ground) for one in colours)


def edge_ratio(picture: Picture, box: QRect) -> float:
    """Of the edge of a control, or of its ground where it is filled, to what lies around it: along the middle of its left side."""
    middle = box.center().y()
    outside = ground_of(picture.colours(QRect(box.left() - _PAST_RING, middle - 2, 2, 4)))
    across = picture.colours(QRect(box.left(), middle - 2, 4, 4))
    return max(ratio(one, outside) for one in across)


def is_seen(widget: QWidget) -> bool:
    """Whether all of it can be seen: what is covered or scrolled away is looked at elsewhere."""
    if not widget.isVisible() or min(widget.width(), widget.height()) < _LEAST_WORDS:
        return False
    seen = widget.visibleRegion().boundingRect()
    return seen.width() >= widget.width() - 1 and seen.height() >= widget.height() - 1


def _box(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def _worded(window: QWidget) -> Iterator[tuple[str, QRect]]:
    """Every place with words: what they are, and where."""
    for kind in (QLabel, QAbstractButton, QLineEdit):
        for one in window.findChildren(kind):
            text = one.text().strip() if isinstance(one, QLabel | QAbstractButton | QLineEdit) else ""
            is_outside = one.window() is not window or not one.isEnabled() or not is_seen(one)
            if text and not is_outside and not (isinstance(one, QLineEdit) and one.isReadOnly()):
                yield f"{type(one).__name__} “{text[:20]}”", _box(one, window).adjusted(2, 2, -2, -2)
    for view in window.findChildren(QAbstractItemView):
        yield from _cells(view, window)
    for edit in window.findChildren(QTextEdit):
        if edit.window() is window and is_seen(edit) and edit.toPlainText().strip():
            box = _box(edit.viewport(), window)
            yield f"{type(edit).__name__} “{edit.accessibleName()}”", box


def _cells(view: QAbstractItemView, window: QWidget) -> Iterator[tuple[str, QRect]]:
    model = view.model()
    if model is None or view.window() is not window or not view.isEnabled():
        return
    region, start = (
        view.viewport().visibleRegion(),
        view.viewport().mapTo(window, view.viewport().rect().topLeft()),
    )
    inside = [one for one in view.viewport().children() if isinstance(one, QWidget)]  # the editor of a cell
    for row in range(min(model.rowCount(), 60)):
        for column in range(1 if isinstance(model, QAbstractListModel) else min(model.columnCount(), 12)):
            index = model.index(row, column)
            box = view.visualRect(index)
            text = index.data(Qt.ItemDataRole.DisplayRole)
            is_text = (
                isinstance(text, str)
                and bool(text.strip())
                and bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
            )
            is_covered = any(over.isVisible() and over.geometry().intersects(box) for over in inside)
            if (
                is_text
                and box.height() > _LEAST_WORDS
                and region.boundingRect().contains(box)
                and not is_covered
            ):
                yield (
                    f"{type(view).__name__} “{text.strip()[:20]}”",
                    box.translated(start).adjusted(1, 1, -1, -1),
                )


def _edged(window: QWidget) -> Iterator[tuple[str, QRect]]:
    """Every control that has an edge: not a link, which is known by its words."""
    for one in window.findChildren(QWidget):
        is_plain = isinstance(one, QPushButton) and "transparent" not in one.styleSheet() and not one.isFlat()
        is_field = (
            isinstance(one, QLineEdit)
            and not one.isReadOnly()
            and not isinstance(one.parentWidget(), QComboBox)
        )
        is_edged = is_plain or is_field or isinstance(one, QComboBox)
        if is_edged and one.window() is window and one.isEnabled() and is_seen(one) and one.styleSheet():
            yield f"{type(one).__name__} “{one.text() if hasattr(one, 'text') else ''}”", _box(one, window)


def weak(window: QWidget) -> list[str]:
    """What falls short in a window: what it is, and its ratio."""
    picture = Picture(window)
    found = []
    for name, box in _worded(window):
        wanted = (
            WORDS if any(char.isalnum() for char in name.partition("“")[2]) else EDGE
        )  # ＋ is a sign, no word
        if (got := words_ratio(picture, box)) < wanted:
            found.append(f"{name} 字 {got:.2f}")
    for name, box in _edged(window):
        if (got := edge_ratio(picture, box)) < EDGE:
            found.append(f"{name} 边 {got:.2f}")
    rings = (one for one in window.findChildren(FocusRing) if one.window() is window and is_seen(one))
    ratios = [edge_ratio(picture, _box(ring, window)) for ring in rings]
    return found + [f"焦点环 {got:.2f}" for got in ratios if got < EDGE]
