"""Everybody can work here: names for screen readers, no word cut without a hint, nothing higher than a small screen."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from app.form.catalog import form
from tests.ui.cut_words import cut_words, is_cut
from ui.kit import widgets
from ui.state import section_states

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
        clerk.go(key)
        QTest.qWait(60)  # the page is laid out, the start page has looked around
        cut += [(key, one) for one in cut_words(clerk.window)]
    assert cut == []
