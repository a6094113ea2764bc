"""Help with writing at the window: paragraphs put in, numbers bound, texts tidied, found and replaced, pictures, last year beside."""

import io
import itertools
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.form.model import CellRef
from app.report.model import Picture
from app.session.document import ReportDocument
from app.texts.typography import HELPERS
from tests.checks.reports import cell, good
from tests.ui.conftest import CTRL, dialog_of
from tests.ui.findings.test_finding_actions import choose
from ui.kit import theme
from ui.kit.edits_dialog import EditsDialog
from ui.narrative.bind_dialog import BindDialog
from ui.narrative.picture_dialog import CaptionDialog

ALT = Qt.KeyboardModifier.AltModifier


def png(width: int = 40, height: int = 20) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def clerk(office):
    report = good()
    return office(ReportDocument(report, replace(good(year=2024))))


def text(clerk, section="overview") -> str:
    return clerk.document.report.narrative(section)


# -- paragraphs


def test_a_missing_part_is_put_in_where_it_belongs_and_its_blank_comes_next(clerk):
    kept = [line for line in text(clerk).split("\n") if "（三）" not in line]
    clerk.document.set_narrative("overview", "\n".join(kept))
    editor = clerk.go("overview").editor
    button = editor.aspect_buttons[2]
    assert button.text() == "○ 政府信息管理"
    clerk.click(button)
    choose(clerk, "插入这一部分")
    lines = text(clerk).split("\n")
    assert [line[:3] for line in lines[2:5]] == ["（二）", "（三）", "（四）"]
    assert text(clerk)[: editor.edit.place].endswith(lines[3])
    clerk.press(Qt.Key.Key_F6)
    assert editor.edit.textCursor().selectedText().startswith("【待填：公文公开属性")
    assert clerk.document.undo_name == "插入“政府信息管理”"
    clerk.until(lambda: editor.aspect_buttons[2].text().startswith("✓"))
    assert "待填 1 处" in editor.pending_label.text()
    clerk.type("abc")
    assert "abc。" in text(clerk)
    clerk.press(Qt.Key.Key_Z, CTRL)
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert text(clerk) == "\n".join(kept)


def test_a_paragraph_follows_the_one_in_which_the_clerk_writes(clerk):
    before = "第一段写到一半，\n第二段。\n\n第四段。"
    clerk.document.set_narrative("problems", before)
    editor = clerk.go("problems").editor
    one = next(one for one in editor.help.templates() if one.part == "measures")
    editor.show_place(3, 3)
    editor.help.insert(one)
    lines = text(clerk, "problems").split("\n")
    added = lines[1 : len(lines) - 3]
    assert [lines[0], *lines[-3:]] == before.split("\n")
    assert all(len(line) > 10 for line in added)
    assert text(clerk, "problems")[: editor.edit.place] == "\n".join([lines[0], *added])
    assert clerk.status.startswith("已插入“")
    clerk.press(Qt.Key.Key_F6)
    assert editor.edit.place < len("\n".join([lines[0], *added]))
    assert editor.edit.textCursor().selectedText().startswith("【待填")
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert text(clerk, "problems") == before
    assert clerk.status.startswith(f"已撤销：插入“{one.name}”，")
    editor.show_place(before.index("\n\n") + 1, before.index("\n\n") + 1)  # an empty line is filled
    editor.help.insert(one)
    assert text(clerk, "problems") == "\n".join(["第一段写到一半，", "第二段。", *added, "第四段。"])


def test_without_a_caret_a_paragraph_goes_to_the_end(clerk):
    clerk.document.set_narrative("problems", "第一段。\n第二段。")
    editor = clerk.go("problems").editor
    assert editor.edit.place == 0
    editor.help.insert(next(one for one in editor.help.templates() if one.part == "measures"))
    assert text(clerk, "problems").startswith("第一段。\n第二段。\n")
    assert editor.edit.place == len(text(clerk, "problems"))


