"""The list of findings: by section, with the way there and the repair."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.checks.finding import Finding, Repair
from app.form.catalog import form
from app.form.model import CellRef, Severity
from ui.findings.delegate import Link
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
