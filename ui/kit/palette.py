"""Light, dark and of high contrast: the palettes of resources/style/palettes.toml; `use` changes all colours at once."""

import re
import tomllib
from typing import TypeVar

from PySide6.QtGui import QBrush, QColor, QPen

from app import paths

SIZES = {90: "小", 100: "标准", 115: "大", 130: "特大"}  # per cent of the window's type
LIGHT, DARK, SYSTEM, CONTRAST = "light", "dark", "system", "contrast"
APPEARANCES = {SYSTEM: "跟随系统", LIGHT: "浅色", DARK: "深色", CONTRAST: "高对比度"}
CONTRAST_DARK = "contrast_dark"  # light words on black: what a system of high contrast may have

_FILE = paths.resources() / "style" / "palettes.toml"
PALETTES: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text("utf-8"))
_HEX = re.compile(r"#[0-9a-f]{6}")
_NAME = re.compile(r"@([a-z_]+)")
_NAMES = {name: {value: key for key, value in colours.items()} for name, colours in PALETTES.items()}

_in_use = LIGHT
_colours: dict[str, QColor] = {}  # by name
_tools: list[QPen | QBrush] = []
_Tool = TypeVar("_Tool", QPen, QBrush)


def in_use() -> str:
    """The palette of which everything is painted now."""
    return _in_use


def is_contrast() -> bool:
    return _in_use.startswith(CONTRAST)


def shade(sheet: str) -> str:
    """A style sheet whose colours are named (@ink), with those of the palette in use."""
    return _NAME.sub(lambda found: PALETTES[_in_use][found[1]], sheet)


def colour(name: str) -> QColor:
    """A colour by its name as the palette in use has it; the same object for ever, it follows a change."""
    if name not in _colours:
        _colours[name] = QColor(PALETTES[_in_use][name])
    return _colours[name]


def following(tool: _Tool) -> _Tool:
    """A pen or brush that is made once: its colour follows a change."""
    _tools.append(tool)
    return tool


def turned(text: str, before: str) -> str:
    """A colour or style sheet made for the palette `before`, for the one in use; foreign colours stay."""
    names, now = _NAMES[before], PALETTES[_in_use]
    return _HEX.sub(lambda found: now[names[found[0]]] if found[0] in names else found[0], text)


def use(name: str) -> str:
    """Change every colour that was given out; which palette was used before. Widgets keep copies: see `appearance`."""
    global _in_use
    before, _in_use = _in_use, name
    if before != name:
        for key, made in _colours.items():
            made.setRgba(QColor(PALETTES[name][key]).rgba())
        for tool in _tools:
            tool.setColor(QColor(turned(tool.color().name(), before)))
    return before
