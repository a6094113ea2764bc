"""版面设置 in the window: what is set is seen at once, one step of undo, back to standard, the office's own for new reports."""

from dataclasses import replace

import pytest

from app.report.model import PageSettings
from app.session.document import ReportDocument
from tests.exporting.reports import full_report
from tests.signoff.test_signing import final
from tests.ui.conftest import dialog_of
from ui.printing.page_settings_dialog import PageSettingsDialog, change_page_settings

OURS = full_report("2021", 2024)


@pytest.fixture
def clerk(office):
    return office(ReportDocument(OURS))


@pytest.fixture
def dialog(clerk):
    made = PageSettingsDialog(clerk.controller, clerk.window)
    made.show()
    yield made
    made.done(0)
    clerk.qtbot.waitUntil(lambda: made._job is None, timeout=20_000)
    made.deleteLater()


def test_what_is_set_is_what_is_asked_for(dialog):
    assert dialog.settings is None
    dialog.number_place.setCurrentIndex(dialog.number_place.findData("center"))
    dialog.has_head.setChecked(True)
    assert dialog.fields["issuer"].text() == "【单位】文件"
    dialog.fields["number"].setText(" 甲政发〔2026〕 3号 ")
    dialog.has_imprint.setChecked(True)
    assert dialog.settings == PageSettings(
        number_place="center", issuer="{unit}文件", number="甲政发〔2026〕 3号", printed_on="{date}"
    )
    dialog.has_head.setChecked(False)
    assert dialog.settings == PageSettings(number_place="center", printed_on="{date}")
    dialog.standard_button.click()
    assert dialog.settings is None


def test_the_pages_beside_are_made_of_it(clerk, dialog):
    clerk.qtbot.waitUntil(lambda: dialog.view.page_count > 0, timeout=20_000)
    dialog.has_imprint.setChecked(True)
    clerk.qtbot.waitUntil(lambda: dialog._shown == dialog.settings and dialog._job is None, timeout=20_000)
    bar = dialog.view.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert clerk.document.report == OURS


def test_a_head_without_an_office_is_told(dialog):
    dialog.has_head.setChecked(True)
    dialog.fields["issuer"].clear()
    dialog._changed(dialog.fields["issuer"])
    assert "写了发文机关标志才印版头" in dialog.note.text()


def set_band(dialog):
    dialog.band.setCurrentIndex(dialog.band.findData("C6D9F1"))
    dialog.for_new.setChecked(True)
    dialog.accept()


def test_it_is_one_step_of_undo_and_new_reports_can_have_the_same(clerk):
    dialog_of(PageSettingsDialog, set_band)
    change_page_settings(clerk.controller, clerk.window)
    assert clerk.document.report == replace(OURS, page_settings=PageSettings(band="C6D9F1"))
    clerk.controller.undo()
    assert clerk.document.report == OURS
    clerk.document.mark_saved()
    clerk.controller.begin_blank("测试县甲乙镇人民政府", 2024)
    assert clerk.document.report.page_settings == PageSettings(band="C6D9F1")
    clerk.document.mark_saved()
    clerk.controller.begin_from(OURS, 2025)
    assert clerk.document.report.page_settings == PageSettings(band="C6D9F1")


def test_a_frozen_report_is_left_alone(office):
    clerk = office(ReportDocument(final()))
    told = clerk.answer("知道了")
    change_page_settings(clerk.controller, clerk.window)
    assert "定稿" in told[0]


def test_it_opens_from_the_export_page(clerk):
    opened = []
    dialog_of(PageSettingsDialog, lambda dialog: (opened.append(1), dialog.reject()))
    clerk.go("export").looks.settings_button.click()
    assert opened
