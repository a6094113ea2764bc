"""The panel as a whole: keys, folding, what is remembered, where it stands in a small window, that only what is seen works."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.form.model import CellRef
from tests.ui.conftest import CTRL

Key = Qt.Key
TABS = ("checks", "note", "last", "preview")
CELL = CellRef("requests", "received", "natural_person")


@pytest.fixture
def clerk(office, draft):
    made = office(draft())
    made.window.resize(1366, 738)
    made.go("requests")
    return made


@pytest.fixture
def small(clerk):
    """At 150 %."""
    clerk.window.resize(911, 482)
    QTest.qWait(1)
    return clerk


def panel_of(clerk):
    return clerk.window.panel


def seen(clerk) -> str:
    """The key of the tab that is seen; "" while it is folded."""
    panel = panel_of(clerk)
    return next((key for key, tab in panel.tabs.items() if tab.isVisible()), "")


def rows_seen(clerk) -> int:
    view = clerk.page.panel.views[0]
    height = view.viewport().height()
    return sum(view.rowViewportPosition(r) + view.rowHeight(r) <= height for r in range(view.rows.count()))


def test_a_key_opens_its_tab_and_once_more_leaves_all_as_it_was(clerk):
    work = clerk.page.first_focus()
    for start in ("checks", "last", ""):
        panel_of(clerk).open(start) if start else panel_of(clerk).fold()
        for key, tab in ((Key.Key_F1, "note"), (Key.Key_F9, "preview")):
            clerk.press(key)
            assert (seen(clerk), work.hasFocus()) == (tab, True), "what is typed next is still the table's"
            clerk.press(key)
            assert (seen(clerk), work.hasFocus()) == (start, True)


def test_a_key_closes_its_tab_also_when_it_was_opened_long_ago_or_has_the_keyboard(clerk):
    panel_of(clerk).open("preview")
    clerk.press(Key.Key_F9)
    assert seen(clerk) == ""
    clerk.press(Key.Key_F9)
    panel_of(clerk).take_focus()
    clerk.press(Key.Key_F9)
    assert seen(clerk) == ""
    assert clerk.page.first_focus().hasFocus()


def test_in_a_small_window_the_key_takes_away_what_lies_over_the_page(small):
    for key, tab in ((Key.Key_F1, "note"), (Key.Key_F9, "preview")):
        small.press(key)
        assert seen(small) == tab
        small.press(key)
        assert seen(small) == ""


def test_f8_opens_the_findings_and_the_one_it_went_to_is_chosen(clerk):
    clerk.press(Key.Key_F1)
    clerk.press(Key.Key_F8)
    assert seen(clerk) == "checks"
    found = panel_of(clerk).checks.list
    clerk.until(lambda: found.current() is not None)
    assert found.current().message in clerk.status
    assert clerk.page.first_focus().hasFocus()


def test_esc_leads_back_to_the_work_and_a_digit_goes_where_it_belongs(clerk):
    clerk.page.show_cell(CELL)
    clerk.press(Key.Key_F1)
    panel_of(clerk).take_focus()
    clerk.press(Key.Key_Escape)
    assert clerk.page.first_focus().hasFocus()
    assert seen(clerk) == "note", "beside the page there is no need to go"
    panel_of(clerk).take_focus()
    assert not clerk.page.first_focus().hasFocus()
    clerk.type("7\n")
    assert clerk.document.report[CELL] == 7


def test_ctrl_backslash_folds_it_to_one_line_and_unfolds_it(clerk, office, draft):
    clerk.press(Key.Key_Backslash, CTRL)
    assert seen(clerk) == ""
    line = panel_of(clerk).line
    assert line.isVisible()
    clerk.until(lambda: "空白" in " ".join(line.strip.texts))
    again = office(draft())
    again.window.resize(1366, 738)
    again.go("requests")
    assert seen(again) == "", "that is remembered"
    again.press(Key.Key_Backslash, CTRL)
    assert seen(again) == "checks"
    assert not panel_of(again).line.isVisible()


def test_the_tab_and_its_width_are_remembered_for_each_kind_of_page(clerk, office, draft):
    panel = panel_of(clerk)
    assert seen(clerk) == "checks"
    clerk.go("problems")
    assert seen(clerk) == "last", "a text has last year's beside it"
    panel.open("checks")
    clerk.go("requests")
    panel.open("last")
    panel.set_width(400)
    again = office(draft())
    again.window.resize(1366, 738)
    again.go("requests")
    assert (seen(again), panel_of(again).width()) == ("last", 400)
    again.go("overview")
    assert seen(again) == "checks"
    assert panel_of(again).width() != 400, "each tab has its own"


def test_a_press_on_the_tab_that_is_seen_leaves_it_and_every_tab_has_name_and_key(clerk):
    panel = panel_of(clerk)
    clerk.click(panel.bar.buttons["checks"])
    assert seen(clerk) == "checks"
    for key in TABS:
        clerk.click(panel.fold_button)
        assert seen(clerk) == ""
        clerk.click(panel.line.tabs.buttons[key])
        assert seen(clerk) == key
        clerk.click(panel.bar.buttons[key])
        assert seen(clerk) == key
        assert panel.bar.buttons[key].isChecked()
    for key, tab in panel.tabs.items():
        name = panel.bar.buttons[key].accessibleName()
        assert tab.words in name
        assert tab.keys in name


@pytest.mark.parametrize("tab", [*TABS, ""])
def test_all_rows_are_seen_and_the_title_too_whatever_stands_beside(clerk, tab):
    panel = panel_of(clerk)
    panel.open(tab) if tab else panel.fold()
    clerk.until(lambda: rows_seen(clerk) == 25)
    assert clerk.page.title.width() >= 200
    assert panel.isVisible() is bool(tab)


def test_the_preview_is_wide_enough_to_be_read_and_can_be_enlarged(clerk):
    panel = panel_of(clerk)
    panel.open("preview")
    assert panel.width() >= 420
    window = panel.parentWidget()
    left = clerk.page.mapTo(window, QPoint(0, 0)).x()
    panel.enlarge()
    place = panel.geometry()
    assert (place.left(), place.right()) == (left, window.rect().right()), "over the page and its own place"
    clerk.press(Key.Key_Escape)
    assert panel.width() < 600
    assert seen(clerk) == "preview"


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("size", [(911, 482), (1093, 582), (1200, 700)])
def test_in_a_small_window_the_table_stands_in_what_the_panel_leaves(clerk, tab, size):
    """The names of the lines and the cell under the cursor are seen, wherever that is; so are so many lines."""
    clerk.window.resize(*size)
    QTest.qWait(1)
    panel, page = panel_of(clerk), clerk.page
    view = page.panel.views[0]
    assert seen(clerk) == "", "nothing covers the page unasked"
    clerk.focus(view)
    panel.open(tab)
    QTest.qWait(1)
    assert rows_seen(clerk) >= 8
    left = panel.mapTo(clerk.window, QPoint(0, 0)).x()
    for row in ("received", "carried_out"):
        for column in ("natural_person", "enterprise", "other_entity"):
            page.show_cell(CellRef("requests", row, column))
            cell = view.visualRect(view.currentIndex())
            assert view.viewport().rect().contains(cell), (row, column)
            assert view.viewport().mapTo(clerk.window, cell.topRight()).x() < left
    assert view.rows.isVisible()
    assert view.mapTo(clerk.window, QPoint(0, 0)).x() > clerk.window.sections.width(), "the list is seen too"
    clerk.press(Key.Key_Escape)
    assert seen(clerk) == ""
    assert page.first_focus().hasFocus()


def test_the_cell_stays_in_sight_when_the_panel_opens(small):
    view = small.page.panel.views[0]
    small.page.show_cell(CellRef("requests", "carried_out", "other_entity"))
    for tab in TABS:
        panel_of(small).open(tab)
        QTest.qWait(1)
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex())), tab


def test_a_question_over_the_table_has_room_beside_the_panel(small):
    panel_of(small).open("preview")
    small.page.panel.fill_zeros()
    QTest.qWait(1)
    bar = small.page.panel.paste_bar
    for part in (bar.sentence, bar.yes, bar.no):
        assert part.geometry().right() <= bar.width()
        assert part.height() >= part.minimumSizeHint().height()
    assert bar.mapTo(small.window, bar.rect().topRight()).x() < panel_of(small).x()


@pytest.mark.parametrize("tab", TABS)
def test_in_a_small_window_a_text_keeps_eight_lines_and_nothing_of_it_is_covered(small, tab):
    panel = panel_of(small)
    edit = small.go("overview").editor.edit
    panel.open(tab)
    QTest.qWait(50)
    assert edit.height() >= edit.height_of(8)
    right = edit.mapTo(small.window, edit.rect().topRight()).x()
    assert right < panel.mapTo(small.window, panel.rect().topLeft()).x()
    assert small.page.title.width() >= 100
    small.press(Key.Key_Escape)
    assert seen(small) == ""
    QTest.qWait(20)
    assert edit.mapTo(small.window, edit.rect().topRight()).x() > 800


def test_hiding_it_never_shows_fewer_rows(clerk):
    seen_rows = []
    for height in (482, 560, 640, 738):
        clerk.window.resize(1366, height)
        for is_open in (True, False):
            panel_of(clerk)._set_open(is_open)
            QTest.qWait(20)
            seen_rows.append(rows_seen(clerk))
        assert seen_rows[-1] >= seen_rows[-2], height


def test_only_the_tab_that_is_seen_does_any_work(clerk, monkeypatch):
    panel = panel_of(clerk)
    panel.open("note")
    asked = []
    for key, tab in panel.tabs.items():
        monkeypatch.setattr(tab, "refresh", lambda key=key: asked.append(key))
    clerk.document.set_values({CELL: 7}, "填写")
    clerk.until(lambda: bool(asked))
    assert set(asked) == {"note"}
    panel.fold()
    asked.clear()
    clerk.document.set_values({CELL: 8}, "填写")
    QTest.qWait(150)
    assert asked == []


def test_pages_that_stand_alone_have_nothing_beside(clerk):
    panel = panel_of(clerk)
    for key in ("review_all", "sign_off", "export", "start"):
        clerk.go(key)
        assert not panel.isVisible()
        assert not panel.line.isVisible()
    clerk.go("requests")
    assert panel.isVisible()


def test_another_report_has_its_own_findings(clerk, draft):
    found = panel_of(clerk).checks.list
    clerk.controller.open(draft())
    clerk.document.fill_blanks(clerk.document.form.cells)
    clerk.go("requests")
    clerk.until(lambda: not any("空白" in one for one in found.messages))


def test_a_click_on_a_finding_goes_there_and_the_keyboard_is_in_the_table(clerk):
    clerk.document.fill_blanks(clerk.document.form.cells)
    clerk.document.set_values({CELL: 12}, "填写")
    found = panel_of(clerk).checks.list
    clerk.until(lambda: found.topLevelItemCount() > 0)
    clerk.page.show_cell(CellRef("requests", "carried_out", "other_entity"))
    clerk.until(lambda: not panel_of(clerk)._later.isActive())
    place = found.visualItemRect(found.topLevelItem(0)).topLeft()
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place + type(place)(60, 12))
    assert clerk.page.panel.at in found.topLevelItem(0).data(0, 256).cells
    assert QApplication.focusWidget() is clerk.page.first_focus()


def test_the_escape_that_puts_the_note_away_leaves_the_number_that_was_being_typed(small):
    ref = CellRef("requests", "received", "enterprise")
    small.page.show_cell(ref)
    small.type("3")
    small.press(Key.Key_F1)
    assert seen(small) == "note"
    small.press(Key.Key_Escape)
    assert seen(small) == ""
    assert small.document.report[ref] == 3


def test_what_is_found_in_a_huge_text_is_looked_for_in_pieces(clerk, monkeypatch):
    """Not all at once when the keys rest: the window would stand still."""
    document, page, asked, told = clerk.document, clerk.window.page, [], []
    look, tell = type(document).look, type(page).told
    monkeypatch.setattr(
        type(document), "look", lambda self, s: asked.append(s) or (len(asked) > 3 and look(self, s))
    )
    monkeypatch.setattr(type(page), "told", lambda self: told.append(len(asked)) or tell(self))
    panel_of(clerk).refresh_soon()
    clerk.until(lambda: bool(told))
    assert told[0] > 3
    assert max(asked) < 0.1


@pytest.mark.parametrize("width", [911, 1100, 1272])
def test_no_tab_of_the_panel_is_cut(clerk, width):
    clerk.window.resize(width, 738)
    for key in ("requests", "overview"):
        clerk.go(key)
        panel_of(clerk).open("checks")
        parts = panel_of(clerk).bar, panel_of(clerk).fold_button
        clerk.until(
            lambda: not panel_of(clerk)._later.isActive()
        )  # how many there are is told a moment later
        clerk.until(lambda parts=parts: all(one.width() >= one.sizeHint().width() for one in parts))
