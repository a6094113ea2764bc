"""The icon of the window's title bar as a file that Windows takes: python installer/windows/icon.py OUT.ico."""

import os
import sys
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = (16, 20, 24, 32, 48, 64, 128, 256)


def draw(target: Path) -> None:
    from PIL import Image
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QGuiApplication

    from ui.window.app_icon import icon

    keep = QGuiApplication([])
    drawn = icon()
    pictures = []
    for size in SIZES:
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        drawn.pixmap(size, size).save(buffer, "PNG")
        pictures.append(Image.open(BytesIO(buffer.data().data())))
    *small, largest = pictures
    largest.save(
        target, format="ICO", sizes=[(one, one) for one in SIZES], append_images=small, bitmap_format="bmp"
    )
    del keep


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    draw(Path(sys.argv[1]))
