"""The main job in the window: last year's report in, this year's filled, checked, exported."""

import itertools
import zipfile

from PySide6.QtCore import Qt

from app.form.model import Severity
from tests.ui.conftest import CTRL, SEED
from ui.state.section_states import EXPORT, REVIEW, SIGN_OFF


def test_from_last_years_file_to_the_exported_document(office, tmp_path, monkeypatch):
    clerk = office()
    monkeypatch.setattr("ui.kit.dialogs.files_to_open", lambda *_: [SEED])
    clerk.answer("用它开始2021年报告")
    clerk.click(clerk.window.start.from_button)
    clerk.until(lambda: clerk.controller.has_document)
    assert clerk.document.report.year == 2021
    assert clerk.document.prior.year == 2020
    assert clerk.page.key == "agency"

    for key in ("proactive", "requests", "review"):
        clerk.click(clerk.go(key).panel.tools.zeros)
        clerk.press(Qt.Key.Key_Return, CTRL)
    assert clerk.document.report.blanks(clerk.document.form) == []

    editor = clerk.go("other").editor.edit
    assert clerk.window.focusWidget() is editor
    clerk.press(Qt.Key.Key_A, CTRL)
    clerk.type("2021年未收取信息处理费。")
    assert clerk.document.report.narrative("other") == "2021年未收取信息处理费。"
    clerk.controller.end_typing()
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.document.report.narrative("other") == "无。"
    clerk.press(Qt.Key.Key_Y, CTRL)
    assert editor.text() == "2021年未收取信息处理费。"
    clerk.click(clerk.page.fee.none_button)
    assert clerk.document.report.processing_fee == 0

    export(clerk, tmp_path, monkeypatch)


def export(clerk, folder, monkeypatch):
    page = clerk.go(EXPORT)
    monkeypatch.setattr("ui.kit.dialogs.folder", lambda *_: folder)
    page._choose_folder()
    for suffix, box in page.formats.items():
        box.setChecked(suffix in (".docx", ".html"))
    assert any(one.severity is Severity.ERROR for one in clerk.document.findings)
    said = clerk.answer("仍然导出草稿")
    clerk.click(page.export_button)
    clerk.until(lambda: page.result_bar.open_button.isVisible())
    assert "错误" in said[0]
    made = sorted(path.name for path in folder.glob("*.*"))
    assert made == [
        "威海市文登区张家产镇人民政府2021年政府信息公开工作年度报告（草稿）.docx",
        "威海市文登区张家产镇人民政府2021年政府信息公开工作年度报告（草稿）.html",
    ]
    assert zipfile.is_zipfile(folder / made[0])


def test_a_finding_leads_to_its_cell_and_its_repair_can_be_undone(office, draft):
    clerk = office(draft())
    clerk.click(clerk.go("requests").panel.tools.zeros)
    clerk.press(Qt.Key.Key_Return, CTRL)
    from app.form.model import CellRef

    cell = CellRef("requests", "received", "natural_person")
    clerk.document.set_values({cell: 12}, "填写")
    page = clerk.go(REVIEW)
    finding = next(one for one in clerk.document.findings if one.rule == "T3-05")
    page.panel.choose(finding)
    clerk.focus(page.panel)
    clerk.press(Qt.Key.Key_Return)
    assert clerk.page.key == "requests"
    assert clerk.page.panel.first_focus().hasFocus()
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.document.report[cell] == 0


def test_f8_walks_through_the_findings_and_f6_through_the_pending(office, draft):
    clerk = office(draft())
    findings = clerk.document.findings
    clerk.go("agency")
    clerk.press(Qt.Key.Key_F8)
    assert clerk.status.startswith(f"第1处，共{len(findings)}处")
    clerk.press(Qt.Key.Key_F8)
    assert clerk.status.startswith("第2处")
    clerk.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert clerk.status.startswith("第1处")
    clerk.go("problems")  # from the page that is shown, not from where one was before
    clerk.press(Qt.Key.Key_F8)
    assert not clerk.status.startswith(("第1处", "第2处"))
    seen = set()
    for _ in findings:
        clerk.press(Qt.Key.Key_F8)
        seen.add(clerk.status)
    assert len(seen) == len(findings)  # round and round, none left out
    clerk.go("requests")
    clerk.press(Qt.Key.Key_F6)
    assert clerk.page.key == "problems"
    assert clerk.page.editor.edit.textCursor().selectedText() == "2020"


def test_every_page_is_reached_by_its_keys(office, draft):
    clerk = office(draft())
    seen = []
    clerk.window.go_to("agency")
    for _ in clerk.window.navigation.keys[2:]:
        seen.append(clerk.page.key)
        clerk.press(Qt.Key.Key_PageDown, CTRL)
    seen.append(clerk.page.key)
    assert seen == [key for key in clerk.window.navigation.keys if key != "start"]
    clerk.press(Qt.Key.Key_PageUp, CTRL)
    assert clerk.page.key == SIGN_OFF
    for number, section in enumerate(clerk.document.form.sections, 1):
        clerk.press(getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.AltModifier)
        assert clerk.page.key == section.key
    clerk.press(Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert clerk.page.key == EXPORT


def test_the_next_step_is_a_button_on_every_page(office, draft):
    clerk = office(draft())
    keys = clerk.window.navigation.keys[1:]
    clerk.go(keys[0])
    for key, after in itertools.pairwise(keys):
        assert clerk.page.key == key
        if key == SIGN_OFF:  # its next step is what sign-off wants next, here the errors
            assert clerk.page.next_button.text()
            clerk.go(after)
        else:
            clerk.click(clerk.page.next_button)
        assert clerk.page.key == after
    assert clerk.page.next_button.text() == "导出"
