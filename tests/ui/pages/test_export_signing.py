"""用证书签名 on the export page: seen where it can be done, the password asked for each time, and no draft signed."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from app.exporting.pdf import certificate
from app.session import session
from app.session.document import ReportDocument
from tests.checks.reports import good
from tests.exporting.certificates import PASSWORD, needs_extra, p12
from ui.pages import export_signing


@pytest.fixture
def clerk(office, tmp_path, monkeypatch):
    """At a whole report, with a certificate chosen, only a PDF wanted."""
    for module in (certificate, export_signing):
        monkeypatch.setattr(module, "can_sign", lambda: True)
    (tmp_path / "甲.p12").write_bytes(p12())
    monkeypatch.setattr("ui.kit.dialogs.file_to_open", lambda *_: tmp_path / "甲.p12")

    def make(report=None):
        clerk = office(ReportDocument(report or good()))
        page = clerk.go("export")
        for suffix, box in page.formats.items():
            box.setChecked(suffix == ".pdf")
        page.folder.show_text(str(tmp_path))
        page.name.setText("年报")
        page.name.setModified(True)
        clerk.click(page.signing.button)
        return clerk

    return make


def test_without_the_extra_nothing_is_offered(office, draft, monkeypatch):
    monkeypatch.setattr(export_signing, "can_sign", lambda: False)
    page = office(draft()).go("export")
    assert not page.signing.isVisible()
    assert not page.signing.is_wanted


def test_the_certificate_is_remembered_and_its_password_is_not(clerk):
    page = clerk().page
    assert page.signing.is_wanted
    assert page.signing.name.text() == "甲.p12"
    again = export_signing.Signing(page.controller)
    assert again.is_wanted
    assert again.path == page.signing.path


def test_a_box_ticked_without_a_certificate_asks_for_one(office, tmp_path, monkeypatch):
    monkeypatch.setattr(export_signing, "can_sign", lambda: True)
    monkeypatch.setattr("ui.kit.dialogs.file_to_open", lambda *_: None)
    signing = office(ReportDocument(good())).go("export").signing
    signing.box.click()
    assert not signing.box.isChecked()
    assert not signing.is_wanted


def test_a_draft_is_exported_unsigned_and_said_to_be(clerk, tmp_path):
    at = clerk(good().with_narrative("problems", ""))
    at.answer("仍然导出草稿")
    at.click(at.page.export_button)
    at.until(lambda: "草稿没有签名" in at.page.result_bar.words.text())


def test_who_gives_no_password_exports_nothing(clerk, tmp_path):
    at = clerk()
    at.answer("取消")
    at.click(at.page.export_button)
    assert list(tmp_path.glob("*.pdf")) == []
    assert at.page.export_button.isEnabled()


def test_a_wrong_password_is_told_and_asked_for_again(clerk, tmp_path, monkeypatch):
    at = clerk()
    asked, told = iter(["错的", None]), []
    monkeypatch.setattr(export_signing, "_ask_password", lambda *_: next(asked))
    monkeypatch.setattr("ui.kit.dialogs.refuse", lambda _parent, error: told.append(error.what))
    at.click(at.page.export_button)
    assert told == ["证书口令不对，打不开“甲.p12”，没有签名"]
    assert list(tmp_path.glob("*.pdf")) == []


@needs_extra
def test_the_pdf_that_the_window_exports_is_signed(clerk, tmp_path):
    at = clerk()

    def sign() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
        dialog.field.setText(PASSWORD)
        dialog.ok_button.click()

    QTimer.singleShot(300, sign)
    at.click(at.page.export_button)
    at.until(lambda: "PDF 已用证书签名" in at.page.result_bar.words.text())
    assert b"/ETSI.CAdES.detached" in (tmp_path / "年报.pdf").read_bytes()
    assert session.left_to_do(at.document).is_draft is False
