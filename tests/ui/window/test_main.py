"""The QApplication on a desktop that lacks what others have, and what is loaded before the window is there."""

import os
import subprocess
import sys

from tests.places import PROJECT

NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}/none</dir><cachedir>{0}/cache</cachedir></fontconfig>"""
CALL = """
from PySide6.QtGui import QFontMetrics
from ui.kit import theme
from ui.window.main import make_app
app = make_app([])
print(all(QFontMetrics(theme.font()).inFontUcs4(ord(one)) for one in "政府信息公开工作年度报告"))
"""


def test_a_desktop_without_any_chinese_typeface_shows_no_boxes(tmp_path):
    settings = tmp_path / "fonts.conf"
    settings.write_text(NO_FONTS.format(tmp_path), "utf-8")
    env = {**os.environ, "FONTCONFIG_FILE": str(settings), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CALL], cwd=PROJECT, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"


def test_the_window_is_there_before_anything_that_reads_or_writes_documents_is_loaded(tmp_path):
    """On a slow disk each of them costs a tenth of a second and more."""
    heavy = {
        "reportlab",
        "PIL",
        "docx",
        "lxml",
        "openpyxl",
        "pdfminer",
        "pypdfium2",
        "jinja2",
        "cryptography",
    }
    code = f"""
import sys
from ui.state.controller import Controller
from ui.window.main import make_app
from ui.window.main_window import MainWindow
app = make_app([])
window = MainWindow(Controller())
window.show()
print(*sorted({heavy} & set(sys.modules)), window.isVisible())
"""
    env = {**os.environ, "NIANBAO_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=env, capture_output=True, text=True)
    assert done.stdout.split() == ["True"], done.stderr
