"""检查: the numbers over the list lead somewhere each."""

from dataclasses import replace

from app.checks.standing import Kind
from app.report.model import Pending
from ui.state.section_states import REVIEW


def number_of(page, kind: Kind):
    return page.filters.button(page._kinds.index(kind))


def test_what_is_still_last_years_is_shown_in_its_text_where_the_list_has_none_of_it(office, draft):
    """A number taken over contradicts nothing: it is in no list, and the button leads to the place itself."""
    clerk = office(draft())
    report = clerk.document.report
    text = "公开政府信息472条。"
    clerk.document.change(
        "只有一处",
        replace(
            report.with_narrative("problems", text),
            pending=(Pending("problems", text.index("472"), text.index("472") + 3, "472"),),
        ),
    )
    page = clerk.go(REVIEW)
    button = number_of(page, Kind.PENDING)
    assert button.text() == "待更新 1"
    assert button.isEnabled()
    assert "待更新的1处在文字里标着黄色" in page.summary.text()
    clerk.click(button)
    assert clerk.page.key == "problems"
    assert clerk.page.editor.edit.textCursor().selectedText() == "472"
    assert page.filters.button(0).isChecked()


def test_those_that_would_be_an_error_are_listed(office, draft):
    clerk = office(draft())
    page = clerk.go(REVIEW)
    clerk.click(number_of(page, Kind.PENDING))
    assert clerk.page is page
    assert number_of(page, Kind.PENDING).isChecked()
