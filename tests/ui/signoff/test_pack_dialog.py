"""上报包 from the window: the formats are ticked and remembered."""

import zipfile

import pytest

from app.session.document import ReportDocument
from tests.signoff.test_signing import final
from tests.ui.conftest import dialog_of
from ui.signoff.pack_dialog import PackDialog


@pytest.fixture
def clerk(office):
    return office(ReportDocument(final()))


def test_what_is_ticked_lies_in_the_package_and_is_remembered(clerk, tmp_path, monkeypatch):
    target = tmp_path / "包.zip"
    monkeypatch.setattr("ui.kit.file_dialogs.to_save", lambda *_: (target, ""))
    monkeypatch.setattr("ui.kit.dialogs.ask", lambda *_given, **_named: 0)

    def untick(dialog: PackDialog) -> None:
        assert set(dialog.chosen) == {".docx", ".pdf", ".ofd", ".html"}
        dialog.formats[".html"].setChecked(False)
        dialog.ok_button.click()

    page = clerk.go("sign_off")
    dialog_of(PackDialog, untick)
    page.sign_off_actions.pack()
    clerk.qtbot.waitUntil(target.exists, timeout=20_000)
    names = zipfile.ZipFile(target).namelist()
    assert any(name.endswith(".ofd") for name in names)
    assert not any(name.endswith(".html") for name in names)
    again = PackDialog(clerk.controller.preference("pack_formats", []), True)
    assert again.chosen == [".docx", ".pdf", ".ofd"]
    again.deleteLater()


def test_without_any_format_there_is_nothing_to_pack(qtbot, qapp):
    dialog = PackDialog([], False)
    qtbot.addWidget(dialog)
    assert not dialog.ok_button.isEnabled()
    dialog.formats[".pdf"].setChecked(True)
    assert dialog.ok_button.isEnabled()
