"""Small parts: typed fields, jobs, the list of findings, the import dialog, the crash handler."""

import sys
import threading
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from app.checks.finding import Finding, Repair
from app.errors import UserError
from app.form.catalog import form
from app.form.model import CellRef, Severity
from app.importing.result import Unsure
from app.session import session
from tests.ui.conftest import SEED
from ui.files.import_dialog import OPEN_OLD, ROLL_OVER, ImportDialog
from ui.findings.delegate import Link
from ui.findings.panel import FindingsPanel
from ui.kit.file_dialogs import file_name
from ui.kit.jobs import Cancelled, Job, Progress, show_progress
from ui.kit.typed_fields import date_text, parse_date, parse_yuan, yuan_text
from ui.pages.start import _deadline_words
from ui.window import crash

ON = date(2026, 1, 12)
DATES = [
    ("2026年1月9日", date(2026, 1, 9)),
    ("２０２６年１月９日", date(2026, 1, 9)),
    ("2026-01-09", date(2026, 1, 9)),
    ("2026.1.9", date(2026, 1, 9)),
    ("2026/1/9", date(2026, 1, 9)),
    ("1.9", date(2026, 1, 9)),
    ("1月9日", date(2026, 1, 9)),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_dates_as_people_write_them(text, day):
    assert parse_date(text, ON) == day
    assert parse_date(date_text(day), ON) == day


@pytest.mark.parametrize("text", ["明天", "9日", "2026年"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(UserError, match="看不懂日期.*请写成 2026年1月12日 的样子"):
        parse_date(text, ON)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2021年2月30日", "2月没有30日"),
        ("2021-2-29", "2021年2月没有29日"),
        ("2021.13.1", "一年没有13月"),
        ("2021/4/0", "4月没有0日"),
    ],
)
def test_a_day_that_the_calendar_has_not_is_named(text, why):
    with pytest.raises(UserError, match=f"没有“{text}”这一天，{why}"):
        parse_date(text, ON)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("380", "380"), ("380元", "380"), ("３，９４０．５元", "3940.5"), ("0", "0"), ("没有", "0"), ("", None)],
)
def test_amounts_in_yuan(text, amount):
    assert parse_yuan(text) == (None if amount is None else Decimal(amount))
    assert parse_yuan(yuan_text(parse_yuan(text))) == parse_yuan(text)


@pytest.mark.parametrize("text", ["-3", "三百", "1.2.3"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(UserError, match="不是金额"):
        parse_yuan(text)


def test_a_job_runs_elsewhere_and_answers_here(qtbot, qapp):
    seen = []
    job = Job(lambda step: threading.get_ident())
    job.done.connect(lambda result: seen.extend([result, threading.get_ident()]))
    with qtbot.waitSignal(job.done):
        job.start()
    assert seen[0] != threading.get_ident() == seen[1]


def test_a_job_that_fails_tells_why(qtbot, qapp):
    def work(step):
        raise UserError("不行", "请再试")

    job = Job(work)
    with qtbot.waitSignal(job.failed) as waited:
        job.start()
    assert str(waited.args[0]) == "不行。请再试。"


def test_a_cancelled_job_says_nothing(qtbot, qapp):
    ended = threading.Event()

    def work(step):
        try:
            while True:
                step("")
                time.sleep(0.01)
        except Cancelled:
            ended.set()
            raise

    job = Job(work)
    with (
        qtbot.assertNotEmitted(job.done, wait=50),
        qtbot.assertNotEmitted(job.failed, wait=50),
        qtbot.waitSignal(job.finished),
    ):
        job.start()
        job.cancel()
    assert ended.is_set()


CELL = CellRef("requests", "received", "natural_person")
FINDINGS = (
    Finding("S-01", Severity.ERROR, "标题不对", "title"),
    Finding("T3-05", Severity.ERROR, "不平", "requests", (CELL,), repair=Repair("改为5", ((CELL, 5),))),
    Finding("T3-09", Severity.WARNING, "请核实" * 40, "requests", (CELL,)),
)


@pytest.fixture
def panel(qtbot, qapp):
    made = FindingsPanel()
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    made.show_findings(FINDINGS, form("2021"))
    return made


def test_findings_stand_under_their_sections(panel):
    rows = [panel.topLevelItem(row).text(0) for row in range(panel.topLevelItemCount())]
    assert rows == ["标题　1", "", f"{form('2021').section('requests').title}　2", "", ""]
    heights = [panel.sizeHintForIndex(panel.model().index(row, 0)).height() for row in (1, 4)]
    assert heights[1] > 2 * heights[0]


def test_enter_asks_for_the_place_and_the_button_for_the_repair(panel, qtbot):
    panel.choose(FINDINGS[1])
    with qtbot.waitSignal(panel.wanted) as waited:
        QTest.keyClick(panel, Qt.Key.Key_Return)
    assert waited.args == [FINDINGS[1]]
    for link, asked in ((Link.REPAIR, panel.repair_wanted), (Link.EXPLAIN, panel.explain_wanted)):
        with qtbot.waitSignal(asked) as waited:
            place = panel.link(FINDINGS[1], link)
            QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert waited.args == [FINDINGS[1]]
    with qtbot.waitSignal(panel.repair_wanted):
        QTest.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_chosen_finding_stays_chosen(panel):
    panel.choose(FINDINGS[2])
    panel.show_findings(FINDINGS[1:], form("2021"))
    assert panel.current() == FINDINGS[2]


def test_the_import_dialog_says_what_was_read(qtbot, qapp, monkeypatch):
    monkeypatch.setattr("ui.kit.dialogs.ask", lambda *_said: 0)  # 仍然继续 with what is in doubt
    found = session.import_report(SEED)
    cell = found.missing[0] if found.missing else next(iter(found.report.values))
    found = replace(
        found,
        missing=form("2019").section("review").cells,
        unsure=(Unsure(cell, "12O", "不是整数"),),
        unused=("七、附件",),
    )
    dialog = ImportDialog(found)
    qtbot.addWidget(dialog)
    tree = dialog.details
    words = [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())]
    assert words == ["请注意（1）", "存疑（1）", "没有找到（1）", "没有用上的文字（1）"]
    assert tree.topLevelItem(2).child(0).text(0) == "表四全部12格"
    assert "“12O”，不是整数" in tree.topLevelItem(1).child(0).text(0)
    dialog.year_box.setValue(2025)
    assert dialog.new_button.text() == "用它开始2025年报告"
    dialog.new_button.click()
    assert dialog.result() == ROLL_OVER
    dialog.old_button.click()
    assert dialog.result() == OPEN_OLD


def test_a_bug_does_not_say_kept_when_it_was_not(qapp, monkeypatch):
    said, hook = [], sys.excepthook
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())
    monkeypatch.setattr("ui.kit.dialogs.ask", lambda parent, what, *rest, **more: said.append(what) or 1)
    try:
        crash.install(lambda: 1 / 0)
        sys.excepthook(ValueError, ValueError("a bug"), None)
    finally:
        sys.excepthook = hook
        crash.uninstall()
    assert said == ["程序出错了，报告的内容没有能自动保存。"]


