"""The list of findings: by section, with the way there and the repair."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.checks.finding import Finding, Repair
from app.form.catalog import form
from app.form.model import CellRef, Severity
from ui.findings.delegate import FINDING, Link
from ui.findings.panel import FindingsPanel

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


def test_a_hint_asks_for_no_explanation(panel, qtbot):
    """提示 is only told: nobody is asked why it is left as it is."""
    hint = Finding("Y-09", Severity.INFO, "上年报告是另一个单位的", "")
    warning = Finding("Y-08", Severity.WARNING, "与上年相差很多", "")
    panel.show_findings([hint, warning], form("2021"))
    items = [item for item in panel._items() if item.data(0, FINDING) is not None]
    links = [set(panel.delegate.links(panel.visualItemRect(one), panel.indexFromItem(one))) for one in items]
    assert links == [set(), {Link.EXPLAIN}]


def test_what_came_under_the_pointer_meanwhile_is_not_meant(panel, qtbot):
    """The repaired finding goes, the next one takes its place: the second click of a double click is not for it."""
    asked, wanted = [], []
    panel.explain_wanted.connect(asked.append)
    panel.wanted.connect(wanted.append)
    panel.resize(2000, 300)  # all of them take one line
    place, view = panel.link(FINDINGS[0], Link.EXPLAIN), panel.viewport()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=place)
    panel.show_findings(FINDINGS[2:], form("2021"))
    assert panel._link_at(place) == (Link.EXPLAIN, FINDINGS[2]), "another one is there now"
    QTest.mouseRelease(view, left, pos=place)
    assert asked == []
    QTest.mouseClick(view, left, pos=place)
    assert asked == [FINDINGS[2]]
    QTest.mouseDClick(view, left, pos=place)
    assert wanted == []


def test_the_arrow_keys_pass_by_headings(panel):
    panel.choose(FINDINGS[0])
    panel.setFocus()
    for key, finding in (
        (Qt.Key.Key_Down, FINDINGS[1]),
        (Qt.Key.Key_Down, FINDINGS[2]),
        (Qt.Key.Key_Home, FINDINGS[0]),
        (Qt.Key.Key_Up, FINDINGS[0]),
        (Qt.Key.Key_End, FINDINGS[2]),
        (Qt.Key.Key_Up, FINDINGS[1]),
        (Qt.Key.Key_Up, FINDINGS[0]),
    ):
        QTest.keyClick(panel, key)
        assert panel.current() == finding


def test_the_line_that_has_the_keyboard_is_marked_from_the_first(panel):
    panel.clearFocus()
    panel.setCurrentItem(None)
    panel.setFocus()
    assert panel.current() == FINDINGS[0]
    assert panel.currentItem().isSelected()
