"""关于: what a helper asks for is there, and one button copies it."""

import platform

import pytest
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from app import __version__, paths
from app.errors import UserError
from app.storage.migrations import VERSION
from ui.help import about
from ui.kit import dialogs


@pytest.fixture
def dialog(qapp):
    made = about.AboutDialog(None)
    yield made
    made.deleteLater()


def test_it_tells_version_surroundings_faces_and_the_files_version(dialog):
    for words in (
        f"版本：{__version__}（从源代码文件夹运行）",
        f".gknb 第{VERSION}版",
        f"Python：{platform.python_version()}",
        f"Qt：{qVersion()}（PySide6 ",
        "字体：标题（小标宋）用",
        f"数据文件夹：{paths.user_data()}",
    ):
        assert words in dialog.facts
        assert words in dialog.details


def test_an_installed_program_knows_of_which_commit_it_is(tmp_path, monkeypatch):
    (tmp_path / "build.txt").write_text("0123456789ab 2026-11-29\n", "utf-8")
    monkeypatch.setattr(paths, "root", lambda: tmp_path)
    monkeypatch.setattr(about, "face_words", lambda: ("宋体", ""))
    assert next(about.facts()) == f"版本：{__version__}（0123456789ab 2026-11-29）"


def test_copying_leaves_it_open_and_says_that_it_was_done(dialog):
    copy, close = dialog.buttons
    dialog.show()
    copy.click()
    assert QGuiApplication.clipboard().text() == dialog.facts
    assert (copy.text(), dialog.isVisible()) == ("已复制", True)
    close.click()
    assert not dialog.isVisible()


def test_it_opens_even_when_the_faces_cannot_be_read(monkeypatch):
    def broken() -> tuple[str, str]:
        raise UserError("字体声明读不通", "请重新安装年报助手")

    monkeypatch.setattr(about, "face_words", broken)
    assert "字体：字体声明读不通。请重新安装年报助手。" in list(about.facts())


def test_it_fits_a_small_screen(dialog):
    assert dialog.height() <= dialogs.MOST_HIGH
    assert dialog.width() <= dialogs.MOST_WIDE


def test_the_help_menu_opens_it(office, monkeypatch):
    opened = []
    monkeypatch.setattr(about, "show", opened.append)
    clerk = office()
    clerk.window.actions_["about"].trigger()
    assert opened == [clerk.window]
