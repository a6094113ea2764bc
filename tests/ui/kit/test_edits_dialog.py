"""Changes listed before they are made: a change of many places is seen from its first line on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.kit import theme
from ui.kit.edits_dialog import Choice, EditsDialog


def shown(qtbot, *numbers: int) -> EditsDialog:
    """One change for each number, of so many lines."""
    words = [
        "\n".join(f"引言：第{line}处(旧)　→　第{line}处（新）" for line in range(number))
        for number in numbers
    ]
    made = EditsDialog("全部修复", [Choice(one) for one in words])
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_change_of_thirteen_places_is_seen_whole(qtbot, qapp):
    dialog = shown(qtbot, 13, 1)
    first = dialog.list.visualItemRect(dialog.list.item(0))
    assert first.top() >= 0
    assert first.bottom() <= dialog.list.viewport().height()


def test_a_taller_one_begins_at_its_first_line(qtbot, qapp):
    dialog = shown(qtbot, 80, 1)
    dialog.list.scrollToBottom()  # as Qt does to a current row that is taller than the list
    dialog.hide()
    dialog.show()
    assert dialog.height() <= 480
    assert dialog.list.visualItemRect(dialog.list.item(0)).top() >= 0


def test_places_are_counted_and_not_lines_of_the_list(qtbot, qapp):
    dialog = EditsDialog("全部修复", [Choice("甲\n乙\n丙", places=3), Choice("丁"), Choice("戊", False, 2)])
    qtbot.addWidget(dialog)
    assert "全部修复：6处" in [one.text() for one in dialog.findChildren(QLabel)]
    assert dialog.ok_button.text() == "改这4处"
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.ok_button.text() == "改这1处"


def test_the_chosen_line_can_be_read(qtbot, qapp):
    """Words and box of the chosen line stand on its soft ground, not on the dark one of a selection of text."""
    dialog = shown(qtbot, 1, 1)
    dialog.list.setCurrentRow(0)
    dialog.list.setFocus()
    picture = dialog.list.grab().toImage()
    rect = dialog.list.visualItemRect(dialog.list.item(0))
    ground = picture.pixelColor(
        dialog.list.viewport().x() + rect.right() - 3, dialog.list.viewport().y() + rect.center().y()
    )
    assert ground == theme.ACCENT_SOFT
