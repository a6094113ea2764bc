"""The manual inside the program: it opens with and without a report, is searched, and names what is really there."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QTextDocument

from app import paths
from tests.ui.conftest import CTRL
from tests.ui.seen import show_chapter
from ui.help.manual import Manual, chapters
from ui.window.actions import COMMANDS


@pytest.fixture
def manual(office):
    clerk = office()
    clerk.press(Qt.Key.Key_F1, CTRL)
    return clerk.window.findChild(Manual)


def test_it_opens_without_a_report_and_is_searched(manual):
    assert manual.isVisible()
    assert manual.list.count() == len(chapters()) > 8
    manual.search.setText("粘贴")
    assert 0 < manual.list.count() < len(chapters())
    assert manual.text.extraSelections()
    manual.search.setText("没有这样的词")
    assert manual.list.count() == 0
    assert manual.nothing.isVisible()
    assert not manual.text.toPlainText()
    show_chapter(manual, "检查")
    assert manual.text.toPlainText().startswith("检查")


def test_every_key_that_it_names_is_a_key_of_the_window():
    known = {key for command in COMMANDS for key in command.keys}
    known |= {command.words.partition("\t")[2] for command in COMMANDS}  # of the field that has the keyboard
    of_tables = {"Ctrl+V", "Ctrl+D", "Ctrl+R", "Ctrl+."}  # keys of the table and of findings
    text = "".join(one.text for one in chapters())
    named = set(re.findall(r"(?:Ctrl|Shift|Alt)\+(?:F\d+|[A-Z.])|\bF\d+\b", text))
    assert named - known - of_tables == set()
    assert all(not QKeySequence(key).isEmpty() for key in named)


def test_its_pictures_are_there_small_and_made_by_the_scenes(manual):
    from tests.screenshot_scenes import ManualCamera

    folder = paths.resources() / "help"
    named = re.findall(r"!\[[^\]]{6,}\]\((\w+)\.png\)", (folder / "manual.md").read_text("utf-8"))
    assert set(named) == set(ManualCamera.NAMES.values()) == {one.stem for one in folder.glob("*.png")}
    for name in named:
        image = QImage(str(folder / f"{name}.png"))
        assert image.width() == 720, name
        assert (folder / f"{name}.png").stat().st_size < 80_000, name
    show_chapter(manual, "填表格")
    assert "table.png" in manual.text.toHtml()
    found = manual.text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("table.png"))
    assert 0 < found.width() <= manual.text.viewport().width()


def test_the_scenes_make_every_picture(tmp_path, monkeypatch):
    """Those in the tree may be of an older window: make pictures."""
    from tests.screenshots import play_apart

    monkeypatch.setenv("NIANBAO_PICTURES", str(tmp_path))
    assert play_apart("100", "manual", timeout=120, capture_output=True).returncode == 0
    assert {one.stem for one in tmp_path.glob("*.png")} == {
        one.stem for one in (paths.resources() / "help").glob("*.png")
    }
