"""Dialogs for files: every word Chinese whatever the system speaks, beside last year's report at the first save."""

import re
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QHeaderView,
    QLabel,
    QMessageBox,
    QTreeView,
)

from ui.kit import dialogs, file_dialogs

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Windows has its own dialog")
_ENGLISH = re.compile("[A-Za-z]{3,}")


def looked_at(look) -> None:
    """Call `look` with the next file dialog, then cancel it."""

    def arrive() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        QTest.qWait(200)  # the folder is read beside
        try:
            look(dialog)
        finally:
            dialog.reject()

    QTimer.singleShot(200, arrive)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "旧报告").mkdir()
    (tmp_path / "甲.docx").write_bytes(bytes(2048))
    (tmp_path / "乙.gknb").write_bytes(b"{}")
    return tmp_path


def texts_of(dialog: QFileDialog) -> list[str]:
    said = [one.text() for kind in (QAbstractButton, QLabel) for one in dialog.findChildren(kind)]
    said += [one.toolTip() for one in dialog.findChildren(QAbstractButton)]
    view = dialog.findChild(QTreeView)
    model = view.model()
    said += [model.headerData(column, view.header().orientation()) for column in range(4)]
    for row in range(model.rowCount(view.rootIndex())):
        said += [model.index(row, column, view.rootIndex()).data() for column in range(1, 4)]
    return [re.sub(r"&.|\([A-Z]\)", "", one) for one in said if one]


def test_the_kind_of_a_file_has_the_room_that_it_needs_on_any_screen(qapp, folder):
    """At 125 % its column was laid for a shorter word: W…档."""
    modes: list[QHeaderView.ResizeMode] = []
    looked_at(lambda dialog: modes.append(dialog.findChild(QTreeView).header().sectionResizeMode(2)))
    dialogs.file_to_open(None, str(folder), "打开报告")
    assert modes == [QHeaderView.ResizeMode.ResizeToContents]


def test_every_word_of_opening_saving_and_choosing_is_chinese(qapp, folder):
    seen: list[list[str]] = []

    def look(dialog: QFileDialog) -> None:
        seen.append(texts_of(dialog))

    looked_at(look)
    assert dialogs.file_to_open(None, str(folder), "打开报告") is None
    looked_at(look)
    assert dialogs.file_to_save(None, folder / "丙.gknb") is None
    looked_at(look)
    assert dialogs.folder(None, str(folder)) is None
    assert {"名称", "大小", "类型", "修改时间", "文件夹", "Word 文档", "2.0 KB"} <= set(seen[0])
    assert {"保存在：", "文件名：", "文件类型：", "保存", "取消"} <= set(seen[1])
    assert "选择" in seen[2]
    for said in seen:
        assert not [one for one in said if _ENGLISH.search(one.replace("Word 文档", ""))]


def test_an_existing_file_is_asked_about_in_chinese(qapp, folder):
    asked: list[str] = []

    def look(dialog: QFileDialog) -> None:
        def answer() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            asked.extend([box.text(), *(one.text() for one in box.buttons())])
            box.reject()

        QTimer.singleShot(200, answer)
        dialog.accept()

    looked_at(look)
    assert dialogs.file_to_save(None, folder / "乙.gknb") is None
    assert "乙.gknb" in asked[0]
    assert not _ENGLISH.search(" ".join(asked).replace("乙.gknb", ""))


def test_the_first_save_is_offered_beside_last_years_report(office, last_year, tmp_path, monkeypatch):
    (tmp_path / "别处").mkdir()
    clerk = office()
    clerk.controller.remember_folder("save", tmp_path / "别处")
    starts = []
    monkeypatch.setattr("ui.kit.dialogs.file_to_save", lambda _window, start: starts.append(start))
    old = tmp_path / "旧报告" / "2020年.docx"
    old.parent.mkdir()
    clerk.controller.begin_from(last_year, 2021, old)
    assert not clerk.window.files.save()
    assert starts[0].parent == old.parent
    assert starts[0].name == f"{clerk.controller.title}.gknb"
    clerk.controller.begin_blank("甲/乙镇人民政府", 2022)
    clerk.window.files.save()
    assert starts[1].parent == tmp_path / "别处"
    assert starts[1].name.startswith("甲乙镇人民政府2022年")


def test_a_stick_stands_beside_the_users_own_folders(qapp, folder, monkeypatch):
    """U盘: on Linux it hangs at /media/clerk/…, far from 文档 and 桌面."""
    stick = folder / "media"
    stick.mkdir()
    monkeypatch.setattr(file_dialogs, "_STICKS", (str(stick.parent),))
    monkeypatch.setattr(file_dialogs, "_mounted", lambda: ["/", "/boot", str(stick)])
    seen: list[list[str]] = []
    looked_at(lambda dialog: seen.append([one.toLocalFile() for one in dialog.sidebarUrls()]))
    assert dialogs.file_to_open(None, str(folder), "打开报告") is None
    assert str(stick) in seen[0]
    assert "/boot" not in seen[0]


def test_only_what_was_plugged_in_is_taken_for_a_stick():
    there = ["/", "/boot", "/media", "/home/media/x", "/media/clerk/U盘", "/run/media/clerk/数据", "/mnt/d"]
    assert file_dialogs._plugged_in(there) == ["/media/clerk/U盘", "/mnt/d", "/run/media/clerk/数据"]
