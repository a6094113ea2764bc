"""设置: what the county set is checked by at once, the window's looks are kept; both palettes can be read."""

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from app.storage import settings as stored
from ui.help.settings_dialog import SettingsDialog
from ui.kit import palette

UI = Path(palette.__file__).parents[1]
PAIRS = [  # ink on ground, as the window uses them
    *(("#1f2328", ground) for ground in ("#ffffff", "#f5f6f7", "#eef1f5", "#dbe8f7", "#fff9e5", "#fff2b8")),
    *(("#b3261e", ground) for ground in ("#ffffff", "#fdecea")),
    *(("#1f5fa8", ground) for ground in ("#ffffff", "#f5f6f7")),
    *(("#5f6672", ground) for ground in ("#f5f6f7", "#f3f4f6", "#eef1f5")),
    *(("#5f6672", "#ffffff"), ("#8a5a00", "#ffffff"), ("#2e6b3a", "#ffffff"), ("#ffffff", "#1f5fa8")),
    *(("#1f2328", "#ffe8cc"), ("#3d444d", "#fafbfc")),
]


def brightness(name: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    colour = QColor(name)
    parts = [
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4
        for one in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(ink: str, ground: str, is_dark: bool) -> float:
    dim, bright = sorted(brightness(palette.shade(one, is_dark)) for one in (ink, ground))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(ink, ground, is_dark):
    assert contrast(ink, ground, is_dark) >= 4.5


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["#ffffff", "#f0f1f3", "#f5f6f7"])
def test_what_is_disabled_can_be_read_and_is_fainter_than_the_rest(ground, is_dark):
    shown = contrast("#808893", ground, is_dark)
    assert 3 <= shown < contrast("#5f6672", ground, is_dark)


def test_a_colour_of_either_palette_is_turned_into_the_other_and_back():
    light, dark = palette.COUNTERPARTS.keys(), palette.COUNTERPARTS.values()
    assert len(set(dark)) == len(light)
    assert not light & set(dark)


def test_no_colour_of_the_window_lacks_its_dark_counterpart():
    for path in UI.rglob("*.py"):
        found = set(re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text("utf-8")))
        if path.name != "palette.py":
            assert found <= palette.COUNTERPARTS.keys(), path
            wrapped = re.search(r"shade[,(]|colour\(", path.read_text("utf-8"))
            assert not found or wrapped, path


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
