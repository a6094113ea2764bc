"""送签 at the window: the next step, signatures recorded and undone, 定稿 that freezes everything, a new version."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QTextEdit

from app.checks.settings import CheckSettings
from app.checks.standing import Standing
from app.form.model import CellRef
from app.session import session
from app.session.document import ReportDocument, ReportFrozen
from app.signoff import signing
from app.signoff.signing import Stage
from app.storage import files
from app.storage import settings as kept
from app.storage.container import Content
from tests.ui.conftest import dialog_of
from tests.ui.seen import state_words
from ui.kit import theme
from ui.kit.stage import Stage as ShownStage
from ui.kit.typed_fields import today
from ui.printing.print_dialog import PrintDialog
from ui.signoff import sign_off_actions
from ui.signoff.pack_dialog import PackDialog
from ui.signoff.sign_dialog import SignDialog
from ui.state.section_states import SIGN_OFF

STEPS = ("draft", "review", "secrecy", "issue")
RECEIVED = CellRef("requests", "received", "natural_person")


@pytest.fixture
def ready(draft, monkeypatch):
    """A report with nothing left to do."""
    monkeypatch.setattr(session, "left_to_do", lambda _document: Standing())

    def make(*steps):
        document = draft()
        document.fill_blanks(document.form.cells)
        report = document.report
        for step in steps:
            report = signing.signed(report, step, "王小兰", date(2026, 1, 9))
        document.change("登记", report)
        return document

    return make


def fill_in(name: str, words: str = "登记") -> None:
    """Answer the dialog that is about to open."""

    def act(dialog: SignDialog) -> None:
        dialog.name.setText(name)
        dialog.ok_button.click()
        if words != "登记":
            dialog.reject()

    dialog_of(SignDialog, act)


def test_the_foot_leads_from_the_check_to_the_frozen_report(office, ready, tmp_path):
    clerk = office(ready())
    clerk.controller.save(tmp_path / "报告.gknb")
    page = clerk.go("sign_off")
    clerk.answer("取消")  # the window for printing: nothing is sent to anybody
    clerk.click(page.next_button)
    assert signing.stage(clerk.document.report) is Stage.DRAFT
    assert page.next_button.text() == "送审：打印送审材料…"
    dialog_of(PrintDialog, lambda dialog: dialog._on_done("已送到打印机"))
    clerk.click(page.next_button)
    assert signing.sign_off_of(clerk.document.report).sent_on == today()
    for name in ("拟稿", "核稿", "保密审查", "签发"):
        assert page.next_button.text() == f"登记{name}…"
        fill_in("王小兰")
        clerk.click(page.next_button)
    assert signing.stage(clerk.document.report) is Stage.ISSUED
    clerk.answer("定稿")
    clerk.click(page.next_button)
    assert clerk.document.report.is_frozen
    assert not clerk.document.is_modified
    assert files.read(tmp_path / "报告.gknb").content.report.is_frozen
    assert page.next_button.text() == "做成上报包…"
    assert state_words(clerk.window.sections, "sign_off") == "已定稿 第1版"


def test_without_a_name_nothing_is_recorded_and_the_reason_is_said(office, ready):
    clerk = office(ready())
    page = clerk.go("sign_off")
    said = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        dialog.name.setText(" ")
        dialog.take()
        said.append(dialog.refusal.text())
        dialog.reject()

    QTimer.singleShot(50, look)
    clerk.click(page.sign_buttons["draft"])
    assert "没有写签字人" in said[0]
    assert signing.sign_off_of(clerk.document.report).hands == ()


def test_a_signature_is_undone_by_name_until_it_is_frozen(office, ready):
    clerk = office(ready())
    page = clerk.go("sign_off")
    fill_in("李建国")
    clerk.click(page.sign_buttons["review"])
    assert clerk.document.undo_name == "登记核稿"
    clerk.controller.undo()
    assert signing.hand_of(clerk.document.report, "review") is None


def test_what_is_missing_is_said_and_leads_to_the_review(office, draft):
    clerk = office(draft())
    page = clerk.go("sign_off")
    assert "待填" in page.check_words.text()
    assert page.next_button.text() == "去改正问题"
    clerk.click(page.next_button)
    assert clerk.page.key == "review_all"


def test_one_person_in_all_steps_is_remarked_quietly(office, ready):
    clerk = office(ready(*STEPS))
    page = clerk.go("sign_off")
    assert page.hands_words.text() == "拟稿、核稿、保密审查、签发都是同一人（王小兰），请核对。"
    assert page.next_button.text() == "定稿"
    fill_in("李建国")
    clerk.click(page.sign_buttons["issue"])
    assert page.hands_words.text().startswith("领导在送签单上签字以后")


def test_changes_after_signing_ask_whether_everybody_agrees(office, ready):
    document = ready(*STEPS)
    document.set_narrative("problems", "改过的话。")
    clerk = office(document)
    page = clerk.go("sign_off")
    assert "以后，报告又改过" in page.hands_words.text()
    said = clerk.answer("取消")
    assert not page.sign_off_actions.freeze(lambda: None)
    assert "以后，报告又改过" in said[0]
    assert not clerk.document.report.is_frozen


@pytest.fixture
def frozen(office, ready):
    def make():
        document = ready(*STEPS)
        document.change("定稿", signing.frozen(document.report, date(2026, 1, 10)))
        return office(document)

    return make


def test_a_frozen_report_is_read_only_on_every_page(frozen):
    clerk = frozen()
    before = clerk.document.report
    assert clerk.window.frozen.isVisible()
    assert clerk.window.frozen.words.text() == "已定稿 · 第1版 · 2026年1月10日　内容不能再改"
    for key in clerk.window.navigation.keys:
        page = clerk.go(key)
        if key in ("start", "review_all", "sign_off", "export"):
            continue
        fields = [one for one in page.findChildren(QLineEdit) if one.isVisible()]
        fields += [one for one in page.findChildren(QTextEdit) if one.isVisible()]
        assert all(one.isReadOnly() for one in fields), key
        clerk.press(Qt.Key.Key_5)
        clerk.press(Qt.Key.Key_Return)
    assert clerk.document.report is before
    assert not clerk.window.actions_["undo"].isEnabled()


def test_a_command_that_gets_through_is_refused_in_words(frozen):
    clerk = frozen()
    with pytest.raises(ReportFrozen, match="修改为新版本"):
        clerk.document.set_values({RECEIVED: 3}, "填写")


def test_a_new_version_opens_everything_again(frozen):
    clerk = frozen()
    page = clerk.go("agency")
    assert page.fields["phone"].isReadOnly()
    clerk.answer("修改为新版本")
    clerk.click(clerk.window.frozen.button)
    assert not clerk.window.frozen.isVisible()
    assert not page.fields["phone"].isReadOnly()
    assert clerk.document.report.version == 2
    assert clerk.document.report.finals[0].version == 1
    page.fields["phone"].setFocus()
    clerk.type("1")
    assert clerk.document.report.agency.phone.startswith("1")


def test_tampering_is_told_when_the_file_is_opened(office, ready, tmp_path):
    document = ready(*STEPS)
    report = signing.frozen(document.report, date(2026, 1, 10)).with_narrative("problems", "被改过。")
    files.save(tmp_path / "报告.gknb", Content(report))
    clerk = office()
    said = clerk.answer("知道了")
    clerk.window.files.open_path(Path(tmp_path / "报告.gknb"))
    clerk.until(lambda: bool(said))
    assert "报告的内容被别的程序改过" in said[0]
    assert "被别的程序改过" in clerk.window.frozen.words.text()


def test_verifying_says_that_it_stands(frozen):
    clerk = frozen()
    page = clerk.go("sign_off")
    said = clerk.answer("关闭")
    clerk.click(page.verify_button)
    assert said[0] == "第1版与文件里记录的指纹一致。"
    assert page.result_bar.words.text() == "核对定稿：第1版与文件里记录的指纹一致。"
    assert page.result_bar.isVisible()
    clerk.document.change("修改为第2版", signing.revised(clerk.document.report))
    assert page.result_bar.isHidden()  # it was said of the version before


@pytest.mark.parametrize(("right", "words"), [(True, "一致"), (False, "不一致，这不是那份定稿")])
def test_the_digits_on_paper_can_be_typed_in(frozen, monkeypatch, right, words):
    clerk = frozen()
    page = clerk.go("sign_off")
    digits = clerk.document.report.sign_off.frozen.fingerprint[:16] if right else "0" * 16
    monkeypatch.setattr("ui.signoff.digits_dialog.ask_digits", lambda _parent: digits)
    clerk.answer("输入纸上的指纹", lambda: clerk.answer("知道了"))
    clerk.click(page.verify_button)
    assert page.result_bar.words.text().startswith("核对纸上的指纹：")
    assert words in page.result_bar.words.text()


def test_the_name_of_the_export_follows_the_state_of_the_report(office, ready):
    clerk = office(ready(*STEPS))
    page = clerk.go("export")
    assert page.name.text().endswith("年度报告（送审稿）")
    assert "（送审稿）" in page.mark_note.text()
    page.name.setFocus()
    page.name.setText("给县里（送审稿）")
    page.name.setModified(True)
    clerk.document.change("定稿", signing.frozen(clerk.document.report, date(2026, 1, 10)))
    assert page.name.text() == "给县里"
    assert page.mark_note.isHidden()


def test_bad_news_of_a_final_version_looks_so(office, ready):
    document = ready(*STEPS)
    document.change("定稿", signing.frozen(document.report, date(2026, 1, 10)))
    altered = document.report.with_narrative("overview", "另写的。")
    clerk = office(ReportDocument(altered))
    opened = clerk.answer("知道了")
    clerk.until(lambda: bool(opened))
    page = clerk.go("sign_off")
    said = clerk.answer("关闭")
    clerk.click(page.verify_button)
    assert said[0].rstrip("。") in page.result_bar.words.text()
    ink = page.result_bar.words.palette().color(QPalette.ColorRole.WindowText)
    assert ink == theme.ERROR


def test_papers_and_package_are_written(frozen, tmp_path, monkeypatch):
    from PySide6.QtGui import QDesktopServices

    clerk = frozen()
    page = clerk.go("sign_off")
    monkeypatch.setattr("ui.kit.dialogs.folder", lambda *_: tmp_path)
    monkeypatch.setattr("ui.kit.file_dialogs.to_save", lambda *_: (tmp_path / "上报.zip", ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    clerk.click(page.papers_button)
    clerk.until(
        lambda: len(list(tmp_path.glob("*/*.pdf"))) == 6 and len(list(tmp_path.glob("*/*.docx"))) == 6
    )
    clerk.until(lambda: "送审材料已写到" in page.result_bar.words.text())
    assert page.result_bar.folder_button.isVisible()
    assert not page.result_bar.open_button.isVisible()
    dialog_of(PackDialog, lambda dialog: dialog.ok_button.click())
    clerk.click(page.next_button)
    clerk.until(lambda: (tmp_path / "上报.zip").exists())
    clerk.until(lambda: "上报包已写到" in clerk.status)
    assert page.result_bar.words.text() == "上报包已做好：“上报.zip”，可以交给县里。"
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url.toLocalFile()))
    clerk.click(page.result_bar.open_button)
    clerk.click(page.result_bar.folder_button)
    assert opened == [str(tmp_path / "上报.zip"), str(tmp_path)]
    (tmp_path / "上报.zip").unlink()
    said = clerk.answer("知道了")
    clerk.click(page.result_bar.open_button)
    assert said[0] == "“上报.zip”已经不在了。"


def test_papers_saved_for_another_printer_are_sent_too_and_those_of_a_draft_are_not(
    office, ready, tmp_path, monkeypatch
):
    for left, stage in ((Standing(blanks=1), Stage.DRAFT), (Standing(), Stage.SENT)):
        clerk = office(ready())
        monkeypatch.setattr(session, "left_to_do", lambda _document, left=left: left)
        page = clerk.go("sign_off")
        monkeypatch.setattr("ui.kit.dialogs.folder", lambda *_: tmp_path)
        clerk.click(page.papers_button)
        clerk.until(lambda page=page: "送审材料已写到" in page.result_bar.words.text())
        assert signing.stage(clerk.document.report) is stage


def test_undoing_a_signature_shows_the_page_where_it_stands(office, ready):
    clerk = office(ready())
    page = clerk.go("sign_off")
    fill_in("李建国")
    clerk.click(page.sign_buttons["review"])
    clerk.go("overview")
    clerk.controller.undo()
    assert clerk.page.key == "sign_off"


def test_the_checklist_fits_and_says_what_is_done(office, draft):
    """Four cards without scrolling on the smallest screen; the 64 characters only for who wants them."""
    clerk = office(draft())
    clerk.window.resize(911, 482)
    page = clerk.go(SIGN_OFF)
    area = page.findChild(QScrollArea)
    clerk.until(lambda: area.verticalScrollBar().maximum() == 0)
    assert {sign.stage for sign in page._signs.values()} == {ShownStage.EMPTY}
    assert not page.digits.isVisible()
    clerk.click(page.digits_button)
    assert page.digits.isVisible()
    assert "内容指纹：" in page.digits.text()
    clerk.document.change("送审", signing.sent(clerk.document.report, date(2026, 1, 9)))
    page.refresh()
    assert [title for title, sign in page._signs.items() if sign.stage is ShownStage.DONE] == ["送审材料"]


@pytest.mark.parametrize(("warnings", "told"), [(0, False), (3, True)])
def test_warnings_that_nobody_explained_are_told_before_it_is_frozen(
    office, ready, monkeypatch, warnings, told
):
    clerk = office(ready(*STEPS))
    monkeypatch.setattr(session, "left_to_do", lambda _document: Standing(warnings=warnings))
    page = clerk.go("sign_off")
    said = clerk.answer("取消")
    assert not page.sign_off_actions.freeze(lambda: None)
    assert "把报告定为第1版" in said[0]
    assert ("还有警告3处没有处理，也没有写说明" in said[1]) is told


def test_a_year_that_is_not_over_is_frozen_only_when_that_is_confirmed(office, ready, monkeypatch):
    clerk = office(ready(*STEPS))
    page, year = clerk.go("sign_off"), clerk.document.report.year
    monkeypatch.setattr(sign_off_actions, "today", lambda: date(year, 12, 31))
    said = clerk.answer("取消")
    assert not page.sign_off_actions.freeze(lambda: None)
    assert said[0] == f"今天是{year}年12月31日，{year}年还没有结束。"
    assert not clerk.document.report.is_frozen
    monkeypatch.setattr(sign_off_actions, "today", lambda: date(year + 1, 1, 1))
    said = clerk.answer("取消")
    assert not page.sign_off_actions.freeze(lambda: None)
    assert said[0] == "把报告定为第1版？"


def test_the_papers_are_ready_to_be_printed_and_what_is_printed_by_day_is_left_alone(office, ready):
    clerk = office(ready())
    page = clerk.go("sign_off")
    seen = []

    def look(dialog: PrintDialog) -> None:
        seen.append([key for key, box in dialog.boxes.items() if box.isChecked()])
        dialog.reject()

    dialog_of(PrintDialog, look)
    clerk.click(page.print_button)
    dialog_of(PrintDialog, look)
    clerk.window.actions_["print"].trigger()
    assert seen[0] == ["送签单", "送审稿", "核对表", "变动对照表", "花脸稿"]
    assert seen[1] == ["report"]


def test_what_the_countys_rule_pack_wants_confirmed_is_a_row_of_its_own(office, ready):
    page = (clerk := office(ready())).go("sign_off")
    assert "confirm_P-09" not in page.sign_buttons
    kept.save(replace(kept.load(), checks=CheckSettings(pack="gansu_wuwei_2025")))
    page.refresh()
    assert list(page.sign_buttons)[-3:] == ["confirm_P-09", "confirm_P-10", "issue"]
    fill_in("李建国")
    clerk.click(page.sign_buttons["confirm_P-09"])
    assert signing.hand_of(clerk.document.report, "confirm_P-09").name == "李建国"
    assert page._hands["confirm_P-09"][0].text().startswith("李建国")
    assert signing.stage(clerk.document.report) is Stage.DRAFT