def test_every_paragraph_of_the_menu_can_be_put_in(clerk):
    for section in ("introduction", "overview", "problems", "other"):
        clerk.document.set_narrative(section, "")
        editor = clerk.go(section).editor
        editor.tools.insert_button.menu().aboutToShow.emit()
        names = [one.name for one in editor.help.templates()]
        assert [action.text() for action in editor.tools.insert_button.menu().actions()][
            : len(names)
        ] == names
        for one in editor.help.templates():
            editor.help.insert(one)
        assert text(clerk, section).count("\n") >= len(names) - 1
    clerk.go("agency")
    clerk.press(Qt.Key.Key_F6)
    assert clerk.page.key == "introduction"
    assert clerk.page.editor.edit.textCursor().selectedText().startswith("【待填")


def test_a_malformed_template_is_told_and_nothing_changes(clerk):
    from app.texts import paragraphs

    folder = paragraphs.own_folder(clerk.document.form)
    folder.mkdir(parents=True)
    (folder / "other.j2").write_text("{{ yaer }}", encoding="utf-8")
    editor = clerk.go("other").editor
    before = clerk.document.report
    said = clerk.answer("知道了")
    editor.help.insert(editor.help.templates()[0])
    assert "用了没有的名称“yaer”" in said[0]
    assert clerk.document.report is before


# -- bound numbers


def test_a_number_is_bound_by_keys_follows_the_table_and_is_released(clerk):
    clerk.document.set_narrative("overview", text(clerk) + "\n2025年，我镇新收政府信息公开申请3件。")
    editor = clerk.go("overview").editor
    at = text(clerk).rindex("3件")
    editor.show_place(at, at)
    clerk.press(Qt.Key.Key_Return, ALT)
    choose(clerk, "改为0，绑定到表三")
    assert text(clerk).endswith("新收政府信息公开申请0件。")
    clerk.document.set_values({cell("received"): 12}, "填写")
    assert text(clerk).endswith("新收政府信息公开申请12件。")
    marks = [one for one in editor.edit._marks if one.words.startswith("跟着表三")]
    assert [text(clerk)[one.start : one.end] for one in marks] == ["12"]
    clerk.controller.undo()
    assert clerk.page.key == "requests"  # the table is what was undone; the text followed
    assert text(clerk).endswith("申请0件。")
    clerk.go("overview").editor.show_place(at, at)
    clerk.press(Qt.Key.Key_Period, CTRL)
    choose(clerk, "解除绑定")
    assert clerk.document.report.bindings == ()


def test_all_numbers_that_agree_are_bound_at_once(clerk):
    clerk.document.set_narrative("overview", "2025年，我镇新收政府信息公开申请0件，上年结转0件，办结5件。")
    editor = clerk.go("overview").editor
    editor.tools.tidy_button.menu().aboutToShow.emit()
    action = next(one for one in editor.tools.tidy_button.menu().actions() if "绑定" in one.text())
    assert action.text() == "绑定与表格一致的数字（2个）"
    action.trigger()
    assert len(clerk.document.report.bindings) == 2


def test_last_years_years_are_changed_at_once_and_only_the_ticked_ones(office, draft):
    clerk = office(draft())
    year = clerk.document.report.year
    editor = clerk.go("overview").editor
    menu = editor.tools.tidy_button.menu()
    menu.aboutToShow.emit()
    first = menu.actions()[0]
    waiting = [one for one in clerk.document.report.pending if one.text == str(year - 1)]
    here = [one for one in waiting if one.section == "overview"]
    assert len(here) > 1
    assert first.text() == f"年份改为{year}年（{len(here)}处）…"

    def agree(dialog: EditsDialog) -> None:
        dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
        dialog.ok_button.click()

    dialog_of(EditsDialog, agree)
    first.trigger()
    text = clerk.document.report.narrative("overview")
    assert text.count(f"{year}年") >= len(here) - 1
    assert [one.section for one in clerk.document.report.pending if one.text == str(year - 1)] == [
        one.section for one in waiting if one.section != "overview" or one is here[0]
    ]
    clerk.controller.undo()
    assert [one for one in clerk.document.report.pending if one.text == str(year - 1)] == waiting


