"""Light, dark or as the system has it: the open window changes at once, and back to what it was."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.report.model import SignaturePlace
from app.storage import settings as stored
from ui.help.settings_dialog import SettingsDialog
from ui.kit import appearance, palette, theme
from ui.state.section_states import AGENCY

_BOTH = (set(palette.PALETTES["light"].values()), set(palette.PALETTES["dark"].values()))
ONLY_LIGHT, ONLY_DARK = _BOTH[0] - _BOTH[1], _BOTH[1] - _BOTH[0]
KEYS = (
    "start",
    "sign_off",
    "overview",
    "requests",
    "review_all",
)  # the last one is paper, as the first to be shown


@pytest.fixture
def look(qapp):
    """The one of this application, as it stands without settings."""
    appearance.choose(palette.SYSTEM)
    yield qapp.findChild(appearance.Appearance)
    appearance.choose(palette.LIGHT)
    assert palette.in_use() == palette.LIGHT


def colours(clerk) -> str:
    """Every colour that a widget of these pages keeps by itself."""
    QApplication.processEvents()
    found = []
    for key in KEYS:
        clerk.go(key)
        for one in clerk.window.findChildren(QWidget):
            if one.isVisible():
                roles = (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText)
                found += [one.styleSheet(), *(one.palette().color(role).name() for role in roles)]
    return " ".join(found)


def shown_pixel(window: QWidget) -> int:
    """How bright the ground of the page is, as painted."""
    image = window.grab().toImage()
    return image.pixelColor(image.width() - 3, image.height() // 2).lightness()


def test_a_new_user_has_the_systems_own_look(qapp, qtbot):
    assert stored.Settings().appearance == palette.SYSTEM
    dialog = SettingsDialog(stored.Settings(), "")
    qtbot.addWidget(dialog)
    assert [dialog.shade.itemText(at) for at in range(4)] == ["跟随系统", "浅色", "深色", "高对比度"]
    assert dialog.shade.currentText() == "跟随系统"


def test_the_open_window_follows_the_system_and_back(office, draft, look):
    clerk = office(draft())
    clerk.go(KEYS[-1])  # where the colours are looked at last: beside the panel a page ends otherwise
    bright = shown_pixel(clerk.window)
    assert bright > 200
    look._on_system(Qt.ColorScheme.Dark)
    in_dark = colours(clerk)
    assert palette.in_use() == palette.DARK
    assert shown_pixel(clerk.window) < 80
    assert theme.PAPER.name() == palette.PALETTES["dark"]["paper"]
    assert not any(light in in_dark for light in ONLY_LIGHT)
    look._on_system(Qt.ColorScheme.Light)
    in_light = colours(clerk)
    assert not any(dark in in_light for dark in ONLY_DARK)
    assert shown_pixel(clerk.window) == bright


def test_what_the_clerk_chose_does_not_follow_the_system(office, draft, look):
    clerk = office(draft())
    clerk.controller.change_settings(replace(clerk.controller.settings, appearance=palette.DARK))
    appearance.choose(palette.DARK)
    look._on_system(Qt.ColorScheme.Light)
    assert palette.in_use() == palette.DARK
    assert shown_pixel(clerk.window) < 80


def test_a_page_made_in_the_dark_is_right_in_the_light_too(office, draft, look):
    appearance.choose(palette.DARK)
    clerk = office(draft())
    colours(clerk)
    appearance.choose(palette.LIGHT)
    sheets = colours(clerk)
    assert not any(dark in sheets for dark in ONLY_DARK)
    assert shown_pixel(clerk.window) > 200


def test_high_contrast_and_back(office, draft, look):
    clerk = office(draft())
    appearance.choose(palette.CONTRAST)
    assert theme.INK.name() == "#010101"
    in_black_and_white = colours(clerk)
    pale = ONLY_LIGHT - set(palette.PALETTES["contrast"].values())
    assert not any(light in in_black_and_white for light in pale)
    look._on_system(Qt.ColorScheme.Dark)
    assert palette.in_use() == palette.CONTRAST_DARK
    assert shown_pixel(clerk.window) < 20
    stark = set(palette.PALETTES["contrast_dark"].values()) - set(palette.PALETTES["light"].values())
    appearance.choose(palette.LIGHT)
    in_light = colours(clerk)
    assert not any(one in in_light for one in stark)


BLACK_WHITE, GREY = (("#000000", "#ffffff", True), ("#1f1f1f", "#ffffff", False))


@pytest.mark.parametrize(("words", "ground", "is_stark"), [BLACK_WHITE, GREY, ("#ffff00", "#000000", False)])
def test_a_black_and_white_system_asks_for_high_contrast(qapp, words, ground, is_stark):
    systems = QPalette(QColor(ground), QColor(ground))
    systems.setColor(QPalette.ColorRole.WindowText, QColor(words))
    assert appearance.wants_contrast(qapp, systems) is is_stark


def test_fields_without_use_look_so(office, draft):
    clerk = office(draft())
    page = clerk.go(AGENCY)

    def ground() -> int:
        return page.date.grab().toImage().pixelColor(page.date.width() - 12, 6).lightness()

    before = ground()
    signature = replace(clerk.document.report.signature, place=SignaturePlace.NONE)
    clerk.document.set_signature(signature, "不署名")
    assert not page.date.isEnabled()
    assert ground() < before
