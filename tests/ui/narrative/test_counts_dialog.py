"""渠道和栏目数量 as the clerk fills them: one small table gives the sentence, the check and the chart, in one step of undo."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from app.report.model import CountLine, Counts
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from ui.narrative.counts_dialog import CountsDialog, edit_counts

OLD = Counts("channel", (CountLine("政府网站", last=98), CountLine("公示栏", last=20)))
SENTENCE = "2025年，通过各类渠道公开政府信息137条，其中：政府网站120条，公示栏17条。"


def report(*made: Counts, text: str = "（一）主动公开。\n（二）依申请公开。"):
    return replace(blank_report("测试县测试镇人民政府", 2025), counts=made, narratives={"overview": text})


def put(form, row: int, column: int, text: str) -> None:
    item = form.table.item(row, column)
    if item is None:
        form.table.setItem(row, column, type(form.table.item(0, 0))(text))
    else:
        item.setText(text)


@pytest.fixture
def dialog(qtbot, qapp):
    def make(*made: Counts, **options) -> CountsDialog:
        shown = CountsDialog(report(*made, **options))
        qtbot.addWidget(shown)
        shown.show()
        return shown

    return make


def test_numbers_make_the_sentence_the_sum_and_the_chart(dialog):
    it = dialog(OLD)
    form = it.forms["channel"]
    assert form.total.text() == "还有空着的，没有合计　上年118条"
    put(form, 0, 1, "１２０条")
    put(form, 1, 1, "12+5")
    assert form.words.text() == SENTENCE
    assert form.total.text() == "合计（自动）：137条　上年118条"
    assert form.picture._drawing is not None
    form.telling.setChecked(True)
    form.drawing.setChecked(True)
    form.place.setCurrentIndex(form.place.findData(0))
    made = it.made
    assert made.narrative("overview").endswith("\n" + SENTENCE)
    assert made.charts[0].after == 0
    assert made.charts[0].series == (("2024年", (98, 20)), ("2025年", (120, 17)))
    assert made.counts[0].lines[0] == CountLine("政府网站", 120, 98)


def test_what_cannot_be_taken_is_said_and_not_taken(dialog):
    it = dialog(OLD)
    form = it.forms["channel"]
    put(form, 0, 1, "约120")
    assert form.words.text().startswith("“政府网站”：“约120”不是整数")
    assert not it.ok_button.isEnabled()
    put(form, 0, 1, "120")
    put(form, 1, 0, "政府网站")
    assert form.words.text() == "“政府网站”写了两次"
    put(form, 1, 0, "")
    assert form.words.text() == "有数字没有写渠道的名称"
    put(form, 1, 0, "公示栏")
    assert it.ok_button.isEnabled()


def test_the_last_row_is_always_empty(dialog):
    form = dialog(OLD).forms["channel"]
    assert form.table.rowCount() == 3
    put(form, 2, 0, "电子屏")
    assert form.table.rowCount() == 4


def test_names_that_are_only_proposed_are_not_kept(dialog):
    it = dialog()
    assert it.forms["category"].table.rowCount() == 6
    assert it.made == report()


def test_what_is_written_is_brought_up_to_date_in_place(dialog):
    old = Counts("channel", (CountLine("政府网站", 120), CountLine("公示栏", 17)))
    it = dialog(old, text=f"甲。\n{SENTENCE}\n乙。")
    form = it.forms["channel"]
    assert form.telling.text() == "更新总体情况里的这句话"
    put(form, 1, 1, "20")
    assert (
        it.made.narrative("overview")
        == "甲。\n" + SENTENCE.replace("137", "140").replace("公示栏17", "公示栏20") + "\n乙。"
    )


def test_it_fits_a_small_screen(dialog):
    it = dialog(OLD)
    assert it.height() <= 440
    assert it.minimumSizeHint().height() <= 440
    assert it.minimumSizeHint().width() <= 860


def test_all_of_it_is_one_step_of_undo(office):
    document = ReportDocument(report(OLD))
    document.mark_unsaved()
    clerk = office(document)
    clerk.go("overview")

    def fill() -> None:
        form = QApplication.activeModalWidget().forms["channel"]
        put(form, 0, 1, "120")
        put(form, 1, 1, "17")
        form.telling.setChecked(True)

    from PySide6.QtCore import QTimer

    QTimer.singleShot(100, lambda: (fill(), clerk.answer("确定")))
    edit_counts(clerk.controller, clerk.window)
    assert SENTENCE in clerk.document.report.narrative("overview")
    assert clerk.document.undo_name == "渠道和栏目数量"
    clerk.controller.undo()
    assert clerk.document.report == report(OLD)