def test_what_cannot_be_put_right_has_no_entry(clerk):
    clerk.document.set_narrative("overview", "公开信息,共12条。")
    editor = clerk.go("overview").editor

    def entries() -> list[tuple[str, bool]]:
        menu = editor.tools.tidy_button.menu()
        menu.aboutToShow.emit()
        return [(one.text(), one.isEnabled()) for one in menu.actions() if not one.isSeparator()]

    assert entries() == [("标点改为全角（1处）…", True), ("查找和替换…\tCtrl+H", True)]
    clerk.document.set_narrative("overview", "公开信息。")
    assert entries() == [("标点、空格、编号都没有要改的", False), ("查找和替换…\tCtrl+H", True)]


def test_a_number_follows_any_cell_that_the_clerk_chooses(clerk):
    clerk.document.set_narrative("problems", "全年现行有效规范性文件7件。")
    editor = clerk.go("problems").editor
    editor.show_place(text(clerk, "problems").index("7"), -1)

    def choose_cell(dialog) -> None:
        dialog.field.setText("行政许可")
        assert dialog.list.count() == 1
        assert "会改为" in dialog.said.text()
        clerk.click(dialog.ok_button)

    dialog_of(BindDialog, choose_cell)
    clerk.press(Qt.Key.Key_Period, CTRL)
    choose(clerk, "绑定到别的格子…")
    [binding] = clerk.document.report.bindings
    assert binding.cells == (CellRef("art20_5", "licensing", "decisions"),)
    clerk.document.set_values({binding.cells[0]: 31}, "填写")
    assert text(clerk, "problems") == "全年现行有效规范性文件31件。"


def test_a_number_that_follows_a_cell_is_put_in_at_the_cursor(clerk):
    clerk.document.set_narrative("problems", "全年收到申请件。")
    editor = clerk.go("problems").editor
    editor.show_place(6, 6)
    clerk.document.set_values({cell("received"): None}, "清除")

    def choose_cell(dialog) -> None:
        dialog.field.setText("新收 自然人")
        assert "【待填】" in dialog.said.text()
        clerk.click(dialog.ok_button)

    dialog_of(BindDialog, choose_cell)
    clerk.go("problems").editor.help.number_wanted.emit()
    assert text(clerk, "problems") == "全年收到申请【待填】件。"
    clerk.document.set_values({cell("received"): 4}, "填写")
    assert text(clerk, "problems") == "全年收到申请4件。"
    clerk.controller.undo()
    clerk.controller.undo()
    assert text(clerk, "problems") == "全年收到申请件。"


# -- typography


def test_a_helper_shows_what_it_would_change_and_does_only_that(clerk):
    clerk.document.set_narrative("overview", "公开信息,共12条;政府 信息")
    editor = clerk.go("overview").editor

    def leave_out_the_first(dialog) -> None:
        assert dialog.list.item(0).text() == "公开信息,共12条;政府 　→　公开信息，共12条;政府 "
        dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
        clerk.click(dialog.ok_button)

    dialog_of(EditsDialog, leave_out_the_first)
    editor.help.tidy(next(one for one in HELPERS if one.key == "full_width"))
    assert text(clerk) == "公开信息,共12条；政府 信息"
    assert clerk.document.undo_name == "标点改为全角"
    editor.help.tidy(next(one for one in HELPERS if one.key == "in_order"))
    assert "没有要改的" in clerk.status


# -- find and replace


def test_find_walks_over_all_sections_and_replaces_in_one_step(clerk):
    clerk.document.set_narrative("problems", "乙镇。")
    clerk.go("introduction")
    clerk.press(Qt.Key.Key_H, CTRL)
    found = clerk.window.finder.window
    found.wanted.setText("乙镇")
    hits = found.hits
    assert found.count.text() == f"共{len(hits)}处。"
    assert {hit.section for hit in hits} == {"introduction", "overview", "problems"}
    found.step(1)
    assert clerk.page.key == "introduction"
    assert clerk.page.editor.edit.textCursor().selectedText() == "乙镇"
    found.step(-1)
    assert clerk.page.key == "problems"
    found.instead.setText("丙镇")
    found.replace_one()
    assert text(clerk, "problems") == "丙镇。"
    found.replace_all()
    assert found.count.text() == f"已替换{len(hits) - 1}处，可以撤销。"
    found.refresh()
    assert found.count.text() == f"已替换{len(hits) - 1}处，可以撤销。"
    assert clerk.document.undo_name == "全部替换"
    clerk.document.undo()
    assert len(found.hits) == len(hits) - 1
    assert found.count.text() == f"共{len(hits) - 1}处。"
    found.close()


