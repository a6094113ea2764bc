"""看看示例: a finished report to look at, called what it is, thrown away without a question, nothing of the clerk's touched."""

import pytest

from app import paths
from app.form.model import Severity
from app.session import example, session


@pytest.fixture
def clerk(office):
    return office()


def test_it_is_finished_and_nothing_is_found():
    document = example.open_example()
    assert not session.left_to_do(document).is_draft
    assert [one for one in document.findings if one.severity is not Severity.INFO] == []


def test_it_is_called_an_example_in_the_title_and_asks_nothing_when_closed(clerk):
    before = example.file().read_bytes()
    clerk.click(clerk.window.start.example_button)
    assert "（示例）" in clerk.window.windowTitle()
    assert "示例" in clerk.status
    assert not clerk.window.isWindowModified()
    clerk.go("start")
    assert not clerk.window.start.example_button.isVisible()
    clerk.window.actions_["close_report"].trigger()
    assert not clerk.controller.has_document
    assert example.file().read_bytes() == before
    assert session.recent() == []


def test_what_is_typed_into_it_is_asked_about_and_goes_where_the_clerk_says(clerk, tmp_path):
    before = example.file().read_bytes()
    clerk.controller.open_example()
    clerk.document.set_narrative("problems", "试着改一改")
    clerk.answer("不保存")
    clerk.window.actions_["close_report"].trigger()
    assert not clerk.controller.has_document
    clerk.controller.open_example()
    assert clerk.document.report.narrative("problems") != "试着改一改"
    saved = clerk.controller.save(tmp_path / "我的.gknb")
    assert clerk.controller.title == "我的"
    assert not clerk.controller.is_example
    assert saved.exists()
    assert example.file().read_bytes() == before


def test_the_clerks_own_report_is_not_lost(office, draft):
    clerk = office(draft())
    clerk.answer("取消")
    clerk.window.actions_["example"].trigger()
    assert not clerk.controller.is_example
    assert clerk.document.report.year == 2021


def test_it_lies_with_the_program():
    assert example.file().is_relative_to(paths.resources())
