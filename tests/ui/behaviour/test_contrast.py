"""Every scene of the pictures in every palette: words, edges of controls and the ring of the keyboard are strong enough, as measured
from their pixels. One palette a run of `make test`; all of them, and all faces of a desktop, with NIANBAO_ALL_LOOKS=1."""

import os
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tests.desktop_faces import LINES, desktop_with
from tests.screenshots import play_apart
from tests.ui.contrast import weak
from ui.kit import theme, widgets

ALL = bool(os.environ.get("NIANBAO_ALL_LOOKS"))
PALETTES = ("100", "100_dark", "100_contrast", "100_contrast_dark")


def nothing_is_weak(look: str, **environment: str) -> None:
    pipe = subprocess.PIPE
    done = play_apart(look, "colours", environment, stdout=pipe, stderr=pipe, timeout=300)
    first, *found = done.stdout.splitlines() or [done.stderr]
    assert found == [], done.stderr[-2000:]
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(first.removesuffix("个画面")) >= 50


@pytest.mark.parametrize("look", PALETTES if ALL else PALETTES[:1])
def test_words_edges_and_the_ring_are_strong_enough(look):
    nothing_is_weak(look)


@pytest.mark.skipif(not ALL, reason="只在 NIANBAO_ALL_LOOKS=1 时看全部字体")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="只在 Linux 上能换掉桌面的字体")
@pytest.mark.parametrize("face", LINES)
@pytest.mark.parametrize("look", PALETTES)
def test_so_they_are_in_another_face_of_the_desktop(look, face, tmp_path):
    nothing_is_weak(look, **desktop_with(face, tmp_path))


@pytest.fixture
def sheet(qtbot, qapp):
    theme.apply(qapp)
    made = QWidget()
    qtbot.addWidget(widgets.on_paper(made))
    made.resize(400, 80)
    QHBoxLayout(made)
    return made


def test_what_is_weak_would_be_seen(sheet):
    faint, strong = QLabel("一句看不清的话"), QLabel("一句看得清的话")
    faint.setStyleSheet("color: #b0b0b0;")
    strong.setStyleSheet("color: #404040;")
    pale, clear = QPushButton("淡边"), QPushButton("清楚的边")
    for button, edge in ((pale, "#dddddd"), (clear, "#838b96")):
        button.setStyleSheet(f"QPushButton {{ background: white; color: black; border: 1px solid {edge}; }}")
    for one in (faint, strong, pale, clear):
        sheet.layout().addWidget(one)
    sheet.show()
    found = weak(sheet)
    assert [one.partition("” ")[2][0] for one in found] == ["字", "边"], found
    assert "看不清" in found[0]
    assert "淡边" in found[1]
