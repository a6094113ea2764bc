"""Questions that say more than a small screen can show."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QScrollArea, QVBoxLayout

from ui.kit import widgets
from ui.kit.dialogs import MOST_HIGH, MOST_WIDE, Question


@pytest.fixture
def shown(qtbot, qapp):
    def show(details: str, *choices: str) -> Question:
        made = Question(None, "要怎么办？", details, choices or ("知道了",), 0)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        QTest.qWaitForWindowActive(made)
        return made

    return show


def test_a_question_of_a_few_lines_does_not_scroll(shown):
    question = shown("第一行\n第二行")
    assert question.findChild(QScrollArea) is None
    assert question.text.height() >= question.text.heightForWidth(question.text.width())
    assert question.buttons[0].hasFocus()


def test_a_long_one_is_no_higher_than_the_screen_and_its_last_line_is_reached_by_key(shown):
    question = shown("\n".join(f"第{number}行" for number in range(60)))
    assert question.height() == MOST_HIGH
    area = question.findChild(QScrollArea)
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    assert area.height() > MOST_HIGH / 2
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_Down)
    assert bar.value() > 0
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_PageDown)
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_PageDown)
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_PageDown)
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_Return)
    assert not question.isVisible()


def test_a_long_question_keeps_the_keyboard_on_its_obvious_answer(shown):
    question = shown("\n".join(f"第{number}行" for number in range(60)), "保存", "取消")
    assert question.buttons[0].hasFocus()


def test_long_lines_make_it_wider_before_it_scrolls(shown):
    question = shown("\n".join(["保存打开导出打印" * 5] * 16))
    assert question.findChild(QScrollArea) is None
    assert 520 < question.width() <= MOST_WIDE


def test_a_letter_answers_as_in_wps(shown, qtbot):
    question = shown("", "保存", "不保存", "取消")
    assert [QPushButton.text(one) for one in question.buttons] == ["保存(&S)", "不保存(&N)", "取消(&C)"]
    assert [one.text() for one in question.buttons] == ["保存", "不保存", "取消"]
    assert [one.accessibleName() for one in question.buttons] == ["保存", "不保存", "取消"]
    QTest.keyClick(question, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: question.answer == 1)


def test_every_button_of_a_dialog_has_a_letter_of_its_own(qtbot, qapp):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    row = QVBoxLayout(dialog)
    words = ["打开", "打印送审材料…", "打包", "确定", "取消", "2025年"]
    buttons = [widgets.button(one) for one in words]
    link = widgets.link("已逐项核实")
    for one in (*buttons, link):
        row.addWidget(one)
    pressed = []
    buttons[1].clicked.connect(lambda: pressed.append(1))
    dialog.show()
    letters = [one.letter for one in buttons]
    assert len(set(letters)) == len(letters)
    assert letters[3:5] == ["O", "C"]
    assert QPushButton.text(buttons[1]) == f"打印送审材料(&{letters[1]})…"
    assert buttons[1].text() == "打印送审材料…"
    assert not link.letter
    buttons[0].setText("打开文件")
    assert QPushButton.text(buttons[0]) == f"打开文件(&{letters[0]})"
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    QTest.keyClick(dialog, Qt.Key(ord(letters[1])), Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: pressed == [1])
