"""上年: a text with its differences, the numbers of the line, the agency as it was."""

import pytest

from app.form.model import CellRef

ROW = CellRef("requests", "received", "natural_person")


@pytest.fixture
def beside(office, draft):
    clerk = office(draft())
    clerk.go("requests")
    clerk.window.panel.open("last")
    return clerk, clerk.window.panel.last


def test_the_line_under_the_cursor_says_last_years_numbers_and_the_change(beside):
    clerk, last = beside
    clerk.document.set_values({ROW: 7}, "填写")
    clerk.page.show_cell(ROW)
    form, prior = clerk.document.form, clerk.document.prior
    clerk.until(lambda: last.figures.isVisible() and last.figures.rows[0].now == "7")
    columns = form.tables["requests"].leaf_columns
    assert [one.name for one in last.figures.rows] == [column.label for column in columns]
    assert last.figures.rows[0].last == str(prior[ROW])
    assert last.figures.rows[0].change == f"增加{7 - prior[ROW]}"
    assert str(prior.year) in last.head.text()


def test_the_agency_as_it_was(beside):
    clerk, last = beside
    clerk.go("agency")
    clerk.window.panel.open("last")
    assert clerk.document.prior.agency.name in [one.last for one in last.figures.rows]


def test_without_last_years_report_that_is_said(beside):
    clerk, last = beside
    clerk.document.prior = None
    clerk.document.set_values({ROW: 1}, "填写")
    clerk.until(lambda: last.head.text() == "没有上年报告，不能对照。")


def test_a_part_that_last_year_had_not_says_so(beside):
    clerk, last = beside
    clerk.document.set_narrative("review", "表前的话。")
    page = clerk.go("review")
    clerk.focus(page.editor.edit)
    last.refresh()
    assert "没有可以对照的内容" in last.head.text()


def test_a_page_that_is_shown_again_with_another_tab_is_compared_no_more(office, draft):
    clerk = office(draft())
    clerk.window.resize(1366, 738)
    clerk.go("problems")
    panel = clerk.window.panel
    panel.open("last")
    editor = clerk.page.editor
    assert editor._last is panel.last.text
    clerk.go("overview")
    panel.open("checks")
    clerk.go("problems")
    assert editor._last is None
    panel.open("last")
    assert editor._last is panel.last.text
    panel.fold()
    assert editor._last is None
