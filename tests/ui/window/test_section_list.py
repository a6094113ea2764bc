"""The list of parts: short names, three groups, one number at most, red only for what contradicts; no entry is lost on a small screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.checks.standing import Standing
from app.form.catalog import form
from ui.kit import theme
from ui.kit.stage import Stage
from ui.state.section_states import EXPORT, GROUPS, REVIEW, State, places, progress, states, step_words
from ui.window.section_list import _STATE, SectionList, _ink


def test_every_part_has_a_name_that_fits_and_its_whole_title_in_the_tooltip(office, draft):
    clerk = office(draft())
    sections = clerk.window.sections
    for edition in (form("2019"), form("2021")):
        for section in edition.sections:
            assert len(section.short_title) <= 8
            assert section.short_title.startswith(f"{section.ordinal}、")
    tips = [sections.item(row).toolTip() for row in range(sections.count())]
    for place, tip in zip(places(clerk.document.form), tips, strict=True):
        assert tip.startswith(place.title)


def test_the_groups_and_the_place_in_them():
    edition = form("2021")
    assert [place.group for place in places(edition)] == [0] * 3 + [1] * 6 + [2] * 3
    assert step_words(edition, "requests") == "正文 3／6"
    assert step_words(edition, "agency") == "准备 1／2"
    assert step_words(edition, EXPORT) == "完成 3／3"
    assert step_words(edition, "start") == ""
    assert len(GROUPS) == 3


@pytest.mark.parametrize(
    ("shown", "asked", "words"),
    [
        (Standing(errors=1, pending=2, blanks=3, warnings=4), False, "错误 1"),
        (Standing(pending=2, blanks=3, warnings=4), False, "待更新 2"),
        (Standing(blanks=3, unwritten=1, warnings=4), False, "待填 4"),
        (Standing(warnings=4), False, "警告 4"),
        (Standing(infos=9), False, "没有写完"),
    ],
)
def test_the_one_number_is_the_gravest(shown, asked, words):
    assert State(Stage.PART, shown, asked).words == words


def test_what_is_still_to_come_turns_amber_when_the_clerk_has_gone_on():
    lacking = Standing(blanks=3)
    assert _ink(State(Stage.PART, lacking)) == theme.FAINT
    assert _ink(State(Stage.PART, lacking, is_asked=True)) == theme.WARNING
    assert _ink(State(Stage.EMPTY, lacking)) == theme.FAINT
    assert State(Stage.EMPTY, lacking).number == 3
    assert State(Stage.EMPTY, lacking, tells_missing=False).number == 0
    assert State(Stage.EMPTY, lacking, is_asked=True, tells_missing=False).number == 3


def test_a_green_tick_stands_beside_no_number(office, draft):
    """Whatever is left to be looked at, the sign says so as the number does."""
    document = draft()
    document.fill_blanks(document.form.cells)
    document.confirm(document.report.pending)
    found = states(document)
    warned = [one for one in found.values() if one.kind == "警告"]
    assert warned
    assert {one.stage for one in warned} == {Stage.WARNED}
    assert all(not one.number for one in found.values() if one.stage is Stage.DONE)


def test_an_empty_table_tells_how_much_it_lacks(office, draft):
    found = states(draft())
    assert found["review"].stage is Stage.EMPTY
    assert (found["review"].words, found["proactive"].words) == ("待填 12", "待填 10")


def test_next_step_and_review_ask_for_what_is_lacking(office, draft):
    clerk = office(draft())

    def number(key: str) -> int:
        sections = clerk.window.sections
        row = clerk.window.navigation.keys.index(key)
        return sections.item(row).data(_STATE).number

    clerk.go("proactive")

    def ink(key: str):
        row = clerk.window.navigation.keys.index(key)
        return _ink(clerk.window.sections.item(row).data(_STATE))

    assert (number("proactive"), number("review")) == (10, 12)
    assert ink("proactive") == ink("review") == theme.FAINT
    clerk.click(clerk.page.next_button)
    assert clerk.page.key == "requests"
    assert ink("proactive") == theme.WARNING
    assert ink("review") == theme.FAINT
    clerk.go(REVIEW)
    assert ink("review") == theme.WARNING
    assert number(REVIEW) > 0
    clerk.controller.close()
    assert clerk.controller.asked == set()


@pytest.mark.parametrize("height", [300, 420, 700])
def test_the_entries_stand_closer_before_the_list_scrolls(qtbot, qapp, height):
    made = SectionList()
    qtbot.addWidget(made)
    made.resize(made.width(), height)
    made.show_places(places(form("2021")))
    made.show()
    last = made.visualItemRect(made.item(made.count() - 1))
    fits = made.count() * 24 + 3 * made.head_height <= height
    assert (last.bottom() <= made.viewport().height()) is fits


def test_the_keyboard_is_seen_on_the_entry(office, draft):
    clerk = office(draft())
    sections = clerk.window.sections
    clerk.focus(clerk.page.next_button)
    before = sections.grab().toImage()
    clerk.focus(sections)
    assert sections.grab().toImage() != before
    clerk.press(Qt.Key.Key_Down)
    assert sections.currentRow() > 0


def test_list_bar_start_and_window_count_alike(office, draft):
    clerk = office(draft())
    whole = progress(clerk.document)
    found = states(clerk.document)
    assert found[REVIEW].standing == whole
    assert clerk.window.progress.bar.share == whole.done
    for part in whole.parts:
        assert part in clerk.window.progress.words
        assert part in " ".join(one.text() for one in clerk.go("start").findChildren(QLabel))
    parts = [state.standing for key, state in found.items() if key != REVIEW]
    assert sum(one.errors for one in parts) == whole.errors
    assert sum(one.missing for one in parts) == whole.missing
