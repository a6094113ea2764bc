"""One palette, one typeface, one rhythm: every colour and size of the window is named here."""

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

FAMILIES = ["Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"]
POINT_SIZE = 10.0
STEP = 8  # pixels: every margin and gap is a multiple of it

PAPER = QColor("#ffffff")
WINDOW = QColor("#f5f6f7")
INK = QColor("#1f2328")
FAINT = QColor("#6b7280")  # secondary text; 4.8:1 on white
RULE = QColor("#d0d5dc")  # lines of the official table
HEADING = QColor("#eef1f5")  # printed headings of the table
BAND = QColor("#e2e7ee")  # bands between the small tables of 表二
ACCENT = QColor("#1f5fa8")  # the one accent: selection, the next step
ACCENT_SOFT = QColor("#dbe8f7")
COMPUTED = QColor("#f3f4f6")  # ground of cells that the program computes
BLANK = QColor("#fff9e5")  # ground of cells still to be filled
ERROR = QColor("#b3261e")
ERROR_SOFT = QColor("#fdecea")
WARNING = QColor("#8a5a00")
WARNING_SOFT = QColor("#fff3d6")
DONE = QColor("#2e6b3a")


def font(size: float = POINT_SIZE, bold: bool = False) -> QFont:
    """The window's typeface at a size in points."""
    face = QFont()
    face.setFamilies(FAMILIES)
    face.setPointSizeF(size)
    face.setBold(bold)
    return face


def apply(app: QApplication) -> None:
    """Fusion, our palette and our typeface, the same on every system."""
    app.setStyle("Fusion")
    palette = QPalette()
    for role, colour in (
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
        palette.setColor(role, colour)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, FAINT)
    app.setPalette(palette)
    app.setFont(font())
