"""Tab walks as one reads: down a pane line by line and from left to right, one pane after the other, the foot last."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import SHIFT

KEYS = [
    "start",
    "agency",
    "introduction",
    "overview",
    "proactive",
    "requests",
    "review",
    "problems",
    "other",
    "review_all",
    "sign_off",
    "export",
]
_LINE = 14  # logical pixels: what differs less in height stands in one line


def walk(clerk) -> list[QWidget]:
    """Where Tab stops from the first stop of the page to the end of its foot, each once."""
    page, seen = clerk.page, []
    for _ in range(80):
        at = QApplication.focusWidget()
        if at is None or at in seen:
            break
        if page.isAncestorOf(at):
            seen.append(at)
        elif seen:
            break
        QWidget.focusNextPrevChild(at, True)
    return seen


def reads_on(page, places: dict[QWidget, QRect], one: QWidget, other: QWidget) -> bool:
    """Whether `other` comes after `one` for who reads the page."""
    foot = (page.back_button, page.next_button)
    if (one in foot) != (other in foot):
        return other in foot
    panes = [page._pane_of(each) for each in (one, other)]
    if panes[0] != panes[1]:
        return panes[0] < panes[1]
    first, second = places[one], places[other]
    overlap = min(first.bottom(), second.bottom()) - max(first.top(), second.top())
    stand_beside = overlap > 0.6 * min(first.height(), second.height())
    if stand_beside or abs(first.center().y() - second.center().y()) <= _LINE:
        return first.left() <= second.left()
    return first.center().y() < second.center().y()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("size", [(1366, 738), (911, 482)])
def test_tab_follows_the_eye(office, draft, key, size):
    clerk = office(draft())
    clerk.window.resize(*size)
    page = clerk.go(key)
    QApplication.processEvents()
    clerk.window.navigation.go_to(key)
    stops = page.tab_order()
    places = {
        one: one.rect().translated(one.mapTo(page, QPoint())) for one in stops
    }  # before the walk scrolls
    clerk.focus(stops[0])
    seen = walk(clerk)
    end = seen.index(page.next_button) if page.next_button in seen else len(seen) - 1
    order = (
        seen[end + 1 :] + seen[: end + 1]
    )  # the walk begins where one works; reading begins after the foot
    assert len(order) >= 2
    wrong = [(name(a), name(b)) for a, b in itertools.pairwise(order) if not reads_on(page, places, a, b)]
    assert wrong == []


def name(widget: QWidget) -> str:
    return widget.accessibleName() or getattr(widget, "text", lambda: "")() or type(widget).__name__


def test_nothing_between_is_skipped_and_shift_tab_walks_back(office, draft):
    clerk = office(draft())
    page = clerk.go("export")
    stops = page.tab_order()
    clerk.focus(stops[0])
    seen = walk(clerk)
    assert set(seen) == {one for one in stops if one.isVisible() and one.isEnabled()}
    clerk.focus(seen[2])
    clerk.press(Qt.Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is seen[1]
