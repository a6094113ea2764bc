"""The window as a whole: title, saving, closing, recovery, states, tab order."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from app.checks.standing import Kind, kind_of
from app.form.model import CellRef, Severity
from app.report.model import Pending
from app.session import session
from app.session.any_report import read_any
from app.storage import files
from app.storage.container import Content
from tests.ui.conftest import CTRL, SEED, references_lost
from tests.ui.seen import state_words
from ui.kit.dialogs import REPORT
from ui.kit.file_dialogs import save_dialog
from ui.kit.stage import Stage
from ui.kit.widgets import Elided
from ui.state import section_states
from ui.state.section_states import AGENCY, REVIEW, START, page_of, states
from ui.window.actions import COMMANDS


@pytest.fixture
def saved(tmp_path, draft):
    """A report on disk."""
    document = draft()
    path = tmp_path / "张家产镇2021年.gknb"
    files.save(path, Content(document.report, document.prior))
    return path


def test_the_title_tells_the_report_and_what_is_unsaved(office, saved):
    clerk = office()
    assert clerk.window.windowTitle() == "年报助手"
    clerk.window.open_path(saved)
    assert clerk.window.windowTitle() == "张家产镇2021年[*] — 年报助手"
    assert not clerk.window.isWindowModified()
    assert clerk.window.saved_label.text() == "已保存"
    clerk.document.set_narrative("problems", "改过")
    assert clerk.window.isWindowModified()
    assert clerk.window.saved_label.text() == "有改动未保存"
    clerk.press(Qt.Key.Key_S, CTRL)
    assert not clerk.window.isWindowModified()
    assert read_any(saved).report.narrative("problems") == "改过"


def test_undo_and_redo_are_named(office, saved):
    clerk = office()
    clerk.window.open_path(saved)
    undo, redo = clerk.window.actions_["undo"], clerk.window.actions_["redo"]
    assert (undo.text(), undo.isEnabled()) == ("撤销", False)
    clerk.document.set_narrative("problems", "改过")
    assert (undo.text(), undo.isEnabled()) == ("撤销 修改文字", True)
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert (redo.text(), redo.isEnabled()) == ("重做 修改文字", True)


def test_closing_asks_in_chinese_and_can_be_refused(office, saved):
    clerk = office()
    clerk.window.open_path(saved)
    clerk.document.set_narrative("problems", "改过")
    said = clerk.answer("取消")
    clerk.window.close()
    assert said[0] == "“张家产镇2021年”有改动没有保存。"
    assert clerk.window.isVisible()
    clerk.answer("不保存")
    clerk.window.close()
    assert not clerk.window.isVisible()
    assert read_any(saved).report.narrative("problems") != "改过"
    assert session.recoverable() == []


def test_a_report_without_a_place_is_asked_for_one(office, draft, tmp_path, monkeypatch):
    clerk = office(draft())
    monkeypatch.setattr("ui.kit.dialogs.file_to_save", lambda _window, start: tmp_path / "新.gknb")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert clerk.window.windowTitle().startswith("新[*]")
    assert (tmp_path / "新.gknb").is_file()
    assert str(tmp_path) in clerk.status


def test_a_file_changed_underneath_is_not_overwritten_unasked(office, saved, last_year):
    clerk = office()
    clerk.window.open_path(saved)
    clerk.document.set_narrative("problems", "改过")
    files.save(saved, Content(replace(clerk.document.report, year=2022)))
    said = clerk.answer("取消")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert "改过" in said[0]
    assert read_any(saved).report.year == 2022
    clerk.answer("覆盖")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert read_any(saved).report.year == 2021


def test_what_was_not_saved_is_offered_after_a_crash(office, draft, monkeypatch):
    clerk = office(draft())
    with clerk.qtbot.waitSignal(clerk.controller.autosaved, timeout=4000):
        clerk.document.set_narrative("problems", "没有保存的话")
    assert "已自动保存" in clerk.window.saved_label.text()
    monkeypatch.setattr("app.storage.recovery.Owner.is_running", property(lambda self: False))
    again = office()  # the first window is still there, as its process would not be
    again.qtbot.waitUntil(lambda: again.window.start._recovery.count() > 0)
    [item] = again.controller.recoverable()
    assert "从来没有保存过" in " ".join(texts(again.window.start))
    again.window.start.recovery_wanted.emit(item)
    assert again.document.report.narrative("problems") == "没有保存的话"
    assert again.window.isWindowModified()


@pytest.fixture
def after_crash(office, saved, monkeypatch):
    """The next window, after work on a saved report was left by a program that is gone."""
    first = office()
    first.window.open_path(saved)
    first.document.set_narrative("problems", "没有保存的话")
    first.controller.keep_work()
    monkeypatch.setattr("app.storage.recovery.Owner.is_running", property(lambda self: False))
    return office()


def test_what_a_crash_left_of_a_saved_report_is_told_whole_in_the_smallest_window(after_crash):
    again = after_crash
    again.window.resize(911, 482)
    again.qtbot.waitUntil(lambda: again.window.start._recovery.count() > 0)
    [words] = [one for one in again.window.start.findChildren(Elided) if "自动存下" in one.text()]
    assert words.text().endswith("自动存下，比上次保存的新")
    assert words.fontMetrics().horizontalAdvance(words.text()) <= words.contentsRect().width()


def texts(widget):
    from PySide6.QtWidgets import QLabel

    return [one.text() for one in widget.findChildren(QLabel)]


def test_work_left_behind_can_be_thrown_away(office, draft, monkeypatch):
    first = office(draft())
    first.controller.autosave()
    monkeypatch.setattr("app.storage.recovery.Owner.is_running", property(lambda self: False))
    clerk = office()
    [item] = clerk.controller.recoverable()
    clerk.answer("删除")
    clerk.window.start.discard_wanted.emit(item)
    assert clerk.controller.recoverable() == []
    assert clerk.window.start._recovery.count() == 0


def test_the_list_says_how_far_each_section_is(office, draft):
    clerk = office(draft())

    def words(key: str) -> str:
        return state_words(clerk.window.sections, key)

    assert words("proactive") == "待填 10"
    assert words("problems") == "待更新 2"
    assert words("requests") == "待填 138"
    form = clerk.document.form
    clerk.document.fill_blanks(form.section("proactive").cells)
    clerk.document.confirm(clerk.document.report.pending)
    assert words("proactive") == "完成"
    assert words("problems").startswith("警告"), "word for word as last year"
    assert words("export") == ""


def test_states_of_an_empty_report(draft):
    document = session.new_blank("测试县测试镇人民政府", 2025)
    found = section_states.states(document)
    assert {found[key].stage for key in ("introduction", "overview", "requests")} == {Stage.EMPTY}
    assert (found["overview"].words, found["requests"].words) == ("待填 1", "待填 144")
    assert not any(found[key].is_amber for key in ("overview", "requests")), "nobody scolds yet"
    words = section_states.progress_words(section_states.progress(document))
    assert words.startswith("表格 0／166 格 · 待填166格、")


def test_recent_reports_are_listed_and_open(office, saved):
    first = office()
    first.window.open_path(saved)
    first.controller.close()
    clerk = first
    clerk.until(lambda: "最近的报告" in " ".join(texts(clerk.window.start)))
    [recent] = clerk.controller.recent()
    assert recent.title == "威海市文登区张家产镇人民政府 2021年"
    assert "已填6格" in recent.state
    assert "威海市文登区张家产镇人民政府 2021年" in [
        one.text() for one in clerk.window.start.findChildren(type(clerk.window.start.open_button))
    ]


@pytest.mark.parametrize("has_report", [False, True], ids=["on the start page", "over an open report"])
def test_a_file_dropped_on_the_window_is_read(office, saved, has_report):
    clerk = office()
    if has_report:
        clerk.window.open_path(saved)
        clerk.go("problems")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SEED))])
    both = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), *both)
    clerk.window.dragEnterEvent(enter)
    assert enter.isAccepted()
    clerk.answer("只打开这份旧报告")
    clerk.window.dropEvent(QDropEvent(QPoint(5, 5), *both))
    clerk.until(lambda: clerk.controller.has_document and clerk.document.report.year == 2020)
    assert len(clerk.document.report.values) == 198


def test_a_file_that_cannot_be_read_is_one_sentence(office, tmp_path):
    clerk = office()
    for name in ("坏.gknb", "坏.docx"):
        path = tmp_path / name
        path.write_bytes(b"\x00\x01 nothing")
        said = clerk.answer("知道了")
        clerk.window.open_path(path)
        clerk.qtbot.waitUntil(lambda said=said: bool(said), timeout=5000)
        assert name in said[0]
        assert not clerk.controller.has_document


def test_tab_leads_from_the_list_into_the_page(office, draft):
    clerk = office(draft())
    for key in clerk.window.navigation.keys:
        clerk.go(key)
        first = clerk.page.first_focus()
        if not first.isEnabled():
            continue
        clerk.focus(clerk.window.sections)
        clerk.press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is first or first.isAncestorOf(focus), key


def test_no_two_commands_share_a_key():
    keys = [QKeySequence(one).toString() for command in COMMANDS for one in command.keys]
    assert len(keys) == len(set(keys))


def test_agency_fields_are_undone_field_by_field(office, draft):
    clerk = office(draft())
    page = clerk.go(AGENCY)
    field = page.fields["office"]
    clerk.focus(field)
    field.selectAll()
    for char in "abc":
        clerk.press(getattr(Qt.Key, f"Key_{char.upper()}"))
    assert clerk.document.report.agency.office.lower() == "abc"
    assert clerk.document.undo_name == "修改联系科室"
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.document.report.agency.office == "党政办公室"
    assert field.text() == "党政办公室"


def test_the_date_of_issue_is_understood_as_people_write_it(office, draft):
    clerk = office(draft())
    page = clerk.go(AGENCY)
    clerk.focus(page.date)
    page.date.setText("2022. 1. 9")
    page.date.setModified(True)
    page.date.editingFinished.emit()
    assert clerk.document.report.signature.issued_on == date(2022, 1, 9)
    assert page.date.text() == "2022年1月9日"
    page.date.setText("明天")
    page.date.setModified(True)
    page.date.editingFinished.emit()
    assert page.date_note.text() == "看不懂日期“明天”。请写成 2022年1月9日 的样子。"
    assert page.date.placeholderText() == "如：2022年1月9日"
    assert clerk.document.report.signature.issued_on == date(2022, 1, 9)


def test_another_report_builds_the_pages_anew(office, draft, saved):
    clerk = office(draft())
    old = clerk.go("requests")
    clerk.answer("不保存")
    clerk.window.open_path(saved)
    assert clerk.document.path == saved
    assert clerk.go("requests") is not old
    clerk.document.set_values({CellRef("requests", "received", "natural_person"): 1}, "填写")


def test_without_a_report_only_the_start_page_is_there(office, draft):
    clerk = office(draft())
    said = clerk.answer("不保存")
    clerk.window.actions_["close_report"].trigger()
    assert said[0].endswith("还没有保存过。")
    assert "整份报告就没有了" in said[1]
    assert not clerk.controller.has_document
    assert clerk.page.key == START
    assert not clerk.window.sections.isVisible()
    for key in ("save", "undo", "export", "next_finding", "note"):
        assert not clerk.window.actions_[key].isEnabled()


def test_the_window_fits_a_small_screen(office, draft):
    clerk = office(draft())
    clerk.window.resize(860, 440)
    for key in clerk.window.navigation.keys:
        clerk.go(key)
        assert clerk.window.size().width() == 860
        assert clerk.window.minimumSizeHint().height() <= 440, key


def test_the_preview_shows_the_true_pages(office, draft):
    clerk = office(draft())
    page = clerk.go("export")
    view = page.preview.view
    clerk.until(lambda: view.page_count > 0)
    assert page.preview.label.text() == f"第1页，共{view.page_count}页　打印时双面、不缩放"
    label = page.preview.label
    label.setFixedWidth(label.fontMetrics().horizontalAdvance(label.text()) - 4)
    page.preview._show_number()
    assert page.preview.label.text() == f"第1页，共{view.page_count}页"
    assert "打印时双面、不缩放" in page.preview.label.toolTip()
    before = view.scale
    view.step_zoom(1)
    assert view.scale > before
    view.set_zoom(None)
    assert view.scale == before
    image = view._opened.image(0, view.pixels)
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 8  # ink on paper


def test_none_keeps_its_count_over_repaints(office, draft):
    """PySide6 6.12.0 takes one reference of None at every call that returns it; Python 3.11 dies after some 7000."""
    clerk = office(draft())
    clerk.go("requests")
    assert references_lost(clerk.window.repaint) < 300


def test_tab_walks_the_agency_page_as_one_reads(office, draft):
    clerk = office(draft())
    clerk.window.go_to("agency")
    page = clerk.window.stack.currentWidget()
    clerk.window.activateWindow()
    names = list(page.fields)
    walked = []
    page.fields[names[0]].setFocus()
    for _ in names:
        focus = QApplication.focusWidget()
        walked.append(next((name for name, field in page.fields.items() if field is focus), "?"))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert walked == names


def test_last_years_gknb_begins_this_years_report(office, saved, monkeypatch):
    clerk = office()
    monkeypatch.setattr("ui.kit.dialogs.files_to_open", lambda *_: [saved])
    clerk.answer("用它开始2022年报告")
    clerk.window.actions_["from_last_year"].trigger()
    clerk.until(lambda: clerk.controller.has_document)
    assert (clerk.document.report.year, clerk.document.prior.year) == (2022, 2021)
    assert clerk.document.path is None


def test_a_renamed_report_opens(office, saved):
    clerk = office()
    clerk.window.open_path(saved.rename(saved.with_suffix(".zip")))
    assert clerk.document.report.year == 2021


def test_a_name_without_suffix_replaces_nothing_unasked(office, draft, tmp_path, monkeypatch):
    assert save_dialog(None, "保存报告", tmp_path / "报告.gknb", REPORT, ".gknb").defaultSuffix() == "gknb"
    there = tmp_path / "报告.gknb"
    there.write_bytes(b"old")
    clerk = office(draft())
    monkeypatch.setattr("ui.kit.dialogs.file_to_save", lambda *_: tmp_path / "报告")
    said = clerk.answer("取消")
    assert not clerk.window.files.save_as()
    assert "已经有了" in said[0]
    assert there.read_bytes() == b"old"


def test_the_buttons_of_the_toolbar_stay_where_they_are(office, draft):
    clerk = office(draft())
    buttons = [one for one in clerk.window.tools.findChildren(QToolButton) if one.defaultAction()]
    before = [one.x() for one in buttons]
    clerk.document.set_narrative("problems", "改过的话", name="改写存在的主要问题及改进情况")
    clerk.window.tools.layout().activate()
    assert [one.x() for one in buttons] == before
    assert "改写" in clerk.window.actions_["undo"].text()


def test_the_list_is_red_only_where_there_is_an_error(office, draft):
    clerk = office(draft())
    found = states(clerk.document)
    form, report = clerk.document.form, clerk.document.report
    for key, state in found.items():
        findings = [one for one in clerk.document.findings if page_of(form, one.section) == key]
        errors = any(one.severity is Severity.ERROR for one in findings)
        contradicts = any(kind_of(one, form, report.pending) is Kind.ERROR for one in findings)
        if key != REVIEW:
            assert (state.kind == Kind.ERROR) is contradicts, key
            assert errors or not contradicts
    assert found[REVIEW].kind == Kind.ERROR


def test_what_was_said_goes_after_a_while(office, draft):
    clerk = office(draft())
    assert clerk.status
    clerk.window.last_words._fading.setInterval(1)
    clerk.controller.message.emit("已保存")
    assert clerk.status == "已保存"
    clerk.until(lambda: clerk.status == "")


def test_an_error_is_seen_in_the_list_before_what_waits_and_all_is_told(office, draft):
    document = draft()
    clerk = office(document)
    found = section_states.states(document)
    state = found["introduction"]
    assert state.stage is section_states.Stage.PART
    form, waiting = document.form, document.report.pending
    own = [one for one in document.findings if one.section == "introduction"]
    errors = [one for one in own if kind_of(one, form, waiting) is Kind.ERROR]
    assert errors
    assert any(kind_of(one, form, waiting) is Kind.PENDING for one in own)
    assert state.words == f"错误 {len(errors)}"
    assert state_words(clerk.window.sections, "introduction") == state.words
    assert state.details.startswith(f"待更新{state.standing.pending}处，错误{len(errors)}处")
    assert found["proactive"].words == "待填 10"
    assert found["proactive"].details == "待填10格"


def test_the_first_start_tells_the_four_steps_and_later_ones_the_reports(office, saved):
    clerk = office()
    steps = "从头到尾四步"
    clerk.until(lambda: steps in " ".join(texts(clerk.window.start)))
    clerk.window.open_path(saved)
    clerk.controller.close()
    clerk.until(lambda: "最近的报告" in " ".join(texts(clerk.window.start)))
    clerk.until(lambda: steps not in " ".join(texts(clerk.window.start)))


def test_the_program_has_a_sign_of_its_own(qapp):
    sizes = {one.width() for one in qapp.windowIcon().availableSizes()}
    assert {16, 32, 48, 256} <= sizes


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_focus(office, draft, key):
    clerk = office(draft())
    clerk.focus(clerk.go("problems").next_button)
    clerk.press(key)
    assert clerk.page.key == "other"


def test_enter_opens_the_menu_of_a_button(office, draft):
    clerk = office(draft())
    clerk.focus(clerk.go("problems").editor.tools.insert_button)
    QTimer.singleShot(100, lambda: clerk.press(Qt.Key.Key_Return))
    clerk.until(lambda: QApplication.activePopupWidget() is not None)
    QApplication.activePopupWidget().close()


def test_a_text_that_waits_is_told_where_the_table_is_empty(draft):
    document = draft()
    text = "2020年，我镇主动公开信息12条。"
    document.change(
        "改写",
        replace(
            document.report.with_narrative("proactive", text),
            pending=(
                *document.report.pending,
                Pending("proactive", 0, 4, "2020"),
                Pending("proactive", 13, 15, "12"),
            ),
        ),
    )
    state = section_states.states(document)["proactive"]
    assert state.words == "待更新 2"
    assert state.details.startswith("待填10格，待更新2处")
    told = sum(one.standing.pending for key, one in section_states.states(document).items() if key != REVIEW)
    assert told == len(document.report.pending)


def test_opening_a_report_asks_about_the_work_that_a_crash_left(after_crash, office, saved):
    again = after_crash
    said = again.answer("打开上次保存的")
    again.window.open_path(saved)
    assert "还有没有保存的内容" in said[0]
    assert again.document.report.narrative("problems") != "没有保存的话"
    other = office()
    other.answer("取消")  # also by Esc: which of the two is wanted is then not decided
    other.window.open_path(saved)
    assert not other.controller.has_document
    third = office()
    third.answer("恢复没有保存的内容")
    third.window.open_path(saved)
    assert third.document.report.narrative("problems") == "没有保存的话"
    assert third.document.path == saved
