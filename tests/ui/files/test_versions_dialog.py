"""历史版本: every save can be compared, named and brought back as one step of undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog

from app.session import versions
from tests.ui.conftest import dialog_of
from ui.files.versions_dialog import VersionsDialog
from ui.printing.page_view import PageView


@pytest.fixture
def saved(office, draft, tmp_path):
    """A report saved three times."""
    clerk = office(draft())
    clerk.controller.save(tmp_path / "报告.gknb")
    for text in ("甲段237条。", "甲段312条。"):
        clerk.document.set_narrative("problems", text)
        clerk.controller.save()
    return clerk


def test_saves_are_listed_newest_first_and_compared_by_words(saved):
    dialog = VersionsDialog(saved.controller, saved.window)
    assert dialog.versions[0].title == "现在"
    assert len(dialog.versions) == 4
    dialog.list.setCurrentRow(2)
    assert "共1处不同：文字1段" in dialog.summary.text()
    html = dialog.view.toHtml()
    assert "237" in html
    assert "312" in html
    dialog.other.setCurrentIndex(2)
    assert "内容完全相同" in dialog.summary.text()
    dialog.deleteLater()


def test_one_is_brought_back_and_that_is_undone_by_name(saved):
    dialog = VersionsDialog(saved.controller, saved.window)
    dialog.list.setCurrentRow(2)
    dialog.back_button.click()
    assert saved.document.report.narrative("problems") == "甲段237条。"
    assert saved.document.undo_name.startswith("恢复")
    saved.controller.undo()
    assert saved.document.report.narrative("problems") == "甲段312条。"
    dialog.deleteLater()


def test_a_version_is_looked_at_as_it_would_be_printed(saved):
    dialog = VersionsDialog(saved.controller, saved.window)
    dialog.show()
    dialog.list.setCurrentRow(2)
    seen = []

    def look(shown: QDialog) -> None:
        pages = shown.findChild(PageView)
        QApplication.processEvents()
        image = pages.viewport().grab().toImage()
        ink = {
            image.pixelColor(x, y).lightness() < 100
            for x in range(image.width())
            for y in range(image.height())
        }
        seen.extend([shown.windowTitle(), pages.page_count, pages.in_view, True in ink])
        shown.close()

    dialog_of(QDialog, look)
    QTest.mouseClick(dialog.look_button, Qt.MouseButton.LeftButton)
    title, count, in_view, has_ink = seen
    assert title == f"{dialog.chosen.title}（只能看）"
    assert count > 1
    assert in_view[0] == 0
    assert has_ink
    dialog.close()
    dialog.deleteLater()


def test_a_name_is_given_and_stays(saved, monkeypatch):
    dialog = VersionsDialog(saved.controller, saved.window)
    dialog.list.setCurrentRow(1)
    monkeypatch.setattr(QInputDialog, "exec", lambda self: (self.setTextValue("县里退回前"), 1)[1])
    dialog.name_button.click()
    assert dialog.list.currentItem().text().endswith("县里退回前")
    dialog.deleteLater()


def test_a_version_that_cannot_be_read_is_told(saved):
    found = versions.versions_of(saved.document)
    found[2].backup.path.write_bytes(b"PK broken")
    dialog = VersionsDialog(saved.controller, saved.window)
    dialog.list.setCurrentRow(2)
    assert "打不开" in dialog.summary.text()
    dialog.deleteLater()