def test_finding_and_replacing_by_turns_keep_the_fields_apart(clerk):
    clerk.go("overview")
    for is_replacing in (False, True, False, True):
        clerk.press(Qt.Key.Key_H if is_replacing else Qt.Key.Key_F, CTRL)
        window = clerk.window.finder.window
        shown = [one for one in (window.wanted, window.instead, window.count) if one.isVisible()]
        assert len(shown) == (3 if is_replacing else 2)
        for above, below in itertools.pairwise(shown):
            assert above.geometry().bottom() < below.geometry().top()
        assert window.wanted.height() >= window.wanted.sizeHint().height()
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.isVisible()


def test_what_is_selected_is_looked_for(clerk):
    editor = clerk.go("overview").editor
    at = text(clerk).index("政务公开专区")
    editor.show_place(at, at + 6)
    clerk.press(Qt.Key.Key_F, CTRL)
    assert clerk.window.finder.window.wanted.text() == "政务公开专区"
    assert not clerk.window.finder.window.instead.isVisible()
    clerk.window.finder.window.close()


# -- beside the text


def test_f1_shows_the_note_of_the_part_under_the_cursor(clerk):
    editor = clerk.go("overview").editor
    editor.show_place(text(clerk).index("（五）") + 8, -1)
    clerk.press(Qt.Key.Key_F1)
    note = clerk.window.panel.note.view
    assert note.isVisible()
    assert note.words.startswith("监督保障\n")
    editor.edit.select(0, 0)
    clerk.until(lambda: note.words.startswith("一、总体情况"))


def test_last_years_text_has_its_differences_marked(clerk):
    editor = clerk.go("overview").editor
    clerk.window.panel.open("last")
    last = clerk.window.panel.last.text
    assert last.isVisible()
    gone = [one.cursor.selectedText() for one in last.extraSelections()]
    assert "2024" in gone
    come = [text(clerk)[one.start : one.end] for one in editor.edit._marks if one.words == "上年没有这几个字"]
    assert come == ["2025"]


# -- pictures


def test_a_picture_is_put_after_the_paragraph_of_the_cursor(clerk, tmp_path, monkeypatch):
    path = tmp_path / "图.png"
    path.write_bytes(png())
    monkeypatch.setattr("ui.narrative.picture_dialog.picture_to_open", lambda *_: path)
    editor = clerk.go("overview").editor
    editor.show_place(text(clerk).index("（二）"), -1)

    def caption(dialog) -> None:
        dialog.field.setText(" 图1　统计图 ")
        clerk.click(dialog.ok_button)

    dialog_of(CaptionDialog, caption)
    editor.tools.insert_button.setFocus()
    editor.help.picture_wanted.emit()
    assert editor.window().focusWidget() is editor.edit  # what is typed on is not lost on the button
    assert clerk.document.report.pictures == (Picture("图片1.png", "overview", "图1 统计图", 2, png()),)
    assert editor.pictures.isVisible()
    menu = editor.pictures._row.itemAt(0).widget().menu()
    menu.actions()[2].trigger()
    assert clerk.document.report.pictures[0].after == 3
    menu = editor.pictures._row.itemAt(0).widget().menu()
    menu.actions()[3].trigger()
    assert clerk.document.report.pictures == ()
    assert clerk.document.undo_name == "删除图片"


def screenshot() -> QMimeData:
    data = QMimeData()
    data.setImageData(QImage.fromData(png()))
    return data


def picture_file(tmp_path) -> QMimeData:
    (tmp_path / "图.PNG").write_bytes(png())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "图.PNG"))])
    return data


@pytest.mark.parametrize("make", [lambda _: screenshot(), picture_file], ids=["a screenshot", "a file"])
def test_a_picture_is_pasted_into_the_text(clerk, tmp_path, make):
    editor = clerk.go("overview").editor
    before = text(clerk)
    data = make(tmp_path)
    assert editor.edit.canInsertFromMimeData(data)
    dialog_of(CaptionDialog, lambda dialog: clerk.click(dialog.ok_button))
    editor.edit.insertFromMimeData(data)
    clerk.until(lambda: bool(clerk.document.report.pictures))
    assert clerk.document.report.pictures[0].section == "overview"
    assert text(clerk) == before


