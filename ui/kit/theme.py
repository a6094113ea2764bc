"""One palette, one typeface, one rhythm: every colour and size of the window is named here."""

import tomllib

from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app import paths
from app.storage import settings
from ui.kit.palette import colour, shade

FAMILIES = [
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "Noto Sans SC Medium",
    "Noto Sans SC",
]
POINT_SIZE = 10.5  # 14 px: everything that is operated
SCALE = settings.load().font_scale / 100
STEP = 8  # pixels: every margin and gap is a multiple of it or of its half

PAPER = colour("paper")
WINDOW = colour("desk")
INK = colour("ink")
FAINT = colour("faint")  # secondary words
RULE = colour("grid")  # lines between the cells of the official table
EDGE = colour("edge")  # of a control; the upper and lower rule of a table
HAIRLINE = colour("hairline")
HEADING = colour("head")  # printed headings of the table
BAND = colour("band")  # bands between the small tables of 表二
ACCENT = colour("accent")  # the one accent: selection, the next step
ACCENT_DEEP = colour("accent_deep")  # words on ACCENT_SOFT
ACCENT_SOFT = colour("accent_soft")
ON_ACCENT = colour("on_accent")
COMPUTED = colour("computed")  # ground of cells that the program computes
BLANK = colour("blank")  # ground of cells still to be filled
ERROR = colour("error")
ERROR_SOFT = colour("error_soft")
WARNING = colour("warning")
WARNING_SOFT = colour("warning_soft")
WARNING_EDGE = colour("warning_edge")
DONE = colour("done")
UNUSED, UNUSED_EDGE = colour("unused"), colour("unused_edge")  # ground and edge of what cannot be used now
DISABLED = colour("disabled")  # recognisably not to be used, yet 3:1 on every ground
HOVER = colour("hover")  # ground of a quiet control under the pointer
PRESSED = colour("pressed")
PENDING = colour("pending")  # ground of 待更新 in a text
PENDING_LINE = colour("pending_line")
REPEATED = colour("repeated")  # the bar beside sentences that are last year's

COMPACT_BELOW = (
    1200  # logical width of the screen under which everything stands closer (125 % and 150 % of 1366)
)
# Points at 96 dots an inch, three quarters of the pixels: nothing is smaller than 12 px.
LARGE = 16.5  # title of a page, 22 px
LARGE_COMPACT = 12.75  # the same where every line counts, 17 px
SECTION = 12.0  # heads in a page, 16 px
TEXT = 12.0  # a text that is read and written, 16 px
GRID = 9.75  # cells of a table, 13 px
SMALL = 9.0  # what is only said beside, 12 px
RADIUS = 6  # of a control

_SHEETS: dict[str, str] = tomllib.loads((paths.resources() / "style" / "sheets.toml").read_text("utf-8"))


def __getattr__(name: str) -> str:
    """A style sheet for the palette in use: light and dark may change while the window is open."""
    if name not in _SHEETS:
        raise AttributeError(name)
    return shade(_SHEETS[name])


def font(size: float = POINT_SIZE, bold: bool = False) -> QFont:
    """The window's typeface at a size in points, larger or smaller as the clerk set it."""
    face = QFont()
    face.setFamilies(FAMILIES)
    face.setPointSizeF(size * SCALE)
    face.setBold(bold)
    return face


def scaled(pixels: int) -> int:
    """A width or height that holds words, larger or smaller as the clerk set the type."""
    return round(pixels * SCALE)


def set_size(percent: int) -> None:
    """Another size of the type; windows that are there keep theirs."""
    global SCALE
    SCALE = percent / 100


def apply(app: QApplication) -> None:
    """Fusion, our palette and our typeface, the same on every system."""
    app.setStyle("Fusion")
    app.setPalette(window_palette())
    app.setFont(font())


def window_palette() -> QPalette:
    """What widgets have that are given nothing else."""
    made = QPalette()
    for role, shown in (
        (QPalette.ColorRole.Window, WINDOW),
        (QPalette.ColorRole.WindowText, INK),
        (QPalette.ColorRole.Base, PAPER),
        (QPalette.ColorRole.AlternateBase, WINDOW),
        (QPalette.ColorRole.Text, INK),
        (QPalette.ColorRole.Button, PAPER),
        (QPalette.ColorRole.ButtonText, INK),
        (QPalette.ColorRole.Highlight, ACCENT),
        (QPalette.ColorRole.HighlightedText, ON_ACCENT),
        (QPalette.ColorRole.ToolTipBase, PAPER),
        (QPalette.ColorRole.ToolTipText, INK),
        (QPalette.ColorRole.PlaceholderText, FAINT),
        (QPalette.ColorRole.Link, ACCENT),
    ):
        made.setColor(role, shown)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, DISABLED)
    return made


def is_compact() -> bool:
    """Whether the screen is so small (or so enlarged) that everything stands closer."""
    screen = QGuiApplication.primaryScreen()
    return screen is not None and screen.availableGeometry().width() < COMPACT_BELOW
