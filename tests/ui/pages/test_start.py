"""The start page: which of the reports is final, and a clock that cannot be right."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QAbstractButton, QLabel

from app.signoff import signing
from app.storage import settings as stored
from app.storage.container import Content, pack
from ui.state.section_states import START


def seen(page) -> list[str]:
    return [
        one.text() for kind in (QLabel, QAbstractButton) for one in page.findChildren(kind) if one.isVisible()
    ]


def test_what_is_final_says_so_in_the_list_and_while_it_is_open(office, draft, tmp_path):
    clerk = office(draft())
    clerk.controller.save(tmp_path / "没写完.gknb")
    clerk.go(START)
    clerk.until(lambda: "继续编写" in seen(clerk.page))
    report = clerk.document.report
    for step in signing.rules().steps:
        report = signing.signed(report, step.key, "王小兰", date(2022, 1, 9))
    clerk.document.change("定稿", signing.frozen(report, date(2022, 1, 10)))
    clerk.controller.save(tmp_path / "定稿.gknb")
    clerk.until(lambda: {"正在看：定稿", "继续看", "已定稿 · 第1版"} <= set(seen(clerk.page)))
    assert "继续编写" not in seen(clerk.page)
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