def test_a_bug_keeps_the_work_and_says_one_sentence(qapp, monkeypatch, tmp_path):
    said, kept = [], []
    monkeypatch.setattr("faulthandler.enable", lambda file: file.close())
    monkeypatch.setattr("ui.kit.dialogs.ask", lambda parent, what, *rest, **more: said.append(what) or 1)
    hook = sys.excepthook
    try:
        crash.install(lambda: kept.append(True))
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("a bug"), None)
    finally:
        sys.excepthook = hook
        crash.uninstall()
    assert kept == [True]
    assert said == ["程序出错了，报告的内容已自动保存。"]
    from app import paths

    assert "a bug" in paths.log_file().read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 1), "公布期限：2026年1月31日，还有30天"),
        (date(2026, 1, 31), "公布期限：2026年1月31日，就是今天"),
        (date(2026, 2, 2), "公布期限：2026年1月31日，已过2天"),
    ],
)
def test_the_deadline_in_words(day, words):
    assert _deadline_words(date(2026, 1, 31), day) == words


def test_a_file_name_holds_nothing_a_system_forbids():
    assert file_name(' 测试:镇/2025*年?"报告". ') == "测试镇2025年报告"


def test_the_progress_window_is_gone_before_a_question_comes(qtbot, qapp, monkeypatch):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    monkeypatch.setattr("ui.kit.jobs.SHOW_AFTER", 20)
    seen = []
    job = Job(lambda step: time.sleep(0.3))
    job.done.connect(lambda _result: seen.append(dialog.isVisible()))
    show_progress(job, "正在导出……", parent)
    dialog = parent.findChild(Progress)
    job.start()
    qtbot.waitUntil(dialog.isVisible)
    with qtbot.waitSignal(job.done):
        pass
    assert seen == [False]


def test_the_progress_window_never_comes_over_the_question_that_follows(qtbot, qapp):
    """Qt's own progress window has a timer of four seconds that nothing stops."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    job = Job(lambda step: None)
    show_progress(job, "正在读入……", parent)
    dialog = parent.findChild(Progress)
    alive = []

    def ask(_result: object) -> None:  # a question: deleteLater takes effect only after it
        question = QDialog(parent)
        QTimer.singleShot(
            50, lambda: alive.append([one for one in dialog.findChildren(QTimer) if one.isActive()])
        )
        QTimer.singleShot(100, question.reject)
        question.exec()

    job.done.connect(ask)
    with qtbot.waitSignal(job.done):
        job.start()
    assert alive == [[]]


def test_the_progress_window_cancels(qtbot, qapp, monkeypatch):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    monkeypatch.setattr("ui.kit.jobs.SHOW_AFTER", 20)
    done = []

    def work(step) -> None:
        while True:
            step("第1页")
            time.sleep(0.01)

    job = Job(work)
    job.done.connect(done.append)
    show_progress(job, "正在读入……", parent)
    dialog = parent.findChild(Progress)
    job.start()
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.words.text() == "第1页")
    with qtbot.waitSignal(job.finished):
        dialog.cancel_button.click()
    assert done == []


def test_the_number_of_cells_is_the_same_wherever_it_is_told(office, draft):
    from app.commands import output
    from app.signoff.check_sheet import Checked
    from ui.state.section_states import progress

    clerk = office(draft())
    document, form = clerk.document, clerk.document.form
    document.set_values(dict.fromkeys(form.cells), "清空")
    left = document.report.left(form)
    assert left == list(form.inputs)
    assert progress(document).words.startswith(f"已填0格（共{len(left)}格）")
    assert session.left_to_do(document)[0] == len(left)
    assert f"空白{len(left)}格" in Checked.of(document).conclusion
    assert f"共{len(left)}格：已填0格，空白{len(left)}格。" in "".join(
        output.gknb_words(document.report, "甲")
    )
    requests = form.section("requests")
    number = len(form.inputs_of(requests))
    panel = clerk.go("requests").panel
    assert panel.state.text().startswith(f"已填0格，共{number}格")
    blank = next(one for one in document.findings if one.rule == "T3-02")
    assert f"{number}个空白" in blank.message
    panel.propose(blank.repair)
    assert f"将把{number}个空格填为0，合计按各项之和填" in panel.paste_bar.sentence.text()
    assert panel.paste_bar.yes.text() == f"填写（{number}格）"
