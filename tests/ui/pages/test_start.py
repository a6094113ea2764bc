"""The start page: which of the reports is final, and a clock that cannot be right."""

import os
import time
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from app.signoff import signing
from app.storage import settings as stored
from app.storage.container import Content, pack
from ui.kit import theme
from ui.pages.start_cards import when_words
from ui.state.section_states import START


def seen(page) -> list[str]:
    return [
        one.text() for kind in (QLabel, QAbstractButton) for one in page.findChildren(kind) if one.isVisible()
    ]


def test_what_is_final_says_so_in_the_list_and_while_it_is_open(office, draft, tmp_path):
    clerk = office(draft())
    clerk.controller.save(tmp_path / "没写完.gknb")
    clerk.go(START)
    clerk.until(lambda: {"正在编写", "继续：单位信息 ›"} <= set(seen(clerk.page)))
    report = clerk.document.report
    for step in signing.rules().steps:
        report = signing.signed(report, step.key, "王小兰", date(2022, 1, 9))
    clerk.document.change("定稿", signing.frozen(report, date(2022, 1, 10)))
    clerk.controller.save(tmp_path / "定稿.gknb")
    clerk.until(lambda: {"正在看", "定稿", "继续看", "已定稿 · 第1版"} <= set(seen(clerk.page)))
    assert not any(words.startswith("继续：") for words in seen(clerk.page))
    states = {one.path.stem: one.state for one in clerk.controller.recent()}
    assert states["定稿"] == "已定稿 · 第1版"
    assert states["没写完"].startswith("已填")
    clerk.controller.close()
    clerk.go(START)
    clerk.until(lambda: "已定稿 · 第1版" in seen(clerk.window.start))


def test_what_was_altered_behind_the_back_of_the_program_is_not_called_final(office, draft, tmp_path):
    clerk = office(draft())
    report = clerk.document.report
    for step in signing.rules().steps:
        report = signing.signed(report, step.key, "王小兰", date(2022, 1, 9))
    final = signing.frozen(report, date(2022, 1, 10))
    clerk.controller.close()
    altered = tmp_path / "改过.gknb"
    altered.write_bytes(pack(Content(final.with_narrative("overview", "另写的。"))))
    stored.save(replace(stored.load(), recent=(str(altered),)))
    assert [one.state for one in clerk.controller.recent()] == ["定稿以后被改动，请核对"]


def test_a_clock_that_cannot_be_right_is_told_until_it_is_set(office, monkeypatch):
    monkeypatch.setattr("ui.pages.start.today", lambda: date(2010, 1, 2))
    clerk = office()
    clerk.until(lambda: any("电脑上的日期是2010年1月2日" in words for words in seen(clerk.window.start)))
    monkeypatch.setattr("ui.pages.start.today", lambda: date(2027, 1, 2))
    clerk.window.start.look_around()
    clerk.until(lambda: not any("电脑上的日期" in words for words in seen(clerk.window.start)))


@pytest.mark.parametrize("state", ["empty", "recent", "open", "example"])
def test_one_filled_button_is_the_way_on(office, draft, tmp_path, state):
    clerk = office(draft())
    if state in ("empty", "recent"):
        clerk.controller.save(tmp_path / "一.gknb")
        if state == "empty":
            stored.save(replace(stored.load(), recent=()))
        clerk.controller.close()
    page = clerk.go(START) if state != "example" else clerk.window.start
    if state == "example":
        clerk.document.mark_saved()
        clerk.window.files.show_example()
        clerk.go(START)
    QApplication.processEvents()
    filled = [
        one for one in page.findChildren(QPushButton) if one.isVisible() and theme.PRIMARY in one.styleSheet()
    ]
    assert [one.text() for one in filled] == [page.first_focus().text()]


def test_the_start_page_keeps_what_has_the_keyboard(office, draft):
    clerk = office(draft())
    page = clerk.go(START)
    before = page.continue_button
    page.refresh()
    assert page.continue_button is before
    clerk.document.fill_blanks(clerk.document.form.section("review").cells)
    assert page.continue_button is not before


def test_when_a_file_was_saved(tmp_path):
    path = tmp_path / "一.gknb"
    assert when_words(path, date(2026, 1, 5)) == ""
    path.write_bytes(b"")
    for day, words in (
        ("2026-1-5 9:12", "今天 09:12"),
        ("2026-1-4 17:40", "昨天 17:40"),
        ("2026-1-1 8:0", "1月1日"),
        ("2025-11-3 8:0", "2025年11月3日"),
    ):
        saved = time.mktime(time.strptime(day, "%Y-%m-%d %H:%M"))
        os.utime(path, (saved, saved))
        assert when_words(path, date(2026, 1, 5)) == words
