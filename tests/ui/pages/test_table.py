"""The page of a table: the text over it leaves the room to the table, the note is of what one works at."""

from PySide6.QtTest import QTest


def test_a_short_text_over_a_table_takes_little_room_and_grows_as_it_is_written(office, draft):
    document = draft()
    document.set_narrative("requests", "2021年，无政府信息公开申请情况。")
    clerk = office(document)
    clerk.window.resize(1093, 582)
    page = clerk.go("requests")
    QTest.qWait(1)
    edit, short = page.editor.edit, page.editor.height()
    assert short < 120
    assert not edit.verticalScrollBar().isVisible()
    clerk.focus(edit)
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    clerk.type("\n说明。\n说明。\n说明。")
    QTest.qWait(1)
    assert short < page.editor.height() <= 200
    clerk.type("\n说明。" * 6)
    QTest.qWait(1)
    assert page.editor.height() == 200
    assert edit.verticalScrollBar().isVisible()


def test_at_the_register_the_note_is_of_the_register(office, draft):
    clerk = office(draft())
    page = clerk.go("requests")
    assert page.note_here().title != "申请登记"
    page.show_register()
    assert page.note_here().title == "申请登记"
    assert any("收到" in line or "登记" in line for line in page.note_here().lines)
