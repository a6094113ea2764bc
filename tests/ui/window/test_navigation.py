"""Another page is laid out and painted once: what it costs is what the clerk waits for."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PAGES = ("overview", "requests", "review_all", "export")


class _Watch(QObject):
    """How often a widget is given another size, and how often the most of it is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.painted = self.resized = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            seen = sum(one.width() * one.height() for one in event.region())
            self.painted += seen * 2 > self._widget.width() * self._widget.height()
        self.resized += event.type() == QEvent.Type.Resize
        return False


@pytest.fixture(params=[(1366, 738), (911, 482)], ids=["100", "150"])
def clerk(request, office, draft):
    made = office(draft())
    made.window.resize(*request.param)
    return made


@pytest.mark.parametrize("is_open", [True, False], ids=["panel", "folded"])
def test_a_page_seen_before_is_not_laid_out_again(clerk, is_open):
    """With and without the panel it has another width: that is settled before it is seen."""
    clerk.go("overview")
    if clerk.window.panel.is_open != is_open:
        clerk.window.panel.toggle()
    watches = {}
    for key in PAGES:  # the first time in this width
        clerk.go(key)
        watches[key] = _Watch(clerk.window.page)
    for key in PAGES:
        QTest.qWait(70)  # what stands beside follows a moment later
        watches[key].resized = 0
        clerk.window.go_to(key)
        QApplication.processEvents()
        assert watches[key].resized == 0, key


def test_the_list_of_findings_is_painted_once(clerk):
    clerk.go("requests")
    QTest.qWait(70)
    clerk.go("review_all")
    QTest.qWait(70)
    watch = _Watch(clerk.window.page.panel.viewport())
    clerk.go("requests")
    QTest.qWait(70)
    watch.painted = 0
    clerk.window.go_to("review_all")
    QTest.qWait(70)
    assert watch.painted == 1
