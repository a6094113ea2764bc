"""The review of an import, driven by the keyboard as a clerk would."""

import re
from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.form.model import CellRef
from app.importing.importer import import_file
from app.importing.result import ImportResult, Unsure
from app.report.outline import Outline
from app.session.import_review import ReviewState
from app.session.year_chain import read_chain
from tests.places import TESTS
from tests.session.test_import_review import doubtful
from ui.files.chain_dialog import ChainDialog
from ui.files.import_dialog import OPEN_OLD, ROLL_OVER, ImportDialog
from ui.files.origin_dialog import OriginDialog
from ui.kit import dialogs, theme
from ui.kit.dialogs import Question

SAMPLES = TESTS / "samples"


@pytest.fixture
def review_of(qtbot, qapp):
    def build(name: str, width: int = 1240, height: int = 680) -> ImportDialog:
        dialog = ImportDialog(import_file(SAMPLES / name))
        qtbot.addWidget(dialog, before_close_func=lambda one: one.done(0))
        dialog.resize(width, height)
        dialog.show()
        dialog.activateWindow()
        QTest.qWaitForWindowActive(dialog)
        QTest.qWait(20)
        return dialog

    return build


def press(key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_doubts_come_first_and_enter_confirms_one_after_the_other(review_of):
    dialog = review_of("pingtan_czjrj_2023_page.txt")
    first, second = dialog.review.open_doubts[:2]
    assert dialog._current == first
    assert dialog.said.text().endswith("对的话按回车确认")
    press(Qt.Key.Key_Return)
    assert dialog.review.state(first) is ReviewState.CORRECTED
    assert dialog._current == second
    assert "已确认1格" in dialog.counts.text()


def test_typing_corrects_a_doubtful_cell_and_undo_takes_it_back(review_of):
    dialog = review_of("pingtan_czjrj_2023_page.txt")
    ref = dialog.review.open_doubts[0]
    press(Qt.Key.Key_7)
    press(Qt.Key.Key_Return)
    assert dialog.outcome.certain[ref] == 7
    dialog.tabs.setCurrentIndex(dialog.tabs.count() - 1)
    dialog.tabs.setFocus()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.outcome.certain[ref] is None
    assert dialog._current == ref
    panel = dialog.panels[dialog.form.section_of(ref).key]
    assert panel.isVisible(), "wherever one looks"
    assert panel.views[0].painter.framed == {ref}


def test_f6_walks_round_what_is_open(review_of):
    dialog = review_of("000_songcun_2020.txt")
    seen = []
    for _ in range(3):
        press(Qt.Key.Key_F6)
        seen.append(dialog._current)
    assert seen == dialog.review.open_cells[:3]


def test_a_cell_lights_its_place_and_the_place_leads_back(review_of):
    dialog = review_of("001_zhangjiachan_2020.txt")
    ref = next(ref for ref in dialog.form.cells if dialog.review.spot(ref))
    spot = dialog.review.spot(ref)
    dialog.show_cell(ref)
    assert dialog.source._lit == spot
    dialog.show_cell(dialog.form.cells[-1])
    dialog._on_source(spot.block, spot.row, spot.column)
    assert dialog.review.spot(dialog._current) == spot


def test_all_doubts_of_a_table_are_confirmed_after_a_question(review_of):
    dialog = review_of("pingtan_czjrj_2023_page.txt")
    count = len(dialog._waiting_here())
    assert dialog.all_button.text() == f"本表全部确认（{count}格）"

    def answer():
        question = QApplication.activeModalWidget()
        assert isinstance(question, Question)
        QTest.keyClick(question, Qt.Key.Key_Escape)  # 再看看

    QTimer.singleShot(100, answer)
    dialog.confirm_table()
    assert len(dialog._waiting_here()) == count
    dialog.review.set_values(dict(dialog.review.suggestions), "全部确认")
    assert dialog.all_button.isHidden()


def test_esc_asks_when_something_was_settled(review_of):
    dialog = review_of("pingtan_czjrj_2023_page.txt")
    press(Qt.Key.Key_Return)
    asked = []

    def answer():
        question = QApplication.activeModalWidget()
        asked.append(question.what)
        QTest.keyClick(question, Qt.Key.Key_Escape)

    QTimer.singleShot(100, answer)
    dialog.reject()
    assert asked == ["刚才核对和改正的还没有用上。"]
    assert dialog.isVisible()


def test_a_text_that_cannot_be_read_keeps_the_review_open(review_of):
    dialog = review_of("pingtan_czjrj_2023_page.txt")
    press(Qt.Key.Key_7)
    QTest.keyClick(QApplication.focusWidget(), "x")
    dialog.new_button.click()
    assert dialog.isVisible()
    assert "看不懂" in dialog.said.text()
    press(Qt.Key.Key_Delete)
    dialog.review.set_values(dict(dialog.review.suggestions), "全部确认")
    dialog.new_button.click()
    assert dialog.result() == ROLL_OVER


def test_on_a_small_screen_source_and_form_take_turns(review_of):
    dialog = review_of("000_songcun_2020.txt", 880, 480)
    assert dialog.source.isHidden()
    assert dialog.tabs.isVisible()
    press(Qt.Key.Key_F7)
    assert dialog.source.isVisible()
    assert dialog.tabs.isHidden()
    dialog.go_on()
    assert dialog.tabs.isVisible()


def test_pictures_of_tables_are_said_and_every_table_says_what_it_lacks(review_of):
    dialog = review_of("004_houjia_2022.txt")
    assert [dialog.tabs.tabText(n) for n in (1, 2, 3)] == ["表二 缺10", "表三 缺144", "表四 缺12"]


def test_several_years_are_listed_in_order_the_newest_chosen(qtbot, qapp):
    names = [SAMPLES / f"pingtan_czjrj_{year}_page.txt" for year in (2025, 2022, 2024)]
    dialog = ChainDialog(read_chain(names))
    qtbot.addWidget(dialog)
    assert dialog.chosen.year == 2025
    assert dialog.next_button.text() == "核对2025年的报告"
    assert dialog.years.topLevelItemCount() == 3


def test_zeros_for_blanks_leave_doubtful_cells_alone_and_compute_no_total(review_of):
    dialog = review_of("000_songcun_2020.txt")
    found = dialog.found
    section = dialog.form.section("requests")
    doubtful = next(ref for ref in section.cells if ref not in found.report.values)
    dialog.done(0)
    made = replace(found, unsure=(*found.unsure, Unsure(doubtful, "1O", "不是整数")))
    again = ImportDialog(replace(made, missing=tuple(ref for ref in made.missing if ref != doubtful)))
    panel = again.panels["requests"]
    before = set(again.review.report.values)
    panel.fill_zeros()
    panel.proposal_view._accept()
    assert again.review.report[doubtful] is None
    assert doubtful in {one.cell for one in again.outcome.unsure}
    filled = set(again.review.report.values) - before
    assert filled
    assert {again.review.report[ref] for ref in filled} == {0}
    again.done(0)
    again.deleteLater()


def test_zeros_are_not_offered_where_every_cell_is_read_though_in_doubt(review_of):
    dialog = review_of("pingtan_czjrj_2023_page.txt")
    panel = dialog.panels["requests"]
    assert all(ref in dialog.review.open_doubts for ref in panel.section.cells)
    panel.fill_zeros()
    assert not panel.proposal_view.is_open
    assert panel.paste_bar.sentence.text() == "没有要填0的空格"


def test_a_scan_is_typed_off_beside_its_pages(office, tmp_path):
    """A picture of the old report: its unit and year are asked for, its pages stand beside the empty form."""
    scan = tmp_path / "扫描.png"
    Image.new("L", (1200, 1600), 255).save(scan)
    clerk = office()
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Question):
            dialog.findChildren(QAbstractButton)[0].click()
        elif isinstance(dialog, OriginDialog):
            assert dialog.ok_button.text().startswith("对照图片录入")
            dialog._name.setText("测试县测试镇人民政府")
            dialog._year.setValue(2024)
            dialog.ok_button.click()
        elif isinstance(dialog, ImportDialog):
            ref = dialog.form.section("requests").cells[0]
            seen.append((len(dialog.found.blocks), dialog.counts.text()))
            assert dialog.source.verticalScrollBar().maximum() > 0
            assert dialog.source.verticalScrollBar().value() == 0  # the title first
            dialog.show_cell(ref)
            seen.append((dialog.said.text(), ""))
            dialog.review.set_values({ref: 3}, "填写")
            dialog.new_button.click()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    clerk.window.open_path(scan)
    clerk.until(lambda: clerk.controller.has_document)
    timer.stop()
    assert seen[0][0] == 1
    assert "没有读到166格" in seen[0][1]
    assert seen[1][0] == "原件是图片，请对照着录入"
    assert clerk.document.report.year == 2025
    assert clerk.document.prior.agency.name == "测试县测试镇人民政府"
    assert list(clerk.document.prior.values.values()) == [3]


