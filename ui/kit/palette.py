"""Light and dark: each colour of the light window has its dark counterpart here; `use` changes all of them at once."""

import re
from typing import TypeVar

from PySide6.QtGui import QBrush, QColor, QPen

SIZES = {90: "小", 100: "标准", 115: "大", 130: "特大"}  # per cent of the window's type
LIGHT, DARK, SYSTEM = "light", "dark", "system"
APPEARANCES = {SYSTEM: "跟随系统", LIGHT: "浅色", DARK: "深色"}

# light → dark. A colour that is not here may not stand in ui/ (a test looks).
COUNTERPARTS = {
    "#ffffff": "#1d2025",
    "#fafbfc": "#21252b",
    "#f5f8fc": "#212832",
    "#f5f6f7": "#17191d",
    "#f3f5f8": "#2a2f36",
    "#f3f4f6": "#262a30",
    "#f0f1f3": "#23262b",
    "#eef3fa": "#28323f",
    "#eef1f5": "#2a2e35",
    "#e3e8ee": "#343a43",
    "#e2e7ee": "#31363e",
    "#e1e4e8": "#363b43",
    "#dbe8f7": "#24405f",
    "#d5dce4": "#3d444e",
    "#d0d5dc": "#454b54",
    "#cfdceb": "#3a4a5d",
    "#c4cad2": "#4d545e",
    "#808893": "#7d8590",
    "#5f6672": "#a4acb7",
    "#3d444d": "#c9ced5",
    "#1f2328": "#e7e9ec",
    "#1f5fa8": "#7ab3f0",
    "#2a6cb8": "#93c2f5",
    "#174a85": "#5f9bdc",
    "#0b2e57": "#cfe3fa",
    "#fff9e5": "#332f1f",
    "#fff2b8": "#4d431a",
    "#b58100": "#e0b34a",
    "#b3261e": "#ff9a92",
    "#fdecea": "#46272a",
    "#e3b4b0": "#6b3a3b",
    "#8a5a00": "#f0bf6a",
    "#ffe8cc": "#4c3516",
    "#2e6b3a": "#8fd19c",
    "#eaf3ec": "#22362a",
    "#bcd6c1": "#3d5a45",
}
_HEX = re.compile(r"#[0-9a-f]{6}")
_ORIGINALS = {dark: light for light, dark in COUNTERPARTS.items()}

_is_dark = False
_colours: dict[str, QColor] = {}  # by the name in the light palette
_tools: list[QPen | QBrush] = []
_Tool = TypeVar("_Tool", QPen, QBrush)


def shade(text: str, dark: bool | None = None) -> str:
    """A colour or a style sheet of the light palette in the palette in use."""
    if dark is None:
        dark = _is_dark
    return _HEX.sub(lambda found: COUNTERPARTS[found.group()], text) if dark else text


def colour(name: str) -> QColor:
    """A colour of the light palette as the palette in use has it; the same object for ever, it follows a change."""
    if name not in _colours:
        _colours[name] = QColor(shade(name))
    return _colours[name]


def following(tool: _Tool) -> _Tool:
    """A pen or brush that is made once: its colour follows a change."""
    _tools.append(tool)
    return tool


def turned(text: str) -> str:
    """A colour or style sheet that was made for either palette, for the one in use; foreign colours stay."""
    counterparts = COUNTERPARTS if _is_dark else _ORIGINALS
    return _HEX.sub(lambda found: counterparts.get(found.group(), found.group()), text)


def use(dark: bool) -> bool:
    """Change every colour that was given out; whether anything changed. Widgets keep copies: see `appearance`."""
    global _is_dark
    if dark == _is_dark:
        return False
    _is_dark = dark
    for name, made in _colours.items():
        made.setRgba(QColor(shade(name)).rgba())
    for tool in _tools:
        tool.setColor(QColor(turned(tool.color().name())))
    return True
