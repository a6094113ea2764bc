"""Findings in words come and go while the pointer or the keyboard is on their lines: nobody is sent in circles."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.checks.finding import Finding, Repair
from app.form.catalog import form
from app.form.model import Severity
from ui.findings.strip import NOTHING, FindingsStrip

FIRST, SECOND, THIRD = (Finding(rule, Severity.ERROR, rule, section="review") for rule in "甲乙丙")


@pytest.fixture
def pointer(qapp):
    """Lays the real pointer on a widget, as a hand that then rests; taken away again for the tests that follow."""

    def lay(widget) -> None:
        QCursor.setPos(widget.mapToGlobal(widget.rect().center()))
        QTest.qWait(20)
        assert widget.underMouse()

    yield lay
    QCursor.setPos(QPoint(0, 0))
    QApplication.processEvents()


@pytest.fixture
def strip(qtbot, qapp):
    made = FindingsStrip()
    made.form = form("2021")
    qtbot.addWidget(made)
    made.set_lines(3)
    made.resize(600, made.height())
    made.move(100, 100)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    return made


@pytest.mark.parametrize("section", ["proactive", "requests", "review"])
def test_the_last_finding_goes_from_under_the_pointer(clerk, pointer, section):
    it = clerk(section, told=True)
    it.fill_zeros()
    last = it.panel._inputs[-1]
    it.document.set_values({last: None}, "清除")
    assert len(it.strip.texts) == 1
    pointer(it.strip.line(0).button)
    it.go(str(last))
    it.type("0\n")
    assert it.value(str(last)) == 0
    assert it.strip.texts == [NOTHING]


def test_table_four_is_typed_full_with_the_pointer_on_its_finding(clerk, pointer):
    it = clerk("review", told=True)
    assert "表四存在空白" in it.strip.line(0).button.text()
    pointer(it.strip.line(0).button)
    it.type("0\t" * 12)
    assert all(it.document.report[ref] == 0 for ref in it.panel.section.cells)
    assert it.strip.texts == [NOTHING]


def test_a_finding_goes_while_the_keyboard_is_on_its_line(clerk):
    it = clerk("review", told=True)
    it.strip.line(0).button.setFocus(Qt.FocusReason.TabFocusReason)
    it.document.fill_blanks(it.panel._inputs)
    assert it.strip.texts == [NOTHING]
    it.document.undo()
    assert "表四存在空白" in it.strip.texts[0]


def test_whoever_shows_findings_when_one_is_looked_at_is_not_asked_again_by_that(strip, pointer):
    told = []

    def look(finding) -> None:
        told.append(finding)
        assert len(told) < 20
        strip.show_findings([] if finding is None else [FIRST, SECOND])

    strip.show_findings([FIRST])
    strip.looked_at.connect(look)
    pointer(strip.line(0).button)
    assert told == [FIRST]
    assert strip.texts == ["甲", "乙"]
    strip.show_findings([])
    assert told == [FIRST]
    assert strip.texts == [NOTHING]


def test_findings_asked_for_while_others_are_being_shown_are_said_after_them(strip):
    """As when the keyboard goes on to a cell because its line goes, and the cell says what is wrong there."""

    class Next(QObject):
        def eventFilter(self, target: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Hide:
                strip.show_findings([FIRST, SECOND, THIRD], strong=3)
            return False

    strip.show_findings([FIRST, SECOND])
    asks = Next()
    strip.line(1).button.installEventFilter(asks)
    strip.show_findings([FIRST])
    strip.line(1).button.removeEventFilter(asks)
    assert strip.texts == ["甲", "乙", "丙"]
    assert all(strip.line(number).button.is_strong for number in range(3))


def test_a_long_repair_has_a_short_button_and_its_words_in_the_tooltip(strip):
    words = "写上“2021年，本机关未收取信息处理费。”"
    short, long = (
        Finding("S-15", Severity.ERROR, "没有写", "other", repair=Repair(text)) for text in ("改为5", words)
    )
    strip.show_findings((short, long))
    assert strip.line(0).repair.text() == "改为5"
    assert strip.line(1).repair.text() == "修复"
    assert strip.line(1).repair.toolTip() == words
    assert strip.line(1).repair.accessibleName().startswith(words)