@pytest.mark.parametrize("name", ["old_button", "new_button"])
def test_doubts_that_are_left_are_told_before_they_become_blanks(review_of, name):
    dialog = review_of("pingtan_czjrj_2023_page.txt")
    dialog.show_cell(dialog.form.cells[-1])
    asked = []

    def answer(key):
        question = QApplication.activeModalWidget()
        asked.append(question.what)
        QTest.keyClick(question.buttons[0], key)

    QTimer.singleShot(100, lambda: answer(Qt.Key.Key_Escape))  # 回去核对
    getattr(dialog, name).click()
    count = len(dialog.review.open_doubts)
    assert asked == [f"还有{count}格存疑，没有确认。"]
    assert dialog.isVisible()
    assert dialog._current in dialog.review.open_doubts
    QTimer.singleShot(100, lambda: answer(Qt.Key.Key_Space))  # 仍然继续
    getattr(dialog, name).click()
    assert dialog.result() == (OPEN_OLD if name == "old_button" else ROLL_OVER)
    assert len(asked) == 2


def lit_in(view) -> str:
    """The characters on the ground of what is lit."""
    found, block = "", view.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            fragment = pieces.fragment()
            if fragment.charFormat().background().color() == theme.PENDING and fragment.text().strip():
                found += fragment.text()
            pieces += 1
        block = block.next()
    return found


