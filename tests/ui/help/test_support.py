"""收集问题信息: two clicks, and the report only with a tick."""

import zipfile

import pytest

from ui.help.support import SupportDialog


@pytest.mark.parametrize("ticked", [False, True])
def test_one_file_for_whoever_helps(office, draft, tmp_path, monkeypatch, ticked):
    clerk = office(draft())
    target = tmp_path / "问题"
    monkeypatch.setattr("ui.kit.file_dialogs.to_save", lambda *_args: (target, ""))
    dialog = SupportDialog(clerk.controller, clerk.window)
    assert not dialog.with_report.isChecked()
    dialog.with_report.setChecked(ticked)
    dialog.ok_button.click()
    names = zipfile.ZipFile(tmp_path / "问题.zip").namelist()
    assert "版本.txt" in names
    assert ("报告.gknb" in names) is ticked
    assert "问题信息已存到" in clerk.status
    dialog.deleteLater()


def test_without_a_report_there_is_none_to_tick(office):
    clerk = office()
    dialog = SupportDialog(clerk.controller, clerk.window)
    assert not dialog.with_report.isEnabled()
    dialog.deleteLater()
