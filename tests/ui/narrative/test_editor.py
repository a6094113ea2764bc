"""Writing: marks, confirming, undo with the cursor in its place, characters beyond U+FFFF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt

from app.report.model import Report
from app.report.pending import marks_for
from app.session.document import ReportDocument
from tests.behaviour.written_aspects import ALL, WRITTEN
from tests.ui.conftest import CTRL, SHIFT
from ui.kit.text_positions import Places, difference
from ui.narrative.text_edit import plain

RARE = "𬭎"  # U+2CB4E: one character, two UTF-16 units


@given(st.text(alphabet="中a1\n" + RARE), st.data())
def test_places_agree_with_utf16(text, data):
    places = Places(text)
    index = data.draw(st.integers(0, len(text)))
    unit = len(text[:index].encode("utf-16-le")) // 2
    assert places.unit(index) == unit
    assert places.character(unit) == index


@given(st.text(alphabet="ab中" + RARE), st.text(alphabet="ab中" + RARE))
def test_one_replacement_makes_the_new_text(old, new):
    start, end, inserted = difference(old, new)
    assert old[:start] + inserted + old[end:] == new


def writing(office, text):
    """The page of 五 with this text carried from last year."""
    report = Report("2021", 2025, narratives={"problems": text}, pending=marks_for("problems", text))
    clerk = office(ReportDocument(report))
    clerk.go("problems")
    return clerk


def test_marks_lie_on_their_numbers_after_a_rare_character(office):
    clerk = writing(office, f"{RARE}镇2020年公开{RARE}237条。")
    edit = clerk.page.editor.edit
    marked = [one.cursor.selectedText() for one in edit.extraSelections()]
    assert marked[:2] == ["2020", "237"]
    clerk.press(Qt.Key.Key_F6)
    assert edit.textCursor().selectedText() == "2020"
    clerk.press(Qt.Key.Key_F6)
    assert edit.textCursor().selectedText() == "237"
    clerk.press(Qt.Key.Key_F6)
    assert edit.textCursor().selectedText() == "2020"


def test_typing_over_a_number_settles_it_and_confirming_the_rest(office):
    clerk = writing(office, f"{RARE}镇2020年公开237条，共12次。")
    editor = clerk.page.editor
    clerk.press(Qt.Key.Key_F6)
    clerk.type("2025")
    assert clerk.document.report.narrative("problems") == f"{RARE}镇2025年公开237条，共12次。"
    assert [one.text for one in clerk.document.report.pending] == ["237", "12"]
    clerk.press(Qt.Key.Key_F6)
    clerk.qtbot.waitUntil(lambda: editor.pending_label.text() == "待更新 2 处")
    clerk.click(editor.confirm_button)
    assert [one.text for one in clerk.document.report.pending] == ["12"]
    assert editor.edit.textCursor().selectedText() == "12"
    clerk.click(editor.confirm_all_button)
    assert clerk.document.report.pending == ()
    clerk.qtbot.waitUntil(lambda: not editor.confirm_all_button.isVisible())
    assert clerk.document.undo_name == "全部沿用"


def test_one_pause_is_one_step_and_undo_puts_the_cursor_back(office):
    clerk = writing(office, "一是人手不足。")
    edit = clerk.page.editor.edit
    edit.select(2, 2)
    clerk.type("abc")
    clerk.controller.end_typing()
    clerk.type("de")
    assert edit.text() == "一是abcde人手不足。"
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert edit.text() == "一是abc人手不足。"
    assert edit.place == 5
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert edit.text() == "一是人手不足。"
    assert edit.place == 2
    clerk.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert edit.text() == "一是abc人手不足。"


def test_typing_pauses_by_itself(office):
    clerk = writing(office, "")
    clerk.type("a")
    clerk.qtbot.wait(900)
    clerk.type("b")
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.document.report.narrative("problems") == "a"


def test_undo_shows_the_place_that_changed(office):
    clerk = writing(office, "一是人手不足。")
    clerk.page.editor.edit.select(7, 7)
    clerk.type("x")
    clerk.go("agency")
    clerk.window.actions_["undo"].trigger()
    assert clerk.page.key == "problems"
    assert clerk.page.editor.edit.text() == "一是人手不足。"


PASTED = [
    ("甲\r\n乙\r丙", "甲\n乙\n丙"),
    ("甲\t乙\u200b丙", "甲 乙丙"),
    ("甲\u2029乙\u2028丙", "甲\n乙\n丙"),
    (f"{RARE}\u3000乙", f"{RARE}\u3000乙"),
]


@pytest.mark.parametrize(("text", "kept"), PASTED)
def test_what_is_pasted_is_plain(office, text, kept):
    assert plain(text) == kept
    clerk = writing(office, "")
    data = QMimeData()
    data.setHtml(f"<b>{text}</b>")
    data.setText(text)
    clerk.page.editor.edit.insertFromMimeData(data)
    assert clerk.document.report.narrative("problems") == kept


def test_shift_enter_is_a_paragraph_like_any_other(office):
    clerk = writing(office, "")
    clerk.type("a")
    clerk.press(Qt.Key.Key_Return, SHIFT)
    clerk.type("b")
    assert clerk.document.report.narrative("problems") == "a\nb"


def test_the_aspects_of_the_overview_are_ticked_when_written(office, draft):
    clerk = office(draft())
    editor = clerk.go("overview").editor
    assert all(button.text().startswith("✓") for button in editor.aspect_buttons)
    clerk.document.set_narrative("overview", "2021年")
    clerk.qtbot.waitUntil(lambda: all(one.text().startswith("○") for one in editor.aspect_buttons))
    clerk.click(editor.aspect_buttons[0])
    assert "还没有写" in clerk.status


@pytest.mark.parametrize(("text", "written"), WRITTEN.values(), ids=WRITTEN)
def test_the_buttons_give_the_same_answer_as_the_check(office, draft, text, written):
    clerk = office(draft())
    editor = clerk.go("overview").editor
    clerk.document.set_narrative("overview", text)
    editor.refresh()
    said = {
        one.key: button.text()[0] for one, button in zip(editor._aspects, editor.aspect_buttons, strict=True)
    }
    assert said == {key: "✓" if key in written else "○" for key in ALL}


def test_a_button_leads_to_the_part_that_is_written(office, draft):
    clerk = office(draft())
    editor = clerk.go("overview").editor
    text = "本年开展主动公开、依申请公开、信息管理。\n　　（一）主动公开。5条。"
    clerk.document.set_narrative("overview", text)
    clerk.qtbot.waitUntil(lambda: editor.aspect_buttons[0].text().startswith("✓"))
    clerk.click(editor.aspect_buttons[0])
    assert editor.edit.place == text.index("（一）")


def test_last_years_text_stands_beside(office, draft):
    clerk = office(draft())
    editor = clerk.go("problems").editor
    panel = clerk.window.panel
    panel.open("last")
    assert panel.last.text.isVisible()
    assert panel.last.text.text() == clerk.document.prior.narrative("problems")
    assert panel.last.text.isReadOnly()
    assert any(mark.words == "上年没有这几个字" for mark in marks_after(editor, "新写的话。"))
    panel.open("checks")
    assert not panel.last.text.isVisible()
    assert not any(mark.words == "上年没有这几个字" for mark in editor.edit._marks), "nobody compares unseen"


def marks_after(editor, added: str) -> list:
    document = editor.controller.document
    document.set_narrative(editor.section, document.report.narrative(editor.section) + added)
    return editor.edit._marks


def test_a_text_above_a_table_is_folded_away_while_empty(office, draft):
    clerk = office(draft())
    page = clerk.go("requests")
    assert not page.editor.isVisible()
    page.text_action.trigger()
    assert page.editor.isVisible()
    clerk.focus(page.editor.edit)
    clerk.type("abc")
    assert clerk.document.report.narrative("requests") == "abc"


def test_the_number_of_an_item_before_a_year_is_not_one_to_be_updated():
    text = "1、按照要求公开。\n2、2020年，公开信息48条。\n3.5万人次。"
    assert [mark.text for mark in marks_for("overview", text)] == ["2020", "48", "3.5"]
