"""Every palette: no name without a value, words 4.5:1 and edges 3:1 on every ground on which they stand."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from ui.kit import palette, theme
from ui.kit.appearance import contrast

UI = Path(palette.__file__).parents[1]
ALL = sorted(palette.PALETTES)
GROUNDS = ("paper", "desk", "quiet", "card", "hover", "computed", "head", "blank")
WORDS = {  # words, and the grounds on which they stand
    "ink": (
        *GROUNDS,
        *("band", "pressed", "accent_soft", "error_soft", "warning_soft", "done_soft", "pending"),
    ),
    "ink_soft": ("paper", "quiet"),
    "faint": (*GROUNDS, "card"),
    "accent": ("paper", "desk", "card", "accent_faint", "quiet"),
    "accent_deep": ("accent_soft",),
    "on_accent": ("accent", "accent_hover"),
    "error": ("paper", "desk", "error_soft", "card"),
    "warning": ("paper", "desk", "warning_soft", "card"),
    "done": ("paper", "desk", "done_soft", "card"),
}
EDGES = {
    "edge": ("paper", "desk", "card", "accent_soft", "warning_soft", "error_soft", "done_soft"),
    "accent": ("paper", "desk", "card", "accent_soft"),
    "disabled": ("paper", "desk", "unused"),
    "pending_line": ("paper", "desk"),
    "repeated": ("paper",),
}


def ratio(name: str, one: str, other: str) -> float:
    shades = palette.PALETTES[name]
    return contrast(QColor(shades[one]), QColor(shades[other]))


def too_little(name: str, pairs: dict[str, tuple[str, ...]], least: float) -> list[str]:
    return [
        f"{one} on {ground}: {ratio(name, one, ground):.2f}"
        for one, grounds in pairs.items()
        for ground in grounds
        if ratio(name, one, ground) < least
    ]


def test_contrast_is_that_of_wcag():
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ALL)
def test_words_and_edges_can_be_seen(name):
    assert too_little(name, WORDS, 7 if name.startswith("contrast") else 4.5) == []
    assert too_little(name, EDGES, 3) == []


@pytest.mark.parametrize("name", ALL)
def test_the_three_kinds_of_cells_are_told_apart_on_a_poor_screen(name):
    """Blank in a row that is begun, filled, computed."""
    for one, other in (("computed", "paper"), ("computed", "blank")):
        assert ratio(name, one, other) >= 1.1, (one, other)
    tint = QColor(palette.PALETTES[name]["blank"])
    assert tint.saturation() >= 20


@pytest.mark.parametrize("name", ALL)
def test_each_palette_gives_every_name_a_value_of_its_own(name):
    shades = palette.PALETTES[name]
    assert set(shades) == set(palette.PALETTES["light"])
    assert len(set(shades.values())) == len(shades)
    assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in shades.values())


@pytest.mark.parametrize("name", ALL)
def test_what_is_disabled_is_fainter_than_the_rest(name):
    for ground in ("paper", "desk", "unused"):
        assert ratio(name, "disabled", ground) < ratio(name, "faint", ground)


def test_no_colour_stands_in_the_code_of_the_window():
    """Each has a name, and a value in every palette."""
    for path in UI.rglob("*.py"):
        assert re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text("utf-8")) == [], path


def test_every_sheet_names_colours_that_there_are():
    named = {name for sheet in theme._SHEETS.values() for name in re.findall("@([a-z_]+)", sheet)}
    assert named
    assert named <= set(palette.PALETTES["light"])
    assert not any("#" in re.sub(r"#[a-z]+ \{", "", sheet) for sheet in theme._SHEETS.values())


def test_a_sheet_is_turned_and_turned_back():
    sheet = palette.shade("a { color: @ink; background: @accent_soft; border-color: #123456; }")
    for name in ALL:
        before = palette.use(name)
        there = palette.turned(sheet, before)
        assert "#123456" in there
        palette.use(before)
        assert palette.turned(there, name) == sheet