def test_the_clause_of_a_run_on_text_is_lit_and_said_whole(review_of):
    dialog = review_of("pingtan_czjrj_2024_page.txt")
    ref = CellRef("requests", "received", "natural_person")
    dialog.show_cell(ref)
    clause = "一、本年新收政府信息公开申请数量20 0 0 0 02"
    assert dialog.source.toPlainText().count(f"【{clause}】") == 1
    assert f"原文“{clause}”" in dialog.said.text()
    assert lit_in(dialog.source) == f"【{clause}】"
    bar = dialog.source.verticalScrollBar()
    assert 0 < bar.value() < bar.maximum()
    other = CellRef("review", "cases", "recon_upheld")
    dialog.show_cell(other)
    assert f"【{clause}】" not in dialog.source.toPlainText()


@pytest.mark.parametrize(
    "name", ["002_yongzheng_2020.txt", "003_gucheng_2020.txt", "blank_template_2021.docx"]
)
@pytest.mark.parametrize("width", [1240, 1010])
def test_nothing_of_the_source_is_wider_than_its_view(review_of, name, width):
    dialog = review_of(name, width, 430)
    dialog.show_cell(CellRef("requests", "received", "other_entity"))
    QTest.qWait(20)
    assert dialog.source.isVisible()
    assert dialog.source.horizontalScrollBar().maximum() == 0


def listed(dialog, title: str) -> int:
    """How many lines 导入情况 has under this title."""
    groups = [dialog.details.topLevelItem(n) for n in range(dialog.details.topLevelItemCount())]
    return sum(one.childCount() for one in groups if one.text(0).startswith(f"{title}（"))


