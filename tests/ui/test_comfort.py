"""Everybody can work here: names for screen readers, no word cut without a hint, nothing higher than a small screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QToolButton, QWidget

from app.form.catalog import form
from ui import section_states, widgets

PAGES = [place.key for place in section_states.places(form("2021"))]
SIZES = [(860, 440), (911, 512)]


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    return widget.accessibleName() or text


@pytest.fixture
def clerk(office, draft):
    return office(draft())


def reached_by_keys(page: QWidget) -> list[QWidget]:
    return [one for one in widgets.tab_stops(page) if one.isVisibleTo(page)]


def test_whatever_the_keyboard_reaches_has_a_name(clerk):
    nameless = []
    for key in PAGES:
        page = clerk.go(key)
        nameless += [(key, type(one).__name__) for one in reached_by_keys(page) if not name_of(one)]
    assert nameless == []


def is_cut(widget: QWidget) -> bool:
    """Whether a text has less room than it needs and no tooltip says the whole of it."""
    if widget.toolTip() or not widget.isVisible() or not widget.text():
        return False
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel) and widget.wordWrap():
        box = metrics.boundingRect(
            0, 0, max(widget.width(), 1), 9999, Qt.TextFlag.TextWordWrap, widget.text()
        )
        return widget.height() < box.height() - 2
    widest = max(metrics.horizontalAdvance(line) for line in widget.text().split("\n"))
    return widget.width() < widest - 1


def test_a_cut_word_would_be_seen(qtbot):
    label = QLabel("一句放不下的话")
    qtbot.addWidget(label)
    label.show()
    assert not is_cut(label)
    label.setFixedWidth(20)
    assert is_cut(label)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_word_is_cut_without_a_hint(clerk, size):
    clerk.window.resize(*size)
    cut = []
    for key in PAGES:
        page = clerk.go(key)
        page.repaint()
        for one in page.findChildren(QLabel) + page.findChildren(QAbstractButton):
            if is_cut(one) and not isinstance(one, QToolButton):
                cut.append((key, one.text(), one.width()))
    assert cut == []
