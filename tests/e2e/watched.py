"""The program itself, with an eye on it: `python -m tests.e2e.watched STATE [FILE]` writes what a clerk could see to STATE.

It only looks: keys and pointer come from outside. STATE is JSON: window, focus, item, menu, texts, spots of the buttons, and how
many keys have arrived.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QTreeView,
    QWidget,
)

from ui.window import main

LOOK = 25  # ms
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class Eye(QObject):
    """Counts the keys that arrive and looks at the window that is in front."""

    def __init__(self, app: QApplication, state: Path) -> None:
        super().__init__(app)
        self._state, self._said, self._keys = state, "", 0
        app.installEventFilter(self)
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(LOOK)

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        """A ShortcutOverride comes first for every key, whether a shortcut, a menu or a field takes it."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(target, QWindow)
        if is_key and not event.isAutoRepeat() and event.key() not in _MODIFIERS:
            self._keys += 1
        return False

    def look(self) -> None:
        window = QApplication.activeWindow()
        popup = QApplication.activePopupWidget()
        action = popup.activeAction() if isinstance(popup, QMenu) else None
        said = json.dumps(
            {
                "keys": self._keys,
                "window": window.windowTitle() if window else "",
                "focus": name_of(QApplication.focusWidget()),
                "item": item_of(QApplication.focusWidget()),
                "menu": [one.text() for one in popup.actions()] if isinstance(popup, QMenu) else [],
                "action": action.text() if action else "",
                "texts": texts(window) if window else [],
                "spots": spots(window) if window else {},
            },
            ensure_ascii=False,
        )
        if said != self._said:
            self._said = said
            made = self._state.with_suffix(".new")
            made.write_text(said, "utf-8")
            made.replace(self._state)


def name_of(widget: QWidget | None) -> str:
    """What a widget is called: its words, else its name for screen readers."""
    if widget is None:
        return ""
    return (widget.text() if isinstance(widget, QAbstractButton) else "") or widget.accessibleName()


def item_of(widget: QWidget | None) -> str:
    """What a screen reader says of the line or cell that is current."""
    if not isinstance(widget, QAbstractItemView):
        return ""
    index = widget.currentIndex()
    role = Qt.ItemDataRole
    return str(index.data(role.AccessibleTextRole) or index.data(role.DisplayRole) or "")


def texts(window: QWidget) -> list[str]:
    """Every label, button and line of a list that is to be seen."""
    found = (one for kind in (QLabel, QAbstractButton) for one in window.findChildren(kind))
    return [*(one.text() for one in found if one.text() and one.isVisible()), *lines(window)]


def spots(window: QWidget) -> dict[str, tuple[int, int]]:
    """The middle of every button and of every line of a list that is to be seen, on the screen, by its words."""
    found = [one for one in window.findChildren(QAbstractButton) if one.text() and one.isVisible()]
    return {one.text(): one.mapToGlobal(one.rect().center()).toTuple() for one in found} | lines(window)


def lines(window: QWidget) -> dict[str, tuple[int, int]]:
    """The lines of every list that is to be seen, as a screen reader says them, without their kind (错误：)."""
    said = {}
    for view in (one for one in window.findChildren(QTreeView) if one.isVisible() and one.model()):
        index = view.indexAt(QPoint(1, 1))
        while index.isValid() and view.visualRect(index).top() < view.viewport().height():
            words = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
            place = view.viewport().mapToGlobal(view.visualRect(index).center())
            said[words.partition("：")[2] or words] = place.toTuple()
            index = view.indexBelow(index)
    return said


def run(state: Path, arguments: list[str]) -> int:
    make = main.make_app

    def watched(arguments: list[str]) -> QApplication:
        app = make(arguments)
        Eye(app, state)
        return app

    main.make_app = watched
    return main.run(arguments)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))
