"""The tabs of the panel as buttons in a row: what each is, and the key that opens it printed on it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.kit import theme, widgets
from ui.panel.tab import Tab

_PAD, _GAP, _LINE = (
    7,
    4,
    2,
)  # logical pixels: beside the words, between them and the key, under the one that is seen
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TabButton(QAbstractButton):
    """Words, the key, and how many; underlined while its tab is seen."""

    def __init__(self, tab: Tab, has_key: bool) -> None:
        super().__init__()
        self.key = tab.key
        self._key_words = tab.keys if has_key else ""
        self._number = 0
        self.setText(tab.words)
        self.setToolTip(tab.hint)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_number(0)

    def set_number(self, number: int) -> None:
        if number != self._number or not self.accessibleName():
            self._number = number
            counted = f"，{number}处" if number else ""
            keys = f"，{self._key_words}" if self._key_words else ""
            self.setAccessibleName(f"{self.text()}{counted}{keys}")
            self.updateGeometry()
            self.update()

    @property
    def small(self) -> str:
        """What stands behind the words."""
        return " · ".join(
            [self._key_words] * bool(self._key_words) + [str(self._number)] * bool(self._number)
        )

    def _fonts(self) -> tuple[QFont, QFont]:
        return theme.font(bold=self.isChecked()), theme.font(theme.SMALL)

    def sizeHint(self) -> QSize:
        """As wide as in bold, so that none moves when another is chosen."""
        words, small = QFontMetrics(theme.font(bold=True)), QFontMetrics(theme.font(theme.SMALL))
        behind = _GAP + small.horizontalAdvance(self.small) if self.small else 0
        return QSize(2 * _PAD + words.horizontalAdvance(self.text()) + behind, words.height() + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words, small = self._fonts()
        box = self.rect().adjusted(_PAD, 0, 0, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        is_lit = self.isChecked() or self.underMouse()
        painter.setFont(words)
        painter.setPen(theme.INK if is_lit else theme.FAINT)
        painter.drawText(box, middle, self.text())
        box.adjust(QFontMetrics(theme.font(bold=True)).horizontalAdvance(self.text()) + _GAP, 0, 0, 0)
        painter.setFont(small)
        painter.setPen(theme.FAINT)
        painter.drawText(box, middle, self.small)
        if self.isChecked():
            painter.fillRect(_PAD, self.height() - _LINE, self.width() - 2 * _PAD, _LINE, theme.ACCENT)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not widgets.press_by_enter(self, event):
            super().keyPressEvent(event)


class TabBar(QWidget):
    """`chosen` says which tab was pressed, also the one that is seen."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[Tab], has_keys: bool = True) -> None:
        super().__init__()
        self.buttons = {tab.key: TabButton(tab, has_keys) for tab in tabs}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            row.addWidget(button)

    def show_chosen(self, key: str) -> None:
        """The tab that is seen; "" for none."""
        for one, button in self.buttons.items():
            button.setChecked(one == key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An arrow leads to the next one."""
        step = _ARROWS.get(Qt.Key(event.key()))
        buttons = list(self.buttons.values())
        here = next((at for at, one in enumerate(buttons) if one.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