def test_the_lists_say_what_is_open_still(review_of):
    """A cell that was confirmed is not 存疑 any more; undone, it is again."""
    dialog = review_of("pingtan_czjrj_2023_page.txt")
    doubts = listed(dialog, "存疑")
    assert doubts
    press(Qt.Key.Key_Return)
    assert listed(dialog, "存疑") == doubts - 1
    dialog.review.undo()
    assert listed(dialog, "存疑") == doubts


def test_what_the_sums_prove_is_confirmed_with_one_press(qtbot, qapp):
    """As of a scan, every cell of which is doubtful: no question, one step of undo."""
    dialog = ImportDialog(doubtful().found)
    qtbot.addWidget(dialog, before_close_func=lambda one: one.done(0))
    dialog.show()
    dialog.tabs.setCurrentWidget(dialog.tables["requests"])
    count = sum(ref.table == "requests" for ref in dialog.review.proved)
    others = {ref for ref in dialog.review.proved if ref.table != "requests"}
    assert others  # 表四 has sums of its own
    assert dialog.all_button.text() == f"合计相符的确认（{count}格）"
    dialog.confirm_table()
    assert set(dialog.review.proved) == others
    assert dialog.review.undo_name == "合计相符的确认"
    dialog.review.undo()
    assert len(dialog.review.proved) == count + len(others)


@pytest.mark.parametrize(
    ("year", "answer", "asked", "result", "left"),
    [
        (2024, "", 0, ROLL_OVER, 2024),
        (2026, "改成2024年", 1, ROLL_OVER, 2024),
        (2026, "就用2026年", 1, ROLL_OVER, 2026),
        (2026, "取消", 1, 0, 2026),
        (2023, "取消", 1, 0, 2023),
    ],
)
def test_a_new_report_of_another_year_than_the_next_is_asked_about(
    review_of, monkeypatch, year, answer, asked, result, left
):
    dialog = review_of("pingtan_czjrj_2023_page.txt")
    dialog.review.set_values(dict(dialog.review.suggestions), "全部确认")
    said = []
    monkeypatch.setattr(
        dialogs, "ask", lambda _w, words, _more, choices, *_: said.append(words) or choices.index(answer)
    )
    dialog.year_box.setValue(year)
    dialog.new_button.click()
    assert said == [f"去年的报告是2023年的，新报告却是{year}年的。"] * asked
    assert (dialog.result(), dialog.year) == (result, left)


def test_our_own_file_has_no_empty_half_beside_the_form(qtbot, qapp):
    report = import_file(SAMPLES / "pingtan_czjrj_2023_page.txt").report
    dialog = ImportDialog(ImportResult(report, Outline(), "报告.gknb", "gknb"))
    qtbot.addWidget(dialog, before_close_func=lambda one: one.done(0))
    dialog.show()
    for width in (1240, 900, 1240):
        dialog.resize(width, 680)
        QTest.qWait(20)
        assert dialog.tabs.isVisible()
        assert not dialog.source.isVisible()
        assert not dialog.source_button.isVisible()


def test_an_old_report_that_does_not_say_its_year_is_asked_about(office, draft, tmp_path):
    """Only tables: whose they are and of which year is told before the form is shown, and nothing is assumed any more."""
    path = tmp_path / "去年的表.txt"
    text = (SAMPLES / "003_gucheng_2020.txt").read_text("utf-8")
    path.write_text(re.sub(r"20[12]\d", "", text[text.index("二、主动公开") :]), "utf-8")
    clerk = office(draft())
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, OriginDialog):
            seen.append((dialog.windowTitle(), dialog.agency_name, dialog.ok_button.text()))
            dialog._year.setValue(2022)
            dialog.ok_button.click()
        elif isinstance(dialog, ImportDialog):
            seen.append((dialog.found.report.year, dialog.found.report.agency.name, dialog.year))
            seen.append(dialog.found.warnings)
            dialog.done(0)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    clerk.window.open_path(path)
    clerk.until(lambda: len(seen) == 3)
    timer.stop()
    title, name, button = seen[0]
    assert title == "这份旧报告是哪个单位、哪一年的"
    assert button.startswith("下一步")
    assert name
    assert seen[1] == (2022, name, 2023)
    assert not [one for one in seen[2] if "年份" in one]
