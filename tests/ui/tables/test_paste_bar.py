"""Whatever comes above or below a table while one types: what is typed on is in the table, and nothing else is."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.form.catalog import form
from app.form.model import CellRef
from app.session.document import ReportDocument
from app.session.rollover import blank_report

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FORM = form("2021")
START = CellRef("requests", "received", "enterprise")
TYPED = ["\t9\t86\n3\n", "9\n \n\t\n5\t", "\n\n7\t\t \t8\n", " \n\n\n\n"]


def started() -> ReportDocument:
    """表三 begun: a few cells filled, a total that is wrong, last year beside it."""
    report = blank_report("测试县测试镇人民政府", 2025)
    values = {CellRef("requests", "received", column): 4 for column in ("natural_person", "research")}
    wrong = {CellRef("requests", "granted", leaf.key): 0 for leaf in FORM.tables["requests"].leaf_columns}
    wrong[CellRef("requests", "granted", "total")] = 3
    document = ReportDocument(replace(report, values={**values, **wrong}))
    document.prior = blank_report("测试县测试镇人民政府", 2024)
    return document


def press(it, button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    if isinstance(button, QAction):  # an entry of the menu 更多
        button.trigger()
        return
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press_by_key(it, button: QPushButton) -> None:
    button.setFocus(Qt.FocusReason.BacktabFocusReason)
    it.press(Key.Key_Space)


def repair_of(it, rule: str) -> QPushButton:
    """The button of a finding below the table."""
    for _ in range(2):  # a wider window shows more lines
        for number in range(len(it.strip.texts)):
            line = it.strip.line(number)
            if line.finding is not None and line.finding.rule == rule:
                return line.repair
        it.window.resize(1166, 1100)
        QTest.qWait(1)
    raise AssertionError(it.strip.texts)


def select_down(it) -> None:
    for _ in range(2):
        it.press(Key.Key_Down, SHIFT)


def paste_over_a_selection(it) -> None:
    select_down(it)
    it.paste("1\t2\n3\t4")


def paste_wrong_total(it) -> None:
    """A whole line whose total is another than its sum."""
    it.paste("一、本年新收政府信息公开申请数量\t1\t1\t1\t1\t1\t1\t99")


# What stands above the table afterwards: a question, or a sentence.
SAID: dict[str, Callable] = {
    "several pasted": lambda it: it.paste("1\n若干\n3"),
    "unreadable words pasted": lambda it: it.paste("若干\n一件"),
    "too large a block pasted": lambda it: it.paste("\n".join("\t".join("12345678") for _ in range(3))),
    "a line of no place pasted": lambda it: it.paste(
        "不认识的一行\t1\t2\n一、本年新收政府信息公开申请数量\t1"
    ),
    "another shape pasted": paste_over_a_selection,
    "wrong totals pasted": paste_wrong_total,
    "all zeros": lambda it: press(it, it.panel.tools.zeros),
    "all zeros, by key": lambda it: press_by_key(it, it.panel.tools.zeros),
    "no applications, refused": lambda it: press(it, it.panel.tools.none_came),
    "no applications": lambda it: (it.document.undo(), press(it, it.panel.tools.none_came)),
    "zeros of a finding": lambda it: press(it, repair_of(it, "T3-02")),
    "zeros of a finding, by key": lambda it: press_by_key(it, repair_of(it, "T3-02")),
}
# What was done or said is over.
OVER: dict[str, Callable] = {
    "one unreadable word pasted": lambda it: it.paste("一件"),
    "repaired": lambda it: press(it, repair_of(it, "T3-03")),
    "cleared": lambda it: press(it, it.panel.tools.clear),
    "last year shown": lambda it: press(it, it.panel.tools.last_year),
    "undone": lambda it: (it.type("5\n"), it.document.undo()),
    "said no by key": lambda it: (press(it, it.panel.tools.zeros), it.press(Key.Key_Escape)),
    "said no by hand": lambda it: (press(it, it.panel.tools.zeros), press(it, it.panel.paste_bar.no)),
    "read": lambda it: (paste_wrong_total(it), press(it, it.panel.paste_bar.no)),
    "said yes by hand": lambda it: (it.paste("1\n若干\n3"), press(it, it.panel.paste_bar.yes)),
    "said yes by key": lambda it: (it.paste("1\n若干\n3"), it.say_yes()),
}


def begin(clerk, scene: str):
    it = clerk(document=started(), told=True)
    if scene == "no applications":  # undone, nothing has come in as yet
        it.document.set_values(dict.fromkeys(it.panel._inputs), "清除")
        it.document.set_values({it.panel._inputs[-1]: 1}, "填写")
    it.go(str(START))
    return it


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("scene", [*SAID, *OVER])
def test_what_is_typed_on_is_in_the_table_and_nothing_else_is(clerk, scene, typed):
    it = begin(clerk, scene)
    {**SAID, **OVER}[scene](it)
    assert it.panel.paste_bar.isVisible() == (scene in SAID)
    assert it.view.hasFocus(), QApplication.focusWidget()
    at, before = it.at, it.document.report
    it.type(typed)
    assert it.view.isAncestorOf(QApplication.focusWidget()) or it.view.hasFocus()
    there = it.document.report
    plain = clerk(document=ReportDocument(before))  # the same keys where nothing has come up
    plain.go(str(at))
    plain.type(typed)
    assert there.values == plain.document.report.values
    written = {value for ref, value in there.values.items() if before[ref] != value}
    assert {int(number) for number in re.findall(r"\d+", typed)} <= written


def test_typing_on_after_a_question_withdraws_it_and_says_so(clerk):
    it = clerk(document=started())
    it.go(str(START))
    it.paste("1\n若干\n3")
    it.type("9\n")
    assert it.panel.paste_bar.isHidden()
    assert "“粘贴表三”没有做" in it.messages[-1]
    it.say_yes()
    assert it.document.report[START] == 9
    assert it.value("requests.carried_in.enterprise") is None


def test_yes_is_said_to_what_is_seen_not_to_what_is_being_typed(clerk):
    it = clerk(document=started())
    it.go(str(START))
    it.panel.tools.zeros.click()
    it.type("9")
    it.say_yes()
    assert it.document.report[START] == 9
    assert it.value("requests.carried_in.enterprise") is None
    assert "“全部填0”没有做" in it.messages[-1]


@pytest.mark.parametrize("section", ["proactive", "requests", "review"])
def test_tab_goes_past_every_button_that_writes_much_and_shift_tab_comes_to_it(clerk, section):
    it = clerk(section, started() if section == "requests" else None, told=True)
    it.strip.can_explain = True
    it.strip.show_findings(())
    it.strip.show_findings(*it.panel.told())
    harmless = (it.panel.tools.more, it.strip._more)
    buttons = [one for one in it.window.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
    writing = {one for one in buttons if one not in harmless}
    assert {it.panel.tools.zeros, it.strip.line(0).explain} <= writing
    assert not writing & set(stops(it, Key.Key_Tab))
    assert writing <= set(stops(it, Key.Key_Backtab))


def test_tab_goes_past_what_is_asked(clerk):
    it = clerk("review")
    press(it, it.panel.tools.zeros)
    bar = it.panel.paste_bar
    for key in (Key.Key_Tab, Key.Key_Backtab):
        assert not {bar.yes, bar.no} & set(stops(it, key))


def stops(it, key: Key) -> list:
    """Where a key leads, from the end of the table once round."""
    inputs = it.panel._inputs
    it.go(str(inputs[-1] if key == Key.Key_Tab else inputs[0]))
    found = []
    it.press(key)
    while not isinstance(QApplication.focusWidget(), type(it.panel.views[0])):
        found.append(QApplication.focusWidget())
        assert len(found) < 60, found
        it.press(key)
    return found
