"""What the menus of the window do that no page does: the field that has the keyboard, recent files, sizes, panes, the sheet of keys."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from app.form.model import CellRef
from app.storage import settings as stored
from tests.ui.conftest import dialog_of
from ui.help.keys_dialog import KeysDialog
from ui.window import commands
from ui.window.actions import COMMANDS

CELL = CellRef("requests", "received", "natural_person")


def choose(clerk, key: str) -> None:
    clerk.window.actions_[key].trigger()


def test_cut_copy_paste_and_select_all_belong_to_what_has_the_keyboard(office, draft):
    clerk = office(draft())
    edit = clerk.go("problems").editor.edit
    clerk.focus(edit)
    whole = edit.text()
    choose(clerk, "select_all")
    choose(clerk, "copy")
    assert QGuiApplication.clipboard().text() == whole
    choose(clerk, "cut")
    assert edit.text() == ""
    choose(clerk, "paste")
    assert edit.text() == whole
    clerk.document.set_values({CELL: 7}, "填写")
    clerk.go("requests").show_cell(CELL)
    clerk.focus(clerk.page.panel.views[0])
    choose(clerk, "copy")
    assert QGuiApplication.clipboard().text().strip() == "7"
    choose(clerk, "cut")
    assert clerk.document.report[CELL] is None
    choose(clerk, "paste")
    assert clerk.document.report[CELL] == 7


def test_recent_reports_stand_in_the_menu_and_open(office, draft, tmp_path):
    clerk = office(draft())
    clerk.controller.save(tmp_path / "一 & 二.gknb")
    clerk.controller.close()
    menu = clerk.window.actions_.recent
    menu.aboutToShow.emit()
    (entry,) = menu.actions()
    assert entry.text() == "一 && 二"
    entry.trigger()
    clerk.until(lambda: clerk.controller.has_document)
    assert clerk.document.path == tmp_path / "一 & 二.gknb"


def test_without_recent_reports_the_menu_says_so(office):
    clerk = office()
    menu = clerk.window.actions_.recent
    menu.aboutToShow.emit()
    assert [(one.text(), one.isEnabled()) for one in menu.actions()] == [("还没有", False)]


@pytest.mark.parametrize(("by", "percent"), [(1, 115), (-1, 90)])
def test_the_type_grows_and_shrinks_by_keys_and_is_kept(office, draft, by, percent):
    clerk = office(draft())
    wanted = []
    commands._step_size(replace(clerk.window._parts(), set_type_size=wanted.append), by)
    assert wanted == [percent]
    assert stored.load().font_scale == percent
    stored.save(replace(stored.load(), font_scale=130 if by > 0 else 90))
    commands._step_size(replace(clerk.window._parts(), set_type_size=wanted.append), by)
    assert wanted == [percent], "there is none beyond"
    assert "字号已经是最" in clerk.status


def test_ctrl_f6_leads_from_the_list_to_the_page_to_what_stands_beside_and_on(office, draft):
    clerk = office(draft())
    first = clerk.go("overview").first_focus()
    panel = clerk.window.panel
    panel.open("checks")
    clerk.until(lambda: panel.checks.list.topLevelItemCount() > 0)
    clerk.focus(first)
    choose(clerk, "pane")
    assert panel.checks.list.hasFocus()
    choose(clerk, "pane")
    assert clerk.window.sections.hasFocus()
    choose(clerk, "pane")
    assert first.hasFocus()
    panel.fold()
    choose(clerk, "pane")
    assert clerk.window.sections.hasFocus(), "what is folded is passed by"


def test_the_sheet_of_keys_has_every_command_that_has_a_key(office, draft):
    clerk = office(draft())
    seen = []

    def look(dialog: KeysDialog) -> None:
        seen.extend(one.text() for one in dialog.findChildren(QLabel))
        dialog.reject()

    dialog_of(KeysDialog, look)
    choose(clerk, "keys")
    for command in COMMANDS:
        if command.keys:
            assert command.words.partition("\t")[0].rstrip("…") in seen
            assert command.keys[0].replace("PgDown", "PgDn") in seen


def test_that_all_is_saved_is_not_said_any_more_when_something_changed(office, draft, tmp_path):
    clerk = office(draft())
    clerk.controller.save(tmp_path / "一.gknb")
    clerk.controller.message.emit("已保存到“一.gknb”")
    assert clerk.status
    assert clerk.page.foot_note.text() == clerk.status
    clerk.document.set_narrative("problems", "改过的话")
    assert clerk.status == ""
    assert clerk.window.saved_label.text() == "有改动未保存"


def test_the_first_window_fills_a_small_screen_and_later_ones_do_not(office, draft):
    clerk = office(draft())
    clerk.window.show_at_start()
    assert clerk.window.isMaximized() is (clerk.window.screen().availableGeometry().width() <= 1440)
    clerk.window.showNormal()
    clerk.controller.set_geometry("AAAA")
    clerk.window.show_at_start()
    assert not clerk.window.isMaximized()


def test_how_far_the_table_is_stands_at_the_foot_until_something_was_done(office, draft):
    clerk = office(draft())
    clerk.go("requests")
    assert clerk.page.foot_note.text().startswith("已填")
    clerk.controller.message.emit("已清空本表，可以撤销")
    assert clerk.page.foot_note.text() == "已清空本表，可以撤销"
    clerk.window.last_words.forget()
    assert clerk.page.foot_note.text().startswith("已填")
