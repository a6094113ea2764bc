"""单位信息: full-width digits become plain ones as they are typed; a slip is said beside its field and in the list."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QScrollArea

from app.report.model import Agency
from app.session.document import ReportDocument
from tests.checks.reports import AGENCY as NAMED
from tests.checks.reports import good
from tests.ui.conftest import dialog_of
from ui.kit.stage import Stage
from ui.pages.year_dialog import YearDialog
from ui.state.section_states import AGENCY, page_of, states


@pytest.fixture
def clerk(office):
    return office(ReportDocument(good(agency=NAMED)))


def by_input_method(field, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_full_width_digits_are_plain_at_once(clerk):
    page = clerk.go(AGENCY)
    page.fields["phone"].setFocus()
    by_input_method(page.fields["phone"], "０５９１－１２３４５６７８")
    assert page.fields["phone"].text() == clerk.document.report.agency.phone == "0591-12345678"
    clerk.press(Qt.Key.Key_Home)
    by_input_method(page.fields["phone"], "８")
    assert page.fields["phone"].text() == "80591-12345678"
    assert page.fields["phone"].cursorPosition() == 1


def test_a_slip_is_said_when_the_field_is_left_and_gone_when_it_is_mended(clerk):
    page = clerk.go(AGENCY)
    assert states(clerk.document)[AGENCY].stage is Stage.DONE
    field, note = page.fields["postcode"], page.notes["postcode"]
    clerk.focus(field)
    clerk.type("35040")
    assert note.text() == ""
    clerk.press(Qt.Key.Key_Tab)
    assert note.text() == "邮政编码应为6位数字，“35040”是5位，请核对"
    state = states(clerk.document)[AGENCY]
    assert state.words == "警告 1"
    clerk.go("overview")
    clerk.controller.show_finding(clerk.document.findings[0])
    assert clerk.page is page
    assert field.hasFocus()
    clerk.press(Qt.Key.Key_End)
    clerk.type("0")
    assert note.text() == ""
    assert states(clerk.document)[AGENCY].stage is Stage.DONE


def test_what_came_with_the_report_is_looked_at_too(office):
    clerk = office(ReportDocument(good(agency=Agency(name=NAMED.name, email="gkb@"))))
    page = clerk.go(AGENCY)
    assert page.fields["email"].hasFocus()
    assert page.notes["email"].text().startswith("电子邮箱“gkb@”不完整")


def test_the_page_says_why_the_list_marks_it(office, draft):
    clerk = office(draft())
    clerk.go(AGENCY)
    found = clerk.window.panel.checks.list
    clerk.until(lambda: "缺少成文日期" in " ".join(found.messages))
    clerk.document.set_agency(replace(clerk.document.report.agency, name=""))
    own = [one for one in clerk.document.findings if page_of(clerk.document.form, one.section) == AGENCY]
    assert len(own) >= 3
    clerk.until(lambda: {one.message for one in own} == set(found.messages))


def test_a_date_that_is_missing_or_too_early_is_named_beside_its_field(clerk):
    page = clerk.go(AGENCY)
    document = clerk.document
    year = document.report.year

    def give(day) -> None:
        document.set_signature(replace(document.report.signature, issued_on=day))

    assert page.date_note.text() == ""
    give(None)
    assert page.date_note.text() == "还没有写"
    assert page.first_focus() is page.date
    give(date(year, 12, 30))
    assert page.date_note.text().startswith(f"成文日期为{year}年12月30日，早于{year + 1}年1月1日")
    clerk.go("overview")
    (finding,) = page._of_date
    clerk.go(AGENCY)
    page.show_finding(finding)
    assert clerk.window.focusWidget() is page.date
    give(date(year + 1, 1, 9))
    assert page.date_note.text() == ""


def test_a_renamed_unit_is_changed_everywhere_at_once(office, draft):
    clerk = office(draft())
    document = clerk.document
    before = document.report
    page = clerk.go(AGENCY)
    assert page.renamed.isHidden()
    old, short = before.agency.name, before.agency.short_name
    document.set_agency(replace(before.agency, name=old.replace("张家产镇", "新张家产镇")))
    assert page.renamed.isVisible()
    total = len(page.renamed.found)
    assert total > 3
    clerk.answer(f"改这{total}处")
    clerk.click(page.renamed.button)
    clerk.until(lambda: document.undo_name == "改为新的单位名称")
    assert page.renamed.isHidden()
    assert document.report.agency.short_name == f"新{short}"
    for text in document.report.narratives.values():
        assert text.count("新张家产镇") == text.count("张家产镇")
    clerk.controller.undo()
    clerk.controller.undo()
    assert document.report == before


def test_the_field_that_has_the_keyboard_is_seen_on_a_small_screen(clerk):
    clerk.window.resize(911, 482)
    page = clerk.go(AGENCY)
    clerk.document.set_signature(replace(clerk.document.report.signature, issued_on=None))
    clerk.go("overview")
    clerk.go(AGENCY)
    assert clerk.window.focusWidget() is page.date
    area = page.findChild(QScrollArea)
    clerk.until(
        lambda: (
            0
            <= page.date.mapTo(area.viewport(), QPoint()).y()
            <= area.viewport().height() - page.date.height()
        )
    )


@pytest.mark.parametrize(
    ("now", "written", "shown"),
    [
        (date(2026, 1, 20), None, date(2026, 1, 20)),
        (date(2025, 12, 28), None, date(2025, 12, 28)),
        (date(2026, 11, 29), None, date(2026, 1, 9)),  # written late: not ten months to click back
        (date(2026, 11, 29), date(2026, 1, 15), date(2026, 1, 15)),
    ],
)
def test_the_calendar_opens_in_the_weeks_when_the_report_is_signed(clerk, now, written, shown):
    document = clerk.document
    document.change("年度", replace(document.report, year=2025))
    document.set_signature(replace(document.report.signature, issued_on=written), "修改成文日期")
    assert clerk.go(AGENCY)._shown_day(now) == shown


def test_the_year_can_be_changed_within_its_edition_and_back(clerk):
    page = clerk.go(AGENCY)
    before = clerk.document.report
    offered: list[tuple[int, int, bool]] = []

    def choose(dialog: YearDialog) -> None:
        offered.append((dialog.year.minimum(), dialog.year.value(), dialog.ok_button.isEnabled()))
        dialog.year.setValue(before.year - 1)
        clerk.click(dialog.ok_button)

    dialog_of(YearDialog, choose)
    clerk.click(page.year_button)
    assert offered == [(2021, before.year, False)]
    assert clerk.document.report == replace(before, year=before.year - 1)
    assert page.year.text().startswith(f"{before.year - 1}年")
    assert any(one.rule.startswith("S-0") for one in clerk.document.findings), (
        "the texts still name the other year"
    )
    clerk.document.undo()
    assert clerk.document.report == before
