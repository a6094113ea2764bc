"""After 定稿 the tables and the register can be read and not changed; what is tried says so."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.report.model import Application
from app.session.document import ReportDocument
from tests.checks.reports import good
from tests.ui.behaviour.test_read_only import final

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def frozen(office, monkeypatch):
    """A clerk before a report that is 定稿."""
    line = Application("1", date(2025, 3, 5), "natural_person", "granted", date(2025, 3, 20))
    monkeypatch.setattr("app.report.model.Report.is_frozen", property(lambda _self: True))
    document = ReportDocument(replace(good(), register=(line,)))
    return office(document)


def test_no_key_changes_a_cell(frozen):
    before = frozen.document.report
    page = frozen.go("requests")
    frozen.press(Qt.Key.Key_5)
    assert "已经定稿" in frozen.status
    frozen.press(Qt.Key.Key_Delete)
    assert "已经定稿" in frozen.status
    QGuiApplication.clipboard().setText("7")
    for key in (Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_D):
        frozen.press(key, CTRL)
    assert frozen.document.report is before
    assert not page.panel.tools.zeros.isEnabled()
    assert not page.panel.tools.clear.isEnabled()


def test_no_key_changes_the_register(frozen):
    before = frozen.document.report
    frozen.go("requests")
    frozen.press(Qt.Key.Key_F7)
    sheet = frozen.page.register.sheet
    sheet.view.setCurrentIndex(sheet.lines.index(0, 1))
    frozen.press(Qt.Key.Key_5)
    frozen.press(Qt.Key.Key_Delete)
    frozen.press(Qt.Key.Key_Delete, CTRL)
    assert frozen.document.report is before
    assert not sheet.read_button.isEnabled()
    assert not sheet.count_button.isEnabled()
    assert sheet.write_button.isEnabled()


def test_the_counts_are_refused(frozen):
    said = frozen.answer("知道了")
    frozen.window.actions_["counts"].trigger()
    assert "已经定稿" in said[0]


@pytest.mark.parametrize("key", ["agency", "overview", "requests"])
def test_what_is_typed_is_answered_on_every_page(frozen, key):
    page = frozen.go(key)
    page.first_focus().setFocus()
    frozen.press(Qt.Key.Key_5)
    assert "已经定稿，不能修改" in frozen.status


def test_after_the_new_version_is_begun_one_types_on_in_the_table(office):
    clerk = office(ReportDocument(final(good())))
    page = clerk.go("requests")
    ref = page.panel.views[0].cells.inputs[3]
    page.show_cell(ref)
    clerk.answer("修改为新版本")
    clerk.click(clerk.window.frozen.button)
    clerk.press(Qt.Key.Key_7)
    clerk.press(Qt.Key.Key_Return)
    assert clerk.document.report[ref] == 7
