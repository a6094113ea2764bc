"""花脸稿 from the window: the basis is chosen, name and day are the clerk's, the files are where he wanted them."""

from datetime import date

import pytest

from app.errors import UserError
from app.session.document import ReportDocument
from app.signoff import signing
from tests.exporting.reports import full_report
from tests.ui.conftest import dialog_of
from ui.signoff.redline_dialog import RedlineDialog

OURS, LAST = full_report("2021", 2024), full_report("2021", 2023)


@pytest.fixture
def clerk(office):
    sent = signing.sent(OURS, date(2025, 1, 8))
    return office(ReportDocument(sent.with_narrative("problems", "送审以后改过的话。"), LAST))


@pytest.fixture
def dialog(clerk):
    told = []
    made = RedlineDialog(clerk.controller, lambda words, paths: told.append((words, paths)), clerk.window)
    made.told = told
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_the_last_sent_copy_stands_first_and_how_much_differs_is_said(dialog):
    assert dialog.basis.currentText().startswith("最近的送审稿")
    assert "文字" in dialog.note.text()
    dialog.basis.setCurrentIndex(dialog.basis.count() - 1)
    assert dialog.basis.currentText() == "上年的报告（2023年）"
    assert "其他" in dialog.note.text()


def test_it_is_written_in_the_name_and_of_the_day_that_were_given(clerk, dialog, tmp_path, monkeypatch):
    from zipfile import ZipFile

    monkeypatch.setattr("ui.kit.file_dialogs.folder_of", lambda *_: tmp_path)
    dialog.author.setText("王小兰")
    dialog.day.setText("2025年1月9日")
    dialog.ok_button.click()
    clerk.qtbot.waitUntil(lambda: bool(dialog.told), timeout=20_000)
    written = dialog.told[0][1]
    assert [path.suffix for path in written] == [".docx", ".pdf"]
    body = ZipFile(written[0]).read("word/document.xml").decode()
    assert 'w:author="王小兰"' in body
    assert 'w:date="2025-01-09' in body
    assert clerk.controller.preference("redline_author", "") == "王小兰"


def test_a_day_that_is_none_is_refused_and_nothing_is_written(clerk, dialog, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.kit.file_dialogs.folder_of", lambda *_: tmp_path)
    dialog.day.setText("明天")
    told = clerk.answer("知道了")
    dialog.write()
    clerk.qtbot.waitUntil(lambda: bool(told))
    assert "看不懂日期" in told[0]
    assert list(tmp_path.iterdir()) == []


def test_without_a_format_or_a_basis_there_is_nothing_to_write(office, dialog):
    for box in dialog.formats.values():
        box.setChecked(False)
    assert not dialog.ok_button.isEnabled()
    alone = RedlineDialog(office(ReportDocument(OURS)).controller, lambda *_: None)
    assert "还没有可以对照的稿子" in alone.note.text()
    assert not alone.ok_button.isEnabled()
    alone.deleteLater()


def test_a_version_that_cannot_be_read_says_so(dialog, monkeypatch):
    def broken():
        raise UserError("文件可能已损坏", "请换一个版本")

    monkeypatch.setattr(type(dialog.bases[0]), "load", property(lambda _one: broken))
    dialog._say()
    assert "已损坏" in dialog.note.text()
    assert not dialog.ok_button.isEnabled()


def test_it_opens_from_the_pages_of_sign_off_and_export(clerk):
    for key in ("sign_off", "export"):
        page = clerk.go(key)
        opened = []
        dialog_of(RedlineDialog, lambda dialog, opened=opened: (opened.append(1), dialog.reject()))
        page.redline_button.click()
        assert opened


def test_the_copy_is_noted_when_the_papers_are_written(clerk, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.kit.file_dialogs.folder_of", lambda *_: tmp_path)
    page = clerk.go("sign_off")
    page.sign_off_actions.save_papers()
    clerk.until(lambda: clerk.document.undo_name == "记下送审稿")
    assert signing.is_sent_copy(clerk.document.report)
