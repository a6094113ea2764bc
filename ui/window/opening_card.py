"""A card that says that the program is opening, where that takes longer than a moment: an old computer, a disk that turns."""

import time

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from ui.kit import theme

WORDS = "年报助手正在打开……"
# seconds from the first line of the program until Qt is there; whoever is quicker has the window before the card were read
_MOMENT = 0.4
_PICTURE = 32


def shown_if_slow(began: float) -> QWidget | None:
    """The card, painted; None where the window comes at once. `began` is when the program began, by time.monotonic()."""
    if time.monotonic() - began < _MOMENT:
        return None
    card = _card()
    card.show()
    for _ in range(2):  # it is mapped, then painted
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return card


def _card() -> QWidget:
    card = QWidget(None, Qt.WindowType.SplashScreen)
    card.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    row = QHBoxLayout(card)
    row.setContentsMargins(*[3 * theme.STEP] * 4)
    row.setSpacing(2 * theme.STEP)
    picture = QLabel()
    picture.setPixmap(QApplication.windowIcon().pixmap(_PICTURE, _PICTURE))
    row.addWidget(picture)
    row.addWidget(QLabel(WORDS))
    card.adjustSize()
    if screen := QGuiApplication.primaryScreen():
        card.move(screen.availableGeometry().center() - card.rect().center())
    return card
