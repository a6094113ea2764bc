"""At the whole window: whatever comes up on a table page leaves the keyboard in the table, and Tab leads to nothing that writes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.form.model import CellRef
from app.report.model import Application
from app.session.document import ReportDocument
from app.session.rollover import blank_report
from tests.ui.conftest import CTRL, dialog_of
from ui.findings.delegate import Link
from ui.findings.explain_dialog import ExplainDialog
from ui.tables.table_view import TableView

Key = Qt.Key
LINES = (Application("1", date(2025, 3, 5), "natural_person", "granted", date(2025, 3, 20)),)
TYPED = "9\t86\n3\n"
WRITING = (
    "全部填0",
    "没有复议诉讼",
    "没有收到申请",
    "清空本表",
    "按登记填",
    "填入表三",
    "填0",
    "写说明",
    "改为",
)


def ref(key: str) -> CellRef:
    return CellRef.parse(f"requests.{key}")


@pytest.fixture
def clerk(office):
    """At 表三, one application registered that the table does not count yet."""
    report = replace(blank_report("测试县测试镇人民政府", 2025), register=LINES)
    report = report.with_values({ref("received.natural_person"): 4, ref("received.total"): 7})
    made = office(ReportDocument(report))
    made.go("requests")
    made.window.resize(1280, 1000)
    made.until(lambda: made.page.register.line.isVisible())
    return made


def press_link(clerk, rule: str, link: Link) -> None:
    """What can be done about a finding in the panel, with the mouse."""
    found = clerk.window.panel.checks.list
    finding = next(one for one in clerk.document.findings if one.rule == rule)
    clerk.until(lambda: found.choose(finding))  # scrolled to
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=found.link(finding, link))


def from_the_register(clerk) -> None:
    clerk.press(Key.Key_F7)
    clerk.click(clerk.page.register.sheet.count_button)


def from_the_check(clerk) -> None:
    """修复 of blank cells at 检查 leads to their table."""
    finding = next(one for one in clerk.document.findings if one.rule == "T3-02")
    clerk.go("review_all")
    clerk.controller.repair(finding)


def explain(clerk) -> None:
    dialog_of(ExplainDialog, lambda dialog: dialog.reject())
    press_link(clerk, "T3-02", Link.EXPLAIN)


SCENES: dict[str, Callable] = {
    "counted from the register": from_the_register,
    "counted from what stands beside": lambda it: it.click(it.page.register.line.fill_button),
    "blank cells to be filled": from_the_check,
    "something made": lambda it: it.page.result_bar.tell("已导出1个文件。"),
    "explained": explain,
    "undone": lambda it: it.press(Key.Key_Z, CTRL),
    "next finding": lambda it: it.press(Key.Key_F8),
    "note shown": lambda it: it.press(Key.Key_F1),
    "register looked at": lambda it: (it.press(Key.Key_F7), it.press(Key.Key_F7)),
    "message": lambda it: it.controller.message.emit("已自动保存"),
}


@pytest.mark.parametrize("scene", SCENES)
def test_what_is_typed_on_is_in_the_table_and_nothing_else_is(clerk, scene):
    clerk.document.set_values({ref("carried_in.research"): 5}, "填写")
    SCENES[scene](clerk)
    view = clerk.page.panel.views[0]
    assert clerk.page.key == "requests"
    assert clerk.window.focusWidget() is view
    index, before = view.currentIndex(), clerk.document.report
    first = view.cells.ref(index.row(), index.column())
    assert first not in view.cells.document.totals
    clerk.type(TYPED)
    written = {one: value for one, value in clerk.document.report.values.items() if before[one] != value}
    typed = {one: value for one, value in written.items() if one not in clerk.document.totals}
    assert sorted(typed.values()) == [3, 9, 86]
    assert typed[first] == 9
    assert view.hasFocus()


@pytest.mark.parametrize("key", ["proactive", "requests", "review"])
def test_nothing_that_writes_is_reached_by_tab_from_the_table_wherever_it_leads(clerk, key):
    page = clerk.go(key)
    last = page.panel._inputs[-1]
    page.show_cell(last)
    passed = []
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        at = QApplication.focusWidget()
        if isinstance(at, TableView):
            break
        passed.append(at.text() if isinstance(at, QAbstractButton) else "")
    else:
        raise AssertionError(passed)
    assert "‹ 上一步" in passed
    assert not [words for words in passed if words.startswith(WRITING)]


def test_shift_tab_comes_to_all_zeros(clerk):
    passed = []
    while "全部填0" not in passed:
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        at = QApplication.focusWidget()
        passed.append(at.text() if isinstance(at, QAbstractButton) else "")
        assert len(passed) < 60, passed
    clerk.press(Key.Key_Space)
    assert clerk.page.panel.views[0].hasFocus()
    clerk.press(Key.Key_Return, CTRL)
    assert all(clerk.document.report[one] is not None for one in clerk.page.panel._inputs)
