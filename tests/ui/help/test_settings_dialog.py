"""设置: what the county set is checked by at once, the window's looks are kept."""

import os
from dataclasses import replace
from datetime import date

import pytest

from app.storage import settings as stored
from ui.help.settings_dialog import SettingsDialog
from ui.pages.review import ReviewPage


def test_the_deadline_is_checked_by_at_once(office, draft):
    clerk = office(draft())
    report = clerk.document.report
    late = replace(report.signature, issued_on=date(report.year + 1, 2, 20))
    clerk.document.set_signature(late)
    assert any(one.rule == "S-10" for one in clerk.document.findings)
    settings = clerk.controller.settings
    clerk.controller.change_settings(
        replace(settings, checks=replace(settings.checks, deadline_month=3, deadline_day=31))
    )
    assert not any(one.rule == "S-10" for one in clerk.document.findings)


def test_a_day_that_the_month_has_not_is_told_and_nothing_kept(qtbot, qapp):
    dialog = SettingsDialog(stored.Settings(), "")
    qtbot.addWidget(dialog)
    dialog.month.setValue(2)
    dialog.day.setValue(30)
    dialog.ok.click()
    assert dialog.complaint.text() == "2月没有30日，请改正公布期限。"
    assert dialog.result() != SettingsDialog.DialogCode.Accepted
    dialog.day.setValue(28)
    dialog.ok.click()
    assert dialog.result() == SettingsDialog.DialogCode.Accepted


def test_a_word_list_that_cannot_be_used_is_told(qtbot, qapp, tmp_path, monkeypatch):
    broken = tmp_path / "县里.toml"
    broken.write_text("[[", encoding="utf-8")
    monkeypatch.setattr("ui.kit.dialogs.file_to_open", lambda *_: broken)
    dialog = SettingsDialog(stored.Settings(), "")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.list_button.click()
    assert dialog.complaint.isVisible()
    assert "县里.toml" in dialog.complaint.text()
    dialog.list_button.click()
    assert dialog.chosen.checks.word_list == ""
    assert dialog.complaint.isHidden()


def test_looks_are_kept_and_odd_ones_set_aside(tmp_path):
    stored.save(replace(stored.load(), appearance="dark", font_scale=115))
    assert (stored.load().appearance, stored.load().font_scale) == ("dark", 115)
    stored.save(replace(stored.load(), font_scale=900))
    assert stored.load().font_scale == 100


@pytest.mark.parametrize(
    ("module", "modules", "expected"),
    [
        ("fcitx", "", "ibus"),
        ("", "wayland;fcitx", "ibus"),
        ("ibus", "", "ibus"),
        ("", "", None),
        ("xim", "", "xim"),
    ],
)
def test_an_input_method_without_a_plugin_is_spoken_to_as_ibus(monkeypatch, module, modules, expected):
    from ui.window.main import _mend_input_method

    for name, value in (("QT_IM_MODULE", module), ("QT_IM_MODULES", modules)):
        monkeypatch.delenv(name, raising=False)
        if value:
            monkeypatch.setenv(name, value)
    _mend_input_method()
    assert os.environ.get("QT_IM_MODULE") == expected
    assert "fcitx" not in os.environ.get("QT_IM_MODULES", "")


def test_a_rule_pack_is_chosen_by_its_name(qtbot, qapp):
    dialog = SettingsDialog(stored.Settings(), "")
    qtbot.addWidget(dialog)
    assert dialog.chosen.checks.pack == ""
    dialog.pack.setCurrentIndex(dialog.pack.findText("福建泉州鲤城"))
    assert dialog.chosen.checks.pack == "fujian_licheng"
    again = SettingsDialog(dialog.chosen, "")
    qtbot.addWidget(again)
    assert again.pack.currentText() == "福建泉州鲤城"
    assert dialog.sizeHint().height() <= 440


def test_the_check_page_says_what_the_assessment_would_take_off(office, draft):
    clerk = office(draft())
    page = ReviewPage(clerk.controller)
    page.refresh()
    assert "预计" not in page.summary.text()
    settings = clerk.controller.settings
    clerk.controller.change_settings(
        replace(settings, checks=replace(settings.checks, pack="fujian_licheng"))
    )
    page.refresh()
    assert "按“福建泉州鲤城”预计得" in page.summary.text()
    page.deleteLater()
