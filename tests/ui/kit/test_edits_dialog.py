"""Changes listed before they are made: a change of many places is seen from its first line on."""

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
