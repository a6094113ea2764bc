"""申请登记 as the clerk works with it: typed by keys, counted into 表三 after a look, explained cell by cell, in and out of Excel."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.form.model import CellRef
from app.register.workbook import workbook_bytes
from app.report.model import Application
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from tests.ui.seen import bubble_text
from ui.register.model import ANSWERED, APPLICANT, CARRIED, RECEIVED, RESULT

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LINES = (
    Application("1", date(2025, 3, 5), "natural_person", "granted", date(2025, 3, 20)),
    Application("2", date(2025, 6, 1), "enterprise", "denied_query", date(2025, 6, 12)),
)


def ref(key: str) -> CellRef:
    return CellRef.parse(f"requests.{key}")


def blank(*lines: Application, **values: int) -> ReportDocument:
    report = replace(blank_report("测试县测试镇人民政府", 2025), register=lines)
    made = {CellRef("requests", *key.split("__")): number for key, number in values.items()}
    document = ReportDocument(report.with_values(made))
    document.mark_unsaved()
    return document


@pytest.fixture
def at_register(office):
    def go(*lines: Application, **values: int):
        clerk = office(blank(*lines, **values))
        clerk.go("requests")
        clerk.press(Key.Key_F7)
        return clerk

    return go


def sheet(clerk):
    return clerk.page.register.sheet


def test_an_application_is_registered_by_keys_alone(at_register):
    clerk = at_register()
    clerk.type("3.5\n1\n38\n3.20\n")
    assert clerk.document.report.register == (
        Application("1", date(2025, 3, 5), "natural_person", "denied_query", date(2025, 3, 20)),
    )
    clerk.type("2024-12-20\n")
    second = clerk.document.report.register[1]
    assert (second.number, second.is_carried_in, second.result) == ("2", True, "")
    assert sheet(clerk).state.text() == "2件　上年结转1件　未办结1件　请看1行"
    assert clerk.document.undo_name == "登记第2件"


def test_the_choice_is_taken_from_the_list(at_register):
    clerk = at_register(LINES[0])
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, RESULT))
    clerk.type("53")
    popup = QApplication.focusWidget().completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == 1
    clerk.press(Key.Key_Return)
    assert clerk.document.report.register[0].result == "declined_publication"
    assert view.currentIndex().column() == ANSWERED


def compose(clerk, text: str) -> None:
    """What an input method hands to the cell under the cursor."""
    clerk.press(Key.Key_F2)
    made = QInputMethodEvent()
    made.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), made)


def test_a_line_marked_in_the_list_is_taken_by_enter_and_by_tab(at_register):
    clerk = at_register(LINES[0])
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, RESULT))
    for key, then in ((Key.Key_Return, ANSWERED), (Key.Key_Tab, ANSWERED), (Key.Key_Backtab, APPLICANT)):
        view.setCurrentIndex(view.lines.index(0, RESULT))
        compose(clerk, "重复")
        popup = QApplication.focusWidget().completer().popup()
        QTest.keyClick(popup, Key.Key_Down)  # the list has the keyboard while it is open
        QTest.keyClick(popup, key)
        assert clerk.document.report.register[0].result == "declined_repeat"
        assert view.currentIndex().column() == then
        assert view.hasFocus()
        clerk.controller.undo()


def test_the_only_line_of_the_list_is_meant(at_register):
    clerk = at_register(LINES[0])
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, RESULT))
    compose(clerk, "3.要求")
    QTest.keyClick(QApplication.focusWidget().completer().popup(), Key.Key_Return)
    assert clerk.document.report.register[0].result == "declined_publication"


def test_several_lines_fit_and_none_is_marked_then_the_reason_stays(at_register):
    clerk = at_register(LINES[0])
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, RESULT))
    compose(clerk, "申请")
    edit = QApplication.focusWidget()
    QTest.keyClick(edit.completer().popup(), Key.Key_Return)
    assert "有几项都像它" in bubble_text(edit)
    assert clerk.document.report.register == LINES[:1]


def test_what_cannot_be_read_says_why_and_is_not_lost(at_register):
    clerk = at_register(LINES[0])
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, RECEIVED))
    clerk.type("35\n")
    assert "请写成 3.5 或 2025-3-5 的样子" in clerk.status
    assert clerk.document.report.register[0].received_on == date(2025, 3, 5)
    clerk.go("review")  # leaving the page: the text stays as a draft
    assert [one.words for one in clerk.controller.unread()] == ["申请登记第1行收到日期“35”看不懂"]
    clerk.window.navigation.show_unread(clerk.controller.unread()[0])
    assert view.lines.text(0, RECEIVED) == "35"
    clerk.type("3.6\n")
    assert clerk.document.report.register[0].received_on == date(2025, 3, 6)
    assert clerk.controller.unread() == []


def test_space_says_carried_in_and_delete_clears(at_register):
    clerk = at_register(LINES[0])
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, CARRIED))
    clerk.press(Key.Key_Space)
    assert clerk.document.report.register[0].is_carried_in
    assert sheet(clerk).said.text() == "收到日期在2025年，不是上年结转"
    view.setCurrentIndex(view.lines.index(0, ANSWERED))
    clerk.press(Key.Key_Delete)
    assert clerk.document.report.register[0].answered_on is None


def test_a_line_is_removed_and_comes_back_with_undo(at_register):
    clerk = at_register(*LINES)
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, RECEIVED))
    clerk.press(Key.Key_Delete, CTRL)
    assert clerk.document.report.register == LINES[1:]
    clerk.press(Key.Key_Z, CTRL)
    assert clerk.document.report.register == LINES
    assert clerk.page.register.is_open


def test_undo_from_elsewhere_shows_the_register(at_register):
    clerk = at_register(*LINES)
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(1, ANSWERED))
    clerk.type("6.13\n")
    clerk.go("overview")
    clerk.controller.undo()
    assert clerk.page.key == "requests"
    assert clerk.page.register.is_open
    assert clerk.document.report.register == LINES


def test_escape_never_leaves_the_register_and_f7_leads_back_to_the_table(at_register):
    clerk = at_register(LINES[0])
    assert not clerk.page.panel.isVisible()
    assert sheet(clerk).y() < 120  # where the table was, not below it
    assert sheet(clerk).height() > 400
    clerk.press(Key.Key_Escape)
    assert clerk.page.register.is_open
    assert clerk.status == "按 F7 回到表格"
    clerk.press(Key.Key_F7)
    assert clerk.page.panel.isVisible()
    assert clerk.page.panel.first_focus().hasFocus()
    clerk.press(Key.Key_F7)
    assert clerk.page.register.is_open
    clerk.press(Key.Key_F7)
    assert not clerk.page.register.is_open


def test_alt_down_opens_what_may_stand_in_a_field(at_register):
    clerk = at_register(LINES[0])
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, RESULT))
    clerk.press(Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    editor = view.indexWidget(view.currentIndex())
    clerk.until(lambda: editor.is_listing)
    assert editor.completer().completionCount() == len(view.lines.choices(RESULT))
    editor.completer().popup().hide()


def test_the_table_is_filled_from_the_register_after_a_look_and_in_one_step(at_register):
    clerk = at_register(*LINES, received__research=4)
    clerk.click(sheet(clerk).count_button)
    panel = clerk.page.panel
    assert panel.paste_bar.sentence.text() == (
        "登记了2件：将填写144格，没有登记的填0，合计随着算，其中1格改动已填的数（黄底）。"
    )
    view = panel.views[0]
    assert view.cells.index_of(ref("received.research")).data() == "4→0"
    assert ref("received.total") not in clerk.document.report.values
    clerk.press(Key.Key_Return, CTRL)
    assert clerk.document.report[ref("received.total")] == 2
    assert clerk.document.report[ref("received.research")] == 0
    assert clerk.document.undo_name == "按登记填写表三"
    line = clerk.page.register.line.text
    clerk.until(lambda: line.text().startswith("申请登记与本表一致"))
    clerk.press(Key.Key_Z, CTRL)
    assert clerk.document.report.values == {ref("received.research"): 4}


def test_lines_not_finished_are_told_by_number_before_they_are_counted(at_register):
    clerk = at_register(LINES[0], replace(LINES[1], applicant=""))
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, RECEIVED))
    clerk.type("35")
    said = clerk.answer("取消")
    clerk.click(sheet(clerk).count_button)
    assert said == [
        "申请登记有2行没有写完或要改。",
        "第1行：收到日期“35”看不懂，没有收下。\n第2行：没有选申请人，没有计入表三。",
    ]
    assert clerk.document.report.values == {}
    assert clerk.page.register.is_open
    clerk.answer("先看登记")
    clerk.click(sheet(clerk).count_button)
    assert view.currentIndex().row() == 0
    clerk.answer("照样填入")
    clerk.click(sheet(clerk).count_button)
    assert clerk.page.panel.paste_bar.sentence.text().startswith("登记了2件")


def test_a_cell_shows_the_lines_that_make_it_up(at_register):
    clerk = at_register(*LINES, received__natural_person=3)
    clerk.press(Key.Key_F7)
    line = clerk.page.register.line
    clerk.until(lambda: line.isVisible())
    clerk.page.panel.show_cell(ref("received.natural_person"))
    assert "本格填的是3，登记有1件" in line.text.text()
    assert "本格登记：1（3月5日收）" in line.text.text()
    clerk.page.panel.show_cell(ref("granted.research"))
    assert "本格" not in line.text.text()
    clerk.page.panel.show_cell(ref("denied_query.enterprise"))
    clerk.click(line.show_button)
    view = sheet(clerk).view
    assert view.currentIndex().row() == 1
    assert view.hasFocus()


def test_without_a_register_the_table_says_nothing_of_it(office):
    clerk = office(blank())
    clerk.go("requests")
    assert clerk.page.register.line.isHidden()
    assert not [one for one in clerk.document.findings if "登记" in one.message]


def test_excel_is_read_after_it_is_told_what_was_in_it(at_register, tmp_path):
    path = tmp_path / "登记.xlsx"
    path.write_bytes(workbook_bytes(blank(*LINES).report))
    clerk = at_register(LINES[0])
    said = clerk.answer("接在后面")
    sheet(clerk).read_path(path)
    clerk.until(lambda: len(clerk.document.report.register) == 3)
    assert said[0] == "读到2件申请，已经登记了1件。"
    assert clerk.document.undo_name == "导入申请登记"
    clerk.answer("换掉原来的")
    sheet(clerk).read_path(path)
    clerk.until(lambda: len(clerk.document.report.register) == 2)


def test_excel_is_written_where_it_is_wanted(at_register, tmp_path, monkeypatch):
    clerk = at_register(*LINES)
    wanted = tmp_path / "2025年申请登记"
    monkeypatch.setattr("ui.kit.file_dialogs.to_save", lambda *_: (wanted, ""))
    clerk.click(sheet(clerk).write_button)
    clerk.until(lambda: "已存成" in clerk.status)
    assert (tmp_path / "2025年申请登记.xlsx").exists()


def test_what_is_no_workbook_is_refused(at_register, tmp_path):
    path = tmp_path / "登记.xlsx"
    path.write_text("收到日期")
    clerk = at_register()
    said = clerk.answer("知道了")
    sheet(clerk).read_path(path)
    clerk.until(lambda: bool(said))
    assert "不是 .xlsx" in said[0]


def test_a_screen_reader_hears_line_field_and_problem(at_register):
    clerk = at_register(replace(LINES[0], answered_on=date(2025, 1, 1)))
    view = sheet(clerk).view
    said = view.lines.index(0, RESULT).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("第1行，办理结果：")
    assert said.endswith("答复日期早于收到日期")


# -- the clipboard ---------------------------------------------------------------------------------------------------------


def put_on_clipboard(*rows: str) -> None:
    QApplication.clipboard().setText("\r\n".join(rows))


def test_lines_are_pasted_from_a_list_in_excel(at_register):
    clerk = at_register(*LINES)
    put_on_clipboard("2025年4月2日\t自然人\t予以公开\t2025/4/9", "2024-12-28\t1\t\t")
    clerk.press(Key.Key_V, CTRL)
    third, fourth = clerk.document.report.register[2:]
    assert third == Application("3", date(2025, 4, 2), "natural_person", "granted", date(2025, 4, 9))
    assert fourth == Application("4", date(2024, 12, 28), "natural_person", is_carried_in=True)
    assert clerk.document.undo_name == "粘贴申请登记"
    clerk.document.undo()
    assert clerk.document.report.register == LINES


def test_what_cannot_be_read_of_a_pasted_list_is_said_and_kept(at_register):
    clerk = at_register()
    put_on_clipboard("收到日期\t办理结果\t经办", "3.5\t不知道\t小王", "下周\t1\t")
    clerk.press(Key.Key_V, CTRL)
    first, second = clerk.document.report.register
    assert (first.received_on, first.result, first.note) == (date(2025, 3, 5), "", "办理结果：不知道")
    assert (second.received_on, second.result, second.note) == (None, "granted", "收到日期：下周")
    assert "第3行收到日期“下周”看不懂" in clerk.window.said


def test_whole_lines_are_copied_with_their_headings_and_can_be_pasted_back(at_register):
    clerk = at_register(*LINES)
    view = sheet(clerk).view
    view.selectAll()
    clerk.press(Key.Key_C, CTRL)
    text = QApplication.clipboard().text()
    assert text.splitlines()[0].split("\t")[:2] == ["登记号", "收到日期"]
    assert len(text.splitlines()) == 3
    view.setCurrentIndex(view.lines.index(2, RECEIVED))
    clerk.press(Key.Key_V, CTRL)
    assert clerk.document.report.register == (*LINES, *LINES)


def test_one_cell_is_pasted_as_it_is_typed(at_register):
    clerk = at_register(*LINES)
    view = sheet(clerk).view
    view.setCurrentIndex(view.lines.index(0, ANSWERED))
    put_on_clipboard("3.21")
    clerk.press(Key.Key_V, CTRL)
    assert clerk.document.report.register[0].answered_on == date(2025, 3, 21)
