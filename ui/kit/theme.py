"""One palette, one typeface, one rhythm: every colour and size of the window is named here."""

from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

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
POINT_SIZE = 10.0
SCALE = settings.load().font_scale / 100
STEP = 8  # pixels: every margin and gap is a multiple of it

PAPER = colour("#ffffff")
WINDOW = colour("#f5f6f7")
INK = colour("#1f2328")
FAINT = colour("#5f6672")  # secondary text; 5.6:1 on white
RULE = colour("#d0d5dc")  # lines of the official table
HEADING = colour("#eef1f5")  # printed headings of the table
BAND = colour("#e2e7ee")  # bands between the small tables of 表二
ACCENT = colour("#1f5fa8")  # the one accent: selection, the next step
ACCENT_SOFT = colour("#dbe8f7")
COMPUTED = colour("#f3f4f6")  # ground of cells that the program computes
BLANK = colour("#fff9e5")  # ground of cells still to be filled
ERROR = colour("#b3261e")
ERROR_SOFT = colour("#fdecea")
WARNING = colour("#8a5a00")
WARNING_SOFT = colour("#ffe8cc")  # well apart from BLANK
DONE = colour("#2e6b3a")
DISABLED = colour("#808893")  # recognisably not to be used, yet 3:1 on every ground
HOVER = colour("#eef1f5")  # ground of a quiet control under the pointer
PENDING = colour("#fff2b8")  # ground of 待更新 in a text
PENDING_LINE = colour("#b58100")
REPEATED = colour("#808893")  # the bar beside sentences that are last year's

COMPACT_BELOW = (
    1200  # logical width of the screen under which everything stands closer (125 % and 150 % of 1366)
)
LARGE = 15.0  # points: title of a page
TEXT = 11.0  # points: a text that is read and written
SMALL = 9.0  # points: what is only said beside

_BUTTON = """
QPushButton {{ background: {ground}; color: {ink}; border: 1px solid {edge}; border-radius: 4px;
               padding: 5px 14px; min-height: 20px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {pressed}; }}
QPushButton:focus {{ border: 2px solid {focus}; padding: 4px 13px; }}
QPushButton:disabled {{ color: #808893; background: #f0f1f3; border-color: #e1e4e8; }}
QPushButton:checked {{ background: {pressed}; }}
"""
# In the light palette; read as theme.BUTTON and so on, which gives the sheet for the palette in use.
_SHEETS = {
    "BUTTON": _BUTTON.format(
        ground="#ffffff", ink="#1f2328", edge="#c4cad2", hover="#f3f5f8", pressed="#e3e8ee", focus="#1f5fa8"
    ),
    "PRIMARY": _BUTTON.format(
        ground="#1f5fa8", ink="#ffffff", edge="#1f5fa8", hover="#2a6cb8", pressed="#174a85", focus="#0b2e57"
    ),
    "LINK": """
QPushButton { background: transparent; color: #1f5fa8; border: 1px solid transparent; border-radius: 4px;
              padding: 3px 6px; }
QPushButton:hover { background: #eef3fa; }
QPushButton:pressed, QPushButton:checked { background: #dbe8f7; }
QPushButton:focus { border-color: #1f5fa8; }
QPushButton:disabled { color: #808893; }
""",
    "MENU_BAR": """
QMenuBar { background: transparent; border: none; }
QMenuBar::item { background: transparent; padding: 5px 9px; border-radius: 4px; }
QMenuBar::item:selected { background: #e3e8ee; }
""",
    "TOOL": """
QToolButton { background: transparent; border: none; border-radius: 4px; padding: 5px 9px; }
QToolButton:hover { background: #e3e8ee; }
QToolButton:pressed { background: #d5dce4; }
QToolButton:disabled { color: #808893; }
""",
    "FIELD": """
QLineEdit { background: #ffffff; border: 1px solid #c4cad2; border-radius: 4px;
              padding: 4px 8px; min-height: 22px; selection-background-color: #1f5fa8; }
QLineEdit:focus { border: 2px solid #1f5fa8; padding: 3px 7px; }
QLineEdit:read-only { background: #f5f6f7; color: #5f6672; }
QLineEdit:disabled { background: #f0f1f3; border-color: #e1e4e8; color: #808893; }
""",
    "TEXT_AREA": """
QTextEdit { background: #ffffff; border: 1px solid #d0d5dc; border-radius: 4px; }
QTextEdit:focus { border: 1px solid #1f5fa8; }
""",
    "LIST": "QTreeWidget { background: #ffffff; border: 1px solid #d0d5dc; border-radius: 4px; padding: 4px; }",
    "CHAPTERS": """
QListWidget { background: transparent; }
QListWidget::item { padding: 6px 8px; border-radius: 4px; color: #1f2328; }
QListWidget::item:hover { background: #eef1f5; }
QListWidget::item:selected { background: #dbe8f7; }
""",
    "QUIET_AREA": "QTextEdit { background: #fafbfc; border: 1px solid #e1e4e8; border-radius: 4px; color: #3d444d; }",
}


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
        (QPalette.ColorRole.HighlightedText, PAPER),
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