def test_another_file_is_no_text(clerk, tmp_path):
    edit = clerk.go("overview").editor.edit
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "去年.docx"))])
    data.setText("file:///去年.docx")
    assert not edit.canInsertFromMimeData(data)


def test_cells_of_excel_are_pasted_as_text_though_their_picture_lies_there_too(clerk):
    edit = clerk.go("problems").editor.edit
    data = screenshot()
    data.setText("一是人手不足。")
    edit.insertFromMimeData(data)
    assert "一是人手不足。" in clerk.document.report.narrative("problems")
    assert clerk.document.report.pictures == ()


BAD = [
    ("坏.png", b"\x89PNG not really", "已经损坏"),
    ("图.png", b"GIF89a", "不是图片|不是 PNG"),
    ("大.png", b"0" * (10 * 1024 * 1024 + 1), "太大"),
]


@pytest.mark.parametrize(("name", "data", "why"), BAD, ids=[one[0] for one in BAD])
def test_a_picture_that_is_none_is_refused_in_words(clerk, tmp_path, monkeypatch, name, data, why):
    import re

    path = tmp_path / name
    path.write_bytes(data)
    monkeypatch.setattr("ui.narrative.picture_dialog.picture_to_open", lambda *_: path)
    said = clerk.answer("知道了")
    clerk.go("overview").editor.help.picture_wanted.emit()
    assert re.search(why, said[0])
    assert clerk.document.report.pictures == ()


# -- after 定稿


def test_a_frozen_report_can_be_read_and_not_changed(clerk):
    from app.signoff import signing

    clerk.document.set_narrative("overview", text(clerk) + "\n我局高度重视。")
    report = clerk.document.report
    for step in signing.unsigned(report):
        report = signing.signed(report, step.key, "甲", date(2026, 1, 9))
    clerk.controller.open(ReportDocument(signing.frozen(report, date(2026, 1, 9))))
    editor = clerk.go("overview").editor
    clerk.type("abc")
    assert text(clerk) == report.narrative("overview")
    assert not editor.tools.insert_button.isVisible()
    panel = clerk.go("review_all").panel
    clerk.focus(panel)
    panel.choose(clerk.document.findings[0])
    clerk.press(Qt.Key.Key_Period, CTRL)
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == ["跳到这一处"]
    menu.close()
    assert panel.delegate.links(panel.visualItemRect(panel.currentItem()), panel.currentIndex()) == {}
    clerk.go("other")
    assert clerk.page.fee.field.isReadOnly()


# -- repeated sentences


def test_sentences_of_last_year_have_a_bar_beside_them_until_they_are_rewritten(clerk):
    prior = clerk.document.prior
    old = "我镇高度重视政务公开工作，成立了领导小组，2024年召开会议3次。\n公开渠道单一，宣传还不够。"
    clerk.controller.document.set_prior(replace(prior, narratives=dict(prior.narratives) | {"overview": old}))
    year = prior.year + 1
    clerk.document.set_narrative(
        "overview", f"新写的一句话在这里。我镇高度重视政务公开工作，成立了领导小组，{year}年召开会议8次。"
    )
    editor = clerk.go("overview").editor
    clerk.until(lambda: bool(editor.edit._bars))
    [bar] = [one for one in editor.edit._marks if one.is_beside]
    shown = text(clerk)[bar.start : bar.end]
    assert shown.startswith("我镇高度重视")
    assert bar.words == f"这一句与{prior.year}年报告相同（年份、数字除外）"
    image = editor.edit.viewport().grab().toImage()
    scale = image.devicePixelRatio()
    inks = {image.pixelColor(int(5 * scale), y).name() for y in range(image.height())}
    assert theme.REPEATED.name() in inks
    clerk.window.actions_["repeated"].trigger()
    clerk.until(lambda: not editor.edit._bars)
    clerk.window.actions_["repeated"].trigger()
    clerk.until(lambda: bool(editor.edit._bars))
    clerk.document.set_narrative("overview", "新写的一句话在这里。我镇把政务公开列入年度考核，开会8次。")
    clerk.until(lambda: not editor.edit._bars)
