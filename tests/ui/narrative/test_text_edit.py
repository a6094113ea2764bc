"""The double click and Ctrl with arrows, Backspace, Delete take a word of a Chinese text, not the paragraph."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.conftest import CTRL, SHIFT
from ui.narrative.text_edit import TextEdit

FIRST, SECOND = "𬭎镇收到申请1,186件，办结11.3%。", "第二段"
Key = Qt.Key


@pytest.fixture
def edit(qtbot, qapp):
    made = TextEdit("正文")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_text(f"{FIRST}\n{SECOND}")
    made.show()
    return made


def point_in(edit: TextEdit, character: str, share: float) -> QPoint:
    """A point in a character, `share` of its width from its left."""
    start = edit.text().index(character)
    edit.select(start, start + 1)
    cursor = edit.textCursor()
    right = edit.cursorRect(cursor)
    cursor.setPosition(cursor.selectionStart())
    left = edit.cursorRect(cursor)
    edit.select(0, 0)
    return QPoint(round(left.left() + share * (right.left() - left.left())), left.center().y())


def taken(edit: TextEdit) -> str:
    return edit.textCursor().selectedText()


@pytest.mark.parametrize("share", [0.2, 0.8])
@pytest.mark.parametrize(
    ("character", "word"), [("8", "1,186"), ("件", "件"), ("到", "𬭎镇收到申请"), ("二", SECOND)]
)
def test_a_double_click_takes_the_word_under_the_pointer(edit, character, word, share):
    QTest.mouseDClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=point_in(edit, character, share))
    assert taken(edit) == word


def send(edit: TextEdit, kind: QEvent.Type, at: QPoint) -> None:
    """One event of the pointer, its button held."""
    held, view = Qt.MouseButton.LeftButton, edit.viewport()
    QApplication.sendEvent(
        view,
        QMouseEvent(
            kind, QPointF(at), QPointF(view.mapToGlobal(at)), held, held, Qt.KeyboardModifier.NoModifier
        ),
    )


def test_held_and_drawn_it_takes_words_to_either_side_until_it_is_let_go(edit):
    at, left, right = (point_in(edit, one, 0.5) for one in ("件", "8", "办"))
    send(edit, QEvent.Type.MouseButtonDblClick, at)
    send(edit, QEvent.Type.MouseMove, at + QPoint(1, 1))  # the hand shakes
    assert taken(edit) == "件"
    send(edit, QEvent.Type.MouseMove, right)
    assert taken(edit) == "件，办结"
    send(edit, QEvent.Type.MouseMove, left)
    assert taken(edit) == "1,186件"
    QTest.mouseRelease(edit.viewport(), Qt.MouseButton.LeftButton, pos=left)
    QTest.mouseMove(edit.viewport(), right)
    assert taken(edit) == "1,186件"


def test_a_third_click_takes_the_paragraph(edit):
    at = point_in(edit, "件", 0.5)
    QTest.mouseDClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert taken(edit).rstrip() == FIRST


@pytest.mark.parametrize(
    ("place", "key", "left"),
    [
        (FIRST.index("办"), Key.Key_Backspace, FIRST.replace("，", "")),
        (FIRST.index("件"), Key.Key_Backspace, FIRST.replace("1,186", "")),
        (FIRST.index("1"), Key.Key_Delete, FIRST.replace("1,186", "")),
        (len(FIRST), Key.Key_Backspace, FIRST[:-1]),
    ],
)
def test_ctrl_backspace_and_delete_take_one_word(edit, place, key, left):
    edit.select(place, place)
    QTest.keyClick(edit, key, CTRL)
    assert edit.text() == f"{left}\n{SECOND}"


def test_over_the_edge_of_a_paragraph_only_the_break_goes(edit):
    edit.select(len(FIRST), len(FIRST))
    QTest.keyClick(edit, Key.Key_Delete, CTRL)
    assert edit.text() == FIRST + SECOND
    edit.select(0, 0)
    QTest.keyClick(edit, Key.Key_Backspace, CTRL)
    assert edit.text() == FIRST + SECOND


def test_what_is_selected_goes_and_no_more(edit):
    edit.select(1, 2)
    QTest.keyClick(edit, Key.Key_Backspace, CTRL)
    assert edit.text() == f"{FIRST.replace('镇', '')}\n{SECOND}"


def test_ctrl_with_the_arrows_goes_and_selects_by_words(edit):
    edit.select(0, 0)
    QTest.keyClick(edit, Key.Key_Right, CTRL)
    assert edit.place == FIRST.index("1")
    QTest.keyClick(edit, Key.Key_Right, CTRL | SHIFT)
    assert taken(edit) == "1,186"
    QTest.keyClick(edit, Key.Key_Left, CTRL | SHIFT)
    assert taken(edit) == ""
    QTest.keyClick(edit, Key.Key_Left, CTRL)
    assert edit.place == 0


def test_a_text_that_is_only_read_loses_nothing(edit):
    edit.set_read_only(True)
    edit.select(3, 3)
    QTest.keyClick(edit, Key.Key_Backspace, CTRL)
    assert edit.text() == f"{FIRST}\n{SECOND}"


def test_the_menu_of_a_text_is_one_menu(edit, qtbot):
    """What can be done about a finding stands in it as lines of its own, not as a second menu drawn over its words."""
    edit.choices_wanted.connect(lambda menu, _place: menu.addAction("修复：2024年　→　2025年"))
    edit.select(0, 2)
    at = edit.viewport().rect().center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(edit.viewport(), QContextMenuEvent(reason, at, edit.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text().startswith("修复")
    assert not [one for one in menu.findChildren(QMenu) if one.isVisible()]
    menu.close()
