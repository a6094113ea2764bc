"""Another size of the type is there at once, in a window with the same report, its undo and its page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.session.document import ReportDocument
from tests.checks.reports import cell, good
from tests.ui.conftest import CTRL, dialog_of
from ui.help.settings_dialog import SettingsDialog
from ui.kit import jobs, theme
from ui.kit.elided import LineButton
from ui.state.controller import Controller
from ui.tables import geometry
from ui.window import type_size
from ui.window.main_window import MainWindow


@pytest.fixture
def window(qapp, qtbot):
    """A window with a report; the type has its size again when the test is over, and no window is left."""
    was = theme.SCALE
    made = MainWindow(Controller())
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    made.controller.open(ReportDocument(good()))
    yield made
    for one in (made, *type_size._shown):
        if isValid(one):
            one.controller.document.mark_saved()
            one.controller._entries.clear()
            one.close()
            one.deleteLater()
    jobs.wait_for_all()
    type_size._shown.clear()
    theme.set_size(round(was * 100))
    qapp.setFont(theme.font())


def choose_size(window, row: int) -> None:
    def take(dialog) -> None:
        dialog.type_size.setCurrentIndex(row)
        QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)

    dialog_of(SettingsDialog, take)
    window.actions_["settings"].trigger()


def test_a_larger_type_is_there_at_once_with_the_report_its_undo_and_its_page(window, qtbot):
    document = window.controller.document
    document.set_values({cell("received"): 5}, "填写新收")
    window.go_to("requests")
    before = geometry.density(1200)
    choose_size(window, 3)
    [made] = type_size._shown
    qtbot.waitUntil(lambda: not isValid(window) and made.isActiveWindow())
    assert made.controller.document is document
    assert made.page.key == "requests"
    assert QApplication.font().pointSizeF() == pytest.approx(theme.POINT_SIZE * 1.3)
    assert made.page.foot_note.font().pointSizeF() > theme.SMALL * 1.2
    assert geometry.density(1200).row > before.row
    QTest.keyClick(QApplication.focusWidget() or made, Qt.Key.Key_Z, CTRL)
    assert document.report[cell("received")] != 5


def test_what_cannot_be_read_keeps_the_window(window):
    window.go_to("requests")
    window.page.panel.show_cell(cell("received"))
    window.page.panel.first_focus().setFocus()
    for key in "3x":
        QTest.keyClick(QApplication.focusWidget(), key)
    choose_size(window, 3)
    assert not type_size._shown
    assert window.isVisible()
    assert "看不懂" in window.said
    window.activateWindow()
    QTest.qWaitForWindowActive(window)


def test_it_is_changed_with_a_finding_of_a_table_under_the_pointer(window, qtbot):
    window.controller.document.set_values({cell("received"): 5}, "填写新收")
    window.go_to("requests")
    window.panel.fold()
    qtbot.waitUntil(lambda: bool(window.panel.line.strip.texts))
    line = next(one for one in window.panel.line.findChildren(LineButton) if one.isVisible())
    line.setFocus()
    choose_size(window, 3)
    qtbot.waitUntil(lambda: not isValid(window))
    assert len(type_size._shown) == 1


def test_the_new_window_is_at_the_same_cell(window):
    cells = window.controller.document.form.section("requests").cells
    window.go_to("requests")
    window.page.show_cell(cells[40])
    window.set_type_size(115)
    made = type_size._shown[0]
    assert made.page.key == "requests"
    assert made.page.panel.current_cell == cells[40]
