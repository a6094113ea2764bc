"""The end of the afternoon: a warning explained by keys, signed, frozen, exported as PDF, opened again, verified."""

from PySide6.QtCore import Qt

from app.session import session
from app.session.document import ReportDocument
from app.signoff import signing
from app.signoff.verifying import verify_document
from tests.checks.reports import cell, good
from tests.ui.conftest import CTRL, dialog_of
from tests.ui.findings.test_finding_actions import choose, of_rule, write_reason
from tests.ui.pages.test_sign_off import fill_in
from ui.findings.explain_dialog import ExplainDialog
from ui.printing.print_dialog import PrintDialog
from ui.state.section_states import EXPORT, REVIEW, SIGN_OFF


def test_from_the_last_finding_to_the_verified_document(office, tmp_path, monkeypatch):
    clerk = office(ReportDocument(good(values={cell("received"): 1, cell("received", "total"): 1})))
    path = tmp_path / "报告.gknb"
    clerk.controller.save(path)
    for finding in clerk.document.findings:
        explain(clerk, finding.rule)
    assert not session.left_to_do(clerk.document).is_draft

    sign(clerk)
    assert clerk.document.report.is_frozen
    pdf = export(clerk, tmp_path, monkeypatch)
    assert pdf.read_bytes().startswith(b"%PDF")

    clerk.leave()
    again = office()
    again.window.files.open_path(path)
    again.until(lambda: again.controller.has_document)
    assert again.document.report.is_frozen
    assert len(again.document.explained) == len(clerk.document.explained) > 0
    said = again.answer("关闭")
    press(again, again.go(SIGN_OFF).verify_button)
    assert said[0] == "第1版与文件里记录的指纹一致。"
    assert verify_document(again.document.report, pdf).stands


def press(clerk, button) -> None:
    """The space bar on a button that the keyboard reaches."""
    assert button.isEnabled()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    clerk.focus(button)
    clerk.press(Qt.Key.Key_Space)


def explain(clerk, rule: str) -> None:
    """Ctrl+. on the finding, the reason, Enter."""
    panel = clerk.go(REVIEW).panel
    panel.choose(of_rule(clerk, rule))
    clerk.focus(panel)
    known = len(clerk.document.explained)
    dialog_of(ExplainDialog, write_reason)
    clerk.press(Qt.Key.Key_Period, CTRL)
    choose(clerk, "写说明")
    clerk.until(lambda: len(clerk.document.explained) > known)


def sign(clerk) -> None:
    """What the foot of 送签 offers, one after the other, until it is frozen."""
    page = clerk.go(SIGN_OFF)
    dialog_of(PrintDialog, lambda dialog: dialog._on_done("已送到打印机"))
    press(clerk, page.next_button)
    for _ in signing.rules().steps:
        if signing.stage(clerk.document.report) is signing.Stage.ISSUED:
            break
        assert page.next_button.text().startswith("登记")
        fill_in("王小兰")
        press(clerk, page.next_button)
    assert signing.stage(clerk.document.report) is signing.Stage.ISSUED
    clerk.answer("定稿")
    press(clerk, page.next_button)


def export(clerk, folder, monkeypatch):
    page = clerk.go(EXPORT)
    monkeypatch.setattr("ui.kit.dialogs.folder", lambda *_: folder)
    page._choose_folder()
    for suffix, box in page.formats.items():
        box.setChecked(suffix == ".pdf")
    press(clerk, page.export_button)
    clerk.until(lambda: page.result_bar.open_button.isVisible())
    (made,) = folder.glob("*.pdf")
    return made
