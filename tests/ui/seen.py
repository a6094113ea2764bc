"""What is to be seen in parts of the window, and what a test must put back."""

import threading
from typing import Any

from PySide6.QtCore import qInstallMessageHandler

from ui.help.manual import Manual
from ui.window import crash
from ui.window.section_list import _PLACE, _STATE, SectionList


def state_words(sections: SectionList, key: str) -> str:
    """What the list says beside a section; "" where it has no such line."""
    lines = (sections.item(row) for row in range(sections.count()))
    return next((line.data(_STATE).words for line in lines if line.data(_PLACE).key == key), "")


def bubble_text(edit: Any) -> str:
    """The reason that stands beside a field; "" while none is shown."""
    bubble = edit._bubble
    return bubble.text() if bubble is not None and not bubble.isHidden() else ""


def show_chapter(manual: Manual, title: str) -> None:
    manual.search.clear()
    titles = [manual.list.item(row).text() for row in range(manual.list.count())]
    manual.list.setCurrentRow(titles.index(title))


def let_go_of_crash() -> None:
    """The log file and Qt's messages are as before `crash.install`."""
    qInstallMessageHandler(None)
    threading.excepthook = threading.__excepthook__
    for handler in tuple(crash.log.handlers):
        crash.log.removeHandler(handler)
        handler.close()
