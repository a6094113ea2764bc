"""The list of parts: short names, three groups, one number at most, red only for what contradicts; no entry is lost on a small screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.checks.standing import Standing
from app.form.catalog import form
from ui.kit.stage import Stage
from ui.state.section_states import EXPORT, GROUPS, REVIEW, State, places, progress, states, step_words
from ui.window.section_list import _STATE, SectionList


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


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State(Stage.EMPTY), ["空圈：还没有写"]),
        (
            State(Stage.PART, Standing(errors=1, blanks=3)),
            [
                "填了一部分的圈：没有写完",
                "红底的 1：错误，前后矛盾或者不合规定，必须改正，或者写明说明",
                "一共：待填3格，错误1处",
            ],
        ),
        (
            State(Stage.PART, Standing(pending=2)),
            [
                "填了一部分的圈：没有写完",
                "橙色的 2：待更新，从去年带来的年份和数字，改成今年的，或者按“沿用此处”",
            ],
        ),
        (
            State(Stage.PART, Standing(blanks=3)),
            ["填了一部分的圈：没有写完", "灰色的 3：待填，还没有填，要您填写"],
        ),
        (
            State(Stage.PART, Standing(blanks=3), is_asked=True),
            ["填了一部分的圈：没有写完", "橙色的 3：待填，还没有填，要您填写"],
        ),
        (
            State(Stage.WARNED, Standing(warnings=4)),
            ["圈里打勾：写好了，有警告", "橙色的 4：警告，可能不对，请逐条核实"],
        ),
        (State(Stage.DONE), ["绿色的勾：完成"]),
        (State(Stage.PART, text="已送审"), ["填了一部分的圈：已送审"]),
        (State(Stage.NONE), []),
    ],
)
def test_sign_number_and_colour_are_told_in_words(state, words):
    assert state.explained == words


def test_the_tooltip_and_the_screen_reader_have_these_words(office, draft):
    clerk = office(draft())
    sections = clerk.window.sections
    item = sections.item(clerk.window.navigation.keys.index("requests"))
    assert item.toolTip().split("\n")[1:] == item.data(_STATE).explained
    assert item.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "；".join(item.data(_STATE).explained)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole).startswith(
        "三、收到和处理政府信息公开申请情况：待填"
    )


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
    assert not State(Stage.PART, lacking).is_amber
    assert State(Stage.PART, lacking, is_asked=True).is_amber
    assert not State(Stage.EMPTY, lacking).is_amber
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

    def is_amber(key: str) -> bool:
        row = clerk.window.navigation.keys.index(key)
        return clerk.window.sections.item(row).data(_STATE).is_amber

    assert (number("proactive"), number("review")) == (10, 12)
    assert not is_amber("proactive")
    assert not is_amber("review")
    clerk.click(clerk.page.next_button)
    assert clerk.page.key == "requests"
    assert is_amber("proactive")
    assert not is_amber("review")
    clerk.go(REVIEW)
    assert is_amber("review")
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
